package tui

import (
	"testing"
	"time"

	"tushum/internal/money"
	"tushum/store"
)

// Whoever cancels an invoice, or takes cash for it, while money that came for it waits
// for a decision is asked for that, and can go on afterwards.
func TestWhatIsRefusedForUndecidedMoneyAsksAboutIt(t *testing.T) {
	t.Parallel()
	for key, c := range map[string]struct {
		done  string
		after store.InvoiceStatus
	}{
		"x": {"is cancelled", store.Cancelled},
		"p": {"is marked as paid", store.Paid},
	} {
		perform(t, 80, 24, dealt(cards(), false), func(s *stage) {
			inv := s.less()
			repeat := func() {
				s.press(key)
				s.pass(time.Second)
				s.enter("cash")
				s.press("enter")
				s.pass(time.Second)
			}
			s.press("2", "down")
			repeat()
			s.sees("what becomes of this money?", "decide about this money first, then do it again", "90 000 came, 95 000 was asked")
			s.misses("tushum transaction", "--force")
			s.press("down")
			s.enter("given back")
			s.press("enter")
			s.sees("the decision is written down")
			repeat()
			s.sees(c.done)
			if now, err := s.store.Invoice(t.Context(), inv.Number); err != nil || now.Status != c.after {
				t.Errorf("after %q the invoice is %v, %v", key, now.Status, err)
			}
		})
	}
}

// The screen on which the money was waited for is where it is decided about, too.
func TestMoneyIsDecidedAboutOnTheQRScreen(t *testing.T) {
	t.Parallel()
	v := cards()
	perform(t, 80, 24, dealt(v, false), func(s *stage) {
		inv := s.dealt95()
		s.press("h")
		s.notices("there is no money to decide about")
		s.tell(inv, store.DealCompleted, 90_000*money.Som)
		s.sees("money came, but the invoice is not paid", "h decide about this money")
		s.misses("r ask again")
		s.press("r")
		s.notices("decide about the money that came first (h): then more can be asked for")
		s.press("h")
		s.pass(time.Second)
		s.sees("what becomes of this money?")
		s.enter("a discount")
		s.press("enter")
		s.sees("is marked as paid", "█████")
		if paid, err := s.store.Invoice(t.Context(), inv.Number); err != nil || paid.Status != store.Paid || v.begun != 1 {
			t.Errorf("the invoice is %v, %v, after %d deals", paid.Status, err, v.begun)
		}
	})
}

// Money that comes while another deal is being asked for is no failure of the payment
// system.
func TestMoneyThatComesBeforeADealIsBegunIsDecidedAbout(t *testing.T) {
	t.Parallel()
	v := cards()
	perform(t, 80, 24, dealt(v, false), func(s *stage) {
		inv := s.dealt95()
		s.tell(inv, store.DealCanceled, 0)
		s.inside(func() { v.hold = make(chan struct{}) })
		s.press("r")
		s.sees("asking OneClick…")
		s.tell(inv, store.DealCompleted, 90_000*money.Som)
		close(v.hold)
		s.pass(0)
		s.sees("money came, but the invoice is not paid", "90 000 came, 95 000 was asked: decide", "h decide about this money")
		s.misses("does not say where to pay", "r ask again")
	})
}

// No bank stands behind a payment by deal: nobody is told to write to one, or that one
// has called.
func TestAPaymentByDealHasNoBank(t *testing.T) {
	t.Parallel()
	perform(t, 120, 40, dealt(cards(), false), func(s *stage) {
		inv := s.dealt95()
		s.tell(inv, store.DealCompleted, inv.Amount)
		s.press("esc", "2", "down", "x")
		s.notices("paid: can't be cancelled; give the money back yourself")
		s.press("1", "down", "enter")
		s.sees("OneClick: the money has come")
		s.press("a")
		s.notices("what is said with OneClick is not kept in the journal")
		s.press("b")
		s.notices("give the money back yourself, or ask for it in the system's cabinet")
		s.misses("the bank")
	})
}

// A list that is behind the ledger does not send them to one either.
func TestAnInvoicePaidMeanwhileByDealIsNotRefundedByLetter(t *testing.T) {
	t.Parallel()
	perform(t, 120, 40, dealt(cards(), false), func(s *stage) {
		inv := s.dealt95()
		s.press("esc", "2", "down", "x")
		s.pass(time.Second)
		s.tell(inv, store.DealCompleted, inv.Amount)
		s.press("enter")
		s.sees("invoice " + inv.Number.String() + " is already paid")
		s.misses("a refund is requested")
	})
}
