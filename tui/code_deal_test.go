package tui

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/internal/poster"
	"tushum/store"
	"tushum/store/bolt"
)

// dealMaker has deals made in the ledger at once, and tells where each is paid.
type dealMaker struct {
	store  *bolt.Store
	begun  int           // how often a deal was asked for
	fails  error         // what comes of asking
	hold   chan struct{} // asking waits until it is closed; nil: it does not
	asked  int           // how often it was asked where to pay
	to     store.PayTo
	toErr  error
	lasts  time.Duration // how long a deal can be paid; zero: it is not said
	orders []store.DealOrder
}

func (v *dealMaker) Begin(ctx context.Context, o store.DealOrder) (store.Deal, error) {
	v.begun++
	v.orders = append(v.orders, o)
	o.Ref = fmt.Sprintf("%s-%d", o.Number, v.begun)
	if v.hold != nil {
		select {
		case <-v.hold:
		case <-ctx.Done():
			return store.Deal{}, ctx.Err()
		}
	}
	if v.fails != nil {
		return store.Deal{}, v.fails
	}
	d, begun, err := v.store.BeginDeal(ctx, o)
	if err != nil || !begun {
		return d, err
	}
	news := store.DealNews{ID: "64c1f2aa" + o.Ref, State: store.DealOpen, Word: "new", URL: "https://pay.oneclick.example/deal/64c1f2aa9e"}
	if v.lasts > 0 {
		news.ExpiresAt = store.At(v.store.Now().Add(v.lasts))
	}
	return v.store.TellDeal(ctx, d.Ref, news)
}

func (v *dealMaker) PayTo(store.Deal) (store.PayTo, error) {
	v.asked++
	return v.to, v.toErr
}

// refusal is a payment system's failure in words.
type refusal struct{}

func (refusal) Error() string             { return "403" }
func (refusal) In(l lang.Lang) string     { return vendorDown.In(l) }
func (refusal) HintIn(l lang.Lang) string { return vendorHint.In(l) }

var (
	vendorDown = lang.Text{UZ: "OneClick javob bermayapti", RU: "OneClick не отвечает", EN: "OneClick does not answer"}
	vendorHint = lang.Text{UZ: "bir daqiqadan keyin urinib ko‘ring", RU: "повторите через минуту", EN: "try again in a minute"}
)

// aCard is where the payer of a host-to-host deal sends the money.
var aCard = store.PayTo{Card: "8600123456789012", Owner: "KARIMOVA A", Bank: "Ipoteka Bank", QR: "8600123456789012"}

// dealt has visits paid by deals with v.
func dealt(v *dealMaker, pages bool) func(*stage, *Options) {
	return func(s *stage, o *Options) {
		v.store = s.store
		rules := stageRules()
		rules.Routing[store.Visit] = oneClick
		s.store.SetRules(rules)
		o.Deals, o.Ready = v, nil
		o.Links = func(store.Invoice) poster.Links {
			if !pages {
				return poster.Links{}
			}
			return poster.Links{Payment: "https://shop.example/pay/5f9d2c7e1ab34c68"}
		}
	}
}

// tell has the payment system say something of the newest deal of an invoice.
func (s *stage) tell(inv store.Invoice, state store.DealState, amount money.Amount) {
	s.t.Helper()
	deals, err := s.store.DealsOf(s.t.Context(), inv.Number)
	s.must(err)
	d := deals[0]
	_, err = s.store.TellDeal(s.t.Context(), d.Ref, store.DealNews{ID: d.ID, State: state, Word: cmp.Or(state.String(), "frozen"), Amount: amount, ExpiresAt: d.ExpiresAt})
	s.must(err)
}

