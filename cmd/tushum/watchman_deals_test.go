package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tushum/internal/config"
	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/store"
	"tushum/webhook/webhooktest"
)

// keeperOf leads no deals, and says of them what the test wants.
type keeperOf struct{ *rounds }

func (k keeperOf) Warnings() []store.Warning {
	defer k.hold()()
	return k.troubles
}

func (k keeperOf) Unreachable(system store.System) bool {
	defer k.hold()()
	return system == k.unreachable
}

// besides connects a second payment system, to which goods go.
func (r *rounds) besides(credentials string) {
	r.change(func() {
		r.cfg.OneClick.Enabled, r.cfg.OneClick.BaseURL, r.cfg.OneClick.CredentialsFile = true, "http://127.0.0.1:1", credentials
		r.cfg.Routing = map[config.Kind]config.System{config.Kind(store.Goods): "oneclick", config.Kind(store.Visit): "uzum"}
		r.store.SetRules(rulesOf(r.cfg, systemsOf(r.cfg)))
	})
}

// platformFile is a file of credentials. It is made outside the bubble: keys take a while.
func platformFile(t *testing.T) string {
	t.Helper()
	shop, err := platformShop()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "oneclick.json")
	if err := os.WriteFile(path, shop.CredentialsFile(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// deal plays a deal of 25 000 so‘m, of which so much comes.
func (r *rounds) deal(ref string, came money.Amount) {
	r.t.Helper()
	const asked = 25_000 * money.Som
	ctx := r.t.Context()
	inv, err := r.store.Issue(ctx, store.Draft{Kind: store.Goods, Amount: asked})
	if err != nil {
		r.t.Fatal(err)
	}
	if _, _, err := r.store.BeginDeal(ctx, store.DealOrder{Number: inv.Number, By: "page", Ref: ref, Amount: asked}); err != nil {
		r.t.Fatal(err)
	}
	if _, err := r.store.TellDeal(ctx, ref, store.DealNews{ID: "id-" + ref, State: store.DealCompleted, Word: "completed", Amount: came}); err != nil {
		r.t.Fatal(err)
	}
	r.later(time.Second)
}

func TestAConnectionOverWhichDealsAreMade(t *testing.T) {
	t.Parallel()
	file := platformFile(t)
	watch(t, func(r *rounds) {
		want := func(state store.ConnectionState) {
			t.Helper()
			if got := r.Connections()["oneclick"].State; got != state {
				t.Errorf("it is %s, want %s", got, state)
			}
		}
		want(store.NotConnected)
		r.besides(file)
		want(store.Connected)
		r.change(func() { r.unreachable = "oneclick" })
		want(store.Failing)
		r.change(func() { r.unreachable = "" })
		r.deal("a", 25_000*money.Som)
		want(store.Live)
		r.change(func() { r.unreachable = "oneclick" })
		want(store.Failing)
		r.change(func() { r.unreachable = ""; r.cfg.OneClick.Enabled = false })
		want(store.Paused)
		r.change(func() { r.cfg.OneClick.Enabled = true; r.cfg.OneClick.CredentialsFile = file + ".gone" })
		want(store.Failing)
		r.want(store.Connected, store.SystemUnreachable) // the bank has no part in it
	})
}

// Nobody need ask for a deal to learn that none can be made.
func TestCredentialsThatCantBeReadAreTold(t *testing.T) {
	t.Parallel()
	file := platformFile(t)
	watch(t, func(r *rounds) {
		if err := os.Chmod(file, 0o644); err != nil {
			t.Fatal(err)
		}
		r.besides(file)
		defer r.begin()()
		r.want(store.Connected, store.SystemUnreachable)
		told := r.Warnings()[0]
		for _, l := range lang.All {
			if says := told.Says.In(l); !strings.Contains(says, "OneClick") || strings.ContainsAny(says, "{}") || told.Hint.In(l) == "" {
				t.Errorf("%s: it says %q, %q", l, says, told.Hint.In(l))
			}
		}
		r.wantLogged(store.SystemUnreachable, 1, 0)
		r.later(time.Hour)
		if again := r.Warnings(); len(again) != 1 || again[0] != told {
			t.Errorf("later it is %+v, was %+v", again, told)
		}
		r.change(func() { r.unreachable = "oneclick" }) // the deals tell it by themselves
		r.want(store.Connected)
		r.change(func() { r.unreachable = "" })
		if err := os.Chmod(file, 0o600); err != nil {
			t.Fatal(err)
		}
		r.later(time.Minute)
		r.want(store.Connected)
		if state := r.Connections()["oneclick"].State; state != store.Connected {
			t.Errorf("it is %s", state)
		}
		r.change(func() { r.cfg.OneClick.Enabled = false; r.cfg.OneClick.CredentialsFile = file + ".gone" })
		r.want(store.Connected) // what is off is not missed
	})
}

// A watchman that begins anew knows from the books by whom was paid, and what is to be
// decided about.
func TestAWatchmanBeginsWithWhatIsInTheBooks(t *testing.T) {
	t.Parallel()
	file := platformFile(t)
	watch(t, func(r *rounds) {
		r.besides(file)
		r.deal("a", 25_000*money.Som)
		r.deal("b", 20_000*money.Som)
		defer r.begin()()
		if state := r.Connections()["oneclick"].State; state != store.Live {
			t.Errorf("it is %s", state)
		}
		r.want(store.Connected, store.MoneyUnsettled)
	})
}

func TestMoneyThatNobodyWaitedForIsToldUntilItIsSettled(t *testing.T) {
	t.Parallel()
	file := platformFile(t)
	watch(t, func(r *rounds) {
		r.besides(file)
		r.deal("a", 20_000*money.Som)
		first := r.now()
		r.wantUnsettled("20\u00a0000\u00a0so‘m 1000002 hisobni to‘lamadi: hal qiling", "20\u00a0000\u00a0сум не оплатили счёт 1000002: решите", "20\u00a0000\u00a0UZS did not pay invoice 1000002: decide")
		r.later(time.Hour)
		r.deal("b", 30_000*money.Som)
		w := r.wantUnsettled("hal qiling: 2 ta to‘lov, 50\u00a0000\u00a0so‘m, hisoblar to‘lanmagan", "решите: платежей 2 на 50\u00a0000\u00a0сум, счета не оплачены", "2 payments to decide, 50\u00a0000\u00a0UZS: they paid no invoice")
		if since := w.Since.Time(); since.After(first) {
			t.Errorf("it is told since %s, the oldest came before %s", since, first)
		}
		for i, id := range []string{"id-a", "id-b"} {
			if _, err := r.store.Settle(t.Context(), store.SettleOrder{TransID: id, By: "owner", Note: "given back", Apply: i > 0}); err != nil {
				t.Fatal(err)
			}
		}
		r.later(time.Second)
		r.want(store.Connected)
		r.wantLogged(store.MoneyUnsettled, 1, 1)
	})
}

// wantUnsettled wants money to be told that somebody has to decide about, in such words,
// and that all that a narrow console has room for says why.
func (r *rounds) wantUnsettled(uz, ru, en string) store.Warning {
	r.t.Helper()
	r.want(store.Connected, store.MoneyUnsettled)
	w := r.Warnings()[0]
	for l, want := range map[lang.Lang]string{lang.UZ: uz, lang.RU: ru, lang.EN: en} {
		if says := w.Says.In(l); !strings.HasPrefix(says, want) || !strings.Contains(says, "21.11.2026 12:0") || strings.Contains(says, "{") {
			r.t.Errorf("in %s it says %s", l, says)
		}
		if !strings.Contains(w.Hint.In(l), "tushum transaction settle") {
			r.t.Errorf("in %s it hints %s", l, w.Hint.In(l))
		}
	}
	return w
}

// back has the payment system take back what a deal had brought.
func (r *rounds) back(ref string) {
	r.t.Helper()
	if _, err := r.store.TellDeal(r.t.Context(), ref, store.DealNews{ID: "id-" + ref, State: store.DealCanceled, Word: "canceled"}); err != nil {
		r.t.Fatal(err)
	}
	r.later(time.Second)
}

// Nobody writes down what was made of it, so it is told for a week, also by a watchman
// that begins anew.
func TestMoneyThatWasTakenBackIsToldForAWeek(t *testing.T) {
	t.Parallel()
	file := platformFile(t)
	watch(t, func(r *rounds) {
		r.besides(file)
		r.deal("a", 25_000*money.Som)
		r.deal("b", 25_000*money.Som)
		r.want(store.Connected)
		r.back("a")
		wantSays := func(uz, ru, en string) {
			t.Helper()
			r.want(store.Connected, store.MoneyTakenBack)
			w := r.Warnings()[0]
			for l, want := range map[lang.Lang]string{lang.UZ: uz, lang.RU: ru, lang.EN: en} {
				says, hint := w.Says.In(l), w.Hint.In(l)
				if !strings.HasPrefix(says, want) || strings.ContainsAny(says+hint, "{}") || !strings.Contains(hint, "OneClick") {
					t.Errorf("in %s it says %s, and hints %s", l, says, hint)
				}
			}
		}
		wantSays("OneClick to‘lovni qaytarib oldi: 25\u00a0000\u00a0so‘m, hisob 1000002, bitim id-a; 21.11.2026",
			"OneClick забрал платёж назад: 25\u00a0000\u00a0сум, счёт 1000002, сделка id-a; 21.11.2026",
			"OneClick took a payment back: 25\u00a0000\u00a0UZS, invoice 1000002, deal id-a; 21.11.2026")
		r.later(3 * 24 * time.Hour)
		r.back("b")
		wantSays("qaytarib olingan to‘lovlar: 2 ta, 50\u00a0000\u00a0so‘m; oxirgisi: OneClick, hisob 1000015, bitim id-b",
			"забраны назад платежи: 2 на 50\u00a0000\u00a0сум; последний: OneClick, счёт 1000015, сделка id-b",
			"2 payments taken back, 50\u00a0000\u00a0UZS; the last: OneClick, invoice 1000015, deal id-b")
		r.later(4*24*time.Hour + time.Minute)
		wantSays("OneClick to‘lovni", "OneClick забрал", "OneClick took a payment back: 25\u00a0000\u00a0UZS, invoice 1000015")
		defer r.begin()()
		r.want(store.Connected, store.MoneyTakenBack)
		r.later(3 * 24 * time.Hour)
		r.want(store.Connected)
	})
}

// A bank gives money back as it sees fit, and often at the shop's word: that is no news.
func TestWhatABankGivesBackIsNoWarning(t *testing.T) {
	t.Parallel()
	const id = "8d2b2f0e-7f3b-11ef-9a5c-0242ac120002"
	watch(t, func(r *rounds) {
		r.pay(id)
		r.call("reverse", string(rightPassword), fmt.Sprintf(`{"serviceId":%d,"timestamp":%d,"transId":%q}`, webhooktest.ServiceID, r.now().UnixMilli(), id))
		if tx, err := r.store.Transaction(t.Context(), id); err != nil || store.RefundStateOf(tx) != store.Unasked {
			t.Fatalf("it is %v, %v", tx.Status, err)
		}
		r.want(store.Live)
	})
}

// The gravest comes first: who can't be asked takes no payments, and a deal that is
// not understood comes before money that is there.
func TestWarningsOfDealsStandAmongTheOthers(t *testing.T) {
	t.Parallel()
	file := platformFile(t)
	watch(t, func(r *rounds) {
		r.besides(file)
		r.deal("a", 20_000*money.Som)
		r.change(func() {
			r.troubles = []store.Warning{{Code: store.DealTroubled}, {Code: store.SystemUnreachable}}
			r.more = []store.Warning{{Code: store.SettingsWaiting}, {Code: store.SettingsRefused}}
		})
		r.want(store.Connected, store.SystemUnreachable, store.SettingsRefused, store.DealTroubled, store.MoneyUnsettled, store.SettingsWaiting)
	})
}
