package webhook

import (
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// MaxCredentials is how many may be valid at once: the one in use and the one
// to come.
const MaxCredentials = 2

// maxRefused is how many wrong passwords are remembered, so that a caller that
// repeats one costs nothing.
const maxRefused = 1024

// Verifier checks a password against one slow hash.
type Verifier interface {
	Verify(password []byte) bool
}

// Credential is a login and the hash of its password.
type Credential struct {
	Login    string
	Password Verifier
}

// digest stands for a login with a password. It is keyed, so neither a dump of
// memory nor the time of a comparison helps to guess them.
type digest [sha256.Size]byte

// accepted are the credentials of one moment and what was found out about
// them. New credentials start afresh.
type accepted struct {
	credentials []Credential
	proven      [MaxCredentials]atomic.Pointer[digest] // by the place of the credential
	used        [MaxCredentials]atomic.Int64           // when it was last right, in Unix milliseconds

	mu      sync.Mutex
	trials  map[digest]*trial
	refused map[digest]error // why
}

// trial is a check of a password that is going on. Callers with the same one
// wait for it, so that the hash runs once.
type trial struct {
	done    chan struct{}
	verdict error
	callers int           // that still wait
	gone    chan struct{} // closed when none does
}

func newAccepted(credentials []Credential) (*accepted, error) {
	if len(credentials) > MaxCredentials {
		return nil, fmt.Errorf("setting up credentials: there are %d, not up to %d", len(credentials), MaxCredentials)
	}
	for i, c := range credentials {
		if c.Login == "" || c.Password == nil {
			return nil, fmt.Errorf("setting up credentials: number %d has no login or no password", i+1)
		}
	}
	return &accepted{
		credentials: slices.Clone(credentials),
		trials:      make(map[digest]*trial),
		refused:     make(map[digest]error),
	}, nil
}

// isProven compares with what was verified before, in constant time, and notes
// which credential it was.
func (a *accepted) isProven(d digest, now time.Time) bool {
	found, place := 0, 0
	for i := range a.proven {
		if p := a.proven[i].Load(); p != nil {
			same := subtle.ConstantTimeCompare(p[:], d[:])
			place = subtle.ConstantTimeSelect(same, i, place)
			found |= same
		}
	}
	if found == 1 {
		a.used[place].Store(now.UnixMilli())
	}
	return found == 1
}

// join finds out what is known of a pair, or the trial that is going on; with
// leads the caller has to run it and end it.
func (a *accepted) join(d digest, at time.Time) (t *trial, leads bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.isProven(d, at) { // between the caller's first look and here
		return &trial{done: closed}, false
	}
	if why := a.refused[d]; why != nil {
		return &trial{done: closed, verdict: why}, false
	}
	if t := a.trials[d]; t != nil {
		t.callers++
		return t, false
	}
	t = &trial{done: make(chan struct{}), verdict: errBusy, callers: 1, gone: make(chan struct{})}
	a.trials[d] = t
	return t, true
}

var closed = func() chan struct{} {
	c := make(chan struct{})
	close(c)
	return c
}()

// hangUp takes a caller from those that wait. When none is left the trial need
// not go on, and who comes with the pair now starts another.
func (a *accepted) hangUp(d digest, t *trial) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if t.callers--; t.callers == 0 {
		a.drop(d, t)
		close(t.gone)
	}
}

func (a *accepted) drop(d digest, t *trial) {
	if a.trials[d] == t {
		delete(a.trials, d)
	}
}

// end tells the verdict to all who wait for it.
func (a *accepted) end(d digest, t *trial) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.drop(d, t)
	if isRefusal(t.verdict) {
		if len(a.refused) >= maxRefused {
			clear(a.refused)
		}
		a.refused[d] = t.verdict
	}
	close(t.done)
}

// isRefusal tells of a pair that was looked at and found wrong.
func isRefusal(verdict error) bool {
	return errors.Is(verdict, errWrong) || errors.Is(verdict, errUnknown)
}

// verify runs every hash, whatever the login is: the time tells nothing about
// which logins exist.
func (a *accepted) verify(d digest, login string, password []byte, at time.Time) error {
	verdict := errUnknown
	if a.isNamed(login) {
		verdict = errWrong
	}
	for i, c := range a.credentials {
		right := c.Password.Verify(password)
		if sameLogin(c.Login, login) == 1 && right {
			a.proven[i].Store(&d)
			a.used[i].Store(at.UnixMilli())
			verdict = nil
		}
	}
	return verdict
}

// isNamed tells whether a login is one of those configured, in constant time.
func (a *accepted) isNamed(login string) bool {
	found := 0
	for _, c := range a.credentials {
		found |= sameLogin(c.Login, login)
	}
	return found == 1
}

// sameLogin is 1 for equal texts, in a time that does not depend on the wanted.
func sameLogin(wanted, given string) int {
	w, g := sha256.Sum256([]byte(wanted)), sha256.Sum256([]byte(given))
	return subtle.ConstantTimeCompare(w[:], g[:])
}
