package tui

import (
	"context"
	"fmt"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/internal/poster"
	"tushum/store"
	"tushum/store/bolt"
)

// stage plays the console on a real store, with a clock of its own: nothing is
// waited for but the end of all work, and a second passes when the test says so.
// It is used inside perform.
type stage struct {
	t      *testing.T
	m      *model
	store  *bolt.Store
	msgs   chan tea.Msg
	copied []string // what was put on the clipboard
	rung   int      // how often the bell was
	quit   bool
	events chan func()
	deals  *dealMaker // who has deals made, where a test wants one
}

// opening is when the clock of a stage begins: a Saturday in Tashkent, 14:05.
var opening = time.Date(2026, 11, 21, 9, 5, 0, 0, time.UTC)

func stageRules() store.Rules {
	return store.Rules{
		TransactionTTL: 30 * time.Minute, MinAmount: 1_000 * money.Som, MaxAmount: 100_000_000 * money.Som, AcceptReversals: true,
		Calendar: store.Calendar{Location: time.FixedZone("Asia/Tashkent", 5*60*60)},
		Tariffs:  store.Tariffs{{Source: "UZCARD", From: 20260101, Rate: 100}, {Source: "HUMO", From: 20260101, Rate: 100}},
		Routing: map[store.Kind]store.System{
			store.Visit: store.Uzum, store.Goods: store.Uzum, store.Prepayment: store.Uzum, store.GiftCard: store.Uzum,
			store.Membership: store.Uzum, store.TopUp: store.Uzum, store.Counter: store.Uzum,
		},
		Systems: map[store.System]store.Profile{store.Uzum: uzumProfile(store.Connected), oneClick: oneClickProfile(store.Connected), store.Manual: manualProfile()},
	}
}

// oneClick is a payment system that makes deals.
const oneClick store.System = "oneclick"

func uzumProfile(state store.ConnectionState) store.Profile {
	return store.Profile{
		System: store.Uzum, Name: lang.Text{EN: "Uzum Bank"}, State: state,
		Can: store.Abilities{App: true, Counter: true, Calls: true, Letter: true},
	}
}

func oneClickProfile(state store.ConnectionState) store.Profile {
	return store.Profile{System: oneClick, Name: lang.Text{EN: "OneClick"}, State: state, Can: store.Abilities{Card: true, Deals: true}}
}

func manualProfile() store.Profile {
	return store.Profile{
		System: store.Manual, Name: lang.Text{UZ: "qo‘lda", RU: "вручную", EN: "by hand"}, State: store.Connected,
		Can: store.Abilities{ByHand: true},
	}
}

// perform runs a play in a bubble of its own time. before changes the options
// and the store's contents before the console opens; it may be nil.
func perform(t *testing.T, w, h int, before func(*stage, *Options), play func(*stage)) {
	t.Helper()
	performFrom(t, opening, w, h, before, play)
}

// performFrom opens the store at a time before the console, so that before can
// let hours of the shop's life go by in it.
func performFrom(t *testing.T, start time.Time, w, h int, before func(*stage, *Options), play func(*stage)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(start))
		s := &stage{t: t, msgs: make(chan tea.Msg), events: make(chan func())}
		st, err := bolt.Open(filepath.Join(t.TempDir(), "tushum.db"), bolt.Options{Rules: stageRules(), NoSync: true})
		if err != nil {
			t.Fatal(err)
		}
		s.store = st
		o := Options{
			Ledger: st, Ready: st.Ready, Seat: "till:aziza", Lang: lang.EN, Bell: map[Occasion]bool{OnConfirmed: true},
			Shop: Shop{Name: "Gulnora", Address: "http://127.0.0.1:8080", Bank: true}, Folder: t.TempDir(), Palette: Dark,
			Links: func(inv store.Invoice) poster.Links {
				link := "https://www.uzumbank.uz/open-service?serviceId=101202&account=" + inv.Number.String()
				return poster.Links{Payment: link, App: link}
			},
			Screen: Terminal{Width: w, Height: h, Environ: []string{}},
		}
		if before != nil {
			before(s, &o)
		}
		time.Sleep(time.Until(opening))
		ctx, cancel := context.WithCancel(context.Background())
		defer func() { // also when the play failed
			cancel()
			synctest.Wait() // nobody uses the model from here on
			s.m.close()
			time.Sleep(time.Hour) // for the timers that were set
			synctest.Wait()
			if err := st.Close(); err != nil {
				t.Error(err)
			}
		}()
		s.open(ctx, o)
		play(s)
	})
}

