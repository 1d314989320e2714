package store_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tushum/internal/lang"
	"tushum/store"
)

func TestIssueNeedsAnOpenPaymentSystem(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		kind       store.Kind
		system     store.System
		state      store.ConnectionState
		uz, ru, en string // empty: an invoice is made
	}{
		{kind: store.Visit, system: store.Uzum, state: store.Connected},
		{kind: store.Visit, system: store.Uzum, state: store.FirstCall},
		{kind: store.Visit, system: store.Uzum, state: store.Live},
		{kind: store.Visit, system: store.Uzum, state: store.Failing}, // the customer can pay once it is mended
		{kind: store.Visit, system: oneClick, state: store.NotConnected},
		{kind: store.GiftCard, system: store.Manual, state: store.NotConnected},
		{kind: store.GiftCard, system: store.Manual, state: store.Paused},
		{
			kind: store.Visit, system: store.Uzum, state: store.NotConnected,
			uz: "Uzum Bank ulanmagan, unga hisob ochib bo‘lmaydi",
			ru: "Uzum Bank не подключён, счёт для этой системы создать нельзя",
			en: "Uzum Bank is not connected, no invoice can be made for it",
		},
		{
			kind: store.Counter, system: store.Uzum, state: store.Paused,
			uz: "Uzum Bank to‘xtatib qo‘yilgan, unga hisob ochib bo‘lmaydi",
			ru: "Uzum Bank приостановлен, счёт для этой системы создать нельзя",
			en: "Uzum Bank is paused, no invoice can be made for it",
		},
		{
			kind: store.TopUp, system: oneClick, state: store.NotConnected,
			uz: "OneClick ulanmagan, unga hisob ochib bo‘lmaydi",
			ru: "OneClick не подключён, счёт для этой системы создать нельзя",
			en: "OneClick is not connected, no invoice can be made for it",
		},
	} {
		t.Run(fmt.Sprint(c.kind, " ", c.system, " ", c.state), func(t *testing.T) {
			t.Parallel()
			rules := shopRules()
			p := rules.Systems[c.system]
			p.State = c.state
			rules.Systems = map[store.System]store.Profile{c.system: p}
			d := draft()
			if d.Kind = c.kind; c.kind == store.Counter {
				d.Amount = 0
			}
			ch, err := rules.Issue(d, visit().Number, visit().Token, noon)
			if c.en == "" {
				wantCode(t, err, "")
				return
			}
			wantCode(t, err, store.SystemClosed)
			if e := refusal(t, err); e.System != c.system || !ch.Empty() || store.CodeOf(err).Class() != store.ClassRefused {
				t.Errorf("refused with %+v and %+v", e, ch)
			}
			for l, want := range map[lang.Lang]string{lang.UZ: c.uz, lang.RU: c.ru, lang.EN: c.en} {
				if got := refusal(t, err).Message(l); got != want {
					t.Errorf("%s says %q, want %q", l, got, want)
				}
				if hint := refusal(t, err).Hint(l); !strings.Contains(hint, "tushum setup") {
					t.Errorf("%s does not say what to do: %q", l, hint)
				}
			}
		})
	}
}

// What was issued before is still paid, reopened and extended: the customer may
// hold the link.
func TestAClosedPaymentSystemLeavesInvoicesAlone(t *testing.T) {
	t.Parallel()
	rules := shopRules()
	rules.Systems = map[store.System]store.Profile{store.Uzum: {State: store.Paused, Can: store.Abilities{App: true, Counter: true, Calls: true, Letter: true}}}
	wantCode(t, rules.Check(visit(), store.Uzum, noon), "")
	_, err := rules.Create(visit(), store.Attempt{System: store.Uzum, TransID: bankID, Number: visit().Number, Amount: visit().Amount}, noon)
	wantCode(t, err, "")
	_, err = rules.Confirm(visit(), created(), nil, confirmation(), noon)
	wantCode(t, err, "")
	_, err = rules.Reopen(invoiceIn(store.Expired), "malika", "", 0, noon)
	wantCode(t, err, "")
	_, err = rules.Extend(visit(), "malika", "", noon.Add(time.Hour), noon)
	wantCode(t, err, "")
}

