package simulator_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"tushum/internal/oneclick"
	"tushum/internal/oneclick/simulator"
)

// play is a vendor over HTTP with a clock that is told.
type play struct {
	*testing.T
	mu     sync.Mutex
	at     time.Time
	shop   simulator.Shop
	vendor *simulator.Vendor
	url    string
	client *oneclick.Client
}

func (p *play) now() time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.at
}

func (p *play) forward(d time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.at = p.at.Add(d)
}

func newPlay(t *testing.T) *play {
	t.Helper()
	shop, err := simulator.NewShop()
	if err != nil {
		t.Fatal(err)
	}
	p := &play{T: t, shop: shop, at: time.Date(2026, 11, 21, 5, 0, 0, 0, time.UTC)}
	p.vendor = simulator.New(shop, p.now)
	server := httptest.NewServer(p.vendor)
	t.Cleanup(server.Close)
	p.url = server.URL
	credentials, err := oneclick.ParseCredentials(shop.CredentialsFile())
	if err != nil {
		t.Fatal(err)
	}
	p.client = &oneclick.Client{BaseURL: server.URL, Credentials: credentials, Now: p.now, Rate: 1 << 30}
	return p
}

func (p *play) make() oneclick.Deal {
	p.Helper()
	deal, err := p.client.Create(p.Context(), oneclick.Order{InvoiceID: "5-1", ClientID: "c", Amount: 130_000_00, Lang: "ru", BackURL: "https://shop.uz/pay/x"})
	if err != nil {
		p.Fatal(err)
	}
	return deal
}

func TestDealsMoveAtTheirPace(t *testing.T) {
	t.Parallel()
	p := newPlay(t)
	p.vendor.Behave(func(b *simulator.Behaviour) {
		b.Pace = simulator.Pace{Assigned: 2 * time.Second, Paid: 10 * time.Second, Completed: 15 * time.Second}
	})
	id := p.make().ID
	for _, step := range []struct {
		after time.Duration
		want  oneclick.Status
	}{{0, oneclick.New}, {2 * time.Second, oneclick.Pending}, {8 * time.Second, oneclick.Paid}, {5 * time.Second, oneclick.Completed}, {time.Hour, oneclick.Completed}} {
		p.forward(step.after)
		if deal, err := p.client.Deal(t.Context(), id); err != nil || deal.Status != step.want {
			t.Errorf("%+v, %v, want %s", deal, err, step.want)
		}
	}
}

func TestADealThatNobodyPaysExpires(t *testing.T) {
	t.Parallel()
	p := newPlay(t)
	p.vendor.Behave(func(b *simulator.Behaviour) { b.DealLife = time.Minute })
	id := p.make().ID
	p.forward(61 * time.Second)
	if deal, err := p.client.Deal(t.Context(), id); err != nil || deal.Status != oneclick.Expired {
		t.Errorf("%+v, %v", deal, err)
	}
}

func TestThePageOfTheVendor(t *testing.T) {
	t.Parallel()
	p := newPlay(t)
	deal := p.make()
	page := func() string {
		resp, err := http.Get(deal.URL)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		body, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		return string(body)
	}
	for _, want := range []string{"130000 UZS", "8600 0000 0000 0009", "Я перевёл деньги", `href="https://shop.uz/pay/x"`} {
		if got := page(); !strings.Contains(got, want) {
			t.Errorf("%q is not on the page:\n%s", want, got)
		}
	}
	resp, err := http.Post(deal.URL, "application/x-www-form-urlencoded", nil)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if d, _ := p.vendor.Deal(deal.ID); d.Status != "paid" || strings.Contains(page(), "<button") {
		t.Errorf("after the payer's word it is %s", d.Status)
	}
}

func TestEveryChangeIsToldToTheShop(t *testing.T) {
	t.Parallel()
	p := newPlay(t)
	told := make(chan string, 8)
	shop := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		id, err := p.client.Credentials.Verify(r.Header, body)
		if err != nil {
			t.Error(err)
		}
		told <- id
	}))
	defer shop.Close()
	ctx, stop := context.WithCancel(t.Context())
	notify := p.vendor.Notifier(shop.URL, shop.Client())
	done := make(chan struct{})
	go func() { notify(ctx); close(done) }()
	id := p.make().ID
	for _, change := range []func(string) bool{p.vendor.Pay, p.vendor.Pay, p.vendor.Complete} {
		if !change(id) {
			t.Error("the deal is gone")
		}
	}
	for range 2 { // the second word of the payer changed nothing
		if got := <-told; got != id {
			t.Errorf("told of %q", got)
		}
	}
	stop()
	<-done
	if len(told) != 0 {
		t.Error("more was told than happened")
	}
	if p.vendor.Pay("x") {
		t.Error("a deal that is not there was paid")
	}
}

