package main

import (
	"slices"

	"tushum/internal/config"
	"tushum/internal/money"
	"tushum/store"
	"tushum/webhook/paypage"
)

// pageSettings are what the pay pages need of the settings.
func pageSettings(cfg config.Config) paypage.Settings {
	return paypage.Settings{
		Shop:     paypage.Shop{Name: cfg.Shop.Name, Address: cfg.Shop.Address, Phone: cfg.Shop.Phone},
		Language: cfg.Shop.Language,
		Test:     cfg.Uzum.TestMode,
		Links:    linksOf(cfg),
		Ways: func(inv store.Invoice, amount money.Amount, back string) []paypage.Way {
			return waysOf(cfg, inv, amount, back)
		},
	}
}

// waysOf are how an invoice can be paid: by what its payment system has, as far
// as the shop offers it. Uzum Bank takes payments in its app.
func waysOf(cfg config.Config, inv store.Invoice, amount money.Amount, back string) []paypage.Way {
	if inv.System != store.Uzum || !cfg.Uzum.FilledIn() || !slices.Contains(cfg.Uzum.Methods, config.MethodApp) {
		return nil
	}
	return []paypage.Way{{Method: paypage.App, URL: linksOf(cfg).Open(inv.Number, amount, back)}}
}
