package main

import (
	"errors"

	"tushum/internal/lang"
	"tushum/store"
)

// refusal is why a change makes no sense for an invoice in its state, and what
// to do instead. The texts may hold {number}.
type refusal struct{ says, hint lang.Text }

var (
	hintNewInvoice = lang.Text{UZ: "kerak bo‘lsa, yangi hisob oching", RU: "при необходимости создайте новый счёт", EN: "make a new invoice if it is still needed"}
	hintReopen     = lang.Text{
		UZ: "avval qayta oching: tushum invoice reopen {number}", RU: "сначала откройте его снова: tushum invoice reopen {number}", EN: "open it again first: tushum invoice reopen {number}",
	}
	sayCancelled = lang.Text{UZ: "{number} raqamli hisob bekor qilingan", RU: "счёт {number} отменён", EN: "invoice {number} is cancelled"}
	sayRefunded  = lang.Text{UZ: "{number} raqamli hisob puli qaytarilgan", RU: "деньги по счёту {number} возвращены", EN: "the money of invoice {number} was given back"}
)

// refusals are by command, then by the status that stood in the way.
var refusals = map[string]map[string]refusal{
	invoiceCancelSpec.use: {
		"cancelled": {says: lang.Text{UZ: "{number} raqamli hisob allaqachon bekor qilingan", RU: "счёт {number} уже отменён", EN: "invoice {number} is already cancelled"}},
		"expired": {says: lang.Text{
			UZ: "{number} raqamli hisobning muddati o‘tgan, uni baribir hech kim to‘lay olmaydi", RU: "счёт {number} просрочен, его и так никто не оплатит", EN: "invoice {number} has expired, nobody can pay it anyway",
		}},
		"refunded": {says: lang.Text{
			UZ: "{number} raqamli hisob puli qaytarilgan, uni baribir hech kim to‘lay olmaydi", RU: "деньги по счёту {number} возвращены, его и так никто не оплатит", EN: "the money of invoice {number} was given back, nobody can pay it anyway",
		}},
	},
	invoiceReopenSpec.use: {
		"open": {says: lang.Text{UZ: "{number} raqamli hisob ochiq turibdi", RU: "счёт {number} и так открыт", EN: "invoice {number} is open already"}, hint: lang.Text{
			UZ: "muddatini o‘zgartirish uchun: tushum invoice extend {number}", RU: "чтобы изменить срок: tushum invoice extend {number}", EN: "to move its end: tushum invoice extend {number}",
		}},
		"cancelled": {says: lang.Text{
			UZ: "{number} raqamli hisob bekor qilingan, uni qayta ochib bo‘lmaydi", RU: "счёт {number} отменён, снова открыть его нельзя", EN: "invoice {number} is cancelled, which can't be undone",
		}, hint: hintNewInvoice},
	},
	invoiceExtendSpec.use: {
		"cancelled": {says: sayCancelled, hint: hintNewInvoice},
		"refunded":  {says: sayRefunded, hint: hintReopen},
	},
	invoiceMarkPaidSpec.use: {
		"open": {says: lang.Text{ // nothing but a counter invoice is refused while open
			UZ: "{number} kassa hisobi (counter): u istalgancha to‘lanadi va to‘langan bo‘lib qolmaydi", RU: "счёт {number} — счёт кассы (counter): его оплачивают сколько угодно раз, и оплаченным он не становится", EN: "invoice {number} is a counter invoice: it is paid any number of times and never paid up",
		}, hint: lang.Text{
			UZ: "shu summaga alohida hisob oching", RU: "создайте отдельный счёт на эту сумму", EN: "make an invoice of its own for this sum",
		}},
		"cancelled": {says: sayCancelled, hint: hintNewInvoice},
		"refunded":  {says: sayRefunded, hint: hintReopen},
	},
}

// refusedChange words the ledger's refusal of a change by what was to be done.
func refusedChange(use string, err error) error {
	var ledger *store.Error
	if !errors.As(err, &ledger) || ledger.Code != store.NotAllowed {
		return err
	}
	r, known := refusals[use][ledger.Status]
	if !known {
		return err
	}
	return &fault{code: string(ledger.Code), exit: exitRefused, says: numbered(r.says, ledger.Number), hint: numbered(r.hint, ledger.Number)}
}

func numbered(t lang.Text, n store.Number) lang.Text {
	return t.Fill("{number}", n.String())
}
