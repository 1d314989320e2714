package uzum

import (
	"errors"
	"log/slog"
	"net/http"
	"slices"
	"sync/atomic"
	"time"

	"golang.org/x/time/rate"

	"tushum/store"
)

// ErrUnchecked is wrapped by the error of an Authenticator that could not look
// at the credentials now, so they may be right. The bank is told of an internal
// error then, and not that its access is denied.
var ErrUnchecked = errors.New("the credentials could not be looked at now")

// Authenticator decides who may call. Its error is a short reason for the
// shop's technicians; it holds neither a login nor a password.
type Authenticator interface {
	Authenticate(r *http.Request) error
}

// Settings are what may change while the program runs.
type Settings struct {
	ServiceID     int64
	AccountParams []string // accepted keys in params, the first is used in answers; empty: account, order_id
	PrefillAmount bool     // whether check tells the amount of a fixed-price invoice
}

// Config is what a Handler is made of. Ledger and Auth are required: without
// an Auth everybody is refused.
type Config struct {
	Settings
	Ledger  store.Bank
	Auth    Authenticator
	Now     func() time.Time           // nil: time.Now
	Log     *slog.Logger               // nil: nothing is logged
	Address func(*http.Request) string // where a call comes from; nil: the other end of the connection
}

// Calls that were refused before their password was checked are logged and
// journaled at this pace at most: anybody can send them.
const (
	strangersPerSecond = 1
	strangersAtOnce    = 60
)

// Handler answers the five webhooks. It is safe for concurrent use.
type Handler struct {
	settings  atomic.Pointer[Settings]
	ledger    store.Bank
	auth      Authenticator
	now       func() time.Time
	log       *slog.Logger
	address   func(*http.Request) string
	strangers *rate.Limiter
}

// New makes a Handler.
func New(cfg Config) *Handler {
	h := &Handler{
		ledger: cfg.Ledger, auth: cfg.Auth, now: cfg.Now, log: cfg.Log, address: cfg.Address,
		strangers: rate.NewLimiter(strangersPerSecond, strangersAtOnce),
	}
	if h.now == nil {
		h.now = time.Now
	}
	if h.log == nil {
		h.log = slog.New(slog.DiscardHandler)
	}
	if h.address == nil {
		h.address = func(r *http.Request) string { return r.RemoteAddr }
	}
	h.Apply(cfg.Settings)
	return h
}

// Apply swaps the settings. Calls that are being answered keep the old ones.
func (h *Handler) Apply(s Settings) {
	s.AccountParams = slices.Clone(s.AccountParams)
	if len(s.AccountParams) == 0 {
		s.AccountParams = []string{"account", "order_id"}
	}
	h.settings.Store(&s)
}

// Routes lists the webhooks by the last part of their path.
func (h *Handler) Routes() map[string]http.Handler {
	routes := make(map[string]http.Handler)
	for _, k := range []*hook{&checkHook, &createHook, &confirmHook, &reverseHook, &statusHook} {
		routes[k.name] = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { h.serve(k, w, r) })
	}
	return routes
}
