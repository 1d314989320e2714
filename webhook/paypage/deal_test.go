package paypage

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/store"
)

// noDeals makes none.
type noDeals struct{ store.DealMaker }

func (noDeals) Begin(context.Context, store.DealOrder) (store.Deal, error) {
	return store.Deal{}, &store.Error{Code: store.Closed}
}

// dealScene is an invoice with a deal that can be paid.
func dealScene(l lang.Lang) scene {
	s := sceneOf(store.BillReady, l)
	s.system = store.Profile{System: "cards", Name: lang.Text{EN: "Cards"}, Can: store.Abilities{Card: true, Deals: true}}
	s.ways = nil
	s.subject.bill.Deal = store.Deal{
		Seq: 7, State: store.DealOpen, Amount: 95_000*money.Som + 50, AskedAt: store.At(noon), ExpiresAt: store.At(noon.Add(15 * time.Minute)), URL: "https://cards.example/pay",
	}
	s.subject.to = store.PayTo{Card: "8600-0000 00000009", Owner: "TOSHMATOV ESHMAT", Bank: "Demo Bank", QR: "8600000000000009"}
	return s
}

func drawnScene(t *testing.T, s scene) string {
	t.Helper()
	main, err := drawMain(s.view())
	if err != nil {
		t.Fatal(err)
	}
	return string(main)
}

// Names of people and banks come from far away.
func TestForeignTextOfADealStaysText(t *testing.T) {
	t.Parallel()
	plain := parse(t, drawnScene(t, dealScene(lang.EN))).shape
	for _, text := range []string{"<script>alert(1)</script>", `"><img src=x onerror=alert(1)>`, "{{.}}", "a\u202eb", "</section><form>"} {
		s := dealScene(lang.EN)
		s.subject.to.Owner, s.subject.to.Bank, s.subject.to.Card, s.system.Name = text, text, text, lang.Text{EN: text}
		got := parse(t, drawnScene(t, s))
		if strings.Join(got.shape, ",") != strings.Join(plain, ",") {
			t.Errorf("%q changes the page:\n%q\nwant\n%q", text, got.shape, plain)
		}
	}
}

// To the payment system's page leads its own link, to the byte, and no other kind.
func TestOnlyAPageOfTheWebIsLinked(t *testing.T) {
	t.Parallel()
	for page, linked := range map[string]bool{
		"https://cards.example/pay/1?a=b&c=(d)'e'%2F#f": true, "http://127.0.0.1:8080/pay/1": true, "https://cards.example/\"onclick=\"alert(1)": true,
		"javascript:alert(1)": false, "data:text/html,x": false, "//cards.example/": false, "/pay/x": false, "https:": false, "": false, "https://%zz/": false,
	} {
		s := dealScene(lang.EN)
		s.subject.bill.Deal.URL, s.subject.fault = page, store.ErrOwnPage
		texts := parse(t, drawnScene(t, s)).texts
		found := false
		for _, text := range texts {
			found = found || page != "" && text == page
		}
		if found != linked {
			t.Errorf("%q is linked: %v", page, found)
		}
		if v := s.view(); !linked && v.Call.URL == "" {
			t.Errorf("%q: nobody is told what to do instead", page)
		}
	}
}

