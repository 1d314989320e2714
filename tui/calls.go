package tui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"tushum/internal/lang"
	"tushum/store"
	"tushum/tui/keys"
	"tushum/tui/list"
)

// callsScreen is the wire journal, as it grows.
type callsScreen struct {
	list   *list.List[callRow]
	query  store.CallQuery
	opened bool

	news    []store.Call // calls that came and are no rows yet, oldest first
	reading bool         // some of those are being read
	loads   int          // how often the list began anew
}

type (
	// callNewsMsg are calls that came, as rows.
	callNewsMsg struct {
		screen *callsScreen
		loads  int
		rows   []callRow
	}
)

func newCalls() *callsScreen {
	return &callsScreen{list: list.New(func(r callRow) uint64 { return r.Seq })}
}

func (s *callsScreen) title(d *desk) string { return d.say(callsTitle) }

func (s *callsScreen) scopes(*desk) []keys.Scope {
	return []keys.Scope{keys.Lists, keys.Calls, keys.Call}
}

func (s *callsScreen) show(d *desk) tea.Cmd {
	if s.opened {
		return nil
	}
	s.opened = true
	return s.load(d)
}

func (s *callsScreen) close() { s.list.Close() }

func (s *callsScreen) resized(_ *desk, w, h int) tea.Cmd {
	return s.list.Resize(newCallsPlan(w, h).rows)
}

func (s *callsScreen) load(d *desk) tea.Cmd {
	s.news, s.reading = nil, false
	s.loads++
	return s.list.Load(callRows(d.Ledger, s.query))
}

func (s *callsScreen) search(d *desk, words string) tea.Cmd {
	s.query.Search = words
	return s.load(d)
}

func (s *callsScreen) sought() string { return s.query.Search }

// leave ends the reading, and then the filter.
func (s *callsScreen) leave(d *desk) tea.Cmd {
	switch {
	case s.list.Reading():
		return tea.Batch(s.list.Follow(), stay)
	case s.filtered():
		s.query = store.CallQuery{}
		return tea.Batch(s.load(d), stay)
	}
	return nil
}

func (s *callsScreen) filtered() bool { return s.query != store.CallQuery{} }

func (s *callsScreen) update(d *desk, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case list.Batch[callRow]:
		return s.list.Update(msg)
	case happenedMsg:
		return s.happened(d, msg)
	case minuteMsg:
		if s.list.Err() != nil && !s.list.Reading() {
			return s.load(d)
		}
	case callNewsMsg:
		if msg.screen == s && msg.loads == s.loads {
			return s.put(d, msg.rows)
		}
	case visitMsg:
		return d.visit(s, msg)
	}
	return nil
}

// happened takes the calls that came. Where they are too many to be told one
// by one, the list begins anew, unless somebody reads: then the last of them are
// counted, which are those that were told.
func (s *callsScreen) happened(d *desk, msg happenedMsg) tea.Cmd {
	many := msg.flood || len(msg.calls) >= mostEvents
	switch {
	case !s.opened:
		return nil
	case msg.anew, many && !s.list.Reading():
		return s.load(d)
	}
	for _, c := range msg.calls {
		if asks(s.query, c) {
			s.news = append(s.news, c)
		}
	}
	return s.readNews(d)
}

// readNews makes rows of the calls that came, in their order: one batch at a time.
func (s *callsScreen) readNews(d *desk) tea.Cmd {
	if s.reading || len(s.news) == 0 {
		return nil
	}
	msg, calls, ledger := callNewsMsg{screen: s, loads: s.loads}, s.news, d.Ledger
	s.reading, s.news = true, nil
	return func() tea.Msg {
		for _, c := range calls {
			msg.rows = append(msg.rows, readCall(context.Background(), ledger, c))
		}
		return msg
	}
}

func (s *callsScreen) put(d *desk, rows []callRow) tea.Cmd {
	s.reading = false
	for _, row := range rows {
		s.list.Put(row)
	}
	return s.readNews(d)
}

func (s *callsScreen) act(d *desk, a keys.Action) tea.Cmd {
	if cmd, moved := moveIn(s.list, a); moved {
		return cmd
	}
	switch a {
	case keys.Newest:
		if s.list.Err() != nil {
			return s.load(d)
		}
		return s.list.Follow()
	case keys.Refused:
		s.query.Refused = !s.query.Refused
		return s.load(d)
	}
	row, ok := s.list.Selected()
	switch {
	case !ok:
		return nil
	case a == keys.Open:
		return d.push(newCall(d, row.Call))
	}
	return d.actOnCall(s, a, row)
}

func (s *callsScreen) why(_ *desk, a keys.Action) (none lang.Text) {
	switch a {
	case keys.Open, keys.ToInvoice, keys.ToPayment, keys.Raw:
		row, ok := s.list.Selected()
		if !ok {
			return selectCallFirst
		}
		return whyNotOnCall(a, row)
	}
	return none
}

var (
	callsTitle      = lang.Text{UZ: "So‘rovlar", RU: "Запросы", EN: "Calls"}
	selectCallFirst = lang.Text{UZ: "avval ↓ bilan so‘rovni tanlang", RU: "сначала выберите запрос клавишей ↓", EN: "select a call with ↓ first"}
)
