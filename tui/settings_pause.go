package tui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"tushum/internal/lang"
	"tushum/internal/setup"
	"tushum/store"
)

// pausedMsg is what came of pausing Uzum Bank, or of letting it go on.
type pausedMsg struct {
	screen *settingsScreen
	on     bool
	err    error
}

// whyNoPause says why a kind's payment system can be neither paused nor resumed.
func (s *settingsScreen) whyNoPause(d *desk, k store.Kind) (none lang.Text) {
	switch {
	case s.system(k) != store.Uzum:
		return pauseOnlyUzum
	case d.connection(store.Uzum).State == store.NotConnected:
		return pauseNothing
	}
	return none
}

// askPause asks before payments stop, and lets them go on without asking.
func (s *settingsScreen) askPause(d *desk) tea.Cmd {
	if d.connection(store.Uzum).State == store.Paused {
		return s.pause(d, true)
	}
	return d.ask(&dialog{
		title: d.say(pauseTitle), body: []string{d.say(pauseBody)}, warning: d.say(pauseWarning), yes: d.say(pauseYes),
		then: func(int, string) tea.Cmd { return s.pause(d, false) },
	})
}

func (s *settingsScreen) pause(d *desk, on bool) tea.Cmd {
	s.saving = true
	settings, answer := d.Settings, setup.No
	if on {
		answer = setup.Yes
	}
	return func() tea.Msg {
		_, err := settings.Save(context.Background(), setup.Answers{setup.UzumEnabled: answer})
		return pausedMsg{s, on, err}
	}
}

func (s *settingsScreen) paused(d *desk, msg pausedMsg) tea.Cmd {
	s.saving = false
	switch {
	case msg.err != nil:
		return toast(bad, d.unfit(msg.err))
	case msg.on:
		return tea.Batch(s.show(d), toast(glad, d.say(pauseOver)))
	}
	return tea.Batch(s.show(d), toast(uneasy, d.say(pauseBegun)))
}

var (
	pauseTitle = lang.Text{UZ: "Uzum Bankni to‘xtatib turish", RU: "приостановить Uzum Bank", EN: "pause Uzum Bank"}
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
	pauseYes    = lang.Text{UZ: "to‘xtatib turish", RU: "приостановить", EN: "pause it"}
	pauseResume = lang.Text{UZ: "davom ettirish", RU: "возобновить", EN: "resume"}
	pauseBegun  = lang.Text{UZ: "Uzum Bank to‘xtatib turilgan", RU: "Uzum Bank приостановлен", EN: "Uzum Bank is paused"}
	pauseOver   = lang.Text{UZ: "Uzum Bank yana to‘lov qabul qiladi", RU: "Uzum Bank снова принимает платежи", EN: "Uzum Bank takes payments again"}

	pauseOnlyUzum = lang.Text{
		UZ: "bu tur qo‘lda belgilanadi: to‘xtatiladigan narsa yo‘q", RU: "этот вид отмечается вручную: приостанавливать нечего", EN: "this kind is marked paid by hand: there is nothing to pause",
	}
	pauseNothing = lang.Text{
		UZ: "Uzum Bank hali ulanmagan: Enter — ulash", RU: "Uzum Bank ещё не подключён: Enter — подключить", EN: "Uzum Bank is not connected yet: Enter connects it",
	}
)
