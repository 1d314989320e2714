package list

import "cmp"

// Row is one row on the screen.
type Row[T any] struct {
	Value    T
	Selected bool
}

// Shown are the rows on the screen, from the top.
func (l *List[T]) Shown() []Row[T] {
	end := min(len(l.rows), l.offset+l.height)
	shown := make([]Row[T], 0, max(0, end-l.offset))
	for i := l.offset; i < end; i++ {
		shown = append(shown, Row[T]{l.rows[i], i == l.cursor})
	}
	return shown
}

// Selected is the row under the cursor; there is none while following.
func (l *List[T]) Selected() (row T, ok bool) {
	if !l.Reading() {
		return row, false
	}
	return l.rows[l.cursor], true
}

// First is the newest row that is held; ok is false when there is none.
func (l *List[T]) First() (row T, ok bool) {
	if len(l.rows) == 0 {
		return row, false
	}
	return l.rows[0], true
}

// Waiting counts the new rows that are not shown because somebody reads.
// It counts no further than mostRows.
func (l *List[T]) Waiting() int { return len(l.waiting) }

// Above tells whether rows come before the first one on the screen.
func (l *List[T]) Above() bool { return len(l.above) > 0 || l.offset > 0 }

// Below tells whether rows follow the last one on the screen, as far as is known.
func (l *List[T]) Below() bool { return l.offset+l.height < len(l.rows) || !l.end }

// Loading tells that nothing has come yet.
func (l *List[T]) Loading() bool { return l.stream != nil && !l.started }

// Searching tells that rows are looked for now.
func (l *List[T]) Searching() bool { return l.asked }

// Empty tells that there is no row at all.
func (l *List[T]) Empty() bool { return l.started && l.end && len(l.rows) == 0 }

// Err is why the rows could not be read; nil when they could.
func (l *List[T]) Err() error { return cmp.Or(l.err, l.errAbove) }

// Count is how many rows have been read so far, as far as they stand above one
// another still; all tells that there are no others.
func (l *List[T]) Count() (n int, all bool) { return len(l.above)*block + len(l.rows), l.end }

// Holds tells whether the row with an id is held, or about to be.
func (l *List[T]) Holds(id uint64) bool {
	_, held := l.find(l.rows, id)
	return held || l.news[id].wanted
}
