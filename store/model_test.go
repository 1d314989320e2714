package store_test

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tushum/internal/money"
	"tushum/store"
)

// modelStart is an hour before the new year, in which the tariff changes, so
// that the clock crosses both ways.
var modelStart = store.At(time.Date(2025, 12, 31, 23, 0, 0, 0, tashkent))

// dice is where a run's decisions come from: rapid, or a seed.
type dice interface {
	// roll gives a number from 0 to n-1.
	roll(label string, n int) int
}

type rapidDice struct{ t *rapid.T }

func (d rapidDice) roll(label string, n int) int { return rapid.IntRange(0, n-1).Draw(d.t, label) }

type seededDice struct{ random *rand.Rand }

func (d seededDice) roll(_ string, n int) int { return d.random.IntN(n) }

// machine drives a keeper and the model side by side.
type machine struct {
	keeper  *keeper
	oracle  *oracle // nil: only the promises are checked
	witness *witness
	ids     []string // transIds that the bank has used
	seen    map[string]int
}

func newMachine(shown func(*keeper, store.Number) []store.Transaction) *machine {
	return &machine{keeper: newKeeper(shown), oracle: newOracle(), witness: newWitness(), seen: map[string]int{}}
}

// narrow is for a keeper that shows the rules less than they ask for: what it
// leaves CREATED is no longer the model's, but the promises must hold.
func (m *machine) narrow() *machine {
	m.keeper.narrowed, m.oracle = true, nil
	return m
}

// actions are what can happen to a shop. Each returns a breach, if it finds one.
var actions = map[string]func(*machine, dice) error{
	"issue": (*machine).issue, "create": (*machine).create, "create again": (*machine).create, "confirm": (*machine).confirm, "confirm again": (*machine).confirm,
	"reverse": (*machine).reverse, "status": (*machine).status, "cancel": (*machine).cancel, "reopen": (*machine).reopen, "extend": (*machine).extend,
	"refund":    (*machine).refund,
	"mark paid": (*machine).markPaid, "sweep": (*machine).sweep, "clock": (*machine).clock, "glitch": (*machine).glitch, "glitch again": (*machine).glitch,
}

func (m *machine) check() error {
	if err := m.witness.check(m.keeper); err != nil || m.oracle == nil {
		return err
	}
	return checkModel(m.keeper, m.oracle)
}

// answered compares an answer with the model's, asked only when there is one.
func (m *machine) answered(action string, err error, model func(*oracle) string) error {
	code := store.CodeOf(err)
	if err != nil && code == "" {
		return broken(asTheModel, "%s: %v", action, err)
	}
	m.seen[action+" "+string(code)]++
	if m.oracle == nil {
		return nil
	}
	if want := model(m.oracle); want != string(code) {
		return broken(asTheModel, "%s is answered %q, want %q", action, code, want)
	}
	return nil
}

// number picks an invoice, now and then one that is not there.
func (m *machine) number(d dice) store.Number {
	return mustNumber(store.FirstBase + uint32(d.roll("invoice", len(m.keeper.invoices)+1)))
}

// byHand is the first transId of a payment that staff recorded.
const byHand = "hand1"

// transID picks one of the last that the bank has used, one made by hand, or a new one.
func (m *machine) transID(d dice) string {
	recent := append(slices.Clone(m.ids[max(0, len(m.ids)-4):]), byHand, fmt.Sprint("bank", len(m.ids)))
	return recent[d.roll("transId", len(recent))]
}

// expiry picks none, one to come, or one that has passed.
func (m *machine) expiry(d dice) store.Instant {
	return [...]store.Instant{0, m.keeper.now + 600_000, m.keeper.now + 3_600_000, m.keeper.now}[d.roll("expiry", 4)]
}

func (m *machine) issue(d dice) error {
	if len(m.keeper.invoices) == 4 {
		return nil // few, so that payments meet
	}
	draft := store.Draft{Kind: [...]store.Kind{store.Visit, store.Visit, store.Visit, store.Counter, store.TopUp}[d.roll("kind", 5)], By: "malika", ExpiresAt: m.expiry(d)}
	if draft.Kind == store.Counter {
		draft.MinAmount, draft.MaxAmount = 2000_00, 900_000_00
	} else {
		draft.Amount = modelDue
	}
	m.priced(&draft, d)
	n, err := m.keeper.issue(draft)
	return m.answered("issue", err, func(o *oracle) string { return o.issue(n.String(), draft) })
}

