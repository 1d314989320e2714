package setup

import "tushum/internal/lang"

var languages = []Option{
	{"uz", lang.Text{UZ: "o‘zbekcha", RU: "узбекский", EN: "Uzbek"}},
	{"ru", lang.Text{UZ: "ruscha", RU: "русский", EN: "Russian"}},
	{"en", lang.Text{UZ: "inglizcha", RU: "английский", EN: "English"}},
}

// shopPage asks what customers and the books see of the shop.
func shopPage() []Question {
	return []Question{
		{
			ID: ShopName, Page: PageShop, Kind: Line, Check: text("shop.name"),
			Title: lang.Text{UZ: "Do‘kon nomi", RU: "Название магазина", EN: "Name of the shop"},
			Help: lang.Text{
				UZ: "mijozlar va hisobotlar ko‘radigan nom, masalan Salon Lola",
				RU: "его видят клиенты и отчёты, например «Салон Лола»",
				EN: "what customers and reports see, such as Salon Lola",
			},
		},
		{
			ID: ShopAddress, Page: PageShop, Kind: Line, Check: text("shop.address"),
			Title: lang.Text{UZ: "Manzili", RU: "Адрес", EN: "Address"},
			Help:  lang.Text{UZ: "cheklarda turadi; bo‘sh qolishi mumkin", RU: "стоит на чеках; можно не указывать", EN: "stands on slips; may be left empty"},
		},
		{
			ID: ShopPhone, Page: PageShop, Kind: Line, Check: text("shop.phone"),
			Title: lang.Text{UZ: "Telefoni", RU: "Телефон", EN: "Phone"},
			Help: lang.Text{
				UZ: "mijozlar teradigan ko‘rinishda, masalan +998 71 200-00-00; bo‘sh qolishi mumkin",
				RU: "как его набирают клиенты, например +998 71 200-00-00; можно не указывать",
				EN: "as customers dial it, such as +998 71 200-00-00; may be left empty",
			},
		},
		{
			ID: ShopLanguage, Page: PageShop, Kind: Choice, Options: languages, Check: choice(languages),
			Title: lang.Text{UZ: "Til", RU: "Язык", EN: "Language"},
			Help:  lang.Text{UZ: "kassa va cheklar tili", RU: "язык кассы и чеков", EN: "of the console and of slips"},
		},
	}
}
