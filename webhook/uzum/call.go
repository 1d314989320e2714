package uzum

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"tushum/internal/clean"
	"tushum/store"
)

// call is one request while it is being answered.
type call struct {
	*Handler
	hook    *hook
	set     *Settings
	begun   time.Time
	address string
	known   bool // the caller has authenticated
	hushed  bool // neither logged nor journaled
	hangUp  bool // the request was not read to its end, so the connection can't go on
	sent    bool

	journal journalBody // the request's body as the journal keeps it
	req     request
	number  store.Number // the invoice; zero while unknown
	name    string       // the customer's, for the payer to see; empty when unknown
	answer  answer
}

// answer is what goes out.
type answer struct {
	status int
	body   []byte
	code   Code
	reason string // of a refusal, for technicians; it does not go out
}

func (h *Handler) serve(k *hook, w http.ResponseWriter, r *http.Request) {
	c := &call{Handler: h, hook: k, set: h.settings.Load(), begun: h.now(), address: h.address(r)}
	defer c.rescue(w)
	if no := c.understand(w, r); no != nil {
		c.hushed = !c.known && !h.strangers.AllowN(c.begun, 1)
		c.refuse(*no, store.Transaction{})
		c.record()
	} else {
		k.ask(c, r.Context())
	}
	c.send(w)
	c.tell()
}

// understand takes the call as far as the ledger need not be asked.
func (c *call) understand(w http.ResponseWriter, r *http.Request) *refusal {
	if r.Method != http.MethodPost {
		c.hangUp = r.ContentLength != 0
		return &refusal{NotPost, "the method is not POST"}
	}
	if err := c.admit(r); err != nil {
		c.hangUp = r.ContentLength != 0
		return &refusal{accessCode(err), err.Error()}
	}
	c.known = true
	body, no := c.read(w, r)
	c.journal = keep(body)
	c.journal.cut = c.journal.cut || c.hangUp
	if no != nil {
		return no
	}
	if c.req, no = decode(c.hook.needs, c.set.AccountParams, body); no != nil {
		return no
	}
	if c.req.serviceID != c.set.ServiceID {
		return &refusal{ServiceUnknown, "the serviceId is not this shop's"}
	}
	return nil
}

func (c *call) admit(r *http.Request) error {
	if c.auth == nil {
		return errors.New(store.ReasonNobody)
	}
	return c.auth.Authenticate(r)
}

// accessCode is AccessDenied only for credentials that were looked at.
func accessCode(err error) Code {
	if errors.Is(err, ErrUnchecked) {
		return InternalError
	}
	return AccessDenied
}

// refuse makes the answer a refusal; t is the transaction it is about, if any.
func (c *call) refuse(no refusal, t store.Transaction) {
	c.answer = answer{status: c.hook.httpStatus(no.code), code: no.code, reason: no.reason}
	c.answer.body = c.appendRefusal(make([]byte, 0, answerSize), no.code, t)
}

// refuseBy makes the answer the ledger's refusal.
func (c *call) refuseBy(err error, t store.Transaction) {
	code, listed := c.hook.code(err)
	no := refusal{code, shown(err.Error())}
	if code == AccountUnknown && c.number == 0 {
		no.reason = "the account is no invoice number: seven to nine digits, the last a check digit"
	}
	if !listed {
		c.log.Error("the ledger could not answer a call", "webhook", c.hook.name, "err", no.reason)
	}
	c.refuse(no, t)
}

// send writes the answer as it was made, once.
func (c *call) send(w http.ResponseWriter) {
	c.sent = true
	header := w.Header()
	header["Content-Type"] = contentType
	if c.hangUp {
		// Without this the server would wait for the rest of the body first.
		header.Set("Connection", "close")
	}
	w.WriteHeader(c.answer.status)
	_, _ = w.Write(c.answer.body) // a caller that has gone asks /status
}

var contentType = []string{"application/json"}

// rescue answers 99999 when something panicked. The stack goes to the log only.
func (c *call) rescue(w http.ResponseWriter) {
	p := recover()
	if p == nil {
		return
	}
	c.logPanic(p)
	if c.sent {
		return
	}
	c.refuse(refusal{InternalError, "a defect of the program; its log has the details"}, store.Transaction{})
	c.send(w)
	c.record()
}

func (c *call) logPanic(p any) {
	c.log.Error("a call panicked", "webhook", c.hook.name, "panic", shown(fmt.Sprint(p)), "stack", string(debug.Stack()))
}

// tell logs the call. Bodies, credentials and phones are never logged.
func (c *call) tell() {
	level := slog.LevelDebug
	if c.answer.code != success {
		level = slog.LevelInfo
	}
	ctx := context.Background()
	if c.hushed || !c.log.Enabled(ctx, level) {
		return
	}
	c.log.LogAttrs(ctx, level, "uzum call",
		slog.String("webhook", c.hook.name), slog.String("address", shown(c.address)),
		slog.Int("http", c.answer.status), slog.String("code", string(c.answer.code)),
		slog.String("reason", c.answer.reason), slog.String("trans_id", journalTransID(c.req.transID)),
		slog.String("number", c.number.String()), slog.Duration("took", c.now().Sub(c.begun)))
}

// maxShown bounds a foreign text in logs and reasons, in characters.
const maxShown = 300

// shown makes text that may hold something foreign fit for a log. Sums are
// written with no-break spaces, which cleaning would show by their code.
func shown(s string) string {
	return clean.MaskPhones(clean.Line(strings.ReplaceAll(s, "\u00a0", " "), maxShown).String())
}
