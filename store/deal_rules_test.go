package store_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/store"
)

// dealInvoice is visit, paid by deals.
func dealInvoice() store.Invoice {
	inv := visit()
	inv.System = oneClick
	return inv
}

func order() store.DealOrder {
	return store.DealOrder{Number: visit().Number, By: "payer", Ref: "1000007-abc"}
}

// Staff are told which payment to decide about, and how to insist.
func TestCheckUndecidedNamesTheMoney(t *testing.T) {
	t.Parallel()
	waiting := dealMoney(visit().Amount - 1)
	waiting.Unapplied = store.OtherAmount
	settled := waiting
	settled.Settlement = store.Settlement{At: noon, By: "malika", Note: "qaytarildi"}
	wantCode(t, store.CheckUndecided([]store.Transaction{dealMoney(visit().Amount), settled}), "")
	err := store.CheckUndecided([]store.Transaction{settled, waiting})
	wantCode(t, err, store.MoneyUndecided)
	e := refusal(t, err)
	if e.TransID != dealID || e.Number != visit().Number || e.Got != waiting.Amount {
		t.Errorf("it is about %+v", e)
	}
	for _, l := range lang.All {
		if says, hint := e.Message(l), e.Hint(l); !strings.Contains(says, waiting.Amount.Format(l)) || !strings.Contains(hint, "--force") || strings.ContainsAny(says+hint, "{}") {
			t.Errorf("%s: it says %q, %q", l, says, hint)
		}
	}
}

// A deal that was over by the system's word or by the shop's brings late money. Our own
// clock makes none late.
func TestWhatMakesMoneyLate(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		edit func(*store.Deal)
		late bool
	}{
		"open":                    {func(*store.Deal) {}, false},
		"run out by our clock":    {func(d *store.Deal) { d.ExpiresAt = noon.Add(-time.Hour) }, false},
		"called off by the shop":  {func(d *store.Deal) { d.CalledAt = noon }, true},
		"canceled by the system":  {func(d *store.Deal) { *d = dealIn(store.DealCanceled) }, true},
		"expired by the system":   {func(d *store.Deal) { *d = dealIn(store.DealExpired) }, true},
		"opened again after that": {func(d *store.Deal) { d.LapsedAt = noon }, true},
	} {
		d := dealIn(store.DealOpen)
		c.edit(&d)
		ch, err := shopRules().TellDeal(d, dealInvoice(), nil, nil, store.DealNews{ID: dealID, State: store.DealCompleted, Amount: visit().Amount}, noon)
		wantCode(t, err, "")
		if got := ch.Transactions[0].After.Late; got != c.late {
			t.Errorf("%s: it is late: %v", name, got)
		}
	}
}

// What can't be about the deal changes nothing, whatever it says.
func TestTellDealRefusesAnotherDealsWord(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		d  store.Deal
		id string
	}{
		"another name":     {dealIn(store.DealOpen), "another"},
		"no name":          {dealIn(store.DealOpen), ""},
		"none for a new":   {dealIn(store.DealAsked), ""},
		"too long a name":  {dealIn(store.DealAsked), strings.Repeat("i", 121)},
		"a further one's":  {dealIn(store.DealAsked), "deal/2"},
		"one with a space": {dealIn(store.DealAsked), "deal 2"},
		"one with a zero":  {dealIn(store.DealAsked), "deal\x00"},
		"one not of ASCII": {dealIn(store.DealAsked), "dеal"},
	} {
		ch, err := shopRules().TellDeal(c.d, dealInvoice(), nil, nil, store.DealNews{ID: c.id, State: store.DealCompleted, Amount: visit().Amount}, noon)
		if store.CodeOf(err) != store.Invalid || !ch.Empty() {
			t.Errorf("%s: it is answered %v, and writes %+v", name, err, ch)
		}
		if got := refusal(t, err).Message(lang.RU); got != "платёжная система ответила о другой сделке" {
			t.Errorf("%s: it says %q", name, got)
		}
	}
}

