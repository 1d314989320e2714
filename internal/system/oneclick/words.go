package oneclick

import "tushum/internal/lang"

var (
	sayMissing = lang.Text{
		UZ: "API manzili va kabinetdan olingan fayl ko‘rsatilmagan",
		RU: "не указаны адрес API и файл из кабинета",
		EN: "the API address and the file from the cabinet are missing",
	}
	sayNotThePayee = lang.Text{
		UZ: "Pul do‘konga emas, platforma ijrochisining kartasiga tushadi; do‘konning platformadagi hisobi USDTda yuritiladi.",
		RU: "Деньги получает не магазин, а исполнитель платформы на свою карту; счёт магазина на платформе ведётся в USDT.",
		EN: "The shop is not the payee: the money goes to a card of the platform's performer, and the shop's balance at the platform is in USDT.",
	}
	sayNotConnected = lang.Text{
		UZ: "OneClick ulanmagan: API manzili yoki kalitlar fayli ko‘rsatilmagan",
		RU: "OneClick не подключён: не указан адрес API или файл с ключами",
		EN: "OneClick is not connected: the API address or the credentials file is missing",
	}
	hintNotConnected = lang.Text{
		UZ: "ularni sozlamalarda to‘ldiring (tushum setup)",
		RU: "заполните их в настройках (tushum setup)",
		EN: "fill them in in the settings (tushum setup)",
	}
	sayLongID = lang.Text{
		UZ: "OneClick bergan bitim raqami juda uzun, uni saqlab bo‘lmaydi: bitim ishlatilmaydi",
		RU: "OneClick дал сделке слишком длинный номер, его нельзя сохранить: сделка не используется",
		EN: "OneClick gave the deal a number too long to be kept: the deal is not used",
	}
	hintLongID = lang.Text{
		UZ: "to‘lovni boshqa usulda qabul qiling va tizim egasiga yozing",
		RU: "примите оплату другим способом и напишите поставщику",
		EN: "take the payment in another way, and write to the vendor",
	}
)

// notConnected is the failure of a system that is not filled in.
type notConnected struct{}

func (notConnected) Error() string             { return sayNotConnected.EN }
func (notConnected) In(l lang.Lang) string     { return sayNotConnected.In(l) }
func (notConnected) HintIn(l lang.Lang) string { return hintNotConnected.In(l) }

// longID is the failure of a deal whose id is longer than store.MaxDealID.
type longID struct{}

func (longID) Error() string             { return sayLongID.EN }
func (longID) In(l lang.Lang) string     { return sayLongID.In(l) }
func (longID) HintIn(l lang.Lang) string { return hintLongID.In(l) }
