package tui

import (
	"context"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"tushum/internal/config"
	"tushum/internal/doctor"
	"tushum/internal/lang"
	"tushum/internal/oneclick/simulator"
	"tushum/internal/setup"
	"tushum/store"
)

// paperSettings are settings in a real file.
type paperSettings struct {
	t     *testing.T
	path  string
	fails error                                                    // what Save says instead of saving
	tries func(context.Context, store.System, setup.Answers) error // nil: a test of the connection goes well
}

// shopFile is a shop before it is connected.
const shopFile = `# our shop
[shop]
name = "Gulnora"   # on the door
language = "ru"

[listener]
address = "127.0.0.1:8080"
`

func newPaperSettings(t *testing.T, text string) *paperSettings {
	t.Helper()
	path := filepath.Join(t.TempDir(), "config.toml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return &paperSettings{t: t, path: path}
}

func (p *paperSettings) Config() config.Config {
	cfg, err := config.Load(p.path)
	if err != nil {
		p.t.Error(err)
	}
	return cfg
}

func (p *paperSettings) Save(_ context.Context, answers setup.Answers) (setup.Saved, error) {
	if p.fails != nil {
		return setup.Saved{}, p.fails
	}
	return setup.Desk{Path: p.path, Now: func() time.Time { return opening }, Systems: salonProfiles()}.Save(answers)
}

func (p *paperSettings) Try(ctx context.Context, system store.System, answers setup.Answers) error {
	if p.tries == nil {
		return nil
	}
	return p.tries(ctx, system, answers)
}

func (p *paperSettings) Sheet(context.Context) (setup.Sheet, error) {
	return setup.SheetOf(p.Config()), nil
}

func (p *paperSettings) Examine(context.Context) iter.Seq[doctor.Result] {
	return func(func(doctor.Result) bool) {}
}

func (p *paperSettings) text() string {
	p.t.Helper()
	text, err := os.ReadFile(p.path)
	if err != nil {
		p.t.Fatal(err)
	}
	return string(text)
}

// someShop is a shop of the vendor, whose keys take their time.
var someShop = sync.OnceValues(simulator.NewShop)

// keepCredentials puts the file of a cabinet beside the settings.
func (p *paperSettings) keepCredentials() {
	p.t.Helper()
	shop, err := someShop()
	if err == nil {
		err = os.WriteFile(filepath.Join(filepath.Dir(p.path), "oneclick.json"), shop.CredentialsFile(), 0o600)
	}
	if err != nil {
		p.t.Fatal(err)
	}
}

// opensPage opens the questions of a page.
func (s *stage) opensPage(page setup.Page) {
	s.t.Helper()
	s.inside(func() { s.m.Update(pushMsg{newSetupForm(s.m.desk, page)}) })
}

func (s *stage) paste(text string) {
	s.msgs <- tea.PasteMsg{Content: text}
	s.inside(func() {})
}

func withPaper(settings **paperSettings, text string) func(*stage, *Options) {
	return func(s *stage, o *Options) {
		*settings = newPaperSettings(s.t, text)
		o.Settings, o.Systems = *settings, func() store.Systems { return salonSystems }
	}
}

func salonProfiles() []store.Profile {
	var all []store.Profile
	for _, system := range salonSystems {
		all = append(all, system.Profile())
	}
	return all
}

func TestSetupPages(t *testing.T) {
	t.Parallel()
	for _, page := range setup.Pages() {
		t.Run(string(page), func(t *testing.T) {
			t.Parallel()
			goldens(t, func(s *stage, o *Options) { withPaper(new(*paperSettings), shopFile)(s, o) }, func(s *stage) { s.opensPage(page) })
		})
	}
}

func TestSetupFormSavesWhatWasTypedAndNothingElse(t *testing.T) {
	t.Parallel()
	var paper *paperSettings
	perform(t, 80, 24, withPaper(&paper, shopFile), func(s *stage) {
		s.opensPage(setup.PageShop)
		s.enter(" Lola")
		s.press("enter")
		s.paste("  Toshkent,\nChilonzor  ")
		s.press("tab", "down", "right", "enter")
		s.sees("saved and in force", "Today")
		text := paper.text()
		for _, want := range []string{"# our shop", `name = "Gulnora Lola"`, "# on the door", `address = "Toshkent, Chilonzor"`, `language = "en"`} {
			if !strings.Contains(text, want) {
				t.Errorf("the settings lack %s:\n%s", want, text)
			}
		}
		for _, stays := range []string{"service_id", "min_amount", "routing", "tariffs", "8080\"\n[", "phone"} {
			if strings.Contains(text, stays) {
				t.Errorf("%s is in the settings, and nobody was asked:\n%s", stays, text)
			}
		}
	})
}

// Whoever types fast types into the question that follows.
func TestKeysRightBehindEnterAreForTheNextQuestion(t *testing.T) {
	t.Parallel()
	perform(t, 80, 24, withPaper(new(*paperSettings), shopFile), func(s *stage) {
		s.opensPage(setup.PageBank)
		s.inside(func() {
			for _, key := range []tea.KeyPressMsg{{Code: '7', Text: "7"}, {Code: tea.KeyEnter}, {Code: tea.KeyRight}, {Code: tea.KeyEnter}, {Code: 'q', Text: "q"}, {Code: 'L', Text: "L"}} {
				s.m.Update(key)
			}
			form := s.m.front().(*setupForm)
			if a := form.answers; a[setup.UzumServiceID] != "7" || a[setup.UzumPair] != setup.No || a[setup.UzumLogin] != "qL" {
				t.Errorf("the answers are %v", a)
			}
		})
	})
}

func TestWrongAnswersAreToldInTheLanguageOfTheSeat(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		page    setup.Page
		lang    lang.Lang
		answers []string // typed one after another
		says    []string
	}{
		{"a service id of letters", setup.PageBank, lang.EN, []string{"abc"}, []string{`"abc" is not a number`, "digits only"}},
		{"a service id of letters, in Russian", setup.PageBank, lang.RU, []string{"abc"}, []string{`"abc" — не число`}},
		{"a service id of letters, in Uzbek", setup.PageBank, lang.UZ, []string{"abc"}, []string{`"abc" raqam emas`}},
		{"a URL with a path", setup.PageListener, lang.EN, []string{"https://shop.uz/uzum"}, []string{"has a path", "write"}},
		{"an address without a port", setup.PageListener, lang.EN, []string{"https://shop.uz", "-127.0.0.1"}, []string{"✗"}},
		{"a fee of letters", setup.PageTariffs, lang.RU, []string{"-много"}, []string{"не процент"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			perform(t, 80, 24, func(s *stage, o *Options) {
				o.Settings, o.Lang = newPaperSettings(s.t, shopFile), c.lang
			}, func(s *stage) {
				s.opensPage(c.page)
				for _, answer := range c.answers {
					if rest, anew := strings.CutPrefix(answer, "-"); anew {
						s.press("ctrl+u")
						answer = rest
					}
					s.enter(answer)
					s.press("enter")
				}
				s.sees(c.says...)
				s.fits()
				s.enter("1") // somebody goes on: the sentence goes
				s.misses(c.says[0])
			})
		})
	}
}

