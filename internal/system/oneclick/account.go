package oneclick

import (
	"os"
	"sync"
	"time"

	"tushum/internal/config"
	"tushum/internal/oneclick"
)

// account is the shop at the vendor: a client with the credentials of the file. The
// file is looked at before each call, since it may be mended or exchanged in its
// place. One that can't be read any more changes nothing: what was read goes on.
type account struct {
	settings config.OneClick
	Options

	mu     sync.Mutex
	client *oneclick.Client // nil: the file was never read
	read   fileMark         // of the file when it was looked at last
	fault  error            // why the file can't be read; nil where there is a client
}

// fileMark tells one content of a file from another.
type fileMark struct {
	changed time.Time
	size    int64
}

func newAccount(settings config.OneClick, o Options) *account {
	a := &account{settings: settings, Options: o}
	_, _ = a.ready() // what is wrong is remembered
	return a
}

func (a *account) broken() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.fault != nil
}

// ready is the client to call with.
func (a *account) ready() (*oneclick.Client, error) {
	if !a.settings.FilledIn() {
		return nil, notConnected{}
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	mark := markOf(a.settings.CredentialsFile)
	if a.client != nil && mark == a.read {
		return a.client, nil
	}
	a.read = mark
	credentials, err := oneclick.ReadCredentials(a.settings.CredentialsFile)
	switch {
	case err == nil:
		a.client, a.fault = a.newClient(credentials), nil
	case a.client == nil:
		a.fault = err
		return nil, err
	}
	return a.client, nil
}

func (a *account) newClient(c oneclick.Credentials) *oneclick.Client {
	return &oneclick.Client{
		BaseURL: a.settings.BaseURL, Credentials: c, CredentialsPath: a.settings.CredentialsPath, Rate: a.settings.CallsPerSecond,
		HTTP: a.HTTP, Now: a.Now, Wait: a.Wait, Log: a.Log,
	}
}

// markOf is zero for a file that is not there.
func markOf(path string) (m fileMark) {
	if info, err := os.Stat(path); err == nil {
		m = fileMark{info.ModTime(), info.Size()}
	}
	return m
}
