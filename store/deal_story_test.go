package store_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"tushum/internal/money"
	"tushum/store"
)

// The words of a story: what a payment system can say.
var dealWords = map[string]store.DealState{
	"open": store.DealOpen, "claimed": store.DealClaimed, "disputed": store.DealDisputed, "completed": store.DealCompleted,
	"canceled": store.DealCanceled, "expired": store.DealExpired, "refunded": store.DealRefunded, "gibberish": 0,
}

// step plays one step of a story: an action of the shop, or a word of the payment
// system about the first deal or, after "2:", about the second, with thousands where
// they are not those of the invoice.
func (s *dealShop) step(n store.Number, step string) error {
	seq, word := 1, step
	if rest, second := strings.CutPrefix(step, "2:"); second {
		seq, word = 2, rest
	}
	word, thousands, _ := strings.Cut(word, " ")
	if state, ok := dealWords[word]; ok {
		news := store.DealNews{State: state, Word: word, Amount: dealDue}
		if thousands != "" {
			k, err := strconv.Atoi(thousands)
			if err != nil {
				return err
			}
			news.Amount = money.Amount(k) * 1000 * money.Som
		}
		return s.tell(seq, news)
	}
	return s.act(n, step)
}

func (s *dealShop) act(n store.Number, step string) (err error) {
	switch action, arg, _ := strings.Cut(step, " "); action {
	case "begin", "begin!":
		_, err = s.begin(n, action == "begin!")
	case "void":
		err = s.void(1)
	case "calloff":
		err = s.callOff(1)
	case "cash", "cash!":
		err = s.cash(n, action == "cash!")
	case "cancel", "cancel!":
		err = s.cancel(n, action == "cancel!")
	case "apply", "apply!":
		err = s.settle(arg, true, action == "apply!")
	case "return":
		err = s.settle(arg, false, false)
	case "reopen":
		err = s.reopen(n, 0)
	case "sweep":
		err = s.sweep()
	case "wait":
		var d time.Duration
		if d, err = time.ParseDuration(arg); err == nil {
			s.move(d)
		}
	case "create":
		err = s.called("called", n)
	case "confirm":
		err = s.confirmCalled("called")
	default:
		err = fmt.Errorf("no story knows %q", step)
	}
	return err
}

