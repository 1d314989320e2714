package setup

import "tushum/internal/lang"

// Trouble is why answers could not be put in force, where it is neither a
// setting's fault (config.Errors) nor the ledger's (store.Error): a port in use,
// a certificate that can't be read.
type Trouble struct {
	Says, Hint lang.Text
	Err        error
}

// Error is the English sentence.
func (t *Trouble) Error() string { return t.Says.EN }

// Unwrap gives what lies behind it.
func (t *Trouble) Unwrap() error { return t.Err }
