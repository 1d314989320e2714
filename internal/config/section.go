package config

import (
	"errors"
	"slices"

	"tushum/internal/lang"
)

var (
	sayWants = fault{
		says: lang.Text{UZ: "%s bo‘lishi kerak, bu yerda esa %s", RU: "ожидается %s, а здесь %s", EN: "wants %s, found %s"},
	}
	sayWantsTexts = fault{
		says: lang.Text{
			UZ: "matnlar ro‘yxati bo‘lishi kerak, ichida esa %s bor",
			RU: "ожидается список текстов, а в нём %s",
			EN: "wants a list of text, found %s in it",
		},
		hint: lang.Text{UZ: `matn qo‘shtirnoqda yoziladi: ["…", "…"]`, RU: `текст пишется в кавычках: ["…", "…"]`, EN: `text stands in quotes: ["…", "…"]`},
	}
	sayTwice = fault{
		says: lang.Text{UZ: "%s ikki marta yozilgan", RU: "%s стоит дважды", EN: "%s stands there twice"},
		hint: lang.Text{UZ: "bittasini olib tashlang", RU: "уберите одно из двух", EN: "take one of them out"},
	}
	sayOutside = fault{
		says: lang.Text{UZ: "%d soni %d dan %d gacha oraliqda emas", RU: "%d вне пределов от %d до %d", EN: "%d is outside %d to %d"},
		hint: lang.Text{UZ: "shu oraliqdagi butun son yozing", RU: "напишите целое число в этих пределах", EN: "write a whole number between the two"},
	}
	sayWantsSections = fault{
		says: lang.Text{UZ: "alohida bo‘limlar bo‘lishi kerak", RU: "ожидаются отдельные разделы", EN: "wants sections of its own"},
		hint: lang.Text{
			UZ: "har birini [[%s]] qatoridan boshlang, qo‘sh qavslarda",
			RU: "начните каждый строкой [[%s]], в двойных скобках",
			EN: "begin each with a line [[%s]], in double brackets",
		},
	}
	hintSection = lang.Text{UZ: "bo‘limni [%s] qatoridan boshlang", RU: "начните раздел строкой [%s]", EN: "begin the section with a line [%s]"}
)

// kindHints say how the kinds are written.
var kindHints = map[kind]lang.Text{
	kindText:    {UZ: `matn qo‘shtirnoqda yoziladi: "…"`, RU: `текст пишется в кавычках: "…"`, EN: `text stands in quotes: "…"`},
	kindList:    {UZ: `ro‘yxat qavslarda yoziladi: ["…", "…"]`, RU: `список пишется в скобках: ["…", "…"]`, EN: `a list stands in brackets: ["…", "…"]`},
	kindBoolean: {UZ: "true yoki false yozing, qo‘shtirnoqsiz", RU: "напишите true или false, без кавычек", EN: "write true or false, without quotes"},
	kindInteger: {UZ: "faqat raqamlar yozing, qo‘shtirnoqsiz", RU: "напишите только цифры, без кавычек", EN: "write digits only, without quotes"},
}

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
func (s *section) refuse(name string, f fault) {
	line := s.node.line
	if value := s.node.values[name]; value != nil {
		line = value.line
	}
	s.report.add(line, s.key(name), f)
}

// refuseAt reports what a check of a value on a line has found.
func (s *section) refuseAt(line int, name string, err error) {
	f := fault{says: lang.Text{EN: err.Error()}}
	_ = errors.As(err, &f) // every check of this package finds one
	s.report.add(line, s.key(name), f)
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
	if slices.Contains(kinds, value.kind) {
		return value
	}
	f := sayWants.about(anyOf(kinds), kindWords[value.kind])
	f.hint = kindHint(s.key(name), kinds[0])
	s.refuse(name, f)
	return nil
}

func kindHint(key string, want kind) lang.Text {
	if want == kindTable {
		return spell(hintSection, key)
	}
	return kindHints[want]
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
			err = sayWantsTexts.about(kindWords[item.kind])
		}
		if err != nil {
			s.refuseAt(item.line, name, err)
			return
		}
		all = append(all, parsed)
	}
	*dst = all
}

// once refuses what a list has twice. What it returns is for one list.
func once[T comparable](parse func(string) (T, error)) func(string) (T, error) {
	seen := make(map[T]bool)
	return func(text string) (T, error) {
		parsed, err := parse(text)
		if err == nil && seen[parsed] {
			err = sayTwice.about(shown(text))
		}
		seen[parsed] = true
		return parsed, err
	}
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
		s.refuse(name, sayOutside.about(value.number, least, most))
		return
	}
	*dst = value.number
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
		s.refuse(name, sayWantsSections.advising(s.key(name)))
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
