package paypage

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"runtime/debug"
	"time"

	"tushum/internal/clean"
	"tushum/store"
)

// secure sets the headers that all answers have.
func secure(header http.Header) {
	header.Set("Accept-Ranges", "none")
	header.Set("Cache-Control", "no-store")
	header.Set("Content-Security-Policy", plainLook.policy)
	header.Set("Cross-Origin-Opener-Policy", "same-origin")
	header.Set("Cross-Origin-Resource-Policy", "same-origin")
	header.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()")
	header.Set("Referrer-Policy", "no-referrer")
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("X-Frame-Options", "DENY")
	header.Set("X-Robots-Tag", "noindex, nofollow, noarchive")
}

// refuseMethod answers what no browser asks: a page can only be read, and pressed
// where a deal may be begun.
func refuseMethod(w http.ResponseWriter, pressed bool) {
	header := w.Header()
	header.Set("Allow", "GET, HEAD")
	if pressed {
		header.Set("Allow", "GET, HEAD, POST")
	}
	header.Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(http.StatusMethodNotAllowed)
	_, _ = io.WriteString(w, "method not allowed\n") // a caller that has gone needs no answer
}

// refuseBody answers what no browser sends either.
func refuseBody(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(http.StatusBadRequest)
	_, _ = io.WriteString(w, "a page is asked for without a body\n")
}

// unreadPatience is how long the server waits for what nobody reads of a request.
const unreadPatience = time.Second

// endReading bounds the time for what the server still reads of a request. It does
// so after the answer, as long as the read deadline lets it: for a body that never
// comes, a caller would have the connection, and a stop would wait for him.
func endReading(w http.ResponseWriter) {
	_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(unreadPatience)) // only a test has no connection
}

// fail answers a request for something that can't be shown.
func (h *Handler) fail(w http.ResponseWriter, r *http.Request, err error) {
	switch {
	case errors.Is(err, errTooOften):
		h.serveBusy(w, r)
		return
	case store.CodeOf(err) == store.InvoiceNotFound:
		h.serveUnknown(w, r)
		return
	}
	if r.Context().Err() == nil {
		h.log.Error("a pay page could not be shown", "err", err)
	}
	h.serveTrouble(w, r)
}

// answer knows whether it has begun.
type answer struct {
	http.ResponseWriter
	begun bool
}

// WriteHeader implements http.ResponseWriter.
func (a *answer) WriteHeader(status int) {
	a.begun = true
	a.ResponseWriter.WriteHeader(status)
}

// Write implements http.ResponseWriter.
func (a *answer) Write(b []byte) (int, error) {
	a.begun = true
	return a.ResponseWriter.Write(b)
}

// Unwrap serves http.ResponseController.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }

// maxLogged bounds a foreign text in the log, in characters.
const maxLogged = 300

// survive is deferred: a defect in one page is a page of its own, and half an
// answer does not pass for a whole one.
func (h *Handler) survive(out *answer, r *http.Request) {
	p := recover()
	if p == nil {
		return
	}
	h.log.Error("a pay page panicked", "panic", clean.Line(fmt.Sprint(p), maxLogged), "stack", string(debug.Stack()))
	if out.begun {
		panic(http.ErrAbortHandler)
	}
	h.serveTrouble(out, r)
}
