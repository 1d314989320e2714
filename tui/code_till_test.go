package tui

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/internal/poster"
	"tushum/qr"
	"tushum/store"
)

// paged gives the shop pay pages.
func paged(_ *stage, o *Options) {
	o.Links = func(inv store.Invoice) poster.Links {
		const shop = "https://pay.gulnora.uz/pay"
		return poster.Links{Payment: shop + "/T" + inv.Number.String(), App: "https://www.uzumbank.uz/open-service?account=" + inv.Number.String(), Till: shop}
	}
}

// till makes the shop's standing invoice and brings its code to the front.
func (s *stage) till() store.Invoice {
	s.t.Helper()
	inv := s.issue(store.Draft{Kind: store.Counter})
	s.press("K")
	return inv
}

// pays has a customer pay a sum of their own.
func (s *stage) pays(inv store.Invoice, n int, sum money.Amount) {
	s.t.Helper()
	inv.Amount = sum * money.Som
	s.begin(inv, transID(n))
	s.finish(transID(n), "HUMO")
	s.pass(0)
}

func TestTillStates(t *testing.T) {
	t.Parallel()
	for name, play := range map[string]func(*stage){
		"none":  func(s *stage) { s.press("K") },
		"left":  func(s *stage) { s.press("K"); s.pass(time.Second); s.press("esc") },
		"quiet": func(s *stage) { s.till() },
		"just paid": func(s *stage) {
			inv := s.till()
			s.pays(inv, 1, 12_000)
			s.pass(5 * time.Minute)
			s.pays(inv, 2, 25_000)
		},
		"later": func(s *stage) {
			inv := s.till()
			for i, sum := range []money.Amount{12_000, 34_500, 8_000} {
				s.pays(inv, i+1, sum)
				s.pass(10 * time.Minute)
			}
		},
		"poster": func(s *stage) { s.till(); s.press("o") },
	} {
		t.Run(name, func(t *testing.T) {
			goldens(t, func(s *stage, o *Options) { paged(s, o); o.Ready = nil }, play)
		})
	}
}

func TestTheTillsCodeLeadsToThePageForAnyAmount(t *testing.T) {
	t.Parallel()
	perform(t, 120, 40, paged, func(s *stage) {
		first := s.issue(store.Draft{Kind: store.Counter})
		second := s.issue(store.Draft{Kind: store.Counter})
		s.press("f6")
		s.sees("till QR "+first.Number.String(), "https://pay.gulnora.uz/pay\n", "1 000 – 100 000 000 UZS")
		s.press("c", "s", "c")
		s.sees("www.uzumbank.uz/open-service")
		if len(s.copied) != 2 || s.copied[0] != "https://pay.gulnora.uz/pay" || s.copied[1] != "https://www.uzumbank.uz/open-service?account="+first.Number.String() {
			t.Errorf("copied %q", s.copied)
		}
		s.press("Л") // the Cyrillic twin of K
		s.notices("this is the till's QR code")
		s.code(second)
		s.sees("pay/T" + second.Number.String())
		s.press("K")
		s.sees("till QR " + first.Number.String())
		if n := len(s.m.stack); n != 2 {
			t.Errorf("%d screens are open", n)
		}
	})
	perform(t, 120, 40, nil, func(s *stage) { // without pages it is the app link
		inv := s.till()
		s.sees("account="+inv.Number.String(), "there is no pay page")
		s.press("s")
		s.notices("this invoice has one link only")
	})
}

func TestTheTillsInvoiceIsMadeWhereThereIsNone(t *testing.T) {
	t.Parallel()
	perform(t, 100, 30, paged, func(s *stage) {
		s.press("K")
		s.sees("The till has no QR code yet.", "the shop's limits: 1 000 – 100 000 000 UZS")
		s.pass(time.Second)
		s.press("enter")
		inv := s.only()
		s.notices("the till QR is ready. o: poster")
		s.pass(toastFor)
		s.sees("till QR "+inv.Number.String(), "https://pay.gulnora.uz/pay")
		if inv.Kind != store.Counter || inv.MinAmount != 0 || inv.MaxAmount != 0 || inv.CreatedBy != "till:aziza" {
			t.Errorf("%+v", inv)
		}
		s.press("esc", "K")
		s.sees("till QR " + inv.Number.String())
	})
	perform(t, 100, 30, paged, func(s *stage) {
		s.press("K")
		s.pass(time.Second)
		s.press("2", "enter")
		s.enter("5k")
		s.press("tab")
		s.enter("500k")
		s.press("enter")
		inv := s.only()
		s.sees("till QR "+inv.Number.String(), "5 000 – 500 000 UZS", "https://pay.gulnora.uz/pay\n")
		if inv.Kind != store.Counter || inv.MinAmount != 5_000*money.Som || inv.MaxAmount != 500_000*money.Som {
			t.Errorf("%+v", inv)
		}
	})
}

