package deals_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"tushum/internal/config"
	"tushum/internal/money"
	"tushum/internal/oneclick/simulator"
	"tushum/store"
)

// paths are what a platform may do to a deal, step by step, and what is in the books
// in the end: the deal, the invoice, and the transactions as status:amount in so‘m,
// with late and why it does not pay.
var paths = []struct{ steps, deal, invoice, payments string }{
	{"", "open", "open", ""},
	{"queued", "open", "open", ""},
	{"pending", "open", "open", ""},
	{"pending paid", "claimed", "open", ""},
	{"pending paid completed", "completed", "paid", "CONFIRMED:150000"},
	{"completed", "completed", "paid", "CONFIRMED:150000"},
	{"completed completed", "completed", "paid", "CONFIRMED:150000"},
	{"canceled", "canceled", "open", ""},
	{"expired", "expired", "open", ""},
	{"refunded", "refunded", "open", ""},
	{"disputed", "disputed", "open", ""},
	{"canceled completed", "completed", "paid", "CONFIRMED:150000:late"},
	{"expired completed", "completed", "paid", "CONFIRMED:150000:late"},
	{"canceled disputed completed", "completed", "paid", "CONFIRMED:150000:late"},
	{"completed disputed", "disputed", "paid", "CONFIRMED:150000"},
	{"completed disputed completed", "completed", "paid", "CONFIRMED:150000"},
	{"completed disputed canceled", "canceled", "refunded", "REVERSED:150000"},
	{"completed canceled", "canceled", "refunded", "REVERSED:150000"},
	{"completed refunded", "refunded", "refunded", "REVERSED:150000"},
	{"completed canceled completed", "completed", "paid", "REVERSED:150000 CONFIRMED:150000:late"},
	{"paid frozen", "claimed unknown_status", "open", ""},
	{"frozen", "open unknown_status", "open", ""},
	{"frozen completed", "completed", "paid", "CONFIRMED:150000"},
	{"completed frozen", "completed unknown_status", "paid", "CONFIRMED:150000"},
	{"=150000.50 completed", "completed", "open", "CONFIRMED:150000.50:other_amount"},
	{"=149999 completed", "completed", "open", "CONFIRMED:149999:other_amount"},
	{"=150000.001 completed", "claimed no_amount", "open", ""},
	{"=150000.001 completed =150000", "completed", "paid", "CONFIRMED:150000"},
	{"completed disputed =100000 completed", "completed", "refunded", "REVERSED:150000 CONFIRMED:100000:other_amount"},
}

func TestWhatThePlatformDoesToADeal(t *testing.T) {
	t.Parallel()
	for _, p := range paths {
		for _, other := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s/other=%t", strings.ReplaceAll(p.steps, " ", "-"), other), func(t *testing.T) {
				t.Parallel()
				s := newStage(t)
				s.vendor.Behave(func(b *simulator.Behaviour) { b.OtherShapes, b.AmountsAsText = other, other })
				inv := s.issue()
				d := s.begin(inv)
				for _, step := range strings.Fields(p.steps) {
					s.vendor.Change(d.ID, func(v *simulator.Deal) { change(v, step) })
					s.later(6 * time.Minute)
				}
				d = s.deal(d.Ref)
				if got := strings.TrimSpace(d.State.String() + " " + string(d.Trouble)); got != p.deal {
					t.Errorf("the deal is %s, want %s", got, p.deal)
				}
				if got := s.invoice(inv.Number).Status.String(); got != p.invoice {
					t.Errorf("the invoice is %s, want %s", got, p.invoice)
				}
				if got := described(s.payments(inv.Number)); got != p.payments {
					t.Errorf("the payments are %q, want %q", got, p.payments)
				}
				s.made(d.Ref, 1)
			})
		}
	}
}

// change does a step: a word for the state, or =amount.
func change(v *simulator.Deal, step string) {
	if amount, ok := strings.CutPrefix(step, "="); ok {
		v.Fiat = json.Number(amount)
		return
	}
	v.Status = step
}

func described(txs []store.Transaction) string {
	var all []string
	for _, tx := range txs {
		text := tx.Status.String() + ":" + tx.Amount.SomString()
		if tx.Late {
			text += ":late"
		}
		if tx.Unapplied != "" {
			text += ":" + string(tx.Unapplied)
		}
		all = append(all, text)
	}
	return strings.Join(all, " ")
}

