package store

import (
	"context"
	"iter"
	"time"

	"tushum/internal/money"
)

// Attempt is the bank's wish to begin a payment (its create).
type Attempt struct {
	System    System
	ServiceID int64
	TransID   string
	Number    Number // zero when the account is no number at all
	Amount    money.Amount
}

// Confirmation is the bank's word that the customer has been debited. Only
// TransID is sure to be there: a missing phone never costs a customer the payment.
type Confirmation struct {
	System    System
	TransID   string
	Source    string
	Tariff    string
	Reference string
	CardType  int64
	Phone     Phone
}

// Witness makes the line of the wire journal for a decided call. The ledger
// calls it once, before the commit. When the decision changes the ledger, the line
// is kept in the same commit; otherwise the ledger keeps it as Record would.
// It must be quick and must not call the ledger.
type Witness func(Decided) Call

// Decided is what came of one call of a payment system.
type Decided struct {
	Transaction Transaction // as it will stand, or as the clock has it when refused; zero when there is none
	Invoice     Invoice     // the one it pays; zero when there is none
	Err         error       // the refusal; nil when there is none
}

// InvoiceQuery asks for a page of invoices, newest first.
type InvoiceQuery struct {
	Status   InvoiceStatus // zero: any
	Kind     Kind          // empty: any
	From, To Date          // business days of creation, both included; zero: open
	Search   string        // as Words has it
	After    Number        // the last one of the page before; zero: from the newest
	Limit    int           // zero: all
}

// TransactionQuery asks for a page of transactions, newest first.
type TransactionQuery struct {
	Status   TransactionStatus // zero: any
	Source   string            // empty: any
	Number   Number            // zero: of any invoice
	From, To Date              // business days of creation, both included; zero: open
	Search   string            // as Words has it
	After    uint64            // Seq of the last one of the page before; zero: from the newest
	Limit    int               // zero: all
}

// CallQuery asks for a page of the wire journal, newest first.
type CallQuery struct {
	TxSeq   uint64 // zero: of any transaction
	Refused bool   // only calls that were refused
	Webhook string // empty: any
	Search  string // as Words has it
	After   uint64 // Seq of the last one of the page before; zero: from the newest
	Limit   int    // zero: all
}

// Bank is what the webhooks of a payment system need of the ledger. Create,
// Confirm and Reverse return after their change is on disk. Errors carry a Code;
// with a refusal comes the transaction as it stands then, where there is one. A
// payment system sees its own transactions only: those of another, and of
// Manual, are TransactionNotFound.
type Bank interface {
	// Check tells whether an invoice may be paid now. It writes nothing.
	Check(ctx context.Context, system System, n Number) (Invoice, error)
	Create(ctx context.Context, a Attempt, w Witness) (Transaction, error)
	Confirm(ctx context.Context, c Confirmation, w Witness) (Transaction, error)
	Reverse(ctx context.Context, system System, transID string, w Witness) (Transaction, error)
	// Status finds a transaction as the clock has it. FAILED by the clock is
	// written down before it is told, so that it stays true.
	Status(ctx context.Context, system System, transID string) (Transaction, error)
	// Invoice finds one by its number, for what the payer is shown.
	Invoice(ctx context.Context, n Number) (Invoice, error)
	// Record keeps a line of the wire journal in the background. It never blocks
	// and drops lines rather than slow a payment.
	Record(c Call)
}

// CancelOrder is a staff member's wish to cancel, with the reason for it.
type CancelOrder struct {
	Number Number
	By     string
	Reason string
	Force  bool // cancel although somebody is paying it now, or money that came waits
}

// ManualPayment is money that came another way, recorded by staff.
type ManualPayment struct {
	Number Number
	By     string
	Reason string
	Source string // one of ManualSources
	Force  bool   // record it although somebody is paying the invoice now, or money that came waits
}

// Desk is what staff need of the ledger, from the console or from a command.
type Desk interface {
	Issue(ctx context.Context, d Draft) (Invoice, error)
	// OpenTill finds the till's invoice, as Books.Till does, or else issues the
	// draft, which is of kind Counter. However many ask at once, one is made.
	OpenTill(ctx context.Context, d Draft) (till Invoice, made bool, err error)
	// Cancel and MarkPaid are refused with PaymentInFlight while somebody is paying,
	// and with MoneyUndecided while money that came waits for a decision, unless
	// the order has Force.
	Cancel(ctx context.Context, o CancelOrder) (Invoice, error)
	Reopen(ctx context.Context, n Number, by, reason string, expires Instant) (Invoice, error)
	Extend(ctx context.Context, n Number, by, reason string, expires Instant) (Invoice, error)
	MarkPaid(ctx context.Context, p ManualPayment) (Invoice, error)
	// RequestRefund writes down that the shop wants a payment given back.
	RequestRefund(ctx context.Context, o RefundOrder) (Transaction, error)
	// CloseRefund writes down that a request ended without a reverse.
	CloseRefund(ctx context.Context, e RefundEnd) (Transaction, error)
	// Settle writes down what became of money that no invoice waited for.
	Settle(ctx context.Context, o SettleOrder) (Transaction, error)
}

