//go:build system

package browsertest

import (
	"go/build"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/chromedp/chromedp"
)

// axeVersion is that of the Makefile, whose tools fetch it.
const axeVersion = "4.14.1"

// axe is axe-core, which knows the rules of accessible pages.
var axe = sync.OnceValues(func() (string, error) {
	source, err := os.ReadFile(filepath.Join(filepath.SplitList(build.Default.GOPATH)[0], "axe-core-"+axeVersion, "axe.min.js"))
	return string(source), err
})

// runAxe looks the page over by the rules of WCAG 2.2 at level AA and by the best
// practices, and answers with a line for every element that breaks one.
const runAxe = `axe.run(document, {
	resultTypes: ["violations"], preload: false, iframes: false,
	runOnly: {type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
}).then(found => found.violations.flatMap(rule => rule.nodes.map(node =>
	rule.id + ": " + rule.help + ": " + node.html + " " + node.any.concat(node.all, node.none).map(c => c.message).join("; "))))`

// Barriers are what keeps somebody from using the page as it is now, a line each.
func (tab *Tab) Barriers() []string {
	tab.tb.Helper()
	if !Ask[bool](tab, "!!window.axe") {
		source, err := axe()
		if err != nil {
			tab.tb.Fatalf("axe-core %s is not there, run make tools: %v", axeVersion, err)
		}
		do(tab, "loading axe-core", chromedp.Evaluate[chromedp.Void](source))
	}
	found := Ask[[]string](tab, runAxe)
	for i, line := range found {
		found[i] = strings.Join(strings.Fields(line), " ")
	}
	return found
}