// However many seats make it at once, one is made.
func TestSeatsThatMakeTheTillTogetherMakeOne(t *testing.T) {
	t.Parallel()
	perform(t, 100, 30, paged, func(s *stage) {
		form := newTillForm(s.m.desk)
		var done sync.WaitGroup
		const seats = 16
		begin, failed := make(chan struct{}), make(chan error, seats)
		for i := range seats {
			open := newTill().makeTill(s.m.desk)
			if i%2 == 1 {
				open = form.submit(s.m.desk)
			}
			done.Go(func() {
				<-begin
				switch msg := open().(type) {
				case tillMadeMsg:
					failed <- msg.err
				case issuedMsg:
					failed <- msg.err
				}
			})
		}
		close(begin)
		done.Wait()
		for range seats {
			s.must(<-failed)
		}
		s.only()
	})
}

// Limits that were typed for a till which another seat has made meanwhile make no
// second one.
func TestTheTillsFormFindsTheTillOfAnother(t *testing.T) {
	t.Parallel()
	perform(t, 100, 30, paged, func(s *stage) {
		s.press("K")
		s.pass(time.Second)
		s.press("2", "enter")
		s.enter("5k")
		other := s.issue(store.Draft{Kind: store.Counter})
		s.press("enter")
		s.notices("the till has a QR code already: " + other.Number.String())
		s.pass(toastFor)
		s.sees("till QR "+other.Number.String(), "https://pay.gulnora.uz/pay\n", "1 000 – 100 000 000 UZS")
		s.only()
	})
}

// The till's code is one and the same from wherever it is opened, and another
// counter's becomes it when the till is cancelled.
func TestTheTillIsTheTillFromWhereverItIsOpened(t *testing.T) {
	t.Parallel()
	perform(t, 120, 40, paged, func(s *stage) {
		first := s.issue(store.Draft{Kind: store.Counter})
		second := s.issue(store.Draft{Kind: store.Counter})
		s.code(first)
		s.sees("till QR "+first.Number.String(), "https://pay.gulnora.uz/pay\n")
		o := s.m.front().(*codeScreen).posterOrder(s.m.desk)
		if o.Links.Payment != "https://pay.gulnora.uz/pay" {
			t.Errorf("the poster leads to %s", o.Links.Payment)
		}
		s.code(second)
		s.sees("pay/T" + second.Number.String())
		s.changed(s.store.Cancel(t.Context(), store.CancelOrder{Number: first.Number, By: "test"}))
		s.pass(0)
		s.sees("till QR "+second.Number.String(), "https://pay.gulnora.uz/pay\n")
	})
}

// A till that another seat has made meanwhile is taken.
func TestTheTillsInvoiceIsNotMadeTwice(t *testing.T) {
	t.Parallel()
	perform(t, 100, 30, nil, func(s *stage) {
		s.press("K")
		s.pass(time.Second)
		other := s.issue(store.Draft{Kind: store.Counter})
		s.pass(time.Second)
		s.press("enter")
		s.pass(toastFor)
		s.sees("till QR " + other.Number.String())
		if inv := s.only(); inv.Number != other.Number {
			t.Errorf("%s is there as well", inv.Number)
		}
	})
}

// What the ledger would refuse is not asked.
func TestTheTillSaysWhyItCantBeMade(t *testing.T) {
	t.Parallel()
	closed := func(s *stage, _ *Options) {
		rules := stageRules()
		rules.Systems = map[store.System]store.Profile{store.Uzum: uzumProfile(store.Paused)}
		s.store.SetRules(rules)
	}
	perform(t, 100, 30, closed, func(s *stage) {
		s.press("K")
		s.notices("Uzum Bank is paused")
		s.misses("the shop's limits")
		s.press("o")
		s.notices("the till has no QR code yet")
	})
	full := func(_ *stage, o *Options) { o.Ready = func() error { return &store.Error{Code: store.DiskFull} } }
	perform(t, 100, 30, full, func(s *stage) {
		s.press("K")
		s.notices("the disk is full")
	})
	perform(t, 100, 30, func(_ *stage, o *Options) { o.Ledger = noTills{o.Ledger} }, func(s *stage) {
		s.press("K")
		s.sees("the store is closing")
		s.misses("The till has no QR code yet.")
	})
}

// noTills is a ledger whose till can't be read.
type noTills struct{ Ledger }

func (noTills) Till(context.Context) (store.Invoice, error) {
	return store.Invoice{}, &store.Error{Code: store.Closed}
}

