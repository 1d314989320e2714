package paypage_test

import (
	"testing"

	"tushum/internal/oneclick/simulator"
	"tushum/store"
)

// A card is not shown of a deal that the payment system may have refused, and is again
// when it says something that is known.
func TestNoCardIsShownOfADealOfAnUnknownState(t *testing.T) {
	t.Parallel()
	s := newCardShop(t, cardOptions{})
	inv := s.issue()
	d := s.begin(inv)
	s.until(inv, shownCard)
	say := func(word string, known bool) {
		t.Helper()
		n := store.DealNews{ID: d.ID, Word: word, Amount: inv.Amount}
		if known {
			n.State = store.DealOpen
		}
		s.vendor.Change(d.ID, func(v *simulator.Deal) { v.Status = word })
		if _, err := s.books.TellDeal(t.Context(), d.Ref, n); err != nil {
			t.Fatal(err)
		}
	}
	say("rejected", false)
	body := s.page(inv)
	wantParts(t, body, "Don&#39;t pay yet", "a state of it that makes no sense", `href="tel:`)
	wantNone(t, body, shownCard, saysPayByCard, "data-copy=", "rejected")
	if n := len(s.deals(inv)); n != 1 {
		t.Errorf("%d deals were begun", n)
	}
	say("pending", true)
	wantNone(t, s.until(inv, shownCard), "Don&#39;t pay yet")
}
