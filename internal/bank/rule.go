package bank

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// A Note says what was wrong with an answer, or why a case was not run. WriteTable
// puts it into words.
type Note struct {
	Code    string `json:"code"`
	Webhook string `json:"webhook,omitempty"`
	Member  string `json:"member,omitempty"`
	Want    string `json:"want,omitempty"`
	Got     string `json:"got,omitempty"`
	Count   int    `json:"count,omitempty"`
}

// The codes of a Note: first of failed cases, then of cases that were not run.
const (
	NoteTransport    = "transport"
	NoteHTTPStatus   = "http_status"
	NoteContentType  = "content_type"
	NoteNotObject    = "not_object"
	NoteMissing      = "member_missing"
	NoteUnexpected   = "member_unexpected"
	NoteMember       = "member_wrong"
	NoteTally        = "tally"
	NoteSlow         = "slow"
	NotePreparation  = "preparation"
	NoteNeedInvoices = "needs_invoices"
	NoteNeedAmount   = "needs_amount"
	NoteNeedCancel   = "needs_cancel"
	NoteNeedBound    = "needs_bound"
	NoteNeedNumber   = "needs_number"
	NoteNeedKeys     = "needs_keys"
	NoteNeedRefunds  = "needs_refunds"
	NoteUnreachable  = "unreachable"
	NoteInterrupted  = "interrupted"
)

// clockTolerance is how far a listener's clock may be from ours before its times are
// taken for something else than Unix milliseconds.
const clockTolerance = 24 * time.Hour

// rule judges one member of an answer. want is what it asks for, as JSON or words.
type rule struct {
	want  string
	holds func(raw string) bool
}

func (r rule) judge(member string, raw json.RawMessage) []Note {
	if r.holds(string(raw)) {
		return nil
	}
	return []Note{{Code: NoteMember, Member: member, Want: r.want, Got: shown(string(raw))}}
}

// oneText holds for a JSON string equal to one of the values.
func oneText(values ...string) rule {
	quoted := make([]string, len(values))
	for i, v := range values {
		quoted[i] = quote(v)
	}
	return rule{strings.Join(quoted, " | "), func(raw string) bool {
		text, ok := textOf(json.RawMessage(raw))
		return ok && slices.Contains(values, text)
	}}
}

// exactly holds for one JSON text: an integer, say, and not "1" nor 1.0.
func exactly(text string) rule {
	return rule{text, func(raw string) bool { return raw == text }}
}

func integer(n int64) rule { return exactly(strconv.FormatInt(n, 10)) }

var (
	null       = exactly("null")
	anyInteger = rule{"int64", func(raw string) bool { _, ok := int64Of(raw); return ok }}
	anyText    = rule{"string", func(raw string) bool { _, ok := textOf(json.RawMessage(raw)); return ok }}
)

// timeNear holds for Unix milliseconds within a day of now.
func timeNear(now time.Time) rule {
	return rule{fmt.Sprintf("Unix ms ≈ %d", now.UnixMilli()), func(raw string) bool {
		ms, ok := int64Of(raw)
		return ok && now.Sub(time.UnixMilli(ms)).Abs() < clockTolerance
	}}
}

// storedTime holds for the time remembered from an earlier answer, or for null
// where there was none.
func storedTime(ms int64) rule {
	if ms == 0 {
		return null
	}
	return integer(ms)
}

func int64Of(raw string) (int64, bool) {
	n, err := strconv.ParseInt(raw, 10, 64)
	return n, err == nil
}

// shape is the member set of an answer: those it must have, those it may have, and
// no others.
type shape struct {
	must, may map[string]rule
	data      *dataShape // nil: no data member
}

func (s shape) judge(members map[string]json.RawMessage) []Note {
	var notes []Note
	for _, name := range sortedNames(s.must) {
		raw, there := members[name]
		if !there {
			notes = append(notes, Note{Code: NoteMissing, Member: name})
			continue
		}
		notes = append(notes, s.must[name].judge(name, raw)...)
	}
	if s.data != nil {
		notes = append(notes, s.data.judge(members["data"])...)
	}
	for _, name := range sortedNames(members) {
		if _, known := s.must[name]; known || name == "data" && s.data != nil {
			continue
		}
		r, allowed := s.may[name]
		if !allowed {
			notes = append(notes, Note{Code: NoteUnexpected, Member: shown(name)})
			continue
		}
		notes = append(notes, r.judge(name, members[name])...)
	}
	return notes
}

// dataShape is what the data member must hold: {key: {"value": "<string>"}}.
type dataShape struct {
	keys   []string // account keys, one of which must name the invoice
	number string
	som    string // value of amount, in so'm; empty: no amount here
}

func (d dataShape) judge(raw json.RawMessage) []Note {
	if raw == nil {
		return []Note{{Code: NoteMissing, Member: "data"}}
	}
	entries, err := readObject(raw)
	if err != nil {
		return []Note{{Code: NoteMember, Member: "data", Want: `{key: {"value": string}}`, Got: shown(string(raw))}}
	}
	var notes []Note
	if !slices.ContainsFunc(d.keys, func(key string) bool { return entries[key] != nil }) {
		notes = append(notes, Note{Code: NoteMissing, Member: "data." + d.keys[0]})
	}
	// Whether so'm may have a fraction the contract does not say, so a sum with
	// tiyin may be left out.
	if d.som != "" && !strings.Contains(d.som, ".") && entries["amount"] == nil {
		notes = append(notes, Note{Code: NoteMissing, Member: "data.amount"})
	}
	for _, name := range sortedNames(entries) {
		notes = append(notes, d.judgeEntry(name, entries[name])...)
	}
	return notes
}

func (d dataShape) judgeEntry(name string, raw json.RawMessage) []Note {
	member := "data." + shown(name)
	r := anyText
	switch {
	case slices.Contains(d.keys, name):
		r = oneText(d.number)
	case name == "amount" && d.som != "":
		r = oneText(d.som)
	case name != "fio":
		return []Note{{Code: NoteUnexpected, Member: member}}
	}
	entry, err := readObject(raw)
	if err != nil || len(entry) != 1 || entry["value"] == nil {
		return []Note{{Code: NoteMember, Member: member, Want: `{"value": ` + r.want + `}`, Got: shown(string(raw))}}
	}
	return r.judge(member+".value", entry["value"])
}

// dataValue gives data.<key>.value of an answer.
func dataValue(reply Reply, key string) (string, bool) {
	data, err := readObject(reply.Members["data"])
	if err != nil {
		return "", false
	}
	entry, err := readObject(data[key])
	if err != nil {
		return "", false
	}
	return textOf(entry["value"])
}

func sortedNames[V any](m map[string]V) []string {
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// shown makes text from outside fit for a terminal and a log: short, on one line,
// with everything but letters, marks, numbers, punctuation, symbols and plain space
// written as its code point.
func shown(s string) string {
	const most = 80
	var b strings.Builder
	count := 0
	for _, r := range s {
		if count++; count > most {
			b.WriteString("…")
			break
		}
		if unicode.IsPrint(r) && r != unicode.ReplacementChar {
			b.WriteRune(r)
			continue
		}
		fmt.Fprintf(&b, "<U+%04X>", r)
	}
	return b.String()
}
