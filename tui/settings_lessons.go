package tui

import (
	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/store"
)

// lessons are the texts about the kinds of payment. An underscore is a no-break
// space.
var lessons = map[store.Kind]lesson{
	store.Visit:      lessonVisit,
	store.Goods:      lessonGoods,
	store.Prepayment: lessonPrepayment,
	store.GiftCard:   lessonGiftCard,
	store.Membership: lessonMembership,
	store.TopUp:      lessonTopUp,
	store.Counter:    lessonCounter,
}

var lessonVisit = lesson{
	sum: 150_000 * money.Som,
	purpose: byWay{app: lang.Text{
		UZ: "Ko‘rsatilgan xizmat uchun to‘lov: soch turmagi, ko‘rik, mashg‘ulot. Havola yoki QR kod bitta tashrif uchun va aynan shu summaga ochiladi.",
		RU: "Оплата за оказанную услугу: стрижка, приём, занятие. Ссылка или QR-код — на один визит и ровно на его сумму.",
		EN: "Payment for a service: a haircut, an appointment, a lesson. A link or QR code is for one visit and for exactly its sum.",
	}, hand: lang.Text{
		UZ: "Ko‘rsatilgan xizmat uchun to‘lov: soch turmagi, ko‘rik, mashg‘ulot. Hisob bitta tashrif uchun, pulni kassir qo‘lda belgilaydi.",
		RU: "Оплата за оказанную услугу: стрижка, приём, занятие. Счёт — на один визит, деньги кассир отмечает вручную.",
		EN: "Payment for a service: a haircut, an appointment, a lesson. An invoice is for one visit, and the cashier marks the money by hand.",
	}},
	steps: []byWay{
		{app: lang.Text{
			UZ: "Dilnoza soch oldirdi: 150_000_so‘m. Kassir n ni bosadi, 150k yozadi, F3 bilan mijoz ismini qo‘shadi, Enter.",
			RU: "Дильноза подстриглась за 150_000_сум. Кассир нажимает n, набирает 150k, клавишей F3 добавляет имя клиента, Enter.",
			EN: "Dilnoza has her hair cut for 150_000_UZS. The cashier presses n, types 150k, adds her name with F3, and Enter.",
		}},
		{app: lang.Text{
			UZ: "Ekranda QR kod chiqadi. Dilnoza uni {system} ilovasida skanerlaydi; uzoqda bo‘lsa, kassir c bilan havolani nusxalab Telegramda yuboradi.",
			RU: "На экране QR-код: Дильноза сканирует его в приложении {system}. Если она уже ушла, кассир копирует ссылку клавишей c и отправляет в Telegram.",
			EN: "The QR code fills the screen and Dilnoza scans it in the {system} app. If she has left, the cashier copies the link with c and sends it by Telegram.",
		}, deal: lang.Text{
			UZ: "Ekranda QR kod chiqadi. Dilnoza uni telefon kamerasi bilan skanerlaydi va ochilgan sahifada karta yoki o‘tkazma bilan to‘laydi; uzoqda bo‘lsa, kassir c bilan havolani nusxalab Telegramda yuboradi.",
			RU: "На экране QR-код: Дильноза сканирует его камерой телефона и на открывшейся странице платит картой или переводом. Если она уже ушла, кассир копирует ссылку клавишей c и отправляет в Telegram.",
			EN: "The QR code fills the screen. Dilnoza scans it with her phone's camera, and pays by card or transfer on the page that opens. If she has left, the cashier copies the link with c and sends it by Telegram.",
		}, hand: lang.Text{
			UZ: "Dilnoza naqd yoki terminal orqali to‘laydi. Kassir 2 ni bosib hisobni tanlaydi, p ni bosadi va qanday to‘langanini belgilaydi.",
			RU: "Дильноза платит наличными или по терминалу. Кассир нажимает 2, выбирает счёт, нажимает p и отмечает, как заплатили.",
			EN: "Dilnoza pays in cash or by the terminal. The cashier presses 2, selects the invoice, presses p and says how it was paid.",
		}},
		{app: lang.Text{
			UZ: "Bir necha soniyada shu ekranda «to‘landi» chiqadi va qo‘ng‘iroq chalinadi.",
			RU: "Через несколько секунд на том же экране появляется «оплачен» и звенит звонок.",
			EN: "Seconds later the same screen says paid, and the bell rings.",
		}, deal: lang.Text{
			UZ: "{system} to‘lovni tasdiqlagach, shu ekranda «to‘landi» chiqadi va qo‘ng‘iroq chalinadi. Mijozning «to‘ladim» degani hali pul emas.",
			RU: "Когда {system} подтвердит платёж, на том же экране появится «оплачен» и зазвенит звонок. Слова клиента «я оплатил» — ещё не деньги.",
			EN: "When {system} confirms the payment, the same screen says paid, and the bell rings. A customer's “I have paid” is not money yet.",
		}, hand: lang.Text{
			UZ: "Hisob to‘langan bo‘ladi va pul bugungi tushumga qo‘shiladi; kim va nima uchun belgilagani yozib qo‘yiladi.",
			RU: "Счёт становится оплаченным, деньги попадают в выручку дня; записано, кто и почему это отметил.",
			EN: "The invoice is paid and the money is in today's takings, with who marked it and why.",
		}},
	},
	customer: lang.Text{
		UZ: "To‘lov sahifasida: xizmat, usta va 150_000_so‘m, ilovaga o‘tish tugmasi; sahifa bo‘lmasa, havola darhol ilovani ochadi. Boshqa summa o‘tmaydi. Keyin bankning cheki.",
		RU: "На странице оплаты: услугу, мастера, 150_000_сум и кнопку в приложение; если страницы нет, ссылка сразу открывает приложение. Другая сумма не пройдёт. Потом — чек банка.",
		EN: "On the pay page: the service, who does it, 150_000_UZS and a button into the app; without a page the link opens the app at once. No other sum goes through. Then the bank's receipt.",
	},
	till: byWay{app: lang.Text{
		UZ: "Summa aynan mos kelgandagina qabul qiladi, hisobni yopadi va pulni bugungi tushumga yozadi. Bir tashrif ikki marta to‘lanmaydi.",
		RU: "Принимает только точную сумму, закрывает счёт и пишет деньги в выручку дня. Дважды один визит оплатить нельзя.",
		EN: "It takes the exact sum only, closes the invoice and books the money to today's takings. A visit can't be paid twice.",
	}, hand: lang.Text{
		UZ: "Hisobni yopadi va pulni bugungi tushumga yozadi. Bir tashrif ikki marta to‘lanmaydi.",
		RU: "Закрывает счёт и пишет деньги в выручку дня. Дважды один визит оплатить нельзя.",
		EN: "It closes the invoice and books the money to today's takings. A visit can't be paid twice.",
	}},
}