// said is a call of the bank, minutes after noon, whose clock is ahead by so much.
func said(webhook, code string, minutes int, ahead time.Duration) store.Call {
	at := noon.Add(time.Duration(minutes) * time.Minute)
	return store.Call{
		At: at, System: store.Uzum, Webhook: webhook, Code: code,
		Request: fmt.Appendf(nil, `{"serviceId":498,"timestamp":%d}`, at.Add(ahead)),
	}
}

// heard is a call that was turned away, whose body nobody has read.
func heard(code, reason string, minutes int) store.Call {
	c := said("check", code, minutes, 0)
	c.Request, c.Reason = nil, reason
	return c
}

func good(minutes int) store.Call { return said("check", "", minutes, 0) }
func refused(minutes int) store.Call {
	return heard("10001", store.ReasonWrongPassword, minutes)
}
func strange(minutes int) store.Call  { return heard("10001", store.ReasonUnknownLogin, minutes) }
func strayed(minutes int) store.Call  { return said("check", "10006", minutes, 0) }
func unserved(minutes int) store.Call { return said("check", "99999", minutes, 0) }

func trafficOf(calls ...store.Call) (t store.Traffic) {
	for _, c := range calls {
		t.Add(c)
	}
	return t
}

func TestHowAConnectionStands(t *testing.T) {
	t.Parallel()
	const day = 24 * 60
	ever := trafficOf()
	ever.Confirm()
	for _, c := range []struct {
		name     string
		settings store.ConnectionState
		traffic  store.Traffic
		minutes  int // after noon
		want     store.ConnectionState
		last     int // minutes; -1: none
	}{
		{"no keys", store.NotConnected, trafficOf(refused(0), refused(1), refused(2)), 3, store.NotConnected, -1},
		{"switched off", store.Paused, trafficOf(good(0), refused(1), refused(2), refused(3)), 4, store.Paused, 0},
		{"nobody has called", store.Connected, trafficOf(), 0, store.Connected, -1},
		{"called", store.Connected, trafficOf(good(0), good(1)), 2, store.FirstCall, 1},
		{"called for something that is not there", store.Connected, trafficOf(said("check", "10007", 1, 0)), 2, store.FirstCall, 1},
		{"begun to pay", store.Connected, trafficOf(said("create", "", 1, 0)), 2, store.FirstCall, 1},
		{"a confirm was refused", store.Connected, trafficOf(said("confirm", "10015", 1, 0)), 2, store.FirstCall, 1},
		{"paid", store.Connected, trafficOf(said("confirm", "", 1, 0), good(2)), 2, store.Live, 2},
		{"paid before the journal begins", store.Connected, ever, 2, store.Live, -1},
		{"two wrong passwords", store.Connected, trafficOf(good(0), refused(1), refused(2)), 3, store.FirstCall, 0},
		{"three wrong passwords", store.Connected, trafficOf(good(0), refused(1), refused(2), refused(3)), 4, store.Failing, 0},
		{"three from the first day", store.Connected, trafficOf(refused(1), refused(2), refused(3)), 4, store.Failing, -1},
		{"a good one between", store.Connected, trafficOf(refused(1), refused(2), good(3), refused(4)), 5, store.FirstCall, 3},
		{"a good one after", store.Connected, trafficOf(refused(1), refused(2), refused(3), good(4)), 5, store.FirstCall, 4},
		{"wrong service ids", store.Connected, trafficOf(strayed(1), strayed(2), strayed(3)), 4, store.Failing, 3},
		{"nothing works", store.Connected, trafficOf(unserved(1), unserved(2), unserved(3)), 4, store.Failing, 3},
		{"turned away in a crowd", store.Connected, trafficOf(good(0), heard("99999", "", 1), heard("99999", "", 2), heard("99999", "", 3)), 4, store.FirstCall, 0},
		{"one of each", store.Connected, trafficOf(refused(1), strayed(2), unserved(3)), 4, store.Failing, 3},
		{"a day ago to the minute", store.Connected, trafficOf(good(0), refused(1), refused(2), refused(3)), day + 1, store.Failing, 0},
		{"more than a day ago", store.Connected, trafficOf(good(0), refused(1), refused(2), refused(3)), day + 2, store.FirstCall, 0},
		{"visitors of the page", store.Connected, trafficOf(good(0), heard("10003", "", 1), heard("10003", "", 2), heard("10003", "", 3)), 4, store.FirstCall, 0},
		{"refused while it was off", store.Connected, trafficOf(heard("10001", store.ReasonNobody, 1), heard("10001", store.ReasonNobody, 2), heard("10001", store.ReasonNobody, 3)), 4, store.Connected, -1},
		{"strangers at the door of a bank that calls", store.Connected, trafficOf(heard("", "", 1), heard("10001", store.ReasonNoBasic, 2), heard("10001", store.ReasonNoBasic, 3), heard("10001", store.ReasonNoBasic, 4)), 5, store.FirstCall, 1},
		{"scanners at the door of a bank that calls", store.Connected, trafficOf(good(0), strange(1), strange(2), strange(3)), 4, store.FirstCall, 0},
		{"scanners and a wrong password", store.Connected, trafficOf(good(0), refused(1), strange(2), refused(3), strange(4), refused(5)), 6, store.Failing, 0},
		{"a login that was mistyped on the first day", store.Connected, trafficOf(strange(1), strange(2), strange(3)), 4, store.Failing, -1},
		{"a password that never arrived", store.Connected, trafficOf(heard("10001", store.ReasonNoBasic, 1), heard("10001", store.ReasonNoBasic, 2), heard("10001", store.ReasonNoBasic, 3)), 4, store.Failing, -1},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := store.ConnectionOf(store.Connection{System: store.Uzum, State: c.settings, Test: true}, c.traffic, noon.Add(time.Duration(c.minutes)*time.Minute))
			want := store.Connection{System: store.Uzum, State: c.want, Test: true}
			if c.last >= 0 {
				want.LastCall = noon.Add(time.Duration(c.last) * time.Minute)
			}
			if got != want {
				t.Errorf("got %+v, want %+v", got, want)
			}
			if known := c.traffic.Knows(); known != (c.last >= 0) {
				t.Errorf("a call is known of: %v", known)
			}
		})
	}
}

