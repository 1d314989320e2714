package paypage

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/store"
)

// statusOf is how an invoice stands in the ledger.
var statusOf = map[store.BillState]store.InvoiceStatus{
	store.BillReady: store.Open, store.BillPaying: store.Open, store.BillPaid: store.Paid,
	store.BillExpired: store.Expired, store.BillCancelled: store.Cancelled, store.BillRefunded: store.Refunded,
}

// sceneOf is an invoice of 95 000 so‘m in a state.
func sceneOf(state store.BillState, l lang.Lang) scene {
	d := haircut()
	inv := store.Invoice{
		Number: 1000019, Kind: d.Kind, System: store.Uzum, Status: statusOf[state], Amount: 95_000 * money.Som, Discount: d.Discount, Prepaid: d.Prepaid,
		Lines: d.Lines, Customer: d.Customer, Specialist: d.Specialist, AppointmentAt: d.AppointmentAt, Note: d.Note,
		ExpiresAt: d.ExpiresAt, PaidAt: store.At(noon), ClosedAt: store.At(noon.Add(time.Hour)),
	}
	var txs []store.Transaction
	if state == store.BillPaying {
		txs = []store.Transaction{{Number: inv.Number, Status: store.Created, CreatedAt: store.At(noon)}}
	}
	rules := store.Rules{TransactionTTL: 30 * time.Minute, Calendar: store.Calendar{Location: uzbekTime}}
	bill := rules.Bill(inv, txs, nil, store.At(noon))
	s := scene{subject: subject{bill: bill, ref: "ref"}, shop: stallSettings().Shop, calendar: rules.Calendar, lang: l}
	s.system = newBank().Profile
	s.paidBy = s.system
	if bill.Payable() {
		s.ways = []way{{app: "https://app.example/"}}
	}
	return s
}

func TestViewTellsEveryState(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		state   store.BillState
		heading lang.Text
		sum     bool
		final   bool
		pays    bool
		calls   bool
		prints  bool
		answer  lang.Text // the name of the last total; empty: nothing is owed
	}{
		{store.BillReady, lang.Text{UZ: "To‘lanadigan summa", RU: "К оплате", EN: "To pay"}, true, false, true, false, false, lang.Text{UZ: "To‘lanadigan summa", RU: "К оплате", EN: "To pay"}},
		{store.BillPaying, lang.Text{UZ: "To‘lov boshlangan", RU: "Оплата началась", EN: "Payment under way"}, true, false, true, false, false, lang.Text{UZ: "To‘lanadigan summa", RU: "К оплате", EN: "To pay"}},
		{store.BillPaid, lang.Text{UZ: "To‘lov muvaffaqiyatli amalga oshirildi", RU: "Оплата прошла успешно", EN: "Payment completed successfully"}, true, true, false, false, true, lang.Text{UZ: "To‘langan", RU: "Оплачено", EN: "Paid"}},
		{store.BillExpired, lang.Text{UZ: "To‘lov muddati tugagan", RU: "Срок оплаты истёк", EN: "The payment deadline has passed"}, false, true, false, true, false, lang.Text{}},
		{store.BillCancelled, lang.Text{UZ: "To‘lov so‘rovi bekor qilingan", RU: "Счёт отменён", EN: "This invoice is cancelled"}, false, true, false, true, false, lang.Text{}},
		{store.BillRefunded, lang.Text{UZ: "To‘lov qaytarilgan", RU: "Платёж возвращён", EN: "The payment was refunded"}, true, true, false, true, false, lang.Text{}},
	} {
		for _, l := range lang.All {
			v := sceneOf(c.state, l).view()
			sum := ""
			if c.sum {
				sum = (95_000 * money.Som).Format(l)
			}
			last := v.Totals[len(v.Totals)-1]
			switch {
			case v.Heading != c.heading.In(l) || v.Sum != sum || v.Final != c.final:
				t.Errorf("%s in %s: %q, %q, final: %v", c.state, l, v.Heading, v.Sum, v.Final)
			case len(v.Ways) > 0 != c.pays || v.Code.URL != "" != c.pays:
				t.Errorf("%s in %s has the ways %v and the code %q", c.state, l, v.Ways, v.Code.URL)
			case v.Call.URL != "" != c.calls || v.Print != "" != c.prints || v.NotFiscal != "" != c.prints:
				t.Errorf("%s in %s: calls %q, prints %q, which is said to be %q", c.state, l, v.Call.URL, v.Print, v.NotFiscal)
			case last.Answer != (c.answer != lang.Text{}) || last.Answer && last.Name != c.answer.In(l):
				t.Errorf("%s in %s ends its sum with %+v", c.state, l, last)
			case v.Advice == "" && c.state != store.BillReady:
				t.Errorf("%s in %s does not say what to do", c.state, l)
			case !strings.HasSuffix(v.Title, " — "+stallSettings().Shop.Name) || !strings.HasPrefix(v.Title, v.Heading):
				t.Errorf("%s in %s is titled %q", c.state, l, v.Title)
			}
		}
	}
}

