package tui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"tushum/internal/lang"
	"tushum/internal/setup"
	"tushum/store"
)

// pausedMsg is what came of pausing a payment system, or of letting it go on.
type pausedMsg struct {
	screen *settingsScreen
	system store.System
	on     bool
	err    error
}

// whyNoPause says why a kind's payment system can be neither paused nor resumed.
func (s *settingsScreen) whyNoPause(d *desk, k store.Kind) (none lang.Text) {
	system := s.system(k)
	switch _, has := setup.SwitchOf(system); {
	case !has:
		return pauseByHand
	case d.connection(system).State == store.NotConnected:
		return withName(pauseNothing, d.profile(system))
	}
	return none
}

// askPause asks before payments stop, and lets them go on without asking, but for
// a payment system of which an owner has to know something.
func (s *settingsScreen) askPause(d *desk, system store.System) tea.Cmd {
	p := d.profile(system)
	if d.connection(system).State != store.Paused {
		body, warning := pauseBody, pauseWarning
		if p.Can.Deals {
			body, warning = pauseDealsBody, pauseDealsWarning
		}
		return d.ask(&dialog{
			title: d.fillSystem(pauseTitle, system), body: []string{d.say(body)}, warning: d.say(warning), yes: d.say(pauseYes),
			then: func(int, string) tea.Cmd { return s.pause(d, system, false) },
		})
	}
	return d.warned(p, func() tea.Cmd { return s.pause(d, system, true) })
}

// warned does something that switches a payment system on, after a yes to what its
// owner has to know first.
func (d *desk) warned(p store.Profile, then func() tea.Cmd) tea.Cmd {
	warning := d.say(p.Warning)
	if warning == "" {
		return then()
	}
	return d.ask(&dialog{
		title: d.fillSystem(warnedTitle, p.System), body: []string{d.say(warnedBody)}, warning: warning, yes: d.say(warnedYes),
		then: func(int, string) tea.Cmd { return then() },
	})
}

func (s *settingsScreen) pause(d *desk, system store.System, on bool) tea.Cmd {
	own, _ := setup.SwitchOf(system)
	s.saving = true
	settings, answers := d.Settings, own.Off
	if on {
		answers = own.On
	}
	return func() tea.Msg {
		_, err := settings.Save(context.Background(), answers)
		return pausedMsg{s, system, on, err}
	}
}

func (s *settingsScreen) paused(d *desk, msg pausedMsg) tea.Cmd {
	s.saving = false
	switch {
	case msg.err != nil:
		return toast(bad, d.unfit(msg.err))
	case msg.on:
		return tea.Batch(s.show(d), toast(glad, d.fillSystem(pauseOver, msg.system)))
	}
	return tea.Batch(s.show(d), toast(uneasy, d.fillSystem(pauseBegun, msg.system)))
}

// withName puts the name of a payment system into a text, in every language.
func withName(t lang.Text, p store.Profile) lang.Text {
	return t.FillEach("{system}", p.Name)
}

var (
	pauseTitle = lang.Text{UZ: "to‘xtatib turish: {system}", RU: "приостановить: {system}", EN: "pause {system}"}
	pauseBody  = lang.Text{
		UZ: "Bank so‘rovlari rad etiladi va yangi hisob ochilmaydi. Kalitlar saqlanadi, o‘sha klavish davom ettiradi.",
		RU: "Запросы банка отклоняются, новые счета не создаются. Ключи сохраняются, та же клавиша возобновит приём.",
		EN: "The bank's calls are refused and no invoices are made. The keys are kept, and the same key lets it go on.",
	}
	pauseWarning = lang.Text{
		UZ: "hozir to‘layotgan mijozlarning to‘lovi tasdiqlanmaydi: bank pulni qaytaradi",
		RU: "платежи, которые идут прямо сейчас, не подтвердятся: банк вернёт деньги",
		EN: "payments that are being made right now will not be confirmed: the bank gives the money back",
	}
	pauseDealsBody = lang.Text{
		UZ: "Yangi hisob va yangi to‘lov ochilmaydi. Boshlangan to‘lovlar oxirigacha kuzatiladi. Sozlamalar saqlanadi, o‘sha klavish davom ettiradi.",
		RU: "Новые счета и платежи не создаются. Начатые платежи отслеживаются до конца. Настройки сохраняются, та же клавиша возобновит приём.",
		EN: "No invoices are made and no payments are begun. Those under way are followed to their end. The settings are kept, and the same key lets it go on.",
	}
	pauseDealsWarning = lang.Text{
		UZ: "havolasi bor, lekin hali to‘lamagan mijozlar to‘lay olmaydi",
		RU: "клиенты, у которых ссылка есть, а платёж не начат, оплатить не смогут",
		EN: "customers who have a link and have not begun to pay can't pay",
	}
	pauseYes    = lang.Text{UZ: "to‘xtatib turish", RU: "приостановить", EN: "pause it"}
	pauseResume = lang.Text{UZ: "davom ettirish", RU: "возобновить", EN: "resume"}
	pauseBegun  = lang.Text{UZ: "{system} to‘xtatib turilgan", RU: "{system}: приём приостановлен", EN: "{system} is paused"}
	pauseOver   = lang.Text{UZ: "{system} yana to‘lov qabul qiladi", RU: "{system} снова принимает платежи", EN: "{system} takes payments again"}

	pauseByHand = lang.Text{
		UZ: "bu tur qo‘lda belgilanadi: to‘xtatiladigan narsa yo‘q", RU: "этот вид отмечается вручную: приостанавливать нечего", EN: "this kind is marked paid by hand: there is nothing to pause",
	}
	pauseNothing = lang.Text{
		UZ: "{system} hali ulanmagan: Enter — ulash", RU: "{system} ещё не подключён: Enter — подключить", EN: "{system} is not connected yet: Enter connects it",
	}

	warnedTitle = lang.Text{UZ: "yoqishdan oldin: {system}", RU: "перед включением: {system}", EN: "before {system} is switched on"}
	warnedBody  = lang.Text{UZ: "Egasi bilishi kerak:", RU: "Владелец должен знать:", EN: "The owner has to know:"}
	warnedYes   = lang.Text{UZ: "bilaman, yoqilsin", RU: "знаю, включить", EN: "I know, switch it on"}
)
