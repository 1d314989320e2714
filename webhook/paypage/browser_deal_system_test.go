//go:build system

package paypage_test

import (
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"tushum/internal/config"
	"tushum/internal/money"
	"tushum/internal/oneclick/simulator"
	"tushum/store"
	"tushum/webhook/browsertest"
)

// cardButton begins a deal.
const cardButton = `form[action*="/card"] button`

// click presses a button as a finger does.
func click(tab *browsertest.Tab, selector string) {
	tab.Until("a button "+selector, `!!document.querySelector('`+selector+`')`)
	browsertest.Ask[bool](tab, `(document.querySelector('`+selector+`').click(), true)`)
}

// dealAppearances are the pages that a payer by card can see.
var dealAppearances = []struct {
	name string
	flow config.Flow
	play func(*cardShop, store.Invoice)
	says string // in English
}{
	{"card-ready", config.HostToHost, func(*cardShop, store.Invoice) {}, "Pay by card"},
	{"card-looking", config.HostToHost, func(s *cardShop, inv store.Invoice) {
		s.vendor.Behave(func(b *simulator.Behaviour) { b.NotReady = 1000 })
		s.begin(inv)
	}, saysLooking},
	{"card-shown", config.HostToHost, func(s *cardShop, inv store.Invoice) {
		s.begin(inv)
		s.until(inv, "data-until")
		s.until(inv, shownCard)
	}, shownCard},
	{"card-checked", config.HostToHost, func(s *cardShop, inv store.Invoice) {
		d := s.begin(inv)
		s.vendor.Pay(d.ID)
		s.learn(inv, d, store.DealClaimed)
	}, saysChecked},
	{"card-disputed", config.HostToHost, func(s *cardShop, inv store.Invoice) {
		d := s.begin(inv)
		s.vendor.Dispute(d.ID)
		s.learn(inv, d, store.DealDisputed)
	}, saysChecked},
	{"card-canceled", config.HostToHost, func(s *cardShop, inv store.Invoice) {
		d := s.begin(inv)
		s.vendor.CancelDeal(d.ID)
		s.learn(inv, d, store.DealCanceled)
	}, "The last attempt was cancelled."},
	{"card-received", config.HostToHost, func(s *cardShop, inv store.Invoice) {
		d := s.begin(inv)
		s.vendor.Settle(d.ID, 90_000*money.Som)
		s.vendor.Complete(d.ID)
		s.learn(inv, d, store.DealCompleted)
	}, saysReceived},
	{"card-refused", config.HostToHost, func(s *cardShop, inv store.Invoice) {
		s.vendor.Fail(simulator.Payin, simulator.Refusing(403, "ERROR_FORBIDDEN"))
		s.press(inv)
	}, "could not begin"},
	{"card-doubt", config.HostToHost, func(s *cardShop, inv store.Invoice) {
		s.vendor.Behave(func(b *simulator.Behaviour) { b.Hidden = 1000 })
		s.vendor.Fail(simulator.Payin, simulator.Lost)
		s.press(inv)
	}, saysPreparing},
	{"card-page", config.Widget, func(s *cardShop, inv store.Invoice) { s.begin(inv) }, "Go on to pay"},
	{"card-paid", config.HostToHost, func(s *cardShop, inv store.Invoice) {
		d := s.begin(inv)
		s.vendor.Complete(d.ID)
		s.learn(inv, d, store.DealCompleted)
	}, saysDone},
}

// Every page of a deal fits every screen, in each language, and keeps nobody out. The
// pictures are for people to look at.
func TestSystemEveryPageOfADealIsForEverybody(t *testing.T) {
	for _, a := range dealAppearances {
		t.Run(a.name, func(t *testing.T) {
			t.Parallel()
			s, tab := newCardShop(t, cardOptions{flow: a.flow}), browsertest.New(t)
			inv := s.issue()
			a.play(s, inv)
			for _, language := range []string{"ru", "en", "uz"} {
				tab.Speak(language)
				tab.Go(s.url + tokenPage(inv))
				if language == "en" {
					tab.UntilShown(a.says)
				}
				wantNoSecrets(t, tab)
				for _, width := range []int64{320, 390, 1280} {
					tab.Resize(width, 700)
					where := language + " " + a.name
					wantNoSidewaysScrolling(t, tab, where)
					wantWholeAmounts(t, tab, where)
					keepPicture(t, tab, a.name+"-"+language+"-"+map[int64]string{320: "320", 390: "390", 1280: "1280"}[width]+"-light")
				}
			}
			wantNoBarriers(t, tab, a.name)
		})
	}
}

// readCardCode is what a phone reads of the code of a card.
func readCardCode(t *testing.T, tab *browsertest.Tab) string {
	t.Helper()
	browsertest.Ask[bool](tab, `(document.querySelector("details:not([open]) summary")?.click(), true)`)
	path := filepath.Join(t.TempDir(), "code.png")
	if err := os.WriteFile(path, tab.PictureOf(codeImage), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), "zbarimg", "--quiet", "--raw", "--nodbus", "-Sdisable", "-Sqrcode.enable", path).Output()
	if err != nil {
		t.Fatalf("zbarimg (Debian package zbar-tools) reads no code: %v", err)
	}
	return strings.TrimSuffix(string(out), "\n")
}

