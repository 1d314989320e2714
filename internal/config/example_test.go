package config

import (
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
)

const examplePath = "../../config.example.toml"

func example(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile(examplePath)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// commented is a key or a header that the example shows switched off.
var commented = regexp.MustCompile(`(?m)^# (\[\[?[a-z.]+\]\]?$|[a-z_]+ = )`)

func uncommented(text string) string { return commented.ReplaceAllString(text, "$1") }

func TestExampleShowsTheDefaults(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{"as it is": example(t), "with every key switched on": uncommented(example(t))} {
		got, err := Parse([]byte(text), examplePath)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		want := Default()
		want.Path = examplePath
		want.Uzum.Off = text != example(t) // the example shows how it is switched off
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s the example reads as\n%+v\nand the defaults are\n%+v", name, got, want)
		}
	}
}

// Filling in the three places is all that connecting the bank takes.
func TestExampleFilledInConnectsTheBank(t *testing.T) {
	t.Parallel()
	cfg, err := Parse([]byte(filledExample(t)), "config.toml")
	if err != nil {
		t.Fatal(err)
	}
	u := cfg.Uzum
	if !u.Enabled || u.ServiceID != 498624 || len(u.Credentials) != 1 || u.Credentials[0].Login != "bank" {
		t.Errorf("the bank is not connected: %+v", u)
	}
	if !u.Credentials[0].Password.Verify([]byte("U*U")) {
		t.Error("the password that was filled in is not accepted")
	}
}

// filledExample is the example as a shop fills it in.
func filledExample(t *testing.T) string {
	t.Helper()
	return strings.NewReplacer(
		"\nservice_id = 0\n", "\nservice_id = 498624\n",
		"\nlogin = \"\"\n", "\nlogin = \"bank\"\n",
		"\npassword_hash = ''\n", "\npassword_hash = '"+aHash+"'\n",
	).Replace(example(t))
}

// Each of the places left empty is told by its line, when another is filled in.
func TestExampleFilledInByHalf(t *testing.T) {
	t.Parallel()
	whole := filledExample(t)
	for _, place := range []struct{ key, filled, empty string }{
		{"uzum.service_id", "\nservice_id = 498624\n", "\nservice_id = 0\n"},
		{"uzum.credentials.login", "\nlogin = \"bank\"\n", "\nlogin = \"\"\n"},
		{"uzum.credentials.password_hash", "\npassword_hash = '" + aHash + "'\n", "\npassword_hash = ''\n"},
	} {
		text := strings.Replace(whole, place.filled, place.empty, 1)
		line := 2 + strings.Count(text[:strings.Index(text, place.empty)], "\n")
		_, err := Parse([]byte(text), "config.toml")
		problems := asErrors(t, err)
		if len(problems) != 1 || problems[0].Key != place.key || problems[0].Line != line || problems[0].Msg.EN != "not filled in" {
			t.Errorf("without %s: %v; want it named on line %d, alone", place.key, err, line)
		}
	}
}

// The keys that Parse asks for are the keys the example shows, each in its
// section and with a comment near by.
func TestExampleShowsEveryKey(t *testing.T) {
	t.Parallel()
	shown := make(map[string]bool)
	section := ""
	for line := range strings.Lines(uncommented(example(t))) {
		line = strings.TrimSpace(line)
		if header := strings.Trim(line, "[]"); strings.HasPrefix(line, "[") {
			section = header
			shown[section] = true
		} else if key, _, found := strings.Cut(line, " = "); found && !strings.HasPrefix(line, "#") {
			shown[section+"."+key] = true
		}
	}
	keys := knownKeys(t)
	if len(keys) < 60 {
		t.Fatalf("only %d keys are known: %v", len(keys), keys)
	}
	for _, key := range keys {
		if !shown[key] {
			t.Errorf("config.example.toml does not show %s", key)
		}
		delete(shown, key)
	}
	for key := range shown {
		t.Errorf("config.example.toml shows %s, which nothing reads", key)
	}
}

// knownKeys are all keys that are read, sections included.
func knownKeys(t *testing.T) []string {
	t.Helper()
	r := &reader{}
	if _, err := r.parse([]byte("[[uzum.credentials]]\n[[tariff]]\nsource = 'HUMO'\nbasis_points = 1\n")); err != nil {
		t.Fatal(err)
	}
	return r.report.asked
}