// modelDue is what every one-time invoice asks for, in tiyin. Its fee has a part
// of a tiyin.
const modelDue = 25_000_33

// priced says how the amount of a draft comes about: now and then as it can't.
func (m *machine) priced(draft *store.Draft, d dice) {
	draft.Discount = [...]money.Amount{0, 0, 1, 5_000_00}[d.roll("discount", 4)]
	draft.Prepaid = [...]money.Amount{0, 0, 10_000_00, 1_000_000_000_00}[d.roll("prepaid", 4)]
	sum := modelDue + draft.Discount + draft.Prepaid
	switch d.roll("lines", 8) {
	case 0:
		draft.Discount, draft.Prepaid = -draft.Discount, -draft.Prepaid
	case 1:
		draft.Lines = []store.Line{{Name: "Soch olish", Quantity: 1, Price: sum + 1}}
	case 2:
		draft.Lines = []store.Line{{Name: "Soch olish", Quantity: 1, Price: sum - 33}, {Name: "Choy", Quantity: 33, Price: 1}}
	case 3:
		draft.Amount, draft.Lines = 0, []store.Line{{Name: "Soch olish", Quantity: 1, Price: sum}}
	}
	if draft.Kind == store.Counter && d.roll("odd counter", 4) > 0 {
		draft.Amount, draft.Discount, draft.Prepaid, draft.Lines = 0, 0, 0, nil
	}
}

func (m *machine) create(d dice) error {
	a := store.Attempt{System: store.Uzum, ServiceID: 498, TransID: m.transID(d), Number: m.number(d), Amount: modelDue}
	if i := d.roll("amount", 20); i < 5 {
		a.Amount = [...]money.Amount{0, 999_99, 1500_00, modelDue + 1, 6_000_000_00}[i]
	}
	if _, ok := m.keeper.transactions[a.TransID]; a.TransID == byHand && !ok {
		a.TransID = fmt.Sprint("bank", len(m.ids)) // the bank can't know that one
	}
	if !slices.Contains(m.ids, a.TransID) && a.TransID != byHand {
		m.ids = append(m.ids, a.TransID)
	}
	return m.answered("create", m.keeper.create(a), func(o *oracle) string { return o.create(a.TransID, a.Number.String(), int64(a.Amount)) })
}

func (m *machine) confirm(d dice) error {
	c := store.Confirmation{System: store.Uzum, TransID: m.transID(d), Source: [...]string{"UZCARD", "CASHBACK", ""}[d.roll("source", 3)]}
	err := m.keeper.confirm(c)
	switch store.CodeOf(err) {
	case "":
		m.tell(c.TransID, store.Confirmed)
	case store.NotConfirmable:
		if told := statusIn(err); told != 0 {
			m.tell(c.TransID, told)
		}
	}
	return m.answered("confirm", err, func(o *oracle) string { return o.confirm(c.TransID) })
}

func (m *machine) tell(id string, s store.TransactionStatus) { m.witness.told[id] = s }

// statusIn is the status that a refusal names.
func statusIn(err error) store.TransactionStatus {
	var e *store.Error
	if !errors.As(err, &e) {
		return 0
	}
	s, err := store.ParseTransactionStatus(e.Status)
	if err != nil {
		return 0
	}
	return s
}

func (m *machine) reverse(d dice) error {
	id := m.transID(d)
	err := m.keeper.reverse(id)
	switch store.CodeOf(err) {
	case "", store.AlreadyReversed:
		m.tell(id, store.Reversed)
	case store.NotReversible:
		m.tell(id, store.FailedTx) // this shop accepts reversals
	}
	return m.answered("reverse", err, func(o *oracle) string { return o.reverse(id) })
}

func (m *machine) status(d dice) error {
	id := m.transID(d)
	got, err := m.keeper.status(id)
	if err == nil && got != store.Created {
		m.tell(id, got)
	}
	return m.answered("status", err, func(o *oracle) string {
		state, code := o.status(id)
		if state != got.String() {
			return "status " + state
		}
		return code
	})
}

