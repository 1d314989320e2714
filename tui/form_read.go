package tui

import (
	"strconv"
	"strings"

	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/store"
)

// mistake is what is wrong with what was typed into a field.
type mistake struct {
	text string
	yet  bool // it may come right as somebody goes on typing
}

// reader reads what was typed, and gathers the mistakes.
type reader struct {
	*formScreen
	d     *desk
	rules store.Rules
	wrong map[spot]mistake
}

// The ledger's bounds on texts, in bytes, and on the count of a thing.
const (
	maxNameBytes = 400
	maxNoteBytes = 4000
	maxQuantity  = 1_000_000
)

// draft is the invoice that was typed, and what is wrong with it. What is still
// missing is a mistake only after Enter.
func (f *formScreen) draft(d *desk) (store.Draft, map[spot]mistake) {
	r := reader{f, d, d.rules(), make(map[spot]mistake)}
	draft := store.Draft{
		Kind: f.chosenKind(d), By: d.Seat,
		Customer: store.Customer{Name: r.name(inCustomer, maxNameBytes), Phone: r.phone()}, Specialist: r.name(inSpecialist, maxNameBytes),
		Note: r.name(inNote, maxNoteBytes), AppointmentAt: r.when(),
	}
	r.kind(draft.Kind)
	if after := expiries[f.expiry].after; after > 0 {
		draft.ExpiresAt = d.now().Add(after)
	}
	if draft.Kind == store.Counter {
		draft.MinAmount, draft.MaxAmount = r.bounds()
		return draft, r.wrong
	}
	lines, sum := r.readLines()
	draft.Lines = lines
	draft.Discount, draft.Prepaid = r.takenOff()
	draft.Amount = r.amount(sum, draft)
	return draft, r.wrong
}

func (r reader) say(s spot, text string, yet bool) { r.wrong[s] = mistake{text, yet} }

// kind looks whether invoices of a kind can be made now.
func (r reader) kind(k store.Kind) {
	if err := r.d.closedKind(k); k != "" && err != nil {
		r.say(spot{input: inKind}, r.d.trouble(err), false)
	}
}

func (r reader) name(in input, most int) string {
	s := spot{input: in}
	text := strings.TrimSpace(r.value(s))
	if len(text) > most {
		r.say(s, r.d.say(tooLong), false)
	}
	return text
}

func (r reader) phone() store.Phone {
	s := spot{input: inPhone}
	text := r.value(s)
	phone, err := store.ParsePhone(text)
	if err != nil {
		r.say(s, r.d.trouble(err), isPartOfPhone(text))
	}
	return phone
}

// isPartOfPhone tells what may become a phone.
func isPartOfPhone(text string) bool {
	digits := 0
	for _, c := range text {
		switch {
		case '0' <= c && c <= '9':
			digits++
		case !strings.ContainsRune(" \u00a0+-().", c):
			return false
		}
	}
	return digits < len("998901234567")
}

func (r reader) when() store.Instant {
	s := spot{input: inWhen}
	text := strings.TrimSpace(r.value(s))
	if text == "" {
		return 0
	}
	at, ok := readWhen(text, r.d.local(r.d.now()))
	if !ok {
		r.say(s, r.d.say(whenUnread), true)
	}
	return store.At(at)
}

// money reads a sum; ok is false for an empty field and for a mistake, which it
// tells.
func (r reader) money(s spot) (a money.Amount, ok bool) {
	text := strings.TrimSpace(r.value(s))
	if text == "" {
		return 0, false
	}
	a, err := money.Parse(text)
	if err != nil {
		r.say(s, r.d.trouble(err), isPartOfSum(text))
		return 0, false
	}
	return a, true
}

// isPartOfSum tells what may become a sum: one whose last group of digits or
// whose word is not complete.
func isPartOfSum(text string) bool {
	for _, rest := range []string{"0", "00"} {
		if _, err := money.Parse(text + rest); err == nil {
			return true
		}
	}
	word := strings.ToLower(lang.ASCIIApostrophe(text[strings.LastIndexAny(text, "0123456789. ")+1:]))
	for _, whole := range sumWords {
		if word != "" && strings.HasPrefix(whole, word) {
			return true
		}
	}
	return false
}

// sumWords are words that money.Parse takes after a number.
var sumWords = []string{"ming", "mln", "million", "mlrd", "milliard", "so'm", "som", "sum", "uzs", "минг", "тыс", "тысяч", "млн", "миллион", "млрд", "сум", "сўм"}

// takenOff is what comes off the price.
func (r reader) takenOff() (discount, prepaid money.Amount) {
	discount, _ = r.money(spot{input: inDiscount})
	prepaid, _ = r.money(spot{input: inPrepaid})
	if _, err := money.Add(discount, prepaid); err != nil {
		r.say(spot{input: inPrepaid}, r.d.say(nothingDue), true)
		return 0, 0
	}
	return discount, prepaid
}

// amount is the sum to ask for: what was typed, less what comes off it. An empty
// field has the sum of the lines; the ledger is then left to add them up.
func (r reader) amount(sum money.Amount, draft store.Draft) money.Amount {
	s, off := spot{input: inAmount}, draft.Discount+draft.Prepaid
	typed, ok := r.money(s)
	switch {
	case r.wrong[s] != (mistake{}):
		return 0
	case !ok && sum == 0:
		if r.tried {
			r.say(s, r.d.say(noSumYet), false)
		}
		return 0
	case !ok:
		r.due(sum, draft)
		return 0
	case sum != 0 && typed != sum:
		r.say(s, r.d.fill(linesMake, "{sum}", r.d.sum(sum)), true)
		return typed - off
	}
	r.due(typed, draft)
	return typed - off
}

