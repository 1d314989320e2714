package main

import (
	"context"
	"errors"
	"iter"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"tushum/internal/config"
	"tushum/internal/doctor"
	"tushum/internal/lang"
	"tushum/store"
	"tushum/store/bolt"
	"tushum/webhook"
)

// storeNamed is the store that a settings file names which can't be used as a
// whole; empty where no such line is found.
func storeNamed(file string) string {
	text, err := os.ReadFile(file)
	if err != nil {
		return ""
	}
	section := ""
	for line := range strings.Lines(string(text)) {
		if name := strings.TrimSpace(line); strings.HasPrefix(name, "[") {
			section = name
		}
		if found := storeLine.FindStringSubmatch(line); found != nil && section == "[store]" && found[1] != "" {
			if filepath.IsAbs(found[1]) {
				return found[1]
			}
			return filepath.Join(filepath.Dir(file), found[1])
		}
	}
	return ""
}

var storeLine = regexp.MustCompile(`^\s*path\s*=\s*["']([^"'\\]*)["']`)

// unreadable is a shop whose settings can't be used. Its store is looked at where
// it lies.
func (a *App) unreadable(path string) doctor.Subject {
	s := doctor.Subject{Now: a.Now, File: a.settingsPath(), Load: a.settings}
	if _, err := os.Stat(path); err == nil {
		s.Store = path
		s.Verify = func(ctx context.Context) ([]string, error) { return problemsOf(bolt.VerifyFile(ctx, path, a.Checker)) }
	}
	return s
}

// doctorAlone examines what can be examined where no service can be started.
func (a *App) doctorAlone(ctx context.Context, cfg config.Config, path string, pair *doctor.Pair, why error) error {
	s := doctor.Subject{
		Now: a.Now, File: a.settingsPath(), Load: a.settings, Config: &cfg, Systems: systemsOf(cfg), Start: troubleOf(why), Store: path,
		Verify: func(ctx context.Context) ([]string, error) { return problemsOf(bolt.VerifyFile(ctx, path, a.Checker)) },
	}
	s.Files = filesOf(cfg, a.Now)
	askAbout(&s, pair)
	open, err := a.openShop(ctx, path, cfg)
	if err != nil {
		s.Closed = troubleOf(err)
		return a.tellExamination(ctx, doctor.Examine(ctx, s))
	}
	s.Ledger = open.Store
	s.Verify = func(ctx context.Context) ([]string, error) { return problemsOf(open.Verify(ctx)) }
	return errors.Join(a.tellExamination(ctx, doctor.Examine(ctx, s)), open.Close())
}

func troubleOf(err error) *doctor.Trouble {
	says, hint := inAll(err)
	return &doctor.Trouble{Says: says, Hint: hint}
}

// noCertificate is why the listener's certificate is not what it should be.
func (s *service) noCertificate() *doctor.Trouble {
	state, served := s.certificate()
	switch {
	case !served:
		return nil
	case state.Err != nil:
		return troubleOf(badCertificate(state.Err))
	case len(state.Chain) == 0:
		return &doctor.Trouble{Says: lang.Text{
			UZ: "sertifikat hali olinmagan", RU: "сертификат ещё не получен", EN: "the certificate has not been got yet",
		}, Hint: lang.Text{
			UZ: "bir daqiqadan keyin yana tekshiring; olinmasa, 80- yoki 443-port internetdan ochiqligini ko‘ring",
			RU: "проверьте ещё раз через минуту; если не получен, посмотрите, открыт ли из интернета порт 80 или 443",
			EN: "look again in a minute; if it does not come, see whether port 80 or 443 is open from the internet",
		}}
	}
	return nil
}

// A certificate that a service has just begun to get is waited for.
const (
	certificateWait = 30 * time.Second
	certificateLook = 100 * time.Millisecond
)

// awaitCertificate returns when there is a certificate, or a reason why not.
func (s *service) awaitCertificate(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, certificateWait)
	defer cancel()
	tick := time.NewTicker(certificateLook)
	defer tick.Stop()
	for {
		state, served := s.certificate()
		if !served || state.Err != nil || len(state.Chain) > 0 {
			return
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}

// filesOf tries the files of the certificate that the settings name, as a start
// would.
func filesOf(cfg config.Config, now func() time.Time) func() *doctor.Trouble {
	return func() *doctor.Trouble {
		if _, err := webhook.LoadCertificate(cfg.Listener.TLSCert, cfg.Listener.TLSKey, slog.New(slog.DiscardHandler), now); err != nil {
			return troubleOf(badCertificate(err))
		}
		return nil
	}
}

func problemsOf(r bolt.Report, err error) ([]string, error) {
	var all []string
	for _, p := range r.Problems {
		all = append(all, p.String())
	}
	return all, err
}

// examine looks the service over while it runs.
func (s *service) examine(ctx context.Context) iter.Seq[doctor.Result] {
	return doctor.Examine(ctx, s.subject(nil))
}

// examineWith is examine for a command, which may bring the bank's password.
func (s *service) examineWith(ctx context.Context, pair *doctor.Pair) iter.Seq[doctor.Result] {
	return doctor.Examine(ctx, s.subject(pair))
}

// subject is the service as the doctor looks at it.
func (s *service) subject(pair *doctor.Pair) doctor.Subject {
	cfg := s.shop.cfg()
	of := doctor.Subject{
		Now: s.Now, File: cfg.Path, Load: func() (config.Config, error) { return config.Load(cfg.Path) },
		Config: &cfg, Systems: s.shop.systems(), Running: true, Store: s.shop.Path(), Ledger: s.shop.Store,
		Verify:   func(ctx context.Context) ([]string, error) { return problemsOf(s.shop.Verify(ctx)) },
		Listens:  &doctor.Listener{Address: s.server.Addr(), Secure: s.tls.Load().on()},
		Files:    filesOf(cfg, s.Now),
		Rehearse: s.rehearse, Used: s.auth.Used(),
	}
	of.Listens.Trouble = s.noCertificate()
	for _, w := range s.told.warnings() {
		switch w.Code {
		case store.SettingsWaiting:
			of.Waiting = &doctor.Trouble{Says: w.Says, Hint: w.Hint}
		case store.SettingsRefused:
			of.Refused = &doctor.Trouble{Says: w.Says, Hint: w.Hint}
		}
	}
	askAbout(&of, pair)
	return of
}

// askAbout has the doctor try a pair, in the place of the bank. Without a login
// it is the first of the settings that is meant.
func askAbout(of *doctor.Subject, pair *doctor.Pair) {
	if pair == nil {
		return
	}
	credentials := of.Config.Uzum.Credentials
	asked := *pair
	if asked.Login == "" && len(credentials) > 0 {
		asked.Login = credentials[0].Login
	}
	of.Bank = &asked
	of.Try = func(p doctor.Pair) bool {
		return slices.ContainsFunc(credentials, func(c config.Credential) bool {
			return c.Login == p.Login && c.Password.Verify([]byte(p.Password))
		})
	}
}
