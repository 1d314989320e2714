package main

import (
	"tushum/internal/config"
	"tushum/store"
	"tushum/webhook/paypage"
)

// pageSettings are what the pay pages need of the settings.
func pageSettings(cfg config.Config, systems store.Systems) paypage.Settings {
	return paypage.Settings{
		Shop:     paypage.Shop{Name: cfg.Shop.Name, Address: cfg.Shop.Address, Phone: cfg.Shop.Phone},
		Language: cfg.Shop.Language,
		Links:    linksOf(cfg),
		Systems:  systems,
	}
}
