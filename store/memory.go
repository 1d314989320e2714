package store

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"
)

// Memory is a Bank of which nothing is left when it is dropped: the rules are
// those of the ledger, and the records live in memory. What it answers to the calls
// of a payment system is what a ledger does whose disk is sound; but Seq is zero,
// it announces nothing, and nothing expires by itself. NewMemory makes one. It is
// safe for concurrent use.
type Memory struct {
	rules Rules
	now   func() time.Time
	keep  Keep

	mu           sync.Mutex
	invoices     map[Number]Invoice
	transactions map[memoryKey]Transaction
	live         map[Number][]memoryKey // transactions that are CREATED, by their invoice
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
		transactions: make(map[memoryKey]Transaction),
		live:         make(map[Number][]memoryKey),
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

// Transaction finds a transaction of any payment system, as it is written down.
func (m *Memory) Transaction(transID string) (Transaction, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for id, t := range m.transactions {
		if keyOf(id.system, transID) == id {
			return t, nil
		}
	}
	return m.transaction("", transID)
}

// Check implements Bank.
func (m *Memory) Check(_ context.Context, system System, n Number) (Invoice, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	inv, err := m.invoice(n)
	if err != nil {
		return inv, err
	}
	inv = m.asClocked(inv)
	return inv, m.rules.Check(inv, system, m.instant())
}

// Create implements Bank. With TransIDTaken comes the transaction that has the transId.
func (m *Memory) Create(_ context.Context, a Attempt, w Witness) (Transaction, error) {
	return m.decide(w, func(d *Decided) (ch Change, err error) {
		if a.TransID == "" || len(a.TransID) > maxTransID {
			return ch, &Error{Code: Invalid, Detail: "a transId has from 1 to 128 bytes"}
		}
		if old, seen := m.transactions[keyOf(a.System, a.TransID)]; seen {
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
	inv, err := m.invoice(n)
	return m.asClocked(inv), err
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
		return Transaction{}, err // what it would have become is not what stands
	}
	m.apply(ch)
	return d.Transaction, d.Err
}

func (m *Memory) apply(ch Change) {
	for _, c := range ch.Invoices {
		m.invoices[c.After.Number] = c.After
	}
	for _, c := range ch.Transactions {
		id := keyOf(c.After.System, c.After.TransID)
		m.transactions[id] = c.After
		live := slices.DeleteFunc(m.live[c.After.Number], func(k memoryKey) bool { return k == id })
		if c.After.Status == Created {
			live = append(live, id)
		}
		m.live[c.After.Number] = live
	}
}

func (m *Memory) instant() Instant { return At(m.now()) }

// maxTransID is longer than any id that can be created, in bytes.
const maxTransID = 128

// memoryKey is what a transaction is found by: payment systems name theirs
// without asking each other.
type memoryKey struct {
	system  System
	transID string
}

// keyOf makes the spellings of one UUID one. Another text is what it is.
func keyOf(system System, transID string) memoryKey {
	if isUUID(transID) {
		transID = strings.ToLower(transID)
	}
	return memoryKey{system, transID}
}

// isUUID knows the usual form of 36 characters only (RFC 9562, section 4).
func isUUID(s string) bool {
	for i, c := range []byte(s) {
		switch {
		case i == 8 || i == 13 || i == 18 || i == 23:
			if c != '-' {
				return false
			}
		case !strings.ContainsRune("0123456789abcdefABCDEF", rune(c)):
			return false
		}
	}
	return len(s) == 36
}

// asClocked is an invoice as the clock has it.
func (m *Memory) asClocked(inv Invoice) Invoice {
	if ch, late := m.rules.ExpireInvoice(inv, m.instant()); late {
		return ch.Invoices[0].After
	}
	return inv
}

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

func (m *Memory) transaction(system System, transID string) (Transaction, error) {
	t, ok := m.transactions[keyOf(system, transID)]
	if !ok {
		if len(transID) > maxTransID {
			transID = ""
		}
		return t, &Error{Code: TransactionNotFound, TransID: transID}
	}
	return t, nil
}

// payment finds a transaction of a payment system, and its invoice.
func (m *Memory) payment(system System, transID string, d *Decided) error {
	t, err := m.transaction(system, transID)
	if err != nil {
		return err
	}
	d.Transaction = t
	d.Invoice, err = m.invoice(t.Number)
	return err
}

// created are the transactions of an invoice whose record says CREATED.
func (m *Memory) created(n Number) []Transaction {
	var created []Transaction
	for _, id := range m.live[n] {
		created = append(created, m.transactions[id])
	}
	return created
}
