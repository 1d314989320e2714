package doctor

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"tushum/internal/config"
	"tushum/internal/lang"
	"tushum/store"
)

var (
	titleRouting  = lang.Text{UZ: "To‘lov turlari", RU: "Виды оплаты", EN: "Kinds of payment"}
	titleSystem   = lang.Text{UZ: "%s: ulanish", RU: "%s: связь", EN: "%s: connection"}
	titleCallback = lang.Text{UZ: "%s: vebxuk", RU: "%s: вебхук", EN: "%s: webhook"}

	sayRouted      = lang.Text{UZ: "har bir tur yoqilgan tizimga boradi: %s", RU: "каждый вид идёт в подключённую систему: %s", EN: "each kind goes to a system that is on: %s"}
	sayRoutedOff   = lang.Text{UZ: "%s ulanmagan yoki to‘xtatilgan, unga yo‘naltirilgan: %s", RU: "система %s не подключена или приостановлена, а в неё направлены: %s", EN: "%s is not connected or is paused, and these go to it: %s"}
	sayNoTill      = lang.Text{UZ: "kassadagi QR %s ga yo‘naltirilgan, u to‘lovchi yozadigan summani olmaydi", RU: "QR на кассе направлен в %s, а эта система не принимает сумму, которую вводит плательщик", EN: "the QR at the till goes to %s, which takes no amounts that the payer types"}
	adviseRoute    = lang.Text{UZ: "tushum setup da uni ulang yoki bu turlarni boshqa tizimga yo‘naltiring", RU: "подключите её в tushum setup или направьте эти виды в другую систему", EN: "connect it in tushum setup, or route these kinds elsewhere"}
	adviseTill     = lang.Text{UZ: "[routing] counter ni bunday summani oladigan tizimga yo‘naltiring", RU: "направьте [routing] counter в систему, которая такую сумму принимает", EN: "route [routing] counter to a system that takes them"}
	saySystemOff   = lang.Text{UZ: "o‘chirilgan", RU: "выключено", EN: "it is off"}
	saySignsIn     = lang.Text{UZ: "javob berdi va do‘konni tanidi", RU: "отвечает и узнаёт магазин", EN: "it answers and knows the shop"}
	adviseSystem   = lang.Text{UZ: "tushum setup da ulanish sozlamalarini tekshiring", RU: "проверьте настройки подключения в tushum setup", EN: "check how it is connected in tushum setup"}
	adviseNoTest   = lang.Text{UZ: "haqiqiy to‘lovlardan oldin sozlamalarda test_mode = false qiling", RU: "перед настоящими платежами поставьте в настройках test_mode = false", EN: "set test_mode = false in its settings before real payments"}
	sayBankNotUsed = lang.Text{UZ: "hech bir to‘lov turi bankka yo‘naltirilmagan", RU: "ни один вид оплаты не идёт через банк", EN: "no kind of payment goes to the bank"}

	sayCallback      = lang.Text{UZ: "chaqiruvlar %s manziliga yetib keladi", RU: "вызовы доходят до %s", EN: "calls to %s arrive"}
	sayCallbackOther = lang.Text{UZ: "%s: HTTP %d, bizning javobimiz emas", RU: "%s: HTTP %d, это не наш ответ", EN: "%s: HTTP %d, which is not our answer"}
	sayNoCallback    = lang.Text{UZ: "xizmatning o‘zi bu manzilda chaqiruv olmaydi: HTTP %d", RU: "сама служба не принимает там вызовов: HTTP %d", EN: "the service itself takes no calls there: HTTP %d"}
	adviseCallback   = lang.Text{
		UZ: "proksi bu yo‘lni ham uzatsin; bo‘lmasa ham to‘lovlar so‘rab turiladi, faqat sekinroq",
		RU: "пусть прокси передаёт и этот путь; без него платежи всё равно опрашиваются, только медленнее",
		EN: "let the proxy hand on this path, too; without it payments are asked about all the same, only later",
	}
)

// systemChecks are those of the payment systems in their table.
func systemChecks(systems store.Systems) []check {
	if len(systems) == 0 {
		return nil
	}
	all := []check{{"routing.systems", titleRouting, lookAtRouting}}
	for _, system := range systems {
		dealer, is := system.(store.Dealer)
		if !is {
			continue
		}
		p := dealer.Profile()
		all = append(all, check{string(p.System) + ".connection", about(titleSystem, p.Name), func(ctx context.Context, _ *round) finding { return lookAtDealer(ctx, dealer) }})
		if p.Open() && p.State != store.Failing { // without its keys it believes no call, and that is told above
			all = append(all, check{string(p.System) + ".callback", about(titleCallback, p.Name), func(ctx context.Context, r *round) finding { return lookAtCallback(ctx, r, p.System) }})
		}
	}
	return all
}

