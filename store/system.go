package store

import (
	"context"
	"net/http"
	"strings"
	"time"
	"unicode"

	"tushum/internal/lang"
	"tushum/internal/money"
)

// System names a payment system, in settings and in records.
type System string

// The systems that the ledger itself has to tell from others. A further one is
// named by its own package and by nobody else.
const (
	Uzum   System = "uzum"   // calls the webhooks of the Merchant API
	Manual System = "manual" // cash, a terminal, or anything else that staff record by hand
)

// PaymentSystem is a way for the shop to be paid, with the settings it has. Each
// lives in a package of its own; whoever needs one gets it from a table and knows
// no vendor by name. What is in it does not change: other settings make another.
type PaymentSystem interface {
	Profile() Profile
	// AppLink opens an invoice in the system's app, with an amount in tiyin (zero:
	// the payer types it there) and the page to come back to (empty: none). It is
	// empty where the system can't, or is not set up.
	AppLink(inv Invoice, amount money.Amount, back string) string
}

// Profile is what everybody may know of a payment system.
type Profile struct {
	System System
	Name   lang.Text // what people call it; stands in sentences as it is
	Can    Abilities
	State  ConnectionState // as far as the settings tell
	Test   bool            // payments are not money

	// Least and Most are its limits for one payment, in tiyin. Where both are zero
	// those of the rules hold.
	Least, Most money.Amount

	// Watch is how long an ended deal is watched for a dispute; zero: a week.
	Watch time.Duration

	Missing lang.Text // what to do to connect it
	Warning lang.Text // what an owner has to know before it is switched on; may be empty

	// What its settings come to, for who looks at them; nothing of it is a secret.
	Host  string      // where it is reached
	Facts []lang.Text // what else is to be seen at a glance, a few words each
	Files []string    // paths of the files with its secrets, which others must not read
}

// Abilities are what a payment system can do.
type Abilities struct {
	App     bool // a link opens the invoice in its app
	Card    bool // it is paid by card
	Deals   bool // each payment is a deal that the shop makes and asks about: it is a Dealer
	Counter bool // it takes any amount at any time, so that it can stand at the till
	Calls   bool // it calls the shop by itself all the time, so that silence is news
	Letter  bool // it gives a payment back when the shop asks for it by letter
	ByHand  bool // staff record what came
}

// Dealer is a payment system with which each payment is a deal: the shop makes it,
// shows the payer where to pay, and asks what became of it. Failures that people
// should read are of a type with In and HintIn, which say in a language what is
// wrong and what to do. A Dealer is safe for concurrent use.
type Dealer interface {
	PaymentSystem
	// Make makes a deal, once. MakingUnknown means that it may exist: it is to be
	// looked up by Find before anything else. After another error it does not, as far as
	// the shop goes: one of those is an ID longer than MaxDealID. OrderRefused says
	// nothing about other orders.
	Make(ctx context.Context, o DealOrder) (DealNews, error)
	// Find looks a deal up by the shop's name for it. DealNotThere is sure; any
	// other error says nothing.
	Find(ctx context.Context, d Deal) (DealNews, error)
	// Look asks what became of a deal. DealUnreadable is a failure of the deal alone:
	// the system can be asked about others.
	Look(ctx context.Context, d Deal) (DealNews, error)
	// PayTo asks where the payer sends the money. Where the system shows that on a
	// page of its own it is ErrOwnPage; while it does not know yet, ErrNotReady.
	PayTo(ctx context.Context, d Deal) (PayTo, error)
	// CallOff asks the system to cancel a deal. It may refuse: then the deal runs
	// out by itself. ErrNotAsked: it could not be asked, and is asked later. CallOffUnknown:
	// it may have done it, and may be asked again.
	CallOff(ctx context.Context, d Deal) error
	// Test tells whether the system can be reached and knows the shop.
	Test(ctx context.Context) error
	// Hint tells which deal a call to the shop is about, by the system's name for
	// it. The call proves nothing else: the deal is to be looked at. It answers an
	// error for a call that is not the system's.
	Hint(header http.Header, body []byte) (id string, err error)
}

// DealCode is what a Dealer's failure means for the deal.
type DealCode string

// The codes. Each is an error, so that errors.Is asks for it.
const (
	MakingUnknown  DealCode = "making_unknown"   // the deal may have been made, or not
	OrderRefused   DealCode = "order_refused"    // the system refuses this one order
	DealNotThere   DealCode = "deal_not_there"   // the system has no such deal, for sure
	DealUnreadable DealCode = "deal_unreadable"  // it answered, and not about this deal
	ErrOwnPage     DealCode = "own_page"         // the payer is shown the system's page
	ErrNotReady    DealCode = "not_ready"        // not yet
	ErrCalledOff   DealCode = "called_off"       // not any more
	ErrNotAsked    DealCode = "not_asked"        // the system heard nothing of it
	CallOffUnknown DealCode = "call_off_unknown" // the deal may be called off, or not
)

// Error is the code's name.
func (c DealCode) Error() string { return string(c) }

// PayTo is where the payer of a deal sends the money. It belongs to somebody, and
// is kept nowhere. Texts are as they came: clean them where they are shown.
type PayTo struct {
	Card  string // the digits of the card
	Owner string
	Bank  string
	QR    string // what the payer's code holds
}

// groupOf is how many digits of a card people read at a time.
const groupOf = 4

// CardGroups are the digits of the card four by four, as they stand on it. What is
// no card's number stays as it came, in one piece.
func (p PayTo) CardGroups() []string {
	digits := strings.Map(unparted, p.Card)
	if strings.Trim(digits, "0123456789") != "" {
		return []string{p.Card}
	}
	var groups []string
	for len(digits) > groupOf {
		groups, digits = append(groups, digits[:groupOf]), digits[groupOf:]
	}
	return append(groups, digits)
}

// unparted drops what people part the digits of a number with.
func unparted(r rune) rune {
	if unicode.IsSpace(r) || unicode.Is(unicode.Pd, r) || unicode.Is(unicode.Cf, r) {
		return -1
	}
	return r
}

// Systems is the table of the payment systems, in the order in which people are
// shown them.
type Systems []PaymentSystem

// Of finds one by its name; nil: there is none.
func (s Systems) Of(name System) PaymentSystem {
	for _, p := range s {
		if p.Profile().System == name {
			return p
		}
	}
	return nil
}

// Dealer finds one by its name where it makes deals; nil: there is none.
func (s Systems) Dealer(name System) Dealer {
	d, _ := s.Of(name).(Dealer)
	return d
}

// Profiles are the profiles of all, by their names, as the rules want them.
func (s Systems) Profiles() map[System]Profile {
	all := make(map[System]Profile, len(s))
	for _, p := range s {
		all[p.Profile().System] = p.Profile()
	}
	return all
}

// DealMaker is who has deals made, as screens and pages need it.
type DealMaker interface {
	// Begin returns the deal by which an invoice is paid now, and has one made where
	// there is none. It may take many seconds. The error is an Error, or that of the
	// payment system: then it is of a type with In and HintIn.
	Begin(ctx context.Context, o DealOrder) (Deal, error)
	// PayTo tells at once where a deal is paid. ErrNotReady: it is being found out,
	// ask again in a second; of a deal that is Withheld it is not told. ErrOwnPage: on
	// the page at the deal's URL. ErrCalledOff: it can't be paid any more.
	PayTo(d Deal) (PayTo, error)
}
