package store

import (
	"strconv"
	"strings"
	"unicode"
)

// Words are what a search looks for; all must occur. They are folded: case,
// apostrophes and Cyrillic or Latin spelling make no difference.
type Words []string

// SplitWords folds a search and cuts it into words.
func SplitWords(search string) Words { return strings.Fields(fold(search)) }

// MatchInvoice looks in the number, amount, names, phone and note.
func (w Words) MatchInvoice(i Invoice) bool {
	if len(w) == 0 {
		return true
	}
	texts := []string{i.Number.String(), i.Amount.SomString(), i.Customer.Name, i.Customer.Phone.Full(), string(i.Customer.Phone), i.Specialist, i.Note, string(i.Kind)}
	for _, l := range i.Lines {
		texts = append(texts, l.Name)
	}
	return w.in(texts)
}

// MatchTransaction looks in the ids, amount, source and phone.
func (w Words) MatchTransaction(t Transaction) bool {
	return len(w) == 0 || w.in([]string{
		t.TransID, t.Number.String(), t.Amount.SomString(), t.Source, t.Reference, t.Phone.Full(), string(t.Phone), strconv.FormatInt(t.ServiceID, 10),
	})
}

func (w Words) in(texts []string) bool {
	hay := fold(strings.Join(texts, "\n"))
	for _, word := range w {
		if !strings.Contains(hay, word) {
			return false
		}
	}
	return true
}

// fold brings Uzbek, Russian and Latin spellings of a word together.
func fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		r = unicode.ToLower(r)
		if strings.ContainsRune("'‘’ʻʼ`´", r) {
			continue
		}
		if latin, ok := cyrillic[r]; ok {
			b.WriteString(latin)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// cyrillic is the Uzbek Latin alphabet of 1995 without its apostrophes, with
// the Russian letters that it lacks.
var cyrillic = map[rune]string{
	'а': "a", 'б': "b", 'в': "v", 'г': "g", 'д': "d", 'е': "e", 'ё': "yo", 'ж': "j", 'з': "z", 'и': "i", 'й': "y",
	'к': "k", 'л': "l", 'м': "m", 'н': "n", 'о': "o", 'п': "p", 'р': "r", 'с': "s", 'т': "t", 'у': "u", 'ф': "f",
	'х': "x", 'ц': "ts", 'ч': "ch", 'ш': "sh", 'щ': "sh", 'ъ': "", 'ы': "i", 'ь': "", 'э': "e", 'ю': "yu", 'я': "ya",
	'ў': "o", 'қ': "q", 'ғ': "g", 'ҳ': "h",
}
