package webhook

import (
	"crypto/rand"
	"encoding/binary"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// The bounds on slow hashes. Payments need the processor too, so each of the
// two prompt lanes takes no more than a quarter of it (half a core on a small
// machine), and each line of guessers a quarter of one core. Only hashes that
// take longer than the longest rest, or are held up, get more.
const (
	promptWaiting  = 64
	promptRest     = 1 // times as long as the work took
	delayedWaiting = 16
	delayedRest    = 3
	longestRest    = time.Second     // well below patience
	patience       = 5 * time.Second // below the time that a caller has for the whole call
)

var promptHashes = max(1, runtime.GOMAXPROCS(0)/2)

// lanes are a lane for callers whose address may still guess, and one for those
// whose address was wrong too often.
type lanes struct{ prompt, delayed lane }

func newLanes() lanes {
	return lanes{
		prompt:  lane{slots: promptHashes, waiting: promptWaiting, rest: promptRest},
		delayed: lane{slots: 1, waiting: delayedWaiting, rest: delayedRest},
	}
}

func (l *lanes) dropped() uint64 { return l.prompt.dropped.Load() + l.delayed.dropped.Load() }

// lane lets a few pieces of work run at a time, with rests between, and a few
// more wait. When the line is full one of those in it, drawn by lot, gives way
// to the newcomer: who fills it can't keep others out by being there first, and
// whoever tries again gets in at last.
type lane struct {
	slots   int
	waiting int // the most that wait
	rest    int // times as long as the work took
	served  atomic.Uint64
	dropped atomic.Uint64

	mu   sync.Mutex
	busy int         // slots
	line []chan bool // of those that wait, the first comes next; true: its turn, false: it gave way
}

// run does the work when its turn comes. It does not when the turn does not
// come in time, when the caller has to give way, or when gone is closed first.
func (l *lane) run(gone <-chan struct{}, work func()) {
	if !l.enter(gone) {
		l.dropped.Add(1)
		return
	}
	l.served.Add(1)
	begun := time.Now()
	defer func() { l.leave(time.Since(begun)) }()
	work()
}

func (l *lane) enter(gone <-chan struct{}) bool {
	turn := l.join()
	if turn == nil {
		return true
	}
	wait := time.NewTimer(patience)
	defer wait.Stop()
	select {
	case mine := <-turn:
		return mine
	case <-wait.C:
	case <-gone:
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	i := slices.Index(l.line, turn)
	if i < 0 { // it was told in the same moment
		return <-turn
	}
	l.line = slices.Delete(l.line, i, i+1)
	return false
}

// join takes a slot, or else a place in the line; nil means a slot.
func (l *lane) join() chan bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.busy < l.slots {
		l.busy++
		return nil
	}
	if len(l.line) >= l.waiting {
		i := lot(len(l.line))
		l.line[i] <- false
		l.line = slices.Delete(l.line, i, i+1)
	}
	turn := make(chan bool, 1) // who tells does not wait
	l.line = append(l.line, turn)
	return turn
}

// leave gives the slot to the next, after a rest that is in proportion to the
// work.
func (l *lane) leave(took time.Duration) {
	time.AfterFunc(min(took*time.Duration(l.rest), longestRest), func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		if len(l.line) == 0 {
			l.busy--
			return
		}
		l.line[0] <- true
		l.line = slices.Delete(l.line, 0, 1)
	})
}

// lot draws one of n.
func lot(n int) int {
	var drawn [8]byte
	_, _ = rand.Read(drawn[:]) // never fails
	return int(binary.NativeEndian.Uint64(drawn[:]) % uint64(n))
}
