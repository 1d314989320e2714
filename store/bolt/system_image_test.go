//go:build system

package bolt_test

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tushum/store"
)

// file is what a disk holds of a file: bytes, and zeros up to its size.
type file struct {
	data []byte
	size int64
}

func (f *file) clone() *file { return &file{slices.Clone(f.data), f.size} }

func (f *file) do(s step) {
	if s.call == "ftruncate" {
		f.data, f.size = f.data[:min(int64(len(f.data)), s.at)], s.at
		return
	}
	end := s.at + int64(len(s.data))
	if end > int64(len(f.data)) {
		f.data = append(f.data, make([]byte, end-int64(len(f.data)))...)
	}
	copy(f.data[s.at:], s.data)
	f.size = max(f.size, end)
}

func (f *file) write(t *testing.T, path string) {
	t.Helper()
	if err := os.WriteFile(path, f.data, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(path, f.size); err != nil {
		t.Fatal(err)
	}
}

// replay goes through a recording: what was synced is on the disk, what is
// pending may be or not, and what was told was told.
type replay struct {
	synced  *file
	pending []step
	told    *told
}

func (r *replay) take(s step) {
	switch s.call {
	case "write":
		for line := range strings.Lines(string(s.data)) {
			r.told.hear(strings.TrimSpace(line))
		}
	case "fdatasync":
		for _, p := range r.pending {
			r.synced.do(p)
		}
		r.pending = nil
	default:
		r.pending = append(r.pending, s)
	}
}

const sector = 512

// crash is what the disk may hold if the power goes now: of what is pending
// nothing, everything, some writes, or some sectors of some, in any order.
func (r *replay) crash(random *rand.Rand) *file {
	f, mode := r.synced.clone(), random.IntN(4)
	for _, i := range random.Perm(len(r.pending)) {
		switch p := r.pending[i]; {
		case mode == 0, mode >= 2 && p.call == "ftruncate" && random.IntN(2) == 0:
		case mode == 1, p.call == "ftruncate":
			f.do(p)
		case mode == 2:
			if random.IntN(2) == 0 {
				f.do(p)
			}
		default:
			f.tear(p, random)
		}
	}
	return f
}

// tear writes some sectors of a write.
func (f *file) tear(p step, random *rand.Rand) {
	for at := 0; at < len(p.data); at += sector {
		if random.IntN(2) == 0 {
			f.do(step{call: p.call, data: p.data[at:min(at+sector, len(p.data))], at: p.at + int64(at)})
		}
	}
}

// recording is a child's work on a prepared store, recorded.
func recording(t *testing.T, noSync bool) (base *file, before *told, steps []step) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "tushum.db")
	before = newTold()
	prepared(t, path, before)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	steps = trace(t, task{Do: "pay", Path: path, Payers: 24, NoSync: noSync})
	return &file{data, int64(len(data))}, before, steps
}

// cuts are the moments at which the power goes, in order.
func cuts(random *rand.Rand, n int, steps []step) []int {
	at := make([]int, n)
	for i := range at {
		at[i] = 1 + random.IntN(len(steps))
	}
	slices.Sort(at)
	return at
}

// Whatever a disk holds after a power cut, with writes lost, torn and done in
// another order, the store opens, and all that was told is there.
func TestCrashImages(t *testing.T) {
	base, w, steps := recording(t, false)
	random := rand.New(rand.NewPCG(1, 2))
	path := filepath.Join(t.TempDir(), "image.db")
	r, done, pending := &replay{synced: base, told: w}, 0, 0
	for _, cut := range cuts(random, images, steps) {
		for ; done < cut; done++ {
			r.take(steps[done])
		}
		pending += len(r.pending)
		r.crash(random).write(t, path)
		if problems := r.told.problems(path, durableOptions(task{})); len(problems) > 0 {
			t.Fatalf("after step %d of %d, with %v: %d problems, the first: %s", cut, len(steps), r.told, len(problems), problems[0])
		}
	}
	if pending == 0 || r.told.count(store.Reversed) < 20 {
		t.Fatalf("too little happened to prove anything: %v", r.told)
	}
	t.Logf("%d images of %d steps, %d writes pending in all; %v", images, len(steps), pending, r.told)
}

// The control: without syncs some image must have lost something.
func TestCrashImagesFindAStoreThatDoesNotSync(t *testing.T) {
	base, w, steps := recording(t, true)
	random := rand.New(rand.NewPCG(3, 4))
	path := filepath.Join(t.TempDir(), "image.db")
	r, done := &replay{synced: base, told: w}, 0
	for _, cut := range cuts(random, 20, steps) {
		for ; done < cut; done++ {
			r.take(steps[done])
		}
		r.crash(random).write(t, path)
		if problems, _ := r.told.judge(t, path); len(problems) > 0 {
			t.Logf("after step %d of %d: %s", cut, len(steps), problems[0])
			return
		}
	}
	t.Fatalf("no image of a store without syncs lost anything of %v", r.told)
}
