package tui

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"tushum/internal/lang"
	"tushum/store"
	"tushum/tui/look"
)

// moment is one thing that happened to a payment: a call of the bank, or what
// staff or the clock did.
type moment struct {
	at   store.Instant
	call *callRow // nil for what was no call

	// For what was no call.
	sign  string
	style look.Style
	says  string
	note  string // why, as somebody typed it
}

// moments are all that happened, oldest first.
func (s *transactionScreen) moments(d *desk) []moment {
	var all []moment
	for i := range s.calls {
		all = append(all, moment{at: s.calls[i].At, call: &s.calls[i]})
	}
	t, signs := s.tx, d.theme.Signs
	switch can := d.profile(t.System).Can; {
	case can.ByHand && t.ConfirmedAt != 0:
		all = append(all, moment{at: t.ConfirmedAt, sign: signs.Paid, style: d.theme.Good, says: d.say(byHandSays), note: s.invoice.Reason})
	case can.Deals:
		all = append(all, s.dealMoments(d)...)
	}
	if s.status(d) == store.FailedTx {
		all = append(all, moment{at: s.failedAt(d), sign: signs.Failed, style: d.theme.Bad, says: s.reason(d)})
	}
	if r := t.Refund; r.AskedAt != 0 {
		all = append(all, moment{at: r.AskedAt, sign: signs.Waiting, style: d.theme.Warn, says: d.fill(askedSays, "{by}", look.Foreign(r.By)), note: r.Reason})
	}
	if r := t.Refund; r.ClosedAt != 0 {
		says := withdrawnSays
		if r.Outcome == store.Refused {
			says = refusedSays
		}
		all = append(all, moment{at: r.ClosedAt, sign: signs.Cancelled, style: d.theme.Warn, says: d.say(says), note: r.Note})
	}
	if done := t.Settlement; done.At != 0 {
		all = append(all, moment{at: done.At, sign: signs.Paid, style: d.theme.Good, says: d.fill(settledSays, "{by}", look.Foreign(done.By)), note: done.Note})
	}
	slices.SortStableFunc(all, func(a, b moment) int { return cmp.Compare(a.at, b.at) })
	return all
}

// dealMoments are what the payment system said of a deal's money: it makes no calls
// that would tell.
func (s *transactionScreen) dealMoments(d *desk) (all []moment) {
	if t := s.tx; t.ConfirmedAt != 0 {
		all = append(all, moment{at: t.ConfirmedAt, sign: d.theme.Signs.Paid, style: d.theme.Good, says: d.fillSystem(moneySays, t.System)})
	}
	if t := s.tx; t.ReversedAt != 0 {
		all = append(all, moment{at: t.ReversedAt, sign: d.theme.Signs.Reversed, style: d.theme.Bad, says: d.fillSystem(moneyBackSays, t.System)})
	}
	return all
}

// timeline is drawn w cells wide.
func (s *transactionScreen) timeline(d *desk, w int) []string {
	lines := []string{d.theme.Title.Paint(look.Cut(d.say(timelineTitle), w))}
	all := s.moments(d)
	switch {
	case !s.read && s.err == nil:
		return append(lines, d.theme.Faint.Paint(look.Cut(d.say(callsBeingRead), w)))
	case len(all) == 0:
		return append(lines, d.painted(d.theme.Faint, d.say(noCalls), w)...)
	}
	columns := timelineColumns(w)
	_, _, since := s.state(d)
	day := "" // the line of the state names the day; others are named here
	if first := d.day(all[0].at); first == d.day(since) && first == d.day(all[len(all)-1].at) {
		day = first
	}
	for i, m := range all {
		if now := d.day(m.at); now != day {
			day = now
			lines = append(lines, d.theme.Faint.Paint(look.Cut(day, w)))
		}
		gap := ""
		if i > 0 {
			gap = d.since(m.at - all[i-1].at)
		}
		lines = append(lines, d.momentLines(m, gap, columns, w)...)
	}
	return lines
}

func (d *desk) day(i store.Instant) string { return d.local(i).Format("02.01.2006") }

// The columns of the timeline.
const (
	lineTime = iota
	lineWhat
	lineAnswer
	lineTook
	lineGap
)

func timelineColumns(w int) look.Columns {
	return look.LayOut([]look.Column{
		lineTime:   {Min: 8, Keep: 9},
		lineWhat:   {Min: 9, Max: 42, Grow: 1, Keep: 10},
		lineAnswer: {Min: 5, Keep: 8},
		lineTook:   {Min: 7, Right: true, Keep: 7},
		lineGap:    {Min: 12, Right: true, Keep: 6},
	}, w)
}

