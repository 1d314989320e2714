package tui

import (
	"context"
	"errors"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tushum/internal/lang"
	"tushum/store"
	"tushum/tui/keys"
)

// change does what changes the invoice, or gives something of it away.
func (s *invoiceScreen) change(d *desk, a keys.Action) tea.Cmd {
	switch a {
	case keys.Cancel:
		return d.ask(cancelDialog(d, s.inv, s.paying(d)))
	case keys.Reopen:
		return d.ask(prolongDialog(d, s.inv, reopening))
	case keys.Extend:
		return d.ask(prolongDialog(d, s.inv, extending))
	case keys.MarkPaid:
		return d.ask(markPaidDialog(d, s.inv, s.paying(d)))
	case keys.Clone:
		return d.push(cloneForm(d, s.inv))
	case keys.ShowCode:
		return d.push(newCode(d, s.inv))
	case keys.CopyLink:
		return copyText(d.links(s.inv).Payment, d.say(linkCopied))
	case keys.CopyMessage:
		return d.copyMessage(s.inv)
	}
	return nil
}

// order asks the ledger for a change and says what came of it. Where somebody
// has begun to pay meanwhile it asks again, with the dialog that warns; where money
// that came waits for a decision it asks about that.
func order(d *desk, done lang.Text, change func(context.Context, Ledger) (store.Invoice, error), warned func(*desk) *dialog) tea.Cmd {
	now := *d // a command must not look at what the model goes on changing
	return func() tea.Msg {
		inv, err := change(context.Background(), now.Ledger)
		switch {
		case err == nil:
			return toastMsg{now.fill(done, "{number}", inv.Number.String()), glad}
		case warned != nil && errors.Is(err, store.PaymentInFlight):
			return askMsg{warned(&now)}
		case errors.Is(err, store.MoneyUndecided):
			return now.decideFirst(err)
		}
		says := now.trouble(err)
		if errors.Is(err, store.AlreadyPaid) && now.givesBack(err) {
			says += " — " + now.say(refundInstead)
		}
		return toastMsg{says, bad}
	}
}

// givesBack tells of a refusal for an invoice whose payment is given back when the shop
// asks for that.
func (d *desk) givesBack(refusal error) bool {
	var refused *store.Error
	if !errors.As(refusal, &refused) {
		return false
	}
	inv, err := d.Ledger.Invoice(context.Background(), refused.Number)
	return err == nil && d.profile(inv.PaidSystem).Can.Letter
}

// cancelDialog asks whether to cancel. inFlight is whether somebody is paying.
func cancelDialog(d *desk, inv store.Invoice, inFlight bool) *dialog {
	q := &dialog{
		title: d.fill(cancelTitle, "{number}", inv.Number.String()),
		body:  []string{d.summary(inv)}, ask: d.say(reasonMay), yes: d.say(cancelYes),
	}
	if inFlight {
		q.warning = d.inFlightWarning(inv, cancelInFlight, cancelClaimed)
	} else {
		q.body = append(q.body, d.say(cancelSays))
	}
	q.then = func(_ int, reason string) tea.Cmd {
		o := store.CancelOrder{Number: inv.Number, By: d.Seat, Reason: strings.TrimSpace(reason), Force: inFlight}
		done := cancelDone
		if inFlight && !d.profile(inv.System).Can.Deals {
			done = cancelDoneInFlight
		}
		return order(d, done, func(ctx context.Context, l Ledger) (store.Invoice, error) { return l.Cancel(ctx, o) },
			func(now *desk) *dialog { return cancelDialog(now, inv, true) })
	}
	return q
}

// markPaidDialog asks how the money came. inFlight is whether somebody is paying.
func markPaidDialog(d *desk, inv store.Invoice, inFlight bool) *dialog {
	sources := store.ManualSources()
	q := &dialog{
		title: d.fill(markTitle, "{number}", inv.Number.String()),
		body:  []string{d.summary(inv), d.markSays(inv)}, ask: d.say(reasonMust), must: d.say(reasonMissing), yes: d.say(markYes),
	}
	for _, source := range sources {
		q.choices = append(q.choices, d.sourceName(source))
	}
	if inFlight {
		q.warning = d.inFlightWarning(inv, markInFlight, markClaimed)
	}
	q.then = func(chosen int, reason string) tea.Cmd {
		p := store.ManualPayment{
			Number: inv.Number, By: d.Seat, Reason: strings.TrimSpace(reason), Source: sources[chosen], Force: inFlight,
		}
		return order(d, markDone, func(ctx context.Context, l Ledger) (store.Invoice, error) { return l.MarkPaid(ctx, p) },
			func(now *desk) *dialog { return markPaidDialog(now, inv, true) })
	}
	return q
}

// markSays is what marking an invoice as paid means.
func (d *desk) markSays(inv store.Invoice) string {
	if d.profile(inv.System).Can.ByHand {
		return d.say(markByHand)
	}
	return d.fillSystem(markSays, inv.System)
}

