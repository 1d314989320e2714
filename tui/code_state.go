package tui

import (
	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/store"
	"tushum/tui/look"
)

// standing is where the invoice on the screen stands, for people.
type standing struct {
	sign  string
	word  lang.Text
	style look.Style
	over  bool // it can't be paid (any more): no code is shown
}

// standing looks at the clock too: a limit may have run out since the ledger
// last said something.
func (c *codeScreen) standing(d *desk) standing {
	if c.dealing(d) {
		return c.dealStanding(d)
	}
	signs := d.theme.Signs
	switch c.inv.StatusAt(d.now()) {
	case store.Paid:
		return standing{signs.Paid, bigPaid, d.theme.Good, true}
	case store.Cancelled:
		return standing{signs.Cancelled, bigCancelled, d.theme.Bad, true}
	case store.Expired:
		return standing{signs.Expired, bigExpired, d.theme.Warn, true}
	case store.Refunded:
		return standing{signs.Reversed, bigRefunded, d.theme.Bad, true}
	}
	if len(d.rules().Live(c.txs, d.now())) > 0 {
		return standing{signs.Paying, codeBeingPaid, d.theme.Warn, false}
	}
	return standing{signs.Waiting, codeWaiting, d.theme.Faint, false}
}

// asked is the sum that an invoice asks for, or the least and the most.
func (d *desk) asked(inv store.Invoice) string {
	if !inv.Reusable() {
		return d.sum(inv.Amount)
	}
	return d.between(d.limits(inv.MinAmount, inv.MaxAmount))
}

// limits are the least and the most that a counter invoice takes, when it has
// such bounds of its own; zero is none.
func (d *desk) limits(least, most money.Amount) (from, to money.Amount) {
	rules := d.rules()
	from, to = max(rules.MinAmount, least), rules.MaxAmount
	if most != 0 && (to == 0 || most < to) {
		to = most
	}
	return from, to
}

func (d *desk) between(from, to money.Amount) string {
	switch {
	case to == 0 && from == 0:
		return d.say(anySum)
	case to == 0:
		return d.fill(fromSum, "{sum}", d.sum(from))
	case from == 0:
		return d.fill(upToSum, "{sum}", d.sum(to))
	}
	return from.Number() + "\u00a0–\u00a0" + d.sum(to)
}

// newest is the payment that came last. It may have begun before others that are
// paid already.
func (c *codeScreen) newest() (newest store.Transaction, paid bool) {
	for _, t := range c.txs {
		if t.Status == store.Confirmed && (!paid || t.ConfirmedAt > newest.ConfirmedAt) {
			newest, paid = t, true
		}
	}
	return newest, paid
}

// attempts are lines about what came of the transactions, newest first. The
// payment that large letters tell is not among them.
func (c *codeScreen) attempts(d *desk) []string {
	var lines []string
	ttl := d.rules().TransactionTTL
	large, _ := c.fresh(d)
	for _, t := range c.txs[:min(len(c.txs), mostAttempts)] {
		switch t.StatusAt(d.now(), ttl) {
		case store.FailedTx:
			lines = append(lines, d.theme.Bad.Paint(d.theme.Signs.Failed)+" "+d.failure(t))
		case store.Confirmed:
			if says := d.unapplied(t, c.inv); says != "" {
				lines = append(lines, d.theme.Warn.Paint(d.theme.Signs.Warn)+" "+says)
			}
			if c.inv.Reusable() && t.Seq != large.Seq && t.ConfirmedDay == d.today() {
				lines = append(lines, d.theme.Good.Paint(d.theme.Signs.Paid+" "+d.clock(t.ConfirmedAt))+" "+d.theme.Strong.Paint(d.sum(t.Amount)))
			}
		case store.Reversed:
			lines = append(lines, d.theme.Bad.Paint(d.theme.Signs.Reversed)+" "+d.fillSystem(wentBack(t, tookBack, gaveBack), t.System, "{time}", d.clock(t.ReversedAt), "{sum}", d.sum(t.Amount)))
		}
	}
	return lines
}

