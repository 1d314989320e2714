package list_test

import (
	"context"
	"errors"
	"iter"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"pgregory.net/rapid"

	"tushum/tui/list"
)

// ledger is a list of ids that grows at its head.
type ledger struct {
	newest uint64
	reads  atomic.Int64
	fails  error
}

func (l *ledger) find(ctx context.Context, after uint64, limit int) iter.Seq2[uint64, error] {
	return func(yield func(uint64, error) bool) {
		id := l.newest
		if after != 0 {
			id = after - 1
		}
		for n := 0; id > 0 && (limit == 0 || n < limit); id, n = id-1, n+1 {
			l.reads.Add(1)
			if l.fails != nil {
				yield(0, l.fails)
				return
			}
			if ctx.Err() != nil || !yield(id, nil) {
				return
			}
		}
	}
}

func newList() *list.List[uint64] { return list.New(func(id uint64) uint64 { return id }) }

// run does a command and all that follow from it.
func run(l *list.List[uint64], cmd tea.Cmd) {
	for cmd != nil {
		cmd = l.Update(cmd())
	}
}

func shown(l *list.List[uint64]) (ids []uint64) {
	for _, row := range l.Shown() {
		ids = append(ids, row.Value)
	}
	return ids
}

func TestFollowsTheNewest(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		src := &ledger{newest: 1000}
		l := newList()
		defer l.Close()
		if l.Resize(5) != nil {
			t.Error("a list without a source asks for rows")
		}
		run(l, l.Load(src.find))
		if got := shown(l); len(got) != 5 || got[0] != 1000 || got[4] != 996 {
			t.Fatalf("shown %v", got)
		}
		if n := src.reads.Load(); n > 200 {
			t.Errorf("%d rows were read for a screen of 5", n)
		}
		src.newest = 1001
		l.Put(1001)
		if got := shown(l); got[0] != 1001 || l.Reading() || l.Waiting() != 0 {
			t.Errorf("while following a new row is not shown: %v", got)
		}
	})
}

func TestNothingShiftsWhileReading(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		src := &ledger{newest: 50}
		l := newList()
		defer l.Close()
		l.Resize(5)
		run(l, l.Load(src.find))
		run(l, l.Move(1))
		before := shown(l)
		for id := uint64(51); id <= 53; id++ {
			src.newest = id
			l.Put(id)
			l.Put(id) // a row that waits may change
		}
		if got := shown(l); got[0] != before[0] || l.Waiting() != 3 {
			t.Fatalf("shown %v, %d waiting; before %v", got, l.Waiting(), before)
		}
		if row, ok := l.Selected(); !ok || row != 50 {
			t.Errorf("selected %d, %v", row, ok)
		}
		run(l, l.Follow())
		if got := shown(l); got[0] != 53 || l.Waiting() != 0 || l.Reading() {
			t.Errorf("after going to the newest: %v, %d waiting", got, l.Waiting())
		}
	})
}

func TestTheEnds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		src := &ledger{newest: 3}
		l := newList()
		defer l.Close()
		l.Resize(10)
		if l.Loading() || l.Empty() {
			t.Error("a list without a source loads or is empty")
		}
		cmd := l.Load(src.find)
		if !l.Loading() {
			t.Error("it does not say that it loads")
		}
		run(l, cmd)
		if l.Loading() || l.Empty() || l.Below() || l.Above() {
			t.Errorf("loading %v empty %v below %v above %v", l.Loading(), l.Empty(), l.Below(), l.Above())
		}
		run(l, l.Last())
		if row, _ := l.Selected(); row != 1 {
			t.Errorf("the last row is %d", row)
		}
		run(l, l.Page(-9))
		if row, _ := l.Selected(); row != 3 {
			t.Errorf("the first row is %d", row)
		}
		run(l, l.Load((&ledger{}).find))
		if !l.Empty() || l.Move(1) != nil || l.Reading() {
			t.Error("nothing can be read of an empty list")
		}
		l.Put(7)
		if got := shown(l); len(got) != 1 || got[0] != 7 {
			t.Errorf("the first row of all: %v", got)
		}
	})
}

