package setup

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"tushum/internal/config"
	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/store"
)

// sourceNames are the published payment sources as people call them.
var sourceNames = map[string]lang.Text{
	"UZUM_DEBIT_VISA": {EN: "Uzum Visa"},
	"UZCARD":          {EN: "Uzcard"},
	"HUMO":            {EN: "Humo"},
	"INSTALLMENT":     {UZ: "Muddatli to‘lov", RU: "Рассрочка", EN: "Instalment"},
}

// publishedSources are those that have a published rate, in its order.
func publishedSources() []string {
	var all []string
	for _, t := range config.DefaultTariffs() {
		if !slices.Contains(all, t.Source) {
			all = append(all, t.Source)
		}
	}
	return all
}

// sources are all that have a question: those that are published, and the payment
// systems that are asked about, which say of no payment with what it was paid.
func sources() []string {
	all := publishedSources()
	for _, c := range asking() {
		all = append(all, c.source())
	}
	return all
}

// source is what the books call payments by the payment system.
func (c connection) source() string { return strings.ToUpper(string(c.system)) }

// tariffPage asks for the fees of the shop's contract.
func tariffPage(systems []store.Profile) []Question {
	var all []Question
	for _, source := range publishedSources() {
		all = append(all, Question{
			ID: TariffID(source), Page: PageTariffs, Kind: Line, Check: checkRate, Title: sourceNames[source],
			Help: lang.Text{
				UZ: "komissiya foizda, shartnomangizdagidek: 1 yoki 0,4",
				RU: "комиссия в процентах, как в вашем договоре: 1 или 0,4",
				EN: "the fee in percent, as in your contract: 1 or 0.4",
			},
		})
	}
	for _, c := range asking() {
		all = append(all, Question{
			ID: TariffID(c.source()), Page: PageTariffs, Kind: Line, Check: checkRate, Title: nameOf(systems, c.system),
			Asked: func(a Answers) bool { return !c.isOff(a) },
			Help: lang.Text{
				UZ: "komissiya foizda; tizim uni to‘lov bilan aytmaydi: bo‘sh qolsa, hisobotlarda 1 % deb olinadi",
				RU: "комиссия в процентах; с платежом система её не сообщает: если пусто, в отчётах принимается 1 %",
				EN: "the fee in percent; the system does not tell it with a payment: left empty, reports assume 1 %",
			},
		})
	}
	return append(all, Question{
		ID: TariffFrom, Page: PageTariffs, Kind: Line, Check: checkDay,
		Title: lang.Text{UZ: "Komissiyalar qaysi kundan", RU: "С какого дня комиссии", EN: "The day the fees hold from"},
		Help: lang.Text{
			UZ: "o‘zgargan komissiya shu kundan amal qiladi; bo‘sh — bugundan; oldingi kunlar o‘zgarmaydi",
			RU: "изменённая комиссия действует с этого дня; пусто — с сегодняшнего; прошлые дни не меняются",
			EN: "a changed fee holds from this day; empty is today; the days before stay as they are",
		},
	})
}

var (
	sayNoRate  = lang.Text{UZ: "%s foiz emas", RU: "%s — не процент", EN: "%s is not a percentage"}
	hintNoRate = lang.Text{
		UZ: "0 dan 100 gacha, ko‘pi bilan ikki kasr raqamli son yozing: 1 yoki 0,4",
		RU: "напишите число от 0 до 100, не больше двух знаков после запятой: 1 или 0,4",
		EN: "write a number from 0 to 100 with at most two decimals: 1 or 0.4",
	}
	sayNoDay  = lang.Text{UZ: "%s sana emas", RU: "%s — не дата", EN: "%s is not a date"}
	hintNoDay = lang.Text{
		UZ: "kun, oy va yilni 31.01.2026 kabi yozing",
		RU: "напишите день, месяц и год как 31.01.2026",
		EN: "write day, month and year as 31.01.2026",
	}
)

// checkRate reads a fee. Where a source has no rate yet, none leaves it so.
func checkRate(answer string, _ Answers) (string, error) {
	answer = pasted(answer)
	if answer == "" {
		return "", nil
	}
	rate, ok := readRate(answer)
	if !ok {
		return answer, wrong(about(sayNoRate, answer), hintNoRate)
	}
	return rateAnswer(rate), nil
}

// readRate reads a percentage such as 0,4 in hundredths of a percent.
func readRate(answer string) (money.BasisPoints, bool) {
	answer = strings.Replace(strings.TrimSuffix(answer, "%"), ",", ".", 1)
	whole, decimals, point := strings.Cut(answer, ".")
	notDigit := func(r rune) bool { return r < '0' || r > '9' }
	if whole == "" || len(whole) > 3 || len(decimals) > 2 || point && decimals == "" || strings.ContainsFunc(whole+decimals, notDigit) {
		return 0, false
	}
	rate, err := strconv.ParseInt(whole+(decimals + "00")[:2], 10, 32)
	return money.BasisPoints(rate), err == nil && rate <= int64(money.Whole)
}

// rateAnswer writes a fee as an answer: percent, with a point.
func rateAnswer(rate money.BasisPoints) string {
	const percent = 100
	answer := strconv.FormatInt(int64(rate/percent), 10)
	if part := rate % percent; part != 0 {
		answer += strings.TrimRight("."+strconv.Itoa(int(part/10))+strconv.Itoa(int(part%10)), "0")
	}
	return answer
}

// checkDay reads a day, written as people or as the settings do; none is today.
func checkDay(answer string, _ Answers) (string, error) {
	answer = pasted(answer)
	if answer == "" {
		return "", nil
	}
	for _, layout := range []string{time.DateOnly, "02.01.2006", "2.1.2006"} {
		if day, err := time.Parse(layout, answer); err == nil && day.Year() >= 2000 {
			return day.Format(time.DateOnly), nil
		}
	}
	return answer, wrong(about(sayNoDay, answer), hintNoDay)
}