// wentBack chooses what is said of a payment that was reversed: that its system took it
// back by itself, where nobody knows whether the customer has it, or gave it back as the
// shop had asked.
func wentBack(t store.Transaction, taken, given lang.Text) lang.Text {
	if store.RefundStateOf(t) == store.RefundDone {
		return given
	}
	return taken
}

// failure says when and why an attempt came to nothing. One that only the
// clock calls failed has no reason written down yet.
func (d *desk) failure(t store.Transaction) string {
	at, why := t.FailedAt, t.Reason
	if at == 0 {
		at, why = t.CreatedAt.Add(d.rules().TransactionTTL), store.FailExpired
	}
	return d.fill(cameToNothing, "{time}", d.clock(at), "{why}", store.ReasonWord(why, d.Lang))
}

// outcome is how it ended: when, by what, why.
func (c *codeScreen) outcome(d *desk) []string {
	inv := c.inv
	switch inv.StatusAt(d.now()) {
	case store.Paid:
		lines := []string{joinWords(d, d.moment(inv.PaidAt), c.source(d))}
		if inv.PaidSystem == store.Manual {
			lines = append(lines, joinWords(d, d.say(byHand), look.Foreign(inv.Reason)))
		}
		return lines
	case store.Expired:
		return []string{d.moment(inv.ExpiresAt), d.say(canReopen)}
	case store.Cancelled:
		return []string{joinWords(d, d.moment(inv.ClosedAt), look.Foreign(inv.Reason)), d.say(canClone)}
	case store.Refunded:
		return []string{d.moment(inv.ClosedAt), d.say(canReopen)}
	}
	return nil
}

// source is what the invoice was paid with.
func (c *codeScreen) source(d *desk) string {
	for _, t := range c.txs {
		if t.TransID == c.inv.PaidBy && t.System == c.inv.PaidSystem {
			return d.sourceName(t.Source)
		}
	}
	return ""
}

func joinWords(d *desk, a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + " " + d.theme.Signs.Dot + " " + b
}

var (
	bigPaid       = lang.Text{UZ: "TO‘LANDI", RU: "ОПЛАЧЕНО", EN: "PAID"}
	bigCancelled  = lang.Text{UZ: "BEKOR QILINDI", RU: "ОТМЕНЁН", EN: "CANCELLED"}
	bigExpired    = lang.Text{UZ: "MUDDATI O‘TDI", RU: "ПРОСРОЧЕН", EN: "EXPIRED"}
	bigRefunded   = lang.Text{UZ: "QAYTARILDI", RU: "ВОЗВРАЩЕНО", EN: "REFUNDED"}
	codeBeingPaid = lang.Text{UZ: "to‘lanmoqda…", RU: "оплачивается…", EN: "being paid…"}
	codeWaiting   = lang.Text{UZ: "to‘lov kutilmoqda", RU: "ожидает оплаты", EN: "waiting for payment"}

	cameToNothing = lang.Text{
		UZ: "{time} urinish natijasiz: {why}", RU: "{time} попытка не удалась: {why}", EN: "{time} an attempt came to nothing: {why}",
	}
	tookBack  = lang.Text{UZ: "{time} {system} {sum}ni qaytarib oldi", RU: "{time} {system} забрал платёж назад: {sum}", EN: "{time} {system} took back {sum}"}
	gaveBack  = lang.Text{UZ: "{time} {system} {sum}ni mijozga qaytardi", RU: "{time} {system}: клиенту возвращено {sum}", EN: "{time} {system} gave {sum} back to the customer"}
	byHand    = lang.Text{UZ: "qo‘lda belgilangan", RU: "отмечен вручную", EN: "marked by hand"}
	canReopen = lang.Text{UZ: "hisobni qayta ochsa bo‘ladi", RU: "счёт можно открыть снова", EN: "the invoice can be reopened"}
	canClone  = lang.Text{UZ: "hisobdan nusxa olsa bo‘ladi", RU: "по счёту можно сделать копию", EN: "the invoice can be cloned"}
	anySum    = lang.Text{UZ: "istalgan summa", RU: "любая сумма", EN: "any sum"}
	fromSum   = lang.Text{UZ: "{sum} dan", RU: "от {sum}", EN: "from {sum}"}
	upToSum   = lang.Text{UZ: "{sum} gacha", RU: "до {sum}", EN: "up to {sum}"}
)
