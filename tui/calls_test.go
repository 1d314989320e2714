package tui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"tushum/internal/money"
	"tushum/store"
)

// called has the listener write down a call, and waits until the console has seen it.
func (s *stage) called(c store.Call) {
	s.t.Helper()
	s.wrote(c)
	s.pass(2 * time.Second)
}

// wrote has the listener write down a call that changed nothing.
func (s *stage) wrote(c store.Call) {
	if c.At == 0 {
		c.At = store.At(time.Now())
	}
	if c.Took == 0 {
		c.Took = 4 * time.Millisecond
	}
	if c.HTTPStatus == 0 {
		c.HTTPStatus = 200
		if c.Code != "" {
			c.HTTPStatus = 400
		}
	}
	if c.Address == "" {
		c.Address = "185.178.51.1"
	}
	c.System = store.Uzum
	s.store.Record(c)
}

// wrongAmount has the bank try to create a payment of another sum, as it does
// where the customer typed the sum.
func (s *stage) wrongAmount(inv store.Invoice, id string, got money.Amount) {
	s.t.Helper()
	attempt := store.Attempt{System: store.Uzum, ServiceID: 101202, TransID: id, Number: inv.Number, Amount: got}
	_, err := s.store.Create(s.t.Context(), attempt, func(d store.Decided) store.Call {
		return store.Call{
			At: store.At(time.Now()), Took: 2 * time.Millisecond, System: store.Uzum, Webhook: "create", Address: "185.178.51.1",
			TransID: id, Number: inv.Number, HTTPStatus: 400, Code: "10011", Reason: strings.ReplaceAll(d.Err.Error(), "\u00a0", " "), // as the listener does
			Request:  fmt.Appendf(nil, `{"serviceId":101202,"timestamp":1795252000000,"transId":%q,"params":{"account":%s},"amount":%d}`, id, inv.Number, got),
			Response: fmt.Appendf(nil, `{"serviceId":101202,"transId":%q,"status":"FAILED","transTime":1795252000000,"errorCode":"10011"}`, id),
		}
	})
	if store.CodeOf(err) != store.WrongAmount {
		s.t.Fatalf("creating with a wrong amount: %v", err)
	}
}

// aMorning of calls: a stranger, a wrong sum, a payment, a question.
func aMorning(s *stage) {
	inv := s.issue(store.Draft{Amount: 95_000 * money.Som})
	s.called(store.Call{Webhook: "check", Address: "93.184.216.34", Code: "10001", Reason: "no Basic credentials were sent"})
	s.called(store.Call{
		Webhook: "check", Number: inv.Number,
		Request:  fmt.Appendf(nil, `{"serviceId":101202,"timestamp":1795252000000,"params":{"account":%s}}`, inv.Number),
		Response: fmt.Appendf(nil, `{"serviceId":101202,"timestamp":1795252000001,"status":"OK","data":{"account":{"value":"%s"},"amount":{"value":"95000"}}}`, inv.Number),
	})
	s.wrongAmount(inv, transID(1), 90_000*money.Som)
	s.pass(40 * time.Second)
	s.begin(inv, transID(2))
	s.pass(7 * time.Second)
	s.finish(transID(2), "UZCARD")
	s.pass(2 * time.Second)
}

func TestCallsGolden(t *testing.T) {
	t.Parallel()
	t.Run("live", func(t *testing.T) {
		t.Parallel()
		goldens(t, nil, func(s *stage) { aMorning(s); s.press("3"); s.pass(5 * time.Second) })
	})
	t.Run("selected", func(t *testing.T) {
		t.Parallel()
		goldens(t, nil, func(s *stage) { aMorning(s); s.press("3", "down", "down", "down"); s.pass(5 * time.Second) })
	})
	t.Run("refused", func(t *testing.T) {
		t.Parallel()
		goldens(t, nil, func(s *stage) { aMorning(s); s.press("3", "s"); s.pass(5 * time.Second) })
	})
	t.Run("empty", func(t *testing.T) {
		t.Parallel()
		goldens(t, nil, func(s *stage) { s.press("3") })
	})
	t.Run("not found", func(t *testing.T) {
		t.Parallel()
		goldens(t, nil, func(s *stage) {
			aMorning(s)
			s.press("3", "/")
			s.enter("nobody")
			s.press("enter")
			s.pass(5 * time.Second)
		})
	})
	t.Run("unreadable", func(t *testing.T) {
		t.Parallel()
		goldens(t, nil, func(s *stage) {
			s.inside(func() { s.m.Ledger = unreadable{s.m.Ledger} })
			s.press("3", "s")
		})
	})
	t.Run("loading", func(t *testing.T) {
		t.Parallel()
		goldens(t, nil, func(s *stage) {
			held := holding{Ledger: s.store, let: make(chan struct{})}
			s.inside(func() { s.m.Ledger = held })
			s.t.Cleanup(func() { close(held.let) })
			s.press("3", "s")
		})
	})
}

