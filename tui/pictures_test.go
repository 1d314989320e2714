package tui

import (
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/store"
)

var write = flag.Bool("write", false, "write the pictures of README anew")

// The pictures of README are frames of the console on a day of a salon.
var pictures = []struct {
	file, title string
	size        Size
	paper       paper
	before      func(*stage, *Options)
	play        func(*stage)
}{
	{file: "today.svg", title: "Today: takings, and the payments as they arrive", size: Size{120, 36}, paper: darkPaper, play: func(s *stage) {
		s.paid(store.Draft{Amount: 75_000 * money.Som, Customer: store.Customer{Name: "Шахноза"}}, transID(900), "HUMO")
		s.pass(time.Second)
	}},
	{file: "code.svg", title: "The QR code of a new invoice, waiting to be paid", size: Size{100, 30}, paper: darkPaper, play: func(s *stage) {
		s.press("n")
		s.enter("25k")
		s.press("enter")
	}},
	{file: "paid.svg", title: "The same screen when the bank has confirmed", size: Size{100, 30}, paper: darkPaper, play: func(s *stage) {
		s.press("n")
		s.enter("25k")
		s.press("enter")
		inv := s.newest()
		s.begin(inv, transID(901))
		s.finish(transID(901), "UZCARD")
		s.pass(time.Second)
	}},
	{file: "invoices.svg", title: "Invoices, with the details of one beside the list", size: Size{120, 30}, paper: lightPaper,
		before: func(_ *stage, o *Options) { o.Palette = Light }, play: func(s *stage) { s.press("2", "down", "down") }},
	{file: "call.svg", title: "Why a call of the bank was refused, and what to do", size: Size{100, 30}, paper: darkPaper, play: func(s *stage) {
		s.refusedConfirm()
		s.press("3", "down", "enter")
	}},
	{file: "today-80.svg", title: "Today in 80 columns, in Uzbek", size: Size{80, 24}, paper: darkPaper,
		before: func(_ *stage, o *Options) { o.Lang = lang.UZ }, play: func(*stage) {}},
}

// newest is the invoice that was made last.
func (s *stage) newest() store.Invoice {
	s.t.Helper()
	all, err := s.store.Invoices(s.t.Context(), store.InvoiceQuery{Limit: 1})
	if err != nil || len(all) != 1 {
		s.t.Fatal(all, err)
	}
	return all[0]
}

// refusedConfirm has the bank confirm a payment of an invoice that was cancelled
// meanwhile.
func (s *stage) refusedConfirm() {
	s.t.Helper()
	inv := s.issue(store.Draft{Amount: 90_000 * money.Som, Customer: store.Customer{Name: "Lola"}})
	s.begin(inv, transID(902))
	s.pass(2 * time.Second)
	if _, err := s.store.Cancel(s.t.Context(), store.CancelOrder{Number: inv.Number, By: "till:aziza", Force: true}); err != nil {
		s.t.Fatal(err)
	}
	s.pass(3 * time.Second)
	_, err := s.store.Confirm(s.t.Context(), store.Confirmation{System: store.Uzum, TransID: transID(902), Source: "UZCARD"}, wire("confirm"))
	if store.CodeOf(err) != store.NotConfirmable {
		s.t.Fatal(err)
	}
	s.pass(time.Second)
}

func TestPicturesOfREADME(t *testing.T) {
	t.Parallel()
	for _, p := range pictures {
		t.Run(p.file, func(t *testing.T) {
			t.Parallel()
			var drawn string
			performFrom(t, morning, p.size.Width, p.size.Height, func(s *stage, o *Options) {
				salon(s, o)
				if p.before != nil {
					p.before(s, o)
				}
			}, func(s *stage) {
				p.play(s)
				s.fits()
				drawn = svg(s.painted(), p.title, p.paper)
			})
			path := filepath.Join("..", "docs", "pictures", p.file)
			if *write {
				if err := os.WriteFile(path, []byte(drawn), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			kept, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if string(kept) != drawn {
				t.Errorf("%s is not what the console shows: run make docs and look at it", path)
			}
		})
	}
}
