package tui

import (
	"context"
	"errors"

	tea "charm.land/bubbletea/v2"

	"tushum/internal/lang"
	"tushum/store"
	"tushum/tui/look"
)

// unapplied says in words that money came which does not pay its invoice, and whether
// somebody has to decide about it; empty for money that pays.
func (d *desk) unapplied(t store.Transaction, inv store.Invoice) string {
	if t.Applied() || t.Status != store.Confirmed {
		return ""
	}
	says := d.whyUnapplied(t, inv)
	if t.Unsettled() {
		return says + ": " + d.say(toDecide)
	}
	return says
}

func (d *desk) whyUnapplied(t store.Transaction, inv store.Invoice) string {
	return d.fill(unappliedSays[t.Unapplied], "{got}", t.Amount.Number(), "{want}", inv.Amount.Number())
}

// settleLines say that money came late, why it does not pay its invoice, and what was
// decided about it.
func (s *transactionScreen) settleLines(d *desk, w int) []string {
	var lines []string
	t, signs := s.tx, d.theme.Signs
	if t.Late {
		lines = append(lines, d.painted(d.theme.Warn, signs.Warn+" "+d.fillSystem(cameLate, t.System), w)...)
	}
	if t.Unapplied == "" || t.Status != store.Confirmed {
		return lines
	}
	if s.read {
		if says := d.unapplied(t, s.invoice); says != "" {
			lines = append(lines, d.painted(d.theme.Warn, signs.Warn+" "+says, w)...)
		}
	}
	if done := t.Settlement; done.At != 0 {
		says := settledOtherwise
		if done.Applied {
			says = settledApplied
		}
		lines = append(lines, d.painted(d.theme.Good, signs.Paid+" "+d.fill(says, "{at}", d.full(done.At), "{by}", look.Foreign(done.By)), w)...)
		for _, line := range d.painted(d.theme.Faint, look.Foreign(done.Note), max(1, w-2)) {
			lines = append(lines, "  "+line)
		}
	}
	return lines
}

// whyNotSettle asks the rules: they alone decide.
func (s *transactionScreen) whyNotSettle(d *desk) lang.Text {
	const anyReason = "-" // what the reason is makes no difference, there only has to be one
	_, err := d.rules().Settle(s.invoice, s.tx, nil, store.SettleOrder{TransID: s.tx.TransID, By: d.Seat, Note: anyReason}, d.now())
	if err == nil {
		err = d.ready
	}
	return inEveryLanguage(err)
}

// settleDialog asks what becomes of money that no invoice waited for. inFlight is
// whether somebody is paying the invoice.
func settleDialog(d *desk, t store.Transaction, inv store.Invoice, inFlight bool) *dialog {
	q := &dialog{
		title: d.say(settleTitle),
		body:  []string{joinWords(d, d.fill(invoiceTitle, "{number}", t.Number.String()), d.whyUnapplied(t, inv))},
		ask:   d.say(settleNote), whole: true, must: d.say(settleMust), yes: d.say(settleYes),
	}
	apply := 0
	if inv.Status == store.Paid {
		apply = noChoice // the ledger would refuse it
	} else {
		q.choices = append(q.choices, d.say(settleApply))
	}
	q.choices = append(q.choices, d.say(settleElse))
	if inFlight {
		q.warning = d.say(settleInFlight)
	}
	q.then = func(chosen int, note string) tea.Cmd {
		return d.settle(store.SettleOrder{System: t.System, TransID: t.TransID, By: d.Seat, Note: note, Apply: chosen == apply, Force: inFlight}, t, inv)
	}
	return q
}

// decideFirst asks about the money for which an action on its invoice was refused.
func (d *desk) decideFirst(refusal error) tea.Msg {
	var refused *store.Error
	if !errors.As(refusal, &refused) {
		return toastMsg{d.trouble(refusal), bad}
	}
	ctx := context.Background()
	t, err := d.Ledger.TransactionOf(ctx, refused.System, refused.TransID)
	if err != nil {
		return toastMsg{d.trouble(refusal), bad}
	}
	inv, err := d.Ledger.Invoice(ctx, t.Number)
	if err != nil {
		return toastMsg{d.trouble(refusal), bad}
	}
	q := settleDialog(d, t, inv, false)
	q.body = append([]string{d.say(decideBefore)}, q.body...)
	return askMsg{q}
}

