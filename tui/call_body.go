package tui

import (
	"bytes"
	"encoding/json"
	"strings"
	"unicode/utf8"

	"tushum/internal/lang"
	"tushum/store"
	"tushum/tui/look"
)

// The bounds within which a body is shown. The journal keeps less than that of
// what the listener took; a journal from elsewhere may hold anything.
const (
	mostBody       = 16 << 10 // bytes
	mostIndent     = 16       // objects and lists in each other; deeper is shown as it is
	longestStretch = 500      // runes of a line that are made safe at once
)

// bodyLines are a body as it is shown: JSON with its members one below the
// other, anything else as it is. Each line is safe and at most w cells wide.
func (d *desk) bodyLines(body []byte, w int) []string {
	if len(bytes.TrimSpace(body)) == 0 {
		return d.painted(d.theme.Faint, d.say(bodyEmpty), w)
	}
	over := len(body) - mostBody
	if over > 0 {
		body = body[:mostBody]
	}
	var lines []string
	for line := range strings.SplitSeq(indented(body), "\n") {
		lines = append(lines, d.bodyLine(line, w)...)
	}
	if over > 0 {
		lines = append(lines, d.theme.Warn.Paint(look.Cut(d.say(bodyCut), w)))
	}
	return lines
}

// indented is JSON with its members one below the other. What is no JSON, or
// was cut, stays as it is.
func indented(body []byte) string {
	var b bytes.Buffer
	if depth(body) > mostIndent || json.Indent(&b, body, "", "  ") != nil {
		return string(body)
	}
	return b.String()
}

// depth is how deep brackets stand in each other, at most.
func depth(body []byte) int {
	now, most := 0, 0
	for _, c := range body {
		switch c {
		case '{', '[':
			now++
			most = max(most, now)
		case '}', ']':
			now--
		}
	}
	return most
}

// bodyLine wraps one line, with what goes on indented like its beginning. The
// name of a member is told from its value.
func (d *desk) bodyLine(line string, w int) []string {
	text := strings.TrimLeft(line, " ")
	indent := min(len(line)-len(text), w/2)
	var safe strings.Builder
	for _, piece := range stretches(text) {
		safe.WriteString(look.Foreign(piece))
	}
	wrapped := look.Wrap(safe.String(), max(1, w-indent))
	for i, line := range wrapped {
		if i == 0 {
			line = d.paintMember(line)
		}
		wrapped[i] = strings.Repeat(" ", indent) + line
	}
	return wrapped
}

func (d *desk) paintMember(line string) string {
	if !strings.HasPrefix(line, `"`) {
		return line
	}
	name, value, ok := strings.Cut(line, `": `)
	if !ok {
		return line
	}
	return d.theme.Faint.Paint(name+`":`) + " " + value
}

// stretches cuts a text into pieces that are made safe whole.
func stretches(s string) []string {
	var all []string
	for len(s) > longestStretch {
		end := longestStretch
		for end > longestStretch-utf8.UTFMax && !utf8.RuneStart(s[end]) {
			end--
		}
		all, s = append(all, s[:end]), s[end:]
	}
	return append(all, s)
}

// exchange are the two bodies of a call, each under its name. Of a call that only says
// which deal to ask about none are kept.
func (d *desk) exchange(c store.Call, w int) []string {
	if d.profile(c.System).Can.Deals && len(c.Request)+len(c.Response) == 0 {
		return d.painted(d.theme.Faint, d.fillSystem(bodiesNotKept, c.System), w)
	}
	lines := []string{d.theme.Title.Paint(look.Cut(d.fillSystem(callRequest, c.System), w))}
	lines = append(lines, d.bodyLines(c.Request, w)...)
	lines = append(lines, "", d.theme.Title.Paint(look.Cut(d.say(callResponse), w)))
	lines = append(lines, d.bodyLines(c.Response, w)...)
	if c.Cut {
		lines = append(lines, "")
		lines = append(lines, d.painted(d.theme.Faint, d.say(callCut), w)...)
	}
	return lines
}

// painted wraps a text of one style. An empty one has no lines.
func (d *desk) painted(style look.Style, text string, w int) []string {
	if text == "" {
		return nil
	}
	return paintAll(style, look.Wrap(text, w))
}

var (
	bodyEmpty     = lang.Text{UZ: "bo‘sh", RU: "пусто", EN: "empty"}
	bodyCut       = lang.Text{UZ: "… davomi ko‘rsatilmaydi", RU: "… остальное не показано", EN: "… the rest is not shown"}
	callRequest   = lang.Text{UZ: "{system}: so‘rov", RU: "{system}: запрос", EN: "{system}: the request"}
	callResponse  = lang.Text{UZ: "bizning javob", RU: "наш ответ", EN: "our answer"}
	bodiesNotKept = lang.Text{
		UZ: "so‘rov va javob saqlanmaydi: {system} chaqiruvi faqat qaysi bitim haqida so‘rashni aytadi",
		RU: "запрос и ответ не хранятся: вызов {system} лишь говорит, о какой сделке спросить",
		EN: "the bodies are not kept: a call of {system} only says which deal to ask about",
	}
	callCut = lang.Text{
		UZ: "so‘rov yoki javob uzun edi: jurnalda faqat boshi saqlangan",
		RU: "запрос или ответ был длинным: в журнале только начало",
		EN: "a body was long: the journal keeps only its beginning",
	}
)
