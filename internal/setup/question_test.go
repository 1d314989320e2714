package setup_test

import (
	"errors"
	"strings"
	"testing"

	"tushum/internal/config"
	"tushum/internal/lang"
	"tushum/internal/setup"
	"tushum/store"
)

// fresh are the answers of settings that nobody has written yet.
func fresh() setup.Answers { return setup.From(config.Default()) }

// systems are payment systems as their table has them.
var systems = []store.Profile{
	{System: "uzum", Name: lang.Text{EN: "Uzum Bank"}, Can: store.Abilities{App: true, Counter: true, Calls: true}},
	{
		System: "oneclick", Name: lang.Text{EN: "OneClick"}, Can: store.Abilities{Card: true, Deals: true},
		Warning: lang.Text{UZ: "Pul do‘konga tushmaydi: USDT.", RU: "Деньги получает не магазин: USDT.", EN: "The shop is not the payee."},
	},
	{System: "manual", Name: lang.Text{UZ: "qo‘lda", RU: "вручную", EN: "by hand"}, Can: store.Abilities{ByHand: true}},
}

// with are fresh answers and some more.
func with(pairs ...string) setup.Answers {
	a := fresh()
	for i := 0; i < len(pairs); i += 2 {
		a[setup.ID(pairs[i])] = pairs[i+1]
	}
	return a
}

func question(t *testing.T, id setup.ID) setup.Question {
	t.Helper()
	q, ok := setup.Find(systems, id)
	if !ok {
		t.Fatalf("there is no question %s", id)
	}
	return q
}

const unseen = "\ufeff \u00a0\u200b\t"

