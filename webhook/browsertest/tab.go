//go:build system

package browsertest

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// Tab is a window of a browser of its own: it shares no cookie and no cache with
// another. Its methods fail the test where they can't do what they are told.
type Tab struct {
	tb     testing.TB
	ctx    context.Context // chromedp keeps the tab in it
	watch  watch
	screen emulation.SetDeviceMetricsOverrideParams
	wake   func() // closes the tab that is in front of it
}

// New opens a tab of the size of a phone, in light colours, and closes it with
// the test.
func New(tb testing.TB) *Tab {
	tb.Helper()
	ctx, end := chromedp.NewContext(borrow(tb), chromedp.WithNewBrowserContext())
	tab := &Tab{tb: tb, ctx: ctx}
	if err := chromedp.Listen(ctx, tab.watch.note); err != nil {
		end()
		tb.Fatalf("opening a tab: %v", err)
	}
	tb.Cleanup(func() {
		end()
		tab.watch.tell(tb)
	})
	call(tab, runtime.AddBinding, runtime.AddBindingParams{Name: violated})
	call(tab, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: tellViolations})
	tab.Resize(390, 844)
	tab.Colours("light")
	return tab
}

// call gives a command of the DevTools protocol.
func call[P, R any](tab *Tab, command cdp.Command[P, R], params P) R {
	tab.tb.Helper()
	ctx, cancel := context.WithTimeout(tab.ctx, patience)
	defer cancel()
	result, err := chromedp.Call(ctx, command, params)
	if err != nil {
		tab.tb.Fatalf("%s: %v", command.Method, err)
	}
	return result
}

// do does something and waits for its end.
func do[T any](tab *Tab, what string, action chromedp.Action[T]) T {
	tab.tb.Helper()
	ctx, cancel := context.WithTimeout(tab.ctx, patience)
	defer cancel()
	result, err := chromedp.Run(ctx, action)
	if err != nil {
		tab.tb.Fatalf("%s: %v", what, err)
	}
	return result
}

// Go opens a URL and waits until the page is loaded. Further requests are those
// of this host.
func (tab *Tab) Go(url string) {
	tab.tb.Helper()
	tab.watch.allow(url)
	do(tab, "opening "+url, chromedp.Navigate(url))
}

// Back goes back to the page before. It waits for nothing: a page that comes from
// the browser's memory is not loaded.
func (tab *Tab) Back() {
	tab.tb.Helper()
	history := call(tab, page.GetNavigationHistory, cdp.Empty{})
	if history.CurrentIndex < 1 {
		tab.tb.Fatal("there is no page to go back to")
	}
	call(tab, page.NavigateToHistoryEntry, page.NavigateToHistoryEntryParams{EntryID: history.Entries[history.CurrentIndex-1].ID})
}

// Allow lets the tab also ask another host.
func (tab *Tab) Allow(url string) { tab.watch.allow(url) }

// Expect lets the browser complain of what contains a text.
func (tab *Tab) Expect(text string) { tab.watch.expect(text) }

// Requests are the URLs that were asked for since the tab was opened, of a type as
// the DevTools protocol names it.
func (tab *Tab) Requests(kind network.ResourceType) []string { return tab.watch.of(kind) }

// Resize gives the page a size in CSS pixels.
func (tab *Tab) Resize(width, height int64) { tab.tb.Helper(); tab.resize(width, height, 1) }

// Zoom gives the page the space that a window of a size leaves it at 200 %.
func (tab *Tab) Zoom(width, height int64) { tab.tb.Helper(); tab.resize(width/2, height/2, 2) }

func (tab *Tab) resize(width, height int64, scale float64) {
	tab.tb.Helper()
	tab.screen = emulation.SetDeviceMetricsOverrideParams{Width: width, Height: height, DeviceScaleFactor: scale, Mobile: width < 600}
	call(tab, emulation.SetDeviceMetricsOverride, tab.screen)
}

// Colours sets what the customer likes: "light" or "dark".
func (tab *Tab) Colours(scheme string) { tab.tb.Helper(); tab.media("", scheme) }

// Paper shows the page as it is printed.
func (tab *Tab) Paper() { tab.tb.Helper(); tab.media("print", "light") }

func (tab *Tab) media(medium, scheme string) {
	tab.tb.Helper()
	call(tab, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Media: medium, Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}},
	})
}

// Speak sets the languages that the browser asks for, as in Accept-Language.
func (tab *Tab) Speak(languages string) {
	tab.tb.Helper()
	call(tab, network.SetExtraHTTPHeaders, network.SetExtraHTTPHeadersParams{Headers: network.Headers{"Accept-Language": languages}})
}

// Before runs a script in the pages that are opened from now on, before their own.
func (tab *Tab) Before(script string) {
	tab.tb.Helper()
	call(tab, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: script})
}

