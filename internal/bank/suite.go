package bank

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"tushum/internal/money"
)

const (
	defaultSuiteAmount  money.Amount = 25_000 * money.Som
	defaultConfirmLimit              = 3 * time.Second
	// unreachableAfter is how many cases in a row may find nobody before the rest is
	// not tried.
	unreachableAfter = 3
)

// SuiteConfig says whom the conformance suite plays against and what it may spend.
type SuiteConfig struct {
	Client *Client
	// Invoices makes a fresh open one-time invoice of the kind and amount (tiyin). An
	// amount of 0 asks for a counter invoice, payable any number of times, whose
	// bounds are MinAmount and MaxAmount. Nil: the suite has only Number.
	Invoices func(ctx context.Context, kind string, amount money.Amount) (number string, err error)
	// CancelInvoice cancels an invoice, also one that is being paid.
	CancelInvoice func(ctx context.Context, number string) error
	// Number is an open one-time test invoice, used when Invoices is nil. The suite
	// pays it and, unless NoRefunds, reverses the payment.
	Number string
	// Amount is Number's, in tiyin; 0 learns it from the check's data.amount.
	Amount money.Amount
	// MinAmount and MaxAmount are the bounds the listener enforces, in tiyin; 0: none.
	MinAmount, MaxAmount money.Amount
	// CancelledNumber and ExpiredNumber are such invoices, where there are any.
	CancelledNumber, ExpiredNumber string
	// AccountKeys are the params keys the listener accepts; account and order_id when nil.
	AccountKeys []string
	// NoPrefill: the listener is set not to send data.amount on check.
	NoPrefill bool
	// NoRefunds: the shop's policy refuses the reverse of a confirmed transaction.
	NoRefunds bool
	// Report is told each result as it comes; nil: nobody.
	Report func(Result)
	// ConfirmWithin is how long a confirm may take; 3 s when 0.
	ConfirmWithin time.Duration
}

// Result is how one case went. Want and Got are short forms such as "400 10011";
// Notes say what differed, or why the case was not run.
type Result struct {
	Name    string        `json:"name"`
	Webhook string        `json:"webhook"`
	Want    string        `json:"want"`
	Got     string        `json:"got,omitempty"`
	OK      bool          `json:"ok"`
	NotRun  bool          `json:"not_run,omitempty"`
	Notes   []Note        `json:"notes,omitempty"`
	Took    time.Duration `json:"-"` // took_ms, whole milliseconds
}

// MarshalJSON gives the time in milliseconds.
func (r Result) MarshalJSON() ([]byte, error) {
	type plain Result
	return json.Marshal(struct {
		plain
		Took int64 `json:"took_ms"`
	}{plain(r), r.Took.Milliseconds()})
}

// Suite plays every case of the conformance suite, in an order in which one invoice
// serves as many of them as it can, and gives one Result a case. Name and Webhook
// together identify a case from run to run. When ctx ends or the listener cannot be
// reached the remaining cases are not run.
func Suite(ctx context.Context, cfg SuiteConfig) []Result {
	s := newSession(ctx, cfg)
	results := s.prepared()
	silent := 0
	for _, c := range suiteCases() {
		for _, webhook := range c.on {
			result := Result{Name: c.name, Webhook: webhook, Want: c.wanted()}
			if obstacle, blocked := s.obstacle(ctx, c, silent); blocked {
				result.NotRun, result.Notes = true, []Note{obstacle}
			} else {
				s.play(ctx, c, &result)
			}
			silent = countSilent(silent, result)
			results = append(results, result)
			if cfg.Report != nil {
				cfg.Report(result)
			}
		}
	}
	return results
}

// Count gives how many cases passed, failed and were not run.
func Count(results []Result) (passed, failed, notRun int) {
	for _, r := range results {
		switch {
		case r.NotRun:
			notRun++
		case r.OK:
			passed++
		default:
			failed++
		}
	}
	return passed, failed, notRun
}

func countSilent(silent int, r Result) int {
	if r.NotRun {
		return silent
	}
	if len(r.Notes) > 0 && r.Notes[0].Code == NoteTransport {
		return silent + 1
	}
	return 0
}

// session is one run of the suite: its client, and the invoice that the cases share.
type session struct {
	cfg    SuiteConfig
	client Client
	keys   []string
	// number and amount are the shared invoice's where shared and priced say so; where
	// not they stand in for it in calls that are refused before anyone looks it up.
	number         string
	amount         money.Amount
	shared, priced bool
	// setup is what went wrong in making the shared invoice.
	setup error
	// opened is a transaction on the shared invoice that is never confirmed, paid the
	// one that pays it: each chapter of a story continues the one before.
	opened, paid transaction
	// confirmTook is how long the confirm of paid took.
	confirmTook time.Duration
}

// transaction is what the suite remembers of one.
type transaction struct {
	id string
	facts
}

