package paypage_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"tushum/internal/config"
	"tushum/internal/money"
	"tushum/internal/oneclick/simulator"
	"tushum/store"
)

// What an English page says of a deal.
const (
	saysTransfer  = "Transfer to the card"
	saysLooking   = "Looking for a card"
	saysChecked   = "The payment is being checked"
	saysReceived  = "The seller has received a payment and will look into it"
	saysPreparing = "Preparing the payment"
	saysPayByCard = ">Pay by card</button>"
	saysDone      = "Payment completed successfully"
	shownCard     = "8600 0000 0000 0009"
)

func wantParts(t *testing.T, body string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(body, part) {
			t.Errorf("the page does not hold %q:\n%s", part, mainOf(body))
		}
	}
}

func wantNone(t *testing.T, body string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if strings.Contains(body, part) {
			t.Errorf("the page holds %q:\n%s", part, mainOf(body))
		}
	}
}

// mainOf leaves out style and scripts.
func mainOf(body string) string {
	_, after, _ := strings.Cut(body, "<main")
	main, _, _ := strings.Cut(after, "</main>")
	return main
}

func TestWhoOpensAPageBeginsNoDeal(t *testing.T) {
	t.Parallel()
	s := newCardShop(t, cardOptions{})
	inv := s.issue()
	for _, path := range []string{"", "/card", "/events", "/qr.svg", "/card?lang=ru"} {
		for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodPut, http.MethodOptions} {
			if path == "/events" && method == http.MethodGet {
				continue // it would not end
			}
			s.do(method, tokenPage(inv)+path, "")
		}
	}
	s.do(http.MethodPost, tokenPage(inv), "")
	if got := s.deals(inv); len(got) != 0 || s.vendor.Calls()[simulator.Payin] != 0 {
		t.Errorf("deals were begun: %+v", got)
	}
	got := s.do(http.MethodGet, tokenPage(inv)+"/card?lang=ru", "")
	if next := got.header.Get("Location"); got.status != http.StatusSeeOther || next != tokenPage(inv)+"?lang=ru" {
		t.Errorf("the button's path leads with %d to %q", got.status, next)
	}
	if got := s.do(http.MethodPut, tokenPage(inv)+"/card", ""); got.status != http.StatusMethodNotAllowed || got.header.Get("Allow") != "GET, HEAD, POST" {
		t.Errorf("PUT was answered %d, allowed: %s", got.status, got.header.Get("Allow"))
	}
}

// The whole way on the shop's own page, as a browser without scripts goes it.
func TestACardIsShownUntilTheMoneyHasCome(t *testing.T) {
	t.Parallel()
	s := newCardShop(t, cardOptions{})
	s.vendor.Behave(func(b *simulator.Behaviour) { b.NotReady = 1; b.QRText = "https://qr.example/pay?to=1" })
	inv := s.issue()
	wantParts(t, s.page(inv), "To pay", `<form class="go" method="post" action="`+tokenPage(inv)+`/card?lang=en">`, saysPayByCard)
	if got := s.press(inv); got.status != http.StatusSeeOther || got.header.Get("Location") != tokenPage(inv)+"?lang=en" {
		t.Fatalf("the button is answered %d, %s", got.status, got.header.Get("Location"))
	}
	wantParts(t, s.page(inv), saysLooking, `http-equiv="refresh" content="4"`)
	s.until(inv, shownCard)
	body := s.until(inv, "data-until")
	wantParts(t, body, saysTransfer, "<b>"+shownCard+"</b>", `data-copy="8600000000000009"`, `data-copy="95000"`, "95\u00a0000\u00a0UZS", "TOSHMATOV ESHMAT", "Demo Bank",
		"until 12:15", "data-until=", "Waiting for your transfer.", "exactly this amount", "The card is not the shop", "nothing more to do", "/qr.svg?lang=en&amp;deal=1")
	wantNone(t, body, saysPayByCard, "Aziza", "901112233")
	d := s.deals(inv)[0]
	s.vendor.Pay(d.ID)
	s.learn(inv, d, store.DealClaimed)
	body = s.page(inv)
	wantParts(t, body, saysChecked, "pay again")
	wantNone(t, body, shownCard, saysPayByCard)
	s.vendor.Complete(d.ID)
	s.learn(inv, d, store.DealCompleted)
	body = s.page(inv)
	wantParts(t, body, saysDone, ">Card</dd>", d.ID)
	wantNone(t, body, shownCard, "refresh")
	if log := s.log.String(); strings.Contains(log, "8600") || strings.Contains(log, "TOSHMATOV") {
		t.Errorf("the log tells the card:\n%s", log)
	}
}

