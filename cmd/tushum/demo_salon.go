package main

import (
	"fmt"
	"math/rand/v2"

	"tushum/internal/bank"
	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/store"
)

// salon draws who comes to the shop of the demo, what they buy and how they pay.
// The same random numbers give the same customers. It is for one goroutine.
type salon struct {
	random *rand.Rand
	lang   lang.Lang
}

func newSalon(seed, part uint64, l lang.Lang) *salon {
	return &salon{random: rand.New(rand.NewPCG(seed, part)), lang: l} //nolint:gosec // a story, not a secret
}

// salonStaff is who writes what the salon itself does: whatever another name
// has written was made by whoever watches.
const salonStaff = "Gulnora"

// ware is a service or a good with its price in thousands of so'm.
type ware struct {
	name  lang.Text
	price int64
}

// pick draws one of several.
func pick[T any](s *salon, of []T) T { return of[s.random.IntN(len(of))] }

// oneIn is true once in n times.
func (s *salon) oneIn(n int) bool { return s.random.IntN(n) == 0 }

func thousands(n int64) money.Amount { return money.Amount(n) * 1000 * money.Som }

// draft draws an invoice that a customer pays at once.
func (s *salon) draft() store.Draft {
	switch n := s.random.IntN(20); {
	case n < 12:
		return s.visitDraft()
	case n < 17:
		return s.goodsDraft()
	case n < 19:
		return store.Draft{Kind: store.TopUp, Amount: thousands(50 * (1 + s.random.Int64N(6))), Customer: s.customer(), By: salonStaff}
	}
	return store.Draft{Kind: store.GiftCard, Amount: thousands(100 * (1 + s.random.Int64N(5))), Customer: s.customer(), Note: demoGiftNote.In(s.lang), By: salonStaff}
}

// visitDraft is for one service or two; long hair costs more.
func (s *salon) visitDraft() store.Draft {
	d := store.Draft{Kind: store.Visit, Customer: s.customer(), Specialist: pick(s, salonMasters).In(s.lang), By: salonStaff}
	d.Lines = []store.Line{s.line(salonServices, 1)}
	if second := s.line(salonServices, 1); s.oneIn(3) && second.Name != d.Lines[0].Name {
		d.Lines = append(d.Lines, second)
	}
	d.Lines[0].Price += thousands(10 * s.random.Int64N(4))
	return d
}

func (s *salon) goodsDraft() store.Draft {
	d := store.Draft{Kind: store.Goods, By: salonStaff, Lines: []store.Line{s.line(salonGoods, 1+s.random.Int64N(2))}}
	if s.oneIn(2) {
		d.Customer = s.customer()
	}
	return d
}

func (s *salon) line(of []ware, quantity int64) store.Line {
	w := pick(s, of)
	return store.Line{Name: w.name.In(s.lang), Quantity: quantity, Price: thousands(w.price)}
}

func (s *salon) customer() store.Customer {
	c := store.Customer{Name: pick(s, salonCustomers).In(s.lang)}
	if s.oneIn(2) {
		c.Phone = store.Phone(s.phone())
	}
	return c
}

// phone is 998 and nine digits.
func (s *salon) phone() string {
	return fmt.Sprintf("998%s%07d", pick(s, []string{"90", "91", "93", "94", "97", "99", "88", "33"}), s.random.IntN(10_000_000))
}

// source is what a customer pays with, the usual ones more often.
func (s *salon) source() string {
	return pick(s, []string{"UZCARD", "UZCARD", "UZCARD", "UZCARD", "HUMO", "HUMO", "HUMO", "UZUM_DEBIT_VISA", "UZUM_DEBIT_VISA", "VISA"})
}

// payer is what the bank tells of somebody who pays with source.
func (s *salon) payer(source string) bank.Payer {
	p := bank.Payer{Source: source, Phone: s.phone(), CardType: 2, Reference: fmt.Sprintf("%012d", s.random.Int64N(1e12))}
	if source == "INSTALLMENT" {
		p.Tariff = pick(s, []string{"003", "006", "012", "15-0-4"})
	}
	return p
}

// openAmount is what somebody pays where they may choose, within the bounds of
// the invoice.
func (s *salon) openAmount(least, most money.Amount) money.Amount {
	amount := max(thousands(5*(2+s.random.Int64N(15))), least)
	if most > 0 {
		amount = min(amount, most)
	}
	return amount
}

