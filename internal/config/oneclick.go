package config

import "tushum/internal/lang"

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

func (r *reader) oneClick(s *section, c *OneClick) {
	s.flag("enabled", &c.Enabled)
	read(s, "base_url", &c.BaseURL, optional(siteURL))
	read(s, "credentials_file", &c.CredentialsFile, optional(r.path))
	read(s, "country", &c.Country, optional(countryCode))
	read(s, "lang", &c.Lang, optional(language))
	read(s, "flow", &c.Flow, flow)
	read(s, "credentials_path", &c.CredentialsPath, dealPath)
	s.amounts(&c.MinAmount, &c.MaxAmount)
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
