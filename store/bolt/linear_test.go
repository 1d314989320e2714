package bolt_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"tushum/store"
)

// A history is what clients of one invoice asked at the same time and what they
// were told. It is linearizable when the asks can be put in one order, none
// before another that was answered before it began, in which a shop with one
// slow clerk would have given the same answers.

type ask struct {
	what    string // create, confirm, reverse, status, cancel, pay, wait
	tx      int    // which of the two transactions
	begun   int64
	told    int64
	code    store.Code
	status  store.TransactionStatus
	invoice store.InvoiceStatus
}

func (a ask) String() string {
	return fmt.Sprintf("[%d,%d] %s %d → %q %s%s", a.begun, a.told, a.what, a.tx, a.code, a.status, a.invoice)
}

// clerk is that shop: one invoice and two transactions, and the half hours that
// have passed. It knows nothing of the rules of package store.
type clerk struct {
	invoice store.InvoiceStatus
	paidBy  int
	tx      [2]store.TransactionStatus
	since   [2]int // half hours
	halves  int    // that have passed
}

func (c *clerk) fail() {
	for i := range c.tx {
		if c.tx[i] == store.Created {
			c.tx[i] = store.FailedTx
		}
	}
}

// late makes FAILED of what was not confirmed in half an hour.
func (c *clerk) late(now int) {
	for i := range c.tx {
		if c.tx[i] == store.Created && now > c.since[i] {
			c.tx[i] = store.FailedTx
		}
	}
}

// answer does what is asked and says what is told, by a look at the clock when
// it showed now.
func (c *clerk) answer(a ask, now int) (code store.Code, tx store.TransactionStatus, inv store.InvoiceStatus) {
	c.late(now)
	i := a.tx
	switch a.what {
	case "wait":
		c.halves++
		return "", 0, 0
	case "create":
		code = c.create(i, now)
	case "confirm":
		code = c.confirm(i)
	case "reverse":
		code = c.reverse(i)
	case "status":
		if c.tx[i] == 0 {
			code = store.TransactionNotFound
		}
	case "cancel":
		return c.closeWith(store.Cancelled)
	case "pay":
		c.paidBy = -1
		return c.closeWith(store.Paid)
	}
	return code, c.tx[i], 0
}

func (c *clerk) create(i, now int) store.Code {
	switch {
	case c.tx[i] != 0:
		return store.TransIDTaken
	case c.invoice == store.Paid:
		return store.AlreadyPaid
	case c.invoice != store.Open:
		return store.InvoiceClosed
	}
	c.tx[i], c.since[i] = store.Created, now
	return ""
}

func (c *clerk) confirm(i int) store.Code {
	switch c.tx[i] {
	case 0:
		return store.TransactionNotFound
	case store.Confirmed:
		return store.AlreadyConfirmed
	case store.Created:
		c.tx[i] = store.Confirmed
		c.fail()
		c.invoice, c.paidBy = store.Paid, i
		return ""
	}
	return store.NotConfirmable
}

func (c *clerk) reverse(i int) store.Code {
	switch c.tx[i] {
	case 0:
		return store.TransactionNotFound
	case store.Reversed:
		return store.AlreadyReversed
	case store.FailedTx:
		return store.NotReversible
	case store.Confirmed:
		c.invoice = store.Refunded
	}
	c.tx[i] = store.Reversed
	return ""
}

func (c *clerk) closeWith(s store.InvoiceStatus) (store.Code, store.TransactionStatus, store.InvoiceStatus) {
	switch c.invoice {
	case store.Open:
		c.fail()
		c.invoice = s
		return "", 0, s
	case store.Paid:
		return store.AlreadyPaid, 0, 0
	}
	return store.NotAllowed, 0, 0
}

// linearizable searches for the order. done is the set of asks already placed.
func linearizable(history []ask, c clerk, done uint64, tried map[string]bool) bool {
	if done == 1<<len(history)-1 {
		return true
	}
	key := fmt.Sprint(done, c)
	if tried[key] {
		return false
	}
	tried[key] = true
	first := int64(1 << 62) // the earliest answer among those not placed
	for i, a := range history {
		if done&(1<<i) == 0 {
			first = min(first, a.told)
		}
	}
	for i, a := range history {
		if done&(1<<i) != 0 || a.begun > first {
			continue
		}
		// A decision looks at the clock, and is seen when it is on disk: meanwhile
		// the clock may have moved.
		for now := earliest(history, a); now <= c.halves; now++ {
			next := c
			code, tx, inv := next.answer(a, now)
			if code == a.code && tx == a.status && inv == a.invoice && linearizable(history, next, done|1<<i, tried) {
				return true
			}
		}
	}
	return false
}

