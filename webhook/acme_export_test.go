package webhook

import "net/http"

// SetService has another than the network answer what is asked of the service.
func (a *ACME) SetService(s http.RoundTripper) { a.transport.RegisterProtocol("https", s) }

// HTTPAddress is where HTTP-01 challenges are answered, for port 0.
func (a *ACME) HTTPAddress() string { return a.answers.address }
