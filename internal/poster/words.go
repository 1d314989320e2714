package poster

import "tushum/internal/lang"

// What is printed large.
var (
	heading  = lang.Text{UZ: "Uzum Bank orqali to‘lov", RU: "Оплата через Uzum Bank", EN: "Pay with Uzum Bank"}
	numberOf = lang.Text{UZ: "To‘lov raqami {number}", RU: "Счёт № {number}", EN: "Invoice {number}"}
)

// Three steps: the camera, the sum, the payment.
var (
	stepScan = lang.Text{
		UZ: "Telefon kamerasini kodga tuting",
		RU: "Наведите камеру телефона на код",
		EN: "Point your phone’s camera at the code",
	}
	stepType = lang.Text{
		UZ: "Ochilgan sahifada summani yozing",
		RU: "На странице введите сумму",
		EN: "Enter the amount on the page",
	}
	stepTypeApp = lang.Text{
		UZ: "Uzum Bank ilovasida summani yozing",
		RU: "В приложении Uzum Bank введите сумму",
		EN: "Enter the amount in the Uzum Bank app",
	}
	stepCheck = lang.Text{
		UZ: "Summani tekshiring",
		RU: "Проверьте сумму",
		EN: "Check the amount",
	}
	stepCheckSum = lang.Text{
		UZ: "Summani tekshiring: {sum}",
		RU: "Проверьте сумму: {sum}",
		EN: "Check the amount: {sum}",
	}
	stepPayPage = lang.Text{
		UZ: "To‘lang va sotuvchiga ko‘rsating",
		RU: "Оплатите и покажите продавцу",
		EN: "Pay, and show it to the seller",
	}
	stepPayApp = lang.Text{
		UZ: "Uzum Bank ilovasida to‘lovni tasdiqlang",
		RU: "Подтвердите оплату в приложении Uzum Bank",
		EN: "Confirm the payment in the Uzum Bank app",
	}
)

// Whose code it is. People look for the unified code of the Central Bank, which
// every bank's app reads.
var (
	noticePage = lang.Text{
		UZ: "Kod do‘konning o‘z to‘lov sahifasini ochadi. Bu yagona milliy QR kod emas.",
		RU: "Код открывает собственную страницу оплаты магазина. Это не единый национальный QR-код.",
		EN: "The code opens the shop’s own payment page. It is not the national unified QR code.",
	}
	noticeApp = lang.Text{
		UZ: "Bu do‘konning o‘z kodi: u Uzum Bank ilovasini ochadi. Bu yagona milliy QR kod emas.",
		RU: "Это собственный код магазина: он открывает приложение Uzum Bank. Это не единый национальный QR-код.",
		EN: "This is the shop’s own code: it opens the Uzum Bank app. It is not the national unified QR code.",
	}
)

// Why there is no poster.
var (
	sayNotOpen = lang.Text{
		UZ: "{number} raqamli hisob ochiq emas, bank uning to‘lovini qabul qilmaydi",
		RU: "счёт {number} не открыт, банк не примет по нему оплату",
		EN: "invoice {number} is not open, the bank will not take a payment for it",
	}
	hintNewInvoice = lang.Text{
		UZ: "kerak bo‘lsa, yangi hisob oching",
		RU: "при необходимости создайте новый счёт",
		EN: "make a new invoice if it is still needed",
	}
	sayPaused = lang.Text{
		UZ: "bank ulanishi to‘xtatib qo‘yilgan, plakat bo‘yicha hech kim to‘lay olmaydi",
		RU: "приём через банк приостановлен, по плакату никто не сможет заплатить",
		EN: "payments by the bank are paused, nobody could pay by the poster",
	}
	hintSwitchOn = lang.Text{
		UZ: "uni sozlamalarda yoqing: tushum setup",
		RU: "включите его в настройках: tushum setup",
		EN: "switch them on in the settings: tushum setup",
	}
	sayNotConnected = lang.Text{
		UZ: "bank hali ulanmagan, plakat bo‘yicha hech kim to‘lay olmaydi",
		RU: "банк ещё не подключён, по плакату никто не сможет заплатить",
		EN: "the bank is not connected yet, nobody could pay by the poster",
	}
	hintConnect = lang.Text{
		UZ: "uni sozlamalarda ulang: tushum setup",
		RU: "подключите его в настройках: tushum setup",
		EN: "connect it in the settings: tushum setup",
	}
)