// Deals is what the life of a deal needs of the ledger. What changes a deal returns
// after it is on disk. A name that is not there is DealNotFound.
type Deals interface {
	// BeginDeal writes an attempt down before the payment system is asked, under
	// the Ref of the order. However many ask at once, there is one: begun is false
	// where it was there before. MoneyUndecided: money came for the invoice already.
	// ClaimedBefore: the last one is Doubtful, and the order has no Force.
	// TooManyDeals: it has had as many attempts as an hour, or an invoice, allows.
	BeginDeal(ctx context.Context, o DealOrder) (d Deal, begun bool, err error)
	// TellDeal writes down what the payment system says of a deal, and what follows.
	TellDeal(ctx context.Context, ref string, n DealNews) (Deal, error)
	// VoidDeal writes down that an attempt never came about, and why.
	VoidDeal(ctx context.Context, ref, why string) (Deal, error)
	// CallOffDeal writes down that the payment system was asked to call it off.
	CallOffDeal(ctx context.Context, ref string) (Deal, error)
	Deal(ctx context.Context, ref string) (Deal, error)
	// DealByID finds a deal by the payment system's name for it.
	DealByID(ctx context.Context, system System, id string) (Deal, error)
	// DealsOf are all of an invoice, newest first.
	DealsOf(ctx context.Context, n Number) ([]Deal, error)
	// TroubledDeals are those in which somebody has to look at something, oldest
	// first. A limit of zero is all.
	TroubledDeals(ctx context.Context, limit int) ([]Deal, error)
	// DueDeals are up to limit deals of a payment system about which it is to be
	// asked, longest overdue first, and when the next one after them is due (zero:
	// never).
	DueDeals(ctx context.Context, system System, limit int) (due []Deal, next Instant, err error)
	// LookAgain sets when deals are due next, zero for never. One about which there is
	// nothing more to learn by now is not due any more, whatever is wanted.
	LookAgain(ctx context.Context, when []DealDue) error
}

// Books is the ledger as it can be read. Lists come newest first and answer no
// more than asked for; a list of all is read in short steps, so it is not one
// moment's picture.
//
// The Find methods yield what they find on the way, and hold nothing of the
// ledger while they do. They may be stopped at any time and ranged over again.
// An error, also that of a context that has ended, is yielded once and ends them.
type Books interface {
	Invoice(ctx context.Context, n Number) (Invoice, error)
	InvoiceByToken(ctx context.Context, t Token) (Invoice, error)
	// Till is the shop's standing invoice: of those that stand at the till that
	// which was issued first. It is InvoiceNotFound where there is none.
	Till(ctx context.Context) (Invoice, error)
	Invoices(ctx context.Context, q InvoiceQuery) ([]Invoice, error)
	FindInvoices(ctx context.Context, q InvoiceQuery) iter.Seq2[Invoice, error]
	// Transaction finds one by its name alone. Payment systems choose theirs without
	// asking each other: where two have it, that is TransIDShared, and TransactionOf
	// finds the one that is meant.
	Transaction(ctx context.Context, transID string) (Transaction, error)
	TransactionOf(ctx context.Context, system System, transID string) (Transaction, error)
	Transactions(ctx context.Context, q TransactionQuery) ([]Transaction, error)
	FindTransactions(ctx context.Context, q TransactionQuery) iter.Seq2[Transaction, error]
	Refunds(ctx context.Context, q RefundQuery) ([]Transaction, error)
	// Unsettled are the payments that no invoice waited for and that nobody has
	// decided about, oldest first. A limit of zero is all.
	Unsettled(ctx context.Context, limit int) ([]Transaction, error)
	DealsOf(ctx context.Context, n Number) ([]Deal, error)
	// BillBasis is what Rules.Bill needs of a one-time invoice, at one moment: of its
	// transactions those that may still be confirmed, those that are unsettled and the
	// one that paid it, and all of its deals. Of a counter invoice it is nothing.
	BillBasis(ctx context.Context, inv Invoice) ([]Transaction, []Deal, error)
	Calls(ctx context.Context, q CallQuery) ([]Call, error)
	FindCalls(ctx context.Context, q CallQuery) iter.Seq2[Call, error]
	Totals(ctx context.Context, from, to Date) ([]Total, error)
	// Events answers up to limit events after a sequence number, oldest first.
	Events(ctx context.Context, after uint64, limit int) ([]Event, error)
	// LastEvent is the sequence number of the newest event; zero when there is none.
	LastEvent(ctx context.Context) (uint64, error)
	// Subscribe returns a channel that is signalled after each commit that left
	// events or lines of the wire journal. Signals merge: read Events from where you stand until none is left.
	Subscribe() (wake <-chan struct{}, cancel func())
	Rules() Rules
	Now() time.Time
}

// Ledger is all of it.
type Ledger interface {
	Bank
	Desk
	Books
	Deals
}