func TestEveryStateOfADealSaysWhatToDo(t *testing.T) {
	t.Parallel()
	for _, l := range lang.All {
		for name, change := range map[string]func(*scene){
			"shown":     func(*scene) {},
			"own page":  func(s *scene) { s.subject.fault = store.ErrOwnPage },
			"looking":   func(s *scene) { s.subject.fault = store.ErrNotReady },
			"off":       func(s *scene) { s.subject.fault = store.ErrCalledOff },
			"failing":   func(s *scene) { s.subject.fault = context.DeadlineExceeded },
			"asked":     func(s *scene) { s.subject.bill.Deal.State = store.DealAsked },
			"claimed":   func(s *scene) { s.subject.bill.State, s.subject.bill.Deal.State = store.BillPaying, store.DealClaimed },
			"disputed":  func(s *scene) { s.subject.bill.State, s.subject.bill.Deal.State = store.BillPaying, store.DealDisputed },
			"received":  func(s *scene) { s.subject.bill.Undecided = true },
			"doubted":   func(s *scene) { s.ended(store.DealCanceled); s.ways, s.subject.bill.Doubted = nil, true },
			"ran out":   func(s *scene) { s.ended(store.DealExpired) },
			"canceled":  func(s *scene) { s.ended(store.DealCanceled) },
			"void":      func(s *scene) { s.ended(store.DealVoid) },
			"refunded":  func(s *scene) { s.ended(store.DealRefunded) },
			"set back":  func(s *scene) { s.ended(store.DealCanceled); s.setback = sayTooManyAttempts },
			"out of it": func(s *scene) { s.subject.bill.State = store.BillExpired },
		} {
			s := dealScene(l)
			change(&s)
			v := s.view()
			begins := len(v.Ways) > 0 && v.Ways[0].Wait != ""
			switch {
			case v.Advice == "" || v.Heading == "" || v.Final:
				t.Errorf("%s in %s: %q, %q, final: %v", name, l, v.Heading, v.Advice, v.Final)
			case strings.Contains(drawnScene(t, s), "{"):
				t.Errorf("%s in %s has a word that was not filled in", name, l)
			case begins != (len(s.ways) > 0):
				t.Errorf("%s in %s has a button that begins: %v", name, l, begins)
			case (v.Deal != nil) != (name == "shown"):
				t.Errorf("%s in %s shows %+v", name, l, v.Deal)
			}
		}
	}
}

// ended has the last attempt be one that is over.
func (s *scene) ended(state store.DealState) {
	s.subject.last, s.subject.bill.Deal = s.subject.bill.Deal, store.Deal{}
	s.subject.last.State = state
	s.ways = []way{{}}
}

func TestTheAmountIsCopiedAsItIsTyped(t *testing.T) {
	t.Parallel()
	rows := make(map[string]dealRow)
	for _, r := range dealScene(lang.EN).view().Deal.Rows {
		rows[r.Name] = r
	}
	if r := rows["Card number"]; r.Value != "8600 0000 0000 0009" || r.Copy != "8600000000000009" {
		t.Errorf("the card is %+v", r)
	}
	if r := rows["Exact amount"]; r.Value != "95\u00a0000,50\u00a0UZS" || r.Copy != "95000.50" {
		t.Errorf("the amount is %+v", r)
	}
	if r := rows["Time to transfer"]; r.Value != "until 12:15" || r.Until != noon.Add(15*time.Minute).UnixMilli() {
		t.Errorf("the time is %+v", r)
	}
}

// A deal that the payment system sets no end to has no clock, and one without a bank
// no empty row.
func TestWhatIsNotKnownOfADealIsLeftOut(t *testing.T) {
	t.Parallel()
	s := dealScene(lang.EN)
	s.subject.bill.Deal.ExpiresAt, s.subject.to.Bank, s.subject.to.Owner, s.subject.to.QR = 0, "", "", ""
	v := s.view().Deal
	if len(v.Rows) != 2 || v.Code.URL != "" {
		t.Errorf("it shows %+v", v)
	}
}

func TestSetbacksAreForgotten(t *testing.T) {
	t.Parallel()
	now := noon
	b := setbacks{now: func() time.Time { return now }}
	for n := range store.Number(3 * mostSetbacks) {
		b.note(n+1, sayNotBegun)
	}
	if len(b.said) > mostSetbacks {
		t.Errorf("%d are remembered", len(b.said))
	}
	b.note(1, sayTooManyDeals)
	b.note(2, sayTooManyDeals)
	b.forget(2)
	if says, ok := b.of(1); !ok || says != sayTooManyDeals {
		t.Errorf("the page says %q, %v", says.EN, ok)
	}
	if _, ok := b.of(2); ok {
		t.Error("what was forgotten is said")
	}
	now = now.Add(setbackLasts)
	if _, ok := b.of(1); ok {
		t.Error("it is said for ever")
	}
}

// Who has the page open on two screens sees on both why nothing began, though the
// ledger has nothing to announce.
func TestASetbackReachesOpenPages(t *testing.T) {
	t.Parallel()
	s := openStall(t, changeBank(func(b *bankApp) { b.Can = store.Abilities{Card: true, Deals: true} }))
	s.maker = noDeals{}
	inv := s.issue(haircut())
	place := s.crowd.join(inv, siteOf(1))
	w := httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequest(http.MethodPost, pageByToken(inv)+"/card", nil))
	select {
	case <-place.news:
	default:
		t.Error("the open page is not told")
	}
	if body := s.page(pageByToken(inv) + "?lang=en"); !strings.Contains(body, sayNotBegun.EN) {
		t.Errorf("the page does not say that nothing began:\n%s", body)
	}
}

