package doctor_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"testing"
	"time"

	"tushum/internal/config"
	"tushum/internal/doctor"
	"tushum/internal/lang"
	"tushum/store"
)

// broken are shops with one thing wrong each, and what is to be said of it.
// Checks that are not named pass, or are skipped.
var broken = map[string]struct {
	plan  plan
	spoil func(*testing.T, *shop)
	want  map[string]want
}{
	"the settings file was broken by hand": {
		spoil: func(t *testing.T, s *shop) { write(t, s.cfg.Path, "[shop]\nnaem = \"x\"\n") },
		want:  map[string]want{"config.file": {doctor.Failed, "config.toml:2: shop.naem", "config.example.toml"}},
	},
	"the settings file is no TOML, and the service goes on": {
		spoil: func(t *testing.T, s *shop) { write(t, s.cfg.Path, "[shop\n") },
		want:  map[string]want{"config.file": {doctor.Failed, "goes on with the old settings", ""}},
	},
	"settings wait for a restart": {
		spoil: func(_ *testing.T, s *shop) {
			s.subject.Waiting = &doctor.Trouble{Says: lang.Text{EN: "store.path waits"}, Hint: lang.Text{EN: "restart"}}
		},
		want: map[string]want{"config.file": {doctor.Warning, "store.path", "restart"}},
	},
	"the service refuses the settings file": {
		spoil: func(_ *testing.T, s *shop) {
			s.subject.Refused = &doctor.Trouble{Says: lang.Text{EN: "the new settings are refused: can't listen"}, Hint: lang.Text{EN: "set another address"}}
			s.subject.Waiting = &doctor.Trouble{Says: lang.Text{EN: "store.path waits"}}
		},
		want: map[string]want{"config.file": {doctor.Failed, "are refused: can't listen", "set another address"}},
	},
	"the settings file with its secret is open to others": {
		spoil: func(t *testing.T, s *shop) { chmod(t, s.cfg.Path, 0o644) },
		want: map[string]want{
			"config.file":        {doctor.Failed, "holds a secret", "chmod 600"},
			"config.permissions": {doctor.Warning, "0644", "chmod 600"},
		},
	},
	"the key file is open to others": {
		spoil: func(t *testing.T, s *shop) { chmod(t, s.cfg.Listener.TLSKey, 0o604) },
		want:  map[string]want{"config.permissions": {doctor.Failed, "key.pem", "chmod 600"}},
	},
	"the store file is open to others": {
		spoil: func(t *testing.T, s *shop) { chmod(t, s.subject.Store, 0o640) },
		want:  map[string]want{"config.permissions": {doctor.Failed, "tushum.db", "chmod 600"}},
	},
	"what the settings were before is open to others": {
		spoil: func(t *testing.T, s *shop) {
			write(t, s.cfg.Path+".old", "[shop]\n")
			chmod(t, s.cfg.Path+".old", 0o644)
		},
		want: map[string]want{"config.permissions": {doctor.Failed, "config.toml.old", "chmod 600"}},
	},
	"the keys of ACME are open to others": {
		spoil: func(t *testing.T, s *shop) {
			if err := os.Mkdir(filepath.Join(s.dir, "acme"), 0o755); err != nil {
				t.Fatal(err)
			}
		},
		want: map[string]want{"config.permissions": {doctor.Failed, "the keys in the folder ", "chmod 700"}},
	},
	"as many payments are played as can be": {
		spoil: func(_ *testing.T, s *shop) {
			s.subject.Rehearse = func() (*doctor.Rehearsal, error) { return nil, fmt.Errorf("beginning: %w", doctor.ErrRehearsing) }
		},
		want: map[string]want{
			"webhooks.local":  {doctor.Warning, "other examinations are going on", "wait"},
			"webhooks.public": {doctor.Warning, "other examinations are going on", "wait"},
		},
	},
	"others may write to the folder": {
		spoil: func(t *testing.T, s *shop) { chmod(t, s.dir, 0o777) },
		want:  map[string]want{"config.permissions": {doctor.Failed, "exchange the files", "chmod 700"}},
	},
	"the bank is not connected": {
		plan: plan{uzum: "[uzum]\n"},
		want: map[string]want{"bank.connection": {doctor.Warning, "not connected", "tushum setup"}},
	},
	"the bank is paused": {
		plan: plan{uzum: "[uzum]\nenabled = false\nservice_id = 101202\n[[uzum.credentials]]\nlogin = \"bank\"\npassword_hash = '" + bankHash + "'\n"},
		want: map[string]want{"bank.connection": {doctor.Warning, "is paused", "enabled = true"}},
	},
	"the certificate can't be renewed": {
		spoil: func(_ *testing.T, s *shop) {
			s.subject.Listens.Trouble = &doctor.Trouble{Says: lang.Text{EN: "the authority refuses"}}
		},
		want: map[string]want{"https.certificate": {doctor.Warning, "the authority refuses", "log"}},
	},
	"the certificate's new files are no good": {
		spoil: func(_ *testing.T, s *shop) {
			s.subject.Files = func() *doctor.Trouble {
				return &doctor.Trouble{Says: lang.Text{EN: "the key is another's"}, Hint: lang.Text{EN: "take its own"}}
			}
		},
		want: map[string]want{"https.certificate": {doctor.Failed, "the key is another's", "take its own"}},
	},
	"the shop is in test mode": {
		plan: plan{uzum: "[uzum]\nservice_id = 101202\ntest_mode = true\n[[uzum.credentials]]\nlogin = \"bank\"\npassword_hash = '" + bankHash + "'\n"},
		want: map[string]want{"bank.connection": {doctor.Warning, "test mode", "test_mode = false"}},
	},
	"the certificate is for another host": {
		plan: plan{cert: leaf{host: "other.test"}},
		want: map[string]want{
			"https.certificate": {doctor.Failed, "not for shop.test but for other.test", "public_url"},
			"webhooks.public":   {doctor.Failed, "HTTPS fails", "certificate"},
		},
	},
	"the certificate ends in five days": {
		plan: plan{cert: leaf{left: 5*24*time.Hour + time.Minute}},
		want: map[string]want{"https.certificate": {doctor.Warning, "in 5 days", "renew"}},
	},
	"there is no public URL": {
		plan: plan{public: "none"},
		want: map[string]want{"public.url": {doctor.Warning, "no public_url", "tushum setup"}},
	},
	"the name does not resolve": {
		spoil: func(_ *testing.T, s *shop) { s.subject.Resolver = names{} },
		want: map[string]want{
			"dns.public":      {doctor.Failed, "shop.test is not found", "A record"},
			"webhooks.public": {doctor.Failed, "no such name", "A record"},
		},
	},
	"the DNS does not answer": {
		spoil: func(_ *testing.T, s *shop) { s.subject.Resolver = silentDNS{} },
		want: map[string]want{
			"dns.public":      {doctor.Failed, "shop.test: the DNS does not answer", "internet"},
			"webhooks.public": {doctor.Failed, "the DNS does not answer", "internet"},
		},
	},
	"the disk is full": {
		spoil: func(_ *testing.T, s *shop) { s.subject.Free = room(50<<20, 100<<30) },
		want:  map[string]want{"disk.free": {doctor.Failed, "50\u00a0MiB of 100\u00a0GiB", "free some room"}},
	},
	"the disk is short": {
		spoil: func(_ *testing.T, s *shop) { s.subject.Free = room(100<<20, 10<<30) },
		want:  map[string]want{"disk.free": {doctor.Warning, "100\u00a0MiB of 10\u00a0GiB", "free some room"}},
	},
	"the disk can't be asked": {
		spoil: func(_ *testing.T, s *shop) {
			s.subject.Free = func(string) (uint64, uint64, error) { return 0, 0, fs.ErrPermission }
		},
		want: map[string]want{"disk.free": {doctor.Warning, "permission denied", "disk"}},
	},
	"a check of the program's is defective": {
		spoil: func(_ *testing.T, s *shop) { s.subject.Free = func(string) (uint64, uint64, error) { panic("canopy") } },
		want:  map[string]want{"disk.free": {doctor.Failed, "canopy", "authors"}},
	},
	"the store is found damaged": {
		spoil: func(_ *testing.T, s *shop) {
			s.subject.Verify = func(context.Context) ([]string, error) { return []string{"tx: \x1b[31ma wrong sum", "more"}, nil }
		},
		want: map[string]want{"store.structure": {doctor.Failed, "problems: 2; the first: tx: <U+001B>[31ma wrong sum", "tushum restore"}},
	},
	"there is no room to look through the store": {
		spoil: func(_ *testing.T, s *shop) {
			s.subject.Verify = func(context.Context) ([]string, error) { return nil, &store.Error{Code: store.DiskFull} }
		},
		want: map[string]want{"store.structure": {doctor.Warning, "no room", "free some room"}},
	},
	"the bank's password is another": {
		spoil: func(_ *testing.T, s *shop) { s.subject.Bank = &doctor.Pair{Login: "bank", Password: "canary"} },
		want:  map[string]want{"bank.password": {doctor.Failed, "bank is refused", "tushum setup"}},
	},
}

