package webhooktest

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"tushum/store"
)

// Memory is a store.Bank without a disk. NewMemory makes one.
type Memory struct {
	rules store.Rules
	now   func() time.Time

	mu           sync.Mutex
	base         uint32
	invoices     map[store.Number]store.Invoice
	transactions map[string]store.Transaction
	byInvoice    map[store.Number][]string // of one-time invoices only
	calls        []store.Call
	keep         bool
	fault        func(op string) error
	commitFault  error
}

var _ store.Bank = (*Memory)(nil)

// NewMemory makes an empty ledger. It keeps every call.
func NewMemory(rules store.Rules, now func() time.Time) *Memory {
	return &Memory{
		rules: rules, now: now, base: store.FirstBase, keep: true,
		invoices:     make(map[store.Number]store.Invoice),
		transactions: make(map[string]store.Transaction),
		byInvoice:    make(map[store.Number][]string),
	}
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
	m.mu.Lock()
	defer m.mu.Unlock()
	n, err := store.NumberOf(m.base)
	if err != nil {
		panic(err)
	}
	m.base++
	ch, err := m.rules.Issue(d, n, store.Token{byte(n), byte(n >> 8), byte(n >> 16)}, m.instant())
	if err != nil {
		panic(err)
	}
	m.apply(ch)
	return ch.Invoices[0].After
}

// Cancel cancels an invoice, also one that is being paid.
func (m *Memory) Cancel(n store.Number) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	inv, err := m.invoice(n)
	if err != nil {
		return err
	}
	ch, err := m.rules.Cancel(inv, m.created(n), store.CancelOrder{Number: n, By: "test", Force: true}, m.instant())
	m.apply(ch)
	return err
}

// Transaction tells what is kept, and whether there is such a transaction.
func (m *Memory) Transaction(transID string) (store.Transaction, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	t, ok := m.transactions[strings.ToLower(transID)]
	return t, ok
}

// Calls are the lines of the wire journal, the oldest first.
func (m *Memory) Calls() []store.Call {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.calls)
}

func (m *Memory) instant() store.Instant { return store.At(m.now()) }

func (m *Memory) failing(op string) error {
	if m.fault == nil {
		return nil
	}
	return m.fault(op)
}

// Check implements store.Bank.
func (m *Memory) Check(_ context.Context, system store.System, n store.Number) (store.Invoice, error) {
	if err := m.failing("Check"); err != nil {
		return store.Invoice{}, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	inv, err := m.invoice(n)
	if err != nil {
		return inv, err
	}
	return inv, m.rules.Check(inv, system, m.instant())
}

// Create implements store.Bank.
func (m *Memory) Create(_ context.Context, a store.Attempt, w store.Witness) (store.Transaction, error) {
	return m.decide("Create", w, func(d *store.Decided) (ch store.Change, err error) {
		if old, seen := m.transactions[strings.ToLower(a.TransID)]; seen {
			d.Transaction = old
			return ch, &store.Error{Code: store.TransIDTaken, Number: old.Number, TransID: a.TransID}
		}
		if d.Invoice, err = m.invoice(a.Number); err != nil {
			return ch, err
		}
		return m.rules.Create(d.Invoice, a, m.instant())
	})
}

// Confirm implements store.Bank.
func (m *Memory) Confirm(_ context.Context, c store.Confirmation, w store.Witness) (store.Transaction, error) {
	return m.decide("Confirm", w, func(d *store.Decided) (store.Change, error) {
		if err := m.payment(c.TransID, d); err != nil {
			return store.Change{}, err
		}
		return m.rules.Confirm(d.Invoice, d.Transaction, m.created(d.Invoice.Number), c, m.instant())
	})
}

// Reverse implements store.Bank.
func (m *Memory) Reverse(_ context.Context, _ store.System, transID string, w store.Witness) (store.Transaction, error) {
	return m.decide("Reverse", w, func(d *store.Decided) (store.Change, error) {
		if err := m.payment(transID, d); err != nil {
			return store.Change{}, err
		}
		return m.rules.Reverse(d.Invoice, d.Transaction, m.instant())
	})
}

// Status implements store.Bank.
func (m *Memory) Status(_ context.Context, _ store.System, transID string) (store.Transaction, error) {
	if err := m.failing("Status"); err != nil {
		return store.Transaction{}, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	t, err := m.transaction(transID)
	if err != nil {
		return t, err
	}
	if ch, late := m.rules.ExpireTransaction(t, m.instant()); late {
		m.apply(ch)
		t = ch.Transactions[0].After
	}
	return t, nil
}

// Invoice implements store.Bank.
func (m *Memory) Invoice(_ context.Context, n store.Number) (store.Invoice, error) {
	if err := m.failing("Invoice"); err != nil {
		return store.Invoice{}, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.invoice(n)
}

// Record implements store.Bank.
func (m *Memory) Record(c store.Call) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.record(c)
}

func (m *Memory) record(c store.Call) {
	if m.keep {
		m.calls = append(m.calls, c)
	}
}

// decide is the writer: one decision at a time, its line made inside.
func (m *Memory) decide(op string, w store.Witness, rule func(d *store.Decided) (store.Change, error)) (store.Transaction, error) {
	if err := m.failing(op); err != nil {
		return store.Transaction{}, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	var (
		d  store.Decided
		ch store.Change
	)
	ch, d.Err = rule(&d)
	if len(ch.Transactions) > 0 {
		d.Transaction = ch.Transactions[0].After
	}
	line := w(d)
	if !ch.Empty() && m.commitFault != nil {
		return d.Transaction, m.commitFault
	}
	m.record(line)
	m.apply(ch)
	return d.Transaction, d.Err
}

func (m *Memory) apply(ch store.Change) {
	for _, c := range ch.Invoices {
		m.invoices[c.After.Number] = c.After
	}
	for _, c := range ch.Transactions {
		key := strings.ToLower(c.After.TransID)
		if c.Before == nil && !m.invoices[c.After.Number].Reusable() {
			m.byInvoice[c.After.Number] = append(m.byInvoice[c.After.Number], key)
		}
		m.transactions[key] = c.After
	}
}

func (m *Memory) invoice(n store.Number) (store.Invoice, error) {
	inv, ok := m.invoices[n]
	if !ok {
		return inv, &store.Error{Code: store.InvoiceNotFound, Number: n}
	}
	return inv, nil
}

func (m *Memory) transaction(transID string) (store.Transaction, error) {
	t, ok := m.transactions[strings.ToLower(transID)]
	if !ok {
		return t, &store.Error{Code: store.TransactionNotFound, TransID: transID}
	}
	return t, nil
}

func (m *Memory) payment(transID string, d *store.Decided) (err error) {
	if d.Transaction, err = m.transaction(transID); err == nil {
		d.Invoice, err = m.invoice(d.Transaction.Number)
	}
	return err
}

func (m *Memory) created(n store.Number) []store.Transaction {
	var created []store.Transaction
	for _, id := range m.byInvoice[n] {
		if t := m.transactions[id]; t.Status == store.Created {
			created = append(created, t)
		}
	}
	return created
}
