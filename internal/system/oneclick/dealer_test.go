package oneclick_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"tushum/internal/config"
	"tushum/internal/lang"
	"tushum/internal/oneclick/simulator"
	"tushum/store"
)

// The vendor's words in the ledger's. Only completed is money; what nobody knows is
// nothing.
func TestTheVendorsStatesInTheLedgersWords(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	d := s.made()
	for word, want := range map[string]store.DealState{
		"queued": store.DealOpen, "new": store.DealOpen, "pending": store.DealOpen, "paid": store.DealClaimed,
		"disputed": store.DealDisputed, "completed": store.DealCompleted, "canceled": store.DealCanceled, "cancelled": store.DealCanceled,
		"expired": store.DealExpired, "refunded": store.DealRefunded, "frozen": 0, "": 0,
	} {
		for _, other := range []bool{false, true} { // a word in capitals, and amounts as text
			s.vendor.Behave(func(b *simulator.Behaviour) { b.OtherShapes, b.AmountsAsText = other, other })
			s.vendor.Change(d.ID, func(v *simulator.Deal) { v.Status = word })
			n, err := s.system.Look(t.Context(), d)
			if err != nil || n.State != want || n.ID != d.ID || n.Amount != price || !strings.EqualFold(n.Word, word) {
				t.Errorf("%q is read as %+v, %v, want %q", word, n, err, want)
			}
		}
	}
}

// An amount that can't be read to the tiyin is none, and never rounded.
func TestTheVendorsAmountsInTiyin(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	d := s.made()
	for text, want := range map[string]int64{
		"150000": 150_000_00, "150000.5": 150_000_50, "150000.50": 150_000_50, "1.5e5": 150_000_00, "0.01": 1,
		"0.001": 0, "150000.999": 0, "-7": 0, "0": 0, "1e30": 0,
	} {
		s.vendor.Change(d.ID, func(v *simulator.Deal) { v.Status, v.Fiat = "completed", json.Number(text) })
		if n, err := s.system.Look(t.Context(), d); err != nil || int64(n.Amount) != want || n.State != store.DealCompleted {
			t.Errorf("%s so‘m is read as %d tiyin, %v", text, n.Amount, err)
		}
	}
}

// Until when a deal can be paid is told by the shop's clock: how long it lives by the
// vendor's counts, within reason.
func TestUntilWhenADealCanBePaid(t *testing.T) {
	t.Parallel()
	const unknown = time.Duration(-1)
	for name, c := range map[string]struct {
		made, ends time.Duration // from the moment at which it was asked for
		want       time.Duration
	}{
		"as it is":            {0, 15 * time.Minute, 15 * time.Minute},
		"a clock behind":      {-3 * time.Hour, -3*time.Hour + 15*time.Minute, 15 * time.Minute},
		"a clock ahead":       {3 * time.Hour, 3*time.Hour + 15*time.Minute, 15 * time.Minute},
		"for a week":          {0, 7 * 24 * time.Hour, 7 * 24 * time.Hour},
		"for more":            {0, 8 * 24 * time.Hour, unknown},
		"before it was made":  {0, -time.Minute, -time.Minute},
		"far ahead in itself": {0, 24 * 365 * time.Hour, unknown},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t)
			d := s.made()
			asked := s.now()
			d.AskedAt = store.At(asked)
			s.vendor.Change(d.ID, func(v *simulator.Deal) { v.CreatedAt, v.ExpiresAt = asked.Add(c.made), asked.Add(c.ends) })
			n, err := s.system.Look(t.Context(), d)
			if err != nil {
				t.Fatal(err)
			}
			want := store.At(asked.Add(c.want))
			if c.want == unknown {
				want = 0
			}
			if n.ExpiresAt != want {
				t.Errorf("it can be paid until %v, want %v", n.ExpiresAt.Time(), want.Time())
			}
		})
	}
}

