package tui

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"iter"

	"tushum/internal/money"
	"tushum/store"
)

// callRow is a line of the wire journal with what is told of it besides: that
// is looked up when the row is read, for drawing it may take no time.
type callRow struct {
	store.Call
	amount money.Amount     // tiyin that the call was about; zero: not known
	want   money.Amount     // of a refused amount, tiyin: what it should have been; zero: not known
	status string           // of what stood in its way, as the ledger names it
	why    store.FailReason // of a payment that has failed
}

// readCall looks up what is told of a call.
func readCall(ctx context.Context, ledger Ledger, c store.Call) callRow {
	row := callRow{Call: c, amount: amountOf(c)}
	if c.Code == "" {
		return row
	}
	if cause := reasonOf(c.Code).cause; cause != "" {
		row.want = wanted(ctx, ledger, c.Number, row.amount, cause)
	}
	switch c.Code {
	case "10014", "10015", "10016", "10017", "10018":
		if t, err := ledger.TransactionOf(ctx, c.System, c.TransID); err == nil && c.TransID != "" {
			row.status, row.why = t.StatusAt(store.At(ledger.Now()), ledger.Rules().TransactionTTL).String(), t.Reason
		}
	case "10009":
		if inv, err := ledger.Invoice(ctx, c.Number); err == nil {
			row.status = inv.StatusAt(store.At(ledger.Now())).String()
		}
	}
	return row
}

// wanted asks the rules for the sum that a refused one was measured by. Where
// they would no longer refuse it so, since a setting has changed, it is not known.
func wanted(ctx context.Context, ledger Ledger, n store.Number, got money.Amount, cause store.Code) money.Amount {
	inv, err := ledger.Invoice(ctx, n)
	if err != nil {
		return 0
	}
	inv.Status, inv.ExpiresAt = store.Open, 0 // as it stood then
	_, err = ledger.Rules().Create(inv, store.Attempt{System: inv.System, Number: n, Amount: got}, store.At(ledger.Now()))
	var refused *store.Error
	if !errors.As(err, &refused) || refused.Code != cause {
		return 0
	}
	return refused.Want
}

// amountOf is what a call was about, in tiyin: the request of a create tells
// it, and the answers that were no refusal. Zero where neither does.
func amountOf(c store.Call) money.Amount {
	for _, body := range [][]byte{c.Request, c.Response} {
		if amount, ok := topAmount(body); ok {
			return amount
		}
	}
	return 0
}

// topAmount is the member amount of a body, also of one that was cut after it.
func topAmount(body []byte) (money.Amount, bool) {
	dec := json.NewDecoder(bytes.NewReader(body))
	if open, err := dec.Token(); err != nil || open != json.Delim('{') {
		return 0, false
	}
	for dec.More() {
		name, err := dec.Token()
		if err != nil {
			return 0, false
		}
		var value json.RawMessage
		if dec.Decode(&value) != nil {
			return 0, false
		}
		if name == "amount" {
			var tiyin int64
			err := json.Unmarshal(value, &tiyin)
			return money.Amount(tiyin), err == nil
		}
	}
	return 0, false
}

// callRows are the calls that a query finds, as rows.
func callRows(ledger Ledger, q store.CallQuery) func(context.Context, uint64, int) iter.Seq2[callRow, error] {
	return func(ctx context.Context, after uint64, limit int) iter.Seq2[callRow, error] {
		q := q
		q.After, q.Limit = after, limit
		return func(yield func(callRow, error) bool) {
			for c, err := range ledger.FindCalls(ctx, q) {
				if err != nil {
					yield(callRow{}, err)
					return
				}
				if !yield(readCall(ctx, ledger, c), nil) {
					return
				}
			}
		}
	}
}

// asks tells whether a query finds a call.
func asks(q store.CallQuery, c store.Call) bool {
	return (!q.Refused || c.Code != "") && store.SplitWords(q.Search).MatchCall(c)
}
