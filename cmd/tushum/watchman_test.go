package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"tushum/internal/config"
	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/store"
	"tushum/store/bolt"
	"tushum/webhook"
	"tushum/webhook/uzum"
	"tushum/webhook/webhooktest"
)

// bankSecret is the password of the bank in these tests, and its own Verifier.
type bankSecret string

func (s bankSecret) Verify(password []byte) bool { return string(password) == string(s) }

const rightPassword bankSecret = "s3cret-canary"

// rounds are those of a watchman through a shop whose bank calls real webhooks
// and whose ledger is a real file, in a bubble of its own time.
type rounds struct {
	*watchman
	t      *testing.T
	store  *bolt.Store
	auth   *webhook.Auth
	routes map[string]http.Handler
	log    *webhooktest.Log

	skipped atomic.Int64 // by how many ns the shop's clock is ahead of the bubble's

	mu          sync.Mutex // held while the test changes what the watchman sees
	cfg         config.Config
	certificate webhook.CertificateState // zero: none
	free        uint64
	diskErr     error
	more        []store.Warning
	unreachable store.System    // can't be asked about its deals
	troubles    []store.Warning // about deals
}

// roundsBegin is a Saturday in Tashkent, 12:00.
var roundsBegin = time.Date(2026, 11, 21, 7, 0, 0, 0, time.UTC)

func connectedShop() config.Config {
	cfg := config.Default()
	cfg.Uzum.Enabled, cfg.Uzum.ServiceID = true, webhooktest.ServiceID
	cfg.Uzum.Credentials = []config.Credential{{Login: webhooktest.Login}}
	return cfg
}

func watch(t *testing.T, play func(*rounds)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(roundsBegin))
		r := &rounds{t: t, cfg: connectedShop(), free: 100 * gib, log: new(webhooktest.Log)}
		var err error
		if r.store, err = bolt.Open(filepath.Join(t.TempDir(), "tushum.db"), bolt.Options{Rules: rulesOf(r.cfg, systemsOf(r.cfg)), Now: r.now, NoSync: true}); err != nil {
			t.Fatal(err)
		}
		defer func() {
			if err := r.store.Close(); err != nil {
				t.Error(err)
			}
		}()
		addresses := webhook.NewAddresses(nil)
		if r.auth, err = webhook.NewAuth([]webhook.Credential{{Login: webhooktest.Login, Password: rightPassword}}, addresses.Of, r.now); err != nil {
			t.Fatal(err)
		}
		r.routes = uzum.New(uzum.Config{Settings: uzum.Settings{ServiceID: webhooktest.ServiceID}, Ledger: r.store, Auth: r.auth, Now: r.now}).Routes()
		defer r.begin()()
		play(r)
	})
}

// begin has a new watchman start its rounds; end stops them.
func (r *rounds) begin() (end func()) {
	r.watchman = newWatchman(watchmanOptions{
		Books: r.store, Settings: r.settings, Deals: keeperOf{r}, StoreFolder: "/the/store", Free: r.measured,
		More: func() []store.Warning {
			defer r.hold()()
			return r.more
		},
		Certificate: func() (state webhook.CertificateState, ok bool) {
			defer r.hold()()
			return r.certificate, !r.certificate.NotAfter.IsZero() || r.certificate.Err != nil
		},
		Log: slog.New(slog.NewTextHandler(r.log, nil)), Now: r.now,
	})
	ctx, stop := context.WithCancel(r.t.Context())
	go r.run(ctx)
	synctest.Wait()
	return func() {
		stop()
		synctest.Wait()
	}
}

// hold keeps what the watchman sees as it is, or lets the test change it, until
// the function that it returns is called.
func (r *rounds) hold() (release func()) {
	r.mu.Lock()
	return r.mu.Unlock
}

func (r *rounds) change(do func()) {
	defer r.hold()()
	do()
}

func (r *rounds) settings() config.Config {
	defer r.hold()()
	return r.cfg
}

func (r *rounds) measured(path string) (free, total uint64, err error) {
	defer r.hold()()
	if path != "/the/store" {
		r.t.Errorf("measured is %s", path)
	}
	return r.free, 200 * gib, r.diskErr
}

func (r *rounds) now() time.Time { return time.Now().Add(time.Duration(r.skipped.Load())) }

