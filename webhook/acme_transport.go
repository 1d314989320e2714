package webhook

import (
	"crypto/tls"
	"crypto/x509"
	"io"
	"net"
	"net/http"
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
		TLSClientConfig:       &tls.Config{MinVersion: tls.VersionTLS12},
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

// bounded cuts answers off that no ACME service gives.
type bounded struct{ http.RoundTripper }

func (b bounded) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := b.RoundTripper.RoundTrip(r)
	if err == nil {
		answer.Body = boundedBody{io.LimitReader(answer.Body, maxAnswer), answer.Body}
	}
	return answer, err
}

type boundedBody struct {
	io.Reader
	io.Closer
}

// acmeRetries is how often a request is sent again before the attempt is given
// up. Run comes back later.
const acmeRetries = 3

// acmeBackoff waits a little before a request is sent again. A service that
// wants more patience than that, or refuses for the rate, is left alone, and so
// is a page that is no answer to what was asked.
func acmeBackoff(n int, _ *http.Request, answer *http.Response) time.Duration {
	if n > acmeRetries || answer.StatusCode < http.StatusBadRequest || answer.StatusCode == http.StatusTooManyRequests || answer.Header.Get("Retry-After") != "" {
		return 0
	}
	return time.Second << (n - 1)
}
