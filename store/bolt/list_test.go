package bolt_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tushum/internal/money"
	"tushum/store"
)

// crowd is a store with transactions and invoices of every sort, over several
// days, and what it should hold by another account: the answers it gave.
type crowd struct {
	*ledger
	numbers []store.Number
	names   []string
	days    []store.Date
}

var crowdSources = []string{"UZCARD", "VISA", "HUMO"}

func newCrowd(t *testing.T, transactions int) *crowd {
	t.Helper()
	c := &crowd{ledger: openLedger(t)}
	random := rand.New(rand.NewPCG(1, 2))
	for range transactions / 5 {
		c.numbers = append(c.numbers, c.crowdInvoice(random))
	}
	for i := range transactions {
		name := fmt.Sprint("t", i)
		inv := c.invoice(c.numbers[random.IntN(len(c.numbers))])
		amount := inv.Amount
		if inv.Reusable() {
			amount = money.Amount(1000+random.IntN(4000)) * money.Som
		}
		c.clock.advance(time.Duration(random.IntN(25)) * time.Minute)
		if _, err := c.create(name, inv.Number, amount); err != nil {
			continue // paid, cancelled or expired by now
		}
		c.names = append(c.names, name)
		c.crowdFate(random, name, inv.Number)
	}
	if _, err := c.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	for day := noonDay; day <= c.Rules().Calendar.Day(c.clock.instant())+1; day++ {
		c.days = append(c.days, day)
	}
	return c
}

func (c *crowd) crowdInvoice(random *rand.Rand) store.Number {
	d := store.Draft{Kind: store.Visit, Amount: money.Amount(1000+random.IntN(100_000)) * money.Som, Customer: store.Customer{Name: "Aziza"}, By: "malika"}
	switch random.IntN(6) {
	case 0:
		d = store.Draft{Kind: store.Counter}
	case 1:
		d.Kind, d.Customer.Name = store.Goods, "Жасур"
	case 2:
		d.ExpiresAt = c.clock.instant().Add(time.Duration(1+random.IntN(48)) * time.Hour)
	case 3:
		d.Note = "sochni turmaklash"
	}
	return c.issue(d).Number
}

// crowdFate lets a transaction end in one of the ways in which they do.
func (c *crowd) crowdFate(random *rand.Rand, name string, n store.Number) {
	fate := random.IntN(10)
	if fate < 5 {
		_, _ = c.confirmBy(name, crowdSources[random.IntN(len(crowdSources))]) // a refusal is a fate too
	}
	switch fate {
	case 0, 5:
		_, _ = c.reverse(name)
	case 6:
		if random.IntN(4) == 0 {
			_, _ = c.cancel(n, true)
		}
	}
}

// transactions are all of them by single look-ups, newest first.
func (c *crowd) transactions() (all []store.Transaction) {
	for _, name := range c.names {
		tx, err := c.Transaction(c.t.Context(), c.id(name))
		all = append(all, must(c.t, tx, err))
	}
	slices.Reverse(all)
	return all
}

func (c *crowd) invoices() (all []store.Invoice) {
	for _, n := range c.numbers {
		all = append(all, c.invoice(n))
	}
	slices.SortFunc(all, func(a, b store.Invoice) int { return cmp.Compare(b.Number, a.Number) })
	return all
}

// wanted is what the query asks for, the slow way.
func wanted(all []store.Transaction, q store.TransactionQuery) (found []store.Transaction) {
	words := store.SplitWords(q.Search)
	for _, t := range all {
		if (q.Status == 0 || t.Status == q.Status) && (q.Source == "" || t.Source == q.Source) && (q.Number == 0 || t.Number == q.Number) &&
			(q.From == 0 || t.Day >= q.From) && (q.To == 0 || t.Day <= q.To) && words.MatchTransaction(t) {
			found = append(found, t)
		}
	}
	return found
}

// maybe draws the zero value half of the time.
func maybe[T any](r *rapid.T, name string, values []T) T {
	var zero T
	if rapid.Bool().Draw(r, name+" asked for") {
		return rapid.SampledFrom(values).Draw(r, name)
	}
	return zero
}

