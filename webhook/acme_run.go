package webhook

import (
	"context"
	"errors"
	"time"

	"github.com/caddyserver/certmagic"
)

// attemptTime bounds one attempt for all domains.
const attemptTime = 5 * time.Minute

// The pauses between attempts. Let's Encrypt allows five failed proofs of a
// domain an hour, so the first may be short and the later ones not.
const (
	firstPause   = time.Minute
	longestPause = time.Hour
	renewalPause = time.Hour // between looks whether something has to be renewed
)

// Run gets what is missing at once, renews what is due, and returns when ctx
// ends. After a failure it tries again, after a minute first and an hour at last.
func (a *ACME) Run(ctx context.Context) {
	// A timer stands still while the machine sleeps, so the clock is looked at.
	look := time.NewTicker(firstPause)
	defer look.Stop()
	next, pause := a.now(), firstPause
	for ctx.Err() == nil {
		if begun := a.now(); !begun.Before(next) {
			err := a.Obtain(ctx)
			switch {
			case ctx.Err() != nil:
				return
			case err == nil:
				next, pause = begun.Add(renewalPause), firstPause
			default:
				a.log.Warn("no certificate was got", "err", err, "cause", causeOf(err), "again_in", pause)
				next, pause = begun.Add(pause), min(2*pause, longestPause)
			}
		}
		select {
		case <-ctx.Done():
		case <-look.C:
		}
	}
}

// causeOf is what is behind a sentence, safe for the log.
func causeOf(err error) string {
	if cause := errors.Unwrap(err); cause != nil {
		return told(cause.Error())
	}
	return ""
}

// Obtain tries once to get what is missing or due, and returns what went wrong
// first, a *CertificateError; State has it from then on. When ctx ends it
// returns soon. Where nothing is due it calls nobody.
func (a *ACME) Obtain(ctx context.Context) error {
	select {
	case a.turn <- struct{}{}:
		defer func() { <-a.turn }()
	case <-ctx.Done():
		return a.service.faultOfWay(ctx, ctx.Err())
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
	defer a.service.transport.CloseIdleConnections()
	var first error
	for _, domain := range due {
		if err := a.obtain(ctx, domain); err != nil && first == nil {
			first = err
		}
	}
	return first
}

// due lists the domains for which there is something to do.
func (a *ACME) due() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	var due []string
	for _, domain := range a.domains {
		if held := a.held[domain]; held == nil || held.NeedsRenewal(a.manager) {
			due = append(due, domain)
		}
	}
	return due
}

// obtain has a certificate for one domain issued, kept and taken into use. For
// certmagic the first is a renewal too.
func (a *ACME) obtain(ctx context.Context, domain string) error {
	if err := a.makeRoom(ctx, domain); err != nil {
		return a.service.cache.fault(err)
	}
	if err := a.manager.RenewCertSync(ctx, domain, true); err != nil {
		if says := new(CertificateError); errors.As(err, &says) {
			return says
		}
		return a.service.cache.fault(err) // which certmagic writes to before and after
	}
	if err := a.recall(ctx, domain); err != nil {
		return sayOtherCertificate.of(err, a.service.host(), domain)
	}
	a.log.Info("a certificate was got", "domain", domain)
	return nil
}

// makeRoom throws away what the cache has for a domain, if nobody could read it.
func (a *ACME) makeRoom(ctx context.Context, domain string) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.held[domain] != nil {
		return nil
	}
	return a.service.cache.Delete(ctx, certmagic.StorageKeys.CertsSitePrefix(a.service.IssuerKey(), domain))
}
