package tui

import (
	"context"
	"strings"
	"testing"

	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/store"
)

// wireCodes are the codes that the webhooks can answer with: those of
// webhook/uzum/codes.go, which this package may not import.
var wireCodes = []string{
	"10001", "10002", "10003", "10005", "10006", "10007", "10008", "10009", "10010", "10011",
	"10012", "10013", "10014", "10015", "10016", "10017", "10018", "99999",
}

func TestEveryCodeHasASentenceAndAHint(t *testing.T) {
	t.Parallel()
	if len(reasons) != len(wireCodes) {
		t.Errorf("%d codes have a reason, %d can be answered", len(reasons), len(wireCodes))
	}
	for _, code := range append([]string{"12345"}, wireCodes...) {
		r, known := reasons[code]
		if !known && code != "12345" {
			t.Errorf("%s has no reason", code)
		}
		if !known {
			r = reasonOf(code)
		}
		texts := []lang.Text{r.says, r.hint}
		if r.cause != "" {
			texts = append(texts, r.exact)
		}
		for _, c := range r.cases {
			texts = append(texts, c.says, c.hint)
		}
		for _, text := range texts {
			for _, l := range lang.All {
				alone := map[lang.Lang]string{lang.UZ: text.UZ, lang.RU: text.RU, lang.EN: text.EN}[l]
				if alone == "" {
					t.Errorf("%s says nothing in %s", code, l)
				}
				if strings.ContainsAny(alone, "'’") && l == lang.UZ && strings.Contains(alone, "'") {
					t.Errorf("%s: %q has another apostrophe", code, alone)
				}
			}
		}
	}
}

// What is not known leaves no hole in the sentence.
func TestReasonsAreFilled(t *testing.T) {
	t.Parallel()
	for _, code := range append([]string{"12345"}, wireCodes...) {
		for _, row := range []callRow{
			{Call: store.Call{Code: code}},
			{Call: store.Call{Code: code, Number: 10_000_003, Reason: "the transaction has failed (expired)"}, amount: 100, want: 200, status: "FAILED", why: store.FailExpired},
		} {
			for _, l := range lang.All {
				d := &desk{Options: Options{Lang: l}}
				says, hint := d.refusal(row)
				if says == "" || hint == "" || strings.ContainsAny(says+hint, "{}") || strings.Contains(says, "()") || strings.Contains(says, "  ") {
					t.Errorf("%s in %s: %q, %q", code, l, says, hint)
				}
			}
		}
	}
}

func TestReasonsTellWhatIsKnown(t *testing.T) {
	t.Parallel()
	perform(t, 80, 24, nil, func(s *stage) {
		ctx := context.Background()
		inv := s.issue(store.Draft{Amount: 95_000 * money.Som})
		paid := s.paid(store.Draft{Amount: 50_000 * money.Som}, transID(1), "HUMO")
		d := &desk{Options: Options{Lang: lang.EN, Ledger: s.store}}
		request := func(amount string) []byte { return []byte(`{"amount":` + amount + `}`) }
		for want, c := range map[string]store.Call{
			"the customer was charged 90 000, the invoice is 95 000": {Code: "10011", Number: inv.Number, Request: request("9000000")},
			"5 is below the minimum of 1 000":                        {Code: "10012", Number: inv.Number, Request: request("500")},
			"200 000 000 is above the maximum of 100 000 000":        {Code: "10013", Number: inv.Number, Request: request("20000000000")},
			"the amount is not that of the invoice":                  {Code: "10011", Request: request("9000000")},
			"the invoice is closed (open)":                           {Code: "10009", Number: inv.Number},
			"the payment can't be taken back (paid)":                 {Code: "10017", System: paid.System, TransID: paid.TransID, TxSeq: paid.Seq},
			"the call came without login and password":               {Code: "10001", Reason: store.ReasonNoBasic},
			"no such login is set up":                                {Code: "10001", Reason: store.ReasonUnknownLogin},
			"the login or the password is wrong":                     {Code: "10001", Reason: store.ReasonWrongPassword},
			"this shop has no login and password for the bank yet":   {Code: "10001", Reason: store.ReasonNobody},
		} {
			if says, _ := d.refusal(readCall(ctx, s.store, c)); strings.ReplaceAll(says, "\u00a0", " ") != want {
				t.Errorf("%s: got %q, want %q", c.Code, says, want)
			}
		}
	})
}

// The calls of a payment system that makes deals have codes that are the store's.
func TestCallbacksHaveTheirWords(t *testing.T) {
	t.Parallel()
	perform(t, 80, 24, nil, func(s *stage) {
		for code, want := range map[string]string{
			"": "", store.CallUnreadable: "nothing proves that the call was the payment system's", store.CallForged: "nothing proves that the call was the payment system's",
			store.CallBusy: "the program could not take the call just then",
		} {
			c := callRow{Call: store.Call{Webhook: "callback", System: oneClick, Code: code}}
			if says, hint := s.m.refusal(c); says != want || (hint == "") != (want == "") {
				t.Errorf("%q: %q, %q", code, says, hint)
			}
		}
		if says := s.m.callDoes(store.Call{System: "oneclick", Webhook: "callback"}); says != "OneClick: something has changed about a deal" {
			t.Errorf("%q", says)
		}
	})
}
