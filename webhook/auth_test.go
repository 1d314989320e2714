package webhook

import (
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"tushum/store"
)

// slowHash counts how often it is run, and can be held up.
type slowHash struct {
	password string
	runs     atomic.Int64
	hold     chan struct{} // nil: not held up
	onWrong  bool          // only wrong passwords are held up
}

func (h *slowHash) Verify(password []byte) bool {
	h.runs.Add(1)
	right := string(password) == h.password
	if h.hold != nil && !(right && h.onWrong) {
		<-h.hold
	}
	return right
}

func newTestAuth(t *testing.T, credentials ...Credential) *Auth {
	t.Helper()
	a, err := NewAuth(credentials, NewAddresses(nil).Of, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func callFrom(address, login, password string) *http.Request {
	r := httptest.NewRequest(http.MethodPost, "/", nil)
	r.RemoteAddr = address + ":1"
	r.SetBasicAuth(login, password)
	return r
}

func TestTheHashRunsOnceACredential(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		hash := &slowHash{password: "right", hold: make(chan struct{})}
		a := newTestAuth(t, Credential{"bank", hash})
		var calls sync.WaitGroup
		var refused atomic.Int64
		for range 64 {
			calls.Go(func() {
				if a.Authenticate(callFrom("1.2.3.4", "bank", "right")) != nil {
					refused.Add(1)
				}
			})
		}
		synctest.Wait() // all of them wait for the one hash
		close(hash.hold)
		calls.Wait()
		for range 10 {
			if err := a.Authenticate(callFrom("5.6.7.8", "bank", "right")); err != nil {
				t.Error(err)
			}
		}
		if hash.runs.Load() != 1 || refused.Load() != 0 {
			t.Errorf("the hash ran %d times for 74 calls, %d were refused", hash.runs.Load(), refused.Load())
		}
	})
}

func TestTwoCredentialsAndTheirChange(t *testing.T) {
	t.Parallel()
	first, second := &slowHash{password: "one"}, &slowHash{password: "two"}
	a := newTestAuth(t, Credential{"old", first}, Credential{"new", second})
	try := func(login, password string, want error) {
		t.Helper()
		if err := a.Authenticate(callFrom("1.2.3.4", login, password)); !errors.Is(err, want) {
			t.Errorf("%s/%s: %v, want %v", login, password, err, want)
		}
	}
	for range 3 {
		try("old", "one", nil)
		try("new", "two", nil)
		try("old", "two", errWrong)
		try("new", "one", errWrong)
		try("other", "one", errUnknown)
	}
	if first.runs.Load() != 5 || second.runs.Load() != 5 {
		t.Errorf("the hashes ran %d and %d times for five pairs", first.runs.Load(), second.runs.Load())
	}
	if err := a.Set([]Credential{{"new", &slowHash{password: "three"}}}); err != nil {
		t.Fatal(err)
	}
	try("old", "one", errUnknown)
	try("new", "two", errWrong)
	try("new", "three", nil)
}

// Who does not know the login is a stranger, and no password of the bank's went
// wrong. The journal tells the two apart, and both cost a hash, once.
func TestStrangersAreNotTheBank(t *testing.T) {
	t.Parallel()
	hash := &slowHash{password: "right"}
	a := newTestAuth(t, Credential{"bank", hash})
	var known store.Traffic
	known.Know(1)
	for login, want := range map[string]struct {
		err     error
		refused bool
	}{"admin": {errUnknown, false}, "bank": {errWrong, true}} {
		before, traffic := hash.runs.Load(), known
		for i := range 12 {
			err := a.Authenticate(callFrom("192.0.2.1", login, fmt.Sprint("wrong", i/4)))
			if !errors.Is(err, want.err) {
				t.Fatalf("%s: %v, want %v", login, err, want.err)
			}
			traffic.Add(store.Call{At: store.Instant(i + 2), Code: "10001", Reason: err.Error()})
		}
		if runs := hash.runs.Load() - before; runs != 3 {
			t.Errorf("%s: %d hashes for three pairs", login, runs)
		}
		bank := store.Connection{System: store.Uzum, State: store.Connected}
		if failing := store.ConnectionOf(bank, traffic, 14).State == store.Failing; failing != want.refused {
			t.Errorf("%s: the bank is failing: %v", login, failing)
		}
	}
}

// A password is changed without an outage: until the bank sends the new one, both
// are right.
func TestTwoPasswordsOfOneLogin(t *testing.T) {
	t.Parallel()
	a := newTestAuth(t, Credential{"bank", &slowHash{password: "one"}}, Credential{"bank", &slowHash{password: "two"}})
	for password, want := range map[string]error{"one": nil, "two": nil, "three": errWrong} {
		for range 2 {
			if err := a.Authenticate(callFrom("1.2.3.4", "bank", password)); !errors.Is(err, want) {
				t.Errorf("%s: %v, want %v", password, err, want)
			}
		}
	}
}

