package money_test

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tushum/internal/lang"
	"tushum/internal/money"
)

func TestParseReadsWhatPeopleType(t *testing.T) {
	t.Parallel()
	for in, som100 := range map[string]money.Amount{
		"0": 0, "0,00": 0, "00": 0, "1": 100, "007": 700,
		"150000": 15_000_000, "150 000": 15_000_000, " 150000\n": 15_000_000,
		"150\u00a0000": 15_000_000, "150\u202f000": 15_000_000, "150\u2009000": 15_000_000, "150  000": 15_000_000,
		"1 250 000": 125_000_000, "1.250.000": 125_000_000, "1,250,000": 125_000_000,
		"1,250.00": 125_000, "1.250,5": 125_050, "1 250,05": 125_005, "1,250,000.10": 125_000_010,
		"12,5": 1_250, "12.50": 1_250, "0.5": 50, "0,01": 1,
		"150k": 15_000_000, "150K": 15_000_000, "150 к": 15_000_000, "150л": 15_000_000,
		"150 ming": 15_000_000, "150 Ming": 15_000_000, "150минг": 15_000_000, "150 тыс": 15_000_000,
		"150 тыс.": 15_000_000, "150 тысяч": 15_000_000, "0.150k": 15_000, "1,5k": 150_000, "1.2345k": 123_450,
		"1.5m": 150_000_000, "1,5 mln": 150_000_000, "1,5 млн": 150_000_000, "1,5 млн.": 150_000_000,
		"1.500 mln": 150_000_000, "1,125m": 112_500_000, "2 миллиона": 200_000_000, "1.5ь": 150_000_000,
		"1.12345678m": 112_345_678, "1.500000000 mln": 150_000_000, "1 mlrd": 100_000_000_000, "0 ming": 0,
		"150000 so'm": 15_000_000, "150000 so‘m": 15_000_000, "150000soʻm": 15_000_000, "150000 so`m": 15_000_000,
		"150 000 сум": 15_000_000, "150 000 сўм": 15_000_000, "150000 UZS": 15_000_000, "150000uzs": 15_000_000,
		"150 ming so‘m": 15_000_000, "1,5 млн сум.": 150_000_000, "1.5m\u00a0UZS": 150_000_000,
		"92233720368547758,07": money.Max, "92 233 720 368 547 758,07 so‘m": money.Max,
	} {
		got, err := money.Parse(in)
		if err != nil || got != som100 {
			t.Errorf("Parse(%q) = %d, %v; want %d", in, got, err, som100)
		}
	}
}

func TestParseRefusesWhatIsNoAmount(t *testing.T) {
	t.Parallel()
	for in, say := range map[string]string{
		"": "nothing was typed", " \u00a0": "nothing was typed", "-": "nothing was typed",
		"abc": "not a sum", "so'm": "not a sum", "k": "not a sum", ".5": "not a sum", "5.": "not a sum",
		"5, mln": "not a sum", ".": "not a sum", ",": "not a sum", "٣٠": "not a sum", "１５": "not a sum",
		"+5": "not a sum", "UZS 5": "not a sum", "\x00": "not a sum",
		"1e5": "word after the number", "0x10": "word after the number", "150\n000": "word after the number",
		"150\t000": "word after the number", "150 mings": "word after the number", "1 mln 500 ming": "word after the number",
		"150 so'm k": "word after the number", "150 k k": "word after the number", "1'500": "word after the number",
		"1_500": "word after the number", "150 USD": "word after the number", "5\x1b[2J": "word after the number",
		"15 0000": "by three", "1 50": "by three", "1500 000": "by three", "0 500": "by three", "1.50.000": "by three",
		"1.500,000.5": "by three", "1 500.000.000": "by three", "1..5": "by three", "1,,500,000": "by three",
		"1.500.00": "by three", "1 .5": "by three", "1, 5": "by three", "..": "by three", "1,500 000": "by three",
		"1.2345": "finer than a tiyin", "0.500": "finer than a tiyin", "1500.500": "finer than a tiyin",
		"1 500,500": "finer than a tiyin", "1,2500": "finer than a tiyin", "1.123456k": "finer than a tiyin",
		"1.123456789m": "finer than a tiyin", "-1.2345": "finer than a tiyin", "- abc": "not a sum",
	} {
		got, err := money.Parse(in)
		if !errors.Is(err, money.ErrSyntax) || errors.Is(err, money.ErrRange) || got != 0 {
			t.Errorf("Parse(%q) = %d, %v; want ErrSyntax", in, got, err)
			continue
		}
		if !strings.Contains(err.Error(), say) {
			t.Errorf("Parse(%q): %q does not say %q", in, err, say)
		}
	}
}

