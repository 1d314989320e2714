// Package simulator plays the OneClick platform: the API that package oneclick calls,
// the webhooks it sends, and the page it shows to payers. Tests and the demo use
// it; no money moves.
//
// It is a second reading of the same facts and shares no code with the client, so
// that one mistake can't hide another. It imports internal/money, internal/lang and
// the standard library only.
package simulator

import (
	"crypto/rsa"
	"encoding/json"
	"maps"
	"net/http"
	"sync"
	"time"
)

// Call names what is asked of the vendor, for counting and for faults.
type Call string

// The calls of the API.
const (
	SignIn      Call = "sign in"
	Refresh     Call = "refresh"
	Payin       Call = "payin"
	Credentials Call = "credentials"
	Get         Call = "get"
	List        Call = "list"
	Cancel      Call = "cancel"
	Page        Call = "page"
)

// Behaviour is how the vendor answers when nothing goes wrong. The zero value is
// what the facts say.
type Behaviour struct {
	// OtherShapes swaps them: create answers _id and a status object, get and list
	// answer id and a word in capitals.
	OtherShapes bool
	// AmountsAsText writes amounts as strings.
	AmountsAsText bool
	// NotReady is how often a deal's credentials are answered by 404, and
	// EmptyAnswers how often by an empty 200 after that.
	NotReady, EmptyAnswers int
	// Unassigned answers credentials by 404 until the deal is assigned; otherwise
	// asking for them has it assigned.
	Unassigned bool
	// NoBank leaves all that is nested out of the credentials.
	NoBank bool
	// QRText is the account_qr_url of credentials; empty leaves it out.
	QRText string
	// Currency is the code of the currency in deals and credentials; UZS when empty.
	Currency string
	// NoCurrency leaves it out of both.
	NoCurrency bool
	// NoCancel answers a cancellation by 404.
	NoCancel bool
	// PageSize is the rows of a page of the list; 10 when 0.
	PageSize int
	// NoTotal leaves the count out of the list.
	NoTotal bool
	// OldestFirst turns the list round; the newest come first otherwise.
	OldestFirst bool
	// NoLink leaves the url of the page out of the answer to create, and LinkInGet
	// puts it into that of get.
	NoLink, LinkInGet bool
	// Hidden is how many calls of the list a new deal is not in.
	Hidden int
	// TokenLife is how long an access token is good; an hour when 0.
	TokenLife time.Duration
	// DealLife is how long a deal can be paid; 15 minutes when 0.
	DealLife time.Duration
	// Pace moves deals on by themselves.
	Pace Pace
}

// Vendor is the platform with one shop. It is an http.Handler and may be used from
// several goroutines.
type Vendor struct {
	now  func() time.Time
	shop Shop
	mux  *http.ServeMux

	mu        sync.Mutex
	behaviour Behaviour
	faults    map[Call][]Fault
	calls     map[Call]int
	deals     map[string]*Deal
	order     []string // ids, the oldest first
	access    map[string]time.Time
	refresh   map[string]string // the access token that came with it
	serial    int
	due       chan string // deals whose webhook is due; nil: nobody is told
	watcher   Watcher
}

// New opens the platform for a shop; now is its clock.
func New(shop Shop, now func() time.Time) *Vendor {
	v := &Vendor{
		now: now, shop: shop, mux: http.NewServeMux(),
		faults: make(map[Call][]Fault), calls: make(map[Call]int), deals: make(map[string]*Deal),
		access: make(map[string]time.Time), refresh: make(map[string]string),
	}
	v.route("POST /auth/token", SignIn, v.signIn)
	v.route("POST /auth/token/refresh", Refresh, v.refreshToken)
	v.route("POST /deals/payin", Payin, v.signed(v.payin))
	v.route("GET /deals/list", List, v.signed(v.list))
	v.route("GET /deals/{id}", Get, v.signed(v.get))
	v.route("GET /deals/{id}/credentials", Credentials, v.signed(v.credentials))
	v.route("DELETE /deals/{id}", Cancel, v.signed(v.cancel))
	v.route("GET /pay/{id}", Page, v.page)
	v.route("POST /pay/{id}", Page, v.payOnPage)
	v.mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { refuse(w, http.StatusNotFound, "ERROR_NOT_FOUND") })
	return v
}

// ServeHTTP answers the shop and its payers.
func (v *Vendor) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	v.Advance()
	v.mux.ServeHTTP(w, r)
}

// Behave changes how the vendor answers.
func (v *Vendor) Behave(change func(*Behaviour)) {
	v.mu.Lock()
	defer v.mu.Unlock()
	change(&v.behaviour)
}

// Fail makes the next calls of a kind go wrong, one after another.
func (v *Vendor) Fail(call Call, faults ...Fault) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.faults[call] = append(v.faults[call], faults...)
}

// CountFrom has deals numbered from there, so that a platform that was restarted
// gives no id a second time.
func (v *Vendor) CountFrom(serial int) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.serial = max(v.serial, serial)
}

// Heal takes back the faults of a kind that have not come up yet.
func (v *Vendor) Heal(call Call) {
	v.mu.Lock()
	defer v.mu.Unlock()
	delete(v.faults, call)
}

// Calls is how often each call came.
func (v *Vendor) Calls() map[Call]int {
	v.mu.Lock()
	defer v.mu.Unlock()
	return maps.Clone(v.calls)
}

func (v *Vendor) route(pattern string, call Call, answer http.HandlerFunc) {
	v.mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, 1<<16)
		if fault := v.arrived(call); fault != nil {
			v.tellFailed(call)
			fault(w, r, answer)
			return
		}
		answer(w, r)
	})
}

// arrived counts a call and takes its fault.
func (v *Vendor) arrived(call Call) Fault {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.calls[call]++
	waiting := v.faults[call]
	if len(waiting) == 0 {
		return nil
	}
	v.faults[call] = waiting[1:]
	return waiting[0]
}

// reply answers JSON.
func reply(w http.ResponseWriter, status int, value any) {
	body, err := json.Marshal(value)
	if err != nil {
		status, body = http.StatusInternalServerError, []byte(`{}`)
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(body)
}

// refuse answers an error as the vendor writes it.
func refuse(w http.ResponseWriter, status int, code string) {
	reply(w, status, map[string]any{"error": code, "message": "refused: " + code, "statusCode": status})
}

func (v *Vendor) publicKey() *rsa.PublicKey { return &v.shop.key.PublicKey }
