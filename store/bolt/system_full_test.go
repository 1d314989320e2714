//go:build system

package bolt_test

import (
	"bytes"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"tushum/store"
)

// shop is a till in the test's own process, and what it has told.
type shop struct {
	*till
	t   *testing.T
	w   *told
	out *bytes.Buffer
}

func openShop(t *testing.T, path string) *shop {
	t.Helper()
	out := new(bytes.Buffer)
	l, err := openTill(path, durableOptions(task{}), out)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.s.Close() })
	return &shop{l, t, newTold(), out}
}

// payUntilFull lets customers pay until each was told that the disk is full. It
// returns the transactions that were never created.
func (p *shop) payUntilFull(payers int) (refused []string) {
	p.t.Helper()
	var (
		mu  sync.Mutex
		all sync.WaitGroup
	)
	for range payers {
		all.Go(func() {
			for {
				a, err := p.attempt(false)
				if err == nil {
					err = p.create(a)
				}
				if err == nil {
					continue
				}
				wantFull(p.t, "a create", err)
				mu.Lock()
				defer mu.Unlock()
				refused = append(refused, a.TransID)
				return
			}
		})
	}
	all.Wait()
	p.w.listen(p.out)
	return refused
}

func wantFull(t *testing.T, what string, err error) {
	t.Helper()
	if store.CodeOf(err) != store.DiskFull {
		t.Errorf("%s on a full disk: %v, want %s", what, err, store.DiskFull)
	}
}

// answersWhileFull looks whether all that needs no room goes on, and nothing of
// what was refused is seen.
func (p *shop) answersWhileFull(refused []string) {
	p.t.Helper()
	ctx := p.t.Context()
	wantFull(p.t, "Ready", p.s.Ready())
	if _, err := p.s.Check(ctx, store.Uzum, p.counter); err != nil {
		p.t.Errorf("check on a full disk: %v", err)
	}
	for id, reached := range p.w.reached {
		if t, err := p.s.Status(ctx, store.Uzum, id); err != nil || t.Status < reached {
			p.t.Errorf("status of %s, told to be %s: %s, %v", id, reached, t.Status, err)
		}
	}
	for _, id := range refused {
		if t, err := p.s.Status(ctx, store.Uzum, id); store.CodeOf(err) != store.TransactionNotFound {
			p.t.Errorf("%s was refused and is %q: %v", id, t.Status, err)
		}
	}
	if all, err := p.s.Transactions(ctx, store.TransactionQuery{}); err != nil || len(all) != len(p.w.reached) {
		p.t.Errorf("%d transactions, told of %d: %v", len(all), len(p.w.reached), err)
	}
}

// isWhole looks at a copy of the file somewhere else.
func (p *shop) isWhole() {
	p.t.Helper()
	dst := filepath.Join(p.t.TempDir(), "copy.db")
	if err := p.s.Backup(p.t.Context(), dst); err != nil {
		p.t.Errorf("a backup to another disk: %v", err)
	}
	for _, problem := range unsound(dst) {
		p.t.Error(problem)
	}
}

// resumes looks whether payments go on by themselves once there is room.
func (p *shop) resumes() {
	p.t.Helper()
	if _, err := p.s.Sweep(p.t.Context()); err != nil {
		p.t.Errorf("sweeping with room again: %v", err)
	}
	if err := p.s.Ready(); err != nil {
		p.t.Errorf("with room again: %v", err)
	}
	for i := range 8 {
		if err := p.pay(i); err != nil {
			p.t.Errorf("paying with room again: %v", err)
		}
	}
	p.w.listen(p.out)
}

// On a full disk the store refuses what needs room, shows nothing half-written,
// answers what it is asked, starts again, and goes on when there is room.
func TestFullDisk(t *testing.T) {
	if !ownMounts(t) {
		return
	}
	for _, kind := range []struct {
		name string
		dir  func(*testing.T) string
	}{
		{"tmpfs of 2 MiB", func(t *testing.T) string { return newMemoryDisk(t, 2<<20) }},
		{"ext4 of 8 MiB", func(t *testing.T) string { return newDisk(t, 8<<20).dir }},
	} {
		t.Run(kind.name, func(t *testing.T) { fullDisk(t, kind.dir(t)) })
	}
}

