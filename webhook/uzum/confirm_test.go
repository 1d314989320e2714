package uzum_test

import (
	"strings"
	"testing"

	"tushum/store"
	"tushum/webhook/webhooktest"
)

// The customer has been debited: nothing that confirm says of how they paid
// can cost them the payment.
func TestConfirmIsLenient(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		members string
		want    store.Transaction
	}{
		"nothing":      {``, store.Transaction{}},
		"nulls":        {`,"paymentSource":null,"tariff":null,"processingReferenceNumber":null,"phone":null,"cardType":null`, store.Transaction{}},
		"wrong types":  {`,"paymentSource":1,"tariff":[],"processingReferenceNumber":{},"phone":{"a":1},"cardType":"2"`, store.Transaction{}},
		"all":          {`,"paymentSource":"INSTALLMENT","tariff":"15-0-4","processingReferenceNumber":"000123","phone":"998901234567","cardType":2`, store.Transaction{Source: "INSTALLMENT", Tariff: "15-0-4", Reference: "000123", Phone: "998901234567", CardType: 2}},
		"new source":   {`,"paymentSource":"UZCARD_2"`, store.Transaction{Source: "UZCARD_2"}},
		"phone number": {`,"phone":998901234567`, store.Transaction{Phone: "998901234567"}},
		"phone typed":  {`,"phone":"+998 (90) 123-45-67"`, store.Transaction{Phone: "998901234567"}},
		"phone wrong":  {`,"phone":"+1 202 555 0100"`, store.Transaction{}},
		"phone float":  {`,"phone":9.98901234567e11`, store.Transaction{}},
		"card float":   {`,"cardType":1.5`, store.Transaction{}},
		"card endless": {`,"cardType":99999999999999999999`, store.Transaction{}},
		"controls":     {`,"paymentSource":" UZ\u001b\u0000CARD\n","tariff":"\u202e003"`, store.Transaction{Source: "UZCARD", Tariff: "003"}},
		"endless":      {`,"paymentSource":"` + strings.Repeat("ғ", 33) + `","processingReferenceNumber":"x` + strings.Repeat("ғ", 33) + `"`, store.Transaction{Source: strings.Repeat("ғ", 32), Reference: "x" + strings.Repeat("ғ", 31)}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := webhooktest.Start(t, webhooktest.Options{})
			s.Post(t, "create", createBody(idA, visit(s).Number, 13_000_000))
			status, answer := s.Post(t, "confirm", `{"serviceId":101202,"timestamp":1,"transId":"`+idA+`"`+tc.members+`}`)
			if status != 200 {
				t.Fatalf("%d %s", status, answer)
			}
			tx, _ := s.Memory.Transaction(idA)
			got := store.Transaction{Source: tx.Source, Tariff: tx.Tariff, Reference: tx.Reference, Phone: tx.Phone, CardType: tx.CardType}
			if got != tc.want {
				t.Errorf("got %+v, want %+v", got, tc.want)
			}
		})
	}
}
