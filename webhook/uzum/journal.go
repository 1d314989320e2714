package uzum

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"tushum/internal/clean"
	"tushum/store"
)

// maxKept is how much of a body the wire journal keeps, in bytes.
const maxKept = 2 << 10

// journalBody is a body as the wire journal keeps it.
type journalBody struct {
	bytes []byte
	cut   bool
}

// keep masks the phones in a body and cuts it, in this order: half a phone
// would not be known for one.
func keep(body []byte) journalBody {
	masked := mask(body)
	if len(masked) <= maxKept {
		return journalBody{bytes: masked}
	}
	end := maxKept
	for end > maxKept-utf8.UTFMax && !utf8.RuneStart(masked[end]) {
		end--
	}
	return journalBody{bytes: bytes.Clone(masked[:end]), cut: true}
}

// line is the call as the wire journal keeps it.
func (c *call) line() store.Call {
	response := journalBody{bytes: c.answer.body}
	if c.answer.code != success || strings.ContainsFunc(c.name, unicode.IsNumber) {
		response = keep(c.answer.body)
	} // else nothing in it is foreign but a name, which has no digit
	return store.Call{
		At: store.At(c.begun), Took: c.now().Sub(c.begun),
		System: store.Uzum, Webhook: c.hook.name, Address: c.address,
		TransID: journalTransID(c.req.transID), Number: c.number,
		HTTPStatus: c.answer.status, Code: string(c.answer.code), Reason: c.answer.reason,
		Request: c.journal.bytes, Response: response.bytes, Cut: c.journal.cut || response.cut,
	}
}

// record gives the line to the ledger to keep in the background.
func (c *call) record() {
	if !c.hushed {
		c.ledger.Record(c.line())
	}
}

// journalTransID leaves a transId out that is no more than junk, or a phone.
func journalTransID(id string) string {
	if isUUID(id) {
		return id
	}
	if len(id) > maxTransID || clean.Clean(id).String() != id || clean.MaskPhones(id) != id {
		return ""
	}
	return id
}
