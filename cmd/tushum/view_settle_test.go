package main

import (
	"errors"
	"strings"
	"testing"

	"tushum/internal/lang"
	"tushum/store"
)

// dealt is a payment of 25 000 that came by a deal.
func dealt(edit func(*store.Transaction)) store.Transaction {
	t := store.Transaction{
		Seq: 1, TransID: "65f0", System: "oneclick", Number: 1000002, Amount: 2_500_000, Status: store.Confirmed,
		CreatedAt: 1, ConfirmedAt: 2, Source: "ONECLICK", Rate: 100, RateAssumed: true,
	}
	edit(&t)
	return t
}

// What staff have to know of a payment stands in the list and with the payment itself.
func TestWhatStandsOfMoneyThatCameByADeal(t *testing.T) {
	t.Parallel()
	shut := func(t *store.Transaction) {
		t.Unapplied, t.Settlement = store.PaidByAnother, store.Settlement{At: 3, By: "owner", Note: "given back in cash"}
	}
	for name, c := range map[string]struct {
		tx                store.Transaction
		list, show, fails string // what is there, and what is not
	}{
		"paid":       {dealt(func(*store.Transaction) {}), "  paid  ", "Net +≈ 24 750 UZS", "late"},
		"late":       {dealt(func(t *store.Transaction) { t.Late = true }), "  paid, late  ", "65f0: paid, late", "taken back"},
		"undecided":  {dealt(func(t *store.Transaction) { t.Unapplied = store.OtherAmount }), "  to be decided  ", "65f0: to be decided", "late"},
		"closed":     {dealt(shut), "  paid, not for this invoice  ", "65f0: paid, not for this invoice: closed (given back in cash)", "  paid  "},
		"taken back": {dealt(func(t *store.Transaction) { t.Status, t.ReversedAt, t.Late = store.Reversed, 3, true }), "  taken back  ", "write to OneClick with the number of the deal: 65f0", "24 750"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := testShop(t)
			list, listed, _ := testApp(t)
			tab := list.transactionTable()
			list.addTransaction(tab, s, c.tx)
			show, shown, _ := testApp(t)
			if err := errors.Join(list.print(tab.String()), show.printTransaction(s, c.tx, nil)); err != nil {
				t.Fatal(err)
			}
			plain := func(text string) string { return strings.ReplaceAll(text, "\u00a0", " ") }
			if text := plain(listed.String()); !strings.Contains(text, c.list) || strings.Contains(text, c.fails) {
				t.Errorf("the list shows\n%s", text)
			}
			want := strings.ReplaceAll(c.show, " +", "")
			if text := plain(shown.String()); !strings.Contains(squeezed(text), squeezed(want)) {
				t.Errorf("it is shown so, want %q:\n%s", want, text)
			}
		})
	}
}

// squeezed is a text without what lines it up.
func squeezed(text string) string { return strings.Join(strings.Fields(text), "") }

func TestMoneyThatCantPayAPaidInvoiceIsClosed(t *testing.T) {
	t.Parallel()
	paid := &store.Error{Code: store.AlreadyPaid, Number: 1000002}
	for _, l := range lang.All {
		var f *fault
		err := refusedSettlement(paid, store.SettleOrder{TransID: "65f0", Apply: true})
		if !errors.As(err, &f) || !strings.Contains(f.hint.In(l), "settle 65f0 --close --reason") || f.says.In(l) != paid.Message(l) {
			t.Errorf("%s: %+v", l, err)
		}
	}
	var f *fault
	if err := refusedSettlement(paid, store.SettleOrder{TransID: "65f0"}); errors.As(err, &f) || !errors.Is(err, store.AlreadyPaid) {
		t.Errorf("what was to be closed is refused with %v", err)
	}
}