// Which of two passwords the bank uses is told, so that the other one may go.
func TestWhenACredentialWasUsed(t *testing.T) {
	t.Parallel()
	now := time.UnixMilli(1_700_000_000_000)
	a, err := NewAuth([]Credential{{"bank", &slowHash{password: "new"}}, {"bank", &slowHash{password: "old"}}}, NewAddresses(nil).Of, func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	if used := a.Used(); len(used) != 2 || !used[0].IsZero() || !used[1].IsZero() {
		t.Errorf("before a call: %v", used)
	}
	for range 3 { // the first is hashed, the others are known
		now = now.Add(time.Minute)
		if err := a.Authenticate(callFrom("1.2.3.4", "bank", "old")); err != nil {
			t.Fatal(err)
		}
	}
	_ = a.Authenticate(callFrom("1.2.3.4", "bank", "wrong")) // says nothing of either
	if used := a.Used(); !used[0].IsZero() || !used[1].Equal(now) {
		t.Errorf("after three calls with the old one: %v, want the second at %v", used, now)
	}
	if err := a.Authenticate(callFrom("1.2.3.4", "bank", "new")); err != nil || !a.Used()[0].Equal(now) {
		t.Errorf("after a call with the new one: %v, %v", a.Used(), err)
	}
}

func TestWithoutCredentialsEverybodyIsRefused(t *testing.T) {
	t.Parallel()
	a := newTestAuth(t)
	if err := a.Authenticate(callFrom("1.2.3.4", "", "")); !errors.Is(err, errNobody) {
		t.Errorf("without credentials: %v", err)
	}
	if err := a.Set([]Credential{{"bank", &slowHash{password: "one"}}}); err != nil {
		t.Fatal(err)
	}
	if err := a.Authenticate(callFrom("1.2.3.4", "bank", "one")); err != nil {
		t.Errorf("after credentials were set: %v", err)
	}
}

func TestCredentialsThatCantBeSet(t *testing.T) {
	t.Parallel()
	hash := &slowHash{}
	for name, cs := range map[string][]Credential{
		"three": {{"a", hash}, {"b", hash}, {"c", hash}}, "no login": {{"", hash}}, "no hash": {{"a", nil}},
	} {
		if a, err := NewAuth(cs, NewAddresses(nil).Of, time.Now); err == nil || !strings.HasPrefix(err.Error(), "setting up credentials: ") {
			t.Errorf("%s: %v, %v", name, a, err)
		}
	}
}

func TestHeadersThatAreNoBasic(t *testing.T) {
	t.Parallel()
	hash := &slowHash{password: "right"}
	a := newTestAuth(t, Credential{"bank", hash})
	good := base64.StdEncoding.EncodeToString([]byte("bank:right"))
	for _, headers := range [][]string{
		nil, {""}, {"Basic"}, {"Basic !"}, {"Bearer " + good}, {good}, {"Basic " + good, "Basic " + good},
		{"Basic " + base64.StdEncoding.EncodeToString([]byte("bankright"))}, {"Basic " + strings.Repeat("A", 4000)},
	} {
		r := httptest.NewRequest(http.MethodPost, "/", nil)
		r.Header["Authorization"] = headers
		if err := a.Authenticate(r); !errors.Is(err, errNoBasic) {
			t.Errorf("%.20q: %v", headers, err)
		}
	}
	if hash.runs.Load() != 0 {
		t.Errorf("the hash ran %d times", hash.runs.Load())
	}
	for _, header := range []string{"basic " + good, "BASIC   " + good} {
		r := httptest.NewRequest(http.MethodPost, "/", nil)
		r.Header.Set("Authorization", header)
		if err := a.Authenticate(r); err != nil {
			t.Errorf("%q: %v", header, err)
		}
	}
}

// A guesser is slowed; a good credential never is, wherever it comes from.
func TestGuessersWaitAndTheBankDoesNot(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		hash := &slowHash{password: "right"}
		a := newTestAuth(t, Credential{"bank", hash})
		if err := a.Authenticate(callFrom("6.6.6.6", "bank", "right")); err != nil {
			t.Fatal(err)
		}
		for i := range guessesAtOnce {
			for range 3 { // the same again costs nothing
				_ = a.Authenticate(callFrom("6.6.6.6", "bank", fmt.Sprint("guess", i)))
			}
		}
		if s := a.Stats(); s.Hashed != 1+guessesAtOnce || s.Delayed != 0 {
			t.Errorf("after the free guesses: %+v", s)
		}
		for i := range 3 {
			_ = a.Authenticate(callFrom("6.6.6.6", "bank", fmt.Sprint("more", i)))
		}
		if s := a.Stats(); s.Delayed != 3 {
			t.Errorf("after three more: %+v", s)
		}
		before := a.Stats()
		if err := a.Authenticate(callFrom("6.6.6.6", "bank", "right")); err != nil || a.Stats() != before {
			t.Errorf("the known credential: %v, %+v", err, a.Stats())
		}
		_ = a.Authenticate(callFrom("7.7.7.7", "bank", "a guess of somebody else"))
		if s := a.Stats(); s.Delayed != 3 {
			t.Errorf("another address was delayed: %+v", s)
		}
		time.Sleep(2 * guessForgotten) // on the bubble's clock
		_ = a.Authenticate(callFrom("6.6.6.6", "bank", "after a while"))
		if s := a.Stats(); s.Delayed != 3 {
			t.Errorf("a guess was not forgotten: %+v", s)
		}
	})
}

// Who waits too long is not looked at, and the pair is not taken for a wrong one.
func TestWaitingEnds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		hash := &slowHash{password: "right", hold: make(chan struct{})}
		a := newTestAuth(t, Credential{"bank", hash})
		var calls sync.WaitGroup
		for i := range promptHashes {
			calls.Go(func() { _ = a.Authenticate(callFrom(fmt.Sprint("6.6.6.", i), "bank", fmt.Sprint("stuck", i))) })
		}
		synctest.Wait()
		begun := time.Now()
		if err := a.Authenticate(callFrom("1.2.3.4", "bank", "right")); !errors.Is(err, errBusy) || time.Since(begun) != patience {
			t.Errorf("%v after %v", err, time.Since(begun))
		}
		close(hash.hold)
		calls.Wait()
		if err := a.Authenticate(callFrom("1.2.3.4", "bank", "right")); err != nil {
			t.Errorf("later: %v", err)
		}
	})
}
