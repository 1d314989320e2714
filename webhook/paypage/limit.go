package paypage

import (
	"net/netip"
	"slices"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"tushum/store"
)

// How often one site may ask. Many customers of a mobile operator share an
// address, so visits are cheap. So are links that lead nowhere: 128 bits can't be
// guessed, and a scanner behind that address shall not use up what the customers
// have for numbers. Numbers are not cheap: they count up, so whoever tries them
// finds invoices, and each one found tells what somebody has to pay.
const (
	visitsPerSecond = 20
	visitsAtOnce    = 200
	missForgotten   = time.Second // one of them
	missesAtOnce    = 100
	numberForgotten = 10 * time.Second // one of them
	numbersAtOnce   = 20
)

// How many new numbers a network may look up in the long run: no more than 200 in
// any 24 hours, half of them at once. Without that who is patient walks through
// all that a shop sells in a day. It is enough for the customers of one operator
// who type a number at one shop's till, for the links that they are sent hold
// tokens. Where a guesser among them has used it up, they look at one number in a
// quarter of an hour between them, and at what they have found before, and at
// their links, as often as they like.
const (
	networkNumbersAtOnce = 100
	networkNumbersADay   = 100
)

// How many deals one site may begin, and all together: each takes up the card of
// somebody whom the payment system has found. An invoice has bounds of its own.
const (
	dealForgotten     = time.Minute // one of them
	dealsAtOnce       = 10
	shopDealForgotten = 10 * time.Second
	shopDealsAtOnce   = 60
)

// networkBits are what somebody is given who asks a provider for a network of
// IPv6: 65,536 sites, each of which would have a budget of its own.
const networkBits = 48

// nearFactor is how much more a site on this machine or in its own network may
// ask. It is hardly ever one customer: a proxy that the settings don't trust
// makes all of them one address. It is no more than a small shop needs then, for
// every guesser comes from there as well.
const nearFactor = 5

// The bounds on what is remembered: some megabytes, where all sites have found
// all they may.
const (
	mostWatched = 4096 // sites, and as many networks
	mostNumbers = 200  // of invoices that a site has found: what its network may find in a day
)

// limits bound the requests of each site. They are safe for concurrent use; the
// zero value needs only now.
type limits struct {
	now func() time.Time

	mu       sync.Mutex
	sites    watch[*allowance]
	networks watch[*network]
	deals    *rate.Limiter // of the shop; nil: none was begun yet
}

// allowance is what is left to one site.
type allowance struct {
	visits  *rate.Limiter
	misses  *rate.Limiter
	numbers *rate.Limiter
	deals   *rate.Limiter
	found   []store.Number // it may look these up again, the oldest first
}

func newAllowance(factor int) *allowance {
	every := func(d time.Duration) rate.Limit { return rate.Every(d / time.Duration(factor)) }
	return &allowance{
		visits:  rate.NewLimiter(rate.Limit(visitsPerSecond*factor), visitsAtOnce*factor),
		misses:  rate.NewLimiter(every(missForgotten), missesAtOnce*factor),
		numbers: rate.NewLimiter(every(numberForgotten), numbersAtOnce*factor),
		deals:   rate.NewLimiter(every(dealForgotten), dealsAtOnce*factor),
	}
}

// left is what is left of the budget of which least is.
func (a *allowance) left(now time.Time) int {
	return min(partLeft(a.visits, now), partLeft(a.misses, now), partLeft(a.numbers, now), partLeft(a.deals, now))
}

// network is what is left to all sites of one network.
type network struct{ numbers *rate.Limiter }

func newNetwork(factor int) *network {
	perDay := rate.Every(24 * time.Hour / time.Duration(networkNumbersADay*factor))
	return &network{rate.NewLimiter(perDay, networkNumbersAtOnce*factor)}
}

func (n *network) left(now time.Time) int { return partLeft(n.numbers, now) }

// visit tells whether a site may ask for anything now.
func (l *limits) visit(from netip.Addr) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.site(from).visits.AllowN(l.now(), 1)
}

// miss tells whether a site may have asked once more for what is not there, and
// no number.
func (l *limits) miss(from netip.Addr) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.site(from).misses.AllowN(l.now(), 1)
}

// number tells whether a site may look a number up. One that it has found before
// costs nothing: a page that is open asks for its picture, for its updates and,
// without scripts, for itself again and again. Nor does one that is refused.
func (l *limits) number(from netip.Addr, n store.Number) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	a := l.site(from)
	if slices.Contains(a.found, n) {
		return true
	}
	now, all := l.now(), l.networks.of(networkOf(from), l.now(), newNetwork)
	return all.numbers.TokensAt(now) >= 1 && a.numbers.AllowN(now, 1) && all.numbers.AllowN(now, 1)
}

// deal tells whether a site may begin a deal. Who may not costs the others nothing.
func (l *limits) deal(from netip.Addr) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.deals == nil {
		l.deals = rate.NewLimiter(rate.Every(shopDealForgotten), shopDealsAtOnce)
	}
	now := l.now()
	return l.deals.TokensAt(now) >= 1 && l.site(from).deals.AllowN(now, 1) && l.deals.AllowN(now, 1)
}

// remember notes that a site knows a number now.
func (l *limits) remember(from netip.Addr, n store.Number) {
	l.mu.Lock()
	defer l.mu.Unlock()
	a := l.site(from)
	if slices.Contains(a.found, n) {
		return
	}
	if len(a.found) >= mostNumbers {
		a.found = slices.Delete(a.found, 0, 1)
	}
	a.found = append(a.found, n)
}

// site is what is left to one. The caller holds the lock.
func (l *limits) site(from netip.Addr) *allowance {
	return l.sites.of(from, l.now(), newAllowance)
}

// networkOf is the network that a site belongs to: of IPv4 it is the address.
func networkOf(from netip.Addr) netip.Addr {
	if !from.Is6() {
		return from
	}
	p, err := from.Prefix(networkBits)
	if err != nil {
		return from
	}
	return p.Addr()
}

// isNear tells a site or network of this machine or around it, and the zero Addr:
// nobody knows whose it is. That of ::1 begins with ::, the unspecified address.
func isNear(a netip.Addr) bool {
	return !a.IsValid() || a.IsUnspecified() || a.IsLoopback() || a.IsPrivate() || a.IsLinkLocalUnicast()
}