func TestDealStates(t *testing.T) {
	t.Parallel()
	type scene struct {
		maker func() *dealMaker
		pages bool
		play  func(*stage, *dealMaker, store.Invoice)
	}
	widget := func() *dealMaker { return &dealMaker{toErr: store.ErrOwnPage, lasts: 15 * time.Minute} }
	card := func() *dealMaker { return &dealMaker{to: aCard, lasts: 15 * time.Minute} }
	for name, c := range map[string]scene{
		"asking":                {maker: func() *dealMaker { return &dealMaker{hold: make(chan struct{})} }},
		"widget":                {maker: widget, pages: true},
		"finding":               {maker: func() *dealMaker { return &dealMaker{toErr: store.ErrNotReady, lasts: 15 * time.Minute} }},
		"card":                  {maker: card},
		"card with long names":  {maker: func() *dealMaker { return &dealMaker{to: longCard, lasts: 15 * time.Minute} }},
		"card with a link":      {maker: func() *dealMaker { return &dealMaker{to: linkCard(), lasts: 15 * time.Minute} }},
		"claimed":               {maker: card, play: func(s *stage, _ *dealMaker, inv store.Invoice) { s.tell(inv, store.DealClaimed, inv.Amount) }},
		"paid":                  {maker: card, play: func(s *stage, _ *dealMaker, inv store.Invoice) { s.tell(inv, store.DealCompleted, inv.Amount) }},
		"expired":               {maker: card, play: func(s *stage, _ *dealMaker, _ store.Invoice) { s.pass(15*time.Minute + time.Second) }},
		"failed":                {maker: func() *dealMaker { return &dealMaker{fails: refusal{}} }, pages: true},
		"failed without a page": {maker: func() *dealMaker { return &dealMaker{fails: refusal{}} }},
		"misquoted": {maker: card, pages: true, play: func(s *stage, _ *dealMaker, inv store.Invoice) {
			s.tell(inv, store.DealOpen, inv.Amount-5_000*money.Som)
		}},
		"unknown state": {maker: card, pages: true, play: func(s *stage, _ *dealMaker, inv store.Invoice) { s.tell(inv, 0, inv.Amount) }},
		"other amount": {maker: card, play: func(s *stage, _ *dealMaker, inv store.Invoice) {
			s.tell(inv, store.DealCompleted, inv.Amount-5_000*money.Som)
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			goldens(t, func(s *stage, o *Options) {
				s.deals = c.maker()
				dealt(s.deals, c.pages)(s, o)
			}, func(s *stage) {
				inv := s.issue(shampoo())
				s.code(inv)
				if c.play != nil {
					c.play(s, s.deals, inv)
				}
				s.pass(0)
			})
		})
	}
}

func TestADealIsBegunOnceAndPays(t *testing.T) {
	t.Parallel()
	v := &dealMaker{to: aCard, lasts: 15 * time.Minute}
	perform(t, 100, 30, func(s *stage, o *Options) { v.hold = make(chan struct{}); dealt(v, false)(s, o) }, func(s *stage) {
		inv := s.issue(shampoo())
		s.code(inv)
		s.sees("asking OneClick…")
		s.press("r", "enter") // there is nothing to begin again
		close(v.hold)
		s.pass(0)
		s.sees("waiting for the transfer", "KARIMOVA A · Ipoteka Bank", "15:00 left")
		s.pass(61 * time.Second)
		s.sees("13:59 left")
		s.tell(inv, store.DealClaimed, inv.Amount)
		s.sees("the payer says they have paid: OneClick is checking")
		s.misses("KARIMOVA")
		s.tell(inv, store.DealCompleted, inv.Amount)
		s.sees("14:06:01 · OneClick", "█████")
		if v.begun != 1 || v.orders[0].By != "till:aziza" || v.orders[0].Number != inv.Number {
			t.Errorf("asked %d times: %+v", v.begun, v.orders)
		}
	})
}

// The card is asked for once a second, and no oftener.
func TestACardIsAskedForEachSecond(t *testing.T) {
	t.Parallel()
	v := &dealMaker{toErr: store.ErrNotReady}
	perform(t, 100, 30, dealt(v, false), func(s *stage) {
		s.code(s.issue(shampoo()))
		s.sees("looking for a card…")
		s.pass(5 * time.Second)
		if v.asked < 5 || v.asked > 7 {
			t.Errorf("asked %d times in five seconds", v.asked)
		}
		s.inside(func() { v.to, v.toErr = aCard, nil })
		s.pass(time.Second)
		s.sees("waiting for the transfer")
		asked := v.asked
		s.pass(time.Minute)
		if v.asked != asked {
			t.Errorf("asked again %d times", v.asked-asked)
		}
	})
}