func TestBothFlowsShowWhereToPay(t *testing.T) {
	t.Parallel()
	for flow, check := range map[config.Flow]func(*stage, store.Deal){
		config.Widget: func(s *stage, d store.Deal) {
			if _, err := s.payTo(d); !errors.Is(err, store.ErrOwnPage) || !strings.HasPrefix(d.URL, "https://127.0.0.1") {
				s.Errorf("the page is %q, %v", d.URL, err)
			}
		},
		config.HostToHost: func(s *stage, d store.Deal) {
			if to, err := s.payTo(d); err != nil || to.Card != simulator.Card || to.Bank != "Demo Bank" || to.QR == "" {
				s.Errorf("it is paid to %+v, %v", to, err)
			}
		},
	} {
		t.Run(string(flow), func(t *testing.T) {
			t.Parallel()
			s := newStage(t, func(c *config.OneClick) { c.Flow = flow })
			s.vendor.Behave(func(b *simulator.Behaviour) { b.NotReady, b.EmptyAnswers = 2, 1 })
			d := s.begin(s.issue())
			check(s, d)
			if want := s.deal(d.Ref); want.URL != d.URL || want.ID != d.ID {
				t.Errorf("in the ledger it is %+v", want)
			}
			s.vendor.CancelDeal(d.ID)
			s.later(time.Minute)
			if _, err := s.keeper.PayTo(s.deal(d.Ref)); !errors.Is(err, store.ErrCalledOff) {
				t.Errorf("after it was called off: %v", err)
			}
			if shown, _ := s.keeper.Kept(); shown != 0 {
				t.Errorf("%d places to pay to are kept", shown)
			}
		})
	}
}

func TestAnInvoiceThatIsPaidOtherwiseCallsItsDealOff(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		fault simulator.Fault
		calls int
		want  store.DealState
	}{
		"called off":     {simulator.Passing, 1, store.DealCanceled},
		"refused":        {simulator.Refusing(http.StatusNotFound, "ERROR_NOT_FOUND"), 1, store.DealOpen},
		"failed once":    {simulator.Refusing(http.StatusInternalServerError, "ERROR_INTERNAL"), 2, store.DealCanceled},
		"lost":           {simulator.Dropped, 2, store.DealCanceled},
		"sent away once": {simulator.TooMany("1"), 2, store.DealCanceled},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t)
			s.vendor.Fail(simulator.Cancel, c.fault)
			inv := s.issue()
			d := s.begin(inv)
			s.step()
			if _, err := s.ledger.MarkPaid(t.Context(), store.ManualPayment{Number: inv.Number, By: "test", Reason: "cash", Source: "CASH"}); err != nil {
				t.Fatal(err)
			}
			for range 6 {
				s.later(5 * time.Second)
			}
			s.state(d.Ref, c.want)
			if got := s.deal(d.Ref); got.CalledAt == 0 || got.Payable(store.At(s.now())) {
				t.Errorf("it was not called off: %+v", got)
			}
			s.later(time.Minute)
			if got := s.vendor.Calls()[simulator.Cancel]; got != c.calls {
				t.Errorf("the vendor was asked %d times to call it off, want %d", got, c.calls)
			}
			s.vendor.Complete(d.ID)
			s.later(6 * time.Minute)
			if got := described(s.payments(inv.Number)); !strings.HasSuffix(got, "paid_by_another") {
				t.Errorf("money that came all the same: %s", got)
			}
		})
	}
}

// A payer who began in time may pay to the end of the deal, though the invoice's own
// time is over.
func TestAnInvoiceThatRunsOutLeavesItsDealAlone(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	inv, err := s.ledger.Issue(t.Context(), store.Draft{Kind: store.Goods, Amount: price, By: "test", ExpiresAt: store.At(s.now()).Add(time.Minute)})
	if err != nil {
		t.Fatal(err)
	}
	d := s.begin(inv)
	for range 3 {
		s.later(time.Minute)
	}
	if got := s.vendor.Calls()[simulator.Cancel]; got != 0 {
		t.Errorf("it is called off %d times", got)
	}
	s.vendor.Complete(d.ID)
	s.later(time.Minute)
	if got := s.invoice(inv.Number).Status; got != store.Paid {
		t.Errorf("the invoice is %s", got)
	}
}

func TestTheLimitsOfTheSystemHold(t *testing.T) {
	t.Parallel()
	s := newStage(t, func(c *config.OneClick) { c.MinAmount, c.TestMode = price+money.Som, true })
	if p := s.systems[0].Profile(); !p.Test || p.Least != price+money.Som {
		t.Errorf("the profile is %+v", p)
	}
	_, err := s.ledger.Issue(t.Context(), store.Draft{Kind: store.Goods, Amount: price, By: "test"})
	if code := store.CodeOf(err); code != store.BelowMinimum && code != store.Invalid {
		t.Errorf("an invoice below the system's least: %v", err)
	}
}
