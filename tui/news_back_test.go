package tui

import (
	"strings"
	"testing"

	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/store"
)

// Only of a refund that the shop had asked for it is said that the customer has the
// money: what a payment system takes back by itself nobody knows the way of.
func TestWhoHasTheMoneyThatWentBack(t *testing.T) {
	t.Parallel()
	perform(t, 120, 40, dealt(cards(), false), func(s *stage) {
		back := store.Transaction{System: oneClick, Number: 1000002, Amount: 83_000 * money.Som, Status: store.Reversed, ConfirmedAt: 1, ReversedAt: 2}
		asked := back
		asked.Refund = store.RefundRequest{AskedAt: 1, By: "owner", Reason: "-"}
		for _, c := range []struct {
			tx   store.Transaction
			says lang.Text
		}{
			{back, lang.Text{UZ: "OneClick 83 000 so‘mni qaytarib oldi", RU: "OneClick забрал платёж назад: 83 000 сум", EN: "OneClick took back 83 000 UZS"}},
			{asked, lang.Text{UZ: "OneClick 83 000 so‘mni mijozga qaytardi", RU: "OneClick: клиенту возвращено 83 000 сум", EN: "OneClick gave 83 000 UZS back to the customer"}},
		} {
			for _, l := range lang.All {
				d := *s.m.desk
				d.Lang = l
				screen := &codeScreen{inv: store.Invoice{Number: 1000002, Status: store.Refunded}, txs: []store.Transaction{c.tx}}
				told := d.fillSystem(wentBack(c.tx, toldTakenBack, toldRefunded), oneClick, "{sum}", d.sum(c.tx.Amount), "{number}", "1000002")
				for _, text := range append(screen.attempts(&d), told) {
					if !strings.Contains(strings.ReplaceAll(text, "\u00a0", " "), c.says.In(l)) {
						t.Errorf("%s: %q, want %q", l, text, c.says.In(l))
					}
				}
			}
		}
	})
}

// Of a call that only says which deal to ask about no body is kept, which is not the same
// as an empty one.
func TestBodiesThatAreNotKeptAreNotEmpty(t *testing.T) {
	t.Parallel()
	perform(t, 80, 24, dealt(cards(), false), func(s *stage) {
		says := strings.Join(s.m.callDetails(callRow{Call: store.Call{System: oneClick, Webhook: "callback", HTTPStatus: 200}}, 120), "\n")
		if !strings.Contains(says, "the bodies are not kept: a call of OneClick") || strings.Contains(says, "empty") {
			t.Errorf("it says\n%s", says)
		}
		says = strings.Join(s.m.callDetails(callRow{Call: store.Call{System: store.Uzum, Webhook: "check", HTTPStatus: 200}}, 120), "\n")
		if !strings.Contains(says, "empty") || strings.Contains(says, "not kept") {
			t.Errorf("of the bank it says\n%s", says)
		}
	})
}