func TestPaymentsByHandAreNeverFailing(t *testing.T) {
	t.Parallel()
	c := store.Connection{System: store.Manual, State: store.Connected}
	failing := trafficOf(refused(1), refused(2), refused(3))
	if got := store.ConnectionOf(c, failing, noon); got != c || len(store.Warnings(c, failing, nineToNine(), noon)) > 0 {
		t.Errorf("got %+v", got)
	}
}

func TestWhoReadsBackwardsMayStop(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]bool{"": true, "10002": true, "10007": true, "10018": true, "10001": false, "10003": false, "10006": false, "99999": false} {
		if got := store.Answered(store.Call{Code: code}); got != want {
			t.Errorf("%q is answered: %v, want %v", code, got, want)
		}
	}
	var all, newest store.Traffic
	calls := []store.Call{refused(0), refused(1), refused(2), said("check", "", 3, time.Hour)}
	for i := range store.MostAnswered {
		calls = append(calls, refused(2*i+4), said("create", "", 2*i+5, time.Duration(i)*time.Second))
	}
	calls = append(calls, strayed(100), strayed(101))
	for i, c := range calls {
		all.Add(c)
		if i >= 4 {
			newest.Add(c)
		}
	}
	if all, newest := pictureOf(all), pictureOf(newest); all != newest {
		t.Errorf("the whole journal tells %s, its newest lines %s", all, newest)
	}
}

