package tui

import (
	"io"
	"log/slog"

	"tushum/internal/lang"
	"tushum/internal/message"
	"tushum/internal/poster"
	"tushum/store"
)

// Ledger is what the console needs of the shop's ledger.
type Ledger interface {
	store.Desk
	store.Books
}

// Options are a console's surroundings. The zero value of what is not said to
// be needed is fine.
type Options struct {
	Ledger          Ledger                           // needed
	Ready           func() error                     // whether the store can be written; nil: always
	Links           func(store.Invoice) poster.Links // what to give to a customer; nil: nothing
	Shop            Shop                             // what the status bar says
	Deals           store.DealMaker                  // has deals made; nil: no payment system makes any
	Systems         func() store.Systems             // the payment systems of this moment; nil: there are none
	Settings        Settings                         // nil: the settings can be neither seen nor changed
	Live            func() State                     // what may change meanwhile; nil: nothing does
	Letter          store.LetterHead                 // who letters to the bank are from; without a name: the shop's
	Message         Messages                         // what is sent with a link; a language without one has that of the program
	Seat            string                           // who changes the ledger, as it names them; needed
	Lang            lang.Lang                        // to begin with; empty: Uzbek
	Bell            map[Occasion]bool                // what the bell is rung for
	Owner           bool                             // closing this console stops the listener
	Palette         Palette                          // zero: as the terminal answers
	ASCII           bool                             // draw without box characters and signs
	PlainApostrophe bool                             // write so'm and not so‘m
	Folder          string                           // where pictures and slips are saved
	Log             *slog.Logger                     // nil: nothing is logged
	Resume          []byte                           // what Keep was given by a console that was cut off
	Keep            func(state []byte)               // is given what a later console can begin with; nil: nothing is kept
	Screen          Terminal                         // where it is drawn
}

// Shop is what the console says of the shop and its listener.
type Shop struct {
	Name    string // as in the settings; cleaned when shown
	Test    bool   // test mode: payments are not money
	Demo    bool   // a shop that is played
	Address string // where the listener can be called, as http://127.0.0.1:8080
	Bank    bool   // Uzum Bank is connected
}

// Messages are the texts that are sent with a link, by language.
type Messages map[lang.Lang]message.Template

// Terminal is where the console is drawn. Without Input and Output it is the
// terminal of the process.
type Terminal struct {
	Input         io.Reader
	Output        io.Writer
	Environ       []string    // of the terminal's side: TERM, NO_COLOR, COLORTERM; nil: the process's
	Width, Height int         // in cells; 0: not known yet
	Resize        <-chan Size // later sizes, where the terminal is not the process's own
}

// Palette is a choice of colours.
type Palette uint8

// The palettes.
const (
	Auto  Palette = iota // asks the terminal; dark when it does not answer
	Dark                 // for a dark background
	Light                // for a light one
)

// Size is that of a terminal, in cells.
type Size struct{ Width, Height int }

// Occasion is something that the bell can be rung for.
type Occasion string

// The occasions, by the names they have in the settings.
const (
	OnConfirmed Occasion = "confirmed" // money came
	OnCreated   Occasion = "created"   // somebody has begun to pay
	OnFailed    Occasion = "failed"    // an attempt came to nothing
	OnReversed  Occasion = "reversed"  // the bank took a payment back
	OnRefused   Occasion = "refused"   // a call of the bank was refused
)
