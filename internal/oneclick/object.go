package oneclick

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"time"
	"unicode/utf8"
)

// object is a JSON object whose members are read leniently: what is absent or of
// another kind than it should be is empty.
type object map[string]json.RawMessage

var errNotObject = errors.New("not a JSON object")

func readObject(data []byte) (object, error) {
	var o object
	if err := json.Unmarshal(data, &o); err != nil || o == nil {
		return nil, errNotObject // the decoder's own error would quote the data
	}
	return o, nil
}

// maxText bounds a text that the vendor sends, in bytes; nobody shows more.
const maxText = 2048

// text gives the first of the members that is a string, or a number as it is
// written. A text that is too long is cut.
func (o object) text(names ...string) string {
	for _, name := range names {
		if s := scalar(o[name]); s != "" {
			return cut(s, maxText)
		}
	}
	return ""
}

func scalar(raw json.RawMessage) string {
	raw = bytes.TrimSpace(raw)
	if len(raw) == 0 {
		return ""
	}
	if c := raw[0]; c == '-' || '0' <= c && c <= '9' {
		return string(raw)
	}
	var s string
	if raw[0] != '"' || json.Unmarshal(raw, &s) != nil {
		return ""
	}
	return s
}

// cut shortens a text to at most most bytes without parting a letter.
func cut(s string, most int) string {
	if len(s) <= most {
		return s
	}
	for most > 0 && !utf8.RuneStart(s[most]) {
		most--
	}
	return s[:most]
}

// inner gives a member that is an object; nil, which is as good as an empty one,
// when it is none.
func (o object) inner(name string) object {
	inner, err := readObject(o[name])
	if err != nil {
		return nil
	}
	return inner
}

// textOrName gives a member that is a string, or an object with one under another
// name: a status is "new" on create and {"name": "new"} later (S).
func (o object) textOrName(name, under string) string {
	if s := o.text(name); s != "" {
		return s
	}
	return o.inner(name).text(under)
}

// timeFormats are tried in turn; a time without a zone is taken for UTC, which is a
// guess.
var timeFormats = []string{
	time.RFC3339Nano,
	"2006-01-02T15:04:05.999999999Z0700",
	"2006-01-02 15:04:05.999999999Z07:00",
	"2006-01-02T15:04:05.999999999",
	"2006-01-02 15:04:05.999999999",
	time.RFC1123Z,
	time.RFC1123,
}

// time gives a moment, in UTC: ISO 8601 (S), Unix seconds or milliseconds, or the
// {"$date": …} of a database. It is zero when there is none that can be read.
func (o object) time(name string) time.Time {
	text := strings.TrimSpace(o.textOrName(name, "$date"))
	if text == "" {
		return time.Time{}
	}
	if n, ok := wholeNumber(text); ok {
		return unixTime(n)
	}
	for _, format := range timeFormats {
		if t, err := time.Parse(format, text); err == nil {
			return plausible(t)
		}
	}
	return time.Time{}
}

// unixTime tells seconds from milliseconds by their size: seconds of that size
// would be past the year 5000.
func unixTime(n int64) time.Time {
	const leastMillis = 100_000_000_000
	if n >= leastMillis {
		return plausible(time.UnixMilli(n))
	}
	return plausible(time.Unix(n, 0))
}

// plausible drops what is no time of a payment, and what no date can be reckoned with.
func plausible(t time.Time) time.Time {
	if t = t.UTC(); t.Year() < 2000 || t.Year() > 2200 {
		return time.Time{}
	}
	return t
}
