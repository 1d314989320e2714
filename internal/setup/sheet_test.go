package setup_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/internal/setup"
	"tushum/store"
)

func fullSheet(t *testing.T) setup.Sheet {
	t.Helper()
	number, err := store.ParseNumber("1000002")
	if err != nil {
		t.Fatal(err)
	}
	return setup.Sheet{
		Shop: "Salon «Lola»", BaseURL: "https://pay.shop.uz/uzum", ServiceID: 101202, Login: "uzum-abcdef", Password: "canary:пароль 1",
		AccountKey: "account", TestInvoice: number, TestAmount: 1000 * money.Som,
	}
}

func TestTheSheetTellsTheBankEverythingOnce(t *testing.T) {
	t.Parallel()
	s := fullSheet(t)
	want := []string{"https://pay.shop.uz/uzum/check", "https://pay.shop.uz/uzum/create", "https://pay.shop.uz/uzum/confirm", "https://pay.shop.uz/uzum/reverse", "https://pay.shop.uz/uzum/status"}
	if !slices.Equal(s.URLs(), want) {
		t.Errorf("the URLs are %q", s.URLs())
	}
	for l, words := range map[lang.Lang][]string{
		lang.UZ: {"Sinov hisobi", "1000002, 1 000 so‘m", "faqat hozir ko‘rsatiladi"},
		lang.RU: {"Тестовый счёт", "1000002, 1 000 сум", "только сейчас"},
		lang.EN: {"Test invoice", "1000002, 1 000 UZS", "shown here and only now"},
	} {
		text := s.Text(l)
		for _, w := range slices.Concat(words, want, []string{"Salon «Lola»", "101202", "uzum-abcdef", "account", "https://pay.shop.uz/uzum\n"}) {
			if !strings.Contains(text, w) {
				t.Errorf("in %s there is no %q:\n%s", l, w, text)
			}
		}
		if strings.Count(text, s.Password) != 1 {
			t.Errorf("in %s the password stands there %d times:\n%s", l, strings.Count(text, s.Password), text)
		}
	}
}

func TestTheSheetWithoutAPasswordSaysSo(t *testing.T) {
	t.Parallel()
	s := fullSheet(t)
	s.Password, s.BaseURL, s.TestInvoice, s.Shop = "", "", 0, "\x1b[2J"
	text := s.Text(lang.EN)
	for _, w := range []string{"as agreed before, not shown here", "none yet: there is no public URL"} {
		if !strings.Contains(text, w) {
			t.Errorf("there is no %q:\n%s", w, text)
		}
	}
	if strings.ContainsRune(text, '\x1b') || strings.Contains(text, "only now") || strings.Contains(text, "Test invoice") || s.URLs() != nil {
		t.Errorf("the sheet is\n%s", text)
	}
}

func TestPairsAreEasyToCopyAndNeverTheSame(t *testing.T) {
	t.Parallel()
	login, secret := regexp.MustCompile(`^uzum-[a-km-z]{6}$`), regexp.MustCompile(`^[2-9a-km-np-zA-HJ-NP-Z]{24}$`)
	seen := make(map[string]bool)
	for range 200 {
		l, p, err := setup.NewPair()
		if err != nil || !login.MatchString(l) || !secret.MatchString(p) || seen[p] || strings.ContainsAny(l+p, "l1IoO0:") && strings.ContainsAny(p, "l1IoO0:") {
			t.Fatalf("%q, %q, %v", l, p, err)
		}
		seen[p] = true
	}
}