func drawTransactionQuery(r *rapid.T, c *crowd, all []store.Transaction) store.TransactionQuery {
	one := rapid.SampledFrom(all).Draw(r, "like")
	return store.TransactionQuery{
		Status: maybe(r, "status", store.TransactionStatuses()),
		Source: maybe(r, "source", append(slices.Clone(crowdSources), "NONE")),
		Number: maybe(r, "number", append(slices.Clone(c.numbers), 9999999)),
		From:   maybe(r, "from", c.days), To: maybe(r, "to", c.days),
		Search: maybe(r, "search", []string{one.TransID, one.TransID[:6], one.Number.String(), one.Amount.SomString(), "uzcard", "998901234567", "nothing"}),
	}
}

// pages reads a list page by page and remembers where each began.
func pages[T any](r *rapid.T, limit int, read func(after uint64) ([]T, error), last func(T) uint64) (all []T) {
	var starts []uint64
	var got [][]T
	for after := uint64(0); ; {
		page, err := read(after)
		if err != nil {
			r.Fatal(err)
		}
		if len(page) > limit {
			r.Fatalf("a page of %d has %d", limit, len(page))
		}
		starts, got = append(starts, after), append(got, page)
		all = append(all, page...)
		if len(page) < limit {
			break
		}
		after = last(page[len(page)-1])
	}
	for i := len(starts) - 1; i >= 0; i-- { // and back
		page, err := read(starts[i])
		if err != nil || fmt.Sprint(page) != fmt.Sprint(got[i]) {
			r.Fatalf("page %d is another on the way back (%v)", i, err)
		}
	}
	return all
}

func TestListsAreAsAsked(t *testing.T) {
	t.Parallel()
	c := newCrowd(t, 400)
	t.Run("transactions", func(t *testing.T) { transactionsAreAsAsked(t, c) })
	t.Run("invoices", func(t *testing.T) { invoicesAreAsAsked(t, c) })
}

func transactionsAreAsAsked(t *testing.T, c *crowd) {
	all := c.transactions()
	statuses := map[store.TransactionStatus]int{}
	for _, tx := range all {
		statuses[tx.Status]++
	}
	if len(all) < 100 || len(statuses) < 3 || len(c.days) < 4 {
		t.Fatalf("the crowd is thin: %d transactions, %v, %d days", len(all), statuses, len(c.days))
	}
	rapid.Check(t, func(r *rapid.T) {
		q := drawTransactionQuery(r, c, all)
		want := wanted(all, q)
		got, err := c.Transactions(t.Context(), q)
		if err != nil || !slices.Equal(got, want) {
			r.Fatalf("%+v finds %d (%v), want %d", q, len(got), err, len(want))
		}
		q.Limit = rapid.IntRange(1, 40).Draw(r, "limit")
		paged := pages(r, q.Limit, func(after uint64) ([]store.Transaction, error) {
			q.After = after
			return c.Transactions(t.Context(), q)
		}, func(tx store.Transaction) uint64 { return tx.Seq })
		if !slices.Equal(paged, want) {
			r.Fatalf("%+v finds %d in pages, want %d", q, len(paged), len(want))
		}
	})
}

func invoicesAreAsAsked(t *testing.T, c *crowd) {
	all := c.invoices()
	rapid.Check(t, func(r *rapid.T) {
		one := rapid.SampledFrom(all).Draw(r, "like")
		q := store.InvoiceQuery{
			Status: maybe(r, "status", store.InvoiceStatuses()), Kind: maybe(r, "kind", store.Kinds()),
			Search: maybe(r, "search", []string{one.Number.String(), one.Amount.SomString(), "aziza", "ЖАСУР", "jasur", "Sochni", "nobody"}),
		}
		words := store.SplitWords(q.Search)
		var want []store.Number
		for _, inv := range all {
			if (q.Status == 0 || inv.Status == q.Status) && (q.Kind == "" || inv.Kind == q.Kind) && words.MatchInvoice(inv) {
				want = append(want, inv.Number)
			}
		}
		q.Limit = rapid.IntRange(1, 40).Draw(r, "limit")
		var got []store.Number
		for _, inv := range pages(r, q.Limit, func(after uint64) ([]store.Invoice, error) {
			q.After = store.Number(after)
			return c.Invoices(t.Context(), q)
		}, func(inv store.Invoice) uint64 { return uint64(inv.Number) }) {
			got = append(got, inv.Number)
		}
		if !slices.Equal(got, want) {
			r.Fatalf("%+v finds %v, want %v", q, got, want)
		}
	})
}

