package store_test

import (
	"fmt"
	"maps"
	"time"

	"tushum/internal/money"
	"tushum/store"
)

// breach is a promise of the ledger that was found broken.
type breach struct{ promise, how string }

func (b *breach) Error() string { return b.promise + ": " + b.how }

func broken(promise, format string, args ...any) error {
	return &breach{promise, fmt.Sprintf(format, args...)}
}

// The promises.
const (
	onePayment     = "a one-time invoice is paid once"
	confirmKept    = "no confirm that was answered is lost"
	finalStays     = "nothing leaves REVERSED or FAILED"
	totalsAddUp    = "totals are the sum of the transactions"
	paidByItsOwn   = "an invoice is paid when its transaction is confirmed"
	cancelledStays = "cancelled stays cancelled"
	nothingLeft    = "a closed invoice leaves nothing to confirm"
	legalPath      = "events are a legal path"
	auditPasses    = "an audit finds nothing"
	refundKept     = "a refund stands as it was told"
	billTrue       = "a bill says what is true"
	asTheModel     = "the rules do what the model does"
)

// witness remembers what was told and seen, to hold the keeper to it.
type witness struct {
	told      map[string]store.TransactionStatus // the bank's last word from us
	final     map[string]store.Transaction
	cancelled map[store.Number]store.Invoice
	wishes    map[string]store.RefundState // what was last told about refunds
}

func newWitness() *witness {
	return &witness{map[string]store.TransactionStatus{}, map[string]store.Transaction{}, map[store.Number]store.Invoice{}, map[string]store.RefundState{}}
}

// check holds the keeper to every promise that needs no model.
func (w *witness) check(k *keeper) error {
	for _, check := range []func(*keeper) error{w.checkTold, w.checkFinal, w.checkWishes, checkPaid, checkClosed, checkTotals, checkEvents, checkAudit, checkBills} {
		if err := check(k); err != nil {
			return err
		}
	}
	return nil
}

func (w *witness) checkTold(k *keeper) error {
	for id, told := range w.told {
		got := k.transactions[id].Status
		if got == told {
			continue
		}
		if told == store.Confirmed {
			return broken(confirmKept, "%s was told CONFIRMED and is %s", id, got)
		}
		return broken(finalStays, "%s was told %s and is %s", id, told, got)
	}
	return nil
}

// checkFinal sees that a final record is never written again.
func (w *witness) checkFinal(k *keeper) error {
	for id, t := range k.transactions {
		before, was := w.final[id]
		if was && t != before {
			return broken(finalStays, "%s changed from %+v to %+v", id, before, t)
		}
		if t.Status == store.Reversed || t.Status == store.FailedTx {
			w.final[id] = t
		}
	}
	for n, inv := range k.invoices {
		if _, was := w.cancelled[n]; was && inv.Status != store.Cancelled {
			return broken(cancelledStays, "%s became %s", n, inv.Status)
		}
		if inv.Status == store.Cancelled {
			w.cancelled[n] = inv
		}
	}
	return nil
}

func checkPaid(k *keeper) error {
	paidBy := map[store.Number][]string{}
	for id, t := range k.transactions {
		if t.Status == store.Confirmed && !k.invoices[t.Number].Reusable() {
			paidBy[t.Number] = append(paidBy[t.Number], id)
		}
	}
	for n, inv := range k.invoices {
		ids := paidBy[n]
		if len(ids) > 1 {
			return broken(onePayment, "%s is paid by %v", n, ids)
		}
		if (inv.Status == store.Paid) != (len(ids) == 1) || len(ids) == 1 && inv.PaidBy != ids[0] {
			return broken(paidByItsOwn, "%s is %s by %q, the confirmed are %v", n, inv.Status, inv.PaidBy, ids)
		}
	}
	return nil
}

// checkClosed holds for keepers that show the rules every CREATED transaction.
func checkClosed(k *keeper) error {
	if k.narrowed {
		return nil
	}
	for id, t := range k.transactions {
		switch s := k.invoices[t.Number].Status; s {
		case store.Paid, store.Cancelled, store.Refunded:
			if t.Status == store.Created {
				return broken(nothingLeft, "%s is %s and %s still CREATED", t.Number, s, id)
			}
		}
	}
	return nil
}