// momentLines are one thing that happened, and below it why.
func (d *desk) momentLines(m moment, gap string, columns look.Columns, w int) []string {
	clock := d.local(m.at).Format("15:04:05")
	const indent = 10 // the time and the gap after it
	below := func(style look.Style, text string) (lines []string) {
		if w <= indent {
			return nil
		}
		for _, line := range d.painted(style, text, w-indent) {
			lines = append(lines, strings.Repeat(" ", indent)+line)
		}
		return lines
	}
	if m.call == nil {
		lines := below(m.style, m.sign+" "+m.says)
		if len(lines) > 0 {
			lines[0] = d.theme.Faint.Paint(look.Fit(clock, indent)) + strings.TrimPrefix(lines[0], strings.Repeat(" ", indent))
		}
		return append(lines, below(d.theme.Faint, look.Foreign(m.note))...)
	}
	sign, style := d.callSign(*m.call)
	what := style.Paint(sign + " " + look.Foreign(m.call.Webhook))
	if columns.WidthOf(lineWhat) >= 30 && !turnedAway(m.call.Call) {
		what += d.theme.Faint.Paint("  " + d.callDoes(m.call.Call))
	}
	answer := m.call.Code
	if answer == "" {
		answer = strconv.Itoa(m.call.HTTPStatus)
	}
	lines := []string{columns.Row([]string{
		lineTime: d.theme.Faint.Paint(clock), lineWhat: what, lineAnswer: style.Paint(look.Foreign(answer)),
		lineTook: d.theme.Faint.Paint(d.took(m.call.Took)), lineGap: d.theme.Faint.Paint(gap),
	})}
	says, hint := d.refusal(*m.call)
	lines = append(lines, below(d.theme.Bad, says)...)
	return append(lines, below(d.theme.Hint, hint)...)
}

// since is how much time lies between two things that happened, in its two
// largest units.
func (d *desk) since(ms store.Instant) string {
	passed := time.Duration(ms) * time.Millisecond
	unit := func(n time.Duration, name lang.Text) string {
		return strconv.FormatInt(int64(n), 10) + " " + d.say(name)
	}
	const day = 24 * time.Hour
	switch {
	case passed <= 0:
		return ""
	case passed < time.Second:
		return "+" + unit(passed/time.Millisecond, unitMillisecond)
	case passed < time.Minute:
		return "+" + unit(passed/time.Second, unitSecond)
	case passed < time.Hour:
		return "+" + unit(passed/time.Minute, unitMinute) + " " + unit(passed%time.Minute/time.Second, unitSecond)
	case passed < day:
		return "+" + unit(passed/time.Hour, unitHour) + " " + unit(passed%time.Hour/time.Minute, unitMinute)
	}
	return "+" + unit(passed/day, unitDay) + " " + unit(passed%day/time.Hour, unitHour)
}

var (
	timelineTitle = lang.Text{UZ: "nimalar bo‘ldi", RU: "что происходило", EN: "what happened"}
	byHandSays    = lang.Text{UZ: "qo‘lda qabul qilindi", RU: "принят вручную", EN: "taken by hand"}
	askedSays     = lang.Text{UZ: "qaytarish so‘raldi: {by}", RU: "запрошен возврат: {by}", EN: "refund requested by {by}"}
	moneySays     = lang.Text{UZ: "{system}: pul keldi", RU: "{system}: деньги пришли", EN: "{system}: the money has come"}
	moneyBackSays = lang.Text{UZ: "{system}: pul qaytib ketdi", RU: "{system}: деньги ушли обратно", EN: "{system}: the money went back"}
	settledSays   = lang.Text{UZ: "hal qilindi: {by}", RU: "решено: {by}", EN: "decided by {by}"}
	withdrawnSays = lang.Text{UZ: "qaytarish so‘rovi qaytarib olindi", RU: "запрос на возврат отозван", EN: "refund request withdrawn"}
	refusedSays   = lang.Text{UZ: "bank qaytarishni rad etdi", RU: "банк отказал в возврате", EN: "the bank refused the refund"}

	unitSecond = lang.Text{UZ: "s", RU: "с", EN: "s"}
	unitMinute = lang.Text{UZ: "daq", RU: "мин", EN: "min"}
	unitHour   = lang.Text{UZ: "soat", RU: "ч", EN: "h"}
	unitDay    = lang.Text{UZ: "kun", RU: "д", EN: "d"}
)
