package oneclick

import (
	"context"
	"errors"
	"log/slog"
)

// levelOfRefresh is of a refresh that failed: the session goes on after it, so that is
// no warning.
const levelOfRefresh = slog.LevelInfo

// codeAttr names a failure in the log by its code, which holds nothing foreign.
func codeAttr(err error) slog.Attr {
	if e := new(Error); errors.As(err, &e) {
		return slog.String("code", string(e.Code))
	}
	return slog.String("code", "")
}

// do makes a call under the session, and once more with a new token when the
// vendor refuses the one it had. A refusal means that nothing was done, so that is
// no repetition of a write.
func (c *Client) do(ctx context.Context, k call) (*reply, error) {
	s, err := c.session(ctx)
	if err != nil {
		return nil, unsent(err)
	}
	r, err := c.exchange(ctx, k, s.access)
	if err != nil {
		return nil, err
	}
	if r.refusesToken() {
		fresh, renewed, err := c.renewRefused(ctx, s)
		if err != nil {
			return nil, unsent(err)
		}
		if renewed {
			if r, err = c.exchange(ctx, k, fresh.access); err != nil {
				return nil, err
			}
		}
	}
	if e := r.fault(k.doing); e != nil {
		return r, e
	}
	return r, nil
}

// unsent is the failure of a sign-in seen from the call that needed it: whatever
// came of the sign-in, the call itself did not go out. The original is shared by
// all who waited.
func unsent(err error) error {
	e := new(Error)
	if !errors.As(err, &e) {
		return err
	}
	own := *e
	own.sent = false
	return &own
}

// readTries is how often a read is made before its failure is told.
const readTries = 3

// read makes a call that changes nothing, a few times where a failure may pass.
func (c *Client) read(ctx context.Context, k call) (*reply, error) {
	for try := 0; ; try++ {
		r, err := c.do(ctx, k)
		if err == nil || try+1 == readTries || !passing(err) || over(ctx, err) {
			return r, err
		}
		if waited := c.wait(ctx, backOff(try)); waited != nil {
			return r, err
		}
	}
}

// passing tells a failure that may be over in a moment. One before which the
// vendor wants a long pause is not.
func passing(err error) bool {
	e := new(Error)
	if !errors.As(err, &e) || e.RetryAfter > maxRest {
		return false
	}
	switch e.Code {
	case ErrUnreachable, ErrNoAnswer, ErrUnavailable, ErrRateLimited:
		return true
	}
	return false
}
