package list_test

import (
	"context"
	"errors"
	"iter"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"tushum/tui/list"
)

// order is a row that changes, and with that may come to match the filter or
// no longer do.
type order struct {
	id      uint64
	version int
	wanted  bool
}

// book is a list of orders as a store has it.
type book struct {
	mu    sync.Mutex
	all   []order // ids 1, 2, 3 …
	fails error
	reads int
}

func newBook(n int) *book {
	b := &book{}
	for range n {
		b.add(true)
	}
	return b
}

func (b *book) add(wanted bool) order {
	b.mu.Lock()
	defer b.mu.Unlock()
	o := order{id: uint64(len(b.all) + 1), wanted: wanted}
	b.all = append(b.all, o)
	return o
}

// change makes an order another one.
func (b *book) change(id uint64, wanted bool) order {
	b.mu.Lock()
	defer b.mu.Unlock()
	o := &b.all[id-1]
	o.version, o.wanted = o.version+1, wanted
	return *o
}

func (b *book) find(ctx context.Context, after uint64, limit int) iter.Seq2[order, error] {
	return func(yield func(order, error) bool) {
		b.mu.Lock()
		b.reads++
		fails := b.fails
		if after == 0 {
			after = uint64(len(b.all) + 1)
		}
		b.mu.Unlock()
		if fails != nil {
			yield(order{}, fails)
			return
		}
		found := 0
		for id := after - 1; id > 0 && (limit == 0 || found < limit); id-- {
			if o := b.order(id); o.wanted {
				if found++; ctx.Err() != nil || !yield(o, nil) {
					return
				}
			}
		}
	}
}

func (b *book) order(id uint64) order {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.all[id-1]
}

// listed are the ids that are wanted, newest first.
func (b *book) listed() (ids []uint64) {
	for _, o := range slices.Backward(b.all) {
		if o.wanted {
			ids = append(ids, o.id)
		}
	}
	return ids
}

func newOrders() *list.List[order] { return list.New(func(o order) uint64 { return o.id }) }

// settle does a command and all that follow from it.
func settle(t *testing.T, l *list.List[order], cmd tea.Cmd) {
	t.Helper()
	for range 10_000 {
		if cmd == nil {
			return
		}
		cmd = l.Update(cmd())
	}
	t.Fatal("there is no end of commands")
}

func ids(l *list.List[order]) (ids []uint64) {
	for _, row := range l.Shown() {
		ids = append(ids, row.Value.id)
	}
	return ids
}

func want(t *testing.T, l *list.List[order], rows ...uint64) {
	t.Helper()
	if got := ids(l); !slices.Equal(got, rows) {
		t.Fatalf("shown %v, want %v", got, rows)
	}
}

// orders runs a test on a list of n orders that has read its first rows.
func orders(t *testing.T, n, height int, test func(t *testing.T, b *book, l *list.List[order])) {
	t.Helper()
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b, l := newBook(n), newOrders()
		defer l.Close()
		l.Resize(height)
		settle(t, l, l.Load(b.find))
		test(t, b, l)
	})
}

// A payment that began before another may be paid after it: it goes to its place.
func TestALateMatchFindsItsPlace(t *testing.T) {
	orders(t, 5, 10, func(t *testing.T, b *book, l *list.List[order]) {
		b.add(false)
		b.add(false)
		l.Put(b.change(7, true))
		l.Put(b.change(6, true))
		want(t, l, 7, 6, 5, 4, 3, 2, 1)
	})
}

func TestALateMatchBelowTheLast(t *testing.T) {
	orders(t, 5, 10, func(t *testing.T, b *book, l *list.List[order]) {
		b.change(1, false)
		b.change(3, false)
		settle(t, l, l.Load(b.find))
		l.Put(b.change(1, true))
		l.Put(b.change(3, true))
		want(t, l, 5, 4, 3, 2, 1)
	})
}

func TestALateMatchWaitsWhileReading(t *testing.T) {
	orders(t, 5, 10, func(t *testing.T, b *book, l *list.List[order]) {
		b.change(3, false)
		settle(t, l, l.Load(b.find))
		b.add(false)
		b.add(false)
		settle(t, l, l.Move(1))
		for _, id := range []uint64{7, 6, 3, 7, 6, 3} {
			l.Put(b.change(id, true))
		}
		want(t, l, 5, 4, 2, 1)
		if n := l.Waiting(); n != 3 {
			t.Errorf("%d rows wait, want 3", n)
		}
		settle(t, l, l.Follow())
		want(t, l, 7, 6, 5, 4, 3, 2, 1)
		if n := l.Waiting(); n != 0 {
			t.Errorf("%d rows wait when all are shown", n)
		}
	})
}

