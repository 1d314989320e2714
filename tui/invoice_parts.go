package tui

import (
	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/store"
)

// billPart is a step from the price to what is due.
type billPart struct {
	label  lang.Text
	amount money.Amount // tiyin; less than zero: it comes off
}

// billParts lead from the lines of an invoice to what it asks for. There are none
// where nothing comes off.
func billParts(inv store.Invoice) []billPart {
	var parts []billPart
	if inv.Discount != 0 {
		parts = append(parts, billPart{partDiscount, -inv.Discount})
	}
	if inv.Prepaid != 0 {
		parts = append(parts, billPart{partTotal, inv.Amount + inv.Prepaid}, billPart{partPrepaid, -inv.Prepaid})
	}
	if len(parts) > 0 {
		parts = append(parts, billPart{partDue, inv.Amount})
	}
	return parts
}

var (
	partDiscount = lang.Text{UZ: "chegirma", RU: "скидка", EN: "discount"}
	partTotal    = lang.Text{UZ: "jami", RU: "итого", EN: "total"}
	partPrepaid  = lang.Text{UZ: "oldin to‘langan", RU: "оплачено ранее", EN: "already paid"}
	partDue      = lang.Text{UZ: "to‘lanadi", RU: "к оплате", EN: "due"}
)
