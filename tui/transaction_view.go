package tui

import (
	"slices"
	"strconv"
	"strings"

	"tushum/internal/lang"
	"tushum/store"
	"tushum/tui/look"
)

// The room in which the sum is drawn in large letters whatever else has to be
// scrolled for, and from which the timeline stands beside the facts, in cells.
const (
	bigSumWidth    = 60
	bigSumHeight   = 20
	besideFrom     = 100
	transactionGap = 4
	mostFacts      = 50 // width of the facts where the timeline stands beside them
)

func (s *transactionScreen) view(d *desk, w, h int) string {
	margin := min(2, w/20)
	inner := max(1, w-2*margin)
	rest := append(s.stateLines(d, inner), s.bodyLines(d, inner)...)
	lines := append([]string{""}, s.sumLines(d, inner, h, len(rest))...)
	lines = append(lines, rest...)
	for i, line := range lines {
		lines[i] = strings.Repeat(" ", margin) + line
	}
	return s.scroller.view(d, lines, w, h)
}

// bodyLines are the facts and what happened. Where they stand below each other
// what only the bank goes by comes last.
func (s *transactionScreen) bodyLines(d *desk, w int) []string {
	lines := []string{""}
	if w >= besideFrom {
		facts := s.filled(d.factLines(slices.Concat(s.facts(d), s.bankFacts()), mostFacts), mostFacts)
		return append(lines, look.Beside(facts, s.timeline(d, w-mostFacts-transactionGap), transactionGap)...)
	}
	lines = append(lines, d.factLines(s.facts(d), w)...)
	lines = append(lines, "")
	lines = append(lines, s.timeline(d, w)...)
	lines = append(lines, "")
	return append(lines, d.factLines(s.bankFacts(), w)...)
}

// filled keeps the second column where it is when the facts are narrow.
func (*transactionScreen) filled(lines []string, w int) []string {
	for i, line := range lines {
		lines[i] = look.Fit(line, w)
	}
	return lines
}

// stateLines are what became of it and since when, and where its giving back stands.
func (s *transactionScreen) stateLines(d *desk, w int) []string {
	sign, style, since := s.state(d)
	word := sign + " " + s.stateWord(d)
	lines := []string{look.Cut(style.Paint(word)+d.theme.Faint.Paint(" "+d.theme.Signs.Dot+" "+d.full(since)), w)}
	if reason := s.reason(d); reason != "" {
		lines = append(lines, d.painted(style, reason, w)...)
	}
	lines = append(lines, s.settleLines(d, w)...)
	lines = append(lines, s.refundLines(d, w)...)
	if s.err != nil {
		lines = append(lines, d.painted(d.theme.Bad, d.theme.Signs.Failed+" "+d.trouble(s.err), w)...)
	}
	return lines
}

// stateWord is what became of it. Money that pays no invoice has come, and paid nothing.
func (s *transactionScreen) stateWord(d *desk) string {
	switch status := s.status(d); {
	case status == store.Reversed && store.RefundStateOf(s.tx) == store.Unasked:
		return d.say(stateTakenBack)
	case status != store.Confirmed || s.tx.Applied():
		return store.StatusWord(status.String(), d.Lang)
	case s.tx.Unsettled():
		return store.DealStateWord(store.DealCompleted, d.Lang)
	}
	return d.say(paidElsewhere)
}

// sumLines are the sum, large where the window is, or where all that follows
// still has room below it.
func (s *transactionScreen) sumLines(d *desk, w, h, rest int) []string {
	sum := d.sum(s.tx.Amount)
	plain := []string{d.theme.Strong.Paint(look.Cut(sum, w))}
	big := look.Big
	if d.theme.ASCII {
		big = look.BigASCII
	}
	const small, large = 3, 5 // lines
	room := small
	if large+2+rest <= h {
		room = large
	}
	lines := big(sum, w, room)
	fits := len(lines)+2+rest <= h
	if len(lines) < small || !fits && (w < bigSumWidth || h < bigSumHeight) {
		return plain
	}
	for i, line := range lines {
		lines[i] = d.theme.Strong.Paint(line)
	}
	return append(lines, "")
}

