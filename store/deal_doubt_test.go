package store_test

import (
	"strings"
	"testing"

	"tushum/internal/lang"
	"tushum/store"
)

// claimedOver is a deal whose payer had said that they paid, and that ended.
func claimedOver(s store.DealState) store.Deal {
	d := dealIn(s)
	d.ClaimedAt = noon
	return d
}

func TestAClaimIsKeptWithTheDeal(t *testing.T) {
	t.Parallel()
	tell := func(d store.Deal, s store.DealState, now store.Instant) store.Deal {
		ch, err := shopRules().TellDeal(d, dealInvoice(), nil, nil, store.DealNews{ID: dealID, State: s, Word: s.String()}, now)
		wantCode(t, err, "")
		if len(ch.Deals) == 0 {
			return d
		}
		return ch.Deals[0].After
	}
	d := tell(tell(tell(dealIn(store.DealOpen), store.DealClaimed, noon+1), store.DealDisputed, noon+2), store.DealCanceled, noon+3)
	if d.ClaimedAt != noon+1 || !d.Doubtful() {
		t.Errorf("it is %+v", d)
	}
	if d := tell(dealIn(store.DealOpen), store.DealCanceled, noon+1); d.ClaimedAt != 0 || d.Doubtful() {
		t.Errorf("without a claim it is %+v", d)
	}
	old := dealIn(store.DealClaimed) // written before the moment was kept
	if d := tell(old, store.DealExpired, noon+1); !d.Doubtful() {
		t.Errorf("of an older record it is %+v", d)
	}
}

// Whose deal was claimed and ended is asked again only where a person decides it, and
// the bill of the invoice says so.
func TestBeginDealHesitatesAfterAClaim(t *testing.T) {
	t.Parallel()
	forced := order()
	forced.Force = true
	next, void := dealIn(store.DealExpired), dealIn(store.DealVoid)
	next.Seq, void.Seq = 2, 2
	for name, c := range map[string]struct {
		deals []store.Deal
		o     store.DealOrder
		code  store.Code
	}{
		"canceled":                              {[]store.Deal{claimedOver(store.DealCanceled)}, order(), store.ClaimedBefore},
		"expired":                               {[]store.Deal{claimedOver(store.DealExpired)}, order(), store.ClaimedBefore},
		"never claimed":                         {[]store.Deal{dealIn(store.DealCanceled)}, order(), ""},
		"where a person decides it":             {[]store.Deal{claimedOver(store.DealCanceled)}, forced, ""},
		"and another was begun since":           {[]store.Deal{next, claimedOver(store.DealCanceled)}, order(), ""},
		"and another never came about":          {[]store.Deal{void, claimedOver(store.DealCanceled)}, order(), store.ClaimedBefore},
		"and one from before it ended as well":  {[]store.Deal{dealIn(store.DealExpired), claimedOver(store.DealCanceled)}, order(), store.ClaimedBefore},
		"given back":                            {[]store.Deal{claimedOver(store.DealRefunded)}, order(), ""},
		"with its money in the books and taken": {[]store.Deal{claimedOver(store.DealCompleted)}, order(), ""},
	} {
		_, ch, err := shopRules().BeginDeal(dealInvoice(), c.deals, nil, c.o, noon)
		if got := store.CodeOf(err); got != c.code || ch.Empty() != (c.code != "") {
			t.Errorf("%s: it is answered %q, %v", name, got, err)
		}
		b := shopRules().Bill(dealInvoice(), nil, c.deals, noon)
		if doubted := c.code != "" || c.o.Force; b.Doubted != doubted || b.Payable() == doubted {
			t.Errorf("%s: the bill is %+v", name, b)
		}
	}
	_, _, err := shopRules().BeginDeal(dealInvoice(), []store.Deal{claimedOver(store.DealCanceled)}, nil, order(), noon)
	for _, l := range lang.All {
		if hint := refusal(t, err).Hint(l); !strings.Contains(hint, "--force") {
			t.Errorf("%s: the hint is %q", l, hint)
		}
	}
}

// While a deal can be paid, nobody doubts the one before it.
func TestADealUnderWayIsNoDoubt(t *testing.T) {
	t.Parallel()
	open := dealIn(store.DealOpen)
	open.Seq = 2
	deals := []store.Deal{open, claimedOver(store.DealCanceled)}
	d, ch, err := shopRules().BeginDeal(dealInvoice(), deals, nil, order(), noon)
	if err != nil || d != open || !ch.Empty() {
		t.Errorf("it is %+v, %v", d, err)
	}
	if b := shopRules().Bill(dealInvoice(), nil, deals, noon); b.Doubted || !b.Payable() {
		t.Errorf("the bill is %+v", b)
	}
}
