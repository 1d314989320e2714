package config

import (
	"time"

	"tushum/internal/lang"
)

var (
	sayNoBaseURL = fault{
		says: lang.Text{UZ: "to‘ldirilmagan", RU: "не заполнено", EN: "not filled in"},
		hint: lang.Text{UZ: "API manzilini tizim egasi beradi", RU: "адрес API сообщает поставщик", EN: "the vendor gives the address of its API"},
	}
	sayNoCredentialsFile = fault{
		says: lang.Text{UZ: "to‘ldirilmagan", RU: "не заполнено", EN: "not filled in"},
		hint: lang.Text{
			UZ: "tizim egasining kabinetidan olingan JSON faylni ko‘rsating",
			RU: "укажите JSON-файл из кабинета поставщика",
			EN: "name the JSON file from the vendor's cabinet",
		},
	}
)

// Name is the flow in words.
func (f Flow) Name() lang.Text {
	if f == HostToHost {
		return lang.Text{UZ: "do‘kon sahifasi: karta raqami va QR", RU: "страница магазина: номер карты и QR", EN: "the shop's page: card number and QR"}
	}
	return lang.Text{UZ: "tizimning o‘z sahifasi", RU: "страница самой системы", EN: "the system's own page"}
}

// FilledIn reports whether it is known where the vendor is, and by which file. Whether
// it may be paid through is Enabled.
func (o OneClick) FilledIn() bool { return o.BaseURL != "" && o.CredentialsFile != "" }

func (r *reader) oneClick(s *section, c *OneClick) {
	s.flag("enabled", &c.Enabled)
	read(s, "base_url", &c.BaseURL, optional(vendorURL))
	read(s, "credentials_file", &c.CredentialsFile, optional(r.path))
	read(s, "country", &c.Country, optional(countryCode))
	read(s, "lang", &c.Lang, optional(language))
	read(s, "flow", &c.Flow, flow)
	read(s, "credentials_path", &c.CredentialsPath, dealPath)
	s.amounts(&c.MinAmount, &c.MaxAmount)
	s.flag("test_mode", &c.TestMode)
	pace := int64(c.CallsPerSecond)
	s.integer("calls_per_second", &pace, 1, 50)
	c.CallsPerSecond = int(pace)
	days := int64(c.Watch / (24 * time.Hour))
	s.integer("watch_days", &days, 1, 90)
	c.Watch = time.Duration(days) * 24 * time.Hour
	r.secret = r.secret || c.CredentialsFile != ""
	if !c.Enabled {
		return
	}
	if c.BaseURL == "" && !s.refused("base_url") {
		s.refuse("base_url", sayNoBaseURL)
	}
	if c.CredentialsFile == "" && !s.refused("credentials_file") {
		s.refuse("credentials_file", sayNoCredentialsFile)
	}
}
