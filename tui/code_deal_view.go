package tui

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"tushum/internal/lang"
	"tushum/store"
	"tushum/tui/keys"
	"tushum/tui/look"
)

// dealStanding is where the invoice stands by its deal.
func (c *codeScreen) dealStanding(d *desk) standing {
	signs, theme := d.theme.Signs, d.theme
	s := standing{sign: signs.Waiting, style: theme.Faint}
	switch c.phase(d) {
	case dealWanted:
		s.word = askingSystem
	case dealFinding:
		s.word = cardSought
	case dealShown:
		s.word = codeWaiting
		if c.card(d) {
			s.word = transferWaiting
		}
	case dealClaimed:
		s.sign, s.style, s.word = signs.Paying, theme.Warn, payerClaims
	case dealDisputed:
		s.sign, s.style, s.word = signs.Warn, theme.Warn, systemLooks
	case dealFailed:
		s.sign, s.style, s.word = signs.Failed, theme.Bad, systemFailed
	case dealWithheld:
		s.sign, s.style, s.word = signs.Warn, theme.Bad, c.withheld(d)
	case dealOver:
		s.sign, s.style, s.word = c.dealEnd(d)
	}
	s.word = d.naming(s.word, c.inv.System)
	return s
}

// dealEnd is how the last deal ended, where the invoice is not paid by it.
func (c *codeScreen) dealEnd(d *desk) (sign string, style look.Style, word lang.Text) {
	signs := d.theme.Signs
	if c.undecided() {
		return signs.Warn, d.theme.Warn, otherMoney
	}
	if deals := c.attempt.deals; len(deals) > 0 && deals[0].StateAt(d.now()) == store.DealExpired {
		return signs.Expired, d.theme.Warn, dealExpired
	}
	return signs.Cancelled, d.theme.Warn, dealCalledOff
}

// dealWords are what stands beside or above the code of a deal, and alone where
// there is none.
func (c *codeScreen) dealWords(d *desk, w, h int) []paragraph {
	if c.card(d) {
		return c.cardWords(d, w, h)
	}
	state := c.standing(d)
	says, left := d.painted(state.style, state.sign+" "+d.say(state.word), w), c.timeLeft(d)
	if both := c.stateAndTime(d, w); h < lowWords && both != nil {
		says, left = both, nil
	}
	return []paragraph{
		{c.largeSum(d, w, h/3), 9},
		{says, 8},
		{c.whyFailed(d, w), 7},
		{left, 6},
		{c.trouble(d, w), 7},
		{c.attemptLines(d, w, h/4), 5},
		{c.notAgain(d, w), 8},
		{c.offer(d, w), 8},
		{c.whose(d, w), 3},
	}
}

// whose is the invoice in a line, with its customer.
func (c *codeScreen) whose(d *desk, w int) []string {
	number := d.theme.Faint.Paint(d.say(numberOf)) + " " + c.inv.Number.String()
	return []string{look.Cut(joinWords(d, number, look.Foreign(c.inv.Customer.Name)), w)}
}

// dealPlain shows a deal without a code: none is known, or none can be drawn here.
func (c *codeScreen) dealPlain(d *desk, why string, w, h int) []string {
	room := max(1, w-4)
	parts := c.dealWords(d, room, h)
	if link := c.link(d); link != "" && !c.card(d) {
		parts = append(parts, paragraph{d.painted(d.theme.Accent, look.Foreign(link), room), 9})
	}
	if why != "" && !c.card(d) { // a card can be read out
		parts = append(parts, paragraph{d.painted(d.theme.Warn, d.theme.Signs.Warn+" "+why, room), 5})
	}
	lines := stack(parts, h)
	for i, line := range lines {
		lines[i] = look.Center(line, w)
	}
	return inMiddle(lines, w, w, h)
}

// lowWords is the height below which the time that is left stands beside the state, in
// lines.
const lowWords = 10

// stateAndTime are the state and the time that is left on one line; nil where that is
// too narrow for both.
func (c *codeScreen) stateAndTime(d *desk, w int) []string {
	state, left := c.standing(d), c.timeLeft(d)
	if len(left) == 0 {
		return nil
	}
	line := state.sign + " " + joinWords(d, d.say(state.word), left[0])
	if look.Width(line) > w {
		return nil
	}
	return []string{state.style.Paint(line)}
}

// timeLeft is how long the deal can still be paid, in a line.
func (c *codeScreen) timeLeft(d *desk) []string {
	deal, ok := store.CurrentDeal(c.attempt.deals, d.now())
	if !ok || !deal.Payable(d.now()) || deal.Withheld() || deal.ExpiresAt == 0 {
		return nil
	}
	left := time.Duration(deal.ExpiresAt-d.now()) * time.Millisecond
	return []string{d.fill(payWithin, "{left}", clockOf(left))}
}