// What a system does not say stays, and what it can't mean is not kept.
func TestTellDealKeepsWhatItKnew(t *testing.T) {
	t.Parallel()
	d := dealIn(store.DealAsked)
	tell := func(n store.DealNews) store.Deal {
		t.Helper()
		n.ID = dealID
		ch, err := shopRules().TellDeal(d, dealInvoice(), nil, nil, n, noon+1)
		wantCode(t, err, "")
		if len(ch.Deals) > 0 {
			d = ch.Deals[0].After
		}
		return d
	}
	made := tell(store.DealNews{State: store.DealOpen, Word: "new", URL: "https://pay.example/?a=1&b=%20", Amount: 5, ExpiresAt: noon.Add(time.Hour)})
	if made.MadeAt != noon+1 || made.URL != "https://pay.example/?a=1&b=%20" || made.ExpiresAt != noon.Add(time.Hour) || made.Told != 5 {
		t.Errorf("it is %+v", made)
	}
	if got := tell(store.DealNews{State: store.DealOpen, Word: "new"}); got != made {
		t.Errorf("silence changes it to %+v", got)
	}
	if got := tell(store.DealNews{State: store.DealOpen, Word: "new", URL: "https://elsewhere.example", ExpiresAt: noon, Amount: -5}); got != made {
		t.Errorf("another page, a past end and less than nothing change it to %+v", got)
	}
	if got := tell(store.DealNews{State: store.DealOpen, Word: strings.Repeat("w", 1000)}); len(got.Word) >= 1000 {
		t.Error("a word of any length is kept")
	}
	d = dealIn(store.DealAsked)
	if got := tell(store.DealNews{State: store.DealOpen, URL: "https://pay.example/" + strings.Repeat("u", 5000)}); got.URL != "" || got.State != store.DealOpen {
		t.Error("a page of any length is kept")
	}
}

func TestCallOffDealOnlyAsksAboutWhatIsThere(t *testing.T) {
	t.Parallel()
	for _, s := range dealStates() {
		ch := shopRules().CallOffDeal(dealIn(s), noon)
		if asks := s == store.DealOpen || s == store.DealClaimed || s == store.DealDisputed; ch.Empty() == asks {
			t.Errorf("%s: it writes %+v", s, ch)
		}
		if !ch.Empty() && (ch.Deals[0].After.CalledAt != noon || ch.Deals[0].Event != store.DealChanged) {
			t.Errorf("%s: it is %+v", s, ch.Deals[0])
		}
	}
}

func TestCheckClaimsSaysWhatIsUnderWay(t *testing.T) {
	t.Parallel()
	for _, s := range dealStates() {
		err := store.CheckClaims([]store.Deal{dealIn(store.DealOpen), dealIn(s)})
		says := map[store.DealState]string{
			store.DealClaimed:  "the payer says that invoice 1000007 is paid, and the money has not come yet",
			store.DealDisputed: "the payment system is looking into a payment of invoice 1000007",
		}[s]
		if says == "" {
			wantCode(t, err, "")
			continue
		}
		wantCode(t, err, store.PaymentInFlight)
		e := refusal(t, err)
		if got := strings.ReplaceAll(e.Message(lang.EN), visit().Number.String(), "1000007"); got != says || e.Status != s.String() || !strings.Contains(e.Hint(lang.UZ), "--force") {
			t.Errorf("%s: it says %q, %q", s, got, e.Hint(lang.UZ))
		}
	}
}

