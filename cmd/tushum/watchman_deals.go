package main

import (
	"cmp"
	"context"
	"maps"

	"tushum/internal/lang"
	"tushum/store"
)

// dealKeeper is who leads the deals, as a watchman sees them.
type dealKeeper interface {
	Warnings() []store.Warning
	Unreachable(system store.System) bool
}

// noDeals leads none.
type noDeals struct{}

func (noDeals) Warnings() []store.Warning     { return nil }
func (noDeals) Unreachable(store.System) bool { return false }

// dealing are the payment systems with which payments are deals now.
func (w *watchman) dealing() (names []store.System) {
	for _, system := range w.Systems() {
		if p := system.Profile(); p.Can.Deals && p.Open() {
			names = append(names, p.System)
		}
	}
	return names
}

// faulty is a payment system that may know of itself that it can't be asked, with a
// failure that people can read.
type faulty interface{ Fault() error }

// faults are the payment systems that can't be asked as they are set up. What the
// deals tell of them already is not told twice.
func (w *watchman) faults(now store.Instant) (all []store.Warning) {
	since := make(map[store.System]store.Instant)
	for _, system := range w.Systems() {
		one, may := system.(faulty)
		if !may {
			continue
		}
		p := system.Profile()
		err := one.Fault()
		if err == nil {
			continue
		}
		since[p.System] = cmp.Or(w.faultSince[p.System], now)
		if !w.Deals.Unreachable(p.System) {
			all = append(all, faultWarning(p, err, since[p.System]))
		}
	}
	w.faultSince = since
	return all
}

func faultWarning(p store.Profile, err error, since store.Instant) store.Warning {
	why, hint, spoken := lang.Spoken(err)
	if !spoken {
		why, hint = lang.Text{EN: err.Error()}, hintUnusable
	}
	says := sayUnusable.FillEach("{system}", p.Name).FillEach("{why}", why)
	return store.Warning{Code: store.SystemUnreachable, Since: since, Hint: hint, Says: says}
}

// dealsWith is how a connection stands over which deals are made.
func (w *watchman) dealsWith(c store.Connection) store.ConnectionState {
	switch {
	case w.Deals.Unreachable(c.System):
		return store.Failing
	case c.State == store.Connected && w.money.paidBy[c.System]:
		return store.Live
	}
	return c.State
}

// ledgerReader reads that news, when something has happened.
type ledgerReader struct {
	books store.Books
	begun bool
	seen  uint64     // the newest event when it was read
	day   store.Date // until which the totals are known
	news  moneyNews
}

// read looks at the ledger where something has happened since it was last read. With
// an error nothing has changed.
func (r *ledgerReader) read(ctx context.Context, dealing []store.System) error {
	newest, err := r.books.LastEvent(ctx)
	if err != nil || r.begun && newest == r.seen {
		return err
	}
	news, day := moneyNews{paidBy: r.news.paidBy}, r.day
	if known := r.begun && newest > r.seen; !known || !r.allPaid(dealing) { // what is not known may be a backup's
		if !known {
			news.paidBy, day = nil, 0
		}
		if news.paidBy, day, err = r.paid(ctx, news.paidBy, day); err != nil {
			return err
		}
	}
	unsettled, err := r.books.Unsettled(ctx, 0)
	if err != nil {
		return err
	}
	for _, t := range unsettled {
		news.sum += t.Amount
	}
	if news.count = len(unsettled); news.count > 0 {
		news.oldest = unsettled[0]
	}
	if news.back, err = r.takenBack(ctx, newest); err != nil {
		return err
	}
	r.begun, r.seen, r.day, r.news = true, newest, day, news
	return nil
}

func (r *ledgerReader) allPaid(dealing []store.System) bool {
	for _, system := range dealing {
		if !r.news.paidBy[system] {
			return false
		}
	}
	return true
}

// paid adds the systems by which a payment was confirmed since a business day, and
// tells until which it is known then. The totals are few, whatever the ledger holds.
func (r *ledgerReader) paid(ctx context.Context, before map[store.System]bool, since store.Date) (map[store.System]bool, store.Date, error) {
	today := r.books.Rules().Calendar.Day(store.At(r.books.Now()))
	totals, err := r.books.Totals(ctx, since, 0)
	if err != nil {
		return nil, 0, err
	}
	after := maps.Clone(before)
	if after == nil {
		after = make(map[store.System]bool)
	}
	for _, t := range totals {
		after[t.System] = after[t.System] || t.Count > 0
	}
	return after, today, nil
}

var (
	sayUnusable = lang.Text{
		UZ: "{system} orqali to‘lov olinmayapti: {why}",
		RU: "через {system} нельзя принимать оплату: {why}",
		EN: "no payments can be taken through {system}: {why}",
	}
	hintUnusable = lang.Text{UZ: "tushum setup da ulanishni tekshiring", RU: "проверьте подключение в tushum setup", EN: "check how it is connected, in tushum setup"}
)
