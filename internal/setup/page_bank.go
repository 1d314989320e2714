package setup

import (
	"errors"
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"tushum/internal/config"
	"tushum/internal/lang"
	"tushum/internal/password"
)

var (
	pairOptions = []Option{
		{Yes, lang.Text{UZ: "dastur yaratsin, men bankka yuboraman", RU: "пусть создаст программа, я отправлю их банку", EN: "make them here, and I send them to the bank"}},
		{No, lang.Text{UZ: "o‘zim yozaman", RU: "введу сам", EN: "I type them"}},
	}
	keepOptions = []Option{
		{Yes, lang.Text{UZ: "eskisi ham amalda qolsin", RU: "старый тоже действует", EN: "the old one stays valid too"}},
		{No, lang.Text{UZ: "faqat yangisi", RU: "только новый", EN: "only the new one"}},
		{KeepOlder, lang.Text{UZ: "ikkitadan faqat eskirog‘i", RU: "из двух только более старый", EN: "of two, only the older one"}},
	}
)

// bankPage asks for what the bank and the shop know each other by.
func bankPage() []Question {
	return append([]Question{
		{
			ID: UzumServiceID, Page: PageBank, Kind: Line, Check: checkServiceID,
			Title: lang.Text{UZ: "Xizmat raqami (serviceId)", RU: "Номер услуги (serviceId)", EN: "Service id (serviceId)"},
			Help: lang.Text{
				UZ: "bank do‘konni ro‘yxatdan o‘tkazganda beradigan raqam, masalan 101202; bank ulanguncha bo‘sh qoldiring",
				RU: "число, которое банк даёт при регистрации магазина, например 101202; пока банк не подключён, оставьте пустым",
				EN: "the number the bank gives when the shop is registered, such as 101202; leave it empty until the bank is connected",
			},
		},
		{
			ID: UzumPair, Page: PageBank, Kind: Choice, Options: pairOptions, Check: choice(pairOptions),
			Title: lang.Text{UZ: "Bank uchun login va parol", RU: "Логин и пароль для банка", EN: "A login and a password for the bank"},
			Help: lang.Text{
				UZ: "bank so‘rovlarini shular bilan imzolaydi; yaratilganlari oxirida bir marta ko‘rsatiladi",
				RU: "ими банк подписывает свои запросы; созданные показываются один раз, в конце",
				EN: "the bank signs its requests with them; those made here are shown once, at the end",
			},
		},
	}, credentialQuestions()...)
}

func credentialQuestions() []Question {
	typed := func(a Answers) bool { return a[UzumPair] != Yes }
	return []Question{
		{
			ID: UzumLogin, Page: PageBank, Kind: Line, Asked: typed, Check: checkLogin,
			Title: lang.Text{UZ: "Login", RU: "Логин", EN: "Login"},
			Help: lang.Text{
				UZ: "bank bilan kelishilgan login, ikki nuqtasiz",
				RU: "условленный с банком логин, без двоеточия",
				EN: "the login agreed with the bank, without a colon",
			},
		},
		{
			ID: UzumPassword, Page: PageBank, Kind: Secret, Asked: typed, Check: checkPassword, Note: notePassword,
			Title: lang.Text{UZ: "Parol", RU: "Пароль", EN: "Password"},
			Help: lang.Text{
				UZ: "bank bilan kelishilgan parol; faqat xeshi saqlanadi; bo‘sh — amaldagisi qoladi",
				RU: "условленный с банком пароль; хранится только его хеш; пусто — остаётся прежний",
				EN: "the password agreed with the bank; only its hash is kept; empty leaves the one in use",
			},
		},
		{
			ID: UzumKeepOld, Page: PageBank, Kind: Choice, Options: keepOptions, Check: checkKeepOld,
			Asked: func(a Answers) bool { return connectedBefore(a) && anotherPair(a) },
			Title: lang.Text{UZ: "Eski parol", RU: "Старый пароль", EN: "The old password"},
			Help: lang.Text{
				UZ: "bank yangisiga o‘tguncha ikkalasi ham qabul qilinsa, birorta to‘lov yo‘qolmaydi; ikkitadan ko‘pi bo‘lmaydi",
				RU: "если до перехода банка на новый принимаются оба, ни один платёж не пропадёт; больше двух не бывает",
				EN: "while both are accepted no payment is lost until the bank has changed over; there are never more than two",
			},
		},
		{
			ID: UzumAccountParam, Page: PageBank, Kind: Line, Check: checkAccountParam,
			Title: lang.Text{UZ: "Hisob kaliti", RU: "Ключ счёта", EN: "Account key"},
			Help: lang.Text{
				UZ: "bank hisob raqamini shu nom bilan yuboradi, odatda account; bir nechtasi vergul bilan, birinchisi havolalarda",
				RU: "под этим именем банк присылает номер счёта, обычно account; несколько — через запятую, первое стоит в ссылках",
				EN: "the name under which the bank sends an invoice's number, mostly account; several with commas, the first is used in links",
			},
		},
		{
			ID: UzumPath, Page: PageBank, Kind: Line, Check: key("uzum.path"),
			Title: lang.Text{UZ: "Bank manzillarining boshi", RU: "Начало адресов для банка", EN: "Path of the bank's URLs"},
			Help: lang.Text{
				UZ: "beshta manzil shu yo‘l bilan boshlanadi, odatda /uzum",
				RU: "с этого пути начинаются пять адресов, обычно /uzum",
				EN: "what the five URLs begin with, mostly /uzum",
			},
		},
	}
}

