package webhook

import (
	"net/netip"
	"testing"
	"time"
)

// guess is a wrong password from one of 65,536 addresses.
func (g *guesses) guess(i int) (tooMany bool) {
	from := netip.AddrFrom4([4]byte{10, 0, byte(i >> 8), byte(i)})
	tooMany = g.begin(from)
	g.end(from, true)
	return tooMany
}

func (g *guesses) isGuesser(from netip.Addr) bool {
	defer g.end(from, false)
	return g.begin(from)
}

// However many addresses guess, one that never did is no guesser, and those
// that guess most stay watched.
func TestGuessersAreBounded(t *testing.T) {
	t.Parallel()
	now, bank := time.Unix(0, 0), netip.MustParseAddr("1.1.1.1")
	g := guesses{now: func() time.Time { return now }}
	for try := range guessesAtOnce + 1 {
		if tooMany := g.guess(0); tooMany != (try == guessesAtOnce) {
			t.Errorf("try %d: too many %v", try, tooMany)
		}
	}
	for i := range maxGuessers + 10 {
		if g.guess(1 + i) {
			t.Fatalf("address %d is a guesser at its first guess", 1+i)
		}
	}
	if len(g.budget) != maxGuessers || len(g.going) != 0 {
		t.Errorf("%d addresses are watched and %d tries are open, want %d and 0", len(g.budget), len(g.going), maxGuessers)
	}
	if g.isGuesser(bank) {
		t.Error("with the table full an address that never guessed is delayed")
	}
	if !g.guess(0) {
		t.Error("the address that guessed most is not watched any more")
	}
	now = now.Add(guessesAtOnce * guessForgotten)
	g.guess(9000)
	if len(g.budget) != 1 {
		t.Errorf("%d addresses are watched after the rest were forgotten", len(g.budget))
	}
}

// Tries whose outcome is open count, so that trying all at once gains nothing;
// those that were not looked at cost nothing.
func TestOpenTriesCount(t *testing.T) {
	t.Parallel()
	g := guesses{now: func() time.Time { return time.Unix(0, 0) }}
	from := netip.MustParseAddr("6.6.6.6")
	for i := range guessesAtOnce {
		if g.begin(from) {
			t.Errorf("try %d at once is too many", i)
		}
	}
	if !g.begin(from) {
		t.Error("one more at once is not too many")
	}
	for range guessesAtOnce + 1 {
		g.end(from, false)
	}
	if g.isGuesser(from) || len(g.budget) != 0 || len(g.going) != 0 {
		t.Errorf("tries that were not looked at left %d budgets and %d open tries", len(g.budget), len(g.going))
	}
}
