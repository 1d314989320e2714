package tui

import (
	"context"
	"iter"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"tushum/internal/lang"
	"tushum/store"
	"tushum/tui/keys"
	"tushum/tui/list"
)

// todayFilter says which payments are listed. The zero one lists all.
type todayFilter struct {
	words  string
	status store.TransactionStatus // zero: any
	source string                  // empty: any
	day    store.Date              // zero: all; the takings are today's
}

func (f todayFilter) set() bool { return f != todayFilter{} }

// find reads the payments that the filter lets through.
func (f todayFilter) find(ledger Ledger) list.Source[payment] {
	q := store.TransactionQuery{Status: f.status, Source: f.source, From: f.day, To: f.day, Search: f.words}
	return func(ctx context.Context, after uint64, limit int) iter.Seq2[payment, error] {
		q := q // several looks may run at once
		q.After, q.Limit = after, limit
		return payments(ctx, ledger, q)
	}
}

// wants tells whether a payment that came just now is listed.
func (f todayFilter) wants(p payment, now store.Instant, ttl time.Duration) bool {
	words := store.SplitWords(f.words)
	return (f.status == 0 || f.status == p.StatusAt(now, ttl)) && (f.source == "" || f.source == p.Source) &&
		(f.day == 0 || f.day == p.Day) && (words.MatchTransaction(p.Transaction) || words.MatchInvoice(p.Invoice))
}

func (s *todayScreen) search(d *desk, words string) tea.Cmd {
	s.filter.words = words
	return s.load(d)
}

func (s *todayScreen) sought() string { return s.filter.words }

// dayChosenMsg is the day that was typed; zero: all of them.
type dayChosenMsg struct {
	screen *todayScreen
	day    store.Date
}

// shownStatuses are what the filter of states goes through.
var shownStatuses = []store.TransactionStatus{0, store.Confirmed, store.Created, store.FailedTx, store.Reversed}

// choose sets the filter as a key asks for it.
func (s *todayScreen) choose(d *desk, a keys.Action) tea.Cmd {
	switch a {
	case keys.ByStatus:
		s.filter.status = nextIn(shownStatuses, s.filter.status)
	case keys.BySource:
		s.filter.source = nextIn(append([]string{""}, s.known...), s.filter.source)
	case keys.ByDay:
		return askDay(d, lang.Text{}, func(day store.Date) tea.Cmd { return send(dayChosenMsg{s, day}) })
	case keys.PrevDay:
		return s.goTo(d, daysBefore(s.shownDay(d), 1))
	case keys.NextDay:
		day := s.filter.day.Next()
		if day >= d.today() {
			day = 0
		}
		return s.goTo(d, day)
	}
	return s.load(d)
}

// nextIn is the one after now in a circle.
func nextIn[T comparable](circle []T, now T) T {
	return circle[(slices.Index(circle, now)+1)%len(circle)]
}

// goTo shows one day; zero is all of them again, with today's takings.
func (s *todayScreen) goTo(d *desk, day store.Date) tea.Cmd {
	s.filter.day = day
	return tea.Batch(s.load(d), s.follow(d))
}