var lessonGoods = lesson{
	sum: 214_000 * money.Som,
	purpose: byWay{app: lang.Text{
		UZ: "Sotilgan tovar uchun to‘lov, ham peshtaxtada, ham yozishmada. Hisobda har bir tovar alohida qatorda turadi.",
		RU: "Оплата за проданный товар — у прилавка или в переписке. В счёте каждый товар отдельной строкой.",
		EN: "Payment for goods, at the counter or in a chat. Each thing has a line of its own on the invoice.",
	}},
	steps: []byWay{
		{app: lang.Text{
			UZ: "Malika Instagramda ikkita shampun (har biri 84_500_so‘m) va krem (45_000_so‘m) so‘radi.",
			RU: "Малика в Instagram заказала два шампуня по 84_500_сум и крем за 45_000_сум.",
			EN: "In a chat, Malika orders two shampoos of 84_500_UZS each and a cream for 45_000_UZS.",
		}},
		{app: lang.Text{
			UZ: "Sotuvchi n va F3 ni bosadi, turni «tovarlar» qiladi, F4 bilan qatorlarni yozadi. Jami 214_000_so‘m bo‘lishini kassa o‘zi hisoblaydi.",
			RU: "Продавец нажимает n и F3, выбирает вид «товары» и вводит строки клавишей F4. Итог — 214_000_сум — касса считает сама.",
			EN: "The seller presses n and F3, chooses the kind goods, and types the lines with F4. The till adds them up: 214_000_UZS.",
		}},
		{app: lang.Text{
			UZ: "m tayyor xabarni nusxalaydi: raqam, summa va havola. Malika to‘laydi, tovar yo‘lga chiqadi.",
			RU: "Клавиша m копирует готовое сообщение: номер, сумму и ссылку. Малика платит — товар можно отправлять.",
			EN: "The key m copies a message with the number, the sum and the link. Malika pays, and the parcel leaves.",
		}, hand: lang.Text{
			UZ: "Malika kuryerga naqd to‘laydi. Sotuvchi 2 ni bosib hisobni tanlaydi va p bilan to‘langan deb belgilaydi.",
			RU: "Малика платит курьеру наличными. Продавец нажимает 2, выбирает счёт и клавишей p отмечает его оплаченным.",
			EN: "Malika pays the courier in cash. The seller presses 2, selects the invoice and marks it paid with p.",
		}},
	},
	customer: lang.Text{
		UZ: "Xabarda: do‘kon, tovarlar va summa. Ilovada: hisob raqami va tayyor 214_000_so‘m.",
		RU: "В сообщении: магазин, товары и сумму. В приложении: номер счёта и готовые 214_000_сум.",
		EN: "In the message: the shop, the goods and the sum. In the app: the invoice number and 214_000_UZS filled in.",
	},
	till: byWay{app: lang.Text{
		UZ: "To‘lov kelganda xabar beradi: tovarni pul kelgandan keyin bering. Muddat qo‘yilgan bo‘lsa, havola o‘sha vaqtda yopiladi.",
		RU: "Сообщает, когда деньги пришли: отдавайте товар после этого. Если задан срок, ссылка закроется сама.",
		EN: "It tells when the money is there: hand the goods over after that. With an expiry set, the link closes by itself.",
	}, hand: lang.Text{
		UZ: "Belgilanmagan hisob ochiq turaveradi: kim hali to‘lamagani ro‘yxatda ko‘rinadi.",
		RU: "Неотмеченный счёт остаётся открытым: по списку видно, кто ещё не заплатил.",
		EN: "An invoice that is not marked stays open: the list shows who has not paid yet.",
	}},
}