// Behind another screen no seconds are counted; in front again they are.
func TestADealIsCountedInFrontOnly(t *testing.T) {
	t.Parallel()
	v := &dealMaker{toErr: store.ErrNotReady}
	perform(t, 100, 30, dealt(v, false), func(s *stage) {
		s.code(s.issue(shampoo()))
		s.press("n")
		s.pass(2 * time.Second)
		asked := v.asked
		s.pass(time.Minute)
		if v.asked != asked {
			t.Errorf("asked %d times behind the form", v.asked-asked)
		}
		s.inside(func() { v.to, v.toErr = aCard, nil })
		s.press("esc")
		s.pass(time.Second)
		s.sees("waiting for the transfer")
	})
}

func TestADealThatFailsIsAskedForAgain(t *testing.T) {
	t.Parallel()
	v := &dealMaker{fails: refusal{}, to: aCard}
	perform(t, 100, 30, dealt(v, false), func(s *stage) {
		s.code(s.issue(shampoo()))
		s.sees("OneClick does not answer", "try again in a minute", "r ask again")
		s.pass(time.Hour)
		if v.begun != 1 {
			t.Errorf("asked %d times by itself", v.begun)
		}
		s.inside(func() { v.fails = nil })
		s.press("r")
		s.sees("waiting for the transfer")
		if v.begun != 2 {
			t.Errorf("asked %d times", v.begun)
		}
	})
}

// Where it can't be told where to pay, only that is asked again: the deal is there.
func TestWhereToPayIsAskedAgain(t *testing.T) {
	t.Parallel()
	v := &dealMaker{toErr: refusal{}}
	perform(t, 100, 30, dealt(v, true), func(s *stage) {
		s.code(s.issue(shampoo()))
		s.sees("OneClick does not say where to pay", "OneClick does not answer", "shop.example/pay")
		s.inside(func() { v.to, v.toErr = aCard, nil })
		s.press("enter")
		s.sees("waiting for the transfer")
		if v.begun != 1 || v.asked != 2 {
			t.Errorf("%d deals, asked %d times", v.begun, v.asked)
		}
	})
}

func TestADealThatRanOutIsOfferedAnew(t *testing.T) {
	t.Parallel()
	v := &dealMaker{to: aCard, lasts: 10 * time.Minute}
	perform(t, 100, 30, dealt(v, false), func(s *stage) {
		inv := s.issue(shampoo())
		s.code(inv)
		s.pass(10*time.Minute + time.Second)
		s.sees("the time to pay is over", "r ask again")
		s.misses("KARIMOVA")
		s.press("enter")
		s.sees("waiting for the transfer", "10:00 left")
		s.tell(inv, store.DealCanceled, 0)
		s.sees("OneClick has cancelled this payment", "r ask again")
		s.press("esc")
		s.code(inv) // whoever opens it anew wants to be paid
		s.sees("waiting for the transfer")
		if v.begun != 3 {
			t.Errorf("%d deals", v.begun)
		}
	})
}

// The payer said that they had paid, and the payment system has cancelled that: it is
// not asked for the money again by itself, and the screens say what to do.
func TestADealThatWasClaimedAndCancelledIsNotAskedForAnew(t *testing.T) {
	t.Parallel()
	v := &dealMaker{to: aCard, lasts: 10 * time.Minute}
	perform(t, 100, 30, dealt(v, false), func(s *stage) {
		inv := s.issue(shampoo())
		s.code(inv)
		s.tell(inv, store.DealClaimed, 0)
		s.tell(inv, store.DealCanceled, 0)
		says := []string{"The payer had said they paid.", "still watched", "don't charge again", "deal ID", "64c1f2aa1000002-1"}
		s.sees(append(says, "OneClick has cancelled this payment", "r ask again")...)
		s.press("esc")
		s.code(inv)
		s.sees(says...)
		if v.begun != 1 {
			t.Errorf("%d deals", v.begun)
		}
		s.press("r")
		s.sees("waiting for the transfer")
		s.misses("had said")
		if v.begun != 2 {
			t.Errorf("%d deals", v.begun)
		}
		s.press("esc")
		s.msgs <- pushMsg{newInvoice(s.m.desk, inv)}
		s.pass(0)
		s.sees(append(says, "– cancelled", "asked by till:aziza")...)
	})
}