func TestABillWithoutLinesNeedsNoTable(t *testing.T) {
	t.Parallel()
	s := sceneOf(store.BillReady, lang.EN)
	s.subject.bill.Invoice.Lines, s.subject.bill.Invoice.Discount, s.subject.bill.Invoice.Prepaid = nil, 0, 0
	if v := s.view(); len(v.Lines)+len(v.Totals) != 0 || v.Sum == "" {
		t.Errorf("the view has the lines %v and the totals %v", v.Lines, v.Totals)
	}
}

func TestATotalThatIsDueIsSaidOnce(t *testing.T) {
	t.Parallel()
	s := sceneOf(store.BillReady, lang.EN)
	s.subject.bill.Invoice.Prepaid = 0
	v := s.view()
	want := []total{{Name: "Discount", Amount: (-15_000 * money.Som).Format(lang.EN)}, {Name: "Total", Amount: (135_000 * money.Som).Format(lang.EN), Answer: true}}
	if !slices.Equal(v.Totals, want) {
		t.Errorf("the totals are %+v, want %+v", v.Totals, want)
	}
}

func TestABriefViewTellsNothingOfThePurchase(t *testing.T) {
	t.Parallel()
	for _, state := range []store.BillState{store.BillReady, store.BillPaying, store.BillPaid, store.BillExpired, store.BillCancelled, store.BillRefunded} {
		s := sceneOf(state, lang.EN)
		s.subject.brief = true
		v := s.view()
		if len(v.Lines)+len(v.Totals) != 0 || v.What != "Details" {
			t.Errorf("%s tells %q, %v, %v", state, v.What, v.Lines, v.Totals)
		}
		for _, f := range v.Facts {
			if f.Foreign || f.At != "" {
				t.Errorf("%s tells %+v", state, f)
			}
		}
	}
}

func TestWithoutAWayTheShopIsAsked(t *testing.T) {
	t.Parallel()
	s := sceneOf(store.BillReady, lang.EN)
	s.ways = nil
	v := s.view()
	if v.Advice != "You can't pay online right now. Ask the seller how to pay." || v.Call.URL != "+998712000000" || v.Code.URL != "" {
		t.Errorf("the advice is %q, the call %q, the code %q", v.Advice, v.Call.URL, v.Code.URL)
	}
}

func TestACardHasAButtonAndNoCode(t *testing.T) {
	t.Parallel()
	s := sceneOf(store.BillReady, lang.EN)
	s.ways = []way{{}}
	v := s.view()
	want := []wayView{{link: link{"/pay/ref/card?lang=en", "Pay by card"}, First: true, Wait: "Wait…"}}
	if !slices.Equal(v.Ways, want) || v.Code != (codeView{}) {
		t.Errorf("the ways are %+v, the code %+v", v.Ways, v.Code)
	}
}