// TestStories plays what can happen to an invoice that is paid by deals. A story is
// steps that succeed, but for one that is followed by the code of its refusal. How it
// ends is told as the deals, the invoice, and the transactions with their thousands.
func TestStories(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		story string
		ends  string
		net   int // thousands
	}{
		// The way it should go.
		{"begin", "asked | open |", 0},
		{"begin, open, claimed, completed", "completed | paid | deal1:confirmed:130", 130},
		{"begin, completed, completed", "completed | paid | deal1:confirmed:130", 130},
		{"begin, completed 130", "completed | paid | deal1:confirmed:130", 130},
		{"begin, open, begin", "open | open |", 0},
		{"begin, begin", "asked | open |", 0},

		// No money without the system's own word for it.
		{"begin, claimed", "claimed | open |", 0},
		{"begin, completed 0", "claimed(no_amount) | open |", 0},
		{"begin, completed 0, completed", "completed | paid | deal1:confirmed:130", 130},
		{"begin, completed 999999999999", "claimed(no_amount) | open |", 0},
		{"begin, gibberish", "open(unknown_status) | open |", 0},
		{"begin, claimed, gibberish, completed", "completed | paid | deal1:confirmed:130", 130},

		// It never came about, or ended without money.
		{"begin, void, void, begin", "void asked | open |", 0},
		{"begin, open, void", "open | open |", 0},
		{"begin, open, canceled, begin", "canceled asked | open |", 0},
		{"begin, open, expired, begin", "expired asked | open |", 0},
		{"begin, open, refunded, begin", "refunded asked | open |", 0},
		{"begin, calloff, open, calloff, canceled, calloff", "canceled | open |", 0},

		// The payer had said that they paid: they are asked again where a person decides it.
		{"begin, claimed, canceled, begin deal_claimed", "canceled | open |", 0},
		{"begin, claimed, expired, begin deal_claimed", "expired | open |", 0},
		{"begin, disputed, canceled, begin deal_claimed", "canceled | open |", 0},
		{"begin, claimed, open, canceled, begin deal_claimed", "canceled | open |", 0},
		{"begin, canceled, claimed, canceled, begin deal_claimed", "canceled | open |", 0},
		{"begin, completed 0, canceled, begin deal_claimed", "canceled | open |", 0},
		{"begin, claimed, canceled, begin!, begin", "canceled asked | open |", 0},
		{"begin, claimed, canceled, begin!, 2:expired, begin", "canceled expired asked | open |", 0},
		{"begin, claimed, canceled, begin!, claimed, canceled, 2:canceled, begin deal_claimed", "canceled canceled | open |", 0},
		{"begin, canceled, begin, claimed, canceled, 2:canceled, begin deal_claimed", "canceled canceled | open |", 0},
		{"begin, claimed, refunded, begin", "refunded asked | open |", 0},
		{"begin, claimed, completed, canceled, reopen, begin deal_claimed", "canceled | open | deal1:reversed:130", 0},
		{"begin, completed, disputed, canceled, reopen, begin", "canceled asked | open | deal1:reversed:130", 0},
		{"begin, claimed, canceled, completed", "completed | paid | deal1:confirmed:130:late", 130},
		{"begin, claimed, canceled, completed 90, begin! money_undecided", "completed | open | deal1:confirmed:90:other_amount:late", 90},

		// Late money.
		{"begin, open, canceled, completed", "completed | paid | deal1:confirmed:130:late", 130},
		{"begin, open, expired, completed", "completed | paid | deal1:confirmed:130:late", 130},
		{"begin, canceled, disputed, completed", "completed | paid | deal1:confirmed:130:late", 130},
		{"begin, void, completed", "completed | paid | deal1:confirmed:130", 130},

		// Money that goes back, and comes again.
		{"begin, completed, canceled", "canceled | refunded | deal1:reversed:130", 0},
		{"begin, completed, refunded", "refunded | refunded | deal1:reversed:130", 0},
		{"begin, completed, disputed", "disputed | paid | deal1:confirmed:130", 130},
		{"begin, completed, disputed, completed", "completed | paid | deal1:confirmed:130", 130},
		{"begin, completed, disputed, canceled", "canceled | refunded | deal1:reversed:130", 0},
		{"begin, completed, canceled, completed", "completed | paid | deal1:reversed:130 deal1/2:confirmed:130:late", 130},
		{"begin, completed, refunded, completed", "completed | paid | deal1:reversed:130 deal1/2:confirmed:130", 130},
		{"begin, completed, canceled, completed, canceled, completed", "completed | paid | deal1:reversed:130 deal1/2:reversed:130:late deal1/3:confirmed:130:late", 130},
		{"begin, completed, canceled, canceled", "canceled | refunded | deal1:reversed:130", 0},

		// What can't be: the books stay as they are, and somebody is told.
		{"begin, completed, open", "completed(unknown_status) | paid | deal1:confirmed:130", 130},
		{"begin, completed, claimed", "completed(unknown_status) | paid | deal1:confirmed:130", 130},
		{"begin, completed, expired", "completed(unknown_status) | paid | deal1:confirmed:130", 130},
		{"begin, completed, gibberish", "completed(unknown_status) | paid | deal1:confirmed:130", 130},
		{"begin, completed, gibberish, completed", "completed | paid | deal1:confirmed:130", 130},
		{"begin, completed, gibberish, canceled", "canceled | refunded | deal1:reversed:130", 0},
		{"begin, completed, completed 0", "completed(no_amount) | paid | deal1:confirmed:130", 130},
		{"begin, completed, disputed, completed 0", "disputed(no_amount) | paid | deal1:confirmed:130", 130},

		// Another amount.
		{"begin, completed 90", "completed | open | deal1:confirmed:90:other_amount", 90},
		{"begin, completed 140", "completed | open | deal1:confirmed:140:other_amount", 140},
		{"begin, completed 90, begin money_undecided", "completed | open | deal1:confirmed:90:other_amount", 90},
		{"begin, completed 90, apply deal1", "completed | paid | deal1:confirmed:90:other_amount:settled", 90},
		{"begin, completed 90, return deal1, begin", "completed asked | open | deal1:confirmed:90:other_amount:settled", 90},
		{"begin, completed 90, return deal1, apply deal1 not_allowed", "completed | open | deal1:confirmed:90:other_amount:settled", 90},
		{"begin, completed 90, apply deal1, canceled", "canceled | refunded | deal1:reversed:90:other_amount:settled", 0},
		{"begin, completed 90, canceled", "canceled | open | deal1:reversed:90:other_amount", 0},
		{"begin, completed 90, canceled, apply deal1 not_allowed, begin", "canceled asked | open | deal1:reversed:90:other_amount", 0},
		{"begin, completed 90, completed", "completed | paid | deal1:reversed:90:other_amount deal1/2:confirmed:130", 130},
		{"begin, completed, completed 90", "completed | refunded | deal1:reversed:130 deal1/2:confirmed:90:other_amount", 90},
		{"begin, completed, disputed 90", "disputed | paid | deal1:confirmed:130", 130},
		{"begin, completed, disputed 90, completed 90", "completed | refunded | deal1:reversed:130 deal1/2:confirmed:90:other_amount", 90},
		{"begin, completed, completed 90, completed", "completed | paid | deal1:reversed:130 deal1/2:reversed:90:other_amount deal1/3:confirmed:130", 130},
		{"begin, completed 90, apply deal1, completed", "completed | paid | deal1:reversed:90:other_amount:settled deal1/2:confirmed:130", 130},
		{"begin, completed 90, disputed, apply deal1 payment_in_flight, apply! deal1", "disputed | paid | deal1:confirmed:90:other_amount:settled", 90},

		// Somebody was faster, or the invoice is closed.
		{"begin, open, cash, completed", "completed | paid | hand1:confirmed:130 deal1:confirmed:130:paid_by_another", 260},
		{"begin, open, cash, completed, apply deal1 already_paid, return deal1", "completed | paid | hand1:confirmed:130 deal1:confirmed:130:paid_by_another:settled", 260},
		{"begin, claimed, cash payment_in_flight, cash!, completed", "completed | paid | hand2:confirmed:130 deal1:confirmed:130:paid_by_another", 260},
		{"begin, claimed, cancel payment_in_flight, cancel!, completed", "completed | cancelled | deal1:confirmed:130:invoice_closed", 130},
		{"begin, disputed, cancel payment_in_flight, cancel!", "disputed | cancelled |", 0},
		{"begin, open, cancel, completed", "completed | cancelled | deal1:confirmed:130:invoice_closed", 130},
		{"begin, open, cancel, completed, apply deal1", "completed | paid | deal1:confirmed:130:invoice_closed:settled", 130},
		{"begin, open, cancel, completed, canceled", "canceled | cancelled | deal1:reversed:130:invoice_closed", 0},
		{"begin, open, cancel, begin invoice_closed", "open | cancelled |", 0},
		{"begin, open, wait 2h, sweep, completed", "completed | paid | deal1:confirmed:130", 130},
		{"begin, open, wait 2h, completed", "completed | paid | deal1:confirmed:130", 130},
		{"begin, open, wait 2h, begin invoice_closed", "open | expired |", 0},
		{"begin, claimed, wait 2h, cash payment_in_flight", "claimed | expired |", 0},
		{"begin, claimed, wait 2h, cancel not_allowed", "claimed | expired |", 0},

		// Two deals.
		{"begin, canceled, begin, 2:completed, completed", "completed completed | paid | deal2:confirmed:130 deal1:confirmed:130:paid_by_another:late", 260},
		{"begin, canceled, begin, completed, 2:completed", "completed completed | paid | deal1:confirmed:130:late deal2:confirmed:130:paid_by_another", 260},
		{"begin, completed, canceled, reopen, begin, 2:completed, completed", "completed completed | paid | deal1:reversed:130 deal2:confirmed:130 deal1/2:confirmed:130:paid_by_another:late", 260},
		{"begin, completed, canceled, reopen, completed", "completed | paid | deal1:reversed:130 deal1/2:confirmed:130:late", 130},
		{"begin, completed, canceled, reopen, cash, completed", "completed | paid | deal1:reversed:130 hand1:confirmed:130 deal1/2:confirmed:130:paid_by_another:late", 260},
		{"begin, canceled, begin, 2:completed, completed, 2:canceled, apply deal1", "completed canceled | paid | deal2:reversed:130 deal1:confirmed:130:paid_by_another:settled:late", 130},
		{"begin, canceled, begin, 2:completed, 2:canceled, completed", "completed canceled | refunded | deal2:reversed:130 deal1:confirmed:130:invoice_closed:late", 130},
		{"begin, canceled, begin, 2:completed, completed, canceled", "canceled completed | paid | deal2:confirmed:130 deal1:reversed:130:paid_by_another:late", 130},
		{"begin, canceled, begin, disputed, begin", "disputed asked | open |", 0},

		// A payment that comes by calls: the first to be confirmed wins.
		{"begin, create, completed", "completed | paid | called:failed:130 deal1:confirmed:130", 130},
		{"begin, create, completed, confirm not_confirmable", "completed | paid | called:failed:130 deal1:confirmed:130", 130},
		{"begin, create, confirm, completed", "completed | paid | called:confirmed:130 deal1:confirmed:130:paid_by_another", 260},
		{"begin, create, completed 90, confirm", "completed | paid | called:confirmed:130 deal1:confirmed:90:other_amount", 220},
		{"begin, create, completed 90, apply deal1 payment_in_flight, apply! deal1", "completed | paid | called:failed:130 deal1:confirmed:90:other_amount:settled", 90},
	} {
		t.Run(c.story, func(t *testing.T) {
			t.Parallel()
			s := newDealShop()
			n := s.issue(s.now.Add(time.Hour))
			for _, step := range strings.Split(c.story, ", ") {
				want := ""
				if i := strings.LastIndex(step, " "); i > 0 && strings.Contains(step[i:], "_") {
					step, want = step[:i], step[i+1:]
				}
				if err := s.step(n, step); string(store.CodeOf(err)) != want || (err != nil) != (want != "") {
					t.Fatalf("%s: %v", step, err)
				}
				if err := s.check(); err != nil {
					t.Fatalf("after %s: %v", step, err)
				}
				s.move(time.Second)
			}
			if err := s.sweep(); err != nil {
				t.Fatal(err)
			}
			if got := strings.TrimSpace(s.told(n)); got != c.ends {
				t.Errorf("it ends as\n%s, want\n%s", got, c.ends)
			}
			if got := s.net(); got != money.Amount(c.net)*1000*money.Som {
				t.Errorf("the books hold %d, want %d thousand", got, c.net)
			}
		})
	}
}
