package list

import (
	"cmp"
	"slices"
)

// news is what became of a row while rows were read.
type news[T any] struct {
	row    T
	wanted bool // the filter wants it
}

// find is where the row with an id is in rows, or would be.
func (l *List[T]) find(rows []T, id uint64) (int, bool) {
	return slices.BinarySearchFunc(rows, id, func(row T, id uint64) int { return cmp.Compare(id, l.id(row)) })
}

// Put takes a row that is new or has changed, and that the filter of the source
// wants; one that it does not want any more may be given for as long as Holds
// tells that it is there. A row that is held is replaced where it stands. Any
// other goes to its place while following, and waits while somebody reads. What
// the source has yet to find is left to it.
func (l *List[T]) Put(row T) {
	id := l.id(row)
	i, held := l.find(l.rows, id)
	switch {
	case held:
		l.rows[i] = row
	case l.unread(i, id):
		l.remember(row, true)
	case !l.Reading():
		l.rows = slices.Insert(l.rows, i, row)
		l.dropBelow()
	case len(l.waiting) < mostRows:
		l.waiting[id] = true
	}
}

// Change takes a row that has changed and that the filter does not want. Where
// it is held it stays, as it is now; else it does not come in, also where a batch
// on its way has it.
func (l *List[T]) Change(row T) {
	id := l.id(row)
	delete(l.waiting, id)
	if i, held := l.find(l.rows, id); held {
		l.rows[i] = row
	} else if l.unread(i, id) {
		l.remember(row, false)
	}
}

// unread tells whether a row that would stand at the index i is where rows are
// read yet, or again.
func (l *List[T]) unread(i int, id uint64) bool {
	switch {
	case l.stream == nil:
		return false
	case !l.started:
		return true
	case i == 0 && len(l.above) > 0:
		return id <= l.top
	}
	return i == len(l.rows) && !l.end
}

// remember keeps a row for a batch that was asked for before it came. One that
// is asked for later has it.
func (l *List[T]) remember(row T, wanted bool) {
	if l.asked || l.asking {
		l.news[l.id(row)] = news[T]{row, wanted}
	}
}

// renew has the news win over rows that were read before them, from the id after
// on and before the id before.
func (l *List[T]) renew(rows []T, before, after uint64) []T {
	for id, n := range l.news {
		if id >= before || id < after {
			continue
		}
		delete(l.news, id)
		i, found := l.find(rows, id)
		switch {
		case !found && n.wanted:
			rows = slices.Insert(rows, i, n.row)
		case found && n.wanted:
			rows[i] = n.row
		case found:
			rows = slices.Delete(rows, i, i+1)
		}
	}
	for _, row := range rows {
		delete(l.waiting, l.id(row))
	}
	return rows
}
