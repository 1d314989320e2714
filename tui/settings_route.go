package tui

import (
	"context"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tushum/internal/config"
	"tushum/internal/lang"
	"tushum/internal/setup"
	"tushum/store"
	"tushum/tui/look"
)

// routedMsg is what came of routing a kind of payment elsewhere.
type routedMsg struct {
	screen *settingsScreen
	kind   store.Kind
	system store.System
	saved  setup.Saved
	err    error
}

// askRoute asks which payment system a kind of payment goes to.
func (s *settingsScreen) askRoute(d *desk, k store.Kind) tea.Cmd {
	profiles := d.profiles()
	q := &dialog{
		title: d.say(routeTitle), body: []string{d.fill(routeBody, "{kind}", d.say(kindTitles[k]))}, yes: d.say(routeYes),
		chosen: max(0, slices.IndexFunc(profiles, func(p store.Profile) bool { return p.System == s.system(k) })),
		then:   func(chosen int, _ string) tea.Cmd { return s.route(d, k, profiles[chosen].System) },
	}
	for _, p := range profiles {
		sign, word, _ := d.connectionState(d.connection(p.System))
		if refused := d.whyNotTaken(k, p.System); refused != "" {
			sign, word = d.theme.Signs.Failed, refused
		}
		q.choices = append(q.choices, sign+" "+d.systemName(p.System)+": "+word)
	}
	return d.ask(q)
}

// route sends a kind of payment to a payment system from now on. One that is not
// connected has to be first.
func (s *settingsScreen) route(d *desk, k store.Kind, system store.System) tea.Cmd {
	refused := d.whyNotTaken(k, system)
	page := setup.PageOf(system)
	switch {
	case system == s.system(k):
		return nil
	case refused != "":
		return toast(uneasy, d.fillSystem(routeRefused, system, "{why}", refused))
	case page != "" && d.connection(system).State == store.NotConnected:
		return tea.Batch(toast(uneasy, d.fillSystem(routeFirst, system)), d.push(newSetupForm(d, page)))
	}
	s.saving = true
	settings := d.Settings
	return func() tea.Msg {
		saved, err := settings.Save(context.Background(), setup.Answers{setup.RouteID(config.Kind(k)): string(system)})
		return routedMsg{s, k, system, saved, err}
	}
}

// routed says what came of it.
func (s *settingsScreen) routed(d *desk, msg routedMsg) tea.Cmd {
	s.saving = false
	if msg.err != nil {
		return toast(bad, d.unfit(msg.err))
	}
	says, mood := routeDone, glad
	switch {
	case len(msg.saved.Waiting) > 0:
		says, mood = routeWaits, uneasy
	case !d.connection(msg.system).Open():
		says, mood = routeClosed, uneasy
	}
	text := d.fill(says, "{kind}", d.say(kindTitles[msg.kind]), "{system}", d.systemName(msg.system), "{keys}", look.Foreign(strings.Join(msg.saved.Waiting, ", ")))
	return tea.Batch(s.show(d), toast(mood, text))
}

var (
	routeTitle = lang.Text{UZ: "to‘lov tizimi", RU: "платёжная система", EN: "payment system"}
	routeBody  = lang.Text{UZ: "«{kind}» pullari qaysi tizim orqali kelsin? Ochiq hisoblar o‘z tizimida qoladi.", RU: "Через какую систему принимать «{kind}»? Уже созданные счета останутся в своей системе.", EN: "Which system takes the money of “{kind}”? Invoices that were made stay with theirs."}
	routeYes   = lang.Text{UZ: "saqlash", RU: "сохранить", EN: "save"}
	routeDone  = lang.Text{UZ: "saqlandi: {kind} — {system}", RU: "сохранено: {kind} — {system}", EN: "saved: {kind} goes to {system}"}

	routeClosed = lang.Text{
		UZ: "saqlandi: {kind} — {system}. Tizim to‘lov qabul qilmaguncha bunday hisob ochib bo‘lmaydi",
		RU: "сохранено: {kind} — {system}. Пока система не принимает платежи, такой счёт создать нельзя",
		EN: "saved: {kind} goes to {system}. No such invoice can be made until it takes payments",
	}
	routeWaits = lang.Text{
		UZ: "saqlandi, lekin dastur qayta ishga tushgach kuchga kiradi: {keys}",
		RU: "сохранено, но вступит в силу после перезапуска: {keys}",
		EN: "saved, but it takes effect at the next start: {keys}",
	}
	routeRefused = lang.Text{
		UZ: "{system}: {why}, boshqa tizimni tanlang", RU: "{system}: {why}, выберите другую систему", EN: "{system}: {why}, choose another system",
	}
	routeFirst = lang.Text{
		UZ: "{system} hali ulanmagan: avval shu sahifani to‘ldiring", RU: "{system} ещё не подключён: сначала заполните эту страницу", EN: "{system} is not connected yet: fill in this page first",
	}
)
