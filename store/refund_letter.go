package store

import (
	"strconv"
	"strings"

	"tushum/internal/clean"
	"tushum/internal/lang"
)

// LetterHead is what a letter says about the shop that sends it. What is empty
// is left out.
type LetterHead struct{ Name, Address, Phone, TIN string }

// RefundLetter is the text that asks the bank to give a payment back, for
// staff to send on. It names all by which the bank finds the payment, and
// nothing of the customer: what in the reason looks like a phone is masked.
// It is safe to show, one fact a line, and ends with a line break.
func RefundLetter(t Transaction, from LetterHead, calendar Calendar, l lang.Lang) string {
	var w letter
	w.lang = l
	w.line(letterTitle.In(l))
	w.blank()
	w.fact(letterShop, from.Name)
	w.fact(letterTIN, from.TIN)
	w.fact(letterAddress, from.Address)
	w.fact(letterPhone, from.Phone)
	w.blank()
	w.line(letterAsks.In(l))
	w.blank()
	w.fact(lang.Text{EN: "transId"}, t.TransID)
	w.line(letterAmount.In(l) + ": " + t.Amount.Format(l)) // the no-break spaces are ours
	w.fact(letterTime, calendar.Show(t.ConfirmedAt))
	w.fact(letterSource, t.Source)
	w.fact(letterReference, t.Reference)
	if t.ServiceID != 0 {
		w.fact(lang.Text{EN: "serviceId"}, strconv.FormatInt(t.ServiceID, 10))
	}
	w.fact(letterInvoice, t.Number.String())
	w.fact(letterReason, clean.MaskPhones(t.Refund.Reason))
	w.fact(letterAsked, calendar.Show(t.Refund.AskedAt))
	return w.b.String()
}

// letter is one on its way.
type letter struct {
	b    strings.Builder
	lang lang.Lang
}

func (w *letter) line(s string) {
	w.b.WriteString(s)
	w.b.WriteByte('\n')
}

// blank parts two paragraphs, also where the one before has come to nothing.
func (w *letter) blank() {
	if !strings.HasSuffix(w.b.String(), "\n\n") {
		w.b.WriteByte('\n')
	}
}

// fact is left out when there is nothing to say. A text of several lines, as a
// reason may be, becomes one.
func (w *letter) fact(label lang.Text, value string) {
	value = clean.Clean(strings.Join(strings.Fields(value), " ")).String()
	if value != "" {
		w.line(label.In(w.lang) + ": " + value)
	}
}

var (
	letterTitle = lang.Text{UZ: "To‘lovni qaytarish so‘rovi", RU: "Запрос на возврат платежа", EN: "Refund request"}
	letterAsks  = lang.Text{
		UZ: "Quyidagi to‘lovning to‘liq summasini mijozga qaytarishingizni so‘raymiz.",
		RU: "Просим вернуть клиенту полную сумму следующего платежа.",
		EN: "Please give the customer the full amount of this payment back.",
	}
	letterShop      = lang.Text{UZ: "Do‘kon", RU: "Магазин", EN: "Shop"}
	letterTIN       = lang.Text{UZ: "STIR", RU: "ИНН", EN: "TIN"}
	letterAddress   = lang.Text{UZ: "Manzil", RU: "Адрес", EN: "Address"}
	letterPhone     = lang.Text{UZ: "Do‘kon telefoni", RU: "Телефон магазина", EN: "Phone of the shop"}
	letterAmount    = lang.Text{UZ: "Summa", RU: "Сумма", EN: "Amount"}
	letterTime      = lang.Text{UZ: "To‘lov vaqti", RU: "Время платежа", EN: "Time of the payment"}
	letterSource    = lang.Text{UZ: "To‘lov usuli", RU: "Способ оплаты", EN: "Payment source"}
	letterReference = lang.Text{UZ: "Bankdagi raqami", RU: "Номер в банке", EN: "Reference number of the bank"}
	letterInvoice   = lang.Text{UZ: "Hisob raqami", RU: "Номер счёта", EN: "Invoice number"}
	letterReason    = lang.Text{UZ: "Qaytarish sababi", RU: "Причина возврата", EN: "Reason"}
	letterAsked     = lang.Text{UZ: "So‘ralgan vaqt", RU: "Время запроса", EN: "Requested at"}
)
