package store_test

import (
	"testing"
	"unicode"
	"unicode/utf8"

	"tushum/internal/lang"
	"tushum/store"
)

func TestEveryKindHasATitleOfItsOwn(t *testing.T) {
	t.Parallel()
	for _, l := range lang.All {
		whose := make(map[string]store.Kind)
		for _, k := range store.Kinds() {
			title := store.KindTitle(k, l)
			if first, _ := utf8.DecodeRuneInString(title); title == "" || !unicode.IsUpper(first) || whose[title] != "" {
				t.Errorf("%s in %s is titled %q, as is %q", k, l, title, whose[title])
			}
			whose[title] = k
		}
		if got := store.KindTitle("raffle", l); got != "raffle" {
			t.Errorf("an unknown kind is titled %q in %s", got, l)
		}
	}
}

func TestEveryKindHasAWordOfItsOwn(t *testing.T) {
	t.Parallel()
	for _, l := range lang.All {
		whose := make(map[string]store.Kind)
		for _, k := range store.Kinds() {
			word := store.KindWord(k, l)
			if word == "" || word == string(k) && l != lang.EN || whose[word] != "" {
				t.Errorf("%s in %s is %q, as is %q", k, l, word, whose[word])
			}
			whose[word] = k
		}
		if got := store.KindWord("raffle", l); got != "raffle" {
			t.Errorf("an unknown kind is %q in %s", got, l)
		}
	}
}
