package lang

import (
	"errors"
	"strings"
)

// Each is what is said in each of the languages.
func Each(say func(Lang) string) Text { return Text{UZ: say(UZ), RU: say(RU), EN: say(EN)} }

// Fill puts words into the sentence in every language. They come in pairs, a mark such
// as {sum} and the word that takes its place; a mark within a word is no mark. A
// translation that is missing stays so.
func (t Text) Fill(pairs ...string) Text {
	r := strings.NewReplacer(pairs...)
	return Text{UZ: r.Replace(t.UZ), RU: r.Replace(t.RU), EN: r.Replace(t.EN)}
}

// FillEach puts into the sentence what is another word in each language. Words of
// somebody else's come last, by Fill: they may hold anything.
func (t Text) FillEach(mark string, word Text) Text {
	return Text{
		UZ: strings.ReplaceAll(t.UZ, mark, word.In(UZ)),
		RU: strings.ReplaceAll(t.RU, mark, word.In(RU)),
		EN: strings.ReplaceAll(t.EN, mark, word.In(EN)),
	}
}

// SpokenError is a failure that people should read, as those of payment systems are:
// In says what is wrong, and HintIn what to do.
type SpokenError interface {
	error
	In(l Lang) string
	HintIn(l Lang) string
}

// Spoken is what an error says to people in every language, where it or one that it
// wraps is a SpokenError.
func Spoken(err error) (says, hint Text, ok bool) {
	var e SpokenError
	if !errors.As(err, &e) {
		return Text{}, Text{}, false
	}
	return Each(e.In), Each(e.HintIn), true
}
