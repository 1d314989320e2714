package webhook

import (
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"tushum/internal/site"
)

// How many wrong passwords an address may try before it has to wait.
const (
	guessesAtOnce  = 10
	guessForgotten = 30 * time.Second // one of them
	maxGuessers    = 4096             // addresses that are watched
)

// guesses counts wrong passwords by address. The zero value needs only now.
type guesses struct {
	now func() time.Time

	mu     sync.Mutex
	budget map[netip.Addr]*rate.Limiter
	going  map[netip.Addr]int // tries whose outcome is open; the lanes bound them
}

// begin notes a try and tells whether its address has used up its budget. An
// open try counts as a wrong one, so that nobody gets more by trying all at
// once. An address that is not watched has its whole budget, however many others
// guess: the bank's is such a one.
func (g *guesses) begin(from netip.Addr) (tooMany bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	from = site.Of(from)
	left := guessesAtOnce
	if b := g.budget[from]; b != nil {
		left = int(b.TokensAt(g.now()))
	}
	if g.going == nil {
		g.going = make(map[netip.Addr]int)
	}
	g.going[from]++
	return g.going[from] > left
}

// end notes the outcome of a try. One that was not looked at costs nothing.
func (g *guesses) end(from netip.Addr, wrong bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	from = site.Of(from)
	if g.going[from]--; g.going[from] == 0 {
		delete(g.going, from)
	}
	if wrong {
		g.of(from).AllowN(g.now(), 1)
	}
}

// of finds the budget of an address, or makes one.
func (g *guesses) of(from netip.Addr) *rate.Limiter {
	if b := g.budget[from]; b != nil {
		return b
	}
	if g.budget == nil {
		g.budget = make(map[netip.Addr]*rate.Limiter)
	}
	if len(g.budget) >= maxGuessers {
		g.forget()
	}
	b := rate.NewLimiter(rate.Every(guessForgotten), guessesAtOnce)
	g.budget[from] = b
	return b
}

// forget drops the addresses whose last wrong password is long ago. If there are
// none it drops one with the fewest wrong passwords: those that were wrong most
// often stay watched. It looks at all of them, but no more often than hashes run.
func (g *guesses) forget() {
	now := g.now()
	var mildest netip.Addr
	most := -1
	for from, b := range g.budget {
		left := int(b.TokensAt(now))
		if left >= guessesAtOnce {
			delete(g.budget, from)
		}
		if left > most {
			mildest, most = from, left
		}
	}
	delete(g.budget, mildest)
}
