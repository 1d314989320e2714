package main

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"tushum/internal/config"
	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/internal/oneclick/simulator"
	"tushum/store"
)

// What happens beside the statuses of deals.
const (
	eventListening = "listening"
	eventWebhook   = "webhook"
	eventFailed    = "failed"
)

// vendorEvent is something that happened at the vendor.
type vendorEvent struct {
	at     time.Time
	event  string          // a deal's new status, or one of the words above
	deal   *simulator.Deal // nil where it is about none
	call   simulator.Call  // that went wrong
	answer int             // to a webhook, HTTP's number
	err    error           // why a webhook got none
}

// vendorView is what scripts see of it.
type vendorView struct {
	At          store.Instant `json:"at"`
	Event       string        `json:"event"`
	BaseURL     string        `json:"base_url,omitzero"`
	Credentials string        `json:"credentials_file,omitzero"`
	Deal        string        `json:"deal,omitzero"`
	InvoiceID   string        `json:"invoice_id,omitzero"`
	Amount      money.Amount  `json:"amount,omitzero"`
	Call        string        `json:"call,omitzero"`
	Answer      int           `json:"answer,omitzero"`
	Error       string        `json:"error,omitzero"`
}

// greet tells where the vendor is, and how a shop is connected to it.
func (p *vendorPlay) greet(base, credentials string) error {
	a := p.app
	if a.flags.json {
		return a.printJSON(vendorView{At: store.At(a.Now()), Event: eventListening, BaseURL: base, Credentials: credentials})
	}
	return a.print(strings.NewReplacer("{url}", base, "{file}", tomlText(credentials)).Replace(a.say(sayVendorGreeting) + vendorSettings))
}

// vendorSettings connect a shop.
const vendorSettings = `
[oneclick]
enabled = true
base_url = "{url}"
credentials_file = {file}
test_mode = true

[routing]
goods = "oneclick"

`

// tomlText is a path as the settings file holds it.
func tomlText(path string) string {
	if strings.ContainsAny(path, "'\n") {
		return strconv.Quote(path)
	}
	return "'" + path + "'"
}

// tell prints one thing that happened.
func (p *vendorPlay) tell(e vendorEvent) error {
	a := p.app
	if a.flags.json {
		return a.printJSON(e.view())
	}
	parts := []string{calendarOf(config.Default()).Show(store.At(e.at))}
	switch e.event {
	case eventFailed:
		parts = append(parts, a.say(sayCallFailed), vendorCallName(e.call))
	case eventWebhook:
		parts = append(parts, e.deal.ID, a.say(sayWebhook), a.webhookEnd(e))
	default:
		parts = append(parts, e.deal.ID, a.vendorStatus(e.event), fiatOf(*e.deal).Format(a.lang), foreign(e.deal.InvoiceID))
	}
	return a.print(strings.Join(parts, columnGap) + "\n")
}

func (e vendorEvent) view() vendorView {
	v := vendorView{At: store.At(e.at), Event: e.event, Call: vendorCallName(e.call), Answer: e.answer}
	if e.deal != nil {
		v.Deal, v.InvoiceID, v.Amount = e.deal.ID, e.deal.InvoiceID, fiatOf(*e.deal)
	}
	if e.err != nil {
		v.Error = e.err.Error()
	}
	return v
}

// webhookEnd is how the shop has answered a webhook.
func (a *App) webhookEnd(e vendorEvent) string {
	if e.err != nil {
		return a.say(noAnswer)
	}
	return fmt.Sprintf(a.say(sayAnswered), e.answer)
}

// vendorStatus says what happened to a deal; a word that nobody knows stands as it is.
func (a *App) vendorStatus(status string) string {
	return orName(vendorWords[status], status).In(a.lang)
}

// vendorCallName is a call as --fail names it.
func vendorCallName(call simulator.Call) string {
	for name, c := range vendorCalls {
		if c == call {
			return name
		}
	}
	return ""
}

var (
	sayVendorGreeting = lang.Text{
		UZ: "OneClick roli o‘ynalyapti: {url}. Pul o‘tmaydi. Do‘kon sozlamalariga shuni yozing:\n",
		RU: "OneClick играется здесь: {url}. Деньги не переводятся. Впишите в настройки магазина:\n",
		EN: "OneClick is played at {url}. No money moves. Write this into the settings of the shop:\n",
	}
	sayCallFailed = lang.Text{UZ: "chaqiruv buzildi", RU: "вызов сорвался", EN: "a call went wrong"}
	sayWebhook    = lang.Text{UZ: "xabarnoma", RU: "уведомление", EN: "webhook"}
	sayAnswered   = lang.Text{UZ: "javob %d", RU: "ответ %d", EN: "answered %d"}
)

var vendorWords = map[string]lang.Text{
	"new":       {UZ: "bitim ochildi", RU: "сделка создана", EN: "deal made"},
	"pending":   {UZ: "tayinlandi", RU: "назначена", EN: "assigned"},
	"paid":      {UZ: "mijoz to‘ladim dedi", RU: "клиент сказал, что заплатил", EN: "payer says it is paid"},
	"completed": {UZ: "pul keldi", RU: "деньги пришли", EN: "completed"},
	"disputed":  {UZ: "tekshirilyapti", RU: "на разборе", EN: "disputed"},
	"canceled":  {UZ: "bekor qilindi", RU: "отменена", EN: "cancelled"},
	"expired":   {UZ: "muddati o‘tdi", RU: "истекла", EN: "expired"},
	"refunded":  {UZ: "puli qaytarildi", RU: "возвращена", EN: "refunded"},
}
