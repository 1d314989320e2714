package bank

import (
	"net/http"
	"strings"
)

// Unknown paths are 404, and nothing is redirected to its proper spelling.
var pathCases = []suiteCase{
	{name: "path-trailing-slash", on: every, want: notFound(), run: bent(func(_ *probe, m *message) { m.path += "/" })},
	{name: "path-upper-case", on: every, want: notFound(), run: bent(func(_ *probe, m *message) { m.path = strings.ToUpper(m.path) })},
	{name: "path-double-slash", on: onCheck, want: notFound(), run: bent(func(_ *probe, m *message) { m.path = "/" + m.path })},
	{name: "path-unknown", on: onCheck, want: notFound(), run: bent(func(_ *probe, m *message) { m.path += "out" })},
	{name: "path-below", on: onCheck, want: notFound(), run: bent(func(_ *probe, m *message) { m.path += "/1" })},
}

// The method comes first of all checks, and there is no 405.
var methodCases = []suiteCase{
	{name: "method-get", on: every, want: refusal("10003"), run: bent(method(http.MethodGet))},
	{name: "method-put", on: onCheck, want: refusal("10003"), run: bent(method(http.MethodPut))},
	{name: "method-patch", on: onCheck, want: refusal("10003"), run: bent(method(http.MethodPatch))},
	{name: "method-delete", on: onCheck, want: refusal("10003"), run: bent(method(http.MethodDelete))},
	{name: "method-options", on: onCheck, want: refusal("10003"), run: bent(method(http.MethodOptions))},
	{name: "method-head", on: onCheck, want: expectation{httpStatus: http.StatusBadRequest}, run: playHead},
	{name: "method-before-auth", on: every, want: refusal("10003"), run: bent(func(_ *probe, m *message) {
		m.method, m.authorization, m.body = http.MethodGet, "", nil
	})},
}

func method(name string) func(*probe, *message) {
	return func(_ *probe, m *message) { m.method = name }
}

// playHead looks at the status alone: an answer to HEAD has no body.
func playHead(p *probe) {
	m := p.client.message(p.webhook, nil)
	m.method = http.MethodHead
	reply, err := p.client.send(p.ctx, m)
	if err != nil {
		p.fail(Note{Code: NoteTransport, Got: shown(err.Error())})
		return
	}
	p.got = summary(reply)
	if reply.HTTPStatus != p.want.httpStatus {
		p.fail(Note{Code: NoteHTTPStatus, Want: p.want.String(), Got: p.got})
	}
}

// HTTP Basic is asked for on every call, before the body is read.
var authCases = []suiteCase{
	{name: "auth-missing", on: every, want: refusal("10001"), run: bent(authorization(func(*probe) string { return "" }))},
	{name: "auth-wrong-password", on: every, want: refusal("10001"), run: bent(authorization(func(p *probe) string {
		return basicAuth(p.client.Login, p.client.Password+"x")
	}))},
	{name: "auth-wrong-login", on: onCheck, want: refusal("10001"), run: bent(authorization(func(p *probe) string {
		return basicAuth(p.client.Login+"x", p.client.Password)
	}))},
	{name: "auth-empty", on: onCheck, want: refusal("10001"), run: bent(authorization(func(*probe) string {
		return basicAuth("", "")
	}))},
	{name: "auth-garbled", on: onCheck, want: refusal("10001"), run: bent(authorization(func(*probe) string { return "Basic !" }))},
	{name: "auth-other-scheme", on: onCheck, want: refusal("10001"), run: bent(authorization(func(p *probe) string {
		return "Bearer" + strings.TrimPrefix(p.client.basic(), "Basic")
	}))},
	{name: "auth-before-body", on: every, want: refusal("10001"), run: bent(func(_ *probe, m *message) {
		m.authorization, m.body = "", []byte("{")
	})},
	{name: "auth-before-size", on: onCheck, want: refusal("10001"), run: bent(func(p *probe, m *message) {
		m.authorization, m.body = "", padded(p.valid(), bodyLimit+1)
	})},
}

func authorization(value func(*probe) string) func(*probe, *message) {
	return func(p *probe, m *message) { m.authorization = value(p) }
}
