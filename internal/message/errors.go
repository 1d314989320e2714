package message

import (
	"fmt"
	"strconv"
	"unicode/utf8"

	"tushum/internal/lang"
)

// Error is what is wrong with a template.
type Error struct {
	Msg  lang.Text // what is wrong
	Hint lang.Text // what to do
}

// Error is the English sentence.
func (e *Error) Error() string { return e.Msg.EN }

// about fills in the sentence.
func (e Error) about(args ...any) *Error {
	in := func(format string) string { return fmt.Sprintf(format, args...) }
	e.Msg = lang.Text{UZ: in(e.Msg.UZ), RU: in(e.Msg.RU), EN: in(e.Msg.EN)}
	return &e
}

// shown quotes a part of a template: short, and with nothing that a terminal
// would act on.
func shown(text string) string {
	const most = 24
	if utf8.RuneCountInString(text) > most {
		text = string([]rune(text)[:most]) + "…"
	}
	return strconv.Quote(text)
}

var (
	sayLong = Error{
		Msg:  lang.Text{UZ: "xabar %d belgidan uzun", RU: "сообщение длиннее %d символов", EN: "the message is longer than %d characters"},
		Hint: lang.Text{UZ: "qisqartiring: uzun xabar oxirigacha o‘qilmaydi", RU: "сократите: длинное не дочитают", EN: "shorten it: a long one is not read to its end"},
	}
	sayNoLink = Error{
		Msg: lang.Text{UZ: "xabarda {link} yo‘q", RU: "в сообщении нет {link}", EN: "the message has no {link}"},
		Hint: lang.Text{
			UZ: "to‘lov havolasi turadigan joyga {link} deb yozing",
			RU: "напишите {link} там, где будет ссылка на оплату",
			EN: "write {link} where the payment link is to stand",
		},
	}
	sayNoPlace = Error{
		Msg: lang.Text{UZ: "%s o‘rniga qo‘yiladigan narsa yo‘q", RU: "вместо %s подставить нечего", EN: "there is nothing to put in place of %s"},
		Hint: lang.Text{
			UZ: "faqat {shop}, {what}, {sum}, {number}, {link}, {when}, {specialist} va {until} mumkin",
			RU: "можно только {shop}, {what}, {sum}, {number}, {link}, {when}, {specialist} и {until}",
			EN: "only {shop}, {what}, {sum}, {number}, {link}, {when}, {specialist} and {until} are filled in",
		},
	}
	sayUnseen = Error{
		Msg: lang.Text{UZ: "xabarda ko‘rinmaydigan %s belgisi bor", RU: "в сообщении есть невидимый символ %s", EN: "the message has the character %s in it, which can't be seen"},
		Hint: lang.Text{
			UZ: "o‘chiring va o‘sha joyni qayta yozing; tabulyatsiya o‘rniga bo‘sh joy qo‘ying",
			RU: "удалите его и наберите это место заново; вместо табуляции поставьте пробел",
			EN: "delete it and type that place again; use spaces for tabs",
		},
	}
)
