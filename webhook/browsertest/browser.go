//go:build system

package browsertest

import (
	"context"
	"os/exec"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// patience is how long the browser may take for anything that is waited for.
const patience = time.Minute

// lookAgain is how often a page is looked at for what is to come.
const lookAgain = 15 * time.Millisecond

// chromium is the one browser of a test binary. It starts with the first tab, and
// ends with the last one that is open.
var chromium struct {
	mu   sync.Mutex
	tabs int
	ctx  context.Context // chromedp keeps the browser in it
	end  func()
}

// borrow is the running browser, until the test ends.
func borrow(tb testing.TB) context.Context {
	tb.Helper()
	chromium.mu.Lock()
	defer chromium.mu.Unlock()
	if chromium.tabs == 0 {
		chromium.ctx, chromium.end = start(tb) //nolint:fatcontext // one browser for all tests: it is not made of the one before
	}
	chromium.tabs++
	tb.Cleanup(func() {
		chromium.mu.Lock()
		defer chromium.mu.Unlock()
		if chromium.tabs--; chromium.tabs == 0 {
			chromium.end()
		}
	})
	return chromium.ctx
}

// start starts Chromium so that it does nothing but what it is told: it calls
// nobody, keeps nothing, and works for root and in a small container.
func start(tb testing.TB) (ctx context.Context, end func()) {
	tb.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		tb.Fatalf("Chromium (Debian package chromium) is not installed: %v", err)
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path),
		chromedp.NoSandbox,
		chromedp.DisableGPU,
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-domain-reliability", true),
		chromedp.Flag("font-render-hinting", "none"),
		chromedp.Flag("hide-scrollbars", true),
		chromedp.Flag("lang", "en"),
		chromedp.Flag("no-pings", true),
		chromedp.Flag("no-proxy-server", true),
	)
	outer, free := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, cancel := chromedp.NewContext(outer)
	end = func() { cancel(); free() }
	if err := chromedp.Do(ctx); err != nil {
		end()
		tb.Fatalf("starting Chromium: %v", err)
	}
	return ctx, end
}
