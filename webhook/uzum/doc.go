// Package uzum is the Merchant API 1.0.0 of Uzum Bank as the shop answers it:
// five webhooks that are decoded strictly, put to the ledger, and answered to
// the letter.
//
// A call goes through these steps, and stops at the first that refuses:
//
//	method (10003) → Basic auth (10001) → JSON (10002) → required members
//	(10005) → serviceId (10006) → the ledger's own rules
//
// Every rule of payment lives in package store; this package knows only the
// wire. Each call leaves a line in the wire journal, those of strangers at a
// bounded pace. For calls that may change the ledger the line is made inside the
// commit, by a store.Witness, so the answer is encoded there too: what is
// journaled is what the bank is told, phones masked and long bodies cut, and it is
// told only when it is on disk.
//
// The package knows nothing of listeners, limits and passwords: package
// webhook imports this one, never the other way round. It may import store and
// the leaf packages internal/clean and internal/money.
package uzum
