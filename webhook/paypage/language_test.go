package paypage

import (
	"strings"
	"testing"

	"tushum/internal/lang"
)

func TestTheBrowsersLanguageIsSpoken(t *testing.T) {
	t.Parallel()
	for wishes, want := range map[string]lang.Lang{
		"uz": lang.UZ, "uz-UZ,uz;q=0.9,ru;q=0.8": lang.UZ, "uz-Latn-UZ": lang.UZ, "uz-Cyrl": lang.UZ, "uz-Cyrl-UZ,ru;q=0.5": lang.UZ,
		"ru": lang.RU, "ru-RU,ru;q=0.9,en-US;q=0.8,en;q=0.7": lang.RU, "RU": lang.RU,
		"en-GB,en;q=0.9": lang.EN, "en-US": lang.EN, "de-DE,en;q=0.5": lang.EN, "fr;q=0.9,ru;q=0.1": lang.RU,
		"kk-KZ": lang.RU, "tg,zh;q=0.5": lang.RU,
		"ja": "", "": "", "*": "", "zh-CN,zh;q=0.9": "", ";;;": "", "q=1": "", "\xff\xfe": "", "en_US.UTF-8": "",
		"zh," + strings.Repeat("ja,", 5000) + "ru":     "",
		"ru," + strings.Repeat("ja,", 5000):            lang.RU,
		strings.Repeat("a-", 8000):                     "",
		strings.Repeat("ja;q=0.9,", 20) + "ru;q=0.001": lang.RU,
	} {
		for _, otherwise := range lang.All {
			expected := want
			if expected == "" {
				expected = otherwise
			}
			if got := preferred(wishes, otherwise); got != expected {
				t.Errorf("who asks for %.40q in a shop of %s gets %s, want %s", wishes, otherwise, got, expected)
			}
		}
	}
}

func TestTheSwitchWinsOverTheBrowser(t *testing.T) {
	t.Parallel()
	s := openStall(t)
	inv := s.counter()
	for _, path := range []string{"/pay", pageByToken(inv), pageByNumber(inv), "/pay/nothing"} {
		for query, want := range map[string]string{"?lang=en": "en", "?lang=uz": "uz", "?lang=fr": "ru", "": "ru", "?lang=": "ru"} {
			got := s.ask(path+query, "Accept-Language", "ru")
			if !strings.Contains(got.body, `<html lang="`+want+`">`) || got.header.Get("Content-Language") != want {
				t.Errorf("%s is not in %s, but in %q", path+query, want, got.header.Get("Content-Language"))
			}
			if got.header.Get("Vary") != "Accept-Language" {
				t.Errorf("%s does not say that it depends on the browser's language", path+query)
			}
		}
	}
}

func TestTheSwitchKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	s := openStall(t)
	inv := s.counter()
	for path, want := range map[string]string{
		pageByToken(inv) + "?amount=25+000&lang=en": `<a href="?amount=25&#43;000&amp;lang=ru" lang="ru" hreflang="ru">`,
		"/pay?number=123&lang=en":                   `<a href="?lang=ru&amp;number=123" lang="ru" hreflang="ru">`,
		"/pay?lang=en":                              `<a href="?lang=en" lang="en" hreflang="en" aria-current="true">`,
		pageByToken(inv) + "?utm_source=x&lang=en":  `<a href="?lang=uz" lang="uz" hreflang="uz">`,
		pageByToken(inv) + "?amount=25000&lang=en":  `data-events="/pay/` + inv.Token.String() + `/events?amount=25000&amp;lang=en"`,
		pageByToken(inv) + "?amount=2500&lang=ru":   `src="/pay/` + inv.Token.String() + `/qr.svg?amount=2500&amp;lang=ru"`,
	} {
		if body := s.page(path); !strings.Contains(body, want) {
			t.Errorf("%s has no %s:\n%s", path, want, steady(body, inv))
		}
	}
}
