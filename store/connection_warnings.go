package store

import (
	"strconv"
	"time"

	"tushum/internal/lang"
)

// Watch is when somebody is to be told that the bank does not call.
type Watch struct {
	Hours
	SilentAfter time.Duration // of opening hours without a call; zero: never
}

// mostAside is how far the clocks may be apart: less is a slow network, and does
// no harm.
const mostAside = time.Minute

// mostSilent is how far back silence is measured: every day of it costs a look
// at the calendar, and a clock that was wrong once may have left a call of 1970.
const mostSilent = 366 * 24 * time.Hour

// Warnings are what the calls of a payment system give reason for. Of one that
// takes no payments there are none.
func Warnings(c Connection, t Traffic, w Watch, now Instant) []Warning {
	if !c.Open() || c.System == Manual {
		return nil
	}
	var all []Warning
	if t.refused.last(now) {
		all = append(all, w.aboutFailures(CallsRefused, t.refused))
	}
	if t.strayed.last(now) {
		all = append(all, w.aboutFailures(WrongServiceID, t.strayed))
	}
	if t.failed.last(now) && len(all) == 0 {
		all = append(all, w.aboutFailures(CallsFailing, t.failed))
	}
	if silence, told := w.silence(t, now); told && len(all) == 0 { // refused calls are no silence
		all = append(all, silence)
	}
	if aside, known := t.clock.aside(now); known && aside.Abs() > mostAside {
		all = append(all, aboutClock(aside))
	}
	for i := range all {
		all[i].Says = all[i].Says.FillEach("{system}", c.Name)
	}
	return all
}

// silence tells of a bank of which no good call comes any more; one that never has may
// still be getting ready.
func (w Watch) silence(t Traffic, now Instant) (silence Warning, told bool) {
	if w.SilentAfter <= 0 || !t.Knows() {
		return silence, false
	}
	silent := w.Between(max(t.known, now.Add(-mostSilent)), now)
	if silent < w.SilentAfter {
		return silence, false
	}
	n, unit := inHours(silent)
	says := measured(saySilent, n, unit).Fill("{since}", w.show(t.known))
	return Warning{Code: BankSilent, Since: t.known, Says: says, Hint: hintSilent}, true
}

func (w Watch) aboutFailures(code WarningCode, f failures) Warning {
	m := failureMessages[code]
	return Warning{
		Code: code, Since: f.since, Hint: m.hint,
		Says: m.says.Fill("{count}", strconv.Itoa(f.count), "{since}", w.show(f.since)),
	}
}

// show is dd.mm.yyyy hh:mm by the shop's clock.
func (w Watch) show(i Instant) string {
	return Calendar{Location: w.Location}.in(i).Format("02.01.2006 15:04")
}

func aboutClock(aside time.Duration) Warning {
	says := sayClockBehind
	if aside < 0 {
		says = sayClockAhead
	}
	n, unit := rounded(aside.Abs())
	return Warning{Code: ClockAside, Hint: hintClock, Says: measured(says, n, unit)}
}

// rounded is a duration in the largest unit of which there are two or more.
func rounded(d time.Duration) (n int64, unit lang.Text) {
	const day = 24 * time.Hour
	switch {
	case d >= 2*day:
		return int64(d / day), unitDay
	case d >= 2*time.Minute:
		return inHours(d)
	}
	return int64(d / time.Second), unitSecond
}

// inHours is a duration in hours, or in minutes where that says more.
func inHours(d time.Duration) (n int64, unit lang.Text) {
	if d < 2*time.Hour {
		return int64(d / time.Minute), unitMinute
	}
	return int64(d / time.Hour), unitHour
}

// measured puts a duration into a sentence in every language.
func measured(t lang.Text, n int64, unit lang.Text) lang.Text {
	return t.Fill("{n}", strconv.FormatInt(n, 10)).FillEach("{unit}", unit)
}
