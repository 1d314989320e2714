package tui

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"time"

	tea "charm.land/bubbletea/v2"

	"tushum/internal/lang"
	"tushum/store"
	"tushum/tui/keys"
	"tushum/tui/look"
)

// newTill is the QR screen of the shop's standing invoice, which it has yet to
// find.
func newTill() *codeScreen { return &codeScreen{till: true} }

// showTill brings the code at the till to the front. Where it is there already
// and there is no invoice for it, it asks again whether to make one.
func (m *model) showTill() tea.Cmd {
	isTill := func(s screen) bool { c, code := s.(*codeScreen); return code && c.till }
	if isTill(m.front()) {
		if c := m.front().(*codeScreen); c.noTill() {
			return c.askTill(m.desk)
		}
		return nil
	}
	m.stack = slices.DeleteFunc(m.stack, isTill)
	return m.push(newTill())
}

// noTill tells that the shop has no standing invoice.
func (c *codeScreen) noTill() bool {
	return c.till && c.inv.Number == 0 && errors.Is(c.err, store.InvoiceNotFound)
}

// askTill asks whether to make the till's invoice, unless none could be made.
func (c *codeScreen) askTill(d *desk) tea.Cmd {
	if err := c.whyNoTill(d); err != nil {
		return toast(bad, d.trouble(err))
	}
	return d.ask(&dialog{
		title: d.say(tillTitle), body: []string{d.say(tillNone), d.say(tillSays)},
		choices: []string{d.say(tillShops) + ": " + d.between(d.limits(0, 0)), d.say(tillOwn)}, yes: d.say(tillYes),
		then: func(chosen int, _ string) tea.Cmd {
			if chosen == 0 {
				return c.makeTill(d)
			}
			return d.want(replaceMsg{old: c, by: newTillForm(d)})
		},
	})
}

// whyNoTill is what the ledger would say to the till's invoice.
func (c *codeScreen) whyNoTill(d *desk) error {
	if d.ready != nil {
		return d.ready
	}
	_, err := d.rules().Issue(tillDraft(d), 0, store.Token{}, d.now())
	return err
}

func tillDraft(d *desk) store.Draft { return store.Draft{Kind: store.Counter, By: d.Seat} }

// newTillForm is a new invoice for the till, to be given limits of its own.
func newTillForm(d *desk) *formScreen {
	f := newForm(d)
	f.put(d, typedForm{Kind: store.Counter})
	f.till, f.first = true, f.text()
	return f
}

// tillMadeMsg is what came of making the till's invoice.
type tillMadeMsg struct {
	screen *codeScreen
	inv    store.Invoice
	err    error
}

// makeTill makes the till's invoice, unless another seat was first.
func (c *codeScreen) makeTill(d *desk) tea.Cmd {
	ledger, draft := d.Ledger, tillDraft(d)
	return func() tea.Msg {
		inv, _, err := ledger.OpenTill(context.Background(), draft)
		return tillMadeMsg{c, inv, err}
	}
}

func (c *codeScreen) made(d *desk, msg tillMadeMsg) tea.Cmd {
	if msg.err != nil {
		return toast(bad, d.trouble(msg.err))
	}
	c.inv, c.err = msg.inv, nil
	return tea.Batch(c.load(d), toast(glad, d.theme.Signs.Paid+" "+d.fill(tillMade, "{key}", keys.KeyOf(keys.Poster))))
}

// unfound is shown while there is no invoice for the till.
func (c *codeScreen) unfound(d *desk, w, h int) []string {
	room := max(1, min(w-4, mostWords))
	var lines []string
	switch {
	case c.noTill():
		hint := d.theme.Key.Paint(keys.KeyOf(keys.Till)) + " " + d.say(tillYes)
		lines = append(d.painted(d.theme.Strong, d.say(tillNone), room), "")
		lines = append(lines, look.Wrap(hint, room)...)
	case c.err != nil:
		lines = c.trouble(d, room)
	default:
		lines = d.painted(d.theme.Faint, d.say(tillReading), room)
	}
	return inMiddle(lines, room, w, h)
}

// freshFor is how long a payment of the till is shown in large figures.
const freshFor = 20 * time.Second

// calmMsg comes when a payment has been large for long enough.
type calmMsg struct{}

// calm has the screen drawn again when the newest payment of a counter invoice
// is no longer fresh.
func (c *codeScreen) calm(d *desk) tea.Cmd {
	t, ok := c.fresh(d)
	if !ok {
		return nil
	}
	return d.after(t.ConfirmedAt.Add(freshFor).Time().Sub(d.now().Time()), calmMsg{})
}