// checkTotals sums the transactions anew, with its own calendar and tariff.
func checkTotals(k *keeper) error {
	sum := map[store.TotalKey]store.Total{}
	add := func(t store.Transaction, at store.Instant, move store.Total) {
		move.TotalKey = store.TotalKey{Day: tashkentDay(at), System: t.System, Source: t.Source}
		sum[move.TotalKey] = sum[move.TotalKey].Add(move)
	}
	for _, t := range k.transactions {
		if t.ConfirmedAt == 0 {
			continue
		}
		fee := publishedFee(t)
		if t.Fee() != fee {
			return broken(totalsAddUp, "%s costs %d, want %d", t.TransID, t.Fee(), fee)
		}
		add(t, t.ConfirmedAt, store.Total{Count: 1, Amount: t.Amount, Fee: fee})
		if t.Status == store.Reversed {
			add(t, t.ReversedAt, store.Total{ReversedCount: 1, ReversedAmount: t.Amount, ReversedFee: fee})
		}
	}
	for key, want := range sum {
		want.TotalKey = k.totals[key].TotalKey
		if k.totals[key] != want {
			return broken(totalsAddUp, "%+v: kept %+v, recomputed %+v", key, k.totals[key], want)
		}
	}
	if len(k.totals) != len(sum) {
		return broken(totalsAddUp, "%d are kept, %d were moved", len(k.totals), len(sum))
	}
	return nil
}

func tashkentDay(i store.Instant) store.Date {
	y, m, d := time.UnixMilli(int64(i) + 5*3_600_000).UTC().Date()
	return store.Date(y*10_000 + int(m)*100 + d)
}

// publishedFee is shopTariffs for the sources that the machine uses.
func publishedFee(t store.Transaction) money.Amount {
	rate := money.Amount(100)
	switch {
	case t.System == store.Manual:
		rate = 0
	case t.Source == "UZCARD" && tashkentDay(t.ConfirmedAt) < 20260101:
		rate = 40
	}
	return (t.Amount*rate + 5000) / 10_000
}

// next is which events may follow which; "" is before the first.
var next = map[store.EventType][]store.EventType{
	store.TransactionCreated:   {store.TransactionConfirmed, store.TransactionReversed, store.TransactionFailed},
	store.TransactionConfirmed: {store.TransactionReversed, store.RefundRequested},
	store.RefundRequested:      {store.TransactionReversed, store.RefundWithdrawn, store.RefundRefused},
	store.RefundWithdrawn:      {store.TransactionReversed, store.RefundRequested},
	store.RefundRefused:        {store.TransactionReversed, store.RefundRequested},
	store.InvoiceCreated:       {store.InvoicePaid, store.InvoiceCancelled, store.InvoiceExpired, store.InvoiceExtended, store.InvoiceReopened},
	store.InvoiceExtended:      {store.InvoicePaid, store.InvoiceCancelled, store.InvoiceExpired, store.InvoiceExtended, store.InvoiceReopened},
	store.InvoiceReopened:      {store.InvoicePaid, store.InvoiceCancelled, store.InvoiceExpired, store.InvoiceExtended, store.InvoiceReopened},
	store.InvoiceExpired:       {store.InvoicePaid, store.InvoiceExtended, store.InvoiceReopened},
	store.InvoicePaid:          {store.InvoiceRefunded},
	store.InvoiceRefunded:      {store.InvoiceReopened},
}

// leaves is the status that each event leaves a record in.
var leaves = map[store.EventType]string{
	store.TransactionCreated: "CREATED", store.TransactionConfirmed: "CONFIRMED", store.TransactionReversed: "REVERSED", store.TransactionFailed: "FAILED",
	store.RefundRequested: "CONFIRMED", store.RefundWithdrawn: "CONFIRMED", store.RefundRefused: "CONFIRMED",
	store.InvoiceCreated: "open", store.InvoiceExtended: "open", store.InvoiceReopened: "open", store.InvoiceExpired: "expired",
	store.InvoicePaid: "paid", store.InvoiceRefunded: "refunded", store.InvoiceCancelled: "cancelled",
}

