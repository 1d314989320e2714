package store

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"tushum/internal/lang"
	"tushum/internal/money"
)

// Draft is an invoice as staff write it.
type Draft struct {
	Kind          Kind
	Amount        money.Amount // tiyin, what is due; zero: the sum of the lines less Discount and Prepaid
	MinAmount     money.Amount // counter only; zero: the shop's limit
	MaxAmount     money.Amount // counter only; zero: the shop's limit
	Discount      money.Amount // tiyin; off the price
	Prepaid       money.Amount // tiyin; what was paid before in another way
	Lines         []Line
	Customer      Customer
	Specialist    string
	AppointmentAt Instant
	Note          string
	ExpiresAt     Instant // zero: never
	By            string  // who writes it
}

// The bounds on what staff may write, in bytes and lines.
const (
	maxText  = 400
	maxNote  = 4000
	maxLines = 100
	maxUnits = 1_000_000
)

// Issue decides whether a draft can become an invoice with that number and token.
// It is SystemClosed where the payment system of its kind takes no payments now;
// every other refusal is Invalid, for the draft can be mended.
func (r Rules) Issue(d Draft, n Number, token Token, now Instant) (Change, error) {
	system := r.Routing[d.Kind]
	if system == "" {
		return Change{}, invalid(sayNotRouted, string(d.Kind))
	}
	if d.Kind == Counter && !r.Systems[system].Can.Counter {
		return Change{}, r.noCounter(system)
	}
	if err := r.checkConnection(system); err != nil {
		return Change{}, err
	}
	sum, err := checkLines(d.Lines)
	if err != nil {
		return Change{}, err
	}
	inv := Invoice{
		Number: n, Token: token, Kind: d.Kind, System: system, Status: Open,
		Amount: d.Amount, MinAmount: d.MinAmount, MaxAmount: d.MaxAmount, Discount: d.Discount, Prepaid: d.Prepaid, Lines: slices.Clone(d.Lines),
		Customer: d.Customer, Specialist: d.Specialist, AppointmentAt: d.AppointmentAt, Note: d.Note,
		CreatedAt: now, CreatedBy: d.By, ExpiresAt: d.ExpiresAt,
	}
	if inv.Amount == 0 && len(inv.Lines) > 0 {
		inv.Amount = sum - inv.Discount - inv.Prepaid
	}
	if err := r.checkInvoice(inv, sum, now); err != nil {
		return Change{}, err
	}
	return Change{At: now, By: d.By, Invoices: []InvoiceChange{{Event: InvoiceCreated, After: inv}}}, nil
}

// checkConnection refuses a payment system that could not take the payment. What
// was issued while it could is left to the payment system: the customer may hold
// a link that was good when it was given.
func (r Rules) checkConnection(system System) error {
	p := r.Systems[system]
	if p.Can.ByHand || p.Open() {
		return nil
	}
	return &Error{Code: SystemClosed, System: system, systemName: p.Name, Status: string(p.State)}
}

// noCounter says that a payment system takes no payments of any amount.
func (r Rules) noCounter(system System) error {
	p := r.Systems[system]
	if p.Can.ByHand {
		return invalid(sayCounterByHand)
	}
	return invalid(sayNoCounter, p.Name)
}

func (r Rules) checkInvoice(inv Invoice, sum money.Amount, now Instant) error {
	if err := checkTexts(inv); err != nil {
		return err
	}
	if inv.ExpiresAt != 0 && inv.ExpiresAt <= now {
		return invalid(sayExpiryPast)
	}
	if inv.Reusable() {
		return r.checkCounter(inv)
	}
	least, most := r.Bounds(inv)
	if most = cmp.Or(most, ceiling); inv.Amount > most { // else its parts might overflow together
		return invalidAmount(messages[AboveMaximum].says, inv.Amount, most)
	}
	if err := checkParts(inv, sum); err != nil {
		return err
	}
	if inv.Amount < least {
		return invalidAmount(messages[BelowMinimum].says, inv.Amount, least)
	}
	return nil
}

