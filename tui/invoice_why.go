package tui

import (
	"strings"

	"tushum/internal/lang"
	"tushum/store"
	"tushum/tui/keys"
)

// why says why something can't be done with the invoice as it stands.
func (s *invoiceScreen) why(d *desk, a keys.Action) lang.Text {
	switch a {
	case keys.Open, keys.Payments:
		return s.whyNoPayment()
	case keys.ShowCode:
		return whyNoCode(d, s.inv)
	case keys.CopyLink, keys.CopyMessage:
		return whyNoLink(d, s.inv)
	case keys.Cancel, keys.Reopen, keys.Extend, keys.MarkPaid, keys.Clone:
		if d.ready != nil {
			return inEveryLanguage(d.ready)
		}
	}
	status := s.inv.StatusAt(d.now())
	switch {
	case a == keys.MarkPaid && s.inv.Reusable():
		return counterNeverPaid
	case a == keys.Cancel && status == store.Paid && !d.profile(s.inv.PaidSystem).Can.Letter:
		return paidGiveBack
	case a == keys.Cancel && status == store.Expired && s.paying(d):
		return expiredButPaying
	}
	return refusedBy[a][status]
}

func (s *invoiceScreen) whyNoPayment() lang.Text {
	switch {
	case len(s.payments) > 0:
		return lang.Text{}
	case !s.loaded && s.err == nil:
		return paymentsReading
	}
	return noPayment
}

// whyNoLink says why there is nothing to give to the customer.
func whyNoLink(d *desk, inv store.Invoice) lang.Text {
	if refused := noLinkFor[inv.StatusAt(d.now())]; refused != (lang.Text{}) {
		return refused
	}
	switch {
	case d.links(inv).Payment != "":
		return lang.Text{}
	case d.profile(inv.System).Can.ByHand:
		return routedElsewhere
	case d.Deals != nil && d.profile(inv.System).Can.Deals:
		return noPageLink
	}
	return d.naming(noLink, inv.System)
}

// whyNoCode says why there is nothing for the customer to scan. A payment system that
// makes deals is asked for it when the screen is opened.
func whyNoCode(d *desk, inv store.Invoice) lang.Text {
	if d.Deals != nil && d.profile(inv.System).Can.Deals {
		return noLinkFor[inv.StatusAt(d.now())]
	}
	return whyNoLink(d, inv)
}

// byKey puts the keys of actions in the place of their names in braces.
func byKey(t lang.Text) lang.Text {
	for _, a := range []keys.Action{keys.Clone, keys.Extend, keys.Reopen, keys.Payments, keys.New, keys.Settle} {
		b, _ := keys.Of(a)
		name := "{" + string(a) + "}"
		t.UZ = strings.ReplaceAll(t.UZ, name, b.Shown())
		t.RU = strings.ReplaceAll(t.RU, name, b.Shown())
		t.EN = strings.ReplaceAll(t.EN, name, b.Shown())
	}
	return t
}

// refusedBy says, of each action, in which states it can't be done and why.
var refusedBy = map[keys.Action]map[store.InvoiceStatus]lang.Text{
	keys.Cancel: {
		store.Paid: byKey(lang.Text{
			UZ: "to‘langan: bekor qilib bo‘lmaydi, qaytarish to‘lovning o‘zidan so‘raladi ({payments})",
			RU: "оплачен: отменить нельзя, возврат запрашивают у платежа ({payments})",
			EN: "paid: can't be cancelled; a refund is requested on the payment ({payments})",
		}),
		store.Cancelled: {UZ: "allaqachon bekor qilingan", RU: "уже отменён", EN: "it is cancelled already"},
		store.Expired:   {UZ: "muddati o‘tgan: uni baribir hech kim to‘lay olmaydi", RU: "просрочен: его и так никто не оплатит", EN: "expired: nobody can pay it anyway"},
		store.Refunded:  {UZ: "puli qaytarilgan: hisob yopiq", RU: "деньги возвращены: счёт закрыт", EN: "refunded: it is closed already"},
	},
	keys.Reopen: {
		store.Open:      byKey(lang.Text{UZ: "hisob ochiq; muddatini {extend} o‘zgartiradi", RU: "счёт открыт; срок меняет {extend}", EN: "it is open; {extend} changes its time"}),
		store.Paid:      byKey(lang.Text{UZ: "to‘langan: xuddi shunday yangisini {clone} ochadi", RU: "оплачен: такой же новый создаст {clone}", EN: "paid: {clone} makes another one like it"}),
		store.Cancelled: byKey(lang.Text{UZ: "bekor qilingan hisob qayta ochilmaydi: xuddi shunday yangisini {clone} ochadi", RU: "отменённый снова не открыть: такой же новый создаст {clone}", EN: "a cancelled invoice stays so: {clone} makes another one like it"}),
	},
	keys.Extend: {
		store.Paid:      {UZ: "to‘langan: unga muddat kerak emas", RU: "оплачен: срок ему не нужен", EN: "paid: it needs no more time"},
		store.Cancelled: byKey(lang.Text{UZ: "bekor qilingan: xuddi shunday yangisini {clone} ochadi", RU: "отменён: такой же новый создаст {clone}", EN: "cancelled: {clone} makes another one like it"}),
		store.Refunded:  byKey(lang.Text{UZ: "puli qaytarilgan: avval {reopen} bilan qayta oching", RU: "деньги возвращены: сначала откройте снова ({reopen})", EN: "refunded: reopen it first ({reopen})"}),
	},
	keys.MarkPaid: {
		store.Paid:      {UZ: "allaqachon to‘langan", RU: "уже оплачен", EN: "it is paid already"},
		store.Cancelled: byKey(lang.Text{UZ: "bekor qilingan: xuddi shunday yangisini {clone} ochadi", RU: "отменён: такой же новый создаст {clone}", EN: "cancelled: {clone} makes another one like it"}),
		store.Refunded:  byKey(lang.Text{UZ: "puli qaytarilgan: avval {reopen} bilan qayta oching", RU: "деньги возвращены: сначала откройте снова ({reopen})", EN: "refunded: reopen it first ({reopen})"}),
	},
}

