package store

import "tushum/internal/lang"

// KindWord is what an invoice is for, in a word. A kind that a later version has
// written stands as it is.
func KindWord(k Kind, l lang.Lang) string {
	if t, ok := kindWords[k]; ok {
		return t.In(l)
	}
	return string(k)
}

// KindTitle is what an invoice is for, as a customer reads it above the sum. A kind
// that a later version has written stands as it is.
func KindTitle(k Kind, l lang.Lang) string {
	if t, ok := kindTitles[k]; ok {
		return t.In(l)
	}
	return string(k)
}

var kindWords = map[Kind]lang.Text{
	Visit:      {UZ: "tashrif", RU: "визит", EN: "visit"},
	Goods:      {UZ: "tovarlar", RU: "товары", EN: "goods"},
	Prepayment: {UZ: "oldindan to‘lov", RU: "предоплата", EN: "prepayment"},
	GiftCard:   {UZ: "sovg‘a kartasi", RU: "подарочная карта", EN: "gift card"},
	Membership: {UZ: "abonement", RU: "абонемент", EN: "membership"},
	TopUp:      {UZ: "hisobni to‘ldirish", RU: "пополнение", EN: "top-up"},
	Counter:    {UZ: "kassadagi QR kod", RU: "QR на кассе", EN: "counter QR"},
}

var kindTitles = map[Kind]lang.Text{
	Visit:      {UZ: "Tashrif uchun to‘lov", RU: "Оплата визита", EN: "Payment for a visit"},
	Goods:      {UZ: "Tovarlar uchun to‘lov", RU: "Оплата товаров", EN: "Payment for goods"},
	Prepayment: {UZ: "Oldindan to‘lov", RU: "Предоплата", EN: "Prepayment"},
	GiftCard:   {UZ: "Sovg‘a kartasi", RU: "Подарочная карта", EN: "Gift card"},
	Membership: {UZ: "Abonement", RU: "Абонемент", EN: "Membership"},
	TopUp:      {UZ: "Hisobni to‘ldirish", RU: "Пополнение счёта", EN: "Top-up"},
	Counter:    {UZ: "Kassada to‘lov", RU: "Оплата на кассе", EN: "Payment at the till"},
}
