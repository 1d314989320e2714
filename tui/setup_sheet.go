package tui

import (
	"io/fs"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tushum/internal/lang"
	"tushum/internal/setup"
	"tushum/tui/keys"
	"tushum/tui/look"
)

// sheetScreen is the sheet for the bank.
type sheetScreen struct {
	scroller
	sheet setup.Sheet
	after func(w int) []string // what stands below it; nil: nothing
	taken bool                 // it was saved, or given up; a terminal that was asked to copy gives no answer
}

// newSheet shows a sheet. One with a password is shown only this once.
func newSheet(_ *desk, s setup.Sheet) screen { return &sheetScreen{sheet: s} }

func (s *sheetScreen) title(d *desk) string { return d.say(sheetName) }

func (s *sheetScreen) scopes(*desk) []keys.Scope { return []keys.Scope{keys.Sheet, keys.Text} }

func (s *sheetScreen) show(*desk) tea.Cmd { return nil }

func (s *sheetScreen) why(*desk, keys.Action) (none lang.Text) { return none }

// sheetSavedMsg is what came of saving the sheet.
type sheetSavedMsg struct {
	screen *sheetScreen
	path   string
	err    error
}

func (s *sheetScreen) update(d *desk, msg tea.Msg) tea.Cmd {
	saved, ok := msg.(sheetSavedMsg)
	if !ok || saved.screen != s {
		return nil
	}
	s.taken = s.taken || saved.err == nil
	return codeSavedMsg{path: saved.path, err: saved.err}.notice(d)
}

func (s *sheetScreen) act(d *desk, a keys.Action) tea.Cmd {
	switch a {
	case keys.CopySheet:
		return copyText(s.sheet.Text(d.Lang), d.theme.Signs.Paid+" "+d.say(sheetCopied))
	case keys.SaveSheet:
		return s.save(d)
	}
	s.scroll(a)
	return nil
}

// secretMode is for what nobody else on the machine should read.
const secretMode fs.FileMode = 0o600

func (s *sheetScreen) save(d *desk) tea.Cmd {
	folder, text := d.Folder, s.sheet.Text(d.Lang)
	return func() tea.Msg {
		msg := sheetSavedMsg{screen: s}
		msg.path, msg.err = saveNew(folder, sheetFile, secretMode, []byte(text))
		return msg
	}
}

// sheetFile is the file's name, with a number where that is taken.
const sheetFile = "tushum-uzum-bank.txt"

// leave asks before a password is gone that nobody has taken.
func (s *sheetScreen) leave(d *desk) tea.Cmd {
	if s.sheet.Password == "" || s.taken {
		return nil
	}
	d.ask(&dialog{
		title: d.say(sheetLeave), body: []string{d.say(sheetLost)}, choices: []string{d.say(sheetStay), d.say(sheetGo)}, yes: d.say(throwYes),
		then: func(chosen int, _ string) tea.Cmd {
			if chosen == 1 {
				s.taken = true
				return d.pop(s)
			}
			return nil
		},
	})
	return stay
}

func (s *sheetScreen) view(d *desk, w, h int) string {
	return s.scroller.view(d, s.lines(d, w), w, h)
}

func (s *sheetScreen) lines(d *desk, w int) []string {
	room := max(1, w-signWidth)
	lines := []string{""}
	if s.sheet.Password != "" {
		onlyNow := d.fill(sheetOnlyNow, "{save}", keys.KeyOf(keys.SaveSheet), "{copy}", keys.KeyOf(keys.CopySheet))
		lines = append(lines, moved(d.painted(d.theme.Warn, d.theme.Signs.Warn+" "+onlyNow, room), 1)...)
		lines = append(lines, "")
	}
	text := strings.Split(strings.TrimRight(s.sheet.Text(d.Lang), "\n"), "\n")
	narrow := false
	for _, line := range text {
		narrow = narrow || strings.Contains(line, "  ") && look.Width(line) > room
	}
	for i, line := range text {
		lines = append(lines, moved(sheetLine(d, i, line, narrow, room), 1)...)
	}
	if s.after != nil {
		lines = append(lines, moved(s.after(room), 1)...)
	}
	return lines
}

// sheetLine is a line of the sheet: its title, a label with a value behind it or
// where there is no room below it, or a sentence.
func sheetLine(d *desk, i int, line string, narrow bool, w int) []string {
	label, value, labelled := strings.Cut(line, "  ")
	switch {
	case i == 0:
		return d.painted(d.theme.Title, line, w)
	case !labelled:
		return look.Wrap(line, w)
	case !narrow:
		at := len(line) - len(strings.TrimLeft(line[len(label):], " "))
		return []string{d.theme.Faint.Paint(line[:at]) + line[at:]}
	}
	below := moved(look.Wrap(strings.TrimLeft(value, " "), max(1, w-signWidth)), signWidth)
	if label == "" {
		return below
	}
	return append(d.painted(d.theme.Faint, label, w), below...)
}

var (
	sheetName   = lang.Text{UZ: "bank uchun varaq", RU: "лист для банка", EN: "the sheet for the bank"}
	sheetCopied = lang.Text{
		UZ: "varaq nusxalash uchun terminalga berildi: joylab, tekshirib ko‘ring",
		RU: "лист передан терминалу для копирования: вставьте его и проверьте",
		EN: "the sheet was given to the terminal to copy: paste it to make sure",
	}
	sheetOnlyNow = lang.Text{
		UZ: "parol faqat hozir ko‘rinadi: varaqni faylga saqlang ({save}) yoki nusxalang ({copy})",
		RU: "пароль виден только сейчас: сохраните лист в файл ({save}) или скопируйте ({copy})",
		EN: "the password is shown only now: save the sheet to a file ({save}) or copy it ({copy})",
	}
	sheetLeave = lang.Text{UZ: "varaqni yopish", RU: "закрыть лист", EN: "leave the sheet"}
	sheetLost  = lang.Text{
		UZ: "Varaq faylga saqlanmadi. Parol boshqa ko‘rsatilmaydi: yo‘qolsa, yangisini yaratish kerak bo‘ladi.",
		RU: "Лист не сохранён в файл. Пароль больше не покажется: если он потеряется, придётся создать новый.",
		EN: "The sheet was not saved to a file. The password is not shown again: if it is lost, a new one has to be made.",
	}
	sheetStay = lang.Text{UZ: "varaqqa qaytish", RU: "вернуться к листу", EN: "back to the sheet"}
	sheetGo   = lang.Text{UZ: "varaqni yopish", RU: "закрыть лист", EN: "leave it"}
)
