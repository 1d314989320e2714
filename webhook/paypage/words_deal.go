package paypage

import "tushum/internal/lang"

// What is said of an invoice that is paid by card, by a deal with its payment system.
var (
	headReceived = lang.Text{UZ: "Sotuvchi to‘lov oldi va uni tekshiradi", RU: "Продавец получил платёж и проверит его", EN: "The seller has received a payment and will look into it"}
	sayReceived  = lang.Text{
		UZ: "Kelgan pul bu to‘lovni o‘zi yopmadi: masalan, summa boshqacha bo‘lgan. Qayta to‘lamang, sotuvchiga murojaat qiling.",
		RU: "Пришедшие деньги не закрыли этот счёт: например, отличалась сумма. Не платите снова, обратитесь к продавцу.",
		EN: "The money that came does not pay this invoice by itself: the amount may have differed. Don't pay again, ask the seller.",
	}
	headChecked = lang.Text{UZ: "To‘lov tekshirilmoqda", RU: "Платёж проверяется", EN: "The payment is being checked"}
	sayChecked  = lang.Text{
		UZ: "Pul kelgani tasdiqlanishi bilan shu yerda ko‘rinadi. Qayta to‘lamang.",
		RU: "Как только поступление денег подтвердят, это появится здесь. Не платите ещё раз.",
		EN: "This page will show when the money is confirmed. Don't pay again.",
	}
	sayDisputed = lang.Text{
		UZ: "{system} to‘lovni ko‘rib chiqmoqda, bu bir necha kun cho‘zilishi mumkin. Qayta to‘lamang. Savol bo‘lsa, sotuvchiga murojaat qiling.",
		RU: "{system} разбирает этот платёж, это может занять несколько дней. Не платите ещё раз. Если есть вопросы, обратитесь к продавцу.",
		EN: "{system} is looking into this payment, which may take some days. Don't pay again. If you have a question, ask the seller.",
	}
	sayDoubted = lang.Text{
		UZ: "Siz to‘laganingizni aytgansiz, {system} orqali esa pul kelmadi. Qayta to‘lamang, sotuvchiga murojaat qiling: u to‘lovni tekshiradi yoki qaytadan boshlaydi.",
		RU: "Вы сообщили об оплате, но деньги через {system} не поступили. Не платите ещё раз, обратитесь к продавцу: он проверит платёж или начнёт заново.",
		EN: "You said that you had paid, but no money has come by {system}. Don't pay again, ask the seller: they look into it, or begin anew.",
	}
	headMisquoted = lang.Text{UZ: "Hozircha to‘lamang", RU: "Пока не платите", EN: "Don't pay yet"}
	sayMisquoted  = lang.Text{
		UZ: "Bu to‘lovda nimadir noto‘g‘ri: {system} boshqa summani ko‘rsatmoqda. Hech narsa o‘tkazmang, qanday to‘lashni sotuvchidan so‘rang.",
		RU: "С этой оплатой что-то не так: {system} называет другую сумму. Ничего не переводите и спросите у продавца, как заплатить.",
		EN: "Something is wrong with this payment: {system} names another amount. Don't transfer anything, and ask the seller how to pay.",
	}
	sayUnclear = lang.Text{
		UZ: "Bu to‘lovda nimadir noto‘g‘ri: {system} uning holatini tushunarsiz aytmoqda. Hech narsa o‘tkazmang. O‘tkazib bo‘lgan bo‘lsangiz yoki qanday to‘lashni bilmasangiz, sotuvchiga murojaat qiling.",
		RU: "С этой оплатой что-то не так: {system} сообщает о ней непонятное состояние. Ничего не переводите. Если уже перевели или не знаете, как заплатить, спросите у продавца.",
		EN: "Something is wrong with this payment: {system} gives a state of it that makes no sense. Don't transfer anything. If you have done so, or don't know how to pay, ask the seller.",
	}
	headPreparing = lang.Text{UZ: "To‘lov tayyorlanmoqda", RU: "Готовим оплату", EN: "Preparing the payment"}
	sayPreparing  = lang.Text{
		UZ: "Bu bir daqiqagacha cho‘zilishi mumkin. Sahifa o‘zi yangilanadi, hozircha pul o‘tkazmang.",
		RU: "Это может занять до минуты. Страница обновится сама, пока ничего не переводите.",
		EN: "This can take up to a minute. The page brings itself up to date; don't transfer anything yet.",
	}
	sayCalledOff = lang.Text{
		UZ: "Bu urinish bekor qilindi, hozir qaytadan boshlash mumkin bo‘ladi. Pul o‘tkazmang.",
		RU: "Эта попытка отменена, сейчас можно будет начать заново. Ничего не переводите.",
		EN: "This attempt was cancelled. In a moment you can begin anew; don't transfer anything.",
	}
	headLooking = lang.Text{UZ: "Karta qidirilmoqda", RU: "Подбираем карту", EN: "Looking for a card"}
	sayLooking  = lang.Text{
		UZ: "Pul o‘tkaziladigan karta bir necha soniyada shu yerda ko‘rinadi.",
		RU: "Карта для перевода появится здесь через несколько секунд.",
		EN: "The card to transfer to will be here in a few seconds.",
	}
	sayNoCardYet = lang.Text{
		UZ: "{system} hozir javob bermayapti, sahifa so‘rashda davom etadi. Karta chiqmasa, sotuvchidan boshqa usulni so‘rang.",
		RU: "{system} сейчас не отвечает, страница продолжает спрашивать. Если карта не появится, спросите у продавца о другом способе.",
		EN: "{system} is not answering now, and the page goes on asking. If no card appears, ask the seller for another way.",
	}
	headTransfer = lang.Text{UZ: "Kartaga o‘tkazing", RU: "Переведите на карту", EN: "Transfer to the card"}
	sayWaiting   = lang.Text{UZ: "O‘tkazmangiz kutilmoqda.", RU: "Ждём ваш перевод.", EN: "Waiting for your transfer."}
	headCard     = lang.Text{UZ: "Qayerga o‘tkazish kerak", RU: "Куда перевести", EN: "Where to transfer"}
	sayExact     = lang.Text{
		UZ: "Aynan shu summani bitta o‘tkazma bilan yuboring. Boshqa summa bu to‘lovni yopmaydi.",
		RU: "Переведите ровно эту сумму одним переводом. Другая сумма счёт не закроет.",
		EN: "Transfer exactly this amount, in one transfer. Another amount does not pay the invoice.",
	}
	sayWhose = lang.Text{
		UZ: "Karta do‘konniki emas: uni {system} platformasi tanlaydi, egasi xususiy shaxs. Shu sabab kartadagi ism do‘kon nomidan boshqa.",
		RU: "Карта не магазина: её подбирает платформа {system}, владелец — частное лицо. Поэтому имя на карте не совпадает с названием магазина.",
		EN: "The card is not the shop's: the platform {system} chooses it, and it belongs to a private person. So the name on it is not the shop's.",
	}
	sayAfter = lang.Text{
		UZ: "O‘tkazgach, boshqa hech narsa qilish shart emas: to‘lov tasdiqlangani shu sahifada ko‘rinadi.",
		RU: "После перевода ничего делать не нужно: подтверждение появится на этой странице.",
		EN: "After the transfer there is nothing more to do: this page shows when it is confirmed.",
	}
	sayOwnPage = lang.Text{
		UZ: "To‘lov {system} sahifasida amalga oshiriladi.",
		RU: "Оплата проходит на странице {system}.",
		EN: "You pay on a page of {system}.",
	}
	sayComeBack = lang.Text{
		UZ: "To‘lov tasdiqlangani shu sahifada ko‘rinadi.",
		RU: "Подтверждение оплаты появится на этой странице.",
		EN: "This page shows when the payment is confirmed.",
	}
	sayNoPage = lang.Text{
		UZ: "To‘lov sahifasini ochib bo‘lmayapti. Qanday to‘lashni sotuvchidan so‘rang.",
		RU: "Страница оплаты не открывается. Спросите у продавца, как заплатить.",
		EN: "The page to pay on can't be opened. Ask the seller how to pay.",
	}
	sayByLink = lang.Text{
		UZ: "Bu to‘lov sotuvchi yuborgan havola yoki QR kod orqali to‘lanadi. Ularni sotuvchidan so‘rang.",
		RU: "Этот счёт оплачивают по ссылке или QR-коду от продавца. Попросите их у него.",
		EN: "This invoice is paid by the link or the QR code that the seller gives you. Ask them for it.",
	}
	headTakenBack = lang.Text{UZ: "{system} to‘lovni qaytarib oldi", RU: "{system} отозвал платёж", EN: "{system} took the payment back"}
	sayTakenBack  = lang.Text{
		UZ: "Sotuvchida bu pul yo‘q. Pul hisobingizga qaytganini bankingizdan bilib oling, keyin sotuvchiga yozing.",
		RU: "У продавца этих денег нет. Узнайте в своём банке, вернулись ли они вам, и свяжитесь с продавцом.",
		EN: "The seller does not have this money. Ask your bank whether it came back to you, then get in touch with the seller.",
	}
	sayRefundedBySeller = lang.Text{
		UZ: "Pul qachon va qanday qaytishini sotuvchidan so‘rang.",
		RU: "Когда и как вернутся деньги, спросите у продавца.",
		EN: "Ask the seller when and how the money comes back.",
	}
)

