// Package store is the shop's ledger: what an invoice, a transaction, a call
// and an event are, and every rule by which they change.
//
// How one payment flows through these types:
//
//	Draft ──Rules.Issue──▶ Invoice (open)                 the shop asks for money
//	Attempt ──Rules.Create──▶ Transaction (CREATED)       the bank begins to pay it
//	Confirmation ──Rules.Confirm──▶ Transaction (CONFIRMED), Invoice (paid)
//	RefundOrder ──Rules.RequestRefund──▶ Transaction (its RefundRequest waits)
//	Rules.Reverse ──▶ Transaction (REVERSED), Invoice (refunded)
//
// A rule is a pure function over values, with the clock passed in. It answers a
// Change (the records as they are to be) or an error that carries a Code. A
// Ledger keeps Changes: it looks the values up, asks the rule, and makes the
// Change durable before it returns. Each Change also yields the Events that
// screens and scripts live on, and moves the Totals of the business day.
//
// What is shown of an invoice is derived the same way: Rules.Bill says how it
// stands for its customer, Links where it is paid, and Invoice.MessageFacts what
// the message with the link says.
//
// Some refusals carry a Change too: a confirm that comes too late is refused
// and the transaction is written down as FAILED in the same commit, so that
// what the bank was told stays true when the clock is set back.
//
// The package may import internal leaf packages and nothing above them.
package store