// salonServices are what the salon does for its customers.
var salonServices = []ware{
	{lang.Text{UZ: "Soch olish", RU: "Стрижка", EN: "Haircut"}, 90},
	{lang.Text{UZ: "Soch turmagi", RU: "Укладка", EN: "Styling"}, 75},
	{lang.Text{UZ: "Soch bo‘yash", RU: "Окрашивание", EN: "Hair colouring"}, 320},
	{lang.Text{UZ: "Soch parvarishi", RU: "Уход за волосами", EN: "Hair treatment"}, 180},
	{lang.Text{UZ: "Manikyur", RU: "Маникюр", EN: "Manicure"}, 110},
	{lang.Text{UZ: "Pedikyur", RU: "Педикюр", EN: "Pedicure"}, 130},
	{lang.Text{UZ: "Qosh tuzatish", RU: "Коррекция бровей", EN: "Brow shaping"}, 45},
	{lang.Text{UZ: "Kiprik laminatsiyasi", RU: "Ламинирование ресниц", EN: "Lash lift"}, 160},
	{lang.Text{UZ: "Makiyaj", RU: "Макияж", EN: "Make-up"}, 220},
	{lang.Text{UZ: "Bolalar soch olishi", RU: "Детская стрижка", EN: "Child’s haircut"}, 60},
}

var salonGoods = []ware{
	{lang.Text{UZ: "Shampun", RU: "Шампунь", EN: "Shampoo"}, 85},
	{lang.Text{UZ: "Soch balzami", RU: "Бальзам для волос", EN: "Conditioner"}, 78},
	{lang.Text{UZ: "Soch niqobi", RU: "Маска для волос", EN: "Hair mask"}, 124},
	{lang.Text{UZ: "Soch yog‘i", RU: "Масло для волос", EN: "Hair oil"}, 96},
	{lang.Text{UZ: "Taroq", RU: "Расчёска", EN: "Comb"}, 34},
	{lang.Text{UZ: "Tirnoq laki", RU: "Лак для ногтей", EN: "Nail polish"}, 28},
}

var salonMasters = []lang.Text{{UZ: "Gulnora", RU: "Гульнора"}, {UZ: "Nigora", RU: "Нигора"}, {UZ: "Timur", RU: "Тимур"}}

// salonCustomers are read in Latin by English readers too.
var salonCustomers = []lang.Text{
	{UZ: "Aziza Karimova", RU: "Азиза Каримова"}, {UZ: "Shahnoza", RU: "Шахноза"}, {UZ: "Malika Rahimova", RU: "Малика Рахимова"},
	{UZ: "Sardor aka", RU: "Сардор ака"}, {UZ: "Kamola opa", RU: "Камола опа"}, {UZ: "Zarina Ismoilova", RU: "Зарина Исмоилова"},
	{UZ: "Jasur Toshmatov", RU: "Жасур Тошматов"}, {UZ: "Nilufar", RU: "Нилуфар"}, {UZ: "O‘tkir Rahimov", RU: "Уткир Рахимов"},
	{UZ: "Feruza Abdullayeva", RU: "Феруза Абдуллаева"}, {UZ: "Madina", RU: "Мадина"}, {UZ: "Bekzod", RU: "Бекзод"},
	{UZ: "Lola Yo‘ldosheva", RU: "Лола Юлдашева"}, {UZ: "Sevara", RU: "Севара"}, {UZ: "Olga Kim", RU: "Ольга Ким"},
	{UZ: "Gulbahor opa", RU: "Гулбахор опа"}, {UZ: "Rustam", RU: "Рустам"}, {UZ: "Iroda Saidova", RU: "Ирода Саидова"},
}

var (
	demoGiftNote   = lang.Text{UZ: "tug‘ilgan kunga", RU: "на день рождения", EN: "for a birthday"}
	demoTillNote   = lang.Text{UZ: "kassadagi QR", RU: "QR на кассе", EN: "the QR at the till"}
	demoPrepayNote = lang.Text{UZ: "oldindan to‘lov, qolgani tashrifda", RU: "предоплата, остальное при визите", EN: "prepayment, the rest at the visit"}
	demoMemberNote = lang.Text{UZ: "10 ta tashrif", RU: "10 визитов", EN: "10 visits"}

	whyCash     = lang.Text{UZ: "kassada naqd to‘ladi", RU: "заплатил наличными на кассе", EN: "paid in cash at the till"}
	whyTerminal = lang.Text{UZ: "terminaldan to‘ladi", RU: "заплатил через терминал", EN: "paid at the card terminal"}
	whyMoved    = lang.Text{UZ: "mijoz kunni o‘zgartirdi", RU: "клиент перенёс день", EN: "the customer changed the date"}
	whyTwice    = lang.Text{UZ: "adashib ikki marta yozilgan", RU: "выписан дважды по ошибке", EN: "written twice by mistake"}
)