// later lets time pass, and all that is due happen. Hours are skipped but for
// the last minute: the store has much to do in each.
func (r *rounds) later(d time.Duration) {
	sleep := min(d, time.Minute)
	r.skipped.Add(int64(d - sleep))
	time.Sleep(sleep)
	synctest.Wait()
}

// call calls a webhook as the bank does, and waits until the journal has it.
func (r *rounds) call(name, password, body string) {
	r.t.Helper()
	request := httptest.NewRequestWithContext(r.t.Context(), http.MethodPost, "/uzum/"+name, strings.NewReader(body))
	request.SetBasicAuth(webhooktest.Login, password)
	r.routes[name].ServeHTTP(httptest.NewRecorder(), request)
	r.later(time.Second)
}

func (r *rounds) check(password string) {
	r.t.Helper()
	r.call("check", password, checkBody(webhooktest.ServiceID, r.now()))
}

func checkBody(serviceID int, at time.Time) string {
	return fmt.Sprintf(`{"serviceId":%d,"timestamp":%d,"params":{"account":"1000002"}}`, serviceID, at.UnixMilli())
}

// pay plays a whole payment.
func (r *rounds) pay(transID string) {
	r.t.Helper()
	inv, err := r.store.Issue(r.t.Context(), store.Draft{Kind: store.Visit, Amount: 25_000 * money.Som})
	if err != nil {
		r.t.Fatal(err)
	}
	begin := fmt.Sprintf(`{"serviceId":%d,"timestamp":%d,"transId":%q,`, webhooktest.ServiceID, r.now().UnixMilli(), transID)
	r.call("create", string(rightPassword), begin+fmt.Sprintf(`"params":{"account":"%s"},"amount":%d}`, inv.Number, inv.Amount))
	r.call("confirm", string(rightPassword), begin+`"paymentSource":"UZCARD"}`)
}

func (r *rounds) want(state store.ConnectionState, codes ...store.WarningCode) {
	r.t.Helper()
	if got := r.Connections()[store.Uzum].State; got != state {
		r.t.Errorf("the bank is %s, want %s", got, state)
	}
	var got []store.WarningCode
	for _, w := range r.Warnings() {
		got = append(got, w.Code)
	}
	if !slices.Equal(got, codes) {
		r.t.Errorf("the warnings are %v, want %v", got, codes)
	}
}

// wantLogged wants a kind of warning to have come and gone so often.
func (r *rounds) wantLogged(code store.WarningCode, came, went int) {
	r.t.Helper()
	var coming, going int
	for line := range strings.Lines(r.log.String()) {
		switch {
		case !strings.Contains(line, "code="+string(code)):
		case strings.Contains(line, "level=WARN"):
			coming++
		case strings.Contains(line, "level=INFO"):
			going++
		}
	}
	if coming != came || going != went {
		r.t.Errorf("%s came %d times and went %d times, want %d and %d; the log:\n%s", code, coming, going, came, went, r.log)
	}
}

func TestAConnectionComesToLife(t *testing.T) {
	t.Parallel()
	watch(t, func(r *rounds) {
		connected := r.cfg
		r.change(func() { r.cfg.Uzum = config.Default().Uzum })
		r.want(store.NotConnected)
		r.change(func() { r.cfg = connected })
		r.want(store.Connected)
		r.check(string(rightPassword))
		r.want(store.FirstCall)
		r.pay("8d2b2f0e-7f3b-11ef-9a5c-0242ac120002")
		r.want(store.Live)
		r.change(func() { r.cfg.Uzum.Enabled = false })
		r.want(store.Paused)
		r.change(func() { r.cfg.Uzum.Enabled, r.cfg.Uzum.TestMode = true, true })
		r.want(store.Live)
		bank := r.Connections()[store.Uzum]
		if !bank.Test || bank.System != store.Uzum || r.now().Sub(bank.LastCall.Time()) > 2*time.Second {
			t.Errorf("the bank is %+v", bank)
		}
		for system, open := range map[store.System]bool{store.Manual: true, store.System("oneclick"): false} {
			if c, ok := r.Connections()[system]; !ok || c.System != system || c.Open() != open || c.Test {
				t.Errorf("%s is %+v", system, c)
			}
		}
	})
}

