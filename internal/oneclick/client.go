// Package oneclick speaks to the second payment system, OneClick (UZS) pay-ins: it
// signs in, makes deals, asks what became of them, and verifies the vendor's
// webhooks.
//
// It owns the vendor's protocol and nothing of the ledger: what a deal means for an
// invoice is decided elsewhere. It imports internal/money, internal/lang,
// internal/clean, the standard library, golang.org/x/sync and golang.org/x/time.
//
// The service is sold under several names and its documentation has gaps. Where
// the comments say D, the vendor's documentation says so; S, it was read from the
// vendor's own SDKs; a guess is called a guess.
package oneclick

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// What a Client does when nothing else is said.
const (
	DefaultRate            = 5                         // calls a second; the vendor publishes no number
	DefaultCredentialsPath = "/deals/{id}/credentials" //nolint:gosec // a path
)

// Client is the shop at the vendor. BaseURL and Credentials are required; the rest
// has defaults. It may be used from several goroutines, is not copied after its
// first use, and prints no secret, whatever it is printed with.
type Client struct {
	// BaseURL is the vendor's API: https and a host. Plain http is for this
	// machine only.
	BaseURL string
	// Credentials are those of the vendor's cabinet.
	Credentials Credentials
	// HTTP carries the calls; nil means a client of its own that connects within
	// 5 s. Redirects are never followed, whatever it says: they would take the
	// bearer elsewhere.
	HTTP *http.Client
	// Now is the clock; time.Now when nil.
	Now func() time.Time
	// Wait waits, or gives the context's error; nil means a timer.
	Wait func(ctx context.Context, d time.Duration) error
	// Log takes what is worth a line; nil means none.
	Log *slog.Logger
	// CredentialsPath is where a deal's card is asked for, {id} being the deal;
	// DefaultCredentialsPath when empty.
	CredentialsPath string
	// Rate is how many calls a second all users of the Client make together;
	// DefaultRate when 0. A call that waits its turn obeys its context.
	Rate int

	tokens tokens

	prepare sync.Once
	carrier *http.Client
	limiter *rate.Limiter
	pages   *rate.Limiter // the share of Find, which may read hundreds of pages
	line    chan struct{} // holds who is next

	mu   sync.Mutex
	rest time.Time // no call before it: the vendor asked for a pause
}

func (c *Client) now() time.Time {
	if c.Now == nil {
		return time.Now().Round(0) //nolint:forbidigo // the default clock; the wall's, since a machine that slept has an old token
	}
	return c.Now()
}

func (c *Client) wait(ctx context.Context, d time.Duration) error {
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case d <= 0:
		return nil
	case c.Wait != nil:
		return c.Wait(ctx, d)
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

func (c *Client) log() *slog.Logger {
	if c.Log == nil {
		return slog.New(slog.DiscardHandler)
	}
	return c.Log
}

func (c *Client) perSecond() int {
	if c.Rate <= 0 {
		return DefaultRate
	}
	return c.Rate
}

// callTimeout bounds one exchange, from connecting to the last byte of the answer.
const callTimeout = 20 * time.Second

// maxRest is how long a call waits for a pause that the vendor asked for to end;
// before a longer one it fails and says how long. longestRest is how long a pause
// is believed.
const (
	maxRest     = 30 * time.Second
	longestRest = 10 * time.Minute
	ownRest     = time.Second // after a 429 that names no time
)

// turn waits until the next call may go out. One caller at a time stands before the
// limiter, so that those who give up leave no gap behind.
func (c *Client) turn(ctx context.Context, doing string) error {
	c.prepare.Do(c.setUp)
	select {
	case <-ctx.Done():
		return stopped(doing, ctx.Err(), false)
	case c.line <- struct{}{}:
	}
	defer func() { <-c.line }()
	if rest := c.resting(); rest > maxRest {
		e := newError(ErrRateLimited, doing)
		e.RetryAfter = rest
		return e
	}
	if err := c.wait(ctx, c.resting()); err != nil {
		return stopped(doing, err, false)
	}
	place := c.limiter.ReserveN(c.now(), 1)
	if err := c.wait(ctx, place.DelayFrom(c.now())); err != nil {
		place.CancelAt(c.now())
		return stopped(doing, err, false)
	}
	return nil
}

// setUp makes what all calls share. The limiter lets no two calls out together:
// nobody knows how the vendor counts a second.
func (c *Client) setUp() {
	carrier := http.Client{Transport: ownTransport()}
	if c.HTTP != nil {
		carrier = *c.HTTP
	}
	carrier.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	carrier.Jar = nil
	c.carrier = &carrier
	c.line = make(chan struct{}, 1)
	c.tokens.forced = rate.NewLimiter(rate.Every(betweenForced), forcedInARow)
	c.limiter = rate.NewLimiter(rate.Limit(c.perSecond()), 1)
	c.pages = rate.NewLimiter(rate.Limit(c.perSecond())/2, 1)
}

func (c *Client) resting() time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	return ahead(c.rest, c.now(), longestRest)
}

// ahead is how long it is until a moment that was set at most that far ahead; 0 once
// it is past. A moment further off than that is of a clock that was set back, and
// nobody waits for it.
func ahead(until, now time.Time, most time.Duration) time.Duration {
	d := until.Sub(now)
	if d > most || d < 0 {
		return 0
	}
	return d
}

// pause keeps all calls back for d, at most longestRest.
func (c *Client) pause(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if d = min(d, longestRest); d > ahead(c.rest, c.now(), longestRest) {
		c.rest = c.now().Add(d)
	}
}

// jittered is d and up to half of it more, so that those who failed together don't
// come back together.
func jittered(d time.Duration) time.Duration {
	return d + rand.N(d/2+1) //nolint:gosec // spreads calls, hides nothing
}

// backOff doubles from half a second: about 0.5, 1, 2 … at most 8 s.
func backOff(try int) time.Duration {
	const first, most = 500 * time.Millisecond, 8 * time.Second
	return jittered(min(most, first<<min(try, 10)))
}
