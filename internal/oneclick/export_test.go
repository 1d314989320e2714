package oneclick

import "bytes"

// Decode reads a body as each kind of answer.
func Decode(body []byte) (deal *Deal, page bool, payTo *PayTo) {
	r := &reply{status: 200, body: bytes.TrimSpace(body)}
	r.members, _ = readObject(r.body)
	if d, ok := readDeal(r.members); ok {
		deal = &d
	}
	if p, err := readPayTo(r, "7"); err == nil {
		payTo = &p
	}
	_, err := readPage(r)
	return deal, err == nil, payTo
}

// Flat is what is hashed of a webhook's body, in both ways of counting.
func Flat(body []byte) (plain, restarted string, ok bool) {
	tree, ok := parseTree(body)
	return tree.flat(throughout), tree.flat(restarting), ok
}
