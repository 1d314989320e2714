//go:build system

package bolt_test

import (
	"bufio"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tushum/store"
	"tushum/store/bolt"
)

// payUntilCut lets a child take payments on the disk and cuts the power at a
// random moment after it said the word, at most so much later.
func payUntilCut(t *testing.T, d *disk, k task, word string, atMost time.Duration, w *told) {
	t.Helper()
	cmd := child(t, k)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(out)
	for line := ""; strings.TrimSpace(line) != word; w.hear(strings.TrimSpace(line)) {
		if line, err = lines.ReadString('\n'); err != nil {
			t.Fatalf("the child ended before it was %s: %v", word, cmd.Wait())
		}
	}
	heard := make(chan struct{})
	go func() {
		defer close(heard)
		w.listen(lines)
	}()
	time.Sleep(rand.N(atMost))
	d.cutPower()
	_ = cmd.Process.Kill() // it may have ended by itself: its disk is gone
	<-heard
	_ = cmd.Wait()
	d.restorePower()
}

// What was acknowledged before the power went is there when it comes back.
func TestPowerCuts(t *testing.T) {
	if !ownMounts(t) {
		return
	}
	const rounds = 30
	d, w := newDisk(t, 512<<20), newTold()
	for range rounds {
		payUntilCut(t, d, task{Do: "pay", Path: d.path("tushum.db"), Payers: 16, Forever: true}, readyWord, 300*time.Millisecond, w)
		w.mustHold(t, d.path("tushum.db"))
	}
	if w.count(store.Reversed) == 0 {
		t.Fatalf("too little happened to prove anything: %v", w)
	}
	t.Logf("%d power cuts: %v", rounds, w)
}

// The same while the store's file is exchanged for another all the time.
func TestPowerCutsWhileTheStoreIsCompacted(t *testing.T) {
	if !ownMounts(t) {
		return
	}
	const rounds = 15
	d, w := newDisk(t, 512<<20), newTold()
	for range rounds {
		payUntilCut(t, d, task{Do: "pay", Path: d.path("tushum.db"), Payers: 8, Forever: true, Compacts: true}, readyWord, 200*time.Millisecond, w)
		w.mustHold(t, d.path("tushum.db"))
	}
	t.Logf("%d power cuts: %v", rounds, w)
}

// A store whose making is cut short is there as a whole or not at all.
func TestPowerCutsWhileTheStoreIsMade(t *testing.T) {
	if !ownMounts(t) {
		return
	}
	const rounds = 20
	d, made := newDisk(t, 64<<20), 0
	for range rounds {
		folder := d.path("shop")
		w := newTold()
		payUntilCut(t, d, task{Do: "pay", Path: filepath.Join(folder, "tushum.db"), Payers: 2, Forever: true}, openingWord, 15*time.Millisecond, w)
		if _, err := os.Stat(filepath.Join(folder, "tushum.db")); err == nil {
			made++
		}
		w.mustHold(t, filepath.Join(folder, "tushum.db"))
		if left, _ := filepath.Glob(filepath.Join(folder, "*.unfinished-*")); len(left) > 0 {
			t.Errorf("the next start leaves %v", left)
		}
		if err := os.RemoveAll(folder); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d power cuts, %d of them after the file was in place", rounds, made)
}

// The control: a store that never syncs must lose something, or the tests
// above prove nothing.
func TestPowerCutsFindAStoreThatDoesNotSync(t *testing.T) {
	if !ownMounts(t) {
		return
	}
	const rounds = 10
	d := newDisk(t, 512<<20)
	for round := range rounds {
		w, path := newTold(), d.path("tushum.db")
		payUntilCut(t, d, task{Do: "pay", Path: path, Payers: 16, Forever: true, NoSync: true}, readyWord, 300*time.Millisecond, w)
		if problems, _ := w.judge(t, path); len(problems) > 0 {
			t.Logf("round %d, after %v, has %d problems, the first: %s", round+1, w, len(problems), problems[0])
			return
		}
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
	t.Fatalf("in %d power cuts a store without syncs lost nothing", rounds)
}

// After a commit of unknown outcome the next start tells what the file says
// then; from that moment it is a promise, which a power cut must not break.
func TestPowerCutAfterAnUnknownOutcome(t *testing.T) {
	if !ownMounts(t) {
		return
	}
	d := newDisk(t, 64<<20)
	for nth := 1; nth <= 8; nth++ {
		path, w := d.path("tushum.db"), newTold()
		code := falter(t, fault{call: "fdatasync", errno: "EIO", nth: nth}, prepared(t, path, w), w)
		if code != store.OutcomeUnknown {
			t.Fatalf("a failed sync is answered with %s", code)
		}
		tellAll(t, path, w)
		d.cutPower()
		d.restorePower()
		w.mustHold(t, path)
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
}

// tellAll opens the store and hears of every transaction in it.
func tellAll(t *testing.T, path string, w *told) {
	t.Helper()
	s, err := bolt.Open(path, durableOptions(task{}))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	all, err := s.Transactions(t.Context(), store.TransactionQuery{})
	if err != nil {
		t.Fatal(err)
	}
	for _, tx := range all {
		w.hear(tx.Status.String() + " " + tx.TransID)
	}
}