func (m *machine) cancel(d dice) error {
	order := store.CancelOrder{Number: m.number(d), By: "malika", Force: d.roll("force", 2) == 1}
	return m.answered("cancel", m.keeper.cancel(order), func(o *oracle) string { return o.cancel(order.Number.String(), order.Force) })
}

func (m *machine) reopen(d dice) error {
	n, expires := m.number(d), m.expiry(d)
	return m.answered("reopen", m.keeper.reopen(n, expires), func(o *oracle) string { return o.reopen(n.String(), int64(expires)) })
}

func (m *machine) extend(d dice) error {
	n, expires := m.number(d), m.expiry(d)
	return m.answered("extend", m.keeper.extend(n, expires), func(o *oracle) string { return o.extend(n.String(), int64(expires)) })
}

func (m *machine) markPaid(d dice) error {
	p := store.ManualPayment{Number: m.number(d), By: "malika", Source: "CASH", Reason: "naqd", Force: d.roll("force", 2) == 1}
	complete := d.roll("complete", 4) > 0
	if !complete {
		p.Reason = ""
	}
	err := m.keeper.markPaid(p)
	id := fmt.Sprint("hand", m.keeper.byHand)
	return m.answered("mark paid", err, func(o *oracle) string { return o.markPaid(p.Number.String(), id, p.Force, complete) })
}

func (m *machine) sweep(dice) error {
	return m.answered("sweep", m.keeper.sweep(), func(o *oracle) string { o.sweep(); return "" })
}

// clock moves the time, as often back as forward.
func (m *machine) clock(d dice) error {
	by := [...]time.Duration{time.Millisecond, time.Minute, ttl - time.Minute, ttl, 2 * time.Hour}[d.roll("by", 5)]
	if d.roll("back", 2) == 1 {
		by = -by
	}
	m.move(by)
	return nil
}

func (m *machine) move(by time.Duration) {
	m.keeper.now = m.keeper.now.Add(by)
	if m.oracle != nil {
		m.oracle.now += by.Milliseconds()
	}
}

// glitch is a clock that is wrong for the length of one action, by enough to
// make everything late. It is what tells told from kept.
func (m *machine) glitch(d dice) error {
	during := [...]func(*machine, dice) error{
		(*machine).create, (*machine).confirm, (*machine).reverse, (*machine).status, (*machine).cancel, (*machine).markPaid, (*machine).sweep,
	}
	do := during[d.roll("during", len(during))]
	m.move(ttl)
	defer m.move(-ttl)
	return do(m, d)
}

// The rules against the model. What a keeper shows to the rules may be all of
// an invoice's transactions or the CREATED ones; one that shows less must still
// keep the promises.
func TestModel(t *testing.T) {
	t.Parallel()
	for name, start := range map[string]func() *machine{
		"shown CREATED": func() *machine { return newMachine(createdOf) },
		"shown all":     func() *machine { return newMachine(allOf) },
		"shown live":    func() *machine { return newMachine(liveOf).narrow() },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rapid.Check(t, func(t *rapid.T) { repeat(t, start(), actions) })
		})
	}
}

// checked is what actions are played on: check finds a broken promise.
type checked interface{ check() error }

// repeat plays actions on a run as rapid's dice fall, and checks it after each.
func repeat[R checked](t *rapid.T, run R, actions map[string]func(R, dice) error) {
	steps := map[string]func(*rapid.T){"": func(t *rapid.T) {
		if err := run.check(); err != nil {
			t.Fatal(err)
		}
	}}
	for action, do := range actions {
		steps[action] = func(t *rapid.T) {
			if err := do(run, rapidDice{t}); err != nil {
				t.Fatal(err)
			}
		}
	}
	t.Repeat(steps)
}

// play plays actions on a run by a seed until a promise is broken.
func play[R checked](run R, actions map[string]func(R, dice) error, seed uint64, steps int) error {
	names := slices.Sorted(maps.Keys(actions))
	d := seededDice{rand.New(rand.NewPCG(seed, 0))}
	for range steps {
		action := names[d.roll("action", len(names))]
		if err := actions[action](run, d); err != nil {
			return fmt.Errorf("%s: %w", action, err)
		}
		if err := run.check(); err != nil {
			return fmt.Errorf("after %s: %w", action, err)
		}
	}
	return nil
}
