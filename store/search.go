package store

import (
	"bytes"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"tushum/internal/money"
)

// Words are what a search looks for. All must occur; or else the whole search
// reads as a sum, such as 25 000, 25k or 1,5 mln, and the record is of just that
// sum. Words are folded: case, apostrophes and Cyrillic or Latin spelling make no
// difference. The zero Words match everything.
type Words struct {
	all    []word
	groups []word       // a sum as it was typed, for sentences have sums in groups too; nil: as all
	sum    money.Amount // tiyin; zero when the search is no sum
}

// word is one of the words of a search.
type word struct {
	text   []byte // folded
	digits string // what it is within a phone, where nothing groups them; empty for what is no part of a phone
}

// SplitWords folds a search and cuts it into words, at any kind of space.
func SplitWords(search string) Words {
	var w Words
	texts := bytes.Fields(appendFolded(nil, search))
	w.all = wordsOf(texts)
	if sum, err := money.Parse(search); err == nil {
		w.sum = sum
		w.all, w.groups = wordsOf(groupedDigits(texts)), w.all
	}
	return w
}

func wordsOf(texts [][]byte) (all []word) {
	for _, text := range texts {
		all = append(all, word{text: text, digits: phoneDigits(text)})
	}
	return all
}

// groupedDigits makes one word of a sum that was typed in groups: 437 000 is not
// whatever holds 437 and 000.
func groupedDigits(texts [][]byte) [][]byte {
	joined := bytes.Join(texts, nil)
	if len(texts) < 2 || bytes.ContainsFunc(joined, func(r rune) bool { return r < '0' || r > '9' }) {
		return texts
	}
	return [][]byte{joined}
}

// phoneDigits are the digits of a word that has nothing but them and what people
// group phones with; not with points, for those are in sums and dates too.
func phoneDigits(word []byte) string {
	var digits []byte
	for _, c := range word {
		switch {
		case '0' <= c && c <= '9':
			digits = append(digits, c)
		case !strings.ContainsRune("+-()", rune(c)):
			return ""
		}
	}
	return string(digits)
}

// usualTexts is room for the texts of most records, in bytes.
const usualTexts = 384

// MatchInvoice looks in the number, amount, names, phone, note and kind.
func (w Words) MatchInvoice(i Invoice) bool {
	if w.none() || w.isSum(i.Amount) {
		return true
	}
	var room [usualTexts]byte
	texts := appendNumber(room[:0], i.Number)
	texts = appendText(texts, i.Amount.SomString())
	texts = appendText(texts, i.Customer.Name)
	texts = appendText(texts, i.Specialist)
	texts = appendText(texts, i.Note)
	texts = appendText(texts, string(i.Kind))
	for _, l := range i.Lines {
		texts = appendText(texts, l.Name)
	}
	return w.in(texts, i.Customer.Phone)
}

// MatchTransaction looks in the ids, amount, source, reference and phone.
func (w Words) MatchTransaction(t Transaction) bool {
	if w.none() || w.isSum(t.Amount) {
		return true
	}
	var room [usualTexts]byte
	texts := appendNumber(room[:0], t.Number)
	texts = appendText(texts, t.TransID)
	texts = appendText(texts, t.Amount.SomString())
	texts = appendText(texts, t.Source)
	texts = appendText(texts, t.Reference)
	texts = append(strconv.AppendInt(texts, t.ServiceID, 10), '\n')
	return w.in(texts, t.Phone)
}

// MatchCall looks in the webhook, address, ids, code and reason.
func (w Words) MatchCall(c Call) bool {
	if w.none() {
		return true
	}
	var room [usualTexts]byte
	texts := appendNumber(room[:0], c.Number)
	texts = appendText(texts, c.Webhook)
	texts = appendText(texts, c.Address)
	texts = appendText(texts, c.TransID)
	texts = appendText(texts, c.Code)
	texts = appendText(texts, c.Reason)
	return w.in(texts, "") || w.groups != nil && Words{all: w.groups}.in(texts, "")
}

// Match looks in a text that belongs to no record.
func (w Words) Match(text string) bool { return w.none() || w.in(appendText(nil, text), "") }

func (w Words) none() bool { return len(w.all) == 0 }

func (w Words) isSum(a money.Amount) bool { return w.sum != 0 && w.sum == a }

func (w Words) in(texts []byte, phone Phone) bool {
	texts = appendText(texts, string(phone))
	for _, word := range w.all {
		if !bytes.Contains(texts, word.text) && (word.digits == "" || !strings.Contains(string(phone), word.digits)) {
			return false
		}
	}
	return true
}

// appendText folds one of a record's texts. The line break keeps it apart from
// the next: no word has one.
func appendText(b []byte, s string) []byte { return append(appendFolded(b, s), '\n') }

func appendNumber(b []byte, n Number) []byte {
	if n == 0 {
		return b
	}
	return append(strconv.AppendUint(b, uint64(n), 10), '\n')
}

// appendFolded brings Uzbek, Russian and Latin spellings of a word together.
func appendFolded(b []byte, s string) []byte {
	for i := 0; i < len(s); {
		run := i
		for run < len(s) && folded[s[run]] {
			run++
		}
		b = append(b, s[i:run]...)
		if i = run; i == len(s) {
			break
		}
		switch c := s[i]; {
		case c >= utf8.RuneSelf:
			r, size := utf8.DecodeRuneInString(s[i:])
			b = appendFoldedRune(b, r)
			i += size
		case c == '\'' || c == '`':
			i++
		default:
			b = append(b, c+'a'-'A')
			i++
		}
	}
	return b
}

// folded tells the bytes that folding leaves as they are. Most texts of a ledger
// are of nothing else, and a search goes through those of a million records.
var folded = func() (plain [256]bool) {
	for c := range utf8.RuneSelf {
		plain[c] = c != '\'' && c != '`' && (c < 'A' || c > 'Z')
	}
	return plain
}()

// firstCyrillic begins the Unicode block of foldedCyrillic.
const firstCyrillic = 0x0400

func appendFoldedRune(b []byte, r rune) []byte {
	switch {
	case r >= firstCyrillic && int(r-firstCyrillic) < len(foldedCyrillic):
		return append(b, foldedCyrillic[r-firstCyrillic]...)
	case strings.ContainsRune("‘’ʻʼ´", r):
		return b
	}
	return utf8.AppendRune(b, unicode.ToLower(r))
}

// foldedCyrillic is the folded form of each letter of the Cyrillic block.
var foldedCyrillic = func() (letters [256]string) {
	for i := range letters {
		r := unicode.ToLower(rune(firstCyrillic + i))
		latin, ok := cyrillic[r]
		if !ok {
			latin = string(r)
		}
		letters[i] = latin
	}
	return letters
}()

// cyrillic is the Uzbek Latin alphabet of 1995 without its apostrophes, with
// the Russian letters that it lacks.
var cyrillic = map[rune]string{
	'а': "a", 'б': "b", 'в': "v", 'г': "g", 'д': "d", 'е': "e", 'ё': "yo", 'ж': "j", 'з': "z", 'и': "i", 'й': "y",
	'к': "k", 'л': "l", 'м': "m", 'н': "n", 'о': "o", 'п': "p", 'р': "r", 'с': "s", 'т': "t", 'у': "u", 'ф': "f",
	'х': "x", 'ц': "ts", 'ч': "ch", 'ш': "sh", 'щ': "sh", 'ъ': "", 'ы': "i", 'ь': "", 'э': "e", 'ю': "yu", 'я': "ya",
	'ў': "o", 'қ': "q", 'ғ': "g", 'ҳ': "h",
}
