package store_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"tushum/store"
)

// Long runs by seed see every answer that the actions have, so that the model
// test is known to have looked at each.
func TestModelSeesEveryAnswer(t *testing.T) {
	t.Parallel()
	seen := map[string]int{}
	for seed := range uint64(50) {
		m := newMachine(createdOf)
		if err := play(m, actions, seed, 250); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		for answer, n := range m.seen {
			seen[answer] += n
		}
	}
	for action, codes := range map[string][]store.Code{
		"issue":  {"", store.Invalid},
		"create": {"", store.TransIDTaken, store.InvoiceNotFound, store.AlreadyPaid, store.InvoiceClosed, store.BelowMinimum, store.AboveMaximum, store.WrongAmount},
		"confirm": {
			"", store.TransactionNotFound, store.AlreadyConfirmed, store.NotConfirmable,
		},
		"reverse":   {"", store.TransactionNotFound, store.AlreadyReversed, store.NotReversible},
		"status":    {"", store.TransactionNotFound},
		"cancel":    {"", store.InvoiceNotFound, store.AlreadyPaid, store.NotAllowed, store.PaymentInFlight},
		"reopen":    {"", store.InvoiceNotFound, store.AlreadyPaid, store.NotAllowed, store.Invalid},
		"extend":    {"", store.InvoiceNotFound, store.AlreadyPaid, store.NotAllowed, store.Invalid},
		"mark paid": {"", store.InvoiceNotFound, store.AlreadyPaid, store.NotAllowed, store.PaymentInFlight, store.Invalid},
		"sweep":     {""},

		"request refund": {"", store.TransactionNotFound, store.NotAllowed, store.AlreadyReversed, store.Invalid},
		"close refund":   {"", store.TransactionNotFound, store.NotAllowed, store.AlreadyReversed, store.Invalid},
	} {
		for _, code := range codes {
			if seen[action+" "+string(code)] == 0 {
				t.Errorf("no run has seen %s answered %q", action, code)
			}
			delete(seen, action+" "+string(code))
		}
	}
	for answer, n := range seen {
		t.Errorf("%q was answered %d times and is not expected", answer, n)
	}
}

// Keepers and rules that are wrong in one point must break the promise that
// the point is about, or the promises could not be trusted.
func TestModelCatchesMutants(t *testing.T) {
	t.Parallel()
	without := func(op string, event store.EventType) func(*keeper) {
		return func(k *keeper) {
			k.flaws.change = func(at string, ch *store.Change) {
				if at == op {
					ch.Transactions = slices.DeleteFunc(ch.Transactions, func(c store.TransactionChange) bool { return c.Event == event })
					ch.Invoices = slices.DeleteFunc(ch.Invoices, func(c store.InvoiceChange) bool { return c.Event == event })
				}
			}
		}
	}
	for _, c := range []struct {
		name    string
		mutate  func(*keeper)
		promise string
	}{
		{"forgets to fail rivals", without("confirm", store.TransactionFailed), nothingLeft},
		{"forgets to fail rivals when marked as paid", without("mark paid", store.TransactionFailed), nothingLeft},
		{"forgets to fail what is live when cancelled", without("cancel", store.TransactionFailed), nothingLeft},
		{"answers a confirm and keeps nothing", without("confirm", store.TransactionConfirmed), confirmKept},
		{"forgets the refund", without("reverse", store.InvoiceRefunded), paidByItsOwn},
		{"forgets the payment of the invoice", without("confirm", store.InvoicePaid), paidByItsOwn},
		{"forgets the change of a refusal", func(k *keeper) { k.flaws.dropsRefusals = true }, finalStays},
		{"forgets what /status told", without("status", store.TransactionFailed), finalStays},
		{"counts money twice", func(k *keeper) { k.flaws.movesTwice = true }, totalsAddUp},
		{"shows only what is live, and asks nobody about the invoice", pretendsOpen, onePayment},
		{"reopens what was cancelled", takesCancelledForExpired, cancelledStays},
		{"sweeps by an old copy", sweepsOldCopies, confirmKept},
		{"confirms what failed", forgivesFailures, finalStays},
		{"announces a reversal as a failure", announcesWrongly, legalPath},
		{"forgets a withdrawal", without("close refund", store.RefundWithdrawn), refundKept},
		{"forgets when reversed what was asked for", forgetsWishes, refundKept},
		{"requests twice", overlooksRequests, legalPath},
		{"requests what was taken by hand", asksForCash, auditPasses},
		{"lets the sweep alone read the limit", func(k *keeper) { k.rules.TransactionTTL = 100 * time.Hour }, asTheModel},
		{"has no least amount", func(k *keeper) { k.rules.MinAmount = 0 }, asTheModel},
		{"has another rate", func(k *keeper) { k.rules.Tariffs[0].Rate++ }, totalsAddUp},
		{"has another midnight", func(k *keeper) { k.rules.Calendar.DayStarts = time.Hour }, totalsAddUp},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var found []string
			for seed := range uint64(200) {
				m := newMachine(createdOf)
				if c.promise != asTheModel {
					m.oracle = nil // or it would be the first to tell
				}
				c.mutate(m.keeper)
				var b *breach
				if err := play(m, actions, seed, 150); errors.As(err, &b) {
					if b.promise == c.promise {
						return
					}
					found = append(found, b.Error())
				}
			}
			t.Errorf("%q was not found broken; found %q", c.promise, found)
		})
	}
}

// pretendsOpen is how the rules would be if a confirm looked at nothing but the
// transaction: a clock that is set back brings rivals to life again.
func pretendsOpen(k *keeper) {
	k.shown, k.narrowed, k.flaws.blind = liveOf, true, true
	k.flaws.invoice = func(op string, inv store.Invoice) store.Invoice {
		if op == "confirm" {
			inv.Status = store.Open
		}
		return inv
	}
}

func takesCancelledForExpired(k *keeper) {
	k.flaws.blind = true
	k.flaws.invoice = func(op string, inv store.Invoice) store.Invoice {
		if op == "reopen" && inv.Status == store.Cancelled {
			inv.Status = store.Expired
		}
		return inv
	}
}

func sweepsOldCopies(k *keeper) {
	k.flaws.blind = true
	k.flaws.transaction = func(_ *keeper, op string, t store.Transaction) store.Transaction {
		if op == "sweep" && t.Status == store.Confirmed && t.System == store.Uzum {
			t.Status = store.Created
		}
		return t
	}
}

func forgivesFailures(k *keeper) {
	k.flaws.blind = true
	k.flaws.transaction = func(k *keeper, op string, t store.Transaction) store.Transaction {
		if op == "confirm" && t.Status == store.FailedTx && k.invoices[t.Number].Status == store.Open {
			t.Status = store.Created
		}
		return t
	}
}

func announcesWrongly(k *keeper) {
	k.flaws.change = func(op string, ch *store.Change) {
		for i := range ch.Transactions {
			if op == "reverse" && ch.Transactions[i].Event == store.TransactionReversed {
				ch.Transactions[i].Event = store.TransactionFailed
			}
		}
	}
}
