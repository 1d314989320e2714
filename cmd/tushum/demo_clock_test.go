package main

import (
	"testing"
	"time"
)

func TestALateClockOnlyGoesForward(t *testing.T) {
	t.Parallel()
	wall := time.Date(2026, 11, 21, 13, 0, 0, 0, time.UTC)
	c := &lateClock{real: func() time.Time { return wall }}
	if !c.Now().Equal(wall) {
		t.Errorf("not set, it says %s", c.Now())
	}
	for _, s := range []struct{ to, want time.Time }{
		{wall.Add(-48 * time.Hour), wall.Add(-48 * time.Hour)},
		{wall.Add(-5 * time.Hour), wall.Add(-5 * time.Hour)},
		{wall.Add(-6 * time.Hour), wall.Add(-5 * time.Hour)}, // passed already
		{wall.Add(time.Hour), wall},                          // yet to come
		{wall.Add(-time.Hour), wall},
	} {
		if c.set(s.to); !c.Now().Equal(s.want) {
			t.Errorf("set to %s it says %s, want %s", s.to, c.Now(), s.want)
		}
	}
}

func TestALateClockRunsAndCatchesUp(t *testing.T) {
	t.Parallel()
	wall := time.Date(2026, 11, 21, 13, 0, 0, 0, time.UTC)
	c := &lateClock{real: func() time.Time { return wall }}
	c.set(wall.Add(-time.Hour))
	wall = wall.Add(time.Minute)
	if want := wall.Add(-time.Hour); !c.Now().Equal(want) {
		t.Errorf("after a minute it says %s, want %s", c.Now(), want)
	}
	if c.catchUp(); !c.Now().Equal(wall) {
		t.Errorf("it says %s, want %s", c.Now(), wall)
	}
	if c.set(wall.Add(-time.Hour)); !c.Now().Equal(wall) {
		t.Errorf("it went back to %s", c.Now())
	}
}
