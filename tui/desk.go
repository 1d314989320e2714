package tui

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/internal/poster"
	"tushum/store"
	"tushum/tui/look"
)

// desk is what every screen works with. It is changed in Update only.
type desk struct {
	Options
	theme look.Theme
	dark  bool
	ready error // why the store can't be written; nil when it can

	warnings    []store.Warning                   // the gravest first
	connections map[store.System]store.Connection // nil: nobody tells
	known       []store.Profile                   // the payment systems, where Options have no table of them

	muted  bool
	copied copiedMessage
	closed chan struct{} // closed when the console is
	wanted []tea.Msg     // what screens want of the model, which is done at the end of Update
}

func (d *desk) say(t lang.Text) string { return t.In(d.Lang) }

// fill says a text with its {…} filled in from pairs of name and value.
func (d *desk) fill(t lang.Text, pairs ...string) string {
	return strings.NewReplacer(pairs...).Replace(t.In(d.Lang))
}

// sum is an amount with the currency, its spaces no-break.
func (d *desk) sum(a money.Amount) string { return a.Format(d.Lang) }

func (d *desk) now() store.Instant { return store.At(d.Ledger.Now()) }

func (d *desk) rules() store.Rules { return d.Ledger.Rules() }

// today is the business day of now.
func (d *desk) today() store.Date { return d.rules().Calendar.Day(d.now()) }

// local is an instant on the shop's clock.
func (d *desk) local(i store.Instant) time.Time {
	if zone := d.rules().Calendar.Location; zone != nil {
		return i.Time().In(zone)
	}
	return i.Time()
}

// clock is the time of day, hours and minutes.
func (d *desk) clock(i store.Instant) string { return d.local(i).Format("15:04") }

// moment is the time of day for an instant of today, the date before that for
// any other.
func (d *desk) moment(i store.Instant) string {
	switch at, now := d.local(i), d.local(d.now()); {
	case i == 0:
		return ""
	case at.YearDay() == now.YearDay() && at.Year() == now.Year():
		return at.Format("15:04:05")
	case at.Year() == now.Year():
		return at.Format("02.01 15:04")
	default:
		return at.Format("02.01.2006 15:04")
	}
}

// full is date and time to the second.
func (d *desk) full(i store.Instant) string {
	if i == 0 {
		return ""
	}
	return d.local(i).Format("02.01.2006 15:04:05")
}

// links are what to give to the invoice's customer.
func (d *desk) links(inv store.Invoice) poster.Links {
	if d.Options.Links == nil {
		return poster.Links{}
	}
	return d.Options.Links(inv)
}

// trouble is an error in the reader's language, with what to do after it.
func (d *desk) trouble(err error) string {
	says, hint := d.explain(err)
	if hint == "" {
		return says
	}
	return says + " — " + hint
}
