package config

import (
	"math"
	"strings"

	"tushum/internal/lang"
	"tushum/internal/password"
)

// FilledIn reports whether the bank's keys are there. Whether it may use them is
// for Enabled to say.
func (u Uzum) FilledIn() bool { return u.ServiceID > 0 && len(u.Credentials) > 0 }

const (
	maxCredentials   = 2 // the one in use, and the one for tests or to come
	maxAccountParams = 8
)

var (
	sayNotFilledIn = lang.Text{UZ: "to‘ldirilmagan", RU: "не заполнено", EN: "not filled in"}
	hintHash       = lang.Text{
		UZ: "tushum hash-password ni ishga tushirib, chiqargan qatorini shu yerga bittalik qo‘shtirnoqda yozing; parolning o‘zini hech qachon yozmang",
		RU: "запустите tushum hash-password и впишите сюда его строку в одинарных кавычках, а сам пароль — никогда",
		EN: "run tushum hash-password and put its line here in single quotes, never the password itself",
	}
	sayNoServiceID = fault{says: sayNotFilledIn, hint: lang.Text{
		UZ: "do‘kon ro‘yxatdan o‘tganda bank bu raqamni beradi",
		RU: "номер даёт банк при регистрации магазина",
		EN: "the bank gives the number when the shop is registered",
	}}
	sayNoLogin = fault{says: sayNotFilledIn, hint: lang.Text{
		UZ: "bank yuboradigan, u bilan kelishilgan login",
		RU: "логин, который присылает банк, как с ним условлено",
		EN: "the login that the bank sends, as agreed with it",
	}}
	sayNoHash   = fault{says: sayNotFilledIn, hint: hintHash}
	sayNotAHash = fault{
		says: lang.Text{UZ: "bu argon2id xeshi ham, bcrypt xeshi ham emas", RU: "это не хеш argon2id и не хеш bcrypt", EN: "neither an argon2id nor a bcrypt hash"},
		hint: hintHash,
	}
	sayBadHash = fault{
		says: lang.Text{UZ: "parol xeshi yaroqsiz: %s", RU: "хеш пароля не годится: %s", EN: "the password hash can't be used: %s"},
		hint: hintHash,
	}
	sayNoCredentials = fault{
		says: lang.Text{UZ: "berilmagan", RU: "не заданы", EN: "missing"},
		hint: lang.Text{
			UZ: "bank bilan kelishilgan login va password_hash bilan [[uzum.credentials]] qo‘shing",
			RU: "добавьте [[uzum.credentials]] с login и password_hash, как условлено с банком",
			EN: "add [[uzum.credentials]] with a login and a password_hash, as agreed with the bank",
		},
	}
	sayManyCredentials = fault{
		says: lang.Text{UZ: "%d tadan ko‘p", RU: "больше чем %d", EN: "more than %d"},
		hint: lang.Text{UZ: "amaldagisini va keyingisini qoldiring", RU: "оставьте действующий и следующий", EN: "keep the one in use and the one to come"},
	}
	sayNoMethods = fault{
		says: lang.Text{UZ: "kamida bitta usul kerak", RU: "нужен хотя бы один способ", EN: "wants at least one method"},
		hint: lang.Text{UZ: `odatdagisi — ["app", "card"]`, RU: `по умолчанию — ["app", "card"]`, EN: `the default is ["app", "card"]`},
	}
	sayParamsCount = fault{
		says: lang.Text{UZ: "birdan sakkiztagacha nom bo‘lishi kerak", RU: "ожидается от одного до восьми имён", EN: "wants one to eight names"},
		hint: lang.Text{UZ: `odatdagisi — ["account", "order_id"]`, RU: `по умолчанию — ["account", "order_id"]`, EN: `the default is ["account", "order_id"]`},
	}
)

// uzum reads [uzum]. Unless enabled says so, the bank is connected as soon as
// anything that it needs is filled in: a file that was filled in by half is an
// error and not a shop that silently takes no money.
func (r *reader) uzum(s *section, c *Uzum) {
	s.integer("service_id", &c.ServiceID, 0, math.MaxInt64)
	read(s, "path", &c.Path, webhookPath)
	readAll(s, "account_params", &c.AccountParams, once(accountParam))
	s.amounts(&c.MinAmount, &c.MaxAmount)
	read(s, "transaction_ttl", &c.TransactionTTL, transactionTTL)
	s.flag("prefill_amount", &c.PrefillAmount)
	read(s, "app_link", &c.AppLink, appLink)
	s.flag("test_mode", &c.TestMode)
	s.flag("accept_reversals", &c.AcceptReversals)
	readAll(s, "methods", &c.Methods, once(method))
	written := readCredentials(s)
	c.Enabled = c.ServiceID > 0
	for _, w := range written {
		c.Enabled = c.Enabled || !w.empty()
		r.secret = r.secret || w.hash != ""
	}
	s.flag("enabled", &c.Enabled)
	c.Off = s.has("enabled") && !c.Enabled
	checkAccountParams(s, c.AccountParams)
	if len(c.Methods) == 0 {
		s.refuse("methods", sayNoMethods)
	}
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
			w.section.refuse("password_hash", hashFault(w.hash, err))
		}
		if w.login != "" {
			all = append(all, Credential{Login: w.login, Password: verifier})
		}
	}
	return all
}

// hashFault words what is wrong with a hash; what is wrong within one is said
// in English behind the sentence.
func hashFault(hash string, err error) fault {
	if !strings.HasPrefix(hash, "$") {
		return sayNotAHash
	}
	return sayBadHash.about(err)
}

func (w writtenCredential) checkFilled() {
	if w.login == "" && !w.section.refused("login") {
		w.section.refuse("login", sayNoLogin)
	}
	if w.hash == "" && !w.section.refused("password_hash") {
		w.section.refuse("password_hash", sayNoHash)
	}
}

// checkUzum says what a connection to the bank still needs.
func checkUzum(s *section, c *Uzum, written []writtenCredential) {
	if c.ServiceID <= 0 && !s.refused("service_id") {
		s.refuse("service_id", sayNoServiceID)
	}
	for _, w := range written {
		w.checkFilled()
	}
	if len(written) == 0 && !s.refused("credentials") {
		s.refuse("credentials", sayNoCredentials)
	}
	if len(written) > maxCredentials {
		s.report.add(written[maxCredentials].section.node.line, s.key("credentials"), sayManyCredentials.about(maxCredentials))
	}
}

func checkAccountParams(s *section, params []string) {
	if len(params) == 0 || len(params) > maxAccountParams {
		s.refuse("account_params", sayParamsCount)
	}
}
