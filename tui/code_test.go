package tui

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/internal/poster"
	"tushum/qr"
	"tushum/store"
)

// code brings an invoice's QR screen to the front.
func (s *stage) code(inv store.Invoice) {
	s.t.Helper()
	s.msgs <- pushMsg{newCode(s.m.desk, inv)}
	s.pass(0)
}

func shampoo() store.Draft {
	return store.Draft{
		Amount: 25_000 * money.Som, Customer: store.Customer{Name: "Aziza Karimova"},
		Lines: []store.Line{{Name: "Haircut", Quantity: 1, Price: 15_000 * money.Som}, {Name: "Shampoo", Quantity: 2, Price: 5_000 * money.Som}},
	}
}

func TestCodeStates(t *testing.T) {
	t.Parallel()
	open := func(s *stage) store.Invoice {
		inv := s.issue(shampoo())
		s.code(inv)
		return inv
	}
	for name, play := range map[string]func(*stage){
		"waiting": func(s *stage) { open(s) },
		"being paid": func(s *stage) {
			inv := open(s)
			s.begin(inv, transID(1))
			s.pass(31 * time.Minute)
			s.begin(inv, transID(2))
			s.pass(0)
		},
		"paid": func(s *stage) {
			s.begin(open(s), transID(1))
			s.finish(transID(1), "UZCARD")
			s.pass(0)
		},
		"paid by hand": func(s *stage) {
			inv := open(s)
			_, err := s.store.MarkPaid(s.t.Context(), store.ManualPayment{Number: inv.Number, By: "till:aziza", Reason: "no network", Source: "CASH"})
			s.must(err)
		},
		"cancelled": func(s *stage) {
			inv := open(s)
			s.begin(inv, transID(1))
			_, err := s.store.Cancel(s.t.Context(), store.CancelOrder{Number: inv.Number, By: "till:aziza", Reason: "wrong sum", Force: true})
			s.must(err)
		},
		"refunded": func(s *stage) {
			s.begin(open(s), transID(1))
			s.finish(transID(1), "UZCARD")
			s.reverse(transID(1))
			s.pass(0)
		},
		"expired": func(s *stage) {
			d := shampoo()
			d.ExpiresAt = s.m.now().Add(8 * time.Hour)
			s.code(s.issue(d))
			s.pass(8*time.Hour + time.Second)
		},
		"counter": func(s *stage) {
			inv := s.issue(store.Draft{Kind: store.Counter, MinAmount: 5_000 * money.Som})
			s.code(inv)
			for i, sum := range []money.Amount{12_000, 34_500} {
				inv.Amount = sum * money.Som
				s.begin(inv, transID(i+1))
				s.finish(transID(i+1), "HUMO")
			}
			s.pass(0)
		},
		"inverted": func(s *stage) { open(s); s.press("v") },
	} {
		// Hours go by, and nobody looks at the store each second of them.
		t.Run(name, func(t *testing.T) { goldens(t, func(_ *stage, o *Options) { o.Ready = nil }, play) })
	}
	t.Run("no link", func(t *testing.T) {
		goldens(t, func(_ *stage, o *Options) { o.Links = nil }, func(s *stage) { open(s) })
	})
}

func (s *stage) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
	s.pass(0)
}

// What the cashier waits for: each step shows by itself, and no notice covers it.
func TestCodeFollowsThePayment(t *testing.T) {
	t.Parallel()
	perform(t, 80, 24, func(_ *stage, o *Options) { o.Ready = nil }, func(s *stage) {
		inv := s.issue(shampoo())
		s.code(inv)
		s.sees("○ waiting for payment", "25 000 UZS", inv.Number.String(), "open-service")
		s.begin(inv, transID(1))
		s.pass(0)
		s.sees("◐ being paid…")
		s.pass(31 * time.Minute)
		s.sees("○ waiting for payment", "✗ 14:35 an attempt came to nothing:", "not confirmed in time")
		s.begin(inv, transID(2))
		s.finish(transID(2), "HUMO")
		s.pass(0)
		s.sees("✓ "+inv.Number.String(), "14:36:00 · HUMO", "█████", "came to nothing")
		s.misses("waiting", "open-service", "25 000 UZS paid, invoice")
	})
}

