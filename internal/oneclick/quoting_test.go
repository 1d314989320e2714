package oneclick_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"tushum/internal/oneclick"
	"tushum/internal/oneclick/simulator"
)

// What a vendor says of a failure goes to the log and to the ledger. What it puts into
// it of cards, phones and keys does not.
func TestAFailureNamesNobody(t *testing.T) {
	t.Parallel()
	const key = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJzaG9wIn0.c2lnbmF0dXJlLW9mLXRoZS1zaG9w"
	for said, kept := range map[string]string{
		"CARD 8600123456789012 PHONE +998901234567":  "CARD *** PHONE +***",
		"card 8600 1234-5678.9012":                   "CARD ***",
		"call +998 (90) 123-45-67":                   "CALL +***",
		"Bearer " + key:                              "BEARER ***",
		"PROVIDER_TEMPORARILY_UNAVAILABLE_IN_REGION": "PROVIDER_TEMPORARILY_UNAVAILABLE_IN_REGION",
		"limit 50000000 so'm, from 1 000":            "LIMIT *** SO'M, FROM 1 000",
		"E1005":                                      "E1005",
	} {
		s := newStage(t)
		s.vendor.Fail(simulator.Payin, simulator.Answering(http.StatusBadRequest, "application/json", `{"error":"`+said+`","message":"`+said+`"}`))
		_, err := s.client.Create(t.Context(), order(anInvoice))
		failure := new(oneclick.Error)
		if !errors.As(err, &failure) || failure.Vendor != kept || strings.ToUpper(failure.Detail) != kept {
			t.Errorf("%q is kept as %+v", said, failure)
		}
	}
}