// clockOf is a time that is left, as 9:59 or 1:09:59. A part of a second counts as
// one.
func clockOf(left time.Duration) string {
	seconds := int((left + time.Second - 1) / time.Second)
	hours, minutes := seconds/3600, seconds/60%60
	if hours > 0 {
		return fmt.Sprintf("%d:%02d:%02d", hours, minutes, seconds%60)
	}
	return fmt.Sprintf("%d:%02d", minutes, seconds%60)
}

// whyFailed says why there is nothing to pay by, and what to do.
func (c *codeScreen) whyFailed(d *desk, w int) []string {
	if c.phase(d) == dealWithheld {
		return c.whyWithheld(d, w)
	}
	if c.phase(d) != dealFailed {
		return nil
	}
	err := c.attempt.err
	if c.attempt.ref != "" {
		err = errors.Join(c.attempt.toErr, err)
	}
	says, hint := d.explain(err)
	lines := d.painted(d.theme.Bad, says, w)
	if hint != "" {
		lines = append(lines, d.painted(d.theme.Hint, hint, w)...)
	}
	return lines
}

// withheld is why a deal that could be paid is not to be, in a word.
func (c *codeScreen) withheld(d *desk) lang.Text {
	if deal, _ := store.CurrentDeal(c.attempt.deals, d.now()); deal.Misquoted() {
		return sumsDiffer
	}
	return stateUnclear
}

// whyWithheld says what is to be paid and what the payment system says is, or what it
// says of the deal's state.
func (c *codeScreen) whyWithheld(d *desk, w int) []string {
	deal, _ := store.CurrentDeal(c.attempt.deals, d.now())
	if !deal.Misquoted() {
		return d.painted(d.theme.Bad, d.dealTrouble(deal), w)
	}
	says := strings.NewReplacer("{sum}", deal.Amount.Format(d.Lang), "{told}", deal.Told.Format(d.Lang)).Replace(d.say(d.naming(sayBothSums, c.inv.System)))
	return append(d.painted(d.theme.Bad, says, w), d.painted(d.theme.Hint, d.say(d.naming(hintBothSums, c.inv.System)), w)...)
}

// notAgain says what to think of before more is asked for, where the money of the
// last deal may have been sent.
func (c *codeScreen) notAgain(d *desk, w int) []string {
	deals := c.attempt.deals
	if c.phase(d) != dealOver || len(deals) == 0 || c.undecided() {
		return nil
	}
	if doubtful, ok := store.DoubtfulDeal(deals); ok {
		return d.painted(d.theme.Warn, d.ifSent(doubtful), w)
	}
	return d.painted(d.theme.Warn, d.ifSent(deals[0]), w)
}

// ifSent says of a deal that ended without money what to do where the payer has sent
// it, or has said so; empty where they can't have.
func (d *desk) ifSent(deal store.Deal) string {
	says := ifTransferred
	switch {
	case deal.Doubtful():
		says = saidPaid
	case deal.State != store.DealCanceled || deal.ID == "" || deal.TransID != "":
		return ""
	}
	return d.fillSystem(says, deal.System, "{id}", look.Foreign(deal.ID))
}

// offer is the key that begins again, or that of what has to be done before.
func (c *codeScreen) offer(d *desk, w int) []string {
	switch phase := c.phase(d); {
	case phase == dealOver && c.undecided():
		return look.Wrap(d.theme.Key.Paint(keys.KeyOf(keys.Settle))+" "+d.say(decideOnIt), w)
	case phase != dealFailed && phase != dealOver:
		return nil
	}
	return look.Wrap(d.theme.Key.Paint(keys.KeyOf(keys.AskAnew))+" "+d.say(beginAnew), w)
}

// whyNotOfDeal says why an action on the code of a deal can't be done.
func (c *codeScreen) whyNotOfDeal(d *desk, a keys.Action) (none lang.Text) {
	switch a {
	case keys.CopyLink:
		if c.given(d) == "" {
			return c.standing(d).word
		}
	case keys.SwitchLink:
		switch {
		case !c.links(d).Pages():
			return oneLink
		case c.phase(d) == dealWithheld:
			return c.withheld(d)
		}
	case keys.Poster:
		return noDealPoster
	case keys.CopyMessage:
		return whyNoLink(d, c.inv)
	case keys.SaveSVG, keys.SavePNG:
		switch {
		case c.card(d):
			return cardUnsaved
		case c.link(d) == "":
			return c.standing(d).word
		}
	case keys.Invert:
		if c.link(d) == "" {
			return c.standing(d).word
		}
	}
	return none
}

// naming puts the name of a payment system into a text, in every language.
func (d *desk) naming(t lang.Text, s store.System) lang.Text {
	return t.Fill("{system}", d.systemName(s))
}

