package store_test

import (
	"reflect"
	"testing"

	"tushum/store"
)

func TestTransactionAudit(t *testing.T) {
	t.Parallel()
	for _, s := range store.TransactionStatuses() {
		if err := transactionIn(s).Audit(); err != nil {
			t.Errorf("%s: %v", s, err)
		}
	}
	early := transactionIn(store.Reversed) // never confirmed
	early.ConfirmedAt, early.ConfirmedDay = 0, 0
	if err := early.Audit(); err != nil {
		t.Errorf("reversed before it was confirmed: %v", err)
	}
	for name, c := range map[string]struct {
		in   store.TransactionStatus
		edit func(*store.Transaction)
	}{
		"no transId":               {store.Created, func(t *store.Transaction) { t.TransID = "" }},
		"no invoice":               {store.Created, func(t *store.Transaction) { t.Number = 0 }},
		"no amount":                {store.Created, func(t *store.Transaction) { t.Amount = 0 }},
		"negative":                 {store.Created, func(t *store.Transaction) { t.Amount = -1 }},
		"no beginning":             {store.Created, func(t *store.Transaction) { t.CreatedAt = 0 }},
		"no day":                   {store.Created, func(t *store.Transaction) { t.Day = 0 }},
		"no status":                {store.Created, func(t *store.Transaction) { t.Status = 0 }},
		"unknown status":           {store.Created, func(t *store.Transaction) { t.Status = 5 }},
		"created, once confirmed":  {store.Confirmed, func(t *store.Transaction) { t.Status = store.Created }},
		"failed, once confirmed":   {store.FailedTx, func(t *store.Transaction) { t.ConfirmedAt, t.ConfirmedDay = noon, noonDay }},
		"confirmed, no moment":     {store.Confirmed, func(t *store.Transaction) { t.ConfirmedAt, t.ConfirmedDay = 0, 0 }},
		"confirmed, no day":        {store.Confirmed, func(t *store.Transaction) { t.ConfirmedDay = 0 }},
		"confirmed, and reversed":  {store.Confirmed, func(t *store.Transaction) { t.ReversedAt, t.ReversedDay = noon, noonDay }},
		"reversed, no moment":      {store.Reversed, func(t *store.Transaction) { t.ReversedAt, t.ReversedDay = 0, 0 }},
		"reversed, no day":         {store.Reversed, func(t *store.Transaction) { t.ReversedDay = 0 }},
		"failed, no moment":        {store.FailedTx, func(t *store.Transaction) { t.FailedAt = 0 }},
		"failed, no reason":        {store.FailedTx, func(t *store.Transaction) { t.Reason = "" }},
		"created, with a reason":   {store.Created, func(t *store.Transaction) { t.Reason = store.FailRival }},
		"confirmed, and failed at": {store.Confirmed, func(t *store.Transaction) { t.FailedAt = noon }},
	} {
		tx := transactionIn(c.in)
		c.edit(&tx)
		if tx.Audit() == nil {
			t.Errorf("%s: passes", name)
		}
	}
}

