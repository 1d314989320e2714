package tui

import (
	"context"
	"maps"
	"slices"

	tea "charm.land/bubbletea/v2"

	"tushum/store"
	"tushum/tui/list"
)

// rowsMsg are rows that were read again.
type rowsMsg struct {
	screen *invoicesScreen
	rows   []invoiceRow
	err    error
}

// batch takes rows that were found. What has been read again since they were is
// newer than they are.
func (s *invoicesScreen) batch(d *desk, msg list.Batch[invoiceRow]) tea.Cmd {
	cmd := s.list.Update(msg)
	if s.next != nil {
		cmd = tea.Batch(cmd, s.next.Update(msg))
		if !s.next.Loading() {
			cmd = tea.Batch(cmd, s.swap(d))
		}
	}
	if first, ok := s.list.First(); ok {
		s.newest = max(s.newest, first.Number)
	}
	for _, row := range s.news {
		s.place(d, row)
	}
	return cmd
}

// swap puts the list that was read anew in the place of the old one, unless
// somebody has begun to read there.
func (s *invoicesScreen) swap(d *desk) tea.Cmd {
	if s.list.Reading() {
		s.dropNext()
		return nil
	}
	s.list.Close()
	s.list, s.next = s.next, nil
	if s.again {
		return s.reload(d)
	}
	return nil
}

// happened reads again the rows that something happened to.
func (s *invoicesScreen) happened(d *desk, msg happenedMsg) tea.Cmd {
	if msg.flood {
		for _, row := range s.list.Shown() {
			s.due[row.Value.Number] = true
		}
		if !s.list.Reading() {
			return tea.Batch(s.reload(d), s.readDue(d))
		}
	}
	for _, h := range msg.all {
		if h.Number != 0 {
			s.due[h.Number] = true
		}
	}
	return s.readDue(d)
}

// readDue reads rows again, one reading at a time, so that an older answer never
// comes after a newer one.
func (s *invoicesScreen) readDue(d *desk) tea.Cmd {
	if s.reading || len(s.due) == 0 {
		return nil
	}
	ledger, numbers := d.Ledger, s.due
	s.reading, s.due = true, make(map[store.Number]bool)
	return func() tea.Msg {
		msg := rowsMsg{screen: s}
		for _, n := range slices.Sorted(maps.Keys(numbers)) { // new rows are counted in the order they came in
			inv, err := ledger.Invoice(context.Background(), n)
			if err == nil {
				var row invoiceRow
				row, err = rowOf(context.Background(), ledger, inv)
				msg.rows = append(msg.rows, row)
			}
			if err != nil {
				msg.err = err
			}
		}
		return msg
	}
}

// mostNews is how many rows may be remembered as read again before the list is
// loaded anew.
const mostNews = 4096

func (s *invoicesScreen) put(d *desk, msg rowsMsg) tea.Cmd {
	s.reading, s.err = false, msg.err
	moved := false
	for _, row := range msg.rows {
		s.news[row.Number] = row
		moved = s.place(d, row) || moved
	}
	switch {
	case s.list.Reading():
		return s.readDue(d)
	case len(s.news) > mostNews:
		return tea.Batch(s.load(d), s.readDue(d))
	case moved:
		return tea.Batch(s.reload(d), s.readDue(d))
	}
	return s.readDue(d)
}

// place puts a row into the list. moved tells that the filter now wants it on
// the screen, or no longer does, though it is not new: the list has to be read
// anew to show so. While somebody reads, a row stays where it is whatever has
// become of it.
func (s *invoicesScreen) place(d *desk, row invoiceRow) (moved bool) {
	if s.list.Loading() {
		return false // the first rows come before it
	}
	wanted, isNew := s.matches(d, row.Invoice), row.Number > s.newest
	first, ok := s.list.First()
	switch {
	case isNew && !wanted:
		return false
	case isNew:
		s.newest = row.Number
	case ok && row.Number > first.Number && s.list.Reading():
		return false // the list has let go of it, far above
	}
	shown, within := s.onScreen(row.Number)
	s.list.Put(row)
	return s.query.Status != 0 && !isNew && within && shown != wanted
}

// onScreen tells whether a row is on the screen, and whether it would be if it
// were in the list.
func (s *invoicesScreen) onScreen(n store.Number) (shown, within bool) {
	rows := s.list.Shown()
	for _, r := range rows {
		if r.Value.Number == n {
			return true, true
		}
		within = r.Value.Number < n
	}
	return false, within || len(rows) < s.room
}
