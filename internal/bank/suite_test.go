package bank_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"tushum/internal/bank"
	"tushum/internal/money"
)

// fullConfig lets the suite run every case.
func fullConfig(t testing.TB, s *shop, client *bank.Client) bank.SuiteConfig {
	t.Helper()
	s.min, s.max = 1_000_00, 10_000_000_00
	numbers := map[string]string{}
	for _, state := range []string{"cancelled", "expired"} {
		number, err := s.open(t.Context(), "visit", 5_000_00)
		if err != nil {
			t.Fatal(err)
		}
		s.set(number, state)
		numbers[state] = number
	}
	return bank.SuiteConfig{Client: client, Invoices: s.open, CancelInvoice: s.cancel,
		MinAmount: money.Amount(s.min), MaxAmount: money.Amount(s.max),
		CancelledNumber: numbers["cancelled"], ExpiredNumber: numbers["expired"]}
}

func failures(results []bank.Result) []string {
	var names []string
	for _, r := range results {
		if !r.OK && !r.NotRun {
			names = append(names, r.Webhook+" "+r.Name)
		}
	}
	return names
}

func notRun(results []bank.Result) []string {
	var names []string
	for _, r := range results {
		if r.NotRun {
			names = append(names, r.Webhook+" "+r.Name)
		}
	}
	return names
}

func table(t testing.TB, results []bank.Result) string {
	t.Helper()
	var b strings.Builder
	if err := bank.WriteTable(&b, "en", results); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestSuitePassesOnAnHonestShop(t *testing.T) {
	t.Parallel()
	for name, arrange := range map[string]func(*shop, *bank.SuiteConfig){
		"everything":      func(*shop, *bank.SuiteConfig) {},
		"order_id agreed": func(_ *shop, cfg *bank.SuiteConfig) { cfg.Client.AccountKey = "order_id" },
		"no bounds":       func(s *shop, cfg *bank.SuiteConfig) { s.min, s.max, cfg.MinAmount, cfg.MaxAmount = 0, 0, 0, 0 },
		"bounds above":    func(s *shop, cfg *bank.SuiteConfig) { s.min, cfg.MinAmount = 99_000_01, 99_000_01 },
		"bounds below":    func(s *shop, cfg *bank.SuiteConfig) { s.max, cfg.MaxAmount = 9_000_99, 9_000_99 },
		"policy, no amount": func(s *shop, cfg *bank.SuiteConfig) {
			s.noRefunds, s.noAmnts, cfg.NoRefunds, cfg.NoPrefill = true, true, true, true
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, client := newShop(t, "")
			if name != "everything" {
				client.HTTP = &http.Client{Transport: inProcess{s}}
			}
			cfg := fullConfig(t, s, client)
			arrange(s, &cfg)
			results := bank.Suite(t.Context(), cfg)
			if failed := failures(results); failed != nil {
				t.Fatalf("failed: %v\n%s", failed, table(t, results))
			}
			if len(results) < 150 {
				t.Fatalf("only %d cases", len(results))
			}
		})
	}
}

func TestSuiteRunsEveryCaseWhenItMaySpend(t *testing.T) {
	t.Parallel()
	s, client := newShop(t, "")
	client.HTTP = &http.Client{Transport: inProcess{s}}
	got := notRun(bank.Suite(t.Context(), fullConfig(t, s, client)))
	if want := []string{"reverse reverse-by-policy"}; !slices.Equal(got, want) {
		t.Fatalf("not run: %v, want %v", got, want)
	}
}

