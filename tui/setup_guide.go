package tui

import (
	"context"
	"log/slog"
	"maps"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"tushum/internal/lang"
	"tushum/internal/setup"
	"tushum/tui/keys"
	"tushum/tui/look"
)

// guide leads through the first settings: the language, page after page of
// questions, what they come to, the sheet for the bank.
type guide struct {
	*desk
	save func(context.Context, setup.Answers) (setup.Saved, error)
	keep func(setup.Answers)

	pages     []guidePage // the first asks for the language
	at        int         // len(pages): the summary
	was       setup.Answers
	answers   setup.Answers
	resumed   bool // it goes on with what was typed before
	unsettled bool // there is no settings file yet

	scroller              // of the summary
	sheet    *sheetScreen // after the answers were saved
	saved    setup.Saved

	dialog        *dialog
	notice        toastMsg
	refusal       error // why the answers were not saved
	saving        bool
	interrupted   bool
	colourless    bool
	width, height int
}

// guidePage is a page of the guide.
type guidePage struct {
	*questionPage
	page setup.Page // empty for the language
}

func newGuide(o SetupOptions, keep func(setup.Answers)) *guide {
	if o.Lang == "" {
		o.Lang = lang.UZ
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	g := &guide{
		desk: &desk{
			Options: Options{
				Lang: o.Lang, Palette: o.Palette, ASCII: o.ASCII, PlainApostrophe: o.PlainApostrophe, Folder: o.Folder, Log: o.Log, Screen: o.Screen,
			},
			dark: o.Palette != Light, closed: make(chan struct{}), known: o.Systems,
		},
		save: o.Save, keep: keep, was: setup.From(o.Config), resumed: len(o.Answers) > 0, width: o.Screen.Width, height: o.Screen.Height,
	}
	g.repaint()
	g.answers = maps.Clone(g.was)
	if g.unsettled = o.Config.Path == ""; g.unsettled {
		g.answers[setup.ShopLanguage] = string(o.Lang)
	}
	maps.Copy(g.answers, o.Answers)
	g.pages = []guidePage{{newQuestionPage(g.desk, []setup.Question{languageQuestion}, setup.Answers{languageQuestion.ID: string(o.Lang)}, setup.Files{}, nil), ""}}
	files := setup.Files{Folder: o.Folder, Settings: o.Settings}
	for _, page := range setup.Pages() {
		g.pages = append(g.pages, guidePage{newQuestionPage(g.desk, questionsOf(setup.Questions(o.Systems), page), g.answers, files, g.was), page})
	}
	g.fit()
	return g
}

// fit fits the fields of all pages into the window.
func (g *guide) fit() {
	for _, p := range g.pages {
		p.fit(g.desk, g.width)
	}
}

// done tells that the answers are in the settings.
func (g *guide) done() bool { return g.sheet != nil }

func (g *guide) repaint() {
	g.theme = look.NewTheme(look.Options{Light: !g.dark, NoColor: g.colourless || noColor(g.Screen.Environ), ASCII: g.ASCII})
	for _, p := range g.pages {
		p.paint(g.desk)
	}
}

// Init asks the terminal for its background.
func (g *guide) Init() tea.Cmd {
	if g.Palette == Auto {
		return tea.RequestBackgroundColor
	}
	return nil
}

// Update takes a message, and then what screens want.
func (g *guide) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	cmds := []tea.Cmd{g.take(msg)}
	for len(g.wanted) > 0 {
		next := g.wanted[0]
		g.wanted = g.wanted[1:]
		cmds = append(cmds, g.take(next))
	}
	return g, tea.Batch(cmds...)
}

func (g *guide) take(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return g.key(msg)
	case tea.PasteMsg:
		if page, ok := g.asking(); ok && g.dialog == nil {
			page.typed(msg)
		}
	case tea.WindowSizeMsg:
		g.width, g.height = msg.Width, msg.Height
		g.fit()
	case tea.BackgroundColorMsg:
		g.dark = msg.IsDark()
		g.repaint()
	case tea.ColorProfileMsg:
		g.colourless = msg.Profile <= colorprofile.ASCII
		g.repaint()
	default:
		return g.takeWish(msg)
	}
	return nil
}

func (g *guide) takeWish(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case askMsg:
		g.dialog = msg.dialog
		return g.dialog.open(g.desk)
	case dialogAwakeMsg:
		msg.dialog.awake = true
	case popMsg: // the sheet, and it is the last
		return tea.Quit
	case toastMsg:
		g.notice = msg
	case copyMsg:
		g.notice = toastMsg{msg.notice, glad}
		return tea.SetClipboard(msg.text)
	case guideSavedMsg:
		g.takeSaved(msg)
	default:
		if g.sheet != nil {
			return g.sheet.update(g.desk, msg)
		}
	}
	return nil
}

// asking is the page of questions that is seen.
func (g *guide) asking() (guidePage, bool) {
	if g.sheet != nil || g.saving || g.at >= len(g.pages) {
		return guidePage{}, false
	}
	return g.pages[g.at], true
}

