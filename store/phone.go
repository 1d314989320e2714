package store

import (
	"log/slog"
	"strings"
)

// Phone is an Uzbek mobile or land line: 998 and nine digits. Empty is absent.
type Phone string

// ParsePhone reads a phone as people type it: +998 90 123-45-67, 901234567,
// 8 90 123 45 67. An empty string is the absent phone; anything else is Invalid.
func ParsePhone(s string) (Phone, error) {
	var digits strings.Builder
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			digits.WriteRune(r)
		case !strings.ContainsRune(" \u00a0\u202f+-().", r):
			return "", invalid(sayPhone)
		}
	}
	d := digits.String()
	switch {
	case d == "" && strings.TrimSpace(s) == "":
		return "", nil
	case len(d) == 12 && strings.HasPrefix(d, "998"):
		return Phone(d), nil
	case len(d) == 9:
		return Phone("998" + d), nil
	case len(d) == 10 && d[0] == '8': // the old trunk prefix
		return Phone("998" + d[1:]), nil
	}
	return "", invalid(sayPhone)
}

// String is the masked form, so that a full phone never slips into a log:
// +998 90 ***-**-67.
func (p Phone) String() string {
	if len(p) != 12 {
		return strings.Repeat("*", min(len(p), 12))
	}
	return "+" + string(p[:3]) + " " + string(p[3:5]) + " ***-**-" + string(p[10:])
}

// LogValue keeps the full phone out of structured logs, whose handlers don't
// all ask for String.
func (p Phone) LogValue() slog.Value { return slog.StringValue(p.String()) }

// Full is the whole phone for those who may see it: +998 90 123-45-67.
func (p Phone) Full() string {
	if len(p) != 12 {
		return string(p)
	}
	return "+" + string(p[:3]) + " " + string(p[3:5]) + " " + string(p[5:8]) + "-" + string(p[8:10]) + "-" + string(p[10:])
}
