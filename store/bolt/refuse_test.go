package bolt_test

import (
	"bytes"
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	bbolt "go.etcd.io/bbolt"

	"tushum/store"
	"tushum/store/bolt"
)

// aStore makes a file with something of everything in it, no longer than it
// needs to be, and returns its path.
func aStore(t *testing.T) string {
	t.Helper()
	s := openLedger(t)
	s.paid("a", s.visit())
	s.created("b", s.counter())
	return backupOf(t, s)
}

// edit changes a closed file behind the store's back.
func edit(t *testing.T, path string, change func(tx *bbolt.Tx) error) {
	t.Helper()
	once := slices.Values([]struct{}{{}})
	editInSteps(t, path, once, func(tx *bbolt.Tx, _ struct{}) error { return change(tx) })
}

// editInSteps does it in one commit for each value.
func editInSteps[T any](t *testing.T, path string, values iter.Seq[T], change func(*bbolt.Tx, T) error) {
	t.Helper()
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	for v := range values {
		if err := db.Update(func(tx *bbolt.Tx) error { return change(tx, v) }); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// wantRefused opens what must be refused with the code and left as it is.
func wantRefused(t *testing.T, path string, want store.Code) {
	t.Helper()
	before, beforeInfo := readFile(t, path), stat(t, path)
	s, err := bolt.Open(path, bolt.Options{Rules: shopRules(), Wait: patience})
	if err == nil {
		_ = s.Close()
		t.Fatal("the file was opened")
	}
	if got := store.CodeOf(err); got != want {
		t.Errorf("got %q (%v), want %q", got, err, want)
	}
	info := stat(t, path)
	if !bytes.Equal(readFile(t, path), before) || info.Mode() != beforeInfo.Mode() || info.ModTime() != beforeInfo.ModTime() {
		t.Error("the file was changed")
	}
}

func stat(t *testing.T, path string) os.FileInfo {
	t.Helper()
	info, err := os.Lstat(path)
	return must(t, info, err)
}

func write(t *testing.T, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "tushum.db")
	if err := os.WriteFile(path, content, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestFilesOfOtherKindsAreRefused(t *testing.T) {
	t.Parallel()
	noise := make([]byte, 100_000)
	_, _ = rand.Read(noise)
	for name, content := range map[string][]byte{
		"empty": {}, "one byte": {0}, "short text": []byte("hello\n"),
		"long text": bytes.Repeat([]byte("takings of the day\n"), 10_000),
		"zeros":     make([]byte, 100_000), "noise": noise,
		"a page size of nothing": append(metaPage(0), make([]byte, 8192)...),
		"pages beyond counting":  append(metaPage(1<<31), make([]byte, 8192)...),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want := store.NotAStore
			if len(content) > 8192 && content[16] != 0 && name[0] != 'l' && name[0] != 'n' {
				want = store.Damaged // it is bbolt's, and not whole
			}
			wantRefused(t, write(t, content), want)
		})
	}
}

// metaPage is a valid first page of bbolt with an odd page size.
func metaPage(pageSize uint32) []byte {
	ne := binary.NativeEndian
	b := make([]byte, 16)
	b = ne.AppendUint32(b, 0xED0CDAED)
	b = ne.AppendUint32(b, 2)
	b = ne.AppendUint32(b, pageSize)
	b = ne.AppendUint32(b, 0)
	for _, field := range []uint64{3, 0, 2, 4, 7} { // root, its sequence, freelist, high water, txid
		b = ne.AppendUint64(b, field)
	}
	sum := uint64(14695981039346656037)
	for _, c := range b[16:] {
		sum = (sum ^ uint64(c)) * 1099511628211
	}
	return ne.AppendUint64(b, sum)
}

func TestAFolderIsRefused(t *testing.T) {
	t.Parallel()
	_, err := bolt.Open(t.TempDir(), bolt.Options{})
	wantCode(t, err, store.NotAStore)
}

func TestALinkIsRefused(t *testing.T) {
	t.Parallel()
	target := aStore(t)
	dir := t.TempDir()
	whole, dangling := filepath.Join(dir, "whole.db"), filepath.Join(dir, "dangling.db")
	for link, to := range map[string]string{whole: target, dangling: filepath.Join(dir, "nothing")} {
		if err := os.Symlink(to, link); err != nil {
			t.Fatal(err)
		}
	}
	wantRefused(t, whole, store.NotAStore)
	_, err := bolt.Open(dangling, bolt.Options{})
	wantCode(t, err, store.NotAStore)
	if _, err := os.Lstat(filepath.Join(dir, "nothing")); err == nil {
		t.Error("a file was made where the link leads")
	}
}

func TestAFolderThatOthersWriteToIsRefused(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "open")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	_, err := bolt.Open(filepath.Join(dir, "tushum.db"), bolt.Options{})
	wantCode(t, err, store.Unusable)
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 0 {
		t.Errorf("in the folder is %v (%v)", entries, err)
	}
}