// TestSuiteCatchesEveryFault is the test that the suite can fail: a shop that breaks
// one rule fails the case about that rule.
func TestSuiteCatchesEveryFault(t *testing.T) {
	t.Parallel()
	for fault, caught := range map[string]string{
		"path-folded": "check path-upper-case", "slash-redirected": "confirm path-trailing-slash", "slash-served": "create path-trailing-slash",
		"status-401": "check auth-missing", "status-405": "status method-get", "status-422": "create amount-one-more",
		"auth-first": "reverse method-before-auth", "body-first": "confirm auth-before-body", "login-unchecked": "check auth-wrong-login",
		"code-number": "check account-unknown", "sentence": "check account-unknown", "failed-unsaid": "create account-unknown",
		"echo-on-check": "check transid-on-check", "echo-dropped": "confirm transid-unknown", "plain-text": "check account-text", "answer-doubled": "status status-confirmed",
		"member-doubled": "check account-text", "nulls-omitted": "status status-created", "state-lower": "confirm confirmed",
		"limit-none": "check body-over-limit", "limit-by-header": "check body-over-limit-unsized", "limit-off-by-one": "check body-at-limit",
		"trailing-lax": "check trailing-bytes", "duplicates-lax": "create duplicate-in-params", "utf8-lax": "check invalid-utf8",
		"depth-lax": "check nesting-deep", "case-lax": "create amount-other-case", "unknown-refused": "check unknown-member",
		"null-typed": "confirm service-null", "text-coerced": "create amount-text", "float": "create amount-fraction",
		"missing-first": "check structure-before-missing", "service-first": "status missing-before-service", "service-half": "confirm service-unknown",
		"empty-looked-up": "status transid-empty", "transid-unchecked": "create transid-not-hex", "transid-checked-everywhere": "status transid-not-uuid",
		"account-number-refused": "check account-number", "order-id-unknown": "check account-other-key",
		"account-missing-unknown": "check account-missing", "account-unknown-14": "create account-check-digit",
		"clock-echoed": "check own-clock", "seconds": "create created", "value-number": "check account-text",
		"prefill-in-tiyin": "check account-text", "prefill-dropped": "check account-text", "prefill-everywhere": "create created",
		"amount-in-som": "create created", "amount-text": "status status-created", "data-dropped": "reverse reverse-created",
		"transid-dropped": "confirm confirmed", "account-first": "create repeat-before-account", "amount-first": "create state-before-amount",
		"exact-before-bounds": "create amount-below-min", "overpay": "create amount-one-more",
		"create-echoed": "create created-repeated", "confirm-echoed": "confirm confirm-repeated", "reverse-echoed": "reverse reverse-repeated",
		"repeat-now": "create created-repeated", "reversed-reused": "create create-reversed", "reversed-confirmed": "confirm confirm-refunded",
		"rivals-live": "confirm rival", "rival-confirmed-before": "confirm rival", "failed-told": "status rival", "failed-reversed": "reverse rival",
		"paid-payable": "check invoice-paid", "refunded-paid": "create invoice-refunded", "confirm-time-dropped": "status status-refunded",
		"phone-needed": "confirm phone-missing", "phone-typed": "confirm phone-number", "source-closed": "confirm source-unknown",
		"cancelled-payable": "create invoice-cancelled", "cancel-spares": "confirm cancelled-in-flight", "expired-paid": "check number-expired",
		"counter-once": "confirm counter-paid-twice", "counter-priced": "check counter",
		"create-racy": "create race-create", "confirm-racy": "confirm race-rivals",
	} {
		t.Run(fault, func(t *testing.T) {
			t.Parallel()
			s, client := newShop(t, fault)
			client.HTTP = &http.Client{Transport: inProcess{s}}
			ctx, enough := context.WithCancel(t.Context())
			defer enough()
			cfg := fullConfig(t, s, client)
			cfg.Report = func(r bank.Result) {
				if r.Webhook+" "+r.Name == caught {
					enough()
				}
			}
			if failed := failures(bank.Suite(ctx, cfg)); !slices.Contains(failed, caught) {
				t.Fatalf("%s passed; failed: %v", caught, failed)
			}
		})
	}
}

func TestSuiteCatchesAShopThatIgnoresItsPolicy(t *testing.T) {
	t.Parallel()
	s, client := newShop(t, "policy-ignored")
	client.HTTP = &http.Client{Transport: inProcess{s}}
	cfg := fullConfig(t, s, client)
	s.noRefunds, cfg.NoRefunds = true, true
	if failed := failures(bank.Suite(t.Context(), cfg)); !slices.Contains(failed, "reverse reverse-by-policy") {
		t.Fatalf("failed: %v", failed)
	}
}

func TestSuiteCatchesASlowConfirm(t *testing.T) {
	t.Parallel()
	s, client := newShop(t, "")
	client.HTTP = &http.Client{Transport: inProcess{s}}
	cfg := fullConfig(t, s, client)
	cfg.ConfirmWithin = time.Nanosecond
	results := bank.Suite(t.Context(), cfg)
	if failed := failures(results); !slices.Equal(failed, []string{"confirm confirm-latency"}) {
		t.Fatalf("failed: %v", failed)
	}
}

