package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tushum/internal/lang"
	"tushum/internal/oneclick/simulator"
)

func TestFaultsAreReadAsTheyAreTyped(t *testing.T) {
	t.Parallel()
	all, err := faultsOf([]string{"payin=lost", " get=429x3"})
	if err != nil || len(all) != 2 || all[0].call != simulator.Payin || all[0].times != 1 || all[1].call != simulator.Get || all[1].times != 3 {
		t.Errorf("%+v, %v", all, err)
	}
	for _, word := range []string{"payin", "payin=", "payin=x3", "pay=lost", "payin=lostx0", "payin=lostx-1", "payin=lostx1001", "payin=lostxx", ""} {
		if all, err := faultsOf([]string{word}); err == nil || len(all) > 0 {
			t.Errorf("%q is read as %+v", word, all)
		}
	}
}

func TestFlagsOfThePlayedVendorAreRefusedInWords(t *testing.T) {
	t.Parallel()
	for args, want := range map[string]string{
		"":                                    "--credentials-out FILE",
		"--credentials-out c --address :8099": "--address: give an address of this machine alone",
		"--credentials-out c --address 192.168.1.5:80":     "--address: give an address of this machine alone",
		"--credentials-out c --end completed,Canceled":     "--end: write states in small letters",
		"--credentials-out c --shape list":                 "--shape: give object or string",
		"--credentials-out c --signature none":             "--signature: give good or bad",
		"--credentials-out c --webhook shop.uz/callback":   "--webhook: give a whole address",
		"--credentials-out c --assign=-1s":                 "times can't be negative",
		"--credentials-out c --deal-life 0":                "above zero",
		"--credentials-out c --amount-off many":            "--amount-off: ",
		"--credentials-out c --fail payin=never":           `--fail: "payin=never" can't be played`,
		"--credentials-out c --url http://127.0.0.1:18080": "no such flag: --url",
	} {
		a, stdout, stderr := testApp(t)
		a.Dir = t.TempDir()
		if code := a.Run(t.Context(), append([]string{"simulate", "oneclick", "--lang", "en"}, strings.Fields(args)...)); code != exitUsage || !strings.Contains(stderr.String(), want) {
			t.Errorf("%q: exit code %d, %s%s", args, code, stdout, stderr)
		}
		if left, err := os.ReadDir(a.Dir); err != nil || len(left) > 0 {
			t.Errorf("%q: left behind are %v, %v", args, left, err)
		}
	}
}

// The file that a shop connects with stays good over restarts, and no other file is
// touched.
func TestCredentialsOfThePlayedVendorAreMadeOnce(t *testing.T) {
	t.Parallel()
	a, _, _ := testApp(t)
	a.Dir = t.TempDir()
	first, path, err := a.vendorShop("cabinet.json")
	if err != nil || path != filepath.Join(a.Dir, "cabinet.json") {
		t.Fatal(path, err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file is %v, %v", info, err)
	}
	if again, _, err := a.vendorShop("cabinet.json"); err != nil || again.PublicKey != first.PublicKey {
		t.Errorf("after a restart the key is another one: %v", err)
	}
	var members map[string]string
	if err := json.Unmarshal(first.CredentialsFile(), &members); err != nil {
		t.Fatal(err)
	}
	members["account_id"] = "a real one"
	foreign, err := json.Marshal(members)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"", "{}", "notes", string(foreign)} {
		other := filepath.Join(a.Dir, "other.json")
		if err := os.WriteFile(other, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, _, err := a.vendorShop("other.json"); err == nil {
			t.Errorf("%q is taken for a file of the play", text)
		} else if exit, told := a.explain(nil, err); exit != exitFailed || told[0].hint == "" {
			t.Errorf("%q: exit code %d, %+v", text, exit, told)
		}
		if kept, err := os.ReadFile(other); err != nil || string(kept) != text {
			t.Errorf("%q became %q, %v", text, kept, err)
		}
	}
}

func TestPlayedDealsGoTheirWay(t *testing.T) {
	t.Parallel()
	const made = "new"
	for name, c := range map[string]struct {
		flags vendorFlags
		want  []string // what comes after made, each after its time
	}{
		"usual":               {vendorFlags{assign: 3, pay: 5, complete: 4, end: []string{"completed"}}, []string{"pending 3", "paid 5", "completed 4"}},
		"flips":               {vendorFlags{assign: 1, pay: 1, complete: 2, end: []string{"completed", "disputed", "canceled"}}, []string{"pending 1", "paid 1", "completed 2", "disputed 2", "canceled 2"}},
		"not a word":          {vendorFlags{assign: 1, complete: 2, end: []string{"completed"}}, []string{"pending 1", "completed 2"}},
		"nobody is found":     {vendorFlags{pay: 1, complete: 1, end: []string{"completed"}}, nil},
		"nothing follows":     {vendorFlags{assign: 1, pay: 1, end: []string{"completed"}}, []string{"pending 1", "paid 1"}},
		"a word nobody knows": {vendorFlags{assign: 1, pay: 1, complete: 1, end: []string{"frozen", "completed"}}, []string{"pending 1", "paid 1", "frozen 1", "completed 1"}},
	} {
		a, _, _ := testApp(t)
		at := time.Date(2026, 11, 21, 5, 0, 0, 0, time.UTC)
		a.Now = func() time.Time { return at }
		p := &vendorPlay{app: a, flags: c.flags, plans: make(map[string]*dealPlan)}
		var got []string
		for d := (simulator.Deal{ID: "1", Status: made}); ; {
			p.plan(d)
			plan := p.plans["1"]
			if plan.next == "" {
				break
			}
			got = append(got, plan.next+" "+strings.TrimSuffix(plan.at.Sub(at).String(), "ns"))
			d.Status, at = plan.next, plan.at
			plan.advance()
		}
		if strings.Join(got, ", ") != strings.Join(c.want, ", ") {
			t.Errorf("%s: it goes %v, want %v", name, got, c.want)
		}
	}
}

// What the shop called off, or the clock ended, is not led on.
func TestPlayedDealsThatOthersEndStayEnded(t *testing.T) {
	t.Parallel()
	a, _, _ := testApp(t)
	p := &vendorPlay{app: a, flags: vendorFlags{assign: 1, pay: 1, complete: 1, end: []string{"completed"}}, plans: make(map[string]*dealPlan)}
	for _, status := range []string{"new", "pending", "canceled"} {
		p.plan(simulator.Deal{ID: "1", Status: status})
	}
	if next := p.plans["1"].next; next != "" {
		t.Errorf("it goes on with %s", next)
	}
}

func TestWordsOfThePlayAreThereInEveryLanguage(t *testing.T) {
	t.Parallel()
	for status, text := range vendorWords {
		for _, l := range lang.All {
			a, _, _ := testApp(t)
			a.lang = l
			if text.UZ == "" || text.RU == "" || text.EN == "" || a.vendorStatus(status) != text.In(l) {
				t.Errorf("%s: %+v", status, text)
			}
		}
	}
	a, _, _ := testApp(t)
	if got := a.vendorStatus("frozen"); got != "frozen" {
		t.Errorf("a word that nobody knows is shown as %q", got)
	}
}
