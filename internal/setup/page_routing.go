package setup

import (
	"cmp"
	"fmt"
	"slices"
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
		UZ: "ularni ham boshqa tizimga yo‘naltiring",
		RU: "направьте и их в другую систему",
		EN: "route them elsewhere as well",
	}
	sayRouteOff  = lang.Text{UZ: "%s o‘chirilgan", RU: "система %s выключена", EN: "%s is switched off"}
	hintRouteOff = lang.Text{
		UZ: "avval uni %s sahifasida yoqing yoki bu yerda boshqa tizimni tanlang",
		RU: "сначала включите её на странице %s или выберите здесь другую",
		EN: "switch it on first, on the page %s, or choose another one here",
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

// routedTo are the kinds of payment that go to a payment system. Where nothing is
// said, that is the bank.
func routedTo(system store.System, all Answers) (kinds []config.Kind) {
	for _, kind := range config.Kinds() {
		if cmp.Or(all[RouteID(kind)], string(store.Uzum)) == string(system) {
			kinds = append(kinds, kind)
		}
	}
	return kinds
}

func stillRouted(c connection, kinds []config.Kind) error {
	return &Wrong{
		ID: c.turn, Err: &config.Error{Msg: filled(sayRouted, func(l lang.Lang) []any { return []any{kindsIn(kinds, l)} }), Hint: hintRouted},
		Mend: Answers{RouteID(kinds[0]): string(store.Uzum)},
	}
}

// kindsIn are kinds of payment in words.
func kindsIn(kinds []config.Kind, l lang.Lang) string {
	var names []string
	for _, kind := range kinds {
		names = append(names, routeTitles[kind].In(l))
	}
	return strings.Join(names, ", ")
}

// filled is a sentence with its gaps filled in each language.
func filled(says lang.Text, with func(lang.Lang) []any) lang.Text {
	in := func(l lang.Lang) string { return fmt.Sprintf(says.In(l), with(l)...) }
	return lang.Text{UZ: in(lang.UZ), RU: in(lang.RU), EN: in(lang.EN)}
}

// Stranded are kinds of payment that go to a payment system that is switched off.
type Stranded struct {
	Says, Hint lang.Text
	Mend       Answers // by which the system is switched on
}

var (
	sayStranded = lang.Text{
		UZ: "%s o‘chirilgan, lekin unga yo‘naltirilgan: %s",
		RU: "система %s выключена, а в неё направлены: %s",
		EN: "%s is switched off, and these go to it: %s",
	}
	hintStranded = lang.Text{
		UZ: "ular bo‘yicha hisob ochib bo‘lmaydi: boshqa tizimga yo‘naltiring yoki uni yoqing",
		RU: "выставить по ним счёт нельзя: направьте их в другую систему или включите эту",
		EN: "no invoice can be made for them: route them elsewhere, or switch it on",
	}
)

// StrandedKinds are those of the answers, by payment system.
func StrandedKinds(systems []store.Profile, all Answers) []Stranded {
	var stranded []Stranded
	for _, c := range connections() {
		kinds := routedTo(c.system, all)
		if len(kinds) == 0 || !c.isOff(all) {
			continue
		}
		says := filled(sayStranded, func(l lang.Lang) []any { return []any{nameOf(systems, c.system).In(l), kindsIn(kinds, l)} })
		stranded = append(stranded, Stranded{Says: says, Hint: hintStranded, Mend: c.switchedOn()})
	}
	return stranded
}

// isOff tells whether the payment system is switched off.
func (c connection) isOff(all Answers) bool {
	if c.turn == "" {
		return isBankOff(all)
	}
	return all[c.turn] != On
}

// switchedOn is the answer that switches the payment system on.
func (c connection) switchedOn() Answers {
	if c.turn == "" {
		return Answers{UzumEnabled: Yes}
	}
	return Answers{c.turn: On}
}

func nameOf(systems []store.Profile, system store.System) lang.Text {
	for _, p := range systems {
		if p.System == system {
			return p.Name
		}
	}
	return lang.Text{EN: string(system)}
}

// routeOff is why kinds of payment can't go to the payment system yet.
func (c connection) routeOff(systems []store.Profile) error {
	name := func(l lang.Lang) []any { return []any{nameOf(systems, c.system).In(l)} }
	return &Wrong{Err: &config.Error{Msg: filled(sayRouteOff, name), Hint: filled(hintRouteOff, name)}, Mend: Answers{c.turn: On}}
}

// checkRoute refuses a system that is not connected, and one that can't take
// the kind, as the settings do.
func checkRoute(systems []store.Profile, kind config.Kind) func(string, Answers) (string, error) {
	among, offered := choice(routeOptions(systems, "")), values(routeOptions(systems, kind))
	return func(answer string, all Answers) (string, error) {
		answer, err := among(answer, all)
		if err != nil {
			return answer, err
		}
		settings := "" // what connects a payment system need not be written yet
		for _, c := range asking() {
			switch {
			case c.takesKinds(all):
				settings += c.connected
			case answer == string(c.system) && slices.Contains(offered, answer): // of another kind the settings say that it can't take it
				return answer, c.routeOff(systems)
			}
		}
		return answer, triedAfter(settings, "routing."+string(kind), config.Text(answer))
	}
}
