package setup

import "tushum/store"

// Switch is how a payment system is paused and let go on.
type Switch struct {
	Page    Page    // where it is among the questions
	On, Off Answers // what is saved; who saves On has asked the owner what its Warning asks
}

// SwitchOf finds the switch of a payment system; ok is false for one that has none.
func SwitchOf(system store.System) (s Switch, ok bool) {
	switch system {
	case store.Uzum:
		return Switch{Page: PageOffer, On: Answers{UzumEnabled: Yes}, Off: Answers{UzumEnabled: No}}, true
	case oneClick:
		return Switch{Page: PageOneClick, On: Answers{OneClickSwitch: On, OneClickConsent: Yes}, Off: Answers{OneClickSwitch: Off}}, true
	}
	return Switch{}, false
}