var lessonPrepayment = lesson{
	sum: 200_000 * money.Som,
	purpose: byWay{app: lang.Text{
		UZ: "Yozilish vaqtida olinadigan oldindan to‘lov: mijoz aniq keladi, usta vaqti bo‘sh ketmaydi.",
		RU: "Предоплата при записи: клиент придёт, и время мастера не пропадёт.",
		EN: "Part of the price, paid at booking: the customer will come, and nobody's hour is wasted.",
	}},
	steps: []byWay{
		{app: lang.Text{
			UZ: "Sevara ertaga soat 10 ga bo‘yashga yozildi. Xizmat 620_000_so‘m, oldindan 200_000_so‘m.",
			RU: "Севара записалась на окрашивание завтра к 10. Услуга стоит 620_000_сум, предоплата 200_000_сум.",
			EN: "Sevara books a colouring for tomorrow at 10. It costs 620_000_UZS, of which 200_000_UZS in advance.",
		}},
		{app: lang.Text{
			UZ: "Kassir n ni bosib 200k yozadi, F3 ni bosadi: tur — oldindan to‘lov, mijoz — Sevara, vaqt — «ertaga 10», muddat — 24 soat.",
			RU: "Кассир нажимает n, вводит 200k, нажимает F3 и указывает: вид — предоплата, клиент — Севара, время — «завтра 10», срок — 24 часа.",
			EN: "The cashier presses n, types 200k, presses F3 and sets the kind to prepayment, the customer to Sevara, the time to tomorrow 10 and the expiry to 24 hours.",
		}},
		{app: lang.Text{
			UZ: "Havola Sevaraga yuboriladi. Tashrifdan keyin 620_000_so‘mlik hisobda «oldin to‘langan» 200_000_so‘m deb yoziladi: qolgan 420_000_so‘m so‘raladi.",
			RU: "Ссылка уходит Севаре. После визита в счёте на 620_000_сум пишут «оплачено ранее» 200_000_сум: он попросит оставшиеся 420_000_сум.",
			EN: "The link goes to Sevara. After the visit, an invoice of 620_000_UZS with 200_000_UZS as already paid asks for the other 420_000_UZS.",
		}, hand: lang.Text{
			UZ: "Sevara 200_000_so‘mni naqd qoldiradi: kassir 2 ni bosib hisobni tanlaydi va p bilan belgilaydi. Tashrifdan keyin 620_000_so‘mlik hisobda «oldin to‘langan» 200_000_so‘m deb yoziladi: qolgan 420_000_so‘m so‘raladi.",
			RU: "Севара оставляет 200_000_сум наличными: кассир нажимает 2, выбирает счёт и отмечает его клавишей p. После визита в счёте на 620_000_сум пишут «оплачено ранее» 200_000_сум: он попросит оставшиеся 420_000_сум.",
			EN: "Sevara leaves 200_000_UZS in cash: the cashier presses 2, selects the invoice and marks it with p. After the visit, an invoice of 620_000_UZS with 200_000_UZS as already paid asks for the other 420_000_UZS.",
		}},
	},
	customer: lang.Text{
		UZ: "Ilovada: hisob raqami, o‘z ismi va 200_000_so‘m. Muddat o‘tgach, to‘lov qabul qilinmaydi.",
		RU: "В приложении: номер счёта, своё имя и 200_000_сум. Когда срок выйдет, оплатить уже нельзя.",
		EN: "In the app: the invoice number, her name and 200_000_UZS. Once the time is over, it can't be paid any more.",
	},
	till: byWay{app: lang.Text{
		UZ: "24 soatda to‘lanmasa, hisob o‘zi yopiladi va joyni boshqaga berish mumkin. To‘langani bugungi tushumga yoziladi.",
		RU: "Если за 24 часа не оплатят, счёт закроется сам и время можно отдать другому. Оплаченное попадает в выручку дня.",
		EN: "Unpaid after 24 hours, the invoice closes by itself and the hour is free again. What is paid counts to the day's takings.",
	}},
}