func (g *guide) key(key tea.KeyPressMsg) tea.Cmd {
	if asked := g.dialog; asked != nil {
		done, cmd := asked.key(key)
		if done {
			g.dialog = nil
		}
		return cmd
	}
	g.notice = toastMsg{}
	if g.sheet != nil {
		return g.keyOnSheet(key.String())
	}
	if key.String() == "ctrl+c" || key.String() == "ctrl+q" {
		g.interrupted = true
		return tea.Quit
	}
	if page, ok := g.asking(); ok {
		g.keyOnPage(page, key)
		return nil
	}
	if g.saving {
		return nil
	}
	return g.keyOnSummary(key.String())
}

func (g *guide) keyOnPage(page guidePage, key tea.KeyPressMsg) {
	switch key.String() {
	case "enter", "tab":
		if page.next(g.desk) {
			g.keep(g.typed())
			g.goTo(g.at + 1)
		}
	case "shift+tab":
		if page.prev(g.desk) && g.at > 0 {
			g.goTo(g.at - 1)
			g.pages[g.at].last(g.desk)
		}
	case "esc":
		g.goTo(max(0, g.at-1))
	case "up", "down":
		page.arrow(g.desk, key.String() == "down")
	default:
		if belongsToField(key) {
			page.typed(key)
		}
	}
	if page.page == "" {
		g.speak(page)
	}
}

// speak goes on in the language that was chosen. A shop without settings begins
// with the same one.
func (g *guide) speak(page guidePage) {
	chosen := lang.Lang(page.answers[languageQuestion.ID])
	if chosen != g.Lang && g.unsettled {
		g.answers[setup.ShopLanguage] = string(chosen)
	}
	g.Lang = chosen
	g.fit()
}

// goTo shows another page, or the summary.
func (g *guide) goTo(at int) {
	g.at, g.offset, g.refusal = at, 0, nil
	if at < len(g.pages) {
		g.pages[at].enter(g.desk)
		g.pages[at].dress(g.desk, g.pages[at].dressed)
	}
}

func (g *guide) keyOnSummary(name string) tea.Cmd {
	switch name {
	case "enter":
		return g.saveAll()
	case "shift+tab", "esc":
		g.goTo(len(g.pages) - 1)
		return nil
	}
	if b, ok := keys.Find(name, keys.Text); ok {
		g.scroll(b.Action)
	}
	return nil
}

func (g *guide) keyOnSheet(name string) tea.Cmd {
	switch b, found := keys.Find(name, keys.Sheet, keys.Text); {
	case name == "enter", name == "esc", name == "ctrl+c", pressed(name, "q"):
		if cmd := g.sheet.leave(g.desk); cmd != nil {
			return cmd
		}
		return tea.Quit
	case found:
		return g.sheet.act(g.desk, b.Action)
	}
	return nil
}

// guideSavedMsg is what came of saving all answers.
type guideSavedMsg struct {
	saved setup.Saved
	err   error
}

// given are the answers to all that is asked.
func (g *guide) given() setup.Answers {
	given := make(setup.Answers)
	for _, p := range g.pages[1:] {
		maps.Copy(given, p.given())
	}
	if hash := g.answers[setup.PasswordHash]; hash != "" && given[setup.UzumPassword] == "" {
		given[setup.PasswordHash] = hash
	}
	return given
}

// saveAll writes the answers down. The hash of a password takes its time.
func (g *guide) saveAll() tea.Cmd {
	for i, p := range g.pages {
		if !p.complete(g.desk) {
			g.at = i
			return nil
		}
	}
	g.saving, g.refusal = true, nil
	save, given := g.save, g.given()
	return func() tea.Msg {
		saved, err := save(context.Background(), given)
		return guideSavedMsg{saved, err}
	}
}

func (g *guide) takeSaved(msg guideSavedMsg) {
	g.saving = false
	if msg.err == nil {
		g.saved = msg.saved
		g.sheet = &sheetScreen{sheet: msg.saved.Sheet, after: g.afterwards}
		return
	}
	for i, p := range g.pages {
		if _, ok := p.about(msg.err); ok {
			g.goTo(i)
			p.refuse(g.desk, msg.err)
			return
		}
	}
	g.refusal = msg.err
}

// languageQuestion is asked first, each language in its own words.
var languageQuestion = setup.Question{
	ID: "language", Kind: setup.Choice,
	Title: lang.Text{UZ: "Til", RU: "Язык", EN: "Language"},
	Help: lang.Text{
		UZ: "← va → bilan tanlang, Enter bilan davom eting",
		RU: "выберите клавишами ← и →, дальше — Enter",
		EN: "choose with ← and →, go on with Enter",
	},
	Options: []setup.Option{{Value: "uz", Name: lang.Text{EN: "O‘zbekcha"}}, {Value: "ru", Name: lang.Text{EN: "Русский"}}, {Value: "en", Name: lang.Text{EN: "English"}}},
}
