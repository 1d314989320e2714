package callback

import (
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// mostSeen is how many calls are remembered.
const mostSeen = 256

// seen remembers the newest calls that were proven: one that is sent again is
// answered as before, and costs nothing. The zero value remembers none.
type seen struct {
	mu    sync.Mutex
	ids   map[mark]string // of their deals
	order [mostSeen]mark
	count int // ever
}

func (s *seen) has(m mark) (id string, has bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	id, has = s.ids[m]
	return id, has
}

func (s *seen) add(m mark, id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, has := s.ids[m]; has {
		return
	}
	if s.ids == nil {
		s.ids = make(map[mark]string)
	}
	place := &s.order[s.count%mostSeen]
	if s.count >= mostSeen {
		delete(s.ids, *place)
	}
	*place, s.ids[m] = m, id
	s.count++
}

// The hints that one deal may give. A life has about six changes; whoever sends more
// has the deal looked at when it is due.
const (
	hintsAtOnce = 8
	hintEvery   = 10 * time.Second
	mostBudgets = 1024 // deals
)

// budget bounds how often a deal is looked at because of calls. It needs only now.
type budget struct {
	now func() time.Time

	mu  sync.Mutex
	per map[string]*rate.Limiter // by deal
}

func (b *budget) allows(id string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	of := b.per[id]
	if of == nil {
		if b.per == nil {
			b.per = make(map[string]*rate.Limiter)
		}
		if len(b.per) >= mostBudgets {
			b.forget()
		}
		of = rate.NewLimiter(rate.Every(hintEvery), hintsAtOnce)
		b.per[id] = of
	}
	return of.AllowN(b.now(), 1)
}

// forget drops the deals that have their whole budget again. Where there is none it
// drops the one that has most of it.
func (b *budget) forget() {
	now, mildest, most := b.now(), "", -1.0
	for id, of := range b.per {
		left := of.TokensAt(now)
		if left >= hintsAtOnce {
			delete(b.per, id)
		}
		if left > most {
			mildest, most = id, left
		}
	}
	delete(b.per, mildest)
}
