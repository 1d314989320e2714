package store_test

import (
	"strings"
	"testing"
	"time"

	"tushum/internal/lang"
	"tushum/store"
)

func TestBeginDealWritesDownAnAttempt(t *testing.T) {
	t.Parallel()
	d, ch, err := shopRules().BeginDeal(dealInvoice(), nil, nil, order(), noon)
	wantCode(t, err, "")
	want := store.Deal{Ref: "1000007-abc", System: oneClick, Number: visit().Number, Amount: visit().Amount, State: store.DealAsked, By: "payer", AskedAt: noon}
	if d != want || len(ch.Deals) != 1 || ch.Deals[0].After != want || ch.Deals[0].Event != "deal.asked" || len(ch.Transactions)+len(ch.Invoices) != 0 {
		t.Errorf("it is %+v by %+v", d, ch)
	}
	if _, known := (store.Rules{}).NextLook(d, noon); !known {
		t.Error("nobody will look what became of it")
	}
}

func TestBeginDealRefuses(t *testing.T) {
	t.Parallel()
	paused := shopRules()
	p := paused.Systems[oneClick]
	p.State = store.Paused
	paused.Systems = map[store.System]store.Profile{oneClick: p}
	small := shopRules()
	p = small.Systems[oneClick]
	p.Most = visit().Amount - 1
	small.Systems = map[store.System]store.Profile{oneClick: p}
	in := func(s store.InvoiceStatus) store.Invoice {
		inv := invoiceIn(s)
		inv.System = oneClick
		return inv
	}
	late := dealInvoice()
	late.ExpiresAt = noon
	counter := till()
	counter.System = oneClick
	undecided := dealMoney(visit().Amount - 1)
	undecided.Unapplied = store.OtherAmount
	settled := undecided
	settled.Settlement = store.Settlement{At: noon, By: "malika", Note: "kelishildi"}
	nameless, long := order(), order()
	nameless.Ref, long.Ref = "", strings.Repeat("r", 121)
	for name, c := range map[string]struct {
		rules    store.Rules
		inv      store.Invoice
		standing []store.Transaction
		o        store.DealOrder
		code     store.Code
	}{
		"open":                      {inv: dealInvoice()},
		"paid":                      {inv: in(store.Paid), code: store.AlreadyPaid},
		"cancelled":                 {inv: in(store.Cancelled), code: store.InvoiceClosed},
		"expired":                   {inv: in(store.Expired), code: store.InvoiceClosed},
		"expired by the clock":      {inv: late, code: store.InvoiceClosed},
		"refunded":                  {inv: in(store.Refunded), code: store.InvoiceClosed},
		"of a system without deals": {inv: visit(), code: store.NotAllowed},
		"of the till":               {inv: counter, code: store.NotAllowed},
		"of a paused system":        {inv: dealInvoice(), rules: paused, code: store.SystemClosed},
		"above the system's limit":  {inv: dealInvoice(), rules: small, code: store.AboveMaximum},
		"with undecided money":      {inv: dealInvoice(), standing: []store.Transaction{undecided}, code: store.MoneyUndecided},
		"with settled money":        {inv: dealInvoice(), standing: []store.Transaction{settled}},
		"without a name":            {inv: dealInvoice(), o: nameless, code: store.Internal},
		"with too long a name":      {inv: dealInvoice(), o: long, code: store.Internal},
	} {
		if c.rules.Routing == nil {
			c.rules = shopRules()
		}
		if c.o.Number == 0 {
			c.o = order()
		}
		_, ch, err := c.rules.BeginDeal(c.inv, nil, c.standing, c.o, noon)
		if got := store.CodeOf(err); got != c.code || ch.Empty() != (c.code != "") {
			t.Errorf("%s: it is answered %q, %v", name, got, err)
		}
	}
}

