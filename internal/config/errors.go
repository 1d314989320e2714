package config

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"tushum/internal/lang"
)

// Error is one thing wrong with the settings file. Neither text contains a
// secret, whatever the file has in it.
type Error struct {
	Path string    // the file, as it was named to us
	Line int       // from 1; 0 when it is about no line
	Key  string    // the full key, such as uzum.service_id; empty when it is about none
	Msg  lang.Text // what is wrong
	Hint lang.Text // what to do; may be empty
	// Saving tells that the file could not be written; otherwise it is about
	// reading it.
	Saving bool

	cause error
}

// Error is the English sentence; In has the other languages.
func (e *Error) Error() string { return e.In(lang.EN) }

// HintIn says what to do in the reader's language; empty where the sentence
// says it all.
func (e *Error) HintIn(l lang.Lang) string { return e.Hint.In(l) }

// In is `config.toml:12: uzum.service_id: what is wrong`, the last of it in the
// reader's language.
func (e *Error) In(l lang.Lang) string {
	var b strings.Builder
	b.WriteString(e.Path)
	if e.Line > 0 {
		b.WriteString(":" + strconv.Itoa(e.Line))
	}
	if e.Path != "" || e.Line > 0 {
		b.WriteString(": ")
	}
	if e.Key != "" {
		b.WriteString(e.Key + ": ")
	}
	b.WriteString(e.Msg.In(l))
	return b.String()
}

// Unwrap gives the system's error, where there was one.
func (e *Error) Unwrap() error { return e.cause }

// maxProblems is how many things are told at once; more would hide the first.
const maxProblems = 10

// Errors is everything that is wrong with a file, in the order of its lines
// and at most ten. errors.As finds the first as an *Error.
type Errors []*Error

// Error has each problem on a line of its own.
func (e Errors) Error() string {
	lines := make([]string, len(e))
	for i, one := range e {
		lines[i] = one.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap gives the single problems.
func (e Errors) Unwrap() []error {
	all := make([]error, len(e))
	for i, one := range e {
		all[i] = one
	}
	return all
}

// report gathers what is wrong while a file is read.
type report struct {
	path     string
	problems []*Error
	asked    []string   // full keys, those that the file does not have too
	opened   []*section // in the order of reading
}

func (r *report) add(line int, key string, f fault) {
	r.problems = append(r.problems, &Error{Path: r.path, Line: line, Key: key, Msg: f.says, Hint: f.hint})
}

// err is nil when nothing is wrong.
func (r *report) err() error {
	if len(r.problems) == 0 {
		return nil
	}
	slices.SortStableFunc(r.problems, func(a, b *Error) int { return a.Line - b.Line })
	return Errors(r.problems[:min(len(r.problems), maxProblems)])
}

// fault is what a check of one value finds: the sentence, and what to do about
// it. Both may hold verbs of fmt, for about and advising to fill in.
type fault struct{ says, hint lang.Text }

func (f fault) Error() string { return f.says.EN }

// about fills in the sentence.
func (f fault) about(args ...any) fault {
	f.says = spell(f.says, args...)
	return f
}

// advising fills in the hint.
func (f fault) advising(args ...any) fault {
	f.hint = spell(f.hint, args...)
	return f
}

// spell fills in a text. An argument that is a lang.Text itself is put in the
// sentence's language.
func spell(text lang.Text, args ...any) lang.Text {
	in := func(l lang.Lang, format string) string {
		own := make([]any, len(args))
		for i, a := range args {
			if t, ok := a.(lang.Text); ok {
				a = t.In(l)
			}
			own[i] = a
		}
		return fmt.Sprintf(format, own...)
	}
	return lang.Text{UZ: in(lang.UZ, text.UZ), RU: in(lang.RU, text.RU), EN: in(lang.EN, text.EN)}
}

// shown quotes what stands in the file for a message: short, and with nothing
// that a terminal would act on. It is never used on a secret.
func shown(text string) string {
	const most = 40
	if utf8.RuneCountInString(text) > most {
		text = string([]rune(text)[:most]) + "…"
	}
	return strconv.Quote(text)
}
