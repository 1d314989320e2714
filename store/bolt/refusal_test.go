package bolt_test

import (
	"maps"
	"strings"
	"testing"
	"time"

	"tushum/internal/money"
	"tushum/store"
)

// A refusal leaves every record, index, total and event as it was. With it
// comes the transaction as it stands, where there is one.
func TestRefusalsWriteNothing(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		begin  func(s *ledger, n store.Number)
		try    func(s *ledger, n store.Number) (store.Transaction, error)
		code   store.Code
		status store.TransactionStatus
	}{
		"create with a used transId": {
			begin:  func(s *ledger, n store.Number) { s.created("a", n) },
			try:    func(s *ledger, n store.Number) (store.Transaction, error) { return s.create("a", n, 1) },
			code:   store.TransIDTaken,
			status: store.Created,
		},
		"create with a used transId in capitals": {
			begin: func(s *ledger, n store.Number) { s.created("a", n) },
			try: func(s *ledger, n store.Number) (store.Transaction, error) {
				s.ids["A"] = strings.ToUpper(s.id("a"))
				return s.create("A", n, fullPrice)
			},
			code: store.TransIDTaken, status: store.Created,
		},
		"create with a used transId of another invoice": {
			begin:  func(s *ledger, n store.Number) { s.paid("a", n) },
			try:    func(s *ledger, _ store.Number) (store.Transaction, error) { return s.create("a", 1, fullPrice) },
			code:   store.TransIDTaken,
			status: store.Confirmed,
		},
		"create without a transId": {
			begin: func(s *ledger, _ store.Number) { s.ids["none"] = "" },
			try: func(s *ledger, n store.Number) (store.Transaction, error) {
				return s.Create(s.t.Context(), store.Attempt{System: store.Uzum, Number: n, Amount: fullPrice}, s.witness("create", ""))
			},
			code: store.Invalid,
		},
		"create with an endless transId": {
			try: func(s *ledger, n store.Number) (store.Transaction, error) {
				s.ids["long"] = strings.Repeat("x", 129)
				return s.create("long", n, fullPrice)
			},
			code: store.Invalid,
		},
		"create for nothing": {
			try:  func(s *ledger, _ store.Number) (store.Transaction, error) { return s.create("a", 9999999, fullPrice) },
			code: store.InvoiceNotFound,
		},
		"create for a paid invoice": {
			begin: func(s *ledger, n store.Number) { s.paid("a", n) },
			try:   func(s *ledger, n store.Number) (store.Transaction, error) { return s.create("b", n, fullPrice) },
			code:  store.AlreadyPaid,
		},
		"create for a cancelled invoice": {
			begin: func(s *ledger, n store.Number) { must(s.t, "", second(s.cancel(n, false))) },
			try:   func(s *ledger, n store.Number) (store.Transaction, error) { return s.create("b", n, fullPrice) },
			code:  store.InvoiceClosed,
		},
		"create with another amount": {
			try:  func(s *ledger, n store.Number) (store.Transaction, error) { return s.create("b", n, fullPrice+1) },
			code: store.WrongAmount,
		},
		"create below the least": {
			try:  func(s *ledger, n store.Number) (store.Transaction, error) { return s.create("b", n, -1) },
			code: store.BelowMinimum,
		},
		"create above the most": {
			try: func(s *ledger, n store.Number) (store.Transaction, error) {
				return s.create("b", n, 5_000_001*money.Som)
			},
			code: store.AboveMaximum,
		},
		"confirm of nothing": {
			try:  func(s *ledger, _ store.Number) (store.Transaction, error) { return s.confirm("a") },
			code: store.TransactionNotFound,
		},
		"confirm again": {
			begin:  func(s *ledger, n store.Number) { s.paid("a", n) },
			try:    func(s *ledger, _ store.Number) (store.Transaction, error) { return s.confirm("a") },
			code:   store.AlreadyConfirmed,
			status: store.Confirmed,
		},
		"confirm again long after": {
			begin:  func(s *ledger, n store.Number) { s.paid("a", n); s.clock.advance(1000 * time.Hour) },
			try:    func(s *ledger, _ store.Number) (store.Transaction, error) { return s.confirm("a") },
			code:   store.AlreadyConfirmed,
			status: store.Confirmed,
		},
		"confirm after the invoice was cancelled": {
			begin:  func(s *ledger, n store.Number) { s.created("a", n); must(s.t, "", second(s.cancel(n, true))) },
			try:    func(s *ledger, _ store.Number) (store.Transaction, error) { return s.confirm("a") },
			code:   store.NotConfirmable,
			status: store.FailedTx,
		},
		"confirm of a reversed one": {
			begin:  func(s *ledger, n store.Number) { s.created("a", n); must(s.t, "", second(s.reverse("a"))) },
			try:    func(s *ledger, _ store.Number) (store.Transaction, error) { return s.confirm("a") },
			code:   store.NotConfirmable,
			status: store.Reversed,
		},
		"confirm by another system": {
			begin: func(s *ledger, n store.Number) { s.created("a", n) },
			try: func(s *ledger, _ store.Number) (store.Transaction, error) {
				return s.Confirm(s.t.Context(), store.Confirmation{System: oneClick, TransID: s.id("a")}, s.witness("confirm", "a"))
			},
			code: store.TransactionNotFound,
		},
		"reverse of nothing": {
			try:  func(s *ledger, _ store.Number) (store.Transaction, error) { return s.reverse("a") },
			code: store.TransactionNotFound,
		},
		"reverse again": {
			begin:  func(s *ledger, n store.Number) { s.paid("a", n); must(s.t, "", second(s.reverse("a"))) },
			try:    func(s *ledger, _ store.Number) (store.Transaction, error) { return s.reverse("a") },
			code:   store.AlreadyReversed,
			status: store.Reversed,
		},
		"reverse against the settings": {
			begin: func(s *ledger, n store.Number) {
				s.paid("a", n)
				r := shopRules()
				r.AcceptReversals = false
				s.SetRules(r)
			},
			try:    func(s *ledger, _ store.Number) (store.Transaction, error) { return s.reverse("a") },
			code:   store.NotReversible,
			status: store.Confirmed,
		},
		"status of nothing": {
			try:  func(s *ledger, _ store.Number) (store.Transaction, error) { return s.status("a") },
			code: store.TransactionNotFound,
		},
		"status of what is recorded by hand": {
			begin: func(s *ledger, n store.Number) { must(s.t, "", second(s.markPaid(n, false))); s.nameCash(n) },
			try:   func(s *ledger, _ store.Number) (store.Transaction, error) { return s.status("cash") },
			code:  store.TransactionNotFound,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := openLedger(t)
			n := s.visit()
			if c.begin != nil {
				c.begin(s, n)
			}
			got := s.wantUnchanged(func() error {
				tx, err := c.try(s, n)
				if tx.Status != c.status {
					t.Errorf("with the refusal comes %+v", tx)
				}
				return err
			})
			wantCode(t, got, c.code)
		})
	}
}

