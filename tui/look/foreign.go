package look

import (
	"strings"

	"tushum/internal/clean"
)

// mostForeign caps text of unknown origin, in runes: nobody reads more of it,
// and the time to measure it stays short.
const mostForeign = 2000

// Foreign is text of unknown origin, safe to show on one line: line breaks and
// tabs become spaces, what else can't be seen becomes its code, and there is no
// more of it than 2000 runes. An emoji loses its skin tone, and a sign the
// request to be drawn as an emoji, since terminals don't agree on how wide that
// makes them.
func Foreign(s string) string {
	if len(s) <= mostForeign && isCommon(s) {
		return s
	}
	if strings.ContainsAny(s, "\t\n\r") {
		s = breaks.Replace(s)
	}
	return steady(clean.Line(s, mostForeign).String())
}

var breaks = strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ", "\t", " ")

// isCommon tells text that cleaning would leave as it is. It knows the letters
// of nearly all names and notes, and is much faster.
func isCommon(s string) bool {
	for i := 0; i < len(s); {
		n := simple(s[i:])
		if n == 0 || s[i:i+n] == "\u00A0" {
			return false
		}
		i += n
	}
	return true
}

// steady is s without what makes the width of an emoji unsure.
func steady(s string) string {
	if !strings.ContainsFunc(s, changesEmoji) {
		return s
	}
	var b strings.Builder
	for step := (walk{text: s}); step.next(); {
		for i, r := range step.step() {
			if i == 0 || !changesEmoji(r) {
				b.WriteRune(r)
			}
		}
	}
	return b.String()
}

// changesEmoji tells the selector of the coloured form, and skin tones.
func changesEmoji(r rune) bool { return r == 0xFE0F || 0x1F3FB <= r && r <= 0x1F3FF }
