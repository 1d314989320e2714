package paypage

import (
	"context"
	"log/slog"
	"net/http"
	"net/netip"
	"sync"
	"sync/atomic"

	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/store"
)

// Shop is what a page says of the shop. Everything may be empty, and is cleaned
// when it is shown.
type Shop struct {
	Name, Address, Phone string
}

// Method is a way of paying, as the settings name it.
type Method string

// The methods that a page has buttons for.
const (
	App  Method = "app"  // the bank's app, which a link opens
	Card Method = "card" // a page that asks for a card
)

// Way is a method that an invoice can be paid by now, and where it leads.
type Way struct {
	Method Method
	URL    string
}

// Settings are what may change while the program runs.
type Settings struct {
	Shop     Shop
	Language lang.Lang // for who asks for none of ours
	Test     bool      // payments are not money
	Links    store.Links
	// Ways are how an invoice can be paid now, the first one first. The amount, in
	// tiyin, is what the customer will be asked for (zero: they type it there), back
	// is the page to come back to. nil: there are none.
	Ways func(inv store.Invoice, amount money.Amount, back string) []Way
}

// Config is what a Handler is made of. Books and Address are needed.
type Config struct {
	Settings
	Books   store.Books
	Address func(*http.Request) netip.Addr // where a request comes from; the zero Addr: nobody knows
	Log     *slog.Logger                   // nil: nothing is logged
}

// Handler serves the pages. It is safe for concurrent use. Close ends it.
type Handler struct {
	settings atomic.Pointer[Settings]
	books    store.Books
	address  func(*http.Request) netip.Addr
	log      *slog.Logger
	visits   visits
	crowd    *crowd

	stop    context.CancelFunc
	working sync.WaitGroup
}

// New makes a Handler, which begins to follow the ledger.
func New(cfg Config) *Handler {
	h := &Handler{books: cfg.Books, address: cfg.Address, log: cfg.Log, crowd: newCrowd(mostStreams)}
	if h.log == nil {
		h.log = slog.New(slog.DiscardHandler)
	}
	h.visits.now = h.books.Now
	h.Apply(cfg.Settings)
	ctx, stop := context.WithCancel(context.Background())
	h.stop = stop
	h.working.Go(func() { h.follow(ctx) })
	return h
}

// Apply swaps the settings. Pages that are open get them with their next change.
func (h *Handler) Apply(s Settings) {
	if s.Language == "" {
		s.Language = lang.UZ
	}
	if s.Ways == nil {
		s.Ways = func(store.Invoice, money.Amount, string) []Way { return nil }
	}
	h.settings.Store(&s)
}

// Close ends the live updates, so that their connections don't keep the server
// from ending, and stops following the ledger. Pages are still served after it.
func (h *Handler) Close() {
	h.stop()
	h.crowd.close()
	h.working.Wait()
}

// refParam is the path's parameter that names an invoice, by token or number.
const refParam = "ref"

// Routes lists the pages by path, with parameters as httprouter writes them. A
// handler finds the parameter with Request.PathValue. All answer GET and HEAD.
func (h *Handler) Routes() map[string]http.Handler {
	routes := map[string]http.HandlerFunc{
		"/pay":                          h.serveTill,
		"/pay/:" + refParam:             h.serveBill,
		"/pay/:" + refParam + "/events": h.serveEvents,
		"/pay/:" + refParam + "/qr.svg": h.serveCode,
	}
	guarded := make(map[string]http.Handler, len(routes))
	for path, serve := range routes {
		guarded[path] = h.guard(serve)
	}
	return guarded
}

// Unknown serves the answer to any other path below /pay: that of an invoice
// that is not there.
func (h *Handler) Unknown() http.Handler { return h.guard(h.serveUnknown) }
