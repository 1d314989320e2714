package paypage

import (
	"tushum/internal/lang"
	"tushum/store"
)

// What a customer is told. The bank's app and the console use the same words.
var (
	headings = map[store.BillState]lang.Text{
		store.BillReady:     {UZ: "To‘lanadigan summa", RU: "К оплате", EN: "To pay"},
		store.BillPaying:    {UZ: "To‘lov boshlangan", RU: "Оплата началась", EN: "Payment under way"},
		store.BillPaid:      {UZ: "To‘lov muvaffaqiyatli amalga oshirildi", RU: "Оплата прошла успешно", EN: "Payment completed successfully"},
		store.BillExpired:   {UZ: "To‘lov muddati tugagan", RU: "Срок оплаты истёк", EN: "The payment deadline has passed"},
		store.BillCancelled: {UZ: "To‘lov so‘rovi bekor qilingan", RU: "Счёт отменён", EN: "This invoice is cancelled"},
		store.BillRefunded:  {UZ: "To‘lov qaytarilgan", RU: "Платёж возвращён", EN: "The payment was refunded"},
	}
	advice = map[store.BillState]lang.Text{
		store.BillPaying: {
			UZ: "Kimdir to‘lovni boshladi, bank tasdig‘i kutilmoqda. To‘lov o‘tishi bilan shu yerda ko‘rinadi. Ikkinchi marta to‘lab bo‘lmaydi.",
			RU: "Кто-то начал платёж, ждём подтверждения банка. Как только он пройдёт, это появится здесь. Счёт оплачивается только один раз.",
			EN: "Somebody has begun to pay, and the bank has yet to confirm it. This page will show when it does. The invoice can be paid only once.",
		},
		store.BillPaid: {
			UZ: "Sotuvchi tasdiqni oldi. Sahifani yopish mumkin.",
			RU: "Продавец получил подтверждение. Страницу можно закрыть.",
			EN: "The seller has the confirmation. You can close this page.",
		},
		store.BillExpired: {
			UZ: "Bu havola orqali endi to‘lab bo‘lmaydi. To‘lash uchun sotuvchiga murojaat qiling.",
			RU: "По этой ссылке больше нельзя заплатить. Чтобы оплатить, обратитесь к продавцу.",
			EN: "This link can no longer be used to pay. To pay, ask the seller.",
		},
		store.BillCancelled: {
			UZ: "To‘lash kerak emas. Savol bo‘lsa, sotuvchiga murojaat qiling.",
			RU: "Платить не нужно. Если есть вопросы, обратитесь к продавцу.",
			EN: "There is nothing to pay. If you have a question, ask the seller.",
		},
		store.BillRefunded: {
			UZ: "Pul bank orqali qaytariladi. Savol bo‘lsa, sotuvchiga murojaat qiling.",
			RU: "Деньги возвращает банк. Если есть вопросы, обратитесь к продавцу.",
			EN: "The bank returns the money. If you have a question, ask the seller.",
		},
	}
)

// Ways of paying, by what the payment system can do.
var (
	askApp      = lang.Text{UZ: "{system} ilovasida to‘lash", RU: "Оплатить в приложении {system}", EN: "Pay in the {system} app"}
	askCard     = lang.Text{UZ: "Karta bilan to‘lash", RU: "Оплатить картой", EN: "Pay by card"}
	payByApp    = lang.Text{UZ: "{system} ilovasi", RU: "Приложение {system}", EN: "{system} app"}
	payByCard   = lang.Text{UZ: "Karta", RU: "Карта", EN: "Card"}
	payAtSeller = lang.Text{UZ: "Sotuvchining o‘zida", RU: "У продавца", EN: "To the seller"}
)

