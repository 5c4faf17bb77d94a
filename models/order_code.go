package models

import "time"

// CodeHolds is how long a one-time code holds from when it is sent.
const CodeHolds = 10 * time.Minute

// CodeDigits is how many digits a one-time code has.
const CodeDigits = 6

// The limits of codes that are sent. Requests count, whether or not there is
// such an order.
const (
	CodesPerChat    = 3  // In an hour.
	CodesPerNumber  = 5  // In a day.
	CodesPerAddress = 10 // In an hour, of one network address.
)

// CodesStanding is how one-time codes stand in a conversation.
type CodesStanding struct {
	Available bool // The account can send them.
	Offered   bool // The last reply offered one.
	Asked     bool // One was asked for within the last hour.

	Number string // The order that the newest one was asked for; empty for none.
}