// open starts the console: one goroutine owns the model, as in the real program.
func (s *stage) open(ctx context.Context, o Options) {
	s.m = newModel(o)
	wake, cancel := o.Ledger.Subscribe()
	go watchShop(ctx, o, func(msg tea.Msg) {
		select {
		case s.msgs <- msg:
		case <-ctx.Done():
		}
	})
	go func() {
		defer cancel()
		s.run(ctx, s.m.Init())
		for {
			select {
			case <-ctx.Done():
				return
			case <-wake:
				s.update(ctx, wokenMsg{})
			case msg := <-s.msgs:
				s.update(ctx, msg)
			case look := <-s.events:
				look()
			}
		}
	}()
	synctest.Wait()
}

func (s *stage) update(ctx context.Context, msg tea.Msg) {
	switch msg := msg.(type) {
	case nil:
		return
	case tea.BatchMsg:
		for _, cmd := range msg {
			s.run(ctx, cmd)
		}
		return
	case tea.QuitMsg:
		s.quit = true
		return
	case tea.RawMsg:
		s.rung += strings.Count(fmt.Sprint(msg.Msg), "\a")
		return
	}
	if reflect.TypeOf(msg).Name() == "setClipboardMsg" {
		s.copied = append(s.copied, fmt.Sprint(msg))
		return
	}
	_, cmd := s.m.Update(msg)
	s.m.View() // as the program does after each message
	s.run(ctx, cmd)
}

func (s *stage) run(ctx context.Context, cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	go func() {
		msg := cmd()
		select {
		case s.msgs <- msg:
		case <-ctx.Done():
		}
	}()
}

// inside runs f where the model is owned, after all work is done.
func (s *stage) inside(f func()) {
	synctest.Wait()
	done := make(chan struct{})
	s.events <- func() { f(); close(done) }
	<-done
	synctest.Wait()
}

// press types keys by their names ("n", "enter", "shift+tab", "ctrl+c"), and
// waits until all they set off is done.
func (s *stage) press(names ...string) {
	s.t.Helper()
	for _, name := range names {
		s.msgs <- keyNamed(s.t, name)
		synctest.Wait()
	}
}

// enter types a text letter by letter.
func (s *stage) enter(text string) {
	for _, r := range text {
		s.msgs <- tea.KeyPressMsg{Code: r, Text: string(r)}
		synctest.Wait()
	}
}

func keyNamed(t *testing.T, name string) tea.KeyPressMsg {
	t.Helper()
	codes := map[string]rune{
		"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft,
		"right": tea.KeyRight, "pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown, "home": tea.KeyHome, "end": tea.KeyEnd,
		"backspace": tea.KeyBackspace, "delete": tea.KeyDelete, "space": tea.KeySpace,
		"f1": tea.KeyF1, "f2": tea.KeyF2, "f3": tea.KeyF3, "f4": tea.KeyF4, "f6": tea.KeyF6, "f8": tea.KeyF8,
	}
	rest, key := name, tea.KeyPressMsg{}
	for _, mod := range []struct {
		prefix string
		mod    tea.KeyMod
	}{{"ctrl+", tea.ModCtrl}, {"shift+", tea.ModShift}, {"alt+", tea.ModAlt}} {
		if cut, ok := strings.CutPrefix(rest, mod.prefix); ok && cut != "" {
			rest, key.Mod = cut, key.Mod|mod.mod
		}
	}
	if code, ok := codes[rest]; ok {
		key.Code = code
	} else if runes := []rune(rest); len(runes) == 1 {
		key.Code = runes[0]
		if key.Mod == 0 {
			key.Text = rest
		}
	}
	if key.String() != name && name != "space" {
		t.Fatalf("there is no key %q: it would be %q", name, key.String())
	}
	return key
}

// pass lets time go by.
func (s *stage) pass(d time.Duration) { time.Sleep(d); synctest.Wait() }

// resize gives the window another size.
func (s *stage) resize(w, h int) { s.msgs <- tea.WindowSizeMsg{Width: w, Height: h}; synctest.Wait() }

// painted is the frame with its colours; screen is what can be read of it.
func (s *stage) painted() (frame string) {
	s.inside(func() { frame = s.m.View().Content })
	return frame
}

