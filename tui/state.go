package tui

import (
	"context"
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"tushum/store"
	"tushum/tui/keys"
	"tushum/tui/look"
)

// liveMsg is what has changed around the console.
type liveMsg struct{ state State }

// lookEvery is how often it is looked whether the store can be written, and
// what has changed around the console.
const lookEvery = time.Second

// watchShop tells when the store can no longer be written, when it can again and
// when the reason changes; and what else has changed around the console.
func watchShop(ctx context.Context, o Options, tell func(tea.Msg)) {
	if o.Ready == nil && o.Live == nil {
		return
	}
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	w := watcher{Options: o, tell: tell}
	for {
		w.lookAtStore()
		w.lookAround()
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// watcher remembers what was told last, so that only a change wakes the console.
type watcher struct {
	Options
	tell    func(tea.Msg)
	trouble string // with the store
	version uint64 // of the state
	told    bool   // a state was
}

func (w *watcher) lookAtStore() {
	if w.Ready == nil {
		return
	}
	err, text := w.Ready(), ""
	if err != nil {
		text = err.Error()
	}
	if text != w.trouble {
		w.tell(readyMsg{err})
		w.trouble = text
	}
}

func (w *watcher) lookAround() {
	if w.Live == nil {
		return
	}
	now := w.Live()
	if w.told && now.Version == w.version {
		return
	}
	w.told, w.version = true, now.Version
	w.tell(liveMsg{now})
}

// takeOver goes on with what has changed around the console.
func (m *model) takeOver(msg liveMsg) tea.Cmd {
	now := msg.state
	m.Shop, m.Letter, m.Message, m.Bell, m.PlainApostrophe = now.Shop, now.Letter, now.Message, now.Bell, now.PlainApostrophe
	m.warnings, m.connections = now.Warnings, now.Connections
	return tea.Batch(m.tell(msg), m.resize()) // the line about warnings takes a row
}

// alarm is one line about what is wrong: the store before all, else the gravest
// warning; and how many warnings there are besides. Nil where all is well.
func (m *model) alarm() []string {
	more := len(m.warnings)
	switch {
	case m.ready != nil:
		return []string{m.alarmLine(m.theme.Bad, m.theme.Signs.Failed+" "+m.trouble(m.ready), more)}
	case more == 0 || m.front() == screen(m.settings):
		return nil // the settings show them all
	}
	return []string{m.alarmLine(m.theme.Warn, m.theme.Signs.Warn+" "+safe(m.say(m.warnings[0].Says)), more-1)}
}

// namedFrom is the least width at which the screen of the warnings is named, in cells.
const namedFrom = 60

// alarmLine is a line of the head with how many warnings there are besides, and
// the key that shows them.
func (m *model) alarmLine(style look.Style, says string, more int) string {
	rest := ""
	if more > 0 {
		rest = "  " + style.Paint("+"+strconv.Itoa(more))
	}
	for _, b := range m.alarmKeys() {
		rest += "  " + m.theme.Key.Paint(b.key)
		if m.width >= namedFrom {
			rest += " " + m.theme.Faint.Paint(b.name)
		}
	}
	if rest == "" {
		return style.Paint(look.Fit(" "+says, m.width))
	}
	left := look.Cut(" "+says, max(1, m.width-look.Width(rest)-1))
	return look.Fit(style.Paint(left)+rest, m.width)
}

// namedKey is a key with the name of what it leads to.
type namedKey struct{ key, name string }

// alarmKeys lead to where something can be done about the line, one after the other:
// the settings show the warnings, and money is decided about from Today.
func (m *model) alarmKeys() (all []namedKey) {
	switch {
	case len(m.warnings) == 0:
		return nil
	case m.ready == nil && m.warnings[0].Code == store.MoneyUnsettled:
		if m.front() != m.tabs[0] {
			today, _ := keys.Of(keys.ToToday)
			all = append(all, namedKey{today.Shown(), m.tabs[0].title(m.desk)})
		}
		b, _ := keys.Of(keys.ToDecide)
		return append(all, namedKey{b.Shown(), m.say(b.Label)})
	case m.Settings == nil:
		return nil
	}
	b, _ := keys.Of(keys.ToSettings)
	return []namedKey{{b.Shown(), m.settings.title(m.desk)}}
}

// safe is a sentence that may quote what strangers have sent, for a terminal.
// Its no-break spaces become plain ones.
func safe(text string) string { return look.Foreign(plainSpaces.Replace(text)) }

var plainSpaces = strings.NewReplacer("\u00a0", " ", "\u202f", " ")