// noLinkFor says in which states there is nothing to pay through.
var noLinkFor = map[store.InvoiceStatus]lang.Text{
	store.Paid:      byKey(lang.Text{UZ: "to‘langan: havola kerak emas; xuddi shunday yangisini {clone} ochadi", RU: "оплачен: ссылка не нужна; такой же новый создаст {clone}", EN: "paid: there is nothing to pay; {clone} makes another one like it"}),
	store.Cancelled: byKey(lang.Text{UZ: "bekor qilingan: havola ishlamaydi; xuddi shunday yangisini {clone} ochadi", RU: "отменён: ссылка не работает; такой же новый создаст {clone}", EN: "cancelled: its link does not work; {clone} makes another one like it"}),
	store.Expired:   byKey(lang.Text{UZ: "muddati o‘tgan: avval {extend} bilan uzaytiring", RU: "просрочен: сначала продлите ({extend})", EN: "expired: give it more time first ({extend})"}),
	store.Refunded:  byKey(lang.Text{UZ: "puli qaytarilgan: avval {reopen} bilan qayta oching", RU: "деньги возвращены: сначала откройте снова ({reopen})", EN: "refunded: reopen it first ({reopen})"}),
}

var (
	counterNeverPaid = byKey(lang.Text{
		UZ: "kassadagi QR kod hech qachon to‘liq to‘langan bo‘lmaydi: bu summaga yangi hisob oching ({new})",
		RU: "QR на кассе не бывает оплачен до конца: создайте счёт на эту сумму ({new})",
		EN: "the counter's QR is never paid up: make an invoice for the sum ({new})",
	})
	expiredButPaying = byKey(lang.Text{
		UZ: "muddati o‘tgan, lekin boshlangan to‘lov hali o‘tishi mumkin; bekor qilish uchun avval {reopen} bilan qayta oching",
		RU: "просрочен, но начатый платёж ещё может пройти; чтобы отменить, сначала откройте снова ({reopen})",
		EN: "expired, but the payment under way may still go through; to cancel, reopen it first ({reopen})",
	})
	paidGiveBack = lang.Text{
		UZ: "to‘langan: bekor qilib bo‘lmaydi, pulni o‘zingiz qaytaring",
		RU: "оплачен: отменить нельзя, деньги верните сами",
		EN: "paid: can't be cancelled; give the money back yourself",
	}
	noPayment       = lang.Text{UZ: "bu hisobda hali to‘lov yo‘q", RU: "по этому счёту ещё нет платежей", EN: "there is no payment of this invoice yet"}
	noPageLink      = lang.Text{UZ: "do‘konning to‘lov sahifasi yo‘q, yuboradigan havola ham: mijozga ekrandagi QR kodni ko‘rsating", RU: "у магазина нет страницы оплаты, послать нечего: покажите клиенту QR-код на экране", EN: "the shop has no pay page, so there is no link to send: show the customer the QR code on the screen"}
	routedElsewhere = lang.Text{UZ: "bu turdagi hisob bank orqali to‘lanmaydi: havola yo‘q", RU: "счета этого вида оплачивают не через банк: ссылки нет", EN: "invoices of this kind are not paid through the bank: there is no link"}
)