func newSession(ctx context.Context, cfg SuiteConfig) *session {
	s := &session{cfg: cfg, client: *cfg.Client, keys: cfg.AccountKeys}
	if s.keys == nil {
		s.keys = []string{"account", "order_id"}
	}
	if !slices.Contains(s.keys, s.client.accountKey()) {
		s.keys = append([]string{s.client.accountKey()}, s.keys...)
	}
	s.number, s.amount = unknownNumber, cfg.within(defaultSuiteAmount)
	if cfg.Invoices != nil {
		s.borrow(cfg.Invoices(ctx, "visit", s.amount))
		return s
	}
	if cfg.Number == "" {
		return s
	}
	s.number, s.shared = cfg.Number, true
	amount := cfg.Amount
	if reply, err := s.client.Check(ctx, s.number); err == nil && amount == 0 {
		amount, _ = prefilled(reply)
	}
	if amount > 0 {
		s.amount, s.priced = amount, true
	}
	return s
}

func (s *session) borrow(number string, err error) {
	if err != nil {
		s.setup = err
		return
	}
	s.number, s.shared, s.priced = number, true, true
}

// prepared is a failed result when the shared invoice could not be made.
func (s *session) prepared() []Result {
	if s.setup == nil {
		return nil
	}
	return []Result{{Name: "invoice", Webhook: "-", Want: "-",
		Notes: []Note{{Code: NotePreparation, Got: shown(s.setup.Error())}}}}
}

// within moves an amount of whole so'm between the listener's bounds.
func (cfg SuiteConfig) within(a money.Amount) money.Amount {
	if cfg.MinAmount > 0 && a < cfg.MinAmount {
		a = (cfg.MinAmount + money.Som - 1) / money.Som * money.Som
	}
	if cfg.MaxAmount > 0 && a > cfg.MaxAmount {
		a = cfg.MaxAmount / money.Som * money.Som
	}
	return a
}

// obstacle says why a case cannot be run at all.
func (s *session) obstacle(ctx context.Context, c suiteCase, silent int) (Note, bool) {
	if ctx.Err() != nil {
		return Note{Code: NoteInterrupted}, true
	}
	if silent >= unreachableAfter {
		return Note{Code: NoteUnreachable}, true
	}
	for _, need := range c.needs {
		if note, missing := need(s); missing {
			return note, true
		}
	}
	return Note{}, false
}

// play runs one case.
func (s *session) play(ctx context.Context, c suiteCase, result *Result) {
	p := &probe{session: s, ctx: ctx, webhook: result.Webhook, want: c.want}
	begun := time.Now()
	c.play(p)
	result.Took = time.Since(begun)
	if c.wantText == "" {
		result.Want = p.want.String()
	}
	result.Got, result.Notes = p.got, p.notes
	result.OK = len(p.notes) == 0
}

// A need is something a case cannot do without.
type need func(*session) (Note, bool)

// sharedInvoice is needed by cases that leave the invoice as it was, or that
// continue the story of the shared one.
func sharedInvoice(s *session) (Note, bool) {
	if s.setup != nil {
		return Note{Code: NotePreparation, Got: shown(s.setup.Error())}, true
	}
	return Note{Code: NoteNeedInvoices, Count: 1}, !s.shared
}

// pricedInvoice is needed by cases that open a transaction on the shared invoice.
func pricedInvoice(s *session) (Note, bool) {
	if note, missing := sharedInvoice(s); missing {
		return note, true
	}
	return Note{Code: NoteNeedAmount}, !s.priced
}

// freshInvoice is needed by cases that spend an invoice of their own.
func freshInvoice(s *session) (Note, bool) {
	return Note{Code: NoteNeedInvoices, Count: 1}, s.cfg.Invoices == nil
}

func cancelling(s *session) (Note, bool) {
	return Note{Code: NoteNeedCancel}, s.cfg.CancelInvoice == nil
}

func lowerBound(s *session) (Note, bool) {
	return Note{Code: NoteNeedBound, Member: "min_amount"}, s.cfg.MinAmount <= 1
}

func upperBound(s *session) (Note, bool) {
	return Note{Code: NoteNeedBound, Member: "max_amount"}, s.cfg.MaxAmount <= 0
}

func cancelledNumber(s *session) (Note, bool) {
	return Note{Code: NoteNeedNumber, Member: "cancelled"}, s.cfg.CancelledNumber == ""
}

func expiredNumber(s *session) (Note, bool) {
	return Note{Code: NoteNeedNumber, Member: "expired"}, s.cfg.ExpiredNumber == ""
}

func secondKey(s *session) (Note, bool) {
	return Note{Code: NoteNeedKeys}, len(s.keys) < 2
}

func refunds(s *session) (Note, bool) {
	return Note{Code: NoteNeedRefunds}, s.cfg.NoRefunds
}

func noRefunds(s *session) (Note, bool) {
	return Note{Code: NoteNeedRefunds}, !s.cfg.NoRefunds
}
