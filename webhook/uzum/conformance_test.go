package uzum_test

import (
	"context"
	"testing"
	"time"

	"tushum/internal/bank"
	"tushum/internal/money"
	"tushum/store"
	"tushum/webhook/uzum"
	"tushum/webhook/webhooktest"
)

// The bank simulator's suite is a reading of the Merchant API of its own, and
// shares no code with this package: every case of it must pass.
func TestTheBanksSuitePasses(t *testing.T) {
	t.Parallel()
	s := webhooktest.Start(t, webhooktest.Options{Now: time.Now, Settings: uzum.Settings{ServiceID: webhooktest.ServiceID, PrefillAmount: true}})
	rules := webhooktest.Rules()
	results := bank.Suite(t.Context(), bank.SuiteConfig{
		Client: &bank.Client{
			BaseURL: "http://" + s.Address() + webhooktest.Path, Login: webhooktest.Login, Password: webhooktest.Secret,
			ServiceID: webhooktest.ServiceID, HTTP: s.Client,
		},
		MinAmount: rules.MinAmount, MaxAmount: rules.MaxAmount,
		Invoices: func(_ context.Context, kind string, amount money.Amount) (string, error) {
			return s.Memory.Issue(store.Draft{Kind: store.Kind(kind), Amount: amount, By: "test"}).Number.String(), nil
		},
		CancelInvoice: func(_ context.Context, number string) error {
			n, err := store.ParseNumber(number)
			if err != nil {
				return err
			}
			return s.Memory.Cancel(n)
		},
	})
	for _, r := range results {
		if !r.OK && !r.NotRun {
			t.Errorf("%s %s: got %s, want %s: %+v", r.Webhook, r.Name, r.Got, r.Want, r.Notes)
		}
	}
	if passed, _, notRun := bank.Count(results); passed < 150 || notRun > 10 {
		t.Errorf("%d cases passed, %d were not run", passed, notRun)
	}
}