// What came of the attempt before, or of one that could not begin.
var (
	sayRanOut = lang.Text{
		UZ: "Avvalgi urinishning vaqti tugadi. Pulni o‘tkazgan bo‘lsangiz, qayta to‘lamang va kuting: to‘lov shu yerda ko‘rinadi. O‘tkazmagan bo‘lsangiz, qaytadan boshlang: eski kartaga pul yubormang.",
		RU: "Время прошлой попытки вышло. Если вы уже перевели деньги, не платите снова и подождите: платёж появится здесь. Если нет, начните заново: на прежнюю карту не переводите.",
		EN: "The time for the last attempt is over. If you have transferred the money, don't pay again, but wait: the payment will show here. If not, begin anew: send nothing to the former card.",
	}
	sayCanceled = lang.Text{
		UZ: "Avvalgi urinish bekor qilindi. Pulni o‘tkazgan bo‘lsangiz, qayta to‘lamang va sotuvchiga ayting. O‘tkazmagan bo‘lsangiz, qaytadan boshlang: eski kartaga pul yubormang.",
		RU: "Прошлая попытка отменена. Если вы уже перевели деньги, не платите снова и сообщите продавцу. Если нет, начните заново: на прежнюю карту не переводите.",
		EN: "The last attempt was cancelled. If you have transferred the money, don't pay again, but tell the seller. If not, begin anew: send nothing to the former card.",
	}
	sayGivenBack = lang.Text{
		UZ: "Avvalgi to‘lov qaytarilgan.",
		RU: "Прошлый платёж возвращён.",
		EN: "The last payment was given back.",
	}
	sayMayHavePaid = lang.Text{
		UZ: "Bu havola orqali endi to‘lab bo‘lmaydi. Pulni o‘tkazgan bo‘lsangiz, kuting: to‘lov shu yerda ko‘rinadi. O‘tkazmagan bo‘lsangiz, sotuvchiga murojaat qiling.",
		RU: "По этой ссылке больше нельзя заплатить. Если вы уже перевели деньги, подождите: платёж появится здесь. Если нет, обратитесь к продавцу.",
		EN: "This link can no longer be used to pay. If you have transferred the money, wait: the payment will show here. If not, ask the seller.",
	}
	sayNotBegun = lang.Text{
		UZ: "To‘lovni boshlab bo‘lmadi: to‘lov tizimi qabul qilmadi yoki javob bermadi. Bir daqiqadan keyin qayta urining yoki sotuvchidan boshqa usulni so‘rang.",
		RU: "Начать оплату не удалось: платёжная система отказала или не ответила. Повторите через минуту или спросите у продавца о другом способе.",
		EN: "The payment could not begin: the payment system refused, or did not answer. Try again in a minute, or ask the seller for another way.",
	}
	sayTooManyDeals = lang.Text{
		UZ: "Bu to‘lov bo‘yicha urinishlar juda ko‘p. Bir soatdan keyin qayta urining yoki sotuvchidan boshqa usulni so‘rang.",
		RU: "По этому счёту слишком много попыток. Повторите через час или спросите у продавца о другом способе.",
		EN: "There were too many attempts to pay this invoice. Try again in an hour, or ask the seller for another way.",
	}
	sayTooManyAttempts = lang.Text{
		UZ: "Hozir urinishlar juda ko‘p. Bir daqiqadan keyin qayta urining.",
		RU: "Сейчас слишком много попыток. Повторите через минуту.",
		EN: "There are too many attempts just now. Try again in a minute.",
	}
)

