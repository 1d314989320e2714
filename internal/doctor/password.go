package doctor

import (
	"context"
	"crypto/tls"
	"net/http"
	"net/url"

	"tushum/internal/bank"
	"tushum/internal/lang"
)

var (
	titlePassword = lang.Text{UZ: "Bank paroli", RU: "Пароль банка", EN: "Bank's password"}

	sayRightPassword = lang.Text{UZ: "%s loginining paroli sozlamalardagining o‘zi", RU: "пароль логина %s — тот, что в настройках", EN: "the password of %s is the one in the settings"}
	sayWrongPassword = lang.Text{UZ: "%s logini bu parol bilan rad etildi (10001)", RU: "логин %s с этим паролем отклонён (10001)", EN: "%s is refused with this password (10001)"}
	advisePassword   = lang.Text{
		UZ: "tushum setup da bank bilan kelishilgan parolni kiriting yoki bankka yangi parolni yuboring", RU: "введите в tushum setup пароль, согласованный с банком, или отправьте банку новый", EN: "enter the password agreed with the bank in tushum setup, or send the bank a new one",
	}
	sayOddAnswer = lang.Text{UZ: "parol sinovida kutilmagan javob: HTTP %d, %s", RU: "неожиданный ответ при проверке пароля: HTTP %d, %s", EN: "an unexpected answer to the password: HTTP %d, %s"}
)

// tryPassword calls as the bank does, about an invoice that there is not: the
// call comes as far as the ledger only with the right password.
func tryPassword(ctx context.Context, r *round) finding {
	switch {
	case r.Listens == nil:
		return skipped(sayNoListener)
	case !r.Config.Uzum.Enabled:
		return skipped(sayNotConnected)
	}
	base := url.URL{Scheme: "http", Host: reachable(r.Listens.Address), Path: r.Config.Uzum.Path}
	var encryption *tls.Config
	if r.Listens.Secure {
		base.Scheme, encryption = "https", r.looking(r.serverName())
	}
	carrier := &http.Transport{DialContext: r.dial, TLSClientConfig: encryption}
	defer carrier.CloseIdleConnections()
	client := bank.Client{
		BaseURL: base.String(), Login: r.Bank.Login, Password: r.Bank.Password, ServiceID: r.Config.Uzum.ServiceID,
		AccountKey: r.Config.Uzum.AccountParams[0], HTTP: &http.Client{Transport: carrier}, Now: r.Now,
	}
	reply, err := client.Check(ctx, unusedNumber().String())
	login := quoted(r.Bank.Login)
	switch {
	case err != nil:
		return failed(unanswered(err))
	case reply.ErrorCode == "10007":
		return passed(about(sayRightPassword, login))
	case reply.ErrorCode == accessDenied:
		return failed(about(sayWrongPassword, login), advisePassword)
	}
	return failed(about(sayOddAnswer, reply.HTTPStatus, answerText(reply)), adviseJournal)
}
