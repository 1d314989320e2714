// Package config owns the settings file: where it is looked for, how it is
// read and edited, and which values make sense. What it hands out is checked and
// typed, so that no other package reads settings as text.
//
// The manual of the settings is config.example.toml at the root. The package
// may import the leaves internal/money, internal/lang, internal/message and
// internal/password, and it alone imports the TOML library.
package config

import (
	"net/netip"
	"time"

	// The books depend on the shop's time zone, and Windows has no zone files.
	_ "time/tzdata"

	"tushum/internal/lang"
	"tushum/internal/message"
	"tushum/internal/money"
	"tushum/internal/password"
)

// Config is the whole of the settings. Its paths are absolute, as far as the
// path of the file they stand in is known.
type Config struct {
	Path     string // the file the settings were read from; empty for the defaults
	Shop     Shop
	Store    Store
	Listener Listener
	Uzum     Uzum
	OneClick OneClick
	Routing  map[Kind]System // every kind is there
	Console  Console
	Watch    Watch
	Message  map[lang.Lang]message.Template // what is sent with a payment link; every language is there
	Tariffs  []Tariff                       // those of the file, or DefaultTariffs
}

// Shop is what customers and the books see of the shop.
type Shop struct {
	Name      string
	Address   string
	Phone     string // as it is shown to customers
	TIN       string // 9 digits, or the 14 of a person; may be empty
	Language  lang.Lang
	Location  *time.Location
	DayStarts time.Duration // from midnight to the start of a business day, under 24 h
}

// Store is where the ledger is kept.
type Store struct {
	Path string // empty: see DefaultStore
}

// Listener is how the bank and customers reach the program.
type Listener struct {
	Address        string // host:port
	PublicURL      string // scheme and host, no trailing slash; empty: no pay page
	TLSCert        string // path of a PEM file; empty together with TLSKey
	TLSKey         string
	TrustedProxies []netip.Prefix // whose forwarded addresses are believed
	AdminAddress   string         // host:port of /metrics; empty: off
	PlainHTTP      bool           // the owner wants no HTTPS on an address that others can reach
	ACME           ACME
}

// ACME is how certificates are got without a person; off without domains.
type ACME struct {
	Domains     []string // lower-case
	Email       string
	Directory   string // https URL; empty: Let's Encrypt
	CARoot      string // path of a PEM file to trust the directory and its certificates by; empty: the system's
	HTTPAddress string // host:port where HTTP-01 challenges are answered; empty: TLS-ALPN-01 only
}

// Uzum is the connection to Uzum Bank's Merchant API.
type Uzum struct {
	Enabled         bool
	Off             bool  // the settings say so; where they say nothing, what is not filled in is not enabled either
	ServiceID       int64 // above zero when enabled
	Path            string
	AccountParams   []string     // one to eight; the first is used in links
	MinAmount       money.Amount // tiyin
	MaxAmount       money.Amount // tiyin; zero: none
	TransactionTTL  time.Duration
	PrefillAmount   bool
	AppLink         string
	TestMode        bool
	AcceptReversals bool
	Methods         []Method     // what customers are offered, each once; at least one
	Credentials     []Credential // one or two when enabled
}

// Method is a way of paying that the pay page offers.
type Method string

// The methods.
const (
	MethodApp  Method = "app"  // the bank's app
	MethodCard Method = "card" // a card number, where a system that takes cards is routed to
)

// Credential is a login of the bank and the hash of its password.
type Credential struct {
	Login    string
	Password password.Verifier
}

// OneClick is the connection to the second payment system.
type OneClick struct {
	Enabled         bool
	BaseURL         string // scheme and host, no trailing slash
	CredentialsFile string
	Country         string    // two capital letters; empty: not sent
	Lang            lang.Lang // empty: the customer's
	Flow            Flow
	CredentialsPath string        // path at BaseURL, with {id} for the deal
	CallsPerSecond  int           // to the vendor, all together
	Watch           time.Duration // how long an ended deal is watched for a dispute
	TestMode        bool          // payments are not money
	MinAmount       money.Amount  // tiyin
	MaxAmount       money.Amount  // tiyin; zero: none
}

