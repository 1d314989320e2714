package paypage

import (
	"maps"
	"net/netip"
	"testing"
	"time"

	"tushum/internal/site"
	"tushum/store"
)

func siteOf(i int) netip.Addr {
	return netip.AddrFrom4([4]byte{203, byte(i >> 16), byte(i >> 8), byte(i)})
}

// siteIn is one of the sites in a network of IPv6.
func siteIn(network, i int) netip.Addr {
	return netip.AddrFrom16([16]byte{0x20, 1, 0xd, 0xb8, byte(network >> 8), byte(network), byte(i >> 8), byte(i)})
}

// handsOut are limits by a clock that stands still.
func handsOut() *limits { return &limits{now: func() time.Time { return time.Unix(0, 0) }} }

// newNumbers counts how many numbers, of those that nobody has asked for yet, a
// site may look up.
func (l *limits) newNumbers(from netip.Addr) (n int) {
	for l.number(from, store.Number(n+1)) {
		n++
	}
	return n
}

// However many sites ask, the table is bounded, the idle are forgotten, and who
// has used up a budget does not get a fresh one by that.
func TestSitesAreBounded(t *testing.T) {
	t.Parallel()
	now := time.Unix(0, 0)
	l := limits{now: func() time.Time { return now }}
	for range visitsAtOnce {
		if !l.visit(siteOf(0)) {
			t.Fatal("a visit too many")
		}
	}
	for range missesAtOnce {
		if !l.miss(siteOf(1)) {
			t.Fatal("a miss too many")
		}
	}
	if n := l.newNumbers(siteOf(2)); n != numbersAtOnce {
		t.Fatalf("%d numbers", n)
	}
	for i := range 3 * mostWatched {
		if !l.visit(siteOf(3 + i)) {
			t.Fatalf("site %d can't make its first visit", 3+i)
		}
	}
	if n := len(l.sites.budgets); n > mostWatched {
		t.Errorf("%d sites are watched", n)
	}
	if l.visit(siteOf(0)) || l.miss(siteOf(1)) || l.number(siteOf(2), 1) {
		t.Error("a site that had used up its budget has a fresh one")
	}
	idle := maps.Clone(l.sites.budgets)
	now = now.Add(numberForgotten * numbersAtOnce) // all of them have all they may have
	for i := range 2 * mostWatched {
		from := siteOf(1_000_000 + i)
		for range visitsAtOnce {
			l.visit(from)
		}
	}
	for from := range idle {
		if l.sites.budgets[from] != nil {
			t.Errorf("%s is idle and still watched while others come", from)
		}
	}
}

// However many networks look numbers up, their table is bounded, and who has used
// up a day does not get a fresh one by that.
func TestNetworksAreBounded(t *testing.T) {
	t.Parallel()
	l := handsOut()
	for i := range networkNumbersAtOnce / numbersAtOnce {
		if n := l.newNumbers(siteIn(0, i)); n != numbersAtOnce {
			t.Fatalf("site %d has %d numbers, want %d", i, n, numbersAtOnce)
		}
	}
	for i := range 3 * mostWatched {
		if !l.number(siteIn(1+i, 0), 1) {
			t.Fatalf("network %d can't look up its first number", 1+i)
		}
	}
	if n := len(l.networks.budgets); n > mostWatched {
		t.Errorf("%d networks are watched", n)
	}
	if l.number(siteIn(0, 1000), 1) {
		t.Error("a network that had used up its budget has a fresh one")
	}
}

// The sites of one network of IPv6 have no more together than one of 100 numbers
// at once, and another network has its own. What it has used up costs its sites
// nothing of theirs.
func TestANetworkSharesItsNumbers(t *testing.T) {
	t.Parallel()
	now := time.Unix(0, 0)
	l := limits{now: func() time.Time { return now }}
	sum := 0
	for i := range 1 << 10 {
		sum += l.newNumbers(siteIn(1, i))
	}
	if sum != networkNumbersAtOnce {
		t.Errorf("a network looked up %d numbers, want %d", sum, networkNumbersAtOnce)
	}
	if n := l.newNumbers(siteIn(2, 0)); n != numbersAtOnce {
		t.Errorf("the network beside it has %d numbers, want %d", n, numbersAtOnce)
	}
	now = now.Add(24 * time.Hour / networkNumbersADay)
	if n := l.newNumbers(siteIn(1, 1000)); n != 1 {
		t.Errorf("a quarter of an hour later the network has %d numbers, want 1", n)
	}
	for range 2 * numbersAtOnce {
		l.number(siteIn(1, 1001), 1)
	}
	if left := l.site(siteIn(1, 1001)).left(now); left != 1000 {
		t.Errorf("numbers that were refused have left a site %d thousandths", left)
	}
}

