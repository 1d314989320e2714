//go:build system

package paypage_test

import (
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"testing"
	"time"

	"tushum/store"
	"tushum/webhook/browsertest"
)

// What an English page says of an invoice.
const (
	saysReady     = "To pay"
	saysPaying    = "Payment under way"
	saysPaid      = "Payment completed successfully"
	saysCancelled = "This invoice is cancelled"
	saysExpired   = "The payment deadline has passed"
	saysRefunded  = "The payment was refunded"
)

// english is the browser of a customer who reads English.
func english(t *testing.T) *browsertest.Tab {
	t.Helper()
	tab := browsertest.New(t)
	tab.Speak("en")
	return tab
}

// stay marks the page that is open, so that stayed can tell it from another.
func stay(tab *browsertest.Tab) { browsertest.Ask[int](tab, "window.stays = 1") }

func stayed(tab *browsertest.Tab) bool { return browsertest.Ask[bool](tab, "window.stays === 1") }

func TestSystemAPaymentIsShownAsItHappens(t *testing.T) {
	t.Parallel()
	shop, tab := newSalon(t), english(t)
	inv := shop.issue(visit())
	tab.Go(shop.links.Pay(inv))
	tab.UntilShown(saysReady)
	stay(tab)
	shop.begin(inv)
	tab.UntilShown(saysPaying)
	if !tab.Shows(appButton) {
		t.Error("while one payment hangs, the page has no button for another")
	}
	shop.pay(inv)
	tab.UntilShown(saysPaid)
	if tab.Shows(appButton) {
		t.Error("what is paid can be paid again")
	}
	for _, text := range []string{"21.11.2026 12:00", inv.Number.String(), inv.Amount.Format("en")} {
		if !strings.Contains(tab.Text(), text) {
			t.Errorf("the receipt does not tell %q:\n%s", text, tab.Text())
		}
	}
	if title := browsertest.Ask[string](tab, "document.title"); !strings.Contains(title, saysPaid) {
		t.Errorf("in the list of tabs it is still %q", title)
	}
	if !stayed(tab) || len(tab.Requests("Document")) != 1 {
		t.Errorf("the page was loaded again: %q", tab.Requests("Document"))
	}
}

// The phone's own reader tells what has changed without being asked.
func TestSystemAPaymentIsAnnounced(t *testing.T) {
	t.Parallel()
	shop, tab := newSalon(t), english(t)
	inv := shop.issue(visit())
	tab.Go(shop.links.Pay(inv))
	browsertest.Ask[int](tab, `window.told = [], new MutationObserver(all => all.forEach(m => {
		const e = m.target.nodeType === 1 ? m.target : m.target.parentElement
		if (e && e.closest("[aria-live],[role=status],[role=alert]")) told.push(e.textContent)
	})).observe(document, {subtree: true, childList: true, characterData: true}), 1`)
	shop.pay(inv)
	tab.UntilShown(saysPaid)
	tab.Until("an announcement", `window.told.some(text => text.includes("`+saysPaid+`"))`)
}

func TestSystemAPaymentIsShownWithoutScripts(t *testing.T) {
	t.Parallel()
	shop, tab := newSalon(t), english(t)
	inv := shop.issue(visit())
	tab.NoScripts()
	tab.Go(shop.links.Pay(inv))
	tab.UntilShown(saysReady)
	shop.pay(inv)
	tab.UntilShown(saysPaid)
	if len(tab.Requests("EventSource")) > 0 {
		t.Error("a script was run")
	}
	if browsertest.Ask[bool](tab, `!!document.querySelector("meta[http-equiv=refresh]")`) {
		t.Error("a receipt is loaded again and again")
	}
}

func TestSystemWhateverBecomesOfAnInvoiceIsShown(t *testing.T) {
	t.Parallel()
	shop := newSalon(t)
	for _, c := range []struct {
		name   string
		happen func(store.Invoice)
		says   string
	}{
		{"paid by hand", shop.markPaid, saysPaid},
		{"cancelled", shop.cancel, saysCancelled},
		{"expired", func(store.Invoice) { shop.advance(time.Hour) }, saysExpired},
	} {
		t.Run(c.name, func(t *testing.T) {
			tab, draft := english(t), visit()
			draft.ExpiresAt = store.At(shop.now().Add(time.Hour))
			inv := shop.issue(draft)
			tab.Go(shop.links.Pay(inv))
			tab.UntilShown(saysReady)
			stay(tab)
			c.happen(inv)
			tab.UntilShown(c.says)
			if tab.Shows(appButton) || !stayed(tab) {
				t.Errorf("it can be paid (%v), or was loaded again (%v)", tab.Shows(appButton), !stayed(tab))
			}
		})
	}
}

// A customer pays in the bank's app and comes back to a page that was asleep.
func TestSystemAPageThatIsComeBackToIsTrue(t *testing.T) {
	t.Parallel()
	shop, tab := newSalon(t), english(t)
	inv := shop.issue(visit())
	tab.Go(shop.links.Pay(inv))
	tab.UntilShown(saysReady)
	tab.Sleep()
	tab.WakeUp()
	tab.UntilAsked("EventSource", 2) // the first may have died in the phone's sleep
	tab.Sleep()
	shop.pay(inv)
	tab.WakeUp()
	tab.UntilShown(saysPaid)
}

