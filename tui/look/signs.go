package look

// Signs are single characters of one cell each. They stand beside a word or a
// sum and say what a colour alone must not.
type Signs struct {
	// Of an invoice or a payment.
	Paid      string // the money is the shop's
	Waiting   string // a payment the bank has not settled
	Paying    string // somebody is paying now
	Failed    string // an attempt came to nothing
	Reversed  string // the bank took a payment back
	Cancelled string // the shop withdrew the invoice
	Expired   string // its time is over
	Open      string // it can be paid

	// Of a row.
	Fresh  string // new since it was last looked at
	Cursor string // keys act on this one

	// Of a list or chart.
	Up   string // there is more above; sorted upwards; more than before
	Down string // there is more below; sorted downwards; less than before
	More string // text goes on
	Rule string // a piece of a horizontal line
	Dot  string // parts two things on one line

	// Of the console.
	Bell  string // the bell is on
	On    string // chosen, connected
	Off   string // not chosen, not connected
	Warn  string // something needs a look
	Enter string // the Enter key
}

var signs = Signs{
	Paid: "✓", Waiting: "○", Paying: "◐", Failed: "✗", Reversed: "↺", Cancelled: "–", Expired: "×", Open: "○",
	Fresh: "●", Cursor: "▸",
	Up: "↑", Down: "↓", More: "…", Rule: "─", Dot: "·",
	Bell: "♪", On: "●", Off: "○", Warn: "!", Enter: "⏎",
}

var asciiSigns = Signs{
	Paid: "+", Waiting: "o", Paying: "%", Failed: "!", Reversed: "<", Cancelled: "-", Expired: "x", Open: "o",
	Fresh: "*", Cursor: ">",
	Up: "^", Down: "v", More: "~", Rule: "-", Dot: "|",
	Bell: "d", On: "*", Off: "o", Warn: "!", Enter: "<",
}
