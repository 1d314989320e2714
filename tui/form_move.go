package tui

import (
	"errors"
	"slices"
	"time"

	"charm.land/bubbles/v2/textinput"

	"tushum/internal/lang"
	"tushum/store"
)

// routedKinds are the kinds that can be invoiced, in the order of screens.
func routedKinds(d *desk) []store.Kind {
	routing := d.rules().Routing
	return slices.DeleteFunc(store.Kinds(), func(k store.Kind) bool { return routing[k] == "" })
}

// chosenKind is the kind the invoice will have: the chosen one where it is
// routed, else the first whose payment system is open. Where none is, the first
// that is routed, so that the form can say what is wrong; empty without one.
func (f *formScreen) chosenKind(d *desk) store.Kind {
	kinds := routedKinds(d)
	switch {
	case len(kinds) == 0:
		return ""
	case slices.Contains(kinds, f.kind):
		return f.kind
	}
	for _, k := range kinds {
		if d.closedKind(k) == nil {
			return k
		}
	}
	return kinds[0]
}

// closedKind says why no invoice of a kind can be made now, as the ledger would:
// its payment system is not connected, or paused. Nil where one can.
func (d *desk) closedKind(k store.Kind) error {
	if _, err := d.rules().Issue(store.Draft{Kind: k}, 0, store.Token{}, d.now()); errors.Is(err, store.SystemClosed) {
		return err
	}
	return nil
}

// allSpots are the fields that an invoice of this kind has, also the folded ones.
func (f *formScreen) allSpots(d *desk) []spot {
	spots := f.sumSpots(d)
	spots = append(spots, spot{input: inKind})
	if f.chosenKind(d) != store.Counter {
		for i := range f.lines {
			for c := range lineColumns {
				spots = append(spots, spot{inLine, i, c})
			}
		}
		spots = append(spots, spot{input: inDiscount}, spot{input: inPrepaid})
	}
	for in := inCustomer; in <= inNote; in++ {
		spots = append(spots, spot{input: in})
	}
	return spots
}

// sumSpots are the fields of the sum, which are never folded.
func (f *formScreen) sumSpots(d *desk) []spot {
	if f.chosenKind(d) == store.Counter {
		return []spot{{input: inLeast}, {input: inMost}}
	}
	return []spot{{input: inAmount}}
}

// spots are the fields that are seen.
func (f *formScreen) spots(d *desk) []spot {
	if f.open {
		return f.allSpots(d)
	}
	return f.sumSpots(d)
}

// field is what is typed into at a spot; nil where something is chosen.
func (f *formScreen) field(s spot) *textinput.Model {
	if s.input != inLine {
		return f.fields[s.input]
	}
	if s.line >= len(f.lines) {
		return nil
	}
	return f.lines[s.line][s.column]
}

// value is what was typed at a spot.
func (f *formScreen) value(s spot) string {
	if field := f.field(s); field != nil {
		return field.Value()
	}
	return ""
}

// moveTo puts the cursor into a field.
func (f *formScreen) moveTo(s spot) {
	if old := f.field(f.at); old != nil {
		old.Blur()
	}
	f.at = s
	if field := f.field(s); field != nil {
		field.Focus()
		field.CursorEnd()
	}
}

// goTo moves to a field that may be folded away.
func (f *formScreen) goTo(d *desk, s spot) {
	if !slices.Contains(f.spots(d), s) {
		f.open = true
	}
	f.moveTo(s)
}

// next goes to the next field. After the sum it unfolds the others.
func (f *formScreen) next(d *desk) {
	spots := f.spots(d)
	if !f.open && f.at == spots[len(spots)-1] {
		f.open = true
	}
	f.step(d, 1)
}

func (f *formScreen) step(d *desk, by int) {
	spots := f.spots(d)
	at := max(0, slices.Index(spots, f.at))
	f.moveTo(spots[(at+by+len(spots))%len(spots)])
}

func (f *formScreen) unfold(d *desk, open bool) {
	f.open = open
	spots := f.spots(d)
	switch {
	case open:
		f.moveTo(spots[len(f.sumSpots(d))])
	case !slices.Contains(spots, f.at):
		f.moveTo(spots[0])
	}
}

// choose goes to another kind or expiry.
func (f *formScreen) choose(d *desk, by int) {
	switch f.at.input {
	case inKind:
		if kinds := routedKinds(d); len(kinds) > 0 {
			at := slices.Index(kinds, f.chosenKind(d))
			f.kind = kinds[(at+by+len(kinds))%len(kinds)]
		}
	case inExpiry:
		f.expiry = (f.expiry + by + len(expiries)) % len(expiries)
	}
}

// addLine adds a line after the one that is typed, or after the last.
func (f *formScreen) addLine(d *desk) {
	f.open, f.refusal = true, nil
	at := len(f.lines)
	if f.at.input == inLine {
		at = f.at.line + 1
	}
	f.lines = slices.Insert(f.lines, at, newFormLine("", "1", ""))
	f.goTo(d, spot{inLine, at, lineName})
}

// dropLine takes away the line that is typed, or the last.
func (f *formScreen) dropLine() {
	at := len(f.lines) - 1
	if f.at.input == inLine {
		at = min(at, f.at.line)
	}
	f.lines, f.refusal = slices.Delete(f.lines, at, at+1), nil
	if f.at.input != inLine {
		return
	}
	if len(f.lines) == 0 {
		f.moveTo(spot{input: inKind})
		return
	}
	f.moveTo(spot{inLine, min(at, len(f.lines)-1), f.at.column})
}

// expiries are how long an invoice can be paid; zero is for ever.
var expiries = []struct {
	after time.Duration
	name  lang.Text
}{
	{0, lang.Text{UZ: "muddatsiz", RU: "бессрочно", EN: "never"}},
	{8 * time.Hour, lang.Text{UZ: "8 soat", RU: "8 часов", EN: "8 hours"}},
	{24 * time.Hour, lang.Text{UZ: "24 soat", RU: "24 часа", EN: "24 hours"}},
	{3 * 24 * time.Hour, lang.Text{UZ: "3 kun", RU: "3 дня", EN: "3 days"}},
	{30 * 24 * time.Hour, lang.Text{UZ: "30 kun", RU: "30 дней", EN: "30 days"}},
}
