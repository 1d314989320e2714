package main

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"time"

	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/store"
)

// moneyNews is what the ledger tells of money. It is not changed, but exchanged.
type moneyNews struct {
	paidBy map[store.System]bool // by which a payment was confirmed some time

	count  int // payments that nobody has decided about
	sum    money.Amount
	oldest store.Transaction

	back []store.Transaction // taken back unasked, newest first; some of them long ago
}

// backTold is how long it is told that a payment system has taken the money of a deal
// back. Nobody has anything to write down about that, so only time ends it: whoever is
// there once a week has seen it.
const backTold = 7 * 24 * time.Hour

// backFor is how long ago a payment may have begun that is told to be taken back: the
// settings have a deal watched for a dispute for 90 days at most, and the rest is for how
// long it is told and for a dispute under way.
const backFor = 120 * 24 * time.Hour

// takenBack are the payments of deals that were taken back unasked. They are read again
// only where one more may be among them.
func (r *ledgerReader) takenBack(ctx context.Context, newest uint64) (back []store.Transaction, err error) {
	if r.begun && newest > r.seen {
		more, err := r.reversedSince(ctx)
		if err != nil || !more {
			return r.news.back, err
		}
	}
	rules := r.books.Rules()
	q := store.TransactionQuery{Status: store.Reversed, From: rules.Calendar.Day(store.At(r.books.Now().Add(-backFor)))}
	for t, err := range r.books.FindTransactions(ctx, q) {
		if err != nil {
			return nil, err
		}
		if rules.Systems[t.System].Can.Deals && store.RefundStateOf(t) == store.Unasked {
			back = append(back, t)
		}
	}
	slices.SortStableFunc(back, func(a, b store.Transaction) int { return cmp.Compare(b.ReversedAt, a.ReversedAt) })
	return back, nil
}

// reversedSince tells whether a payment may have been reversed since it was last read.
func (r *ledgerReader) reversedSince(ctx context.Context) (may bool, err error) {
	const most = 200 // events that are looked at one by one
	events, err := r.books.Events(ctx, r.seen, most)
	reversed := func(e store.Event) bool { return e.Type == store.TransactionReversed }
	return len(events) == most || slices.ContainsFunc(events, reversed), err
}

// warnings are about money that came for nothing, and about money that went.
func (n moneyNews) warnings(systems store.Systems, zone *time.Location, now store.Instant) (all []store.Warning) {
	if zone == nil {
		zone = time.UTC
	}
	if n.count > 0 {
		all = append(all, n.unsettled(zone))
	}
	late := slices.IndexFunc(n.back, func(t store.Transaction) bool { return t.ReversedAt < now.Add(-backTold) })
	if late == -1 {
		late = len(n.back)
	}
	if back := n.back[:late]; len(back) > 0 {
		all = append(all, aboutTakenBack(back, systems, zone))
	}
	return all
}

func (n moneyNews) unsettled(zone *time.Location) store.Warning {
	says := sayUnsettled
	if n.count > 1 {
		says = sayAllUnsettled
	}
	says = says.FillEach("{sum}", lang.Each(n.sum.Format)).Fill("{n}", strconv.Itoa(n.count), "{number}", n.oldest.Number.String(),
		"{since}", n.oldest.ConfirmedAt.Time().In(zone).Format("02.01.2006 15:04"))
	return store.Warning{Code: store.MoneyUnsettled, Since: n.oldest.ConfirmedAt, Hint: hintUnsettled, Says: says}
}

// aboutTakenBack names the payment that was taken back last.
func aboutTakenBack(back []store.Transaction, systems store.Systems, zone *time.Location) store.Warning {
	says, newest := sayTakenBack, back[0]
	var sum money.Amount
	for _, t := range back {
		sum += t.Amount
	}
	if len(back) > 1 {
		says = sayAllTakenBack
	}
	name := lang.Text{EN: string(newest.System)}
	if system := systems.Of(newest.System); system != nil {
		name = system.Profile().Name
	}
	says = says.FillEach("{sum}", lang.Each(sum.Format)).FillEach("{system}", name).Fill("{n}", strconv.Itoa(len(back)),
		"{number}", newest.Number.String(), "{deal}", newest.TransID, "{at}", newest.ReversedAt.Time().In(zone).Format("02.01.2006 15:04"))
	return store.Warning{Code: store.MoneyTakenBack, Since: newest.ReversedAt, Hint: hintTakenBack.FillEach("{system}", name), Says: says}
}

// What matters comes first: a narrow console cuts the end off.
var (
	sayUnsettled = lang.Text{
		UZ: "{sum} {number} hisobni to‘lamadi: hal qiling; {since} da kelgan",
		RU: "{sum} не оплатили счёт {number}: решите, что с ними; пришли {since}",
		EN: "{sum} did not pay invoice {number}: decide; it came {since}",
	}
	sayAllUnsettled = lang.Text{
		UZ: "hal qiling: {n} ta to‘lov, {sum}, hisoblar to‘lanmagan; {since} dan beri",
		RU: "решите: платежей {n} на {sum}, счета не оплачены; с {since}",
		EN: "{n} payments to decide, {sum}: they paid no invoice; since {since}",
	}
	hintUnsettled = lang.Text{
		UZ: "mijoz bilan kelishing va qarorni yozib qo‘ying: konsolda, «Bugun» ekranida u tugmasi bilan, yoki tushum transaction settle",
		RU: "договоритесь с клиентом и запишите решение: в консоли клавишей u на экране «Сегодня» или tushum transaction settle",
		EN: "agree with the customer and write the decision down: with u on Today in the console, or with tushum transaction settle",
	}
	sayTakenBack = lang.Text{
		UZ: "{system} to‘lovni qaytarib oldi: {sum}, hisob {number}, bitim {deal}; {at}",
		RU: "{system} забрал платёж назад: {sum}, счёт {number}, сделка {deal}; {at}",
		EN: "{system} took a payment back: {sum}, invoice {number}, deal {deal}; {at}",
	}
	sayAllTakenBack = lang.Text{
		UZ: "qaytarib olingan to‘lovlar: {n} ta, {sum}; oxirgisi: {system}, hisob {number}, bitim {deal}; {at}",
		RU: "забраны назад платежи: {n} на {sum}; последний: {system}, счёт {number}, сделка {deal}; {at}",
		EN: "{n} payments taken back, {sum}; the last: {system}, invoice {number}, deal {deal}; {at}",
	}
	hintTakenBack = lang.Text{
		UZ: "tovar berib yuborilgan bo‘lsa, {system} xizmatiga bitim raqami bilan yozing; hisobni qayta ochsa bo‘ladi. Yetti kundan keyin bu yozuv o‘zi yo‘qoladi",
		RU: "если товар уже отдан, напишите в {system} с номером сделки; счёт можно открыть снова. Через семь дней эта строка исчезнет сама",
		EN: "if goods were handed out, write to {system} with the number of the deal; the invoice can be reopened. This line goes by itself after seven days",
	}
)