func TestAShopThatIsNobodyGetsNothing(t *testing.T) {
	t.Parallel()
	p := newPlay(t)
	for _, path := range []string{"/deals/list?page=0", "/deals/1", "/deals/1/credentials"} {
		resp, err := http.Get(p.url + path)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != http.StatusUnauthorized {
			t.Errorf("%s answers %d", path, resp.StatusCode)
		}
	}
	for body, want := range map[string]int{`{}`: 401, `{"account_id":"x","public_key":"y"}`: 401, `x`: 401} {
		resp, err := http.Post(p.url+"/auth/token", "application/json", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != want {
			t.Errorf("%s answers %d", body, resp.StatusCode)
		}
	}
}

// A refresh token is good for the bearer of the access token that came with it, also
// when that has run out, and once.
func TestARefreshIsForTheOldBearerAlone(t *testing.T) {
	t.Parallel()
	p := newPlay(t)
	shop := p.shop
	first := p.token("/auth/token", "", fmt.Sprintf(`{"account_id":%q,"public_key":%q}`, shop.AccountID, shop.PublicKey), http.StatusCreated)
	second := p.token("/auth/token", "", fmt.Sprintf(`{"account_id":%q,"public_key":%q}`, shop.AccountID, shop.PublicKey), http.StatusCreated)
	p.forward(2 * time.Hour)
	p.vendor.EndSessions()
	refresh := fmt.Sprintf(`{"refresh_token":%q}`, first.Refresh)
	for _, bearer := range []string{"", "x", second.Access, first.Refresh} {
		p.token("/auth/token/refresh", bearer, refresh, http.StatusUnauthorized)
	}
	renewed := p.token("/auth/token/refresh", first.Access, refresh, http.StatusOK)
	p.token("/auth/token/refresh", first.Access, refresh, http.StatusUnauthorized)
	if renewed.Refresh == first.Refresh || renewed.Access == first.Access {
		t.Error("the pair is the same")
	}
}

type pair struct {
	Access  string `json:"access_token"`
	Refresh string `json:"refresh_token"`
}

// token asks for a pair of tokens and wants an answer of a status.
func (p *play) token(path, bearer, body string, want int) (got pair) {
	p.Helper()
	req, err := http.NewRequestWithContext(p.Context(), http.MethodPost, p.url+path, strings.NewReader(body))
	if err != nil {
		p.Fatal(err)
	}
	if bearer != "" {
		req.Header.Set("Authorization", "Bearer "+bearer)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		p.Fatal(err)
	}
	defer resp.Body.Close()
	if err := json.NewDecoder(resp.Body).Decode(&got); err != nil || resp.StatusCode != want {
		p.Errorf("%s answers %d (%v), want %d", path, resp.StatusCode, err, want)
	}
	return got
}

func TestAWatcherIsToldOfDealsAndFaults(t *testing.T) {
	t.Parallel()
	p := newPlay(t)
	var told []string
	p.vendor.CountFrom(1 << 20)
	p.vendor.Behave(func(b *simulator.Behaviour) { b.Unassigned = true })
	p.vendor.Watch(simulator.Watcher{
		Deal:   func(d simulator.Deal) { told = append(told, d.Status) },
		Failed: func(c simulator.Call) { told = append(told, string(c)) },
	})
	id := p.make().ID
	if !strings.HasSuffix(id, "100002") { // the token was the first
		t.Errorf("the deal is %s", id)
	}
	if _, err := p.client.PayTo(t.Context(), id); !errors.Is(err, oneclick.ErrNotReady) {
		t.Errorf("before it is assigned: %v", err)
	}
	p.vendor.Assign(id)
	p.vendor.Assign(id) // nothing new
	if _, err := p.client.PayTo(t.Context(), id); err != nil {
		t.Error(err)
	}
	p.vendor.Fail(simulator.Get, simulator.HTML)
	if _, err := p.client.Deal(t.Context(), id); err == nil {
		t.Error("a page is taken for a deal")
	}
	if got := strings.Join(told, " "); got != "new pending get" {
		t.Errorf("told is %q", got)
	}
}

func TestAShopIsMadeAgainFromItsFileAndFromNoOther(t *testing.T) {
	t.Parallel()
	shop, err := simulator.NewShop()
	if err != nil {
		t.Fatal(err)
	}
	file := shop.CredentialsFile()
	if again, err := simulator.ShopOf(file); err != nil || again.PublicKey != shop.PublicKey {
		t.Errorf("another shop comes of the file: %v", err)
	}
	for _, text := range []string{"", "[]", "{}", `{"private_key":"x"}`, strings.Replace(string(file), "sandbox", "production", 1)} {
		if _, err := simulator.ShopOf([]byte(text)); err == nil {
			t.Errorf("a shop is made of %.40q", text)
		}
	}
}
