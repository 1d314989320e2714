package paypage

import (
	"strings"

	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/store"
)

// way is one of the ways to pay an invoice now.
type way struct {
	app string // what opens it in an app; empty: a form begins a deal
}

// ways are how the subject can be paid now, the first one first.
func (h *Handler) ways(s subject) (all []way) {
	inv := s.bill.Invoice
	amount := s.bill.Due
	if inv.Reusable() {
		amount = s.amount
	}
	system := h.systemOf(s)
	if !s.bill.Payable() || amount == 0 || system == nil {
		return nil
	}
	can := system.Profile().Can
	if can.App {
		if link := system.AppLink(inv, amount, s.back); link != "" {
			all = append(all, way{app: link})
		}
	}
	if can.Deals && h.maker != nil && s.mayBegin() {
		all = append(all, way{})
	}
	return all
}

// mayBegin tells whether the page has a button that begins a deal. Whoever guesses
// numbers shall have none made: each takes up somebody's card.
func (s subject) mayBegin() bool {
	return !s.brief && s.bill.State == store.BillReady && s.bill.Deal.Seq == 0
}

// systemOf is the payment system by which the subject is paid. Where the shop has no
// till, it is one that could stand there. nil: there is none.
func (h *Handler) systemOf(s subject) store.PaymentSystem {
	systems := h.settings.Load().Systems
	if s.bill.Invoice.Number != 0 {
		return systems.Of(s.bill.Invoice.System)
	}
	for _, system := range systems {
		if system.Profile().Can.Counter {
			return system
		}
	}
	return nil
}

// appLink opens the app; empty where that is no way to pay it now.
func (h *Handler) appLink(s subject) string {
	for _, way := range h.ways(s) {
		if way.app != "" {
			return way.app
		}
	}
	return ""
}

// hasApp tells of a page that asks for an amount or a number whether an app is what
// it will be paid by. Where there is no till, a number that is paid in an app may
// still be typed.
func (h *Handler) hasApp(s subject) bool {
	bill, system := s.bill, h.systemOf(s)
	if system == nil || !system.Profile().Can.App {
		return false
	}
	if bill.Invoice.Number == 0 {
		till := store.Invoice{Kind: store.Counter, System: system.Profile().System, Status: store.Open}
		bill = h.books.Rules().Bill(till, nil, nil, store.At(h.books.Now()))
	}
	return bill.Payable() && bill.Invoice.Reusable() && system.AppLink(bill.Invoice, max(bill.Least, money.Som), s.back) != ""
}

// withSystem names a payment system in a sentence.
func withSystem(t lang.Text, p store.Profile, l lang.Lang) string {
	return strings.ReplaceAll(t.In(l), "{system}", nameOf(p, l))
}

func nameOf(p store.Profile, l lang.Lang) string {
	if name := p.Name.In(l); name != "" {
		return name
	}
	return string(p.System)
}

// payer is what an invoice was paid by, by what the payment system can do.
func payer(p store.Profile, l lang.Lang) string {
	switch {
	case p.Can.ByHand:
		return payAtSeller.In(l)
	case p.Can.App:
		return withSystem(payByApp, p, l)
	case p.Can.Card:
		return payByCard.In(l)
	}
	return foreign(nameOf(p, l))
}
