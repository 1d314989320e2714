package doctor

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"tushum/internal/clean"
	"tushum/internal/lang"
	"tushum/store"
)

// about puts values into a sentence. Those that are sentences themselves are
// said in its language.
func about(t lang.Text, values ...any) lang.Text {
	return lang.Each(func(l lang.Lang) string {
		said := make([]any, len(values))
		for i, v := range values {
			if own, is := v.(lang.Text); is {
				v = own.In(l)
			}
			said[i] = v
		}
		return fmt.Sprintf(t.In(l), said...)
	})
}

// plain is a text that is the same in every language.
func plain(s string) lang.Text { return lang.Text{UZ: s, RU: s, EN: s} }

// joined puts one sentence after another.
func joined(all ...lang.Text) lang.Text {
	return lang.Each(func(l lang.Lang) string {
		var said []string
		for _, t := range all {
			if s := t.In(l); s != "" {
				said = append(said, s)
			}
		}
		return strings.Join(said, "; ")
	})
}

// cleaned keeps what came from outside from moving the cursor, and phones from
// being told. Sums hold no-break spaces, which the cleaner would show by their code.
func cleaned(t lang.Text) lang.Text {
	return lang.Each(func(l lang.Lang) string {
		const keep = "\u00a0"
		parts := strings.Split(t.In(l), keep)
		for i, part := range parts {
			parts[i] = clean.Clean(part).String()
		}
		return clean.MaskPhones(strings.Join(parts, keep))
	})
}

// maxQuoted bounds what is repeated of a foreign text, in characters.
const maxQuoted = 120

// quoted is a foreign text, short and harmless.
func quoted(s string) string { return clean.Line(s, maxQuoted).String() }

// ofLedger is what the ledger or a payment system says about an error, and what to
// do.
func ofLedger(err error) Trouble {
	if says, hint, spoken := lang.Spoken(err); spoken {
		return Trouble{Says: says, Hint: hint}
	}
	var e *store.Error
	if !errors.As(err, &e) {
		return Trouble{Says: plain(err.Error())}
	}
	return Trouble{
		Says: lang.Each(func(l lang.Lang) string {
			if e.Detail == "" {
				return e.Message(l)
			}
			return e.Message(l) + ": " + e.Detail
		}),
		Hint: lang.Each(e.Hint),
	}
}

var (
	sayDays    = lang.Text{UZ: "%d kun", RU: "%d дн.", EN: "%d days"}
	sayHours   = lang.Text{UZ: "%d soat %d daqiqa", RU: "%d ч %d мин", EN: "%d h %d min"}
	sayMinutes = lang.Text{UZ: "%d daqiqa %d soniya", RU: "%d мин %d с", EN: "%d min %d s"}
	saySeconds = lang.Text{UZ: "%d soniya", RU: "%d с", EN: "%d s"}
)

// spanText is a time in the two units that matter at its size; from two days on
// it is days.
func spanText(d time.Duration) lang.Text {
	const day = 24 * time.Hour
	switch d = d.Round(time.Second); {
	case d >= 2*day:
		return about(sayDays, d/day)
	case d >= time.Hour:
		return about(sayHours, d/time.Hour, d%time.Hour/time.Minute)
	case d >= time.Minute:
		return about(sayMinutes, d/time.Minute, d%time.Minute/time.Second)
	}
	return about(saySeconds, d/time.Second)
}
