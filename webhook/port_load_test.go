package webhook_test

import (
	"fmt"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"tushum/store"
	"tushum/webhook"
	"tushum/webhook/webhooktest"
)

// The load of the test below: banks of which most hold their connection for as
// long as they may, and some dial for each call.
const (
	banks    = 16
	dialling = 4
	payments = 40 // of each bank at least, of three calls
)

// traffic is what the banks share while the shop changes under them.
type traffic struct {
	t       *testing.T
	at      atomic.Pointer[place]
	number  store.Number
	transID func() string
	calls   atomic.Int64
	anew    atomic.Int64 // times that a bank was asked to come anew

	counting sync.Mutex
	done     int            // payments
	left     chan struct{}  // closed when the port that was left is
	changes  map[int]func() // by how many payments are done

	// A bank changes its password between two calls.
	between sync.RWMutex
	secret  string
}

// bank is one of them.
type bank struct {
	*traffic
	dials bool // for each call
	over  *caller
}

func (b *bank) pay() error {
	id := b.transID()
	begin := fmt.Sprintf(`{"serviceId":%d,"timestamp":1,`, webhooktest.ServiceID)
	params := fmt.Sprintf(`"params":{"account":%s}`, b.number)
	if err := b.call("check", begin+params+"}"); err != nil {
		return err
	}
	begin += `"transId":"` + id + `",`
	if err := b.call("create", begin+params+`,"amount":500000}`); err != nil {
		return err
	}
	return b.call("confirm", begin+`"paymentSource":"UZCARD","tariff":null,"processingReferenceNumber":"1","phone":"998901234567","cardType":2}`)
}

func (b *bank) call(hook, body string) (err error) {
	b.between.RLock()
	defer b.between.RUnlock()
	if b.over == nil {
		if b.over, err = b.at.Load().call(); err != nil {
			return fmt.Errorf("connecting for %s: %w", hook, err)
		}
	}
	a, err := b.over.post("/uzum/"+hook, webhooktest.Login, b.secret, body)
	if err != nil {
		return fmt.Errorf("calling %s: %w", hook, err)
	}
	if a.status != http.StatusOK {
		return fmt.Errorf("%s was answered %s", hook, a)
	}
	b.calls.Add(1)
	if a.last {
		b.anew.Add(1)
	}
	if a.last || b.dials {
		b.hangUp()
	}
	return nil
}

func (b *bank) hangUp() {
	if b.over != nil {
		_ = b.over.conn.Close() // nothing is waited for
		b.over = nil
	}
}

// run plays the payments of one bank, and the changes that become due, and goes
// on until the port that was left is closed.
func (b *bank) run() {
	defer b.hangUp()
	for paid := 0; paid < payments || !isClosed(b.left); paid++ {
		if err := b.pay(); err != nil {
			b.t.Error(err)
			return
		}
		b.finish()
	}
}

func isClosed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

// leftPort is a listener that tells when it is closed.
type leftPort struct {
	net.Listener
	left chan struct{}
	once sync.Once
}

// Close implements net.Listener.
func (p *leftPort) Close() error {
	p.once.Do(func() { close(p.left) })
	return p.Listener.Close()
}

// finish counts a payment and makes the change that is due. Banks that finish one
// meanwhile wait, so that changes come in their order; the others go on calling.
func (f *traffic) finish() {
	f.counting.Lock()
	defer f.counting.Unlock()
	f.done++
	if change := f.changes[f.done]; change != nil {
		change()
	}
}

// Everything about the listener that a setting can change is changed while 16
// banks call it, and no call fails: not while a port that was left is still open,
// and not when it is closed.
func TestNoCallFailsWhileTheListenerChanges(t *testing.T) {
	t.Parallel()
	memory := webhooktest.NewMemory(webhooktest.Rules(), time.Now)
	s := webhooktest.Start(t, webhooktest.Options{Bank: memory, Now: time.Now, Quiet: true})
	traffic := &traffic{t: t, left: make(chan struct{}), secret: webhooktest.Secret, transID: webhooktest.TransIDs(), number: memory.Issue(store.Draft{Kind: store.Counter, By: "test"}).Number}
	traffic.at.Store(&place{s.Address(), false})
	traffic.changes = changesOf(t, s, traffic)
	var group sync.WaitGroup
	for i := range banks {
		b := &bank{traffic: traffic, dials: i < dialling}
		group.Go(b.run)
	}
	group.Wait()
	if got := traffic.calls.Load(); got != int64(traffic.done)*3 || traffic.done < banks*payments {
		t.Errorf("%d calls of %d were answered well", got, traffic.done*3)
	}
	if got := traffic.anew.Load(); got < 5*(banks-dialling) {
		t.Errorf("the banks that hold their connection were asked %d times to come anew, for five changes", got)
	}
	confirmed := 0
	for _, c := range memory.Calls() {
		if c.Webhook == "confirm" && c.Code == "" {
			confirmed++
		}
	}
	if confirmed != traffic.done {
		t.Errorf("%d payments were confirmed", confirmed)
	}
}

// changesOf are the changes, in the order in which they come.
func changesOf(t *testing.T, s *webhooktest.Shop, of *traffic) map[int]func() {
	t.Helper()
	const login, next = webhooktest.Login, "n3xt-canary"
	one, two := newCertificate(t, 1), newCertificate(t, 2)
	credentials := func(secrets ...string) func() {
		return func() {
			var all []webhook.Credential
			for _, s := range secrets {
				all = append(all, webhook.Credential{Login: login, Password: exactly(s)})
			}
			if err := s.Auth.Set(all); err != nil {
				t.Error(err)
			}
		}
	}
	change := func(c webhook.Certificates, secure bool) func() {
		return func() {
			if err := s.Server.Change(webhooktest.Path, c); err != nil {
				t.Error(err)
			}
			of.at.Store(&place{s.Address(), secure})
		}
	}
	move := func(l net.Listener) func() {
		return func() {
			s.Server.Serve(l)
			of.at.Store(&place{s.Address(), true})
		}
	}
	moveAway, moveOn := move(&leftPort{Listener: listen(t), left: of.left}), move(listen(t))
	takeUp := func() {
		of.between.Lock()
		defer of.between.Unlock()
		of.secret = next
	}
	steps := []func(){credentials(webhooktest.Secret, next), takeUp, credentials(next), change(one, true), change(two, true), moveAway, moveOn, change(nil, false)}
	changes := make(map[int]func())
	for i, step := range steps {
		changes[banks*payments*(i+1)/(len(steps)+2)] = step
	}
	return changes
}

// exactly is a Verifier that is quick.
type exactly string

func (e exactly) Verify(password []byte) bool { return string(password) == string(e) }
