package tui

import (
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"tushum/internal/lang"
	"tushum/store"
	"tushum/tui/keys"
)

func TestSettingsSayHowEveryKindWorks(t *testing.T) {
	t.Parallel()
	perform(t, 80, 60, connected(&around{}), func(s *stage) {
		s.press("4")
		seen := map[string]bool{}
		for i, k := range store.Kinds() {
			s.press("home")
			for range i / 2 {
				s.press("down")
			}
			if i%2 == 1 {
				s.press("right")
			}
			s.press("h")
			s.sees(s.m.say(kindTitles[k]), "for example", "what the customer sees", "what the till does", "UZS")
			if text := s.screen(); seen[text] || strings.Contains(text, "_") {
				t.Errorf("%s:\n%s", k, text)
			} else {
				seen[text] = true
			}
			s.press("esc")
		}
		s.press("end", "h")
		s.sees("select a kind of payment first")
		s.press("u")
		s.misses("Which system")
	})
}

// The texts name keys, which must be what they are said to be, in every language,
// however a kind is paid.
func TestSettingsLessonsNameTheRightKeys(t *testing.T) {
	t.Parallel()
	making := []keys.Action{keys.New, keys.More}
	byHand := []keys.Action{keys.New, keys.ToBills, keys.MarkPaid}
	for kind, actions := range map[store.Kind][]keys.Action{
		store.Visit:      {keys.New, keys.More, keys.CopyLink},
		store.Goods:      {keys.New, keys.More, keys.AddLine, keys.CopyMessage},
		store.Prepayment: making,
		store.GiftCard:   making,
		store.Membership: {keys.New, keys.More, keys.AddLine},
		store.TopUp:      making,
		store.Counter:    {keys.Till, keys.Poster},
	} {
		for _, p := range salonProfiles() {
			if p.Can.ByHand && kind != store.Counter {
				actions = byHand
			}
			for _, l := range lang.All {
				var told []string
				for _, step := range lessons[kind].steps {
					told = append(told, strings.FieldsFunc(step.of(p).In(l), func(r rune) bool { return strings.ContainsRune(" ,.:;", r) })...)
				}
				for _, a := range actions {
					if !slices.Contains(told, keys.KeyOf(a)) {
						t.Errorf("%s by %s in %s does not say %s for %s: %q", kind, p.System, l, keys.KeyOf(a), a, told)
					}
				}
			}
		}
	}
}

// The example of a kind is paid as its payment system is.
func TestSettingsLessonsFollowThePaymentSystem(t *testing.T) {
	t.Parallel()
	for _, p := range salonProfiles() {
		perform(t, 100, 60, connected(&around{}), func(s *stage) {
			for _, k := range store.Kinds() {
				if k == store.Counter && !p.Can.Counter {
					continue
				}
				for _, l := range lang.All {
					s.m.Lang = l
					text := ansi.Strip(strings.Join(s.m.lesson(k, p.System, 90), " "))
					text = strings.Join(strings.Fields(text), " ")
					switch {
					case strings.ContainsAny(text, "_{}"):
						t.Errorf("%s by %s in %s: %s", k, p.System, l, text)
					case !strings.Contains(text, p.Warning.In(l)):
						t.Errorf("%s by %s in %s does not say who is paid: %s", k, p.System, l, text)
					case !p.Can.App && inApp.MatchString(text):
						t.Errorf("%s by %s in %s speaks of an app: %s", k, p.System, l, text)
					}
				}
			}
		})
	}
}
