package oneclick

import (
	"strings"

	"tushum/internal/clean"
)

// maxCurrency is how much of a currency's code people are shown, in letters.
const maxCurrency = 16

// isSom tells the code of the so‘m, and that of a currency which the vendor does not
// name: it was asked for so‘m.
func isSom(code string) bool { return code == "" || strings.EqualFold(code, som) }

// currency gives the code of a currency that is a word or, as documented, an object
// with a code (D). Where several members name one, another than the so‘m counts.
func currency(o object, members ...string) (code string) {
	for _, member := range members {
		if c := strings.TrimSpace(o.textOrName(member, "code")); c != "" && isSom(code) {
			code = c
		}
	}
	return code
}

func (e *Error) aboutCurrency(code string) *Error {
	return e.about(clean.Line(code, maxCurrency).String())
}
