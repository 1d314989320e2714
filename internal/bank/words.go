package bank

import "tushum/internal/lang"

var (
	headVerdict = lang.Text{UZ: "natija", RU: "итог", EN: "result"}
	headWebhook = lang.Text{UZ: "vebxuk", RU: "вебхук", EN: "webhook"}
	headWant    = lang.Text{UZ: "kutilgan", RU: "ожидалось", EN: "want"}
	headGot     = lang.Text{UZ: "kelgan", RU: "получено", EN: "got"}
	headTook    = lang.Text{UZ: "vaqt", RU: "время", EN: "time"}
	headCase    = lang.Text{UZ: "holat", RU: "проверка", EN: "case"}

	verdictPassed = lang.Text{UZ: "ok", RU: "ok", EN: "ok"}
	verdictFailed = lang.Text{UZ: "XATO", RU: "ОШИБКА", EN: "FAIL"}
	verdictNotRun = lang.Text{UZ: "o‘tkazilmadi", RU: "не запущено", EN: "not run"}

	summaryText = lang.Text{
		UZ: "{passed} tasi o‘tdi, {failed} tasida xato, {notRun} tasi o‘tkazilmadi.",
		RU: "Прошло: {passed}, с ошибкой: {failed}, не запущено: {notRun}.",
		EN: "{passed} passed, {failed} failed, {notRun} not run."}
)

// meanings are the error codes of Merchant API 1.0.0. There is no 10004.
var meanings = map[string]lang.Text{
	"10001": {UZ: "kirish rad etildi", RU: "доступ запрещён", EN: "access denied"},
	"10002": {UZ: "JSON emas yoki tuzilishi noto‘g‘ri", RU: "не JSON или структура неверна", EN: "not JSON, or not the expected structure"},
	"10003": {UZ: "usul POST emas", RU: "метод не POST", EN: "the method is not POST"},
	"10005": {UZ: "majburiy maydon yo‘q yoki bo‘sh", RU: "обязательного поля нет или оно пустое", EN: "a required parameter is missing or empty"},
	"10006": {UZ: "serviceId noma’lum", RU: "неизвестный serviceId", EN: "serviceId unknown"},
	"10007": {UZ: "hisob topilmadi", RU: "счёт не найден", EN: "account not found"},
	"10008": {UZ: "allaqachon to‘langan", RU: "уже оплачен", EN: "already paid"},
	"10009": {UZ: "bekor qilingan", RU: "отменён", EN: "cancelled"},
	"10010": {UZ: "bu transId allaqachon yaratilgan", RU: "транзакция с этим transId уже создана", EN: "this transId was created before"},
	"10011": {UZ: "summa noto‘g‘ri", RU: "неверная сумма", EN: "wrong amount"},
	"10012": {UZ: "summa eng kichik chegaradan past", RU: "сумма ниже минимума", EN: "below the minimum"},
	"10013": {UZ: "summa eng katta chegaradan yuqori", RU: "сумма выше максимума", EN: "above the maximum"},
	"10014": {UZ: "transId noma’lum", RU: "неизвестный transId", EN: "transId unknown"},
	"10015": {UZ: "bekor qilingan yoki muvaffaqiyatsiz tranzaksiyani tasdiqlab bo‘lmaydi", RU: "отменённую или неуспешную транзакцию нельзя подтвердить",
		EN: "a cancelled or failed transaction cannot be confirmed"},
	"10016": {UZ: "allaqachon tasdiqlangan", RU: "уже подтверждена", EN: "already confirmed"},
	"10017": {UZ: "hozirgi holatida bekor qilib bo‘lmaydi", RU: "в нынешнем состоянии отменить нельзя", EN: "cannot be cancelled in its present state"},
	"10018": {UZ: "allaqachon bekor qilingan", RU: "уже отменена", EN: "already cancelled"},
	"99999": {UZ: "ichki xato", RU: "внутренняя ошибка", EN: "internal error"},
}

var noteTexts = map[string]lang.Text{
	NoteTransport:   {UZ: "javob kelmadi: {got}", RU: "ответа нет: {got}", EN: "no answer: {got}"},
	NoteHTTPStatus:  {UZ: "kutilgan javob {want}, kelgani {got}", RU: "ожидался ответ {want}, получен {got}", EN: "want the answer {want}, got {got}"},
	NoteContentType: {UZ: "Content-Type {want} bo‘lishi kerak, kelgani: {got}", RU: "Content-Type должен быть {want}, получен: {got}", EN: "Content-Type must be {want}, got: {got}"},
	NoteNotObject:   {UZ: "javob yaroqli JSON obyekt emas: {got}", RU: "ответ не является правильным объектом JSON: {got}", EN: "the answer is no proper JSON object: {got}"},
	NoteMissing:     {UZ: "{member} maydoni yo‘q", RU: "нет поля {member}", EN: "member {member} is missing"},
	NoteUnexpected:  {UZ: "{member} maydoni ortiqcha", RU: "лишнее поле {member}", EN: "member {member} does not belong here"},
	NoteMember:      {UZ: "{member}: kutilgan {want}, kelgani {got}", RU: "{member}: ожидалось {want}, получено {got}", EN: "{member}: want {want}, got {got}"},
	NoteTally:       {UZ: "bir vaqtda yuborilganlar: kutilgan {want}, kelgani {got}", RU: "одновременные вызовы: ожидалось {want}, получено {got}", EN: "calls at once: want {want}, got {got}"},
	NoteSlow:        {UZ: "javob {got}da keldi, {want} ichida kelishi kerak", RU: "ответ занял {got}, допустимо {want}", EN: "the answer took {got}, {want} are allowed"},
	NotePreparation: {UZ: "tayyorlab bo‘lmadi: {got}", RU: "не удалось подготовить: {got}", EN: "could not be prepared: {got}"},
	NoteNeedInvoices: {UZ: "yana {count} ta ochiq hisob kerak", RU: "нужно ещё счетов: {count}",
		EN: "needs more invoices: {count}"},
	NoteNeedAmount: {UZ: "hisob summasi noma’lum: uni ko‘rsating", RU: "сумма счёта неизвестна: укажите её",
		EN: "the invoice's amount is unknown: give it"},
	NoteNeedCancel: {UZ: "hisobni bekor qila olish kerak", RU: "нужна возможность отменить счёт", EN: "needs a way to cancel an invoice"},
	NoteNeedBound:  {UZ: "{member} ko‘rsatilmagan", RU: "не задано {member}", EN: "no {member} is given"},
	NoteNeedNumber: {UZ: "bunday hisob raqami berilmagan: {member}", RU: "не дан номер такого счёта: {member}",
		EN: "no number of such an invoice is given: {member}"},
	NoteNeedKeys: {UZ: "faqat bitta hisob kaliti kelishilgan", RU: "согласован только один ключ счёта", EN: "only one account key is agreed"},
	NoteNeedRefunds: {UZ: "do‘kon qoidasi qaytarish bo‘yicha boshqacha", RU: "правило магазина о возвратах другое",
		EN: "the shop's policy on refunds is the other one"},
	NoteUnreachable: {UZ: "server javob bermayapti: manzil va tarmoqni tekshiring", RU: "сервер не отвечает: проверьте адрес и сеть",
		EN: "the listener does not answer: check the URL and the network"},
	NoteInterrupted: {UZ: "to‘xtatildi", RU: "прервано", EN: "interrupted"},
}
