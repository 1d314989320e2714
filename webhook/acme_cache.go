package webhook

import (
	"context"

	"github.com/caddyserver/certmagic"
)

// acmeCache is the folder in which accounts and certificates are kept. Each
// service has its own part of it, so that what a test service has issued is never
// taken for the real thing.
type acmeCache struct{ *certmagic.FileStorage }

// check sees whether it can be written.
func (c acmeCache) check() error {
	const probe = "probe"
	err := c.Store(context.Background(), probe, nil)
	if err == nil {
		err = c.Delete(context.Background(), probe)
	}
	if err != nil {
		return c.fault(err)
	}
	return nil
}

func (c acmeCache) fault(err error) *CertificateError { return sayNoCache.of(err, c.Path, reason(err)) }

// Lock does nothing: one ACME has one turn, and a shop one process. That of files
// leaves a goroutine for each.
func (acmeCache) Lock(context.Context, string) error { return nil }

// Unlock does nothing either.
func (acmeCache) Unlock(context.Context, string) error { return nil }
