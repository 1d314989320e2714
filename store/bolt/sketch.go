package bolt

import (
	"tushum/internal/money"
	"tushum/store"
)

// A sketch of a record has what lists look in and nothing else. It is read many
// times faster than the record is decoded. What a search looks in must be
// here: a record whose sketch does not match is passed over. ok is false for what
// is not in the form that this program writes; such a record is decoded.

func sketchTransaction(payload []byte) (t store.Transaction, ok bool) {
	p := parser{value: string(payload), ok: true}
	for range p.open(isMap) {
		switch p.number() {
		case 2:
			t.TransID = p.text()
		case 4:
			t.ServiceID = p.number()
		case 5:
			t.Number = store.Number(p.number())
		case 6:
			t.Amount = money.Amount(p.number())
		case 13:
			t.Day = store.Date(p.number())
		case 16:
			t.Source = p.text()
		case 18:
			t.Reference = p.text()
		case 20:
			t.Phone = store.Phone(p.text())
		default:
			p.skip()
		}
	}
	return t, p.ok
}

// sketchInvoice puts the lines behind those given, so that their room can be
// used again.
func sketchInvoice(payload []byte, lines []store.Line) (inv store.Invoice, ok bool) {
	p := parser{value: string(payload), ok: true}
	inv.Lines = lines
	for range p.open(isMap) {
		switch p.number() {
		case 1:
			inv.Number = store.Number(p.number())
		case 3:
			inv.Kind = store.Kind(p.text())
		case 6:
			inv.Amount = money.Amount(p.number())
		case 9:
			for range p.open(isArray) {
				inv.Lines = append(inv.Lines, store.Line{Name: p.firstText()})
			}
		case 10:
			p.customer(&inv.Customer)
		case 11:
			inv.Specialist = p.text()
		case 13:
			inv.Note = p.text()
		case 14:
			inv.CreatedAt = store.Instant(p.number())
		default:
			p.skip()
		}
	}
	return inv, p.ok
}

func (p *parser) customer(c *store.Customer) {
	for range p.open(isMap) {
		switch p.number() {
		case 1:
			c.Name = p.text()
		case 2:
			c.Phone = store.Phone(p.text())
		default:
			p.skip()
		}
	}
}

// firstText is the value of key 1 of a map.
func (p *parser) firstText() (text string) {
	for range p.open(isMap) {
		if p.number() == 1 {
			text = p.text()
			continue
		}
		p.skip()
	}
	return text
}

func sketchCall(payload []byte) (c store.Call, ok bool) {
	p := parser{value: string(payload), ok: true}
	for range p.open(isMap) {
		switch p.number() {
		case 5:
			c.Webhook = p.text()
		case 6:
			c.Address = p.text()
		case 7:
			c.TransID = p.text()
		case 8:
			c.Number = store.Number(p.number())
		case 10:
			c.Code = p.text()
		case 11:
			c.Reason = p.text()
		default:
			p.skip()
		}
	}
	return c, p.ok
}

// The major types of CBOR that records are made of (RFC 8949, section 3.1).
const (
	isNumber   = 0
	isNegative = 1
	isBytes    = 2
	isText     = 3
	isArray    = 4
	isMap      = 5
	isSimple   = 7 // true, false, null
)

// parser takes the items of a CBOR value one after another. After the first that
// is not what was expected, ok is false and nothing more is taken.
type parser struct {
	value string
	at    int // what is before it has been taken
	ok    bool
}

// fail ends the parsing.
func (p *parser) fail() { p.at, p.ok = len(p.value), false }

func (p *parser) left() uint64 { return uint64(len(p.value) - p.at) }

// head takes the first bytes of an item: its type, and its value or length.
func (p *parser) head() (major byte, arg uint64) {
	if p.left() == 0 {
		p.fail()
		return 0, 0
	}
	first := p.value[p.at]
	p.at++
	major, low := first>>5, first&31
	if low < 24 {
		return major, uint64(low)
	}
	size := 1 << (low - 24)
	if low > 27 || uint64(size) > p.left() {
		p.fail()
		return 0, 0
	}
	for _, c := range []byte(p.value[p.at : p.at+size]) {
		arg = arg<<8 | uint64(c)
	}
	p.at += size
	return major, arg
}

// open takes the head of an array or a map and tells how many items or pairs it has.
func (p *parser) open(want byte) int {
	major, arg := p.head()
	if major != want || arg > p.left() {
		p.fail()
		return 0
	}
	return int(arg)
}

// number takes an integer.
func (p *parser) number() int64 {
	switch major, arg := p.head(); major {
	case isNumber:
		return int64(arg)
	case isNegative:
		return -1 - int64(arg)
	}
	p.fail()
	return 0
}

// text takes a text.
func (p *parser) text() string {
	major, arg := p.head()
	if major != isText {
		p.fail()
		return ""
	}
	return p.take(arg)
}

// take takes as many bytes.
func (p *parser) take(length uint64) string {
	if length > p.left() {
		p.fail()
		return ""
	}
	taken := p.value[p.at : p.at+int(length)]
	p.at += int(length)
	return taken
}

// skip takes an item of any sort.
func (p *parser) skip() {
	major, arg := p.head()
	switch major {
	case isNumber, isNegative, isSimple:
	case isBytes, isText:
		p.take(arg)
	case isArray, isMap:
		if arg > p.left() {
			p.fail()
			return
		}
		if major == isMap {
			arg *= 2
		}
		for range arg {
			p.skip()
		}
	default: // a tag
		p.fail()
	}
}