func TestCodeLeavesOthersToTheNotice(t *testing.T) {
	t.Parallel()
	perform(t, 80, 24, nil, func(s *stage) {
		s.code(s.issue(shampoo()))
		s.paid(store.Draft{Amount: 31_000 * money.Som}, transID(1), "HUMO")
		s.pass(0)
		s.sees("31 000 UZS paid, invoice", "○ waiting for payment")
	})
}

// A rival's failure is told at the other payment of the same commit.
func TestCodeTellsWhyAttemptsFailed(t *testing.T) {
	t.Parallel()
	perform(t, 120, 40, nil, func(s *stage) {
		inv := s.issue(shampoo())
		s.begin(inv, transID(1))
		s.begin(inv, transID(2))
		s.finish(transID(2), "HUMO")
		s.code(inv)
		s.sees("✗ 14:05 an attempt came to nothing: another payment paid the invoice", "HUMO")
	})
}

// After a flood of events the screen reads again what it shows.
func TestCodeReadsAgainAfterAFlood(t *testing.T) {
	t.Parallel()
	perform(t, 80, 24, nil, func(s *stage) {
		inv := s.issue(shampoo())
		s.code(inv)
		s.inside(func() { s.m.reading = true }) // events wait
		for range mostEvents {
			s.issue(shampoo())
		}
		s.begin(inv, transID(1))
		s.finish(transID(1), "UZCARD")
		s.inside(func() { s.m.reading = false })
		s.msgs <- wokenMsg{}
		s.pass(0)
		s.sees("✓ "+inv.Number.String(), "UZCARD")
	})
}

func TestCodeCopiesAndSwitches(t *testing.T) {
	t.Parallel()
	perform(t, 120, 40, func(_ *stage, o *Options) {
		o.Links = func(inv store.Invoice) poster.Links {
			return poster.Links{Payment: "https://pay.uz/" + inv.Number.String(), App: "https://app.uz/" + inv.Number.String()}
		}
	}, func(s *stage) {
		inv := s.issue(shampoo())
		s.code(inv)
		s.press("c")
		s.sees("the payment link is copied")
		s.press("s")
		s.sees("https://app.uz/" + inv.Number.String())
		s.press("c", "m")
		want := []string{"https://pay.uz/" + inv.Number.String(), "https://app.uz/" + inv.Number.String(), s.m.customerMessage(inv, lang.EN)}
		if strings.Join(s.copied, "|") != strings.Join(want, "|") {
			t.Errorf("copied %q, want %q", s.copied, want)
		}
		s.press("с") // the Cyrillic twin of c is the same key
		if len(s.copied) != 4 {
			t.Errorf("copied %d times", len(s.copied))
		}
	})
}

func TestCodeSaysWhyNot(t *testing.T) {
	t.Parallel()
	perform(t, 80, 24, nil, func(s *stage) {
		s.code(s.issue(shampoo()))
		s.press("s")
		s.sees("this invoice has one link only")
	})
	perform(t, 80, 24, func(_ *stage, o *Options) { o.Links, o.Folder = nil, "" }, func(s *stage) {
		s.code(s.issue(shampoo()))
		s.sees("there is no link: Uzum Bank is not connected")
		s.press("g")
		s.sees("no folder for files is set")
		if len(s.copied) != 0 {
			t.Errorf("copied %q", s.copied)
		}
	})
}

// Nobody is given a way to pay what is paid or cancelled.
func TestCodeGivesNothingAwayWhenItIsOver(t *testing.T) {
	t.Parallel()
	perform(t, 80, 24, nil, func(s *stage) {
		inv := s.issue(shampoo())
		s.code(inv)
		s.begin(inv, transID(1))
		s.finish(transID(1), "UZCARD")
		s.pass(time.Second)
		for _, key := range []string{"c", "m", "g", "d", "v", "s"} {
			s.press(key)
			s.sees("paid: there is nothing to pay")
			s.pass(10 * time.Second)
			s.misses("there is nothing to pay")
		}
		s.press("p")
		s.sees("saved:")
		if files, err := os.ReadDir(s.m.Folder); err != nil || len(files) != 1 || len(s.copied) != 0 {
			t.Errorf("files %v, %v, copied %q", files, err, s.copied)
		}
	})
}

