package oneclick_test

import (
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
)

// inProcess answers without a network, for bubbles of their own time.
type inProcess http.HandlerFunc

func (f inProcess) RoundTrip(r *http.Request) (*http.Response, error) {
	if trace := httptrace.ContextClientTrace(r.Context()); trace != nil && trace.GotConn != nil {
		trace.GotConn(httptrace.GotConnInfo{})
	}
	inner := r.Clone(r.Context())
	if inner.Body == nil {
		inner.Body = http.NoBody
	}
	w := httptest.NewRecorder()
	f(w, inner)
	resp := w.Result()
	resp.Request = r
	return resp, nil
}
