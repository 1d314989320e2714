package webhook

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"hash"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"tushum/store"
	"tushum/webhook/uzum"
)

// maxAuthorization bounds the header that is looked at, in bytes: a login, and
// the longest password that a hash is made of, as base64.
const maxAuthorization = 2048

// Why a caller is refused, for the journal alone: the answer is the same. They
// hold nothing that the caller sent.
var (
	errNoBasic = errors.New(store.ReasonNoBasic)
	errNobody  = errors.New(store.ReasonNobody)
	errUnknown = errors.New(store.ReasonUnknownLogin)
	errWrong   = errors.New(store.ReasonWrongPassword)
	errBusy    = fmt.Errorf("too many wrong passwords are being tried: %w", uzum.ErrUnchecked)
)

// Auth checks HTTP Basic credentials. A pair that was found right is
// remembered, so its slow hash runs once and every later call costs
// microseconds, whatever else goes on. Everything below concerns callers with
// an unknown pair only:
//
//   - the same wrong pair again is refused without hashing;
//   - a few hashes run at a time, the other callers wait in a bounded line;
//   - pairs with a configured login have lines of their own, so who does not
//     know a login can't delay the bank, however many addresses they have;
//   - an address that was wrong too often, or tries too much at a time, waits in
//     a line where one hash runs at a time with long rests between, so that
//     guessing is slow but a right pair from behind the same proxy still gets in;
//   - who has to give way in a full line, or waits too long, was not looked at:
//     that is an uzum.ErrUnchecked, not a refusal.
//
// What this gives away: every pair costs the same hashes, so a single caller
// learns nothing from the time, but while one of the lines is crowded the time
// tells whether a login stands in it. A login is no secret, it is written in the
// agreement with the bank; the password is, and each guess at it costs a hash.
type Auth struct {
	current atomic.Pointer[accepted]
	digests sync.Pool // of hash.Hash, keyed
	address func(*http.Request) netip.Addr
	guesses guesses
	named   lanes // of pairs whose login is configured
	unnamed lanes
	hashed  atomic.Uint64
}

// NewAuth makes an Auth for up to two credentials, which may be two passwords of
// one login; with none everybody is refused. address tells where a request comes
// from, and now is the clock by which failures are forgotten.
func NewAuth(credentials []Credential, address func(*http.Request) netip.Addr, now func() time.Time) (*Auth, error) {
	key := make([]byte, sha256.Size)
	if _, err := rand.Read(key); err != nil {
		return nil, fmt.Errorf("drawing the key of the digests: %w", err)
	}
	a := &Auth{
		address: address,
		guesses: guesses{now: now},
		named:   newLanes(),
		unnamed: newLanes(),
	}
	a.digests.New = func() any { return hmac.New(sha256.New, key) }
	return a, a.Set(credentials)
}

// Set swaps the credentials and forgets what was remembered of the old ones.
func (a *Auth) Set(credentials []Credential) error {
	next, err := newAccepted(credentials)
	if err != nil {
		return err
	}
	a.current.Store(next)
	return nil
}

// Authenticate tells whether the caller may call; the error is why not.
func (a *Auth) Authenticate(r *http.Request) error {
	pair, err := basicPair(r)
	if err != nil {
		return err
	}
	now := a.current.Load()
	if len(now.credentials) == 0 {
		return errNobody
	}
	d := a.digest(pair)
	if !now.isProven(d, a.guesses.now()) {
		if err := a.try(r, now, d, pair); err != nil {
			return err
		}
	}
	welcome(r.Context())
	return nil
}

// basicPair is what Basic carries: the login, a colon, the password.
func basicPair(r *http.Request) ([]byte, error) {
	headers := r.Header["Authorization"]
	if len(headers) != 1 || len(headers[0]) > maxAuthorization {
		return nil, errNoBasic
	}
	scheme, encoded, _ := strings.Cut(headers[0], " ")
	if !strings.EqualFold(scheme, "Basic") {
		return nil, errNoBasic
	}
	pair, err := base64.StdEncoding.DecodeString(strings.TrimLeft(encoded, " "))
	if err != nil || !strings.Contains(string(pair), ":") {
		return nil, errNoBasic
	}
	return pair, nil
}

func (a *Auth) digest(pair []byte) (d digest) {
	mac := a.digests.Get().(hash.Hash)
	mac.Reset()
	mac.Write(pair)
	mac.Sum(d[:0])
	a.digests.Put(mac)
	return d
}

// try finds out about a pair that is not known to be right.
func (a *Auth) try(r *http.Request, now *accepted, d digest, pair []byte) error {
	t, leads := now.join(d, a.guesses.now())
	stop := context.AfterFunc(r.Context(), func() { now.hangUp(d, t) })
	defer stop()
	if leads {
		a.lead(r, now, t, d, pair)
	}
	select {
	case <-t.done:
		return t.verdict
	case <-r.Context().Done():
		return errBusy
	}
}

// lead runs the trial. A caller that hangs up does not end it while others wait
// for the same verdict.
func (a *Auth) lead(r *http.Request, now *accepted, t *trial, d digest, pair []byte) {
	defer now.end(d, t)
	from := a.address(r)
	login, password, _ := strings.Cut(string(pair), ":")
	line := a.line(now.isNamed(login), a.guesses.begin(from))
	defer func() { a.guesses.end(from, isRefusal(t.verdict)) }()
	line.run(t.gone, func() {
		a.hashed.Add(1)
		t.verdict = now.verify(d, login, []byte(password), a.guesses.now())
	})
}

func (a *Auth) line(named, guesser bool) *lane {
	of := &a.unnamed
	if named {
		of = &a.named
	}
	if guesser {
		return &of.delayed
	}
	return &of.prompt
}

// Used tells when each of the credentials was last right since they were set, in
// their order; the zero time for one that was not.
func (a *Auth) Used() []time.Time {
	now := a.current.Load()
	used := make([]time.Time, len(now.credentials))
	for i := range used {
		if at := now.used[i].Load(); at != 0 {
			used[i] = time.UnixMilli(at)
		}
	}
	return used
}

// AuthStats counts what happened since the start.
type AuthStats struct {
	Hashed  uint64 // pairs whose hash was run
	Delayed uint64 // of these, those that had to wait in a line of guessers
	Dropped uint64 // pairs that had to give way in a full line or waited too long
}

// Stats tells how much work unknown callers made.
func (a *Auth) Stats() AuthStats {
	return AuthStats{
		Hashed:  a.hashed.Load(),
		Delayed: a.named.delayed.served.Load() + a.unnamed.delayed.served.Load(),
		Dropped: a.named.dropped() + a.unnamed.dropped(),
	}
}