// A form that is being typed is not covered, for its invoice would be forgotten.
func TestTheTillWaitsForTheFormThatIsTyped(t *testing.T) {
	t.Parallel()
	perform(t, 100, 30, nil, func(s *stage) {
		s.press("n", "f6")
		s.notices("a new invoice is open already")
	})
}

// The cashier looks up now and then: the newest sum is large for a while, and the
// code is there for the next customer all day.
func TestTheTillShowsEachPaymentAndNeverEnds(t *testing.T) {
	t.Parallel()
	perform(t, 120, 40, func(s *stage, o *Options) { paged(s, o); o.Ready = nil }, func(s *stage) {
		inv := s.till()
		s.pays(inv, 1, 12_000)
		s.pass(time.Minute)
		s.pays(inv, 2, 25_000)
		s.sees("✓ paid 14:06 · HUMO", "today 37 000 UZS", "payments: 2", "✓ 14:05 12 000 UZS", "○ waiting for payment", "https://pay.gulnora.uz/pay")
		s.misses("✓ 14:06 25 000 UZS")
		s.pass(freshFor - time.Second)
		s.sees("✓ paid 14:06")
		s.pass(time.Second)
		s.misses("✓ paid 14:06")
		s.sees("✓ 14:06 25 000 UZS", "✓ 14:05 12 000 UZS", "waiting for payment", "▀")
		s.pass(10 * time.Hour) // the next day begins with nothing
		s.misses("25 000 UZS", "today")
		s.pays(inv, 3, 7_000)
		s.sees("today 7 000 UZS", "payments: 1", "till QR "+inv.Number.String())
	})
}

// Payers overlap: the one who began first may be the last to pay.
func TestTheTillShowsThePaymentThatCameLast(t *testing.T) {
	t.Parallel()
	perform(t, 120, 40, paged, func(s *stage) {
		inv := s.till()
		slow, quick := inv, inv
		slow.Amount, quick.Amount = 12_000*money.Som, 25_000*money.Som
		s.begin(slow, transID(1))
		s.begin(quick, transID(2))
		s.finish(transID(2), "HUMO")
		s.pass(15 * time.Second)
		s.sees("✓ paid 14:05 · HUMO")
		s.finish(transID(1), "UZCARD")
		s.pass(10 * time.Second)
		s.sees("✓ paid 14:05 · UZCARD", "✓ 14:05 25 000 UZS", "today 37 000 UZS")
		s.misses("✓ 14:05 12 000 UZS", "HUMO")
	})
}

// What came today is told however many payments the till has had, and however
// many today.
func TestTheTillTellsTodayAfterManyPayments(t *testing.T) {
	t.Parallel()
	perform(t, 120, 40, func(s *stage, o *Options) { paged(s, o); o.Ready = nil }, func(s *stage) {
		inv := s.till()
		for i := range mostAttempts + 2 {
			s.pays(inv, i+1, 1_000)
		}
		s.sees("today 52 000 UZS", "payments: 52")
		s.press("esc", "K") // read anew
		s.sees("today 52 000 UZS", "payments: 52")
		s.pass(20 * time.Hour)
		s.misses("today")
		s.pays(inv, mostAttempts+3, 7_000)
		s.sees("today 7 000 UZS", "payments: 1")
		if n := len(s.m.front().(*codeScreen).txs); n != mostAttempts {
			t.Errorf("%d transactions are kept", n)
		}
		s.press("esc", "K")
		s.sees("today 7 000 UZS", "payments: 1")
	})
}

// What nobody could pay by gets no poster, and says so before anything is chosen.
func TestNoPosterOfWhatNobodyCanPay(t *testing.T) {
	t.Parallel()
	perform(t, 100, 30, paged, func(s *stage) {
		s.till()
		rules := stageRules()
		rules.Systems = map[store.System]store.Profile{store.Uzum: uzumProfile(store.Paused)}
		s.store.SetRules(rules)
		s.press("o")
		s.notices("payments by Uzum Bank are paused, nobody could pay by the poster — switch them on in the settings")
		c := s.m.front().(*codeScreen)
		if msg := c.savePoster(s.m.desk, c.posterOrder(s.m.desk), pdfFile)().(codeSavedMsg); msg.err == nil {
			t.Errorf("saved %s", msg.path)
		}
		if files, err := os.ReadDir(s.m.Folder); err != nil || len(files) != 0 {
			t.Errorf("%v, %v", files, err)
		}
	})
}