func TestAPageOfThePaymentSystemIsLinkedToTheByte(t *testing.T) {
	t.Parallel()
	s := newCardShop(t, cardOptions{flow: config.Widget})
	inv := s.issue()
	d := s.begin(inv)
	body := s.page(inv)
	wantParts(t, body, `<a class="way first" href="`+d.URL+`" rel="noreferrer">Go on to pay</a>`, "You pay on a page of OneClick", "The card is not the shop")
	wantNone(t, body, shownCard, saysPayByCard, "data-copy=")
	if brief := s.do(http.MethodGet, "/pay/"+inv.Number.String(), "").body; strings.Contains(brief, d.URL) {
		t.Error("who guesses a number is led to the deal")
	}
}

// However often it is pressed, there is one deal, and no more is asked of the
// payment system.
func TestTheButtonMakesOneDeal(t *testing.T) {
	t.Parallel()
	s := newCardShop(t, cardOptions{})
	inv := s.issue()
	for range 3 {
		if got := s.press(inv); got.status != http.StatusSeeOther {
			t.Fatalf("it is answered %d", got.status)
		}
	}
	if n := s.vendor.Calls()[simulator.Payin]; n != 1 || len(s.deals(inv)) != 1 {
		t.Errorf("%d deals were made, %d are written down", n, len(s.deals(inv)))
	}
	if d := s.deals(inv)[0]; d.By != "page" {
		t.Errorf("it was begun by %q", d.By)
	}
}

func TestANumberBeginsNothingAndShowsNothing(t *testing.T) {
	t.Parallel()
	s := newCardShop(t, cardOptions{})
	inv := s.issue()
	brief := "/pay/" + inv.Number.String()
	wantParts(t, s.do(http.MethodGet, brief, "").body, "paid by the link or the QR code that the seller gives you")
	if got := s.do(http.MethodPost, brief+"/card", "", "Sec-Fetch-Site", "same-origin"); got.status != http.StatusSeeOther || len(s.deals(inv)) != 0 {
		t.Errorf("a number was answered %d, and began %+v", got.status, s.deals(inv))
	}
	d := s.begin(inv)
	s.until(inv, shownCard)
	body := s.do(http.MethodGet, brief, "").body
	wantNone(t, body, shownCard, "8600", "TOSHMATOV", saysPayByCard, inv.Token.String())
	if got := s.do(http.MethodGet, brief+"/qr.svg", ""); got.status != http.StatusNotFound {
		t.Errorf("its picture is answered %d", got.status)
	}
	s.vendor.Pay(d.ID)
	s.learn(inv, d, store.DealClaimed)
	wantParts(t, s.do(http.MethodGet, brief, "").body, saysChecked)
}

func TestAnotherSiteBeginsNothing(t *testing.T) {
	t.Parallel()
	s := newCardShop(t, cardOptions{})
	for name, c := range map[string]struct {
		header []string
		begins bool
	}{
		"another site":           {[]string{"Sec-Fetch-Site", "cross-site"}, false},
		"a neighbour":            {[]string{"Sec-Fetch-Site", "same-site"}, false},
		"no word but the origin": {[]string{"Origin", "https://evil.example"}, false},
		"a broken origin":        {[]string{"Origin", "http://[::1"}, false},
		"the page":               {[]string{"Sec-Fetch-Site", "same-origin", "Origin", "null"}, true},
		"an old browser":         {[]string{"Origin", "null"}, true},
		"the public URL":         {[]string{"Origin", s.url}, true},
		"no word at all":         {nil, true},
	} {
		inv := s.issue()
		got := s.do(http.MethodPost, tokenPage(inv)+"/card", "", c.header...)
		if got.status != http.StatusSeeOther || len(s.deals(inv)) == 1 != c.begins {
			t.Errorf("%s: answered %d, with %d deals", name, got.status, len(s.deals(inv)))
		}
	}
}

// A proxy may name another host than the customer's browser does.
func TestTheOriginMayBeThePublicURL(t *testing.T) {
	t.Parallel()
	s := newCardShop(t, cardOptions{})
	settings := s.settings
	settings.Links.PublicURL = "https://shop.example"
	s.pages.Apply(settings)
	for origin, begins := range map[string]bool{"https://shop.example": true, s.url: true, "https://shop.example.evil.example": false} {
		inv := s.issue()
		s.do(http.MethodPost, tokenPage(inv)+"/card", "", "Origin", origin)
		if len(s.deals(inv)) == 1 != begins {
			t.Errorf("%s begins a deal: %v", origin, !begins)
		}
	}
}

