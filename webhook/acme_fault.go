package webhook

import (
	"context"
	"crypto/x509"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"net/url"
	"strings"

	"golang.org/x/crypto/acme"
)

// host is what the service is called in a sentence.
func (a *ACME) host() string {
	u, err := url.Parse(a.directory)
	if err != nil {
		return told(a.directory)
	}
	return told(u.Host)
}

// fault finds the sentence for what went wrong with a domain, or with the
// service itself when the domain is empty.
func (a *ACME) fault(ctx context.Context, err error, domain string) *CertificateError {
	if ours := new(CertificateError); errors.As(err, &ours) {
		return ours
	}
	if problem := proofProblem(err); problem != nil {
		return faultOfProof(err, problem, domain)
	}
	if problem := problemOf(err); problem != nil {
		return a.faultOfService(err, problem, domain)
	}
	if errors.Is(err, errNoChallenge) {
		return sayNoChallenge.of(err, a.host(), domain)
	}
	return a.faultOfWay(ctx, err)
}

// proofProblem is why a domain could not be proved: what the last challenge
// that was tried says.
func proofProblem(err error) *acme.Error {
	failed := new(acme.AuthorizationError)
	if !errors.As(err, &failed) {
		return nil
	}
	for _, one := range failed.Errors {
		if problem := new(acme.Error); errors.As(one, &problem) {
			return problem
		}
	}
	return new(acme.Error) // it failed, and they do not say why
}

// problemOf is what the service answered, by RFC 7807.
func problemOf(err error) *acme.Error {
	if order := new(acme.OrderError); errors.As(err, &order) && order.Problem != nil {
		return order.Problem
	}
	problem := new(acme.Error)
	if errors.As(err, &problem) {
		return problem
	}
	return nil
}

// kindOf is the last part of a problem's type, such as rateLimited.
func kindOf(problem *acme.Error) string {
	return problem.ProblemType[strings.LastIndexByte(problem.ProblemType, ':')+1:]
}

// faultOfProof is of RFC 8555, section 6.7: what validation can end with.
func faultOfProof(err error, problem *acme.Error, domain string) *CertificateError {
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

func (a *ACME) faultOfService(err error, problem *acme.Error, domain string) *CertificateError {
	detail := told(problem.Detail)
	switch kindOf(problem) {
	case "rateLimited":
		return sayRate.of(err, a.host(), detail)
	case "rejectedIdentifier", "unsupportedIdentifier":
		return sayRejected.of(err, a.host(), domain, detail)
	case "invalidContact", "unsupportedContact":
		return sayContact.of(err, a.host(), told(a.email), detail)
	case "caa":
		return sayCAA.of(err, domain, detail)
	case "":
		if problem.StatusCode >= http.StatusInternalServerError || problem.StatusCode == http.StatusTooManyRequests {
			return sayTrouble.of(err, a.host(), problem.StatusCode)
		}
		return sayNoService.of(err, a.host())
	}
	if problem.StatusCode >= http.StatusInternalServerError {
		return sayTrouble.of(err, a.host(), problem.StatusCode)
	}
	return sayRefused.of(err, a.host(), detail)
}

// faultOfWay is of what happens on the way to the service. Where ctx has ended
// an answer may be cut short, which looks like anything.
func (a *ACME) faultOfWay(ctx context.Context, err error) *CertificateError {
	var (
		timeout   net.Error
		authority x509.UnknownAuthorityError
		name      x509.HostnameError
		invalid   x509.CertificateInvalidError
		way       *url.Error
		syntax    *json.SyntaxError
	)
	switch {
	case errors.As(err, &authority), errors.As(err, &name), errors.As(err, &invalid):
		return sayNotTrusted.of(err, a.host(), innermost(err))
	case ctx.Err() != nil, errors.As(err, &timeout) && timeout.Timeout():
		return saySlow.of(err, a.host())
	case errors.As(err, &syntax):
		return sayNoService.of(err, a.host())
	case errors.As(err, &way):
		return sayNoWay.of(err, a.host(), innermost(err))
	}
	return sayNoService.of(err, a.host()) // an answer that is JSON, and none of theirs
}

// innermost is the cause of a failed request without its URL and addresses.
func innermost(err error) string {
	for next := errors.Unwrap(err); next != nil; next = errors.Unwrap(err) {
		err = next
	}
	return told(err.Error())
}