func TestNewsBeforeTheFirstRows(t *testing.T) {
	orders(t, 10, 20, func(t *testing.T, b *book, l *list.List[order]) {
		for _, late := range []bool{false, true} {
			cmd := l.Load(b.find)
			first := tea.Msg(nil)
			if late {
				first = cmd()
			}
			l.Put(b.change(5, true))
			l.Put(b.add(true))
			if !l.Loading() || len(l.Shown()) != 0 {
				t.Errorf("%v are shown while the first rows are read", ids(l))
			}
			if !late {
				first = cmd()
			}
			settle(t, l, l.Update(first))
			want(t, l, b.listed()...)
			for _, row := range l.Shown() {
				if row.Value != b.all[row.Value.id-1] {
					t.Errorf("%v is shown, it is %v", row.Value, b.all[row.Value.id-1])
				}
			}
		}
	})
}

// What was read before a row changed says nothing of it.
func TestABatchIsOlderThanNews(t *testing.T) {
	orders(t, 1000, 10, func(t *testing.T, b *book, l *list.List[order]) {
		b.change(700, false)
		b.change(701, false)
		cmd := l.Move(300)
		late := func() tea.Cmd { // rows from before the news, however far they are asked for
			msg := cmd()
			for id := uint64(1); id <= 1000; id++ {
				if id != 701 {
					l.Put(b.change(id, true))
				}
			}
			return l.Update(msg)
		}
		settle(t, l, late())
		for range 40 {
			for i, row := range l.Shown() {
				if row.Value != b.all[row.Value.id-1] {
					t.Fatalf("%v is shown, it is %v", row.Value, b.all[row.Value.id-1])
				}
				if i > 0 && row.Value.id == 699 && ids(l)[i-1] != 700 && l.Waiting() == 0 {
					t.Fatalf("a row is missing: %v", ids(l))
				}
			}
			settle(t, l, l.Page(1))
		}
	})
}

// Far down and back while new rows come, some change, and some are no longer listed.
func TestRowsComeBackAmongNews(t *testing.T) {
	orders(t, 30_000, 50, func(t *testing.T, b *book, l *list.List[order]) {
		settle(t, l, l.Move(1))
		for range 400 {
			settle(t, l, l.Page(1))
		}
		for range 1234 {
			l.Put(b.add(true))
		}
		gone := map[uint64]bool{29_990: true, 29_501: true, 29_500: true, 29_000: true, 20_123: true}
		for id := range gone {
			b.change(id, false)
		}
		for range 450 {
			settle(t, l, l.Page(-1))
		}
		if row, _ := l.Selected(); row.id != 30_000 || l.Above() || l.Waiting() != 1234 {
			t.Fatalf("at the top: %d, above %v, %d waiting", row.id, l.Above(), l.Waiting())
		}
		for id := uint64(30_000); id > 15_000; id-- {
			row, _ := l.Selected()
			if gone[id] && row.id != id {
				continue
			}
			if row.id != id {
				t.Fatalf("row %d is at the place of %d", row.id, id)
			}
			settle(t, l, l.Move(1))
		}
	})
}

func TestAnErrorAboveIsNoLoop(t *testing.T) {
	orders(t, 12_000, 50, func(t *testing.T, b *book, l *list.List[order]) {
		settle(t, l, l.Move(1))
		for range 220 {
			settle(t, l, l.Page(1))
		}
		b.fails = errors.New("the disk is gone")
		reads := b.reads
		for range 200 {
			settle(t, l, l.Page(-1))
		}
		if !errors.Is(l.Err(), b.fails) || b.reads-reads > 200 || b.reads == reads {
			t.Fatalf("%d reads in 200 moves, err %v", b.reads-reads, l.Err())
		}
		b.fails = nil
		for range 250 {
			settle(t, l, l.Page(-1))
		}
		if row, _ := l.Selected(); row.id != 12_000 || l.Err() != nil {
			t.Errorf("at the top: %d, err %v", row.id, l.Err())
		}
	})
}

func TestFollowingIsBounded(t *testing.T) {
	orders(t, 100, 50, func(t *testing.T, b *book, l *list.List[order]) {
		for range 20_000 {
			l.Put(b.add(true))
		}
		if n, all := l.Count(); n > 9000 || all {
			t.Errorf("%d rows are held, all %v", n, all)
		}
		for id := uint64(20_100); id > 5000; id-- {
			settle(t, l, l.Move(1))
			if row, _ := l.Selected(); row.id != id {
				t.Fatalf("row %d is at the place of %d", row.id, id)
			}
		}
	})
}

