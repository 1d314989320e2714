package paypage

import (
	"context"
	"crypto/subtle"
	"net/http"
	"time"

	"tushum/internal/money"
	"tushum/store"
)

// subject is what a URL names.
type subject struct {
	bill   store.Bill
	brief  bool         // it was found by its number, which can be guessed: only what the bank's app tells of one
	amount money.Amount // tiyin; what the customer has typed for a counter invoice, zero: nothing yet
	typed  string       // the same as it was typed
	wrong  error        // what is wrong with what was typed
	ref    string       // the token or the number, as it stands in URLs
	back   string       // the page itself, as the outside calls it; empty without a public URL
}

// briefFor is how long after its end an invoice is still found by its number.
const briefFor = 24 * time.Hour

// find looks up what a request's path names. Whatever names no invoice is
// InvoiceNotFound, after the same work.
func (h *Handler) find(r *http.Request) (subject, error) {
	ref := r.PathValue(refParam)
	inv, brief, err := h.invoice(r.Context(), ref)
	if err != nil {
		return subject{}, err
	}
	s := subject{brief: brief, ref: ref}
	if s.bill, err = h.bill(r.Context(), inv); err != nil {
		return subject{}, err
	}
	links := h.settings.Load().Links
	if s.back = links.Pay(inv); brief {
		s.back = links.PayByNumber(inv.Number)
	}
	s.takeAmount(r)
	return s, nil
}

// invoice finds an invoice by its token, or else by its number. A text that is
// neither is looked up as a token that nobody holds, so that an answer takes no
// less time for it.
func (h *Handler) invoice(ctx context.Context, ref string) (inv store.Invoice, brief bool, err error) {
	if n, err := store.ParseNumber(ref); err == nil {
		inv, err := h.books.Invoice(ctx, n)
		if err == nil && h.isOver(inv) {
			err = &store.Error{Code: store.InvoiceNotFound}
		}
		return inv, true, err
	}
	token, malformed := store.ParseToken(ref)
	inv, err = h.books.InvoiceByToken(ctx, token)
	if err != nil {
		return store.Invoice{}, false, err
	}
	if malformed != nil || subtle.ConstantTimeCompare(inv.Token[:], token[:]) != 1 {
		return store.Invoice{}, false, &store.Error{Code: store.InvoiceNotFound}
	}
	return inv, false, nil
}

// isOver tells that an invoice ended so long ago that its number finds it no more:
// numbers can be guessed, and nobody shall read a shop's past.
func (h *Handler) isOver(inv store.Invoice) bool {
	ended := max(inv.PaidAt, inv.ClosedAt)
	return inv.Status != store.Open && store.At(h.books.Now()) >= ended.Add(briefFor)
}

// bill shows an invoice with those of its transactions that say where it stands.
func (h *Handler) bill(ctx context.Context, inv store.Invoice) (store.Bill, error) {
	var txs []store.Transaction
	var err error
	switch {
	case inv.Reusable():
	case inv.PaidBy != "":
		t, findErr := h.books.Transaction(ctx, inv.PaidBy)
		txs, err = []store.Transaction{t}, findErr
	case inv.Status == store.Open || inv.Status == store.Expired:
		txs, err = h.books.Transactions(ctx, store.TransactionQuery{Number: inv.Number, Status: store.Created})
	}
	if err != nil {
		return store.Bill{}, err
	}
	return h.books.Rules().Bill(inv, txs, store.At(h.books.Now())), nil
}

// takeAmount reads what a customer has typed for a counter invoice.
func (s *subject) takeAmount(r *http.Request) {
	s.typed = r.URL.Query().Get("amount")
	if !s.bill.Invoice.Reusable() || s.typed == "" {
		s.typed = ""
		return
	}
	s.amount, s.wrong = money.Parse(s.typed)
	if s.wrong == nil {
		s.wrong = s.bill.CheckAmount(s.amount)
	}
	if s.wrong != nil {
		s.amount = 0
	}
}
