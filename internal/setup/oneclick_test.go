package setup_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"tushum/internal/config"
	"tushum/internal/oneclick/simulator"
	"tushum/internal/setup"
	"tushum/store"
)

// aShop is a shop as the vendor knows it; making its key takes long.
var aShop = sync.OnceValues(simulator.NewShop)

// keysFile is the file of the vendor's cabinet beside the settings of a desk.
func keysFile(t *testing.T, d setup.Desk, edit func(map[string]any)) string {
	t.Helper()
	shop, err := aShop()
	if err != nil {
		t.Fatal(err)
	}
	members := make(map[string]any)
	if err := json.Unmarshal(shop.CredentialsFile(), &members); err != nil {
		t.Fatal(err)
	}
	if edit != nil {
		edit(members)
	}
	text, err := json.Marshal(members)
	if err != nil {
		t.Fatal(err)
	}
	return keptFile(t, d, string(text), 0o600)
}

func keptFile(t *testing.T, d setup.Desk, text string, mode os.FileMode) string {
	t.Helper()
	path := filepath.Join(filepath.Dir(d.Path), "keys.json")
	if err := os.WriteFile(path, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, mode); err != nil { // whatever the mask is
		t.Fatal(err)
	}
	return path
}

// card are answers that connect the second payment system.
func card(keys string) setup.Answers {
	return setup.Answers{
		setup.OneClickSwitch: "on", setup.OneClickConsent: "yes", setup.OneClickURL: "https://api.example.uz", setup.OneClickCredentials: keys,
	}
}

// wantWrong wants an answer refused, with words in its sentence or its hint.
func wantWrong(t *testing.T, err error, id setup.ID, words string) {
	t.Helper()
	var answer *setup.Wrong
	if !errors.As(err, &answer) || answer.ID != id || !strings.Contains(answer.Err.Msg.EN+"; "+answer.Err.Hint.EN, words) {
		t.Errorf("it gives %v, want %s refused with %q", err, id, words)
	}
}

func TestOneClickIsConnectedAndRoutedAtOnce(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	given := card("keys.json") // beside the settings
	keysFile(t, d, nil)
	given[setup.RouteID("goods")], given[setup.OneClickFlow], given[setup.OneClickLang], given[setup.OneClickMaxAmount] = "oneclick", "h2h", "ru", "2 mln"
	mustSave(t, d, given)
	cfg := mustConfig(t, d)
	one := cfg.OneClick
	if !one.Enabled || one.BaseURL != "https://api.example.uz" || one.CredentialsFile != filepath.Join(filepath.Dir(d.Path), "keys.json") ||
		one.Flow != config.HostToHost || one.Lang != "ru" || one.MaxAmount != 200_000_000 || cfg.Routing["goods"] != config.SystemOneClick {
		t.Errorf("the settings are %+v", one)
	}
	if text := mustText(t, d.Path); strings.Contains(text, "consent") {
		t.Errorf("the settings hold the consent:\n%s", text)
	}
	// What is said once is not asked again.
	mustSave(t, d, setup.Answers{setup.OneClickLang: setup.Payers, setup.RouteID("visit"): "oneclick"})
	if cfg := mustConfig(t, d); cfg.OneClick.Lang != "" || cfg.Routing["visit"] != config.SystemOneClick || !cfg.OneClick.Enabled {
		t.Errorf("the settings are %+v, %v", cfg.OneClick, cfg.Routing)
	}
}