func TestSettleRefuses(t *testing.T) {
	t.Parallel()
	waiting := dealMoney(visit().Amount - 1)
	waiting.Unapplied = store.OtherAmount
	reversed := waiting
	reversed.Status, reversed.ReversedAt, reversed.ReversedDay = store.Reversed, noon, noonDay
	for name, c := range map[string]struct {
		t    store.Transaction
		inv  store.Invoice
		o    store.SettleOrder
		code store.Code
	}{
		"money that pays its invoice": {dealMoney(visit().Amount), invoiceIn(store.Paid), store.SettleOrder{Note: "n"}, store.NotAllowed},
		"money that went back":        {reversed, dealInvoice(), store.SettleOrder{Note: "n"}, store.NotAllowed},
		"without a note":              {waiting, dealInvoice(), store.SettleOrder{Note: " \n"}, store.Invalid},
		"with too long a note":        {waiting, dealInvoice(), store.SettleOrder{Note: strings.Repeat("n", 4001)}, store.Invalid},
		"applied to a paid invoice":   {waiting, invoiceIn(store.Paid), store.SettleOrder{Note: "n", Apply: true}, store.AlreadyPaid},
		"given back of a paid one":    {waiting, invoiceIn(store.Paid), store.SettleOrder{Note: "n"}, ""},
		"applied to an open invoice":  {waiting, dealInvoice(), store.SettleOrder{Note: "n", Apply: true}, ""},
	} {
		ch, err := shopRules().Settle(c.inv, c.t, nil, c.o, noon)
		if got := store.CodeOf(err); got != c.code || ch.Empty() != (c.code != "") {
			t.Errorf("%s: it is answered %q, %v", name, got, err)
		}
	}
}

// A page does not ask for more while money waits that staff have to decide about.
func TestABillWithUndecidedMoneyIsClosed(t *testing.T) {
	t.Parallel()
	waiting := dealMoney(visit().Amount - 1)
	waiting.Unapplied = store.OtherAmount
	b := shopRules().Bill(dealInvoice(), []store.Transaction{waiting}, []store.Deal{dealIn(store.DealCompleted)}, noon)
	if !b.Undecided || b.Payable() || b.State != store.BillReady || b.Deal.Seq != 0 {
		t.Errorf("the bill is %+v", b)
	}
	waiting.Settlement = store.Settlement{At: noon, By: "malika", Note: "qaytarildi"}
	if b := shopRules().Bill(dealInvoice(), []store.Transaction{waiting}, nil, noon); b.Undecided || !b.Payable() {
		t.Errorf("once it is decided, the bill is %+v", b)
	}
	b = shopRules().Bill(dealInvoice(), nil, []store.Deal{dealIn(store.DealClaimed)}, noon)
	if b.State != store.BillPaying || b.Deal.State != store.DealClaimed {
		t.Errorf("while a payer says that it is paid, the bill is %+v", b)
	}
}

// An audit refuses what no word of a payment system could have made of a deal.
func TestAuditRefusesDealsThatCanNotBe(t *testing.T) {
	t.Parallel()
	for _, s := range dealStates() {
		if err := dealIn(s).Audit(); err != nil {
			t.Errorf("%s: %v", s, err)
		}
	}
	for name, edit := range map[string]func(*store.Deal){
		"without a name":               func(d *store.Deal) { d.Ref = "" },
		"without a system":             func(d *store.Deal) { d.System = "" },
		"without an invoice":           func(d *store.Deal) { d.Number = 0 },
		"of nothing":                   func(d *store.Deal) { d.Amount = 0 },
		"in no state":                  func(d *store.Deal) { d.State = 0 },
		"in a state nobody knows":      func(d *store.Deal) { d.State = store.DealVoid + 1 },
		"whose name is missing":        func(d *store.Deal) { d.ID = "" },
		"that was never made":          func(d *store.Deal) { d.MadeAt = 0 },
		"that never ended":             func(d *store.Deal) { d.EndedAt = 0 },
		"whose money is missing":       func(d *store.Deal) { d.TransID = "" },
		"with another deal's money":    func(d *store.Deal) { d.TransID = "another" },
		"with money that never came":   func(d *store.Deal) { d.Payments = 0 },
		"with its second for its only": func(d *store.Deal) { d.TransID = dealAgain },
		"with no number of payments":   func(d *store.Deal) { d.Payments = -1 },
		"with any number of payments":  func(d *store.Deal) { d.Payments, d.TransID = 1<<40, fmt.Sprint(dealID, "/", 1<<40) },
		"called off with money":        func(d *store.Deal) { d.State, d.LapsedAt = store.DealCanceled, noon },
		"called off at no time":        func(d *store.Deal) { d.State, d.TransID = store.DealCanceled, "" },
		"open with money":              func(d *store.Deal) { d.State, d.EndedAt = store.DealOpen, 0 },
	} {
		d := dealIn(store.DealCompleted)
		edit(&d)
		if d.Audit() == nil {
			t.Errorf("a deal %s passes", name)
		}
	}
}