// The payer of a deal that is under way has its page: what has changed in the settings
// since takes it from nobody, as long as the invoice can be paid.
func TestBeginDealGoesOnWithTheDealUnderWay(t *testing.T) {
	t.Parallel()
	change := func(edit func(*store.Profile)) store.Rules {
		r := shopRules()
		p := r.Systems[oneClick]
		edit(&p)
		r.Systems = map[store.System]store.Profile{oneClick: p}
		return r
	}
	open := dealIn(store.DealOpen)
	many := []store.Deal{open}
	for range 100 {
		many = append(many, dealIn(store.DealCanceled))
	}
	for name, c := range map[string]struct {
		rules store.Rules
		deals []store.Deal
	}{
		"a lower most":       {change(func(p *store.Profile) { p.Most = visit().Amount - 1 }), []store.Deal{open}},
		"a higher least":     {change(func(p *store.Profile) { p.Least = visit().Amount + 1 }), []store.Deal{open}},
		"a pause":            {change(func(p *store.Profile) { p.State = store.Paused }), []store.Deal{open}},
		"a hundred attempts": {shopRules(), many},
	} {
		d, ch, err := c.rules.BeginDeal(dealInvoice(), c.deals, nil, order(), noon)
		if err != nil || d != open || !ch.Empty() {
			t.Errorf("after %s it is %+v by %+v (%v)", name, d, ch, err)
		}
		shut := dealInvoice()
		shut.Status, shut.ClosedAt = store.Cancelled, noon
		_, _, err = c.rules.BeginDeal(shut, c.deals, nil, order(), noon)
		wantCode(t, err, store.InvoiceClosed)
	}
}

// A hundred in all: then a new invoice is needed.
func TestAnInvoiceUsesUpItsAttempts(t *testing.T) {
	t.Parallel()
	var deals []store.Deal
	for range 99 {
		d := dealIn(store.DealCanceled)
		d.AskedAt = noon.Add(-48 * time.Hour)
		deals = append(deals, d)
	}
	_, _, err := shopRules().BeginDeal(dealInvoice(), deals, nil, order(), noon)
	wantCode(t, err, "")
	_, _, err = shopRules().BeginDeal(dealInvoice(), append(deals, deals[0]), nil, order(), noon)
	wantCode(t, err, store.TooManyDeals)
	if hint := refusal(t, err).Hint(lang.EN); hint != "make a new invoice" {
		t.Errorf("the hint is %q", hint)
	}
}

// Ten in an hour, by a clock that may have been set back since.
func TestBeginDealBoundsTheAttempts(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		first time.Duration // before noon
		n     int
		code  store.Code
	}{
		"nine within the hour": {30 * time.Minute, 9, ""},
		"ten within the hour":  {30 * time.Minute, 10, store.TooManyDeals},
		"ten an hour ago":      {time.Hour, 10, ""},
		"ten in a minute":      {-time.Minute, 10, store.TooManyDeals},
		"ten tomorrow":         {-24 * time.Hour, 10, ""},
	} {
		var deals []store.Deal
		for range c.n {
			d := dealIn(store.DealCanceled)
			d.AskedAt = noon.Add(-c.first)
			deals = append(deals, d)
		}
		_, _, err := shopRules().BeginDeal(dealInvoice(), deals, nil, order(), noon)
		if got := store.CodeOf(err); got != c.code {
			t.Errorf("%s: it is answered %q, want %q", name, got, c.code)
		}
	}
}

func TestCurrentDealIsTheOneToGoOnWith(t *testing.T) {
	t.Parallel()
	of := func(seq uint64, s store.DealState, expires store.Instant) store.Deal {
		d := dealIn(s)
		d.Seq, d.ExpiresAt = seq, expires
		return d
	}
	for name, c := range map[string]struct {
		deals []store.Deal
		want  uint64
	}{
		"none":                             {nil, 0},
		"only ended ones":                  {[]store.Deal{of(1, store.DealCompleted, 0), of(2, store.DealCanceled, 0), of(3, store.DealExpired, 0), of(4, store.DealRefunded, 0), of(5, store.DealVoid, 0)}, 0},
		"one that is asked for":            {[]store.Deal{of(1, store.DealAsked, 0)}, 1},
		"the newest":                       {[]store.Deal{of(2, store.DealOpen, 0), of(1, store.DealOpen, 0)}, 2},
		"one whose time is over":           {[]store.Deal{of(1, store.DealOpen, noon)}, 0},
		"one that has a moment left":       {[]store.Deal{of(1, store.DealOpen, noon+1)}, 1},
		"a claim before a newer one":       {[]store.Deal{of(2, store.DealOpen, 0), of(1, store.DealClaimed, noon)}, 1},
		"a dispute before a newer attempt": {[]store.Deal{of(1, store.DealDisputed, 0), of(2, store.DealAsked, 0)}, 1},
		"the newest of two claims":         {[]store.Deal{of(1, store.DealClaimed, 0), of(2, store.DealClaimed, 0)}, 2},
	} {
		d, ok := store.CurrentDeal(c.deals, noon)
		if d.Seq != c.want || ok != (c.want != 0) {
			t.Errorf("%s: it is %d, want %d", name, d.Seq, c.want)
		}
	}
}