// state is the sign of the status, and since when it has it.
func (s *transactionScreen) state(d *desk) (sign string, style look.Style, since store.Instant) {
	switch t := s.tx; s.status(d) {
	case store.Confirmed:
		if !t.Applied() && !t.Unsettled() {
			return d.theme.Signs.Cancelled, d.theme.Faint, t.ConfirmedAt
		}
		return d.theme.Signs.Paid, d.theme.Good, t.ConfirmedAt
	case store.Reversed:
		return d.theme.Signs.Reversed, d.theme.Bad, t.ReversedAt
	case store.FailedTx:
		return d.theme.Signs.Failed, d.theme.Bad, s.failedAt(d)
	default:
		return d.theme.Signs.Paying, d.theme.Warn, t.CreatedAt
	}
}

// failedAt is when a payment came to nothing, also where only the clock says so.
func (s *transactionScreen) failedAt(d *desk) store.Instant {
	if s.tx.FailedAt != 0 {
		return s.tx.FailedAt
	}
	return s.tx.CreatedAt.Add(d.rules().TransactionTTL)
}

// reason is why a payment failed, or until when one may be confirmed.
func (s *transactionScreen) reason(d *desk) string {
	switch s.status(d) {
	case store.Created:
		return d.fill(waitsUntil, "{at}", d.clock(s.failedAt(d)))
	case store.FailedTx:
		why := s.tx.Reason
		if why == "" {
			why = store.FailExpired
		}
		return store.ReasonWord(why, d.Lang)
	}
	return ""
}

// refundLines say in words where the giving back of the money stands.
func (s *transactionScreen) refundLines(d *desk, w int) []string {
	request, signs := s.tx.Refund, d.theme.Signs
	var sign, note string
	var text lang.Text
	style := d.theme.Warn
	switch store.RefundStateOf(s.tx) {
	case store.Requested:
		sign, text, note = signs.Waiting, refundIsRequested, request.Reason
	case store.RefundDone:
		sign, text, note, style = signs.Paid, refundIsDone, request.Reason, d.theme.Good
	case store.Withdrawn:
		sign, text, note, style = signs.Cancelled, refundIsWithdrawn, request.Note, d.theme.Faint
	case store.Refused:
		sign, text, note, style = signs.Failed, refundIsRefused, request.Note, d.theme.Bad
	case store.Unasked:
		sign, text, style = signs.Warn, refundIsUnasked, d.theme.Bad
	default:
		return nil
	}
	says := d.fillSystem(text, s.tx.System, "{asked}", d.full(request.AskedAt), "{closed}", d.full(store.RefundClosedAt(s.tx)), "{by}", look.Foreign(request.By))
	lines := append([]string{""}, d.painted(style, sign+" "+says, w)...)
	if store.RefundStateOf(s.tx) == store.Unasked && d.profile(s.tx.System).Can.Deals {
		lines = append(lines, d.painted(d.theme.Hint, d.fillSystem(takenBackStep, s.tx.System, "{deal}", look.Foreign(s.tx.TransID)), w)...)
	}
	if note != "" {
		for _, line := range d.painted(d.theme.Faint, look.Foreign(note), max(1, w-2)) {
			lines = append(lines, "  "+line)
		}
	}
	return lines
}

func (s *transactionScreen) facts(d *desk) []fact {
	t := s.tx
	fee, net := "", ""
	if t.ConfirmedAt != 0 && t.Status != store.Reversed {
		fee = d.sum(t.Fee()) + " (" + t.Rate.Format(d.Lang) + ")"
		if t.RateAssumed {
			fee += ", " + d.say(checkContract)
		}
		net = d.sum(t.Net())
		if t.RateAssumed {
			net = d.about(net)
		}
	}
	return []fact{
		{colInvoice, t.Number.String()},
		{factCustomer, s.customer()},
		{factSource, d.sourceName(t.Source)},
		{factFee, fee},
		{factNet, net},
		{factTariff, look.Foreign(t.Tariff)},
		{factCard, d.cardName(t.CardType)},
	}
}

// about says that a sum is an assumption.
func (d *desk) about(sum string) string {
	if d.theme.ASCII {
		return "~ " + sum
	}
	return "≈ " + sum
}

// bankFacts are what the bank finds the payment by.
func (s *transactionScreen) bankFacts() []fact {
	service := ""
	if s.tx.ServiceID != 0 {
		service = strconv.FormatInt(s.tx.ServiceID, 10)
	}
	reference := s.tx.Reference
	if reference == s.tx.TransID {
		reference = "" // that of a deal
	}
	return []fact{
		{lang.Text{EN: "transId"}, look.Foreign(s.tx.TransID)},
		{factReference, look.Foreign(reference)},
		{lang.Text{EN: "serviceId"}, service},
	}
}

