package config

import (
	"path/filepath"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"tushum/internal/lang"
)

// maxLine is the longest text of a setting, in characters.
const maxLine = 200

var (
	sayNotOneLine = fault{
		says: lang.Text{
			UZ: "ichida qator uzilishi yoki boshqaruv belgisi bor",
			RU: "содержит перевод строки или управляющий символ",
			EN: "has a line break or a control character in it",
		},
		hint: lang.Text{UZ: "bir qatorda, tabulyatsiyasiz yozing", RU: "напишите в одну строку, без табуляции", EN: "write it on one line, without tabs"},
	}
	sayLong = fault{
		says: lang.Text{UZ: "%d belgidan uzun", RU: "длиннее %d символов", EN: "is longer than %d characters"},
		hint: lang.Text{UZ: "qisqartiring", RU: "сократите", EN: "shorten it"},
	}
	sayNoTaxNumber = fault{
		says: lang.Text{UZ: "%s soliq raqami emas", RU: "%s — не налоговый номер", EN: "%s is not a tax number"},
		hint: lang.Text{UZ: "STIR 9 ta, JSHSHIR 14 ta raqamdan iborat", RU: "в ИНН 9 цифр, в ПИНФЛ 14", EN: "a STIR has 9 digits, a PINFL 14"},
	}
	sayNoZone = fault{
		says: lang.Text{UZ: "%s vaqt mintaqasi emas", RU: "%s — не часовой пояс", EN: "%s is not a time zone"},
		hint: lang.Text{
			UZ: "Asia/Tashkent yoki Asia/Samarkand kabi nom yozing",
			RU: "напишите имя вида Asia/Tashkent или Asia/Samarkand",
			EN: "write a name such as Asia/Tashkent or Asia/Samarkand",
		},
	}
	sayNoClockTime = fault{
		says: lang.Text{UZ: "%s kun vaqti emas", RU: "%s — не время суток", EN: "%s is not a time of day"},
		hint: lang.Text{UZ: "soat va daqiqani 06:00 kabi yozing", RU: "напишите часы и минуты как 06:00", EN: "write hours and minutes as 06:00"},
	}
	sayNoDuration = fault{
		says: lang.Text{UZ: "%s davomiylik emas", RU: "%s — не промежуток времени", EN: "%s is not a length of time"},
		hint: lang.Text{UZ: "30m yoki 1h30m deb yozing", RU: "напишите 30m или 1h30m", EN: "write 30m or 1h30m"},
	}
	sayTTLOutside = fault{
		says: lang.Text{UZ: "%s 1m dan 24h gacha oraliqda emas", RU: "%s вне пределов от 1m до 24h", EN: "%s is outside 1m to 24h"},
		hint: lang.Text{UZ: "bankning o‘z chegarasi — 30m", RU: "собственный предел банка — 30m", EN: "the bank's own limit is 30m"},
	}
	sayPathControl = fault{
		says: lang.Text{UZ: "ichida boshqaruv belgisi bor", RU: "содержит управляющий символ", EN: "has a control character in it"},
		hint: lang.Text{
			UZ: `"…" ichida teskari chiziq maxsus belgini boshlaydi: 'C:\shop' yoki "C:/shop" deb yozing`,
			RU: `обратная косая черта в "…" начинает спецсимвол: напишите 'C:\shop' или "C:/shop"`,
			EN: `a backslash in "…" begins an escape: write 'C:\shop' or "C:/shop"`,
		},
	}
	sayTilde = fault{
		says: lang.Text{
			UZ: "%s ~ bilan boshlangan, uni faqat qobiq (shell) tushunadi",
			RU: "%s начинается с ~, а его понимает только оболочка (shell)",
			EN: "%s begins with ~, which only a shell understands",
		},
		hint: lang.Text{UZ: "yo‘lni to‘liq yozing", RU: "напишите путь целиком", EN: "write the whole path"},
	}
)

// oneLine is a text people read.
func oneLine(text string) (string, error) {
	if strings.ContainsFunc(text, unicode.IsControl) {
		return "", sayNotOneLine
	}
	if utf8.RuneCountInString(text) > maxLine {
		return "", sayLong.about(maxLine)
	}
	return strings.TrimSpace(text), nil
}

// taxNumber is a shop's STIR of nine digits, or the PINFL of a person.
func taxNumber(text string) (string, error) {
	digits := strings.ReplaceAll(text, " ", "")
	if strings.ContainsFunc(digits, func(r rune) bool { return !isDigit(r) }) || len(digits) != 9 && len(digits) != 14 {
		return "", sayNoTaxNumber.about(shown(text))
	}
	return digits, nil
}

func timeZone(text string) (*time.Location, error) {
	zone, err := time.LoadLocation(text)
	// "" and "Local" are names to Go, and would move the books with the machine.
	if err != nil || text == "" || text == "Local" {
		return nil, sayNoZone.about(shown(text))
	}
	return zone, nil
}

func clockTime(text string) (time.Duration, error) {
	at, err := time.Parse("15:04", text)
	if err != nil || len(text) != len("15:04") {
		return 0, sayNoClockTime.about(shown(text))
	}
	return time.Duration(at.Hour())*time.Hour + time.Duration(at.Minute())*time.Minute, nil
}

func transactionTTL(text string) (time.Duration, error) {
	const least, most = time.Minute, 24 * time.Hour
	ttl, err := time.ParseDuration(text)
	if err != nil {
		return 0, sayNoDuration.about(shown(text))
	}
	if ttl < least || ttl > most {
		return 0, sayTTLOutside.about(shown(text))
	}
	return ttl, nil
}

// path makes a path of this machine out of one in the file.
func (r *reader) path(text string) (string, error) {
	if strings.ContainsFunc(text, unicode.IsControl) {
		return "", sayPathControl
	}
	if strings.HasPrefix(text, "~") {
		return "", sayTilde.about(shown(text))
	}
	if filepath.IsAbs(text) {
		return filepath.Clean(text), nil
	}
	return filepath.Join(r.folder, text), nil
}
