package store_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"tushum/store"
)

func TestParsePhone(t *testing.T) {
	t.Parallel()
	const phone store.Phone = "998901234567"
	for _, c := range []struct {
		in   string
		want store.Phone
		code store.Code
	}{
		{"998901234567", phone, ""},
		{"+998 90 123-45-67", phone, ""},
		{"+998\u00a090\u00a0123\u202f45.67", phone, ""},
		{"(90) 123 45 67", phone, ""},
		{"901234567", phone, ""},
		{"8 90 123 45 67", phone, ""},
		{"", "", ""},
		{" \t ", "", store.Invalid},
		{"   ", "", ""},
		{"+", "", store.Invalid},
		{"90123456", "", store.Invalid},
		{"9012345678", "", store.Invalid},
		{"+7 916 123 45 67", "", store.Invalid},
		{"99890123456", "", store.Invalid},
		{"9989012345678", "", store.Invalid},
		{"997901234567", "", store.Invalid},
		{"90 123 45 6O", "", store.Invalid},
		{"٩٠١٢٣٤٥٦٧", "", store.Invalid},
		{"901234567\x00", "", store.Invalid},
		{"901234567\n", "", store.Invalid},
	} {
		got, err := store.ParsePhone(c.in)
		if got != c.want || store.CodeOf(err) != c.code {
			t.Errorf("%q is read %q, %v; want %q %q", c.in, string(got), err, string(c.want), c.code)
		}
		if err != nil && len(c.in) > 8 && strings.Contains(err.Error(), c.in) {
			t.Errorf("%q: the error repeats it", c.in)
		}
	}
}

func TestPhoneIsMaskedUnlessAskedFor(t *testing.T) {
	t.Parallel()
	var logged, lines bytes.Buffer
	const phone store.Phone = "998901234567"
	slog.New(slog.NewJSONHandler(&logged, nil)).Info("paid", "phone", phone)
	slog.New(slog.NewTextHandler(&lines, nil)).Info("paid", "phone", phone)
	inv := visit()
	for name, s := range map[string]string{
		"JSON log": logged.String(), "text log": lines.String(), "sentence": fmt.Sprintf("paid by %s (%v)", phone, phone), "record": fmt.Sprintf("%+v", inv),
	} {
		if !strings.Contains(s, "+998 90 ***-**-67") || strings.Contains(s, "1234") {
			t.Errorf("%s shows %s", name, s)
		}
	}
	if got := phone.Full(); got != "+998 90 123-45-67" {
		t.Errorf("in full it is %q", got)
	}
}

func TestPhoneOfAnotherLength(t *testing.T) {
	t.Parallel()
	for phone, want := range map[store.Phone][2]string{"": {"", ""}, "12345": {"*****", "12345"}, "12345678901234": {"************", "12345678901234"}} {
		if got := [2]string{phone.String(), phone.Full()}; got != want {
			t.Errorf("shown %q, want %q", got, want)
		}
	}
}

func FuzzParsePhone(f *testing.F) {
	for _, s := range []string{"", "+998 90 123-45-67", "901234567", "8 90 123 45 67", "٩٠١٢٣٤٥٦٧"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := store.ParsePhone(s)
		if err != nil {
			wantCode(t, err, store.Invalid)
			return
		}
		if p != "" && (len(p) != 12 || p[:3] != "998" || strings.Trim(string(p), "0123456789") != "") {
			t.Fatalf("%q is read %q", s, string(p))
		}
		if again, err := store.ParsePhone(p.Full()); err != nil || again != p {
			t.Fatalf("%q does not survive being shown: %v", string(p), err)
		}
	})
}
