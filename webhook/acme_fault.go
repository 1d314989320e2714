package webhook

import (
	"context"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"net/url"
	"strings"

	"github.com/mholt/acmez/v3/acme"
)

// host is what the service is called in a sentence.
func (s *acmeService) host() string {
	u, err := url.Parse(s.directory)
	if err != nil {
		return told(s.directory)
	}
	return told(u.Host)
}

// fault finds the sentence for what went wrong with a domain.
func (s *acmeService) fault(ctx context.Context, err error, domain string) *CertificateError {
	if ours := new(CertificateError); errors.As(err, &ours) {
		return ours
	}
	var problem acme.Problem
	switch {
	case errors.As(err, &problem):
		if _, ofProof := problem.Resource.(acme.Authorization); ofProof {
			return faultOfProof(err, problem, domain)
		}
		return s.faultOfService(err, problem, domain)
	case strings.Contains(err.Error(), "no solvers available"): // acmez has no error for it
		return sayNoChallenge.of(err, s.host(), domain)
	}
	return s.faultOfWay(ctx, err)
}

// kindOf is the last part of a problem's type, such as rateLimited.
func kindOf(problem acme.Problem) string {
	return problem.Type[strings.LastIndexByte(problem.Type, ':')+1:]
}

// faultOfProof is of RFC 8555, section 6.7: what validation can end with.
func faultOfProof(err error, problem acme.Problem, domain string) *CertificateError {
	detail := told(problem.Detail)
	switch kindOf(problem) {
	case "connection":
		return sayNotReached.of(err, domain, detail)
	case "dns":
		return sayNoName.of(err, domain, detail)
	case "caa":
		return sayCAA.of(err, domain, detail)
	case "rateLimited":
		return sayRate.of(err, domain, detail)
	}
	return sayElsewhere.of(err, domain, detail) // unauthorized, tls, incorrectResponse
}

func (s *acmeService) faultOfService(err error, problem acme.Problem, domain string) *CertificateError {
	detail := told(problem.Detail)
	switch kindOf(problem) {
	case "rateLimited":
		return sayRate.of(err, s.host(), detail)
	case "rejectedIdentifier", "unsupportedIdentifier":
		return sayRejected.of(err, s.host(), domain, detail)
	case "invalidContact", "unsupportedContact":
		return sayContact.of(err, s.host(), told(s.email), detail)
	case "caa":
		return sayCAA.of(err, domain, detail)
	}
	if problem.Status >= http.StatusInternalServerError {
		return sayTrouble.of(err, s.host(), problem.Status)
	}
	return sayRefused.of(err, s.host(), detail)
}

// faultOfWay is of what happens on the way to the service. Where ctx has ended
// an answer may be cut short, which looks like anything.
func (s *acmeService) faultOfWay(ctx context.Context, err error) *CertificateError {
	var (
		timeout   net.Error
		authority x509.UnknownAuthorityError
		name      x509.HostnameError
		invalid   x509.CertificateInvalidError
		way       *url.Error
		status    statusError
	)
	switch {
	case errors.As(err, &authority), errors.As(err, &name), errors.As(err, &invalid):
		return sayNotTrusted.of(err, s.host(), innermost(err))
	case ctx.Err() != nil, errors.As(err, &timeout) && timeout.Timeout():
		return saySlow.of(err, s.host())
	case errors.As(err, &status) && (status >= http.StatusInternalServerError || status == http.StatusTooManyRequests):
		return sayTrouble.of(err, s.host(), int(status))
	case errors.As(err, &status):
		return sayNoService.of(err, s.host())
	case errors.As(err, &way):
		return sayNoWay.of(err, s.host(), innermost(err))
	}
	return sayNoService.of(err, s.host()) // an answer that is none of theirs
}

// innermost is the cause of a failed request without its URL and addresses.
func innermost(err error) string {
	for next := errors.Unwrap(err); next != nil; next = errors.Unwrap(err) {
		err = next
	}
	return told(err.Error())
}
