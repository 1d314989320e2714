package paypage

import (
	"html/template"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/store"
)

// view is the main part of a page in words. The template prints it, and decides
// nothing but to leave out what is empty. Foreign text in it is cleaned.
type view struct {
	State   string // names the sign, and the colour that goes with it
	Final   bool   // it is not expected to change
	Title   string // of the document; Preview is the one for messengers
	Preview string

	Test    string
	Heading string
	By      string // what it can be paid by, where that is not a button yet
	Sum     string
	Long    bool // the sum is, for a phone
	Advice  string

	What   string // the title of the facts
	Facts  []fact
	Lines  []line
	Totals []total
	Item   string // headings of the lines' columns
	Cost   string

	Pay   string // the name of the ways to pay
	Ways  []wayView
	Code  codeView
	Forms []form
	Deal  *dealView // where a deal is paid; nil: on no page of ours, or not yet
	Again int       // how soon the page asks for itself without scripts, in seconds; zero: as all pages do
	Notes []string
	Other link // leads back to the form
	Call  link // the shop's phone; the URL has digits alone
	Print string
	// NotFiscal says what the print is not: a receipt for the tax office.
	NotFiscal string
}

// States of a view that no bill has.
const (
	stateAsks     = "asks"     // for an amount or a number
	stateReturned = "returned" // asks for one from who may have paid
	stateProblem  = "problem"
)

// fact is a name and what it stands for.
type fact struct {
	Name, Value string
	At          string // the machine's form of a time
	Foreign     bool
}

// total is a part of the sum. The one that matters most is the answer.
type total struct {
	Name, Amount string
	Answer       bool
}

// line is one service or good.
type line struct{ Name, Count, Cost string }

type link struct{ URL, Text string }

// wayView is a button: a link, or a form where there is something to wait for.
type wayView struct {
	link
	First    bool
	Wait     string            // what the button says once it is pressed
	Verbatim template.HTMLAttr // the link where not a byte of it may change; else URL
}

// codeView is the QR code; without a URL there is none.
type codeView struct{ URL, Alt, Ask, Say string }

// scene is what the view of a bill depends on.
type scene struct {
	subject  subject
	shop     Shop
	system   store.Profile // by which it is paid; zero: nobody knows it any more
	paidBy   store.Profile // by which it was paid
	ways     []way
	app      bool      // an app will be one of them, once there is an amount
	setback  lang.Text // why no deal was begun just now; empty: nothing was tried
	calendar store.Calendar
	lang     lang.Lang
}

// view is what the scene looks like.
func (s scene) view() view {
	bill := s.subject.bill
	v := view{State: string(bill.State), Heading: headings[bill.State].In(s.lang), Advice: advice[bill.State].In(s.lang)}
	v.Final = bill.State != store.BillReady && bill.State != store.BillPaying
	v.addSum(s)
	v.addFacts(s)
	if !s.subject.brief && !bill.Invoice.Reusable() {
		v.addLines(s)
	}
	v.addRefund(s)
	switch {
	case s.system.Can.Deals && v.addDeal(s):
	case bill.Payable() && bill.Invoice.Reusable() && s.subject.asks():
		v.ask(s)
	case bill.State == store.BillReady || bill.State == store.BillPaying:
		v.addWays(s)
	case bill.State == store.BillPaid:
		v.Print, v.NotFiscal = askPrint.In(s.lang), sayNotFiscal.In(s.lang)
	}
	if (v.Final || bill.Undecided) && bill.State != store.BillPaid {
		v.Call = callTo(s.shop, s.lang)
	}
	v.finish(s)
	return v
}

// asks tells that a payer is still to say how much: also one who comes back from
// the app, who may have paid what they typed.
func (s subject) asks() bool { return s.amount == 0 || s.returned }

// finish puts what every page has besides its own.
func (v *view) finish(s scene) {
	if s.system.Test {
		v.Test = sayTest.In(s.lang)
	}
	v.name(s.shop)
	if slices.ContainsFunc(v.Forms, func(f form) bool { return f.Wrong != "" }) {
		v.Title = sayWrong.In(s.lang) + v.Title
	}
}

