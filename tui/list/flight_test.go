package list_test

import (
	"testing"
	"testing/synctest"

	"tushum/tui/list"
)

func TestABatchOfAnotherListIsLeftAlone(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		one, other := newOrders(), newOrders()
		defer one.Close()
		defer other.Close()
		cmd := one.Load(newBook(3).find)
		other.Load(newBook(7).find)
		if other.Update(cmd()) != nil || !other.Loading() {
			t.Errorf("it took %v", ids(other))
		}
	})
}

func TestAClosedListAsksForNothing(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := newOrders()
		cmd := l.Load(newBook(3).find)
		l.Close()
		if l.Update(cmd()) != nil {
			t.Error("it asks for more")
		}
	})
}

// straight goes down from the selected row and fails where one is missing.
func straight(t *testing.T, l *list.List[order], n int) {
	t.Helper()
	row, _ := l.Selected()
	for id := row.id - 1; n > 0; id, n = id-1, n-1 {
		settle(t, l, l.Move(1))
		if row, _ := l.Selected(); row.id != id {
			t.Fatalf("row %d is at the place of %d", row.id, id)
		}
	}
}

// Rows on their way do not fit where the ones before them were let go of.
func TestRowsBelowAreCutWhileOthersCome(t *testing.T) {
	orders(t, 1000, 50, func(t *testing.T, b *book, l *list.List[order]) {
		cmd := l.Resize(100)
		msg := cmd()
		for range 9000 {
			l.Put(b.add(true))
		}
		settle(t, l, l.Update(msg))
		settle(t, l, l.Move(1))
		straight(t, l, 9900)
	})
}

func TestRowsAboveAreCutWhileOthersCome(t *testing.T) {
	orders(t, 20_000, 50, func(t *testing.T, _ *book, l *list.List[order]) {
		for range 240 {
			settle(t, l, l.Page(1))
		}
		cmd := l.Page(-1)
		for cmd == nil {
			cmd = l.Page(-1)
		}
		msg := cmd()
		for range 200 {
			settle(t, l, l.Page(1))
		}
		settle(t, l, l.Update(msg))
		for range 500 {
			settle(t, l, l.Page(-1))
		}
		if row, _ := l.Selected(); row.id != 20_000 {
			t.Fatalf("the first row is %d", row.id)
		}
		straight(t, l, 19_900)
	})
}

// Blocks come back one by one, each as it was.
func TestTheCountStaysTheSame(t *testing.T) {
	orders(t, 20_000, 50, func(t *testing.T, b *book, l *list.List[order]) {
		for range 240 {
			settle(t, l, l.Page(1))
		}
		read, _ := l.Count()
		reads := b.reads
		for b.reads == reads {
			settle(t, l, l.Page(-1))
		}
		if n, _ := l.Count(); n != read || b.reads != reads+1 {
			t.Errorf("%d rows were read, now %d, in %d looks", read, n, b.reads-reads)
		}
		for range 300 {
			settle(t, l, l.Page(-1))
		}
		if n, _ := l.Count(); n > read {
			t.Errorf("%d rows were read, now %d", read, n)
		}
	})
}

// News that no batch could lack are not kept: the source knows better by then.
func TestNewsDoNotOutliveTheBatch(t *testing.T) {
	orders(t, 1000, 50, func(t *testing.T, b *book, l *list.List[order]) {
		cmd := l.Load(b.find)
		l.Put(b.change(500, true))
		settle(t, l, l.Update(cmd()))
		l.Put(b.change(500, true))
		settle(t, l, l.Move(1))
		for row, _ := l.Selected(); row.id > 500; row, _ = l.Selected() {
			settle(t, l, l.Move(1))
		}
		if row, _ := l.Selected(); row != b.order(500) {
			t.Errorf("%v is shown, it is %v", row, b.order(500))
		}
	})
}

// A row that waited and was read with the others since waits no more.
func TestARowThatIsReadWaitsNoMore(t *testing.T) {
	orders(t, 20_000, 50, func(t *testing.T, b *book, l *list.List[order]) {
		b.change(19_900, false)
		settle(t, l, l.Load(b.find))
		for range 20 {
			settle(t, l, l.Page(1))
		}
		l.Put(b.change(19_900, true))
		if l.Waiting() != 1 || l.Holds(19_900) {
			t.Fatalf("%d wait, held %v", l.Waiting(), l.Holds(19_900))
		}
		for range 220 {
			settle(t, l, l.Page(1))
		}
		for range 250 {
			settle(t, l, l.Page(-1))
		}
		if l.Waiting() != 0 || !l.Holds(19_900) {
			t.Errorf("%d wait, held %v", l.Waiting(), l.Holds(19_900))
		}
	})
}