func TestANewWatchmanReadsTheJournal(t *testing.T) {
	t.Parallel()
	watch(t, func(r *rounds) {
		const id = "8d2b2f0e-7f3b-11ef-9a5c-0242ac120002"
		r.pay(id)
		r.call("reverse", string(rightPassword), fmt.Sprintf(`{"serviceId":%d,"timestamp":%d,"transId":%q}`, webhooktest.ServiceID, r.now().UnixMilli(), id))
		for range 2 * store.MostAnswered { // the payment is no longer among the lines that are read
			r.check(string(rightPassword))
		}
		last := store.At(r.now().Add(-time.Second))
		defer r.begin()()
		r.want(store.Live)
		if got := r.Connections()[store.Uzum].LastCall; got != last {
			t.Errorf("the last call was %s, want %s", got, last)
		}
		for range 3 {
			r.check("wrong")
		}
		defer r.begin()()
		r.want(store.Failing, store.CallsRefused)
		if got := r.Connections()[store.Uzum].LastCall; got != last {
			t.Errorf("the last call was %s, want %s", got, last)
		}
	})
}

func TestPaymentsByHandConnectNothing(t *testing.T) {
	t.Parallel()
	watch(t, func(r *rounds) {
		inv, err := r.store.Issue(t.Context(), store.Draft{Kind: store.Visit, Amount: 25_000 * money.Som})
		if err == nil {
			_, err = r.store.MarkPaid(t.Context(), store.ManualPayment{Number: inv.Number, By: "malika", Reason: "cash", Source: "CASH"})
		}
		if err != nil {
			t.Fatal(err)
		}
		defer r.begin()()
		r.want(store.Connected)
	})
}

func TestWrongPasswordsAreToldOnce(t *testing.T) {
	t.Parallel()
	watch(t, func(r *rounds) {
		r.check(string(rightPassword))
		r.check("wrong")
		r.check("wrong")
		r.want(store.FirstCall)
		before := r.Version()
		r.check("wrong")
		if r.Version() == before {
			t.Error("the version stays")
		}
		r.want(store.Failing, store.CallsRefused)
		if says := r.Warnings()[0].Says.EN; !strings.Contains(says, "3 since 21.11.2026 12:00") {
			t.Errorf("says %q", says)
		}
		r.check("wrong")
		r.later(time.Hour)
		r.wantLogged(store.CallsRefused, 1, 0)
		if strings.Contains(r.log.String(), "canary") {
			t.Error("the log holds a password")
		}
		r.check(string(rightPassword))
		r.want(store.FirstCall)
		r.wantLogged(store.CallsRefused, 1, 1)
		before = r.Version()
		r.later(time.Minute)
		if r.Version() != before {
			t.Error("the version changes though nothing does")
		}
	})
}

// What is refused while nobody can have the right password is not the bank's fault.
func TestCallsBeforeThePasswordIsSetAreForgiven(t *testing.T) {
	t.Parallel()
	watch(t, func(r *rounds) {
		if err := r.auth.Set(nil); err != nil {
			t.Fatal(err)
		}
		for range 5 {
			r.check(string(rightPassword))
		}
		if calls, err := r.store.Calls(t.Context(), store.CallQuery{Refused: true}); err != nil || len(calls) != 5 {
			t.Errorf("refused are %v, %v", calls, err)
		}
		r.want(store.Connected)
	})
}

// Scanners try every login that there is, all day long.
func TestScannersAreNotTheBank(t *testing.T) {
	t.Parallel()
	watch(t, func(r *rounds) {
		scan := func() {
			for range 3 {
				for _, login := range []string{"admin", "root", "test", ""} {
					request := httptest.NewRequestWithContext(r.t.Context(), http.MethodPost, "/uzum/check", strings.NewReader("{}"))
					if login != "" {
						request.SetBasicAuth(login, login)
					}
					answer := httptest.NewRecorder()
					r.routes["check"].ServeHTTP(answer, request)
					if body := answer.Body.String(); !strings.Contains(body, `"10001"`) || strings.Contains(body, "login") {
						t.Errorf("%q is answered %s", login, body)
					}
					r.later(time.Second)
				}
			}
		}
		r.check(string(rightPassword))
		scan()
		r.want(store.FirstCall)
		r.wantLogged(store.CallsRefused, 0, 0)
		defer r.begin()()
		r.want(store.FirstCall)
		for range 3 {
			r.check("wrong")
		}
		scan()
		r.want(store.Failing, store.CallsRefused)
	})
}

// failingLedger can't answer.
type failingLedger struct{ store.Bank }

