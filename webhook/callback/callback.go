// Package callback answers the calls by which a payment system tells that something
// has become of a deal. Such a call is a hint and nothing else: it names a deal, and
// the deal is then looked at where it is kept. So a call that is lost costs a little
// time, one that is repeated costs little, and one that lies is not believed.
//
// The package knows no payment system by name: whether a call is the system's own is
// for its Dealer to say. It may import store and the leaf packages under internal.
package callback

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"time"

	"golang.org/x/time/rate"

	"tushum/internal/clean"
	"tushum/store"
)

// Webhook is what the lines of the wire journal are named by.
const Webhook = "callback"

const (
	maxBody = 64 << 10 // bytes of a call
	maxID   = 120      // of a deal's name that the journal keeps, in bytes

	// answerTime is what a caller whose body came too slowly has left to take the
	// answer: the server's own limit may have run out with the body's.
	answerTime = 5 * time.Second
)

// Calls of strangers, and those about a deal that has had its hints, are logged and
// journaled at this pace at most: anybody can send the former, and send a call of the
// payment system again that they have seen.
const (
	toldPerSecond = 1
	toldAtOnce    = 60
)

// Hints is who looks at a deal of which something is heard.
type Hints interface {
	// Hint returns at once. A deal that is not the shop's is no error.
	Hint(ctx context.Context, system store.System, id string) error
}

// Journal keeps lines of the wire journal. It does not block.
type Journal interface{ Record(c store.Call) }

// Guard bounds the work that strangers can make.
type Guard interface {
	// Try runs check, which tells whether the caller is right; looked is false where
	// it did not run.
	Try(r *http.Request, check func() (right bool)) (looked bool)
}

// Config is what a Handler is made of. System, Dealer, Hints, Journal and Guard are
// needed.
type Config struct {
	System  store.System
	Dealer  func() store.Dealer // of this moment
	Hints   Hints
	Journal Journal
	Guard   Guard
	Now     func() time.Time           // nil: time.Now
	Log     *slog.Logger               // nil: nothing is logged
	Address func(*http.Request) string // where a call comes from; nil: the other end of the connection
}

// Handler answers the calls of one payment system. It is safe for concurrent use.
type Handler struct {
	cfg    Config
	budget budget
	told   *rate.Limiter
}

// New makes a Handler.
func New(cfg Config) *Handler {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	if cfg.Address == nil {
		cfg.Address = func(r *http.Request) string { return r.RemoteAddr }
	}
	return &Handler{cfg: cfg, budget: budget{now: cfg.Now}, told: rate.NewLimiter(toldPerSecond, toldAtOnce)}
}

// Path is where the calls of a payment system are answered.
func Path(system store.System) string { return "/" + string(system) + "/" + Webhook }

// outcome is what came of a call. Only the status goes out: whoever forges learns
// nothing.
type outcome struct {
	status int
	code   string // of a refusal, one of store's
	id     string // the system's name for the deal; empty until it is proven
	reason string // of a refusal, for technicians
	spent  bool   // the deal has had its hints: this one was not passed on
	hangUp bool   // the request was not read to its end, so the connection can't go on
}

// ServeHTTP answers a call, which is a POST.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	begun := h.cfg.Now()
	o := h.hear(w, r)
	header := w.Header()
	header.Set("Cache-Control", "no-store")
	if o.hangUp {
		header.Set("Connection", "close") // else the server would wait for the rest of the body
	}
	w.WriteHeader(o.status)
	h.tell(r, o, begun)
}

func (h *Handler) hear(w http.ResponseWriter, r *http.Request) outcome {
	body, err := read(w, r)
	if err != nil {
		return outcome{status: http.StatusBadRequest, code: store.CallUnreadable, reason: err.Error(), hangUp: true}
	}
	id, refused := h.prove(r, body)
	if refused != nil {
		return *refused
	}
	if !h.budget.allows(id) {
		return outcome{status: http.StatusOK, id: id, spent: true}
	}
	if err := h.cfg.Hints.Hint(r.Context(), h.cfg.System, id); err != nil {
		return outcome{status: http.StatusServiceUnavailable, code: store.CallBusy, id: id, reason: "the ledger can't be asked for the deal: " + err.Error()}
	}
	return outcome{status: http.StatusOK, id: id}
}

// prove finds out which deal a call is about, and whether it is the system's own.
// The connection stays a stranger's all the same: a call can be sent again by whoever
// has seen it, and the bank comes first.
func (h *Handler) prove(r *http.Request, body []byte) (id string, refused *outcome) {
	var err error
	looked := h.cfg.Guard.Try(r, func() bool {
		id, err = h.cfg.Dealer().Hint(r.Header, body)
		return err == nil
	})
	switch {
	case !looked:
		return "", &outcome{status: http.StatusServiceUnavailable, code: store.CallBusy, reason: "too many calls wait to be proven"}
	case err != nil:
		return "", &outcome{status: http.StatusForbidden, code: store.CallForged, reason: err.Error()}
	}
	return id, nil
}

var (
	errTooLong = errors.New("the body is longer than 64 KiB")
	errCut     = errors.New("the body did not arrive whole")
)

// read takes the whole body.
func read(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	if r.ContentLength > maxBody {
		return nil, errTooLong
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, maxBody+1))
	switch {
	case err != nil:
		// Not every ResponseWriter can; then the server's limit stays.
		_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(answerTime))
		return nil, errCut
	case len(body) > maxBody:
		return nil, errTooLong
	}
	return body, nil
}

// tell journals and logs a call. The body is kept nowhere: it may hold cards and
// names.
func (h *Handler) tell(r *http.Request, o outcome, begun time.Time) {
	if (o.id == "" || o.spent) && !h.told.AllowN(begun, 1) {
		return
	}
	line := store.Call{
		At: store.At(begun), Took: h.cfg.Now().Sub(begun), System: h.cfg.System, Webhook: Webhook, Address: h.cfg.Address(r),
		TransID: journaled(o.id), HTTPStatus: o.status, Code: o.code, Reason: shown(o.reason),
	}
	level := slog.LevelDebug
	if o.code != "" {
		level = slog.LevelInfo
	}
	h.cfg.Journal.Record(line)
	h.cfg.Log.LogAttrs(context.Background(), level, "a payment system's callback",
		slog.String("system", string(line.System)), slog.String("address", shown(line.Address)), slog.Int("http", line.HTTPStatus),
		slog.String("reason", line.Reason), slog.String("deal", line.TransID), slog.Bool("spent", o.spent))
}

// journaled leaves a deal's name out that is none to show.
func journaled(id string) string {
	if len(id) > maxID || clean.Clean(id).String() != id || clean.MaskPhones(id) != id {
		return ""
	}
	return id
}

// maxShown bounds a foreign text in logs and reasons, in characters.
const maxShown = 300

func shown(s string) string { return clean.MaskPhones(clean.Line(s, maxShown).String()) }
