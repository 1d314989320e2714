package config

import (
	"errors"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"tushum/internal/lang"
)

// kind is what a node of the file is.
type kind int

const (
	kindTable kind = iota + 1
	kindList
	kindText
	kindInteger
	kindBoolean
	kindDate
	kindFloat
	kindTime
)

// kindWords name the kinds in messages.
var kindWords = map[kind]lang.Text{
	kindTable:   {UZ: "bo‘lim", RU: "раздел", EN: "a section"},
	kindList:    {UZ: "ro‘yxat", RU: "список", EN: "a list"},
	kindText:    {UZ: "matn", RU: "текст", EN: "text"},
	kindInteger: {UZ: "butun son", RU: "целое число", EN: "a whole number"},
	kindBoolean: {UZ: "true yoki false", RU: "true или false", EN: "true or false"},
	kindDate:    {UZ: "sana", RU: "дата", EN: "a date"},
	kindFloat:   {UZ: "kasrli son", RU: "дробное число", EN: "a number with a fraction"},
	kindTime:    {UZ: "vaqt", RU: "время", EN: "a time"},
}

// anyOf names kinds as a choice.
func anyOf(kinds []kind) lang.Text {
	words := kindWords[kinds[0]]
	for _, k := range kinds[1:] {
		words = spell(lang.Text{UZ: "%s yoki %s", RU: "%s или %s", EN: "%s or %s"}, words, kindWords[k])
	}
	return words
}

var (
	sayUTF16 = fault{
		says: lang.Text{UZ: "fayl UTF-16 kodlashida", RU: "файл в кодировке UTF-16", EN: "the file is in UTF-16"},
		hint: lang.Text{UZ: "uni UTF-8 da saqlang", RU: "сохраните его в UTF-8", EN: "save it as UTF-8"},
	}
	sayNotUTF8 = fault{
		says: lang.Text{
			UZ: "fayl UTF-8 kodlashida emas, balki Windows-1251 dadir",
			RU: "файл не в кодировке UTF-8, возможно, в Windows-1251",
			EN: "the file is not in UTF-8, perhaps Windows-1251",
		},
		hint: lang.Text{
			UZ: "uni tahrirlagichda UTF-8 da saqlang va shu qatordagi harflarni tekshiring",
			RU: "сохраните его в редакторе как UTF-8 и проверьте буквы в этой строке",
			EN: "save it as UTF-8 in the editor, and check the letters on this line",
		},
	}
	sayNotTOML = fault{
		says: lang.Text{UZ: "TOML qoidalariga mos emas: %s", RU: "не по правилам TOML: %s", EN: "not TOML: %s"},
		hint: lang.Text{
			UZ: `matn qo‘shtirnoqda yoziladi: name = "Shop"; barcha kalitlar config.example.toml da`,
			RU: `текст пишется в кавычках: name = "Shop"; все ключи есть в config.example.toml`,
			EN: `text stands in quotes: name = "Shop"; config.example.toml shows every key`,
		},
	}
	hintEscape = lang.Text{
		UZ: `"…" ichida teskari chiziq maxsus belgini boshlaydi: Windows yo‘lini 'C:\shop' deb yoki oddiy qiya chiziqlar bilan yozing`,
		RU: `обратная косая черта в "…" начинает спецсимвол: пишите путь Windows как 'C:\shop' или с обычными косыми чертами`,
		EN: `a backslash in "…" begins an escape: write a Windows path as 'C:\shop' or with forward slashes`,
	}
	hintTwice = lang.Text{
		UZ: "har bir kalit va bo‘lim faylda bir marta yoziladi: ikkalasini birlashtiring",
		RU: "каждый ключ и каждый раздел стоит в файле один раз: объедините их",
		EN: "each key and each section stands in the file once; put the two together",
	}
)

// syntaxError words a refusal of the TOML library, whose own words are English
// and are kept behind the sentence.
func syntaxError(err error, path string) *Error {
	detail := strings.TrimPrefix(err.Error(), "toml: ")
	f := sayNotTOML.about(detail)
	switch {
	case strings.Contains(detail, "escape"):
		f.hint = hintEscape
	case strings.Contains(detail, "already"):
		f.hint = hintTwice
	}
	out := &Error{Path: path, Msg: f.says, Hint: f.hint}
	var at *toml.DecodeError
	if errors.As(err, &at) {
		out.Line, _ = at.Position()
	}
	return out
}