// due looks whether what is left of a price can be asked for. Where it is too
// little, what comes off is too much.
func (r reader) due(price money.Amount, draft store.Draft) {
	s, left := spot{input: inAmount}, price-draft.Discount-draft.Prepaid
	switch {
	case left >= max(r.rules.MinAmount, 1):
	case draft.Prepaid != 0:
		s = spot{input: inPrepaid}
	case draft.Discount != 0:
		s = spot{input: inDiscount}
	}
	if left <= 0 && left < price {
		r.say(s, r.d.say(nothingDue), true)
		return
	}
	r.within(s, left)
}

// within looks at the shop's limits.
func (r reader) within(s spot, a money.Amount) {
	least, most := max(r.rules.MinAmount, 1), r.rules.MaxAmount
	switch {
	case a < least:
		r.say(s, r.d.trouble(&store.Error{Code: store.BelowMinimum, Got: a, Want: least}), true)
	case most > 0 && a > most:
		r.say(s, r.d.trouble(&store.Error{Code: store.AboveMaximum, Got: a, Want: most}), false)
	}
}

// bounds are the least and the most of a counter invoice; zero where the shop's
// limits are enough.
func (r reader) bounds() (least, most money.Amount) {
	from, to := spot{input: inLeast}, spot{input: inMost}
	least, hasLeast := r.money(from)
	most, hasMost := r.money(to)
	if hasLeast {
		r.within(from, least)
	}
	if hasMost {
		r.within(to, most)
	}
	if hasLeast && hasMost && least > most {
		r.say(to, r.d.say(leastAboveMost), true)
	}
	return least, most
}

// readLines are the lines that something was typed into, and their sum. It is
// zero while a line is not complete.
func (r reader) readLines() (lines []store.Line, sum money.Amount) {
	whole := true
	for i := range r.lines {
		l, cost, typed, ok := r.line(i)
		if !typed {
			continue
		}
		lines = append(lines, l)
		total, err := money.Add(sum, cost)
		if whole = whole && ok && err == nil; err == nil {
			sum = total
		} else {
			r.say(spot{inLine, i, linePrice}, r.d.say(lineTooDear), false)
		}
	}
	if !whole {
		sum = 0
	}
	return lines, sum
}

// line reads one line. typed is false where nothing but the quantity stands.
func (r reader) line(i int) (l store.Line, cost money.Amount, typed, ok bool) {
	name, quantity, price := spot{inLine, i, lineName}, spot{inLine, i, lineQuantity}, spot{inLine, i, linePrice}
	l.Name = strings.TrimSpace(r.value(name))
	if typed = l.Name != "" || strings.TrimSpace(r.value(price)) != ""; !typed {
		return l, 0, false, false
	}
	ok = true
	fault := func(s spot, text string, yet bool) { ok = false; r.say(s, text, yet) }
	if l.Name == "" && r.tried {
		fault(name, r.d.say(lineNameless), false)
	}
	if len(l.Name) > maxNameBytes {
		fault(name, r.d.say(tooLong), false)
	}
	n, err := strconv.ParseInt(strings.TrimSpace(r.value(quantity)), 10, 64)
	if err != nil || n < 1 || n > maxQuantity {
		fault(quantity, r.d.say(lineCount), strings.TrimSpace(r.value(quantity)) == "")
	}
	l.Quantity = n
	var has bool
	if l.Price, has = r.money(price); !has {
		ok = false
		if r.wrong[price] == (mistake{}) && r.tried {
			fault(price, r.d.say(linePriceless), false)
		}
	}
	if !ok {
		return l, 0, true, false
	}
	if cost, err = l.Cost(); err != nil {
		fault(price, r.d.say(lineTooDear), false)
	}
	return l, cost, true, ok
}

var (
	tooLong        = lang.Text{UZ: "juda uzun: qisqartiring", RU: "слишком длинно: сократите", EN: "too long: make it shorter"}
	noSumYet       = lang.Text{UZ: "summani yozing: 25 000 yoki 25k", RU: "введите сумму: 25 000 или 25k", EN: "type the sum: 25 000 or 25k"}
	linesMake      = lang.Text{UZ: "qatorlar yig‘indisi {sum}: biri noto‘g‘ri", RU: "строки дают {sum}: одно из двух неверно", EN: "the lines make {sum}: one of the two is wrong"}
	nothingDue     = lang.Text{UZ: "to‘laydigan narsa qolmaydi: kamaytiring", RU: "платить нечего: уменьшите", EN: "nothing is left to pay: make it less"}
	leastAboveMost = lang.Text{UZ: "eng kam summadan kichik", RU: "меньше наименьшей суммы", EN: "less than the least sum"}
	lineNameless   = lang.Text{UZ: "nomini yozing", RU: "введите название", EN: "type its name"}
	linePriceless  = lang.Text{UZ: "narxini yozing", RU: "введите цену", EN: "type its price"}
	lineCount      = lang.Text{UZ: "soni 1 dan 1 000 000 gacha butun son", RU: "количество — целое от 1 до 1 000 000", EN: "the quantity is a whole number from 1 to 1 000 000"}
	lineTooDear    = lang.Text{UZ: "bunday katta summa bo‘lmaydi", RU: "таких больших сумм не бывает", EN: "there are no sums that large"}
)
