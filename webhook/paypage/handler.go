package paypage

import (
	"context"
	"log/slog"
	"net/http"
	"net/netip"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"

	"tushum/internal/lang"
	"tushum/internal/site"
	"tushum/store"
)

// Shop is what a page says of the shop. Everything may be empty, and is cleaned
// when it is shown.
type Shop struct {
	Name, Address, Phone string
}

// Settings are what may change while the program runs.
type Settings struct {
	Shop     Shop
	Language lang.Lang // for who asks for none of ours
	Links    store.Links
	Systems  store.Systems // what can be paid by
}

// Config is what a Handler is made of. Books and Address are needed.
type Config struct {
	Settings
	Books   store.Books
	Deals   store.DealMaker                // nil: no payment system makes deals
	Address func(*http.Request) netip.Addr // where a request comes from; the zero Addr: nobody knows
	Log     *slog.Logger                   // nil: nothing is logged
}

// Handler serves the pages. It is safe for concurrent use. Close ends it.
type Handler struct {
	settings atomic.Pointer[Settings]
	books    store.Books
	address  func(*http.Request) netip.Addr
	log      *slog.Logger
	maker    store.DealMaker // nil: no payment system makes deals
	limits   limits
	setbacks setbacks
	crowd    *crowd
	turns    chan struct{} // one for each page that is drawn for a stream

	stop    context.CancelFunc
	working sync.WaitGroup
}

// New makes a Handler, which begins to follow the ledger.
func New(cfg Config) *Handler {
	h := &Handler{books: cfg.Books, address: cfg.Address, log: cfg.Log, maker: cfg.Deals, crowd: newCrowd(mostStreams)}
	h.turns = make(chan struct{}, max(1, runtime.GOMAXPROCS(0)/2))
	if h.log == nil {
		h.log = slog.New(slog.DiscardHandler)
	}
	h.limits.now, h.setbacks.now = h.books.Now, h.books.Now
	h.Apply(cfg.Settings)
	ctx, stop := context.WithCancel(context.Background())
	h.stop = stop
	news := feed{books: h.books, crowd: h.crowd}
	h.working.Go(func() { news.follow(ctx) })
	return h
}

// Bound sets how many open pages are kept up to date at most; 600 without it.
func (h *Handler) Bound(streams int) { h.crowd.bound(streams) }

// Apply swaps the settings. Pages that are open look again, so that a way of
// paying that has closed goes from them at once.
func (h *Handler) Apply(s Settings) {
	if s.Language == "" {
		s.Language = lang.UZ
	}
	h.settings.Store(&s)
	h.crowd.tellAll()
}

// Tell has the open pages of an invoice look again, for what the ledger does not
// announce: where one of its deals is paid.
func (h *Handler) Tell(n store.Number) { h.crowd.tell(store.Event{Number: n}) }

// Close ends the live updates, so that their connections don't keep the server
// from ending, and stops following the ledger. Pages are still served after it.
// It may be called more than once.
func (h *Handler) Close() {
	h.stop()
	h.crowd.close()
	h.working.Wait()
}

// tillPath is the page behind the code at the till; the invoices are below it.
const tillPath = "/pay"

// refParam is the path's value that names an invoice, by token or number.
const refParam = "ref"

// Owns tells whether a path is the pages', as it is when its percent signs are
// undone.
func Owns(path string) bool {
	return path == tillPath || strings.HasPrefix(path, tillPath+"/")
}

// ServeHTTP serves the paths that Owns tells of. Nothing but the button that begins a
// deal changes the ledger. Whatever it does not know, also a path that is spelled
// otherwise, it answers as it answers an invoice that is not there.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	out := &answer{ResponseWriter: w}
	defer h.survive(out, r)
	secure(w.Header())
	bodied := r.ContentLength != 0 // -1: of a length that is not known before
	if bodied {
		w.Header().Set("Connection", "close") // so that the answer does not wait for it
		endReading(w)
	}
	switch {
	case !h.limits.visit(site.Of(h.address(r))):
		h.serveBusy(out, r)
	case r.Method != http.MethodGet && r.Method != http.MethodHead && !begins(r):
		refuseMethod(out, canBegin(r.URL))
	case bodied && !(begins(r) && r.ContentLength > 0 && r.ContentLength <= mostForm):
		refuseBody(out)
	default:
		h.route(r)(out, r)
	}
}

// route finds what serves a path, and names the invoice for it. Rules for paths
// in a proxy or a firewall before this server would not have known one that is
// spelled with percent signs.
func (h *Handler) route(r *http.Request) http.HandlerFunc {
	switch path := r.URL.Path; {
	case r.URL.EscapedPath() != path:
		return h.serveNowhere
	case path == tillPath:
		return h.serveTill
	case path == tillPath+"/":
		return leadToTill
	}
	ref, part, deeper := strings.Cut(strings.TrimPrefix(r.URL.Path, tillPath+"/"), "/")
	pages := map[string]http.HandlerFunc{"events": h.serveEvents, "qr.svg": h.serveCode, beginPart: h.serveBegin}
	serve := pages[part]
	if !deeper {
		serve = h.serveBill
	}
	if serve == nil {
		return h.serveNowhere
	}
	r.SetPathValue(refParam, ref)
	return serve
}

// leadToTill is for who has typed the page's path with a slash after it.
func leadToTill(w http.ResponseWriter, r *http.Request) {
	http.Redirect(w, r, tillPath, http.StatusSeeOther)
}

// serveNowhere answers a path that leads nowhere, after the work that an unknown
// token makes.
func (h *Handler) serveNowhere(w http.ResponseWriter, r *http.Request) {
	_, err := h.find(r)
	h.fail(w, r, err)
}