// A small body is passed over, as it is where nothing is read at all.
func TestTheBodyOfTheButton(t *testing.T) {
	t.Parallel()
	s := newCardShop(t, cardOptions{})
	for body, status := range map[string]int{"": 303, "lang=en": 303, strings.Repeat("x", 4096): 303, strings.Repeat("x", 4097): 400} {
		inv := s.issue()
		if got := s.do(http.MethodPost, tokenPage(inv)+"/card", body); got.status != status || len(s.deals(inv)) == 1 != (status == 303) {
			t.Errorf("a body of %d bytes: %d, with %d deals", len(body), got.status, len(s.deals(inv)))
		}
	}
	inv := s.issue()
	if got := s.do(http.MethodPost, "/pay/nothing/card", ""); got.status != http.StatusNotFound {
		t.Errorf("what is not there is answered %d", got.status)
	}
	if got := s.do(http.MethodPost, tokenPage(inv), "lang=en"); got.status != http.StatusMethodNotAllowed {
		t.Errorf("the page itself is answered %d", got.status)
	}
}

// Whatever ends an attempt, the page says what to do with money that is on its way.
func TestAnAttemptThatEndedCanBeBegunAnew(t *testing.T) {
	t.Parallel()
	s := newCardShop(t, cardOptions{})
	s.vendor.Behave(func(b *simulator.Behaviour) { b.DealLife = time.Hour })
	for name, c := range map[string]struct {
		end  func(store.Invoice, store.Deal)
		says string
	}{
		"canceled": {func(inv store.Invoice, d store.Deal) {
			s.vendor.CancelDeal(d.ID)
			s.learn(inv, d, store.DealCanceled)
		}, "The last attempt was cancelled."},
		"expired": {func(inv store.Invoice, d store.Deal) {
			s.vendor.Expire(d.ID)
			s.learn(inv, d, store.DealExpired)
		}, "The time for the last attempt is over."},
		"by the clock": {func(store.Invoice, store.Deal) { s.passed.Add(int64(time.Hour)) }, "The time for the last attempt is over."},
	} {
		inv := s.issue()
		d := s.begin(inv)
		s.until(inv, shownCard)
		s.until(inv, "data-until") // the payment system has said how long it can be paid
		c.end(inv, d)
		body := s.page(inv)
		wantParts(t, body, c.says, "have transferred the money", saysPayByCard)
		wantNone(t, body, shownCard)
		if again := s.begin(inv); again.ID == d.ID {
			t.Errorf("%s: it is the same deal again", name)
		}
		s.until(inv, shownCard)
	}
}

// Who said that they had paid is not given another card by themselves: the shop decides.
func TestAClaimThatBroughtNoMoneyIsNotAskedForAgain(t *testing.T) {
	t.Parallel()
	s := newCardShop(t, cardOptions{})
	inv := s.issue()
	d := s.begin(inv)
	s.vendor.Pay(d.ID)
	s.learn(inv, d, store.DealClaimed)
	s.vendor.CancelDeal(d.ID)
	s.learn(inv, d, store.DealCanceled)
	wantParts(t, s.page(inv), saysChecked, "no money has come by OneClick", "pay again", `href="tel:`)
	wantNone(t, s.page(inv), saysPayByCard, shownCard)
	s.press(inv)
	if n := len(s.deals(inv)); n != 1 {
		t.Fatalf("%d deals were begun", n)
	}
	if _, err := s.keeper.Begin(t.Context(), store.DealOrder{Number: inv.Number, By: "customer"}); store.CodeOf(err) != store.ClaimedBefore {
		t.Errorf("without a person's word it is answered %v", err)
	}
	if _, err := s.keeper.Begin(t.Context(), store.DealOrder{Number: inv.Number, By: "malika", Force: true}); err != nil {
		t.Fatal(err)
	}
	wantNone(t, s.until(inv, shownCard), "no money has come")
}