func TestOneClickIsNotSwitchedOnBehindTheOwnersBack(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for _, consent := range []string{"", "no"} {
		given := card(keysFile(t, d, nil))
		if given[setup.OneClickConsent] = consent; consent == "" {
			delete(given, setup.OneClickConsent)
		}
		_, err := d.Save(given)
		wantWrong(t, err, setup.OneClickConsent, "The shop is not the payee; if the owner agrees")
	}
	if _, err := os.Lstat(d.Path); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("settings were written: %v", err)
	}
	// Who switches it off and on again is asked again.
	mustSave(t, d, card(keysFile(t, d, nil)))
	mustSave(t, d, setup.Answers{setup.OneClickSwitch: "off"})
	_, err := d.Save(setup.Answers{setup.OneClickSwitch: "on"})
	wantWrong(t, err, setup.OneClickConsent, "payee")
	_, err = d.Save(setup.Answers{setup.OneClickSwitch: "on", "oneclick-in-use": "yes"}) // what only the settings say
	wantWrong(t, err, setup.OneClickConsent, "payee")
}

func TestOneClickLacksNothingWhereItIsOn(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for _, id := range []setup.ID{setup.OneClickURL, setup.OneClickCredentials} {
		given := card(keysFile(t, d, nil))
		delete(given, id)
		_, err := d.Save(given)
		wantWrong(t, err, id, "not filled in")
	}
}

func TestABadCredentialsFileIsToldInWords(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	missing := filepath.Join(filepath.Dir(d.Path), "none.json")
	folder := t.TempDir()
	for name, c := range map[string]struct {
		file func() string
		want string
	}{
		"not there":       {func() string { return missing }, "there is no file"},
		"a folder":        {func() string { return folder }, "can't be read"},
		"no JSON":         {func() string { return keptFile(t, d, "account_id: 1", 0o600) }, "is not JSON"},
		"another JSON":    {func() string { return keptFile(t, d, `{"login":"canary"}`, 0o600) }, "lacks account_id"},
		"a wrong field":   {func() string { return keysFile(t, d, func(m map[string]any) { m["public_key"] = 5 }) }, "lacks public_key"},
		"a broken key":    {func() string { return keysFile(t, d, func(m map[string]any) { m["private_key"] = "canary" }) }, "not an RSA key"},
		"a great file":    {func() string { return keptFile(t, d, strings.Repeat(" ", 65<<10), 0o600) }, "too large"},
		"open to others":  {func() string { return keptFile(t, d, "{}", 0o644) }, "chmod 600"},
		"a page, in HTML": {func() string { return keptFile(t, d, "<html>", 0o600) }, "download the file from the cabinet again"},
	} {
		_, err := d.Save(card(c.file()))
		wantWrong(t, err, setup.OneClickCredentials, c.want)
		if err != nil && strings.Contains(err.Error(), "canary") {
			t.Errorf("%s: what is in the file is told: %v", name, err)
		}
	}
}

// A file that went bad while the system was off is found when it is switched on.
func TestTheCredentialsAreReadWhenOneClickIsSwitchedOn(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	mustSave(t, d, card(keysFile(t, d, nil)))
	mustSave(t, d, setup.Answers{setup.OneClickSwitch: "off"})
	keptFile(t, d, "{", 0o600)
	_, err := d.Save(setup.Answers{setup.OneClickSwitch: "on", setup.OneClickConsent: "yes"})
	wantWrong(t, err, setup.OneClickCredentials, "is not JSON")
}

// Paused, it keeps the kinds that go to it; emptied, it does not.
func TestOneClickIsNotEmptiedUnderAKindOfPayment(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	given := card(keysFile(t, d, nil))
	given[setup.RouteID("goods")], given[setup.RouteID("visit")] = "oneclick", "oneclick"
	mustSave(t, d, given)
	mustSave(t, d, setup.Answers{setup.OneClickSwitch: "off"})
	if cfg := mustConfig(t, d); cfg.OneClick.Enabled || cfg.Routing["goods"] != config.SystemOneClick {
		t.Errorf("paused, the settings are %+v, %v", cfg.OneClick, cfg.Routing)
	}
	_, err := d.Save(setup.Answers{setup.OneClickURL: "", setup.RouteID("visit"): "uzum"})
	wantWrong(t, err, setup.OneClickSwitch, "these go to it: Link for goods; route them elsewhere as well")
	var refusal *setup.Wrong
	if !errors.As(err, &refusal) || refusal.Mend[setup.RouteID("goods")] != "uzum" {
		t.Errorf("what to answer as well is not known: %v", err)
	}
	mustSave(t, d, setup.Answers{setup.OneClickSwitch: "off", setup.RouteID("visit"): "uzum", setup.RouteID("goods"): "manual"})
	if cfg := mustConfig(t, d); cfg.OneClick.Enabled || cfg.OneClick.CredentialsFile == "" || cfg.Routing["goods"] != config.SystemManual {
		t.Errorf("the settings are %+v", cfg.OneClick)
	}
}