// connectedBefore tells that the settings hold a login and a password already.
func connectedBefore(a Answers) bool { return a[pairsInUse] != "" }

// anotherPair tells that answers make a pair beside those in the settings.
func anotherPair(a Answers) bool {
	return a[UzumPair] == Yes || a[UzumPassword] != "" || a[PasswordHash] != "" || a[UzumLogin] != "" && a[UzumLogin] != a[loginInUse]
}

var (
	sayTwoPairs = lang.Text{
		UZ: "ikkita login va parol allaqachon amalda, bank ularning istalgani bilan kelishi mumkin",
		RU: "уже действуют две пары логина и пароля, и банк может приходить с любой из них",
		EN: "two pairs of login and password are valid already, and the bank may come with either",
	}
	hintTwoPairs = lang.Text{
		UZ: "bank yangirog‘iga o‘tgan bo‘lsa, avval tushum setup --uzum-keep-old no; yangirog‘ini bank olmagan bo‘lsa, yangi juftlik bilan --uzum-keep-old older",
		RU: "если банк перешёл на более новую, сначала tushum setup --uzum-keep-old no; если более новой у банка нет, дайте с новой парой --uzum-keep-old older",
		EN: "where the bank has changed over to the newer one, run tushum setup --uzum-keep-old no first; where it never got that one, give --uzum-keep-old older with the new pair",
	}
)

// checkKeepOld refuses a third pair beside two: one of them would have to go,
// and it could be the one that the bank uses.
func checkKeepOld(answer string, all Answers) (string, error) {
	answer, err := choice(keepOptions)(answer, all)
	if err == nil && answer == Yes && all[pairsInUse] == two && anotherPair(all) {
		return answer, wrong(sayTwoPairs, hintTwoPairs)
	}
	return answer, err
}

// two is how many pairs may be valid at once.
const two = "2"

var (
	sayNoNumber = lang.Text{UZ: "%s raqam emas", RU: "%s — не число", EN: "%s is not a number"}
	hintNumber  = lang.Text{
		UZ: "serviceId faqat raqamlardan iborat, masalan 101202; harflari bor kalit boshqa narsa",
		RU: "serviceId состоит только из цифр, например 101202; ключ с буквами — это что-то другое",
		EN: "a service id is digits only, such as 101202; a key with letters is something else",
	}
	sayEmpty    = lang.Text{UZ: "to‘ldirilmagan", RU: "не заполнено", EN: "not filled in"}
	hintNoLogin = lang.Text{
		UZ: "bank bilan kelishilgan loginni yozing yoki juftlikni dastur yaratsin",
		RU: "введите условленный с банком логин или пусть пару создаст программа",
		EN: "type the login agreed with the bank, or have a pair made",
	}
	hintNoneID = lang.Text{
		UZ: "bank do‘kon ro‘yxatdan o‘tganda beradigan raqamni yozing; bank ulangan, shuning uchun raqam bo‘sh qolmaydi",
		RU: "напишите номер, который банк даёт при регистрации магазина: банк подключён, и без номера нельзя",
		EN: "write the number the bank gives when the shop is registered: the bank is connected, and can't be without it",
	}
)

func checkServiceID(answer string, all Answers) (string, error) {
	answer = pasted(answer)
	id, err := strconv.ParseUint(answer, 10, 63)
	switch {
	case answer == "" && !connectedBefore(all):
		return "", nil // to be asked for later
	case answer == "":
		return "", wrong(sayEmpty, hintNoneID)
	case err != nil || id == 0 || id > math.MaxInt64:
		return answer, wrong(about(sayNoNumber, answer), hintNumber)
	}
	return strconv.FormatUint(id, 10), nil
}