var lessonGiftCard = lesson{
	sum: 500_000 * money.Som,
	purpose: byWay{app: lang.Text{
		UZ: "Sovg‘a kartasi sotuvi: pul hozir keladi, xizmatni boshqa odam keyin oladi.",
		RU: "Продажа подарочной карты: деньги приходят сейчас, а услугу потом получит другой человек.",
		EN: "Selling gift cards: the money comes now, and somebody else has the service later.",
	}},
	steps: []byWay{
		{app: lang.Text{
			UZ: "Jasur onasiga 500_000_so‘mlik sovg‘a kartasi olmoqchi, o‘zi esa boshqa shaharda.",
			RU: "Жасур хочет подарить маме карту на 500_000_сум, а сам живёт в другом городе.",
			EN: "Jasur wants a gift card of 500_000_UZS for his mother, and lives in another town.",
		}},
		{app: lang.Text{
			UZ: "Kassir n va F3 ni bosib, sovg‘a kartasi turini tanlaydi, izohga karta raqamini yozadi va havolani yuboradi.",
			RU: "Кассир нажимает n и F3, выбирает вид «подарочная карта», пишет в примечании номер карты и отправляет ссылку.",
			EN: "The cashier presses n and F3, chooses the kind gift card, notes the card's number, and sends the link.",
		}, hand: lang.Text{
			UZ: "Kassir n va F3 ni bosib, sovg‘a kartasi turini tanlaydi va izohga karta raqamini yozadi.",
			RU: "Кассир нажимает n и F3, выбирает вид «подарочная карта» и пишет в примечании номер карты.",
			EN: "The cashier presses n and F3, chooses the kind gift card, and notes the card's number.",
		}},
		{app: lang.Text{
			UZ: "Jasur to‘laydi; onasi kartani do‘kondan olib, o‘ziga qulay kuni keladi.",
			RU: "Жасур платит; мама получает карту в магазине и приходит, когда ей удобно.",
			EN: "Jasur pays; his mother collects the card at the shop and comes when it suits her.",
		}, hand: lang.Text{
			UZ: "Uning singlisi do‘konda naqd to‘laydi: kassir 2 ni bosib hisobni tanlaydi va p bilan belgilaydi. Onasi kartani olib, o‘ziga qulay kuni keladi.",
			RU: "Его сестра платит в магазине наличными: кассир нажимает 2, выбирает счёт и отмечает его клавишей p. Мама получает карту и приходит, когда ей удобно.",
			EN: "His sister pays at the shop in cash: the cashier presses 2, selects the invoice and marks it with p. His mother has the card, and comes when it suits her.",
		}},
	},
	customer: lang.Text{
		UZ: "Xabarda «sovg‘a kartasi» va 500_000_so‘m. To‘lovchi bilan kartadan foydalanuvchi har xil odam bo‘lishi mumkin.",
		RU: "В сообщении — «подарочная карта» и 500_000_сум. Платит один человек, а пользуется картой другой.",
		EN: "The message says gift card and 500_000_UZS. One person pays, and another one uses the card.",
	},
	till: byWay{app: lang.Text{
		UZ: "Pulni to‘langan kunga yozadi va izohdagi raqam bo‘yicha topib beradi. Karta qoldig‘ini yuritmaydi: buni o‘z daftaringizda belgilang.",
		RU: "Пишет деньги на день оплаты и находит счёт по номеру из примечания. Остаток карты касса не ведёт: отмечайте его у себя.",
		EN: "It books the money on the day it was paid, and finds the invoice by the number in its note. What is left on a card it does not track: keep your own list.",
	}},
}

