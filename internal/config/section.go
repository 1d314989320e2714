package config

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"tushum/internal/money"
)

// section reads the keys of one table. A section that the file does not have
// reads as empty.
type section struct {
	report *report
	name   string // the full key; empty for the file itself
	node   *node
}

// open begins to read a table.
func (r *report) open(name string, table *node) *section {
	s := &section{report: r, name: name, node: table}
	r.opened = append(r.opened, s)
	return s
}

func (s *section) key(name string) string {
	if s.name == "" {
		return bare(name)
	}
	return s.name + "." + bare(name)
}

// refuse reports a problem with a key, on its line or, where the key is not
// there, on that of the section.
func (s *section) refuse(name, msg, hint string) {
	line := s.node.line
	if value := s.node.values[name]; value != nil {
		line = value.line
	}
	s.report.add(line, s.key(name), msg, hint)
}

// refuseAt reports what a check of a value on a line has found.
func (s *section) refuseAt(line int, name string, err error) {
	var f fault
	if !errors.As(err, &f) {
		f.msg = err.Error()
	}
	s.report.add(line, s.key(name), f.msg, f.hint)
}

func (s *section) has(name string) bool { return s.node.values[name] != nil }

// value finds a key whose value is of one of the kinds. It is nil where there
// is none, and where there is another kind, which is reported.
func (s *section) value(name string, kinds ...kind) *node {
	s.report.ask(s.key(name))
	value := s.node.values[name]
	if value == nil {
		return nil
	}
	want := make([]string, len(kinds))
	for i, k := range kinds {
		if value.kind == k {
			return value
		}
		want[i] = string(k)
	}
	s.refuse(name, "wants "+strings.Join(want, " or ")+", found "+string(value.kind), kindHint(s.key(name), kinds[0]))
	return nil
}

func kindHint(key string, want kind) string {
	switch want {
	case kindText:
		return `text stands in quotes: "…"`
	case kindList:
		return `a list stands in brackets: ["…", "…"]`
	case kindBoolean:
		return "write true or false, without quotes"
	case kindInteger:
		return "write digits only, without quotes"
	case kindTable:
		return "begin the section with a line [" + key + "]"
	}
	return ""
}

// read reads a text through parse, and leaves dst alone where there is none.
func read[T any](s *section, name string, dst *T, parse func(string) (T, error)) {
	value := s.value(name, kindText)
	if value == nil {
		return
	}
	parsed, err := parse(value.text)
	if err != nil {
		s.refuseAt(value.line, name, err)
		return
	}
	*dst = parsed
}

// readAll reads a list of texts through parse.
func readAll[T any](s *section, name string, dst *[]T, parse func(string) (T, error)) {
	list := s.value(name, kindList)
	if list == nil {
		return
	}
	var all []T
	for _, item := range list.items {
		parsed, err := parse(item.text)
		if item.kind != kindText {
			err = wrong(`text stands in quotes: ["…", "…"]`, "wants a list of text, found %s in it", item.kind)
		}
		if err != nil {
			s.refuseAt(item.line, name, err)
			return
		}
		all = append(all, parsed)
	}
	*dst = all
}

// optional lets an empty text stand for "not set", the zero value.
func optional[T any](parse func(string) (T, error)) func(string) (T, error) {
	return func(text string) (T, error) {
		if text == "" {
			var none T
			return none, nil
		}
		return parse(text)
	}
}

func (s *section) flag(name string, dst *bool) {
	if value := s.value(name, kindBoolean); value != nil {
		*dst = value.text == "true"
	}
}

func (s *section) integer(name string, dst *int64, least, most int64) {
	value := s.value(name, kindInteger)
	if value == nil {
		return
	}
	if value.number < least || value.number > most {
		s.refuse(name, fmt.Sprintf("%d is outside %d to %d", value.number, least, most), "")
		return
	}
	*dst = value.number
}

// amount reads a sum of so'm, written as a whole number or as people type it.
func (s *section) amount(name string, dst *money.Amount) {
	value := s.value(name, kindText, kindInteger)
	if value == nil {
		return
	}
	sum, err := money.Parse(value.text)
	if value.kind == kindInteger {
		sum, err = money.Som.Mul(value.number)
	}
	if err == nil && sum < 0 {
		err = money.ErrRange
	}
	if err != nil {
		s.refuse(name, shown(value.text)+" is not a sum of so'm", `write 1000, "150 000" or "1.5m"`)
		return
	}
	*dst = sum
}

// amounts reads min_amount and max_amount, of which a zero maximum is none.
func (s *section) amounts(least, most *money.Amount) {
	s.amount("min_amount", least)
	s.amount("max_amount", most)
	if *most > 0 && *least > *most {
		name := "min_amount"
		if s.has("max_amount") {
			name = "max_amount"
		}
		s.refuse(name, fmt.Sprintf("min_amount %s is above max_amount %s", least.SomString(), most.SomString()),
			"both are so'm, with defaults of 1000 and 100000000; max_amount = 0 is no maximum")
	}
}

// date reads YYYY-MM-DD, in quotes or without.
func (s *section) date(name string, dst *time.Time) {
	value := s.value(name, kindText, kindDate)
	if value == nil || value.text == "" {
		return
	}
	day, err := time.Parse(time.DateOnly, value.text)
	if err != nil || day.Year() < 2000 {
		s.refuse(name, shown(value.text)+" is not a date", "write the year, month and day as 2026-01-31")
		return
	}
	*dst = day
}

// section finds a table within this one.
func (s *section) section(name string) *section {
	table := s.value(name, kindTable)
	if table == nil {
		table = newTable(0)
	}
	return s.report.open(s.key(name), table)
}

// list finds the tables that [[name]] begins.
func (s *section) list(name string) []*section {
	s.report.ask(s.key(name))
	value := s.node.values[name]
	if value == nil {
		return nil
	}
	var all []*section
	for _, item := range value.items {
		if item.kind == kindTable {
			all = append(all, s.report.open(s.key(name), item))
		}
	}
	if value.kind != kindList || len(all) != len(value.items) {
		s.refuse(name, "wants sections of its own", "begin each with a line [["+s.key(name)+"]], in double brackets")
		return nil
	}
	return all
}

// refused reports whether something was said about a key already.
func (s *section) refused(name string) bool {
	return slices.ContainsFunc(s.report.problems, func(e *Error) bool {
		return e.Key == s.key(name) && (!s.has(name) || e.Line == s.node.values[name].line)
	})
}
