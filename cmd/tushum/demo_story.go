package main

import (
	"context"
	"errors"
	"fmt"

	"tushum/internal/bank"
	"tushum/internal/money"
	"tushum/store"
)

// story is what a day at the till can bring, one act after another.
func (d *demo) story(ctx context.Context) error {
	for _, act := range []func(context.Context) error{
		d.visit, d.declinedCard, d.goods, d.counter, d.instalment, d.cancelInFlight, d.reversal, d.wrongAmount, d.cash,
	} {
		if err := act(ctx); err != nil {
			return err
		}
	}
	return nil
}

var customers = []string{"Aziza Karimova", "Жасур Тошматов", "Dilnoza", "Sardor aka", "Малика", "O‘tkir Rahimov", "Shahnoza", "Бекзод"}

// someone is a customer's name and an amount between two, in whole thousands of so'm.
func (d *demo) someone(least, most int64) (string, money.Amount) {
	return customers[d.random.IntN(len(customers))], money.Amount(least+d.random.Int64N(most-least+1)) * 1000 * money.Som
}

// issue makes an invoice and tells so.
func (d *demo) issue(ctx context.Context, draft store.Draft) (store.Invoice, error) {
	draft.By = "demo"
	inv, err := d.shop.Issue(ctx, draft)
	if err != nil {
		return inv, err
	}
	text, amount := demoIssued, inv.Amount.Format(d.app.lang)
	if inv.Reusable() {
		text = demoIssuedCounter
	}
	return inv, d.tell(ctx, cashier, text, "{number}", inv.Number.String(), "{kind}", d.app.kindWord(inv.Kind), "{amount}", amount, "{customer}", inv.Customer.Name)
}

// pay has the bank pay an invoice and tells how that went.
func (d *demo) pay(ctx context.Context, inv store.Invoice, req bank.PayRequest) (store.Transaction, error) {
	req.Number = inv.Number.String()
	if req.Payer.Phone == "" {
		req.Payer.Phone = fmt.Sprintf("99890%07d", d.random.IntN(10_000_000))
	}
	receipt, err := d.bank.Pay(ctx, req)
	if err != nil {
		return store.Transaction{}, err
	}
	for range receipt.Declined {
		if err := d.tell(ctx, uzumBank, demoDeclined, "{number}", req.Number); err != nil {
			return store.Transaction{}, err
		}
	}
	t, err := d.shop.Transaction(ctx, receipt.TransID)
	if err != nil {
		return t, err
	}
	if err := d.tell(ctx, uzumBank, demoPaysWith, "{number}", req.Number, "{source}", t.Source, "{amount}", t.Amount.Format(d.app.lang)); err != nil {
		return t, err
	}
	return t, d.tellPaid(ctx, t)
}

func (d *demo) tellPaid(ctx context.Context, t store.Transaction) error {
	l := d.app.lang
	return d.tell(ctx, theShop, demoPaid, "{number}", t.Number.String(), "{amount}", t.Amount.Format(l),
		"{fee}", t.Fee().Format(l), "{net}", t.Net().Format(l), "{rate}", t.Rate.Format(l), "{check}", d.checkContract(t))
}

func (d *demo) checkContract(t store.Transaction) string {
	if !t.RateAssumed {
		return ""
	}
	return " (" + d.app.say(demoCheckContract) + ")"
}

func (d *demo) visit(ctx context.Context) error {
	name, amount := d.someone(90, 240)
	inv, err := d.issue(ctx, store.Draft{Kind: store.Visit, Customer: store.Customer{Name: name}, Specialist: "Gulnora", Lines: []store.Line{
		{Name: "Haircut", Quantity: 1, Price: amount / 3 * 2}, {Name: "Styling", Quantity: 1, Price: amount - amount/3*2},
	}})
	if err != nil {
		return err
	}
	if err := d.tell(ctx, cashier, demoSendsLink, "{number}", inv.Number.String(), "{link}", d.links().Pay(inv)); err != nil {
		return err
	}
	_, err = d.pay(ctx, inv, bank.PayRequest{Payer: bank.Payer{Source: "UZCARD"}})
	return err
}

// declinedCard is paid at the second try; what the first one left becomes FAILED.
func (d *demo) declinedCard(ctx context.Context) error {
	name, amount := d.someone(20, 80)
	inv, err := d.issue(ctx, store.Draft{Kind: store.Visit, Customer: store.Customer{Name: name}, Lines: []store.Line{{Name: "Manicure", Quantity: 2, Price: amount}}})
	if err != nil {
		return err
	}
	_, err = d.pay(ctx, inv, bank.PayRequest{Payer: bank.Payer{Source: "HUMO"}, Declines: 1})
	return err
}

// counter is the till's standing QR, paid by whoever comes.
func (d *demo) counter(ctx context.Context) error {
	inv, err := d.issue(ctx, store.Draft{Kind: store.Counter})
	if err != nil {
		return err
	}
	if err := d.tell(ctx, cashier, demoPrintsCode, "{link}", d.links().PayHere()); err != nil {
		return err
	}
	for _, source := range []string{"UZUM_DEBIT_VISA", "UZCARD", "CASHBACK"} {
		_, amount := d.someone(10, 60)
		if _, err := d.pay(ctx, inv, bank.PayRequest{Amount: amount, Payer: bank.Payer{Source: source}}); err != nil {
			return err
		}
	}
	return nil
}

