package tui

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"tushum/internal/lang"
	"tushum/store"
	"tushum/tui/look"
)

// longCard is a card of which all that is said about it is long.
var longCard = store.PayTo{
	Card: "8600123456789012", Owner: "ABDURAHMONOVA MUHABBAT ABDUMALIKOVNA",
	Bank: "O‘zbekiston Respublikasi Tashqi iqtisodiy faoliyat milliy banki", QR: "8600123456789012",
}

// linkCard is one whose code holds a link, and is large.
func linkCard() store.PayTo {
	to := longCard
	to.QR = "https://pay.oneclick.example/transfer/8600123456789012?amount=25000&currency=UZS&deal=64c1f2aa9e0b7d5531f0c2aa&sign=5f9d2c7e1ab34c68"
	return to
}

// A payer compares the card, its owner, the bank and the sum before they send the money,
// and has to know how long they may: all of it is on the screen, whatever its size.
func TestWhatAPayerComparesIsOnEveryScreen(t *testing.T) {
	t.Parallel()
	waits := map[lang.Lang][]string{
		lang.UZ: {"o‘tkazma kutilmoqda", "15:00 qoldi"},
		lang.RU: {"ждём перевод", "осталось 15:00"},
		lang.EN: {"waiting for the transfer", "15:00 left"},
	}
	for name, to := range map[string]store.PayTo{"short": aCard, "long": longCard, "link": linkCard()} {
		for _, size := range []Size{{40, 24}, {60, 24}, {60, 30}, {80, 24}, {80, 30}, {120, 40}} {
			for _, l := range lang.All {
				t.Run(fmt.Sprintf("%s, %dx%d, %s", name, size.Width, size.Height, l), func(t *testing.T) {
					t.Parallel()
					v := &dealMaker{to: to, lasts: 15 * time.Minute}
					perform(t, size.Width, size.Height, func(s *stage, o *Options) { o.Lang = l; dealt(v, false)(s, o) }, func(s *stage) {
						s.code(s.issue(shampoo()))
						s.pass(0)
						s.fits()
						_, body, _ := strings.Cut(s.screen(), "1000002") // what the title says does not count
						wants := append(strings.Fields(to.Owner+" "+to.Bank), waits[l]...)
						for _, text := range wants {
							if !strings.Contains(body, text) {
								t.Errorf("there is no %q", text)
							}
						}
						_, body, _ = strings.Cut(body, "\n")
						if !reads(body, shampoo().Amount.Number()) {
							t.Error("there is no sum")
						}
						if !reads(body, "8600 1234 5678 9012") && !(reads(body, "8600 1234") && reads(body, "5678 9012")) {
							t.Error("there is no card")
						}
						if coded(body) != (name != "link" || size.Width >= 80 && size.Height >= 30) {
							t.Errorf("a code is shown: %v", coded(body))
						}
						if t.Failed() {
							t.Log(s.screen())
						}
					})
				})
			}
		}
	}
}

// reads tells whether a text stands on a screen, in letters of whatever size.
func reads(screen, text string) bool {
	if strings.Contains(screen, strings.ReplaceAll(text, "\u00a0", " ")) {
		return true
	}
	low := look.Big(text, 1_000, 3)
	for _, letters := range [][]string{low, look.Big(text, look.Width(low[0]), 5), look.Big(text, 1_000, 5)} {
		if !slices.ContainsFunc(letters, func(line string) bool { return !strings.Contains(screen, strings.TrimRight(line, " ")) }) {
			return true
		}
	}
	return false
}

// coded tells whether there is a code: the edge of an eye, which is longer than those of
// letters.
func coded(screen string) bool {
	for _, edge := range []string{"▀▀▀▀▀▀▀", "▄▄▄▄▄▄▄", "██████████████"} {
		if strings.Contains(screen, edge) {
			return true
		}
	}
	return false
}

// Where nothing that a phone reads can be drawn, the card is read out.
func TestACardIsReadWithoutACode(t *testing.T) {
	t.Parallel()
	perform(t, 40, 24, func(s *stage, o *Options) {
		o.ASCII, o.Screen.Environ = true, []string{"NO_COLOR=1"}
		dealt(&dealMaker{to: longCard, lasts: 15 * time.Minute}, false)(s, o)
	}, func(s *stage) {
		s.code(s.issue(shampoo()))
		s.pass(0)
		s.fits()
		s.sees("8600 1234 5678 9012", longCard.Owner, "milliy banki", "waiting for the transfer", "15:00 left", "invoice 1000002")
	})
}

// In a room of any size large letters take nothing from what is compared.
func TestLargeLettersOfACardGiveWay(t *testing.T) {
	t.Parallel()
	perform(t, 120, 40, dealt(&dealMaker{to: longCard, lasts: 15 * time.Minute}, false), func(s *stage) {
		s.code(s.issue(shampoo()))
		s.pass(0)
		s.inside(func() {
			c, d := s.m.front().(*codeScreen), s.m.desk
			for w := cardWidth; w <= 120; w++ {
				for h := c.cardFacts(d, w, 0).rows(); h <= 40; h++ {
					lines := stack(c.cardWords(d, w, h), h)
					said := strings.Join(lines, "\n")
					for _, text := range append(strings.Fields(longCard.Owner+" "+longCard.Bank), "transfer", "15:00 left") {
						if !strings.Contains(said, text) || len(lines) > h {
							t.Fatalf("in %d×%d there is no %q:\n%s", w, h, text, said)
						}
					}
				}
			}
		})
	})
}
