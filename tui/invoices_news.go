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

// batch takes rows that were found.
func (s *invoicesScreen) batch(d *desk, msg list.Batch[invoiceRow]) tea.Cmd {
	cmd := s.list.Update(msg)
	if s.next == nil {
		return cmd
	}
	cmd = tea.Batch(cmd, s.next.Update(msg))
	if s.next.Loading() {
		return cmd
	}
	return tea.Batch(cmd, s.swap(d))
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
	if msg.anew {
		s.outlived = s.reading
		clear(s.due)
		return s.load(d)
	}
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

func (s *invoicesScreen) put(d *desk, msg rowsMsg) tea.Cmd {
	outlived := s.outlived
	s.reading, s.outlived = false, false
	if outlived {
		return s.readDue(d)
	}
	s.err = msg.err
	gone := false
	for _, row := range msg.rows {
		gone = s.place(d, row) || gone
	}
	if gone && !s.list.Reading() {
		return tea.Batch(s.reload(d), s.readDue(d))
	}
	return s.readDue(d)
}

// place puts a row into the list, and into the one that is read to follow it.
// gone tells that it is on the screen though the filter no longer wants it: the
// list has to be read anew to be without it. While somebody reads, it stays.
func (s *invoicesScreen) place(d *desk, row invoiceRow) (gone bool) {
	put := (*list.List[invoiceRow]).Change
	wanted := s.matches(d, row.Invoice)
	if wanted {
		put = (*list.List[invoiceRow]).Put
	}
	put(s.list, row)
	if s.next != nil {
		put(s.next, row)
	}
	return !wanted && s.onScreen(row.Number)
}

func (s *invoicesScreen) onScreen(n store.Number) bool {
	return slices.ContainsFunc(s.list.Shown(), func(r list.Row[invoiceRow]) bool { return r.Value.Number == n })
}
