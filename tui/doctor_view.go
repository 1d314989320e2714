package tui

import (
	"strconv"
	"strings"

	"tushum/internal/doctor"
	"tushum/internal/lang"
	"tushum/tui/look"
)

// The least window in which what was found stands beside the name of its check,
// and how wide names get, in cells.
const (
	foundBeside = 72
	widestCheck = 30
	widestFound = 110 // longer lines are hard to read
)

func (s *doctorScreen) view(d *desk, w, h int) string {
	lines := []string{""}
	name := s.nameWidth(d, w)
	failed := -1
	for _, r := range s.found {
		if failed < 0 && r.Status == doctor.Failed {
			failed = len(lines)
		}
		lines = append(lines, d.foundLines(r, name, min(w, widestFound))...)
	}
	lines = append(lines, s.endLines(d, min(w, widestFound))...)
	switch {
	case s.reading:
	case s.ended && failed >= 0:
		s.offset = failed // what has to be mended
	default:
		s.offset = len(lines) // the newest, and at last the sum
	}
	return s.scroller.view(d, lines, w, h)
}

// nameWidth is how wide the names of the checks are; 0 where they stand above
// what was found.
func (s *doctorScreen) nameWidth(d *desk, w int) int {
	if w < foundBeside {
		return 0
	}
	name := 0
	for _, r := range s.found {
		name = max(name, look.Width(safe(d.say(r.Title))))
	}
	return min(name, widestCheck)
}

// foundLines are one check: its sign, its name, what was found and what to do.
func (d *desk) foundLines(r doctor.Result, name, w int) []string {
	sign, style := d.foundSign(r.Status)
	title, says, advice := safe(d.say(r.Title)), safe(d.say(r.Says)), safe(d.say(r.Advice))
	left, indent := " "+style.Paint(sign)+" ", 3
	var lines []string
	if name > 0 {
		indent += name + 2
		lines = hung(left+look.Fit(title, name)+"  ", d.painted(saysStyle(d, r.Status), says, max(1, w-indent-1)))
		if len(lines) == 0 {
			lines = []string{left + look.Cut(title, w-4)}
		}
	} else {
		lines = append(hung(left, look.Wrap(title, max(1, w-4))), moved(d.painted(saysStyle(d, r.Status), says, max(1, w-4)), indent)...)
	}
	if advice == "" {
		return lines
	}
	arrow := strings.Repeat(" ", indent) + d.theme.Key.Paint("→") + " "
	return append(lines, hung(arrow, look.Wrap(advice, max(1, w-indent-3)))...)
}

// foundSign is how a check ended.
func (d *desk) foundSign(s doctor.Status) (string, look.Style) {
	switch s {
	case doctor.Passed:
		return d.theme.Signs.Paid, d.theme.Good
	case doctor.Warning:
		return d.theme.Signs.Warn, d.theme.Warn
	case doctor.Skipped:
		return d.theme.Signs.Cancelled, d.theme.Faint
	}
	return d.theme.Signs.Failed, d.theme.Bad
}

// saysStyle is quiet about what passed.
func saysStyle(d *desk, s doctor.Status) look.Style {
	switch s {
	case doctor.Passed, doctor.Skipped:
		return d.theme.Faint
	case doctor.Warning:
		return d.theme.Warn
	}
	return d.theme.Bad
}

// endLines say that it goes on, or how all ended.
func (s *doctorScreen) endLines(d *desk, w int) []string {
	t := d.theme
	if !s.ended {
		return []string{" " + t.Warn.Paint(look.Cut(t.Signs.Paying+" "+d.say(doctorChecking), w-2))}
	}
	style := t.Good
	switch {
	case s.count(doctor.Failed) > 0:
		style = t.Bad
	case s.count(doctor.Warning) > 0:
		style = t.Warn
	}
	return append([]string{""}, moved(d.painted(style, s.sum(d), max(1, w-2)), 1)...)
}

// sum says how many checks ended how.
func (s *doctorScreen) sum(d *desk) string {
	parts := []string{d.fill(sumPassed, "{n}", strconv.Itoa(s.count(doctor.Passed)))}
	for _, other := range []struct {
		status doctor.Status
		says   counted
	}{{doctor.Warning, sumWarned}, {doctor.Failed, sumFailed}, {doctor.Skipped, sumSkipped}} {
		if n := s.count(other.status); n > 0 {
			parts = append(parts, other.says.say(d, n))
		}
	}
	return strings.Join(parts, ", ")
}

// report is all that was found as text, to be sent to somebody.
func (s *doctorScreen) report(d *desk) string {
	var b strings.Builder
	b.WriteString("Tushum " + d.full(d.now()) + "\n")
	for _, r := range s.found {
		b.WriteString("\n" + d.say(statusWords[r.Status]) + ": " + safe(d.say(r.Title)) + ": " + safe(d.say(r.Says)) + "\n")
		if r.Advice != (lang.Text{}) {
			b.WriteString("  " + safe(d.say(r.Advice)) + "\n")
		}
	}
	return b.String() + "\n" + s.sum(d) + "\n"
}

var (
	doctorChecking = lang.Text{UZ: "tekshirilmoqda…", RU: "проверяется…", EN: "checking…"}

	statusWords = map[doctor.Status]lang.Text{
		doctor.Passed:  {UZ: "o‘tdi", RU: "пройдено", EN: "passed"},
		doctor.Warning: {UZ: "ogohlantirish", RU: "предупреждение", EN: "warning"},
		doctor.Failed:  {UZ: "xato", RU: "ошибка", EN: "failed"},
		doctor.Skipped: {UZ: "o‘tkazib yuborildi", RU: "пропущено", EN: "skipped"},
	}
	sumPassed = lang.Text{UZ: "{n} ta o‘tdi", RU: "пройдено {n}", EN: "{n} passed"}
	sumWarned = counted{
		one:  lang.Text{UZ: "{n} ta ogohlantirish", RU: "{n} предупреждение", EN: "{n} warning"},
		few:  lang.Text{RU: "{n} предупреждения"},
		many: lang.Text{UZ: "{n} ta ogohlantirish", RU: "{n} предупреждений", EN: "{n} warnings"},
	}
	sumFailed = counted{
		one:  lang.Text{UZ: "{n} ta xato", RU: "{n} ошибка", EN: "{n} failed"},
		few:  lang.Text{RU: "{n} ошибки"},
		many: lang.Text{UZ: "{n} ta xato", RU: "{n} ошибок", EN: "{n} failed"},
	}
	sumSkipped = counted{
		one:  lang.Text{UZ: "{n} tasi o‘tkazib yuborildi", RU: "пропущена {n}", EN: "{n} skipped"},
		few:  lang.Text{RU: "пропущено {n}"},
		many: lang.Text{UZ: "{n} tasi o‘tkazib yuborildi", RU: "пропущено {n}", EN: "{n} skipped"},
	}
)
