package tui

import (
	"slices"
	"strconv"
	"strings"

	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/store"
	"tushum/tui/look"
)

// panelMargin is the space left and right of the takings, in cells.
const panelMargin = 2

// panel are the takings of the shown day.
func (s *todayScreen) panel(d *desk, p todayPlan) []string {
	var lines []string
	switch {
	case p.big > 0:
		lines = s.largePanel(d, p)
	case p.panel > 1:
		lines = append([]string{s.headline(d, p.width-2*panelMargin), s.figureLine(d, p.width-2*panelMargin)}, s.sources(d, p.width-2*panelMargin, p.sources)...)
	default:
		lines = []string{s.headline(d, p.width-2*panelMargin)}
	}
	indent := strings.Repeat(" ", panelMargin)
	for i, line := range lines {
		lines[i] = indent + line
	}
	for len(lines) < p.panel {
		lines = append(lines, "")
	}
	return lines[:p.panel]
}

// largePanel has the sum in large letters, and where there is room the hours
// beside it.
func (s *todayScreen) largePanel(d *desk, p todayPlan) []string {
	w := p.width - 2*panelMargin
	lines := []string{s.heading(d, w)}
	if p.air > 0 {
		lines = append(lines, "")
	}
	if p.width < barsWidth {
		lines = append(append(lines, s.large(d, w, p.big)...), s.figures(d, w)...)
	} else {
		lines = append(lines, s.besideBars(d, w, p)...)
	}
	if p.air > 1 {
		lines = append(lines, "")
	}
	return append(lines, s.sources(d, w, p.sources)...)
}

// besideBars are the sum and what is counted, with the hours to the right, and
// under both the other figures.
func (s *todayScreen) besideBars(d *desk, w int, p todayPlan) []string {
	right := dayHours * barStep(p.width)
	left := w - right - 3
	bars := s.hourBars(d, right, p.big+1)
	figures := s.figures(d, w)
	if s.read(d) {
		figures = []string{s.joined(d, s.countParts(d), left), s.joined(d, slices.Concat(s.moneyParts(d), s.reversedPart(d), s.systemParts(d)), w)}
	}
	lines := append(s.large(d, left, p.big), figures[0])
	for i := range bars {
		lines[i] = look.Fit(lines[i], left) + "   " + bars[i]
	}
	return append(lines, figures[1])
}

// barStep is how many cells an hour takes in a window.
func barStep(w int) int {
	switch {
	case w >= 150:
		return 3
	case w >= 100:
		return 2
	}
	return 1
}

// heading says what the sum is, of which day, and what waits.
func (s *todayScreen) heading(d *desk, w int) string {
	day := s.shownDay(d)
	left := d.theme.Title.Paint(d.say(takingsTitle)) + " " + d.theme.Faint.Paint(d.theme.Signs.Dot+" "+dayLong(d, day))
	right := ""
	if w+2*panelMargin >= barsWidth { // else it stands with the figures
		right = s.waitingMark(d)
	}
	if look.Width(left)+look.Width(right)+2 > w {
		left = d.theme.Title.Paint(d.say(takingsTitle)) + " " + d.theme.Faint.Paint(d.theme.Signs.Dot+" "+dayShort(d, day))
	}
	gap := w - look.Width(left) - look.Width(right)
	if gap < 1 {
		return look.Cut(left, w)
	}
	return left + strings.Repeat(" ", gap) + right
}

// waitingMark says how many are paying now; empty when nobody is.
func (s *todayScreen) waitingMark(d *desk) string {
	if s.takings.day != d.today() {
		return ""
	}
	n := s.takings.beingPaid(d.now())
	if n == 0 {
		return ""
	}
	return d.theme.Warn.Paint(d.theme.Signs.Paying + " " + payingCount.say(d, n))
}

// read tells whether there are figures of the shown day.
func (s *todayScreen) read(d *desk) bool {
	return s.takings.day == s.shownDay(d) && s.takings.err == nil
}

