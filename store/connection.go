package store

import "tushum/internal/lang"

// ConnectionState is how far a payment system has come for this shop.
type ConnectionState string

// The states of a connection, in the order in which a shop goes through them.
const (
	NotConnected ConnectionState = "not_connected" // its keys are not filled in
	Paused       ConnectionState = "paused"        // filled in, and switched off
	Connected    ConnectionState = "connected"     // it may call, and has not yet
	FirstCall    ConnectionState = "first_call"    // it has called with the right password; nobody has paid yet
	Live         ConnectionState = "live"          // a payment has been confirmed
	Failing      ConnectionState = "failing"       // its newest calls come to nothing: see the warnings
)

// Connection is a payment system as the settings and its calls show it.
type Connection struct {
	System   System
	Name     lang.Text // what people call it
	State    ConnectionState
	Test     bool    // payments are not money
	LastCall Instant // the newest with the right password; zero: none that is known of
}

// Open tells whether invoices can be made for the system.
func (c Connection) Open() bool { return c.State.open() }

// Open tells whether invoices can be made for the system.
func (p Profile) Open() bool { return p.State.open() }

func (s ConnectionState) open() bool { return s != NotConnected && s != Paused }

// Warning is something that somebody should look at while payments go on.
type Warning struct {
	Code  WarningCode
	Since Instant   // zero: not known
	Says  lang.Text // what is wrong, in one sentence
	Hint  lang.Text // what to do
}

// WarningCode names a kind of warning; scripts that read /readyz may rely on it.
type WarningCode string

// The warnings.
const (
	BankSilent         WarningCode = "bank_silent"         // no good call for longer than set, in opening hours
	CallsRefused       WarningCode = "calls_refused"       // calls fail authentication, and none has succeeded since
	WrongServiceID     WarningCode = "wrong_service_id"    // calls carry another service id
	CallsFailing       WarningCode = "calls_failing"       // calls come to nothing otherwise: this program can't answer
	CertificateEnding  WarningCode = "certificate_ending"  // it ends soon, as Validity has it, or has ended
	CertificateFailing WarningCode = "certificate_failing" // none could be got or read
	CertificateWrong   WarningCode = "certificate_wrong"   // it is not for the public address, or not in order
	DiskShort          WarningCode = "disk_short"          // as disk.Short has it
	SettingsRefused    WarningCode = "settings_refused"    // the file was changed and can't be used: the old ones hold
	SettingsWaiting    WarningCode = "settings_waiting"    // a change takes effect at the next start only
	ClockAside         WarningCode = "clock_aside"         // this machine's clock and the bank's differ
	SystemUnreachable  WarningCode = "system_unreachable"  // a payment system can't be asked about its deals
	DealTroubled       WarningCode = "deal_troubled"       // a deal of which the ledger can't make anything
	MoneyUnsettled     WarningCode = "money_unsettled"     // money came that no invoice waited for
	MoneyTakenBack     WarningCode = "money_taken_back"    // the money of a completed deal went back, and the shop had not asked
)