func checkLogin(answer string, all Answers) (string, error) {
	answer = pasted(answer)
	if answer == "" && all[UzumServiceID] != "" {
		return "", wrong(sayEmpty, hintNoLogin)
	}
	return answer, tried("uzum.credentials.login", config.Text(answer))
}

func checkAccountParam(answer string, _ Answers) (string, error) {
	names := items(answer)
	return strings.Join(names, ","), tried("uzum.account_params", config.Texts(names))
}

var (
	hintNoPassword = lang.Text{
		UZ: "bank bilan kelishilgan parolni yozing yoki juftlikni dastur yaratsin",
		RU: "введите условленный с банком пароль или пусть пару создаст программа",
		EN: "type the password agreed with the bank, or have a pair made",
	}
	sayPasswordLong  = lang.Text{UZ: "parol 1024 baytdan uzun", RU: "пароль длиннее 1024 байт", EN: "the password is longer than 1024 bytes"}
	hintPasswordLong = lang.Text{UZ: "qisqarog‘ini oling", RU: "возьмите короче", EN: "take a shorter one"}
	sayPasswordLines = lang.Text{
		UZ: "parolda qator uzilishi yoki boshqaruv belgisi bor, uni HTTP Basic olib o‘tmaydi",
		RU: "в пароле есть перевод строки или управляющий символ, а HTTP Basic их не передаёт",
		EN: "the password has a line break or a control character in it, which HTTP Basic can't carry",
	}
	hintPasswordLines = lang.Text{UZ: "parolni bir qatorda bering", RU: "дайте пароль одной строкой", EN: "give the password on one line"}
	sayPasswordUTF8   = lang.Text{UZ: "parol UTF-8 emas", RU: "пароль не в UTF-8", EN: "the password is not UTF-8"}
	hintPasswordUTF8  = lang.Text{
		UZ: "faylni UTF-8 da saqlang yoki parolni lotin harflari va raqamlardan tuzing",
		RU: "сохраните файл в UTF-8 или возьмите пароль из латинских букв и цифр",
		EN: "save the file as UTF-8, or take a password of Latin letters and digits",
	}
)

// checkPassword takes any password that HTTP Basic can carry (RFC 7617, section
// 2). Where one is in use already, none leaves that; before the bank has given
// a service id there need not be one.
func checkPassword(answer string, all Answers) (string, error) {
	answer, err := PasswordIn(answer)
	switch {
	case answer == "" && err == nil && (connectedBefore(all) || all[PasswordHash] != "" || all[UzumServiceID] == ""):
		return "", nil
	case answer == "" && err == nil:
		return "", wrong(sayEmpty, hintNoPassword)
	}
	return answer, err
}

// PasswordIn is the password in what was typed, pasted or read from a file, by
// one rule wherever a password comes in: what nobody sees around it, spaces and
// the line end of a file first of all, is no part of it; the rest is, on one
// line. It is empty where nothing else is there. The error is a *config.Error.
func PasswordIn(text string) (string, error) {
	secret := strings.TrimFunc(text, unseen)
	switch {
	case len(secret) > password.MaxLength:
		return "", wrong(sayPasswordLong, hintPasswordLong)
	case !utf8.ValidString(secret):
		return "", wrong(sayPasswordUTF8, hintPasswordUTF8)
	case strings.ContainsFunc(secret, unicode.IsControl):
		return "", wrong(sayPasswordLines, hintPasswordLines)
	}
	return secret, nil
}

var notedPassword = lang.Text{
	UZ: "parolda ikki nuqta, bo‘sh joy yoki lotin bo‘lmagan harf bor: bank uni aynan shunday, UTF-8 da yuborishi kerak",
	RU: "в пароле есть двоеточие, пробел или нелатинская буква: банк должен присылать его точно таким, в UTF-8",
	EN: "the password has a colon, a space or a letter outside ASCII: the bank must send exactly the same, as UTF-8",
}

// notePassword tells of passwords that programs are known to mangle.
func notePassword(answer string) lang.Text {
	if strings.ContainsFunc(answer, func(r rune) bool { return r <= ' ' || r == ':' || r > '~' }) {
		return notedPassword
	}
	return lang.Text{}
}

// hashed is the hash of a password that has passed its check.
func hashed(secret string) (string, error) {
	hash, err := password.Hash([]byte(secret))
	if errors.Is(err, password.ErrTooLong) {
		return "", wrong(sayPasswordLong, hintPasswordLong)
	}
	return hash, err
}
