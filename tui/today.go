package tui

import (
	"strconv"

	tea "charm.land/bubbletea/v2"

	"tushum/internal/lang"
	"tushum/store"
	"tushum/tui/keys"
	"tushum/tui/list"
	"tushum/tui/look"
)

// todayScreen is what the shop looks at all day: the takings of a business day,
// and under them the payments as they come.
type todayScreen struct {
	list     *list.List[payment]
	begun    bool // the list has been asked for
	filter   todayFilter
	takings  takings
	readNo   int                 // how often a day was read; only the last answer counts
	asked    store.Date          // the day whose takings are being read; zero: none
	missed   []store.Transaction // what came meanwhile
	summing  bool                // its sums are being read again
	stale    bool                // and once more after that
	known    []string            // sources that were ever met, sorted
	fresh    map[uint64]bool     // payments by Seq that came and were not looked at
	detail   *transactionScreen
	detailed uint64 // the Seq of what detail shows
	width    int
	height   int
}

func newToday() *todayScreen {
	return &todayScreen{list: newPaymentList(), fresh: make(map[uint64]bool)}
}

func newPaymentList() *list.List[payment] { return list.New(payment.seq) }

func (s *todayScreen) title(d *desk) string {
	name := d.say(todayTitle)
	if s.filter.day != 0 {
		name = dayShort(d, s.filter.day)
	}
	if n := len(s.fresh); n > 0 {
		name += " " + d.theme.Signs.Fresh + " " + strconv.Itoa(n)
	}
	return name
}

// scopes put what can be done with the selected payment first.
func (s *todayScreen) scopes(*desk) []keys.Scope {
	switch {
	case s.list.Reading():
		return []keys.Scope{keys.Lists, keys.Transaction, keys.Today}
	case s.detail != nil:
		return []keys.Scope{keys.Today, keys.Lists, keys.Transaction}
	}
	return []keys.Scope{keys.Today, keys.Lists}
}

func (s *todayScreen) show(d *desk) tea.Cmd {
	if s.begun {
		return tea.Batch(s.follow(d), s.inspect(d))
	}
	s.begun = true
	return tea.Batch(s.load(d), s.readDay(d))
}

// load reads the list anew, as the filter has it.
func (s *todayScreen) load(d *desk) tea.Cmd {
	return tea.Batch(s.list.Load(s.filter.find(d.Ledger)), s.inspect(d))
}

func (s *todayScreen) update(d *desk, msg tea.Msg) tea.Cmd {
	var cmds []tea.Cmd
	if s.detail != nil {
		cmds = append(cmds, s.detail.update(d, msg))
	}
	switch msg := msg.(type) {
	case list.Batch[payment]:
		cmds = append(cmds, s.list.Update(msg))
	case takingsMsg:
		if msg.screen == s {
			cmds = append(cmds, s.takeTakings(d, msg))
		}
	case sumsMsg:
		if msg.screen == s {
			cmds = append(cmds, s.takeSums(d, msg))
		}
	case rereadMsg:
		if msg.list == s.list {
			cmds = append(cmds, s.takeReread(d, msg))
		}
	case dayChosenMsg:
		if msg.screen == s {
			cmds = append(cmds, s.goTo(d, msg.day))
		}
	case happenedMsg:
		cmds = append(cmds, s.happened(d, msg))
	case minuteMsg:
		cmds = append(cmds, s.minute(d))
	}
	return tea.Batch(append(cmds, s.inspect(d))...)
}

// minute switches to a new business day, and tries again what could not be read.
func (s *todayScreen) minute(d *desk) tea.Cmd {
	cmds := []tea.Cmd{s.follow(d)}
	if s.takings.err != nil && s.asked == 0 {
		cmds = append(cmds, s.readDay(d))
	}
	if s.list.Err() != nil && !s.list.Reading() {
		cmds = append(cmds, s.load(d))
	}
	return tea.Batch(cmds...)
}

// happened takes what the ledger did since.
func (s *todayScreen) happened(d *desk, msg happenedMsg) tea.Cmd {
	if !s.begun {
		return nil
	}
	switch {
	case msg.anew:
		return s.startOver(d)
	case msg.flood:
		return tea.Batch(s.readDay(d), s.reread(d))
	}
	told := false
	for _, h := range msg.all {
		if h.Transaction.Seq == 0 {
			continue
		}
		told = true
		s.put(d, payment{h.Transaction, h.Invoice})
		s.takings.take(h.Transaction)
		if s.asked != 0 {
			s.missed = append(s.missed, h.Transaction)
		}
		if h.Type == store.TransactionConfirmed && h.By != d.Seat {
			s.fresh[h.Transaction.Seq] = true
		}
	}
	if !told {
		return nil
	}
	return s.readSums(d)
}