// An audit refuses unapplied money that no deal could have brought.
func TestAuditRefusesSettlementsThatCanNotBe(t *testing.T) {
	t.Parallel()
	settled := dealMoney(visit().Amount - 1)
	settled.Unapplied, settled.Late = store.OtherAmount, true
	settled.Settlement = store.Settlement{At: noon, By: "malika", Note: "kelishildi", Applied: true}
	if err := settled.Audit(); err != nil || !settled.MayEndWith(store.TransactionSettled) || settled.MayEndWith(store.TransactionConfirmed) {
		t.Errorf("settled money: %v", err)
	}
	asked := settled
	asked.Refund = store.RefundRequest{AskedAt: noon, By: "malika", Reason: "r"}
	if err := asked.Audit(); err != nil || !asked.MayEndWith(store.TransactionSettled) || !asked.MayEndWith(store.RefundRequested) || asked.MayEndWith(store.TransactionConfirmed) {
		t.Errorf("settled money that is asked back: %v", err)
	}
	for name, edit := range map[string]func(*store.Transaction){
		"for a reason nobody knows": func(t *store.Transaction) { t.Unapplied = "whim" },
		"though it was applied":     func(t *store.Transaction) { t.Unapplied = "" },
		"at no time":                func(t *store.Transaction) { t.Settlement.At = 0 },
		"for no reason":             func(t *store.Transaction) { t.Settlement.Note = "" },
		"though none came": func(t *store.Transaction) {
			*t = created()
			t.Late = true
		},
	} {
		tx := settled
		edit(&tx)
		if tx.Audit() == nil {
			t.Errorf("money settled %s passes", name)
		}
	}
}

func TestDealWords(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, l := range lang.All {
		for _, s := range dealStates() {
			w := store.DealStateWord(s, l)
			if w == "" || seen[string(l)+w] {
				t.Errorf("%s in %s is %q", s, l, w)
			}
			seen[string(l)+w] = true
		}
		for _, u := range store.UnappliedReasons() {
			if w := store.UnappliedWord(u, l); w == "" || w == string(u) {
				t.Errorf("%s in %s is %q", u, l, w)
			}
		}
		for _, tr := range []store.DealTrouble{store.NoAmount, store.UnknownStatus} {
			if w := store.DealTroubleWord(tr, l); w == "" || w == string(tr) {
				t.Errorf("%s in %s is %q", tr, l, w)
			}
		}
		if got := store.DealStateWord(77, l) + store.UnappliedWord("later", l) + store.DealTroubleWord("later", l); got != "laterlater" {
			t.Errorf("what a later version wrote is %q", got)
		}
	}
	if store.DealState(77).String() != "" || store.DealClaimed.String() != "claimed" {
		t.Error("the words of the contract differ")
	}
}