// noChoice is the place of a choice that a dialog does not offer.
const noChoice = -1

// settle writes a decision down. Where somebody has begun to pay meanwhile it asks
// again, with the dialog that warns.
func (d *desk) settle(o store.SettleOrder, t store.Transaction, inv store.Invoice) tea.Cmd {
	then := *d // as it is now: the command runs beside the model
	return func() tea.Msg {
		_, err := then.Ledger.Settle(context.Background(), o)
		switch {
		case errors.Is(err, store.PaymentInFlight) && !o.Force:
			return askMsg{settleDialog(&then, t, inv, true)}
		case err != nil:
			return toastMsg{then.trouble(err), bad}
		case o.Apply:
			return toastMsg{then.fill(markDone, "{number}", t.Number.String()), glad}
		}
		return toastMsg{then.say(settleDone), plain}
	}
}

var (
	unappliedSays = map[store.Unapplied]lang.Text{
		store.OtherAmount:   {UZ: "{got} keldi, {want} so‘ralgan edi", RU: "пришло {got}, а просили {want}", EN: "{got} came, {want} was asked"},
		store.PaidByAnother: {UZ: "{got} keldi, hisob esa allaqachon to‘langan edi", RU: "пришло {got}, а счёт уже был оплачен", EN: "{got} came, and the invoice was paid already"},
		store.InvoiceShut:   {UZ: "{got} keldi, hisob esa yopiq edi", RU: "пришло {got}, а счёт был закрыт", EN: "{got} came, and the invoice was closed"},
	}
	toDecide = lang.Text{UZ: "hal qiling", RU: "решите, что с ними делать", EN: "decide"}
	cameLate = lang.Text{
		UZ: "kech keldi: {system} bitimni tugagan deb aytgan yoki do‘kon uni bekor qilgan edi",
		RU: "пришли поздно: {system} уже объявил сделку оконченной, или магазин её отозвал",
		EN: "it came late: {system} had said that the deal was over, or the shop had cancelled it",
	}
	settledApplied   = lang.Text{UZ: "{at} da hal qilindi ({by}): hisobni to‘laydi", RU: "решено {at} ({by}): оплачивает счёт", EN: "decided {at} by {by}: it pays the invoice"}
	settledOtherwise = lang.Text{UZ: "{at} da hal qilindi ({by})", RU: "решено {at} ({by})", EN: "decided {at} by {by}"}

	settleTitle = lang.Text{UZ: "bu pul bilan nima qilinadi?", RU: "что делать с этими деньгами?", EN: "what becomes of this money?"}
	settleApply = lang.Text{UZ: "shu hisob to‘landi deb olinsin", RU: "они оплачивают этот счёт", EN: "it pays this invoice"}
	settleElse  = lang.Text{
		UZ: "boshqacha hal qilindi: qaytarildi yoki boshqa maqsadga olib qolindi",
		RU: "решено иначе: вернули или оставили на другую цель",
		EN: "dealt with otherwise: given back, or kept for another purpose",
	}
	decideBefore = lang.Text{
		UZ: "avval shu pul haqida qaror qiling, keyin amalni takrorlang",
		RU: "сначала решите, что с этими деньгами, потом повторите действие",
		EN: "decide about this money first, then do it again",
	}
	settleNote = lang.Text{UZ: "izoh: nima qilindi", RU: "пояснение: что сделано", EN: "note: what was done"}
	settleMust = lang.Text{UZ: "nima qilinganini yozing", RU: "напишите, что сделано", EN: "say what was done"}
	settleYes  = lang.Text{UZ: "yozib qo‘yish", RU: "записать", EN: "write it down"}
	settleDone = lang.Text{UZ: "qaror yozib qo‘yildi", RU: "решение записано", EN: "the decision is written down"}

	settleInFlight = lang.Text{
		UZ: "kimdir shu hisobni hozir to‘layapti: uning puli keyin ortiqcha bo‘ladi yoki qaytadi",
		RU: "этот счёт сейчас оплачивают: те деньги окажутся лишними или вернутся",
		EN: "somebody is paying this invoice right now: that money will be too much, or go back",
	}
)