func fullDisk(t *testing.T, dir string) {
	path := filepath.Join(dir, "tushum.db")
	p := openShop(t, path)
	filler := leave(t, dir, 1<<20)
	refused := p.payUntilFull(8)
	p.answersWhileFull(refused)
	p.isWhole()
	p.leavesNoLitter(dir)

	if err := p.s.Close(); err != nil { // a start on a full disk
		t.Errorf("closing the store on a full disk: %v", err)
	}
	told := p.w
	p = openShop(t, path)
	p.w = told
	refused = append(refused, p.payUntilFull(1)...)
	p.answersWhileFull(refused)

	if err := os.Remove(filler); err != nil {
		t.Fatal(err)
	}
	p.resumes()
	p.isWhole()
	if err := p.s.Close(); err != nil {
		t.Fatal(err)
	}
	p.w.mustHold(t, path)
	t.Logf("%v; %d refused", p.w, len(refused))
}

// leavesNoLitter asks for what needs as much room again as the store has.
func (p *shop) leavesNoLitter(dir string) {
	p.t.Helper()
	before, _ := filepath.Glob(filepath.Join(dir, "*"))
	_, err := p.s.Verify(p.t.Context())
	wantFull(p.t, "Verify", err)
	_, _, err = p.s.Compact(p.t.Context())
	wantFull(p.t, "Compact", err)
	wantFull(p.t, "Backup to the same disk", p.s.Backup(p.t.Context(), filepath.Join(dir, "backup.db")))
	after, _ := filepath.Glob(filepath.Join(dir, "*"))
	if len(after) != len(before) {
		p.t.Errorf("refused work leaves files: %v, before %v", after, before)
	}
}

// The ballast pays for what has begun: with it given up, confirms and reversals
// succeed and new payments are refused, until there is room to take it back.
func TestBallast(t *testing.T) {
	if !ownMounts(t) {
		return
	}
	const ballast = 16 << 20
	d := newDisk(t, 160<<20)
	path := d.path("tushum.db")
	p := openShop(t, path)
	if info, err := os.Stat(path + ".ballast"); err != nil || info.Size() != ballast {
		t.Fatalf("no ballast of %d bytes: %v", ballast, err)
	}
	var begun []string
	for range 200 {
		a, err := p.attempt(false)
		if err == nil {
			err = p.create(a)
		}
		if err != nil {
			t.Fatal(err)
		}
		begun = append(begun, a.TransID)
	}
	filler := leave(t, d.dir, 0)
	refused := p.payUntilFull(4)
	if _, err := os.Stat(path + ".ballast"); err == nil {
		t.Fatal("the disk is full and the ballast is still there")
	}
	for i, id := range begun {
		if err := p.confirm(id); err != nil {
			t.Fatalf("a confirm with the ballast given up: %v", err)
		}
		if i%10 == 0 {
			p.refusesNewOnes()
		}
	}
	p.w.listen(p.out)
	p.answersWhileFull(refused)

	if err := os.Remove(filler); err != nil {
		t.Fatal(err)
	}
	p.resumes()
	if info, err := os.Stat(path + ".ballast"); err != nil || info.Size() != ballast {
		t.Errorf("with room again the ballast is not back: %v", err)
	}
	if err := p.s.Close(); err != nil {
		t.Fatal(err)
	}
	p.w.mustHold(t, path)
	t.Logf("%v; %d refused", p.w, len(refused))
}

func (p *shop) refusesNewOnes() {
	p.t.Helper()
	a, err := p.attempt(false)
	if err != nil {
		p.t.Fatal(err)
	}
	wantFull(p.t, "a create", p.create(a))
	_, err = p.issue(store.Draft{Kind: store.Visit, Amount: price, By: "test"})
	wantFull(p.t, "an invoice", err)
	wantFull(p.t, "Ready", p.s.Ready())
}
