package main

import (
	"errors"
	"testing"
	"time"

	"tushum/internal/lang"
	"tushum/store"
	"tushum/webhook"
)

func TestWhenADiskIsShort(t *testing.T) {
	t.Parallel()
	const mib = 1 << 20
	for _, c := range []struct {
		free, total uint64
		uz, ru, en  string // empty: there is room
	}{
		{free: 0, total: 0},
		{free: gib, total: 20 * gib},
		{free: 5 * gib, total: 100 * gib},
		{free: 30 * gib, total: 30 * gib},
		{
			gib - 1, 10 * gib,
			"diskda joy kam qoldi: 10\u00a0GB dan 1023\u00a0MB bo‘sh", "на диске мало места: свободно 1023\u00a0МБ из 10\u00a0ГБ", "the disk is short of room: 1023\u00a0MB of 10\u00a0GB are free",
		},
		{
			0, 500 * mib,
			"diskda joy kam qoldi: 500\u00a0MB dan 0\u00a0MB bo‘sh", "на диске мало места: свободно 0\u00a0МБ из 500\u00a0МБ", "the disk is short of room: 0\u00a0MB of 500\u00a0MB are free",
		},
		{
			5*gib - gib/10, 100*gib + gib/2,
			"diskda joy kam qoldi: 100,5\u00a0GB dan 4,9\u00a0GB bo‘sh", "на диске мало места: свободно 4,9\u00a0ГБ из 100,5\u00a0ГБ", "the disk is short of room: 4,9\u00a0GB of 100,5\u00a0GB are free",
		},
	} {
		r := room{c.free, c.total}
		if r.short() != (c.en != "") {
			t.Errorf("%d of %d is short: %v", c.free, c.total, r.short())
		}
		if w := r.warning(); c.en != "" && (w.Code != store.DiskShort || w.Says != lang.Text{UZ: c.uz, RU: c.ru, EN: c.en} || w.Hint != hintDiskShort) {
			t.Errorf("%d of %d says %+v", c.free, c.total, w)
		}
	}
}

func TestWhatACertificateWarnsOf(t *testing.T) {
	t.Parallel()
	const day = 24 * time.Hour
	now := time.Date(2026, 11, 21, 7, 0, 0, 0, time.UTC)
	zone := time.FixedZone("Asia/Tashkent", 5*60*60)
	certificate := func(life, left time.Duration) webhook.CertificateState {
		return webhook.CertificateState{NotBefore: now.Add(left - life), NotAfter: now.Add(left)}
	}
	automatic := func(s webhook.CertificateState) webhook.CertificateState {
		s.Automatic = true
		return s
	}
	failing := func(s webhook.CertificateState, err error) webhook.CertificateState {
		s.Err = err
		return s
	}
	told := &webhook.CertificateError{Says: lang.Text{UZ: "kalit mos emas", RU: "ключ не подходит", EN: "the key does not match"}, Hint: lang.Text{UZ: "u", RU: "р", EN: "e"}}
	ended := lang.Text{
		UZ: "HTTPS sertifikati muddati tugagan: 21.11.2026 12:00, bank chaqira olmaydi",
		RU: "HTTPS-сертификат истёк 21.11.2026 12:00, банк не может обратиться",
		EN: "the HTTPS certificate ended 21.11.2026 12:00, and the bank can't call",
	}
	ends := lang.Text{
		UZ: "HTTPS sertifikati muddati tugayapti: 05.12.2026 11:59", RU: "HTTPS-сертификат скоро истечёт: 05.12.2026 11:59", EN: "the HTTPS certificate ends soon: 05.12.2026 11:59",
	}
	for _, c := range []struct {
		name  string
		state webhook.CertificateState
		want  []store.Warning
	}{
		{"none yet", webhook.CertificateState{}, nil},
		{"weeks are left", certificate(90*day, 14*day), nil},
		{"under 14 days", certificate(90*day, 14*day-time.Minute), []store.Warning{{Code: store.CertificateEnding, Says: ends, Hint: hintOwnCertificate}}},
		{"under 14 days, by itself", automatic(certificate(90*day, 14*day-time.Minute)), []store.Warning{{Code: store.CertificateEnding, Says: ends, Hint: hintACME}}},
		{"one of six days, by itself", automatic(certificate(6*day, 2*day)), nil},
		{"ended now", certificate(90*day, 0), []store.Warning{{Code: store.CertificateEnding, Since: store.At(now), Says: ended, Hint: hintOwnCertificate}}},
		{"ended, by itself", automatic(certificate(6*day, 0)), []store.Warning{{Code: store.CertificateEnding, Since: store.At(now), Says: ended, Hint: hintACME}}},
		{"could not be renewed", failing(certificate(90*day, 30*day), told), []store.Warning{{Code: store.CertificateFailing, Says: told.Says, Hint: told.Hint}}},
		{"without advice", failing(webhook.CertificateState{}, &webhook.CertificateError{Says: told.Says}), []store.Warning{{Code: store.CertificateFailing, Says: told.Says, Hint: hintCertificate}}},
		{"for no known reason", failing(webhook.CertificateState{}, errors.New("secret detail")), []store.Warning{{Code: store.CertificateFailing, Says: sayNoCertificate, Hint: hintCertificate}}},
		{
			"could not be renewed, and has ended", failing(certificate(90*day, 0), told),
			[]store.Warning{{Code: store.CertificateFailing, Says: told.Says, Hint: told.Hint}, {Code: store.CertificateEnding, Since: store.At(now), Says: ended, Hint: hintOwnCertificate}},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := certificateWarnings(c.state, zone, now)
			if len(got) != len(c.want) {
				t.Fatalf("got %+v, want %+v", got, c.want)
			}
			for i, w := range got {
				if w != c.want[i] {
					t.Errorf("got %+v, want %+v", w, c.want[i])
				}
			}
		})
	}
}
