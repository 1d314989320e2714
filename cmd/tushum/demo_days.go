package main

import (
	"context"
	"time"

	"tushum/internal/lang"
	"tushum/store"
)

// historyDays are played in full before today.
const historyDays = 3

// The hours of the salon: its last customer comes an hour before it closes.
const (
	salonOpens  = 9 * time.Hour
	salonComing = 10 * time.Hour // how long customers come
)

// pastBegins is midnight of the first day that is played.
func pastBegins(now time.Time, zone *time.Location) time.Time {
	year, month, day := now.In(zone).Date()
	return time.Date(year, month, day-historyDays, 0, 0, 0, 0, zone)
}

// plan writes down what happened in the days before now and today until now.
// Each day is drawn by itself, so that it is the same whenever it is looked at.
func (h *history) plan(seed uint64, l lang.Lang, zone *time.Location) {
	specials := [historyDays + 1]func(*day){threeDaysAgo, twoDaysAgo, yesterday, today}
	first := pastBegins(h.now, zone)
	for i, special := range specials {
		d := &day{h, newSalon(seed, uint64(i), l), first.AddDate(0, 0, i)}
		special(d)
		d.usual()
	}
}

// day is one day of the salon while it is planned.
type day struct {
	*history
	salon    *salon
	midnight time.Time
}

// at begins a visit at a time of the day, not to the second.
func (d *day) at(hour, minute int) *visit {
	jitter := time.Duration(d.salon.random.Int64N(int64(50 * time.Second)))
	return d.visit(d.salon, d.midnight.Add(time.Duration(hour)*time.Hour+time.Duration(minute)*time.Minute+jitter).Truncate(time.Millisecond))
}

// sometime begins a visit while the salon is open.
func (d *day) sometime() *visit {
	opened := int64((salonOpens + d.salon.some(salonComing)) / time.Minute)
	return d.at(int(opened/60), int(opened%60))
}

// some is a part of a duration.
func (s *salon) some(of time.Duration) time.Duration {
	return time.Duration(s.random.Int64N(int64(of)))
}

// usual is what every day brings.
func (d *day) usual() {
	for range 9 + d.salon.random.IntN(4) {
		v := d.sometime()
		v.issue(d.salon.draft())
		v.wait(30 * time.Second)
		v.pay(d.salon.source())
		v.end()
	}
	for range 2 {
		v := d.sometime()
		v.beginAtTill()
		v.wait(3 * time.Second)
		v.confirm(d.salon.source(), "")
		v.end()
	}
	v := d.sometime() // the first card is declined
	v.issue(d.salon.visitDraft())
	v.wait(time.Minute)
	v.begin(0, "")
	v.wait(40 * time.Second)
	v.pay("HUMO")
	v.end()

	v = d.sometime()
	v.issue(d.salon.visitDraft())
	v.wait(2 * time.Minute)
	v.markPaid("CASH", whyCash)
	v.end()
}

func threeDaysAgo(d *day) {
	v := d.at(8, 50) // the QR that stands at the till
	v.plan(func(ctx context.Context) error {
		inv, err := d.shop.Issue(ctx, store.Draft{Kind: store.Counter, Note: demoTillNote.In(d.salon.lang), By: salonStaff})
		d.till = inv.Number
		return err
	})
	v.end()

	v = d.at(11, 20) // the customer's app asks for less, and then for the right sum
	v.issue(d.salon.visitDraft())
	v.wait(time.Minute)
	v.begin(thousands(5), "10011")
	v.wait(time.Minute)
	v.mistype()
	v.wait(time.Minute)
	v.pay("UZCARD")
	v.end()

	v = d.at(12, 40)
	v.issue(d.salon.visitDraft())
	v.wait(3 * time.Minute)
	v.cancel(whyTwice)
	v.end()

	d.membership(15, 10)
}

// membership is bought by instalments.
func (d *day) membership(hour, minute int) {
	v := d.at(hour, minute)
	v.issue(store.Draft{Kind: store.Membership, Amount: thousands(100 * (9 + d.salon.random.Int64N(8))), Customer: d.salon.customer(), Note: demoMemberNote.In(d.salon.lang)})
	v.wait(4 * time.Minute)
	v.pay("INSTALLMENT")
	v.end()
}