// earliest counts the half hours that had surely passed when a was asked.
func earliest(history []ask, a ask) (halves int) {
	for _, other := range history {
		if other.what == "wait" && other.told < a.begun {
			halves++
		}
	}
	return halves
}

// client is one of those who ask.
type client struct {
	s       *ledger
	n       store.Number
	names   [2]string
	counter *atomic.Int64 // orders the beginnings and the answers
}

func (c client) ask(what string, i int) ask {
	a := ask{what: what, tx: i, begun: c.counter.Add(1)}
	var tx store.Transaction
	var inv store.Invoice
	var err error
	switch what {
	case "create":
		tx, err = c.s.create(c.names[i], c.n, fullPrice)
	case "confirm":
		tx, err = c.s.confirm(c.names[i])
	case "reverse":
		tx, err = c.s.reverse(c.names[i])
	case "status":
		tx, err = c.s.status(c.names[i])
	case "cancel":
		inv, err = c.s.cancel(c.n, true)
	case "pay":
		inv, err = c.s.markPaid(c.n, true)
	case "wait":
		c.s.clock.advance(ttl)
	}
	a.code, a.status, a.invoice, a.told = store.CodeOf(err), tx.Status, inv.Status, c.counter.Add(1)
	return a
}

var asked = []string{"create", "create", "create", "confirm", "confirm", "confirm", "reverse", "status", "status", "cancel", "pay", "wait"}

func TestHistoriesAreLinearizable(t *testing.T) {
	t.Parallel()
	const histories, clients, asks = 150, 4, 5
	s := openLedger(t)
	seed := rand.Uint64()
	outcomes := map[store.Code]int{}
	for h := range histories {
		cl := client{s: s, n: s.visit(), names: [2]string{fmt.Sprint(h, "a"), fmt.Sprint(h, "b")}, counter: &atomic.Int64{}}
		told := make([][]ask, clients)
		var all sync.WaitGroup
		for i := range clients {
			random := rand.New(rand.NewPCG(seed, uint64(h*clients+i)))
			all.Go(func() {
				for range asks {
					told[i] = append(told[i], cl.ask(asked[random.IntN(len(asked))], random.IntN(2)))
				}
			})
		}
		all.Wait()
		var history []ask
		for _, mine := range told {
			history = append(history, mine...)
		}
		for _, a := range history {
			outcomes[a.code]++
		}
		if !linearizable(history, clerk{invoice: store.Open}, 0, map[string]bool{}) {
			t.Fatalf("seed %d: no order explains\n%s", seed, lines(history))
		}
	}
	if len(outcomes) < 8 {
		t.Errorf("the histories are dull: %v", outcomes)
	}
}

// The search itself must say no to a payment that was kept twice.
func TestADoublePaymentIsNotLinearizable(t *testing.T) {
	t.Parallel()
	history := []ask{
		{what: "create", begun: 1, told: 2, status: store.Created},
		{what: "create", tx: 1, begun: 1, told: 2, status: store.Created},
		{what: "confirm", begun: 3, told: 5, status: store.Confirmed},
		{what: "confirm", tx: 1, begun: 4, told: 6, status: store.Confirmed},
	}
	if linearizable(history, clerk{invoice: store.Open}, 0, map[string]bool{}) {
		t.Error("two payments of one invoice pass")
	}
	history[3].code, history[3].status = store.NotConfirmable, store.FailedTx
	if !linearizable(history, clerk{invoice: store.Open}, 0, map[string]bool{}) {
		t.Error("a payment and its rival's refusal don't pass")
	}
	history[1].begun, history[1].told = 7, 8
	if linearizable(history, clerk{invoice: store.Open}, 0, map[string]bool{}) {
		t.Error("a refusal of what was created later passes")
	}
}

func lines(history []ask) string {
	var b strings.Builder
	for _, a := range history {
		fmt.Fprintln(&b, a)
	}
	return b.String()
}
