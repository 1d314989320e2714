package doctor

import (
	"context"
	"net/netip"
	"slices"
	"time"

	"tushum/internal/lang"
	"tushum/store"
)

// How far the clocks may be apart. The bank calls a confirm late after 30
// minutes, and a day is closed by this clock.
const (
	driftWarns = time.Minute
	driftFails = 5 * time.Minute
)

// driftLines is how many lines of the wire journal are looked at.
const driftLines = 1000

var (
	titleDrift = lang.Text{UZ: "Soat", RU: "Часы", EN: "Clock"}

	sayNoCalls  = lang.Text{UZ: "bankdan so‘rovlar hali kam: solishtiradigan vaqt yo‘q", RU: "запросов от банка пока мало: сравнить время не с чем", EN: "the bank has called too little yet: there is no time to compare with"}
	sayInStep   = lang.Text{UZ: "%s soati bilan farqi %s", RU: "расходится с часами %s на %s", EN: "it differs from that of %s by %s"}
	sayAhead    = lang.Text{UZ: "bu kompyuter soati %s soatidan %s oldinda", RU: "часы этого компьютера спешат против часов %s на %s", EN: "this machine's clock is ahead of that of %s by %s"}
	sayBehind   = lang.Text{UZ: "bu kompyuter soati %s soatidan %s orqada", RU: "часы этого компьютера отстают от часов %s на %s", EN: "this machine's clock is behind that of %s by %s"}
	sayNoStore  = lang.Text{UZ: "baza ochiq emas", RU: "база не открыта", EN: "the store is not open"}
	sayNoLines  = lang.Text{UZ: "bank so‘rovlari jurnali o‘qilmadi: %s", RU: "журнал запросов банка не читается: %s", EN: "the journal of the bank's calls can't be read: %s"}
	adviseClock = lang.Text{
		UZ: "bank vaqti to‘g‘ri hisoblanadi: vaqtni tarmoqdan olishni yoqing (Linux: timedatectl set-ntp true; Windows va macOS: vaqtni avtomatik sozlash)",
		RU: "верным считается время банка: включите время из сети (Linux: timedatectl set-ntp true; Windows и macOS: автоматическая установка времени)",
		EN: "the bank's clock counts: turn on network time (Linux: timedatectl set-ntp true; Windows and macOS: set the time automatically)",
	}
	adviseVerify = lang.Text{UZ: "tushum verify ni ishga tushiring", RU: "запустите tushum verify", EN: "run tushum verify"}
)

// lookAtDrift holds this machine's clock against the times that payment systems write
// into their calls, and tells of the one that is the furthest away.
func lookAtDrift(ctx context.Context, r *round) finding {
	if r.Ledger == nil {
		return skipped(sayNoStore)
	}
	var furthest time.Duration
	var whose lang.Text // empty: nobody's time is known
	for _, system := range r.Systems {
		p := system.Profile()
		if !p.Can.Calls {
			continue
		}
		ahead, known, err := r.clockOf(ctx, p.System)
		if err != nil {
			return failed(about(sayNoLines, ofLedger(err).Says), adviseVerify)
		}
		if known && (whose == lang.Text{} || ahead.Abs() > furthest.Abs()) {
			furthest, whose = ahead, p.Name
		}
	}
	if whose == (lang.Text{}) {
		return skipped(sayNoCalls)
	}
	return judgeDrift(-furthest, whose)
}

// clockOf is how far the clock of a payment system is ahead of this machine's. A body is
// only read of who has the password.
func (r *round) clockOf(ctx context.Context, system store.System) (ahead time.Duration, known bool, err error) {
	var newest []store.Call
	answered := 0
	for c, err := range r.Ledger.FindCalls(ctx, store.CallQuery{Limit: driftLines}) {
		if err != nil {
			return 0, false, err
		}
		if c.System != system || isOwnCall(c) {
			continue
		}
		newest = append(newest, c)
		if store.Answered(c) {
			answered++
		}
		if answered == store.MostAnswered {
			break
		}
	}
	var traffic store.Traffic
	for _, c := range slices.Backward(newest) {
		traffic.Add(c)
	}
	ahead, known = traffic.ClockOffset()
	return ahead, known, nil
}

// isOwnCall tells of a call of this machine's own, as the bank simulator makes
// them: it carries our own time.
func isOwnCall(c store.Call) bool {
	from, err := netip.ParseAddr(c.Address)
	return err == nil && from.Unmap().IsLoopback()
}

// judgeDrift is about how far this machine's clock is ahead of somebody's.
func judgeDrift(d time.Duration, whose lang.Text) finding {
	says := sayAhead
	if d < 0 {
		says = sayBehind
	}
	size := spanText(d.Abs())
	switch {
	case d.Abs() > driftFails:
		return failed(about(says, whose, size), adviseClock)
	case d.Abs() > driftWarns:
		return warned(about(says, whose, size), adviseClock)
	}
	return passed(about(sayInStep, whose, size))
}