func TestAWrongAnswerFurtherDownIsGoneToBeforeSaving(t *testing.T) {
	t.Parallel()
	var paper *paperSettings
	perform(t, 80, 24, withPaper(&paper, shopFile), func(s *stage) {
		s.opensPage(setup.PageOffer)
		s.press("down", "down", "ctrl+u") // two ways to pay, the least amount
		s.enter("many")
		s.press("shift+tab") // a wrong answer holds nobody who goes back
		s.sees("▸ Ways to pay", "many")
		s.misses("✗")
		s.press("ctrl+s")
		s.sees("▸ The smallest amount", "many", "✗")
		if text := paper.text(); text != shopFile {
			t.Errorf("something was saved:\n%s", text)
		}
	})
}

func TestARefusedSaveKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		fails error
		says  []string
	}{
		{"about an answer", &setup.Wrong{ID: setup.ShopPhone, Err: &config.Error{Msg: lang.Text{EN: "no such phone"}, Hint: lang.Text{EN: "dial it"}}}, []string{"▸ Phone", "✗ no such phone — dial it"}},
		{"about a setting", config.Errors{{Path: "/etc/c.toml", Line: 3, Key: "shop.address", Msg: lang.Text{EN: "no such street"}}}, []string{"▸ Address", "✗ no such street"}},
		{"about another setting", config.Errors{{Key: "console.theme", Msg: lang.Text{EN: "no such theme"}}}, []string{"▸ Language", "✗ no such theme"}},
		{"the port is taken", &setup.Trouble{Says: lang.Text{EN: "the port is taken"}, Hint: lang.Text{EN: "take another"}}, []string{"✗ the port is taken — take another"}},
		{"the disk is full", syscall.ENOSPC, []string{"✗ the disk is full"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var paper *paperSettings
			perform(t, 80, 24, withPaper(&paper, shopFile), func(s *stage) {
				paper.fails = c.fails
				s.opensPage(setup.PageShop)
				s.enter(" Lola")
				s.press("enter", "enter", "enter", "enter")
				s.sees(append(c.says, "Gulnora Lola")...)
				s.fits()
				paper.fails = nil
				s.press("ctrl+s")
				s.sees("saved and in force")
				if !strings.Contains(paper.text(), "Gulnora Lola") {
					t.Errorf("it was not saved the second time:\n%s", paper.text())
				}
			})
		})
	}
}