var (
	askingSystem    = lang.Text{UZ: "{system} tizimidan so‘ralmoqda…", RU: "спрашиваю {system}…", EN: "asking {system}…"}
	cardSought      = lang.Text{UZ: "karta qidirilmoqda…", RU: "ищем карту…", EN: "looking for a card…"}
	transferWaiting = lang.Text{UZ: "o‘tkazma kutilmoqda", RU: "ждём перевод", EN: "waiting for the transfer"}
	payerClaims     = lang.Text{
		UZ: "mijoz to‘ladim deyapti: {system} tekshirmoqda",
		RU: "клиент говорит, что заплатил: {system} проверяет",
		EN: "the payer says they have paid: {system} is checking",
	}
	systemLooks  = lang.Text{UZ: "{system} bu to‘lovni o‘rganmoqda", RU: "{system} разбирается с этим платежом", EN: "{system} is looking into this payment"}
	systemFailed = lang.Text{
		UZ: "{system} hozir qayerga to‘lashni aytmadi",
		RU: "{system} не сообщает, куда платить",
		EN: "{system} does not say where to pay",
	}
	dealExpired   = lang.Text{UZ: "to‘lash vaqti o‘tdi", RU: "время на оплату вышло", EN: "the time to pay is over"}
	dealCalledOff = lang.Text{UZ: "{system} bu to‘lovni bekor qildi", RU: "{system} отменил этот платёж", EN: "{system} has cancelled this payment"}
	sumsDiffer    = lang.Text{UZ: "summalar har xil: to‘lanmasin", RU: "суммы расходятся: платить нельзя", EN: "the sums differ: this must not be paid"}
	stateUnclear  = lang.Text{UZ: "holati noma’lum: to‘lanmasin", RU: "состояние неизвестно: платить нельзя", EN: "its state is unclear: this must not be paid"}
	sayBothSums   = lang.Text{
		UZ: "hisob {sum}, {system} esa {told} deyapti",
		RU: "счёт на {sum}, а {system} называет {told}",
		EN: "the invoice is for {sum}, and {system} says {told}",
	}
	hintBothSums = lang.Text{
		UZ: "{system} bilan bog‘laning yoki to‘lovni boshqa yo‘l bilan oling",
		RU: "свяжитесь с {system} или примите оплату другим способом",
		EN: "call {system}, or take the payment another way",
	}
	otherMoney = lang.Text{
		UZ: "pul keldi, lekin hisob to‘lanmadi",
		RU: "деньги пришли, но счёт не оплачен",
		EN: "money came, but the invoice is not paid",
	}
	saidPaid = lang.Text{
		UZ: "Mijoz to‘ladim degan edi. To‘lov hali kuzatilmoqda: nizodan keyin pul kelishi mumkin. Mijoz pulni o‘tkazgan bo‘lsa, undan qayta olmang: {system}ga yozing, bitim raqami {id}",
		RU: "Клиент говорил, что заплатил. За платежом ещё следим: после спора деньги могут прийти. Если клиент их перевёл, не берите с него снова: напишите в {system}, номер сделки {id}",
		EN: "The payer had said they paid. It is still watched: a dispute may bring the money. If they have transferred it, don't charge again: write to {system} with deal ID {id}",
	}
	ifTransferred = lang.Text{
		UZ: "Mijoz pulni o‘tkazgan bo‘lsa, undan qayta olmang: {system}ga yozing, bitim raqami {id}",
		RU: "Если клиент перевёл деньги, не берите с него снова: напишите в {system}, номер сделки {id}",
		EN: "If they have transferred the money, don't charge again: write to {system} with deal ID {id}",
	}
	decideNotAsk = byKey(lang.Text{
		UZ: "avval kelgan pul haqida qaror qiling ({settle}): undan keyin so‘rash mumkin",
		RU: "сначала решите, что с пришедшими деньгами ({settle}): потом можно запросить снова",
		EN: "decide about the money that came first ({settle}): then more can be asked for",
	})
	noDealPoster = lang.Text{
		UZ: "bu kod bitta to‘lov uchun: uni chop etib bo‘lmaydi",
		RU: "этот код на один платёж: печатать его нельзя",
		EN: "this code is for one payment: it is not for printing",
	}
	beginAnew  = lang.Text{UZ: "qaytadan so‘rash", RU: "запросить снова", EN: "ask again"}
	decideOnIt = lang.Text{UZ: "bu pul haqida qaror qilish", RU: "решить, что с этими деньгами", EN: "decide about this money"}
	payWithin  = lang.Text{UZ: "{left} qoldi", RU: "осталось {left}", EN: "{left} left"}
	asOnScreen = lang.Text{
		UZ: "qayerga to‘lash ekranda: yangisi kerak emas",
		RU: "куда платить — на экране: запрашивать снова не нужно",
		EN: "where to pay is on the screen: there is no need to ask again",
	}
	cardUnsaved = lang.Text{
		UZ: "bu birovning kartasi: u saqlanmaydi, faqat ko‘rsatiladi",
		RU: "это чужая карта: она только показывается и не сохраняется",
		EN: "this is somebody's card: it is shown and not saved",
	}
)
