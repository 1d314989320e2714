package setup

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"tushum/internal/clean"
	"tushum/internal/config"
	"tushum/internal/lang"
)

// wrong is what a check says: what is wrong with an answer, and what to do.
func wrong(says, hint lang.Text) error { return &config.Error{Msg: says, Hint: hint} }

// about fills an answer into a sentence, short and harmless.
func about(says lang.Text, answer string) lang.Text {
	shown := `"` + clean.Line(answer, 100).String() + `"`
	return lang.Text{UZ: fmt.Sprintf(says.UZ, shown), RU: fmt.Sprintf(says.RU, shown), EN: fmt.Sprintf(says.EN, shown)}
}

// tried holds a value against the rules of the settings: it is what the reader
// of the settings file would say of the key, were the value in it.
func tried(key string, value config.Value, more ...config.Pair) error {
	return triedAfter("", key, value, more...)
}

// triedAfter is tried below other settings, which the key may depend on.
func triedAfter(settings, key string, value config.Value, more ...config.Pair) error {
	at := strings.LastIndexByte(key, '.')
	section, name := key[:at], key[at+1:]
	header := "[" + section + "]"
	if section == "uzum.credentials" {
		header = "[[" + section + "]]"
	}
	lines := []string{settings, header, name + " = " + value.String()}
	for _, pair := range more {
		lines = append(lines, pair.Key+" = "+pair.Value.String())
	}
	_, err := config.Parse([]byte(strings.Join(lines, "\n")+"\n"), "")
	var all config.Errors
	if !errors.As(err, &all) {
		return err
	}
	for _, e := range all {
		if e.Key == key {
			return wrong(e.Msg, e.Hint)
		}
	}
	return nil
}

// text is a check of a line that people read.
func text(key string) func(string, Answers) (string, error) {
	return func(answer string, _ Answers) (string, error) {
		answer = sentence(answer)
		return answer, tried(key, config.Text(answer))
	}
}

// key is a check of something that is pasted rather than typed.
func key(key string) func(string, Answers) (string, error) {
	return func(answer string, _ Answers) (string, error) {
		answer = pasted(answer)
		return answer, tried(key, config.Text(answer))
	}
}

// list is a check of several things, parted by commas.
func list(key string) func(string, Answers) (string, error) {
	return func(answer string, _ Answers) (string, error) {
		all := items(answer)
		return strings.Join(all, ","), tried(key, config.Texts(all))
	}
}

var (
	sayNoOption  = lang.Text{UZ: "%s bu yerda javob emas", RU: "%s — не ответ на этот вопрос", EN: "%s is not one of the answers"}
	hintOneOf    = lang.Text{UZ: "shulardan birini yozing: %s", RU: "напишите одно из этих слов: %s", EN: "write one of these: %s"}
	hintSomeOf   = lang.Text{UZ: "shulardan keragini vergul bilan yozing: %s", RU: "напишите через запятую нужные из этих слов: %s", EN: "write those wanted of these, with commas: %s"}
	sayNoneAtAll = lang.Text{UZ: "hech biri tanlanmagan", RU: "ничего не выбрано", EN: "none is chosen"}
)

// values are the answers that options stand for.
func values(options []Option) []string {
	all := make([]string, len(options))
	for i, o := range options {
		all[i] = o.Value
	}
	return all
}

func oneOf(hint lang.Text, options []Option) lang.Text {
	names := strings.Join(values(options), ", ")
	return lang.Text{UZ: fmt.Sprintf(hint.UZ, names), RU: fmt.Sprintf(hint.RU, names), EN: fmt.Sprintf(hint.EN, names)}
}

// choice is a check of one of the options.
func choice(options []Option) func(string, Answers) (string, error) {
	return func(answer string, _ Answers) (string, error) {
		answer = strings.ToLower(pasted(answer))
		if !slices.Contains(values(options), answer) {
			return answer, wrong(about(sayNoOption, answer), oneOf(hintOneOf, options))
		}
		return answer, nil
	}
}

// several is a check of any of the options, at least one, in their order.
func several(options []Option) func(string, Answers) (string, error) {
	return func(answer string, _ Answers) (string, error) {
		chosen := items(strings.ToLower(answer))
		known := values(options)
		for _, value := range chosen {
			if !slices.Contains(known, value) {
				return answer, wrong(about(sayNoOption, value), oneOf(hintSomeOf, options))
			}
		}
		if len(chosen) == 0 {
			return answer, wrong(sayNoneAtAll, oneOf(hintSomeOf, options))
		}
		ordered := slices.DeleteFunc(known, func(value string) bool { return !slices.Contains(chosen, value) })
		return strings.Join(ordered, ","), nil
	}
}

var yesNo = []Option{
	{Yes, lang.Text{UZ: "ha", RU: "да", EN: "yes"}},
	{No, lang.Text{UZ: "yo‘q", RU: "нет", EN: "no"}},
}