// What was booked is what the customer is told has been paid, whatever is said of it
// since.
func TestThePageTellsTheSumThatWasBooked(t *testing.T) {
	t.Parallel()
	s := newCardShop(t, cardOptions{})
	inv := s.issue()
	d := s.begin(inv)
	s.vendor.Settle(d.ID, 90_000*money.Som)
	s.vendor.Complete(d.ID)
	s.learn(inv, d, store.DealCompleted)
	o := store.SettleOrder{System: d.System, TransID: s.deals(inv)[0].TransID, By: "test", Note: "agreed", Apply: true}
	if _, err := s.books.Settle(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	const sum = `class="sum">90` + "\u00a0" + `000`
	wantParts(t, s.page(inv), saysDone, sum)
	if _, err := s.books.TellDeal(t.Context(), d.Ref, store.DealNews{ID: d.ID, State: store.DealRefunded, Word: "refunded", Amount: inv.Amount}); err != nil {
		t.Fatal(err)
	}
	wantParts(t, s.page(inv), sum)
	wantNone(t, s.page(inv), saysDone)
}

func TestADisputeIsWaitedFor(t *testing.T) {
	t.Parallel()
	s := newCardShop(t, cardOptions{})
	inv := s.issue()
	d := s.begin(inv)
	s.vendor.Dispute(d.ID)
	s.learn(inv, d, store.DealDisputed)
	body := s.page(inv)
	wantParts(t, body, saysChecked, "OneClick is looking into this payment", `href="tel:`)
	wantNone(t, body, shownCard, saysPayByCard)
}

// Who has paid another amount is told so, and asked for nothing.
func TestAnotherAmountIsNotAskedForAgain(t *testing.T) {
	t.Parallel()
	s := newCardShop(t, cardOptions{})
	inv := s.issue()
	d := s.begin(inv)
	s.vendor.Settle(d.ID, 90_000*money.Som)
	s.vendor.Complete(d.ID)
	s.learn(inv, d, store.DealCompleted)
	for _, path := range []string{tokenPage(inv), "/pay/" + inv.Number.String()} {
		body := s.do(http.MethodGet, path, "").body
		wantParts(t, body, saysReceived, "pay again", `href="tel:`)
		wantNone(t, body, saysPayByCard, shownCard, `class="sum"`)
	}
	s.press(inv)
	if n := len(s.deals(inv)); n != 1 {
		t.Errorf("%d deals were begun", n)
	}
	t1 := s.deals(inv)[0].TransID
	if _, err := s.books.Settle(t.Context(), store.SettleOrder{TransID: t1, By: "test", Note: "given back in cash"}); err != nil {
		t.Fatal(err)
	}
	wantParts(t, s.page(inv), saysPayByCard)
}

func TestMoneyForACancelledInvoiceIsToldOf(t *testing.T) {
	t.Parallel()
	s := newCardShop(t, cardOptions{})
	inv := s.issue()
	d := s.begin(inv)
	if _, err := s.books.Cancel(t.Context(), store.CancelOrder{Number: inv.Number, By: "test", Reason: "asked to", Force: true}); err != nil {
		t.Fatal(err)
	}
	wantNone(t, s.page(inv), shownCard, saysPayByCard)
	s.vendor.Complete(d.ID)
	s.learn(inv, d, store.DealCompleted)
	wantParts(t, s.page(inv), saysReceived)
}

// Whatever fails, the customer is told what to do, and nothing of keys and addresses.
func TestAFailureToBeginIsTold(t *testing.T) {
	t.Parallel()
	s := newCardShop(t, cardOptions{})
	inv := s.issue()
	s.vendor.Fail(simulator.Payin, simulator.Refusing(http.StatusForbidden, "ERROR_FORBIDDEN"))
	s.press(inv)
	wantParts(t, s.page(inv), "The payment could not begin", "Try again in a minute", saysPayByCard)
	if log := s.log.String(); !strings.Contains(log, "ERROR_FORBIDDEN") {
		t.Errorf("the shop does not learn why:\n%s", log)
	}
	d := s.begin(inv)
	wantNone(t, s.page(inv), "could not begin")
	s.vendor.CancelDeal(d.ID)
	s.learn(inv, d, store.DealCanceled)
	wantParts(t, s.page(inv), "The last attempt was cancelled.")
	wantNone(t, s.page(inv), "could not begin")
}

// What could not begin long ago is not told to who comes today.
func TestAnOldFailureIsNotTold(t *testing.T) {
	t.Parallel()
	s := newCardShop(t, cardOptions{})
	inv := s.issue()
	s.vendor.Fail(simulator.Payin, simulator.Refusing(http.StatusForbidden, "ERROR_FORBIDDEN"))
	s.press(inv)
	s.passed.Add(int64(3 * time.Minute))
	body := s.page(inv)
	wantParts(t, body, saysPayByCard)
	wantNone(t, body, "could not begin")
}

// An answer that was lost leaves the payer waiting, without a second button.
func TestAnAttemptInDoubtIsWaitedFor(t *testing.T) {
	t.Parallel()
	s := newCardShop(t, cardOptions{})
	s.vendor.Behave(func(b *simulator.Behaviour) { b.Hidden = 1000 })
	inv := s.issue()
	s.vendor.Fail(simulator.Payin, simulator.Lost)
	s.press(inv)
	body := s.page(inv)
	wantParts(t, body, saysPreparing, "up to a minute", `content="4"`)
	wantNone(t, body, saysPayByCard, shownCard)
	s.press(inv)
	if n := s.vendor.Calls()[simulator.Payin]; n != 1 {
		t.Errorf("the payment system was asked for %d deals", n)
	}
}

func TestTooManyAttemptsAreTold(t *testing.T) {
	t.Parallel()
	s := newCardShop(t, cardOptions{proxies: trustedProxies})
	inv := s.issue()
	from := func(address string, inv store.Invoice) {
		s.do(http.MethodPost, tokenPage(inv)+"/card?lang=en", "", "X-Forwarded-For", address)
	}
	for range 10 {
		from("203.0.113.7", inv)
		s.vendor.CancelDeal(s.deals(inv)[0].ID)
		s.learn(inv, s.deals(inv)[0], store.DealCanceled)
	}
	s.passed.Add(int64(5 * time.Minute)) // the site has some attempts again, the invoice none
	from("203.0.113.7", inv)
	wantParts(t, s.page(inv), "There were too many attempts to pay this invoice")
	last := s.issue()
	for from("203.0.113.9", last); len(s.deals(last)) == 1; from("203.0.113.9", last) {
		last = s.issue()
	}
	wantParts(t, s.page(last), "There are too many attempts just now")
	if n := len(s.deals(last)); n != 0 {
		t.Errorf("%d deals were begun", n)
	}
	from("203.0.113.10", last)
	if n := len(s.deals(last)); n != 1 {
		t.Error("another customer can't begin")
	}
	wantNone(t, s.page(last), "too many attempts")
}

// A card is shown to who is there, and kept by nobody.
func TestACardIsNeverCached(t *testing.T) {
	t.Parallel()
	s := newCardShop(t, cardOptions{})
	inv := s.issue()
	s.begin(inv)
	s.until(inv, shownCard)
	for _, path := range []string{"", "/qr.svg"} {
		got := s.do(http.MethodGet, tokenPage(inv)+path, "")
		if got.status != http.StatusOK || got.header.Get("Cache-Control") != "no-store" || got.header.Get("Referrer-Policy") != "no-referrer" {
			t.Errorf("%q is answered %d with %v", path, got.status, got.header)
		}
	}
}

// An invoice whose time is over leaves who has the card with what to do.
func TestAnInvoiceThatRanOutWithADealOpen(t *testing.T) {
	t.Parallel()
	s := newCardShop(t, cardOptions{})
	s.vendor.Behave(func(b *simulator.Behaviour) { b.DealLife = 100 * time.Hour })
	inv := s.issue()
	d := s.begin(inv)
	s.passed.Add(int64(73 * time.Hour))
	body := s.page(inv)
	wantParts(t, body, "The payment deadline has passed", "If you have transferred the money, wait", "http-equiv=\"refresh\"")
	wantNone(t, body, shownCard, saysPayByCard)
	s.vendor.Complete(d.ID)
	s.learn(inv, d, store.DealCompleted)
	wantParts(t, s.page(inv), saysDone)
}

// Whoever pays either of two sums has not paid the invoice.
func TestNobodyIsShownWhereToPayAnotherAmount(t *testing.T) {
	t.Parallel()
	for _, flow := range []config.Flow{config.HostToHost, config.Widget} {
		s := newCardShop(t, cardOptions{flow: flow})
		s.vendor.Behave(func(b *simulator.Behaviour) { b.QRText = "https://qr.example/pay?to=1" })
		inv := s.issue()
		d := s.begin(inv)
		shown := shownCard
		if flow == config.Widget {
			shown = d.URL
		}
		s.until(inv, shown)
		s.vendor.Change(d.ID, func(d *simulator.Deal) { d.Fiat = "90000" })
		s.passed.Add(int64(10 * time.Second))
		if err := s.keeper.Hint(t.Context(), d.System, d.ID); err != nil {
			t.Fatal(err)
		}
		body := s.until(inv, "Don&#39;t pay yet")
		wantParts(t, body, "OneClick names another amount", "ask the seller how to pay", "tel:&#43;998712000000")
		wantNone(t, body, shown, "8600", "data-copy=", "data-until=", saysPayByCard, saysTransfer, "/qr.svg")
		if got := s.do(http.MethodGet, tokenPage(inv)+"/qr.svg?deal=1", ""); got.status != http.StatusNotFound {
			t.Errorf("%s: the code is answered %d", flow, got.status)
		}
	}
}
