package clean_test

import (
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tushum/internal/clean"
)

func TestMaskPhone(t *testing.T) {
	t.Parallel()
	const masked = masked67
	for in, want := range map[string]string{
		"998901234567": masked, "+998901234567": masked, "+998 90 123-45-67": masked, "+998 (90) 123 45 67": masked,
		" 998-90-123-45-67\n": masked, "998.90.123.45.67": masked, "00998901234567": masked, "00 998 90 123 45 67": masked,
		"+998\u00a090\u202f123\u201145\u201167": masked, "9\u200b98901234567": masked, "９９８９０１２３４５６７": masked,
		"+٩٩٨٩٠١٢٣٤٥٦٧": masked,
		"901234567":     "*******67", "90 123 45 67": "** *** ** 67", "+7 912 345-67-89": "+* *** ***-**-89",
		"99890123456": "*********56", "9989012345678": "***********78", "tel 998901234567 Ali": "tel **********67 Ali",
		"998901234567, 998935554433": "************, **********33", "": "", "Ali": "Ali", "7": "*", "67": "**", "167": "*67",
		"1\xff23": "*\xff23", "８６７": "*６７",
	} {
		if got := clean.MaskPhone(in); got != want {
			t.Errorf("MaskPhone(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestMaskPhones(t *testing.T) {
	t.Parallel()
	const masked = masked67
	for in, want := range map[string]string{
		"998901234567": masked, "tel998901234567x": "tel" + masked + "x", `{"phone":"998901234567"}`: `{"phone":"` + masked + `"}`,
		"Ali +998 90 123-45-67.": "Ali " + masked + ".", "a +998(90)1234567 b": "a " + masked + " b",
		"00998901234567": masked, "998 90 123 45 67": masked, "+ (998) 90 - 123.45.67": masked, "%2B998901234567": "%2B" + masked,
		"998901234567 998901234567": masked + " " + masked, "998901234567\n998901234567": masked + "\n" + masked,
		"+998901234567+998901234567": masked + masked, "12.05.2026 998901234567 14:30": "12.05.2026 " + masked + " 14:30",
		"+998901234567 12.05.2026": masked + " 12.05.2026", "９９８９０１２３４５６７": masked, "+998\u200b901234567": masked,
		"+998 90 123 45":   "+*** ** *** 45",
		"+9989012345678":   "+***********78",
		"1998901234567890": "**************90",
		"20998901234567":   "************67",
		"+7 912 345-67-89": "+* *** ***-**-89",
		"90 123-45-67":     "** ***-**-67",
		"(90) 123 45 67 x": "(**) *** ** 67 x",
		"1 90 123 45 67":   "1 ** *** ** 67",
		"𝟗𝟗𝟖𝟗𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕": masked,
		"99890       12345": "99890       12345",
		"99890\n1234567":    "99890\n1234567",
		"\xff998901234567":  "\xff" + masked,
	} {
		if got := clean.MaskPhones(in); got != want {
			t.Errorf("MaskPhones(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestMaskPhonesLeavesTheRest(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"", "Ali", "1 250 000 so‘m", "+1 250 000 so‘m", "+998 000 so‘m", "998 000 12.05.2026", "12.05.2026 14:30:15", "10011",
		"1234567", "901234567", "1789980123456", "2026-05-12T14:30:15.123456789Z", "8600 1234 5678 9012", "++ + 5",
		"99890123456", "0.4 %", "a\xffb", "7c9e6679-7425-40de-944b-e07fc1f90ae7", masked67,
	} {
		if got := clean.MaskPhones(s); got != s {
			t.Errorf("MaskPhones(%q) = %q, want it unchanged", s, got)
		}
	}
}

const masked67 = "+998 90 ***-**-67"

// TestMaskPhonesHidesAnyFormat writes a phone in some format into some text
// and looks for its digits in what comes out.
func TestMaskPhonesHidesAnyFormat(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		own := rapid.StringMatching(`[2-9][0-9][1-9]{7}`).Draw(t, "own digits")
		gap := rapid.SampledFrom([]string{"", " ", "-", ".", "\u00a0", " - ", "\u200b"})
		g := func() string { return gap.Draw(t, "gap") }
		phone := rapid.SampledFrom([]string{"", "+", "00", "+ "}).Draw(t, "prefix") +
			"998" + g() + own[:2] + g() + own[2:5] + g() + own[5:7] + g() + own[7:]
		word := rapid.SampledFrom([]string{"", "Ali ", "tel:", "so‘m, ", "\n", "№ "})
		text := word.Draw(t, "before") + phone + word.Draw(t, "after")

		got := clean.MaskPhones(text)
		if want := strings.Replace(text, phone, "+998 "+own[:2]+" ***-**-"+own[7:], 1); got != want {
			t.Fatalf("MaskPhones(%q) = %q, want %q", text, got, want)
		}
		if one, want := clean.MaskPhone(phone), "+998 "+own[:2]+" ***-**-"+own[7:]; one != want {
			t.Fatalf("MaskPhone(%q) = %q, want %q", phone, one, want)
		}
	})
}

var bare = regexp.MustCompile(`998[0-9]{9}`)

func FuzzMaskPhones(f *testing.F) {
	for _, s := range []string{"+998 90 123-45-67", "998901234567998901234567", "90 123 45 67", "++998", "+ ", "\xff9", "٩٩٨٩٠١٢٣٤٥٦٧", "00 00998901234567"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got := clean.MaskPhones(s); bare.MatchString(got) {
			t.Errorf("MaskPhones(%q) = %q", s, got)
		}
		digits := 0
		for _, r := range clean.MaskPhone(s) {
			if '0' <= r && r <= '9' {
				digits++
			}
		}
		if digits > len("9989067") {
			t.Errorf("MaskPhone(%q) = %q shows %d digits", s, clean.MaskPhone(s), digits)
		}
	})
}
