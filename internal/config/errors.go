package config

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Error is one thing wrong with the settings file. Neither text contains a
// secret, whatever the file has in it.
type Error struct {
	Path string // the file, as it was named to us
	Line int    // from 1; 0 when it is about no line
	Key  string // the full key, such as uzum.service_id; empty when it is about none
	Msg  string // what is wrong
	Hint string // what to do; may be empty

	cause error
}

// Error is `config.toml:12: uzum.service_id: what is wrong`.
func (e *Error) Error() string {
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
	b.WriteString(e.Msg)
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

func (r *report) add(line int, key, msg, hint string) {
	r.problems = append(r.problems, &Error{Path: r.path, Line: line, Key: key, Msg: msg, Hint: hint})
}

// err is nil when nothing is wrong.
func (r *report) err() error {
	if len(r.problems) == 0 {
		return nil
	}
	slices.SortStableFunc(r.problems, func(a, b *Error) int { return a.Line - b.Line })
	return Errors(r.problems[:min(len(r.problems), maxProblems)])
}

// fault is what a check of one value finds.
type fault struct{ msg, hint string }

func (f fault) Error() string { return f.msg }

// wrong makes a fault out of a hint and a formatted message.
func wrong(hint, format string, args ...any) error {
	return fault{msg: fmt.Sprintf(format, args...), hint: hint}
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
