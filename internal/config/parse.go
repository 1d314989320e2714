package config

import (
	"path/filepath"

	"tushum/internal/lang"
)

// Parse reads settings from data. The path is the file they stand in: it is
// named in errors, and relative paths among the settings start at its folder.
// The error is an Errors.
func Parse(data []byte, path string) (Config, error) {
	r := &reader{report: report{path: path}, folder: folderOf(path)}
	cfg, err := r.parse(data)
	if err != nil {
		return Config{}, err
	}
	return cfg, nil
}

func folderOf(path string) string {
	folder := filepath.Dir(path)
	if whole, err := filepath.Abs(folder); err == nil {
		return whole
	}
	return folder
}

// reader reads one file.
type reader struct {
	report report
	folder string
	secret bool // the file holds something that others must not read
}

// parse returns the settings with everything that is wrong with them.
func (r *reader) parse(data []byte) (Config, error) {
	node, err := readDocument(data, r.report.path)
	if err != nil {
		return Config{}, err
	}
	cfg := Default()
	cfg.Path = r.report.path
	root := r.report.open("", node)
	r.shop(root.section("shop"), &cfg.Shop)
	r.store(root.section("store"), &cfg.Store)
	r.listener(root.section("listener"), &cfg.Listener)
	r.uzum(root.section("uzum"), &cfg.Uzum)
	r.oneClick(root.section("oneclick"), &cfg.OneClick)
	r.routing(root.section("routing"), &cfg)
	cfg.Tariffs = r.tariffs(root)
	r.seats(root.section("seats"))
	r.report.refuseUnknown()
	return cfg, r.report.err()
}

func (r *reader) shop(s *section, c *Shop) {
	read(s, "name", &c.Name, oneLine)
	read(s, "address", &c.Address, oneLine)
	read(s, "phone", &c.Phone, oneLine)
	read(s, "tin", &c.TIN, optional(taxNumber))
	read(s, "language", &c.Language, language)
	read(s, "timezone", &c.Location, timeZone)
	read(s, "day_starts", &c.DayStarts, clockTime)
}

func (r *reader) store(s *section, c *Store) {
	read(s, "path", &c.Path, optional(r.path))
}

func (r *reader) listener(s *section, c *Listener) {
	read(s, "address", &c.Address, listenAddress)
	read(s, "public_url", &c.PublicURL, optional(siteURL))
	read(s, "tls_cert", &c.TLSCert, optional(r.path))
	read(s, "tls_key", &c.TLSKey, optional(r.path))
	readAll(s, "trusted_proxies", &c.TrustedProxies, network)
	read(s, "admin_address", &c.AdminAddress, optional(listenAddress))
	acme := s.section("acme")
	readAll(acme, "domains", &c.ACME.Domains, domain)
	read(acme, "email", &c.ACME.Email, optional(email))
	read(acme, "directory", &c.ACME.Directory, optional(directoryURL))
	read(acme, "ca_root", &c.ACME.CARoot, optional(r.path))
	checkListener(s, c)
}

func checkListener(s *section, c *Listener) {
	const both = "give the certificate and its key, or neither"
	switch {
	case c.TLSCert != "" && c.TLSKey == "":
		s.refuse("tls_cert", "tls_key is missing", both)
	case c.TLSKey != "" && c.TLSCert == "":
		s.refuse("tls_key", "tls_cert is missing", both)
	case c.TLSCert != "" && len(c.ACME.Domains) > 0:
		s.refuse("tls_cert", "listener.acme.domains gets certificates by itself", "leave one of the two empty")
	}
	if c.AdminAddress == c.Address && !endsInPortZero(c.Address) {
		s.refuse("admin_address", "is the address of the bank's webhooks", "metrics need a port of their own, best on 127.0.0.1")
	}
}

func (r *reader) routing(s *section, cfg *Config) {
	for _, kind := range Kinds() {
		system := cfg.Routing[kind]
		read(s, string(kind), &system, paymentSystem)
		if system == SystemOneClick && !cfg.OneClick.Enabled {
			s.refuse(string(kind), "oneclick is not enabled", "set oneclick.enabled = true, or route this kind to uzum or manual")
		}
		cfg.Routing[kind] = system
	}
}

// seats is a section of versions to come: written down now it would be taken
// for a lock that is not there.
func (r *reader) seats(s *section) {
	for _, name := range s.node.names {
		s.report.ask(s.key(name))
		s.refuse(name, "this version knows no seats yet", "take it out: everybody who can run the program may do everything")
	}
}

func (r *reader) oneClick(s *section, c *OneClick) {
	s.flag("enabled", &c.Enabled)
	read(s, "base_url", &c.BaseURL, optional(siteURL))
	read(s, "credentials_file", &c.CredentialsFile, optional(r.path))
	read(s, "country", &c.Country, optional(countryCode))
	read(s, "lang", &c.Lang, optional(language))
	read(s, "flow", &c.Flow, flow)
	read(s, "credentials_path", &c.CredentialsPath, dealPath)
	s.amounts(&c.MinAmount, &c.MaxAmount)
	r.secret = r.secret || c.CredentialsFile != ""
	if !c.Enabled {
		return
	}
	if c.BaseURL == "" && !s.refused("base_url") {
		s.refuse("base_url", "not filled in", "the vendor gives the address of its API")
	}
	if c.CredentialsFile == "" && !s.refused("credentials_file") {
		s.refuse("credentials_file", "not filled in", "name the JSON file from the vendor's cabinet")
	}
}

func language(text string) (lang.Lang, error) {
	l, err := lang.Parse(text)
	if err != nil {
		return "", wrong("write uz, ru or en", "%s is not a language of the program", shown(text))
	}
	return l, nil
}
