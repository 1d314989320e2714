package bolt

import (
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"io"
	"os"

	"tushum/store"
)

// What bbolt writes at the head of a file: two meta pages, each with a page
// header of 16 bytes and then the meta itself. bbolt maps a file before it
// looks, and panics or faults at one that was cut short; so look first.
const (
	pageHeader = 16
	metaLength = 64 // with the checksum
	boltMagic  = 0xED0CDAED
	boltFormat = 2

	flagBranch, flagLeaf, flagFreelist = 0x01, 0x02, 0x10

	manyElements = 0xFFFF // the count stands where the first element would
)

// boltMeta is the part of a meta page that tells whether the file is whole.
type boltMeta struct {
	pageSize        int64
	root, freelist  uint64
	highWater, txid uint64
}

// testFile refuses what must not be opened: links, files that are no bbolt
// file, and files that are shorter than they say themselves.
func testFile(path string) error {
	info, err := os.Lstat(path)
	if err != nil {
		return &store.Error{Code: store.Unusable, Err: err}
	}
	if !info.Mode().IsRegular() {
		return &store.Error{Code: store.NotAStore, Detail: path + " is not a regular file"}
	}
	f, err := os.Open(path)
	if err != nil {
		return &store.Error{Code: store.Unusable, Err: err}
	}
	defer f.Close()
	for tries := 1; ; tries++ {
		meta, err := testInside(f)
		if err == nil || tries == testTries {
			return err
		}
		if now, metaErr := newestMeta(f, info.Size()); metaErr != nil || now.txid == meta.txid {
			return err
		}
	}
}

// testTries is how often a file is tested that changes under the test: whoever
// holds it writes over pages that the root read a moment ago still needed.
const testTries = 10

// testInside tests the file by its newest root, and returns that root.
func testInside(f *os.File) (boltMeta, error) {
	info, err := f.Stat()
	if err != nil {
		return boltMeta{}, &store.Error{Code: store.Unusable, Err: err}
	}
	meta, err := newestMeta(f, info.Size())
	if err != nil {
		return meta, err
	}
	return meta, testPages(f, meta, info.Size())
}

// testPages tests that the file is as long as the root says, and that the pages
// that opening needs are what they should be.
func testPages(f io.ReaderAt, meta boltMeta, size int64) error {
	if need := int64(meta.highWater) * meta.pageSize; size < need {
		return &store.Error{Code: store.Damaged, Detail: fmt.Sprintf("the file has %d bytes of at least %d: it was cut short", size, need)}
	}
	if err := testPage(f, meta, meta.root, flagBranch|flagLeaf); err != nil {
		return err
	}
	if err := testPage(f, meta, meta.freelist, flagFreelist); err != nil {
		return err
	}
	return testFreelist(f, meta)
}

// newestMeta finds the valid meta page with the higher transaction number. The
// second one lies a page further on, and only the first can tell how far that
// is; so all sizes are tried.
func newestMeta(f io.ReaderAt, size int64) (boltMeta, error) {
	if size < 2*1024 {
		return boltMeta{}, &store.Error{Code: store.NotAStore, Detail: "the file is too short to be a store"}
	}
	best, found, magic := boltMeta{}, false, false
	for _, at := range []int64{0, 1024, 2048, 4096, 8192, 16384, 32768, 65536} {
		m, isBolt, err := readMeta(f, at)
		magic = magic || isBolt
		if err != nil || (at != 0 && at != m.pageSize) {
			continue
		}
		if !found || m.txid > best.txid {
			best, found = m, true
		}
	}
	switch {
	case found:
		return best, nil
	case magic:
		return boltMeta{}, &store.Error{Code: store.Damaged, Detail: "both root pages are damaged"}
	}
	return boltMeta{}, &store.Error{Code: store.NotAStore, Detail: "it is no bbolt file"}
}

func readMeta(f io.ReaderAt, at int64) (m boltMeta, isBolt bool, err error) {
	b := make([]byte, metaLength)
	if _, err := f.ReadAt(b, at+pageHeader); err != nil {
		return m, false, err
	}
	ne := binary.NativeEndian
	isBolt = ne.Uint32(b) == boltMagic
	sum := fnv.New64a()
	sum.Write(b[:metaLength-8])
	if !isBolt || ne.Uint32(b[4:]) != boltFormat || sum.Sum64() != ne.Uint64(b[metaLength-8:]) {
		return m, isBolt, fmt.Errorf("no root page at %d", at)
	}
	return boltMeta{
		pageSize: int64(ne.Uint32(b[8:])), root: ne.Uint64(b[16:]), freelist: ne.Uint64(b[32:]),
		highWater: ne.Uint64(b[40:]), txid: ne.Uint64(b[48:]),
	}, true, nil
}

// noFreelist marks a file that was written without its list of free pages.
const noFreelist = ^uint64(0)

// testPage looks whether a page that opening needs is where the meta says.
func testPage(f io.ReaderAt, m boltMeta, page uint64, flags uint16) error {
	if page == noFreelist && flags == flagFreelist {
		return nil
	}
	b := make([]byte, pageHeader)
	if page >= m.highWater || m.pageSize <= 0 {
		return &store.Error{Code: store.Damaged, Detail: fmt.Sprintf("page %d lies outside the file", page)}
	}
	if _, err := f.ReadAt(b, int64(page)*m.pageSize); err != nil {
		return &store.Error{Code: store.Damaged, Err: err}
	}
	ne := binary.NativeEndian
	if ne.Uint64(b) != page || ne.Uint16(b[8:])&flags == 0 {
		return &store.Error{Code: store.Damaged, Detail: fmt.Sprintf("page %d is not what it should be", page)}
	}
	return nil
}

// testFreelist looks whether the pages that the next commit may write over can
// be free at all. bbolt takes the list as it is.
func testFreelist(f io.ReaderAt, m boltMeta) error {
	if m.freelist == noFreelist {
		return nil
	}
	wrong := &store.Error{Code: store.Damaged, Detail: "the list of free pages is wrong"}
	head := make([]byte, pageHeader+8)
	if _, err := f.ReadAt(head, int64(m.freelist)*m.pageSize); err != nil {
		return &store.Error{Code: store.Damaged, Err: err}
	}
	ne := binary.NativeEndian
	at, count := int64(pageHeader), uint64(ne.Uint16(head[10:]))
	if count == manyElements {
		at, count = pageHeader+8, ne.Uint64(head[pageHeader:])
	}
	pages := uint64(ne.Uint32(head[12:])) + 1
	if m.freelist+pages > m.highWater || count > (pages*uint64(m.pageSize)-uint64(at))/8 {
		return wrong
	}
	ids := make([]byte, 8*count)
	if _, err := f.ReadAt(ids, int64(m.freelist)*m.pageSize+at); err != nil {
		return &store.Error{Code: store.Damaged, Err: err}
	}
	last := uint64(1) // the root pages are 0 and 1
	for ; len(ids) > 0; ids = ids[8:] {
		id := ne.Uint64(ids)
		if id <= last || id >= m.highWater || id == m.root || id >= m.freelist && id < m.freelist+pages {
			return wrong
		}
		last = id
	}
	return nil
}
