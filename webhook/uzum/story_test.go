package uzum_test

import (
	"testing"
	"time"

	"tushum/internal/money"
	"tushum/store"
	"tushum/webhook/uzum"
	"tushum/webhook/webhooktest"
)

// The exact bytes of every answer, over the life of payments. The clock stands
// at 1700000000000 until a step moves it.
func TestAPaymentIsAnsweredToTheLetter(t *testing.T) {
	t.Parallel()
	s := webhooktest.Start(t, webhooktest.Options{Settings: uzum.Settings{ServiceID: 101202, PrefillAmount: true}})
	n := visit(s).Number
	play(t, s, []step{
		{"check", checkBody("1000002"), 200, `{"serviceId":101202,"timestamp":1700000000000,"status":"OK",` +
			`"data":{"account":{"value":"1000002"},"fio":{"value":"Ali Valiyev"},"amount":{"value":"130000"}}}`},
		{"create", createBody(idA, n, 13_000_000), 200, `{"serviceId":101202,"transId":"` + idA + `","status":"CREATED",` +
			`"transTime":1700000000000,"data":{"account":{"value":"1000002"},"fio":{"value":"Ali Valiyev"}},"amount":13000000}`},
		{"status", transBody(idA), 200, `{"serviceId":101202,"transId":"` + idA + `","status":"CREATED",` +
			`"transTime":1700000000000,"confirmTime":null,"reverseTime":null,"data":{"account":{"value":"1000002"},"fio":{"value":"Ali Valiyev"}},"amount":13000000}`},
	})
	s.Clock.Advance(time.Second)
	play(t, s, []step{
		{"create", createBody(idA, n, 1), 400, `{"serviceId":101202,"transId":"` + idA + `","status":"FAILED","transTime":1700000000000,"errorCode":"10010"}`},
		{"confirm", confirmBody(idA), 200, `{"serviceId":101202,"transId":"` + idA + `","status":"CONFIRMED",` +
			`"confirmTime":1700000001000,"data":{"account":{"value":"1000002"},"fio":{"value":"Ali Valiyev"}},"amount":13000000}`},
	})
	s.Clock.Advance(time.Second)
	play(t, s, []step{
		{"confirm", confirmBody(idA), 400, `{"serviceId":101202,"transId":"` + idA + `","status":"FAILED","confirmTime":1700000001000,"errorCode":"10016"}`},
		{"check", checkBody("1000002"), 400, `{"serviceId":101202,"status":"FAILED","timestamp":1700000002000,"errorCode":"10008"}`},
		{"create", createBody(idB, n, 13_000_000), 400, `{"serviceId":101202,"transId":"` + idB + `","status":"FAILED","transTime":1700000002000,"errorCode":"10008"}`},
		{"reverse", transBody(idA), 200, `{"serviceId":101202,"transId":"` + idA + `","status":"REVERSED",` +
			`"reverseTime":1700000002000,"data":{"account":{"value":"1000002"},"fio":{"value":"Ali Valiyev"}},"amount":13000000}`},
	})
	s.Clock.Advance(time.Second)
	play(t, s, []step{
		{"reverse", transBody(idA), 400, `{"serviceId":101202,"transId":"` + idA + `","status":"FAILED","reverseTime":1700000002000,"errorCode":"10018"}`},
		{"confirm", confirmBody(idA), 400, `{"serviceId":101202,"transId":"` + idA + `","status":"FAILED","confirmTime":1700000003000,"errorCode":"10015"}`},
		{"status", transBody(idA), 200, `{"serviceId":101202,"transId":"` + idA + `","status":"REVERSED",` +
			`"transTime":1700000000000,"confirmTime":1700000001000,"reverseTime":1700000002000,` +
			`"data":{"account":{"value":"1000002"},"fio":{"value":"Ali Valiyev"}},"amount":13000000}`},
		{"check", checkBody("1000002"), 400, `{"serviceId":101202,"status":"FAILED","timestamp":1700000003000,"errorCode":"10009"}`},
	})
}

