package bolt_test

import (
	"errors"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"tushum/internal/money"
	"tushum/store"
)

// What is played on a store.Memory goes as it would in the ledger: the same
// random calls are answered alike by both, to the last field.
func TestMemoryAnswersAsTheLedgerDoes(t *testing.T) {
	t.Parallel()
	const plays, calls = 20, 150
	came := make(map[string]int)
	for seed := range uint64(plays) {
		s := openLedger(t)
		p := &twins{
			ledger: s, memory: store.NewMemory(s.o.Rules, s.clock.now, nil), random: rand.New(rand.NewPCG(seed, 1)),
			numbers: []store.Number{0}, came: came,
		}
		for range calls {
			p.call(t)
		}
		if t.Failed() {
			t.Fatalf("in the play of seed %d", seed)
		}
	}
	for _, what := range []string{"create", "confirm", "reverse", "status"} {
		if came[what] == 0 {
			t.Errorf("no %s came to anything: %v", what, came)
		}
	}
}

// twins are a ledger and a Memory that are asked the same.
type twins struct {
	ledger  *ledger
	memory  *store.Memory
	random  *rand.Rand
	numbers []store.Number
	came    map[string]int // calls that went well, by webhook
}

// twinIDs are spellings of a few transIds, and what is none.
var twinIDs = []string{
	"1f0c8e10-8a5b-11ee-b962-0242ac120002", "1F0C8E10-8A5B-11EE-B962-0242AC120002", "019385a1-0000-7000-8000-0000000000aB", "019385a1-0000-7000-8000-0000000000Ab",
	"plain", "PLAIN", "1f0c8e108a5b11eeb9620242ac120002", "1F0C8E108A5B11EEB9620242AC120002", strings.Repeat("g", 36), strings.Repeat("G", 36),
	"", strings.Repeat("x", 128), strings.Repeat("x", 129),
}

func (p *twins) id() string           { return twinIDs[p.random.IntN(len(twinIDs))] }
func (p *twins) number() store.Number { return p.numbers[p.random.IntN(len(p.numbers))] }

func (p *twins) system() store.System {
	if p.random.IntN(4) == 0 {
		return oneClick
	}
	return store.Uzum
}

// call makes one of all calls on both.
func (p *twins) call(t *testing.T) {
	t.Helper()
	ctx, system, id, n := t.Context(), p.system(), p.id(), p.number()
	switch what := p.random.IntN(10); what {
	case 0, 1:
		p.issue(t)
	case 2:
		p.ledger.clock.advance(time.Duration(p.random.IntN(20)) * time.Minute)
	case 3:
		o := store.CancelOrder{Number: n, By: "test", Reason: "a play", Force: p.random.IntN(2) == 0}
		if _, err := p.ledger.Cancel(ctx, o); err == nil {
			_, err = p.memory.Cancel(o)
			alike(t, "cancel", nil, nil, nil, err)
		}
	case 4:
		inv, err := p.ledger.Check(ctx, system, n)
		of, memErr := p.memory.Check(ctx, system, n)
		alike(t, "check", inv, of, err, memErr)
		inv, err = p.ledger.Invoice(ctx, n)
		of, memErr = p.memory.Invoice(ctx, n)
		alike(t, "invoice", inv, of, err, memErr)
	case 5, 6:
		a := store.Attempt{System: system, TransID: id, Number: n, Amount: fullPrice + money.Amount(p.random.IntN(4)/3)}
		p.decided(t, "create", func(b store.Bank, w store.Witness) (store.Transaction, error) { return b.Create(ctx, a, w) })
	case 7:
		c := store.Confirmation{System: system, TransID: id, Source: "UZCARD"}
		p.decided(t, "confirm", func(b store.Bank, w store.Witness) (store.Transaction, error) { return b.Confirm(ctx, c, w) })
	case 8:
		p.decided(t, "reverse", func(b store.Bank, w store.Witness) (store.Transaction, error) { return b.Reverse(ctx, system, id, w) })
	default:
		p.decided(t, "status", func(b store.Bank, _ store.Witness) (store.Transaction, error) { return b.Status(ctx, system, id) })
	}
}

func (p *twins) issue(t *testing.T) {
	t.Helper()
	d := store.Draft{Kind: store.Visit, Amount: fullPrice, By: "test"}
	switch p.random.IntN(4) {
	case 0:
		d = store.Draft{Kind: store.Counter, By: "test"}
	case 1:
		d.Kind = store.TopUp
	case 2:
		d.ExpiresAt = p.ledger.clock.instant().Add(20 * time.Minute)
	}
	inv, err := p.ledger.Issue(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	of, err := p.memory.Issue(d, inv.Number, inv.Token)
	alike(t, "issue", inv, of, nil, err)
	p.numbers = append(p.numbers, inv.Number)
}

// decided makes a call on both, and holds what their witnesses have seen too.
func (p *twins) decided(t *testing.T, what string, do func(store.Bank, store.Witness) (store.Transaction, error)) {
	t.Helper()
	var seen [2]store.Decided
	witness := func(i int) store.Witness {
		return func(d store.Decided) store.Call {
			seen[i] = d
			return store.Call{At: p.ledger.clock.instant(), System: store.Uzum, Webhook: what}
		}
	}
	tx, err := do(p.ledger.Store, witness(0))
	of, memErr := do(p.memory, witness(1))
	tx.Seq = 0 // the place in the ledger
	alike(t, what, tx, of, err, memErr)
	seen[0].Transaction.Seq = 0
	alike(t, what+", as witnessed", seen[0].Transaction, seen[1].Transaction, seen[0].Err, seen[1].Err)
	alike(t, what+", as witnessed of the invoice", seen[0].Invoice, seen[1].Invoice, nil, nil)
	if err == nil {
		p.came[what]++
	}
}

// alike holds the ledger's answer against the other.
func alike(t *testing.T, what string, ledgers, others any, err, othersErr error) {
	t.Helper()
	if !reflect.DeepEqual(ledgers, others) {
		t.Errorf("%s: the ledger has\n%+v, the other\n%+v", what, ledgers, others)
	}
	var a, b *store.Error
	if errors.As(err, &a) != errors.As(othersErr, &b) || (err == nil) != (othersErr == nil) || a != nil && *a != *b {
		t.Errorf("%s: the ledger says\n%+v, the other\n%+v", what, a, b)
	}
}
