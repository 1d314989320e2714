package store_test

import (
	"testing"
	"time"

	"tushum/store"
)

func TestWhenACertificateEndsSoon(t *testing.T) {
	t.Parallel()
	const day = 24 * time.Hour
	now := noon.Time()
	for _, c := range []struct {
		name       string
		life, left time.Duration
		automatic  bool
		want       bool
	}{
		{"two weeks are left", 90 * day, 14 * day, false, false},
		{"under two weeks", 90 * day, 14*day - 1, false, true},
		{"a short one of a person", 6 * day, 5 * day, false, true},
		{"by itself, two weeks", 90 * day, 14 * day, true, false},
		{"by itself, under two weeks", 90 * day, 14*day - 1, true, true},
		{"by itself, of six days", 6 * day, 36 * time.Hour, true, false},
		{"by itself, of six days, late", 6 * day, 36*time.Hour - 1, true, true},
		{"ends now", 90 * day, 0, false, true},
		{"by itself, ends now", 6 * day, 0, true, true},
		{"ended", 90 * day, -400 * day, true, true},
	} {
		v := store.Validity{NotBefore: now.Add(c.left - c.life), NotAfter: now.Add(c.left), Automatic: c.automatic}
		if got := v.EndsSoon(now); got != c.want {
			t.Errorf("%s: it ends soon: %v", c.name, got)
		}
	}
}
