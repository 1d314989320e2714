package tui

import (
	"strings"
	"testing"
	"time"

	"tushum/internal/lang"
	"tushum/internal/message"
	"tushum/internal/money"
	"tushum/store"
)

// Not every customer reads the seat's language: the same key has the others.
func TestTheMessageIsCopiedInTheNextLanguageWhenAskedAgain(t *testing.T) {
	t.Parallel()
	perform(t, 100, 30, func(_ *stage, o *Options) { o.Lang = lang.RU }, func(s *stage) {
		inv := s.issue(shampoo())
		s.code(inv)
		for _, c := range []struct {
			before time.Duration
			says   string
			has    string
		}{
			{0, "сообщение скопировано: русский. Ещё раз m: английский", "Счёт № "},
			{time.Second, "сообщение скопировано: английский. Ещё раз m: узбекский", "Invoice number"},
			{5 * time.Second, "сообщение скопировано: узбекский. Ещё раз m: русский", "To‘lov raqami"},
			{messageAgain - 1, "сообщение скопировано: русский. Ещё раз m: английский", "Счёт № "},
			{messageAgain, "сообщение скопировано: русский. Ещё раз m: английский", "Счёт № "},
		} {
			s.pass(c.before)
			s.press("m")
			s.notices(c.says)
			if last := s.copied[len(s.copied)-1]; !strings.Contains(last, c.has) || !strings.Contains(last, inv.Number.String()) {
				t.Errorf("after %s copied %q, want %q in it", c.before, last, c.has)
			}
		}
		s.code(s.issue(shampoo()))
		s.press("m") // another invoice begins with the seat's language
		s.notices("сообщение скопировано: русский")
	})
}

// A template that was changed in the settings is used from then on.
func TestTheMessageFollowsTheSettings(t *testing.T) {
	t.Parallel()
	a := &around{}
	own, err := message.Parse("pay {link} now")
	if err != nil {
		t.Fatal(err)
	}
	perform(t, 80, 24, connected(a), func(s *stage) {
		s.code(s.issue(store.Draft{Amount: 25_000 * money.Som}))
		a.change(s, func(now *State) { now.Message = Messages{lang.EN: own} })
		s.press("m")
		if len(s.copied) != 1 || !strings.HasPrefix(s.copied[0], "pay https://") || !strings.HasSuffix(s.copied[0], " now") {
			t.Errorf("copied %q", s.copied)
		}
	})
}
