package clean

import "strings"

// MaskPhones hides the phone numbers in free text:
//
//   - 998 and nine digits, together or in groups, with +, 00 or nothing before;
//   - any longer run of digits that holds such a number;
//   - what begins as +998 but has a digit too few or too many;
//   - a number of another country, from + and ten digits on;
//   - a number without its country as it is written here, 90 123-45-67.
//
// A longer number than a phone may be hidden along with it: what is hidden
// without need can be looked up, what is shown can't be taken back. Sums in
// groups of three, dates and invoice numbers stay.
func MaskPhones(s string) string {
	var b strings.Builder
	done := 0
	for from := 0; ; {
		c, ok := nextChain(s, from)
		if !ok {
			break
		}
		b.WriteString(s[done:c.start])
		b.WriteString(c.mask(s))
		done, from = c.end(), c.end()
	}
	b.WriteString(s[done:])
	return b.String()
}

// chain is a sequence of groups of digits with short gaps between them.
type chain struct {
	start  int // the plus sign, or the first digit
	plus   bool
	groups []group
}

// group is an unbroken run of digits, by its place in the text.
type group struct {
	start, end int
	digits     string // as ASCII
}

func (c chain) end() int { return c.groups[len(c.groups)-1].end }

// count gives how many digits the groups have.
func count(groups []group) int {
	n := 0
	for _, g := range groups {
		n += len(g.digits)
	}
	return n
}

// mask gives the chain's text with the phone numbers in it hidden.
func (c chain) mask(s string) string {
	var b strings.Builder
	at := c.start
	for i := 0; i < len(c.groups); {
		n, phone := match(c.groups[i:], c.plus && i == 0)
		if n == 0 {
			i++
			continue
		}
		start, end := c.groups[i].start, c.groups[i+n-1].end
		if i == 0 && phone {
			start = c.start // the plus sign is part of what replaces it
		}
		b.WriteString(s[at:start])
		if phone {
			b.WriteString(masked(digitsOf(s[start:end])))
		} else {
			b.WriteString(maskDigits(s[start:end]))
		}
		at = end
		i += n
	}
	b.WriteString(s[at:c.end()])
	return b.String()
}

// match tells how many of the first groups are a number to hide, and whether
// that is an Uzbek phone with its country.
func match(groups []group, plus bool) (n int, phone bool) {
	if n := phoneGroups(groups); n > 0 {
		return n, true
	}
	if holdsPhone(groups[0].digits) {
		return 1, false
	}
	if plus && isForeign(groups) {
		return len(groups), false
	}
	if isLocal(groups) {
		return 4, false
	}
	return 0, false
}

// phoneGroups tells how many of the first groups make one whole Uzbek phone.
func phoneGroups(groups []group) int {
	digits := ""
	for i, g := range groups {
		digits += g.digits
		if isPhone(digits) {
			return i + 1
		}
		if len(digits) >= phoneDigits+len("00") {
			return 0
		}
	}
	return 0
}

// holdsPhone tells a run of digits with an Uzbek phone somewhere in it.
func holdsPhone(digits string) bool {
	at := strings.Index(digits, country)
	return at >= 0 && len(digits)-at >= phoneDigits
}

// isForeign tells a number after a plus sign that is no whole Uzbek phone: it
// is long enough for one of another country, or begun as an Uzbek one. A sum
// with a plus sign is shorter.
func isForeign(groups []group) bool {
	head := ""
	for _, g := range groups {
		head += g.digits
		if len(head) >= len(country) {
			break
		}
	}
	least := 10
	if strings.HasPrefix(head, country) {
		least = 7
	}
	return count(groups) >= least
}

// isLocal tells the grouping 90 123 45 67, which no sum and no date has.
func isLocal(groups []group) bool {
	shape := [...]int{2, 3, 2, 2}
	if len(groups) < len(shape) {
		return false
	}
	for i, n := range shape {
		if len(groups[i].digits) != n {
			return false
		}
	}
	return true
}