// customer is who the invoice was made for, and the phone that paid: masked.
func (s *transactionScreen) customer() string {
	phone := s.tx.Phone
	if phone == "" {
		phone = s.invoice.Customer.Phone
	}
	name, masked := look.Foreign(s.invoice.Customer.Name), strings.ReplaceAll(phone.String(), " ", "\u00a0")
	if name != "" && masked != "" {
		return name + ", " + masked
	}
	return name + masked
}

// cardName is the bank's number for a kind of card in words.
func (d *desk) cardName(kind int64) string {
	switch kind {
	case 0:
		return ""
	case 1:
		return d.say(cardCorporate)
	case 2:
		return d.say(cardPrivate)
	}
	return strconv.FormatInt(kind, 10)
}

var (
	paidElsewhere = lang.Text{UZ: "to‘landi, lekin bu hisob uchun emas: yopilgan", RU: "оплачен, но не за этот счёт: закрыт", EN: "paid, not for this invoice: closed"}

	waitsUntil = lang.Text{
		UZ: "bank {at} gacha tasdiqlamasa, to‘lov bekor bo‘ladi", RU: "если банк не подтвердит до {at}, платёж не пройдёт", EN: "fails by itself if the bank does not confirm it by {at}",
	}
	refundIsRequested = lang.Text{
		UZ: "qaytarish {asked} da so‘ralgan ({by}), bank kutilmoqda", RU: "возврат запрошен {asked} ({by}), ждём банк", EN: "refund requested {asked} by {by}, waiting for the bank",
	}
	refundIsDone = lang.Text{
		UZ: "qaytarish bajarildi: {asked} da so‘ralgan, bank pulni {closed} da qaytardi", RU: "возврат выполнен: запрошен {asked}, банк вернул деньги {closed}", EN: "refund done: requested {asked}, given back by the bank {closed}",
	}
	refundIsWithdrawn = lang.Text{
		UZ: "qaytarish so‘rovi {closed} da qaytarib olindi", RU: "запрос на возврат отозван {closed}", EN: "refund request withdrawn {closed}",
	}
	refundIsRefused = lang.Text{
		UZ: "bank qaytarishni rad etdi ({closed})", RU: "банк отказал в возврате ({closed})", EN: "the bank refused the refund ({closed})",
	}
	refundIsUnasked = lang.Text{
		UZ: "{system} pulni so‘ralmasdan qaytarib oldi", RU: "{system}: деньги забрали без запроса магазина", EN: "{system} took it back unasked",
	}
	takenBackStep = lang.Text{
		UZ: "tovar berib yuborilgan bo‘lsa, {system} xizmatiga bitim raqami bilan yozing: {deal}. Mijoz qayta to‘lasa, hisobni oching",
		RU: "если товар уже отдан, напишите в {system} с номером сделки: {deal}. Чтобы клиент заплатил снова, откройте счёт",
		EN: "if goods were handed out, write to {system} with the number of the deal: {deal}. For the customer to pay again, reopen the invoice",
	}
	checkContract = lang.Text{UZ: "shartnomangizdan tekshiring", RU: "проверьте в договоре", EN: "check your contract"}
	factCustomer  = lang.Text{UZ: "mijoz", RU: "клиент", EN: "customer"}
	factSource    = lang.Text{UZ: "usul", RU: "способ", EN: "paid from"}
	factFee       = lang.Text{UZ: "haq", RU: "комиссия", EN: "fee"}
	factNet       = lang.Text{UZ: "qo‘lga", RU: "на руки", EN: "net"}
	factTariff    = lang.Text{UZ: "tarif", RU: "тариф", EN: "tariff"}
	factCard      = lang.Text{UZ: "karta", RU: "карта", EN: "card"}
	factReference = lang.Text{UZ: "bank raqami", RU: "номер банка", EN: "reference"}
	cardCorporate = lang.Text{UZ: "korporativ", RU: "корпоративная", EN: "corporate"}
	cardPrivate   = lang.Text{UZ: "shaxsiy", RU: "личная", EN: "private"}
)