func TestAReceiptTellsHowItWasPaid(t *testing.T) {
	t.Parallel()
	for want, system := range map[string]store.Profile{
		"Uzum Bank app": newBank().Profile, "To the seller": atSeller.bankApp.Profile,
		"Card":  {Name: lang.Text{EN: "OneClick"}, Can: store.Abilities{Card: true, Deals: true}},
		"Coins": {Name: lang.Text{EN: "Coins"}}, "gone": {System: "gone"},
	} {
		s := sceneOf(store.BillPaid, lang.EN)
		s.paidBy = system
		told := fact{Name: "Payment method", Value: want}
		if facts := s.view().Facts; !slices.Contains(facts, told) {
			t.Errorf("paid through %v, the page tells %+v", system.Can, facts)
		}
		s.subject.brief = true
		if facts := s.view().Facts; slices.Contains(facts, told) {
			t.Errorf("by its number, an invoice that was paid through %v tells %+v", system.Can, facts)
		}
	}
}

// Who asks the bank about a payment has to name it. What the shop has taken itself
// the bank does not know.
func TestAReceiptNamesTheTransaction(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		state  store.BillState
		system store.System
		brief  bool
		named  bool
	}{
		{store.BillPaid, store.Uzum, false, true},
		{store.BillPaid, store.System("oneclick"), false, true},
		{store.BillRefunded, store.Uzum, false, true},
		{store.BillPaid, store.Manual, false, false},
		{store.BillPaid, store.Uzum, true, false},
		{store.BillRefunded, store.Uzum, true, false},
		{store.BillReady, store.Uzum, false, false},
	} {
		s := sceneOf(c.state, lang.EN)
		s.subject.brief = c.brief
		s.paidBy.Can.ByHand = c.system == store.Manual
		s.subject.bill.Invoice.PaidSystem, s.subject.bill.Invoice.PaidBy = c.system, "fc7a\u202e-12\n34"
		named := slices.Contains(s.view().Facts, fact{Name: "Transaction ID", Value: "fc7a-12 34", Foreign: true})
		if named != c.named {
			t.Errorf("%+v: the transaction is named: %v", c, named)
		}
	}
}

// How many milliseconds after the minute somebody paid tells one payment from another.
func TestTimesAreToldToTheMinute(t *testing.T) {
	t.Parallel()
	s := sceneOf(store.BillPaid, lang.EN)
	s.subject.bill.Invoice.PaidAt = store.At(noon.Add(34*time.Second + 567*time.Millisecond))
	want := fact{Name: "Paid on", Value: "21.11.2026 12:00", At: "2026-11-21T07:00Z"}
	if facts := s.view().Facts; !slices.Contains(facts, want) {
		t.Errorf("the facts are %+v, want %+v among them", facts, want)
	}
}

func TestAKindOfALaterVersionIsTitledByItsName(t *testing.T) {
	t.Parallel()
	s := sceneOf(store.BillReady, lang.EN)
	s.subject.bill.Invoice.Kind = "raf\u202efle"
	if v := s.view(); v.What != "raffle" {
		t.Errorf("the facts are titled %q", v.What)
	}
}

func TestALineCostsWhatTheLedgerSays(t *testing.T) {
	t.Parallel()
	s := sceneOf(store.BillReady, lang.EN)
	s.subject.bill.Invoice.Lines = []store.Line{{Name: "a", Quantity: 1, Price: 500}, {Name: "b", Quantity: 12, Price: 500}, {Name: "c", Quantity: 1_234_567, Price: 100}}
	want := []line{
		{Name: "a", Cost: "5 UZS"},
		{Name: "b", Count: "12 × 5 UZS", Cost: "60 UZS"},
		{Name: "c", Count: "1 234 567 × 1 UZS", Cost: "1 234 567 UZS"},
	}
	for i := range want {
		want[i].Count, want[i].Cost = strings.ReplaceAll(want[i].Count, " ", "\u00a0"), strings.ReplaceAll(want[i].Cost, " ", "\u00a0")
	}
	if got := s.view().Lines; !slices.Equal(got, want) {
		t.Errorf("the lines are %q, want %q", got, want)
	}
}

