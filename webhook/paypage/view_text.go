package paypage

import (
	"strconv"
	"strings"
	"unicode"

	"tushum/internal/clean"
	"tushum/internal/lang"
	"tushum/store"
)

// mostForeign caps one text of unknown origin, in characters.
const mostForeign = 400

// foreign is text of unknown origin for a page: every space a plain one, without
// what can't be seen, and what else has no place in a text by its code. It is not
// escaped: the template does that.
func foreign(s string) string {
	return strings.TrimSpace(clean.Line(strings.Map(seen, s), mostForeign).String())
}

// seen drops what joins, parts or turns letters. Names copied from a phone are
// full of it, and text that turns its neighbours round can say what it does not.
func seen(r rune) rune {
	switch {
	case unicode.IsSpace(r):
		return ' '
	case unicode.Is(unicode.Cf, r):
		return -1
	}
	return r
}

// count writes a quantity, its digits parted as those of the amounts beside it.
func count(n int64) string {
	digits := strconv.FormatInt(n, 10)
	for at := len(digits) - 3; at > 0; at -= 3 {
		digits = digits[:at] + noBreak + digits[at:]
	}
	return digits
}

// noBreak is the space that holds a number together.
const noBreak = "\u00a0"

// callTo is the link that dials the shop; empty where its phone is no number.
func callTo(shop Shop, l lang.Lang) link {
	phone := dialled(shop.Phone)
	if phone == "" {
		return link{}
	}
	return link{URL: phone, Text: askCall.In(l)}
}

// dialled is a phone as it is dialled: the digits, a plus before a whole number.
// Short numbers are dialled as they are; what is no number is empty.
func dialled(s string) string {
	s = foreign(s)
	if p, err := store.ParsePhone(s); err == nil && p != "" {
		return "+" + string(p)
	}
	digits := strings.Map(unparted, s)
	if len(digits) < 3 || len(digits) > 6 || strings.Trim(digits, "0123456789") != "" {
		return ""
	}
	return digits
}

// phoneOf is the shop's phone as it is read.
func phoneOf(s string) string {
	s = foreign(s)
	if p, err := store.ParsePhone(s); err == nil {
		return p.Full()
	}
	return s
}
