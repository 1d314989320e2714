package webhook

import "net/http"

// SetService has another than the network answer what is asked of the service.
func (a *ACME) SetService(s http.RoundTripper) { a.service.transport.RegisterProtocol("https", s) }

// RenewAtOnce has every certificate due, however new it is.
func (a *ACME) RenewAtOnce() { a.manager.RenewalWindowRatio = 1 }

// HTTPAddress is where HTTP-01 challenges are answered, for port 0.
func (a *ACME) HTTPAddress() string { return a.answers.address }
