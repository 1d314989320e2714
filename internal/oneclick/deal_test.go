package oneclick_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"tushum/internal/money"
	"tushum/internal/oneclick"
	"tushum/internal/oneclick/simulator"
)

func TestEveryStatusInBothShapes(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]oneclick.Status{
		"queued": oneclick.Queued, "new": oneclick.New, "pending": oneclick.Pending, "paid": oneclick.Paid, "completed": oneclick.Completed,
		"disputed": oneclick.Disputed, "canceled": oneclick.Canceled, "expired": oneclick.Expired, "refunded": oneclick.Refunded,
		"frozen": oneclick.Unknown, "": oneclick.Unknown, "unknown": oneclick.Unknown,
	} {
		for _, other := range []bool{false, true} {
			s := newStage(t)
			s.vendor.Behave(func(b *simulator.Behaviour) { b.OtherShapes, b.AmountsAsText, b.Pace = other, other, simulator.Pace{} })
			made := s.made(anInvoice)
			if made.Status != oneclick.New || made.ID == "" {
				t.Errorf("made %+v", made)
			}
			s.vendor.Change(made.ID, func(d *simulator.Deal) { d.Status = word })
			deal, err := s.client.Deal(t.Context(), made.ID)
			if err != nil || deal.Status != want || !strings.EqualFold(deal.StatusText, word) {
				t.Errorf("%q: %+v, %v", word, deal, err)
			}
			if want != oneclick.Unknown && deal.Status.String() != word {
				t.Errorf("%q is shown as %s", word, deal.Status)
			}
			if sum, err := deal.Fiat(); err != nil || sum != 150_000_50 {
				t.Errorf("%q: the amount is %v, %v", word, sum, err)
			}
			if !deal.ExpiresAt.Equal(s.now().Add(15*time.Minute)) || deal.InvoiceID != anInvoice {
				t.Errorf("%q: %+v", word, deal)
			}
		}
	}
	if oneclick.ParseStatus(" Cancelled ") != oneclick.Canceled || oneclick.Status(99).String() != "unknown" {
		t.Error("other spellings")
	}
}

func TestADealAsItMayBeWritten(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 21, 5, 15, 0, 0, time.UTC)
	for body, want := range map[string]oneclick.Deal{
		`{"_id":"7"}`:                                                                          {ID: "7"},
		`{"id":7,"status":null,"amounts":[1]}`:                                                 {ID: "7"},
		`{"_id":"7","status":{"name":"COMPLETED"},"x":{}}`:                                     {ID: "7", Status: oneclick.Completed, StatusText: "COMPLETED"},
		`{"id":"7","status":"Paid","invoiceId":"5","clientId":9}`:                              {ID: "7", Status: oneclick.Paid, StatusText: "Paid", InvoiceID: "5"},
		`{"id":"7","expiredAt":"2026-11-21T10:15:00+05:00"}`:                                   {ID: "7", ExpiresAt: at},
		`{"id":"7","expiredAt":"2026-11-21T05:15:00"}`:                                         {ID: "7", ExpiresAt: at},
		`{"id":"7","expiredAt":"2026-11-21 05:15:00.000"}`:                                     {ID: "7", ExpiresAt: at},
		`{"id":"7","expiredAt":"2026-11-21T10:15:00.000+0500"}`:                                {ID: "7", ExpiresAt: at},
		`{"id":"7","expiredAt":1795238100}`:                                                    {ID: "7", ExpiresAt: at},
		`{"id":"7","expiredAt":"1795238100000"}`:                                               {ID: "7", ExpiresAt: at},
		`{"id":"7","expiredAt":{"$date":"2026-11-21T05:15:00Z"}}`:                              {ID: "7", ExpiresAt: at},
		`{"id":"7","expiredAt":"tomorrow","createdAt":99999999999999999}`:                      {ID: "7"},
		`{"id":"7","amounts":{"fiat":"1.5","fiat_net":1.23456,"crypto":0.1},"currency":"UZS"}`: {ID: "7", FiatText: "1.5", Currency: "UZS"},
		`{"id":"7","currency":{"code":" rub ","label":"x"}}`:                                   {ID: "7", Currency: "rub"},
		`{"id":"7","currencyFrom":{"code":"RUB"},"currency":"UZS"}`:                            {ID: "7", Currency: "RUB"},
		`{"id":"7","currencyFrom":"uzs","currency":{"code":"USD"}}`:                            {ID: "7", Currency: "USD"},
		`{"id":"7","currencyFrom":null,"currency":{"type":"FIAT"}}`:                            {ID: "7"},
		`{"id":"7","url":"javascript:alert(1)"}`:                                               {ID: "7"},
		`{"id":"7","url":"http://pay.example/7"}`:                                              {ID: "7"},
		`{"id":"7","url":"https://pay.example/7?a=b#c"}`:                                       {ID: "7", URL: "https://pay.example/7?a=b#c"},
	} {
		s := newStage(t)
		answering(t, s, simulator.Get, body)
		deal, err := s.client.Deal(t.Context(), "7")
		if err != nil || deal != want {
			t.Errorf("%s\nis %+v (%v)\nnot %+v", body, deal, err, want)
		}
	}
}

