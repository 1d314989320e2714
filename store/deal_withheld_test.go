package store_test

import (
	"testing"
	"time"

	"tushum/internal/money"
	"tushum/store"
)

// A deal of which the system gives a state that nobody knows is the current one, so no
// other is begun, and its payer is not shown where to pay until a state is known again.
func TestADealOfAnUnknownStateIsWithheld(t *testing.T) {
	t.Parallel()
	const price = 150_000 * money.Som
	open := store.Deal{Seq: 1, State: store.DealOpen, Amount: price, ExpiresAt: noon.Add(time.Minute)}
	with := func(change func(*store.Deal)) store.Deal {
		d := open
		change(&d)
		return d
	}
	for name, c := range map[string]struct {
		deal store.Deal
		want bool
	}{
		"as it is":         {open, false},
		"an unknown state": {with(func(d *store.Deal) { d.Trouble = store.UnknownStatus }), true},
		"known again":      {with(func(d *store.Deal) { d.Word = "new" }), false},
		"another amount":   {with(func(d *store.Deal) { d.Told = price - 1 }), true},
		"the same amount":  {with(func(d *store.Deal) { d.Told = price }), false},
	} {
		if c.deal.Withheld() != c.want {
			t.Errorf("%s: it is withheld: %v", name, c.deal.Withheld())
		}
		if current, ok := store.CurrentDeal([]store.Deal{c.deal}, noon); !ok || current != c.deal {
			t.Errorf("%s: another may be begun", name)
		}
	}
}
