// Package bank plays Uzum Bank's side of the Merchant API over real HTTP against
// any URL: it pays invoices as the bank's app does, runs a conformance suite as
// the bank's tester does, and loads a listener at a rate.
//
// It owns the bank's behaviour and nothing of the shop's. It is a second,
// independent reading of Merchant API 1.0.0: it shares no code with the listener,
// so that one mistake cannot hide another. It may import the standard library,
// github.com/google/uuid, internal/money and internal/lang, and nothing else.
package bank