func TestParseRefusesTwoReadings(t *testing.T) {
	t.Parallel()
	for in, ways := range map[string][2]string{
		"1.500": {"1500", "1,50"}, "25.000": {"25000", "25,00"}, "1,500": {"1500", "1,50"},
		"999,999": {"999999", "999,99"}, "1.500 so‘m": {"1500", "1,50"},
		"1.500k": {"1500k", "1500"}, "1,125 ming": {"1125k", "1125"},
	} {
		_, err := money.Parse(in)
		var pe *money.ParseError
		if !errors.As(err, &pe) || !errors.Is(err, money.ErrSyntax) {
			t.Errorf("Parse(%q): %v; want a ParseError of ErrSyntax", in, err)
			continue
		}
		for _, l := range lang.All {
			if say := pe.In(l); !strings.Contains(say, ways[0]+" ") || !strings.Contains(say, ways[1]) {
				t.Errorf("Parse(%q) in %s: %q does not offer %v", in, l, say, ways)
			}
		}
		for _, way := range ways {
			if _, err := money.Parse(way); err != nil {
				t.Errorf("Parse(%q) offers %q, which is refused: %v", in, way, err)
			}
		}
	}
}

func TestParseRefusesOutOfRange(t *testing.T) {
	t.Parallel()
	for in, say := range map[string]string{
		"-5": "never negative", "−5": "never negative", "–5 000": "never negative", "--5": "never negative",
		"- 1,5 mln": "never negative", "-99999999999999999999": "never negative", "-0": "never negative",
		"92233720368547758,08": "too large", "92233720368547759": "too large", "99999999999999999999": "too large",
		"184467440737095516,16": "too large", "184467440737095516,19": "too large", "100000000 mlrd": "too large",
		"92233720368548k": "too large", strings.Repeat("9", 5000): "too large",
	} {
		got, err := money.Parse(in)
		if !errors.Is(err, money.ErrRange) || errors.Is(err, money.ErrSyntax) || got != 0 {
			t.Errorf("Parse(%.30q) = %d, %v; want ErrRange", in, got, err)
			continue
		}
		if !strings.Contains(err.Error(), say) {
			t.Errorf("Parse(%.30q): %q does not say %q", in, err, say)
		}
	}
}

func TestParseErrorSpeaksEveryLanguageAndRepeatsNoPhone(t *testing.T) {
	t.Parallel()
	for _, in := range []string{"", "x", "1 50", "1.500", "1.2345", "5 foo", "-5", "99999999999999999999", "+998 90 123-45-67"} {
		_, err := money.Parse(in)
		var pe *money.ParseError
		if !errors.As(err, &pe) {
			t.Fatalf("Parse(%q): %v is no ParseError", in, err)
		}
		said := map[string]bool{}
		for _, l := range lang.All {
			said[pe.In(l)] = true
		}
		if len(said) != len(lang.All) || said[""] {
			t.Errorf("Parse(%q) is not said in every language: %v", in, said)
		}
		if strings.Contains(err.Error(), "123-45-67") {
			t.Errorf("Parse(%q) repeats the number: %v", in, err)
		}
	}
}

func TestParseReadsBackWhatIsShown(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a := money.Amount(rapid.Int64Min(0).Draw(t, "tiyin"))
		l := rapid.SampledFrom(lang.All[:]).Draw(t, "language")
		for _, text := range []string{
			a.Format(l), a.Number(), a.SomString(), lang.ASCIIApostrophe(a.Format(l)),
			strings.ReplaceAll(a.Number(), "\u00a0", "\u202f"),
		} {
			if got, err := money.Parse(text); err != nil || got != a {
				t.Fatalf("Parse(%q) = %d, %v; want %d", text, got, err, a)
			}
		}
	})
}

func TestParseScalesByWords(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(0, 9_000_000).Draw(t, "n")
		plain := money.Amount(n).SomString()
		for word, factor := range map[string]money.Amount{"k": 1_000, " ming": 1_000, " млн": 1_000_000, " mlrd": 1_000_000_000} {
			if got, err := money.Parse(plain + word); err != nil || got != money.Amount(n)*factor {
				t.Fatalf("Parse(%q) = %d, %v; want %d", plain+word, got, err, money.Amount(n)*factor)
			}
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"150000", "150\u00a0000", "1.5m", "1,5 mln so‘m", "1.500", "25.000k", "-5", "..", "1,2,3", "0,150 тыс.",
		"92233720368547758,08", "5\xff", "1 .5 ", "99999999999999999999 mlrd",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		a, err := money.Parse(s)
		if err != nil {
			if errors.Is(err, money.ErrSyntax) == errors.Is(err, money.ErrRange) || a != 0 {
				t.Errorf("Parse(%q) = %d, %v: want one sentinel and no amount", s, a, err)
			}
			return
		}
		if a < 0 || !strings.ContainsAny(s, "0123456789") {
			t.Errorf("Parse(%q) = %d", s, a)
		}
		if back, err := money.Parse(a.Number()); err != nil || back != a {
			t.Errorf("Parse(%q) = %d, shown %q, read back %d, %v", s, a, a.Number(), back, err)
		}
	})
}
