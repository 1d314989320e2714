package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"tushum/store"
)

// What screens ask of the model.
type (
	pushMsg    struct{ screen screen } // put a screen in front
	popMsg     struct{ screen screen } // take that screen away
	replaceMsg struct {                // put a screen in the place of another
		old, by screen
	}
	toastMsg struct {
		text string
		mood mood
	}
	askMsg  struct{ dialog *dialog }
	copyMsg struct{ text, notice string }
)

// What the model tells every screen.
type (
	// happenedMsg are changes of the ledger, oldest first.
	happenedMsg struct {
		all   []happening
		calls []store.Call // new lines of the wire journal, oldest first
		after uint64       // the newest event that is told
		call  uint64       // the newest call that is told
		flood bool         // there were too many: read again what is shown
		anew  bool         // the store was restored: what is held is of another life
		err   error
	}
	// minuteMsg comes when the clock shows another minute.
	minuteMsg struct{}
	// repaintMsg says that language or colours have changed.
	repaintMsg struct{}
)

// happening is an event with the records it is about as they stand now.
type happening struct {
	store.Event
	Invoice     store.Invoice
	Transaction store.Transaction // zero for an event of an invoice alone
}

// mood is what a notice is about.
type mood uint8

const (
	plain  mood = iota
	glad        // money came, or something was done
	uneasy      // look at it
	bad         // it did not work
)

// push puts a screen in front, pop takes one away, and ask
// asks over it. All are done before the next key is looked at: whoever types
// fast types into what they have opened. They are called in Update only.
func (d *desk) push(s screen) tea.Cmd { return d.want(pushMsg{s}) }
func (d *desk) pop(s screen) tea.Cmd  { return d.want(popMsg{s}) }
func (d *desk) ask(q *dialog) tea.Cmd { return d.want(askMsg{q}) }

// want keeps a message for the end of Update. The command it returns does
// nothing, but tells a caller that something is being done.
func (d *desk) want(msg tea.Msg) tea.Cmd {
	d.wanted = append(d.wanted, msg)
	return func() tea.Msg { return nil }
}

// after brings a message when a time has passed, unless the console is closed before.
func (d *desk) after(wait time.Duration, msg tea.Msg) tea.Cmd {
	return func() tea.Msg {
		timer := time.NewTimer(wait)
		defer timer.Stop()
		select {
		case <-timer.C:
			return msg
		case <-d.closed:
			return nil
		}
	}
}

func send(msg tea.Msg) tea.Cmd { return func() tea.Msg { return msg } }

func toast(m mood, text string) tea.Cmd { return send(toastMsg{text, m}) }

// copyText puts text on the clipboard of whoever sits at the terminal, and
// says so.
func copyText(text, notice string) tea.Cmd { return send(copyMsg{text, notice}) }
