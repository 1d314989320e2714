package webhook

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"net/http"
	"slices"
	"time"

	"golang.org/x/crypto/acme"
)

// attemptTime bounds one attempt for all domains.
const attemptTime = 5 * time.Minute

// The challenges that can be answered.
const (
	challengeHTTP = "http-01"
	challengeTLS  = "tls-alpn-01"
)

// Obtain tries once to get what is missing or due, and returns what went wrong
// first, a *CertificateError; State has it from then on. When ctx ends it
// returns soon. Where nothing is due it calls nobody.
func (a *ACME) Obtain(ctx context.Context) error {
	select {
	case a.turn <- struct{}{}:
		defer func() { <-a.turn }()
	case <-ctx.Done():
		return a.fault(ctx, ctx.Err(), "")
	}
	err := a.obtainDue(ctx)
	if err != nil && errors.Is(ctx.Err(), context.Canceled) {
		return err // it was called off, which says nothing about the service
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.err = err
	return err
}

func (a *ACME) obtainDue(ctx context.Context) error {
	due := a.due()
	if len(due) == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, attemptTime)
	defer cancel()
	defer a.transport.CloseIdleConnections()
	client, err := a.register(ctx)
	if err != nil {
		return err
	}
	var first error
	for _, domain := range due {
		if err := a.obtain(ctx, client, domain); err != nil && first == nil {
			first = err
		}
	}
	return first
}

// register makes a client with the account of the cache, or a new one.
func (a *ACME) register(ctx context.Context) (*acme.Client, error) {
	key, err := a.cache.account()
	if err != nil {
		return nil, err
	}
	client := &acme.Client{
		Key: key, DirectoryURL: a.directory, UserAgent: "tushum", RetryBackoff: acmeBackoff,
		HTTPClient: &http.Client{Transport: bounded{a.transport}, Timeout: time.Minute},
	}
	var account acme.Account
	if a.email != "" {
		account.Contact = []string{"mailto:" + a.email}
	}
	_, err = client.Register(ctx, &account, acme.AcceptTOS)
	if err != nil && !errors.Is(err, acme.ErrAccountAlreadyExists) {
		return nil, a.fault(ctx, err, "")
	}
	return client, nil
}

// obtain gets a certificate for one domain and keeps it. A proof that fails is
// tried in the other way, with a new order.
func (a *ACME) obtain(ctx context.Context, client *acme.Client, domain string) error {
	var failed []error
	for _, way := range a.ways() {
		order, err := a.prove(ctx, client, domain, way)
		if err == nil {
			return a.finish(ctx, client, order, domain)
		}
		failed = append(failed, err)
		if proof := new(acme.AuthorizationError); !errors.As(err, &proof) && !errors.Is(err, errNoChallenge) {
			break
		}
	}
	why := failed[0]
	if errors.Is(why, errNoChallenge) {
		why = failed[len(failed)-1]
	}
	says := a.fault(ctx, why, domain)
	says.Err = errors.Join(failed...)
	return says
}

// ways are the challenges in the order in which they are tried. Who opens an
// address for HTTP-01 means it to be used.
func (a *ACME) ways() []string {
	if a.answers != nil {
		return []string{challengeHTTP, challengeTLS}
	}
	return []string{challengeTLS}
}

// prove makes an order and answers its challenges.
func (a *ACME) prove(ctx context.Context, client *acme.Client, domain, way string) (*acme.Order, error) {
	order, err := client.AuthorizeOrder(ctx, acme.DomainIDs(domain))
	if err != nil {
		return nil, err
	}
	for _, url := range order.AuthzURLs {
		authorization, err := client.GetAuthorization(ctx, url)
		if err != nil {
			return nil, err
		}
		if authorization.Status == acme.StatusValid {
			continue // proved not long ago
		}
		if err := a.answer(ctx, client, domain, authorization, way); err != nil {
			return nil, err
		}
	}
	return client.WaitOrder(ctx, order.URI)
}

var errNoChallenge = errors.New("no such challenge is offered")

func (a *ACME) answer(ctx context.Context, client *acme.Client, domain string, authorization *acme.Authorization, way string) error {
	at := slices.IndexFunc(authorization.Challenges, func(c *acme.Challenge) bool { return c.Type == way })
	if at < 0 {
		return errNoChallenge
	}
	challenge := authorization.Challenges[at]
	forget, err := a.challenges.prepare(client, domain, challenge)
	if err != nil {
		return err
	}
	defer forget()
	if _, err := client.Accept(ctx, challenge); err != nil {
		return err
	}
	_, err = client.WaitAuthorization(ctx, authorization.URI)
	return err
}

// finish gets the certificate of an order. It is served also when it can't be
// kept: the next start would get another.
func (a *ACME) finish(ctx context.Context, client *acme.Client, order *acme.Order, domain string) error {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return a.fault(ctx, err, domain)
	}
	request := &x509.CertificateRequest{Subject: pkix.Name{CommonName: domain}, DNSNames: []string{domain}}
	if len(domain) > maxCommonName {
		request.Subject = pkix.Name{}
	}
	csr, err := x509.CreateCertificateRequest(rand.Reader, request, key)
	if err != nil {
		return a.fault(ctx, err, domain)
	}
	chain, _, err := client.CreateCertFromOrder(ctx, order, csr, true)
	if err != nil {
		return a.fault(ctx, err, domain)
	}
	got, err := checked(chain, key, domain)
	if err != nil {
		return sayOtherCertificate.of(err, a.host(), domain)
	}
	a.mu.Lock()
	a.held[domain] = got
	a.mu.Unlock()
	a.log.Info("a certificate was got", "domain", domain, "until", got.Leaf.NotAfter)
	return a.cache.keep(domain, got)
}

// maxCommonName is how long the name in the subject may be, by RFC 5280.
const maxCommonName = 64

var errOtherCertificate = errors.New("its key is another")

// checked sees that a certificate is the one that was asked for.
func checked(chain [][]byte, key crypto.Signer, domain string) (*tls.Certificate, error) {
	parsed := make([]*x509.Certificate, len(chain))
	for i, der := range chain {
		one, err := x509.ParseCertificate(der)
		if err != nil {
			return nil, err
		}
		parsed[i] = one
	}
	if placeOf(key, parsed) != 0 {
		return nil, errOtherCertificate
	}
	if err := parsed[0].VerifyHostname(domain); err != nil {
		return nil, err
	}
	return pairOf(parsed, key), nil
}
