package oneclick

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"
	"golang.org/x/time/rate"
)

const (
	renewEarly    = 60 * time.Second // S
	usualLifetime = time.Hour        // D
	leastLifetime = 30 * time.Second // or every call would renew
	maxLifetime   = 24 * time.Hour
	maxToken      = 16 << 10 // bytes

	// A sign-in that failed is not tried again at once: hundreds of deals may be
	// waiting to ask for a token.
	restAfterRefusal = 30 * time.Second
	restAfterFailure = 500 * time.Millisecond
	// A vendor that refuses every token is not asked for one on every call; one that
	// is restarted a few times in a row is.
	betweenForced = 10 * time.Second
	forcedInARow  = 3
)

// tokens is the session at the vendor.
type tokens struct {
	flight singleflight.Group // at most one sign-in under way

	mu          sync.Mutex
	now         session
	failure     error // of the last sign-in; nil when it went well
	failedUntil time.Time
	refused     int           // number of the last session that the vendor refused
	forced      *rate.Limiter // of sign-ins in the place of refused sessions
}

// errTooSoon is of a session that is not replaced, since others were just before.
var errTooSoon = errors.New("the vendor refuses one token after the other")

// session is a pair of tokens. The access token is a JWT (D), which is not looked
// into: expires_in says what is needed.
type session struct {
	access, refresh secret
	stale           time.Time // when to renew it
	number          int       // counts sign-ins; 0 is no session
}

// session gives a token that is good for a while, signing in where there is none.
func (c *Client) session(ctx context.Context) (session, error) {
	c.tokens.mu.Lock()
	s := c.tokens.now
	c.tokens.mu.Unlock()
	if s.number > 0 && c.now().Before(s.stale) {
		return s, nil
	}
	return c.renew(ctx, s.number)
}

// renewRefused renews a token that the vendor refused, unless a few were just renewed
// in the place of refused ones: then it is not the token.
func (c *Client) renewRefused(ctx context.Context, refused session) (session, bool, error) {
	c.tokens.mu.Lock()
	c.tokens.refused = max(c.tokens.refused, refused.number)
	c.tokens.mu.Unlock()
	s, err := c.renew(ctx, refused.number)
	if errors.Is(err, errTooSoon) {
		return session{}, false, nil
	}
	return s, err == nil, err
}

// renew replaces the session of a number. Those who want it together wait for one
// sign-in, each as long as its own context allows.
func (c *Client) renew(ctx context.Context, number int) (session, error) {
	done := c.tokens.flight.DoChan("session", func() (any, error) {
		// The sign-in is for all who wait, so no one's context may end it.
		own, cancel := context.WithTimeout(context.WithoutCancel(ctx), maxRest+2*callTimeout)
		defer cancel()
		return c.replace(own, number)
	})
	select {
	case <-ctx.Done():
		return session{}, stopped(signingIn, ctx.Err(), false)
	case result := <-done:
		if result.Err != nil && ctx.Err() != nil { // both have come, and the caller's end is what counts
			return session{}, stopped(signingIn, ctx.Err(), false)
		}
		if result.Err != nil {
			return session{}, result.Err
		}
		s, _ := result.Val.(session)
		return s, nil
	}
}

func (c *Client) replace(ctx context.Context, number int) (session, error) {
	c.tokens.mu.Lock()
	old, failure, until := c.tokens.now, c.tokens.failure, c.tokens.failedUntil
	refused := old.number > 0 && old.number == c.tokens.refused
	c.tokens.mu.Unlock()
	switch {
	case old.number != number: // somebody was faster
		return old, nil
	case failure != nil && ahead(until, c.now(), restAfterRefusal) > 0:
		return session{}, failure
	case refused && !c.tokens.forced.AllowN(c.now(), 1):
		return session{}, errTooSoon
	}
	fresh, err := c.signIn(ctx, old)
	c.tokens.mu.Lock()
	defer c.tokens.mu.Unlock()
	c.tokens.failure = err
	if err != nil {
		c.tokens.failedUntil = c.now().Add(restAfter(err))
		return session{}, err
	}
	fresh.number = old.number + 1
	c.tokens.now = fresh
	return fresh, nil
}

func restAfter(err error) time.Duration {
	if errors.Is(err, ErrSignIn) || errors.Is(err, ErrForbidden) {
		return restAfterRefusal
	}
	return restAfterFailure
}

// signIn uses the refresh token up, and signs in anew where that fails: its answer
// may have been lost before, and then it is used up already.
func (c *Client) signIn(ctx context.Context, old session) (session, error) {
	if old.refresh.text() != "" {
		fresh, err := c.askToken(ctx, "/auth/token/refresh", map[string]string{"refresh_token": old.refresh.text()}, old.access)
		if err == nil || errors.Is(err, ErrUnreachable) || errors.Is(err, ErrUntrusted) || errors.Is(err, ErrRateLimited) {
			return fresh, err
		}
		c.log().LogAttrs(ctx, levelOfRefresh, "oneclick session not renewed, signing in anew", codeAttr(err))
	}
	if c.Credentials.publicKey.text() == "" {
		return session{}, newError(ErrCredentialsField, signingIn).about("public_key")
	}
	return c.askToken(ctx, "/auth/token", map[string]string{
		"account_id": c.Credentials.AccountID,
		"public_key": c.Credentials.publicKey.text(),
	}, secret{})
}

const signingIn = "signing in"

func (c *Client) askToken(ctx context.Context, path string, fields map[string]string, bearer secret) (session, error) {
	body, err := json.Marshal(fields)
	if err != nil {
		return session{}, newError(ErrCredentialsField, signingIn).about("account_id")
	}
	r, err := c.exchange(ctx, call{doing: signingIn, method: http.MethodPost, path: path, body: body}, bearer)
	if err != nil {
		return session{}, err
	}
	if e := r.fault(signingIn); e != nil {
		if e.Code == ErrRefused || e.Code == ErrNotAPI && r.status == http.StatusBadRequest {
			e = r.as(ErrSignIn, signingIn)
		}
		e.Detail = "" // it may repeat what was sent
		return session{}, e
	}
	return c.readSession(r)
}

func (c *Client) readSession(r *reply) (session, error) {
	var pair struct {
		Access  string `json:"access_token"`
		Refresh string `json:"refresh_token"`
	}
	if json.Unmarshal(r.body, &pair) != nil || !tokenText(pair.Access) || pair.Refresh != "" && !tokenText(pair.Refresh) {
		e := newError(ErrBadAnswer, signingIn)
		e.Status = r.status
		return session{}, e
	}
	lifetime := usualLifetime
	seconds, _, _ := strings.Cut(r.members.text("expires_in"), ".")
	if n, ok := wholeNumber(seconds); ok {
		lifetime = min(max(time.Duration(min(n, int64(maxLifetime/time.Second)))*time.Second, leastLifetime), maxLifetime)
	}
	early := min(renewEarly, lifetime/2)
	return session{access: newSecret(pair.Access), refresh: newSecret(pair.Refresh), stale: c.now().Add(lifetime - early)}, nil
}

// tokenText tells what can stand in a header: visible ASCII.
func tokenText(s string) bool {
	return s != "" && len(s) <= maxToken && strings.IndexFunc(s, func(r rune) bool { return r <= ' ' || r > '~' }) < 0
}
