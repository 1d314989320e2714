package setup

import (
	"net/netip"
	"strconv"
	"strings"

	"tushum/internal/config"
)

// field is a question whose answer is one setting.
type field struct {
	id    ID
	key   string
	read  func(config.Config) string
	value func(answer string) config.Value // of an answer that has passed its check
}

// fields are the settings in the order of the file.
func fields() []field {
	all := []field{
		{ShopName, "shop.name", func(c config.Config) string { return c.Shop.Name }, config.Text},
		{ShopAddress, "shop.address", func(c config.Config) string { return c.Shop.Address }, config.Text},
		{ShopPhone, "shop.phone", func(c config.Config) string { return c.Shop.Phone }, config.Text},
		{ShopLanguage, "shop.language", func(c config.Config) string { return string(c.Shop.Language) }, config.Text},

		{ListenAddress, "listener.address", func(c config.Config) string { return c.Listener.Address }, config.Text},
		{PublicURL, "listener.public_url", func(c config.Config) string { return c.Listener.PublicURL }, config.Text},
		{TLSCert, "listener.tls_cert", func(c config.Config) string { return c.Listener.TLSCert }, config.Text},
		{TLSKey, "listener.tls_key", func(c config.Config) string { return c.Listener.TLSKey }, config.Text},
		{TrustedProxies, "listener.trusted_proxies", func(c config.Config) string { return networks(c.Listener.TrustedProxies) }, texts},
		{ACMEDomain, "listener.acme.domains", func(c config.Config) string { return strings.Join(c.Listener.ACME.Domains, ",") }, texts},
		{ACMEEmail, "listener.acme.email", func(c config.Config) string { return c.Listener.ACME.Email }, config.Text},
		{ACMEDirectory, "listener.acme.directory", func(c config.Config) string { return c.Listener.ACME.Directory }, config.Text},
		{ACMECARoot, "listener.acme.ca_root", func(c config.Config) string { return c.Listener.ACME.CARoot }, config.Text},
		{ACMEHTTPAddress, "listener.acme.http_address", func(c config.Config) string { return c.Listener.ACME.HTTPAddress }, config.Text},

		{UzumServiceID, "uzum.service_id", serviceID, whole},
		{UzumEnabled, "uzum.enabled", enabled, flag},
		{UzumPath, "uzum.path", func(c config.Config) string { return c.Uzum.Path }, config.Text},
		{UzumAccountParam, "uzum.account_params", func(c config.Config) string { return strings.Join(c.Uzum.AccountParams, ",") }, texts},
		{UzumMethods, "uzum.methods", methods, texts},
		{UzumMinAmount, "uzum.min_amount", func(c config.Config) string { return amountAnswer(c.Uzum.MinAmount) }, amountValue},
		{UzumMaxAmount, "uzum.max_amount", func(c config.Config) string { return amountAnswer(c.Uzum.MaxAmount) }, amountValue},
		{UzumTestMode, "uzum.test_mode", func(c config.Config) string { return decided(c.Uzum.TestMode) }, flag},
	}
	for _, c := range asking() {
		all = append(all, c.fields()...)
	}
	for _, kind := range config.Kinds() {
		all = append(all, field{RouteID(kind), "routing." + string(kind), func(c config.Config) string { return string(c.Routing[kind]) }, config.Text})
	}
	return all
}

func texts(answer string) config.Value { return config.Texts(items(answer)) }

func flag(answer string) config.Value { return config.Flag(answer == Yes) }

// whole is a number that has passed its check; nothing is none.
func whole(answer string) config.Value {
	number, _ := strconv.ParseInt(answer, 10, 64)
	return config.Whole(number)
}

func decided(on bool) string {
	if on {
		return Yes
	}
	return No
}

func serviceID(c config.Config) string {
	if c.Uzum.ServiceID == 0 {
		return ""
	}
	return strconv.FormatInt(c.Uzum.ServiceID, 10)
}

// enabled is empty where there is nothing yet to switch off.
func enabled(c config.Config) string {
	if !c.Uzum.FilledIn() {
		return ""
	}
	return decided(c.Uzum.Enabled)
}

// methods are in the order of their question, whatever that of the file is.
func methods(c config.Config) string {
	names := make([]string, len(c.Uzum.Methods))
	for i, m := range c.Uzum.Methods {
		names[i] = string(m)
	}
	ordered, _ := several(methodOptions)(strings.Join(names, ","), nil) // the settings know no others
	return ordered
}

// networks writes single addresses without the length of their prefix.
func networks(all []netip.Prefix) string {
	names := make([]string, len(all))
	for i, p := range all {
		names[i] = p.String()
		if p.IsSingleIP() {
			names[i] = p.Addr().String()
		}
	}
	return strings.Join(names, ",")
}