func TestRivalsAndLateConfirms(t *testing.T) {
	t.Parallel()
	s := webhooktest.Start(t, webhooktest.Options{})
	n, late := visit(s).Number, visit(s).Number
	const data = `"data":{"account":{"value":"1000002"},"fio":{"value":"Ali Valiyev"}},"amount":13000000}`
	play(t, s, []step{
		{"create", createBody(idA, n, 13_000_000), 200, `{"serviceId":101202,"transId":"` + idA + `","status":"CREATED","transTime":1700000000000,` + data},
		{"create", createBody(idB, n, 13_000_000), 200, `{"serviceId":101202,"transId":"` + idB + `","status":"CREATED","transTime":1700000000000,` + data},
		{"confirm", confirmBody(idB), 200, `{"serviceId":101202,"transId":"` + idB + `","status":"CONFIRMED","confirmTime":1700000000000,` + data},
		{"confirm", confirmBody(idA), 400, `{"serviceId":101202,"transId":"` + idA + `","status":"FAILED","confirmTime":1700000000000,"errorCode":"10015"}`},
		{"status", transBody(idA), 400, `{"serviceId":101202,"transId":"` + idA + `","status":"FAILED","transTime":1700000000000,"confirmTime":null,"reverseTime":null,"errorCode":"10014"}`},
		{"reverse", transBody(idA), 400, `{"serviceId":101202,"transId":"` + idA + `","status":"FAILED","reverseTime":1700000000000,"errorCode":"10017"}`},
	})
	if status, _ := s.Post(t, "create", createBody(idC, late, 13_000_000)); status != 200 {
		t.Fatalf("create: %d", status)
	}
	s.Clock.Advance(30 * time.Minute)
	play(t, s, []step{
		{"status", transBody(idC), 400, `{"serviceId":101202,"transId":"` + idC + `","status":"FAILED","transTime":1700000000000,"confirmTime":null,"reverseTime":null,"errorCode":"10014"}`},
		{"confirm", confirmBody(idC), 400, `{"serviceId":101202,"transId":"` + idC + `","status":"FAILED","confirmTime":1700001800000,"errorCode":"10015"}`},
	})
}

// What check shows of the amount, and the key under which answers name the invoice.
func TestDataOfCheck(t *testing.T) {
	t.Parallel()
	prefill := uzum.Settings{PrefillAmount: true}
	for name, tc := range map[string]struct {
		settings uzum.Settings
		draft    store.Draft
		want     string
	}{
		"fixed price":   {prefill, store.Draft{Kind: store.Goods, Amount: 130_000 * money.Som}, `{"account":{"value":"1000002"},"amount":{"value":"130000"}}`},
		"with tiyin":    {prefill, store.Draft{Kind: store.Goods, Amount: 130_000*money.Som + 50}, `{"account":{"value":"1000002"}}`},
		"turned off":    {uzum.Settings{}, store.Draft{Kind: store.Goods, Amount: 130_000 * money.Som}, `{"account":{"value":"1000002"}}`},
		"open amount":   {prefill, store.Draft{Kind: store.Counter}, `{"account":{"value":"1000002"}}`},
		"another key":   {uzum.Settings{AccountParams: []string{"hisob\"", "account"}}, store.Draft{Kind: store.Goods, Amount: 130_000 * money.Som}, `{"hisob\"":{"value":"1000002"}}`},
		"hostile name":  {uzum.Settings{}, store.Draft{Kind: store.Goods, Amount: 130_000 * money.Som, Customer: store.Customer{Name: "A\x1b]0;x\a\"<\\"}}, `{"account":{"value":"1000002"},"fio":{"value":"A<U+001B>]0;x<U+0007>\"<\\"}}`},
		"name in UTF-8": {uzum.Settings{}, store.Draft{Kind: store.Goods, Amount: 130_000 * money.Som, Customer: store.Customer{Name: "Олим Ғафур"}}, `{"account":{"value":"1000002"},"fio":{"value":"Олим Ғафур"}}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := webhooktest.Start(t, webhooktest.Options{Settings: tc.settings})
			tc.draft.By = "test"
			s.Memory.Issue(tc.draft)
			play(t, s, []step{{"check", checkBody("1000002"), 200, `{"serviceId":101202,"timestamp":1700000000000,"status":"OK","data":` + tc.want + `}`}})
		})
	}
}

func TestSettingsChangeAtOnce(t *testing.T) {
	t.Parallel()
	s := webhooktest.Start(t, webhooktest.Options{})
	visit(s)
	s.Handler.Apply(uzum.Settings{ServiceID: 7, AccountParams: []string{"order_id"}})
	play(t, s, []step{
		{"check", checkBody("1000002"), 400, `{"serviceId":101202,"status":"FAILED","timestamp":1700000000000,"errorCode":"10005"}`},
		{"check", `{"serviceId":101202,"timestamp":1,"params":{"order_id":"1000002"}}`, 400, `{"serviceId":101202,"status":"FAILED","timestamp":1700000000000,"errorCode":"10006"}`},
		{"check", `{"serviceId":7,"timestamp":1,"params":{"order_id":"1000002"}}`, 200,
			`{"serviceId":7,"timestamp":1700000000000,"status":"OK","data":{"order_id":{"value":"1000002"},"fio":{"value":"Ali Valiyev"}}}`},
	})
}

// Between create and confirm nothing is kept but in the ledger.
func TestConfirmAfterARestart(t *testing.T) {
	t.Parallel()
	s := webhooktest.Start(t, webhooktest.Options{})
	n := visit(s).Number
	s.Post(t, "create", createBody(idA, n, 13_000_000))
	again := webhooktest.Start(t, webhooktest.Options{Bank: s.Memory})
	play(t, again, []step{{"confirm", confirmBody(idA), 200, `{"serviceId":101202,"transId":"` + idA + `","status":"CONFIRMED",` +
		`"confirmTime":1700000000000,"data":{"account":{"value":"1000002"},"fio":{"value":"Ali Valiyev"}},"amount":13000000}`}})
}
