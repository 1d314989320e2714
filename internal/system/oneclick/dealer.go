package oneclick

import (
	"context"
	"errors"
	"net/http"
	"time"

	"tushum/internal/config"
	"tushum/internal/oneclick"
	"tushum/store"
)

// Make fails for a deal whose id the ledger can't keep. Nobody was shown where to pay
// it, so it runs out unpaid, and for the shop it does not exist.
func (s system) Make(ctx context.Context, o store.DealOrder) (store.DealNews, error) {
	client, err := s.account.ready()
	if err != nil {
		return store.DealNews{}, err
	}
	language := s.settings.Lang
	if language == "" {
		language = o.Lang
	}
	asked := store.At(s.account.Now())
	deal, err := client.Create(ctx, oneclick.Order{
		InvoiceID: o.Ref, ClientID: o.Number.String(), Amount: o.Amount, Country: s.settings.Country, Lang: string(language),
		SuccessURL: o.Back, FailURL: o.Back, BackURL: o.Back,
	})
	if errors.Is(err, oneclick.ErrUnknownOutcome) {
		return store.DealNews{}, means(store.MakingUnknown, err)
	}
	if errors.Is(err, oneclick.ErrRefused) || errors.Is(err, oneclick.ErrOrder) {
		return store.DealNews{}, means(store.OrderRefused, err)
	}
	if err != nil {
		return store.DealNews{}, err
	}
	if !keepable(deal) {
		return store.DealNews{}, means(store.OrderRefused, longID{})
	}
	return news(deal, asked), nil
}

// Find reads a deal by itself, too, where the list has left out the page that the
// payer is to be sent to.
func (s system) Find(ctx context.Context, d store.Deal) (store.DealNews, error) {
	client, err := s.account.ready()
	if err != nil {
		return store.DealNews{}, err
	}
	deal, err := client.Find(ctx, d.Ref, d.AskedAt.Time())
	if errors.Is(err, oneclick.ErrNotThere) {
		return store.DealNews{}, means(store.DealNotThere, err)
	}
	if err != nil {
		return store.DealNews{}, err
	}
	if !keepable(deal) { // as Make would have refused it
		return store.DealNews{}, means(store.DealNotThere, longID{})
	}
	if deal.URL == "" && s.settings.Flow != config.HostToHost {
		if whole, err := client.Deal(ctx, deal.ID); err == nil && whole.Of(d.Ref) == nil {
			deal = whole
		}
	}
	return news(deal, d.AskedAt), nil
}

func (s system) Look(ctx context.Context, d store.Deal) (store.DealNews, error) {
	client, err := s.account.ready()
	if err != nil {
		return store.DealNews{}, err
	}
	deal, err := client.Deal(ctx, d.ID)
	if err == nil {
		err = deal.Of(d.Ref) // the money of another attempt would pay this one's invoice
	}
	if failure := new(oneclick.Error); errors.As(err, &failure) && failure.OfDeal() {
		return store.DealNews{}, means(store.DealUnreadable, err)
	}
	if err != nil {
		return store.DealNews{}, err
	}
	return news(deal, d.AskedAt), nil
}

func (s system) PayTo(ctx context.Context, d store.Deal) (store.PayTo, error) {
	if s.settings.Flow != config.HostToHost {
		return store.PayTo{}, store.ErrOwnPage
	}
	client, err := s.account.ready()
	if err != nil {
		return store.PayTo{}, err
	}
	to, err := client.PayTo(ctx, d.ID)
	switch {
	case errors.Is(err, oneclick.ErrNotReady):
		return store.PayTo{}, means(store.ErrNotReady, err)
	case errors.Is(err, oneclick.ErrDealCanceled):
		return store.PayTo{}, means(store.ErrCalledOff, err)
	case err != nil:
		return store.PayTo{}, err
	}
	return store.PayTo{Card: to.Number, Owner: to.Owner, Bank: to.Bank, QR: to.QR}, nil
}

func (s system) CallOff(ctx context.Context, d store.Deal) error {
	client, err := s.account.ready()
	if err != nil {
		return means(store.ErrNotAsked, err)
	}
	err = client.Cancel(ctx, d.ID)
	if failure := new(oneclick.Error); errors.As(err, &failure) && failure.Unheard() {
		return means(store.ErrNotAsked, err)
	}
	if errors.Is(err, oneclick.ErrUnknownOutcome) {
		return means(store.CallOffUnknown, err)
	}
	return err
}

// Test reads a page of the deals, which needs the credentials and moves nothing.
func (s system) Test(ctx context.Context) error {
	client, err := s.account.ready()
	if err != nil {
		return err
	}
	return client.Test(ctx)
}

func (s system) Hint(header http.Header, body []byte) (string, error) {
	client, err := s.account.ready()
	if err != nil {
		return "", err
	}
	return client.Credentials.Verify(header, body)
}

// states are the vendor's words in the ledger's.
var states = map[oneclick.Status]store.DealState{
	oneclick.Queued: store.DealOpen, oneclick.New: store.DealOpen, oneclick.Pending: store.DealOpen,
	oneclick.Paid: store.DealClaimed, oneclick.Disputed: store.DealDisputed, oneclick.Completed: store.DealCompleted,
	oneclick.Canceled: store.DealCanceled, oneclick.Expired: store.DealExpired, oneclick.Refunded: store.DealRefunded,
}

func keepable(d oneclick.Deal) bool { return len(d.ID) <= store.MaxDealID }

// news are what the vendor says of a deal that was asked for at a moment. An amount
// that can't be read, or that is of another currency, is none: the ledger then accepts
// no money.
func news(d oneclick.Deal, asked store.Instant) store.DealNews {
	amount, err := d.Fiat()
	if err != nil {
		amount = 0
	}
	return store.DealNews{
		ID: d.ID, State: states[d.Status], Word: d.StatusText, URL: d.URL, Amount: amount, ExpiresAt: expiry(d, asked),
	}
}

// longestLife is more than a deal can be paid for; what is said to be is not believed.
const longestLife = 7 * 24 * time.Hour

// expiry is until when a deal can be paid, by the shop's clock: the vendor's may be
// wrong, so what counts is how long the deal lives by it. Where the vendor does not
// say when it was made, its clock has to do. Zero: not known.
func expiry(d oneclick.Deal, asked store.Instant) store.Instant {
	if d.ExpiresAt.IsZero() {
		return 0
	}
	expires := store.At(d.ExpiresAt)
	if life := d.ExpiresAt.Sub(d.CreatedAt); !d.CreatedAt.IsZero() && life > 0 {
		expires = asked.Add(min(life, longestLife+time.Hour))
	}
	if expires > asked.Add(longestLife) {
		return 0
	}
	return expires
}

// meaning is a failure with what it means for the deal. People are told the failure.
type meaning struct {
	code store.DealCode
	err  error
}

func means(code store.DealCode, err error) error { return &meaning{code, err} }

func (m *meaning) Error() string   { return m.err.Error() }
func (m *meaning) Unwrap() []error { return []error{m.code, m.err} }
