package paypage

import (
	"regexp"
	"strings"
	"testing"
)

// rule is a selector with its declarations, in order.
var rule = regexp.MustCompile(`([^{}]+)\{([^{}]*)\}`)

// Phones in pockets are older than the newest browser: Chrome 70 and Safari 13
// know neither clamp() nor overflow-wrap:anywhere, nor gaps between flexible boxes.
func TestOlderPhonesHaveWhatTheyKnow(t *testing.T) {
	t.Parallel()
	found := rule.FindAllStringSubmatch(style, -1)
	if len(found) < 50 {
		t.Fatalf("only %d rules were read", len(found))
	}
	clamps := 0
	for _, r := range found {
		selector, block := strings.TrimSpace(r[1]), r[2]
		plain := make(map[string]bool)
		for declaration := range strings.SplitSeq(block, ";") {
			property, value, _ := strings.Cut(declaration, ":")
			if !strings.Contains(value, "clamp(") {
				plain[property] = true
				continue
			}
			if clamps++; !plain[property] {
				t.Errorf("%s: without clamp() there is no %s", selector, property)
			}
		}
		flexible := strings.Contains(block, "display:flex") || strings.Contains(block, "display:inline-flex")
		if flexible && (plain["gap"] || plain["column-gap"] || plain["row-gap"]) {
			t.Errorf("%s: where flexible boxes know no gap, nothing parts them", selector)
		}
		if strings.Contains(block, "overflow-wrap:anywhere") && !strings.Contains(block, "word-break:break-word") {
			t.Errorf("%s: where nothing is wrapped anywhere, long words are wider than the screen", selector)
		}
		if strings.Contains(block, "overflow-wrap:normal") && !strings.Contains(block, "word-break:normal") {
			t.Errorf("%s: words are broken all the same", selector)
		}
	}
	if clamps != 2 || !strings.Contains(style, "overflow-wrap:anywhere") {
		t.Errorf("the style has %d sizes with clamp(), or wraps nothing: the test looks for what is gone", clamps)
	}
}