// The screen is closed while the vendor is asked, and the invoice paid in cash: the
// answer comes to nobody, and nothing is asked again.
func TestALateAnswerIsOfNoUse(t *testing.T) {
	t.Parallel()
	v := &dealMaker{to: aCard}
	perform(t, 100, 30, func(s *stage, o *Options) { v.hold = make(chan struct{}); dealt(v, false)(s, o) }, func(s *stage) {
		inv := s.issue(shampoo())
		s.code(inv)
		s.sees("asking OneClick…")
		_, err := s.store.MarkPaid(s.t.Context(), store.ManualPayment{Number: inv.Number, By: "till:aziza", Reason: "cash", Source: "CASH"})
		s.must(err)
		s.sees("marked by hand")
		close(v.hold)
		s.pass(time.Second)
		s.sees("marked by hand")
		s.press("enter")
		s.press("esc")
		s.misses("marked by hand")
		if v.begun != 1 {
			t.Errorf("%d deals", v.begun)
		}
	})
	left := &dealMaker{to: aCard}
	perform(t, 100, 30, func(s *stage, o *Options) { left.hold = make(chan struct{}); dealt(left, false)(s, o) }, func(s *stage) {
		s.code(s.issue(shampoo()))
		s.press("esc")
		s.pass(time.Second)
		s.misses("asking OneClick")
	})
}

func TestWhatADealGivesAway(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		maker  *dealMaker
		pages  bool
		copied string // empty: nothing
	}{
		"the page":      {&dealMaker{toErr: store.ErrOwnPage}, true, "https://shop.example/pay/5f9d2c7e1ab34c68"},
		"the deal":      {&dealMaker{toErr: store.ErrOwnPage}, false, "https://pay.oneclick.example/deal/64c1f2aa9e"},
		"with a card":   {&dealMaker{to: aCard}, true, "https://shop.example/pay/5f9d2c7e1ab34c68"},
		"of no deal":    {&dealMaker{fails: refusal{}}, false, ""},
		"though failed": {&dealMaker{fails: refusal{}}, true, "https://shop.example/pay/5f9d2c7e1ab34c68"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			perform(t, 100, 30, dealt(c.maker, c.pages), func(s *stage) {
				s.code(s.issue(shampoo()))
				s.press("c")
				switch {
				case c.copied == "" && len(s.copied) == 0:
				case len(s.copied) != 1 || s.copied[0] != c.copied:
					t.Errorf("copied %q", s.copied)
				}
			})
		})
	}
}

// Somebody's card is shown, and never written down.
func TestACardIsNotSaved(t *testing.T) {
	t.Parallel()
	perform(t, 100, 30, dealt(&dealMaker{to: aCard}, false), func(s *stage) {
		s.code(s.issue(shampoo()))
		for _, key := range []string{"g", "d"} {
			s.press(key)
			s.notices("this is somebody's card: it is shown and not saved")
		}
		slip := s.m.front().(*codeScreen).slip(s.m.desk)
		if slip == "" || strings.Contains(strings.ReplaceAll(slip, " ", ""), aCard.Card) {
			t.Errorf("the slip holds the card:\n%s", slip)
		}
	})
}

// Whoever pays either of two sums has not paid the invoice: nothing is shown or given
// away to pay by, until the payment system names the right one.
func TestADealForAnotherAmountIsNotShown(t *testing.T) {
	t.Parallel()
	for _, v := range []*dealMaker{{to: aCard, lasts: 10 * time.Minute}, {toErr: store.ErrOwnPage, lasts: 10 * time.Minute}} {
		perform(t, 100, 30, dealt(v, v.toErr != nil), func(s *stage) {
			inv := s.issue(shampoo())
			s.code(inv)
			s.sees("10:00 left")
			s.tell(inv, store.DealOpen, inv.Amount+5_000*money.Som)
			s.sees("the sums differ: this must not be paid", "the invoice is for 25 000 UZS, and OneClick says 30 000 UZS", "take the payment another way")
			s.misses("KARIMOVA", "left", "exactly", "shop.example", "pay.oneclick")
			s.press("c", "r", "s")
			s.misses("KARIMOVA", "shop.example", "pay.oneclick")
			if len(s.copied) != 0 || v.begun != 1 {
				t.Errorf("copied %q, %d deals", s.copied, v.begun)
			}
			s.tell(inv, store.DealOpen, inv.Amount)
			s.sees("10:00 left")
			s.misses("OneClick says")
		})
	}
}
