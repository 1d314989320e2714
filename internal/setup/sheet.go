package setup

import "tushum/store"

// Saved is what came of answers that were written down.
type Saved struct {
	Sheet   Sheet    // with the password where one was made or typed just now
	Waiting []string // keys of settings that take effect at the next start only
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
}
