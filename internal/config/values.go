package config

import (
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// maxLine is the longest text of a setting, in characters.
const maxLine = 200

// oneLine is a text people read.
func oneLine(text string) (string, error) {
	if strings.ContainsFunc(text, unicode.IsControl) {
		return "", wrong("write it on one line, without tabs", "has a line break or a control character in it")
	}
	if utf8.RuneCountInString(text) > maxLine {
		return "", wrong("", "is longer than %d characters", maxLine)
	}
	return strings.TrimSpace(text), nil
}

// taxNumber is a shop's STIR of nine digits, or the PINFL of a person.
func taxNumber(text string) (string, error) {
	digits := strings.ReplaceAll(text, " ", "")
	if strings.ContainsFunc(digits, func(r rune) bool { return !isDigit(r) }) || len(digits) != 9 && len(digits) != 14 {
		return "", wrong("a STIR has 9 digits, a PINFL 14", "%s is not a tax number", shown(text))
	}
	return digits, nil
}

func timeZone(text string) (*time.Location, error) {
	zone, err := time.LoadLocation(text)
	// "" and "Local" are names to Go, and would move the books with the machine.
	if err != nil || text == "" || text == "Local" {
		return nil, wrong("write a name such as Asia/Tashkent or Asia/Samarkand", "%s is not a time zone", shown(text))
	}
	return zone, nil
}

func clockTime(text string) (time.Duration, error) {
	at, err := time.Parse("15:04", text)
	if err != nil || len(text) != len("15:04") {
		return 0, wrong("write hours and minutes as 06:00", "%s is not a time of day", shown(text))
	}
	return time.Duration(at.Hour())*time.Hour + time.Duration(at.Minute())*time.Minute, nil
}

func transactionTTL(text string) (time.Duration, error) {
	const least, most = time.Minute, 24 * time.Hour
	ttl, err := time.ParseDuration(text)
	if err != nil {
		return 0, wrong("write 30m or 1h30m", "%s is not a length of time", shown(text))
	}
	if ttl < least || ttl > most {
		return 0, wrong("the bank's own limit is 30m", "%s is outside 1m to 24h", shown(text))
	}
	return ttl, nil
}

// path makes a path of this machine out of one in the file.
func (r *reader) path(text string) (string, error) {
	if strings.ContainsFunc(text, unicode.IsControl) {
		return "", wrong(`a backslash in "…" begins an escape: write 'C:\shop' or "C:/shop"`, "has a control character in it")
	}
	if strings.HasPrefix(text, "~") {
		return "", wrong("write the whole path", "%s begins with ~, which only a shell understands", shown(text))
	}
	if filepath.IsAbs(text) {
		return filepath.Clean(text), nil
	}
	return filepath.Join(r.folder, text), nil
}

// paymentSource is a value of the bank's open list, written as the bank does.
func paymentSource(text string) (string, error) {
	bad := func(r rune) bool { return (r < 'A' || r > 'Z') && !isDigit(r) && r != '_' }
	if text == "" || len(text) > 40 || strings.ContainsFunc(text, bad) {
		return "", wrong("write it as the bank does: UZCARD, HUMO, VISA, INSTALLMENT", "%s is not a payment source", shown(text))
	}
	return text, nil
}

func paymentSystem(text string) (System, error) {
	system := System(text)
	if slices.Contains([]System{SystemUzum, SystemOneClick, SystemManual}, system) {
		return system, nil
	}
	return "", wrong("write uzum, oneclick or manual", "%s is not a payment system", shown(text))
}

func flow(text string) (Flow, error) {
	if f := Flow(text); f == Widget || f == HostToHost {
		return f, nil
	}
	return "", wrong("write widget or h2h", "%s is not a flow", shown(text))
}

func countryCode(text string) (string, error) {
	if len(text) != 2 || strings.ContainsFunc(text, func(r rune) bool { return r < 'A' || r > 'Z' }) {
		return "", wrong("write two capital letters: UZ", "%s is not a country", shown(text))
	}
	return text, nil
}

// accountParam is a key of the bank's params, and of the query of links; the
// names that mean something else in a link or an answer are no choice.
func accountParam(text string) (string, error) {
	if text == "" || len(text) > 64 || strings.ContainsFunc(text, notInName) {
		return "", wrong("use letters, digits, _ and -", "%s is not a plain name", shown(text))
	}
	if slices.Contains([]string{"serviceId", "amount", "redirectUrl", "fio"}, text) {
		return "", wrong(`take another name, such as "account"`, "%s means something else to the bank", shown(text))
	}
	return text, nil
}

// checkLogin refuses what HTTP Basic can't carry (RFC 7617, section 2).
func checkLogin(text string) error {
	const hint = "take the login that the bank sends, as agreed with it"
	switch {
	case strings.Contains(text, ":"):
		return wrong(hint, "has a colon in it, which ends a login in HTTP Basic")
	case strings.ContainsFunc(text, unicode.IsControl):
		return wrong(hint, "has a control character in it")
	case len(text) > 255:
		return wrong(hint, "is longer than 255 bytes")
	}
	return nil
}