// name makes the titles.
func (v *view) name(shop Shop) {
	v.Title = v.Heading
	if v.Sum != "" {
		v.Title += ": " + v.Sum
	}
	v.Preview = v.Title
	name := foreign(shop.Name)
	if name == "" {
		return
	}
	v.Title += " — " + name
	if v.Sum != "" {
		v.Preview = name + ": " + v.Sum
	} else {
		v.Preview = name + ": " + v.Heading
	}
}

// mostLarge is how long a sum fits a small phone in large figures, in characters.
const mostLarge = 14

// addSum puts the amount that matters: what is due, or what was paid.
func (v *view) addSum(s scene) {
	bill := s.subject.bill
	amount := money.Amount(0)
	switch bill.State {
	case store.BillReady, store.BillPaying:
		amount = bill.Due
		if bill.Invoice.Reusable() {
			amount = s.subject.amount
			if s.subject.asks() {
				amount = 0
			}
		}
	case store.BillPaid, store.BillRefunded:
		amount = bill.Came
	}
	if amount != 0 {
		v.Sum = amount.Format(s.lang)
		v.Long = utf8.RuneCountInString(v.Sum) > mostLarge
	}
}

// addRefund says who gives the money back, where that is not the bank. Of a deal that
// was completed nobody here knows whether its payer has the money.
func (v *view) addRefund(s scene) {
	if s.subject.bill.State != store.BillRefunded || s.paidBy.Can.Letter {
		return
	}
	v.Advice = sayRefundedBySeller.In(s.lang)
	if s.paidBy.Can.Deals {
		v.Heading = headTakenBack.FillEach("{system}", s.paidBy.Name).In(s.lang)
		v.Advice = sayTakenBack.FillEach("{system}", s.paidBy.Name).In(s.lang)
	}
}

func (v *view) addFacts(s scene) {
	bill, inv := s.subject.bill, s.subject.bill.Invoice
	v.What = labelDetails.In(s.lang)
	if !s.subject.brief {
		v.What = foreign(store.KindTitle(inv.Kind, s.lang))
		v.addText(labelSpecialist.In(s.lang), inv.Specialist)
		v.addTime(labelAppointment.In(s.lang), inv.AppointmentAt, s.calendar)
	}
	v.Facts = append(v.Facts, fact{Name: labelInvoice.In(s.lang), Value: inv.Number.String()})
	switch bill.State {
	case store.BillReady, store.BillPaying:
		if !s.subject.brief {
			v.addTime(labelPayBy.In(s.lang), inv.ExpiresAt, s.calendar)
		}
	case store.BillPaid, store.BillRefunded:
		if !s.subject.brief {
			v.addPayment(s)
		}
	}
}

// addPayment tells of a payment what its payer may ask the bank, or the shop, about.
func (v *view) addPayment(s scene) {
	inv := s.subject.bill.Invoice
	v.addTime(labelPaidAt.In(s.lang), inv.PaidAt, s.calendar)
	if s.subject.bill.State == store.BillRefunded {
		v.addTime(labelRefundedAt.In(s.lang), inv.ClosedAt, s.calendar)
	} else {
		v.Facts = append(v.Facts, fact{Name: labelPayer.In(s.lang), Value: payer(s.paidBy, s.lang)})
	}
	if !s.paidBy.Can.ByHand { // the shop's own records are nothing to ask a bank about
		v.addText(labelTransaction.In(s.lang), inv.PaidBy)
	}
}

// toTheMinute is how machines read a time that has no seconds.
const toTheMinute = "2006-01-02T15:04Z"

func (v *view) addText(name, text string) {
	if text = foreign(text); text != "" {
		v.Facts = append(v.Facts, fact{Name: name, Value: text, Foreign: true})
	}
}

// addTime leaves the seconds out, for machines too.
func (v *view) addTime(name string, at store.Instant, calendar store.Calendar) {
	if at == 0 {
		return
	}
	shown := calendar.Show(at)
	v.Facts = append(v.Facts, fact{Name: name, Value: shown[:strings.LastIndexByte(shown, ':')], At: at.Time().Format(toTheMinute)})
}