func TestAnswersAreTakenAsTheyWereMeant(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		id    setup.ID
		typed string
		all   setup.Answers
		want  string
	}{
		{setup.ShopName, unseen + "Salon «Lola»" + unseen + "\n", nil, "Salon «Lola»"},
		{setup.ShopName, "Do‘kon\tO'zbek", nil, "Do‘kon O'zbek"},
		{setup.ShopAddress, "", nil, ""},
		{setup.ShopPhone, " +998 71 200-00-00 ", nil, "+998 71 200-00-00"},
		{setup.ShopLanguage, "RU", nil, "ru"},

		{setup.UzumServiceID, "101202", nil, "101202"},
		{setup.UzumServiceID, "\ufeff«101\u00a0202»\r\n", nil, "101202"},
		{setup.UzumServiceID, "\"007\"", nil, "7"},
		{setup.UzumServiceID, "", nil, ""},
		{setup.UzumPair, "Yes", nil, "yes"},
		{setup.UzumLogin, "'uzum\u200b-shop '", nil, "uzum-shop"},
		{setup.UzumLogin, "", nil, ""},
		{setup.UzumPassword, "\ufeffs3cret\r\n", nil, "s3cret"},
		{setup.UzumPassword, "a:b c", nil, "a:b c"},
		{setup.UzumPassword, " пароль для банка\u00a0", nil, "пароль для банка"},
		{setup.UzumPassword, "\"quoted\"", nil, "\"quoted\""},
		{setup.UzumPassword, "", with("uzum-service-id", "1", "pairs-in-use", "1"), ""},
		{setup.UzumPassword, "", with("uzum-service-id", "1", "uzum-password-hash", "$2a$"), ""},
		{setup.UzumPassword, "", nil, ""},
		{setup.UzumKeepOld, "no", nil, "no"},
		{setup.UzumKeepOld, "yes", with("pairs-in-use", "1", "uzum-pair", "yes"), "yes"},
		{setup.UzumKeepOld, "Older", with("pairs-in-use", "2", "uzum-pair", "yes"), "older"},
		{setup.UzumKeepOld, "yes", with("pairs-in-use", "2", "login-in-use", "lola", "uzum-login", "lola"), "yes"},
		{setup.UzumAccountParam, " account ; order_id", nil, "account,order_id"},
		{setup.UzumPath, "/uzum ", nil, "/uzum"},

		{setup.UzumMethods, "card, APP", nil, "app,card"},
		{setup.UzumMethods, "card", nil, "card"},
		{setup.UzumMinAmount, "5 ming so‘m", nil, "5000"},
		{setup.UzumMinAmount, "1000,5", nil, "1000.50"},
		{setup.UzumMaxAmount, "1,5 mln", nil, "1500000"},
		{setup.UzumMaxAmount, "", nil, "0"},
		{setup.UzumTestMode, "YES", nil, "yes"},

		{setup.ListenAddress, " :8443", nil, ":8443"},
		{setup.PublicURL, "pay.Shop.uz", nil, "https://pay.shop.uz"},
		{setup.PublicURL, "HTTPS://pay.shop.uz/", nil, "https://pay.shop.uz"},
		{setup.PublicURL, " \"https://pay.shop.uz:8443\" ", nil, "https://pay.shop.uz:8443"},
		{setup.PublicURL, "http://127.0.0.1:8080", nil, "http://127.0.0.1:8080"},
		{setup.PublicURL, "", nil, ""},
		{setup.HTTPS, "ACME", nil, "acme"},
		{setup.TLSCert, " 'certs/my chain.pem' ", nil, "certs/my chain.pem"},
		{setup.TLSKey, "certs/key.pem", nil, "certs/key.pem"},
		{setup.ACMEDomain, "pay.shop.uz www.shop.uz", nil, "pay.shop.uz,www.shop.uz"},
		{setup.ACMEEmail, "lola@shop.uz ", nil, "lola@shop.uz"},
		{setup.ACMEDirectory, "", nil, ""},
		{setup.ACMEDirectory, "https://ca.shop.uz/dir", nil, "https://ca.shop.uz/dir"},
		{setup.ACMECARoot, "", nil, ""},
		{setup.ACMEHTTPAddress, ":80", nil, ":80"},
		{setup.ACMEHTTPAddress, "", nil, ""},
		{setup.TrustedProxies, "127.0.0.1, 10.0.0.0/24", nil, "127.0.0.1,10.0.0.0/24"},

		{setup.OneClickSwitch, " ON", nil, "on"},
		{setup.OneClickConsent, "Yes", with("oneclick", "on"), "yes"},
		{setup.OneClickConsent, "no", nil, "no"},
		{setup.OneClickURL, " Api.Example.uz/ ", nil, "https://Api.Example.uz"},
		{setup.OneClickURL, "http://127.0.0.1:8099", nil, "http://127.0.0.1:8099"},
		{setup.OneClickURL, "", nil, ""},
		{setup.OneClickCredentials, " 'keys/my shop.json' ", with("oneclick", "on"), "keys/my shop.json"},
		{setup.OneClickFlow, "H2H", nil, "h2h"},
		{setup.OneClickCountry, " uz", nil, "UZ"},
		{setup.OneClickCountry, "", nil, ""},
		{setup.OneClickLang, "payer", nil, "payer"},
		{setup.OneClickLang, "RU", nil, "ru"},
		{setup.OneClickMinAmount, "5 ming", nil, "5000"},
		{setup.OneClickMaxAmount, "", nil, "0"},
		{setup.OneClickMaxAmount, "1,5 mln", nil, "1500000"},
		{setup.OneClickTestMode, "YES", nil, "yes"},

		{"route-visit", "Manual", nil, "manual"},
		{"route-goods", "OneClick", with("oneclick", "on"), "oneclick"},
		{"route-counter", "manual", nil, "manual"},
		{"tariff-uzcard", "0,4 %", nil, "0.4"},
		{"tariff-humo", "1", nil, "1"},
		{"tariff-humo", "0.40", nil, "0.4"},
		{"tariff-installment", "5.25", nil, "5.25"},
		{"tariff-uzum-debit-visa", "", nil, ""},
		{setup.TariffFrom, "1.2.2026", nil, "2026-02-01"},
		{setup.TariffFrom, "2026-02-01", nil, "2026-02-01"},
		{setup.TariffFrom, "", nil, ""},
	} {
		all := c.all
		if all == nil {
			all = fresh()
		}
		got, err := question(t, c.id).Check(c.typed, all)
		if err != nil || got != c.want {
			t.Errorf("%s: %q is taken as %q, %v; want %q", c.id, c.typed, got, err, c.want)
		}
		if again, err := question(t, c.id).Check(got, all); err != nil || again != got {
			t.Errorf("%s: %q a second time is %q, %v", c.id, got, again, err)
		}
	}
}