func (d *demo) instalment(ctx context.Context) error {
	name, amount := d.someone(900, 1800)
	inv, err := d.issue(ctx, store.Draft{Kind: store.Membership, Amount: amount, Customer: store.Customer{Name: name}})
	if err != nil {
		return err
	}
	_, err = d.pay(ctx, inv, bank.PayRequest{Payer: bank.Payer{Source: "INSTALLMENT", Tariff: "15-0-4"}})
	return err
}

// cancelInFlight is staff cancelling while the customer is paying: the confirm
// that follows is refused, so the bank gives the money back.
func (d *demo) cancelInFlight(ctx context.Context) error {
	name, amount := d.someone(50, 150)
	inv, err := d.issue(ctx, store.Draft{Kind: store.Prepayment, Amount: amount, Customer: store.Customer{Name: name}})
	if err != nil {
		return err
	}
	begun, err := d.bank.Decline(ctx, bank.PayRequest{Number: inv.Number.String()})
	if err != nil {
		return err
	}
	number := []string{"{number}", inv.Number.String()}
	if err := d.tell(ctx, uzumBank, demoBegins, number...); err != nil {
		return err
	}
	_, err = d.shop.Cancel(ctx, store.CancelOrder{Number: inv.Number, By: "demo", Reason: "the customer changed the date"})
	if err := d.refused(ctx, cashier, err, store.PaymentInFlight); err != nil {
		return err
	}
	if _, err = d.shop.Cancel(ctx, store.CancelOrder{Number: inv.Number, By: "demo", Reason: "the customer changed the date", Force: true}); err != nil {
		return err
	}
	if err := d.tell(ctx, cashier, demoCancelled, number...); err != nil {
		return err
	}
	reply, err := d.bank.Confirm(ctx, begun.TransID, bank.Payer{Source: "UZCARD"})
	if err != nil {
		return err
	}
	return d.bankRefused(ctx, reply.ErrorCode, "10015")
}

func (d *demo) reversal(ctx context.Context) error {
	name, amount := d.someone(200, 500)
	inv, err := d.issue(ctx, store.Draft{Kind: store.Membership, Amount: amount, Customer: store.Customer{Name: name}})
	if err != nil {
		return err
	}
	t, err := d.pay(ctx, inv, bank.PayRequest{Payer: bank.Payer{Source: "VISA"}})
	if err != nil {
		return err
	}
	if _, err := d.bank.Refund(ctx, t.TransID); err != nil {
		return err
	}
	return d.tell(ctx, uzumBank, demoReversed, "{number}", inv.Number.String(), "{amount}", t.Amount.Format(d.app.lang))
}

// wrongAmount is a payer's app that asks for less than the invoice says.
func (d *demo) wrongAmount(ctx context.Context) error {
	name, amount := d.someone(60, 90)
	inv, err := d.issue(ctx, store.Draft{Kind: store.TopUp, Amount: amount, Customer: store.Customer{Name: name}})
	if err != nil {
		return err
	}
	_, err = d.bank.Pay(ctx, bank.PayRequest{Number: inv.Number.String(), Amount: amount - 5000*money.Som})
	var refusal *bank.RefusalError
	if !errors.As(err, &refusal) {
		return fmt.Errorf("the wrong amount was not refused: %w", err)
	}
	return d.bankRefused(ctx, refusal.Code, "10011")
}

// cash is money that came another way.
func (d *demo) cash(ctx context.Context) error {
	name, amount := d.someone(30, 120)
	inv, err := d.issue(ctx, store.Draft{Kind: store.Visit, Amount: amount, Customer: store.Customer{Name: name}})
	if err != nil {
		return err
	}
	if _, err := d.shop.MarkPaid(ctx, store.ManualPayment{Number: inv.Number, By: "demo", Source: "CASH", Reason: "paid at the till"}); err != nil {
		return err
	}
	if err := d.tell(ctx, owner, demoCash, "{number}", inv.Number.String(), "{amount}", amount.Format(d.app.lang)); err != nil {
		return err
	}
	reply, err := d.bank.Check(ctx, inv.Number.String())
	if err != nil {
		return err
	}
	return d.bankRefused(ctx, reply.ErrorCode, "10008")
}

// customer is one more visitor, for as long as the demo is to last.
func (d *demo) customer(ctx context.Context) error {
	name, amount := d.someone(20, 400)
	inv, err := d.issue(ctx, store.Draft{Kind: store.Visit, Amount: amount, Customer: store.Customer{Name: name}})
	if err != nil {
		return err
	}
	sources := []string{"UZCARD", "HUMO", "UZUM_DEBIT_VISA", "VISA", "WALLET"}
	_, err = d.pay(ctx, inv, bank.PayRequest{Payer: bank.Payer{Source: sources[d.random.IntN(len(sources))]}})
	return err
}

// bankRefused tells that the bank was refused, with the code that the story needs.
func (d *demo) bankRefused(ctx context.Context, code, want string) error {
	if code != want {
		return fmt.Errorf("the bank was answered %q where %s belongs", code, want)
	}
	return d.tell(ctx, theShop, demoRefuses, "{code}", code, "{meaning}", bank.Meaning(code, d.app.lang))
}

// refused tells of a refusal that the story needs; any other end is an error.
func (d *demo) refused(ctx context.Context, who actor, err error, want store.Code) error {
	var refusal *store.Error
	if !errors.As(err, &refusal) || refusal.Code != want {
		return fmt.Errorf("a refusal with %s was to come: %w", string(want), err)
	}
	return d.tell(ctx, who, demoTries, "{why}", refusal.Message(d.app.lang), "{hint}", refusal.Hint(d.app.lang))
}
