package main

import (
	"context"
	"errors"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"tushum/internal/config"
	"tushum/internal/doctor"
	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/internal/setup"
	"tushum/store"
)

// courier is a payment system that nobody has heard of: it is what docs/architecture.md
// says a further one has to be, and a line in the table.
type courier struct {
	mu    sync.Mutex
	deals map[string]store.DealNews // by the shop's name for them
}

const courierName store.System = "courier"

func (*courier) Profile() store.Profile {
	return store.Profile{
		System: courierName, Name: lang.Text{EN: "Courier"}, Can: store.Abilities{Deals: true, Card: true}, State: store.Connected,
		Least: 1000 * money.Som, Most: 10_000_000 * money.Som,
	}
}

func (*courier) AppLink(store.Invoice, money.Amount, string) string { return "" }

func (c *courier) Make(_ context.Context, o store.DealOrder) (store.DealNews, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	n := store.DealNews{ID: "courier-" + o.Ref, State: store.DealOpen, Word: "waiting", URL: "https://courier.example/" + o.Ref, Amount: o.Amount}
	c.deals[o.Ref] = n
	return n, nil
}

func (c *courier) Find(_ context.Context, d store.Deal) (store.DealNews, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	n, ok := c.deals[d.Ref]
	if !ok {
		return n, store.DealNotThere
	}
	return n, nil
}

func (c *courier) Look(ctx context.Context, d store.Deal) (store.DealNews, error) {
	return c.Find(ctx, d)
}

func (*courier) PayTo(context.Context, store.Deal) (store.PayTo, error) {
	return store.PayTo{}, store.ErrOwnPage
}

func (*courier) CallOff(context.Context, store.Deal) error { return nil }
func (*courier) Test(context.Context) error                { return nil }

// Hint believes who says "courier", and takes the rest for the deal.
func (*courier) Hint(_ http.Header, body []byte) (string, error) {
	id, ok := strings.CutPrefix(string(body), "courier ")
	if !ok {
		return "", errors.New("this is no call of the courier's")
	}
	return id, nil
}

// brings is the customer's money at the door.
func (c *courier) brings(ref string) (id string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	n := c.deals[ref]
	n.State, n.Word = store.DealCompleted, "delivered"
	c.deals[ref] = n
	return n.ID
}

// The recipe for a further payment system is true: with a package of its own and a
// line in the table, invoices are made for it, its deals are led, its calls come in
// at a path of its own, its money is in the books, and the doctor looks it over.
//
// It adds to the table of all, so it does not run beside other tests.
func TestAFurtherPaymentSystemIsAPackageAndALine(t *testing.T) { //nolint:paralleltest // see above
	third := &courier{deals: make(map[string]store.DealNews)}
	makers = append(makers, func(config.Config) store.PaymentSystem { return third })
	defer func() { makers = makers[:len(makers)-1] }()
	cfg := config.Default()
	cfg.Listener.Address = "127.0.0.1:0"
	cfg.Listener.PublicURL = "https://pay.shop.uz"
	cfg.Routing["goods"] = config.System(courierName)
	svc, err := startService(cfg, serviceOptions{Path: filepath.Join(t.TempDir(), "tushum.db")})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := svc.Close(); err != nil {
			t.Error(err)
		}
	}()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()

	inv, err := svc.shop.Issue(ctx, store.Draft{Kind: store.Goods, Amount: 45_000 * money.Som, By: "aziza"})
	if err != nil || inv.System != courierName {
		t.Fatalf("the invoice is %+v, %v", inv, err)
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: patience}
	if page := pageAt(t, client, svc.URL()+"/pay/"+inv.Token.String()+"?lang=en"); !strings.Contains(page, "Pay by card") {
		t.Errorf("the page offers no way to pay by the courier:\n%s", page)
	}
	d, err := svc.deals.Begin(ctx, store.DealOrder{Number: inv.Number, By: "page"})
	if err != nil || d.System != courierName || d.State != store.DealOpen || d.URL != "https://courier.example/"+d.Ref {
		t.Fatalf("the deal is %+v, %v", d, err)
	}

	wake, stop := svc.shop.Subscribe()
	defer stop()
	answer, err := client.Post(svc.URL()+"/courier/callback", "text/plain", strings.NewReader("courier "+third.brings(d.Ref)))
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		t.Errorf("the courier's call is answered %d", answer.StatusCode)
	}
	for inv.Status != store.Paid {
		select {
		case <-wake:
		case <-ctx.Done():
			t.Fatalf("the invoice is %s", inv.Status)
		}
		if inv, err = svc.shop.Invoice(ctx, inv.Number); err != nil {
			t.Fatal(err)
		}
	}
	if page := pageAt(t, client, svc.URL()+"/pay/"+inv.Token.String()+"?lang=en"); !strings.Contains(page, "Payment completed successfully") {
		t.Errorf("the page does not say so:\n%s", page)
	}
	day := svc.shop.Rules().Calendar.Day(store.At(time.Now()))
	totals, err := svc.shop.Totals(ctx, day, day)
	if err != nil || len(totals) != 1 || totals[0].System != courierName || totals[0].Amount != 45_000*money.Som {
		t.Errorf("the totals are %+v, %v", totals, err)
	}
	if r, err := svc.shop.Verify(ctx); err != nil || len(r.Problems) > 0 {
		t.Errorf("the ledger says %v, %v", r.Problems, err)
	}
	wantLookedOver(ctx, t, svc)
}