func TestCallGolden(t *testing.T) {
	t.Parallel()
	for name, downs := range map[string]int{"paid": 1, "wrong amount": 3, "stranger": 5} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			goldens(t, nil, func(s *stage) {
				aMorning(s)
				s.press("3")
				for range downs {
					s.press("down")
				}
				s.press("enter")
				s.pass(5 * time.Second)
			})
		})
	}
}

func TestARefusedCallAppearsByItselfAndSaysWhy(t *testing.T) {
	t.Parallel()
	perform(t, 80, 24, nil, func(s *stage) {
		s.press("3")
		s.sees("has not called yet", "http://127.0.0.1:8080")
		inv := s.issue(store.Draft{Amount: 95_000 * money.Som})
		s.wrongAmount(inv, transID(1), 90_000*money.Som)
		s.pass(2 * time.Second)
		s.sees("✗ create", "400 10011", inv.Number.String(), "10011: the customer was charged 90 000, the invoice is 95 000", "no money was taken")
		s.misses("has not called yet")
		s.press("L", "L") // English → Uzbek → Russian
		s.sees("у клиента запросили 90 000, а в счёте 95 000", "деньги не списаны")
		s.press("down", "enter")
		s.sees("отклонён", transID(1), "Uzum Bank: запрос")
		s.press("end")
		s.sees(`"errorCode": "10011"`)
		s.press("a")
		s.sees("Uzum Bank: запрос", `"amount": 9000000`)
		s.press("esc", "i")
		s.misses(`"amount"`)
	})
}

func TestTheAmountStandsAfterTheInvoiceIsClosed(t *testing.T) {
	t.Parallel()
	perform(t, 120, 30, nil, func(s *stage) {
		inv := s.issue(store.Draft{Amount: 95_000 * money.Som})
		s.wrongAmount(inv, transID(1), 90_000*money.Som)
		if _, err := s.store.Cancel(t.Context(), store.CancelOrder{Number: inv.Number, By: "till:aziza", Reason: "test"}); err != nil {
			t.Fatal(err)
		}
		s.pass(2 * time.Second)
		s.press("3", "s", "down", "enter")
		s.sees("the customer was charged 90 000, the invoice is 95 000")
	})
}

func TestNothingShiftsUnderAReader(t *testing.T) {
	t.Parallel()
	perform(t, 80, 24, nil, func(s *stage) {
		s.press("3")
		for i := range 30 {
			s.wrote(store.Call{Webhook: "check", TransID: fmt.Sprintf("call%02d", i)})
		}
		s.pass(2 * time.Second)
		s.press("down", "down", "down")
		before := s.screen()
		s.called(store.Call{Webhook: "status", Code: "10014"})
		s.called(store.Call{Webhook: "status", Code: "10014"})
		s.sees("2 new ↑")
		if journalRows(before) != journalRows(s.screen()) {
			t.Errorf("the rows have moved:\n%s\n%s", before, s.screen())
		}
		s.press("home")
		s.misses("new ↑")
		s.sees("✗ status")
	})
}

// journalRows are the rows of the journal on a screen.
func journalRows(screen string) string { return strings.Join(strings.Split(screen, "\n")[3:19], "\n") }

func TestCallsAreFilteredAndSearched(t *testing.T) {
	t.Parallel()
	perform(t, 80, 24, nil, func(s *stage) {
		aMorning(s)
		s.press("3")
		s.sees("✓ confirm", "✗ create", "✗ check")
		s.press("s")
		s.sees("refused calls only", "✗ create")
		s.misses("✓ confirm")
		s.begin(s.issue(store.Draft{Amount: 5_000 * money.Som}), transID(8))
		s.pass(2 * time.Second)
		s.misses("✓ create")
		s.press("s", "/")
		s.enter("10001")
		s.press("enter")
		s.sees("✗ check", "search: 10001")
		s.misses("✗ create")
		s.called(store.Call{Webhook: "status", Code: "10014"})
		s.misses("10014")
		s.press("esc")
		s.sees("✗ create", "10014")
	})
}

func TestCallsNeedASelection(t *testing.T) {
	t.Parallel()
	perform(t, 80, 24, nil, func(s *stage) {
		aMorning(s)
		s.press("3", "enter")
		s.sees("select a call with ↓ first")
		s.pass(10 * time.Second)
		s.press("down", "t")
		s.sees(transID(2), "what happened")
		s.press("esc", "end", "i") // a stranger's
		s.sees("this call names no invoice")
	})
}

func TestManyCallsAtOnce(t *testing.T) {
	t.Parallel()
	perform(t, 80, 24, nil, func(s *stage) {
		s.press("3")
		for i := range mostEvents + 50 {
			s.wrote(store.Call{Webhook: "check", TransID: fmt.Sprintf("call%04d", i)})
		}
		s.pass(2 * time.Second)
		s.press("down", "end", "end", "end", "end")
		s.inside(func() {
			row, _ := s.m.tabs[2].(*callsScreen).list.Selected()
			if row.TransID != "call0000" {
				t.Errorf("the last one is %q", row.TransID)
			}
		})
	})
}
