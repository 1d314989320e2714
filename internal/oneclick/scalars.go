package oneclick

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// node is a value of a webhook's body: a scalar, or an object or array with its
// values.
type node struct {
	name     string // the member's name, or the place in an array from 0
	scalar   string // as it counts for the signature
	inner    bool   // an object or an array
	children []node
}

// Bounds of a webhook's body; the vendor's have two or three levels.
const (
	maxDepth = 32
	maxNodes = 4096
)

// parseTree reads one JSON object, strictly: UTF-8, no name twice in an object, not
// deep. Numbers keep the text they have: a sender in JavaScript writes them in one
// way only. A boolean is "true" or "false", as JavaScript joins it (S); null is
// empty, which is a guess.
func parseTree(body []byte) (node, bool) {
	body = bytes.TrimSpace(body)
	if len(body) > MaxWebhook || !bytes.HasPrefix(body, []byte("{")) || !utf8.Valid(body) || !json.Valid(body) {
		return node{}, false
	}
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	budget := maxNodes
	return parseNode(d, "", 0, &budget)
}

func parseNode(d *json.Decoder, name string, depth int, budget *int) (node, bool) {
	*budget--
	token, err := d.Token()
	if err != nil || *budget < 0 || depth > maxDepth {
		return node{}, false
	}
	n := node{name: name}
	switch v := token.(type) {
	case json.Delim:
		n.inner = true
		return n, n.parseChildren(d, v == '{', depth, budget)
	case string:
		n.scalar = v
	case json.Number:
		n.scalar = v.String()
	case bool:
		n.scalar = strconv.FormatBool(v)
	}
	return n, true
}

func (n *node) parseChildren(d *json.Decoder, named bool, depth int, budget *int) bool {
	seen := make(map[string]bool)
	for i := 0; d.More(); i++ {
		name := strconv.Itoa(i)
		if named {
			token, err := d.Token()
			key, ok := token.(string)
			if err != nil || !ok || seen[key] {
				return false
			}
			name, seen[key] = key, true
		}
		child, ok := parseNode(d, name, depth+1, budget)
		if !ok {
			return false
		}
		n.children = append(n.children, child)
	}
	_, err := d.Token() // the closing one
	return err == nil
}

// counting is how scalars get their positions, which decide between those of one
// name.
type counting bool

const (
	// throughout counts all scalars of the body from 1.
	throughout counting = false
	// restarting is what the vendor's SDK for JavaScript does (S): inside an object
	// that comes before the first scalar of its parent, counting begins anew.
	restarting counting = true
)

type leaf struct{ key, value string }

// flat joins the scalars without a separator, sorted by lower-cased leaf name and
// position (S).
func (n node) flat(count counting) string {
	var leaves []leaf
	n.collect(count, new(int), &leaves)
	slices.SortStableFunc(leaves, func(a, b leaf) int { return compareKeys(a.key, b.key) })
	var b strings.Builder
	for _, l := range leaves {
		b.WriteString(l.value)
	}
	return b.String()
}

func (n node) collect(count counting, position *int, leaves *[]leaf) {
	if count == restarting && *position == 0 {
		position = new(int)
	}
	for _, c := range n.children {
		if c.inner {
			c.collect(count, position, leaves)
			continue
		}
		*position++
		*leaves = append(*leaves, leaf{strings.ToLower(c.name + "_" + strconv.Itoa(*position)), c.scalar})
	}
}

// collation is the order of ASCII before digits and letters, as JavaScript's
// localeCompare has it (S).
const collation = " _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$"

// compareKeys compares two lower-cased keys as localeCompare with numeric does:
// punctuation, numbers by their value, letters.
func compareKeys(a, b string) int {
	for a != "" && b != "" {
		if isDigit(a[0]) && isDigit(b[0]) {
			left, right := digits(a), digits(b)
			if order := compareNumbers(left, right); order != 0 {
				return order
			}
			a, b = a[len(left):], b[len(right):]
			continue
		}
		x, xSize := utf8.DecodeRuneInString(a)
		y, ySize := utf8.DecodeRuneInString(b)
		if x != y {
			return weight(x) - weight(y)
		}
		a, b = a[xSize:], b[ySize:]
	}
	return len(a) - len(b)
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// digits is the run of digits that s begins with.
func digits(s string) string { return s[:len(s)-len(strings.TrimLeft(s, "0123456789"))] }

func compareNumbers(a, b string) int {
	a, b = strings.TrimLeft(a, "0"), strings.TrimLeft(b, "0")
	if len(a) != len(b) {
		return len(a) - len(b)
	}
	return strings.Compare(a, b)
}

func weight(r rune) int {
	if at := strings.IndexRune(collation, r); at >= 0 {
		return at
	}
	return len(collation) + int(r)
}
