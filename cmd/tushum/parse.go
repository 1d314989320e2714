package main

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
	"time"

	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/store"
)

// flagAmount reads an amount as people type it; an empty text is no amount.
func flagAmount(flag, text string) (money.Amount, error) {
	if strings.TrimSpace(text) == "" {
		return 0, nil
	}
	amount, err := money.Parse(text)
	var bad *money.ParseError
	switch {
	case errors.As(err, &bad):
		return 0, usage(aboutFlag(flag, lang.Text{UZ: bad.In(lang.UZ), RU: bad.In(lang.RU), EN: bad.In(lang.EN)}))
	case err != nil:
		return 0, usage(aboutFlag(flag, lang.Text{EN: err.Error()}))
	}
	return amount, nil
}

// flagDifference reads an amount that may be one less, with a minus.
func flagDifference(flag, text string) (money.Amount, error) {
	less, isLess := strings.CutPrefix(strings.Replace(strings.TrimSpace(text), "−", "-", 1), "-")
	amount, err := flagAmount(flag, less)
	if isLess {
		amount = -amount
	}
	return amount, err
}

func aboutFlag(flag string, t lang.Text) lang.Text {
	return lang.Text{UZ: flag + ": " + t.In(lang.UZ), RU: flag + ": " + t.In(lang.RU), EN: flag + ": " + t.In(lang.EN)}
}

// quantity finds "2x" before a price; the letter may be Cyrillic.
var quantity = regexp.MustCompile(`^\s*([0-9]+)\s*[xX×*хХ]\s*`)

// parseLine reads a line of an invoice: "Haircut=20000", or "Shampoo=2x15000"
// for two of them. The name may hold an equals sign, the price can't.
func parseLine(text string) (store.Line, error) {
	at := strings.LastIndexByte(text, '=')
	if at < 0 || strings.TrimSpace(text[:at]) == "" {
		return store.Line{}, usage(lang.Text{
			UZ: `--line: "Soch olish=20000" yoki "Shampun=2x15000" deb yozing`,
			RU: `--line: напишите "Стрижка=20000" или "Шампунь=2x15000"`,
			EN: `--line: write "Haircut=20000" or "Shampoo=2x15000"`,
		})
	}
	line := store.Line{Name: strings.TrimSpace(text[:at]), Quantity: 1}
	price := text[at+1:]
	if found := quantity.FindStringSubmatch(price); found != nil {
		n, err := strconv.ParseInt(found[1], 10, 64)
		if err != nil {
			return store.Line{}, usage(lang.Text{UZ: "--line: miqdor juda katta", RU: "--line: слишком большое количество", EN: "--line: the quantity is too large"})
		}
		line.Quantity, price = n, price[len(found[0]):]
	}
	if strings.TrimSpace(price) == "" {
		return store.Line{}, usage(lang.Text{UZ: "--line: narx yo‘q", RU: "--line: нет цены", EN: "--line: the price is missing"})
	}
	var err error
	line.Price, err = flagAmount("--line", price)
	return line, err
}

// notBefore is the earliest moment that makes sense: a typed year of 205 is a slip.
var notBefore = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

// parseMoment reads a day and an hour in the shop's zone, or RFC 3339.
func parseMoment(flag, text string, zone *time.Location) (store.Instant, error) {
	text = strings.TrimSpace(text)
	for _, layout := range []string{time.RFC3339, "02.01.2006 15:04", "02.01.2006 15:04:05", "2006-01-02 15:04", "2006-01-02 15:04:05", "2006-01-02T15:04"} {
		if t, err := time.ParseInLocation(layout, text, zone); err == nil && t.After(notBefore) {
			return store.At(t), nil
		}
	}
	return 0, usage(aboutFlag(flag, lang.Text{
		UZ: `vaqt noto‘g‘ri: "21.11.2026 15:00" yoki 2026-11-21T15:00:00+05:00 deb yozing`,
		RU: `неверное время: напишите "21.11.2026 15:00" или 2026-11-21T15:00:00+05:00`,
		EN: `not a time: write "21.11.2026 15:00" or 2026-11-21T15:00:00+05:00`,
	}))
}

var span = regexp.MustCompile(`^([0-9]{1,6})([mhd])$`)

// maxSpan is the longest an invoice is given by a span; a moment can be later.
const maxSpan = 3660 * 24 * time.Hour

// parseExpiry reads when an invoice ends: after 90m, 24h or 3d, at a moment, or
// never, which is the zero Instant.
func parseExpiry(text string, now time.Time, zone *time.Location) (store.Instant, error) {
	text = strings.TrimSpace(text)
	if text == "never" {
		return 0, nil
	}
	if found := span.FindStringSubmatch(text); found != nil {
		n, _ := strconv.Atoi(found[1]) // six digits at most
		unit := map[string]time.Duration{"m": time.Minute, "h": time.Hour, "d": 24 * time.Hour}[found[2]]
		if time.Duration(n) <= maxSpan/unit {
			return store.At(now.Add(time.Duration(n) * unit)), nil
		}
	}
	if at, err := parseMoment("--expires", text, zone); err == nil {
		return at, nil
	}
	return 0, usage(lang.Text{
		UZ: `--expires: 24h, 3d, 30d, "21.11.2026 15:00" yoki never deb yozing`,
		RU: `--expires: напишите 24h, 3d, 30d, "21.11.2026 15:00" или never`,
		EN: `--expires: write 24h, 3d, 30d, "21.11.2026 15:00" or never`,
	})
}

// parseNumber reads an invoice number. Seven to nine digits whose check digit
// is wrong are the number of no invoice, so they are not found.
func parseNumber(text string) (store.Number, error) {
	n, err := store.ParseNumber(text)
	if err != nil && sevenToNine.MatchString(text) {
		return 0, &store.Error{Code: store.InvoiceNotFound, Detail: text}
	}
	return n, err
}

var sevenToNine = regexp.MustCompile(`^[0-9]{7,9}$`)

// missing says that a flag must be given.
func missing(flag string) error {
	return usage(lang.Text{UZ: flag + " kerak", RU: "нужен " + flag, EN: flag + " is needed"})
}