func (failingLedger) Check(context.Context, store.System, store.Number) (store.Invoice, error) {
	return store.Invoice{}, store.Busy
}

func TestAProgramThatCantAnswerIsTold(t *testing.T) {
	t.Parallel()
	watch(t, func(r *rounds) {
		r.check(string(rightPassword))
		good := r.routes
		r.routes = uzum.New(uzum.Config{Settings: uzum.Settings{ServiceID: webhooktest.ServiceID}, Ledger: failingLedger{r.store}, Auth: r.auth, Now: r.now}).Routes()
		for range 3 {
			r.check(string(rightPassword))
		}
		r.want(store.Failing, store.CallsFailing)
		r.wantLogged(store.CallsFailing, 1, 0)
		r.routes = good
		r.check(string(rightPassword))
		r.want(store.FirstCall)
		r.wantLogged(store.CallsFailing, 1, 1)
	})
}

// The journal that is read holds strangers alone, and the ledger a payment.
func TestStrangersDoNotHideASilence(t *testing.T) {
	t.Parallel()
	watch(t, func(r *rounds) {
		r.pay("8d2b2f0e-7f3b-11ef-9a5c-0242ac120002")
		last := r.Connections()[store.Uzum].LastCall
		r.later(3 * 24 * time.Hour)
		w := newWatchman(watchmanOptions{Books: &unreadable{Books: r.store, strangers: true}, Settings: r.settings, Now: r.now})
		w.follow(r.t.Context())
		bank, warnings := w.Connections()[store.Uzum], w.Warnings()
		if bank.State != store.Live || bank.LastCall.Time().Sub(last.Time()).Abs() > time.Second {
			t.Errorf("the bank is %+v, its last call was %s", bank, last)
		}
		if len(warnings) != 1 || warnings[0].Code != store.BankSilent {
			t.Errorf("warned of %+v", warnings)
		}
	})
}

// The clock was a week ahead when the bank called, and was set back.
func TestAClockThatIsSetBackHidesNoSilence(t *testing.T) {
	t.Parallel()
	watch(t, func(r *rounds) {
		const week = 7 * 24 * time.Hour
		r.skipped.Add(int64(week))
		r.check(string(rightPassword))
		r.skipped.Add(-int64(week))
		r.later(time.Minute)
		r.want(store.FirstCall)
		r.later(48 * time.Hour)
		r.want(store.FirstCall, store.BankSilent)
	})
}

// A bank that is busy would have the watchman decode a line for each commit.
func TestLinesGatherBeforeTheyAreRead(t *testing.T) {
	t.Parallel()
	watch(t, func(r *rounds) {
		books := &unreadable{Books: r.store}
		w := newWatchman(watchmanOptions{Books: books, Settings: r.settings, Now: r.now})
		ctx, stop := context.WithCancel(r.t.Context())
		defer synctest.Wait()
		defer stop()
		go w.run(ctx)
		synctest.Wait()
		before := books.reads.Load()
		for range 100 {
			if _, err := r.store.Issue(r.t.Context(), store.Draft{Kind: store.Visit, Amount: 25_000 * money.Som}); err != nil {
				t.Fatal(err)
			}
			time.Sleep(10 * time.Millisecond)
			synctest.Wait()
		}
		time.Sleep(time.Second)
		if reads := books.reads.Load() - before; reads < 2 || reads > 6 {
			t.Errorf("a second of commits was read %d times", reads)
		}
	})
}

func TestAWrongServiceIDAndAClockAreTold(t *testing.T) {
	t.Parallel()
	watch(t, func(r *rounds) {
		for range 3 {
			r.call("check", string(rightPassword), checkBody(webhooktest.ServiceID, r.now().Add(time.Hour)))
		}
		r.want(store.FirstCall, store.ClockAside)
		for range 3 {
			r.call("check", string(rightPassword), checkBody(webhooktest.ServiceID+1, r.now()))
		}
		r.want(store.Failing, store.WrongServiceID, store.ClockAside)
	})
}

