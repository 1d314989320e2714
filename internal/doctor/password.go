package doctor

import (
	"context"

	"tushum/internal/lang"
)

var (
	titlePassword = lang.Text{UZ: "Bank paroli", RU: "Пароль банка", EN: "Bank's password"}

	sayRightPassword = lang.Text{UZ: "%s loginining paroli sozlamalardagining o‘zi", RU: "пароль логина %s — тот, что в настройках", EN: "the password of %s is the one in the settings"}
	sayWrongPassword = lang.Text{UZ: "%s logini bu parol bilan rad etiladi (10001)", RU: "логин %s с этим паролем отклоняется (10001)", EN: "%s is refused with this password (10001)"}
	advisePassword   = lang.Text{
		UZ: "tushum setup da bank bilan kelishilgan parolni kiriting yoki bankka yangi parolni yuboring", RU: "введите в tushum setup пароль, согласованный с банком, или отправьте банку новый", EN: "enter the password agreed with the bank in tushum setup, or send the bank a new one",
	}
)

// tryPassword holds a pair against the settings in force. It calls nobody: a call
// with the right pair would be taken for the bank's, and silence the warnings
// about a bank that is refused.
func tryPassword(_ context.Context, r *round) finding {
	switch {
	case r.Try == nil:
		return skipped(sayNoListener)
	case !r.Config.Uzum.Enabled:
		return skipped(sayNotConnected)
	}
	login := quoted(r.Bank.Login)
	if !r.Try(*r.Bank) {
		return failed(about(sayWrongPassword, login), advisePassword)
	}
	return passed(about(sayRightPassword, login))
}
