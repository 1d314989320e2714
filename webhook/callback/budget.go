package callback

import (
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// The hints that one deal may give. A life has about six changes; whoever sends more
// has the deal looked at when it is due. So a call that is sent again costs no more
// than that, without being known for the same: a proxy may have changed its headers.
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
