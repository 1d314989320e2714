package paypage

import (
	"context"
	"crypto/subtle"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"tushum/internal/money"
	"tushum/internal/site"
	"tushum/store"
)

// subject is what a URL names.
type subject struct {
	bill    store.Bill
	changes store.Instant // when the clock alone will change the bill; zero: never
	brief   bool          // it was found by its number, which can be guessed: only what the bank's app tells of one
	amount  money.Amount  // tiyin; what the customer has typed for a counter invoice, zero: nothing yet that can be paid
	typed   string        // the same as it was typed, or the beginning of it
	wrong   error         // what is wrong with what was typed
	ref     string        // the token or the number, as it stands in URLs
	back    string        // the page that the bank's app leads back to; empty without a public URL
	dealing
	returned bool // the customer comes back from the app to a counter invoice, and may have paid
}

// backParam is in the URL that the app comes back to, for a counter invoice: on its
// page no payment can be seen.
const backParam = "back"

// briefFor is how long after its end an invoice is still found by its number.
const briefFor = 24 * time.Hour

// maxRef is longer than any token or number, in bytes.
const maxRef = 64

// errTooOften is the refusal of a site that has used up a budget.
var errTooOften = errors.New("one address has looked up too much")

// find looks up what a request's path names. Whatever names no invoice is
// InvoiceNotFound, after the same work, and counts as a miss. Any number counts as
// a guess, for what it finds may have been guessed: these have a budget apart.
func (h *Handler) find(r *http.Request) (subject, error) {
	from := site.Of(h.address(r))
	n, _ := store.ParseNumber(r.PathValue(refParam)) // zero where it is none
	if n != 0 && !h.limits.number(from, n) {
		return subject{}, errTooOften
	}
	s, err := h.look(r)
	switch {
	case n != 0 && err == nil:
		h.limits.remember(from, n)
	case n == 0 && store.CodeOf(err) == store.InvoiceNotFound && !h.limits.miss(from):
		return subject{}, errTooOften
	}
	return s, err
}

// look is find for who has been let in: a page that is open looks again and again.
func (h *Handler) look(r *http.Request) (subject, error) {
	ref := r.PathValue(refParam)
	if len(ref) > maxRef {
		ref = ""
	}
	inv, brief, err := h.invoice(r.Context(), ref)
	if err != nil {
		return subject{}, err
	}
	s := subject{brief: brief, ref: ref}
	if err := h.reckon(r.Context(), &s, inv); err != nil {
		return subject{}, err
	}
	s.back = h.wayBack(r, s)
	s.returned = inv.Reusable() && r.URL.Query().Get(backParam) != ""
	s.take(r.URL.Query().Get(amountParam))
	return s, nil
}

// wayBack is the page that the bank's app leads back to. The link that holds it has
// to fit a code that is easy to read, so the language is in it only where the
// customer has chosen another than the browser's.
func (h *Handler) wayBack(r *http.Request, s subject) string {
	links, inv := h.settings.Load().Links, s.bill.Invoice
	page := links.Pay(inv)
	if s.brief {
		page = links.PayByNumber(inv.Number)
	}
	query := make(url.Values)
	if inv.Reusable() {
		query.Set(backParam, "1")
	}
	if l := h.language(r); l != h.wished(r) {
		query.Set(langParam, string(l))
	}
	if page == "" || len(query) == 0 {
		return page
	}
	return page + "?" + query.Encode()
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
	if inv.Status == store.Expired {
		ended = inv.ExpiresAt // ClosedAt is when that was noticed
	}
	return inv.Status != store.Open && store.At(h.books.Now()) >= ended.Add(briefFor)
}

// reckon makes the bill of an invoice, with its payments and deals.
func (h *Handler) reckon(ctx context.Context, s *subject, inv store.Invoice) error {
	txs, deals, err := h.books.BillBasis(ctx, inv)
	if err != nil {
		return err
	}
	rules, now := h.books.Rules(), store.At(h.books.Now())
	s.bill = rules.Bill(inv, txs, deals, now)
	s.changes = changes(inv, rules.Live(txs, now), rules.TransactionTTL)
	h.addDeals(s, deals, now)
	return nil
}

// changes is the next moment at which the clock alone changes a bill: its invoice
// expires, or the time for one of its payments is up. Zero: there is none.
func changes(inv store.Invoice, live []store.Transaction, ttl time.Duration) (next store.Instant) {
	if inv.Status == store.Open {
		next = inv.ExpiresAt
	}
	for _, t := range live {
		if end := t.CreatedAt.Add(ttl); next == 0 || end < next {
			next = end
		}
	}
	return next
}

// mostTyped is how much of what was typed is read, and given back, in characters.
// No amount or number that a person types is longer.
const mostTyped = 40

// cutLong cuts what is longer than mostTyped, and ends it so that the rest passes
// for no amount and no number either. To cut it again changes nothing.
func cutLong(typed string) string {
	typed = strings.ToValidUTF8(typed, "\uFFFD")
	if utf8.RuneCountInString(typed) <= mostTyped {
		return typed
	}
	return string([]rune(typed)[:mostTyped]) + "…"
}

// take reads what a customer has typed for a counter invoice.
func (s *subject) take(typed string) {
	if !s.bill.Invoice.Reusable() || typed == "" {
		return
	}
	s.typed = cutLong(typed)
	amount, err := amountOf(s.typed)
	if err == nil {
		err = s.bill.CheckAmount(amount)
	}
	if s.wrong = err; err == nil {
		s.amount = amount
	}
}

// asked is what was typed as it stands in URLs. They all name the amount that the
// page shows, however it was typed; empty where nothing was.
func (s subject) asked() string {
	if s.amount != 0 {
		return s.amount.SomString()
	}
	return s.typed
}