func TestWhatIsBrokenIsSaidWithAdvice(t *testing.T) {
	t.Parallel()
	for name, c := range broken {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t, c.plan)
			if c.spoil != nil {
				c.spoil(t, s)
			}
			all := s.examine(t)
			for check, r := range all {
				w, named := c.want[check]
				if !named && check == "public.url" {
					w, named = trying, true
				}
				if !named {
					w.status = r.Status
					if r.Status == doctor.Failed || r.Status == doctor.Warning {
						t.Errorf("%s: %s: %s", check, r.Status, r.Says.EN)
					}
				}
				w.hold(t, check, r)
			}
			for check := range c.want {
				if _, told := all[check]; !told {
					t.Errorf("nothing is said of %s", check)
				}
			}
		})
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func chmod(t *testing.T, path string, mode fs.FileMode) {
	t.Helper()
	if err := os.Chmod(path, mode); err != nil {
		t.Fatal(err)
	}
}

func room(free, size uint64) doctor.Free {
	return func(string) (uint64, uint64, error) { return free, size, nil }
}

// holdAll examines a shop and holds a few of the results.
func (s *shop) holdAll(t *testing.T, wants map[string]want) {
	t.Helper()
	all := s.examine(t)
	for name, w := range wants {
		w.hold(t, name, all[name])
	}
}