// A link is given as it came or not at all: a part of it leads elsewhere, and letters
// that turn the reading around show another address.
func TestALinkIsGivenWholeOrNotAtAll(t *testing.T) {
	t.Parallel()
	const page = "https://pay.example/7?to="
	for name, c := range map[string]struct {
		link string
		kept bool
	}{
		"longer than other texts":     {page + strings.Repeat("a", 2048), true},
		"as long as can be kept":      {page + strings.Repeat("a", 4000-len(page)), true},
		"longer than can be kept":     {page + strings.Repeat("a", 4001-len(page)), false},
		"turned around":               {page + "\u202Ezu.pohs", false},
		"with a letter of no width":   {page + "a\u200Bb", false},
		"in Cyrillic":                 {"https://рay.example/7", false},
		"with a line in the fragment": {page + "#a\u0085b", false},
		"with a blank":                {page + "a b", false},
	} {
		s := newStage(t)
		body, err := json.Marshal(map[string]string{"id": "7", "url": c.link})
		if err != nil {
			t.Fatal(err)
		}
		answering(t, s, simulator.Get, string(body))
		want := oneclick.Deal{ID: "7"}
		if c.kept {
			want.URL = c.link
		}
		if deal, err := s.client.Deal(t.Context(), "7"); err != nil || deal != want {
			t.Errorf("a link %s is %q of %d bytes (%v)", name, deal.URL, len(c.link), err)
		}
	}
}

func TestAnswersAboutADealThatAreRefused(t *testing.T) {
	t.Parallel()
	for body, code := range map[string]oneclick.Code{
		`{"_id":"8","status":{"name":"completed"}}`: oneclick.ErrOtherDeal,
		`{"status":"completed"}`:                    oneclick.ErrBadAnswer,
		`{"id":{"x":1}}`:                            oneclick.ErrBadAnswer,
		`[]`:                                        oneclick.ErrBadAnswer,
		`null`:                                      oneclick.ErrBadAnswer,
		`{"_id":"7"`:                                oneclick.ErrBadAnswer,
		``:                                          oneclick.ErrBadAnswer,
		`{"error":"ERROR_SOMETHING"}`:               oneclick.ErrBadAnswer,
	} {
		s := newStage(t)
		answering(t, s, simulator.Get, body)
		_, err := s.client.Deal(t.Context(), "7")
		is(t, err, code)
		s.calls(simulator.Get, 1)
	}
	s := newStage(t)
	for _, id := range []string{"", "..", ".", "a/b", "a?b", "a b", "ы", strings.Repeat("7", 2048), "%2e", "a\n"} {
		_, err := s.client.Deal(t.Context(), id)
		is(t, err, oneclick.ErrDealID)
		_, err = s.client.PayTo(t.Context(), id)
		is(t, err, oneclick.ErrDealID)
		is(t, s.client.Cancel(t.Context(), id), oneclick.ErrDealID)
	}
	_, err := s.client.Deal(t.Context(), "list2")
	is(t, err, oneclick.ErrNotFound)
}

func TestAmountsAreExact(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]money.Amount{
		"0": 0, "1": 100, "0.01": 1, "150000.5": 150_000_50, "150000.50": 150_000_50, "150000.500": 150_000_50, "1.3e5": 130_000_00,
		"13E+4": 130_000_00, "100e-2": 100, "1e-2": 1, "92233720368547758.07": money.Max, " 7 ": 700, "000001": 100, "0.000": 0,
	} {
		if got, err := (oneclick.Deal{FiatText: text}).Fiat(); err != nil || got != want {
			t.Errorf("%q is %d, %v", text, got, err)
		}
	}
	for _, text := range []string{
		"0.001", "1.005", "1e-3", "-1", "+1", "1,5", ".5", "5.", "1 000", "0x10", "NaN", "Infinity", "1e999", "1e99999999999999999999", "1e",
		"92233720368547758.08", "1.2.3", "e5", "-", "٣", "1_000", strings.Repeat("9", 99),
	} {
		_, err := (oneclick.Deal{FiatText: text}).Fiat()
		is(t, err, oneclick.ErrBadAmount)
	}
	_, err := oneclick.Deal{}.Fiat()
	is(t, err, oneclick.ErrNoAmount)
	for _, code := range []string{"RUB", "USDT", "UZSS", "so‘m"} {
		_, err := oneclick.Deal{FiatText: "1", Currency: code}.Fiat()
		is(t, err, oneclick.ErrCurrency)
	}
}