func TestTheLastRowOfAll(t *testing.T) {
	orders(t, 20_000, 50, func(t *testing.T, _ *book, l *list.List[order]) {
		for _, want := range []uint64{11_000, 3000, 1, 1} {
			settle(t, l, l.Last())
			row, _ := l.Selected()
			if row.id > want+1000 {
				t.Fatalf("the last row is %d, want about %d", row.id, want)
			}
			if want > 1 && row.id < want {
				t.Fatalf("%d rows were read for one key", 20_000-row.id)
			}
		}
		if row, _ := l.Selected(); row.id != 1 || l.Below() {
			t.Errorf("the last row is %d, below %v", row.id, l.Below())
		}
	})
}

func TestAKeyEndsTheWayDown(t *testing.T) {
	orders(t, 20_000, 50, func(t *testing.T, _ *book, l *list.List[order]) {
		cmd := l.Last()
		cmd = l.Update(cmd())
		settle(t, l, l.Move(-1))
		row, _ := l.Selected()
		settle(t, l, l.Update(cmd()))
		if after, _ := l.Selected(); after != row {
			t.Errorf("it went on from %d to %d", row.id, after.id)
		}
	})
}

func TestAPanicIsAnError(t *testing.T) {
	orders(t, 9000, 50, func(t *testing.T, _ *book, l *list.List[order]) {
		broken := func(context.Context, uint64, int) iter.Seq2[order, error] {
			return func(func(order, error) bool) { panic("a page is damaged") }
		}
		settle(t, l, l.Load(broken))
		if err := l.Err(); err == nil || err.Error() != "reading rows: a page is damaged" || l.Loading() {
			t.Errorf("err %v", err)
		}
	})
}

// A source that finds nothing for long stops when the list is closed.
func TestCloseStopsTheSource(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := newOrders()
		l.Resize(10)
		slow := func(ctx context.Context, _ uint64, _ int) iter.Seq2[order, error] {
			return func(func(order, error) bool) { <-ctx.Done() }
		}
		cmd, done := l.Load(slow), make(chan tea.Msg, 1)
		go func() { done <- cmd() }()
		synctest.Wait()
		l.Close()
		synctest.Wait() // the bubble ends with the test only where nothing runs any more
		select {
		case <-done:
		default:
			t.Error("the source is still read")
		}
	})
}

// A search that finds one row in a while shows it, and goes on behind it.
func TestRareRowsAreShownAsTheyAreFound(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		rare := func(ctx context.Context, after uint64, _ int) iter.Seq2[order, error] {
			return func(yield func(order, error) bool) {
				if after == 0 {
					after = 6
				}
				for id := after - 1; id > 0; id-- {
					select {
					case <-time.After(time.Second):
					case <-ctx.Done():
						yield(order{}, ctx.Err())
						return
					}
					if !yield(order{id: id}, nil) {
						return
					}
				}
			}
		}
		l := newOrders()
		defer l.Close()
		l.Resize(10)
		cmd, began := l.Load(rare), time.Now()
		for n := 1; n <= 5; n++ {
			cmd = l.Update(cmd())
			if len(l.Shown()) != n || time.Since(began) > time.Duration(n)*1100*time.Millisecond {
				t.Fatalf("%d rows after %v", len(l.Shown()), time.Since(began))
			}
		}
		settle(t, l, cmd)
		want(t, l, 5, 4, 3, 2, 1)
		if l.Err() != nil || l.Below() {
			t.Errorf("err %v, below %v", l.Err(), l.Below())
		}
	})
}

// A row that the filter has let go of does not come in with what was read before.
func TestARowThatIsNoLongerWanted(t *testing.T) {
	orders(t, 10, 20, func(t *testing.T, b *book, l *list.List[order]) {
		cmd := l.Load(b.find)
		first := cmd()
		l.Put(b.change(3, true))
		if !l.Holds(3) || l.Holds(4) {
			t.Error("a row that came while the first ones were read is not held, or another is")
		}
		l.Change(b.change(3, false))
		l.Change(b.change(7, false))
		settle(t, l, l.Update(first))
		want(t, l, 10, 9, 8, 6, 5, 4, 2, 1)
		l.Change(b.change(8, false))
		want(t, l, 10, 9, 8, 6, 5, 4, 2, 1)
		if row := l.Shown()[2].Value; row != b.order(8) {
			t.Errorf("it stays as %v, it is %v", row, b.order(8))
		}
		settle(t, l, l.Move(1))
		l.Put(b.add(true))
		l.Change(b.change(11, false))
		if n := l.Waiting(); n != 0 {
			t.Errorf("%d rows wait for nothing", n)
		}
	})
}
