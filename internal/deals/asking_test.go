package deals_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"tushum/internal/deals"
	"tushum/internal/lang"
	"tushum/internal/oneclick/simulator"
	"tushum/internal/system/oneclick"
	"tushum/store"
)

// Whatever a poll is answered with, the deal is not moved by it, and the next poll
// goes on.
func TestAPollThatGoesWrongMovesNothing(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]simulator.Fault{
		"another deal's id": simulator.Edited("00000000", "11111111"),
		"a page of a proxy": simulator.HTML,
		"broken JSON":       simulator.Broken,
		"nothing in it":     simulator.Empty,
		"too large":         simulator.Huge,
		"not there":         simulator.Refusing(http.StatusNotFound, "ERROR_DEAL_NOT_FOUND"),
		"forbidden":         simulator.Refusing(http.StatusForbidden, "ERROR_IP"),
		"redirected":        simulator.Redirecting("https://127.0.0.1:1/"),
		"dropped":           simulator.Dropped,
		"unavailable":       simulator.Unavailable("2"),
		"too many":          simulator.TooMany("40"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t)
			d := s.begin(s.issue())
			s.vendor.Complete(d.ID)
			s.vendor.Fail(simulator.Get, fault, fault, fault) // a read is tried three times
			s.later(5 * time.Second)
			for range 3 {
				s.later(time.Minute)
			}
			s.state(d.Ref, store.DealCompleted)
			if got := described(s.payments(d.Number)); got != "CONFIRMED:150000" {
				t.Errorf("the payments are %q", got)
			}
		})
	}
}

func TestATokenThatEndsBetweenPolls(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	d := s.begin(s.issue())
	s.vendor.EndSessions()
	s.vendor.RevokeRefresh()
	s.vendor.Complete(d.ID)
	s.later(time.Minute)
	s.state(d.Ref, store.DealCompleted)
}

// One deal that can't be read keeps none of the others from being asked about.
func TestOneBadDealKeepsNobodyWaiting(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	bad := s.begin(s.issue())
	var good []store.Deal
	for range 8 {
		good = append(good, s.begin(s.issue()))
	}
	s.vendor.Change(bad.ID, func(v *simulator.Deal) { v.ID = "f00" }) // its answers are about another one from now on
	for _, d := range good {
		s.vendor.Complete(d.ID)
	}
	s.later(5 * time.Second)
	for _, d := range good {
		s.state(d.Ref, store.DealCompleted)
	}
	s.state(bad.Ref, store.DealOpen)
	if w := s.keeper.Warnings(); len(w) != 0 {
		t.Errorf("it is told of %+v", w)
	}
}

// A vendor that is down for an hour is tried about once a minute, told of, and asked
// about everything when it is back.
func TestAnHourOfSilence(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	var all []store.Deal
	for range 40 {
		all = append(all, s.begin(s.issue()))
	}
	down := simulator.Refusing(http.StatusInternalServerError, "ERROR_INTERNAL")
	for range 1000 {
		s.vendor.Fail(simulator.Get, down)
	}
	before := s.vendor.Calls()[simulator.Get]
	for until := s.now().Add(time.Hour); s.now().Before(until); {
		s.later(10 * time.Second)
	}
	calls := s.vendor.Calls()[simulator.Get] - before
	if calls < 100 || calls > 3*80 { // three tries each
		t.Errorf("%d calls in an hour", calls)
	}
	warnings := s.keeper.Warnings()
	if len(warnings) != 1 || warnings[0].Code != store.SystemUnreachable || warnings[0].Since == 0 {
		t.Fatalf("it is told of %+v", warnings)
	}
	for _, l := range lang.All {
		if says := warnings[0].Says.In(l); !strings.Contains(says, "OneClick") || strings.Contains(says, "{") || warnings[0].Hint.In(l) == "" {
			t.Errorf("it says %q, %q", says, warnings[0].Hint.In(l))
		}
	}
	s.vendor.Heal(simulator.Get)
	for _, d := range all {
		s.vendor.Complete(d.ID)
	}
	s.later(time.Minute)
	for _, d := range all {
		s.state(d.Ref, store.DealCompleted)
	}
	if w := s.keeper.Warnings(); len(w) != 0 {
		t.Errorf("afterwards it is told of %+v", w)
	}
}

