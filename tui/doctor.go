package tui

import (
	tea "charm.land/bubbletea/v2"

	"tushum/internal/doctor"
	"tushum/internal/lang"
	"tushum/tui/keys"
)

// doctorScreen looks the shop over, and shows what is found as it is found.
type doctorScreen struct {
	scroller
	run     *examination // the newest; nil before the screen was shown
	found   []doctor.Result
	ended   bool // the run is over
	reading bool // somebody has scrolled: what is on the screen stays
}

// foundMsg is one thing that an examination has found.
type foundMsg struct {
	run    *examination
	result doctor.Result
	over   bool // there is no more
}

func newDoctor() *doctorScreen { return &doctorScreen{} }

func (s *doctorScreen) title(d *desk) string { return d.say(doctorTitle) }

func (s *doctorScreen) scopes(*desk) []keys.Scope { return []keys.Scope{keys.Doctor, keys.Text} }

func (s *doctorScreen) show(d *desk) tea.Cmd {
	if s.run != nil {
		return nil
	}
	return s.begin(d)
}

// begin examines anew.
func (s *doctorScreen) begin(d *desk) tea.Cmd {
	*s = doctorScreen{run: newExamination()}
	return s.run.begin(d.Settings)
}

// close breaks off what is being examined.
func (s *doctorScreen) close() {
	if s.run != nil {
		s.run.cancel()
	}
}

func (s *doctorScreen) update(_ *desk, msg tea.Msg) tea.Cmd {
	found, mine := msg.(foundMsg)
	if !mine || found.run != s.run {
		return nil
	}
	if found.over {
		s.ended = true
		return nil
	}
	s.found = append(s.found, found.result)
	return s.run.next
}

func (s *doctorScreen) act(d *desk, a keys.Action) tea.Cmd {
	switch a {
	case keys.Again:
		return s.begin(d)
	case keys.CopyReport:
		return copyText(s.report(d), d.say(reportCopied))
	}
	s.reading = true
	s.scroll(a)
	return nil
}

func (s *doctorScreen) why(_ *desk, a keys.Action) (none lang.Text) {
	switch {
	case a == keys.Again && !s.ended:
		return doctorBusy
	case a == keys.CopyReport && len(s.found) == 0:
		return noneChecked
	}
	return none
}

// count is how many checks ended in a way.
func (s *doctorScreen) count(status doctor.Status) (n int) {
	for _, r := range s.found {
		if r.Status == status {
			n++
		}
	}
	return n
}

var (
	doctorTitle  = lang.Text{UZ: "tekshiruv", RU: "проверка", EN: "check"}
	doctorBusy   = lang.Text{UZ: "tekshiruv ketmoqda: tugashini kuting", RU: "проверка идёт: дождитесь её конца", EN: "the check is running: wait for the end"}
	noneChecked  = lang.Text{UZ: "hali hech narsa tekshirilmagan", RU: "ещё ничего не проверено", EN: "nothing was checked yet"}
	reportCopied = lang.Text{UZ: "tekshiruv natijasi nusxalandi", RU: "результат проверки скопирован", EN: "what was found is copied"}
)
