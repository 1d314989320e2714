package config

import (
	"fmt"
	"math"

	"tushum/internal/password"
)

const (
	maxCredentials   = 2 // the one in use, and the one for tests or to come
	maxAccountParams = 8
)

// uzum reads [uzum]. Unless enabled says so, the bank is connected as soon as
// anything that it needs is filled in: a file that was filled in by half is an
// error and not a shop that silently takes no money.
func (r *reader) uzum(s *section, c *Uzum) {
	s.integer("service_id", &c.ServiceID, 0, math.MaxInt64)
	read(s, "path", &c.Path, webhookPath)
	readAll(s, "account_params", &c.AccountParams, accountParam)
	s.amounts(&c.MinAmount, &c.MaxAmount)
	read(s, "transaction_ttl", &c.TransactionTTL, transactionTTL)
	s.flag("prefill_amount", &c.PrefillAmount)
	read(s, "app_link", &c.AppLink, appLink)
	s.flag("test_mode", &c.TestMode)
	s.flag("accept_reversals", &c.AcceptReversals)
	written := readCredentials(s)
	c.Enabled = c.ServiceID > 0
	for _, w := range written {
		c.Enabled = c.Enabled || !w.empty()
		r.secret = r.secret || w.hash != ""
	}
	s.flag("enabled", &c.Enabled)
	checkAccountParams(s, c.AccountParams)
	c.Credentials = credentials(written)
	if c.Enabled {
		checkUzum(s, c, written)
	}
}

// writtenCredential is one [[uzum.credentials]] as it stands in the file.
type writtenCredential struct {
	section     *section
	login, hash string
}

func (w writtenCredential) empty() bool { return w.login == "" && w.hash == "" }

func readCredentials(s *section) []writtenCredential {
	var all []writtenCredential
	for _, item := range s.list("credentials") {
		w := writtenCredential{section: item}
		asWritten := func(text string) (string, error) { return text, nil }
		read(item, "login", &w.login, asWritten)
		read(item, "password_hash", &w.hash, asWritten)
		all = append(all, w)
	}
	return all
}

// credentials checks what is filled in, and returns those that are complete.
func credentials(written []writtenCredential) []Credential {
	var all []Credential
	for _, w := range written {
		if err := checkLogin(w.login); err != nil {
			w.section.refuseAt(w.section.node.values["login"].line, "login", err)
		}
		if w.hash == "" {
			continue
		}
		verifier, err := password.Parse(w.hash)
		if err != nil {
			w.section.refuse("password_hash", err.Error(), hashHint)
		}
		if w.login != "" {
			all = append(all, Credential{Login: w.login, Password: verifier})
		}
	}
	return all
}

const hashHint = "run tushum hash-password and put its line here in single quotes, never the password itself"

func (w writtenCredential) checkFilled() {
	if w.login == "" && !w.section.refused("login") {
		w.section.refuse("login", "not filled in", "the login that the bank sends, as agreed with it")
	}
	if w.hash == "" && !w.section.refused("password_hash") {
		w.section.refuse("password_hash", "not filled in", hashHint)
	}
}

// checkUzum says what a connection to the bank still needs.
func checkUzum(s *section, c *Uzum, written []writtenCredential) {
	if c.ServiceID <= 0 && !s.refused("service_id") {
		s.refuse("service_id", "not filled in", "the bank gives the number when the shop is registered")
	}
	for _, w := range written {
		w.checkFilled()
	}
	if len(written) == 0 && !s.refused("credentials") {
		s.refuse("credentials", "missing", "add [[uzum.credentials]] with a login and a password_hash, as agreed with the bank")
	}
	if len(written) > maxCredentials {
		s.report.add(written[maxCredentials].section.node.line, s.key("credentials"),
			fmt.Sprintf("more than %d", maxCredentials), "keep the one in use and the one to come")
	}
}

func checkAccountParams(s *section, params []string) {
	if len(params) == 0 || len(params) > maxAccountParams {
		s.refuse("account_params", "wants one to eight names", `the default is ["account", "order_id"]`)
	}
	seen := make(map[string]bool)
	for _, name := range params {
		if seen[name] {
			s.refuse("account_params", shown(name)+" stands there twice", "")
			return
		}
		seen[name] = true
	}
}
