package tui

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"tushum/internal/lang"
	"tushum/qr"
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
	case dealMisquoted:
		s.sign, s.style, s.word = signs.Warn, theme.Bad, sumsDiffer
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
	state := c.standing(d)
	number := d.theme.Faint.Paint(d.say(numberOf)) + " " + c.inv.Number.String()
	if name := look.Foreign(c.inv.Customer.Name); name != "" {
		number = joinWords(d, number, name)
	}
	sumRows := h / 3
	if c.card(d) {
		sumRows = h / 4
	}
	says, left := d.say(state.word), c.timeLeft(d)
	if h < lowWords && len(left) > 0 {
		says, left = joinWords(d, says, left[0]), nil
	}
	return []paragraph{
		{c.largeSum(d, w, sumRows), 9},
		{c.cardNumber(d, w, h), 10},
		{c.cardOwner(d, w), 7},
		{d.painted(state.style, state.sign+" "+says, w), 8},
		{c.whyFailed(d, w), 7},
		{left, 6},
		{c.trouble(d, w), 7},
		{c.attemptLines(d, w, h/4), 5},
		{c.notAgain(d, w), 8},
		{c.offer(d, w), 8},
		{[]string{look.Cut(number, w)}, 3},
	}
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

// groupOf is how many digits of a card people read at a time.
const groupOf = 4

// cardWidth is a card's number with its groups apart, in cells.
const cardWidth = 19

// roomForCard tells whether the number of a card has a place beside or above a code.
func roomForCard(code qr.Code, s codeStyle, where wordsPlace, w int) bool {
	columns, _ := s.size(code)
	return where == above || where == beside && w-columns-besideGap >= cardWidth
}

// cardNumber is the card to send the money to, as large as there is room for: on one
// line, or on two.
func (c *codeScreen) cardNumber(d *desk, w, h int) []string {
	if !c.card(d) {
		return nil
	}
	groups := groupsOf(look.Foreign(c.attempt.to.Card))
	whole := strings.Join(groups, " ")
	large := d.big(whole, w, h/3)
	if half := (len(groups) + 1) / 2; len(large) < largeRows && len(groups) > 1 {
		first, second := d.big(strings.Join(groups[:half], " "), w, largeRows), d.big(strings.Join(groups[half:], " "), w, largeRows)
		if rows := len(first) + 1 + len(second); len(first) == largeRows && len(second) == largeRows && rows <= h/2 {
			large = append(append(first, ""), second...)
		}
	}
	if len(large) == 0 {
		large = look.Wrap(whole, w)
	}
	return append([]string{d.theme.Faint.Paint(look.Cut(d.say(cardToPay), w))}, paintAll(d.theme.Accent, large)...)
}

// groupsOf parts the digits of a card as they stand on it. What is no card's number
// stays as it is.
func groupsOf(card string) []string {
	digits := strings.ReplaceAll(card, " ", "")
	if digits == "" || strings.Trim(digits, "0123456789") != "" {
		return []string{card}
	}
	var groups []string
	for len(digits) > groupOf {
		groups, digits = append(groups, digits[:groupOf]), digits[groupOf:]
	}
	return append(groups, digits)
}

// cardOwner is whose card it is, and of which bank.
func (c *codeScreen) cardOwner(d *desk, w int) []string {
	if !c.card(d) {
		return nil
	}
	to := c.attempt.to
	return look.Wrap(joinWords(d, look.Foreign(to.Owner), look.Foreign(to.Bank)), w)
}

// lowWords is the height below which the time that is left stands beside the state, in
// lines.
const lowWords = 10

// timeLeft is how long the deal can still be paid, in a line.
func (c *codeScreen) timeLeft(d *desk) []string {
	deal, ok := store.CurrentDeal(c.attempt.deals, d.now())
	if !ok || !deal.Payable(d.now()) || deal.Misquoted() || deal.ExpiresAt == 0 {
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
	if c.phase(d) == dealMisquoted {
		return c.bothSums(d, w)
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

// bothSums says what is to be paid, and what the payment system says is.
func (c *codeScreen) bothSums(d *desk, w int) []string {
	deal, _ := store.CurrentDeal(c.attempt.deals, d.now())
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
	return d.painted(d.theme.Warn, d.ifSent(deals[0], c.attempt.doubted()), w)
}

// ifSent says of a deal that ended without money what to do where the payer has sent
// it; empty where they can't have. said is whether they said so.
func (d *desk) ifSent(deal store.Deal, said bool) string {
	says := ifTransferred
	switch {
	case said:
		says = saidPaid
	case deal.State != store.DealCanceled || deal.ID == "" || deal.TransID != "":
		return ""
	}
	return d.fillSystem(says, deal.System, "{id}", look.Foreign(deal.ID))
}

// offer is the key that begins again.
func (c *codeScreen) offer(d *desk, w int) []string {
	if phase := c.phase(d); phase != dealFailed && phase != dealOver {
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
		case c.phase(d) == dealMisquoted:
			return sumsDiffer
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
	name := d.systemName(s)
	in := func(text string) string { return strings.ReplaceAll(text, "{system}", name) }
	return lang.Text{UZ: in(t.UZ), RU: in(t.RU), EN: in(t.EN)}
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
		UZ: "Mijoz to‘ladim degan edi. To‘lov hali kuzatilmoqda: nizodan keyin pul kelishi mumkin. Mijoz pulni o‘tkazgan bo‘lsa, undan qayta olmang: {system} ga yozing, bitim raqami {id}",
		RU: "Клиент говорил, что заплатил. За платежом ещё следим: после спора деньги могут прийти. Если клиент их перевёл, не берите с него снова: напишите в {system}, номер сделки {id}",
		EN: "The payer had said they paid. It is still watched: a dispute may bring the money. If they have transferred it, don't charge again: write to {system} with deal ID {id}",
	}
	ifTransferred = lang.Text{
		UZ: "Mijoz pulni o‘tkazgan bo‘lsa, undan qayta olmang: {system} ga yozing, bitim raqami {id}",
		RU: "Если клиент перевёл деньги, не берите с него снова: напишите в {system}, номер сделки {id}",
		EN: "If they have transferred the money, don't charge again: write to {system} with deal ID {id}",
	}
	noDealPoster = lang.Text{
		UZ: "bu kod bitta to‘lov uchun: uni chop etib bo‘lmaydi",
		RU: "этот код на один платёж: печатать его нельзя",
		EN: "this code is for one payment: it is not for printing",
	}
	beginAnew  = lang.Text{UZ: "qaytadan so‘rash", RU: "запросить снова", EN: "ask again"}
	payWithin  = lang.Text{UZ: "{left} qoldi", RU: "осталось {left}", EN: "{left} left"}
	cardToPay  = lang.Text{UZ: "shu kartaga aynan shu summa", RU: "на эту карту ровно эту сумму", EN: "exactly this sum to this card"}
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
