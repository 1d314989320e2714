package store_test

import (
	"testing"

	"tushum/internal/money"
	"tushum/store"
)

func TestTotalMove(t *testing.T) {
	t.Parallel()
	confirmed, reversed := transactionIn(store.Confirmed), transactionIn(store.Reversed)
	reversed.ReversedDay = noonDay + 1
	early := transactionIn(store.Reversed) // never confirmed
	early.ConfirmedAt, early.ConfirmedDay = 0, 0
	cash := transactionIn(store.Confirmed)
	cash.System, cash.Source, cash.Rate = store.Manual, "CASH", 0
	created, failed := created(), transactionIn(store.FailedTx)
	const amount, fee = 130_000_00, 1_300_00
	in := store.Total{TotalKey: store.TotalKey{Day: noonDay, System: store.Uzum, Source: "UZCARD"}, Count: 1, Amount: amount, Fee: fee}
	back := store.Total{TotalKey: store.TotalKey{Day: noonDay + 1, System: store.Uzum, Source: "UZCARD"}, ReversedCount: 1, ReversedAmount: amount, ReversedFee: fee}
	byHand := store.Total{TotalKey: store.TotalKey{Day: noonDay, System: store.Manual, Source: "CASH"}, Count: 1, Amount: amount}
	for _, c := range []struct {
		name          string
		before, after *store.Transaction
		want          store.Total
		moved         bool
	}{
		{"created", nil, &created, store.Total{}, false},
		{"confirmed", &created, &confirmed, in, true},
		{"by hand", nil, &cash, byHand, true},
		{"reversed on another day", &confirmed, &reversed, back, true},
		{"reversed before it was confirmed", &created, &early, store.Total{}, false},
		{"failed", &created, &failed, store.Total{}, false},
		{"confirmed as before", &confirmed, &confirmed, store.Total{}, false},
		{"reversed as before", &reversed, &reversed, store.Total{}, false},
	} {
		got, moved := store.TransactionChange{Before: c.before, After: *c.after}.TotalMove()
		if got != c.want || moved != c.moved {
			t.Errorf("%s: moves %+v (%v), want %+v", c.name, got, moved, c.want)
		}
	}
}

func TestTotalAddAndNet(t *testing.T) {
	t.Parallel()
	a := store.Total{TotalKey: store.TotalKey{Day: noonDay}, Count: 2, Amount: 1000, Fee: 10, ReversedCount: 1, ReversedAmount: 300, ReversedFee: 3}
	b := store.Total{TotalKey: store.TotalKey{Day: 1}, Count: 1, Amount: 20, Fee: 4, ReversedCount: 5, ReversedAmount: 6, ReversedFee: 7}
	want := store.Total{TotalKey: store.TotalKey{Day: noonDay}, Count: 3, Amount: 1020, Fee: 14, ReversedCount: 6, ReversedAmount: 306, ReversedFee: 10}
	if got := a.Add(b); got != want {
		t.Errorf("sum %+v, want %+v", got, want)
	}
	if got := a.Net(); got != 1000-300-(10-3) {
		t.Errorf("net %d", got)
	}
	if got := (store.Total{ReversedAmount: 100, ReversedFee: 1}).Net(); got != -99 {
		t.Errorf("a day of reversals has net %d", got)
	}
}

func TestFeeRoundsHalfUpAndIsZeroUntilConfirmed(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		amount money.Amount
		rate   money.BasisPoints
		fee    money.Amount
	}{{100, 40, 0}, {125, 40, 1}, {124, 40, 0}, {149, 100, 1}, {150, 100, 2}, {130_000_00, 0, 0}, {130_000_00, 500, 6_500_00}} {
		tx := created()
		tx.Amount, tx.Rate = c.amount, c.rate
		if tx.Fee() != 0 || tx.Net() != c.amount {
			t.Errorf("%d at %d costs before it is confirmed", c.amount, c.rate)
		}
		tx.ConfirmedAt = noon
		if tx.Fee() != c.fee || tx.Net() != c.amount-c.fee {
			t.Errorf("%d at %d: fee %d, want %d", c.amount, c.rate, tx.Fee(), c.fee)
		}
	}
}

func TestEmptyChange(t *testing.T) {
	t.Parallel()
	for name, ch := range map[string]store.Change{
		"an invoice": {Invoices: make([]store.InvoiceChange, 1)}, "a transaction": {Transactions: make([]store.TransactionChange, 1)},
	} {
		if ch.Empty() {
			t.Errorf("a change of %s passes for empty", name)
		}
	}
	if !(store.Change{At: noon, By: "malika"}).Empty() {
		t.Error("a change of nothing must be empty")
	}
}
