package webhook

import (
	"context"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func from(address string) *http.Request {
	r := httptest.NewRequest(http.MethodPost, "/", nil)
	r.RemoteAddr = address + ":1"
	return r
}

// However many come, one is looked at at a time, and whoever finds the line full or
// waits too long is told so.
func TestAGuardLooksAtOneAtATime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := NewGuard(NewAddresses(nil).Of, time.Now)
		var now, most, looked, unlooked atomic.Int64
		var calls sync.WaitGroup
		for range 3 * promptWaiting {
			calls.Go(func() {
				if g.Try(from("1.2.3.4"), func() bool {
					most.Store(max(most.Load(), now.Add(1)))
					time.Sleep(time.Millisecond)
					now.Add(-1)
					return true
				}) {
					looked.Add(1)
				} else {
					unlooked.Add(1)
				}
			})
		}
		calls.Wait()
		if most.Load() > 2 { // of either line
			t.Errorf("%d were looked at at once", most.Load())
		}
		// Tries that are open count as wrong ones, so most stand in the shorter line.
		if looked.Load() != guessesAtOnce+delayedWaiting+1 || looked.Load()+unlooked.Load() != 3*promptWaiting {
			t.Errorf("%d were looked at, %d were not", looked.Load(), unlooked.Load())
		}
		time.Sleep(longestRest) // the last rests end
	})
}

// Who is wrong again and again waits in a line of their own, and the others don't.
func TestAGuardDelaysWhoIsWrong(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := NewGuard(NewAddresses(nil).Of, time.Now)
		work := func(address string, right bool) time.Duration {
			begun := time.Now()
			if !g.Try(from(address), func() bool { time.Sleep(100 * time.Millisecond); return right }) {
				t.Errorf("%s is not looked at", address)
			}
			took := time.Since(begun)
			time.Sleep(time.Second) // any rest is over
			return took
		}
		for range guessesAtOnce {
			work("1.2.3.4", false)
		}
		go g.Try(from("1.2.3.4"), func() bool { time.Sleep(time.Second); return false })
		time.Sleep(time.Millisecond)
		if took := work("5.6.7.8", true); took != 100*time.Millisecond {
			t.Errorf("another waits %s", took)
		}
		if took := work("1.2.3.4", true); took <= 100*time.Millisecond {
			t.Error("who was wrong does not wait")
		}
		time.Sleep(5 * time.Second)
	})
}

func TestAGuardDropsWhoHasGone(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := NewGuard(NewAddresses(nil).Of, time.Now)
		hold := make(chan struct{})
		go g.Try(from("1.2.3.4"), func() bool { <-hold; return true })
		synctest.Wait()
		gone, leave := context.WithCancel(t.Context())
		leave()
		if g.Try(from("1.2.3.4").WithContext(gone), func() bool { t.Error("it was looked at"); return true }) {
			t.Error("it says that it was looked at")
		}
		close(hold)
		time.Sleep(longestRest)
	})
}
