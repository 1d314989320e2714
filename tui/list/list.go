package list

import (
	"cmp"
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

	rows    []T      // without gaps, newest first
	base    int      // how many were dropped above rows
	marks   []uint64 // the id before the row with the index (i × block); the first is zero
	offset  int      // the first row on the screen, an index into rows
	cursor  int      // an index into rows; notReading while following
	waiting int      // new rows that are not shown
	newest  uint64   // the highest id that was ever held or counted as waiting

	asked   bool // a batch is on its way
	asking  bool // one of those is for rows above
	end     bool
	err     error
	started bool // a first batch has come
}

const (
	notReading = -1
	block      = 500        // rows that are dropped and read again together
	mostRows   = 16 * block // rows held at once
	ahead      = 100        // rows read beyond the screen

)

// New makes an empty list of rows with those ids, which count up with time.
func New[T any](id func(T) uint64) *List[T] { return &List[T]{id: id, cursor: notReading, height: 1} }

// Load begins anew with a source, at the newest row.
func (l *List[T]) Load(src Source[T]) tea.Cmd {
	l.Close()
	*l = List[T]{id: l.id, height: l.height, cursor: notReading, stream: start(src, l.id, 0), marks: []uint64{0}}
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

// need asks for rows when fewer than ahead are left below the screen.
func (l *List[T]) need() tea.Cmd {
	if l.stream == nil {
		return nil
	}
	if l.base > 0 && l.offset < ahead && !l.asking {
		l.asking = true
		last := (l.base - 1) / block
		return l.stream.again(l.marks[last], l.base-last*block)
	}
	missing := l.offset + l.height + ahead - len(l.rows)
	if l.end || l.asked || missing <= 0 {
		return nil
	}
	l.asked = true
	return l.stream.more(missing)
}

// walkOn begins a new walk behind the last row that is held.
func (l *List[T]) walkOn() {
	after := uint64(0)
	if n := len(l.rows); n > 0 {
		after = l.id(l.rows[n-1])
	}
	src := l.stream.src
	l.stream.cancel()
	l.stream, l.end, l.asking = start(src, l.id, after), false, false
}

// Update takes a batch that belongs to this list.
func (l *List[T]) Update(msg tea.Msg) tea.Cmd {
	b, ok := msg.(Batch[T])
	if !ok || b.stream != l.stream {
		return nil
	}
	if b.above {
		l.asking = false
		l.prepend(b)
		return l.need()
	}
	l.asked, l.started, l.end = false, true, b.end
	if b.err != nil {
		l.err = b.err
	}
	l.append(b.rows)
	return l.need()
}

func (l *List[T]) append(rows []T) {
	for _, row := range rows {
		l.newest = max(l.newest, l.id(row))
		if i, held := l.find(l.id(row)); held { // it came as news before the walk reached it
			l.rows[i] = row
			continue
		}
		l.rows = append(l.rows, row)
		if n := l.base + len(l.rows); n%block == 0 {
			l.marks = append(l.marks, l.id(row))
		}
	}
	l.dropAbove()
}

// dropAbove lets go of the rows furthest above the screen when too many are held.
func (l *List[T]) dropAbove() {
	for len(l.rows) > mostRows && l.offset > 2*block {
		n := block - l.base%block
		l.rows = slices.Delete(l.rows, 0, n)
		l.base += n
		l.offset -= n
		if l.cursor != notReading {
			l.cursor = max(0, l.cursor-n)
		}
	}
}

// prepend takes rows back that had been dropped.
func (l *List[T]) prepend(b Batch[T]) {
	if b.err != nil || len(b.rows) == 0 {
		l.err = b.err
		return
	}
	n := min(len(b.rows), l.base)
	l.rows = slices.Insert(l.rows, 0, b.rows[len(b.rows)-n:]...)
	l.base -= n
	l.offset += n
	if l.cursor != notReading {
		l.cursor += n
	}
	l.dropBelow()
}

// dropBelow lets go of rows far below the screen; the walk begins again there.
func (l *List[T]) dropBelow() {
	if len(l.rows) <= mostRows+block || l.asked {
		return
	}
	keep := (l.base+mostRows)/block*block - l.base
	if keep <= l.offset+l.height {
		return
	}
	l.rows = slices.Delete(l.rows, keep, len(l.rows))
	l.marks = l.marks[:(l.base+keep)/block+1]
	l.walkOn()
}

// find is where the row with an id is, or would be.
func (l *List[T]) find(id uint64) (int, bool) {
	return slices.BinarySearchFunc(l.rows, id, func(row T, id uint64) int { return cmp.Compare(id, l.id(row)) })
}

// Put takes a row that is new or has changed. A changed one is replaced where
// it stands. A new one goes to the top while following, and is counted while
// somebody reads.
func (l *List[T]) Put(row T) {
	id := l.id(row)
	i, held := l.find(id)
	switch {
	case held:
		l.rows[i] = row
	case i > 0 || l.base > 0 && len(l.rows) > 0 && id < l.id(l.rows[0]):
		// Older than the newest one held, and not among them: another filter's.
	case id <= l.newest:
		// It was let go of above.
	case l.Reading():
		l.waiting, l.newest = l.waiting+1, id
	case l.base == 0:
		l.newest = id
		l.rows = slices.Insert(l.rows, 0, row)
		l.shiftMarks()
	}
}

// shiftMarks keeps each mark the id of the last row of a block.
func (l *List[T]) shiftMarks() {
	for i := 1; i < len(l.marks); i++ {
		l.marks[i] = l.id(l.rows[i*block-1])
	}
	if n := len(l.rows); n%block == 0 {
		l.marks = append(l.marks, l.id(l.rows[n-1]))
	}
}