// fresh is the payment of a counter invoice that came just now.
func (c *codeScreen) fresh(d *desk) (store.Transaction, bool) {
	t, ok := c.newest()
	if !ok || !c.inv.Reusable() || d.now() >= t.ConfirmedAt.Add(freshFor) {
		return store.Transaction{}, false
	}
	return t, true
}

// mostAttempts is how many transactions are looked at, and shown.
const mostAttempts = 50

// enough are the newest transactions of an invoice, and all that may have been
// paid today, newest first.
func enough(ledger Ledger, n store.Number, today store.Date) (txs []store.Transaction, err error) {
	rules := ledger.Rules()
	for t, err := range ledger.FindTransactions(context.Background(), store.TransactionQuery{Number: n}) {
		if err != nil {
			return nil, err
		}
		if len(txs) >= mostAttempts && endsBefore(t, rules, today) {
			break
		}
		txs = append(txs, t)
	}
	return txs, nil
}

// keepEnough drops what is no longer among them.
func keepEnough(txs []store.Transaction, rules store.Rules, today store.Date) []store.Transaction {
	for len(txs) > mostAttempts && endsBefore(txs[len(txs)-1], rules, today) {
		txs = txs[:len(txs)-1]
	}
	return txs
}

// endsBefore tells that no transaction up to this one was paid on a day or later:
// after its limit none is.
func endsBefore(t store.Transaction, rules store.Rules, day store.Date) bool {
	return rules.Calendar.Day(t.CreatedAt.Add(rules.TransactionTTL)) < day
}

// today is what a counter invoice has brought today, in a line; empty where
// nothing has.
func (c *codeScreen) today(d *desk, w int) []string {
	if !c.inv.Reusable() {
		return nil
	}
	var total store.Total
	for _, t := range c.txs {
		if t.Status == store.Confirmed && t.ConfirmedDay == d.today() {
			total.Count++
			total.Amount += t.Amount
		}
	}
	if total.Count == 0 {
		return nil
	}
	sum := d.theme.Strong.Paint(d.fill(tillToday, "{sum}", d.sum(total.Amount)))
	return look.Wrap(joinWords(d, sum, d.fill(tillCount, "{n}", strconv.FormatInt(total.Count, 10))), w)
}

var (
	tillTitle = lang.Text{UZ: "kassa QR kodi", RU: "QR-код кассы", EN: "till QR"}
	tillNone  = lang.Text{UZ: "Kassaning QR kodi hali yo‘q.", RU: "QR-кода кассы ещё нет.", EN: "The till has no QR code yet."}
	tillSays  = lang.Text{
		UZ: "Kod bir marta ochiladi va chop etiladi: summani mijozning o‘zi yozadi, istalgancha to‘lanadi.",
		RU: "Он создаётся один раз и печатается: сумму вводит сам клиент, платить по нему можно сколько угодно раз.",
		EN: "It is made once and printed: customers type the sum themselves, and it is paid any number of times.",
	}
	tillShops   = lang.Text{UZ: "do‘kon chegaralari", RU: "границы магазина", EN: "the shop's limits"}
	tillOwn     = lang.Text{UZ: "boshqa chegaralar…", RU: "другие границы…", EN: "other limits…"}
	tillYes     = lang.Text{UZ: "ochish", RU: "создать", EN: "make it"}
	tillReading = lang.Text{UZ: "kassaning QR kodi qidirilmoqda…", RU: "ищу QR-код кассы…", EN: "looking for the till's QR code…"}
	tillUnread  = lang.Text{UZ: "kassaning QR kodi hali yo‘q", RU: "QR-кода кассы ещё нет", EN: "the till has no QR code yet"}
	tillMade    = lang.Text{
		UZ: "kassa QR kodi tayyor. {key}: plakat",
		RU: "QR-код кассы готов. {key}: плакат",
		EN: "the till QR is ready. {key}: poster",
	}
	tillThere = lang.Text{
		UZ: "kassaning QR kodi allaqachon bor: {number}",
		RU: "QR-код кассы уже есть: {number}",
		EN: "the till has a QR code already: {number}",
	}
	tillToday = lang.Text{UZ: "bugun {sum}", RU: "сегодня {sum}", EN: "today {sum}"}
	tillCount = lang.Text{UZ: "to‘lovlar: {n}", RU: "платежей: {n}", EN: "payments: {n}"}
	tillShown = lang.Text{UZ: "bu kassaning QR kodi", RU: "это и есть QR-код кассы", EN: "this is the till's QR code"}
	tillJust  = lang.Text{UZ: "to‘landi {time}", RU: "оплачено {time}", EN: "paid {time}"}
)
