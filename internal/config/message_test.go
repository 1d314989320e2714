package config

import (
	"reflect"
	"strings"
	"testing"

	"tushum/internal/lang"
	"tushum/internal/message"
)

func TestParseMessages(t *testing.T) {
	t.Parallel()
	facts := message.Facts{Shop: "Gulnora", Sum: "150 000 so‘m", Link: "https://pay.shop.uz/pay/x"}
	for _, c := range []struct{ file, uz, en string }{
		{"", "", ""},
		{"[message]\nuz = ''\nru = ''\nen = ''", "", ""},
		{"[message]\nuz = 'To‘lang: {link}'", "To‘lang: https://pay.shop.uz/pay/x", ""},
		{"[message]\nen = \"\"\"\n{shop}:\n\nplease pay {sum}\n{link}\n\"\"\"\n", "", "Gulnora:\n\nplease pay 150\u00a0000\u00a0so‘m\nhttps://pay.shop.uz/pay/x"},
		{"[message]\r\nen = '''\r\n{shop}\r\n{link}\r\n'''\r\n", "", "Gulnora\nhttps://pay.shop.uz/pay/x"},
		{"[message]\nen = '{link} \u2014 {when}'", "", "https://pay.shop.uz/pay/x"},
	} {
		cfg, err := Parse([]byte(c.file), "config.toml")
		if err != nil {
			t.Errorf("%q: %v", c.file, err)
			continue
		}
		for l, want := range map[lang.Lang]string{lang.UZ: c.uz, lang.RU: "", lang.EN: c.en} {
			if want == "" {
				want = message.Default(l).Fill(facts)
			}
			if got := cfg.Message[l].Fill(facts); got != want {
				t.Errorf("%q: in %s the message is %q, want %q", c.file, l, got, want)
			}
		}
	}
}

// A file that is read anew is compared with the settings in force.
func TestMessagesAreComparedByWhatTheySay(t *testing.T) {
	t.Parallel()
	read := func(text string) Config {
		cfg, err := Parse([]byte("[message]\nru = '"+text+"'"), "config.toml")
		if err != nil {
			t.Fatal(err)
		}
		return cfg
	}
	if !reflect.DeepEqual(read("{link} {sum}"), read("{link} {sum}")) {
		t.Error("the same file makes other settings")
	}
	if reflect.DeepEqual(read("{link} {sum}"), read("{link} {shop}")) {
		t.Error("another message makes the same settings")
	}
}

func TestRefuseMessages(t *testing.T) {
	t.Parallel()
	at := func(line string) string { return "[message]\n" + line + " #HERE" }
	refused(t, []refusal{
		{at("uz = '{phone} {link}'"), "message.uz", `there is nothing to put in place of "{phone}"`},
		{at("ru = '{link} {сумма}'"), "message.ru", `there is nothing to put in place of "{сумма}"`},
		{at("en = 'pay {sum}'"), "message.en", "has no {link}"},
		{at("en = ' '"), "message.en", "has no {link}"},
		{at("en = \"{link}\\t\\u001b[2J\""), "message.en", "U+0009"},
		{at("en = '{link}" + strings.Repeat("щ", 1000) + "'"), "message.en", "longer than 1000 characters"},
		{"[message]\nuz = '{link}'\nen = \"\"\" #HERE\n{shop}\n{sum\n{link}\"\"\"", "message.en", `there is nothing to put in place of "{sum"`},
		{at("uz = 5"), "message.uz", "wants text, found a whole number"},
		{at("uz = ['{link}']"), "message.uz", "wants text, found a list"},
		{at("uzbek = '{link}'"), "message.uzbek", "unknown key"},
		{"message = '{link}' #HERE", "message", "wants a section, found text"},
	})
}

func TestMessageRefusalsInEachLanguage(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		file       string
		l          lang.Lang
		says, hint string
	}{
		{
			"[message]\nru = '{link} {имя}'", lang.RU, `config.toml:2: message.ru: вместо "{имя}" подставить нечего`,
			"можно только {shop}, {what}, {sum}, {number}, {link}, {when}, {specialist} и {until}",
		},
		{
			"[message]\nru = '{link} {имя}'", lang.UZ, `config.toml:2: message.ru: "{имя}" o‘rniga qo‘yiladigan narsa yo‘q`,
			"faqat {shop}, {what}, {sum}, {number}, {link}, {when}, {specialist} va {until} mumkin",
		},
		{"[message]\nuz = 'salom'", lang.UZ, "config.toml:2: message.uz: xabarda {link} yo‘q", "to‘lov havolasi turadigan joyga {link} deb yozing"},
		{"[message]\nuz = 'salom'", lang.RU, "config.toml:2: message.uz: в сообщении нет {link}", "напишите {link} там, где будет ссылка на оплату"},
	} {
		_, err := Parse([]byte(c.file), "config.toml")
		problems := asErrors(t, err)
		if len(problems) != 1 || problems[0].In(c.l) != c.says || problems[0].HintIn(c.l) != c.hint {
			t.Errorf("%q is told in %s as\n%v\nwant\n%s\n%s", c.file, c.l, err, c.says, c.hint)
		}
	}
}

// The message that the example shows, in a comment, is the program's own.
func TestExampleShowsTheMessage(t *testing.T) {
	t.Parallel()
	_, after, found := strings.Cut(example(t), "#   en = \"\"\"\n")
	shown, _, ended := strings.Cut(after, "#   \"\"\"\n")
	if !found || !ended {
		t.Fatal("config.example.toml shows no message")
	}
	shown = strings.ReplaceAll(strings.TrimPrefix(shown, "#   "), "\n#   ", "\n")
	template, err := message.Parse(shown)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(template, message.Default(lang.EN)) {
		t.Errorf("the example shows\n%s", shown)
	}
}

// A message may look like settings: it stays what it is when others are edited.
func TestSettingsAreEditedAroundAMessage(t *testing.T) {
	t.Parallel()
	const head, body, tail = "[message]\nen = \"\"\"\n[uzum]\nservice_id = 5 # {shop}\n\n{link}\n\"\"\" # to customers\n", "[uzum]\nservice_id = ", "\n"
	if got := edited(t, head+body+"0"+tail, "uzum.service_id", Whole(7)); got != head+body+"7"+tail {
		t.Errorf("the file became\n%s", got)
	}
	changed := edited(t, head+body+"0"+tail, "message.en", Text("{link}"))
	if cfg, err := Parse([]byte(changed), "config.toml"); err != nil || cfg.Message[lang.EN].Fill(message.Facts{Link: "x"}) != "x" || cfg.Uzum.ServiceID != 0 {
		t.Errorf("the file became\n%s\n%v", changed, err)
	}
	if added := edited(t, head, "message.uz", Text("{link}\n{shop}")); !strings.HasPrefix(added, head) {
		t.Errorf("the file became\n%s", added)
	} else if cfg, err := Parse([]byte(added), "config.toml"); err != nil || cfg.Message[lang.UZ].Fill(message.Facts{Link: "x", Shop: "S"}) != "x\nS" {
		t.Errorf("the file became\n%s\n%v", added, err)
	}
}
