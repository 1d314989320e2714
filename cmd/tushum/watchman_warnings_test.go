package main

import (
	"crypto/x509"
	"errors"
	"log/slog"
	"net/netip"
	"slices"
	"testing"
	"time"

	"tushum/internal/config"
	"tushum/internal/lang"
	"tushum/store"
	"tushum/webhook"
)

const (
	mib = 1 << 20
	gib = 1 << 30
)

func TestWhenADiskIsShort(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		free, total uint64
		uz, ru, en  string // empty: there is room
	}{
		{free: 0, total: 0},
		{free: gib, total: 20 * gib},
		{free: 5 * gib, total: 100 * gib},
		{free: 30 * gib, total: 30 * gib},
		{free: 200 * gib, total: 8192 * gib},
		{
			gib - 1, 10 * gib,
			"diskda joy kam qoldi: 10\u00a0GiB dan 1023\u00a0MiB bo‘sh", "на диске мало места: свободно 1023\u00a0MiB из 10\u00a0GiB", "the disk is short of room: 1023\u00a0MiB of 10\u00a0GiB are free",
		},
		{
			0, 500 * mib,
			"diskda joy kam qoldi: 500\u00a0MiB dan 0\u00a0MiB bo‘sh", "на диске мало места: свободно 0\u00a0MiB из 500\u00a0MiB", "the disk is short of room: 0\u00a0MiB of 500\u00a0MiB are free",
		},
		{
			5*gib - gib/10, 100*gib + gib/2,
			"diskda joy kam qoldi: 100.5\u00a0GiB dan 4.9\u00a0GiB bo‘sh", "на диске мало места: свободно 4.9\u00a0GiB из 100.5\u00a0GiB", "the disk is short of room: 4.9\u00a0GiB of 100.5\u00a0GiB are free",
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
	cfg := config.Default()
	cfg.Shop.Location = time.FixedZone("Asia/Tashkent", 5*60*60)
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
			got := certificateWarnings(c.state, cfg, now)
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

// The bank connects to public_url and to nothing else. Before a proxy it sees the
// proxy's certificate, and one of ours may be for a name of the house.
func TestACertificateForAnotherHostIsWrong(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 21, 7, 0, 0, 0, time.UTC)
	state := webhook.CertificateState{Names: []string{"shop.uz", "*.shop.uz"}, NotBefore: now.Add(-time.Hour), NotAfter: now.Add(90 * 24 * time.Hour)}
	proxies := []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}
	none := state
	none.Names = nil
	for _, c := range []struct {
		name     string
		state    webhook.CertificateState
		listener config.Listener
		wrong    bool
	}{
		{"no public_url", state, config.Listener{}, false},
		{"its host", state, config.Listener{PublicURL: "https://shop.uz"}, false},
		{"a host of its wildcard, on a port", state, config.Listener{PublicURL: "https://pay.shop.uz:8443"}, false},
		{"another host", state, config.Listener{PublicURL: "https://pay.other.uz"}, true},
		{"another host on a port", state, config.Listener{PublicURL: "https://a.pay.shop.uz:8443"}, true},
		{"another host behind a proxy", state, config.Listener{PublicURL: "https://pay.other.uz", TrustedProxies: proxies}, false},
		{"to try things out", state, config.Listener{PublicURL: "http://127.0.0.1:8080"}, false},
		{"none yet", none, config.Listener{PublicURL: "https://pay.other.uz"}, false},
	} {
		cfg := config.Default()
		cfg.Listener = c.listener
		got := certificateWarnings(c.state, cfg, now)
		if (len(got) == 1 && got[0].Code == store.CertificateWrong) != c.wrong || !c.wrong && len(got) > 0 {
			t.Errorf("%s: got %+v", c.name, got)
		}
	}
	cfg := config.Default()
	cfg.Listener.PublicURL = "https://pay.other.uz"
	want := lang.Text{
		UZ: "HTTPS sertifikati pay.other.uz uchun emas, bank ulanmaydi; u shop.uz, *.shop.uz uchun",
		RU: "HTTPS-сертификат не для pay.other.uz, банк не подключится; он для shop.uz, *.shop.uz",
		EN: "the HTTPS certificate is not for pay.other.uz, and the bank will not connect; it is for shop.uz, *.shop.uz",
	}
	if got := certificateWarnings(state, cfg, now); len(got) != 1 || got[0].Says != want || got[0].Hint != hintOtherHost {
		t.Errorf("got %+v", got)
	}
}

// What a certificate in real files says of its end is told once, and in the words
// of the watchman; what else is wrong with it is told as it is.
func TestWhatIsWrongWithACertificateThatIsServed(t *testing.T) {
	t.Parallel()
	certFile, keyFile := selfSigned(t, x509.NewCertPool())
	for name, c := range map[string]struct {
		at    time.Duration // from now; it ends in an hour
		wrong []*webhook.CertificateError
		want  []store.WarningCode
	}{
		"in force": {-30 * 24 * time.Hour, nil, nil},
		"in force, and wrong": {
			-30 * 24 * time.Hour, []*webhook.CertificateError{{Says: lang.Text{EN: "not begun"}}, {Says: lang.Text{EN: "key open"}}},
			[]store.WarningCode{store.CertificateWrong, store.CertificateWrong},
		},
		"ended":            {2 * time.Hour, nil, []store.WarningCode{store.CertificateEnding}},
		"ended, and wrong": {2 * time.Hour, []*webhook.CertificateError{{Says: lang.Text{EN: "key open"}}}, []store.WarningCode{store.CertificateEnding, store.CertificateWrong}},
	} {
		now := time.Now().Add(c.at)
		certificate, err := webhook.LoadCertificate(certFile, keyFile, slog.New(slog.DiscardHandler), func() time.Time { return now })
		if err != nil {
			t.Fatal(err)
		}
		state := certificate.State()
		state.Warnings = append(state.Warnings, c.wrong...)
		var codes []store.WarningCode
		var says []string
		for _, w := range certificateWarnings(state, config.Default(), now) {
			codes = append(codes, w.Code)
			if w.Code == store.CertificateWrong {
				says = append(says, w.Says.EN)
			}
		}
		if !slices.Equal(codes, c.want) {
			t.Errorf("%s: warned of %v, want %v", name, codes, c.want)
		}
		for i, wrong := range c.wrong {
			if i < len(says) && says[i] != wrong.Says.EN {
				t.Errorf("%s: says %q, want %q", name, says[i], wrong.Says.EN)
			}
		}
	}
}