func TestAnswersAreRefusedInWords(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 1025)
	for _, c := range []struct {
		id         setup.ID
		typed      string
		all        setup.Answers
		uz, ru, en string // part of the sentence or the hint
	}{
		{setup.ShopName, strings.Repeat("ы", 201), nil, "200 belgidan uzun", "длиннее 200", "longer than 200"},
		{setup.ShopAddress, "a\x1b[2J", nil, "boshqaruv belgisi", "управляющий символ", "control character"},
		{setup.ShopPhone, "a\x00", nil, "boshqaruv belgisi", "управляющий символ", "control character"},
		{setup.ShopLanguage, "kk", nil, "uz, ru, en", "uz, ru, en", "write one of these: uz, ru, en"},

		{setup.UzumServiceID, "SRV-101", nil, "harflari bor kalit", "ключ с буквами", "a key with letters is something else"},
		{setup.UzumServiceID, "-5", nil, "raqam emas", "не число", "is not a number"},
		{setup.UzumServiceID, "0", nil, "raqam emas", "не число", "is not a number"},
		{setup.UzumServiceID, "99999999999999999999", nil, "raqam emas", "не число", "is not a number"},
		{setup.UzumServiceID, "", with("pairs-in-use", "1"), "to‘ldirilmagan", "не заполнено", "not filled in"},
		{setup.UzumPair, "maybe", nil, "yes, no", "yes, no", "yes, no"},
		{setup.UzumLogin, "shop:1", nil, "ikki nuqta", "двоеточие", "has a colon in it"},
		{setup.UzumLogin, " ", with("uzum-service-id", "1"), "to‘ldirilmagan", "не заполнено", "not filled in"},
		{setup.UzumPassword, " \r\n", with("uzum-service-id", "1"), "to‘ldirilmagan", "не заполнено", "not filled in"},
		{setup.UzumPassword, long, nil, "1024 baytdan uzun", "длиннее 1024", "longer than 1024 bytes"},
		{setup.UzumPassword, "one\ntwo", nil, "qator uzilishi", "перевод строки", "line break"},
		{setup.UzumPassword, "\xcf\xe0\xf0\xee\xeb\xfc", nil, "UTF-8 emas", "не в UTF-8", "not UTF-8"},
		{setup.UzumKeepOld, "yes", with("pairs-in-use", "2", "uzum-pair", "yes"), "allaqachon amalda", "уже действуют две", "two pairs of login and password"},
		{setup.UzumKeepOld, "", nil, "javob emas", "не ответ", "not one of the answers"},
		{setup.UzumAccountParam, "счёт", nil, "oddiy nom emas", "не простое имя", "is not a plain name"},
		{setup.UzumAccountParam, "amount", nil, "boshqa narsani", "означает для банка другое", "means something else"},
		{setup.UzumAccountParam, "", nil, "birdan sakkiztagacha", "от одного до восьми", "one to eight names"},
		{setup.UzumPath, "uzum", nil, "qiya chiziq bilan", "с косой черты", "does not begin with a slash"},

		{setup.UzumMethods, "cash", nil, "app, card", "app, card", "app, card"},
		{setup.UzumMethods, " ", nil, "hech biri", "ничего не выбрано", "none is chosen"},
		{setup.UzumMinAmount, "1.500", nil, "", "", "1500"},
		{setup.UzumMinAmount, "", nil, "summa kiritilmagan", "сумма не введена", "nothing was typed"},
		{setup.UzumMinAmount, "-5", nil, "", "", "negative"},
		{setup.UzumMaxAmount, "500", nil, "dan katta", "больше, чем max_amount", "is above max_amount"},
		{setup.UzumTestMode, "1", nil, "yes, no", "yes, no", "yes, no"},

		{setup.ListenAddress, "8080", nil, "host:port", "хост:порт", "host:port"},
		{setup.PublicURL, "https://pay.shop.uz/uzum", nil, "https://pay.shop.uz\" deb yozing", "напишите \"https://pay.shop.uz\"", "write \"https://pay.shop.uz\""},
		{setup.PublicURL, "pay.shop.uz/uzum/", nil, "https://pay.shop.uz\" deb yozing", "напишите \"https://pay.shop.uz\"", "write \"https://pay.shop.uz\""},
		{setup.PublicURL, "http://pay.shop.uz", nil, "shifrlanmagan", "без шифрования", "is not encrypted"},
		{setup.PublicURL, "дўкон.uz", nil, "host nomi emas", "не имя хоста", "is not a host"},
		{setup.PublicURL, "https://user:key@pay.shop.uz", nil, "foydalanuvchi nomi", "имя пользователя", "user name"},
		{setup.HTTPS, "letsencrypt", nil, "files, acme, proxy, none", "files, acme, proxy, none", "files, acme, proxy, none"},
		{setup.TLSCert, "~/cert.pem", nil, "~ bilan boshlangan", "начинается с ~", "begins with ~"},
		{setup.TLSCert, "", nil, "to‘ldirilmagan", "не заполнено", "not filled in"},
		{setup.TLSKey, "~/key.pem", nil, "~ bilan boshlangan", "начинается с ~", "begins with ~"},
		{setup.ACMEDomain, "https://pay.shop.uz", nil, "domen emas", "не домен", "is not a domain"},
		{setup.ACMEEmail, "lola", nil, "nom@sayt", "имя@сайт", "name@site"},
		{setup.ACMEDirectory, "http://ca.shop.uz", nil, "https manzili emas", "не адрес https", "is not an https URL"},
		{setup.ACMECARoot, "~/ca.pem", nil, "~ bilan boshlangan", "начинается с ~", "begins with ~"},
		{setup.ACMEHTTPAddress, "80", nil, "host:port", "хост:порт", "host:port"},
		{setup.TrustedProxies, "0.0.0.0/0", nil, "barcha manzillar", "все адреса", "every address there is"},

		{"route-goods", "cash", nil, "uzum, oneclick, manual", "uzum, oneclick, manual", "uzum, oneclick, manual"},
		{"route-counter", "oneclick", with("oneclick", "on"), "to‘lovchi o‘zi yozadigan", "вводит плательщик", "amounts that the payer types"},

		{setup.OneClickSwitch, "yes", nil, "off, on", "off, on", "off, on"},
		{setup.OneClickConsent, "no", with("oneclick", "on"), "USDT", "USDT", "The shop is not the payee; if the owner agrees to that, answer yes"},
		{setup.OneClickConsent, "ok", nil, "no, yes", "no, yes", "no, yes"},
		{setup.OneClickURL, "http://api.example.uz", nil, "shifrlanmagan", "без шифрования", "is not encrypted"},
		{setup.OneClickURL, "https://api.example.uz/v1", nil, "yo‘l bor", "есть путь", "has a path"},
		{setup.OneClickURL, " ", with("oneclick", "on"), "to‘ldirilmagan", "не заполнено", "not filled in"},
		{setup.OneClickCredentials, "~/keys.json", nil, "~ bilan boshlangan", "начинается с ~", "begins with ~"},
		{setup.OneClickCredentials, "", with("oneclick", "on"), "to‘ldirilmagan", "не заполнено", "not filled in"},
		{setup.OneClickFlow, "redirect", nil, "widget, h2h", "widget, h2h", "widget, h2h"},
		{setup.OneClickCountry, "UZB", nil, "mamlakat kodi emas", "не код страны", "is not a country"},
		{setup.OneClickLang, "kk", nil, "payer, uz, ru, en", "payer, uz, ru, en", "payer, uz, ru, en"},
		{setup.OneClickMinAmount, "-5", nil, "", "", "negative"},
		{setup.OneClickMaxAmount, "500", nil, "dan katta", "больше, чем max_amount", "is above max_amount"},
		{setup.OneClickMaxAmount, "5000", with("oneclick-min", "6000"), "dan katta", "больше, чем max_amount", "is above max_amount"},
		{setup.OneClickTestMode, "on", nil, "yes, no", "yes, no", "yes, no"},
		{"route-goods", "oneclick", nil, "OneClick sahifasida yoqing", "включите её на странице OneClick", "OneClick is switched off; switch it on first, on the page OneClick"},
		{"tariff-humo", "101", nil, "foiz emas", "не процент", "is not a percentage"},
		{"tariff-humo", "0.405", nil, "ikki kasr raqamli", "двух знаков", "two decimals"},
		{"tariff-humo", "-1", nil, "foiz emas", "не процент", "is not a percentage"},
		{"tariff-humo", "1.", nil, "foiz emas", "не процент", "is not a percentage"},
		{setup.TariffFrom, "32.01.2026", nil, "sana emas", "не дата", "is not a date"},
		{setup.TariffFrom, "01.02.0026", nil, "sana emas", "не дата", "is not a date"},
	} {
		all := c.all
		if all == nil {
			all = fresh()
		}
		_, err := question(t, c.id).Check(c.typed, all)
		var says *config.Error
		if !errors.As(err, &says) {
			t.Errorf("%s: %q gives %v", c.id, c.typed, err)
			continue
		}
		for l, want := range map[lang.Lang]string{lang.UZ: c.uz, lang.RU: c.ru, lang.EN: c.en} {
			if whole := says.In(l) + "; " + says.HintIn(l); !strings.Contains(whole, want) || strings.ContainsAny(whole, "\x00\x1b") {
				t.Errorf("%s: %q is told in %s as %q, want %q in it", c.id, c.typed, l, whole, want)
			}
		}
		if c.id == setup.UzumPassword && c.typed != " \r\n" && strings.Contains(err.Error(), c.typed) {
			t.Errorf("a refusal repeats the password: %v", err)
		}
	}
}

