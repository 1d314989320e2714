package config

import (
	"slices"
	"strings"
	"unicode/utf8"

	"tushum/internal/lang"
)

var (
	sayUnknownKey     = lang.Text{UZ: "noma’lum kalit", RU: "неизвестный ключ", EN: "unknown key"}
	sayUnknownSection = lang.Text{UZ: "noma’lum bo‘lim", RU: "неизвестный раздел", EN: "unknown section"}
	hintDidYouMean    = lang.Text{UZ: "balki %s demoqchidirsiz?", RU: "возможно, имелось в виду %s?", EN: "did you mean %s?"}
	hintBelongsBelow  = lang.Text{UZ: "bu kalit [%s] qatoridan keyin yoziladi", RU: "этот ключ пишется ниже строки [%s]", EN: "this key belongs below a line [%s]"}
	hintSeeExample    = lang.Text{UZ: "barcha kalitlar config.example.toml da", RU: "все ключи есть в config.example.toml", EN: "config.example.toml shows every key"}
)

// bare shows a name of the file as TOML would write it: as it is where it is a
// plain word, else quoted.
func bare(name string) string {
	if name != "" && len(name) <= 40 && strings.IndexFunc(name, notInName) < 0 {
		return name
	}
	return shown(name)
}

// notInName tells the characters that a plain name has not.
func notInName(r rune) bool {
	return !isLetter(r) && !isDigit(r) && r != '_' && r != '-'
}

func isLetter(r rune) bool { return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' }

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

// ask makes a key a known one, so that the reading code is the only list of
// keys there is.
func (r *report) ask(key string) {
	if !slices.Contains(r.asked, key) {
		r.asked = append(r.asked, key)
	}
}

// refuseUnknown refuses the keys of the file that nothing asked for.
func (r *report) refuseUnknown() {
	type found struct {
		name  string
		value *node
		in    *section
	}
	var unknown []found
	for _, s := range r.opened {
		for _, name := range s.node.names {
			if !slices.Contains(r.asked, s.key(name)) {
				unknown = append(unknown, found{name, s.node.values[name], s})
			}
		}
	}
	slices.SortStableFunc(unknown, func(a, b found) int { return a.value.line - b.value.line })
	for _, u := range unknown[:min(len(unknown), maxProblems)] {
		what := sayUnknownKey
		if u.value.kind == kindTable {
			what = sayUnknownSection
		}
		r.add(u.value.line, u.in.key(u.name), fault{says: what, hint: u.in.meant(u.name)})
	}
}

// meant guesses which key an unknown one was to be: one written nearly so in
// the same section, or the same one in another.
func (s *section) meant(name string) lang.Text {
	var here []string
	for _, key := range s.report.asked {
		in, last := splitKey(key)
		if in == s.name {
			here = append(here, last)
		}
	}
	if near := nearest(name, here); near != "" {
		return spell(hintDidYouMean, s.key(near))
	}
	for _, key := range s.report.asked {
		if in, last := splitKey(key); in != "" && last == name {
			return spell(hintBelongsBelow, in)
		}
	}
	return hintSeeExample
}

// splitKey parts a full key from the section it stands in.
func splitKey(key string) (section, last string) {
	at := strings.LastIndexByte(key, '.')
	return key[:max(at, 0)], key[at+1:]
}

// nearest finds the known name that was probably meant: the one fewest
// keystrokes away, if that is a small part of its length.
func nearest(typed string, known []string) string {
	best, least := "", 3
	for _, name := range known {
		if d := distance(strings.ToLower(typed), name); d < least && d*3 <= len(name) {
			best, least = name, d
		}
	}
	return best
}

// distance is Levenshtein's: letters to put in, take out or change. Names far
// longer than any of ours are not looked at.
func distance(a, b string) int {
	const longest = 40
	if utf8.RuneCountInString(a) > longest {
		return longest
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