// checkParts tells whether the amount of a one-time invoice is what is left of
// the sum of its lines.
func checkParts(inv Invoice, sum money.Amount) error {
	off := max(inv.Discount, inv.Prepaid)
	total, err := inv.fullPrice()
	switch {
	case inv.MinAmount != 0 || inv.MaxAmount != 0:
		return invalid(sayOnlyCounter)
	case inv.Discount < 0 || inv.Prepaid < 0:
		return invalid(sayNegative)
	case off > ceiling: // and so the sum of the two never overflows
		return invalidAmount(messages[AboveMaximum].says, off, ceiling)
	case err != nil:
		return invalid(sayLinesHuge)
	case total > 0 && inv.Amount <= 0:
		return invalidAmount(sayNothingDue, max(sum, total), inv.Discount+inv.Prepaid)
	case inv.Amount == 0:
		return invalid(sayNoAmount)
	case len(inv.Lines) > 0 && sum != total:
		return linesDiffer(inv, sum, total)
	}
	return nil
}

func linesDiffer(inv Invoice, sum, total money.Amount) error {
	if inv.Amount == total {
		return invalidAmount(sayLinesDiffer, sum, total)
	}
	return invalidAmount(sayPartsDiffer, sum, total)
}

func (r Rules) checkCounter(inv Invoice) error {
	least, most := r.Bounds(inv)
	switch {
	case inv.Amount != 0 || inv.Discount != 0 || inv.Prepaid != 0 || len(inv.Lines) > 0:
		return invalid(sayCounterOpen)
	case inv.MinAmount < 0 || inv.MaxAmount < 0:
		return invalid(sayNegative)
	case least > most:
		return invalidAmount(sayLeastAbove, least, most)
	}
	return nil
}

func checkLines(lines []Line) (sum money.Amount, err error) {
	if len(lines) > maxLines {
		return 0, invalid(sayManyLines, maxLines)
	}
	for i, l := range lines {
		if strings.TrimSpace(l.Name) == "" || l.Quantity < 1 || l.Quantity > maxUnits || l.Price < 0 {
			return 0, invalid(sayLine, i+1, maxUnits)
		}
		if err := checkText(theLine, l.Name, maxText); err != nil {
			return 0, err
		}
		cost, err := l.Cost()
		if err != nil {
			return 0, invalid(sayLineHuge, i+1)
		}
		if sum, err = money.Add(sum, cost); err != nil {
			return 0, invalid(sayLinesHuge)
		}
	}
	return sum, nil
}

func checkTexts(inv Invoice) error {
	for _, t := range []struct {
		what lang.Text
		text string
		most int
	}{
		{theCustomer, inv.Customer.Name, maxText},
		{theSpecialist, inv.Specialist, maxText},
		{theNote, inv.Note, maxNote},
		{theAuthor, inv.CreatedBy, maxText},
	} {
		if err := checkText(t.what, t.text, t.most); err != nil {
			return err
		}
	}
	if p := inv.Customer.Phone; p != "" {
		if q, err := ParsePhone(string(p)); err != nil || q != p {
			return invalid(sayPhone)
		}
	}
	return nil
}

func checkText(what lang.Text, s string, most int) error {
	if len(s) > most {
		return invalid(sayLong, what, most)
	}
	if !utf8.ValidString(s) {
		return invalid(sayNotUTF8, what)
	}
	return nil
}

// checkWhoAndWhy looks at what every change by staff carries.
func checkWhoAndWhy(by, reason string) error {
	if err := checkText(theAuthor, by, maxText); err != nil {
		return err
	}
	return checkText(theReason, reason, maxNote)
}