// Every question has to have been asked in the tables above, and says in three
// languages what it wants.
func TestQuestionsAreAskedInWords(t *testing.T) {
	t.Parallel()
	seen := make(map[setup.ID]bool)
	for _, q := range setup.Questions(systems) {
		if seen[q.ID] || q.Check == nil || q.Page == "" {
			t.Errorf("%s is there twice, has no check or no page", q.ID)
		}
		seen[q.ID] = true
		if (q.Kind == setup.Choice || q.Kind == setup.Several) == (len(q.Options) == 0) {
			t.Errorf("%s has %d options", q.ID, len(q.Options))
		}
		for _, l := range lang.All {
			if q.Title.In(l) == "" || q.Help.In(l) == "" || strings.HasSuffix(q.Help.In(l), ".") {
				t.Errorf("%s in %s: %q, %q", q.ID, l, q.Title.In(l), q.Help.In(l))
			}
			for _, o := range q.Options {
				if o.Name.In(l) == "" {
					t.Errorf("%s in %s: %s has no name", q.ID, l, o.Value)
				}
			}
		}
	}
	if _, there := setup.Find(systems, "no-such"); there || len(seen) < 35 {
		t.Errorf("%d questions", len(seen))
	}
}

func TestOnlyWhatMattersIsAsked(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		id  setup.ID
		all setup.Answers
		is  bool
	}{
		{setup.ShopName, nil, true},
		{setup.UzumLogin, with("uzum-pair", "no"), true},
		{setup.UzumLogin, with("uzum-pair", "yes"), false},
		{setup.UzumPassword, with("uzum-pair", "yes"), false},
		{setup.UzumKeepOld, with("uzum-pair", "yes"), false},
		{setup.UzumKeepOld, with("uzum-pair", "yes", "pairs-in-use", "1"), true},
		{setup.UzumKeepOld, with("uzum-password", "x", "pairs-in-use", "1"), true},
		{setup.UzumKeepOld, with("uzum-login", "aziza", "login-in-use", "lola", "pairs-in-use", "1"), true},
		{setup.UzumKeepOld, with("uzum-login", "lola", "login-in-use", "lola", "pairs-in-use", "1"), false},
		{setup.UzumKeepOld, with("uzum-pair", "yes", "uzum-keep-old", "yes"), false},
		{setup.TLSCert, with("https", "files"), true},
		{setup.TLSKey, with("https", "acme"), false},
		{setup.ACMEDomain, with("https", "acme"), true},
		{setup.TrustedProxies, with("https", "proxy"), true},
		{setup.TrustedProxies, with("https", "none"), false},
		{setup.OneClickSwitch, nil, true},
		{setup.OneClickURL, nil, false},
		{setup.OneClickURL, with("oneclick", "on"), true},
		{setup.OneClickConsent, nil, false},
		{setup.OneClickConsent, with("oneclick", "on"), true},
		{setup.OneClickConsent, with("oneclick", "on", "oneclick-in-use", "yes"), false},
	} {
		if got := question(t, c.id).IsAsked(c.all); got != c.is {
			t.Errorf("%s with %v is asked: %v", c.id, c.all, got)
		}
	}
}

func TestPasswordsThatProgramsMangleAreNoted(t *testing.T) {
	t.Parallel()
	note := question(t, setup.UzumPassword).Note
	for secret, noted := range map[string]bool{"plain-1!": false, "a:b": true, "a b": true, "пароль": true} {
		if got := note(secret) != (lang.Text{}); got != noted {
			t.Errorf("%q is noted: %v", secret, got)
		}
	}
}

func TestAnAddressWhoseHTTPSNobodyDoesIsNoted(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		url, way string
		noted    bool
	}{
		{"https://pay.shop.uz", setup.ByNone, true},
		{"https://pay.shop.uz", setup.ByProxy, false},
		{"https://pay.shop.uz", setup.ByACME, false},
		{"http://127.0.0.1:8080", setup.ByNone, false},
		{"https://127.0.0.1:8443", setup.ByNone, false},
		{"https://localhost", setup.ByNone, false},
		{"", setup.ByNone, false},
	} {
		if got := setup.NoteHTTPS(with("public-url", c.url, "https", c.way)) != (lang.Text{}); got != c.noted {
			t.Errorf("%s by %s is noted: %t", c.url, c.way, got)
		}
	}
}