// What only the clock has decided is found under the status that is shown.
func TestListsGoByTheClock(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	var numbers []store.Number
	for i := range 6 {
		d := store.Draft{Kind: store.Visit, Amount: fullPrice}
		if i%2 == 0 {
			d.ExpiresAt = s.clock.instant().Add(time.Duration(10-i) * time.Minute)
		}
		numbers = append(numbers, s.issue(d).Number)
		s.created(fmt.Sprint(i), numbers[i])
	}
	s.clock.advance(5 * time.Minute)
	must(t, "", second(s.confirm("1")))
	must(t, "", second(s.reverse("3")))
	sweptOne := s.issue(store.Draft{Kind: store.Visit, Amount: fullPrice, ExpiresAt: s.clock.instant().Add(time.Minute)}).Number
	s.clock.advance(time.Minute)
	if swept, err := s.Sweep(t.Context()); err != nil || swept != 2 { // numbers[4] too
		t.Fatal(swept, err)
	}
	s.clock.advance(ttl)
	for status, want := range map[store.InvoiceStatus][]store.Number{
		store.Expired: {sweptOne, numbers[4], numbers[2], numbers[0]},
		store.Open:    {numbers[5], numbers[3]},
		store.Paid:    {numbers[1]},
	} {
		for limit := range 3 {
			var got []store.Number
			q := store.InvoiceQuery{Status: status, Limit: limit}
			for {
				page, err := s.Invoices(t.Context(), q)
				for _, inv := range must(t, page, err) {
					got, q.After = append(got, inv.Number), inv.Number
				}
				if limit == 0 || len(page) < limit {
					break
				}
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s, %d a page: %v, want %v", status, limit, got, want)
			}
		}
	}
	for status, want := range map[store.TransactionStatus][]string{
		store.FailedTx: {"5", "4", "2", "0"}, store.Created: nil, store.Confirmed: {"1"}, store.Reversed: {"3"},
	} {
		found, err := s.Transactions(t.Context(), store.TransactionQuery{Status: status})
		must(t, found, err)
		var got []string
		for _, tx := range found {
			got = append(got, s.name(tx.TransID))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", status, got, want)
		}
	}
}

// Records that change between two pages are neither shown twice nor make
// others be left out.
func TestPagesWhileRecordsChange(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	n := s.counter()
	for i := range 30 {
		s.created(fmt.Sprint(i), n)
	}
	q := store.TransactionQuery{Status: store.Created, Limit: 10}
	first, err := s.Transactions(t.Context(), q)
	must(t, first, err)
	q.After = first[9].Seq
	for _, name := range []string{"20", "25", "15", "5"} { // the page's end, its middle, and two to come
		must(t, "", second(s.confirm(name)))
	}
	s.created("new", n)
	rest, err := s.Transactions(t.Context(), store.TransactionQuery{Status: q.Status, After: q.After})
	must(t, rest, err)
	var got []string
	for _, tx := range rest {
		got = append(got, s.name(tx.TransID))
	}
	var want []string
	for i := 19; i >= 0; i-- {
		if i != 15 && i != 5 {
			want = append(want, fmt.Sprint(i))
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("after the first page come %v", got)
	}
}

func TestAPageAfterATransactionThatIsNotThere(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	s.paid("a", s.visit())
	_, err := s.Transactions(t.Context(), store.TransactionQuery{After: 77})
	wantCode(t, err, store.TransactionNotFound)
}

func TestAnInvoiceIsFoundByItsToken(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	inv := s.issue(store.Draft{Kind: store.Visit, Amount: fullPrice, ExpiresAt: s.clock.instant().Add(time.Hour)})
	other := s.issue(store.Draft{Kind: store.Visit, Amount: fullPrice})
	if inv.Token == other.Token {
		t.Fatal("two invoices have one token")
	}
	s.clock.advance(time.Hour)
	got, err := s.InvoiceByToken(t.Context(), inv.Token)
	if must(t, got, err); got.Number != inv.Number || got.Status != store.Expired {
		t.Errorf("found is %+v", got)
	}
	_, err = s.InvoiceByToken(t.Context(), store.Token{1})
	wantCode(t, err, store.InvoiceNotFound)
}
