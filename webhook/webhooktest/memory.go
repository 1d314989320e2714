package webhooktest

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"tushum/store"
)

// Memory is a store.Memory that numbers its invoices in order, keeps the wire
// journal, and fails when it is told to. NewMemory makes one.
type Memory struct {
	bank        *store.Memory
	issued      atomic.Uint32
	keep        bool
	fault       func(op string) error
	commitFault error

	mu    sync.Mutex
	calls []store.Call
}

var _ store.Bank = (*Memory)(nil)

// NewMemory makes an empty ledger. It keeps every call.
func NewMemory(rules store.Rules, now func() time.Time) *Memory {
	m := &Memory{keep: true}
	m.bank = store.NewMemory(rules, now, m.keepCall)
	return m
}

// ForgetCalls makes the ledger drop every line of the wire journal, as a
// benchmark wants it.
func (m *Memory) ForgetCalls() { m.keep = false }

// Fault makes every method ask f first, by the method's name, and fail with
// what it returns. f may panic.
func (m *Memory) Fault(f func(op string) error) { m.fault = f }

// FaultCommit makes the changes that the witness has seen fail afterwards.
func (m *Memory) FaultCommit(err error) { m.commitFault = err }

// Issue writes an invoice, and panics on one that the rules refuse.
func (m *Memory) Issue(d store.Draft) store.Invoice {
	n, err := store.NumberOf(store.FirstBase + m.issued.Add(1) - 1)
	if err != nil {
		panic(err)
	}
	inv, err := m.bank.Issue(d, n, store.Token{byte(n), byte(n >> 8), byte(n >> 16)})
	if err != nil {
		panic(err)
	}
	return inv
}

// Cancel cancels an invoice, also one that is being paid.
func (m *Memory) Cancel(n store.Number) error {
	_, err := m.bank.Cancel(store.CancelOrder{Number: n, By: "test", Force: true})
	return err
}

// Transaction tells what is kept, and whether there is such a transaction.
func (m *Memory) Transaction(transID string) (store.Transaction, bool) {
	t, err := m.bank.Transaction(transID)
	return t, err == nil
}

// Calls are the lines of the wire journal, the oldest first.
func (m *Memory) Calls() []store.Call {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.calls)
}

// keepCall is the store.Keep of the ledger.
func (m *Memory) keepCall(c store.Call, ch store.Change) error {
	if !ch.Empty() && m.commitFault != nil {
		return m.commitFault
	}
	if m.keep {
		m.mu.Lock()
		defer m.mu.Unlock()
		m.calls = append(m.calls, c)
	}
	return nil
}

func (m *Memory) failing(op string) error {
	if m.fault == nil {
		return nil
	}
	return m.fault(op)
}

// Check implements store.Bank.
func (m *Memory) Check(ctx context.Context, system store.System, n store.Number) (store.Invoice, error) {
	if err := m.failing("Check"); err != nil {
		return store.Invoice{}, err
	}
	return m.bank.Check(ctx, system, n)
}

// Create implements store.Bank.
func (m *Memory) Create(ctx context.Context, a store.Attempt, w store.Witness) (store.Transaction, error) {
	if err := m.failing("Create"); err != nil {
		return store.Transaction{}, err
	}
	return m.bank.Create(ctx, a, w)
}

// Confirm implements store.Bank.
func (m *Memory) Confirm(ctx context.Context, c store.Confirmation, w store.Witness) (store.Transaction, error) {
	if err := m.failing("Confirm"); err != nil {
		return store.Transaction{}, err
	}
	return m.bank.Confirm(ctx, c, w)
}

// Reverse implements store.Bank.
func (m *Memory) Reverse(ctx context.Context, system store.System, transID string, w store.Witness) (store.Transaction, error) {
	if err := m.failing("Reverse"); err != nil {
		return store.Transaction{}, err
	}
	return m.bank.Reverse(ctx, system, transID, w)
}

// Status implements store.Bank.
func (m *Memory) Status(ctx context.Context, system store.System, transID string) (store.Transaction, error) {
	if err := m.failing("Status"); err != nil {
		return store.Transaction{}, err
	}
	return m.bank.Status(ctx, system, transID)
}

// Invoice implements store.Bank.
func (m *Memory) Invoice(ctx context.Context, n store.Number) (store.Invoice, error) {
	if err := m.failing("Invoice"); err != nil {
		return store.Invoice{}, err
	}
	return m.bank.Invoice(ctx, n)
}

// Record implements store.Bank.
func (m *Memory) Record(c store.Call) { m.bank.Record(c) }
