package oneclick_test

import (
	"errors"
	"net/http"
	"testing"

	"tushum/internal/config"
	vendor "tushum/internal/oneclick"
	"tushum/internal/system/oneclick"
	"tushum/store"
)

// nobody is there, whatever the address.
type nobody struct{}

func (nobody) RoundTrip(*http.Request) (*http.Response, error) { return nil, errors.New("nobody") }

// Every address that the settings take can be called.
func TestTheAddressesOfTheSettingsCanBeCalled(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	for _, address := range []string{
		"https://api.example.uz", "https://api.example.uz/", "https://API.example.uz:8443", "https://[2001:db8::1]", "https://10.0.0.1",
		"http://127.0.0.1:8099", "http://[::1]:8099", "http://localhost:8099", "http://[::ffff:127.0.0.1]:1",
	} {
		cfg, err := config.Parse([]byte("[oneclick]\nbase_url = '"+address+"'\n"), "/shop/config.toml")
		if err != nil {
			t.Errorf("the settings refuse %s: %v", address, err)
			continue
		}
		cfg.OneClick.Enabled, cfg.OneClick.CredentialsFile = true, s.cfg.OneClick.CredentialsFile
		system, ok := oneclick.With(oneclick.Options{HTTP: &http.Client{Transport: nobody{}}, Now: s.now, Wait: s.wait})(cfg).(store.Dealer)
		if !ok {
			t.Fatal("it makes no deals")
		}
		if err := system.Test(t.Context()); !errors.Is(err, vendor.ErrUnreachable) {
			t.Errorf("%s: %v", address, err)
		}
	}
}