func TestTheTillIsNotOfferedWhatTakesNoOpenAmounts(t *testing.T) {
	t.Parallel()
	offered := func(kind config.Kind) (all []string) {
		for _, o := range question(t, setup.RouteID(kind)).Options {
			all = append(all, o.Value)
		}
		return all
	}
	if got := offered("counter"); !slices.Equal(got, []string{"uzum", "manual"}) {
		t.Errorf("for the till there are %q", got)
	}
	if got := offered("goods"); !slices.Equal(got, []string{"uzum", "oneclick", "manual"}) {
		t.Errorf("for goods there are %q", got)
	}
}

// A shop that the bank does not pay is not asked for the bank's keys.
func TestAShopWithoutTheBankLacksNothingOfIt(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	given := card(keysFile(t, d, nil))
	for _, kind := range config.Kinds() {
		given[setup.RouteID(kind)] = "oneclick"
	}
	given[setup.RouteID("counter")] = "manual"
	given[setup.UzumPair] = setup.Yes // as the forms begin
	saved := mustSave(t, d, given)
	if len(saved.Missing) > 0 || len(saved.Held) > 0 || mustConfig(t, d).Uzum.Enabled && mustConfig(t, d).Uzum.ServiceID != 0 {
		t.Errorf("missing is %v, held back %v", saved.Missing, saved.Held)
	}
	saved = mustSave(t, d, setup.Answers{setup.UzumServiceID: "101202"})
	if want := []setup.ID{setup.UzumLogin, setup.UzumPassword, setup.PublicURL}; !slices.Equal(saved.Missing, want) {
		t.Errorf("once the bank is begun with, missing is %v, want %v", saved.Missing, want)
	}
	saved = mustSave(t, d, setup.Answers{setup.RouteID("visit"): "uzum"})
	if !slices.Contains(saved.Missing, setup.UzumServiceID) {
		t.Errorf("a kind goes to the bank, and missing is %v", saved.Missing)
	}
}

func TestPagesKnowTheirPaymentSystem(t *testing.T) {
	t.Parallel()
	for system, page := range map[store.System]setup.Page{"uzum": setup.PageBank, "oneclick": setup.PageOneClick, "manual": "", "payme": ""} {
		if got := setup.PageOf(system); got != page {
			t.Errorf("%s is connected on page %q, want %q", system, got, page)
		}
		if got := page.System(); page != "" && got != system {
			t.Errorf("page %s connects %q", page, got)
		}
	}
	pages := setup.Pages()
	for _, q := range setup.Questions(systems) {
		if !slices.Contains(pages, q.Page) {
			t.Errorf("%s stands on page %s, which nobody is shown", q.ID, q.Page)
		}
	}
	if !setup.Concerns(setup.Answers{setup.OneClickLang: "ru"}, "oneclick") || setup.Concerns(setup.Answers{setup.OneClickLang: "ru"}, "uzum") || setup.Concerns(nil, "oneclick") {
		t.Error("which answers are about a payment system is not known")
	}
}

func TestTheCallbackNeedsAPublicAddress(t *testing.T) {
	t.Parallel()
	if got := setup.CallbackURL("https://pay.shop.uz", "oneclick"); got != "https://pay.shop.uz/oneclick/callback" {
		t.Errorf("the vendor is told %q", got)
	}
	if got := setup.CallbackURL("", "oneclick"); got != "" {
		t.Errorf("without a public URL the vendor is told %q", got)
	}
}