// payable is a DealMaker whose deals are paid somewhere, or not.
type payable struct {
	store.DealMaker
	to    store.PayTo
	fault error
}

func (p payable) PayTo(store.Deal) (store.PayTo, error) { return p.to, p.fault }

// An open page looks again when the deal's time is over, sooner while it waits to
// learn where to pay, and often enough for who leads the deals to know that somebody
// is there.
func TestAPageOfADealLooksAgain(t *testing.T) {
	t.Parallel()
	s := openStall(t, changeBank(func(b *bankApp) { b.Can = store.Abilities{Card: true, Deals: true} }))
	inv := s.issue(haircut())
	d, _, err := s.ledger.BeginDeal(t.Context(), store.DealOrder{Number: inv.Number, By: "test", Ref: "r1"})
	if err != nil {
		t.Fatal(err)
	}
	end := store.At(noon.Add(15 * time.Minute))
	if _, err := s.ledger.TellDeal(t.Context(), d.Ref, store.DealNews{ID: "d1", State: store.DealOpen, ExpiresAt: end}); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		passed time.Duration
		fault  error
		want   store.Instant
	}{
		{0, nil, store.At(noon.Add(stillHere))},
		{0, store.ErrOwnPage, store.At(noon.Add(stillHere))},
		{0, store.ErrNotReady, store.At(noon.Add(lookAgain))},
		{0, context.DeadlineExceeded, store.At(noon.Add(lookAgain))},
		{15*time.Minute - time.Second, nil, end},
		{15 * time.Minute, nil, inv.ExpiresAt},
	} {
		s.passed.Store(int64(c.passed))
		s.maker = payable{fault: c.fault}
		found, err := s.find(s.request(inv, "/"))
		if err != nil || found.changes != c.want {
			t.Errorf("%s, %v: it looks again at %s (%v), want %s", c.passed, c.fault, found.changes.Time(), err, c.want.Time())
		}
	}
}

// All shops' guessers together have no more cards taken up than the shop's bound.
func TestDealsAreBounded(t *testing.T) {
	t.Parallel()
	now := noon
	l := limits{now: func() time.Time { return now }}
	begun := func(site int) (n int) {
		for l.deal(siteOf(site)) {
			n++
		}
		return n
	}
	if n := begun(1); n != dealsAtOnce {
		t.Errorf("one site begins %d", n)
	}
	all := dealsAtOnce
	for site := 2; site < 20; site++ {
		all += begun(site)
	}
	if all != shopDealsAtOnce {
		t.Errorf("all sites begin %d", all)
	}
	now = now.Add(dealForgotten)
	if n := begun(1); n != 1 {
		t.Errorf("a minute later one site begins %d", n)
	}
}

// A shop without payment systems that make deals has no button that begins one.
func TestWithoutADealMakerNothingBegins(t *testing.T) {
	t.Parallel()
	s := openStall(t, changeBank(func(b *bankApp) { b.Can.Deals = true }))
	inv := s.issue(haircut())
	if body := s.page(pageByToken(inv)); strings.Contains(body, "<form") {
		t.Error("there is a button")
	}
	r := httptest.NewRequest(http.MethodPost, pageByToken(inv)+"/card", nil)
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	if w.Code != http.StatusSeeOther {
		t.Errorf("it is answered %d", w.Code)
	}
}

// The page of a deal is larger than the others, which carry nothing of it.
func TestTheOtherPagesCarryNothingOfDeals(t *testing.T) {
	t.Parallel()
	s := openStall(t)
	body := s.page(pageByToken(s.issue(haircut())))
	for _, part := range []string{"data-copy", "data-wait", "data-now", ".deal"} {
		if strings.Contains(body, part) {
			t.Errorf("the page holds %q", part)
		}
	}
	if more := len(dealLook.style) + len(dealLook.script) - len(plainLook.style) - len(plainLook.script); more > 5<<10 {
		t.Errorf("a page of a deal is %d bytes larger than the others", more)
	}
}