// Two payers of one sum can't be told apart.
func TestACounterPageNeverSaysPaid(t *testing.T) {
	t.Parallel()
	s := openStall(t)
	inv := s.counter()
	paid := inv
	paid.Amount = 25_000 * money.Som
	s.pay(paid)
	for _, path := range []string{pageByToken(inv), pageByToken(inv) + "?amount=25000", pageByNumber(inv) + "?amount=25000"} {
		for _, l := range lang.All {
			body := s.ask(path, "Accept-Language", string(l)).body
			if strings.Contains(body, headings[store.BillPaid].In(l)) {
				t.Errorf("%s in %s says paid", path, l)
			}
		}
	}
}

func TestForeignTextIsMadeReadable(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"Soch\u00a0kesish\n":         "Soch kesish",
		"💇\u200d♀\ufe0f Soch":        "💇♀\ufe0f Soch",
		"abc\u202etxt.exe":           "abctxt.exe",
		"\u202a+998 71 200\u202c":    "+998 71 200",
		"مرحبا":                      "مرحبا",
		"bell\a":                     "bell<U+0007>",
		"\xff":                       "\ufffd",
		" \t ":                       "",
		strings.Repeat("ў", 5000):    strings.Repeat("ў", mostForeign-1) + "…",
		"<b>&amp;\"'":                "<b>&amp;\"'",
		"soft\u00adhyphen\ufeffmark": "softhyphenmark",
	} {
		if got := foreign(in); got != want {
			t.Errorf("foreign(%.40q) = %q, want %q", in, got, want)
		}
	}
}

func TestOnlyAPhoneIsDialled(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"998712000000": "+998712000000", "+998 (71) 200-00-00": "+998712000000", "71 200 00 00": "+998712000000",
		"1188": "1188", "10-50": "1050", "\u202a+998712000000\u202c": "+998712000000",
		"": "", "call us": "", "@lola": "", "12": "", "+7 495 123-45-67, +998 71 200-00-00": "", "112;ext=1": "",
	} {
		if got := dialled(in); got != want {
			t.Errorf("dialled(%q) = %q, want %q", in, got, want)
		}
	}
}

// A page that is open asks again when the header says, and so does the browser by
// itself for who reads the words.
func TestWhoAsksTooOftenIsToldHowLongToWait(t *testing.T) {
	t.Parallel()
	s := openStall(t)
	w := httptest.NewRecorder()
	s.serveBusy(w, httptest.NewRequest(http.MethodGet, "/pay/x?lang=en", nil))
	if w.Code != http.StatusTooManyRequests || w.Header().Get("Retry-After") != "60" || w.Header().Get("Refresh") != "60" || !strings.Contains(w.Body.String(), "Wait a minute") {
		t.Errorf("the answer is %d, %q:\n%s", w.Code, w.Header().Get("Retry-After"), w.Body)
	}
}

func TestProblemsAreAnsweredAsThatTheyAre(t *testing.T) {
	t.Parallel()
	s := openStall(t)
	for _, c := range []struct {
		path    string
		status  int
		heading string
	}{
		{"/pay/nothing?lang=en", http.StatusNotFound, "There is no such invoice"},
		{"/pay/1000008?lang=en", http.StatusNotFound, "There is no such invoice"},
		{"/pay/a/b/c?lang=en", http.StatusNotFound, "There is no such invoice"},
	} {
		got := s.ask(c.path)
		if got.status != c.status || !strings.Contains(got.body, c.heading) || strings.Contains(got.body, "data-events") {
			t.Errorf("%s was answered %d", c.path, got.status)
		}
	}
}
