// Package webhook is the listener that payment systems call: one HTTP server
// with its router, limits against slow, many and oversized senders, TLS, and
// the check of who calls and from where.
//
// It owns the connections and the credentials. What is said over them belongs
// to the packages below it: webhook/uzum answers the bank. Dependencies go that
// way only: this package imports webhook/uzum, which asks for its Authenticator
// and its address function through an interface and a func, so that neither
// package needs the other to be tested. The calls of further payment systems,
// which webhook/callback answers, reach it as handlers by their paths: it knows
// none of them by name, and lends them a Guard.
//
// It may import store and the leaf packages under internal, and it alone
// imports httprouter.
package webhook