// inFlightWarning says what becomes of a payment that is under way: a confirm can be
// refused, the money of a deal comes when it comes.
func (d *desk) inFlightWarning(inv store.Invoice, byCall, byDeal lang.Text) string {
	if d.profile(inv.System).Can.Deals {
		return d.fillSystem(byDeal, inv.System)
	}
	return d.say(byCall)
}

// prolonging is one of the two ways of giving an invoice more time.
type prolonging struct {
	title, yes, done lang.Text
	change           func(ctx context.Context, l Ledger, n store.Number, by, reason string, expires store.Instant) (store.Invoice, error)
}

var (
	reopening = prolonging{
		title: lang.Text{UZ: "{number} hisobni qayta ochish", RU: "открыть счёт {number} снова", EN: "reopen invoice {number}"},
		yes:   lang.Text{UZ: "ochish", RU: "открыть", EN: "reopen"},
		done:  lang.Text{UZ: "hisob {number} yana ochiq", RU: "счёт {number} снова открыт", EN: "invoice {number} is open again"},
		change: func(ctx context.Context, l Ledger, n store.Number, by, reason string, expires store.Instant) (store.Invoice, error) {
			return l.Reopen(ctx, n, by, reason, expires)
		},
	}
	extending = prolonging{
		title: lang.Text{UZ: "{number} hisobning muddati", RU: "срок счёта {number}", EN: "how long invoice {number} is open"},
		yes:   lang.Text{UZ: "saqlash", RU: "сохранить", EN: "set"},
		done:  lang.Text{UZ: "hisob {number}: yangi muddat saqlandi", RU: "счёт {number}: новый срок сохранён", EN: "invoice {number}: its new time is set"},
		change: func(ctx context.Context, l Ledger, n store.Number, by, reason string, expires store.Instant) (store.Invoice, error) {
			return l.Extend(ctx, n, by, reason, expires)
		},
	}
)

// prolongDialog asks until when the invoice shall be open.
func prolongDialog(d *desk, inv store.Invoice, how prolonging) *dialog {
	q := &dialog{
		title: d.fill(how.title, "{number}", inv.Number.String()), body: []string{d.summary(inv)},
		ask: d.say(reasonMay), yes: d.say(how.yes),
	}
	for _, e := range expiries {
		choice := d.say(e.name)
		if e.after != 0 {
			choice += ": " + d.fill(untilWhen, "{time}", d.local(d.now().Add(e.after)).Format("02.01 15:04"))
		}
		q.choices = append(q.choices, choice)
	}
	q.then = func(chosen int, reason string) tea.Cmd {
		var expires store.Instant
		if after := expiries[chosen].after; after != 0 {
			expires = d.now().Add(after)
		}
		return order(d, how.done, func(ctx context.Context, l Ledger) (store.Invoice, error) {
			return how.change(ctx, l, inv.Number, d.Seat, strings.TrimSpace(reason), expires)
		}, nil)
	}
	return q
}

// summary is the invoice in a line: the sum, and who is to pay it.
func (d *desk) summary(inv store.Invoice) string {
	says := d.asked(inv)
	if who := customerOf(inv.Customer); who != "" {
		says += " " + d.theme.Signs.Dot + " " + who
	}
	return says
}

// openPayment opens the payment of the invoice; of several it asks which.
func (s *invoiceScreen) openPayment(d *desk) tea.Cmd {
	if len(s.payments) == 1 {
		return d.push(newTransaction(d, s.payments[0]))
	}
	payments := s.payments[:min(len(s.payments), mostChoices)]
	q := &dialog{title: d.fill(whichPayment, "{number}", s.inv.Number.String()), yes: d.say(openIt)}
	for i, t := range payments {
		state, _ := d.attemptState(t)
		q.choices = append(q.choices, strconv.Itoa(i+1)+"  "+d.moment(t.CreatedAt)+"  "+t.Amount.Number()+"  "+state)
		if t.TransID == s.inv.PaidBy {
			q.chosen = i
		}
	}
	q.then = func(chosen int, _ string) tea.Cmd { return d.push(newTransaction(d, payments[chosen])) }
	return d.ask(q)
}

// mostChoices is how many payments can be chosen from, by the digits.
const mostChoices = 9