// Every amount comes back from the vendor as it was sent.
func FuzzAmount(f *testing.F) {
	for _, n := range []int64{1, 100, 150_000_50, int64(money.Max)} {
		f.Add(n, "1.50")
	}
	f.Fuzz(func(t *testing.T, n int64, text string) {
		if n >= 0 {
			sum := money.Amount(n)
			for _, written := range []string{sum.SomString(), sum.SomString() + "e0"} {
				if got, err := (oneclick.Deal{FiatText: written}).Fiat(); err != nil || got != sum {
					t.Errorf("%s is %d, %v", written, got, err)
				}
			}
		}
		got, err := oneclick.Deal{FiatText: text}.Fiat()
		if again, second := (oneclick.Deal{FiatText: got.SomString()}).Fiat(); err == nil && (second != nil || again != got) {
			t.Errorf("%q is %d and then %d, %v", text, got, again, second)
		}
	})
}

func TestADisputeThatFlips(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	id := s.made(anInvoice).ID
	for _, step := range []struct {
		do   func(string) bool
		want oneclick.Status
	}{
		{s.vendor.Pay, oneclick.Paid}, {s.vendor.CancelDeal, oneclick.Canceled}, {s.vendor.Dispute, oneclick.Disputed},
		{s.vendor.Complete, oneclick.Completed}, {s.vendor.Dispute, oneclick.Disputed}, {s.vendor.CancelDeal, oneclick.Canceled}, {s.vendor.Refund, oneclick.Refunded},
	} {
		step.do(id)
		if deal, err := s.client.Deal(t.Context(), id); err != nil || deal.Status != step.want {
			t.Errorf("%+v, %v, want %s", deal, err, step.want)
		}
	}
	s.vendor.Settle(id, 149_999_99)
	deal, err := s.client.Deal(t.Context(), id)
	if sum, wrong := deal.Fiat(); err != nil || wrong != nil || sum != 149_999_99 {
		t.Errorf("%+v, %v", deal, err)
	}
}

func TestCancel(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	id := s.made(anInvoice).ID
	s.vendor.Behave(func(b *simulator.Behaviour) { b.NoCancel = true })
	is(t, s.client.Cancel(t.Context(), id), oneclick.ErrNoCancel)
	for _, status := range []int{400, 405, 501} {
		s.vendor.Fail(simulator.Cancel, simulator.Refusing(status, "ERROR_METHOD"))
		is(t, s.client.Cancel(t.Context(), id), oneclick.ErrNoCancel)
	}
	s.vendor.Behave(func(b *simulator.Behaviour) { b.NoCancel = false })
	s.vendor.Fail(simulator.Cancel, simulator.Lost)
	is(t, s.client.Cancel(t.Context(), id), oneclick.ErrUnknownOutcome)
	if err := s.client.Cancel(t.Context(), id); err != nil {
		t.Error(err)
	}
	if deal, err := s.client.Deal(t.Context(), id); err != nil || deal.Status != oneclick.Canceled {
		t.Errorf("%+v, %v", deal, err)
	}
	s.calls(simulator.Cancel, 6)
}

func TestListPages(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.vendor.Behave(func(b *simulator.Behaviour) { b.PageSize = 2 })
	begun := s.now()
	for _, id := range []string{"a", "b", "c"} {
		s.made(id)
	}
	for number, want := range [][]string{{"c", "b"}, {"a"}, {}} {
		page, err := s.client.List(t.Context(), number, begun.Add(-time.Hour), begun.Add(time.Hour))
		var got []string
		for _, d := range page.Deals {
			got = append(got, d.InvoiceID)
		}
		if err != nil || page.Total != 3 || strings.Join(got, "") != strings.Join(want, "") {
			t.Errorf("page %d: %+v, %v", number, page, err)
		}
	}
	page, err := s.client.List(t.Context(), 0, begun.Add(time.Hour), begun.Add(2*time.Hour))
	if err != nil || len(page.Deals) != 0 || page.Total != 0 {
		t.Errorf("another day: %+v, %v", page, err)
	}
}

// Whatever comes, it is an answer or an error of this package.
func FuzzAnswers(f *testing.F) {
	for _, body := range []string{`{"_id":"7","status":{"name":"new"}}`, `{"id":7,"amounts":{"fiat":1e5},"expiredAt":1}`, `[`, `{"account_number":"8600000000000009"}`, `{"rows":[{}]}`} {
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body string) {
		deal, page, payTo := oneclick.Decode([]byte(body))
		if deal != nil && (deal.ID == "" || len(deal.URL) > 4000 || deal.ExpiresAt.Year() > 2200) {
			t.Errorf("%q is %+v", body, deal)
		}
		if payTo != nil && (len(payTo.Number) != 16 || payTo.QR == "") {
			t.Errorf("%q is %+v", body, payTo)
		}
		if (deal != nil || page || payTo != nil) && !json.Valid([]byte(body)) {
			t.Errorf("%q was read", body)
		}
	})
}
