package paypage

import (
	"container/list"
	"net/netip"
	"sync"
	"time"

	"tushum/store"
)

// mostStreams bounds the open pages that are kept up to date, unless Bound says
// otherwise. The others look again by themselves.
const mostStreams = 600

// crowd are the streams of live updates. It is safe for concurrent use.
//
// There is no bound for each site: customers of a mobile operator share an
// address, and a site that holds many harms nobody as long as there is room. A site
// is a whole network here, so that nobody is thousands of them over IPv6.
type crowd struct {
	mu      sync.Mutex
	most    int
	joined  uint64 // streams, ever
	count   int
	numbers map[store.Number]map[*stream]struct{} // so that news cost the pages of other invoices nothing
	sites   map[netip.Addr]*list.List             // of *stream, the oldest first
	closed  bool
}

// stream is one page that waits for news.
type stream struct {
	number   store.Number
	standing bool // a counter invoice, which its payments don't change
	from     netip.Addr
	turn     uint64             // counts up; a lower one has been there longer
	news     chan struct{}      // of the invoice; signals merge
	leave    chan time.Duration // signalled when it has to end: when the page may come back
	place    *list.Element      // nil once it has left
}

func newCrowd(most int) *crowd {
	return &crowd{most: most, numbers: make(map[store.Number]map[*stream]struct{}), sites: make(map[netip.Addr]*list.List)}
}

// join lets a page in. Where there is no room, another has to go.
func (c *crowd) join(inv store.Invoice, from netip.Addr) *stream {
	c.mu.Lock()
	defer c.mu.Unlock()
	s := &stream{number: inv.Number, standing: inv.Reusable(), from: from, news: make(chan struct{}, 1), leave: make(chan time.Duration, 1)}
	if c.closed {
		s.leave <- comeBackSoon
		return s
	}
	for c.count > 0 && c.count >= c.most {
		out := c.leastMissed()
		c.remove(out)
		out.leave <- comeBackLater
	}
	c.add(s)
	return s
}

func (c *crowd) add(s *stream) {
	if c.numbers[s.number] == nil {
		c.numbers[s.number] = make(map[*stream]struct{})
	}
	c.numbers[s.number][s] = struct{}{}
	if c.sites[s.from] == nil {
		c.sites[s.from] = list.New()
	}
	c.joined++
	s.turn, s.place = c.joined, c.sites[s.from].PushBack(s)
	c.count++
}

func (c *crowd) remove(s *stream) {
	delete(c.numbers[s.number], s)
	if len(c.numbers[s.number]) == 0 {
		delete(c.numbers, s.number)
	}
	c.sites[s.from].Remove(s.place)
	if c.sites[s.from].Len() == 0 {
		delete(c.sites, s.from)
	}
	s.place = nil
	c.count--
}

// leastMissed is the oldest stream of the site that holds most of them, so that
// who opens a thousand pages loses his own. Of several such sites it is the one
// whose oldest has been there longest.
func (c *crowd) leastMissed() (found *stream) {
	most := 0
	for _, of := range c.sites {
		oldest := of.Front().Value.(*stream)
		if of.Len() > most || of.Len() == most && oldest.turn < found.turn {
			found, most = oldest, of.Len()
		}
	}
	return found
}

// quit is called by the stream itself.
func (c *crowd) quit(s *stream) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if s.place != nil {
		c.remove(s)
	}
}

// tell wakes the pages that an event may change.
func (c *crowd) tell(e store.Event) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for s := range c.numbers[e.Number] {
		if e.TransID == "" || !s.standing {
			s.wake()
		}
	}
}

// tellAll wakes every page.
func (c *crowd) tellAll() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, of := range c.numbers {
		for s := range of {
			s.wake()
		}
	}
}

func (s *stream) wake() {
	select {
	case s.news <- struct{}{}:
	default: // it has not looked yet
	}
}

func (c *crowd) isEmpty() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.count == 0
}

func (c *crowd) bound(most int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.most = most
}

func (c *crowd) close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.closed = true
	for _, of := range c.numbers {
		for s := range of {
			c.remove(s)
			s.leave <- comeBackSoon
		}
	}
}
