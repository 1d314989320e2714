package lang_test

import (
	"errors"
	"fmt"
	"testing"

	"tushum/internal/lang"
)

func TestWordsArePutIntoEveryLanguage(t *testing.T) {
	t.Parallel()
	sentence := lang.Text{UZ: "{who}: {sum}, {sum}", RU: "от {who} {sum}", EN: "{sum} of {who}"}
	if got, want := sentence.Fill("{sum}", "5", "{who}", "{sum}"), (lang.Text{UZ: "{sum}: 5, 5", RU: "от {sum} 5", EN: "5 of {sum}"}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if got, want := sentence.FillEach("{who}", lang.Text{UZ: "qo‘lda", EN: "hand"}).Fill("{sum}", "5"), (lang.Text{UZ: "qo‘lda: 5, 5", RU: "от hand 5", EN: "5 of hand"}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if got := (lang.Text{EN: "{n} left"}).FillEach("{n}", lang.Text{EN: "one"}); got != (lang.Text{EN: "one left"}) {
		t.Errorf("what was missing became %+v", got)
	}
	if got := lang.Each(func(l lang.Lang) string { return "in " + string(l) }); got != (lang.Text{UZ: "in uz", RU: "in ru", EN: "in en"}) {
		t.Errorf("each is %+v", got)
	}
}

// spoken is a failure with words.
type spoken struct{}

func (spoken) Error() string             { return "for the log" }
func (spoken) In(l lang.Lang) string     { return "says " + string(l) }
func (spoken) HintIn(l lang.Lang) string { return "hint " + string(l) }

// mute has one half of the words only.
type mute struct{ error }

func (mute) In(l lang.Lang) string { return string(l) }

func TestAFailureSpeaksInEveryLanguage(t *testing.T) {
	t.Parallel()
	says, hint, ok := lang.Spoken(fmt.Errorf("asking: %w", errors.Join(errors.New("first"), spoken{})))
	if want := (lang.Text{UZ: "says uz", RU: "says ru", EN: "says en"}); !ok || says != want {
		t.Errorf("it says %+v, %t", says, ok)
	}
	if want := (lang.Text{UZ: "hint uz", RU: "hint ru", EN: "hint en"}); hint != want {
		t.Errorf("it advises %+v", hint)
	}
	for _, err := range []error{nil, errors.New("plain"), mute{errors.New("half")}} {
		if says, hint, ok := lang.Spoken(err); ok || says != (lang.Text{}) || hint != (lang.Text{}) {
			t.Errorf("%v says %+v, %+v", err, says, hint)
		}
	}
}