// Too small a window says what it must be, and is right about it.
func TestCodeNeedsAWindow(t *testing.T) {
	t.Parallel()
	perform(t, 40, 24, func(_ *stage, o *Options) {
		o.Links = func(store.Invoice) poster.Links {
			return poster.Links{Payment: "https://pay.uz/" + strings.Repeat("x", 110)}
		}
	}, func(s *stage) {
		s.code(s.issue(shampoo()))
		s.sees("the QR code needs a window of 45×26", strings.Repeat("x", 20))
		s.misses("▀")
		s.resize(44, 26)
		s.sees("45×26")
		s.resize(45, 25)
		s.sees("45×26")
		s.resize(45, 26)
		s.sees("▀")
		s.misses("45×26")
		s.fits()
	})
}

func TestCodeIsAsLargeAsFits(t *testing.T) {
	t.Parallel()
	code, err := qr.Encode("https://www.uzumbank.uz/open-service?serviceId=101202&account=1000005")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		w, h, scale, quiet int
		where              wordsPlace
		ok                 bool
	}{
		{200, 57, 3, 2, beside, true}, {200, 50, 2, 4, beside, true}, {120, 37, 2, 2, beside, true}, {80, 21, 1, 4, beside, true},
		{60, 21, 1, 4, beside, true}, {45, 40, 1, 4, above, true}, {41, 21, 1, 4, nowhere, true}, {37, 19, 1, 2, nowhere, true},
		{36, 19, 1, 2, nowhere, false}, {37, 18, 1, 2, nowhere, false},
	} {
		fit, where, ok := fitCode(code, codeStyle{}, c.w, c.h, func(int, int) bool { return true })
		if fit.scale != c.scale || fit.quiet != c.quiet || where != c.where || ok != c.ok {
			t.Errorf("%d×%d: scale %d, quiet zone %d, place %d, %v; want %+v", c.w, c.h, fit.scale, fit.quiet, where, ok, c)
		}
	}
}

// A day's sales don't pile up: Esc goes from the newest code past those paid.
func TestCodesThatAreDoneWithAreLeft(t *testing.T) {
	t.Parallel()
	perform(t, 80, 24, nil, func(s *stage) {
		for i := range 3 {
			s.press("n")
			s.enter("25k")
			s.press("enter")
			number := strings.Fields(s.m.front().title(s.m.desk))[1]
			n, err := store.ParseNumber(number)
			s.must(err)
			inv, err := s.store.Invoice(t.Context(), n)
			s.must(err)
			s.begin(inv, transID(i))
			s.finish(transID(i), "UZCARD")
			s.pass(time.Second)
		}
		s.press("esc")
		if n := len(s.m.stack); n != 0 {
			t.Errorf("%d screens are still open", n)
		}
	})
}

func TestCodeSavesFiles(t *testing.T) {
	t.Parallel()
	perform(t, 120, 40, nil, func(s *stage) {
		inv := s.issue(shampoo())
		s.code(inv)
		name := filepath.Join(s.m.Folder, "tushum-"+inv.Number.String())
		s.must(os.WriteFile(name+".png", []byte("somebody's"), 0o600))
		for _, c := range []struct{ key, path string }{{"d", name + ".svg"}, {"g", name + "-2.png"}, {"g", name + "-3.png"}, {"p", name + ".txt"}} {
			s.press(c.key)
			s.notices("saved: " + c.path)
		}
		for path, begins := range map[string]string{
			name + ".svg": "<svg ", name + ".png": "somebody's", name + "-2.png": "\x89PNG", name + "-3.png": "\x89PNG", name + ".txt": "            Gulnora",
		} {
			content, err := os.ReadFile(path)
			s.must(err)
			if !strings.HasPrefix(string(content), begins) {
				t.Errorf("%s begins with %.20q", path, content)
			}
		}
		if info, err := os.Stat(name + ".svg"); err != nil || info.Mode().Perm()&0o644 != info.Mode().Perm() {
			t.Errorf("the file's mode: %v, %v", info.Mode(), err)
		}
	})
}

