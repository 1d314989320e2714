package doctor

import (
	"context"
	"errors"
	"iter"
	"net"
	"net/netip"
	"time"

	"tushum/internal/config"
	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/store"
)

// Subject is the shop that is looked over. What is nil is not there, and the
// checks that need it say so or are skipped. Its functions may be called from
// any goroutine.
type Subject struct {
	Now      func() time.Time
	Patience time.Duration // how long one check may take; zero: 10 s

	File    string                        // the settings file; empty: the shop has none
	Load    func() (config.Config, error) // reads it as it is now
	Config  *config.Config                // what is in force; nil: nothing could be read
	Systems store.Systems                 // the payment systems; empty: none is looked at
	Running bool                          // a service runs, and was not started for this
	Waiting *Trouble                      // settings that take effect at the next start only
	Refused *Trouble                      // why the service does not take the file as it stands; nil: it does, or none runs
	Start   *Trouble                      // why no service could be started; nil: one is there, or none was tried
	Listens *Listener                     // nil: nothing of ours listens
	Files   func() *Trouble               // why the files of the certificate that the settings name can't be used
	Store   string                        // the store's file; empty: not known
	Ledger  Ledger                        // nil: the store is not open
	Closed  *Trouble                      // why it is not open
	Verify  Verify                        // nil: the store can't be verified
	Free    Free                          // nil: disk.Free

	Resolver Resolver                   // nil: the system's
	Rehearse func() (*Rehearsal, error) // nil: nothing of ours listens; ErrRehearsing: others do
	Outside  func(netip.Addr) bool      // whether calls from here reach an address only through a router; nil: as the interfaces tell
	Used     []time.Time                // when each credential was last right; nil: no service runs
	Bank     *Pair                      // what the bank is said to call with; nil: not asked about
	Try      func(Pair) bool            // whether a pair is one of the settings in force; nil: there are none
}

// Trouble is why something is not there, in words.
type Trouble struct{ Says, Hint lang.Text }

// Listener is where the program itself takes calls.
type Listener struct {
	Address net.Addr
	Secure  bool     // it speaks HTTPS
	Trouble *Trouble // why the newest attempt to read or to get its certificate failed; nil: it did not
}

// Ledger is what the doctor needs of the open store.
type Ledger interface {
	Ready() error
	FindCalls(ctx context.Context, q store.CallQuery) iter.Seq2[store.Call, error]
	Subscribe() (wake <-chan struct{}, cancel func())
}

// Verify looks through the store's file and tells what is wrong with it, one
// problem a line. Payments go on meanwhile.
type Verify func(ctx context.Context) (problems []string, err error)

// Free tells how much room the disk of a path has, and how much it holds, in
// bytes.
type Free func(path string) (free, total uint64, err error)

// Resolver finds the addresses of a host, as net.Resolver does.
type Resolver interface {
	LookupNetIP(ctx context.Context, network, host string) ([]netip.Addr, error)
}

// Pair is a login with its password.
type Pair struct{ Login, Password string }

// ErrRehearsing is told where as many payments are played as can be at a time.
var ErrRehearsing = errors.New("other examinations are going on")

// Rehearsal is a payment that is played on the real listener and leaves no
// trace: calls with its pair are answered by a ledger of its own.
type Rehearsal struct {
	Pair
	Wrong     *Pair // one that the rehearsal refuses, as a wrong password is; nil: not played
	ServiceID int64
	Number    store.Number
	Amount    money.Amount     // tiyin
	Arrivals  func() []Arrival // the calls that have come, the oldest first
	End       func()
}

// Arrival is how a call of a rehearsal has come.
type Arrival struct {
	Peer      netip.Addr // the other end of the connection
	Caller    netip.Addr // who called, as far as the settings believe what proxies say
	Forwarded bool       // a proxy has named a caller
}
