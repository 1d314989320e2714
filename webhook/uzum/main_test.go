package uzum_test

import (
	"fmt"
	"testing"

	"go.uber.org/goleak"

	"tushum/internal/money"
	"tushum/store"
	"tushum/webhook/webhooktest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	idA = "1f0c8e10-8a5b-11ee-b962-0242ac120002"
	idB = "1f0c8e11-8a5b-11ee-b962-0242ac120002"
	idC = "1f0c8e12-8a5b-11ee-b962-0242ac120002"
)

// visit is an invoice of 130 000 so'm; in a fresh shop its number is 1000002.
func visit(s *webhooktest.Shop) store.Invoice {
	return s.Memory.Issue(store.Draft{Kind: store.Visit, Amount: 130_000 * money.Som, Customer: store.Customer{Name: "Ali Valiyev"}, By: "test"})
}

func checkBody(account string) string {
	return fmt.Sprintf(`{"serviceId":101202,"timestamp":1,"params":{"account":%s}}`, account)
}

func createBody(id string, n store.Number, amount int64) string {
	return fmt.Sprintf(`{"serviceId":101202,"timestamp":1,"transId":%q,"params":{"account":%s},"amount":%d}`, id, n, amount)
}

func confirmBody(id string) string {
	return fmt.Sprintf(`{"serviceId":101202,"timestamp":1,"transId":%q,"paymentSource":"UZCARD","tariff":null,`+
		`"processingReferenceNumber":"000123","phone":"998901234567","cardType":2}`, id)
}

func transBody(id string) string {
	return fmt.Sprintf(`{"serviceId":101202,"timestamp":1,"transId":%q}`, id)
}

// step is one call of a story and its exact answer.
type step struct {
	webhook, body string
	status        int
	answer        string
}

func play(t *testing.T, s *webhooktest.Shop, steps []step) {
	t.Helper()
	for i, st := range steps {
		status, answer := s.Post(t, st.webhook, st.body)
		if status != st.status || answer != st.answer {
			t.Errorf("step %d, %s %s\n got %d %s\nwant %d %s", i, st.webhook, st.body, status, answer, st.status, st.answer)
		}
	}
}
