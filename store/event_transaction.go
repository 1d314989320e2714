package store

import "context"

// TransactionOfEvent finds the transaction that an event is about. Events name it as
// its payment system does; where another system has one of that name, it is the one of
// the event's invoice.
func TransactionOfEvent(ctx context.Context, books Books, e Event) (Transaction, error) {
	t, err := books.Transaction(ctx, e.TransID)
	if CodeOf(err) != TransIDShared {
		return t, err
	}
	for t, other := range books.FindTransactions(ctx, TransactionQuery{Number: e.Number}) {
		if other != nil || t.TransID == e.TransID {
			return t, other
		}
	}
	return Transaction{}, err
}
