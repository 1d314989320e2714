package uzum

import (
	"context"
	"net/http"

	"tushum/store"
)

// hook is what sets one of the five webhooks apart from the others.
type hook struct {
	name    string // also the last part of the path
	needs   needs
	codes   map[store.Code]Code
	fault   int    // HTTP status of 99999
	done    string // status member of a success; empty: that of the transaction
	time    string // member that holds the webhook's own time; empty: all three of a transaction
	repeats Code   // the refusal that tells the stored time instead of the present
	stored  func(store.Transaction) store.Instant
	ask     func(*call, context.Context)
}

// needs are the required members beside serviceId and timestamp.
type needs struct{ transID, params, amount, uuid bool }

var checkHook = hook{
	name: "check", needs: needs{params: true}, codes: checkCodes, fault: http.StatusBadRequest,
	done: "OK", time: "timestamp", ask: (*call).check,
}

var createHook = hook{
	name: "create", needs: needs{transID: true, params: true, amount: true, uuid: true},
	codes: createCodes, fault: http.StatusBadRequest, done: "CREATED", time: "transTime", repeats: CreatedBefore,
	stored: func(t store.Transaction) store.Instant { return t.CreatedAt },
	ask:    (*call).create,
}

// 99999 is HTTP 500 on confirm and status: the bank asks /status again after a
// server error, while a 400 reads as a final "not delivered" for a customer
// who has been debited.
var confirmHook = hook{
	name: "confirm", needs: needs{transID: true},
	codes: confirmCodes, fault: http.StatusInternalServerError, done: "CONFIRMED", time: "confirmTime", repeats: ConfirmedBefore,
	stored: func(t store.Transaction) store.Instant { return t.ConfirmedAt },
	ask:    (*call).confirm,
}

var reverseHook = hook{
	name: "reverse", needs: needs{transID: true},
	codes: reverseCodes, fault: http.StatusBadRequest, done: "REVERSED", time: "reverseTime", repeats: ReversedBefore,
	stored: func(t store.Transaction) store.Instant { return t.ReversedAt },
	ask:    (*call).reverse,
}

var statusHook = hook{
	name: "status", needs: needs{transID: true}, codes: statusCodes, fault: http.StatusInternalServerError,
	ask: (*call).status,
}

// code is the ledger's refusal in the bank's words; listed is false for one
// that the bank must not be sent here.
func (k *hook) code(err error) (code Code, listed bool) {
	code, listed = k.codes[store.CodeOf(err)]
	if !listed {
		code = InternalError
	}
	return code, listed
}

// httpStatus is what goes out with a code.
func (k *hook) httpStatus(c Code) int {
	switch c {
	case success:
		return http.StatusOK
	case InternalError:
		return k.fault
	}
	return http.StatusBadRequest
}
