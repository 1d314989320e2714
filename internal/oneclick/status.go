package oneclick

import "strings"

// Status is where a deal stands.
type Status uint8

// The vendor's words for it (D).
const (
	Unknown   Status = iota // a word that nobody knows; Deal.StatusText has it
	Queued                  // waits for a performer
	New                     // made
	Pending                 // a performer is assigned
	Paid                    // the payer says so; it is not money
	Completed               // the money has come: the only one that pays an invoice
	Disputed                // looked into; ends as completed or canceled, whatever it was before
	Canceled
	Expired
	Refunded
)

var statusNames = [...]string{"unknown", "queued", "new", "pending", "paid", "completed", "disputed", "canceled", "expired", "refunded"}

// String is the vendor's word, "unknown" for any other.
func (s Status) String() string {
	if int(s) >= len(statusNames) {
		return statusNames[Unknown]
	}
	return statusNames[s]
}

// ParseStatus reads the vendor's word in any case; cancelled with two l is read too.
func ParseStatus(text string) Status {
	word := strings.ToLower(strings.TrimSpace(text))
	if word == "cancelled" {
		return Canceled
	}
	for s := Queued; int(s) < len(statusNames); s++ {
		if statusNames[s] == word {
			return s
		}
	}
	return Unknown
}
