package tui

import (
	"strings"
	"time"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"tushum/internal/lang"
	"tushum/tui/keys"
	"tushum/tui/look"
)

// dialog is a question over the screen. For its first moments it takes no keys,
// so that what somebody was typing does not answer it.
type dialog struct {
	title   string
	body    []string // paragraphs
	warning string   // stands out; empty: none
	choices []string // one of them is chosen; none: there is nothing to choose
	whole   bool     // they are sentences: one that is too long takes more lines
	chosen  int
	picks   []*pick // in place of choices: several things, one of each is chosen
	picking int     // which of them the arrows change
	ask     string  // the label of a text to type; empty: none
	must    string  // what to say when nothing was typed; empty: it may stay empty
	yes     string  // what Enter does
	then    func(chosen int, text string) tea.Cmd

	field textinput.Model
	awake bool // it takes keys
	fault string
}

// pick is one thing of several that are chosen in a dialog.
type pick struct {
	label   string
	options []string
	chosen  int
}

// dialogAwakeMsg says that a dialog has been seen.
type dialogAwakeMsg struct{ dialog *dialog }

// deafFor is how long a dialog takes no keys.
const deafFor = 300 * time.Millisecond

// maxReason bounds what can be typed into a dialog, in runes.
const maxReason = 200

func (q *dialog) open(d *desk) tea.Cmd {
	if q.ask != "" {
		q.field = newField("", maxReason)
		q.field.Focus()
	}
	return d.after(deafFor, dialogAwakeMsg{q})
}

// key takes a key. done tells that the dialog is over.
func (q *dialog) key(key tea.KeyPressMsg) (done bool, cmd tea.Cmd) {
	if !q.awake {
		return false, nil
	}
	name := key.String()
	switch {
	case name == "esc", name == "ctrl+c", name == "ctrl+q":
		return true, nil
	case name == "enter":
		return q.answer()
	case name == "up", name == "shift+tab":
		q.choose(-1)
	case name == "down", name == "tab":
		q.choose(1)
	case len(q.picks) > 0 && (name == "left" || name == "right" || name == "space"):
		q.pick(name)
	case q.ask != "":
		q.fault = ""
		return false, typed(&q.field, key)
	case pressed(name, "y"):
		return q.answer()
	case pressed(name, "n"), pressed(name, "q"):
		return true, nil
	case len(name) == 1 && name[0] >= '1' && int(name[0]-'1') < len(q.choices):
		q.chosen = int(name[0] - '1')
	}
	return false, nil
}

func pressed(name, key string) bool { return name == key || name == keys.Twin(key) }

func (q *dialog) choose(by int) {
	if n := len(q.picks); n > 0 {
		q.picking = (q.picking + by + n) % n
	}
	if n := len(q.choices); n > 0 {
		q.chosen = (q.chosen + by + n) % n
	}
}

// pick goes to the option before or after.
func (q *dialog) pick(key string) {
	p, by := q.picks[q.picking], 1
	if key == "left" {
		by = -1
	}
	p.chosen = (p.chosen + by + len(p.options)) % len(p.options)
}

func (q *dialog) answer() (done bool, cmd tea.Cmd) {
	text := strings.TrimSpace(q.field.Value())
	if q.must != "" && text == "" {
		q.fault = q.must
		return false, nil
	}
	return true, q.then(q.chosen, text)
}

// paste takes what was pasted.
func (q *dialog) paste(msg tea.PasteMsg) tea.Cmd {
	if q.ask == "" || !q.awake {
		return nil
	}
	return typed(&q.field, msg)
}

// dialogWidth is how wide a dialog is where there is room, in cells.
const dialogWidth = 60

func (q *dialog) view(d *desk, w int) []string {
	inner := max(10, min(dialogWidth, w-4)-4)
	var body []string
	for _, p := range q.body {
		body = append(body, look.Wrap(p, inner)...)
	}
	if q.warning != "" {
		body = append(body, hung(d.theme.Warn.Paint(d.theme.Signs.Warn)+" ", d.painted(d.theme.Warn, q.warning, max(1, inner-signWidth)))...)
	}
	if len(q.choices) > 0 || len(q.picks) > 0 {
		body = append(body, "")
	}
	body = append(body, q.pickLines(d, inner)...)
	for i, choice := range q.choices {
		room := max(1, inner-choiceSigns)
		text := []string{look.Cut(choice, room)}
		if q.whole {
			text = look.Wrap(choice, room)
		}
		body = append(body, q.choice(d, i, text)...)
	}
	if q.ask != "" {
		body = append(body, "", d.theme.Faint.Paint(q.ask), d.fieldView(&q.field, inner))
		if q.fault != "" {
			body = append(body, d.theme.Bad.Paint(look.Cut(d.theme.Signs.Failed+" "+q.fault, inner)))
		}
	}
	body = append(append(body, ""), q.hints(d, inner)...)
	return look.Box(d.theme, q.title, body, inner+4)
}

// choiceSigns is how wide the cursor and the air around a choice are, in cells.
const choiceSigns = 4

// choice is one of the choices; a long one takes more than a line.
func (q *dialog) choice(d *desk, i int, lines []string) []string {
	widest := 0
	for _, line := range lines {
		widest = max(widest, look.Width(line))
	}
	shown := make([]string, len(lines))
	for at, line := range lines {
		switch {
		case i != q.chosen:
			shown[at] = "   " + line
		case at == 0:
			shown[at] = d.theme.Signs.Cursor + " " + d.theme.Selected.Paint(" "+look.Fit(line, widest)+" ")
		default:
			shown[at] = "  " + d.theme.Selected.Paint(" "+look.Fit(line, widest)+" ")
		}
	}
	return shown
}

// pickLines are the things to choose, each with what is chosen of it: beside it, or
// below it where the window is too narrow for that.
func (q *dialog) pickLines(d *desk, w int) []string {
	labels, options := 0, 0
	for _, p := range q.picks {
		labels = max(labels, look.Width(p.label)+1)
		for _, option := range p.options {
			options = max(options, look.Width(option)+pickSigns)
		}
	}
	var lines []string
	beside, air := 2+labels+options <= w, ""
	if 2+labels+options+3 <= w {
		labels, air = labels+1, " "
	}
	for i, p := range q.picks {
		sign, ink := "  ", d.theme.Faint
		if i == q.picking {
			sign, ink = d.theme.Signs.Cursor+" ", d.theme.Strong
		}
		label := sign + ink.Paint(look.Fit(p.label, labels))
		option := p.option(d, i == q.picking, air)
		if beside {
			lines = append(lines, label+option)
		} else {
			lines = append(lines, look.Cut(label, w), look.Cut("  "+option, w))
		}
	}
	return lines
}

// pickSigns is how wide the arrows around an option are, in cells.
const pickSigns = 4

// option is what is chosen, with the keys that choose another where they do.
func (p *pick) option(d *desk, picking bool, air string) string {
	option := air + p.options[p.chosen] + air
	if !picking {
		return "  " + option
	}
	return d.theme.Key.Paint("←") + " " + d.theme.Selected.Paint(option) + " " + d.theme.Key.Paint("→")
}

var leaveIt = lang.Text{UZ: "orqaga", RU: "назад", EN: "back"}

// hints are the keys that end it, below each other where one line is too short.
func (q *dialog) hints(d *desk, w int) []string {
	yes := d.theme.Key.Paint("Enter") + " " + q.yes
	no := d.theme.Key.Paint("Esc") + " " + d.say(leaveIt)
	if line := yes + "   " + no; look.Width(line) <= w {
		return []string{line}
	}
	return []string{look.Cut(yes, w), look.Cut(no, w)}
}