func TestSuiteWithOneInvoice(t *testing.T) {
	t.Parallel()
	s, client := newShop(t, "")
	number, err := s.open(t.Context(), "visit", 70_000_00)
	if err != nil {
		t.Fatal(err)
	}
	results := bank.Suite(t.Context(), bank.SuiteConfig{Client: client, Number: number})
	if failed := failures(results); failed != nil {
		t.Fatalf("failed: %v\n%s", failed, table(t, results))
	}
	idle := notRun(results)
	for _, name := range []string{"confirm race-rivals", "confirm phone-missing", "create amount-below-min", "check number-expired"} {
		if !slices.Contains(idle, name) {
			t.Errorf("%s was run without what it needs", name)
		}
	}
	if slices.Contains(idle, "status status-refunded") {
		t.Error("one invoice is enough for the story of a refund")
	}
	if text := table(t, results); !strings.Contains(text, "needs more invoices: 1") {
		t.Errorf("the table does not say what is missing:\n%s", text)
	}
}

func TestSuiteWithoutInvoices(t *testing.T) {
	t.Parallel()
	_, client := newShop(t, "")
	results := bank.Suite(t.Context(), bank.SuiteConfig{Client: client})
	passed, failed, idle := bank.Count(results)
	if failed != 0 || passed < 80 || idle == 0 {
		t.Fatalf("%d passed, %d failed, %d not run\n%s", passed, failed, idle, table(t, results))
	}
}

func TestSuiteAsksForAnAmountItCannotLearn(t *testing.T) {
	t.Parallel()
	s, client := newShop(t, "")
	s.noAmnts = true
	number, err := s.open(t.Context(), "visit", 70_000_00)
	if err != nil {
		t.Fatal(err)
	}
	cfg := bank.SuiteConfig{Client: client, Number: number, NoPrefill: true}
	if idle := notRun(bank.Suite(t.Context(), cfg)); !slices.Contains(idle, "create created") {
		t.Error("create was played with a made-up amount")
	}
	cfg.Amount = 70_000_00
	results := bank.Suite(t.Context(), cfg)
	if slices.Contains(notRun(results), "create created") || failures(results) != nil {
		t.Errorf("with the amount given:\n%s", table(t, results))
	}
}

// The contract does not say how so'm with tiyin are prefilled: a shop may name
// them or leave them out.
func TestSuiteWithAnAmountInTiyin(t *testing.T) {
	t.Parallel()
	for _, unnamed := range []bool{false, true} {
		s, client := newShop(t, "")
		client.HTTP = &http.Client{Transport: inProcess{s}}
		s.noAmnts = unnamed
		number, err := s.open(t.Context(), "visit", 70_000_50)
		if err != nil {
			t.Fatal(err)
		}
		results := bank.Suite(t.Context(), bank.SuiteConfig{Client: client, Number: number, Amount: 70_000_50})
		if failed := failures(results); failed != nil {
			t.Errorf("unnamed %v: failed %v\n%s", unnamed, failed, table(t, results))
		}
	}
}

func TestSuiteSaysWhenNoInvoiceCanBeMade(t *testing.T) {
	t.Parallel()
	_, client := newShop(t, "")
	results := bank.Suite(t.Context(), bank.SuiteConfig{Client: client,
		Invoices: func(context.Context, string, money.Amount) (string, error) { return "", errors.New("store is locked") }})
	if failed := failures(results); !slices.Contains(failed, "- invoice") {
		t.Fatalf("failed: %v", failed)
	}
	if text := table(t, results); !strings.Contains(text, "could not be prepared: store is locked") {
		t.Errorf("the cause is not told:\n%s", text)
	}
}

func TestSuiteStopsWhenNobodyAnswers(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(nil)
	server.Close()
	results := bank.Suite(t.Context(), bank.SuiteConfig{Client: &bank.Client{BaseURL: server.URL}})
	passed, failed, idle := bank.Count(results)
	if passed != 0 || failed != 3 || idle < 100 {
		t.Fatalf("%d passed, %d failed, %d not run", passed, failed, idle)
	}
	if last := results[len(results)-1]; last.Notes[0].Code != bank.NoteUnreachable {
		t.Errorf("last case says %v", last.Notes)
	}
}

func TestSuiteEndsWithItsContext(t *testing.T) {
	t.Parallel()
	s, client := newShop(t, "")
	ctx, cancel := context.WithCancel(t.Context())
	cfg := fullConfig(t, s, client)
	cancel()
	for _, r := range bank.Suite(ctx, cfg) {
		if !r.NotRun || r.Notes[0].Code != bank.NoteInterrupted {
			t.Fatalf("%s %s: %+v", r.Webhook, r.Name, r)
		}
	}
}
