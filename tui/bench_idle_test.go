//go:build unix

package tui

import (
	"syscall"
	"testing"
	"time"

	"tushum/store/bolt/bolttest"
)

// BenchmarkIdle measures what a console costs that nobody touches: nothing is
// written but the clock's minute, and less than 0.1 % of a core is used. Read the
// metrics bytes/min and core-%.
func BenchmarkIdle(b *testing.B) {
	st := bolttest.Open(b, b.TempDir(), stageRules())
	k := openBenched(b, st)
	k.until(b, "help")
	time.Sleep(2 * time.Second)
	const watched = 20 * time.Second
	for b.Loop() {
		before := k.screen.written()
		used := cpu(b)
		time.Sleep(watched)
		after := k.screen.written()
		b.ReportMetric(float64(after-before)/watched.Minutes(), "bytes/min")
		b.ReportMetric(100*float64(cpu(b)-used)/float64(watched), "core-%")
	}
}

func cpu(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
