package main

import (
	"context"
	"maps"
	"strconv"
	"strings"
	"time"

	"tushum/internal/lang"
	"tushum/internal/money"
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

// moneyNews is what the ledger tells of money. It is not changed, but exchanged.
type moneyNews struct {
	paidBy map[store.System]bool // by which a payment was confirmed some time

	count  int // payments that nobody has decided about
	sum    money.Amount
	oldest store.Transaction
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

func (n moneyNews) warning(zone *time.Location) store.Warning {
	if zone == nil {
		zone = time.UTC
	}
	says := filled(sayUnsettled, "{count}", strconv.Itoa(n.count), "{number}", n.oldest.Number.String(),
		"{since}", n.oldest.ConfirmedAt.Time().In(zone).Format("02.01.2006 15:04"))
	in := func(t string, l lang.Lang) string { return strings.ReplaceAll(t, "{sum}", n.sum.Format(l)) }
	return store.Warning{
		Code: store.MoneyUnsettled, Since: n.oldest.ConfirmedAt, Hint: hintUnsettled,
		Says: lang.Text{UZ: in(says.UZ, lang.UZ), RU: in(says.RU, lang.RU), EN: in(says.EN, lang.EN)},
	}
}

var (
	sayUnsettled = lang.Text{
		UZ: "hech qaysi hisob kutmagan pul keldi: {count} ta to‘lov, jami {sum}, birinchisi {since} da, {number} hisob bo‘yicha",
		RU: "пришли деньги, которых не ждал ни один счёт: платежей {count}, всего {sum}, первый {since}, по счёту {number}",
		EN: "money came that no invoice was waiting for: {sum}, payments: {count}, the first on {since}, for invoice {number}",
	}
	hintUnsettled = lang.Text{
		UZ: "mijoz bilan kelishing va qarorni yozib qo‘ying: konsolda to‘lovning o‘zida yoki tushum transaction settle",
		RU: "договоритесь с клиентом и запишите решение: в консоли у самого платежа или tushum transaction settle",
		EN: "agree with the customer and write the decision down: on the payment in the console, or with tushum transaction settle",
	}
)
