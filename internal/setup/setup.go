// Package setup knows what has to be asked before a shop can be paid: the
// questions, what answers they take, how answers become settings, and the sheet
// that the bank is sent. Flags, the forms of tushum setup and the settings
// screen are made of the same questions.
package setup

import (
	"slices"

	"tushum/internal/lang"
	"tushum/store"
)

// Page is a group of questions that are asked together.
type Page string

// The pages. Further payment systems have one each, after the listener's.
const (
	PageShop     Page = "shop"
	PageBank     Page = "bank"     // service id, login and password, account key
	PageOffer    Page = "offer"    // methods, limits, test mode
	PageListener Page = "listener" // address, public URL, HTTPS
	PageRouting  Page = "routing"
	PageTariffs  Page = "tariffs"
)

// Kind is how a question is answered.
type Kind uint8

// The kinds.
const (
	Line    Kind = iota // a line of text
	Secret              // a line that is typed hidden and never shown
	Choice              // one of Options
	Several             // any of Options, joined by commas
)

// Option is one of the answers of a Choice or Several.
type Option struct {
	Value string
	Name  lang.Text
}

// Answers are what was typed, by the ID of the question.
type Answers map[ID]string

// ID names a question. It is also the name of its flag, without the dashes.
type ID string

// Question is one thing to know.
type Question struct {
	ID      ID
	Page    Page
	Kind    Kind
	Title   lang.Text
	Help    lang.Text // why it is asked, where the answer is found, an example
	Options []Option
	Sum     bool // the answer is a sum of money
	Path    bool // the answer is the path of a file
	// Asked tells whether the question matters after the answers before it; nil:
	// always.
	Asked func(Answers) bool
	// Check cleans an answer and says in three languages what is wrong with it
	// (a *config.Error without a path, or a *Wrong that has one).
	Check func(answer string, all Answers) (string, error)
	// Note is what to mind about a good answer, empty for most; nil: nothing.
	Note func(answer string) lang.Text
}

// IsAsked tells whether the question matters after the answers before it.
func (q Question) IsAsked(a Answers) bool { return q.Asked == nil || q.Asked(a) }

// Questions lists every question, page by page in the order of asking. What is
// said of the payment systems, and which of them a kind can go to, comes from
// their table.
func Questions(systems []store.Profile) []Question {
	all := slices.Concat(shopPage(), bankPage(), offerPage(), listenerPage())
	for _, c := range asking() {
		all = append(all, c.questions(systems)...)
	}
	return slices.Concat(all, routingPage(systems), tariffPage(systems))
}

// Find is the question of an ID.
func Find(systems []store.Profile, id ID) (Question, bool) {
	all := Questions(systems)
	at := slices.IndexFunc(all, func(q Question) bool { return q.ID == id })
	if at < 0 {
		return Question{}, false
	}
	return all[at], true
}