func TestCodeSaysWhyNothingWasSaved(t *testing.T) {
	t.Parallel()
	perform(t, 120, 40, func(_ *stage, o *Options) { o.Folder = filepath.Join(o.Folder, "gone"); o.Lang = lang.RU }, func(s *stage) {
		s.code(s.issue(shampoo()))
		s.press("d")
		s.notices("не сохранено в " + s.m.Folder + ": такой папки нет")
		if _, err := os.Stat(s.m.Folder); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("the folder was made: %v", err)
		}
	})
}

// notices fails the test where the newest notice does not say a text.
func (s *stage) notices(text string) {
	s.t.Helper()
	said := ""
	s.inside(func() {
		if n := len(s.m.toasts); n > 0 {
			said = s.m.toasts[n-1].text
		}
	})
	if !strings.Contains(said, text) {
		s.t.Fatalf("the notice is %q, want %q", said, text)
	}
}

// A file that a link points to is not written through.
func TestSaveFollowsNoLink(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	target := filepath.Join(folder, "target")
	number, err := store.ParseNumber("1000000")
	if err != nil {
		number = 1
	}
	if err := os.Symlink(target, filepath.Join(folder, "tushum-"+number.String()+".txt")); err != nil {
		t.Fatal(err)
	}
	path, err := saveNew(folder, "tushum-"+number.String()+string(slipFile), printMode, []byte("slip"))
	if err != nil || !strings.HasSuffix(path, "-2.txt") {
		t.Errorf("saved to %s, %v", path, err)
	}
	if _, err := os.Stat(target); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the link's target was written: %v", err)
	}
}

func TestSlip(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		lang lang.Lang
		pay  bool
		want string
	}{
		{lang.EN, false, `            Gulnora
        21.11.2026 14:05
--------------------------------
invoice                  NUMBER
Aziza Karimova
--------------------------------
Haircut
  1 × 15 000              15 000
Shampoo
  2 × 5 000               10 000
--------------------------------
TOTAL                 25 000 UZS

            to pay:
https://www.uzumbank.uz/open-ser
vice?serviceId=101202&account=
`},
		{lang.UZ, true, `            Gulnora
        21.11.2026 14:05
--------------------------------
hisob                    NUMBER
Aziza Karimova
--------------------------------
Haircut
  1 × 15 000              15 000
Shampoo
  2 × 5 000               10 000
--------------------------------
JAMI                 25 000 so‘m

            TO‘LANDI
      21.11.2026 14:05:00
             UZCARD
`},
	} {
		perform(t, 80, 24, func(_ *stage, o *Options) { o.Lang = c.lang }, func(s *stage) {
			inv := s.issue(shampoo())
			s.code(inv)
			if c.pay {
				s.begin(inv, transID(1))
				s.finish(transID(1), "UZCARD")
				s.pass(0)
			}
			s.press("p")
			slip, err := os.ReadFile(filepath.Join(s.m.Folder, "tushum-"+inv.Number.String()+".txt"))
			s.must(err)
			want := strings.ReplaceAll(c.want, " NUMBER", " "+inv.Number.String())
			want = strings.ReplaceAll(want, "account=", "account="+inv.Number.String()[:2]+"\n"+inv.Number.String()[2:])
			if string(slip) != want {
				t.Errorf("the slip is\n%s\nwant\n%s", slip, want)
			}
			for line := range strings.Lines(string(slip)) {
				if n := len([]rune(strings.TrimSuffix(line, "\n"))); n > slipWidth {
					t.Errorf("%q has %d letters", line, n)
				}
			}
		})
	}
}