func TestACertificateThatCannotServeIsFoundInItsFiles(t *testing.T) {
	t.Parallel()
	const waits = "the service does not run"
	for name, c := range map[string]struct {
		cert leaf
		want map[string]want
	}{
		"it has ended": {leaf{left: -time.Hour}, map[string]want{
			"https.certificate": {doctor.Failed, "the certificate ended on", "renew it now"},
			"https.chain":       {doctor.Passed, "Test Authority", ""},
		}},
		"it has not begun": {leaf{begins: time.Hour}, map[string]want{
			"https.certificate": {doctor.Failed, "the certificate begins only on", "clock"},
			"https.chain":       {doctor.Passed, "Test Authority", ""},
		}},
		"its key is another's": {leaf{otherKey: true}, map[string]want{
			"https.certificate": {doctor.Failed, "private key does not match", "belong together"},
			"https.chain":       {doctor.Skipped, "a certificate first", ""},
		}},
		"nobody trusts it": {leaf{from: newAuthority(t, t.TempDir(), "Nobody")}, map[string]want{
			"https.certificate": {doctor.Passed, "issued by Nobody", ""},
			"https.chain":       {doctor.Failed, "unknown authority", "fullchain.pem"},
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t, plan{cert: c.cert, closed: true})
			s.subject.Start = &doctor.Trouble{Says: lang.Text{EN: "HTTPS can't be turned on"}}
			c.want["service.start"] = want{doctor.Failed, "HTTPS can't be turned on", "mend what else is wrong"}
			c.want["port.listen"] = want{doctor.Passed, "can be taken", ""}
			c.want["store.ready"] = want{status: doctor.Passed}
			c.want["webhooks.local"] = want{doctor.Skipped, waits, ""}
			c.want["webhooks.public"] = want{doctor.Skipped, waits, ""}
			s.holdAll(t, c.want)
		})
	}
}

