// Package paypage is what a shop's customers see: the Quick Payment page of an
// invoice with its QR code and its live updates, and the page behind the code at
// the till.
//
// A page only ever reads. Whoever opens a link, be it a messenger that draws a
// preview, a scanner of a mail server or a guesser, changes nothing in the
// ledger: the payment itself is between the customer and the bank.
//
// It owns the words, the look and the limits of these pages. It may import store,
// qr and the leaf packages under internal; package webhook puts it on the
// listener.
package paypage
