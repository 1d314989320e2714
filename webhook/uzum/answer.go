package uzum

import (
	"strconv"

	"github.com/go-json-experiment/json/jsontext"

	"tushum/internal/clean"
	"tushum/internal/money"
	"tushum/store"
)

// answerSize is room for nearly every answer, in bytes.
const answerSize = 320

// maxName bounds the customer's name as the payer sees it, in characters.
const maxName = 100

// succeed makes the answer a success about t, which is zero on check.
func (c *call) succeed(t store.Transaction) {
	b := c.appendIDs(make([]byte, 0, answerSize))
	if c.hook.done == "" {
		b = appendText(b, "status", t.Status.String())
		b = appendTimes(b, t)
	} else {
		b = appendText(b, "status", c.hook.done)
		b = appendInt(b, c.hook.time, int64(c.hook.stored(t)))
	}
	b = c.appendData(b, 0)
	b = appendInt(b, "amount", int64(t.Amount))
	c.answer = answer{status: c.hook.httpStatus(success), body: closeObject(b)}
}

// succeedCheck makes the answer OK for an invoice that can be paid.
func (c *call) succeedCheck(inv store.Invoice) {
	b := c.appendIDs(make([]byte, 0, answerSize))
	b = appendInt(b, c.hook.time, int64(store.At(c.begun)))
	b = appendText(b, "status", c.hook.done)
	prefill := inv.Amount
	if inv.Reusable() || !c.set.PrefillAmount {
		prefill = 0
	}
	b = c.appendData(b, prefill)
	c.answer = answer{status: c.hook.httpStatus(success), body: closeObject(b)}
}

// appendRefusal writes a refusal: what the request told us, FAILED, the times,
// the code. Nothing of ours goes with it.
func (c *call) appendRefusal(b []byte, code Code, t store.Transaction) []byte {
	b = c.appendIDs(b)
	b = appendText(b, "status", statusFailed)
	switch {
	case c.hook.time == "":
		b = appendTimes(b, t)
	case code == c.hook.repeats && c.hook.stored(t) != 0:
		b = appendInt(b, c.hook.time, int64(c.hook.stored(t)))
	default:
		b = appendInt(b, c.hook.time, int64(store.At(c.begun)))
	}
	return closeObject(appendText(b, "errorCode", string(code)))
}

// appendIDs writes what the request told us of itself.
func (c *call) appendIDs(b []byte) []byte {
	b = append(b, '{')
	if c.req.hasServiceID {
		b = appendInt(b, "serviceId", c.req.serviceID)
	}
	if c.hook.needs.transID && c.req.transID != "" {
		b = appendText(b, "transId", c.req.transID)
	}
	return b
}

// appendTimes writes the three times of a transaction, null for those that
// have not come.
func appendTimes(b []byte, t store.Transaction) []byte {
	b = appendTime(b, "transTime", t.CreatedAt)
	b = appendTime(b, "confirmTime", t.ConfirmedAt)
	return appendTime(b, "reverseTime", t.ReversedAt)
}

func appendTime(b []byte, name string, at store.Instant) []byte {
	if at == 0 {
		return append(appendName(b, name), "null"...)
	}
	return appendInt(b, name, int64(at))
}

// appendData writes what the payer sees in the app. The amount is, alone on
// this wire, in so'm; a sum with tiyin can't be said so and is left out.
func (c *call) appendData(b []byte, prefill money.Amount) []byte {
	b = append(appendName(b, "data"), '{')
	b = appendValue(b, c.set.AccountParams[0], c.number.String())
	if c.name != "" {
		b = appendValue(b, "fio", clean.Line(c.name, maxName).String())
	}
	if prefill > 0 && prefill%money.Som == 0 {
		b = appendValue(b, "amount", prefill.SomString())
	}
	return append(b, '}')
}

func appendValue(b []byte, key, value string) []byte {
	b = append(appendName(b, key), '{')
	return append(appendText(b, "value", value), '}')
}

func appendText(b []byte, name, value string) []byte {
	b, _ = jsontext.AppendQuote(appendName(b, name), value) // bytes that are no UTF-8 become U+FFFD
	return b
}

func appendInt(b []byte, name string, value int64) []byte {
	return strconv.AppendInt(appendName(b, name), value, 10)
}

func appendName(b []byte, name string) []byte {
	if b[len(b)-1] != '{' {
		b = append(b, ',')
	}
	b, _ = jsontext.AppendQuote(b, name) // one that comes from the settings may need it
	return append(b, ':')
}

func closeObject(b []byte) []byte { return append(b, '}') }