// Whoever reads "failing: see the warnings" has to find one that says why.
func TestFailingHasAWarningAndNoOtherState(t *testing.T) {
	t.Parallel()
	kinds := []func(int) store.Call{
		good, refused, strange, strayed, unserved,
		func(minutes int) store.Call { return heard("99999", "", minutes) },
		func(minutes int) store.Call { return heard("10003", "", minutes) },
		func(minutes int) store.Call { return heard("10001", store.ReasonNoBasic, minutes) },
		func(minutes int) store.Call { return said("confirm", "10016", minutes, 0) },
	}
	about := []store.WarningCode{store.CallsRefused, store.WrongServiceID, store.CallsFailing}
	rapid.Check(t, func(rt *rapid.T) {
		var traffic store.Traffic
		for i, kind := range rapid.SliceOfN(rapid.IntRange(0, len(kinds)-1), 0, 12).Draw(rt, "calls") {
			traffic.Add(kinds[kind](i))
		}
		now := noon.Add(time.Duration(rapid.IntRange(12, 26*60).Draw(rt, "minutes")) * time.Minute)
		bank := store.ConnectionOf(store.Connection{System: store.Uzum, State: store.Connected}, traffic, now)
		told := slices.ContainsFunc(store.Warnings(bank, traffic, nineToNine(), now), func(w store.Warning) bool { return slices.Contains(about, w.Code) })
		if told != (bank.State == store.Failing) {
			rt.Fatalf("the bank is %s, and a warning says why: %v", bank.State, told)
		}
	})
}

// The clock was a year ahead when calls came, and was set back.
func TestCallsOfTheFutureEnd(t *testing.T) {
	t.Parallel()
	const year = 366 * 24 * 60
	now := noon.Add(time.Hour)
	bank := store.Connection{System: store.Uzum, State: store.Connected}
	failing := trafficOf(refused(year), refused(year+1), refused(year+2))
	failing.NotAfter(now)
	for _, later := range []struct {
		after time.Duration
		want  store.ConnectionState
	}{{0, store.Failing}, {24 * time.Hour, store.Failing}, {24*time.Hour + time.Second, store.Connected}} {
		if got := store.ConnectionOf(bank, failing, now.Add(later.after)); got.State != later.want {
			t.Errorf("after %s the bank is %s, want %s", later.after, got.State, later.want)
		}
	}
	silent := trafficOf(good(year))
	silent.NotAfter(now)
	for _, later := range []struct {
		after time.Duration
		told  int
	}{{48*time.Hour - time.Second, 0}, {48 * time.Hour, 1}} {
		if got := store.Warnings(bank, silent, nineToNine(), now.Add(later.after)); len(got) != later.told {
			t.Errorf("after %s it is warned of %+v", later.after, got)
		}
	}
	past := trafficOf(good(0), refused(1), refused(2), refused(3))
	same := past
	if same.NotAfter(now); same != past {
		t.Errorf("what is past has changed: %+v", same)
	}
}

// What the journal has forgotten, the ledger knows.
func TestACallThatTheJournalHasForgotten(t *testing.T) {
	t.Parallel()
	var traffic store.Traffic
	traffic.Know(noon)
	traffic.Know(noon.Add(-time.Hour))
	for i := range 3 {
		traffic.Add(strange(i))
	}
	now := noon.Add(48 * time.Hour)
	bank := store.ConnectionOf(store.Connection{System: store.Uzum, State: store.Connected}, traffic, now)
	if bank.State != store.FirstCall || bank.LastCall != noon {
		t.Errorf("the bank is %+v", bank)
	}
	if got := store.Warnings(bank, traffic, nineToNine(), now); len(got) != 1 || got[0].Code != store.BankSilent || got[0].Since != noon {
		t.Errorf("warned of %+v", got)
	}
}

func pictureOf(t store.Traffic) string {
	at := noon.Add(2 * time.Hour)
	c := store.ConnectionOf(store.Connection{System: store.Uzum, State: store.Connected}, t, at)
	offset, known := t.ClockOffset()
	return fmt.Sprint(c, offset, known, store.Warnings(c, t, nineToNine(), at))
}