func TestANightIsNotSilence(t *testing.T) {
	t.Parallel()
	watch(t, func(r *rounds) {
		r.later(8 * time.Hour)
		r.check(string(rightPassword)) // at 20:00
		r.later(47 * time.Hour)
		r.want(store.FirstCall)
		r.wantLogged(store.BankSilent, 0, 0)
		r.later(time.Hour + time.Minute)
		r.wantLogged(store.BankSilent, 1, 0) // without being asked
		r.want(store.FirstCall, store.BankSilent)
		if says := r.Warnings()[0].Says.EN; !strings.Contains(says, "no good call of Uzum Bank for 24 h of opening hours, the last was 21.11.2026 20:00") {
			t.Errorf("says %q", says)
		}
		r.change(func() { r.cfg.Watch.SilentAfter = 36 * time.Hour })
		r.want(store.FirstCall)
		r.change(func() { r.cfg.Watch.SilentAfter = 24 * time.Hour })
		r.want(store.FirstCall, store.BankSilent)
		r.change(func() { r.cfg.Watch.Closed[time.Sunday] = true })
		r.want(store.FirstCall)
		r.change(func() { r.cfg.Watch.Closed[time.Sunday] = false })
		r.want(store.FirstCall, store.BankSilent)
		r.check(string(rightPassword))
		r.want(store.FirstCall)
	})
}

func TestAShortDiskIsTold(t *testing.T) {
	t.Parallel()
	watch(t, func(r *rounds) {
		r.want(store.Connected)
		r.change(func() { r.free = 900 << 20 })
		r.later(time.Minute)
		r.want(store.Connected, store.DiskShort)
		if says := r.Warnings()[0].Says; says.RU != "на диске мало места: свободно 900\u00a0MiB из 200\u00a0GiB" {
			t.Errorf("says %q", says.RU)
		}
		r.change(func() { r.diskErr = errors.New("not now") })
		r.later(time.Minute)
		r.want(store.Connected)
		r.wantLogged(store.DiskShort, 1, 1)
		r.change(func() { r.diskErr = nil })
		defer r.begin()()
		r.want(store.Connected, store.DiskShort)
	})
}

func TestACertificateThatEndsIsTold(t *testing.T) {
	t.Parallel()
	watch(t, func(r *rounds) {
		r.change(func() {
			r.certificate = webhook.CertificateState{NotBefore: r.now(), NotAfter: r.now().Add(15 * 24 * time.Hour)}
		})
		r.want(store.Connected)
		r.later(24*time.Hour + time.Minute)
		r.want(store.Connected, store.CertificateEnding)
		r.wantLogged(store.CertificateEnding, 1, 0)
		r.change(func() {
			r.certificate = webhook.CertificateState{NotBefore: r.now(), NotAfter: r.now().Add(90 * 24 * time.Hour)}
		})
		r.want(store.Connected)
		r.wantLogged(store.CertificateEnding, 1, 1)
	})
}

func TestTheGravestWarningComesFirst(t *testing.T) {
	t.Parallel()
	watch(t, func(r *rounds) {
		r.change(func() {
			r.more = []store.Warning{{Code: store.SettingsWaiting, Says: lang.Text{EN: "one"}}, {Code: store.SettingsRefused}, {Code: store.SettingsWaiting, Says: lang.Text{EN: "two"}}}
		})
		r.change(func() { r.free = 0 })
		r.change(func() { r.certificate = webhook.CertificateState{Err: errors.New("no such file")} })
		r.later(time.Minute)
		for range 3 {
			r.check("wrong")
		}
		r.want(store.Failing, store.CallsRefused, store.CertificateFailing, store.DiskShort, store.SettingsRefused, store.SettingsWaiting, store.SettingsWaiting)
		mine := r.Warnings()
		if mine[4].Says.EN != "one" || mine[5].Says.EN != "two" {
			t.Errorf("those of one kind have changed places: %+v", mine)
		}
		if says := mine[0].Says.EN; !strings.Contains(says, " 3 since") {
			t.Errorf("says %q", says)
		}
		version := r.Version()
		mine[0] = store.Warning{}
		delete(r.Connections(), store.Uzum)
		if r.Version() != version {
			t.Error("what a reader does with the answer changes it")
		}
		r.want(store.Failing, store.CallsRefused, store.CertificateFailing, store.DiskShort, store.SettingsRefused, store.SettingsWaiting, store.SettingsWaiting)
	})
}

// unreadable is a ledger whose journal can't be read now and then, or has lost
// all lines but those of strangers. It counts how often it is read.
type unreadable struct {
	store.Books
	err       error
	strangers bool
	reads     atomic.Int64
}

