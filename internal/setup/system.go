package setup

import (
	"slices"
	"strings"

	"tushum/internal/config"
	"tushum/internal/lang"
	"tushum/store"
)

// connection is all that is known here of connecting one payment system.
type connection struct {
	system store.System
	page   Page   // the questions that connect it
	pause  Switch // how it is paused

	// For the bank what follows is empty: its questions stand before those of the
	// listener, its settings among fields, and what it lacks is told by Missing.

	questions func(systems []store.Profile) []Question
	fields    func() []field
	turn      ID     // the question that switches it on
	consent   ID     // the question whether the owner agrees to its Warning; it is in no settings
	needs     []ID   // what keeps kinds of payment routed to it while it is off
	connected string // settings by which it is connected, for answers that depend on that
	files     []fileCheck
}

// connections are those of the payment systems, in the order of asking. A further one
// is an entry here, and a file as page_oneclick.go is.
func connections() []connection { return []connection{bankConnection(), oneClickConnection()} }

// asking are those that are asked about between the listener and routing.
func asking() []connection {
	return slices.DeleteFunc(connections(), func(c connection) bool { return c.questions == nil })
}

func bankConnection() connection {
	return connection{
		system: store.Uzum, page: PageBank,
		pause: Switch{Page: PageOffer, On: Answers{UzumEnabled: Yes}, Off: Answers{UzumEnabled: No}},
	}
}

// Pages are the pages in their order.
func Pages() []Page {
	all := []Page{PageShop, PageBank, PageOffer, PageListener}
	for _, c := range asking() {
		all = append(all, c.page)
	}
	return append(all, PageRouting, PageTariffs)
}

// PageOf is the page that connects a payment system; empty for one that needs
// none.
func PageOf(system store.System) Page { return connectionOf(system).page }

// System is the payment system that a page connects; empty for the others.
func (p Page) System() store.System {
	for _, c := range connections() {
		if c.page == p {
			return c.system
		}
	}
	return ""
}

func connectionOf(system store.System) connection {
	for _, c := range connections() {
		if c.system == system {
			return c
		}
	}
	return connection{}
}

// Concerns tells whether one of the answers is about connecting a payment system.
func Concerns(a Answers, system store.System) bool {
	for _, q := range Questions(nil) {
		if _, there := a[q.ID]; there && q.Page.System() == system {
			return true
		}
	}
	return false
}

// CallbackURL is where a payment system that makes deals may call the shop; empty
// without a public URL.
func CallbackURL(public string, system store.System) string {
	if public == "" {
		return ""
	}
	return public + "/" + string(system) + "/callback"
}

// Switch is how a payment system is paused and let go on.
type Switch struct {
	Page    Page    // where it is among the questions
	On, Off Answers // what is saved; who saves On has asked the owner what its Warning asks
}

// SwitchOf finds the switch of a payment system; ok is false for one that has none.
func SwitchOf(system store.System) (s Switch, ok bool) {
	s = connectionOf(system).pause
	return s, s.Page != ""
}

// inUse is what is known beside the answers: Yes where the settings have the payment
// system switched on.
func (c connection) inUse() ID { return ID(c.system) + "-in-use" }

// takesKinds tells whether kinds of payment may go to the payment system: it is on, or
// filled in and paused.
func (c connection) takesKinds(all Answers) bool {
	return all[c.turn] == On || !slices.ContainsFunc(c.needs, func(id ID) bool { return all[id] == "" })
}

// switchedAnew tells whether the payment system was off before.
func (c connection) switchedAnew(was, now Answers) bool {
	return now[c.turn] == On && was[c.turn] != On
}

var hintConsent = lang.Text{
	UZ: "egasi bunga rozi bo‘lsa, “ha” deb javob bering",
	RU: "если владелец с этим согласен, ответьте «да»",
	EN: "if the owner agrees to that, answer yes",
}

// unagreed is why a payment system can't be switched on before its owner agrees.
func (c connection) unagreed(systems []store.Profile) error {
	return &Wrong{
		ID: c.consent, Err: &config.Error{Msg: warningOf(systems, c.system), Hint: hintConsent}, Mend: Answers{c.consent: Yes},
	}
}

// checkConsent refuses to go on before the owner has agreed.
func (c connection) checkConsent(systems []store.Profile) func(string, Answers) (string, error) {
	return func(answer string, all Answers) (string, error) {
		answer, err := choice(consentOptions)(answer, all)
		if err == nil && answer != Yes && all[c.turn] == On {
			return answer, c.unagreed(systems)
		}
		return answer, err
	}
}

// agreed refuses to switch on what the owner has not agreed to. The error is a
// *Wrong.
func agreed(systems []store.Profile, all Answers) error {
	for _, c := range asking() {
		if c.consent != "" && all[c.turn] == On && all[c.inUse()] != Yes && all[c.consent] != Yes {
			return c.unagreed(systems)
		}
	}
	return nil
}

// warningOf is what an owner has to know of a payment system, as a part of a
// sentence.
func warningOf(systems []store.Profile, name store.System) lang.Text {
	for _, p := range systems {
		if p.System == name {
			w := p.Warning
			return lang.Text{UZ: strings.TrimSuffix(w.UZ, "."), RU: strings.TrimSuffix(w.RU, "."), EN: strings.TrimSuffix(w.EN, ".")}
		}
	}
	return lang.Text{}
}

var (
	switchOptions = []Option{
		{Off, lang.Text{UZ: "o‘chirilgan", RU: "выключен", EN: "off"}},
		{On, lang.Text{UZ: "yoqilgan", RU: "включён", EN: "on"}},
	}
	consentOptions = []Option{
		{No, lang.Text{UZ: "yo‘q", RU: "нет", EN: "no"}},
		{Yes, lang.Text{UZ: "ha, egasi biladi va rozi", RU: "да, владелец знает и согласен", EN: "yes, the owner knows and agrees"}},
	}
)