func TestABoltFileOfAnotherProgramIsRefused(t *testing.T) {
	t.Parallel()
	for _, noFreelist := range []bool{false, true} {
		t.Run(fmt.Sprintf("without its freelist=%v", noFreelist), func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "other.db")
			db, err := bbolt.Open(path, 0o640, &bbolt.Options{NoFreelistSync: noFreelist})
			if err != nil {
				t.Fatal(err)
			}
			err = db.Update(func(tx *bbolt.Tx) error {
				b, err := tx.CreateBucket([]byte("meta"))
				if err != nil {
					return err
				}
				return b.Put([]byte("app"), []byte("another"))
			})
			if err != nil {
				t.Fatal(err)
			}
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			before := readFile(t, path)
			_, err = bolt.Open(path, bolt.Options{Wait: patience})
			wantCode(t, err, store.NotAStore)
			if !bytes.Equal(readFile(t, path), before) {
				t.Error("the file was changed")
			}
		})
	}
}

// TestAFileCutShortIsRefused cuts a store at every page, around it, and all
// over the first pages.
func TestAFileCutShortIsRefused(t *testing.T) {
	t.Parallel()
	whole := readFile(t, aStore(t))
	pageSize := int(binary.NativeEndian.Uint32(whole[24:]))
	highWater := 0
	for _, at := range []int{0, pageSize} {
		if b := whole[at+16:]; binary.NativeEndian.Uint64(b[48:]) > 0 {
			highWater = max(highWater, int(binary.NativeEndian.Uint64(b[40:])))
		}
	}
	lengths := map[int]store.Code{0: store.NotAStore, 1: store.NotAStore, 16: store.NotAStore, 80: store.NotAStore, 2047: store.NotAStore, 2048: store.Damaged}
	for n := 2048; n < 3*pageSize; n += 64 {
		lengths[n] = store.Damaged
	}
	for page := 1; page <= highWater; page++ {
		for _, n := range []int{page*pageSize - 1, page * pageSize, page*pageSize + 1} {
			lengths[n] = store.Damaged
		}
	}
	delete(lengths, highWater*pageSize)
	delete(lengths, highWater*pageSize+1)
	path := filepath.Join(t.TempDir(), "tushum.db")
	for n, want := range lengths {
		if err := os.WriteFile(path, whole[:n], 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := bolt.Open(path, bolt.Options{Wait: patience})
		if store.CodeOf(err) != want {
			t.Fatalf("cut to %d bytes: %v, want %s", n, err, want)
		}
		if !bytes.Equal(readFile(t, path), whole[:n]) {
			t.Fatalf("cut to %d bytes: the file was changed", n)
		}
	}
	for _, n := range []int{highWater * pageSize, highWater*pageSize + 1, len(whole)} { // nothing that counts is missing
		if err := os.WriteFile(path, whole[:n], 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := bolt.Open(path, bolt.Options{Wait: patience})
		if must(t, s, err).Close() != nil {
			t.Fatal("not closed")
		}
	}
}

// rootOf finds the page size and the pages of the root and of the freelist, as
// the newer of the two first pages has them.
func rootOf(whole []byte) (size, root, freelist int) {
	ne := binary.NativeEndian
	size = int(ne.Uint32(whole[24:]))
	newest := whole[16:]
	if other := whole[size+16:]; ne.Uint64(other[48:]) > ne.Uint64(newest[48:]) {
		newest = other
	}
	return size, int(ne.Uint64(newest[16:])), int(ne.Uint64(newest[32:]))
}

// fatal makes the elements of the root lead out of the file: following them
// ends the process that does.
func fatal(whole []byte) []byte {
	ne := binary.NativeEndian
	b := bytes.Clone(whole)
	size, root, _ := rootOf(b)
	for i := range int(ne.Uint16(b[root*size+10:])) {
		ne.PutUint32(b[root*size+16+16*i+4:], 0x70000000)
	}
	return b
}

func TestDamagedHeadsAreRefused(t *testing.T) {
	t.Parallel()
	whole := readFile(t, aStore(t))
	ne := binary.NativeEndian
	size, root, freelist := rootOf(whole)
	if free := ne.Uint16(whole[freelist*size+10:]); free < 2 {
		t.Fatalf("the file has %d free pages", free)
	}
	for name, damage := range map[string]func(b []byte){
		"both root pages":          func(b []byte) { b[16+20] ^= 1; b[size+16+20] ^= 1 },
		"the root's page number":   func(b []byte) { b[root*size] ^= 1 },
		"the root's kind":          func(b []byte) { b[root*size+8] = 0x10 },
		"the freelist's kind":      func(b []byte) { b[freelist*size+8] = 0x02 },
		"the freelist's number":    func(b []byte) { b[freelist*size+3] ^= 0x80 },
		"the root full of nothing": func(b []byte) { clear(b[root*size+16 : (root+1)*size]) },
		"a root of many elements":  func(b []byte) { ne.PutUint16(b[root*size+10:], 0xFFFF) },
		"elements that lead away":  func(b []byte) { ne.PutUint32(b[root*size+16+4:], 0x7FFFFFFF) },
		"a freelist without end":   func(b []byte) { ne.PutUint16(b[freelist*size+10:], 0xFFFE) },
		"a freelist of very many":  func(b []byte) { ne.PutUint16(b[freelist*size+10:], 0xFFFF) },
		"a free first page":        func(b []byte) { ne.PutUint64(b[freelist*size+16:], 0) },
		"a free root":              func(b []byte) { ne.PutUint64(b[freelist*size+16:], uint64(root)) },
		"a free page free again":   func(b []byte) { copy(b[freelist*size+24:], b[freelist*size+16:freelist*size+24]) },
		"a freelist that is free":  func(b []byte) { ne.PutUint64(b[freelist*size+24:], uint64(freelist)) },
		"a free page of elsewhere": func(b []byte) { ne.PutUint64(b[freelist*size+24:], 1<<40) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := bytes.Clone(whole)
			damage(b)
			path := write(t, b)
			s, err := bolt.Open(path, bolt.Options{Wait: patience})
			if err == nil {
				_ = s.Close()
				t.Fatal("the file was opened")
			}
			if code := store.CodeOf(err); code != store.Damaged && code != store.NotAStore {
				t.Errorf("the answer is %v", err)
			}
			if !bytes.Equal(readFile(t, path), b) {
				t.Error("the file was changed")
			}
			if _, again := bolt.Open(path, bolt.Options{Wait: patience}); store.CodeOf(again) != store.CodeOf(err) {
				t.Errorf("the second time the answer is %v", again)
			}
		})
	}
}

func TestAMissingBucketIsRefused(t *testing.T) {
	t.Parallel()
	path := aStore(t)
	var names []string
	edit(t, path, func(tx *bbolt.Tx) error {
		return tx.ForEach(func(name []byte, _ *bbolt.Bucket) error { names = append(names, string(name)); return nil })
	})
	names = slices.DeleteFunc(names, func(name string) bool {
		return name == "tx.refund" || name == "tx.unsettled" || name == "invoice.counter" || strings.HasPrefix(name, "deal")
	}) // the first stores had them not
	if len(names) != 14 {
		t.Fatalf("the buckets are %q", names)
	}
	whole := readFile(t, path)
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := write(t, whole)
			edit(t, path, func(tx *bbolt.Tx) error { return tx.DeleteBucket([]byte(name)) })
			want := store.Damaged
			if name == "meta" {
				want = store.NotAStore
			}
			if err := os.Chmod(path, 0o600); err != nil {
				t.Fatal(err)
			}
			wantRefused(t, path, want)
			_, err := bolt.VerifyFile(t.Context(), path, nil)
			wantCode(t, err, want)
		})
	}
}

func TestANewerStoreIsRefused(t *testing.T) {
	t.Parallel()
	path := aStore(t)
	edit(t, path, func(tx *bbolt.Tx) error {
		return tx.Bucket([]byte("meta")).Put([]byte("schema"), binary.BigEndian.AppendUint64(nil, bolt.SchemaVersion+1))
	})
	wantRefused(t, path, store.Newer)
	_, err := bolt.VerifyFile(t.Context(), path, nil)
	wantCode(t, err, store.Newer)
}
