// Package paypage is what a shop's customers see: the Quick Payment page of an
// invoice with its QR code and its live updates, and the page behind the code at
// the till.
//
// A page reads. Whoever opens a link, be it a messenger that draws a preview, a
// scanner of a mail server or a guesser, changes nothing in the ledger. The one thing
// that does is the button by which a customer begins a deal with a payment system that
// takes cards; the payment itself is between the customer and that system.
//
// Pages know no payment system by name: the words and the buttons follow from what
// one can do.
//
// It owns the words, the look and the limits of these pages. It may import store,
// qr and the leaf packages under internal; package webhook puts it on the
// listener.
package paypage
