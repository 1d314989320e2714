package uzum

import (
	"bytes"
	"errors"
	"io"
	"unicode"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"

	"tushum/internal/clean"
	"tushum/store"
)

// mask hides the phones in a body before it is journaled: the value of every
// member that is named for one, whatever it looks like, and in all else what
// looks like a phone. Most bodies hold none and come back as they are.
func mask(body []byte) []byte {
	if jsontext.Value(body).Kind() != '{' {
		return maskJunk(body)
	}
	if !mentionsPhone(body) && !suspicious(body) && jsontext.Value(body).IsValid() {
		return body
	}
	masked, err := maskJSON(body)
	if err != nil {
		return maskJunk(body)
	}
	return masked
}

// mentionsPhone looks for a name like phone, or for an escape that may hide one.
func mentionsPhone(b []byte) bool {
	for i, c := range b {
		if c == '\\' || c|0x20 == 'p' && isPhoneName(b[i:min(i+5, len(b))]) {
			return true
		}
	}
	return false
}

func isPhoneName(b []byte) bool { return bytes.EqualFold(b, []byte("phone")) }

// suspicious tells whether a phone may stand in b: those of the country begin
// with 998, others with a plus sign, and without either the digits are written
// in groups. An escape, or digits that are no ASCII, may hide them all.
func suspicious(b []byte) bool {
	return bytes.IndexByte(b, '+') >= 0 || bytes.IndexByte(b, '\\') >= 0 || bytes.Contains(b, []byte("998")) || hasGroups(b) ||
		bytes.ContainsFunc(b, func(r rune) bool { return r >= utf8.RuneSelf && unicode.IsDigit(r) })
}

// hasGroups looks for digits that a gap parts, as in 90 123-45-67, outside of
// UUIDs: each call has one, and its hyphens mean nothing.
func hasGroups(b []byte) bool {
	afterDigit := false
	for i := 0; i < len(b); i++ {
		switch c := b[i]; {
		case c == '"' && i+uuidLength < len(b) && isUUID(b[i+1:i+1+uuidLength]):
			i += uuidLength
			afterDigit = false
		case '0' <= c && c <= '9':
			if afterDigit && inGap(b[i-1]) {
				return true
			}
			afterDigit = true
		case !inGap(c):
			afterDigit = false
		}
	}
	return false
}

// inGap tells what may stand between the digits of one number, and takes every
// byte that is no ASCII for such.
func inGap(c byte) bool {
	switch c {
	case ' ', '-', '(', ')', '.', '/', '_', '\t':
		return true
	}
	return c >= utf8.RuneSelf
}

// masker copies a body value by value, with masked ones in place of phones.
type masker struct {
	in      []byte
	done    int64 // how much of in has been copied
	out     []byte
	decoder *jsontext.Decoder
}

var errNotMasked = errors.New("not one JSON value")

// maskJSON understands more than strict JSON, for what the webhook refuses is
// journaled too.
func maskJSON(body []byte) ([]byte, error) {
	if tooDeep(body) {
		return nil, errNotMasked
	}
	m := masker{in: body, out: make([]byte, 0, len(body)+32)}
	m.decoder = jsontext.NewDecoder(bytes.NewBuffer(body), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	if err := m.value(false); err != nil {
		return nil, err
	}
	if _, err := m.decoder.ReadToken(); !errors.Is(err, io.EOF) {
		return nil, errNotMasked
	}
	return append(m.out, body[m.done:]...), nil
}

// value copies one value; inPhone tells that a member named for a phone holds it.
func (m *masker) value(inPhone bool) error {
	switch m.decoder.PeekKind() {
	case '{', '[':
		return m.nested(inPhone)
	}
	_, err := m.scalar(inPhone)
	return err
}

func (m *masker) nested(inPhone bool) error {
	open, err := m.decoder.ReadToken()
	if err != nil {
		return err
	}
	isObject := open.Kind() == '{'
	for {
		if kind := m.decoder.PeekKind(); kind == '}' || kind == ']' {
			_, err := m.decoder.ReadToken()
			return err
		}
		named := inPhone
		if isObject {
			name, err := m.scalar(false)
			if err != nil {
				return err
			}
			named = inPhone || mentionsPhone(name)
		}
		if err := m.value(named); err != nil {
			return err
		}
	}
}

// scalar copies a value that holds no other, or a name, and returns it as it stood.
func (m *masker) scalar(inPhone bool) (jsontext.Value, error) {
	raw, err := m.decoder.ReadValue()
	if err != nil || !inPhone && !suspicious(raw) {
		return raw, err
	}
	text := string(raw)
	switch raw.Kind() {
	case '"':
		unquoted, _ := jsontext.AppendUnquote(nil, raw) // what is no UTF-8 becomes U+FFFD
		text = string(unquoted)
	case '0':
	default:
		return raw, nil
	}
	if masked := maskText(text, inPhone); masked != text {
		end := m.decoder.InputOffset()
		m.out = append(m.out, m.in[m.done:end-int64(len(raw))]...)
		m.out, _ = jsontext.AppendQuote(m.out, masked)
		m.done = end
	}
	return raw, nil
}

func maskText(text string, inPhone bool) string {
	if !inPhone {
		return clean.MaskPhones(text)
	}
	if p, err := store.ParsePhone(text); err == nil {
		return p.String()
	}
	return clean.MaskPhone(text)
}

// junkDigits is how many digits in a row are hidden in a body that can't be
// understood.
const junkDigits = 9

// maskJunk hides what looks like a phone and every long run of digits.
func maskJunk(body []byte) []byte {
	out := []byte(clean.MaskPhones(string(body)))
	for start := 0; start < len(out); {
		end := start
		for end < len(out) && '0' <= out[end] && out[end] <= '9' {
			end++
		}
		if end-start >= junkDigits {
			copy(out[start:end-2], bytes.Repeat([]byte{'*'}, end-start))
		}
		start = end + 1
	}
	return out
}