// Names of what stands beside them, and buttons.
var (
	labelCard   = lang.Text{UZ: "Karta raqami", RU: "Номер карты", EN: "Card number"}
	labelExact  = lang.Text{UZ: "Aniq summa", RU: "Точная сумма", EN: "Exact amount"}
	labelOwner  = lang.Text{UZ: "Karta egasi", RU: "Владелец карты", EN: "Card holder"}
	labelBank   = lang.Text{UZ: "Bank", RU: "Банк", EN: "Bank"}
	labelUntil  = lang.Text{UZ: "O‘tkazish vaqti", RU: "Время на перевод", EN: "Time to transfer"}
	untilTime   = lang.Text{UZ: "{time} gacha", RU: "до {time}", EN: "until {time}"}
	askCopy     = lang.Text{UZ: "Nusxa olish", RU: "Копировать", EN: "Copy"}
	sayCopied   = lang.Text{UZ: "Nusxa olindi", RU: "Скопировано", EN: "Copied"}
	askGoOn     = lang.Text{UZ: "To‘lashga o‘tish", RU: "Перейти к оплате", EN: "Go on to pay"}
	askCardWait = lang.Text{UZ: "Kuting…", RU: "Подождите…", EN: "Wait…"}
	cardCodeAlt = lang.Text{UZ: "Karta ma’lumoti yozilgan QR kod", RU: "QR-код с данными карты", EN: "QR code with the card to pay to"}
	sayCardCode = lang.Text{
		UZ: "Boshqa ekranda o‘qiyapsizmi? Bank ilovasida skanerlang: unda karta ma’lumoti bor.",
		RU: "Читаете на другом экране? Отсканируйте в приложении банка: в коде данные карты.",
		EN: "Reading this on another screen? Scan the code in your bank's app: it holds the card.",
	}
)