// wantLookedOver wants the doctor to ask the courier, and tushum setup to offer it.
func wantLookedOver(ctx context.Context, t *testing.T, svc *service) {
	t.Helper()
	subject := svc.subject(nil)
	subject.Config.Listener.PublicURL = "" // nobody goes out to the internet
	told := make(map[string]doctor.Result)
	for r := range doctor.Examine(ctx, subject) {
		told[r.Check] = r
	}
	for check, says := range map[string]string{"courier.connection": "knows the shop", "courier.callback": "public_url"} {
		if r := told[check]; r.Status == doctor.Failed || !strings.Contains(r.Says.EN, says) {
			t.Errorf("the doctor says %s, %q of %s", r.Status, r.Says.EN, check)
		}
	}
	q, _ := setup.Find(profilesIn(svc.shop.systems()), setup.RouteID("goods"))
	if !slices.ContainsFunc(q.Options, func(o setup.Option) bool { return o.Value == string(courierName) }) {
		t.Errorf("goods can go to %+v", q.Options)
	}
}

// pageless makes deals that lead nowhere, with this failure.
type pageless struct{ err error }

func (pageless) Begin(_ context.Context, o store.DealOrder) (store.Deal, error) {
	return store.Deal{Ref: "1", System: courierName, Number: o.Number, State: store.DealOpen}, nil
}

func (p pageless) PayTo(store.Deal) (store.PayTo, error) { return store.PayTo{}, p.err }

// closedDoor is the courier's own word for it.
type closedDoor struct{}

func (closedDoor) Error() string           { return "closed" }
func (closedDoor) In(lang.Lang) string     { return "the door is closed" }
func (closedDoor) HintIn(lang.Lang) string { return "ring twice" }

// What to do about a deal without a page is told by its own payment system, and nobody
// is sent to the settings of another.
func TestADealWithoutAPageIsExplainedByItsOwnSystem(t *testing.T) {
	t.Parallel()
	a, _, _ := testApp(t)
	cfg := config.Default()
	s := newShop(nil, cfg, append(systemsOf(cfg), new(courier)))
	number, err := store.NumberOf(store.FirstBase)
	if err != nil {
		t.Fatal(err)
	}
	for says, c := range map[string]struct {
		err  error
		hint string
	}{
		"Courier gave no page": {store.ErrOwnPage, "tushum invoice mark-paid " + number.String()},
		"the door is closed":   {errors.Join(store.ErrOwnPage, closedDoor{}), "ring twice"},
	} {
		a.deals = pageless{c.err}
		_, _, err := a.beginDeal(t.Context(), s, store.DealOrder{Number: number, By: "test"})
		_, told := a.explain(nil, err)
		if len(told) != 1 || !strings.Contains(told[0].says, says) || !strings.Contains(told[0].hint, c.hint) || strings.Contains(told[0].hint, "h2h") {
			t.Errorf("%v is told as %+v", c.err, told)
		}
	}
}

// What the settings refuse of a payment system by themselves is what it can't do by its
// profile: package config knows none of the profiles.
func TestTheSettingsKnowWhatEverySystemCan(t *testing.T) { //nolint:paralleltest // another test adds to the table for a while
	refused := func(text string) string {
		_, err := config.Parse([]byte(text), filepath.Join(t.TempDir(), "config.toml"))
		var why config.Errors
		if !errors.As(err, &why) {
			return ""
		}
		return why[0].In(lang.EN) + ": " + why[0].HintIn(lang.EN)
	}
	var names []string
	for _, system := range systemsOf(config.Default()) {
		p := system.Profile()
		name := string(p.System)
		names = append(names, name)
		if no := strings.Contains(refused("[routing]\ncounter = '"+name+"'"), "takes no amounts that the payer types"); no == (p.Can.Counter || p.Can.ByHand) {
			t.Errorf("that %s can't stand at the till is %t by the settings, and its profile says %+v", name, no, p.Can)
		}
		if taken := refused("[uzum]\npath = '/"+name+"/x'") != ""; taken != p.Can.Deals {
			t.Errorf("that /%s is taken is %t by the settings, and its profile says %+v", name, taken, p.Can)
		}
		if why := refused("[routing]\nvisit = '" + name + "'"); strings.Contains(why, "is not a payment system") {
			t.Errorf("%s can't be routed to: %s", name, why)
		}
	}
	last := len(names) - 1
	if why, want := refused("[routing]\nvisit = 'nobody'"), "write "+strings.Join(names[:last], ", ")+" or "+names[last]; !strings.Contains(why, want) {
		t.Errorf("the settings say %q, want %q: they know other systems than the table", why, want)
	}
}
