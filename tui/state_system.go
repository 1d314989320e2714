package tui

import (
	"slices"
	"strings"

	"tushum/internal/lang"
	"tushum/store"
	"tushum/tui/look"
)

// profiles are the payment systems, in the order in which people are shown them.
func (d *desk) profiles() []store.Profile {
	if d.Systems == nil {
		return d.known
	}
	var all []store.Profile
	for _, system := range d.Systems() {
		all = append(all, system.Profile())
	}
	return all
}

// profile is what is known of a payment system. Where nobody tells, the ledger's
// rules may know it; of one that nobody knows it has the name alone.
func (d *desk) profile(s store.System) store.Profile {
	for _, p := range d.profiles() {
		if p.System == s {
			return p
		}
	}
	if d.Ledger != nil {
		if p, known := d.rules().Systems[s]; known {
			p.System = s
			return p
		}
	}
	return store.Profile{System: s, State: store.NotConnected}
}

// systemName is what a payment system is called.
func (d *desk) systemName(s store.System) string {
	if s == "" {
		return d.say(notRouted)
	}
	if name := d.say(d.profile(s).Name); name != "" {
		return name
	}
	return look.Foreign(string(s))
}

// fillSystem says a text about a payment system, by its name.
func (d *desk) fillSystem(t lang.Text, s store.System, pairs ...string) string {
	return d.fill(t, append([]string{"{system}", d.systemName(s)}, pairs...)...)
}

// connection is how far a payment system has come. Where nobody watches, it is
// what the settings tell.
func (d *desk) connection(s store.System) store.Connection {
	if c, known := d.connections[s]; known {
		c.System = s
		return c
	}
	p := d.profile(s)
	c := store.Connection{System: s, State: p.State, Test: p.Test}
	if c.State == "" {
		c.State = store.Connected
	}
	return c
}

// ways are the payment systems by which the shop is paid without its staff's doing:
// those that kinds of payment go to, else all that there are.
func (d *desk) ways() []store.Connection {
	var used, all []store.Connection
	routing := d.rules().Routing
	seen := make(map[store.System]bool)
	for _, k := range store.Kinds() {
		if s := routing[k]; s != "" && !seen[s] && !d.profile(s).Can.ByHand {
			seen[s] = true
			used = append(used, d.connection(s))
		}
	}
	if len(used) > 0 {
		return used
	}
	for _, p := range d.profiles() {
		if !p.Can.ByHand {
			all = append(all, d.connection(p.System))
		}
	}
	return all
}

// names are what payment systems are called.
func (d *desk) names(all []store.Connection) string {
	names := make([]string, len(all))
	for i, c := range all {
		names[i] = d.systemName(c.System)
	}
	return strings.Join(names, ", ")
}

// among are the connections of which something is true.
func among(all []store.Connection, is func(store.Connection) bool) []store.Connection {
	return slices.DeleteFunc(slices.Clone(all), func(c store.Connection) bool { return !is(c) })
}

// mode is how the shop stands to its payment systems, in a word for the status
// bar. Of several that differ it says which one is not what the others are.
func (m *model) mode() part {
	if m.Shop.Demo {
		return part{m.say(modeDemo), m.theme.Warn, modeKeep}
	}
	filled := among(m.ways(), func(c store.Connection) bool { return c.State != store.NotConnected })
	open := among(filled, store.Connection.Open)
	tests := among(open, func(c store.Connection) bool { return c.Test })
	closed := among(filled, func(c store.Connection) bool { return !c.Open() })
	switch {
	case len(filled) == 0:
		return part{m.say(modeUnconnected), m.theme.Bad, modeKeep}
	case len(tests) > 0 && len(tests) == len(open):
		return part{m.say(modeTest), m.theme.Warn, modeKeep}
	case len(tests) > 0:
		return part{m.fill(modeTestOf, "{systems}", m.names(tests)), m.theme.Warn, modeKeep}
	case len(open) == 0:
		return part{m.say(modeAllPaused), m.theme.Warn, modeKeep}
	case len(closed) > 0:
		return part{m.fill(modePaused, "{systems}", m.names(closed)), m.theme.Warn, modeKeep}
	}
	return part{m.say(modeLive), m.theme.Good, modeKeep}
}

// modeKeep is how long that word stays in a window that grows narrow.
const modeKeep = 7

var (
	modeDemo        = lang.Text{UZ: "NAMOYISH", RU: "ДЕМО", EN: "DEMO"}
	modeTest        = lang.Text{UZ: "SINOV REJIMI", RU: "ТЕСТОВЫЙ РЕЖИМ", EN: "TEST MODE"}
	modeTestOf      = lang.Text{UZ: "SINOV: {systems}", RU: "ТЕСТ: {systems}", EN: "TEST: {systems}"}
	modeLive        = lang.Text{UZ: "ish rejimi", RU: "рабочий режим", EN: "live"}
	modePaused      = lang.Text{UZ: "pauza: {systems}", RU: "пауза: {systems}", EN: "paused: {systems}"}
	modeAllPaused   = lang.Text{UZ: "to‘lovlar pauzada", RU: "приём на паузе", EN: "payments are paused"}
	modeUnconnected = lang.Text{UZ: "to‘lov ulanmagan", RU: "оплата не подключена", EN: "payments not connected"}
)