// What a failure of each question means for the deal. Empty: nothing is known, and
// people are told why.
func TestTheVendorsFailuresInTheLedgersWords(t *testing.T) {
	t.Parallel()
	type asking = func(*stage, store.Deal) error
	look := func(s *stage, d store.Deal) error { _, err := s.system.Look(s.Context(), d); return err }
	find := func(s *stage, d store.Deal) error { _, err := s.system.Find(s.Context(), d); return err }
	payTo := func(s *stage, d store.Deal) error { _, err := s.system.PayTo(s.Context(), d); return err }
	callOff := func(s *stage, d store.Deal) error { return s.system.CallOff(s.Context(), d) }
	again := func(s *stage, _ store.Deal) error {
		o := s.order()
		o.Ref += "-2"
		_, err := s.system.Make(s.Context(), o)
		return err
	}
	refused := simulator.Refusing(http.StatusUnprocessableEntity, "ERROR_AMOUNT")
	broken := simulator.Refusing(http.StatusInternalServerError, "ERROR_INTERNAL")
	forbidden := simulator.Refusing(http.StatusForbidden, "ERROR_IP")
	away := simulator.TooMany("60")
	other := simulator.Edited("00000000", "11111111")
	for name, c := range map[string]struct {
		call  simulator.Call
		ask   asking
		fault simulator.Fault
		want  store.DealCode
	}{
		"make, refused":          {simulator.Payin, again, refused, store.OrderRefused},
		"make, forbidden":        {simulator.Payin, again, forbidden, ""},
		"make, sent away":        {simulator.Payin, again, away, ""},
		"make, a failure":        {simulator.Payin, again, broken, store.MakingUnknown},
		"make, a conflict":       {simulator.Payin, again, simulator.Refusing(http.StatusConflict, "ERROR_INVOICE_EXISTS"), store.MakingUnknown},
		"make, a page":           {simulator.Payin, again, simulator.HTML, store.MakingUnknown},
		"make, broken":           {simulator.Payin, again, simulator.Broken, store.MakingUnknown},
		"make, dropped":          {simulator.Payin, again, simulator.Dropped, store.MakingUnknown},
		"find, a failure":        {simulator.List, find, broken, ""},
		"find, a page":           {simulator.List, find, simulator.HTML, ""},
		"find, an empty answer":  {simulator.List, find, simulator.Empty, ""},
		"find, not found":        {simulator.List, find, simulator.Refusing(http.StatusNotFound, "ERROR_NOT_FOUND"), ""},
		"look, not there":        {simulator.Get, look, simulator.Refusing(http.StatusNotFound, "ERROR_DEAL_NOT_FOUND"), store.DealUnreadable},
		"look, another deal":     {simulator.Get, look, other, store.DealUnreadable},
		"look, nothing in it":    {simulator.Get, look, simulator.Answering(http.StatusOK, "application/json", "{}"), store.DealUnreadable},
		"look, a failure":        {simulator.Get, look, broken, ""},
		"look, forbidden":        {simulator.Get, look, forbidden, ""},
		"look, a page not there": {simulator.Get, look, simulator.Answering(http.StatusNotFound, "text/html", "<h1>404</h1>"), ""},
		"look, sent away":        {simulator.Get, look, away, ""},
		"pay to, not yet":        {simulator.Credentials, payTo, simulator.Refusing(http.StatusNotFound, "ERROR_CREDENTIALS_NOT_FOUND"), store.ErrNotReady},
		"pay to, empty":          {simulator.Credentials, payTo, simulator.Empty, store.ErrNotReady},
		"pay to, called off":     {simulator.Credentials, payTo, simulator.Refusing(http.StatusBadRequest, "DEAL_CANCELED"), store.ErrCalledOff},
		"pay to, no card":        {simulator.Credentials, payTo, simulator.Edited(simulator.Card, "8600"), ""},
		"pay to, a failure":      {simulator.Credentials, payTo, broken, ""},
		"call off, sent away":    {simulator.Cancel, callOff, away, store.ErrNotAsked},
		"call off, not known":    {simulator.Cancel, callOff, simulator.Refusing(http.StatusNotFound, "ERROR_NOT_FOUND"), ""},
		"call off, forbidden":    {simulator.Cancel, callOff, forbidden, ""},
		"call off, a failure":    {simulator.Cancel, callOff, broken, store.CallOffUnknown},
		"call off, dropped":      {simulator.Cancel, callOff, simulator.Dropped, store.CallOffUnknown},
	} {
		t.Run(strings.ReplaceAll(name, " ", "-"), func(t *testing.T) {
			t.Parallel()
			s := newStage(t, func(o *config.OneClick) { o.Flow = config.HostToHost })
			d := s.made()
			s.vendor.Fail(c.call, c.fault, c.fault, c.fault) // a read is tried three times
			wantMeaning(t, c.ask(s, d), c.want)
		})
	}
}

// wantMeaning wants a failure that means one thing for the deal, and speaks.
func wantMeaning(t *testing.T, err error, want store.DealCode) {
	t.Helper()
	codes := []store.DealCode{store.MakingUnknown, store.DealNotThere, store.DealUnreadable, store.ErrOwnPage, store.ErrNotReady, store.ErrCalledOff, store.ErrNotAsked, store.CallOffUnknown, store.OrderRefused}
	var means []store.DealCode
	for _, code := range codes {
		if errors.Is(err, code) {
			means = append(means, code)
		}
	}
	if err == nil || len(means) > 1 || want == "" && len(means) > 0 || want != "" && !slices.Contains(means, want) {
		t.Errorf("%v means %v, want %q", err, means, want)
	}
	var told interface {
		In(l lang.Lang) string
		HintIn(l lang.Lang) string
	}
	if !errors.As(err, &told) {
		t.Fatalf("%v has no words", err)
	}
	for _, l := range lang.All {
		if told.In(l) == "" || told.HintIn(l) == "" {
			t.Errorf("%v says nothing in %s", err, l)
		}
	}
}

