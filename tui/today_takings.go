package tui

import (
	"cmp"
	"context"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"tushum/internal/money"
	"tushum/store"
)

// dayHours is how many bars a day has.
const dayHours = 24

// takings are what came in on one business day. The sums are the ledger's own;
// the hours and what is being paid now are counted from its transactions.
type takings struct {
	day    store.Date // zero: nothing was read yet
	sums   []store.Total
	err    error // why it could not be read
	rules  store.Rules
	hours  [dayHours]int64 // tiyin, reversals taken off
	counts map[uint64]hourly
	live   map[uint64]store.Instant // being paid, and when that ends
}

// hourly is what one transaction adds to the hours; -1 for none.
type hourly struct {
	amount   money.Amount
	in, back int
}

type (
	// takingsMsg is a day as it was read.
	takingsMsg struct {
		screen  *todayScreen
		takings takings
		known   []string
	}
	// sumsMsg are the sums of a day as they were read again.
	sumsMsg struct {
		screen *todayScreen
		day    store.Date
		sums   []store.Total
		err    error
	}
)

// shownDay is the business day whose takings are shown.
func (s *todayScreen) shownDay(d *desk) store.Date {
	if s.filter.day != 0 {
		return s.filter.day
	}
	return d.today()
}

// follow reads the day that is to be shown, if that is another one now.
func (s *todayScreen) follow(d *desk) tea.Cmd {
	day := s.shownDay(d)
	if s.begun && day != s.takings.day && day != s.asked {
		return s.readDay(d)
	}
	return nil
}

// readDay reads the takings of the shown day.
func (s *todayScreen) readDay(d *desk) tea.Cmd {
	ledger, day := d.Ledger, s.shownDay(d)
	s.asked, s.missed = day, nil
	return func() tea.Msg {
		t, known := readTakings(ledger, day)
		return takingsMsg{s, t, known}
	}
}

func readTakings(ledger Ledger, day store.Date) (t takings, known []string) {
	ctx := context.Background()
	t = newTakings(day, ledger.Rules())
	year, err := ledger.Totals(ctx, day-10_000, day) // dates are yyyymmdd: a year before
	if err != nil {
		t.err = err
		return t, nil
	}
	for _, total := range year {
		if total.Day == day {
			t.sums = append(t.sums, total)
		}
		known = append(known, total.Source)
	}
	q := store.TransactionQuery{From: t.earliest(), To: day}
	for tx, err := range ledger.FindTransactions(ctx, q) {
		if err != nil {
			t.err = err
			return t, known
		}
		t.take(tx)
	}
	return t, known
}

func newTakings(day store.Date, rules store.Rules) takings {
	return takings{day: day, rules: rules, counts: make(map[uint64]hourly), live: make(map[uint64]store.Instant)}
}

// earliest is the day on which a payment may have begun that was confirmed on
// this one.
func (t *takings) earliest() store.Date {
	return daysBefore(t.day, 1+int(t.rules.TransactionTTL/(24*time.Hour)))
}

// take counts a transaction as it stands now, in place of what it was before.
func (t *takings) take(tx store.Transaction) {
	if t.counts == nil {
		return
	}
	delete(t.live, tx.Seq)
	if tx.Status == store.Created {
		t.live[tx.Seq] = tx.CreatedAt.Add(t.rules.TransactionTTL)
	}
	if before, counted := t.counts[tx.Seq]; counted {
		before.amount = -before.amount
		t.add(before)
		delete(t.counts, tx.Seq)
	}
	if tx.ConfirmedAt == 0 {
		return
	}
	h := hourly{amount: tx.Amount, in: -1, back: -1}
	if tx.ConfirmedDay == t.day {
		h.in = t.hourOf(tx.ConfirmedAt)
	}
	if tx.ReversedDay == t.day {
		h.back = t.hourOf(tx.ReversedAt)
	}
	if h.in >= 0 || h.back >= 0 {
		t.counts[tx.Seq] = h
		t.add(h)
	}
}

func (t *takings) add(h hourly) {
	if h.in >= 0 {
		t.hours[h.in] += int64(h.amount)
	}
	if h.back >= 0 {
		t.hours[h.back] -= int64(h.amount)
	}
}

// hourOf is which hour of the business day it is, from zero, by the clock on
// the wall.
func (t *takings) hourOf(i store.Instant) int {
	at := i.Time()
	if zone := t.rules.Calendar.Location; zone != nil {
		at = at.In(zone)
	}
	hour, minute, second := at.Clock()
	since := time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute + time.Duration(second)*time.Second
	since -= t.rules.Calendar.DayStarts
	return int((since + 24*time.Hour) % (24 * time.Hour) / time.Hour)
}

// beingPaid counts the payments that may still be confirmed.
func (t *takings) beingPaid(now store.Instant) (n int) {
	for _, end := range t.live {
		if now < end {
			n++
		}
	}
	return n
}

// total is the whole day.
func (t *takings) total() (sum store.Total) {
	for _, s := range t.sums {
		sum = sum.Add(s)
	}
	return sum
}

// bySource are the sums of each source, the largest first.
func (t *takings) bySource() []store.Total {
	var all []store.Total
	for _, s := range t.sums {
		i := slices.IndexFunc(all, func(o store.Total) bool { return o.Source == s.Source })
		if i < 0 {
			all = append(all, s)
			continue
		}
		all[i] = all[i].Add(s)
	}
	slices.SortStableFunc(all, func(a, b store.Total) int {
		return cmp.Or(cmp.Compare(b.Amount-b.ReversedAmount, a.Amount-a.ReversedAmount), cmp.Compare(a.Source, b.Source))
	})
	return all
}

func (s *todayScreen) takeTakings(d *desk, msg takingsMsg) tea.Cmd {
	if msg.takings.day != s.asked {
		return nil
	}
	s.takings = msg.takings
	for _, tx := range s.missed { // they may have come after the reading had passed them
		s.takings.take(tx)
	}
	told := len(s.missed) > 0
	s.asked, s.missed = 0, nil
	s.learn(msg.known)
	if told && s.takings.err == nil {
		return s.readSums(d)
	}
	return nil
}

// readSums reads the sums of the day again, one reading at a time.
func (s *todayScreen) readSums(d *desk) tea.Cmd {
	switch {
	case s.asked != 0 || s.takings.day == 0:
		return nil // the whole day is being read, and the sums after it
	case s.summing:
		s.stale = true
		return nil
	}
	s.summing, s.stale = true, false
	ledger, day := d.Ledger, s.takings.day
	return func() tea.Msg {
		sums, err := ledger.Totals(context.Background(), day, day)
		return sumsMsg{s, day, sums, err}
	}
}

func (s *todayScreen) takeSums(d *desk, msg sumsMsg) tea.Cmd {
	s.summing = false
	if msg.day == s.takings.day {
		s.takings.sums, s.takings.err = msg.sums, msg.err
		for _, total := range msg.sums {
			s.learn([]string{total.Source})
		}
	}
	if s.stale {
		return s.readSums(d)
	}
	return nil
}

// learn remembers sources, for the filter to go through.
func (s *todayScreen) learn(sources []string) {
	for _, source := range sources {
		if i, known := slices.BinarySearch(s.known, source); !known && source != "" {
			s.known = slices.Insert(s.known, i, source)
		}
	}
}