func TestTodayMarksWhatCameAtTheTill(t *testing.T) {
	t.Parallel()
	for l, word := range map[lang.Lang]string{lang.UZ: "kassa", lang.RU: "касса", lang.EN: "till"} {
		perform(t, 120, 40, func(_ *stage, o *Options) { o.Lang = l }, func(s *stage) {
			s.pays(s.issue(store.Draft{Kind: store.Counter}), 1, 12_000)
			s.pays(s.issue(store.Draft{Kind: store.Counter, Customer: store.Customer{Name: "Aziza"}}), 2, 13_000)
			s.paid(store.Draft{Amount: 14_000 * money.Som, Customer: store.Customer{Name: "Lola"}}, transID(3), "HUMO")
			s.pass(0)
			rows := make(map[string]string)
			for line := range strings.Lines(s.screen()) {
				row, _, _ := strings.Cut(line, "│")
				for _, sum := range []string{"12 000", "13 000", "14 000"} {
					if strings.Contains(row, sum) && strings.Contains(row, "HUMO") {
						rows[sum] = row
					}
				}
			}
			if len(rows) != 3 || !strings.Contains(rows["12 000"], " "+word+" ") || !strings.Contains(rows["13 000"], " Aziza ") || strings.Contains(rows["14 000"], word) {
				t.Errorf("%s: %q", l, rows)
			}
		})
	}
}

func TestPostersAreSavedAsTheyWereOrdered(t *testing.T) {
	t.Parallel()
	perform(t, 100, 30, paged, func(s *stage) {
		inv := s.till()
		name := filepath.Join(s.m.Folder, "tushum-poster-"+inv.Number.String())
		for _, c := range []struct {
			keys         []string
			path, begins string
		}{
			{nil, name + "-a5.pdf", "%PDF-"},
			{nil, name + "-a5-2.pdf", "%PDF-"},
			{[]string{"left", "tab", "right", "tab", "left", "down", "right"}, name + "-a6.svg", "<"},
			{[]string{"left", "up", "left"}, name + "-a6.png", "\x89PNG"},
		} {
			s.press("o")
			s.pass(time.Second)
			s.press(c.keys...)
			s.press("enter")
			s.notices("saved: " + c.path)
			content, err := os.ReadFile(c.path)
			s.must(err)
			if !strings.HasPrefix(string(content), c.begins) {
				t.Errorf("%s begins with %.20q", c.path, content)
			}
		}
		s.press("o")
		s.pass(time.Second)
		s.press("esc")
		if files, err := os.ReadDir(s.m.Folder); err != nil || len(files) != 4 {
			t.Errorf("%v, %v", files, err)
		}
	})
}

// In the narrowest window that shows a code at all, every choice is readable.
func TestPosterIsOrderedInANarrowWindow(t *testing.T) {
	t.Parallel()
	for l, options := range map[lang.Lang][]string{
		lang.UZ: {"← oq-qora →", "qog‘oz", "o‘zbekcha", "PDF"},
		lang.RU: {"← чёрно-белая →", "бумага", "русский", "PDF"},
		lang.EN: {"← black and white →", "paper", "English", "PDF"},
	} {
		perform(t, 30, 30, func(s *stage, o *Options) { paged(s, o); o.Lang = l }, func(s *stage) {
			s.till()
			s.press("o")
			s.pass(time.Second)
			s.press("tab", "right")
			s.sees(options...)
			s.fits()
		})
	}
}

// The poster's words are in the language that was chosen, not in the seat's.
func TestPostersSpeakTheChosenLanguage(t *testing.T) {
	t.Parallel()
	perform(t, 100, 30, func(s *stage, o *Options) { paged(s, o); o.Lang = lang.RU }, func(s *stage) {
		inv := s.till()
		c := s.m.front().(*codeScreen)
		for l, words := range map[lang.Lang][2]string{
			lang.UZ: {"<title>Gulnora: Uzum Bank orqali to‘lov</title>", "To‘lov raqami "},
			lang.RU: {"<title>Gulnora: Оплата через Uzum Bank</title>", "Счёт № "},
			lang.EN: {"<title>Gulnora: Pay with Uzum Bank</title>", "Invoice "},
		} {
			order := c.posterOrder(s.m.desk)
			order.Paper, order.Style, order.Language = qr.A6, qr.BlackAndWhite, l
			msg := c.savePoster(s.m.desk, order, svgFile)().(codeSavedMsg)
			s.must(msg.err)
			content, err := os.ReadFile(msg.path)
			s.must(err)
			drawn, _, err := poster.Of(order, s.m.rules(), s.m.now())
			s.must(err)
			var same bytes.Buffer
			s.must(drawn.SVG(&same))
			if !strings.Contains(string(content), words[0]) || drawn.Number != words[1]+inv.Number.String() || !bytes.Equal(content, same.Bytes()) {
				t.Errorf("%s: the poster of %q begins with %.300s", l, drawn.Number, content)
			}
		}
	})
}
