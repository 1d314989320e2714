package doctor

import (
	"context"
	"encoding/json"
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

// How much of the wire journal is looked at: calls that say the bank's time, and
// lines until that many are found.
const (
	driftCalls = 20
	driftLines = 1000
)

var (
	titleDrift = lang.Text{UZ: "Soat", RU: "Часы", EN: "Clock"}

	sayNoCalls  = lang.Text{UZ: "bank hali chaqirmagan: solishtiradigan vaqt yo‘q", RU: "банк ещё не вызывал: сравнить время не с чем", EN: "the bank has not called yet: there is no time to compare with"}
	sayInStep   = lang.Text{UZ: "bank soati bilan farqi %s (chaqiruvlar: %d)", RU: "расходится с часами банка на %s (вызовов: %d)", EN: "it differs from the bank's by %s (%d calls)"}
	sayAhead    = lang.Text{UZ: "bu kompyuter soati bank soatidan %s oldinda (chaqiruvlar: %d)", RU: "часы этого компьютера спешат на %s против часов банка (вызовов: %d)", EN: "this machine's clock is %s ahead of the bank's (%d calls)"}
	sayBehind   = lang.Text{UZ: "bu kompyuter soati bank soatidan %s orqada (chaqiruvlar: %d)", RU: "часы этого компьютера отстают на %s от часов банка (вызовов: %d)", EN: "this machine's clock is %s behind the bank's (%d calls)"}
	sayNoStore  = lang.Text{UZ: "ma’lumotlar ombori ochiq emas", RU: "хранилище не открыто", EN: "the store is not open"}
	sayNoLines  = lang.Text{UZ: "bank chaqiruvlari jurnali o‘qilmadi: %s", RU: "журнал вызовов банка не читается: %s", EN: "the journal of the bank's calls can't be read: %s"}
	adviseClock = lang.Text{
		UZ: "bank vaqti to‘g‘ri hisoblanadi: vaqtni tarmoqdan olishni yoqing (Linux: timedatectl set-ntp true; Windows va macOS: vaqtni avtomatik sozlash)",
		RU: "верным считается время банка: включите время из сети (Linux: timedatectl set-ntp true; Windows и macOS: автоматическая установка времени)",
		EN: "the bank's clock counts: turn on network time (Linux: timedatectl set-ntp true; Windows and macOS: set the time automatically)",
	}
	adviseVerify = lang.Text{UZ: "tushum verify ni ishga tushiring", RU: "запустите tushum verify", EN: "run tushum verify"}
)

// lookAtDrift holds this machine's clock against the times that the bank has
// written into its calls. A body is only read of who has the password.
func lookAtDrift(ctx context.Context, r *round) finding {
	if r.Ledger == nil {
		return skipped(sayNoStore)
	}
	var apart []time.Duration
	lines := 0
	for c, err := range r.Ledger.FindCalls(ctx, store.CallQuery{}) {
		if err != nil {
			return failed(about(sayNoLines, ofLedger(err).Says), adviseVerify)
		}
		if d, told := drift(c); told {
			apart = append(apart, d)
		}
		if lines++; len(apart) == driftCalls || lines == driftLines {
			break
		}
	}
	if len(apart) == 0 {
		return skipped(sayNoCalls)
	}
	slices.Sort(apart)
	return judgeDrift(apart[len(apart)/2], len(apart))
}

// drift is how far this machine was ahead of the bank when a call came.
func drift(c store.Call) (d time.Duration, told bool) {
	var body struct {
		Timestamp int64 `json:"timestamp"` // Unix milliseconds
	}
	own := c.Number == unusedNumber() // a call of the doctor's
	if own || len(c.Request) == 0 || json.Unmarshal(c.Request, &body) != nil || body.Timestamp <= 0 {
		return 0, false
	}
	return c.At.Time().Sub(time.UnixMilli(body.Timestamp)), true
}

func judgeDrift(d time.Duration, calls int) finding {
	says := sayAhead
	if d < 0 {
		says = sayBehind
	}
	size := spanText(d.Abs())
	switch {
	case d.Abs() > driftFails:
		return failed(about(says, size, calls), adviseClock)
	case d.Abs() > driftWarns:
		return warned(about(says, size, calls), adviseClock)
	}
	return passed(about(sayInStep, size, calls))
}
