package setup

import (
	"tushum/internal/money"
	"tushum/store"
)

// Saved is what came of answers that were written down.
type Saved struct {
	Sheet   Sheet    // with the password where one was made or typed just now
	Waiting []string // keys of settings that take effect at the next start only
	// Missing is what has to be answered before the bank can call. Where service
	// id, login or password is among it, none of these three was written.
	Missing []ID
	Held    Answers // those of the three that were given and wait for the others
}

// Sheet is what the shop tells the bank.
type Sheet struct {
	Shop        string
	BaseURL     string // public URL and path; empty without a public URL
	ServiceID   int64
	Login       string
	Password    string // only right after it was made or typed; empty otherwise
	AccountKey  string
	TestInvoice store.Number // zero: none was made
	TestAmount  money.Amount // of that invoice, in tiyin
}