// Names of what stands beside them.
var (
	labelInvoice     = lang.Text{UZ: "To‘lov raqami", RU: "Счёт №", EN: "Invoice number"}
	labelSpecialist  = lang.Text{UZ: "Mutaxassis", RU: "Специалист", EN: "Specialist"}
	labelAppointment = lang.Text{UZ: "Sana va vaqt", RU: "Дата и время", EN: "Date and time"}
	labelPayBy       = lang.Text{UZ: "To‘lov muddati", RU: "Оплатить до", EN: "Pay by"}
	labelPaidAt      = lang.Text{UZ: "To‘langan vaqt", RU: "Оплачено", EN: "Paid on"}
	labelRefundedAt  = lang.Text{UZ: "Qaytarilgan vaqt", RU: "Возвращено", EN: "Refunded on"}
	labelItem        = lang.Text{UZ: "Xizmat yoki tovar", RU: "Услуга или товар", EN: "Service or item"}
	labelCost        = lang.Text{UZ: "Narxi", RU: "Стоимость", EN: "Cost"}
	labelDiscount    = lang.Text{UZ: "Chegirma", RU: "Скидка", EN: "Discount"}
	labelTotal       = lang.Text{UZ: "Jami", RU: "Итого", EN: "Total"}
	labelPrepaid     = lang.Text{UZ: "Oldin to‘langan", RU: "Оплачено ранее", EN: "Already paid"}
	labelPaid        = lang.Text{UZ: "To‘langan", RU: "Оплачено", EN: "Paid"}
	labelPayer       = lang.Text{UZ: "To‘lov usuli", RU: "Способ оплаты", EN: "Payment method"}
	labelTransaction = lang.Text{UZ: "Tranzaksiya ID", RU: "ID транзакции", EN: "Transaction ID"}
	labelLanguage    = lang.Text{UZ: "Til", RU: "Язык", EN: "Language"}
	labelDetails     = lang.Text{UZ: "Tafsilotlar", RU: "Детали", EN: "Details"}
	labelWays        = lang.Text{UZ: "To‘lash", RU: "Оплата", EN: "Paying"}
	labelPage        = lang.Text{UZ: "To‘lov sahifasi", RU: "Страница оплаты", EN: "Payment page"}
)

// Sentences and buttons.
var (
	sayTest = lang.Text{
		UZ: "Sinov rejimi: bu haqiqiy pul emas.",
		RU: "Тестовый режим: это не настоящие деньги.",
		EN: "Test mode: this is not real money.",
	}
	sayNoWay = lang.Text{
		UZ: "Hozir onlayn to‘lab bo‘lmaydi. Qanday to‘lashni sotuvchidan so‘rang.",
		RU: "Сейчас онлайн оплатить нельзя. Спросите у продавца, как заплатить.",
		EN: "You can't pay online right now. Ask the seller how to pay.",
	}
	sayOtherScreen = lang.Text{
		UZ: "Boshqa ekranda o‘qiyapsizmi? Telefon kamerasi bilan skanerlang: {system} ilovasi ochiladi.",
		RU: "Читаете на другом экране? Наведите камеру телефона: откроется приложение {system}.",
		EN: "Reading this on another screen? Scan the code with your phone's camera: the {system} app opens.",
	}
	askCode      = lang.Text{UZ: "QR kodni ko‘rsatish", RU: "Показать QR-код", EN: "Show the QR code"}
	codeAlt      = lang.Text{UZ: "Shu to‘lovni {system} ilovasida ochadigan QR kod", RU: "QR-код, который открывает этот платёж в приложении {system}", EN: "QR code that opens this payment in the {system} app"}
	askCall      = lang.Text{UZ: "Qo‘ng‘iroq qilish", RU: "Позвонить", EN: "Call us"}
	sayNotFiscal = lang.Text{
		UZ: "Bu fiskal chek emas.",
		RU: "Это не фискальный чек.",
		EN: "This is not a fiscal receipt.",
	}
	askPrint = lang.Text{UZ: "Kvitansiyani chop etish", RU: "Распечатать квитанцию", EN: "Print this receipt"}
)