func TestAPortOfAnotherProgramIsFound(t *testing.T) {
	t.Parallel()
	s := open(t, plan{closed: true})
	l, err := net.Listen("tcp", s.cfg.Listener.Address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	s.holdAll(t, map[string]want{"port.listen": {doctor.Failed, s.cfg.Listener.Address + " is held by another program", "ss -ltnp"}})
}

func TestAPortThatNobodyCanHaveIsFound(t *testing.T) {
	t.Parallel()
	s := open(t, plan{closed: true})
	s.cfg.Listener.Address = "192.0.2.1:8080" // of no machine: RFC 5737
	s.holdAll(t, map[string]want{"port.listen": {doctor.Failed, "192.0.2.1:8080 can't be opened", "an address of this machine"}})
}

func TestAListenerThatHasEndedIsFound(t *testing.T) {
	t.Parallel()
	s := open(t, plan{})
	if err := s.server.Shutdown(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.holdAll(t, map[string]want{
		"port.listen":       {doctor.Failed, "accepts no connections", "firewall"},
		"https.certificate": {doctor.Failed, "no HTTPS connection", "log"},
		"webhooks.local":    {doctor.Failed, "nothing listens there", "router"},
	})
}

func TestAnAddressOfAnInnerNetworkIsWarnedAbout(t *testing.T) {
	t.Parallel()
	for _, inner := range []string{"192.168.1.5", "10.0.0.1", "127.0.0.1", "100.64.3.4", "::ffff:10.0.0.1", "fe80::1"} {
		s := open(t, plan{public: "https://pay.shop.uz", closed: true})
		s.subject.Resolver = names{"pay.shop.uz": inner}
		s.holdAll(t, map[string]want{
			"dns.public": {doctor.Warning, "an address of an inner network", "tunnel"},
			"public.url": {doctor.Passed, "the bank calls https://pay.shop.uz/uzum", ""},
		})
	}
	s := open(t, plan{public: "https://pay.shop.uz", closed: true})
	s.subject.Resolver = names{"pay.shop.uz": "203.0.113.9"}
	s.holdAll(t, map[string]want{"dns.public": {doctor.Passed, "pay.shop.uz is 203.0.113.9", ""}})
}

func TestWithoutSettingsTheRestIsSkipped(t *testing.T) {
	t.Parallel()
	s := open(t, plan{without: true})
	s.subject = doctor.Subject{
		Now: time.Now, File: filepath.Join(s.dir, "none.toml"), Load: func() (config.Config, error) { return config.Load(filepath.Join(s.dir, "none.toml")) },
	}
	for name, r := range s.examine(t) {
		w := want{status: doctor.Skipped}
		switch name {
		case "config.file":
			w = want{doctor.Failed, "no such file", "config.example.toml"}
		case "config.permissions", "clock.zone":
			w.status = doctor.Passed
			if name == "config.permissions" { // its folder is there
				w.status = doctor.Skipped
			}
		}
		w.hold(t, name, r)
	}
}

func TestADamagedStoreIsSaid(t *testing.T) {
	t.Parallel()
	s := open(t, plan{without: true})
	s.subject.Closed = &doctor.Trouble{Says: lang.Text{EN: "the store is damaged"}, Hint: lang.Text{EN: "restore a backup"}}
	s.subject.Verify = func(context.Context) ([]string, error) {
		return nil, &store.Error{Code: store.Damaged, Detail: "both root pages are damaged"}
	}
	s.holdAll(t, map[string]want{
		"store.ready":     {doctor.Failed, "the store is damaged", "restore a backup"},
		"store.structure": {doctor.Failed, "both root pages are damaged", "tushum restore"},
		"clock.drift":     {doctor.Skipped, "not open", ""},
	})
}

func TestAStoreThatHasStoppedIsSaid(t *testing.T) {
	t.Parallel()
	s := open(t, plan{closed: true})
	s.subject.Ledger = stopped{s.store}
	s.holdAll(t, map[string]want{"store.ready": {doctor.Failed, "disk is full", "free"}})
}

// stopped is a ledger on a full disk.
type stopped struct{ doctor.Ledger }

func (stopped) Ready() error { return &store.Error{Code: store.DiskFull} }

// silentDNS times out.
type silentDNS struct{}

func (silentDNS) LookupNetIP(_ context.Context, _, host string) ([]netip.Addr, error) {
	return nil, &net.DNSError{Err: "i/o timeout", Name: host, IsTimeout: true}
}

var errNever = errors.New("never")

func TestACheckThatHangsIsGivenUp(t *testing.T) {
	t.Parallel()
	s := open(t, plan{closed: true})
	s.subject.Patience = time.Millisecond
	hang := make(chan struct{})
	t.Cleanup(func() { close(hang) })
	s.subject.Free = func(string) (uint64, uint64, error) { <-hang; return 0, 0, errNever }
	s.subject.Verify = func(ctx context.Context) ([]string, error) { <-ctx.Done(); return nil, ctx.Err() }
	s.holdAll(t, map[string]want{
		"disk.free":       {doctor.Failed, "no answer within 0 s", "run the check again"},
		"store.structure": {doctor.Warning, "the store is large", "tushum verify"},
	})
}

func TestAnExaminationThatIsBrokenOffSaysNoMore(t *testing.T) {
	t.Parallel()
	s := open(t, plan{closed: true})
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var told []string
	for r := range doctor.Examine(ctx, s.subject) {
		told = append(told, r.Check)
		cancel()
	}
	if len(told) != 1 || told[0] != "config.file" {
		t.Errorf("told was %v", told)
	}
	for r := range doctor.Examine(t.Context(), s.subject) {
		if r.Check != "config.file" {
			t.Errorf("told was %s after the reader had gone", r.Check)
		}
		break
	}
}