// The whole way on a phone: the button, the card, its code, the money, without one
// touch after the transfer.
func TestSystemACardIsPaidTo(t *testing.T) {
	t.Parallel()
	s, tab := newCardShop(t, cardOptions{}), english(t)
	s.vendor.Behave(func(b *simulator.Behaviour) { b.NotReady = 2; b.QRText = "https://qr.example/p?card=1" })
	inv := s.issue()
	tab.Go(s.url + tokenPage(inv))
	click(tab, cardButton)
	tab.UntilShown(saysLooking)
	stay(tab)
	tab.UntilShown(shownCard)
	tab.Until("the time that is left", `/^1[0-5]:[0-5][0-9]$/.test(document.querySelector("[data-until]")?.textContent)`)
	if got := readCardCode(t, tab); got != "https://qr.example/p?card=1" {
		t.Errorf("the code holds %q", got)
	}
	d := s.deals(inv)[0]
	s.vendor.Pay(d.ID)
	tab.UntilShown(saysChecked)
	s.vendor.Complete(d.ID)
	tab.UntilShown(saysDone)
	if !stayed(tab) {
		t.Error("the page was loaded again")
	}
}

// What is copied is what a bank's app takes: digits, and nothing between them.
func TestSystemACardIsCopied(t *testing.T) {
	t.Parallel()
	s, tab := newCardShop(t, cardOptions{}), english(t)
	inv := s.issue()
	s.begin(inv)
	for _, secure := range []bool{true, false} {
		if !secure { // as browsers are without HTTPS
			tab.Before(`Object.defineProperty(navigator, "clipboard", {value: undefined})`)
		}
		tab.Before(`addEventListener("copy", e => { window.copied = document.activeElement.value ?? getSelection().toString() })
			if (navigator.clipboard) navigator.clipboard.writeText = text => { window.copied = text; return Promise.resolve() }`)
		tab.Go(s.url + tokenPage(inv))
		tab.UntilShown(shownCard)
		for _, want := range []string{"8600000000000009", "95000"} {
			walkTo(t, tab, "the button that copies "+want, func(at stop) bool {
				return at.Role == "button" && browsertest.Ask[string](tab, `document.activeElement.dataset.copy ?? ""`) == want
			})
			tab.Press(enter)
			tab.Until("a copy of "+want, `window.copied === "`+want+`"`)
			tab.UntilShown("Copied")
			tab.Until("an announcement", `document.getElementById("say").textContent === "Copied"`)
		}
		tab.Until("the button as it was", `![...document.querySelectorAll(".copy")].some(b => b.textContent !== "Copy")`)
	}
}

// Without scripts all is there but the buttons that copy, and the clock stands.
func TestSystemACardIsPaidToWithoutScripts(t *testing.T) {
	t.Parallel()
	s, tab := newCardShop(t, cardOptions{}), english(t)
	inv := s.issue()
	tab.NoScripts()
	tab.Go(s.url + tokenPage(inv))
	walkTo(t, tab, "the button", func(at stop) bool { return at.Text == "Pay by card" })
	tab.Follow(enter)
	tab.UntilShown(shownCard)
	tab.UntilShown("until 12:1")
	if tab.Shows(".copy") {
		t.Error("there is a button that does nothing")
	}
	selected := browsertest.Ask[string](tab, `(getSelection().selectAllChildren(document.querySelector(".deal b")), getSelection().toString())`)
	if selected != shownCard {
		t.Errorf("what can be selected is %q", selected)
	}
	d := s.deals(inv)[0]
	s.vendor.Complete(d.ID)
	s.learn(inv, d, store.DealCompleted)
	tab.Go(s.url + tokenPage(inv))
	tab.UntilShown(saysDone)
}

// The page of the payment system is one touch away, and the way back shows the money.
func TestSystemThePageOfThePaymentSystemIsPaidOn(t *testing.T) {
	t.Parallel()
	for _, scripts := range []bool{true, false} {
		s, tab := newCardShop(t, cardOptions{flow: config.Widget}), english(t)
		tab.Expect("favicon.ico")
		tab.Expect("404")
		inv := s.issue()
		if !scripts {
			tab.NoScripts()
		}
		tab.Go(s.url + tokenPage(inv))
		walkTo(t, tab, "the button", func(at stop) bool { return at.Text == "Pay by card" })
		tab.Follow(enter)
		tab.UntilShown("Go on to pay")
		d := s.deals(inv)[0]
		u, err := url.Parse(d.URL)
		if err != nil {
			t.Fatal(err)
		}
		tab.Allow(u.Scheme + "://" + u.Host)
		walkTo(t, tab, "the way on", func(at stop) bool { return at.Is == d.URL })
		tab.Follow(enter)
		tab.UntilShown("A practice page")
		if back := browsertest.Ask[string](tab, "document.referrer"); back != "" {
			t.Errorf("the payment system is told where its payer comes from: %s", back)
		}
		s.vendor.Complete(d.ID)
		s.learn(inv, d, store.DealCompleted)
		walkTo(t, tab, "the way back", func(at stop) bool { return strings.HasPrefix(at.Is, s.url) })
		tab.Follow(enter)
		tab.UntilShown(saysDone)
	}
}

// A phone whose clock is hours off counts the time that is left all the same.
func TestSystemAWrongClockCountsRight(t *testing.T) {
	t.Parallel()
	s, tab := newCardShop(t, cardOptions{}), english(t)
	inv := s.issue()
	s.begin(inv)
	s.until(inv, "data-until")
	tab.Before(`{ const now = Date.now; Date.now = () => now() + 5 * 3600e3 }`)
	tab.Go(s.url + tokenPage(inv))
	tab.Until("the time that is left", `/^1[0-5]:[0-5][0-9]$/.test(document.querySelector("[data-until]")?.textContent)`)
}