// Of the till, where a customer types.
var (
	headHowMuch  = lang.Text{UZ: "Qancha to‘laysiz?", RU: "Сколько оплатить?", EN: "How much are you paying?"}
	headReturned = lang.Text{UZ: "To‘lab bo‘ldingizmi?", RU: "Уже оплатили?", EN: "Have you paid?"}
	sayByApp     = lang.Text{UZ: "To‘lov {system} ilovasi orqali.", RU: "Оплата через приложение {system}.", EN: "You pay in the {system} app."}
	sayTill      = lang.Text{
		UZ: "To‘lovni {system} ilovasi tasdiqlaydi, sotuvchi esa uni o‘z ekranida ko‘radi. To‘lov o‘tgani bu sahifada ko‘rinmaydi.",
		RU: "Оплату подтвердит приложение {system}, а продавец увидит её на своём экране. На этой странице оплата не отобразится.",
		EN: "The {system} app confirms the payment, and the seller sees it on their screen. This page won't show when it goes through.",
	}
	sayTillOrNumber = lang.Text{
		UZ: "Kassada aytilgan summani yoki to‘lov raqamini kiriting.",
		RU: "Введите сумму, которую назвали на кассе, или номер счёта.",
		EN: "Enter the amount you were told at the till, or your invoice number.",
	}
	sayReturned = lang.Text{
		UZ: "Ilova to‘lovni tasdiqlagan bo‘lsa, uni sotuvchiga ko‘rsating: qayta to‘lash kerak emas. To‘lov o‘tmagan bo‘lsa, summani yana kiriting.",
		RU: "Если приложение подтвердило оплату, покажите её продавцу: платить ещё раз не нужно. Если оплата не прошла, введите сумму снова.",
		EN: "If the app has confirmed your payment, show it to the seller: you need not pay again. If it did not go through, enter the amount again.",
	}
	labelAmount      = lang.Text{UZ: "Summa, so‘m", RU: "Сумма, сум", EN: "Amount, UZS"}
	labelNumber      = lang.Text{UZ: "To‘lov raqami", RU: "Номер счёта", EN: "Invoice number"}
	hintAmount       = lang.Text{UZ: "Masalan, 25 000", RU: "Например, 25 000", EN: "For example, 25 000"}
	hintLeast        = lang.Text{UZ: "Kamida {least}", RU: "Не меньше {least}", EN: "At least {least}"}
	hintMost         = lang.Text{UZ: "Ko‘pi bilan {most}", RU: "Не больше {most}", EN: "At most {most}"}
	hintBetween      = lang.Text{UZ: "{least}dan {most}gacha", RU: "От {least} до {most}", EN: "From {least} to {most}"}
	hintNumber       = lang.Text{UZ: "7–9 xonali raqam", RU: "От 7 до 9 цифр", EN: "7 to 9 digits"}
	askNext          = lang.Text{UZ: "Davom etish", RU: "Продолжить", EN: "Continue"}
	askFind          = lang.Text{UZ: "To‘lovni topish", RU: "Найти счёт", EN: "Find the invoice"}
	askOther         = lang.Text{UZ: "Boshqa summa", RU: "Другая сумма", EN: "Another amount"}
	sayWrong         = lang.Text{UZ: "Xato: ", RU: "Ошибка: ", EN: "Error: "}
	sayNotThisNumber = lang.Text{
		UZ: "bunday raqamli to‘lov so‘rovi yo‘q. Raqamni tekshiring.",
		RU: "счёта с таким номером нет. Проверьте номер.",
		EN: "there is no invoice with this number. Check it.",
	}
	sayTillClosed = lang.Text{
		UZ: "kassa hozir onlayn to‘lov qabul qilmayapti. Sotuvchidan so‘rang.",
		RU: "касса сейчас не принимает онлайн-оплату. Спросите у продавца.",
		EN: "the till is not taking online payments now. Ask the seller.",
	}
)

// problem is a page on which there is no bill to show.
type problem struct{ heading, advice lang.Text }

var (
	unknown = problem{
		heading: lang.Text{UZ: "Bunday to‘lov so‘rovi yo‘q", RU: "Такого счёта нет", EN: "There is no such invoice"},
		advice: lang.Text{
			UZ: "Havola to‘liq ko‘chirilganini tekshiring yoki uni sotuvchidan qayta so‘rang.",
			RU: "Проверьте, что ссылка скопирована целиком, или попросите её у продавца ещё раз.",
			EN: "Check that you copied the whole link, or ask the seller for it again.",
		},
	}
	busy = problem{
		heading: lang.Text{UZ: "So‘rovlar juda ko‘p", RU: "Слишком много запросов", EN: "Too many requests"},
		advice: lang.Text{
			UZ: "Bir daqiqa kuting: sahifa o‘zi yangilanadi.",
			RU: "Подождите минуту: страница обновится сама.",
			EN: "Wait a minute: the page reloads by itself.",
		},
	}
	trouble = problem{
		heading: lang.Text{UZ: "Sahifa hozir ochilmayapti", RU: "Страница сейчас не открывается", EN: "The page can't be shown now"},
		advice: lang.Text{
			UZ: "Qilingan to‘lov yo‘qolmaydi. Bir daqiqadan keyin sahifani yangilang yoki sotuvchidan so‘rang.",
			RU: "Сделанный платёж не пропадёт. Обновите страницу через минуту или спросите у продавца.",
			EN: "A payment you have made is not lost. Reload the page in a minute, or ask the seller.",
		},
	}
)

// Tongues name themselves.
var tongues = map[lang.Lang]string{lang.UZ: "O‘zbekcha", lang.RU: "Русский", lang.EN: "English"}

// locales are the languages as Open Graph writes them.
var locales = map[lang.Lang]string{lang.UZ: "uz_UZ", lang.RU: "ru_RU", lang.EN: "en_US"}
