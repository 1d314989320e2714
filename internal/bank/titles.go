package bank

import "tushum/internal/lang"

// titleOf says what a case is about. A case that is played on several webhooks has
// one title; the table names the webhook beside it.
func titleOf(name string) (lang.Text, bool) {
	for _, titles := range []map[string]lang.Text{requestTitles, storyTitles} {
		if title, known := titles[name]; known {
			return title, true
		}
	}
	return lang.Text{}, false
}

// requestTitles are of cases about one request.
var requestTitles = map[string]lang.Text{
	"invoice": {UZ: "sinov uchun hisob ochish", RU: "выставить счёт для проверки", EN: "make an invoice to test with"},

	"path-trailing-slash": {UZ: "yo‘l oxirida qiyshiq chiziq: 404, yo‘naltirishsiz", RU: "косая черта в конце пути: 404 без перенаправления", EN: "trailing slash: 404, no redirect"},
	"path-upper-case":     {UZ: "yo‘l bosh harflarda: 404", RU: "путь заглавными буквами: 404", EN: "path in capitals: 404"},
	"path-double-slash":   {UZ: "ikki qiyshiq chiziq: 404", RU: "двойная косая черта: 404", EN: "double slash: 404"},
	"path-unknown":        {UZ: "noma’lum yo‘l: 404", RU: "неизвестный путь: 404", EN: "unknown path: 404"},
	"path-below":          {UZ: "vebxuk ostidagi yo‘l: 404", RU: "путь глубже вебхука: 404", EN: "path below a webhook: 404"},

	"method-get":         {UZ: "GET usuli", RU: "метод GET", EN: "method GET"},
	"method-put":         {UZ: "PUT usuli", RU: "метод PUT", EN: "method PUT"},
	"method-patch":       {UZ: "PATCH usuli", RU: "метод PATCH", EN: "method PATCH"},
	"method-delete":      {UZ: "DELETE usuli", RU: "метод DELETE", EN: "method DELETE"},
	"method-options":     {UZ: "OPTIONS usuli", RU: "метод OPTIONS", EN: "method OPTIONS"},
	"method-head":        {UZ: "HEAD usuli", RU: "метод HEAD", EN: "method HEAD"},
	"method-before-auth": {UZ: "usul paroldan oldin tekshiriladi", RU: "метод проверяется раньше пароля", EN: "the method is checked before the password"},

	"auth-missing":        {UZ: "login va parolsiz", RU: "без логина и пароля", EN: "no login and password"},
	"auth-wrong-password": {UZ: "parol noto‘g‘ri", RU: "неверный пароль", EN: "wrong password"},
	"auth-wrong-login":    {UZ: "login noto‘g‘ri", RU: "неверный логин", EN: "wrong login"},
	"auth-empty":          {UZ: "login va parol bo‘sh", RU: "пустые логин и пароль", EN: "empty login and password"},
	"auth-garbled":        {UZ: "Authorization buzilgan", RU: "испорченный Authorization", EN: "garbled Authorization"},
	"auth-other-scheme":   {UZ: "Basic o‘rniga Bearer", RU: "Bearer вместо Basic", EN: "Bearer instead of Basic"},
	"auth-before-body":    {UZ: "parol so‘rov matnidan oldin tekshiriladi", RU: "пароль проверяется раньше тела", EN: "the password is checked before the body"},
	"auth-before-size":    {UZ: "parol so‘rov hajmidan oldin tekshiriladi", RU: "пароль проверяется раньше размера", EN: "the password is checked before the size"},

	"body-empty":               {UZ: "so‘rov bo‘sh", RU: "пустое тело", EN: "empty body"},
	"body-not-json":            {UZ: "so‘rov JSON emas", RU: "тело не JSON", EN: "the body is not JSON"},
	"body-truncated":           {UZ: "JSON oxirigacha kelmagan", RU: "JSON оборван", EN: "JSON cut short"},
	"body-array":               {UZ: "obyekt o‘rniga massiv", RU: "массив вместо объекта", EN: "an array instead of an object"},
	"body-null":                {UZ: "obyekt o‘rniga null", RU: "null вместо объекта", EN: "null instead of an object"},
	"trailing-bytes":           {UZ: "JSONdan keyin ortiqcha belgi", RU: "лишнее после JSON", EN: "bytes after the JSON"},
	"trailing-object":          {UZ: "ketma-ket ikki obyekt", RU: "два объекта подряд", EN: "two objects in a row"},
	"duplicate-member":         {UZ: "bir maydon ikki marta", RU: "поле дважды", EN: "a member twice"},
	"duplicate-in-params":      {UZ: "params ichida bir kalit ikki marta", RU: "ключ в params дважды", EN: "a key in params twice"},
	"invalid-utf8":             {UZ: "UTF-8 buzilgan", RU: "испорченный UTF-8", EN: "invalid UTF-8"},
	"nesting-deep":             {UZ: "juda chuqur joylashgan JSON", RU: "слишком глубокая вложенность", EN: "nested too deep"},
	"body-over-limit":          {UZ: "so‘rov 64 KiBdan katta", RU: "тело больше 64 КиБ", EN: "body over 64 KiB"},
	"body-over-limit-unsized":  {UZ: "64 KiBdan katta, hajmi aytilmagan", RU: "больше 64 КиБ без Content-Length", EN: "over 64 KiB without Content-Length"},
	"body-at-limit":            {UZ: "rosa 64 KiB qabul qilinadi", RU: "ровно 64 КиБ принимается", EN: "exactly 64 KiB is accepted"},
	"white-space-around":       {UZ: "JSON atrofida bo‘sh joy", RU: "пробелы вокруг JSON", EN: "white space around the JSON"},
	"unknown-member":           {UZ: "noma’lum maydon e’tiborsiz qoladi", RU: "неизвестное поле не мешает", EN: "an unknown member is ignored"},
	"unknown-param":            {UZ: "params ichida noma’lum kalit e’tiborsiz qoladi", RU: "неизвестный ключ в params не мешает", EN: "an unknown key in params is ignored"},
	"other-case-ignored":       {UZ: "boshqa harfdagi nom noma’lum maydon hisoblanadi", RU: "имя в другом регистре — неизвестное поле", EN: "a name in other case is an unknown member"},
	"structure-before-missing": {UZ: "noto‘g‘ri tur yetishmagan maydondan oldin", RU: "неверный тип раньше отсутствующего поля", EN: "a wrong type before a missing member"},

	"service-missing":        {UZ: "serviceId yo‘q", RU: "нет serviceId", EN: "no serviceId"},
	"service-null":           {UZ: "serviceId null", RU: "serviceId равен null", EN: "serviceId is null"},
	"service-text":           {UZ: "serviceId satr", RU: "serviceId строкой", EN: "serviceId as a string"},
	"service-fraction":       {UZ: "serviceId kasr son", RU: "serviceId с дробной частью", EN: "serviceId with a fraction"},
	"timestamp-missing":      {UZ: "timestamp yo‘q", RU: "нет timestamp", EN: "no timestamp"},
	"timestamp-null":         {UZ: "timestamp null", RU: "timestamp равен null", EN: "timestamp is null"},
	"timestamp-text":         {UZ: "timestamp satr", RU: "timestamp строкой", EN: "timestamp as a string"},
	"timestamp-overflow":     {UZ: "timestamp int64ga sig‘maydi", RU: "timestamp не помещается в int64", EN: "timestamp beyond int64"},
	"timestamp-other-case":   {UZ: "timestamp o‘rniga Timestamp", RU: "Timestamp вместо timestamp", EN: "Timestamp instead of timestamp"},
	"params-missing":         {UZ: "params yo‘q", RU: "нет params", EN: "no params"},
	"params-null":            {UZ: "params null", RU: "params равен null", EN: "params is null"},
	"params-empty":           {UZ: "params bo‘sh", RU: "пустой params", EN: "params is empty"},
	"params-array":           {UZ: "params massiv", RU: "params массивом", EN: "params as an array"},
	"params-text":            {UZ: "params satr", RU: "params строкой", EN: "params as a string"},
	"missing-before-service": {UZ: "yetishmagan maydon serviceIddan oldin", RU: "отсутствующее поле раньше serviceId", EN: "a missing member before the serviceId"},
	"service-unknown":        {UZ: "begona serviceId", RU: "чужой serviceId", EN: "another serviceId"},
	"service-before-account": {UZ: "serviceId hisobdan oldin", RU: "serviceId раньше счёта", EN: "the serviceId before the account"},
	"own-clock":              {UZ: "timestamp serverning o‘z soatidan", RU: "timestamp по часам сервера", EN: "timestamp is the listener's own clock"},

	"account-number":      {UZ: "hisob son ko‘rinishida", RU: "счёт числом", EN: "account as a number"},
	"account-text":        {UZ: "hisob satr ko‘rinishida", RU: "счёт строкой", EN: "account as a string"},
	"account-other-key":   {UZ: "hisob boshqa kelishilgan kalitda (order_id)", RU: "счёт под другим ключом (order_id)", EN: "account under the other key (order_id)"},
	"account-missing":     {UZ: "params ichida hisob yo‘q", RU: "в params нет счёта", EN: "no account in params"},
	"account-null":        {UZ: "hisob null", RU: "счёт равен null", EN: "account is null"},
	"account-empty":       {UZ: "hisob bo‘sh", RU: "пустой счёт", EN: "account is empty"},
	"account-boolean":     {UZ: "hisob true", RU: "счёт равен true", EN: "account is true"},
	"account-object":      {UZ: "hisob obyekt", RU: "счёт объектом", EN: "account is an object"},
	"account-fraction":    {UZ: "hisob kasr son", RU: "счёт дробным числом", EN: "account is a fraction"},
	"account-check-digit": {UZ: "nazorat raqami noto‘g‘ri", RU: "неверная контрольная цифра", EN: "wrong check digit"},
	"account-unknown":     {UZ: "bunday hisob yo‘q", RU: "такого счёта нет", EN: "no such account"},
	"account-letters":     {UZ: "hisobda harflar", RU: "буквы в счёте", EN: "letters in the account"},
	"account-negative":    {UZ: "hisob oldida minus", RU: "минус перед счётом", EN: "a minus before the account"},
	"account-long":        {UZ: "hisob 300 belgili", RU: "счёт из 300 знаков", EN: "account of 300 characters"},
	"transid-on-check":    {UZ: "checkdagi transId javobda qaytmaydi", RU: "transId в check не повторяется в ответе", EN: "a transId on check is not echoed"},
	"account-hostile":     {UZ: "hisobda boshqaruv belgilari", RU: "управляющие знаки в счёте", EN: "control characters in the account"},

	"transid-missing":   {UZ: "transId yo‘q", RU: "нет transId", EN: "no transId"},
	"transid-null":      {UZ: "transId null", RU: "transId равен null", EN: "transId is null"},
	"transid-empty":     {UZ: "transId bo‘sh", RU: "пустой transId", EN: "transId is empty"},
	"transid-number":    {UZ: "transId son", RU: "transId числом", EN: "transId as a number"},
	"transid-not-uuid":  {UZ: "transId UUID emas", RU: "transId не UUID", EN: "transId is no UUID"},
	"transid-not-hex":   {UZ: "transId ichida begona harf", RU: "посторонняя буква в transId", EN: "a foreign letter in transId"},
	"transid-unknown":   {UZ: "transId noma’lum", RU: "неизвестный transId", EN: "transId unknown"},
	"transid-version-4": {UZ: "4-versiyali UUID qabul qilinadi", RU: "UUID версии 4 принимается", EN: "a UUID of version 4 is accepted"},

	"amount-missing":        {UZ: "summa yo‘q", RU: "нет суммы", EN: "no amount"},
	"amount-null":           {UZ: "summa null", RU: "сумма равна null", EN: "amount is null"},
	"amount-text":           {UZ: "summa satr", RU: "сумма строкой", EN: "amount as a string"},
	"amount-fraction":       {UZ: "summa kasr qismi bilan", RU: "сумма с дробной частью", EN: "amount with a fraction"},
	"amount-exponent":       {UZ: "summa daraja belgisi bilan", RU: "сумма с показателем степени", EN: "amount with an exponent"},
	"amount-overflow":       {UZ: "summa int64ga sig‘maydi", RU: "сумма не помещается в int64", EN: "amount beyond int64"},
	"amount-other-case":     {UZ: "amount o‘rniga AMOUNT", RU: "AMOUNT вместо amount", EN: "AMOUNT instead of amount"},
	"amount-zero":           {UZ: "summa nol", RU: "нулевая сумма", EN: "amount of zero"},
	"amount-negative":       {UZ: "summa manfiy", RU: "отрицательная сумма", EN: "negative amount"},
	"amount-one-more":       {UZ: "summa bir tiyin ko‘p", RU: "сумма больше на тийин", EN: "one tiyin more"},
	"amount-one-less":       {UZ: "summa bir tiyin kam", RU: "сумма меньше на тийин", EN: "one tiyin less"},
	"amount-in-som":         {UZ: "summa tiyin o‘rniga so‘mda", RU: "сумма в сумах вместо тийинов", EN: "amount in so‘m instead of tiyin"},
	"amount-largest":        {UZ: "mumkin bo‘lgan eng katta summa", RU: "наибольшая возможная сумма", EN: "the largest amount there is"},
	"amount-below-min":      {UZ: "summa eng kichik chegaradan past", RU: "сумма ниже минимума", EN: "amount below the minimum"},
	"amount-above-max":      {UZ: "summa eng katta chegaradan yuqori", RU: "сумма выше максимума", EN: "amount above the maximum"},
	"account-before-amount": {UZ: "hisob summadan oldin tekshiriladi", RU: "счёт проверяется раньше суммы", EN: "the account is checked before the amount"},
}
