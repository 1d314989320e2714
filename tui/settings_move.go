package tui

import (
	"slices"

	"tushum/store"
	"tushum/tui/keys"
)

// places are all that keys act on, in their order on the screen.
func (s *settingsScreen) places(d *desk) []place {
	all := warningPlaces(d)
	for _, k := range store.Kinds() {
		all = append(all, place{kind: k})
	}
	return append(all, d.rowPlaces()...)
}

// warningPlaces are the places of the warnings. They go by their codes, so that the
// cursor stays on one when another is over.
func warningPlaces(d *desk) []place {
	var all []place
	seen := make(map[store.WarningCode]int)
	for _, w := range d.warnings {
		all = append(all, place{warning: w.Code, nth: seen[w.Code]})
		seen[w.Code]++
	}
	return all
}

// at is the place that keys act on: the chosen one, or where that has gone the
// first card.
func (s *settingsScreen) at(d *desk) place {
	if s.cursor.warning != "" && !slices.Contains(warningPlaces(d), s.cursor) {
		return place{kind: store.Kinds()[0]}
	}
	return s.cursor
}

// move does what the keys of a list do, and those that go along a row of cards.
func (s *settingsScreen) move(d *desk, a keys.Action) {
	all := s.places(d)
	i := slices.Index(all, s.at(d))
	switch a {
	case keys.Up:
		i = s.up(all, i)
	case keys.Down:
		i = s.down(all, i)
	case keys.Left:
		i = alongCards(all, i, -1)
	case keys.Right:
		i = alongCards(all, i, 1)
	case keys.PageUp:
		i = s.page(all, i, s.up)
	case keys.PageDown:
		i = s.page(all, i, s.down)
	case keys.Newest:
		i = 0
	case keys.Oldest:
		i = len(all) - 1
	}
	s.cursor = all[i]
}

// down is the place below: of a card the one under it, or the last where the
// row below is shorter.
func (s *settingsScreen) down(all []place, i int) int {
	first, last := cardsAmong(all)
	row := func(i int) int { return (i - first) / s.columns }
	switch {
	case all[i].kind == "":
		return min(i+1, len(all)-1)
	case row(i) == row(last):
		return last + 1
	}
	return min(i+s.columns, last)
}

func (s *settingsScreen) up(all []place, i int) int {
	first, last := cardsAmong(all)
	switch {
	case i == last+1: // to the left one of the last row
		return first + (last-first)/s.columns*s.columns
	case all[i].kind == "":
		return max(0, i-1)
	case i-s.columns < first:
		return max(0, first-1)
	}
	return i - s.columns
}

// page goes step by step as far as there is room, and one step at least.
func (s *settingsScreen) page(all []place, i int, step func([]place, int) int) int {
	from := s.spans[all[i]].from
	i = step(all, i)
	for next := step(all, i); next != i; next = step(all, i) {
		if away := s.spans[all[next]].to - from; away > s.room || -away > s.room {
			break
		}
		i = next
	}
	return i
}

func alongCards(all []place, i, by int) int {
	if next := i + by; all[i].kind != "" && next >= 0 && all[next].kind != "" {
		return next
	}
	return i
}

// cardsAmong are the first and the last card.
func cardsAmong(all []place) (first, last int) {
	isCard := func(p place) bool { return p.kind != "" }
	first = slices.IndexFunc(all, isCard)
	return first, first + len(store.Kinds()) - 1
}