func TestSystemARefundIsShownToWhoComesBack(t *testing.T) {
	t.Parallel()
	shop, tab := newSalon(t), english(t)
	inv := shop.issue(visit())
	tab.Go(shop.links.Pay(inv))
	paid := shop.pay(inv)
	tab.UntilShown(saysPaid)
	stay(tab)
	tab.Sleep()
	shop.refund(paid)
	tab.WakeUp()
	tab.UntilShown(saysRefunded)
	if !stayed(tab) {
		t.Error("the page was loaded again")
	}
}

// The app's link replaces the page, and the phone's button back brings it back
// from the browser's memory.
func TestSystemAPageThatIsGoneBackToIsTrue(t *testing.T) {
	t.Parallel()
	shop, tab := newSalon(t), english(t)
	shop.counter()
	inv := shop.issue(visit())
	tab.Go(shop.links.Pay(inv))
	tab.UntilShown(saysReady)
	tab.Go(shop.links.PayHere())
	shop.pay(inv)
	tab.Back()
	tab.UntilShown(saysPaid)
}

// Something between the shop and the phone holds the stream back: a proxy that
// collects it, or a connection that has died without a word.
func TestSystemAPageThatHearsNothingLooksItself(t *testing.T) {
	t.Parallel()
	shop, tab := newSalon(t), english(t)
	base, err := url.Parse(shop.links.PublicURL)
	if err != nil {
		t.Fatal(err)
	}
	forward := httputil.NewSingleHostReverseProxy(base)
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasSuffix(r.URL.Path, "/events") {
			forward.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/event-stream")
		w.WriteHeader(http.StatusOK)
		_ = http.NewResponseController(w).Flush()
		<-r.Context().Done()
	}))
	t.Cleanup(func() {
		proxy.CloseClientConnections()
		proxy.Close()
	})
	tab.Before(`(real => { window.setTimeout = (f, delay) => real(f, delay / 100) })(window.setTimeout)`)
	inv := shop.issue(visit())
	tab.Go(proxy.URL + "/pay/" + inv.Token.String())
	tab.UntilShown(saysReady)
	stay(tab)
	shop.pay(inv)
	tab.UntilShown(saysPaid)
	if !stayed(tab) {
		t.Error("the page was loaded again")
	}
}

// As long as the stream beats, nothing else is asked.
func TestSystemAPageIsContentWithTheBeat(t *testing.T) {
	t.Parallel()
	shop, tab := newSalon(t), english(t)
	tab.Before(`(real => { window.waits = 0; window.setTimeout = (f, delay) => (window.waits++, real(f, delay)) })(window.setTimeout)`)
	tab.Go(shop.links.Pay(shop.issue(visit())))
	tab.UntilAsked("EventSource", 1)
	tab.Until("two beats", "window.waits >= 4") // it waits from the start, from when the stream is open, and from each beat
	if asked := tab.Requests("Fetch"); len(asked) > 0 || len(tab.Requests("EventSource")) > 1 {
		t.Errorf("the page has asked for %q", asked)
	}
}

func TestSystemAPageThatIsInTheNetworkAgainIsTrue(t *testing.T) {
	t.Parallel()
	shop, tab := newSalon(t), english(t)
	tab.Go(shop.links.Pay(shop.issue(visit())))
	tab.UntilAsked("EventSource", 1)
	browsertest.Ask[bool](tab, `dispatchEvent(new Event("online"))`)
	tab.UntilAsked("EventSource", 2)
}

// The form of a page that changes under somebody's fingers waits until they are done.
func TestSystemWhatIsBeingTypedStays(t *testing.T) {
	t.Parallel()
	shop, tab := newSalon(t), english(t)
	till := shop.counter()
	tab.Before(`window.told = 0, window.EventSource = class extends EventSource {
		constructor(url) { super(url); this.addEventListener("message", () => window.told++) }
	}`)
	tab.Go(shop.links.Pay(till))
	tab.UntilAsked("EventSource", 1)
	walkTo(t, tab, "the amount", field("amount"))
	tab.Press("250")
	shop.cancel(till)
	tab.Until("news of it", "window.told > 0")
	tab.Press("00")
	if got := browsertest.Ask[string](tab, `document.querySelector("input[name=amount]")?.value ?? "gone"`); got != "25000" {
		t.Errorf("what was typed is %q", got)
	}
	tab.Press(strings.Repeat("\b", 5))
	tab.Press(tabKey)
	tab.UntilShown(saysCancelled)
}

func TestSystemAPageOutlivesARestartOfTheShop(t *testing.T) {
	t.Parallel()
	shop, tab := newSalon(t), english(t)
	inv := shop.issue(visit())
	tab.Expect("net::ERR_")
	tab.Go(shop.links.Pay(inv))
	tab.UntilShown(saysReady)
	stay(tab)
	shop.leave()
	shop.markPaid(inv)
	shop.comeBack()
	tab.UntilShown(saysPaid)
	if !stayed(tab) {
		t.Error("the page was loaded again")
	}
}