// usesBank tells whether the bank's part of the settings matters: it is filled in,
// or a kind of payment goes there.
func (r *round) usesBank() bool {
	if r.Config.Uzum.FilledIn() {
		return true
	}
	for _, system := range r.Config.Routing {
		if system == config.SystemUzum {
			return true
		}
	}
	return false
}

// lookAtRouting wants each kind of payment to go where it can be paid.
func lookAtRouting(_ context.Context, r *round) finding {
	if r.Config == nil {
		return skipped(sayNoSettings)
	}
	var good []store.System
	for _, system := range r.Systems {
		p := system.Profile()
		kinds := r.routed(p.System)
		switch {
		case len(kinds) == 0:
		case slices.Contains(kinds, store.Counter) && !p.Can.Counter && !p.Can.ByHand:
			return failed(about(sayNoTill, p.Name), adviseTill)
		case !p.Open():
			return warned(about(sayRoutedOff, p.Name, lang.Each(func(l lang.Lang) string { return named(kinds, l) })), adviseRoute)
		default:
			good = append(good, p.System)
		}
	}
	return passed(about(sayRouted, lang.Each(func(l lang.Lang) string { return r.names(good, l) })))
}

// routed are the kinds of payment that go to a system.
func (r *round) routed(system store.System) (kinds []store.Kind) {
	for _, kind := range store.Kinds() {
		if store.System(r.Config.Routing[config.Kind(kind)]) == system {
			kinds = append(kinds, kind)
		}
	}
	return kinds
}

func named(kinds []store.Kind, l lang.Lang) string {
	names := make([]string, len(kinds))
	for i, kind := range kinds {
		names[i] = store.KindWord(kind, l)
	}
	return strings.Join(names, ", ")
}

func (r *round) names(systems []store.System, l lang.Lang) string {
	names := make([]string, len(systems))
	for i, system := range systems {
		names[i] = r.Systems.Of(system).Profile().Name.In(l)
	}
	return strings.Join(names, ", ")
}

// lookAtDealer asks a payment system whether it knows the shop.
func lookAtDealer(ctx context.Context, dealer store.Dealer) finding {
	p := dealer.Profile()
	if !p.Open() {
		return skipped(saySystemOff)
	}
	if err := dealer.Test(ctx); err != nil {
		trouble := ofLedger(err)
		return failed(trouble.Says, orElse(trouble.Hint, adviseSystem))
	}
	if p.Test {
		return warned(joined(saySignsIn, sayTestMode), adviseNoTest)
	}
	return passed(saySignsIn)
}

// lookAtCallback sees whether the calls of a payment system would come through. It
// asks with a method that the path is not for, which leaves no trace: our refusal
// proves that the path leads here.
func lookAtCallback(ctx context.Context, r *round, system store.System) finding {
	u := r.publicURL()
	switch {
	case r.Listens == nil:
		return skipped(sayNoListener)
	case u == nil:
		return skipped(sayNoPublicYet)
	}
	path := "/" + string(system) + "/callback"
	base, encryption := r.here()
	own, err := r.openPage(ctx, base+path, encryption)
	if err != nil {
		return failed(unanswered(err))
	}
	if !refuses(own) {
		return failed(about(sayNoCallback, own.StatusCode), adviseJournal)
	}
	if encryption, err = r.publicTLS(); err != nil {
		return failed(about(sayBadRoot, err), adviseRoot)
	}
	address := u.String() + path
	seen, err := r.openPage(ctx, address, encryption)
	switch {
	case err != nil:
		says, advice := unanswered(err)
		return warned(about(sayPageAt, address, says), advice)
	case !refuses(seen):
		return warned(about(sayCallbackOther, address, seen.StatusCode), adviseCallback)
	}
	return passed(about(sayCallback, address))
}

// refuses tells our answer to a method that a path is not for.
func refuses(p seenPage) bool {
	return p.StatusCode == http.StatusMethodNotAllowed && strings.Contains(p.Header.Get("Allow"), http.MethodPost)
}
