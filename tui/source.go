package tui

import (
	"strings"

	"tushum/internal/lang"
	"tushum/store"
	"tushum/tui/look"
)

// sourceName is how people call a way of paying. One that is not known keeps
// the bank's code: its list is open.
func (d *desk) sourceName(source string) string {
	if name, ok := sourceNames[source]; ok {
		return d.say(name)
	}
	if system := store.System(strings.ToLower(source)); d.profile(system).Can.Deals { // it does not say with what
		return d.systemName(system)
	}
	return look.Foreign(source)
}

// sourceNames are the ways of paying that people call otherwise than their
// codes do: the bank's, and those of payments that staff record.
var sourceNames = map[string]lang.Text{
	"CASH":            {UZ: "naqd", RU: "наличные", EN: "cash"},
	"TERMINAL":        {UZ: "terminal", RU: "терминал", EN: "terminal"},
	"OTHER":           {UZ: "boshqa", RU: "другое", EN: "other"},
	"INSTALLMENT":     {UZ: "muddatli", RU: "рассрочка", EN: "instalment"},
	"CASHBACK":        {UZ: "keshbek", RU: "кешбэк", EN: "cashback"},
	"ACCOUNT":         {UZ: "bank hisobi", RU: "счёт в банке", EN: "bank account"},
	"WALLET":          {UZ: "hamyon", RU: "кошелёк", EN: "wallet"},
	"UZUM_DEBIT_VISA": {UZ: "Uzum Visa", RU: "Uzum Visa", EN: "Uzum Visa"},
}
