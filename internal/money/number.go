package money

import (
	"strings"
	"unicode"
)

// number is a typed number parted at its decimal mark, digits only.
type number struct {
	whole    string
	mark     string // the decimal mark as typed; empty without a fraction
	fraction string
	grouped  bool // the whole part had separators, so the mark can't be one
}

// ambiguous tells a number such as 1.500, whose mark may as well part
// thousands. A group of thousands never begins with a zero, so 0.500 is not.
func (n number) ambiguous() bool {
	return !n.grouped && len(n.fraction) == 3 && len(n.whole) <= 3 && n.whole[0] != '0'
}

// readNumber reads digits, spaces, points and commas; s begins and ends with
// something else than a space.
func readNumber(s string) (number, error) {
	whole, mark, fraction := cutDecimal(s)
	if whole == "" || mark != "" && fraction == "" {
		return number{}, syntax(sayNotNumber)
	}
	if strings.IndexFunc(fraction, notDigit) >= 0 {
		return number{}, syntax(sayGroups)
	}
	digits, err := joinGroups(whole)
	if err != nil {
		return number{}, err
	}
	return number{whole: digits, mark: mark, fraction: fraction, grouped: digits != whole}, nil
}

// cutDecimal cuts at the last point or comma, unless the same one stands
// earlier too: then both part groups, as in 1.500.000.
func cutDecimal(s string) (whole, mark, fraction string) {
	at := strings.LastIndexAny(s, ".,")
	if at < 0 || strings.IndexByte(s, s[at]) != at {
		return s, "", ""
	}
	return s[:at], s[at : at+1], s[at+1:]
}

// joinGroups takes the separators out of a whole part. They must all be of
// one sort, spaces or points or commas, and part the digits by three from the
// right, or 15 0000 would be read as a sum nobody meant.
func joinGroups(s string) (string, error) {
	sort := rune(0)
	mixed := false
	groups := strings.FieldsFunc(s, func(r rune) bool {
		if isDigit(r) {
			return false
		}
		if unicode.IsSpace(r) {
			r = ' '
		}
		mixed = mixed || sort != 0 && sort != r
		sort = r
		return true
	})
	if sort == 0 {
		return s, nil
	}
	if mixed || len(groups) < 2 || !isDigit(rune(s[0])) || doubled(s) {
		return "", syntax(sayGroups)
	}
	for i, g := range groups {
		if len(g) > 3 || i > 0 && len(g) != 3 || i == 0 && g[0] == '0' {
			return "", syntax(sayGroups)
		}
	}
	return strings.Join(groups, ""), nil
}

// doubled tells 1..500 and 1.500. from 1.500; two spaces in a row are let be.
func doubled(s string) bool {
	return strings.Contains(s, "..") || strings.Contains(s, ",,") || notDigit(rune(s[len(s)-1]))
}

func notDigit(r rune) bool { return !isDigit(r) }
