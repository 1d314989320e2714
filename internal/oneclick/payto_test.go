package oneclick_test

import (
	"strings"
	"testing"

	"tushum/internal/oneclick"
	"tushum/internal/oneclick/simulator"
)

func TestTheCardComesAfterAWhile(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.vendor.Behave(func(b *simulator.Behaviour) { b.NotReady, b.EmptyAnswers = 2, 2 })
	id := s.made(anInvoice).ID
	for range 4 {
		_, err := s.client.PayTo(t.Context(), id)
		is(t, err, oneclick.ErrNotReady)
	}
	p, err := s.client.PayTo(t.Context(), id)
	want := oneclick.PayTo{Number: simulator.Card, Owner: "TOSHMATOV ESHMAT", Bank: "Demo Bank", QR: simulator.Card}
	if err != nil || p != want {
		t.Errorf("%+v, %v", p, err)
	}
	s.calls(simulator.Credentials, 5) // one that is not there is not asked for again at once
}

func TestCardsAsTheyMayBeWritten(t *testing.T) {
	t.Parallel()
	const number = `"account_number":"8600000000000009"`
	plain := oneclick.PayTo{Number: simulator.Card, QR: simulator.Card}
	for body, want := range map[string]oneclick.PayTo{
		`{` + number + `}`: plain,
		`{` + number + `,"bank":null,"account_owner":null}`:                     plain,
		`{` + number + `,"bank":{"logo":{}},"account_iban":[]}`:                 plain,
		`{` + number + `,"currency":{"code":"uzs","decimal":2}}`:                plain,
		`{` + number + `,"currency":{"label":"so'm"}}`:                          plain,
		`{"account_number":"8600 0000 0000 0009"}`:                              plain,
		`{"account_number":8600000000000009}`:                                   plain,
		`{` + number + `,"account_qr_url":"https://qr.example/1"}`:              {Number: simulator.Card, QR: "https://qr.example/1"},
		`{` + number + `,"account_qr_url":"` + strings.Repeat("x", 1025) + `"}`: plain,
		`{` + number + `,"bank":"Bank","account_owner":"A\u001b[2J","account_phone":"998901234567","account_iban":"I","account_subtype":"OneClick"}`: {
			Number: simulator.Card, QR: simulator.Card, Bank: "Bank", Owner: "A\x1b[2J",
		},
		`{` + number + `,"account_owner":"` + strings.Repeat("ы", 200) + `"}`: {Number: simulator.Card, QR: simulator.Card, Owner: strings.Repeat("ы", 128)},
	} {
		s := newStage(t)
		answering(t, s, simulator.Credentials, body)
		if p, err := s.client.PayTo(t.Context(), "7"); err != nil || p != want {
			t.Errorf("%s\nis %+v (%v)\nnot %+v", body, p, err, want)
		}
	}
}

func TestAnswersWithoutACard(t *testing.T) {
	t.Parallel()
	for body, code := range map[string]oneclick.Code{
		``: oneclick.ErrNotReady, `null`: oneclick.ErrNotReady, `{}`: oneclick.ErrNotReady, `""`: oneclick.ErrNotReady,
		`{"error":"ERROR_CREDENTIALS_NOT_FOUND"}`:                         oneclick.ErrNotReady,
		`{"error":"deal_canceled"}`:                                       oneclick.ErrDealCanceled,
		`{"error":"ERROR_OTHER"}`:                                         oneclick.ErrBadAnswer,
		`[1]`:                                                             oneclick.ErrBadAnswer,
		`{"account_number":"860000000000000"}`:                            oneclick.ErrNoCard,
		`{"account_number":"86000000000000O9"}`:                           oneclick.ErrNoCard,
		`{"account_number":"٨٦٠٠٠٠٠٠٠٠٠٠٠٠٠٩"}`:                           oneclick.ErrNoCard,
		`{"account_phone":"+998901234567","account_owner":"x"}`:           oneclick.ErrNoCard, // money is sent to a card
		`{"account_iban":"UZ00","account_number":""}`:                     oneclick.ErrNoCard,
		`{"account_number":"8600000000000009","currency":{"code":"RUB"}}`: oneclick.ErrCurrency,
		`{"account_number":"8600000000000009","currency":"USD"}`:          oneclick.ErrCurrency,
		`{"account_owner":"x"}`:                                           oneclick.ErrNoCard,
		`{"account_number":"8600000000000009","dealId":"8"}`:              oneclick.ErrOtherDeal,
	} {
		s := newStage(t)
		answering(t, s, simulator.Credentials, body)
		_, err := s.client.PayTo(t.Context(), "7")
		is(t, err, code)
	}
}

func TestThePathOfTheCardIsASetting(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	id := s.made(anInvoice).ID
	for _, path := range []string{"deals/{id}", "/deals/", "/deals/{id}/{id}", "/deals/{id}?x", "/deals/{id}#", "/a b/{id}"} {
		s.client.CredentialsPath = path
		_, err := s.client.PayTo(t.Context(), id)
		is(t, err, oneclick.ErrAddress)
	}
	s.client.CredentialsPath = "/deals/credentials/{id}"
	_, err := s.client.PayTo(t.Context(), id)
	is(t, err, oneclick.ErrNotReady) // this vendor knows no such path
	s.calls(simulator.Credentials, 0)
	s.client.CredentialsPath = oneclick.DefaultCredentialsPath
	if _, err := s.client.PayTo(t.Context(), id); err != nil {
		t.Error(err)
	}
}