var lessonMembership = lesson{
	sum: 1_250_000 * money.Som,
	purpose: byWay{app: lang.Text{
		UZ: "Abonement sotuvi: bir necha tashrif uchun bir marta va odatda arzonroq to‘lanadi.",
		RU: "Продажа абонемента: за несколько визитов платят один раз и обычно дешевле.",
		EN: "Selling memberships: several visits are paid at once, and mostly for less.",
	}},
	steps: []byWay{
		{app: lang.Text{
			UZ: "Gulchehra 10 ta massaj uchun abonement oladi: birma-bir 1_500_000_so‘m, abonement 1_250_000_so‘m.",
			RU: "Гульчехра берёт абонемент на 10 массажей: по одному вышло бы 1_500_000_сум, абонемент стоит 1_250_000_сум.",
			EN: "Gulchehra takes ten massages: one by one they are 1_500_000_UZS, the membership is 1_250_000_UZS.",
		}},
		{app: lang.Text{
			UZ: "Kassir n va F3 ni bosib, abonement turini tanlaydi, F4 bilan qatorga «Abonement, 10 massaj», mijozga ism va telefonni yozadi.",
			RU: "Кассир нажимает n и F3, выбирает вид «абонемент», клавишей F4 добавляет строку «Абонемент, 10 массажей», в клиенте пишет имя и телефон.",
			EN: "The cashier presses n and F3, chooses the kind membership, adds the line “10 massages” with F4, and her name and phone.",
		}},
		{app: lang.Text{
			UZ: "Gulchehra QR kodni skanerlab to‘laydi. Ilova bo‘lib to‘lashni taklif qilsa ham, do‘kon butun summani darhol oladi.",
			RU: "Гульчехра платит по QR-коду. Даже если она выберет рассрочку, магазин получает всю сумму сразу.",
			EN: "Gulchehra scans the QR code. Even if she pays in instalments, the shop has the whole sum at once.",
		}, deal: lang.Text{
			UZ: "Gulchehra QR kodni telefon kamerasi bilan skanerlaydi va butun summani karta yoki o‘tkazma bilan to‘laydi.",
			RU: "Гульчехра сканирует QR-код камерой телефона и платит всю сумму картой или переводом.",
			EN: "Gulchehra scans the QR code with her phone's camera, and pays the whole sum by card or transfer.",
		}, hand: lang.Text{
			UZ: "Gulchehra terminal orqali to‘laydi. Kassir 2 ni bosib hisobni tanlaydi va p bilan to‘langan deb belgilaydi.",
			RU: "Гульчехра платит по терминалу. Кассир нажимает 2, выбирает счёт и клавишей p отмечает его оплаченным.",
			EN: "Gulchehra pays by the terminal. The cashier presses 2, selects the invoice and marks it paid with p.",
		}},
	},
	customer: lang.Text{
		UZ: "Ilovada bitta summa: 1_250_000_so‘m, o‘z ismi bilan.",
		RU: "В приложении одну сумму, 1_250_000_сум, и своё имя.",
		EN: "In the app, one sum with her name: 1_250_000_UZS.",
	},
	till: byWay{app: lang.Text{
		UZ: "Butun summani bugungi tushumga yozadi va mijoz ismi yoki telefoni bo‘yicha topadi. Nechta tashrif qolganini o‘zingiz belgilab borasiz.",
		RU: "Пишет всю сумму в выручку дня и находит покупку по имени или телефону. Сколько визитов осталось, вы отмечаете сами.",
		EN: "It books the whole sum today, and finds the purchase by name or phone. How many visits are left is for you to count.",
	}},
}

