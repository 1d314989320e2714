package deals

import "tushum/internal/lang"

var (
	sayUnreachable = lang.Text{
		UZ: "{system} bitimlari holatini so‘rab bo‘lmayapti: {why}",
		RU: "{system}: состояние сделок узнать не удаётся: {why}",
		EN: "{system} can't be asked about its deals: {why}",
	}
	sayUnmade = lang.Text{
		UZ: "{system} orqali bitim ochib bo‘lmayapti: {why}",
		RU: "{system}: создать сделку не удаётся: {why}",
		EN: "{system} makes no deals: {why}",
	}
	sayUnsaid  = lang.Text{UZ: "sababi dastur jurnalida", RU: "причина в журнале программы", EN: "the program's log tells why"}
	hintUnsaid = lang.Text{
		UZ: "internetni tekshiring va ulanishni sinab ko‘ring (tushum doctor); to‘lovlar aloqa tiklangach o‘zi hisobga olinadi",
		RU: "проверьте интернет и подключение (tushum doctor); платежи учтутся сами, когда связь вернётся",
		EN: "check the internet and the connection (tushum doctor); payments are booked by themselves when it is back",
	}
	sayNowhere = lang.Text{
		UZ: "{system} to‘lov sahifasining havolasini bermadi",
		RU: "{system} не даёт ссылку на страницу оплаты",
		EN: "{system} gave no link to its payment page",
	}
	hintNowhere = lang.Text{
		UZ: "qayta urining yoki boshqa usulda to‘lang",
		RU: "повторите или оплатите иначе",
		EN: "try again, or pay another way",
	}
)

// troubleWords are about deals; they hold {system}, {count}, {number} of the invoice
// and {word}, the system's own.
var troubleWords = [troubleKinds]struct{ says, hint lang.Text }{
	noAmount: {
		says: lang.Text{
			UZ: "{system} to‘lovni tasdiqladi, lekin summasini aytmadi: {count} ta bitim, birinchisi {number} raqamli hisob bo‘yicha",
			RU: "{system} подтверждает оплату, но не называет сумму: сделок {count}, первая — счёт № {number}",
			EN: "{system} says paid and names no amount: {count} of its deals, the first of invoice {number}",
		},
		hint: lang.Text{
			UZ: "bu pul hisobga olinmagan: summani tizim kabinetida ko‘ring va tizim egasiga yozing",
			RU: "эти деньги не учтены: посмотрите сумму в кабинете системы и напишите поставщику",
			EN: "this money is not booked: see the amount in the system's cabinet, and write to the vendor",
		},
	},
	unknownStatus: {
		says: lang.Text{
			UZ: "{system} bitimga notanish holat berdi ({word}): {count} ta bitim, birinchisi {number} raqamli hisob bo‘yicha",
			RU: "{system} сообщает о сделке незнакомое состояние ({word}): сделок {count}, первая — счёт № {number}",
			EN: "{system} gives a state that nobody knows ({word}): {count} of its deals, the first of invoice {number}",
		},
		hint: lang.Text{
			UZ: "bitimni tizim kabinetida ko‘ring; dastur yangilanganini tekshiring",
			RU: "посмотрите сделку в кабинете системы и проверьте, нет ли новой версии программы",
			EN: "see the deal in the system's cabinet, and whether there is a newer version of this program",
		},
	},
	inDoubt: {
		says: lang.Text{
			UZ: "{system} bitimni ochgan-ochmagani aniqlanmayapti: {count} ta, birinchisi {number} raqamli hisob bo‘yicha",
			RU: "{system}: не удаётся узнать, создана ли сделка: таких {count}, первая — счёт № {number}",
			EN: "whether {system} has made a deal can't be found out: {count} of them, the first of invoice {number}",
		},
		hint: lang.Text{
			UZ: "tizim kabinetidan hisob raqami bo‘yicha qidiring; u topilguncha bu hisob boshqa usulda to‘lanishi mumkin",
			RU: "найдите её в кабинете системы по номеру счёта; до тех пор этот счёт можно оплатить иначе",
			EN: "look for the invoice's number in the system's cabinet; until then the invoice can be paid another way",
		},
	},
	unbooked: {
		says: lang.Text{
			UZ: "{system} aytganini hisobga olib bo‘lmayapti: {count} ta bitim, birinchisi {number} raqamli hisob bo‘yicha",
			RU: "{system}: сведения о сделке не удаётся учесть: сделок {count}, первая — счёт № {number}",
			EN: "what {system} says can't be booked: {count} of its deals, the first of invoice {number}",
		},
		hint: lang.Text{
			UZ: "pul hisobga olinmagan bo‘lishi mumkin: bitimni tizim kabinetida ko‘ring va dastur jurnalini tizim egasiga yuboring",
			RU: "деньги могут быть не учтены: посмотрите сделку в кабинете системы и сообщите поставщику, что записано в журнале",
			EN: "money may not be booked: see the deal in the system's cabinet, and send the vendor what the log says",
		},
	},
	unreadable: {
		says: lang.Text{
			UZ: "{system} bitim haqida tushunarli javob bermayapti: {count} ta, birinchisi {number} raqamli hisob bo‘yicha",
			RU: "{system} не отвечает по существу о сделке: таких {count}, первая — счёт № {number}",
			EN: "{system} does not know a deal, or answers about another one: {count} of them, the first of invoice {number}",
		},
		hint: lang.Text{
			UZ: "kalitlar yoki API manzili almashgan bo‘lsa, eski bitimlarni kabinetda ko‘ring; aks holda tizim egasiga yozing",
			RU: "если сменились ключи или адрес API, проверьте старые сделки в кабинете; иначе напишите поставщику",
			EN: "if the keys or the API address were changed, see the old deals in the cabinet; if not, write to the vendor",
		},
	},
}