func TestInvoiceAudit(t *testing.T) {
	t.Parallel()
	other, cheap := transactionIn(store.Confirmed), rival()
	other.Seq, other.TransID = 2, rivalID
	cheap.Amount--
	stranger := rival()
	stranger.Number = till().Number
	confirmed, reversed, failed := transactionIn(store.Confirmed), transactionIn(store.Reversed), transactionIn(store.FailedTx)
	unknown := visit()
	unknown.Status = 6
	type ts = []store.Transaction
	for name, c := range map[string]struct {
		inv store.Invoice
		ts  ts
		ok  bool
	}{
		"open":                             {visit(), nil, true},
		"open, being paid by two":          {visit(), ts{created(), rival()}, true},
		"expired, being paid":              {invoiceIn(store.Expired), ts{created()}, true},
		"paid":                             {invoiceIn(store.Paid), ts{confirmed}, true},
		"refunded":                         {invoiceIn(store.Refunded), ts{reversed}, true},
		"cancelled":                        {invoiceIn(store.Cancelled), ts{failed}, true},
		"counter":                          {till(), nil, true},
		"paid by nobody":                   {invoiceIn(store.Paid), nil, false},
		"paid, by a reversed one":          {invoiceIn(store.Paid), ts{reversed}, false},
		"paid twice":                       {invoiceIn(store.Paid), ts{confirmed, other}, false},
		"paid by another than it says":     {invoiceIn(store.Paid), ts{other}, false},
		"paid, and one is left":            {invoiceIn(store.Paid), ts{confirmed, rival()}, false},
		"cancelled, and one is left":       {invoiceIn(store.Cancelled), ts{created()}, false},
		"refunded, and one is left":        {invoiceIn(store.Refunded), ts{reversed, rival()}, false},
		"open, though one is confirmed":    {visit(), ts{confirmed}, false},
		"refunded, though one's confirmed": {invoiceIn(store.Refunded), ts{confirmed}, false},
		"another amount":                   {visit(), ts{cheap}, false},
		"another invoice's":                {visit(), ts{stranger}, false},
		"no status":                        {store.Invoice{}, nil, false},
		"unknown status":                   {unknown, nil, false},
	} {
		if err := c.inv.Audit(c.ts); (err == nil) != c.ok {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestInvoiceAuditAddsUp(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		inv  store.Invoice
		edit func(*store.Invoice)
		ok   bool
	}{
		"as issued":                        {discounted(), func(*store.Invoice) {}, true},
		"no lines":                         {discounted(), func(i *store.Invoice) { i.Lines = nil }, true},
		"a counter":                        {till(), func(*store.Invoice) {}, true},
		"a lower amount":                   {discounted(), func(i *store.Invoice) { i.Amount-- }, false},
		"a higher price":                   {discounted(), func(i *store.Invoice) { i.Lines[0].Price++ }, false},
		"a price that overflows":           {discounted(), func(i *store.Invoice) { i.Lines[0].Price = 1 << 62 }, false},
		"a discount forgotten":             {discounted(), func(i *store.Invoice) { i.Discount = 0 }, false},
		"a prepayment forgotten":           {discounted(), func(i *store.Invoice) { i.Prepaid = 0 }, false},
		"a negative discount":              {discounted(), func(i *store.Invoice) { i.Discount, i.Prepaid = -1, i.Prepaid+i.Discount+1 }, false},
		"a negative prepayment":            {discounted(), func(i *store.Invoice) { i.Prepaid, i.Discount = -1, i.Prepaid+i.Discount+1 }, false},
		"a total that overflows":           {discounted(), func(i *store.Invoice) { i.Prepaid, i.Lines = 1<<63-1, nil }, false},
		"a counter with an amount":         {till(), func(i *store.Invoice) { i.Amount = 1 }, false},
		"a counter with a discount":        {till(), func(i *store.Invoice) { i.Discount = 1 }, false},
		"a counter with something prepaid": {till(), func(i *store.Invoice) { i.Prepaid = 1 }, false},
		"a counter with lines":             {till(), func(i *store.Invoice) { i.Lines = discounted().Lines }, false},
	} {
		c.edit(&c.inv)
		if err := c.inv.Audit(nil); (err == nil) != c.ok {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTotalMovesAreThoseOfTheChanges(t *testing.T) {
	t.Parallel()
	reversed := transactionIn(store.Reversed)
	reversed.ReversedDay = noonDay + 1
	key := store.TotalKey{Day: noonDay, System: store.Uzum, Source: "UZCARD"}
	in := store.Total{TotalKey: key, Count: 1, Amount: 130_000_00, Fee: 1_300_00}
	key.Day++
	back := store.Total{TotalKey: key, ReversedCount: 1, ReversedAmount: 130_000_00, ReversedFee: 1_300_00}
	early := transactionIn(store.Reversed)
	early.ConfirmedAt, early.ConfirmedDay = 0, 0
	for name, c := range map[string]struct {
		tx   store.Transaction
		want []store.Total
	}{
		"created": {created(), nil}, "failed": {transactionIn(store.FailedTx), nil}, "reversed before it was confirmed": {early, nil},
		"confirmed": {transactionIn(store.Confirmed), []store.Total{in}}, "reversed": {reversed, []store.Total{in, back}},
	} {
		if got := c.tx.TotalMoves(); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}

func TestLastEvents(t *testing.T) {
	t.Parallel()
	for s, want := range map[store.TransactionStatus]store.EventType{
		store.Created: store.TransactionCreated, store.Confirmed: store.TransactionConfirmed, store.Reversed: store.TransactionReversed, store.FailedTx: store.TransactionFailed,
	} {
		for event := range leaves {
			if got := transactionIn(s).MayEndWith(event); got != (event == want) {
				t.Errorf("%s left by %s: an audit says %v", s, event, got)
			}
		}
	}
	for event, want := range leaves {
		for _, s := range store.InvoiceStatuses() {
			if got := invoiceIn(s).MayEndWith(event); got != (s.String() == want) {
				t.Errorf("%s may end with %s: %v", s, event, got)
			}
		}
		if (store.Invoice{}).MayEndWith(event) {
			t.Errorf("an invoice without a status may end with %s", event)
		}
	}
}
