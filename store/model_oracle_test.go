package store_test

// oracle is the model that the rules are compared with: the Merchant API and
// the life of an invoice once more, as plainly as they can be put, on numbers
// and words. It shares nothing with the rules.
type oracle struct {
	now      int64 // ms
	invoices map[string]*modelInvoice
	payments map[string]*modelPayment
}

type modelInvoice struct {
	state     string // open, paid, cancelled, expired, refunded
	elsewhere bool   // routed to another payment system
	counter   bool
	amount    int64 // tiyin; one-time only
	min, max  int64 // tiyin; counter only
	expires   int64 // ms; zero: never
	paidBy    string
	off       int64 // tiyin; the discount
	before    int64 // tiyin; paid before
}

type modelPayment struct {
	state   string // CREATED, CONFIRMED, REVERSED, FAILED
	invoice *modelInvoice
	born    int64 // ms
	byHand  bool
	moved   bool   // it was confirmed at some time
	wish    string // what staff last said of a refund: "", requested, withdrawn, refused
}

// The shop's settings, in tiyin and ms.
const (
	modelMin = 1_000_00
	modelMax = 5_000_000_00
	modelTTL = 30 * 60 * 1000
)

func newOracle() *oracle {
	return &oracle{now: int64(modelStart), invoices: map[string]*modelInvoice{}, payments: map[string]*modelPayment{}}
}

func (o *oracle) stateOf(i *modelInvoice) string {
	if i.state == "open" && i.expires != 0 && o.now >= i.expires {
		return "expired"
	}
	return i.state
}

// late tells a payment that nobody may confirm any more, by the clock.
func (o *oracle) late(p *modelPayment) bool { return p.state == "CREATED" && o.now-p.born >= modelTTL }

func (o *oracle) create(id, number string, amount int64) string {
	if o.payments[id] != nil {
		return "trans_id_taken"
	}
	i := o.invoices[number]
	if i == nil || i.elsewhere {
		return "invoice_not_found"
	}
	switch o.stateOf(i) {
	case "open":
	case "paid":
		return "already_paid"
	default:
		return "invoice_closed"
	}
	least, most := int64(modelMin), int64(modelMax)
	if i.counter && i.min > least {
		least = i.min
	}
	if i.counter && i.max != 0 && i.max < most {
		most = i.max
	}
	if amount < least {
		return "below_minimum"
	}
	if amount > most {
		return "above_maximum"
	}
	if !i.counter && amount != i.amount {
		return "wrong_amount"
	}
	o.payments[id] = &modelPayment{state: "CREATED", invoice: i, born: o.now}
	return ""
}

func (o *oracle) payment(id string) *modelPayment {
	if p := o.payments[id]; p != nil && !p.byHand {
		return p
	}
	return nil
}

func (o *oracle) confirm(id string) string {
	p := o.payment(id)
	switch {
	case p == nil:
		return "transaction_not_found"
	case p.state == "CONFIRMED":
		return "already_confirmed"
	case o.late(p):
		p.state = "FAILED"
		return "not_confirmable"
	case p.state != "CREATED":
		return "not_confirmable"
	}
	p.state, p.moved = "CONFIRMED", true
	if !p.invoice.counter {
		o.pay(p.invoice, id)
	}
	return ""
}

func (o *oracle) pay(i *modelInvoice, id string) {
	i.state, i.paidBy = "paid", id
	o.failAll(i)
}

func (o *oracle) failAll(i *modelInvoice) {
	for _, p := range o.payments {
		if p.invoice == i && p.state == "CREATED" {
			p.state = "FAILED"
		}
	}
}

func (o *oracle) reverse(id string) string {
	p := o.payment(id)
	switch {
	case p == nil:
		return "transaction_not_found"
	case p.state == "REVERSED":
		return "already_reversed"
	case o.late(p):
		p.state = "FAILED"
		return "not_reversible"
	case p.state == "FAILED":
		return "not_reversible"
	}
	p.state = "REVERSED"
	if p.invoice.state == "paid" && p.invoice.paidBy == id {
		p.invoice.state = "refunded"
	}
	return ""
}

func (o *oracle) status(id string) (state, code string) {
	p := o.payment(id)
	if p == nil {
		return "", "transaction_not_found"
	}
	if o.late(p) {
		p.state = "FAILED"
	}
	return p.state, ""
}

func (o *oracle) beingPaid(i *modelInvoice) bool {
	for _, p := range o.payments {
		if p.invoice == i && p.state == "CREATED" && !o.late(p) {
			return true
		}
	}
	return false
}

func (o *oracle) cancel(number string, force bool) string {
	i := o.invoices[number]
	if i == nil {
		return "invoice_not_found"
	}
	if code := o.mustBe(i, "open"); code != "" {
		return code
	}
	if o.beingPaid(i) && !force {
		return "payment_in_flight"
	}
	i.state = "cancelled"
	o.failAll(i)
	return ""
}

// mustBe is how staff are refused in other states than those.
func (o *oracle) mustBe(i *modelInvoice, states ...string) string {
	now := o.stateOf(i)
	for _, s := range states {
		if s == now {
			return ""
		}
	}
	if now == "paid" {
		return "already_paid"
	}
	return "not_allowed"
}

func (o *oracle) reopen(number string, expires int64) string {
	return o.prolong(number, expires, "expired", "refunded")
}

func (o *oracle) extend(number string, expires int64) string {
	return o.prolong(number, expires, "open", "expired")
}

func (o *oracle) prolong(number string, expires int64, states ...string) string {
	i := o.invoices[number]
	if i == nil {
		return "invoice_not_found"
	}
	if code := o.mustBe(i, states...); code != "" {
		return code
	}
	if expires != 0 && expires <= o.now {
		return "invalid"
	}
	i.state, i.expires, i.paidBy = "open", expires, ""
	return ""
}

func (o *oracle) markPaid(number, id string, force, complete bool) string {
	i := o.invoices[number]
	if i == nil {
		return "invoice_not_found"
	}
	if i.counter {
		return "not_allowed"
	}
	if code := o.mustBe(i, "open", "expired"); code != "" {
		return code
	}
	if o.beingPaid(i) && !force {
		return "payment_in_flight"
	}
	if !complete {
		return "invalid"
	}
	o.payments[id] = &modelPayment{state: "CONFIRMED", invoice: i, born: o.now, byHand: true, moved: true}
	o.pay(i, id)
	return ""
}

func (o *oracle) sweep() {
	for _, p := range o.payments {
		if o.late(p) {
			p.state = "FAILED"
		}
	}
	for _, i := range o.invoices {
		i.state = o.stateOf(i)
	}
}
