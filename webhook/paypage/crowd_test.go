package paypage

import (
	"net/netip"
	"testing"
	"time"

	"tushum/store"
)

// isWoken tells whether a stream was signalled since it was last asked.
func (s *stream) isWoken() bool {
	select {
	case <-s.news:
		return true
	default:
		return false
	}
}

// left is what a stream was told when it had to go; zero: it is still there.
func (s *stream) left() time.Duration {
	select {
	case later := <-s.leave:
		return later
	default:
		return 0
	}
}

// News reach the pages of their invoice, and those of a counter invoice only when
// it changes itself.
func TestNewsReachTheirPages(t *testing.T) {
	t.Parallel()
	c := newCrowd(10)
	one, two := c.join(store.Invoice{Number: 1}, netip.Addr{}), c.join(store.Invoice{Number: 2}, netip.Addr{})
	till := c.join(store.Invoice{Number: 3, Kind: store.Counter}, netip.Addr{})
	for _, tc := range []struct {
		e    store.Event
		want [3]bool
	}{
		{store.Event{Number: 1, TransID: "t"}, [3]bool{true, false, false}},
		{store.Event{Number: 2}, [3]bool{false, true, false}},
		{store.Event{Number: 3, TransID: "t"}, [3]bool{}},
		{store.Event{Number: 3}, [3]bool{false, false, true}},
		{store.Event{Number: 4}, [3]bool{}},
	} {
		c.tell(tc.e)
		c.tell(tc.e) // signals merge
		if got := [3]bool{one.isWoken(), two.isWoken(), till.isWoken()}; got != tc.want {
			t.Errorf("%+v woke %v, want %v", tc.e, got, tc.want)
		}
	}
	c.quit(one)
	c.quit(one)
	c.tell(store.Event{Number: 1})
	c.tellAll()
	if one.isWoken() || !two.isWoken() || !till.isWoken() {
		t.Error("all but the one that has left should have been woken")
	}
}

// The oldest of the site that holds most has to go; where all hold the same, the
// oldest of all.
func TestWhoHasToGo(t *testing.T) {
	t.Parallel()
	c := newCrowd(4)
	join := func(site int) *stream { return c.join(store.Invoice{Number: 1}, siteOf(site)) }
	a, b, hog1, hog2 := join(1), join(2), join(3), join(3)
	d := join(4)
	if a.left() != 0 || b.left() != 0 || hog1.left() != comeBackLater || hog2.left() != 0 {
		t.Error("the oldest of the site with two should have gone, and nobody else")
	}
	e := join(5)
	if a.left() != comeBackLater || b.left() != 0 || hog2.left() != 0 || d.left() != 0 {
		t.Error("with one each the oldest should have gone")
	}
	c.bound(2)
	f := join(6)
	if b.left() == 0 || hog2.left() == 0 || d.left() == 0 || e.left() != 0 || f.left() != 0 || c.count != 2 {
		t.Errorf("with room for two: %d are there", c.count)
	}
}

// After the end nobody gets in, and nothing is kept of those who were there.
func TestAClosedCrowd(t *testing.T) {
	t.Parallel()
	c := newCrowd(4)
	in := c.join(store.Invoice{Number: 1}, siteOf(1))
	c.close()
	c.close()
	late := c.join(store.Invoice{Number: 1}, siteOf(1))
	if in.left() != comeBackSoon || late.left() != comeBackSoon {
		t.Error("a page was not told to come back")
	}
	c.quit(in)
	c.quit(late)
	if !c.isEmpty() || len(c.numbers) != 0 || len(c.sites) != 0 {
		t.Errorf("left over: %v %v", c.numbers, c.sites)
	}
}