func TestEscAsksBeforeAnswersAreThrownAway(t *testing.T) {
	t.Parallel()
	perform(t, 80, 24, withPaper(new(*paperSettings), shopFile), func(s *stage) {
		s.opensPage(setup.PageShop)
		s.press("esc")
		s.misses("Name of the shop")
		s.opensPage(setup.PageShop)
		s.enter("x")
		for _, key := range []string{"esc", "ctrl+c"} {
			s.press(key)
			s.sees("leave the settings", "What was typed will be lost")
			s.pass(deafFor)
			s.press("enter") // goes on typing
			s.sees("Gulnorax")
		}
		s.press("esc")
		s.pass(deafFor)
		s.press("down", "enter")
		s.misses("Name of the shop")
		if s.quit {
			t.Error("the console was closed")
		}
	})
}

func TestAPairIsMadeAndShownOnce(t *testing.T) {
	t.Parallel()
	var paper *paperSettings
	perform(t, 80, 24, withPaper(&paper, shopFile+"public_url = \"https://pay.gulnora.uz\"\n"), func(s *stage) {
		s.opensPage(setup.PageBank)
		s.paste(" 101 202\n")
		s.misses("Password")
		s.press("enter", "enter", "enter", "enter")
		s.sees("the password is shown only now", "https://pay.gulnora.uz/uzum/reverse", "101202")
		var sheet setup.Sheet
		s.inside(func() { sheet = s.m.front().(*sheetScreen).sheet })
		cfg := paper.Config()
		if len(sheet.Password) != 24 || strings.Contains(paper.text(), sheet.Password) {
			t.Errorf("the password %q is wrong or in the settings", sheet.Password)
		}
		if len(cfg.Uzum.Credentials) != 1 || cfg.Uzum.Credentials[0].Login != sheet.Login || !cfg.Uzum.Credentials[0].Password.Verify([]byte(sheet.Password)) {
			t.Errorf("the settings don't take the login %s with its password", sheet.Login)
		}
		s.press("esc")
		s.sees("not saved to a file")
		s.pass(deafFor)
		s.press("enter", "c")
		if len(s.copied) != 1 || !strings.Contains(s.copied[0], sheet.Password) || !strings.Contains(s.copied[0], "pay.gulnora.uz/uzum/check") {
			t.Errorf("copied: %q", s.copied)
		}
		s.press("esc") // a terminal may ignore what it is asked to copy
		s.sees("not saved to a file")
		s.pass(deafFor)
		s.press("enter", "s", "esc")
		s.misses("101202")
	})
}

func TestTheSheetIsSavedForItsOwnerOnlyAndNeverOverAnother(t *testing.T) {
	t.Parallel()
	var folder string
	perform(t, 80, 24, func(_ *stage, o *Options) { folder = o.Folder }, func(s *stage) {
		s.inside(func() {
			s.m.Update(pushMsg{newSheet(s.m.desk, setup.Sheet{ServiceID: 101202, Login: "uzum", Password: "secret", BaseURL: "https://pay.gulnora.uz/uzum"})})
		})
		s.press("s", "ы") // the same key on a Cyrillic layout
		s.sees("saved:")
		for _, name := range []string{"tushum-uzum-bank.txt", "tushum-uzum-bank-2.txt"} {
			path := filepath.Join(folder, name)
			text, err := os.ReadFile(path)
			if err != nil || !strings.Contains(string(text), "secret") {
				t.Errorf("%s: %q, %v", name, text, err)
			}
			if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
				t.Errorf("%s is %v, %v", name, info.Mode(), err)
			}
		}
		s.press("esc")
		s.misses("101202")
	})
}

func TestATypedPasswordIsNeverOnTheScreen(t *testing.T) {
	t.Parallel()
	var paper *paperSettings
	perform(t, 80, 30, withPaper(&paper, shopFile), func(s *stage) {
		s.opensPage(setup.PageBank)
		s.enter("101202")
		s.press("enter", "right", "enter")
		s.enter("shop")
		s.press("enter")
		for _, r := range "hunter2" {
			s.enter(string(r))
			s.misses("hunter2", "unter", "h*")
		}
		s.sees("*******")
		s.press("enter", "enter")
		s.misses("hunter2")
		s.press("enter")
		s.sees("the password is shown only now") // of the sheet, as it has to reach the bank
		if text := paper.text(); strings.Contains(text, "hunter2") || !strings.Contains(text, "argon2id") {
			t.Errorf("the settings are:\n%s", text)
		}
	})
}