// taken is what the day has brought, less what was taken back.
func (s *todayScreen) taken() money.Amount {
	sum := s.takings.total()
	return sum.Amount - sum.ReversedAmount
}

// large is the sum in the largest letters there is room for.
func (s *todayScreen) large(d *desk, w, h int) []string {
	text := "—"
	if s.read(d) {
		text = s.taken().Number()
	}
	draw := look.Big
	if d.theme.ASCII {
		draw = look.BigASCII
	}
	lines := draw(text, w, h)
	if len(lines) == 0 {
		lines = []string{look.Cut(text, w)}
	}
	block := make([]string, h)
	top := (h - len(lines)) / 2
	for i, line := range lines {
		block[top+i] = d.theme.Strong.Paint(line)
	}
	return block
}

// headline is the sum in a line of text, with the day and what waits.
func (s *todayScreen) headline(d *desk, w int) string {
	sum := "—"
	if s.read(d) {
		sum = d.sum(s.taken())
	}
	parts := []string{d.theme.Strong.Paint(sum)}
	if s.filter.day != 0 {
		parts = append(parts, d.theme.Faint.Paint(dayShort(d, s.filter.day)))
	}
	if s.read(d) {
		parts = append(parts, paymentCount.say(d, int(s.takings.total().Count)))
	}
	if mark := s.waitingMark(d); mark != "" {
		parts = append(parts, mark)
	}
	return joinFitting(parts, "  ", w)
}

// figures are the small ones, each kind on its line.
func (s *todayScreen) figures(d *desk, w int) []string {
	switch {
	case s.read(d):
		last := append(s.reversedPart(d), s.systemParts(d)...)
		if mark := s.waitingMark(d); mark != "" {
			last = append(last, mark)
		}
		return []string{s.joined(d, s.countParts(d), w), s.joined(d, s.moneyParts(d), w), joinFitting(last, "  ", w)}
	case s.takings.err != nil:
		return []string{d.theme.Bad.Paint(look.Cut(d.theme.Signs.Failed+" "+d.say(figuresFailed), w)), "", ""}
	}
	return []string{d.theme.Faint.Paint(look.Cut(d.say(figuresLoading), w)), "", ""}
}

func (s *todayScreen) joined(d *desk, parts []string, w int) string {
	return joinFitting(parts, d.theme.Faint.Paint(" "+d.theme.Signs.Dot+" "), w)
}

// figureLine is as much of the small figures as goes into one line.
func (s *todayScreen) figureLine(d *desk, w int) string {
	if !s.read(d) {
		return s.figures(d, w)[0]
	}
	return s.joined(d, slices.Concat(s.moneyParts(d), s.reversedPart(d), s.countParts(d)[1:]), w)
}

func (s *todayScreen) countParts(d *desk) []string {
	sum := s.takings.total()
	parts := []string{paymentCount.say(d, int(sum.Count))}
	if sum.Count > 0 {
		parts = append(parts, s.labelled(d, figureAverage, average(sum)))
	}
	return parts
}

// reversedPart says what was taken back; there is none where nothing was.
func (s *todayScreen) reversedPart(d *desk) (parts []string) {
	if sum := s.takings.total(); sum.ReversedCount > 0 {
		back := d.fill(figureReversed, "{n}", strconv.Itoa(int(sum.ReversedCount)), "{sum}", (-sum.ReversedAmount).Number())
		parts = append(parts, d.theme.Bad.Paint(d.theme.Signs.Reversed+" "+back))
	}
	return parts
}

// systemParts are the takings by payment system, where more than one took money.
func (s *todayScreen) systemParts(d *desk) (parts []string) {
	all := s.takings.bySystem()
	if len(all) < 2 {
		return nil
	}
	for _, sum := range all {
		parts = append(parts, d.theme.Faint.Paint(d.systemName(sum.System))+" "+(sum.Amount-sum.ReversedAmount).Number())
	}
	return parts
}

