package tui

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"slices"

	"tushum/store"
)

// A search looks at the invoice of each of the newest transactions, which is
// where nearly all that is looked for stands. Behind those that would take long:
// there the ledger finds invoices and transactions apart, and the two are
// merged, unless so many are found that looking at each is the shorter way.
const (
	nearRows = 2000
	farRows  = 5000
)

// payments are transactions with their invoices, as the ledger's queries have
// them. A search looks in both: staff remember the customer, whom the bank does
// not know.
func payments(ctx context.Context, ledger Ledger, q store.TransactionQuery) iter.Seq2[payment, error] {
	return func(yield func(payment, error) bool) {
		w := &paymentWalk{ctx: ctx, ledger: ledger, q: q, words: store.SplitWords(q.Search), yield: yield, left: q.Limit}
		if q.Search == "" {
			w.near(0)
		} else if w.near(nearRows) {
			w.far()
		}
	}
}

// paymentWalk is one walk through the payments, from the newest.
type paymentWalk struct {
	ctx    context.Context //nolint:containedctx // a walk lives inside of one call
	ledger Ledger
	q      store.TransactionQuery
	words  store.Words
	yield  func(payment, error) bool
	left   int // rows that may still be found; zero from the beginning: no bound
	last   store.Invoice
}

// near looks at the next transactions one by one, so many of them; zero: all.
// It tells whether others may follow.
func (w *paymentWalk) near(most int) (more bool) {
	q := w.q
	q.Search, q.Limit = "", 0
	seen := 0
	for t, err := range w.ledger.FindTransactions(w.ctx, q) {
		if !w.give(t, err) {
			return false
		}
		w.q.After = t.Seq
		if seen++; seen == most {
			return true
		}
	}
	return false
}

// give yields a transaction if its texts or its invoice's hold the words. It
// tells whether to go on.
func (w *paymentWalk) give(t store.Transaction, err error) bool {
	if err == nil && (w.last.Number == 0 || w.last.Number != t.Number) {
		w.last, err = invoiceOf(w.ctx, w.ledger, t)
	}
	switch {
	case err != nil:
		w.yield(payment{}, err)
		return false
	case !w.words.MatchTransaction(t) && !w.words.MatchInvoice(w.last):
		return true
	case !w.yield(payment{t, w.last}, nil):
		return false
	}
	w.left--
	return w.left != 0
}

// far finds what is left by merging two searches.
func (w *paymentWalk) far() {
	ofInvoices, few, err := w.ofInvoices()
	switch {
	case err != nil:
		w.yield(payment{}, err)
		return
	case !few:
		w.near(0)
		return
	}
	q := w.q
	q.Limit = 0
	for t, err := range w.ledger.FindTransactions(w.ctx, q) {
		for err == nil && len(ofInvoices) > 0 && ofInvoices[0].Seq >= t.Seq {
			if ofInvoices[0].Seq > t.Seq && !w.give(ofInvoices[0], nil) {
				return
			}
			ofInvoices = ofInvoices[1:]
		}
		if !w.give(t, err) {
			return
		}
	}
	for _, t := range ofInvoices {
		if !w.give(t, nil) {
			return
		}
	}
}

// ofInvoices are the transactions, newest first, of all invoices that hold the
// words; few is false where there are too many.
func (w *paymentWalk) ofInvoices() (found []store.Transaction, few bool, err error) {
	looked := 0
	for inv, err := range w.ledger.FindInvoices(w.ctx, store.InvoiceQuery{Search: w.q.Search}) {
		if err != nil {
			return nil, false, err
		}
		if looked++; looked > farRows {
			return nil, false, nil
		}
		q := w.q
		q.Search, q.Number, q.After, q.Limit = "", inv.Number, 0, farRows
		of, err := w.ledger.Transactions(w.ctx, q)
		if err != nil {
			return nil, false, err
		}
		for _, t := range of {
			if t.Seq < w.q.After {
				found = append(found, t)
			}
		}
		if len(of) == farRows || len(found) > farRows {
			return nil, false, nil
		}
	}
	slices.SortFunc(found, func(a, b store.Transaction) int { return cmp.Compare(b.Seq, a.Seq) })
	return found, true, nil
}

// invoiceOf is the invoice of a transaction; the zero one where there is none.
func invoiceOf(ctx context.Context, ledger Ledger, t store.Transaction) (store.Invoice, error) {
	inv, err := ledger.Invoice(ctx, t.Number)
	if errors.Is(err, store.InvoiceNotFound) {
		return store.Invoice{}, nil
	}
	return inv, err
}