// However low the window is, the question that is answered is seen with its field.
func TestTheQuestionThatIsAnsweredIsSeen(t *testing.T) {
	t.Parallel()
	for _, size := range []Size{{120, 40}, {80, 24}, {60, 24}, {40, 24}, {40, 14}, {30, 10}, {20, 6}} {
		perform(t, size.Width, size.Height, withPaper(new(*paperSettings), shopFile+"tls_cert = \"\"\n[listener.acme]\ndomains = [\"pay.gulnora.uz\"]\n"), func(s *stage) {
			s.opensPage(setup.PageListener)
			for i := range 8 {
				var title string
				s.inside(func() {
					form := s.m.front().(*setupForm)
					title = strings.Split(ansi.Strip(heading(s.m.desk, form.fields[form.at()].question, form.dressed.width)), "\n")[0]
				})
				s.fits()
				s.sees("▸ " + title)
				lines := strings.Split(s.screen(), "\n")
				at := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, "▸ ") })
				if at < 0 || size.Height > 6 && at+1 >= len(lines)-1 {
					t.Errorf("%v, question %d: its field is below the window:\n%s", size, i+1, s.screen())
				}
				s.press("tab")
			}
		})
	}
}

func TestAQuestionPageFollowsLanguageAndWidth(t *testing.T) {
	t.Parallel()
	perform(t, 120, 30, withPaper(new(*paperSettings), shopFile), func(s *stage) {
		s.opensPage(setup.PageListener)
		s.enter("https://a-very-long-name-of-a-shop-that-is-not-short.pay.gulnora.uz")
		s.press("enter")
		s.resize(40, 24)
		s.fits()
		s.inside(func() { s.m.nextLanguage() })
		s.sees("manzil va HTTPS", "Internetdagi manzil")
		s.misses("Public URL", "Listen")
		s.press("ctrl+u")
		s.enter(":8443")
		s.inside(func() {
			if a := s.m.front().(*setupForm).answers; a[setup.ListenAddress] != ":8443" || !strings.HasSuffix(a[setup.PublicURL], "pay.gulnora.uz") {
				t.Errorf("the answers are %v", a)
			}
		})
	})
}

// Nothing moves while nobody does anything: the cursor does not blink.
func TestAQuestionPageIsStill(t *testing.T) {
	t.Parallel()
	perform(t, 80, 24, withPaper(new(*paperSettings), shopFile), func(s *stage) {
		s.opensPage(setup.PageShop)
		s.enter("x")
		before := s.painted()
		for range 20 {
			s.pass(100 * time.Millisecond)
			if now := s.painted(); now != before {
				t.Fatalf("the frame has changed:\n%s\n%s", before, now)
			}
		}
	})
}

func TestWhatConnectsTheBankWaitsUntilAllOfItIsThere(t *testing.T) {
	t.Parallel()
	var paper *paperSettings
	perform(t, 80, 24, withPaper(&paper, shopFile), func(s *stage) {
		s.opensPage(setup.PageBank)
		s.press("enter", "right", "enter")
		s.enter("shop")
		s.press("enter")
		s.enter("hunter2")
		s.press("ctrl+s")
		s.sees("saved only together", "missing before the bank can call: Service id", "*******")
		s.fits()
		if strings.Contains(paper.text(), "argon2id") {
			t.Errorf("half of a connection is in the settings:\n%s", paper.text())
		}
		s.press("shift+tab", "shift+tab", "shift+tab")
		s.enter("101202")
		s.press("ctrl+s")
		s.sees("the password is shown only now")
		if !strings.Contains(paper.text(), "argon2id") {
			t.Errorf("the settings are:\n%s", paper.text())
		}
	})
}

// What is pasted has nothing in it that could turn the terminal's letters round.
func TestAPasteIsCleanedBeforeItIsShown(t *testing.T) {
	t.Parallel()
	perform(t, 80, 24, withPaper(new(*paperSettings), shopFile), func(s *stage) {
		s.opensPage(setup.PageShop)
		s.press("ctrl+u")
		s.paste("Lo\u202ela\u200b\x1b[31m\r\nToshkent")
		s.sees("Lola[31m  Toshkent")
		if frame := s.painted(); strings.ContainsAny(frame, "\u202e\u200b") {
			t.Errorf("the frame has what can't be seen: %q", frame)
		}
	})
}
