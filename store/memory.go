package store

import (
	"context"
	"strings"
	"sync"
	"time"
)

// Memory is a Bank of which nothing is left when it is dropped: the rules are
// those of the ledger, and the records live in memory. NewMemory makes one. It
// is safe for concurrent use.
type Memory struct {
	rules Rules
	now   func() time.Time
	keep  Keep

	mu           sync.Mutex
	invoices     map[Number]Invoice
	transactions map[string]Transaction
	byInvoice    map[Number][]string // keys of transactions; of one-time invoices only
}

var _ Bank = (*Memory)(nil)

// Keep takes a line of the wire journal, with the change that the call makes,
// which is empty for most. Where it is not, an error undoes it and is what the
// call is answered with.
type Keep func(Call, Change) error

// NewMemory makes an empty Memory. Without keep the journal is dropped.
func NewMemory(r Rules, now func() time.Time, keep Keep) *Memory {
	if keep == nil {
		keep = func(Call, Change) error { return nil }
	}
	return &Memory{
		rules: r, now: now, keep: keep,
		invoices:     make(map[Number]Invoice),
		transactions: make(map[string]Transaction),
		byInvoice:    make(map[Number][]string),
	}
}

// Issue makes an invoice of a draft, as Rules.Issue has it.
func (m *Memory) Issue(d Draft, n Number, token Token) (Invoice, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	ch, err := m.rules.Issue(d, n, token, m.instant())
	if err != nil {
		return Invoice{}, err
	}
	m.apply(ch)
	return ch.Invoices[0].After, nil
}

// Cancel cancels an invoice, as Rules.Cancel has it.
func (m *Memory) Cancel(o CancelOrder) (Invoice, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	inv, err := m.invoice(o.Number)
	if err != nil {
		return inv, err
	}
	ch, err := m.rules.Cancel(inv, m.created(o.Number), o, m.instant())
	if err != nil {
		return inv, err
	}
	m.apply(ch)
	return ch.Invoices[0].After, nil
}

// Transaction finds a transaction as it is written down.
func (m *Memory) Transaction(transID string) (Transaction, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.transaction(transID)
}

// Check implements Bank.
func (m *Memory) Check(_ context.Context, system System, n Number) (Invoice, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	inv, err := m.invoice(n)
	if err != nil {
		return inv, err
	}
	return inv, m.rules.Check(inv, system, m.instant())
}

// Create implements Bank. With TransIDTaken comes the transaction that has the transId.
func (m *Memory) Create(_ context.Context, a Attempt, w Witness) (Transaction, error) {
	return m.decide(w, func(d *Decided) (ch Change, err error) {
		if old, seen := m.transactions[key(a.TransID)]; seen {
			d.Transaction = m.clocked(old)
			return ch, &Error{Code: TransIDTaken, Number: old.Number, TransID: a.TransID, Status: d.Transaction.Status.String(), Got: a.Amount, Want: old.Amount}
		}
		if d.Invoice, err = m.invoice(a.Number); err != nil {
			return ch, err
		}
		return m.rules.Create(d.Invoice, a, m.instant())
	})
}

// Confirm implements Bank.
func (m *Memory) Confirm(_ context.Context, c Confirmation, w Witness) (Transaction, error) {
	return m.decide(w, func(d *Decided) (Change, error) {
		if err := m.payment(c.System, c.TransID, d); err != nil {
			return Change{}, err
		}
		return m.rules.Confirm(d.Invoice, d.Transaction, m.created(d.Invoice.Number), c, m.instant())
	})
}

// Reverse implements Bank.
func (m *Memory) Reverse(_ context.Context, system System, transID string, w Witness) (Transaction, error) {
	return m.decide(w, func(d *Decided) (Change, error) {
		if err := m.payment(system, transID, d); err != nil {
			return Change{}, err
		}
		return m.rules.Reverse(d.Invoice, d.Transaction, m.instant())
	})
}

// Status implements Bank.
func (m *Memory) Status(_ context.Context, system System, transID string) (Transaction, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var d Decided
	if err := m.payment(system, transID, &d); err != nil {
		return Transaction{}, err
	}
	ch, late := m.rules.ExpireTransaction(d.Transaction, m.instant())
	if late {
		m.apply(ch)
		return ch.Transactions[0].After, nil
	}
	return d.Transaction, nil
}

// Invoice implements Bank.
func (m *Memory) Invoice(_ context.Context, n Number) (Invoice, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.invoice(n)
}

// Record implements Bank.
func (m *Memory) Record(c Call) {
	m.mu.Lock()
	defer m.mu.Unlock()
	_ = m.keep(c, Change{}) // there is nothing to undo
}

// decide is the writer: one decision at a time, its line made inside.
func (m *Memory) decide(w Witness, rule func(d *Decided) (Change, error)) (Transaction, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var (
		d  Decided
		ch Change
	)
	ch, d.Err = rule(&d)
	if len(ch.Transactions) > 0 {
		d.Transaction = ch.Transactions[0].After
	}
	if err := m.keep(w(d), ch); err != nil && !ch.Empty() {
		return d.Transaction, err
	}
	m.apply(ch)
	return d.Transaction, d.Err
}

func (m *Memory) apply(ch Change) {
	for _, c := range ch.Invoices {
		m.invoices[c.After.Number] = c.After
	}
	for _, c := range ch.Transactions {
		id := key(c.After.TransID)
		if c.Before == nil && !m.invoices[c.After.Number].Reusable() {
			m.byInvoice[c.After.Number] = append(m.byInvoice[c.After.Number], id)
		}
		m.transactions[id] = c.After
	}
}

func (m *Memory) instant() Instant { return At(m.now()) }

// key makes the spellings of one UUID one.
func key(transID string) string { return strings.ToLower(transID) }

// clocked is a transaction as the clock has it.
func (m *Memory) clocked(t Transaction) Transaction {
	if ch, late := m.rules.ExpireTransaction(t, m.instant()); late {
		return ch.Transactions[0].After
	}
	return t
}

func (m *Memory) invoice(n Number) (Invoice, error) {
	inv, ok := m.invoices[n]
	if !ok {
		return inv, &Error{Code: InvoiceNotFound, Number: n}
	}
	return inv, nil
}

func (m *Memory) transaction(transID string) (Transaction, error) {
	t, ok := m.transactions[key(transID)]
	if !ok {
		return t, &Error{Code: TransactionNotFound, TransID: transID}
	}
	return t, nil
}

// payment finds a transaction of a payment system, and its invoice.
func (m *Memory) payment(system System, transID string, d *Decided) error {
	t, err := m.transaction(transID)
	if err != nil {
		return err
	}
	if t.System != system {
		return &Error{Code: TransactionNotFound, TransID: transID}
	}
	d.Transaction = t
	d.Invoice, err = m.invoice(t.Number)
	return err
}

// created are the transactions of an invoice whose record says CREATED.
func (m *Memory) created(n Number) []Transaction {
	var created []Transaction
	for _, id := range m.byInvoice[n] {
		if t := m.transactions[id]; t.Status == Created {
			created = append(created, t)
		}
	}
	return created
}
