package list

import (
	"slices"

	tea "charm.land/bubbletea/v2"
)

// List is the window. While nobody has moved in it, it follows the newest row;
// from the first move on it reads: what is on the screen stays where it is, and
// new rows are counted instead.
type List[T any] struct {
	id     func(T) uint64
	stream *stream[T]
	height int // rows on the screen

	rows   []T      // without gaps, newest first
	above  []uint64 // the last row of each block that was let go of above rows, from the top
	top    uint64   // the first row of the first of those blocks
	offset int      // the first row on the screen, an index into rows
	cursor int      // an index into rows; notReading while following
	toEnd  int      // how many rows may yet be read on the way to the last one; zero: nobody goes there

	waiting map[uint64]bool    // rows that are not shown because somebody reads
	news    map[uint64]news[T] // of rows that may be in a batch on its way, which was read before

	asked    bool // rows below are on their way
	asking   bool // and some above
	started  bool // a first batch has come
	end      bool
	err      error
	errAbove error
}

const (
	notReading = -1
	block      = 500        // rows that are let go of and read again together
	mostRows   = 16 * block // rows held at once
	ahead      = 100        // rows read beyond the screen
)

// New makes an empty list of rows with those ids, which count up with time.
func New[T any](id func(T) uint64) *List[T] {
	l := &List[T]{id: id, height: 1}
	l.clear()
	return l
}

func (l *List[T]) clear() {
	*l = List[T]{
		id: l.id, height: l.height, cursor: notReading,
		waiting: make(map[uint64]bool), news: make(map[uint64]news[T]),
	}
}

// Load begins anew with a source, at the newest row.
func (l *List[T]) Load(src Source[T]) tea.Cmd {
	l.Close()
	l.clear()
	l.stream = start(src)
	return l.need()
}

// Close lets go of the source.
func (l *List[T]) Close() {
	if l.stream != nil {
		l.stream.cancel()
	}
}

// Resize tells how many rows the screen has.
func (l *List[T]) Resize(height int) tea.Cmd {
	l.height = max(1, height)
	l.hold()
	return l.need()
}

// need asks for rows when fewer than ahead are left above or below the screen.
func (l *List[T]) need() tea.Cmd {
	if l.stream == nil {
		return nil
	}
	if len(l.above) > 0 && l.offset < ahead && !l.asking {
		l.asking = true
		return l.stream.again(l.id, l.lastAbove(), l.top, l.id(l.rows[0]))
	}
	missing := max(l.offset+l.height+ahead-len(l.rows), min(l.toEnd, block))
	if l.end || l.asked || missing <= 0 {
		return nil
	}
	l.asked = true
	return l.stream.older(l.last(), max(missing, ahead))
}

// last is the id of the last row that is held; zero: there is none.
func (l *List[T]) last() uint64 {
	if len(l.rows) == 0 {
		return 0
	}
	return l.id(l.rows[len(l.rows)-1])
}

// lastAbove is the row before the block that is read again first; zero: that
// block is the newest.
func (l *List[T]) lastAbove() uint64 {
	if len(l.above) < 2 {
		return 0
	}
	return l.above[len(l.above)-2]
}

// Update takes a batch that belongs to this list.
func (l *List[T]) Update(msg tea.Msg) tea.Cmd {
	b, ok := msg.(Batch[T])
	if !ok || b.stream != l.stream || b.stream.ctx.Err() != nil {
		return nil
	}
	if b.above {
		l.asking = false
		l.prepend(b)
	} else {
		l.asked = false
		l.append(b)
	}
	if !l.asked && !l.asking {
		clear(l.news)
	}
	if b.above && b.err != nil {
		return nil // asked again at once it would fail again: the next move asks
	}
	return l.need()
}

func (l *List[T]) append(b Batch[T]) {
	if b.after != l.last() {
		return // the rows before these were let go of meanwhile
	}
	l.started, l.end, l.err = true, b.end, b.err
	before := b.after
	if before == 0 {
		before = ^uint64(0)
	}
	after := uint64(0)
	if n := len(b.rows); n > 0 && !b.end {
		after = l.id(b.rows[n-1])
	}
	rows := l.renew(b.rows, before, after)
	l.rows = append(l.rows, rows...)
	if l.toEnd > 0 {
		l.toEnd = max(0, l.toEnd-len(rows))
		l.cursor = len(l.rows) - 1
		l.hold()
	}
	l.dropAbove()
}

// prepend takes rows back that had been let go of.
func (l *List[T]) prepend(b Batch[T]) {
	if l.errAbove = b.err; b.err != nil || len(l.above) == 0 || b.before != l.id(l.rows[0]) {
		return // or others have been let go of since
	}
	before := b.after
	if before == 0 {
		before = l.top + 1
	}
	rows := l.renew(b.rows, before, b.before)
	l.above = l.above[:len(l.above)-1]
	l.rows = slices.Insert(l.rows, 0, rows...)
	l.offset += len(rows)
	if l.Reading() {
		l.cursor += len(rows)
	}
	l.dropBelow()
}

// dropAbove lets go of the rows furthest above the screen when too many are held.
func (l *List[T]) dropAbove() {
	for len(l.rows) > mostRows && l.offset > 2*block {
		if len(l.above) == 0 {
			l.top = l.id(l.rows[0])
		}
		// Blocks are told apart by ids, not counted: what is in them changes.
		l.above = append(l.above, l.id(l.rows[block-1]))
		l.rows = slices.Delete(l.rows, 0, block)
		l.offset -= block
		l.cursor = max(0, l.cursor-block)
	}
}

// dropBelow lets go of rows far below the screen; they are read again from there.
func (l *List[T]) dropBelow() {
	if len(l.rows) <= mostRows+block || l.offset+l.height >= mostRows {
		return
	}
	l.rows = slices.Delete(l.rows, mostRows, len(l.rows))
	l.end = false
}