// Deals of a system that the owner has paused are asked about: money may come. One
// whose settings were emptied can't be, and goes on when they are back.
func TestASystemThatIsPausedIsAskedAllTheSame(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	d := s.begin(s.issue())
	s.cfg.OneClick.Enabled = false
	s.apply()
	s.ledger.SetRules(s.rules())
	s.vendor.Pay(d.ID)
	s.later(time.Minute)
	s.state(d.Ref, store.DealClaimed)

	url := s.cfg.OneClick.BaseURL
	s.cfg.OneClick.BaseURL = ""
	s.apply()
	s.vendor.Complete(d.ID)
	s.later(time.Minute)
	s.state(d.Ref, store.DealClaimed)
	s.cfg.OneClick.BaseURL = url
	s.apply()
	s.later(2 * time.Minute)
	s.state(d.Ref, store.DealCompleted)
}

func TestDealsOfWhichNothingCanBeMadeAreToldOf(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	for _, amount := range []string{"0.001", "-7"} {
		d := s.begin(s.issue())
		s.vendor.Change(d.ID, func(v *simulator.Deal) { v.Status = "completed"; v.Fiat = json.Number(amount) })
	}
	frozen := s.begin(s.issue())
	s.vendor.Change(frozen.ID, func(v *simulator.Deal) { v.Status = "fro\u202ezen" })
	s.later(time.Minute)
	check := func() {
		t.Helper()
		warnings := s.keeper.Warnings()
		if len(warnings) != 2 || warnings[0].Code != store.DealTroubled || warnings[1].Code != store.DealTroubled {
			t.Fatalf("it is told of %+v", warnings)
		}
		for _, l := range lang.All {
			all := warnings[0].Says.In(l) + warnings[1].Says.In(l)
			if strings.ContainsAny(all, "{}\u202e") || !strings.Contains(warnings[1].Says.In(l), frozen.Number.String()) || !strings.Contains(warnings[0].Says.In(l), "2") {
				t.Errorf("it says %q", all)
			}
		}
	}
	check()
	s.restart()
	s.later(time.Minute)
	check()
	s.vendor.Change(frozen.ID, func(v *simulator.Deal) { v.Status = "completed" })
	s.later(time.Minute)
	if w := s.keeper.Warnings(); len(w) != 1 {
		t.Errorf("afterwards it is told of %+v", w)
	}
}

func TestAnAttemptLongInDoubtIsToldOf(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.vendor.Fail(simulator.Payin, simulator.Lost)
	s.vendor.Behave(func(b *simulator.Behaviour) { b.NoTotal = true })
	for range 1000 {
		s.vendor.Fail(simulator.List, simulator.Answering(http.StatusOK, "application/json", `{"rows":[{"id":"7"}]}`)) // a list without an end
	}
	inv := s.issue()
	if _, err := s.keeper.Begin(t.Context(), order(inv)); store.CodeOf(err) != store.DealInDoubt {
		t.Fatal(err)
	}
	for range 12 {
		s.later(time.Minute)
	}
	s.state(s.only(inv).Ref, store.DealAsked)
	codes := make(map[store.WarningCode]bool)
	for _, w := range s.keeper.Warnings() {
		codes[w.Code] = true
	}
	if !codes[store.DealTroubled] || !codes[store.SystemUnreachable] {
		t.Errorf("it is told of %v", codes)
	}
}

// A hint is no more than a wish to look.
func TestHintsAreBounded(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	d := s.begin(s.issue())
	hint := func(signed simulator.Signature) error {
		t.Helper()
		header, body, err := s.vendor.Webhook(d.ID, signed)
		if err != nil {
			t.Fatal(err)
		}
		id, err := s.systems.Dealer(oneclick.Name).Hint(header, body)
		if err != nil {
			return err
		}
		return s.keeper.Hint(t.Context(), oneclick.Name, id)
	}
	s.later(time.Minute)
	before := s.vendor.Calls()[simulator.Get]
	for range 100 { // nothing is due, and a hundred say that something is
		if err := hint(simulator.Good); err != nil {
			t.Fatal(err)
		}
		s.step()
	}
	if got := s.vendor.Calls()[simulator.Get] - before; got > 1 {
		t.Errorf("a hundred hints made %d calls", got)
	}
	for _, forged := range []simulator.Signature{simulator.OtherBody, simulator.OtherKey, simulator.Garbage} {
		if hint(forged) == nil {
			t.Errorf("a webhook of kind %d was believed", forged)
		}
	}
	s.vendor.Complete(d.ID)
	s.forward(2 * time.Second)
	if err := hint(simulator.Good); err != nil {
		t.Fatal(err)
	}
	s.step()
	s.state(d.Ref, store.DealCompleted)
	if err := s.keeper.Hint(t.Context(), oneclick.Name, "f00"); err != nil {
		t.Errorf("a hint about nobody's deal: %v", err)
	}
	s.later(10 * time.Minute)
	if err := hint(simulator.Good); err != nil { // of yesterday
		t.Fatal(err)
	}
	s.step()
	if got := described(s.payments(d.Number)); got != "CONFIRMED:150000" {
		t.Errorf("after a replay the payments are %q", got)
	}
}

