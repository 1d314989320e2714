package main

import (
	"errors"
	"net"
	"reflect"
	"slices"

	"tushum/internal/config"
	"tushum/internal/lang"
	"tushum/store"
	"tushum/webhook"
	"tushum/webhook/uzum"
)

// port is where the listener stands, as the settings asked for it.
type port struct {
	asked string
	at    net.Addr
}

// serveOn takes calls from l, and no new ones from where it stood before.
func (s *service) serveOn(l net.Listener, asked string) {
	s.port = port{asked: asked, at: l.Addr()}
	s.server.Serve(l)
}

// change is a set of settings that can be put in force at once: whatever could
// fail has been done.
type change struct {
	cfg      config.Config
	systems  store.Systems
	listener net.Listener // nil: the one there is stays
	tls      *encryption
	newTLS   bool
	waiting  []string // settings that take effect at the next start
}

// prepare does whatever can fail about new settings, and leaves those in force
// as they are. The change is to be committed or dropped.
func (s *service) prepare(cfg config.Config) (*change, error) {
	now := s.shop.cfg()
	c := &change{cfg: cfg, tls: s.tls.Load()}
	if cfg.Store.Path != now.Store.Path {
		c.waiting = append(c.waiting, "store.path")
		c.cfg.Store.Path = now.Store.Path
	}
	if err := s.preparePort(c, now); err != nil {
		return nil, err
	}
	if err := s.prepareTLS(c, now); err != nil {
		return nil, errors.Join(err, c.drop())
	}
	c.systems = systemsAfter(s.shop.systems(), c.cfg)
	return c, nil
}

// preparePort opens the new address. One that differs in the host alone can't be
// opened beside the old one: then all of the section waits, for what is spoken at
// an address belongs to it.
func (s *service) preparePort(c *change, now config.Config) (err error) {
	asked := c.cfg.Listener.Address
	if asked == s.port.asked {
		return nil
	}
	if c.listener, err = net.Listen("tcp", asked); err == nil {
		return nil
	}
	host, number, splitErr := net.SplitHostPort(asked)
	if splitErr != nil || number != portNumber(s.port.at) || !isOurs(host) {
		return portTaken(asked, err)
	}
	c.waiting = append(c.waiting, "listener")
	c.cfg.Listener = now.Listener
	return nil
}

// isOurs tells whether this machine can listen at a host at all.
func isOurs(host string) bool {
	l, err := net.Listen("tcp", net.JoinHostPort(host, "0"))
	if err != nil {
		return false
	}
	_ = l.Close() // nobody knew of it
	return true
}

func portNumber(a net.Addr) string {
	_, number, _ := net.SplitHostPort(a.String())
	return number
}

func (s *service) prepareTLS(c *change, now config.Config) (err error) {
	before, after := now.Listener, c.cfg.Listener
	if before.TLSCert == after.TLSCert && before.TLSKey == after.TLSKey && reflect.DeepEqual(before.ACME, after.ACME) {
		return nil
	}
	if c.tls, err = s.encrypt(c.cfg); err != nil {
		return err
	}
	c.newTLS = true
	return nil
}

// drop takes back what was prepared.
func (c *change) drop() (err error) {
	if c.listener != nil {
		err = c.listener.Close()
	}
	if c.newTLS {
		err = errors.Join(err, c.tls.close())
	}
	return err
}

// commit puts prepared settings in force without losing a call. With an error,
// which can only be about values that were checked before, nothing has changed.
func (s *service) commit(c *change) error {
	now := s.shop.cfg()
	if err := s.exchangeCredentials(now, c.cfg); err != nil {
		return errors.Join(err, c.drop())
	}
	if err := s.server.Change(c.cfg.Uzum.Path, c.tls.certificates()); err != nil {
		return errors.Join(err, s.exchangeCredentials(c.cfg, now), c.drop())
	}
	s.addresses.Trust(c.cfg.Listener.TrustedProxies)
	s.handler.Apply(uzumSettings(c.cfg))
	s.shop.SetRules(rulesOf(c.cfg, c.systems))
	s.shop.set.Store(&terms{c.cfg, c.systems})
	s.pages.Apply(pageSettings(c.cfg, c.systems)) // wakes the pages that are open: they look at the rules too
	if c.listener != nil {
		s.serveOn(c.listener, c.cfg.Listener.Address)
	}
	s.told.wait(c.waiting)
	s.changed.Add(1)
	if c.newTLS {
		if err := c.tls.succeed(s.background, s.tls.Swap(c.tls)); err != nil {
			s.Log.Warn("what got certificates before did not end well", "err", err)
		}
	}
	return nil
}

// exchangeCredentials leaves those alone that are the same: what was found out
// about them is forgotten otherwise.
func (s *service) exchangeCredentials(old, next config.Config) error {
	if old.Uzum.Enabled == next.Uzum.Enabled && reflect.DeepEqual(old.Uzum.Credentials, next.Uzum.Credentials) {
		return nil
	}
	return s.auth.Set(credentialsOf(next))
}

func credentialsOf(cfg config.Config) []webhook.Credential {
	if !cfg.Uzum.Enabled {
		return nil
	}
	credentials := make([]webhook.Credential, 0, len(cfg.Uzum.Credentials))
	for _, c := range cfg.Uzum.Credentials {
		credentials = append(credentials, webhook.Credential{Login: c.Login, Password: c.Password})
	}
	return credentials
}

func uzumSettings(cfg config.Config) uzum.Settings {
	return uzum.Settings{ServiceID: cfg.Uzum.ServiceID, AccountParams: slices.Clone(cfg.Uzum.AccountParams), PrefillAmount: cfg.Uzum.PrefillAmount}
}

// portTaken says that an address can't be listened on.
func portTaken(address string, cause error) error {
	return &fault{code: codeListen, exit: exitFailed, says: lang.Text{
		UZ: address + " manzilini ochib bo‘lmadi", RU: "не удалось открыть адрес " + address, EN: "can't listen on " + address,
	}, hint: lang.Text{
		UZ: "sozlamalarning [listener] bo‘limida boshqa address bering yoki portni band qilgan dasturni to‘xtating",
		RU: "задайте другой address в разделе [listener] настроек или остановите программу, занявшую порт",
		EN: "set another address under [listener] in the settings, or stop the program that uses the port",
	}, err: cause}
}
