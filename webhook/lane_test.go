package webhook

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"tushum/webhook/uzum"
)

func (l *lane) waits() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.line)
}

// After a start nothing is remembered. Strangers who don't know a login fill
// their lines from as many addresses as they like: the bank's pairs are looked
// at without delay, also from an address that guesses.
func TestStrangersCantDelayTheBank(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		stuck := make(chan struct{})
		a := newTestAuth(t,
			Credential{"bank", &slowHash{password: "right", hold: stuck, onWrong: true}},
			Credential{"bank-2", &slowHash{password: "right", onWrong: true}})
		var calls sync.WaitGroup
		for i := range 2000 {
			from := fmt.Sprintf("6.6.%d.%d", i/200%5, i%200) // two tries each
			if i >= 1000 {
				from = "7.7.7.7"
			}
			calls.Go(func() { _ = a.Authenticate(callFrom(from, fmt.Sprint("stranger", i), "a guess")) })
		}
		synctest.Wait()
		begun := time.Now()
		for _, from := range []string{"1.2.3.4", "7.7.7.7"} {
			for range 2 {
				if err := a.Authenticate(callFrom(from, "bank", "right")); err != nil {
					t.Errorf("the bank from %s: %v", from, err)
				}
			}
		}
		if waited := time.Since(begun); waited != 0 {
			t.Errorf("the bank waited %v", waited)
		}
		close(stuck)
		calls.Wait()
		if a.Stats().Dropped == 0 {
			t.Error("the strangers' lines were not full")
		}
	})
}

// The same with strangers who know the login: a newcomer gets into the full
// line, and one of those in it, who is told that it was not looked at, gives way.
func TestAFullLineTakesTheNewcomer(t *testing.T) {
	t.Parallel()
	for _, address := range []struct {
		name    string
		of      func(i int) string
		waiting int
	}{
		{"many addresses", func(i int) string { return fmt.Sprint("6.6.6.", i) }, promptHashes + promptWaiting},
		{"one address", func(int) string { return "1.2.3.4" }, 1 + delayedWaiting},
	} {
		t.Run(address.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				hash := &slowHash{password: "right"}
				a := newTestAuth(t, Credential{"bank", hash})
				if address.waiting == 1+delayedWaiting {
					for i := range guessesAtOnce {
						_ = a.Authenticate(callFrom(address.of(i), "bank", fmt.Sprint("guess", i)))
					}
				}
				hash.hold = make(chan struct{})
				var calls sync.WaitGroup
				verdicts := make([]error, address.waiting)
				for i := range verdicts {
					calls.Go(func() { verdicts[i] = a.Authenticate(callFrom(address.of(i), "bank", fmt.Sprint("more", i))) })
				}
				synctest.Wait()
				good := errWrong
				calls.Go(func() { good = a.Authenticate(callFrom("1.2.3.4", "bank", "right")) })
				synctest.Wait()
				close(hash.hold)
				calls.Wait()
				if good != nil {
					t.Errorf("the good credential: %v", good)
				}
				unchecked := 0
				for _, err := range verdicts {
					if errors.Is(err, uzum.ErrUnchecked) {
						unchecked++
					} else if !errors.Is(err, errWrong) {
						t.Errorf("a guess: %v", err)
					}
				}
				if unchecked != 1 || a.Stats().Dropped != 1 {
					t.Errorf("%d were not looked at, %+v", unchecked, a.Stats())
				}
			})
		})
	}
}

// A line is not kept full by callers that have hung up; a pair that another
// caller waits for as well is looked at all the same.
func TestWhoHangsUpLeavesTheLine(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		hash := &slowHash{password: "right", hold: make(chan struct{})}
		a := newTestAuth(t, Credential{"bank", hash})
		ctx, hangUp := context.WithCancel(t.Context())
		var calls sync.WaitGroup
		for i := range promptHashes {
			calls.Go(func() { _ = a.Authenticate(callFrom(fmt.Sprint("7.7.7.", i), "bank", fmt.Sprint("stuck", i))) })
		}
		synctest.Wait()
		for i := range promptWaiting {
			calls.Go(func() {
				_ = a.Authenticate(callFrom(fmt.Sprint("6.6.6.", i), "bank", fmt.Sprint("guess", i)).WithContext(ctx))
			})
		}
		synctest.Wait()
		hangUp()
		synctest.Wait()
		if n := a.named.prompt.waits(); n != 0 {
			t.Errorf("%d wait after all have hung up", n)
		}
		ctx, hangUp = context.WithCancel(t.Context())
		calls.Go(func() { _ = a.Authenticate(callFrom("1.2.3.4", "bank", "right").WithContext(ctx)) })
		synctest.Wait()
		second := errWrong
		calls.Go(func() { second = a.Authenticate(callFrom("1.2.3.4", "bank", "right")) })
		synctest.Wait()
		hangUp()
		synctest.Wait()
		close(hash.hold)
		calls.Wait()
		if second != nil || hash.runs.Load() != int64(promptHashes)+1 {
			t.Errorf("the caller that stayed: %v, after %d hashes", second, hash.runs.Load())
		}
	})
}

// What was wrong is refused for good; what was not looked at is not.
func TestUncheckedIsNotWrong(t *testing.T) {
	t.Parallel()
	for err, want := range map[error]bool{errBusy: true, errWrong: false, errNoBasic: false} {
		if got := errors.Is(err, uzum.ErrUnchecked); got != want {
			t.Errorf("%v: unchecked %v, want %v", err, got, want)
		}
	}
}

// Neither the first nor the last in a full line is sure to stay: in 64 rounds
// the lot falls on both of two (but once in 2^63).
func TestTheLotFallsOnEveryone(t *testing.T) {
	t.Parallel()
	var gone [2]int
	for range 64 {
		l := &lane{slots: 1, waiting: 2}
		if l.join() != nil {
			t.Fatal("a free slot was not given")
		}
		waiting := [2]chan bool{l.join(), l.join()}
		if l.join() == nil || l.waits() != 2 {
			t.Fatalf("%d wait in a line of 2", l.waits())
		}
		for i, turn := range waiting {
			if len(turn) == 1 {
				gone[i]++
			}
		}
	}
	if gone[0]+gone[1] != 64 || gone[0] == 0 || gone[1] == 0 {
		t.Errorf("the lot fell on %v", gone)
	}
}

// Between two pieces of work the slot rests, whether or not others wait.
func TestRests(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := &lane{slots: 1, waiting: 4, rest: 3}
		begun := time.Now()
		var begins []time.Duration
		work := func() {
			begins = append(begins, time.Since(begun))
			time.Sleep(time.Millisecond)
		}
		l.run(nil, work)
		l.run(nil, work)
		time.Sleep(100 * time.Millisecond)
		l.run(nil, work)
		l.run(nil, func() { time.Sleep(time.Hour) })
		resumed := time.Now()
		l.run(nil, func() {})
		if rest := time.Since(resumed); rest != longestRest {
			t.Errorf("a rest of %v after long work", rest)
		}
		if len(begins) != 3 || begins[0] != 0 || begins[1] != 4*time.Millisecond || begins[2] != 105*time.Millisecond {
			t.Errorf("the work began at %v", begins)
		}
		if l.served.Load() != 5 || l.dropped.Load() != 0 || l.waits() != 0 {
			t.Errorf("%d served, %d dropped, %d in line", l.served.Load(), l.dropped.Load(), l.waits())
		}
	})
}
