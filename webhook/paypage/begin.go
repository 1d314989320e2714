package paypage

import (
	"context"
	"errors"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"time"

	"tushum/internal/lang"
	"tushum/internal/site"
	"tushum/store"
)

// beginPart is what stands after an invoice's path where a deal is begun.
const beginPart = "card"

// mostForm bounds the body of the request that begins a deal, in bytes. Nobody reads
// it: all that matters is in the path.
const mostForm = 4 << 10

// beginWithin is how long a payer waits for an answer. The deal is made all the same,
// and the page shows when it is there. It is less than a listener gives an answer.
const beginWithin = 7 * time.Second

// pageItself is who begins a deal on a page, in the ledger.
const pageItself = "page"

// begins tells of a request that asks for a deal.
func begins(r *http.Request) bool {
	return r.Method == http.MethodPost && canBegin(r.URL)
}

// canBegin tells of a path at which a deal may be begun.
func canBegin(u *url.URL) bool {
	below, is := strings.CutPrefix(u.Path, tillPath+"/")
	_, part, _ := strings.Cut(below, "/")
	return is && part == beginPart && u.EscapedPath() == u.Path
}

// serveBegin has a deal begun for who has pressed the button, and leads back to the
// page, which shows what came of it. Who only opens the path begins nothing:
// messengers and scanners open whatever they find.
func (h *Handler) serveBegin(w http.ResponseWriter, r *http.Request) {
	s, err := h.find(r)
	if err != nil {
		h.fail(w, r, err)
		return
	}
	if r.Method == http.MethodPost && !h.fromElsewhere(r) {
		h.begin(r, s)
	}
	page := scene{subject: s, lang: h.language(r)}.address("")
	http.Redirect(w, r, page, http.StatusSeeOther)
}

// fromElsewhere tells of a request that a page of another site has made. A browser
// that says nothing is believed: our pages send no referrer, so that old ones and
// those without HTTPS name no origin, and all that could happen is a deal more.
func (h *Handler) fromElsewhere(r *http.Request) bool {
	switch r.Header.Get("Sec-Fetch-Site") {
	case "same-origin", "none":
		return false
	case "":
	default:
		return true
	}
	origin := r.Header.Get("Origin")
	if origin == "" || origin == "null" {
		return false
	}
	from, err := url.Parse(origin)
	if err != nil {
		return true
	}
	public, err := url.Parse(h.settings.Load().Links.PublicURL)
	return from.Host != r.Host && (err != nil || from.Host != public.Host)
}

// begin has a deal made, where the page has a button for it.
func (h *Handler) begin(r *http.Request, s subject) {
	offered := false
	for _, way := range h.ways(s) {
		offered = offered || way.app == ""
	}
	if !offered {
		return
	}
	n := s.bill.Invoice.Number
	defer h.Tell(n)
	if !h.limits.deal(site.Of(h.address(r))) {
		h.setbacks.note(n, sayTooManyAttempts)
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), beginWithin)
	defer cancel()
	d, err := h.maker.Begin(ctx, store.DealOrder{Number: n, By: pageItself, Lang: h.language(r)})
	if err == nil || r.Context().Err() != nil {
		h.setbacks.forget(n)
		h.awaitPayTo(ctx, s.bill.Invoice, d)
		return
	}
	h.log.Warn("a deal could not be begun", "number", n, "err", err)
	if says, told := setbackOf(err); told {
		h.setbacks.note(n, says)
	}
}

// showWithin is how long the page waits to learn where a new deal is paid. Most
// payment systems don't know so soon, and the page says that; one with a page of its
// own is known at once.
const showWithin = time.Second

// awaitPayTo waits a moment, so that the page need not be drawn twice.
func (h *Handler) awaitPayTo(ctx context.Context, inv store.Invoice, d store.Deal) {
	ctx, cancel := context.WithTimeout(ctx, showWithin)
	defer cancel()
	place := h.crowd.join(inv, netip.Addr{})
	defer h.crowd.quit(place)
	for ctx.Err() == nil {
		if _, err := h.maker.PayTo(d); !errors.Is(err, store.ErrNotReady) {
			return
		}
		select {
		case <-ctx.Done():
		case <-place.leave:
			return
		case <-place.news:
		}
	}
}

// setbackOf is what a customer is told of a failure. What the payment system says is
// for the shop, which finds it in the log: a customer can do nothing about a key or
// an address. told is false where the ledger has all that the page needs.
func setbackOf(err error) (says lang.Text, told bool) {
	var rule *store.Error
	switch code := store.CodeOf(err); {
	case errors.Is(err, context.DeadlineExceeded), code == store.DealInDoubt, code == store.ClaimedBefore, code == store.MoneyUndecided:
		return lang.Text{}, false
	case code == store.TooManyDeals:
		return sayTooManyDeals, true
	case (code == store.BelowMinimum || code == store.AboveMaximum) && errors.As(err, &rule):
		return lang.Text{UZ: rule.Message(lang.UZ), RU: rule.Message(lang.RU), EN: rule.Message(lang.EN)}, true
	}
	return sayNotBegun, true
}

// How long a page says why no deal was begun, and for how many invoices that is
// remembered at most.
const (
	setbackLasts = 2 * time.Minute
	mostSetbacks = 256
)

// setbacks are why deals were not begun, for the pages of their invoices. They are
// safe for concurrent use; the zero value needs only now.
type setbacks struct {
	now func() time.Time

	mu   sync.Mutex
	said map[store.Number]setback
}

type setback struct {
	says lang.Text
	at   time.Time
}

func (b *setbacks) note(n store.Number, says lang.Text) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.said == nil || len(b.said) >= mostSetbacks { // rarer than a customer who would miss one
		b.said = make(map[store.Number]setback)
	}
	b.said[n] = setback{says: says, at: b.now()}
}

func (b *setbacks) forget(n store.Number) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.said, n)
}

// of is what a page has to say; ok is false where there is nothing.
func (b *setbacks) of(n store.Number) (says lang.Text, ok bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	s, ok := b.said[n]
	if ok && b.now().Sub(s.at) >= setbackLasts {
		delete(b.said, n)
		return lang.Text{}, false
	}
	return s.says, ok
}
