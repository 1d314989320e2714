package lang

import "strings"

// Text is one sentence in the three languages. Uzbek is written with ‘
// (U+2018), as in so‘m; ASCIIApostrophe changes that where a terminal or a
// printer has no such letter.
type Text struct{ UZ, RU, EN string }

// In gives the sentence in l. Where that translation is missing, or l is none
// of the languages, it gives the first of English, Uzbek, Russian that is
// there; it is empty only when all three are.
func (t Text) In(l Lang) string {
	var own string
	switch l {
	case UZ:
		own = t.UZ
	case RU:
		own = t.RU
	case EN:
		own = t.EN
	}
	for _, s := range [...]string{own, t.EN, t.UZ, t.RU} {
		if s != "" {
			return s
		}
	}
	return ""
}

var apostrophes = strings.NewReplacer(
	"\u2018", "'", // ‘ left quotation mark, what the product itself writes
	"\u2019", "'", // ’ right quotation mark, what word processors put
	"\u02BB", "'", // ʻ turned comma, the letter of the Uzbek alphabet
	"\u02BC", "'", // ʼ modifier apostrophe, the Uzbek tutuq belgisi
	"\u0060", "'", // ` grave accent
	"\u00B4", "'", // ´ acute accent
)

// ASCIIApostrophe replaces every typographic form of the apostrophe by ',
// so that so‘m, soʻm and so`m all become so'm.
func ASCIIApostrophe(s string) string { return apostrophes.Replace(s) }
