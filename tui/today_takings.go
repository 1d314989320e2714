package tui

import (
	"cmp"
	"context"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

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
	hours  [dayHours]int64          // tiyin that came in
	hourly map[uint64]bool          // the payments that are in the hours, by Seq
	live   map[uint64]store.Instant // being paid, and when that ends

	undecided map[uint64]store.Transaction // of any day: money that somebody has to decide about, by Seq
}

type (
	// takingsMsg is a day as it was read.
	takingsMsg struct {
		screen  *todayScreen
		read    int // which reading it is of
		takings takings
		known   []string
	}
	// sumsMsg are the sums of a day as they were read again.
	sumsMsg struct {
		screen *todayScreen
		read   int // the reading of the day that they are newer than
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
	held := s.takings.day
	if s.asked != 0 {
		held = s.asked
	}
	if s.begun && s.shownDay(d) != held {
		return s.readDay(d)
	}
	return nil
}

// readDay reads the takings of the shown day. Of several readings only the last
// one is taken, and it begins after all that was told before it: what was missed
// until now it finds in the ledger.
func (s *todayScreen) readDay(d *desk) tea.Cmd {
	s.readNo++
	ledger, day, read := d.Ledger, s.shownDay(d), s.readNo
	s.asked, s.missed = day, nil
	return func() tea.Msg {
		t, known := readTakings(ledger, day)
		return takingsMsg{s, read, t, known}
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
	undecided, err := ledger.Unsettled(ctx, mostUndecided)
	for _, tx := range undecided {
		t.take(tx)
	}
	t.err = err
	return t, known
}

// mostUndecided bounds the money that is shown as undecided: nobody has more of it.
const mostUndecided = 1000

func newTakings(day store.Date, rules store.Rules) takings {
	return takings{day: day, rules: rules, hourly: make(map[uint64]bool), live: make(map[uint64]store.Instant), undecided: make(map[uint64]store.Transaction)}
}

// earliest is the day on which a payment may have begun that was confirmed on
// this one.
func (t *takings) earliest() store.Date {
	return daysBefore(t.day, 1+int(t.rules.TransactionTTL/(24*time.Hour)))
}

// take counts a transaction as it stands now, in place of what it was before.
// The hours are the money that came in. What was taken back is not in them: a
// payment of weeks ago may be, and the reading of one day does not meet it.
func (t *takings) take(tx store.Transaction) {
	if t.hourly == nil {
		return
	}
	delete(t.live, tx.Seq)
	delete(t.undecided, tx.Seq)
	if tx.Unsettled() {
		t.undecided[tx.Seq] = tx
	}
	if tx.Status == store.Created {
		t.live[tx.Seq] = tx.CreatedAt.Add(t.rules.TransactionTTL)
	}
	if tx.ConfirmedAt != 0 && tx.ConfirmedDay == t.day && !t.hourly[tx.Seq] {
		t.hourly[tx.Seq] = true
		t.hours[t.hourOf(tx.ConfirmedAt)] += int64(tx.Amount)
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

// bySystem are the sums of each payment system, the largest first.
func (t *takings) bySystem() []store.Total {
	return t.grouped(func(a, b store.Total) bool { return a.System == b.System })
}

// bySource are the sums of each source, the largest first.
func (t *takings) bySource() []store.Total {
	return t.grouped(func(a, b store.Total) bool { return a.Source == b.Source })
}

// grouped puts those together that belong together, the largest first.
func (t *takings) grouped(same func(a, b store.Total) bool) []store.Total {
	var all []store.Total
	for _, s := range t.sums {
		i := slices.IndexFunc(all, func(o store.Total) bool { return same(o, s) })
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
	if msg.read != s.readNo {
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

// readSums reads the sums of the day again, one reading at a time. Where the day
// could not be read they are not enough: its hours may be half of it.
func (s *todayScreen) readSums(d *desk) tea.Cmd {
	switch {
	case s.asked != 0 || s.takings.day == 0:
		return nil // the whole day is being read, and the sums after it
	case s.takings.err != nil:
		return s.readDay(d)
	case s.summing:
		s.stale = true
		return nil
	}
	s.summing, s.stale = true, false
	ledger, day, read := d.Ledger, s.takings.day, s.readNo
	return func() tea.Msg {
		sums, err := ledger.Totals(context.Background(), day, day)
		return sumsMsg{s, read, sums, err}
	}
}

// takeSums leaves sums alone that were read before the day was read again.
func (s *todayScreen) takeSums(d *desk, msg sumsMsg) tea.Cmd {
	s.summing = false
	if msg.read == s.readNo {
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
