package setup

import (
	"maps"
	"net/url"
	"strconv"

	"tushum/internal/config"
	"tushum/store"
)

// From is what the settings say already, as answers; passwords are left out.
func From(cfg config.Config) Answers {
	a := make(Answers)
	for _, f := range fields() {
		a[f.id] = f.read(cfg)
	}
	a[HTTPS] = waysOf(cfg.Listener)
	a[UzumLogin] = ""
	if len(cfg.Uzum.Credentials) > 0 {
		a[UzumLogin], a[UzumPair], a[UzumKeepOld] = cfg.Uzum.Credentials[0].Login, No, Yes
		a[loginInUse], a[pairsInUse] = a[UzumLogin], strconv.Itoa(len(cfg.Uzum.Credentials))
	}
	for _, c := range asking() {
		if a[c.turn] == On {
			a[c.inUse()] = Yes
		}
	}
	if cfg.Uzum.Off {
		a[bankOff] = Yes
	}
	if cfg.Listener.PlainHTTP {
		a[plainHTTP] = Yes
	}
	for _, source := range sources() {
		a[TariffID(source)] = rateOf(cfg.Tariffs, source)
	}
	return a
}

// waysOf tells who does HTTPS by the settings that only one of them has.
func waysOf(l config.Listener) string {
	switch {
	case l.TLSCert != "":
		return ByFiles
	case len(l.ACME.Domains) > 0:
		return ByACME
	case len(l.TrustedProxies) > 0:
		return ByProxy
	}
	return ByNone
}

// rateOf is the fee of a source by the tariff that begins last; empty where
// that one ends.
func rateOf(tariffs []config.Tariff, source string) string {
	var last config.Tariff
	for _, t := range tariffs {
		if t.Source == source && (last.Source == "" || t.From.After(last.From)) {
			last = t
		}
	}
	if last.Source == "" || !last.To.IsZero() {
		return ""
	}
	return rateAnswer(last.Rate)
}

// Missing lists what still has to be answered before the bank can call. A shop
// that has the bank switched off, or that is paid in other ways only and has begun
// nothing with the bank, is not asked for it.
func Missing(a Answers) []ID {
	var all []ID
	if wantsBank(a) {
		all = missingBank(a)
		if a[PublicURL] == "" {
			all = append(all, PublicURL)
		}
	}
	if a[HTTPS] == ByFiles {
		for _, id := range []ID{TLSCert, TLSKey} {
			if a[id] == "" {
				all = append(all, id)
			}
		}
	}
	return all
}

// missingBank are those of service id, login and password that are missing: the
// settings take the three together or not at all.
func missingBank(a Answers) []ID {
	var all []ID
	need := func(id ID, there bool) {
		if !there {
			all = append(all, id)
		}
	}
	made := a[UzumPair] == Yes
	need(UzumServiceID, a[UzumServiceID] != "")
	need(UzumLogin, made || a[UzumLogin] != "")
	need(UzumPassword, made || connectedBefore(a) || a[UzumPassword] != "" || a[PasswordHash] != "")
	return all
}

// wantsBank tells whether a kind of payment goes to the bank, or something of
// what connects it is there, and it is not switched off. What is there in part is
// wanted whole even then: it can't be written down. That a pair is to be made alone
// says nothing: it is what the question begins with.
func wantsBank(a Answers) bool {
	switch {
	case bankBegun(a):
		return a[UzumEnabled] != No || lacksBank(a)
	case isBankOff(a):
		return false
	}
	return len(routedTo(store.Uzum, a)) > 0
}

// bankBegun tells whether something of what connects the bank is there.
func bankBegun(a Answers) bool {
	return a[UzumServiceID]+a[UzumLogin]+a[UzumPassword]+a[PasswordHash] != ""
}

// isBankOff tells whether the bank is switched off by an answer, or by the settings
// before anything of it is there: who begins with it opens it (see writeEnabled).
func isBankOff(a Answers) bool {
	return a[UzumEnabled] == No || a[UzumEnabled] == "" && a[bankOff] == Yes && !bankBegun(a)
}

// settled fills in what one answer says about others: a certificate file is
// HTTPS by files even where nobody says so, and a way that is given up leaves
// nothing behind.
func settled(was, now Answers) Answers {
	a := maps.Clone(was)
	if a == nil {
		a = make(Answers)
	}
	maps.Copy(a, now)
	if a[HTTPS] == was[HTTPS] {
		a.impliedWay(was)
	}
	if a[UzumEnabled] == "" {
		a[UzumEnabled] = was[UzumEnabled]
	}
	if was[HTTPS] == ByProxy && a[HTTPS] != ByProxy && a[TrustedProxies] == was[TrustedProxies] {
		a[TrustedProxies] = "" // the proxy is gone, and who comes from its address now is believed no more
	}
	if a[HTTPS] != "" {
		a.keepTo(a[HTTPS])
	}
	return a
}

// impliedWay is HTTPS as what was given for it says.
func (a Answers) impliedWay(was Answers) {
	given := func(id ID) bool { return a[id] != "" && a[id] != was[id] }
	switch {
	case given(TLSCert) || given(TLSKey):
		a[HTTPS] = ByFiles
	case given(ACMEDomain):
		a[HTTPS] = ByACME
	case given(TrustedProxies) && a[HTTPS] == ByNone:
		a[HTTPS] = ByProxy
	}
}

// keepTo drops what belongs to other ways of doing HTTPS, and gives this one
// what it mostly needs.
func (a Answers) keepTo(way string) {
	if way != ByFiles {
		a[TLSCert], a[TLSKey] = "", ""
	}
	if way != ByACME {
		a[ACMEDomain], a[ACMEHTTPAddress] = "", ""
	}
	switch {
	case way == ByNone:
		a[TrustedProxies] = ""
	case way == ByProxy && a[TrustedProxies] == "":
		a[TrustedProxies] = "127.0.0.1"
	case way == ByACME && a[ACMEDomain] == "":
		a[ACMEDomain] = hostOf(a[PublicURL])
	}
}

// hostOf is the name in a public URL.
func hostOf(public string) string {
	u, err := url.Parse(public)
	if err != nil {
		return ""
	}
	return u.Hostname()
}