// The next process goes on with a deal whatever state it is in.
func TestARestartInEveryState(t *testing.T) {
	t.Parallel()
	for _, p := range paths {
		t.Run(strings.ReplaceAll(p.steps, " ", "-"), func(t *testing.T) {
			t.Parallel()
			s := newStage(t)
			inv := s.issue()
			d := s.begin(inv)
			for _, step := range strings.Fields(p.steps) {
				s.restart()
				s.vendor.Change(d.ID, func(v *simulator.Deal) { change(v, step) })
				s.restart()
				s.later(6 * time.Minute)
			}
			s.restart()
			s.later(6 * time.Minute)
			if got := described(s.payments(inv.Number)); got != p.payments {
				t.Errorf("the payments are %q, want %q", got, p.payments)
			}
			if got := s.invoice(inv.Number).Status.String(); got != p.invoice {
				t.Errorf("the invoice is %s, want %s", got, p.invoice)
			}
		})
	}
}

// twin is a second payment system that makes deals.
type twin struct{ store.Dealer }

func (t twin) Profile() store.Profile {
	p := t.Dealer.Profile()
	p.System = "twin"
	return p
}

// A system that is down does not keep another one waiting.
func TestTwoSystemsOfWhichOneIsDown(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	other := s.cfg
	other.OneClick.BaseURL = "https://127.0.0.1:1"
	s.systems = append(s.systems, twin{s.systems.Dealer(oneclick.Name)})
	s.ledger.SetRules(s.rules())
	up, down := s.begin(s.issue()), s.begin(s.issueKind(store.Visit))
	if down.System != "twin" {
		t.Fatalf("it went to %s", down.System)
	}
	s.systems[2] = twin{oneclick.With(oneclick.Options{HTTP: s.server.Client(), Now: s.now, Wait: s.wait})(other).(store.Dealer)}
	s.vendor.Complete(up.ID)
	s.vendor.Complete(down.ID)
	for range 10 {
		s.forward(10 * time.Second)
		s.keeper.Step(t.Context(), "twin")
		s.step()
	}
	s.state(up.Ref, store.DealCompleted)
	s.state(down.Ref, store.DealOpen)
	if w := s.keeper.Warnings(); len(w) != 1 || w[0].Code != store.SystemUnreachable {
		t.Errorf("it is told of %+v", w)
	}
}

// The vendor's clock is far from ours: how long a deal lives counts.
func TestTheVendorsClockIsWrong(t *testing.T) {
	t.Parallel()
	for name, aside := range map[string]time.Duration{"behind": -3 * time.Hour, "ahead": 3 * time.Hour} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t)
			d := s.begin(s.issue())
			s.vendor.Change(d.ID, func(v *simulator.Deal) {
				v.CreatedAt = v.CreatedAt.Add(aside)
				v.ExpiresAt = v.CreatedAt.Add(15 * time.Minute)
			})
			s.later(5 * time.Second)
			if got := s.deal(d.Ref).ExpiresAt; got < d.AskedAt.Add(14*time.Minute) || got > d.AskedAt.Add(15*time.Minute) {
				t.Errorf("it expires after %v", time.Duration(got-d.AskedAt)*time.Millisecond)
			}
		})
	}
}

// Our own clock is set back by a day and a half: nobody waits until then.
func TestAClockThatIsSetBack(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	d := s.begin(s.issue())
	s.later(5 * time.Second)
	s.forward(-36 * time.Hour)
	s.vendor.Complete(d.ID)
	s.later(time.Second)
	s.state(d.Ref, store.DealCompleted)
}

func TestWhatIsRememberedIsBounded(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	d := s.begin(s.issue())
	for i := range 2 * deals.MostShown {
		d := d
		d.Ref += string(rune('a'+i%26)) + strings.Repeat("x", i/26)
		if _, err := s.keeper.PayTo(d); err == nil {
			t.Fatal("a card where there is a page")
		}
	}
	if shown, near := s.keeper.Kept(); shown > deals.MostShown || near > deals.MostNear {
		t.Errorf("%d and %d are kept", shown, near)
	}
}
