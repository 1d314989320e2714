package oneclick

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// maxAnswer bounds what is read of an answer, in bytes. A page of the list is far
// below it.
const maxAnswer = 1 << 20

// call is one request to the vendor.
type call struct {
	doing  string // in English, for errors: "making a deal"
	method string
	path   string // under the base URL, escaped
	query  url.Values
	body   []byte // JSON; nil sends none
}

// reply is one answer of the vendor, whatever it says.
type reply struct {
	status  int
	header  http.Header
	body    []byte
	members object        // nil when the body is no JSON object
	asked   time.Duration // the pause that the vendor asked for
}

// exchange makes one call and reads the answer. The error tells, by its sent,
// whether the vendor may have acted on the call.
func (c *Client) exchange(ctx context.Context, k call, bearer secret) (*reply, error) {
	if err := c.turn(ctx, k.doing); err != nil {
		return nil, err
	}
	var sent atomic.Bool
	whole, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	req, err := c.request(httptrace.WithClientTrace(whole, &httptrace.ClientTrace{
		GotConn: func(httptrace.GotConnInfo) { sent.Store(true) },
	}), k, bearer)
	if err != nil {
		return nil, err
	}
	resp, err := c.carrier.Do(req)
	if err != nil {
		return nil, lost(ctx, k, err, sent.Load())
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer+1))
	if err != nil {
		return nil, lost(ctx, k, err, true)
	}
	if len(body) > maxAnswer {
		e := newError(ErrTooLarge, k.doing)
		e.sent, e.Status = true, resp.StatusCode
		return nil, e
	}
	r := &reply{status: resp.StatusCode, header: resp.Header, body: bytes.TrimSpace(body)}
	r.members, _ = readObject(r.body) // an answer that is no object says so by having none
	r.asked = retryAfter(r.header.Get("Retry-After"), c.now())
	c.heed(r)
	return r, nil
}

func (c *Client) request(ctx context.Context, k call, bearer secret) (*http.Request, error) {
	u, ok := baseURL(c.BaseURL)
	if !ok {
		return nil, newError(ErrAddress, k.doing)
	}
	var body io.Reader
	if k.body != nil {
		body = bytes.NewReader(k.body)
	}
	target := u.String() + k.path
	if len(k.query) > 0 {
		target += "?" + k.query.Encode()
	}
	req, err := http.NewRequestWithContext(ctx, k.method, target, body)
	if err != nil {
		return nil, newError(ErrAddress, k.doing)
	}
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", "tushum")
	if k.body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if token := bearer.text(); token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	return req, nil
}

// lost says how an answer was lost. What the other side sent is not repeated: it
// has seen the bearer.
func lost(ctx context.Context, k call, err error, sent bool) error {
	if ctx.Err() != nil {
		return stopped(k.doing, ctx.Err(), sent)
	}
	if sent {
		e := newError(ErrNoAnswer, k.doing)
		e.sent = true
		if errors.Is(err, context.DeadlineExceeded) {
			e.cause = context.DeadlineExceeded
		}
		return e
	}
	if untrusted(err) {
		return newError(ErrUntrusted, k.doing)
	}
	return newError(ErrUnreachable, k.doing).because(reason(err))
}

func untrusted(err error) bool {
	var (
		verification *tls.CertificateVerificationError
		unknown      x509.UnknownAuthorityError
		host         x509.HostnameError
		invalid      x509.CertificateInvalidError
	)
	return errors.As(err, &verification) || errors.As(err, &unknown) || errors.As(err, &host) || errors.As(err, &invalid)
}

// reason leaves the URL out of an error: the caller knows it, and it makes the line long.
func reason(err error) error {
	if at := new(url.Error); errors.As(err, &at) {
		return at.Err
	}
	return err
}

// heed remembers that the vendor asked for a pause.
func (c *Client) heed(r *reply) {
	switch {
	case r.status == http.StatusTooManyRequests:
		c.pause(max(r.asked, ownRest))
	case r.status == http.StatusServiceUnavailable && r.asked > 0:
		c.pause(r.asked)
	}
}

// retryAfter reads seconds or a date (RFC 9110, section 10.2.3); 0 when there is neither.
func retryAfter(text string, now time.Time) time.Duration {
	text = strings.TrimSpace(text)
	if n, err := strconv.ParseUint(text, 10, 31); err == nil {
		return min(time.Duration(n)*time.Second, longestRest)
	}
	if at, err := http.ParseTime(text); err == nil {
		return min(max(at.Sub(now), 0), longestRest)
	}
	return 0
}

// isJSON tells whether the answer says that it is JSON.
func (r *reply) isJSON() bool {
	kind, _, err := mime.ParseMediaType(r.header.Get("Content-Type"))
	return err == nil && (kind == "application/json" || kind == "text/json" || strings.HasSuffix(kind, "+json"))
}

// namesError tells an error of the vendor's, {"error": "…"}.
func (r *reply) namesError() bool { return r.members.text("error") != "" }

// refusesToken tells an answer after which the call is worth one new token: 401,
// and a 400 that says nothing in JSON (S).
func (r *reply) refusesToken() bool {
	return r.status == http.StatusUnauthorized || r.status == http.StatusBadRequest && !r.namesError()
}

// fault is what is wrong with an answer as a whole; nil for one of 2xx that is
// JSON, or has no body.
func (r *reply) fault(doing string) *Error {
	code := ErrRefused
	switch {
	case r.status >= 200 && r.status < 300:
		if len(r.body) == 0 || r.isJSON() {
			return nil
		}
		code = ErrNotAPI
	case r.status >= 300 && r.status < 400:
		code = ErrRedirected
	case r.status == http.StatusUnauthorized:
		code = ErrSignIn
	case r.status == http.StatusForbidden:
		code = ErrForbidden
	case r.status == http.StatusNotFound:
		code = ErrNotFound
	case r.status == http.StatusTooManyRequests:
		code = ErrRateLimited
	case r.status == http.StatusRequestTimeout || r.status >= 500:
		code = ErrUnavailable
	case !r.namesError() && !r.isJSON():
		code = ErrNotAPI
	}
	return r.as(code, doing)
}

// as makes an error of the answer, with what the vendor says.
func (r *reply) as(code Code, doing string) *Error {
	e := newError(code, doing).quoting(r.members)
	e.Status, e.sent = r.status, true
	e.RetryAfter = r.asked
	return e
}