// NoScripts runs no script of the pages that are opened from now on.
func (tab *Tab) NoScripts() {
	tab.tb.Helper()
	call(tab, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
}

// Sleep turns to another tab of the window, and the page is frozen, as a phone
// does with what is not looked at.
func (tab *Tab) Sleep() {
	tab.tb.Helper()
	ctx, end := chromedp.NewContext(tab.ctx, chromedp.WithNewWindow(false))
	if err := chromedp.Do(ctx); err != nil {
		tab.tb.Fatalf("opening another tab: %v", err)
	}
	tab.wake = end
	tab.Until("that it is hidden", "document.hidden")
	call(tab, page.SetWebLifecycleState, page.SetWebLifecycleStateParams{State: "frozen"})
}

// WakeUp comes back to the page.
func (tab *Tab) WakeUp() {
	tab.tb.Helper()
	call(tab, page.SetWebLifecycleState, page.SetWebLifecycleStateParams{State: "active"})
	tab.wake()
	tab.Until("itself again", "!document.hidden")
}

// Press presses keys, by what they type or as the package kb names them.
func (tab *Tab) Press(keys string) {
	tab.tb.Helper()
	do(tab, "pressing keys", chromedp.KeyEvent(keys))
}

// Follow presses keys that lead to another page, and waits for that.
func (tab *Tab) Follow(keys string) {
	tab.tb.Helper()
	ctx, cancel := context.WithTimeout(tab.ctx, patience)
	defer cancel()
	if _, err := chromedp.RunResponse(ctx, chromedp.KeyEvent(keys)); err != nil {
		tab.tb.Fatalf("the keys lead nowhere: %v", err)
	}
}

// Ask evaluates an expression in the page.
func Ask[T any](tab *Tab, expression string) T {
	tab.tb.Helper()
	return do(tab, expression, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
}

// Until waits for an expression to be true; what says it in words. The page may
// be left and loaded meanwhile.
func (tab *Tab) Until(what, expression string) {
	tab.tb.Helper()
	tab.await(what, func(ctx context.Context) bool {
		so, err := chromedp.Run(ctx, chromedp.Evaluate[bool](expression))
		return err == nil && so
	})
}

// UntilAsked waits for so many requests of a type since the tab was opened.
func (tab *Tab) UntilAsked(kind network.ResourceType, times int) {
	tab.tb.Helper()
	tab.await(fmt.Sprintf("%d requests of type %s", times, kind), func(context.Context) bool { return len(tab.Requests(kind)) >= times })
}

// await looks until something is so, and otherwise tells what the page shows.
func (tab *Tab) await(what string, so func(context.Context) bool) {
	tab.tb.Helper()
	ctx, cancel := context.WithTimeout(tab.ctx, patience)
	defer cancel()
	tick := time.NewTicker(lookAgain)
	defer tick.Stop()
	for !so(ctx) {
		select {
		case <-ctx.Done():
			tab.tb.Fatalf("the page never comes to %s:\n%s", what, tab.Text())
		case <-tick.C:
		}
	}
}

// UntilShown waits for a text to be on the page.
func (tab *Tab) UntilShown(text string) {
	tab.tb.Helper()
	tab.Until(text, "!!document.body && document.body.innerText.includes("+quote(text)+")")
}

// Text is what can be read on the page.
func (tab *Tab) Text() string {
	tab.tb.Helper()
	return Ask[string](tab, "document.body.innerText")
}

// seen finds the first element of a selector that can be seen: it takes room, and
// nothing hides it.
func seen(selector string) string {
	return "[...document.querySelectorAll(" + quote(selector) + ")].find(e => e.checkVisibility({visibilityProperty: true}) && e.getBoundingClientRect().height > 0)"
}

// Shows tells whether something can be seen.
func (tab *Tab) Shows(selector string) bool {
	tab.tb.Helper()
	return Ask[bool](tab, "!!"+seen(selector))
}

// Attribute is an attribute of the first element that a selector finds, as the
// page has it; empty where it has none.
func (tab *Tab) Attribute(selector, name string) string {
	tab.tb.Helper()
	return Ask[string](tab, fmt.Sprintf(`document.querySelector(%s)?.getAttribute(%s) ?? ""`, quote(selector), quote(name)))
}

// Picture is a PNG of the whole page, as a screen that is high enough shows it.
func (tab *Tab) Picture() []byte {
	tab.tb.Helper()
	before := tab.screen
	tab.resize(before.Width, max(before.Height, Ask[int64](tab, "document.documentElement.scrollHeight")), before.DeviceScaleFactor)
	defer tab.resize(before.Width, before.Height, before.DeviceScaleFactor)
	yes := true
	return call(tab, page.CaptureScreenshot, page.CaptureScreenshotParams{OptimizeForSpeed: &yes}).Data
}

// PictureOf is a PNG of the first element of a selector that can be seen, at twice
// its size. An image is waited for.
func (tab *Tab) PictureOf(selector string) []byte {
	tab.tb.Helper()
	tab.Until("a whole "+selector, "(e => !!e && (e.localName !== 'img' || e.complete && e.naturalWidth > 0))("+seen(selector)+")")
	box := Ask[struct{ X, Y, Width, Height float64 }](tab, `(e => {
		e.scrollIntoView({block: "center"})
		const box = e.getBoundingClientRect()
		return {X: box.x + scrollX, Y: box.y + scrollY, Width: box.width, Height: box.height}
	})(`+seen(selector)+`)`)
	return call(tab, page.CaptureScreenshot, page.CaptureScreenshotParams{
		Clip: &page.Viewport{X: box.X, Y: box.Y, Width: box.Width, Height: box.Height, Scale: 2},
	}).Data
}

// Print is the page as a PDF of A4.
func (tab *Tab) Print() []byte {
	tab.tb.Helper()
	return do(tab, "printing", chromedp.PrintToPDF(chromedp.PDFPaper(chromedp.PaperA4)))
}

// quote is a text as JavaScript writes it.
func quote(text string) string {
	b, err := json.Marshal(text)
	if err != nil {
		panic(err) // a text can always be written
	}
	return strings.ReplaceAll(string(b), "\u2028", `\u2028`)
}