func TestAnErrorIsKept(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		broken := errors.New("the disk is gone")
		l := newList()
		defer l.Close()
		run(l, l.Load((&ledger{newest: 9, fails: broken}).find))
		if !errors.Is(l.Err(), broken) || l.Loading() {
			t.Errorf("err %v, loading %v", l.Err(), l.Loading())
		}
	})
}

func TestBatchesOfAnOlderLoadAreLeftAlone(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := newList()
		defer l.Close()
		old := l.Load((&ledger{newest: 10}).find)()
		run(l, l.Load((&ledger{newest: 20}).find))
		if l.Update(old) != nil || shown(l)[0] != 20 {
			t.Errorf("shown %v", shown(l))
		}
	})
}

// A window that is moved about shows what a slice of all rows would.
func TestMovesAsAnEndlessListWould(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		newest := rapid.Uint64Range(1, 30_000).Draw(r, "rows")
		height := rapid.IntRange(1, 60).Draw(r, "height")
		src := &ledger{newest: newest}
		l := newList()
		defer l.Close()
		l.Resize(height)
		run(l, l.Load(src.find))
		cursor := -1
		for range rapid.IntRange(1, 60).Draw(r, "moves") {
			by := rapid.SampledFrom([]int{1, -1, 30, -30, 80, -80, 99, -99}).Draw(r, "by")
			if cursor < 0 && by < 0 {
				by = -by
			}
			run(l, l.Move(by))
			if cursor += by; cursor >= int(newest) {
				cursor = int(newest) - 1
			}
			cursor = max(0, cursor)
			row, ok := l.Selected()
			if want := newest - uint64(cursor); !ok || row != want {
				r.Fatalf("selected %d, want %d", row, want)
			}
			for i, id := range shown(l) {
				if i > 0 && id != shown(l)[i-1]-1 {
					r.Fatalf("a gap on the screen: %v", shown(l))
				}
			}
		}
	})
}

// Far down and back: the rows that were let go of come again.
func TestRowsThatWereDroppedComeBack(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const newest = 40_000
		src := &ledger{newest: newest}
		l := newList()
		defer l.Close()
		l.Resize(50)
		run(l, l.Load(src.find))
		run(l, l.Move(1))
		steps := 0
		for row, _ := l.Selected(); row > 1; row, _ = l.Selected() {
			run(l, l.Page(1))
			steps++
		}
		if l.Below() {
			t.Error("there is more below the oldest")
		}
		for range steps + 1 {
			run(l, l.Page(-1))
		}
		if row, _ := l.Selected(); row != newest || l.Above() {
			t.Errorf("back at %d, above %v", row, l.Above())
		}
		if ids := shown(l); ids[0] != newest || ids[49] != newest-49 {
			t.Errorf("shown %v", ids)
		}
	})
}

// A source may look far ahead of what is asked for. What it found long ago is
// read again before it is shown.
func TestRowsAreNotOlderThanTheScreen(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		type row struct {
			id   uint64
			read time.Time
		}
		src := func(_ context.Context, after uint64, _ int) iter.Seq2[row, error] {
			found := time.Now() // all at once, as one look into the store
			return func(yield func(row, error) bool) {
				id := after - 1
				if after == 0 {
					id = 1000
				}
				for id > 0 && yield(row{id, found}, nil) {
					id--
				}
			}
		}
		l := list.New(func(r row) uint64 { return r.id })
		defer l.Close()
		l.Resize(20)
		do := func(cmd tea.Cmd) {
			for cmd != nil {
				cmd = l.Update(cmd())
			}
		}
		do(l.Load(src))
		time.Sleep(time.Hour)
		do(l.Page(1))
		do(l.Last())
		do(l.Page(1))
		if r, _ := l.Selected(); time.Since(r.read) > time.Minute {
			t.Errorf("row %d was found %v ago", r.id, time.Since(r.read))
		}
	})
}

// A row that changes far above the screen is no news.
func TestAChangeAboveIsNotCounted(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		src := &ledger{newest: 40_000}
		l := newList()
		defer l.Close()
		l.Resize(50)
		run(l, l.Load(src.find))
		for range 300 {
			run(l, l.Page(1))
		}
		l.Put(39_999)
		l.Put(40_001)
		if l.Waiting() != 1 {
			t.Errorf("%d rows are counted as new, want 1", l.Waiting())
		}
	})
}
