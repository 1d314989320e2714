package tui

import (
	"time"

	"tushum/internal/money"
	"tushum/store"
)

// morning is when the salon's day begins: 9:00 in Tashkent on the day of opening.
var morning = time.Date(2026, 11, 21, 4, 0, 0, 0, time.UTC)

// visitor is one customer of the salon's day.
type visitor struct {
	at       time.Duration // after the morning
	name     string
	phone    store.Phone
	service  string
	price    money.Amount // so‘m
	source   string       // how it was paid; empty: not
	kind     store.Kind
	master   string
	note     string
	declined bool // the first attempt came to nothing
	reversed bool
}

var visitors = []visitor{
	{at: 12 * time.Minute, name: "Aziza Karimova", phone: "998901234567", service: "Soch turmagi", price: 150_000, source: "UZCARD", kind: store.Visit, master: "Dilnoza"},
	{at: 41 * time.Minute, name: "Мадина", phone: "998935557788", service: "Маникюр", price: 90_000, source: "HUMO", kind: store.Visit, master: "Нигора"},
	{at: 66 * time.Minute, name: "Nodira opa", service: "Shampun", price: 84_500, source: "UZCARD", kind: store.Goods},
	{at: 95 * time.Minute, name: "Ольга Ким", phone: "998977770011", service: "Окрашивание", price: 620_000, source: "UZUM_DEBIT_VISA", kind: store.Visit, master: "Dilnoza", note: "тон 7.1"},
	{at: 118 * time.Minute, name: "Feruza", service: "Qosh", price: 60_000, source: "HUMO", kind: store.Visit, declined: true},
	{at: 150 * time.Minute, name: "Sevara Aliyeva", service: "Sovg‘a kartasi", price: 500_000, source: "UZCARD", kind: store.GiftCard},
	{at: 171 * time.Minute, name: "Шахноза", service: "Укладка", price: 120_000, source: "HUMO", kind: store.Visit, reversed: true},
	{at: 204 * time.Minute, name: "Gulchehra", service: "Abonement, 5 tashrif", price: 1_250_000, source: "UZUM_DEBIT_VISA", kind: store.Membership},
	{at: 233 * time.Minute, name: "Барно", service: "Стрижка", price: 110_000, source: "UZCARD", kind: store.Visit, master: "Нигора"},
	{at: 262 * time.Minute, name: "Lola", service: "Krem", price: 45_000, source: "HUMO", kind: store.Goods},
	{at: 281 * time.Minute, name: "Зухра Юсупова", service: "Педикюр", price: 140_000, kind: store.Visit, master: "Nigora", note: "kechqurun keladi"},
	{at: 296 * time.Minute, name: "Dildora", service: "Soch kesish", price: 95_000, source: "UZCARD", kind: store.Visit},
}

// salon lets a day of a salon go by until the console opens.
func salon(s *stage, _ *Options) {
	for i, v := range visitors {
		time.Sleep(time.Until(morning.Add(v.at)))
		inv := s.issue(store.Draft{
			Kind: v.kind, Lines: []store.Line{{Name: v.service, Quantity: 1, Price: v.price * money.Som}},
			Customer: store.Customer{Name: v.name, Phone: v.phone}, Specialist: v.master, Note: v.note,
		})
		if v.declined {
			s.begin(inv, transID(100+i))
			time.Sleep(40 * time.Second)
		}
		if v.source == "" {
			continue
		}
		time.Sleep(20 * time.Second)
		s.begin(inv, transID(i+1))
		time.Sleep(4 * time.Second)
		s.finish(transID(i+1), v.source)
		if v.reversed {
			time.Sleep(9 * time.Minute)
			s.reverse(transID(i + 1))
		}
	}
}
