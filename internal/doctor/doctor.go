// Package doctor looks a shop over before it goes live, and whenever something
// is wrong: settings, permissions, clock, port, HTTPS, DNS, store, disk, and the
// bank's five webhooks as the bank would call them. It repairs nothing.
package doctor

import (
	"time"

	"tushum/internal/lang"
)

// Status is how a check ended.
type Status string

// The outcomes. Skipped says that another check has to pass before.
const (
	Passed  Status = "passed"
	Warning Status = "warning"
	Failed  Status = "failed"
	Skipped Status = "skipped"
)

// Result is one line of what the doctor has to say.
type Result struct {
	Check  string // the name of the check for scripts, such as https.chain
	Title  lang.Text
	Status Status
	Says   lang.Text // what was found
	Advice lang.Text // what to do; empty when it passed
	Took   time.Duration
}
