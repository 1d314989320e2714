package simulator

import (
	"io"
	"net/http"
	"strings"
)

// Fault answers one call in the place of answer, which does what was asked.
type Fault func(w http.ResponseWriter, r *http.Request, answer http.HandlerFunc)

// Passing lets the call through, to have a later one go wrong.
func Passing(w http.ResponseWriter, r *http.Request, answer http.HandlerFunc) { answer(w, r) }

// Answering gives an answer of its own and does nothing.
func Answering(status int, contentType, body string) Fault {
	return func(w http.ResponseWriter, _ *http.Request, _ http.HandlerFunc) {
		w.Header().Set("Content-Type", contentType)
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

// Refusing answers an error as the vendor writes it, and does nothing.
func Refusing(status int, code string) Fault {
	return func(w http.ResponseWriter, _ *http.Request, _ http.HandlerFunc) { refuse(w, status, code) }
}

// Unauthorized is a 401.
var Unauthorized = Refusing(http.StatusUnauthorized, "ERROR_UNAUTHORIZED")

// WordlessRefusal is the 400 without JSON that an expired token may get.
var WordlessRefusal = Answering(http.StatusBadRequest, "text/plain", "Bad Request")

// HTML is the page of a proxy or of another site, with a status of success.
var HTML = Answering(http.StatusOK, "text/html", "<!doctype html><title>Welcome</title>")

// Broken is JSON that ends too early.
var Broken = Answering(http.StatusOK, "application/json", `{"id":"`)

// Empty is a 200 without a body.
var Empty = Answering(http.StatusOK, "application/json", "")

// Huge is an answer of 2 MiB.
var Huge = Answering(http.StatusOK, "application/json", `{"id":"`+strings.Repeat("x", 2<<20)+`"}`)

// TooMany is a 429; after is its Retry-After, left out when empty.
func TooMany(after string) Fault { return busy(http.StatusTooManyRequests, after) }

// Unavailable is a 503; after is its Retry-After, left out when empty.
func Unavailable(after string) Fault { return busy(http.StatusServiceUnavailable, after) }

func busy(status int, after string) Fault {
	return func(w http.ResponseWriter, _ *http.Request, _ http.HandlerFunc) {
		if after != "" {
			w.Header().Set("Retry-After", after)
		}
		refuse(w, status, "ERROR_TRY_LATER")
	}
}

// Redirecting sends the caller to another address.
func Redirecting(to string) Fault {
	return func(w http.ResponseWriter, r *http.Request, _ http.HandlerFunc) {
		http.Redirect(w, r, to, http.StatusTemporaryRedirect)
	}
}

// Lost does what was asked and drops the connection before the answer.
func Lost(_ http.ResponseWriter, r *http.Request, answer http.HandlerFunc) {
	answer(&nowhere{header: make(http.Header)}, r)
	panic(http.ErrAbortHandler)
}

// Dropped drops the connection and does nothing.
func Dropped(_ http.ResponseWriter, r *http.Request, _ http.HandlerFunc) {
	_, _ = io.Copy(io.Discard, r.Body)
	panic(http.ErrAbortHandler)
}

// Failed does what was asked and answers 502, as a proxy that lost the answer.
func Failed(w http.ResponseWriter, r *http.Request, answer http.HandlerFunc) {
	answer(&nowhere{header: make(http.Header)}, r)
	Answering(http.StatusBadGateway, "text/html", "<h1>Bad Gateway</h1>")(w, r, nil)
}

// Slow does what was asked and answers when the caller has gone.
func Slow(_ http.ResponseWriter, r *http.Request, answer http.HandlerFunc) {
	answer(&nowhere{header: make(http.Header)}, r)
	_, _ = io.Copy(io.Discard, r.Body) // or the server would not notice
	<-r.Context().Done()
	panic(http.ErrAbortHandler)
}

// Edited does what was asked and replaces a text in the answer, such as a deal's
// id by another one.
func Edited(from, to string) Fault {
	return func(w http.ResponseWriter, r *http.Request, answer http.HandlerFunc) {
		kept := &nowhere{header: w.Header()}
		answer(kept, r)
		w.WriteHeader(max(kept.status, http.StatusOK))
		_, _ = io.WriteString(w, strings.ReplaceAll(kept.body.String(), from, to))
	}
}

// nowhere takes an answer that does not go out as it is.
type nowhere struct {
	header http.Header
	status int
	body   strings.Builder
}

func (n *nowhere) Header() http.Header         { return n.header }
func (n *nowhere) Write(p []byte) (int, error) { return n.body.Write(p) }
func (n *nowhere) WriteHeader(status int)      { n.status = status }