// The pace: quick while somebody waits, slow later, and an end where there is
// nothing more to learn.
func TestNextLook(t *testing.T) {
	t.Parallel()
	short := shopRules()
	short.Systems[oneClick] = store.Profile{Watch: time.Hour}
	open := dealIn(store.DealOpen)
	open.ExpiresAt = noon.Add(15 * time.Minute)
	for _, c := range []struct {
		name  string
		rules store.Rules
		d     store.Deal
		age   time.Duration
		rest  time.Duration // zero: never
	}{
		{"asked, just now", shopRules(), dealIn(store.DealAsked), 0, 5 * time.Second},
		{"asked, a minute ago", shopRules(), dealIn(store.DealAsked), time.Minute, time.Minute},
		{"asked, an hour ago", shopRules(), dealIn(store.DealAsked), time.Hour, 10 * time.Minute},
		{"asked, a day ago", shopRules(), dealIn(store.DealAsked), 24 * time.Hour, 0},
		{"open, just now", shopRules(), open, 0, 3 * time.Second},
		{"open, before the clock", shopRules(), open, -time.Hour, 3 * time.Second},
		{"open, for two minutes", shopRules(), open, 2 * time.Minute, 10 * time.Second},
		{"its time just over", shopRules(), open, 15 * time.Minute, 15 * time.Second},
		{"its time long over", shopRules(), open, time.Hour, 5 * time.Minute},
		{"its time over for a day", shopRules(), open, 25 * time.Hour, 6 * time.Hour},
		{"its time over for a week", shopRules(), open, 7*24*time.Hour + 15*time.Minute, 0},
		{"open without an end, for a day", shopRules(), dealIn(store.DealOpen), 24 * time.Hour, 10 * time.Minute},
		{"open without an end, for a week", shopRules(), dealIn(store.DealOpen), 7 * 24 * time.Hour, time.Hour},
		{"open without an end, for a month", shopRules(), dealIn(store.DealOpen), 30 * 24 * time.Hour, 6 * time.Hour},
		{"open without an end, for a year", shopRules(), dealIn(store.DealOpen), 365 * 24 * time.Hour, 6 * time.Hour},
		{"claimed", shopRules(), dealIn(store.DealClaimed), time.Minute, 3 * time.Second},
		{"disputed for a year", shopRules(), dealIn(store.DealDisputed), 365 * 24 * time.Hour, 6 * time.Hour},
		{"completed", shopRules(), dealIn(store.DealCompleted), 0, 5 * time.Minute},
		{"canceled, just now", shopRules(), dealIn(store.DealCanceled), 0, 15 * time.Second},
		{"canceled, a quarter of an hour ago", shopRules(), dealIn(store.DealCanceled), 15 * time.Minute, 5 * time.Minute},
		{"canceled, two hours ago", shopRules(), dealIn(store.DealCanceled), 2 * time.Hour, time.Hour},
		{"refunded, two days ago", shopRules(), dealIn(store.DealRefunded), 48 * time.Hour, 6 * time.Hour},
		{"expired, a week ago", shopRules(), dealIn(store.DealExpired), 7 * 24 * time.Hour, 0},
		{"expired, by a shorter watch", short, dealIn(store.DealExpired), time.Hour, 0},
		{"void", shopRules(), dealIn(store.DealVoid), 0, 0},
	} {
		now := noon.Add(c.age)
		next, ok := c.rules.NextLook(c.d, now)
		if ok != (c.rest != 0) || ok && next != now.Add(c.rest) {
			t.Errorf("%s: in %d ms, %v; want %v", c.name, next-now, ok, c.rest)
		}
		if ok && c.rest >= store.LongestRest {
			t.Errorf("%s: it rests for %v, which passes for a clock set back", c.name, c.rest)
		}
	}
}

// The amounts at the edge of what can be booked.
func TestTellDealBooksNoIncredibleAmount(t *testing.T) {
	t.Parallel()
	for amount, books := range map[money.Amount]bool{
		1: true, 100_000_000_000_000: true, 100_000_000_000_001: false, 1<<63 - 1: false, 0: false, -1 << 63: false,
	} {
		ch, err := shopRules().TellDeal(dealIn(store.DealOpen), dealInvoice(), nil, nil, store.DealNews{ID: dealID, State: store.DealCompleted, Amount: amount}, noon)
		wantCode(t, err, "")
		d := ch.Deals[0].After
		if got := len(ch.Transactions) == 1; got != books || (d.Trouble == store.NoAmount) == books || (d.Told == amount && amount != 0) != books {
			t.Errorf("%d is booked: %v, and the deal is %+v", amount, got, d)
		}
	}
}
