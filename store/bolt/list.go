package bolt

import (
	"bytes"
	"context"
	"iter"
	"math"
	"time"

	bolt "go.etcd.io/bbolt"
)

// A list is read in steps, each of them a view that is over soon: one of a million
// records never holds up the writer, and what is found is shown on the way.
const (
	stepTime   = 2 * time.Millisecond
	stepLength = 8192 // records at most
	stepGlance = 64   // records between two looks at the clock
)

// finder goes through the records of one query from the newest to the oldest.
// It remembers where it stands from one view to the next.
type finder[T any] interface {
	// seek takes up in a view what another has left.
	seek(tx *readTx) error
	// look takes one record and adds it to found where the query asks for it;
	// more is false when there was none to look at.
	look(found *[]T) (more bool, err error)
}

// find makes a list of the query that begin begins. Limit is how many may be
// found; zero: all.
func find[T any](ctx context.Context, s *Store, limit int, begin func() finder[T]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var (
			none  T
			found []T
			left  = limit
			f     = begin()
		)
		for more := true; more; {
			var failed error
			err := s.view(ctx, func(tx *readTx) error {
				found, more, failed = step(tx, f, found[:0], left)
				return nil
			})
			if err != nil { // what was found may not be on disk: nobody is told of it
				yield(none, err)
				return
			}
			for _, v := range found {
				if err := ctx.Err(); err != nil {
					yield(none, err)
					return
				}
				if !yield(v, nil) {
					return
				}
			}
			if failed != nil {
				yield(none, failed)
				return
			}
			left -= len(found)
		}
	}
}

// step looks for a while, until left are found; zero or less is no bound. more
// tells that there may be others. With an error comes what was found before it.
func step[T any](tx *readTx, f finder[T], found []T, left int) (_ []T, more bool, err error) {
	if err := f.seek(tx); err != nil {
		return found, false, err
	}
	end := time.Now().Add(stepTime)
	for i := 1; i <= stepLength; i++ {
		if more, err := f.look(&found); err != nil || !more {
			return found, false, err
		}
		if left > 0 && len(found) == left {
			return found, false, nil
		}
		if i%stepGlance == 0 && time.Now().After(end) {
			break
		}
	}
	return found, true, nil
}

// collect makes a slice of a list. With an error comes none of it.
func collect[T any](list iter.Seq2[T, error]) (all []T, err error) {
	for v, err := range list {
		if err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	return all, nil
}

// backward walks the keys with a prefix from high to low.
type backward struct {
	c      *bolt.Cursor
	prefix []byte
	key    []byte // nil at the end
	value  []byte // the record where the bucket holds records; empty in an index
}

// walkBack starts below prefix+below; a nil below means at the end of the prefix.
func walkBack(b *bolt.Bucket, prefix, below []byte) *backward {
	w := &backward{c: b.Cursor(), prefix: prefix}
	limit := append(bytes.Clone(prefix), below...)
	if below == nil {
		limit = successor(prefix)
	}
	var k []byte
	if limit != nil {
		k, _ = w.c.Seek(limit)
	}
	if k == nil {
		w.set(w.c.Last())
	} else {
		w.set(w.c.Prev())
	}
	return w
}

func (w *backward) set(k, v []byte) {
	w.key, w.value = nil, nil
	if bytes.HasPrefix(k, w.prefix) {
		w.key, w.value = k, v
	}
}

func (w *backward) suffix() []byte { return w.key[len(w.prefix):] }

func (w *backward) next() { w.set(w.c.Prev()) }

// successor is the least key above all that begin with prefix; nil for none.
func successor(prefix []byte) []byte {
	s := bytes.Clone(prefix)
	for i := len(s) - 1; i >= 0; i-- {
		if s[i] < math.MaxUint8 {
			s[i]++
			return s[:i+1]
		}
	}
	return nil
}

// merged walks several ranges as one, ordered by what follows their prefixes.
type merged []*backward

func (m merged) top() *backward {
	var top *backward
	for _, w := range m {
		if w.key != nil && (top == nil || bytes.Compare(w.suffix(), top.suffix()) > 0) {
			top = w
		}
	}
	return top
}
