package webhook

import (
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"
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
}

// count notes a wrong password.
func (g *guesses) count(from netip.Addr) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if b := g.of(site(from)); b != nil {
		b.AllowN(g.now(), 1)
	}
}

// tooMany tells whether an address has used up its tries. While more addresses
// guess than can be watched, every new one counts as a guesser: it is delayed,
// not refused.
func (g *guesses) tooMany(from netip.Addr) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	b, watched := g.budget[site(from)]
	if !watched {
		return len(g.budget) >= maxGuessers
	}
	return b.TokensAt(g.now()) < 1
}

// of finds the budget of an address, or makes one; nil when there is no room.
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
	if len(g.budget) >= maxGuessers {
		return nil
	}
	b := rate.NewLimiter(rate.Every(guessForgotten), guessesAtOnce)
	g.budget[from] = b
	return b
}

// forget drops the addresses whose last wrong password is long ago.
func (g *guesses) forget() {
	now := g.now()
	for from, b := range g.budget {
		if b.TokensAt(now) >= guessesAtOnce {
			delete(g.budget, from)
		}
	}
}

// site is what one guesser is sure to hold: an IPv4 address, or the 64 bits
// that every IPv6 customer gets at least.
func site(a netip.Addr) netip.Addr {
	if !a.Is6() || a.Is4In6() {
		return a.Unmap()
	}
	p, err := a.Prefix(64)
	if err != nil {
		return a
	}
	return p.Addr()
}
