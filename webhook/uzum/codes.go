package uzum

import "tushum/store"

// Code is an errorCode of the Merchant API 1.0.0. On the wire it is a string.
type Code string

// The error codes. There is no 10004.
const (
	AccessDenied    Code = "10001"
	Malformed       Code = "10002" // not JSON, or not the expected structure
	NotPost         Code = "10003"
	Missing         Code = "10005" // a required member is missing, null or empty
	ServiceUnknown  Code = "10006"
	AccountUnknown  Code = "10007"
	AlreadyPaid     Code = "10008"
	Closed          Code = "10009" // cancelled, expired or refunded
	CreatedBefore   Code = "10010"
	WrongAmount     Code = "10011"
	BelowMinimum    Code = "10012"
	AboveMaximum    Code = "10013"
	TransUnknown    Code = "10014"
	NotConfirmable  Code = "10015"
	ConfirmedBefore Code = "10016"
	NotReversible   Code = "10017"
	ReversedBefore  Code = "10018"
	InternalError   Code = "99999"
	success         Code = ""
)

// statusFailed is the status member of every refusal.
const statusFailed = "FAILED"

// refusal is why a call is refused: the code for the bank, and a sentence for
// the shop's technicians. What it quotes of the caller is cleaned and masked.
type refusal struct {
	code   Code
	reason string
}

// The ledger's refusals as each webhook words them. What a table does not list
// must not be sent on that webhook, so it becomes 99999.
var (
	checkCodes = map[store.Code]Code{
		store.InvoiceNotFound: AccountUnknown,
		store.AlreadyPaid:     AlreadyPaid,
		store.InvoiceClosed:   Closed,
	}
	createCodes = map[store.Code]Code{
		store.TransIDTaken:    CreatedBefore,
		store.InvoiceNotFound: AccountUnknown,
		store.AlreadyPaid:     AlreadyPaid,
		store.InvoiceClosed:   Closed,
		store.BelowMinimum:    BelowMinimum,
		store.AboveMaximum:    AboveMaximum,
		store.WrongAmount:     WrongAmount,
	}
	confirmCodes = map[store.Code]Code{
		store.TransactionNotFound: TransUnknown,
		store.AlreadyConfirmed:    ConfirmedBefore,
		store.NotConfirmable:      NotConfirmable,
	}
	reverseCodes = map[store.Code]Code{
		store.TransactionNotFound: TransUnknown,
		store.AlreadyReversed:     ReversedBefore,
		store.NotReversible:       NotReversible,
	}
	statusCodes = map[store.Code]Code{
		store.TransactionNotFound: TransUnknown,
	}
)