func (s *todayScreen) moneyParts(d *desk) []string {
	sum := s.takings.total()
	return []string{s.labelled(d, figureFees, sum.Fee-sum.ReversedFee), s.labelled(d, figureNet, sum.Net())}
}

func (s *todayScreen) labelled(d *desk, label lang.Text, a money.Amount) string {
	return d.theme.Faint.Paint(d.say(label)) + " " + a.Number()
}

// average is what one payment was, rounded half up to a so‘m.
func average(sum store.Total) money.Amount {
	n := money.Amount(sum.Count) * money.Som
	mean := sum.Amount / n
	if sum.Amount%n >= n-sum.Amount%n {
		mean++
	}
	return mean * money.Som
}

// joinFitting joins parts, leaving out those at the end that don't fit.
func joinFitting(parts []string, gap string, w int) string {
	line := ""
	for i, part := range parts {
		if i == 0 {
			line = look.Cut(part, w)
			continue
		}
		if look.Width(line)+look.Width(gap)+look.Width(part) > w {
			continue
		}
		line += gap + part
	}
	return line
}

// hourBars is a bar for each hour of the day, h lines, the last one with hours.
func (s *todayScreen) hourBars(d *desk, w, h int) []string {
	var hours [dayHours]int64
	now := -1
	if s.read(d) {
		hours = s.takings.hours
		if s.takings.day == d.today() {
			now = s.takings.hourOf(d.now())
		}
	}
	lines := look.Bars(hours[:], w, h-1, d.theme, now)
	step := look.BarStep(dayHours, w)
	starts := d.rules().Calendar.DayStarts
	every := 6
	if step > 1 {
		every = 3
	}
	var labels strings.Builder
	for i := 0; i < dayHours; i += every {
		hour := (int(starts.Hours()) + i) % 24
		label := look.Fit(twoDigits(hour), step*every)
		if now >= i && now < i+every {
			labels.WriteString(d.theme.Text.Paint(label))
			continue
		}
		labels.WriteString(d.theme.Faint.Paint(label))
	}
	return append(lines, look.Fit(labels.String(), w))
}

func twoDigits(n int) string { return string([]byte{'0' + byte(n/10%10), '0' + byte(n%10)}) }

var (
	takingsTitle   = lang.Text{UZ: "Tushum, so‘m", RU: "Выручка, сум", EN: "Takings, UZS"}
	figureAverage  = lang.Text{UZ: "o‘rtacha", RU: "в среднем", EN: "average"}
	figureFees     = lang.Text{UZ: "komissiya", RU: "комиссия", EN: "fees"}
	figureNet      = lang.Text{UZ: "qo‘lga", RU: "на руки", EN: "net"}
	figureReversed = lang.Text{UZ: "{n} ta qaytarildi {sum}", RU: "возвращено {n}: {sum}", EN: "{n} taken back {sum}"}
	figuresLoading = lang.Text{UZ: "o‘qilmoqda…", RU: "читаю…", EN: "reading…"}
	figuresFailed  = lang.Text{UZ: "kun yakunini o‘qib bo‘lmadi", RU: "итоги дня не читаются", EN: "the day's figures can't be read"}

	paymentCount = counted{
		one:  lang.Text{UZ: "{n} ta to‘lov", RU: "{n} платёж", EN: "{n} payment"},
		few:  lang.Text{RU: "{n} платежа"},
		many: lang.Text{UZ: "{n} ta to‘lov", RU: "{n} платежей", EN: "{n} payments"},
	}
	payingCount = counted{
		one:  lang.Text{UZ: "{n} ta to‘lanmoqda", RU: "{n} оплачивается", EN: "{n} being paid"},
		few:  lang.Text{RU: "{n} оплачиваются"},
		many: lang.Text{UZ: "{n} ta to‘lanmoqda", RU: "{n} оплачиваются", EN: "{n} being paid"},
	}
)
