package message

import (
	"slices"
	"strings"
	"unicode/utf8"

	"tushum/internal/clean"
)

// MaxTemplate is the longest template, in characters: more than one screen of
// a phone is not read.
const MaxTemplate = 1000

// places are the words that may stand in braces.
var places = []string{"shop", "what", "sum", "number", "link", "when", "specialist", "until"}

// Parse reads a template: text of any lines in which {shop}, {what}, {sum},
// {number}, {link}, {when}, {specialist} and {until} are filled in. It has to
// have {link}, no other word in braces, no character that can't be seen and no
// more than MaxTemplate of those that can. The error is an *Error.
func Parse(text string) (Template, error) {
	text = strings.Trim(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	if utf8.RuneCountInString(text) > MaxTemplate {
		return Template{}, sayLong.about(MaxTemplate)
	}
	if !strings.Contains(text, "{link}") {
		return Template{}, sayNoLink.about()
	}
	var t Template
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.TrimRight(line, " ")
		if code := unseen(line); code != "" {
			return Template{}, sayUnseen.about(code)
		}
		pieces, err := parseLine(line)
		if err != nil {
			return Template{}, err
		}
		t.lines = append(t.lines, pieces)
	}
	return t, nil
}

// unseen is the code of the first character that can't be seen, or else empty.
func unseen(line string) string {
	line = strings.ReplaceAll(line, noBreak, " ")
	shown := clean.Clean(line).String()
	if shown == line {
		return ""
	}
	at := 0
	for at < len(line) && line[at] == shown[at] {
		at++
	}
	at = strings.LastIndexByte(shown[:at+1], '<') // the character itself may begin with one
	code, _, _ := strings.Cut(shown[at+1:], ">")
	return code
}

// parseLine parts a line at its places.
func parseLine(line string) ([]piece, error) {
	var pieces []piece
	for line != "" {
		text, rest, opened := strings.Cut(line, "{")
		if strings.Contains(text, "}") {
			return nil, sayNoPlace.about(shown(line[strings.Index(text, "}"):]))
		}
		if text != "" {
			pieces = append(pieces, piece{text: text})
		}
		if !opened {
			break
		}
		name, after, closed := strings.Cut(rest, "}")
		if !closed || !slices.Contains(places, name) {
			return nil, sayNoPlace.about(shown("{" + line[len(text)+1:len(line)-len(after)]))
		}
		pieces = append(pieces, piece{place: name})
		line = after
	}
	return pieces, nil
}
