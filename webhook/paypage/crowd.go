package paypage

import (
	"container/list"
	"net/netip"
	"sync"

	"tushum/store"
)

// mostStreams bounds the open pages that are kept up to date. The others look
// again by themselves.
const mostStreams = 600

// crowd are the streams of live updates. It is safe for concurrent use.
type crowd struct {
	most int

	mu      sync.Mutex
	streams list.List // of *stream, the oldest first
	closed  bool
}

// stream is one page that waits for news.
type stream struct {
	number store.Number
	from   netip.Addr
	news   chan struct{} // of the invoice; signals merge
	leave  chan struct{} // closed when it has to end
	place  *list.Element
}

func newCrowd(most int) *crowd { return &crowd{most: most} }

// join lets a page in. The oldest has to go where there is no room.
func (c *crowd) join(n store.Number, from netip.Addr) *stream {
	c.mu.Lock()
	defer c.mu.Unlock()
	s := &stream{number: n, from: from, news: make(chan struct{}, 1), leave: make(chan struct{})}
	if c.closed {
		close(s.leave)
		return s
	}
	if c.streams.Len() >= c.most {
		c.drop(c.streams.Front())
	}
	s.place = c.streams.PushBack(s)
	return s
}

func (c *crowd) drop(e *list.Element) {
	s := c.streams.Remove(e).(*stream)
	s.place = nil
	close(s.leave)
}

// quit is called by the stream itself.
func (c *crowd) quit(s *stream) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if s.place != nil {
		c.streams.Remove(s.place)
		s.place = nil
	}
}

// tell wakes the pages of an invoice; zero: all of them.
func (c *crowd) tell(n store.Number) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for e := c.streams.Front(); e != nil; e = e.Next() {
		if s := e.Value.(*stream); n == 0 || s.number == n {
			select {
			case s.news <- struct{}{}:
			default:
			}
		}
	}
}

func (c *crowd) close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.closed = true
	for c.streams.Len() > 0 {
		c.drop(c.streams.Front())
	}
}