// Cancel decides whether staff may cancel. While somebody is paying, only an
// order with Force does it; what is CREATED then becomes FAILED in the same
// commit, so that the bank gives that money back. created is as for Confirm.
func (r Rules) Cancel(inv Invoice, created []Transaction, o CancelOrder, now Instant) (Change, error) {
	if s := inv.StatusAt(now); s != Open {
		return Change{}, staffRefusal(inv, s)
	}
	if live := r.Live(created, now); len(live) > 0 && !o.Force {
		return Change{}, refuseTx(PaymentInFlight, live[0])
	}
	if err := checkWhoAndWhy(o.By, o.Reason); err != nil {
		return Change{}, err
	}
	after := inv
	after.Status, after.ClosedAt, after.Reason = Cancelled, now, o.Reason
	ch := Change{At: now, By: o.By, Invoices: []InvoiceChange{{InvoiceCancelled, &inv, after}}}
	for _, t := range created {
		r.fail(&ch, t, FailCancelled)
	}
	return ch, nil
}

// Reopen makes an expired or refunded invoice payable again, until expires
// (zero: for ever). A cancelled invoice stays cancelled: clone it.
func (r Rules) Reopen(inv Invoice, by, reason string, expires, now Instant) (Change, error) {
	s := inv.StatusAt(now)
	if s != Expired && s != Refunded {
		return Change{}, staffRefusal(inv, s)
	}
	after := inv
	after.Status, after.ClosedAt = Open, 0
	after.PaidAt, after.PaidBy, after.PaidSystem = 0, "", ""
	return prolong(InvoiceReopened, inv, after, by, reason, expires, now)
}

// Extend moves the expiry of an open or expired invoice (zero: for ever).
func (r Rules) Extend(inv Invoice, by, reason string, expires, now Instant) (Change, error) {
	s := inv.StatusAt(now)
	if s != Open && s != Expired {
		return Change{}, staffRefusal(inv, s)
	}
	after := inv
	after.Status, after.ClosedAt = Open, 0
	return prolong(InvoiceExtended, inv, after, by, reason, expires, now)
}

func prolong(e EventType, before, after Invoice, by, reason string, expires, now Instant) (Change, error) {
	if expires != 0 && expires <= now {
		return Change{}, invalid(sayExpiryPast)
	}
	if err := checkWhoAndWhy(by, reason); err != nil {
		return Change{}, err
	}
	after.ExpiresAt, after.Reason = expires, reason
	return Change{At: now, By: by, Invoices: []InvoiceChange{{e, &before, after}}}, nil
}

// MarkPaid records money that came another way as a confirmed transaction of
// the manual system, named by transID. The bank is told 10008 from then on.
// created is as for Confirm: no bank can confirm any of it afterwards.
func (r Rules) MarkPaid(inv Invoice, created []Transaction, p ManualPayment, transID string, now Instant) (Change, error) {
	live := r.Live(created, now)
	switch s := inv.StatusAt(now); {
	case inv.Reusable():
		return Change{}, &Error{Code: NotAllowed, Number: inv.Number, Status: s.String(), Detail: "a counter invoice is never paid up"}
	case s != Open && s != Expired:
		return Change{}, staffRefusal(inv, s)
	case len(live) > 0 && !p.Force:
		return Change{}, refuseTx(PaymentInFlight, live[0])
	case !isManualSource(p.Source):
		return Change{}, invalid(sayManualSource)
	case strings.TrimSpace(p.Reason) == "":
		return Change{}, invalid(sayWhyPaid)
	}
	if err := checkWhoAndWhy(p.By, p.Reason); err != nil {
		return Change{}, err
	}
	day := r.Calendar.Day(now)
	t := Transaction{
		TransID: transID, System: Manual, Number: inv.Number, Amount: inv.Amount, Status: Confirmed,
		CreatedAt: now, ConfirmedAt: now, Day: day, ConfirmedDay: day, Source: p.Source,
	}
	ch := Change{At: now, By: p.By, Transactions: []TransactionChange{{Event: TransactionConfirmed, After: t}}}
	r.pay(&ch, inv, t, created)
	ch.Invoices[0].After.Reason = p.Reason
	return ch, nil
}

func staffRefusal(inv Invoice, s InvoiceStatus) error {
	c := NotAllowed
	if s == Paid {
		c = AlreadyPaid
	}
	return &Error{Code: c, Number: inv.Number, Status: s.String()}
}
