package store_test

import (
	"testing"
	"time"

	"tushum/internal/money"
	"tushum/store"
)

const playedID = "1f0c8e10-8a5b-11ee-b962-0242ac120002"

// rehearse makes a rehearsal of 25 000 so‘m under the shop's rules, with visits
// routed elsewhere and the bank not connected, and a clock to move.
func rehearse(t *testing.T) (r *store.Rehearsal, now *time.Time) {
	t.Helper()
	rules, clock := shopRules(), noon.Time()
	rules.Routing[store.Visit] = oneClick
	rules.Systems = map[store.System]store.Profile{store.Uzum: {State: store.NotConnected, Can: store.Abilities{App: true, Counter: true, Calls: true, Letter: true}}}
	r, err := store.NewRehearsal(rules, 25_000*money.Som, func() time.Time { return clock })
	if err != nil {
		t.Fatal(err)
	}
	if rules.Routing[store.Visit] != oneClick {
		t.Error("the shop's own routing was changed")
	}
	return r, &clock
}

func unheard(store.Decided) store.Call { return store.Call{} }

func beginPlay(t *testing.T, r *store.Rehearsal) store.Transaction {
	t.Helper()
	tx, err := r.Create(t.Context(), store.Attempt{System: store.Uzum, TransID: playedID, Number: r.Issued().Number, Amount: 25_000 * money.Som}, unheard)
	wantCode(t, err, "")
	return tx
}

func TestARehearsalIsPaidLikeAnInvoice(t *testing.T) {
	t.Parallel()
	r, _ := rehearse(t)
	inv := r.Issued()
	if inv.Kind != store.Visit || inv.System != store.Uzum || inv.Status != store.Open || inv.Amount != 25_000*money.Som || inv.ExpiresAt != 0 {
		t.Errorf("the invoice is %+v", inv)
	}
	if n, err := store.ParseNumber(inv.Number.String()); err != nil || n != inv.Number {
		t.Errorf("the number %v: %v", inv.Number, err)
	}
	if _, err := r.Check(t.Context(), store.Uzum, inv.Number); err != nil {
		t.Errorf("check: %v", err)
	}
	_, err := r.Check(t.Context(), store.Uzum, mustNumber(inv.Number.Base()^1))
	wantCode(t, err, store.InvoiceNotFound)
	beginPlay(t, r)
	_, err = r.Create(t.Context(), store.Attempt{System: store.Uzum, TransID: playedID, Number: inv.Number, Amount: 1}, unheard)
	wantCode(t, err, store.TransIDTaken)
	tx, err := r.Confirm(t.Context(), store.Confirmation{System: store.Uzum, TransID: playedID, Source: "UZCARD"}, unheard)
	wantCode(t, err, "")
	if tx.Status != store.Confirmed || tx.Rate != 100 {
		t.Errorf("confirmed as %+v", tx)
	}
	_, err = r.Check(t.Context(), store.Uzum, inv.Number)
	wantCode(t, err, store.AlreadyPaid)
	_, err = r.Status(t.Context(), oneClick, playedID)
	wantCode(t, err, store.TransactionNotFound)
	tx, err = r.Reverse(t.Context(), store.Uzum, playedID, unheard)
	wantCode(t, err, "")
	if after, err := r.Invoice(t.Context(), inv.Number); err != nil || tx.Status != store.Reversed || after.Status != store.Refunded {
		t.Errorf("reversed %+v, %+v, %v", tx, after, err)
	}
	if r.Issued().Status != store.Open {
		t.Errorf("the invoice of the beginning is %s now", r.Issued().Status)
	}
}

// What was FAILED by the clock stays so when the clock is set back, as in the ledger.
func TestARehearsalThatComesTooLate(t *testing.T) {
	t.Parallel()
	for name, ask := range map[string]func(r *store.Rehearsal) (store.Transaction, error){
		"status": func(r *store.Rehearsal) (store.Transaction, error) {
			return r.Status(t.Context(), store.Uzum, playedID)
		},
		"confirm": func(r *store.Rehearsal) (store.Transaction, error) {
			tx, err := r.Confirm(t.Context(), store.Confirmation{System: store.Uzum, TransID: playedID}, unheard)
			wantCode(t, err, store.NotConfirmable)
			return tx, nil
		},
	} {
		r, now := rehearse(t)
		beginPlay(t, r)
		*now = now.Add(ttl)
		if tx, err := ask(r); err != nil || tx.Status != store.FailedTx || tx.Reason != store.FailExpired {
			t.Errorf("%s: %+v, %v", name, tx, err)
		}
		*now = now.Add(-ttl)
		if tx, err := r.Transaction(playedID); err != nil || tx.Status != store.FailedTx {
			t.Errorf("%s, with the clock set back: %+v, %v", name, tx, err)
		}
	}
}

func TestRehearsalsThatCantBe(t *testing.T) {
	t.Parallel()
	for _, amount := range []money.Amount{0, -1, 999 * money.Som, 5_000_001 * money.Som} {
		_, err := store.NewRehearsal(shopRules(), amount, time.Now)
		wantCode(t, err, store.Invalid)
	}
}

func TestRehearsalsHaveNumbersOfTheirOwn(t *testing.T) {
	t.Parallel()
	drawn := make(map[store.Number]bool)
	for range 16 {
		r, _ := rehearse(t)
		drawn[r.Issued().Number] = true
	}
	if len(drawn) < 15 {
		t.Errorf("16 rehearsals have %d numbers", len(drawn))
	}
}
