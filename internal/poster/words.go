package poster

import "tushum/internal/lang"

// What is printed large.
var (
	heading  = lang.Text{UZ: "{system} orqali to‘lov", RU: "Оплата через {system}", EN: "Pay with {system}"}
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
		UZ: "{system} ilovasida summani yozing",
		RU: "В приложении {system} введите сумму",
		EN: "Enter the amount in the {system} app",
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
	stepPayCard = lang.Text{
		UZ: "Sahifada karta bilan to‘lang va sotuvchiga ko‘rsating",
		RU: "Оплатите картой на странице и покажите продавцу",
		EN: "Pay by card on the page, and show it to the seller",
	}
	stepPayApp = lang.Text{
		UZ: "{system} ilovasida to‘lovni tasdiqlang",
		RU: "Подтвердите оплату в приложении {system}",
		EN: "Confirm the payment in the {system} app",
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
		UZ: "Bu do‘konning o‘z kodi: u {system} ilovasini ochadi. Bu yagona milliy QR kod emas.",
		RU: "Это собственный код магазина: он открывает приложение {system}. Это не единый национальный QR-код.",
		EN: "This is the shop’s own code: it opens the {system} app. It is not the national unified QR code.",
	}
)

// Why there is no poster.
var (
	sayNotOpen = lang.Text{
		UZ: "{number} raqamli hisob ochiq emas, uning to‘lovi qabul qilinmaydi",
		RU: "счёт {number} не открыт, оплата по нему не будет принята",
		EN: "invoice {number} is not open, no payment will be taken for it",
	}
	hintNewInvoice = lang.Text{
		UZ: "kerak bo‘lsa, yangi hisob oching",
		RU: "при необходимости создайте новый счёт",
		EN: "make a new invoice if it is still needed",
	}
	sayUndecided = lang.Text{
		UZ: "{number} raqamli hisob uchun pul kelgan va u haqda hali qaror qilinmagan, plakat bo‘yicha hech kim to‘lay olmaydi",
		RU: "по счёту {number} пришли деньги, решения о них ещё нет, и по плакату никто не сможет заплатить",
		EN: "money has come for invoice {number} that nobody has decided about, and nobody could pay by the poster",
	}
	hintDecide = lang.Text{
		UZ: "avval o‘sha pul haqida qaror qiling",
		RU: "сначала решите, что делать с этими деньгами",
		EN: "decide about that money first",
	}
	sayDoubted = lang.Text{
		UZ: "{number} raqamli hisobni to‘lovchi to‘laganini aytgan edi, plakat bo‘yicha hech kim to‘lay olmaydi",
		RU: "плательщик сообщал, что оплатил счёт {number}, и по плакату никто не сможет заплатить",
		EN: "the payer had said that invoice {number} is paid, and nobody could pay by the poster",
	}
	hintAskPayer = lang.Text{
		UZ: "avval to‘lovchidan so‘rang: pulni o‘tkazmagan bo‘lsa, hisob QR kodini qaytadan so‘rang",
		RU: "сначала спросите плательщика: если денег он не переводил, запросите QR-код счёта снова",
		EN: "ask the payer first: if they have sent nothing, ask for the invoice's QR code again",
	}
	sayPaused = lang.Text{
		UZ: "{system} to‘xtatib qo‘yilgan, plakat bo‘yicha hech kim to‘lay olmaydi",
		RU: "приём через {system} приостановлен, по плакату никто не сможет заплатить",
		EN: "payments by {system} are paused, nobody could pay by the poster",
	}
	hintSwitchOn = lang.Text{
		UZ: "uni sozlamalarda yoqing: tushum setup",
		RU: "включите его в настройках: tushum setup",
		EN: "switch them on in the settings: tushum setup",
	}
	sayNotConnected = lang.Text{
		UZ: "{system} hali ulanmagan, plakat bo‘yicha hech kim to‘lay olmaydi",
		RU: "{system} ещё не подключён, по плакату никто не сможет заплатить",
		EN: "{system} is not connected yet, nobody could pay by the poster",
	}
	hintConnect = lang.Text{
		UZ: "uni sozlamalarda ulang: tushum setup",
		RU: "подключите его в настройках: tushum setup",
		EN: "connect it in the settings: tushum setup",
	}
)
