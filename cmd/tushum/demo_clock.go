package main

import (
	"sync/atomic"
	"time"
)

// lateClock runs behind another one and catches up with it in jumps, so that a
// shop can live through days in moments. It never goes backwards and never
// ahead of the other. It may be used from several goroutines.
type lateClock struct {
	real   func() time.Time
	behind atomic.Int64 // nanoseconds; never below zero
	begun  atomic.Bool  // it has been set
}

// Now is the moment that the shop lives in.
func (c *lateClock) Now() time.Time { return c.real().Add(-time.Duration(c.behind.Load())) }

// set moves the clock to a moment. The first one may lie in the past; one that
// it has passed already, or that has not come, moves it as near as it may go.
func (c *lateClock) set(at time.Time) {
	behind := max(0, c.real().Sub(at))
	if c.begun.Swap(true) {
		behind = min(behind, time.Duration(c.behind.Load()))
	}
	c.behind.Store(int64(behind))
}

// catchUp ends the past: from now on this clock is the real one.
func (c *lateClock) catchUp() {
	c.begun.Store(true)
	c.behind.Store(0)
}
