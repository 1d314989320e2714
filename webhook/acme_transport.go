package webhook

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"mime"
	"net"
	"net/http"
	"strconv"
	"time"
)

// acmeTransport trusts the system's roots and those of a file, if one is named.
func acmeTransport(caRoot string) (*http.Transport, error) {
	t := &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           (&net.Dialer{Timeout: 10 * time.Second}).DialContext,
		TLSHandshakeTimeout:   10 * time.Second,
		ResponseHeaderTimeout: 30 * time.Second,
		IdleConnTimeout:       30 * time.Second,
		// An answer that begins with more is none of an ACME service.
		MaxResponseHeaderBytes: maxHeaders,
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12},
	}
	if caRoot == "" {
		return t, nil
	}
	text, problem := readPEM(caRoot, sayNoRootFile)
	if problem != nil {
		return nil, problem
	}
	roots, err := x509.SystemCertPool()
	if err != nil {
		roots = x509.NewCertPool() // the system has none; the file's are enough
	}
	if !roots.AppendCertsFromPEM(text) {
		return nil, sayRootNotPEM.of(nil, caRoot)
	}
	t.TLSClientConfig.RootCAs = roots
	return t, nil
}

// maxAnswer is how much of an answer is read, in bytes; a chain of certificates
// is the largest.
const maxAnswer = 1 << 20

// maxHeaders is how much of an answer's headers is read, in bytes.
const maxHeaders = 64 << 10

// carefully asks over HTTPS only, as RFC 8555 has it (section 6.1), whatever URLs
// the service names. It cuts answers off that no ACME service gives, and tells
// those that are neither what was asked for nor a problem by RFC 7807; a redirect
// is such a one.
type carefully struct{ http.RoundTripper }

var errNotHTTPS = errors.New("the service names a URL without HTTPS")

func (c carefully) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Scheme != "https" {
		return nil, errNotHTTPS
	}
	answer, err := c.RoundTripper.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	kind, _, _ := mime.ParseMediaType(answer.Header.Get("Content-Type"))
	if answer.StatusCode >= http.StatusMultipleChoices && kind != "application/problem+json" {
		_ = answer.Body.Close() // nobody reads it
		return nil, statusError(answer.StatusCode)
	}
	answer.Body = http.MaxBytesReader(nil, answer.Body, maxAnswer)
	return answer, nil
}

// statusError is an HTTP status that nothing is said about.
type statusError int

func (e statusError) Error() string { return "HTTP " + strconv.Itoa(int(e)) }