func twoDaysAgo(d *day) {
	v := d.at(10, 15) // a gift card is given back
	v.issue(store.Draft{Kind: store.GiftCard, Amount: thousands(300), Customer: d.salon.customer(), Note: demoGiftNote.In(d.salon.lang)})
	v.wait(time.Minute)
	v.pay("UZUM_DEBIT_VISA")
	v.wait(90 * time.Minute)
	v.refund()
	v.end()

	v = d.at(14, 35) // the bank takes a payment back
	v.issue(d.salon.visitDraft())
	v.wait(time.Minute)
	v.pay("VISA")
	v.wait(40 * time.Minute)
	v.refund()
	v.end()

	v = d.at(12, 20) // the platform cancels the first deal
	v.issue(d.salon.goodsDraft())
	v.wait(time.Minute)
	v.paysAtSecondDeal()
	v.end()

	v = d.at(10, 30) // a link that nobody opens
	v.issue(store.Draft{Kind: store.Prepayment, Amount: thousands(100), Customer: d.salon.customer(), Note: demoPrepayNote.In(d.salon.lang), ExpiresAt: store.At(v.at.Add(8 * time.Hour))})
	v.at = v.at.Add(8*time.Hour + time.Second)
	v.sweep()
	v.end()

	v = d.at(17, 5) // the bank confirms too late, so that the customer pays at the terminal
	v.issue(d.salon.visitDraft())
	v.wait(time.Minute)
	v.begin(0, "")
	v.at = v.at.Add(d.shop.Rules().TransactionTTL + time.Second)
	v.confirm("UZCARD", "10015")
	v.wait(2 * time.Minute)
	v.markPaid("TERMINAL", whyTerminal)
	v.end()
}

func yesterday(d *day) {
	v := d.at(10, 5) // somebody tries a password
	v.issue(d.salon.visitDraft())
	v.wait(time.Minute)
	v.stranger()
	v.wait(time.Minute)
	v.pay("HUMO")
	v.end()

	v = d.at(13, 30)
	v.issue(store.Draft{Kind: store.Prepayment, Amount: thousands(120), Customer: d.salon.customer(), Note: demoPrepayNote.In(d.salon.lang)})
	v.wait(20 * time.Minute)
	v.cancel(whyMoved)
	v.end()

	v = d.at(15, 10) // less comes than was asked for
	v.issue(d.salon.goodsDraft())
	v.wait(time.Minute)
	v.paysOther(thousands(4))
	v.end()

	d.wellKnown()

	v = d.at(18, 20) // a prepayment that is still waited for
	v.issue(store.Draft{
		Kind: store.Prepayment, Amount: thousands(150), Customer: d.salon.customer(), Specialist: pick(d.salon, salonMasters).In(d.salon.lang),
		AppointmentAt: store.At(d.midnight.AddDate(0, 0, 2).Add(11 * time.Hour)), Note: demoPrepayNote.In(d.salon.lang),
	})
	v.end()
}

// wellKnown is the payment that the README has its reader look for: no other
// one, whatever the seed, has this sum.
func (d *day) wellKnown() {
	v := d.at(16, 40)
	v.issue(store.Draft{
		Kind: store.Visit, Customer: store.Customer{Name: wellKnownCustomer.In(d.salon.lang)}, Specialist: salonMasters[0].In(d.salon.lang),
		Lines: []store.Line{
			{Name: salonServices[2].name.In(d.salon.lang), Quantity: 1, Price: thousands(320)},
			{Name: wellKnownCare.In(d.salon.lang), Quantity: 1, Price: wellKnownSum - thousands(320)},
		},
	})
	v.wait(time.Minute)
	v.pay("UZCARD")
	v.end()
}

var wellKnownSum = thousands(437)

var (
	wellKnownCustomer = lang.Text{UZ: "Dilnoza Yusupova", RU: "Дилноза Юсупова"}
	wellKnownCare     = lang.Text{UZ: "Rang himoyasi", RU: "Защита цвета", EN: "Colour care"}
)

func today(d *day) {
	v := d.at(9, 25)
	v.issue(d.salon.visitDraft())
	v.wait(40 * time.Second)
	v.begin(thousands(10), "10011")
	v.wait(30 * time.Second)
	v.pay("UZCARD")
	v.end()

	d.membership(11, 45)

	v = d.at(10, 40) // the platform looks into a payment
	v.issue(d.salon.goodsDraft())
	v.wait(time.Minute)
	v.disputes(25 * time.Minute)
	v.end()
}