// With the bank off nothing of it is missing, now or later, and what still goes to it
// is named.
func TestABankThatIsOffLacksNothing(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	given := card(keysFile(t, d, nil))
	given[setup.UzumEnabled], given[setup.RouteID("goods")] = setup.No, "oneclick"
	if saved := mustSave(t, d, given); len(saved.Missing)+len(saved.Held) > 0 {
		t.Errorf("missing is %v, held back %v", saved.Missing, saved.Held)
	}
	if saved := mustSave(t, d, setup.Answers{setup.ShopName: "Lola"}); len(saved.Missing) > 0 {
		t.Errorf("the next time missing is %v", saved.Missing)
	}
	all := setup.From(mustConfig(t, d))
	stranded := setup.StrandedKinds(systems, all)
	if len(stranded) != 1 || !strings.Contains(stranded[0].Says.EN, "Uzum Bank is switched off, and these go to it: Link for a visit, Prepayment") || stranded[0].Mend[setup.UzumEnabled] != setup.Yes {
		t.Errorf("what goes to a system that is off is %+v", stranded)
	}
	for _, kind := range config.Kinds() {
		all[setup.RouteID(kind)] = "manual"
	}
	if stranded = setup.StrandedKinds(systems, all); len(stranded) > 0 {
		t.Errorf("nothing goes to it, and %+v", stranded)
	}
	if saved := mustSave(t, d, setup.Answers{setup.UzumServiceID: "5"}); !slices.Contains(saved.Missing, setup.UzumLogin) {
		t.Errorf("a part of it is there, and missing is %v", saved.Missing)
	}
	both := bank("secret")
	both[setup.UzumEnabled] = setup.No
	mustSave(t, d, both)
	if cfg := mustConfig(t, d); cfg.Uzum.Enabled || cfg.Uzum.ServiceID == 0 {
		t.Errorf("filled in and switched off in one go, the settings are %+v", cfg.Uzum)
	}
}

func TestAFeeIsAskedForWhereOneClickIsOn(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	fee := question(t, setup.TariffID("ONECLICK"))
	if fee.IsAsked(setup.Answers{setup.OneClickSwitch: setup.Off}) || !fee.IsAsked(setup.Answers{setup.OneClickSwitch: setup.On}) || fee.Page != setup.PageTariffs {
		t.Error("it is not asked for where it matters")
	}
	given := card(keysFile(t, d, nil))
	given[fee.ID] = "2,5"
	mustSave(t, d, given)
	tariffs := mustConfig(t, d).Tariffs
	if last := tariffs[len(tariffs)-1]; last.Source != "ONECLICK" || last.Rate != 250 || len(tariffs) != len(config.DefaultTariffs())+1 {
		t.Errorf("the tariffs are %v", tariffs)
	}
}

// A path that is typed begins where whoever types it is; what is there neither is
// looked for beside the settings.
func TestAFileIsFoundFromWhereItIsNamed(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	here := t.TempDir()
	beside := keysFile(t, d, nil)
	files := setup.Files{Folder: here, Settings: d.Path}
	look := func(name string) (string, error) {
		return files.Look(setup.OneClickCredentials, setup.Answers{setup.OneClickCredentials: name})
	}
	if got, err := look("keys.json"); got != beside || err != nil {
		t.Errorf("it is found as %s, %v", got, err)
	}
	if err := os.WriteFile(filepath.Join(here, "keys.json"), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := look(" keys.json")
	if got != filepath.Join(here, "keys.json") {
		t.Errorf("it is found as %s", got)
	}
	wantWrong(t, err, setup.OneClickCredentials, "is not JSON")
	_, err = look("none.json")
	wantWrong(t, err, setup.OneClickCredentials, filepath.Join(here, "none.json"))
}