// A vendor that can't be reached was asked for nothing.
func TestAVendorThatIsAwayIsAskedToCallOffLater(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	d := s.made()
	s.server.Close()
	wantMeaning(t, s.system.CallOff(t.Context(), d), store.ErrNotAsked)
	_, err := s.system.Make(t.Context(), store.DealOrder{Number: d.Number, Ref: d.Ref + "-2", Amount: price})
	wantMeaning(t, err, "")
}

// A Ref is good for one deal; a second one leaves a doubt, for the first may be meant.
func TestARefIsGoodForOneDeal(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	d := s.made()
	_, err := s.system.Make(t.Context(), s.order())
	wantMeaning(t, err, store.MakingUnknown)
	if ids := s.vendor.Made(d.Ref); len(ids) != 1 {
		t.Errorf("the vendor has %v", ids)
	}
}

// The vendor's page is in the language of the settings, or else of the payer.
func TestWhatTheVendorIsTold(t *testing.T) {
	t.Parallel()
	for set, want := range map[lang.Lang]string{"": "RU", lang.UZ: "UZ"} {
		s := newStage(t, func(o *config.OneClick) { o.Lang = set })
		d := s.made()
		v, ok := s.vendor.Deal(d.ID)
		if !ok || v.Lang != want || v.InvoiceID != d.Ref || v.ClientID != d.Number.String() || v.Fiat != "150000" || v.BackURL != "https://shop.uz/pay/1" {
			t.Errorf("it was told %+v", v)
		}
	}
}

// A deal that is looked up has its page where the vendor gives it, and is found all
// the same where it does not.
func TestADealThatIsLookedUpHasItsPage(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		flow  config.Flow
		given bool
		gets  int
	}{
		"given":           {config.Widget, true, 1},
		"not given":       {config.Widget, false, 1},
		"nobody needs it": {config.HostToHost, true, 0},
	} {
		t.Run(strings.ReplaceAll(name, " ", "-"), func(t *testing.T) {
			t.Parallel()
			s := newStage(t, func(o *config.OneClick) { o.Flow = c.flow })
			s.vendor.Behave(func(b *simulator.Behaviour) { b.LinkInGet = c.given })
			d := s.made()
			n, err := s.system.Find(t.Context(), d)
			if want := c.given && c.flow == config.Widget; err != nil || n.ID != d.ID || (n.URL == d.URL) != want {
				t.Errorf("it is found as %+v, %v", n, err)
			}
			if gets := s.vendor.Calls()[simulator.Get]; gets != c.gets {
				t.Errorf("it was read %d times", gets)
			}
		})
	}
}

func TestWhereADealIsPaid(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		flow   config.Flow
		behave func(*simulator.Behaviour)
		want   store.PayTo
	}{
		"on its own page": {config.Widget, func(*simulator.Behaviour) {}, store.PayTo{}},
		"to a card":       {config.HostToHost, func(*simulator.Behaviour) {}, store.PayTo{Card: simulator.Card, Owner: "TOSHMATOV ESHMAT", Bank: "Demo Bank", QR: simulator.Card}},
		"by a code":       {config.HostToHost, func(b *simulator.Behaviour) { b.NoBank, b.QRText = true, "https://qr.example/1" }, store.PayTo{Card: simulator.Card, QR: "https://qr.example/1"}},
	} {
		t.Run(strings.ReplaceAll(name, " ", "-"), func(t *testing.T) {
			t.Parallel()
			s := newStage(t, func(o *config.OneClick) { o.Flow = c.flow })
			s.vendor.Behave(c.behave)
			to, err := s.system.PayTo(t.Context(), s.made())
			if own := c.flow == config.Widget; to != c.want || own != errors.Is(err, store.ErrOwnPage) || !own && err != nil {
				t.Errorf("it is paid to %+v, %v", to, err)
			}
		})
	}
}

// A caller's patience that ends is nobody's word on a deal.
func TestAnEndedPatienceSaysNothing(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	d := s.made()
	ctx, stop := context.WithCancel(t.Context())
	stop()
	_, find := s.system.Find(ctx, d)
	_, look := s.system.Look(ctx, d)
	for _, err := range []error{find, look} {
		if wantMeaning(t, err, ""); !errors.Is(err, context.Canceled) {
			t.Errorf("the error is %v", err)
		}
	}
}