var (
	refundInstead = byKey(lang.Text{
		UZ: "pulni qaytarish to‘lovning o‘zidan so‘raladi ({payments})",
		RU: "возврат запрашивают у платежа ({payments})",
		EN: "a refund is requested on the payment ({payments})",
	})

	reasonMay     = lang.Text{UZ: "sabab (ixtiyoriy)", RU: "причина (можно не писать)", EN: "reason (may stay empty)"}
	reasonMust    = lang.Text{UZ: "izoh: kim, qachon, qanday to‘ladi", RU: "пояснение: кто, когда и как заплатил", EN: "reason: who paid, when and how"}
	reasonMissing = lang.Text{UZ: "izohsiz belgilab bo‘lmaydi: bir-ikki so‘z yozing", RU: "без пояснения нельзя: напишите пару слов", EN: "it can't be marked without a reason: write a word or two"}
	untilWhen     = lang.Text{UZ: "{time} gacha", RU: "до {time}", EN: "until {time}"}
	openIt        = lang.Text{UZ: "ochish", RU: "открыть", EN: "open"}
	whichPayment  = lang.Text{UZ: "{number} hisob: qaysi to‘lov?", RU: "счёт {number}: какой платёж?", EN: "invoice {number}: which payment?"}

	cancelTitle = lang.Text{UZ: "{number} hisobni bekor qilish", RU: "отменить счёт {number}", EN: "cancel invoice {number}"}
	cancelSays  = lang.Text{
		UZ: "havola va QR kod ishlamay qoladi; bekor qilingan hisob qayta ochilmaydi",
		RU: "ссылка и QR-код перестанут работать; отменённый счёт снова не открыть",
		EN: "its link and QR code stop working; a cancelled invoice can't be reopened",
	}
	cancelInFlight = lang.Text{
		UZ: "kimdir shu hisobni hozir to‘layapti. bekor qilinsa, bankning tasdig‘i rad etiladi va bank pulni mijozga qaytaradi",
		RU: "этот счёт сейчас оплачивают. после отмены подтверждение банка будет отклонено, и банк вернёт деньги клиенту",
		EN: "somebody is paying this invoice right now. once it is cancelled the bank’s confirm is refused, and the bank gives the customer the money back",
	}
	cancelClaimed = lang.Text{
		UZ: "mijoz to‘ladim deyapti, {system} tekshirmoqda. bekor qilinsa ham pul kelishi mumkin: u holda pul hal qilinadigan bo‘lib ko‘rinadi",
		RU: "клиент говорит, что заплатил, {system} проверяет. деньги могут прийти и после отмены: тогда их покажут как нерешённые",
		EN: "the payer says they have paid, and {system} is checking. the money may come all the same: it is then shown as money to decide about",
	}
	cancelYes          = lang.Text{UZ: "bekor qilish", RU: "отменить счёт", EN: "cancel the invoice"}
	cancelDone         = lang.Text{UZ: "hisob {number} bekor qilindi", RU: "счёт {number} отменён", EN: "invoice {number} is cancelled"}
	cancelDoneInFlight = lang.Text{
		UZ: "hisob {number} bekor qilindi; boshlangan to‘lovni bank mijozga qaytaradi",
		RU: "счёт {number} отменён; начатый платёж банк вернёт клиенту",
		EN: "invoice {number} is cancelled; the bank gives back the payment that was under way",
	}

	markTitle = lang.Text{UZ: "{number} hisob qo‘lda to‘langan", RU: "счёт {number} оплачен вручную", EN: "invoice {number} was paid by hand"}
	markSays  = lang.Text{
		UZ: "pul {system} orqali emas, boshqa yo‘l bilan keldi. shundan keyin bu hisobni {system} orqali to‘lab bo‘lmaydi",
		RU: "деньги пришли не через {system}. после этого счёт через {system} не оплатить",
		EN: "the money did not come by {system}. from then on this invoice can't be paid by {system}",
	}
	markByHand   = lang.Text{UZ: "pul qanday kelganini tanlang", RU: "выберите, как пришли деньги", EN: "choose how the money came"}
	markInFlight = lang.Text{
		UZ: "kimdir shu hisobni hozir bank orqali to‘layapti. belgilansa, bankning tasdig‘i rad etiladi va bank pulni mijozga qaytaradi",
		RU: "этот счёт сейчас оплачивают через банк. подтверждение банка будет отклонено, и банк вернёт деньги клиенту",
		EN: "somebody is paying this invoice through the bank right now. the bank’s confirm is refused then, and the bank gives the customer the money back",
	}
	markClaimed = lang.Text{
		UZ: "mijoz {system} orqali to‘ladim deyapti, bu hali tekshirilmoqda. o‘sha pul ham kelsa, u hal qilinadigan bo‘lib ko‘rinadi",
		RU: "клиент говорит, что заплатил через {system}, это ещё проверяется. если придут и те деньги, их покажут как нерешённые",
		EN: "the payer says they have paid by {system}, and that is being checked. if that money comes too, it is shown as money to decide about",
	}
	markYes  = lang.Text{UZ: "to‘langan deb belgilash", RU: "отметить оплаченным", EN: "mark as paid"}
	markDone = lang.Text{UZ: "hisob {number} to‘langan deb belgilandi", RU: "счёт {number} отмечен оплаченным", EN: "invoice {number} is marked as paid"}
)
