package uzum

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"

	"tushum/store"
)

// maxPayerText bounds the texts that confirm brings, in bytes.
const maxPayerText = 64

// payer is what confirm tells of how the customer paid. The customer has been
// debited already, so nothing here can be a reason to refuse: what is missing
// or of a wrong type is absent.
type payer struct {
	source, tariff, reference string
	cardType                  int64
	phone                     store.Phone
}

func payerOf(m *members) payer {
	p := payer{source: lenientText(m.source), tariff: lenientText(m.tariff), reference: lenientText(m.reference)}
	if n, err := strconv.ParseInt(string(m.cardType), 10, 64); err == nil {
		p.cardType = n
	}
	phone, ok := unquote(m.phone)
	if !ok && m.phone.Kind() == '0' {
		phone = string(m.phone)
	}
	p.phone, _ = store.ParsePhone(phone)
	return p
}

// lenientText reads a string without what can't be printed, cut to what is kept.
func lenientText(v jsontext.Value) string {
	s, _ := unquote(v)
	s = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, s)
	return cutText(strings.TrimSpace(s), maxPayerText)
}

// cutText cuts to at most so many bytes, never inside a character.
func cutText(s string, most int) string {
	if len(s) <= most {
		return s
	}
	for most > 0 && !utf8.RuneStart(s[most]) {
		most--
	}
	return s[:most]
}