// addLines puts what is paid for, and how the sum comes about.
func (v *view) addLines(s scene) {
	bill, inv, l := s.subject.bill, s.subject.bill.Invoice, s.lang
	v.Item, v.Cost = labelItem.In(l), labelCost.In(l)
	for _, one := range inv.Lines {
		cost, _ := one.Cost() // the rules issue none that overflows
		shown := line{Name: foreign(one.Name), Cost: cost.Format(l)}
		if one.Quantity != 1 {
			shown.Count = count(one.Quantity) + noBreak + "×" + noBreak + one.Price.Format(l)
		}
		v.Lines = append(v.Lines, shown)
	}
	if len(inv.Lines) > 0 || inv.Discount != 0 || inv.Prepaid != 0 || bill.OtherCame() {
		v.addTotals(bill, l)
	}
}

// addTotals says how the sum comes about.
func (v *view) addTotals(bill store.Bill, l lang.Lang) {
	inv := bill.Invoice
	if inv.Discount != 0 {
		v.addTotal(labelDiscount, -inv.Discount, l)
	}
	v.addTotal(labelTotal, bill.Total, l)
	if inv.Prepaid != 0 {
		v.addTotal(labelPrepaid, inv.Prepaid, l)
	}
	if inv.Prepaid != 0 || bill.OtherCame() {
		switch bill.State {
		case store.BillReady, store.BillPaying:
			v.addTotal(headings[store.BillReady], bill.Due, l)
		case store.BillPaid:
			v.addTotal(labelPaid, bill.Came, l)
		default:
			return // nobody owes anything
		}
	}
	v.Totals[len(v.Totals)-1].Answer = true
}

func (v *view) addTotal(name lang.Text, a money.Amount, l lang.Lang) {
	v.Totals = append(v.Totals, total{Name: name.In(l), Amount: a.Format(l)})
}

// addWays puts the buttons, and the code of the first that has one.
func (v *view) addWays(s scene) {
	if len(s.ways) == 0 {
		v.refuse(s)
		return
	}
	v.Pay = labelWays.In(s.lang)
	for i, way := range s.ways {
		if way.app == "" {
			v.Ways = append(v.Ways, wayView{link: link{s.address("/" + beginPart), askCard.In(s.lang)}, First: i == 0, Wait: askCardWait.In(s.lang)})
			continue
		}
		v.Ways = append(v.Ways, wayView{link: link{way.app, withSystem(askApp, s.system, s.lang)}, First: i == 0})
		v.Code = codeView{
			URL: s.address("/qr.svg"), Alt: withSystem(codeAlt, s.system, s.lang), Ask: askCode.In(s.lang), Say: withSystem(sayOtherScreen, s.system, s.lang),
		}
	}
	if s.subject.bill.Invoice.Reusable() {
		v.Notes = append(v.Notes, withSystem(sayTill, s.system, s.lang))
		v.Other = link{s.withoutAmount(), askOther.In(s.lang)}
	}
}

// refuse says that nothing can be paid now, unless a payment is under way.
func (v *view) refuse(s scene) {
	if s.subject.bill.State != store.BillReady {
		return
	}
	v.Advice, v.Call = sayNoWay.In(s.lang), callTo(s.shop, s.lang)
	if s.system.Can.Deals && s.subject.brief && !s.subject.bill.Closed {
		v.Advice = sayByLink.In(s.lang)
	}
	if v.Sum == "" {
		v.Heading = store.KindTitle(store.Counter, s.lang)
	}
}

// address is a URL that belongs to the page, in its language, for its amount, and
// for who has come back to it.
func (s scene) address(below string) string {
	query := url.Values{langParam: {string(s.lang)}}
	if asked := s.subject.asked(); asked != "" {
		query.Set(amountParam, asked)
	}
	if s.subject.returned {
		query.Set(backParam, "1")
	}
	return tillPath + "/" + s.subject.ref + below + "?" + query.Encode()
}

func (s scene) withoutAmount() string {
	s.subject.amount, s.subject.typed, s.subject.returned = 0, "", false
	return s.address("")
}

// view is the page of a problem. Whose shop it is may still help.
func (p problem) view(shop Shop, l lang.Lang) view {
	v := view{State: stateProblem, Final: true, Heading: p.heading.In(l), Advice: p.advice.In(l), Call: callTo(shop, l)}
	v.name(shop)
	return v
}