func (u *unreadable) FindCalls(ctx context.Context, q store.CallQuery) iter.Seq2[store.Call, error] {
	u.reads.Add(1)
	if u.strangers {
		return func(yield func(store.Call, error) bool) {
			for seq := range uint64(60) {
				if !yield(store.Call{Seq: 100 - seq, System: store.Uzum, At: store.At(u.Now()), Code: "10001", Reason: store.ReasonUnknownLogin}, nil) {
					return
				}
			}
		}
	}
	if u.err == nil {
		return u.Books.FindCalls(ctx, q)
	}
	return func(yield func(store.Call, error) bool) { yield(store.Call{}, u.err) }
}

func TestAJournalThatCantBeReadIsReadLater(t *testing.T) {
	t.Parallel()
	watch(t, func(r *rounds) {
		books := &unreadable{Books: r.store, err: store.Busy}
		w := newWatchman(watchmanOptions{Books: books, Settings: r.settings})
		state := func() store.ConnectionState {
			w.follow(t.Context())
			return w.Connections()[store.Uzum].State
		}
		r.check(string(rightPassword))
		if got := state(); got != store.Connected {
			t.Errorf("the bank is %s without a journal", got)
		}
		books.err = nil
		if got := state(); got != store.FirstCall {
			t.Errorf("the bank is %s", got)
		}
		books.err = store.Busy
		for range 3 {
			r.check("wrong")
		}
		if got := state(); got != store.FirstCall {
			t.Errorf("the bank is %s though the journal can't be read", got)
		}
		books.err = nil
		if got := state(); got != store.Failing {
			t.Errorf("the bank is %s", got)
		}
	})
}

// knocker is a payment system that calls the shop all the time, and is not the bank.
type knocker struct{ courier }

func (*knocker) Profile() store.Profile {
	return store.Profile{System: courierName, Name: lang.Text{EN: "Courier"}, Can: store.Abilities{App: true, Calls: true}, State: store.Connected}
}

// What one payment system's calls tell says nothing of another.
func TestEachSystemThatCallsIsWatchedByItself(t *testing.T) {
	t.Parallel()
	watch(t, func(r *rounds) {
		third := func() store.Systems { return append(systemsOf(r.settings()), new(knocker)) }
		w := newWatchman(watchmanOptions{Books: r.store, Settings: r.settings, Systems: third, Now: r.now})
		calls := func(code string, times int) {
			for range times {
				r.store.Record(store.Call{At: store.At(r.now()), System: courierName, Webhook: "knock", Code: code, HTTPStatus: http.StatusOK, Request: []byte("{}")})
				r.later(time.Second)
			}
		}
		want := func(bank, courier store.ConnectionState, says ...string) {
			t.Helper()
			w.follow(t.Context())
			if got := w.Connections(); got[store.Uzum].State != bank || got[courierName].State != courier {
				t.Errorf("the bank is %s and the courier %s, want %s and %s", got[store.Uzum].State, got[courierName].State, bank, courier)
			}
			warnings := w.Warnings()
			if len(warnings) != len(says) {
				t.Fatalf("warned of %+v, want %q", warnings, says)
			}
			for i, warning := range warnings {
				if !strings.Contains(warning.Says.EN, says[i]) {
					t.Errorf("says %q, want %q", warning.Says.EN, says[i])
				}
			}
		}
		want(store.Connected, store.Connected)
		for range 3 {
			r.check("wrong")
		}
		want(store.Failing, store.Connected, "calls of Uzum Bank are refused")
		calls("", 1)
		want(store.Failing, store.FirstCall, "calls of Uzum Bank are refused")
		r.pay("8d2b2f0e-7f3b-11ef-9a5c-0242ac120003")
		want(store.Live, store.FirstCall)
		calls("99999", 3)
		want(store.Live, store.Failing, "calls of Courier end in an error")

		w = newWatchman(watchmanOptions{Books: r.store, Settings: r.settings, Systems: third, Now: r.now}) // after a restart
		want(store.Live, store.Failing, "calls of Courier end in an error")
		for range store.MostAnswered + 1 { // they are not all that is read
			r.check(string(rightPassword))
		}
		w = newWatchman(watchmanOptions{Books: r.store, Settings: r.settings, Systems: third, Now: r.now})
		want(store.Live, store.Failing, "calls of Courier end in an error")
		r.later(3 * 24 * time.Hour)
		want(store.Live, store.FirstCall, "no good call of Uzum Bank", "no good call of Courier")
	})
}