// wantUnchanged fails the test when what is stored changes.
func (s *ledger) wantUnchanged(try func() error) error {
	s.t.Helper()
	before := s.dump()
	err := try()
	after := s.dump()
	for k, v := range after {
		if old, there := before[k]; !there || old != v {
			s.t.Errorf("%s was written", k)
		}
	}
	if len(after) != len(before) {
		s.t.Errorf("%d keys became %d", len(before), len(after))
	}
	return err
}

func TestRefusalsAtTheDeskWriteNothing(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		begin func(s *ledger, n store.Number)
		try   func(s *ledger, n store.Number) error
		code  store.Code
	}{
		"issue of nothing": {
			try: func(s *ledger, _ store.Number) error {
				return second(s.Issue(s.t.Context(), store.Draft{Kind: store.Visit}))
			},
			code: store.Invalid,
		},
		"issue of a kind that is not routed": {
			try: func(s *ledger, _ store.Number) error {
				return second(s.Issue(s.t.Context(), store.Draft{Kind: store.GiftCard, Amount: fullPrice}))
			},
			code: store.Invalid,
		},
		"cancel of nothing": {
			try:  func(s *ledger, _ store.Number) error { return second(s.cancel(9999999, false)) },
			code: store.InvoiceNotFound,
		},
		"cancel while it is being paid": {
			begin: func(s *ledger, n store.Number) { s.created("a", n) },
			try:   func(s *ledger, n store.Number) error { return second(s.cancel(n, false)) },
			code:  store.PaymentInFlight,
		},
		"cancel of a paid one": {
			begin: func(s *ledger, n store.Number) { s.paid("a", n) },
			try:   func(s *ledger, n store.Number) error { return second(s.cancel(n, true)) },
			code:  store.AlreadyPaid,
		},
		"reopen of an open one": {
			try:  func(s *ledger, n store.Number) error { return second(s.Reopen(s.t.Context(), n, "", "", 0)) },
			code: store.NotAllowed,
		},
		"extend into the past": {
			try:  func(s *ledger, n store.Number) error { return second(s.Extend(s.t.Context(), n, "", "", 1)) },
			code: store.Invalid,
		},
		"extend of nothing": {
			try:  func(s *ledger, _ store.Number) error { return second(s.Extend(s.t.Context(), 1, "", "", 0)) },
			code: store.InvoiceNotFound,
		},
		"mark a paid one as paid": {
			begin: func(s *ledger, n store.Number) { s.paid("a", n) },
			try:   func(s *ledger, n store.Number) error { return second(s.markPaid(n, true)) },
			code:  store.AlreadyPaid,
		},
		"mark as paid while it is being paid": {
			begin: func(s *ledger, n store.Number) { s.created("a", n) },
			try:   func(s *ledger, n store.Number) error { return second(s.markPaid(n, false)) },
			code:  store.PaymentInFlight,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := openLedger(t)
			n := s.visit()
			if c.begin != nil {
				c.begin(s, n)
			}
			wantCode(t, s.wantUnchanged(func() error { return c.try(s, n) }), c.code)
		})
	}
}