func checkEvents(k *keeper) error {
	last := map[string]store.EventType{}
	for i, e := range k.events {
		record := recordOf(e)
		if e.By == "" || e.At == 0 || e.Seq != uint64(i+1) {
			return broken(legalPath, "event %+v lacks who, when or its place", e)
		}
		if !mayFollow(last[record], e, k.transactions[e.TransID].System) {
			return broken(legalPath, "%s: %s after %q", record, e.Type, last[record])
		}
		last[record] = e.Type
	}
	for n, inv := range k.invoices {
		if leaves[last[n.String()]] != inv.Status.String() {
			return broken(legalPath, "%s is %s after %q", n, inv.Status, last[n.String()])
		}
	}
	for id, t := range k.transactions {
		if leaves[last[id]] != t.Status.String() {
			return broken(legalPath, "%s is %s after %q", id, t.Status, last[id])
		}
	}
	return nil
}

// recordOf names what an event is about.
func recordOf(e store.Event) string {
	if e.TransID != "" {
		return e.TransID
	}
	return e.Number.String()
}

func mayFollow(before store.EventType, e store.Event, system store.System) bool {
	if before == "" {
		return e.Type == store.InvoiceCreated || e.Type == store.TransactionCreated && system == store.Uzum || e.Type == store.TransactionConfirmed && system == store.Manual
	}
	for _, t := range next[before] {
		if t == e.Type {
			return true
		}
	}
	return false
}

// checkAudit sees that what verify asks of each record holds for what the rules make.
func checkAudit(k *keeper) error {
	last := map[string]store.EventType{}
	for _, e := range k.events {
		last[recordOf(e)] = e.Type
	}
	for n, inv := range k.invoices {
		if !k.narrowed && !inv.Reusable() {
			if err := inv.Audit(allOf(k, n)); err != nil {
				return broken(auditPasses, "invoice %s: %v", n, err)
			}
		}
		if e := last[n.String()]; !inv.MayEndWith(e) {
			return broken(auditPasses, "invoice %s is %s after %s", n, inv.Status, e)
		}
	}
	sum := map[store.TotalKey]store.Total{}
	for id, t := range k.transactions {
		if err := t.Audit(); err != nil || !t.MayEndWith(last[id]) {
			return broken(auditPasses, "%s after %s: %v", id, last[id], err)
		}
		for _, move := range t.TotalMoves() {
			sum[move.TotalKey] = sum[move.TotalKey].Add(move)
		}
	}
	if !maps.Equal(sum, k.totals) {
		return broken(auditPasses, "totals are %+v, recomputed %+v", k.totals, sum)
	}
	return nil
}

// checkModel compares every record with the model's.
func checkModel(k *keeper, o *oracle) error {
	for n, inv := range k.invoices {
		want := o.invoices[n.String()]
		if inv.Status.String() != want.state || want.state == "paid" && inv.PaidBy != want.paidBy || int64(inv.ExpiresAt) != want.expires {
			return broken(asTheModel, "%s is %s by %q until %d, want %+v", n, inv.Status, inv.PaidBy, inv.ExpiresAt, *want)
		}
	}
	if err := checkModelBills(k, o); err != nil {
		return err
	}
	for id, t := range k.transactions {
		if want := o.payments[id]; want == nil || t.Status.String() != want.state || store.RefundStateOf(t).String() != want.refund() {
			return broken(asTheModel, "%s is %s, want %+v", id, t.Status, want)
		}
	}
	if len(k.transactions) != len(o.payments) || len(k.invoices) != len(o.invoices) {
		return broken(asTheModel, "%d transactions of %d, %d invoices of %d", len(k.transactions), len(o.payments), len(k.invoices), len(o.invoices))
	}
	return nil
}
