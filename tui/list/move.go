package list

import tea "charm.land/bubbletea/v2"

// Reading tells whether somebody has moved in the list, so that nothing may
// shift under their eyes.
func (l *List[T]) Reading() bool { return l.cursor != notReading }

// Move moves the cursor by rows, up when negative. The first move downwards
// selects the first row that is shown.
func (l *List[T]) Move(by int) tea.Cmd {
	l.toEnd = 0
	switch {
	case len(l.rows) == 0:
		return nil
	case l.Reading():
		l.cursor = max(0, l.cursor+by)
	case by > 0:
		l.cursor = l.offset + by - 1
	default:
		return nil
	}
	l.hold()
	return l.need()
}

// Page moves the cursor by screens, up when negative.
func (l *List[T]) Page(by int) tea.Cmd {
	if len(l.rows) == 0 || !l.Reading() && by <= 0 {
		return nil
	}
	if !l.Reading() {
		l.cursor = l.offset
	}
	l.offset += by * l.height
	return l.Move(by * l.height)
}

// Follow goes to the newest row and stays with it. Where rows are missing at
// the top the list is read anew.
func (l *List[T]) Follow() tea.Cmd {
	if l.stream == nil {
		return nil
	}
	if len(l.above) > 0 || len(l.waiting) > 0 {
		return l.Load(l.stream.src)
	}
	l.cursor, l.offset, l.toEnd = notReading, 0, 0
	return l.need()
}

// Last goes to the last row. Where many have yet to be read it stays with the
// last one as they come, until the next move or until mostRows have come.
func (l *List[T]) Last() tea.Cmd {
	if len(l.rows) == 0 {
		return nil
	}
	l.cursor = len(l.rows) - 1
	l.hold()
	if !l.end {
		l.toEnd = mostRows
	}
	return l.need()
}

// hold keeps the cursor on a row, and the row on the screen.
func (l *List[T]) hold() {
	if l.Reading() {
		l.cursor = min(max(l.cursor, 0), len(l.rows)-1) // notReading again when there is none
	}
	if l.Reading() {
		l.offset = min(max(l.offset, l.cursor-l.height+1), l.cursor)
	}
	l.offset = max(0, min(l.offset, len(l.rows)-l.height))
}