var lessonTopUp = lesson{
	sum: 200_000 * money.Som,
	purpose: byWay{app: lang.Text{
		UZ: "Mijozning do‘kondagi hisobini to‘ldirish: pul oldindan keladi, keyin xizmatlar shundan yechiladi.",
		RU: "Пополнение счёта клиента в магазине: деньги приходят заранее, а услуги потом списываются с них.",
		EN: "Money that a customer leaves with the shop in advance; what they take later comes off it.",
	}},
	steps: []byWay{
		{app: lang.Text{
			UZ: "Bekzod o‘yin klubida soatlab o‘ynaydi va hisobiga 200_000_so‘m qo‘ymoqchi.",
			RU: "Бекзод играет в клубе по часам и хочет положить на свой счёт 200_000_сум.",
			EN: "Bekzod pays a gaming club by the hour, and wants 200_000_UZS on his account there.",
		}},
		{app: lang.Text{
			UZ: "Administrator n ni bosib 200k yozadi, F3 bilan hisob to‘ldirish turini tanlaydi, mijozga «Bekzod, karta 57» deb kiritadi.",
			RU: "Администратор нажимает n, набирает 200k, клавишей F3 выбирает вид «пополнение», в клиенте пишет «Бекзод, карта 57».",
			EN: "The desk presses n, types 200k, chooses the kind top-up with F3, and types “Bekzod, card 57” as the customer.",
		}},
		{app: lang.Text{
			UZ: "Bekzod QR kodni skanerlaydi. «To‘landi» chiqqach, administrator klub dasturida hisobiga 200_000_so‘m qo‘shadi.",
			RU: "Бекзод сканирует QR-код. Когда появилось «оплачен», администратор зачисляет 200_000_сум в программе клуба.",
			EN: "Bekzod scans the QR code. When it says paid, the desk adds 200_000_UZS to his account in the club's program.",
		}, deal: lang.Text{
			UZ: "Bekzod QR kodni skanerlaydi va ochilgan sahifada to‘laydi. «To‘landi» chiqqach, administrator klub dasturida hisobiga 200_000_so‘m qo‘shadi.",
			RU: "Бекзод сканирует QR-код и платит на открывшейся странице. Когда появилось «оплачен», администратор зачисляет 200_000_сум в программе клуба.",
			EN: "Bekzod scans the QR code and pays on the page that opens. When it says paid, the desk adds 200_000_UZS to his account in the club's program.",
		}, hand: lang.Text{
			UZ: "Bekzod naqd to‘laydi. Administrator 2 ni bosib hisobni tanlaydi, p bilan belgilaydi va klub dasturida 200_000_so‘m qo‘shadi.",
			RU: "Бекзод платит наличными. Администратор нажимает 2, выбирает счёт, отмечает его клавишей p и зачисляет 200_000_сум в программе клуба.",
			EN: "Bekzod pays in cash. The desk presses 2, selects the invoice, marks it with p, and adds 200_000_UZS in the club's program.",
		}},
	},
	customer: lang.Text{
		UZ: "Ilovada: hisob raqami, «Bekzod, karta 57» va 200_000_so‘m.",
		RU: "В приложении: номер счёта, «Бекзод, карта 57» и 200_000_сум.",
		EN: "In the app: the invoice number, “Bekzod, card 57” and 200_000_UZS.",
	},
	till: byWay{app: lang.Text{
		UZ: "To‘lovni qabul qilib, tushumga yozadi. Mijoz qoldig‘ini yuritmaydi: «to‘landi»ni ko‘rmasdan hisobni to‘ldirmang.",
		RU: "Принимает деньги и пишет их в выручку. Остатки клиентов не ведёт: зачисляйте только после слова «оплачен».",
		EN: "It takes the money and books it. It keeps no balances: add nothing to an account before the screen says paid.",
	}},
}

