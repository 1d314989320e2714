package bank

import "strings"

// bodyLimit is what a request may measure, in bytes.
const bodyLimit = 64 << 10

// What is no JSON object of the expected structure is 10002.
var structureCases = []suiteCase{
	{name: "body-empty", on: every, want: refusal("10002"), run: raw("")},
	{name: "body-not-json", on: every, want: refusal("10002"), run: raw("serviceId=1")},
	{name: "body-truncated", on: onCheck, want: refusal("10002"), run: bent(func(_ *probe, m *message) { m.body = m.body[:len(m.body)-1] })},
	{name: "body-array", on: onCheck, want: refusal("10002"), run: bent(func(_ *probe, m *message) {
		m.body = []byte("[" + string(m.body) + "]")
	})},
	{name: "body-null", on: onCheck, want: refusal("10002"), run: raw("null")},
	{name: "trailing-bytes", on: every, want: refusal("10002"), run: bent(func(_ *probe, m *message) {
		m.body = append(m.body, " x"...)
	})},
	{name: "trailing-object", on: onCheck, want: refusal("10002"), run: bent(func(_ *probe, m *message) {
		m.body = append(m.body, m.body...)
	})},
	{name: "duplicate-member", on: every, want: refusal("10002"), edit: func(_ *probe, body fields) fields {
		return body.also("timestamp", body.value("timestamp"))
	}},
	{name: "duplicate-in-params", on: withParams, want: refusal("10002"), edit: func(p *probe, body fields) fields {
		name := field{p.client.accountKey(), quote(p.number)}
		return body.with("params", string(fields{name, name}.json()))
	}},
	{name: "invalid-utf8", on: onCheck, want: refusal("10002"), edit: setting("note", "\"\xff\"")},
	{name: "nesting-deep", on: onCheck, want: refusal("10002"), edit: setting("note", strings.Repeat("[", 100)+strings.Repeat("]", 100))},
	{name: "body-over-limit", on: onCheck, want: refusal("10002"), run: bent(func(p *probe, m *message) {
		m.body = padded(p.valid(), bodyLimit+1)
	})},
	{name: "body-over-limit-unsized", on: onCheck, want: refusal("10002"), run: bent(func(p *probe, m *message) {
		m.body, m.unsized = padded(p.valid(), bodyLimit+1), true
	})},
	{name: "body-at-limit", on: onCheck, want: success(StateOK), needs: []need{sharedInvoice}, run: bent(func(p *probe, m *message) {
		m.body = padded(p.valid(), bodyLimit)
	})},
	{name: "white-space-around", on: onCheck, want: success(StateOK), needs: []need{sharedInvoice}, run: bent(func(_ *probe, m *message) {
		m.body = []byte("\r\n\t " + string(m.body) + "\r\n")
	})},
	{name: "unknown-member", on: onCheck, want: success(StateOK), needs: []need{sharedInvoice},
		edit: setting("note", `{"a":[1,"b",null]}`)},
	{name: "unknown-param", on: onCheck, want: success(StateOK), needs: []need{sharedInvoice}, edit: func(p *probe, body fields) fields {
		return body.with("params", string(fields{{p.client.accountKey(), quote(p.number)}, {"note", "true"}}.json()))
	}},
	{name: "other-case-ignored", on: onCheck, want: success(StateOK), needs: []need{sharedInvoice}, edit: setting("TimeStamp", `"x"`)},
	{name: "structure-before-missing", on: every, want: refusal("10002"), edit: func(_ *probe, body fields) fields {
		return body.without("serviceId").with("timestamp", `"x"`)
	}},
}

func raw(body string) func(*probe) {
	return bent(func(_ *probe, m *message) { m.body = []byte(body) })
}

// padded writes a body of exactly size bytes by an unknown member.
func padded(body fields, size int) []byte {
	const name = "padding"
	empty := len(body.with(name, `""`).json())
	return body.with(name, quote(strings.Repeat("x", size-empty))).json()
}

// serviceId and timestamp are asked for on all five webhooks: missing, null or empty
// is 10005, a wrong type 10002, a serviceId that is not ours 10006.
var memberCases = []suiteCase{
	{name: "service-missing", on: every, want: refusal("10005"), edit: dropping("serviceId")},
	{name: "service-null", on: every, want: refusal("10005"), edit: setting("serviceId", "null")},
	{name: "service-text", on: every, want: refusal("10002"), edit: func(_ *probe, body fields) fields {
		return body.with("serviceId", quote(body.value("serviceId")))
	}},
	{name: "service-fraction", on: onCheck, want: refusal("10002"), edit: func(_ *probe, body fields) fields {
		return body.with("serviceId", body.value("serviceId")+".0")
	}},
	{name: "timestamp-missing", on: every, want: refusal("10005"), edit: dropping("timestamp")},
	{name: "timestamp-null", on: every, want: refusal("10005"), edit: setting("timestamp", "null")},
	{name: "timestamp-text", on: every, want: refusal("10002"), edit: func(_ *probe, body fields) fields {
		return body.with("timestamp", quote(body.value("timestamp")))
	}},
	{name: "timestamp-overflow", on: onCheck, want: refusal("10002"), edit: setting("timestamp", "9223372036854775808")},
	{name: "timestamp-other-case", on: every, want: refusal("10005"), edit: func(_ *probe, body fields) fields {
		return body.without("timestamp").with("Timestamp", body.value("timestamp"))
	}},
	{name: "params-missing", on: withParams, want: refusal("10005"), edit: dropping("params")},
	{name: "params-null", on: withParams, want: refusal("10005"), edit: setting("params", "null")},
	{name: "params-empty", on: withParams, want: refusal("10005"), edit: setting("params", "{}")},
	{name: "params-array", on: withParams, want: refusal("10002"), edit: setting("params", "[]")},
	{name: "params-text", on: withParams, want: refusal("10002"), edit: setting("params", `"account"`)},
	{name: "missing-before-service", on: every, want: refusal("10005"), edit: func(p *probe, body fields) fields {
		return otherService(p, body).without("timestamp")
	}},
	{name: "service-unknown", on: every, want: refusal("10006"), edit: otherService},
	{name: "service-before-account", on: withParams, want: refusal("10006"), edit: func(p *probe, body fields) fields {
		return otherService(p, body).with("params", paramsOf(p.client.accountKey(), unknownNumber))
	}},
	{name: "own-clock", on: onCheck, want: success(StateOK), needs: []need{sharedInvoice}, edit: setting("timestamp", "1000000000000")},
}

func otherService(p *probe, body fields) fields {
	other := p.client
	other.ServiceID ^= 1
	return body.with("serviceId", other.baseFields().value("serviceId"))
}
