package setup

import (
	"fmt"
	"strings"

	"tushum/internal/config"
	"tushum/internal/lang"
	"tushum/store"
)

var routeTitles = map[config.Kind]lang.Text{
	"visit":      {UZ: "Tashrif uchun havola", RU: "Ссылка за визит", EN: "Link for a visit"},
	"goods":      {UZ: "Tovarlar uchun havola", RU: "Ссылка за товары", EN: "Link for goods"},
	"prepayment": {UZ: "Oldindan to‘lov", RU: "Предоплата", EN: "Prepayment"},
	"giftcard":   {UZ: "Sovg‘a kartalari", RU: "Подарочные карты", EN: "Gift cards"},
	"membership": {UZ: "Abonementlar", RU: "Абонементы", EN: "Memberships"},
	"topup":      {UZ: "Hisobni to‘ldirish", RU: "Пополнение", EN: "Top-up"},
	"counter":    {UZ: "Kassadagi QR", RU: "QR на кассе", EN: "QR at the till"},
}

// routingPage asks which system takes each kind of payment.
func routingPage(systems []store.Profile) []Question {
	var all []Question
	for _, kind := range config.Kinds() {
		all = append(all, Question{
			ID: RouteID(kind), Page: PageRouting, Kind: Choice, Options: routeOptions(systems, kind), Title: routeTitles[kind],
			Help: lang.Text{
				UZ: "bu turdagi to‘lovni qaysi tizim oladi",
				RU: "какая система принимает этот вид платежей",
				EN: "which system takes this kind of payment",
			},
			Check: checkRoute(systems, kind),
		})
	}
	return all
}

// routeOptions are the systems that can take a kind of payment, whether they are
// connected or not. What staff record by hand may be of any kind.
func routeOptions(systems []store.Profile, kind config.Kind) []Option {
	var all []Option
	for _, p := range systems {
		if store.Kind(kind) != store.Counter || p.Can.Counter || p.Can.ByHand {
			all = append(all, Option{string(p.System), p.Name})
		}
	}
	return all
}

var (
	sayRouted  = lang.Text{UZ: "unga yo‘naltirilgan: %s", RU: "в неё направлены: %s", EN: "these go to it: %s"}
	hintRouted = lang.Text{
		UZ: "avval ularni boshqa tizimga yo‘naltiring yoki shu buyruqda: --%s uzum",
		RU: "сначала направьте их в другую систему или сделайте это той же командой: --%s uzum",
		EN: "route them elsewhere first, or in the same command: --%s uzum",
	}
)

// spare refuses to empty a payment system while kinds of payment go to it. The error
// is a *Wrong.
func spare(all Answers) error {
	for _, c := range asking() {
		if kinds := routedTo(c.system, all); len(kinds) > 0 && !c.takesKinds(all) {
			return stillRouted(c, kinds)
		}
	}
	return nil
}

// routedTo are the kinds of payment that go to a payment system.
func routedTo(system store.System, all Answers) (kinds []config.Kind) {
	for _, kind := range config.Kinds() {
		if all[RouteID(kind)] == string(system) {
			kinds = append(kinds, kind)
		}
	}
	return kinds
}

func stillRouted(c connection, kinds []config.Kind) error {
	named := func(l lang.Lang) string {
		var names []string
		for _, kind := range kinds {
			names = append(names, routeTitles[kind].In(l))
		}
		return strings.Join(names, ", ")
	}
	says := lang.Text{
		UZ: fmt.Sprintf(sayRouted.UZ, named(lang.UZ)), RU: fmt.Sprintf(sayRouted.RU, named(lang.RU)), EN: fmt.Sprintf(sayRouted.EN, named(lang.EN)),
	}
	flag := RouteID(kinds[0])
	return refused(c.turn, says, lang.Text{
		UZ: fmt.Sprintf(hintRouted.UZ, flag), RU: fmt.Sprintf(hintRouted.RU, flag), EN: fmt.Sprintf(hintRouted.EN, flag),
	})
}

// checkRoute refuses a system that is not connected, and one that can't take
// the kind, as the settings do.
func checkRoute(systems []store.Profile, kind config.Kind) func(string, Answers) (string, error) {
	among := choice(routeOptions(systems, ""))
	return func(answer string, all Answers) (string, error) {
		answer, err := among(answer, all)
		if err != nil {
			return answer, err
		}
		settings := "" // what connects a payment system need not be written yet
		for _, c := range asking() {
			if c.takesKinds(all) {
				settings += c.connected
			}
		}
		return answer, triedAfter(settings, "routing."+string(kind), config.Text(answer))
	}
}