// Flow is how a OneClick payment is shown to the payer.
type Flow string

// The flows of OneClick.
const (
	Widget     Flow = "widget" // on the vendor's page
	HostToHost Flow = "h2h"    // on our own page
)

// System is the name of a payment system.
type System string

// The payment systems a kind of payment can be routed to.
const (
	SystemUzum     System = "uzum"
	SystemOneClick System = "oneclick"
	SystemManual   System = "manual"
)

// Kind is the name of a kind of payment.
type Kind string

// counter is the QR at the till: payers type the amount.
const counter Kind = "counter"

// Kinds lists the kinds of payment, in the order of the settings.
func Kinds() []Kind {
	return []Kind{"visit", "goods", "prepayment", "giftcard", "membership", "topup", counter}
}

// Console is how the console looks and sounds at the till.
type Console struct {
	Bell            []Occasion // each once; empty: silence
	ASCIIApostrophe bool       // so'm instead of so‘m
	Theme           Theme
}

// Occasion is something that the bell can be rung for.
type Occasion string

// The occasions of the bell.
const (
	OnConfirmed Occasion = "confirmed" // money came
	OnCreated   Occasion = "created"   // somebody has begun to pay
	OnFailed    Occasion = "failed"    // an attempt came to nothing
	OnReversed  Occasion = "reversed"  // the bank took a payment back
	OnRefused   Occasion = "refused"   // a call of the bank was refused
)

// Theme is which background the colours of the console are made for.
type Theme string

// The themes.
const (
	ThemeAuto  Theme = "auto" // as the terminal answers when asked
	ThemeLight Theme = "light"
	ThemeDark  Theme = "dark"
)

// Watch is when somebody is to be told that nothing happens.
type Watch struct {
	Opens, Closes time.Duration // from midnight; Closes is above Opens, 24 h at most
	Closed        [7]bool       // by time.Weekday: days on which the shop does not open; never all of them
	SilentAfter   time.Duration // of opening hours without a call of the bank; zero: never
}

// Default returns the settings of an empty file: a shop in Tashkent that is
// not connected to any payment system yet.
func Default() Config {
	cfg := Config{
		Shop:     Shop{Language: lang.UZ, Location: tashkent()},
		Listener: Listener{Address: "127.0.0.1:8080"},
		Uzum: Uzum{
			Path:            "/uzum",
			AccountParams:   []string{"account", "order_id"},
			MinAmount:       1_000 * money.Som,
			MaxAmount:       100_000_000 * money.Som,
			TransactionTTL:  30 * time.Minute,
			PrefillAmount:   true,
			AppLink:         "https://www.uzumbank.uz/open-service",
			AcceptReversals: true,
			Methods:         []Method{MethodApp, MethodCard},
		},
		OneClick: OneClick{ //nolint:gosec // G101: CredentialsPath is a path of the vendor's API and no credential.
			Country:         "UZ",
			Flow:            Widget,
			CredentialsPath: "/deals/{id}/credentials",
			CallsPerSecond:  5,
			Watch:           7 * 24 * time.Hour,
			MinAmount:       1_000 * money.Som,
			MaxAmount:       100_000_000 * money.Som,
		},
		Routing: make(map[Kind]System),
		Console: Console{Bell: []Occasion{OnConfirmed}, Theme: ThemeAuto},
		Watch:   Watch{Opens: 9 * time.Hour, Closes: 21 * time.Hour, SilentAfter: 24 * time.Hour},
		Message: make(map[lang.Lang]message.Template),
		Tariffs: DefaultTariffs(),
	}
	for _, l := range lang.All {
		cfg.Message[l] = message.Default(l)
	}
	for _, kind := range Kinds() {
		cfg.Routing[kind] = SystemUzum
	}
	return cfg
}

// tashkent is embedded with the other zones. Should a system's own zone files
// be broken, the fixed zone is the same: UTC+5 without summer time.
func tashkent() *time.Location {
	zone, err := time.LoadLocation("Asia/Tashkent")
	if err != nil {
		return time.FixedZone("Asia/Tashkent", 5*60*60)
	}
	return zone
}
