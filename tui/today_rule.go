package tui

import (
	"strconv"
	"strings"

	"tushum/internal/lang"
	"tushum/store"
	"tushum/tui/keys"
	"tushum/tui/look"
)

// filtered is what is listed, in words.
func (s *todayScreen) filtered(d *desk) string {
	var parts []string
	if s.filter.day != 0 {
		parts = append(parts, dayLong(d, s.filter.day))
	}
	if s.filter.status != 0 {
		parts = append(parts, d.say(statusNames[s.filter.status]))
	}
	if s.filter.source != "" {
		parts = append(parts, d.sourceName(s.filter.source))
	}
	if s.filter.words != "" {
		parts = append(parts, `"`+look.Cut(look.Foreign(s.filter.words), 24)+`"`)
	}
	return strings.Join(parts, " "+d.theme.Signs.Dot+" ")
}

// found is how many the filter has let through so far.
func (s *todayScreen) found(d *desk) string {
	n, all := s.list.Count()
	switch {
	case all:
		return d.fill(foundAll, "{n}", strconv.Itoa(n))
	case n == 0 || s.list.Searching():
		return d.fill(foundSearching, "{n}", strconv.Itoa(n))
	}
	return d.fill(foundMore, "{n}", strconv.Itoa(n))
}

// ruleLine parts the takings from the list. What is filtered, and how many came
// while somebody reads, stand in it, so that neither moves a row.
func (s *todayScreen) ruleLine(d *desk, w int) string {
	rule := d.theme.Signs.Rule
	right := ""
	if n := s.list.Waiting(); n > 0 {
		right = d.theme.Fresh.Paint(waitingCount.say(d, n)+" "+d.theme.Signs.Up) + " " + keyHint(d, keys.Newest) + " "
	}
	if mark := s.undecidedMark(d); mark != "" && look.Width(right)+look.Width(mark)+8 <= w {
		right = mark + " " + right
	}
	left := ""
	if s.filter.set() {
		left = d.theme.Accent.Paint(s.filtered(d)) + " " + d.theme.Rule.Paint(rule) + " " + d.theme.Faint.Paint(s.found(d)) + " "
	}
	if s.filter.set() || s.list.Reading() {
		say := d.say(escAll)
		if s.list.Reading() {
			say = d.say(escNewest)
		}
		hint := d.theme.Key.Paint("Esc") + " " + d.theme.Faint.Paint(say) + " "
		if look.Width(left)+look.Width(hint)+look.Width(right)+8 <= w {
			left += d.theme.Rule.Paint(rule) + " " + hint
			left = strings.TrimPrefix(left, d.theme.Rule.Paint(rule)+" ")
		}
	}
	if left != "" {
		left = " " + look.Cut(left, w-look.Width(right)-4)
	}
	if right != "" {
		right = " " + right
	}
	fill := w - look.Width(left) - look.Width(right) - 2
	return look.Fit(d.theme.Rule.Paint(rule)+left+d.theme.Rule.Paint(strings.Repeat(rule, max(0, fill)))+right+d.theme.Rule.Paint(rule), w)
}

// keyHint is the key of an action.
func keyHint(d *desk, a keys.Action) string {
	b, _ := keys.Of(a)
	return d.theme.Key.Paint(b.Shown())
}

// counted is a number of things. Uzbek has one form, English two, Russian three.
type counted struct {
	one, few, many lang.Text // {n} is the number
}

func (c counted) say(d *desk, n int) string {
	form := c.many
	switch {
	case d.Lang != lang.RU && n == 1, d.Lang == lang.RU && n%10 == 1 && n%100 != 11:
		form = c.one
	case d.Lang == lang.RU && n%10 >= 2 && n%10 <= 4 && (n%100 < 12 || n%100 > 14):
		form = c.few
	}
	return d.fill(form, "{n}", strconv.Itoa(n))
}

var (
	foundAll       = lang.Text{UZ: "{n} ta", RU: "найдено {n}", EN: "{n} found"}
	foundMore      = lang.Text{UZ: "{n} tadan ko‘p", RU: "больше {n}", EN: "more than {n}"}
	foundSearching = lang.Text{UZ: "{n} ta, qidirilmoqda…", RU: "найдено {n}, идёт поиск…", EN: "{n} so far, searching…"}
	escAll         = lang.Text{UZ: "hammasi", RU: "все", EN: "shows all"}
	escNewest      = lang.Text{UZ: "eng yangisiga", RU: "к новым", EN: "back to the newest"}

	waitingCount = counted{
		one:  lang.Text{UZ: "{n} ta yangi", RU: "{n} новый", EN: "{n} new"},
		few:  lang.Text{RU: "{n} новых"},
		many: lang.Text{UZ: "{n} ta yangi", RU: "{n} новых", EN: "{n} new"},
	}

	statusNames = map[store.TransactionStatus]lang.Text{
		store.Confirmed: {UZ: "to‘langan", RU: "оплаченные", EN: "paid"},
		store.Created:   {UZ: "to‘lanmoqda", RU: "оплачиваются", EN: "being paid"},
		store.FailedTx:  {UZ: "o‘tmagan", RU: "не прошли", EN: "failed"},
		store.Reversed:  {UZ: "qaytarilgan", RU: "возвращённые", EN: "taken back"},
	}
)