var lessonCounter = lesson{
	sum: 38_500 * money.Som,
	purpose: byWay{app: lang.Text{
		UZ: "Peshtaxtada turadigan doimiy QR kod: summani mijozning o‘zi yozadi, bir kod istalgancha to‘lanadi.",
		RU: "Постоянный QR-код у кассы: сумму вводит сам клиент, а один код оплачивают сколько угодно раз.",
		EN: "A standing QR code at the till: customers type the sum themselves, and one code is paid any number of times.",
	}},
	steps: []byWay{
		{app: lang.Text{
			UZ: "Do‘kondor bir marta K ni bosadi va kodni do‘kon chegaralari bilan yoki o‘ziniki bilan ochadi: masalan 1_000 dan 500_000_so‘mgacha.",
			RU: "Хозяин один раз нажимает K и создаёт код — с границами магазина или своими: например, от 1_000 до 500_000_сум.",
			EN: "Once, the owner presses K and makes the code, with the shop's limits or others, such as 1_000 to 500_000_UZS.",
		}},
		{app: lang.Text{
			UZ: "QR ekranida o plakat tayyorlaydi: A6, A5 yoki A4. Uni chop etib, kassa yoniga qo‘yadi.",
			RU: "На экране QR клавиша o готовит плакат: A6, A5 или A4. Его печатают и ставят у кассы.",
			EN: "On the QR screen o makes a poster, A6, A5 or A4. It is printed and put up at the till.",
		}},
		{app: lang.Text{
			UZ: "Nodira opa non va sut oldi: 38_500_so‘m. Kodni skanerlaydi, summani yozadi, to‘laydi; kassir ekranda 38_500_so‘m tushganini ko‘radi.",
			RU: "Нодира-опа берёт хлеб и молоко на 38_500_сум. Сканирует, вводит сумму и платит; кассир видит на экране 38_500_сум.",
			EN: "Nodira buys bread and milk for 38_500_UZS. She scans, types the sum and pays; the cashier sees 38_500_UZS arrive.",
		}},
	},
	customer: lang.Text{
		UZ: "Do‘kon sahifasida: do‘kon nomi va summa maydoni, keyin ilova; sahifa bo‘lmasa, summa ilovada yoziladi. Chegaradan chiqqan summa o‘tmaydi.",
		RU: "На странице магазина: название и поле суммы, потом приложение; если страницы нет, сумму вводят в приложении. Сумма за границами не пройдёт.",
		EN: "On the shop's page: its name and a field for the sum, then the app; without a page the sum is typed in the app. A sum outside the bounds does not go through.",
	},
	till: byWay{app: lang.Text{
		UZ: "Har bir to‘lovni alohida yozadi va qo‘ng‘iroq chaladi. Summani mijoz yozgani uchun tovarni berishdan oldin ekranga qarang.",
		RU: "Пишет каждый платёж отдельно и звонит. Сумму ввёл клиент, поэтому сверьте её с экраном, прежде чем отдать товар.",
		EN: "It books each payment by itself and rings. The customer has typed the sum, so compare it with the screen before handing over.",
	}},
}
