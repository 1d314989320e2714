package setup

import (
	"strings"

	"tushum/internal/config"
)

// The questions by their IDs. Those of routing and of tariffs are made by
// RouteID and TariffID, and those of further payment systems stand with theirs.
const (
	ShopName     ID = "shop-name"
	ShopAddress  ID = "shop-address"
	ShopPhone    ID = "shop-phone"
	ShopLanguage ID = "shop-language"

	UzumServiceID    ID = "uzum-service-id"
	UzumPair         ID = "uzum-pair"
	UzumLogin        ID = "uzum-login"
	UzumPassword     ID = "uzum-password"
	UzumKeepOld      ID = "uzum-keep-old"
	UzumAccountParam ID = "uzum-account-param"
	UzumPath         ID = "uzum-path"

	UzumEnabled   ID = "uzum-enabled"
	UzumMethods   ID = "uzum-methods"
	UzumMinAmount ID = "uzum-min-amount"
	UzumMaxAmount ID = "uzum-max-amount"
	UzumTestMode  ID = "uzum-test-mode"

	ListenAddress   ID = "listen-address"
	PublicURL       ID = "public-url"
	HTTPS           ID = "https"
	TLSCert         ID = "tls-cert"
	TLSKey          ID = "tls-key"
	ACMEDomain      ID = "acme-domain"
	ACMEEmail       ID = "acme-email"
	ACMEDirectory   ID = "acme-directory"
	ACMECARoot      ID = "acme-ca-root"
	ACMEHTTPAddress ID = "acme-http-address"
	TrustedProxies  ID = "trusted-proxies"

	TariffFrom ID = "tariff-from"
)

// What is known beside the answers to questions.
const (
	// PasswordHash is the hash of a password that was typed in a setup that was
	// interrupted since: all that is kept of it.
	PasswordHash ID = "uzum-password-hash"
	// plainHTTP is Yes where the settings allow an address without HTTPS that
	// others can reach.
	plainHTTP ID = "plain-http"
	// pairsInUse is how many pairs of login and password the settings hold, and
	// loginInUse the login of the newest; empty where there are none.
	pairsInUse ID = "pairs-in-use"
	loginInUse ID = "login-in-use"
	// bankOff is Yes where the settings have the bank switched off.
	bankOff ID = "uzum-off"
)

// known are what the settings alone say: From sets these, and nobody answers
// them.
func known() []ID {
	all := []ID{plainHTTP, pairsInUse, loginInUse, bankOff}
	for _, c := range asking() {
		all = append(all, c.inUse())
	}
	return all
}

// The answers of a question that is to be decided.
const (
	Yes = "yes"
	No  = "no"
)

// The answers of a switch.
const (
	On  = "on"
	Off = "off"
)

// KeepOlder is the third answer of UzumKeepOld: of two pairs the newer goes,
// because the bank never got it.
const KeepOlder = "older"

// The answers of HTTPS: who does it.
const (
	ByFiles = "files" // this program, with a certificate of the shop's
	ByACME  = "acme"  // this program, which gets its certificates by itself
	ByProxy = "proxy" // a program in front of this one
	ByNone  = "none"  // nobody: this machine only
)

// RouteID is the question of which system takes a kind of payment.
func RouteID(kind config.Kind) ID { return ID("route-" + string(kind)) }

// TariffID is the question of the fee of a payment source.
func TariffID(source string) ID {
	return ID("tariff-" + strings.ToLower(strings.ReplaceAll(source, "_", "-")))
}
