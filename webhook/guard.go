package webhook

import (
	"net/http"
	"net/netip"
	"time"
)

// Guard bounds the work that is done to find out whether a caller is who they say,
// where that costs the processor much and nobody is known beforehand: one piece of
// work runs at a time, with a rest after it, and whoever was wrong too often waits in
// a line of their own. It is safe for concurrent use.
type Guard struct {
	address func(*http.Request) netip.Addr
	guesses guesses
	lanes   lanes
}

// NewGuard makes a Guard. address tells where a request comes from, and now is the
// clock by which failures are forgotten.
func NewGuard(address func(*http.Request) netip.Addr, now func() time.Time) *Guard {
	return &Guard{
		address: address, guesses: guesses{now: now},
		lanes: lanes{
			prompt:  lane{slots: 1, waiting: promptWaiting, rest: promptRest},
			delayed: lane{slots: 1, waiting: delayedWaiting, rest: delayedRest},
		},
	}
}

// Try runs check when it is the caller's turn. check tells whether the caller is
// right. It did not run, and looked is false, where the turn did not come in time or
// the caller has gone.
func (g *Guard) Try(r *http.Request, check func() (right bool)) (looked bool) {
	from, line, wrong := g.address(r), &g.lanes.prompt, false
	if g.guesses.begin(from) {
		line = &g.lanes.delayed
	}
	defer func() { g.guesses.end(from, wrong) }()
	line.run(r.Context().Done(), func() {
		looked, wrong = true, true // also where check panics
		wrong = !check()
	})
	return looked
}
