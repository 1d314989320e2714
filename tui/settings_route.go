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

// routeSystems are the payment systems that a kind of payment can go to.
var routeSystems = []store.System{store.Uzum, store.OneClick, store.Manual}

// askRoute asks which payment system a kind of payment goes to.
func (s *settingsScreen) askRoute(d *desk, k store.Kind) tea.Cmd {
	q := &dialog{
		title: d.say(routeTitle), body: []string{d.fill(routeBody, "{kind}", d.say(kindTitles[k]))}, yes: d.say(routeYes),
		chosen: max(0, slices.Index(routeSystems, s.system(k))),
		then:   func(chosen int, _ string) tea.Cmd { return s.route(d, k, routeSystems[chosen]) },
	}
	for _, system := range routeSystems {
		c := d.connection(system)
		sign, word, _ := d.connectionState(c)
		if system == store.OneClick && !c.Open() {
			word = d.say(noteLater)
		}
		q.choices = append(q.choices, sign+" "+d.systemName(system)+": "+word)
	}
	return d.ask(q)
}

// route sends a kind of payment to a payment system from now on.
func (s *settingsScreen) route(d *desk, k store.Kind, system store.System) tea.Cmd {
	switch {
	case system == s.system(k):
		return nil
	case system == store.OneClick && !d.connection(system).Open():
		return toast(uneasy, d.say(oneClickLater))
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
		UZ: "saqlandi: {kind} — {system}. Tizim ulanmaguncha bunday hisob ochib bo‘lmaydi",
		RU: "сохранено: {kind} — {system}. Пока система не подключена, такой счёт создать нельзя",
		EN: "saved: {kind} goes to {system}. No such invoice can be made until it is connected",
	}
	routeWaits = lang.Text{
		UZ: "saqlandi, lekin dastur qayta ishga tushgach kuchga kiradi: {keys}",
		RU: "сохранено, но вступит в силу после перезапуска: {keys}",
		EN: "saved, but it takes effect at the next start: {keys}",
	}
	oneClickLater = lang.Text{
		UZ: "OneClick bu versiyada yo‘q: Uzum Bank yoki qo‘lda belgilashni tanlang",
		RU: "OneClick нет в этой версии: выберите Uzum Bank или отметку вручную",
		EN: "OneClick is not part of this version: choose Uzum Bank or by hand",
	}
)
