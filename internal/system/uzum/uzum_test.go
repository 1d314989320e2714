package uzum_test

import (
	"testing"

	"tushum/internal/config"
	"tushum/internal/money"
	"tushum/internal/system/systemtest"
	"tushum/internal/system/uzum"
	"tushum/store"
)

func TestItKeepsThePromisesOfAPaymentSystem(t *testing.T) {
	t.Parallel()
	systemtest.System(t, uzum.New)
}

// filled are settings with a service and keys.
func filled(change ...func(*config.Uzum)) config.Config {
	cfg := config.Default()
	cfg.Uzum.Enabled, cfg.Uzum.ServiceID, cfg.Uzum.Credentials = true, 498, []config.Credential{{Login: "bank"}}
	for _, c := range change {
		c(&cfg.Uzum)
	}
	return cfg
}

func TestHowFarItIsConnected(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*config.Uzum)
		want   store.ConnectionState
		test   bool
	}{
		"filled in and on":           {func(*config.Uzum) {}, store.Connected, false},
		"no keys":                    {func(u *config.Uzum) { u.Credentials = nil }, store.NotConnected, false},
		"no service":                 {func(u *config.Uzum) { u.ServiceID = 0 }, store.NotConnected, false},
		"switched off":               {func(u *config.Uzum) { u.Enabled = false }, store.Paused, false},
		"switched off and not there": {func(u *config.Uzum) { u.Enabled, u.Credentials = false, nil }, store.NotConnected, false},
		"a test":                     {func(u *config.Uzum) { u.TestMode = true }, store.Connected, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := uzum.New(filled(c.change)).Profile()
			systemtest.Profile(t, p)
			if p.State != c.want || p.Test != c.test {
				t.Errorf("it is %s, a test: %t", p.State, p.Test)
			}
			if want := (store.Abilities{App: true, Counter: true, Calls: true, Letter: true}); p.System != store.Uzum || p.Can != want {
				t.Errorf("%s can %+v", p.System, p.Can)
			}
			if p.Least != 0 || p.Most != 0 { // those of the rules hold
				t.Errorf("it takes from %d to %d", p.Least, p.Most)
			}
		})
	}
}

func TestTheLinkIntoTheApp(t *testing.T) {
	t.Parallel()
	number, err := store.NumberOf(store.FirstBase)
	if err != nil {
		t.Fatal(err)
	}
	at := "https://www.uzumbank.uz/open-service?serviceId=498&account=" + number.String()
	for name, c := range map[string]struct {
		change func(*config.Uzum)
		amount money.Amount
		back   string
		want   string
	}{
		"an amount and a way back":  {func(*config.Uzum) {}, 25_000_50, "https://shop.uz/pay/a?b=c&d", at + "&amount=2500050&redirectUrl=https%3A%2F%2Fshop.uz%2Fpay%2Fa%3Fb%3Dc%26d"},
		"the payer types it":        {func(*config.Uzum) {}, 0, "", at},
		"before the keys are there": {func(u *config.Uzum) { u.Credentials = nil }, 0, "", at},
		"another account":           {func(u *config.Uzum) { u.AccountParams = []string{"hisob raqami", "account"} }, 0, "", "https://www.uzumbank.uz/open-service?serviceId=498&hisob+raqami=" + number.String()},
		"another opener":            {func(u *config.Uzum) { u.AppLink = "https://example.uz/open" }, 0, "", "https://example.uz/open?serviceId=498&account=" + number.String()},
		"no service":                {func(u *config.Uzum) { u.ServiceID = 0 }, 0, "", ""},
		"cards alone":               {func(u *config.Uzum) { u.Methods = []config.Method{config.MethodCard} }, 0, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := uzum.New(filled(c.change))
			if got := s.AppLink(store.Invoice{Number: number, Amount: 1}, c.amount, c.back); got != c.want {
				t.Errorf("the link is %s, want %s", got, c.want)
			}
		})
	}
}
