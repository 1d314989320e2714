package deals

import (
	"maps"
	"time"
)

// A deal about which no answer comes holds a place while it is waited for. So it is
// waited for once each time and not for long, it rests the longer the more often that
// was in vain, and it leaves places to the others.
const (
	lookWithin = 20 * time.Second
	slowRest   = 15 * time.Second // it doubles with each time that follows
	slowMost   = time.Minute
	slowAtOnce = atOnce / 2
	heardFor   = 45 * time.Second // after an answer about another deal; then it may be the system that is away
)

// slower notes that a deal was asked about until patience ended, and tells how long to
// let it rest; it needs Keeper.mu.
func (l *lane) slower(ref string) (rest time.Duration) {
	rest = min(slowMost, slowRest<<min(l.slow[ref], 6))
	l.slow[ref]++
	return rest
}

// held are the deals that are not to be asked about now: those that are being made or
// asked about and, where enough of them are, those that answer slowly.
func (l *lane) held() map[string]bool {
	slow := 0
	for ref := range l.slow {
		if l.busy[ref] {
			slow++
		}
	}
	if slow < slowAtOnce {
		return l.busy
	}
	held := maps.Clone(l.busy)
	for ref := range l.slow {
		held[ref] = true
	}
	return held
}
