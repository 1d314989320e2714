package tui

import (
	"testing"
	"time"

	"tushum/internal/lang"
	"tushum/internal/message"
	"tushum/internal/money"
	"tushum/internal/poster"
	"tushum/store"
)

// open shows the details of one of the invoices of shelf.
func openInvoice(s *stage, i int) {
	choose(s, i)
	s.press("enter")
}

func TestInvoiceStates(t *testing.T) {
	t.Parallel()
	for name, i := range map[string]int{
		"counter": standing1, "paid": paidOne, "cancelled": cancelledOne, "expired": expiredOne, "refunded": refundedOne,
		"open": openOne, "paying": payingOne, "contested": contestedOne, "hand": handOne, "wild": wildOne,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			goldens(t, shelf, func(s *stage) { openInvoice(s, i) })
		})
	}
}

func TestInvoiceFollowsTheLedger(t *testing.T) {
	t.Parallel()
	perform(t, 80, 40, shelf, func(s *stage) {
		openInvoice(s, openOne)
		s.sees("○ open", "22.11 14:05", "payment link", "account="+number(t, openOne).String(), "+998 93 555-77-88")
		s.begin(s.invoice(number(t, openOne)), transID(70))
		s.pass(0)
		s.sees("◐ being paid now")
		s.pass(31 * time.Minute)
		s.sees("○ open", "attempts that came to nothing", "not confirmed in time")
		s.begin(s.invoice(number(t, openOne)), transID(71))
		s.finish(transID(71), "HUMO")
		s.pass(0)
		s.sees("✓ paid", "HUMO", "payments")
		s.misses("payment link")
		s.reverse(transID(71))
		s.pass(0)
		s.sees("↺ refunded")
	})
}

func TestInvoiceExpiresByTheClock(t *testing.T) {
	t.Parallel()
	perform(t, 80, 30, shelf, func(s *stage) {
		openInvoice(s, openOne)
		s.pass(24 * time.Hour)
		s.sees("× expired")
		s.misses("payment link")
	})
}

func TestInvoiceScrolls(t *testing.T) {
	t.Parallel()
	perform(t, 60, 12, shelf, func(s *stage) {
		openInvoice(s, contestedOne)
		s.misses("attempts that came to nothing")
		s.press("pgdown", "pgdown", "pgdown")
		s.sees("another payment paid")
		s.press("home")
		s.sees("invoice " + number(t, contestedOne).String())
	})
}

// The counter's QR is paid again and again; only the newest payments are listed.
func TestInvoiceOfTheCounter(t *testing.T) {
	t.Parallel()
	perform(t, 80, 70, shelf, func(s *stage) {
		counter := s.invoice(number(t, standing1))
		for i := range mostPayments + 1 {
			counter.Amount = money.Amount(10_000+i) * money.Som
			s.begin(counter, transID(200+i))
			s.finish(transID(200+i), "UZCARD")
		}
		s.pass(0)
		openInvoice(s, standing1)
		s.press("end")
		s.sees("the newest 50", "10 001")
		s.misses("10 000 ")
	})
}

func TestInvoiceOpensItsPayments(t *testing.T) {
	t.Parallel()
	perform(t, 80, 30, shelf, func(s *stage) {
		openInvoice(s, paidOne)
		s.press("t")
		s.front(&transactionScreen{})
		s.press("esc", "enter")
		s.front(&transactionScreen{})
		s.press("esc", "esc")
		openInvoice(s, cancelledOne)
		s.press("t")
		s.sees("there is no payment of this invoice yet")
		s.press("esc")
		openInvoice(s, contestedOne)
		s.press("t")
		s.pass(time.Second)
		s.sees("which payment?", "another payment paid")
		s.press("2", "enter")
		s.front(&transactionScreen{})
	})
}

// front fails the test where another kind of screen is in front.
func (s *stage) front(want screen) {
	s.t.Helper()
	var got screen
	s.inside(func() { got = s.m.front() })
	if typeName(got) != typeName(want) {
		s.t.Fatalf("%s is in front, not %s:\n%s", typeName(got), typeName(want), s.screen())
	}
}

func TestCustomerMessage(t *testing.T) {
	t.Parallel()
	d := stillDesk()
	d.Shop.Name = "Gulnora\x1b[31m"
	d.Options.Links = func(inv store.Invoice) poster.Links {
		return poster.Links{Payment: "https://pay.uz/" + inv.Number.String()}
	}
	inv := store.Invoice{Number: 1000003, Kind: store.Visit, Status: store.Open, Amount: 150_000 * money.Som}
	for _, c := range []struct {
		name   string
		change func(*desk, *store.Invoice)
		want   string
	}{
		{"kind", func(*desk, *store.Invoice) {}, "Gulnora<U+001B>[31m\nPayment for a visit: 150\u00a0000\u00a0UZS\nInvoice number: 1000003\nPay here: https://pay.uz/1000003"},
		{"lines", func(_ *desk, inv *store.Invoice) {
			inv.Lines = []store.Line{{Name: "Soch"}, {Name: "Qosh"}, {Name: "Krem"}, {Name: "Niqob"}}
		}, "Gulnora<U+001B>[31m\nSoch, Qosh, Krem…: 150\u00a0000\u00a0UZS\nInvoice number: 1000003\nPay here: https://pay.uz/1000003"},
		{"counter", func(_ *desk, inv *store.Invoice) { inv.Kind, inv.Amount = store.Counter, 0 },
			"Gulnora<U+001B>[31m\nInvoice number: 1000003\nPay here: https://pay.uz/1000003"},
		{"uzbek", func(d *desk, _ *store.Invoice) { d.Lang, d.PlainApostrophe = "uz", true },
			"Gulnora<U+001B>[31m\nTashrif uchun to'lov: 150\u00a0000\u00a0so'm\nTo'lov raqami: 1000003\nTo'lash: https://pay.uz/1000003"},
		{"booked", func(d *desk, inv *store.Invoice) {
			d.Lang, inv.Specialist, inv.Customer.Name = "ru", "Dilnoza", "Aziza"
			inv.AppointmentAt = store.At(opening.Add(24 * time.Hour))
		}, "Gulnora<U+001B>[31m\nОплата визита: 150\u00a0000\u00a0сум\n22.11.2026 14:05, Dilnoza\nСчёт № 1000003\nОплатить: https://pay.uz/1000003"},
		{"the shop's own", func(d *desk, _ *store.Invoice) {
			own, err := message.Parse("{shop} waits: {sum}, {link}")
			if err != nil {
				t.Fatal(err)
			}
			d.Message = Messages{lang.EN: own}
		}, "Gulnora<U+001B>[31m waits: 150\u00a0000\u00a0UZS, https://pay.uz/1000003"},
		{"no link", func(d *desk, _ *store.Invoice) { d.Options.Links = nil }, "Gulnora<U+001B>[31m\nPayment for a visit: 150\u00a0000\u00a0UZS\nInvoice number: 1000003"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, inv := *d, inv
			c.change(&d, &inv)
			if got := d.customerMessage(inv, d.Lang); got != c.want {
				t.Errorf("got\n%q, want\n%q", got, c.want)
			}
		})
	}
}