// screen is the text on the screen, without the space at the ends of lines.
// No-break spaces become plain ones.
func (s *stage) screen() string {
	lines := strings.Split(strings.ReplaceAll(ansi.Strip(s.painted()), "\u00a0", " "), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " ")
	}
	return strings.Join(lines, "\n")
}

// sees fails the test where a text is not on the screen.
func (s *stage) sees(texts ...string) {
	s.t.Helper()
	screen := s.screen()
	for _, text := range texts {
		if !strings.Contains(screen, text) {
			s.t.Fatalf("the screen does not show %q:\n%s", text, screen)
		}
	}
}

// misses fails the test where a text is on the screen.
func (s *stage) misses(texts ...string) {
	s.t.Helper()
	screen := s.screen()
	for _, text := range texts {
		if strings.Contains(screen, text) {
			s.t.Fatalf("the screen shows %q:\n%s", text, screen)
		}
	}
}

// fits fails the test where a line of the frame is not as wide as the window, or
// there are not as many as it is high.
func (s *stage) fits() {
	s.t.Helper()
	lines := strings.Split(s.painted(), "\n")
	if len(lines) != s.m.height {
		s.t.Errorf("%d lines in a window of %d", len(lines), s.m.height)
	}
	for i, line := range lines {
		if w := ansi.StringWidth(line); w != s.m.width {
			s.t.Errorf("line %d has %d cells in a window of %d: %q", i+1, w, s.m.width, ansi.Strip(line))
		}
	}
}

// issue makes an invoice as the seat does.
func (s *stage) issue(d store.Draft) store.Invoice {
	s.t.Helper()
	if d.Kind == "" {
		d.Kind = store.Visit
	}
	if d.By == "" {
		d.By = "till:aziza"
	}
	inv, err := s.store.Issue(s.t.Context(), d)
	if err != nil {
		s.t.Fatal(err)
	}
	return inv
}

// transID makes ids that a test can tell.
func transID(n int) string { return fmt.Sprintf("%08d-0000-11f0-8000-000000000000", n) }

// begin has the bank create a payment of an invoice; finish confirms it.
func (s *stage) begin(inv store.Invoice, id string) store.Transaction {
	s.t.Helper()
	t, err := s.store.Create(s.t.Context(), store.Attempt{System: store.Uzum, ServiceID: 101202, TransID: id, Number: inv.Number, Amount: inv.Amount}, wire("create"))
	if err != nil {
		s.t.Fatal(err)
	}
	return t
}

func (s *stage) finish(id, source string) store.Transaction {
	s.t.Helper()
	t, err := s.store.Confirm(s.t.Context(), store.Confirmation{System: store.Uzum, TransID: id, Source: source, Phone: "998901234567", Reference: "4412"}, wire("confirm"))
	if err != nil {
		s.t.Fatal(err)
	}
	return t
}

// paid is an invoice that was paid at once.
func (s *stage) paid(d store.Draft, id, source string) store.Transaction {
	s.t.Helper()
	s.begin(s.issue(d), id)
	return s.finish(id, source)
}

// reverse has the bank take a payment back.
func (s *stage) reverse(id string) {
	s.t.Helper()
	if _, err := s.store.Reverse(s.t.Context(), store.Uzum, id, wire("reverse")); err != nil {
		s.t.Fatal(err)
	}
}

// wire writes the lines of the wire journal as the listener would, in short.
func wire(webhook string) store.Witness {
	began := time.Now()
	return func(d store.Decided) store.Call {
		c := store.Call{
			At: store.At(began), Took: 3 * time.Millisecond, System: store.Uzum, Webhook: webhook, Address: "185.178.51.1", HTTPStatus: 200,
			TransID: d.Transaction.TransID, Number: d.Invoice.Number,
			Request:  fmt.Appendf(nil, `{"serviceId":101202,"transId":%q}`, d.Transaction.TransID),
			Response: fmt.Appendf(nil, `{"transId":%q,"status":%q}`, d.Transaction.TransID, d.Transaction.Status),
		}
		if d.Err != nil {
			c.HTTPStatus, c.Code, c.Reason = 400, "10015", d.Err.Error()
		}
		return c
	}
}

func TestStageOpens(t *testing.T) {
	t.Parallel()
	perform(t, 80, 24, nil, func(s *stage) {
		s.sees("Gulnora", "live", "14:05", "help")
		s.fits()
		s.pass(time.Minute)
		s.sees("14:06")
		s.press("q")
		if !s.quit {
			t.Error("q does not close the console")
		}
	})
}