// A refusal that becomes final is the one refusal that is written down.
func TestAFinalRefusalIsWrittenDown(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	n := s.visit()
	s.created("a", n)
	s.clock.advance(ttl)
	before := s.dump()
	tx, err := s.confirm("a")
	wantCode(t, err, store.NotConfirmable)
	if tx.Status != store.FailedTx || tx.FailedAt != s.clock.instant() {
		t.Errorf("with the refusal comes %+v", tx)
	}
	changed := map[string]int{}
	for k, v := range s.dump() {
		if old, there := before[k]; !there || old != v {
			bucket, _, _ := strings.Cut(k, " ")
			changed[bucket]++
		}
	}
	// The record, its places in two indexes, the event, and the bank's call with its line in the index.
	want := map[string]int{"tx": 1, "tx.invoice": 1, "tx.day": 1, "event": 1, "call": 1, "call.tx": 1}
	if !maps.Equal(changed, want) {
		t.Errorf("changed were %v, want %v", changed, want)
	}
	calls, err := s.Calls(t.Context(), store.CallQuery{TxSeq: tx.Seq, Limit: 1})
	if must(t, calls, err); len(calls) != 1 || calls[0].Code != string(store.NotConfirmable) {
		t.Errorf("the newest call is %+v", calls)
	}
}

func TestCheckTellsWhetherItMayBePaid(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	open, paid, cancelled := s.visit(), s.visit(), s.visit()
	expiring := s.issue(store.Draft{Kind: store.Visit, Amount: fullPrice, ExpiresAt: s.clock.instant().Add(time.Hour)}).Number
	s.paid("a", paid)
	must(t, "", second(s.cancel(cancelled, false)))
	for _, c := range []struct {
		n      store.Number
		system store.System
		code   store.Code
	}{
		{open, store.Uzum, ""}, {expiring, store.Uzum, ""}, {open, oneClick, store.InvoiceNotFound},
		{paid, store.Uzum, store.AlreadyPaid}, {cancelled, store.Uzum, store.InvoiceClosed}, {9999999, store.Uzum, store.InvoiceNotFound},
	} {
		inv, err := s.Check(t.Context(), c.system, c.n)
		wantCode(t, err, c.code)
		if c.code == "" && inv.Amount != fullPrice {
			t.Errorf("the invoice is %+v", inv)
		}
	}
	s.clock.advance(time.Hour)
	err := s.wantUnchanged(func() error { return second(s.Check(t.Context(), store.Uzum, expiring)) })
	wantCode(t, err, store.InvoiceClosed)
}