// Who asks for numbers all day long, as fast as he may, has not got farther than
// 200 in any 24 hours; what he has found once he may look at again.
func TestADayOfGuessesIsBounded(t *testing.T) {
	t.Parallel()
	for what, sites := range map[string][]netip.Addr{"an address": {siteOf(0)}, "a network": {siteIn(0, 0), siteIn(0, 1), siteIn(0, 2)}} {
		now := time.Unix(0, 0)
		l := limits{now: func() time.Time { return now }}
		perDay := make([]int, 3)
		next := store.Number(1)
		for tick := range len(perDay) * 24 * 60 * 6 { // every ten seconds
			for _, from := range sites {
				for l.number(from, next) {
					l.remember(from, next)
					perDay[tick/(24*60*6)]++
					next++
				}
			}
			now = now.Add(numberForgotten)
		}
		if perDay[0] > 200 || perDay[0] < 195 || perDay[1] > 101 || perDay[2] > 101 {
			t.Errorf("%s got %d numbers, want 200 on the first day and half of it on each after that", what, perDay)
		}
		if !l.number(sites[0], l.site(sites[0]).found[0]) {
			t.Errorf("%s may not look again at what it has found", what)
		}
	}
}

// A site remembers what it found, but no more than some.
func TestNumbersThatWereFoundAreBounded(t *testing.T) {
	t.Parallel()
	l := handsOut()
	from := siteOf(0)
	for i := range 3 * mostNumbers {
		l.remember(from, store.Number(i+1))
		l.remember(from, store.Number(i+1))
	}
	if n := len(l.site(from).found); n != mostNumbers {
		t.Errorf("%d numbers are remembered, want %d", n, mostNumbers)
	}
	for range 2 * numbersAtOnce {
		if !l.number(from, 3*mostNumbers) {
			t.Fatal("a number that was found costs a guess")
		}
	}
	if n := l.newNumbers(from); n != numbersAtOnce {
		t.Errorf("%d numbers that are new or long forgotten, want %d", n, numbersAtOnce)
	}
}

// Links that lead nowhere cost nobody a number, nor numbers a link.
func TestBudgetsAreApart(t *testing.T) {
	t.Parallel()
	l := handsOut()
	scanned, guessed := siteOf(0), siteOf(1)
	for l.miss(scanned) {
		continue
	}
	if n := l.newNumbers(scanned); n != numbersAtOnce {
		t.Errorf("after a scanner %d numbers are left, want %d", n, numbersAtOnce)
	}
	if l.newNumbers(guessed); !l.miss(guessed) {
		t.Error("after a guesser a link that leads nowhere is one too many")
	}
}

// A site in the own network may be a proxy that nobody has named: it has more, at
// once and in a day.
func TestNearSitesHaveMore(t *testing.T) {
	t.Parallel()
	for address, factor := range map[string]int{
		"127.0.0.1": nearFactor, "::1": nearFactor, "10.1.2.3": nearFactor, "192.168.0.9": nearFactor, "fd00::1": nearFactor, "fe80::1%eth0": nearFactor,
		"203.0.113.1": 1, "2001:db8::1": 1, "100.64.0.1": 1,
	} {
		from, now := site.Of(netip.MustParseAddr(address)), time.Unix(0, 0)
		l := limits{now: func() time.Time { return now }}
		sum := l.newNumbers(from)
		if sum != numbersAtOnce*factor {
			t.Errorf("%s has %d numbers, want %d", address, sum, numbersAtOnce*factor)
		}
		for ; now.Before(time.Unix(60*60, 0)); now = now.Add(time.Minute) {
			sum += l.newNumbers(from)
		}
		if least := networkNumbersAtOnce * factor; sum < least || sum > least+5*factor {
			t.Errorf("%s has %d numbers in an hour, want %d and what comes back", address, sum, least)
		}
	}
	l := handsOut()
	if !l.site(netip.Addr{}).visits.AllowN(l.now(), visitsAtOnce+1) {
		t.Error("who comes from nowhere is taken for one customer")
	}
}