// startOver forgets all payments: those of a restored store are others, though
// they may have the same numbers.
func (s *todayScreen) startOver(d *desk) tea.Cmd {
	s.list.Close()
	s.list, s.detail = newPaymentList(), nil
	s.takings, s.known = takings{}, nil
	clear(s.fresh)
	return tea.Batch(s.list.Resize(planToday(s.width, s.height).rows), s.load(d), s.readDay(d))
}

// put brings a payment into the list: to its place where it is held, to the top
// where it is new and the filter wants it.
func (s *todayScreen) put(d *desk, p payment) {
	if s.filter.wants(p, d.now(), d.rules().TransactionTTL) {
		s.list.Put(p)
	} else {
		s.list.Change(p)
	}
}

// witnessed looks away the marks of what is on the screen.
func (s *todayScreen) witnessed() {
	if len(s.fresh) == 0 {
		return
	}
	for _, row := range s.list.Shown() {
		delete(s.fresh, row.Value.Seq)
	}
}

// leave goes back to the newest row, and then to all of them.
func (s *todayScreen) leave(d *desk) tea.Cmd {
	switch {
	case s.list.Reading():
		return tea.Batch(s.list.Follow(), s.inspect(d), stay)
	case s.filter.set():
		s.filter = todayFilter{}
		return tea.Batch(s.load(d), s.follow(d), stay)
	}
	return nil
}

// stay is the command of a screen that has done something and is not left.
func stay() tea.Msg { return nil }

func (s *todayScreen) act(d *desk, a keys.Action) tea.Cmd {
	cmd, _ := moveIn(s.list, a)
	switch a {
	case keys.Newest:
		clear(s.fresh)
		if cmd = s.list.Follow(); s.list.Err() != nil {
			cmd = s.load(d)
		}
	case keys.Open:
		if p, ok := s.list.Selected(); ok {
			return d.push(newTransaction(d, p.Transaction))
		}
	case keys.ToDecide:
		return s.openUndecided(d)
	case keys.ByStatus, keys.BySource, keys.ByDay, keys.PrevDay, keys.NextDay:
		return s.choose(d, a)
	default:
		if b, _ := keys.Of(a); b.Works(keys.Transaction) && s.detail != nil {
			return s.detail.act(d, a)
		}
	}
	return tea.Batch(cmd, s.inspect(d))
}

func (s *todayScreen) why(d *desk, a keys.Action) lang.Text {
	b, _ := keys.Of(a)
	switch {
	case a == keys.Open || b.Works(keys.Transaction):
		// Not the newest one: another might come while the key goes down.
		if !s.list.Reading() {
			return selectPayment
		}
		if a != keys.Open && s.detail != nil {
			return s.detail.why(d, a)
		}
	case a == keys.NextDay && (s.filter.day == 0 || s.filter.day >= d.today()):
		return noLaterDay
	case a == keys.ToDecide && len(s.takings.undecided) == 0:
		return nothingToDecide
	case a == keys.BySource && len(s.known) == 0:
		return noSourceYet
	}
	return lang.Text{}
}

// inspect keeps the details of the selected payment, and in a wide window of the
// newest one.
func (s *todayScreen) inspect(d *desk) tea.Cmd {
	p, ok := s.list.Selected()
	if !ok && s.width >= splitWidth {
		p, ok = s.list.First()
	}
	if !ok {
		s.detail = nil
		return nil
	}
	if s.detail != nil && s.detailed == p.Seq {
		return nil
	}
	s.detail, s.detailed = newTransaction(d, p.Transaction), p.Seq
	return s.detail.show(d)
}

func (s *todayScreen) close() { s.list.Close() }

func (s *todayScreen) resized(d *desk, w, h int) tea.Cmd {
	s.width, s.height = w, h
	return tea.Batch(s.list.Resize(planToday(w, h).rows), s.inspect(d))
}

func (s *todayScreen) view(d *desk, w, h int) string {
	plan := planToday(w, h)
	lines := s.panel(d, plan)
	if plan.rule {
		lines = append(lines, s.ruleLine(d, w))
	}
	body := s.rows(d, plan)
	if plan.side > 0 {
		body = s.beside(d, body, plan)
	}
	return look.Block(append(lines, body...), w, h)
}

var (
	todayTitle    = lang.Text{UZ: "Bugun", RU: "Сегодня", EN: "Today"}
	selectPayment = lang.Text{UZ: "avval ↓ bilan to‘lovni tanlang", RU: "сначала выберите платёж клавишей ↓", EN: "select a payment with ↓ first"}
	noLaterDay    = lang.Text{UZ: "bugungi kun — oxirgisi", RU: "это уже сегодня: позже дней нет", EN: "this is today: there is no later day"}
	noSourceYet   = lang.Text{UZ: "hali hech qanday usulda to‘lanmagan", RU: "ещё не было ни одного способа оплаты", EN: "nothing has been paid in any way yet"}
)
