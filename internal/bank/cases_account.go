package bank

import "strings"

// The invoice is named in params under an agreed key, as a JSON number or a string.
var accountCases = []suiteCase{
	{name: "account-number", on: onCheck, want: success(StateOK), needs: []need{sharedInvoice}, edit: account(func(p *probe) string {
		if !isJSONNumber(p.number) {
			return quote(p.number)
		}
		return p.number
	})},
	{name: "account-text", on: onCheck, want: success(StateOK), needs: []need{sharedInvoice}, edit: account(func(p *probe) string {
		return quote(p.number)
	})},
	{name: "account-other-key", on: onCheck, want: success(StateOK), needs: []need{sharedInvoice, secondKey}, edit: otherKey},
	{name: "account-other-key", on: onCreate, want: success(StateCreated), needs: []need{pricedInvoice, secondKey}, edit: otherKey},
	{name: "account-missing", on: withParams, want: refusal("10005"), edit: setting("params", `{"note":"1"}`)},
	{name: "account-null", on: withParams, want: refusal("10005"), edit: account(always("null"))},
	{name: "account-empty", on: withParams, want: refusal("10005"), edit: account(always(`""`))},
	{name: "account-boolean", on: withParams, want: refusal("10002"), edit: account(always("true"))},
	{name: "account-object", on: withParams, want: refusal("10002"), edit: account(always(`{"value":"1"}`))},
	{name: "account-fraction", on: withParams, want: refusal("10002", "10007"), edit: account(always("1.5"))},
	{name: "account-check-digit", on: withParams, want: refusal("10007"), edit: account(func(p *probe) string {
		return quote(wrongCheckDigit(p.number))
	})},
	{name: "account-unknown", on: withParams, want: refusal("10007"), edit: account(always(unknownNumber))},
	{name: "account-letters", on: withParams, want: refusal("10007"), edit: account(always(`"abcdefg"`))},
	{name: "account-negative", on: withParams, want: refusal("10007"), edit: account(func(p *probe) string { return quote("-" + p.number) })},
	{name: "account-long", on: withParams, want: refusal("10007"), edit: account(always(quote(strings.Repeat("1", 300))))},
	{name: "transid-on-check", on: onCheck, want: refusal("10007"), edit: func(p *probe, body fields) fields {
		return body.with("transId", quote(p.client.newTransID())).with("params", paramsOf(p.client.accountKey(), unknownNumber))
	}},
	{name: "account-hostile", on: withParams, want: refusal("10007"), edit: account(always(`"\u001b[2J\u0000' OR 1=1 --"`))},
}

// otherKey names the invoice as the bank's test collection does: the next agreed
// key, a string.
func otherKey(p *probe, body fields) fields {
	key := p.keys[0]
	if key == p.client.accountKey() {
		key = p.keys[1]
	}
	return body.with("params", paramsOf(key, quote(p.number)))
}
