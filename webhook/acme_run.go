package webhook

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"time"

	"golang.org/x/crypto/acme"
)

// The pauses between attempts. Let's Encrypt allows five failed proofs of a
// domain an hour, so the first may be short and the later ones not.
const (
	firstPause   = time.Minute
	longestPause = time.Hour
	longestWait  = 24 * time.Hour // that a service may ask for
	renewalPause = time.Hour      // between looks whether something has to be renewed
)

// Run gets what is missing at once, renews what is due, and returns when ctx
// ends. After a failure it tries again, after a minute first and an hour at
// last, or when the service says that it may.
func (a *ACME) Run(ctx context.Context) {
	for failures := 0; ; {
		err := a.Obtain(ctx)
		if ctx.Err() != nil {
			return
		}
		pause := renewalPause
		if err == nil {
			failures = 0
		} else {
			pause = pauseAfter(failures, err, a.now())
			failures++
			a.log.Warn("no certificate was got", "err", err, "cause", causeOf(err), "again_in", pause)
		}
		if !a.rest(ctx, pause) {
			return
		}
	}
}

// pauseAfter is how long to wait after so many failures before and this one.
func pauseAfter(failures int, err error, now time.Time) time.Duration {
	pause := longestPause
	if failures < 6 {
		pause = min(firstPause<<failures, longestPause)
	}
	if problem := new(acme.Error); errors.As(err, &problem) {
		pause = max(pause, min(wanted(problem.Header, now), longestWait))
	}
	return pause
}

// wanted is how long a service wants to be left alone, by Retry-After.
func wanted(h http.Header, now time.Time) time.Duration {
	text := h.Get("Retry-After")
	if seconds, err := strconv.ParseUint(text, 10, 32); err == nil {
		return time.Duration(seconds) * time.Second
	}
	if at, err := http.ParseTime(text); err == nil {
		return at.Sub(now)
	}
	return 0
}

// causeOf is what is behind a sentence, safe for the log.
func causeOf(err error) string {
	if cause := errors.Unwrap(err); cause != nil {
		return told(cause.Error())
	}
	return ""
}

// rest waits; it reports false when ctx has ended. A timer stands still while
// the machine sleeps, so the clock is looked at too.
func (a *ACME) rest(ctx context.Context, pause time.Duration) bool {
	until := a.now().Add(pause)
	timer, look := time.NewTimer(pause), time.NewTicker(time.Minute)
	defer timer.Stop()
	defer look.Stop()
	for {
		select {
		case <-ctx.Done():
			return false
		case <-timer.C:
			return true
		case <-look.C:
			if !a.now().Before(until) {
				return true
			}
		}
	}
}
