package models

import (
	"strings"
	"time"
)

// OrderLookup is how a look-up of a customer's orders ended. Code decides it;
// no engine does, and an engine learns nothing else about what isn't proven.
type OrderLookup struct {
	Outcome LookupOutcome `json:"outcome"`
	Numbers []string      `json:"numbers"` // As the customer wrote them; those that were asked for.

	// OffersCode says that a one-time code may be sent to the order's own e-mail
	// address, if there is such an order.
	OffersCode bool `json:"offers_code,omitempty"`
}

// LookupOutcome is what a look-up of orders tells.
type LookupOutcome string

// The outcomes. An order that doesn't exist and one that is somebody else's
// have the same outcome.
const (
	LookupFound     LookupOutcome = "found"      // What is beside it as evidence is the customer's.
	LookupUnproven  LookupOutcome = "unproven"   // A number without proof: the order's address or phone is missing.
	LookupNoNumber  LookupOutcome = "no_number"  // An address or phone that was typed, without a number.
	LookupNothing   LookupOutcome = "nothing"    // Neither was given.
	LookupUnmatched LookupOutcome = "unmatched"  // Number and contact aren't of one order.
	LookupLimited   LookupOutcome = "limited"    // There were too many tries.
	LookupNoOrders  LookupOutcome = "no_orders"  // The proven customer has none.
	LookupOthers    LookupOutcome = "not_theirs" // The proven customer has orders, none of that number.

	LookupCodeSent    LookupOutcome = "code_sent"    // A code is on its way, if there is such an order.
	LookupCodeLimited LookupOutcome = "code_limited" // There were too many codes.
	LookupCodeWrong   LookupOutcome = "code_wrong"   // What was typed isn't the code, or it no longer holds.
)

// The limits of wrong tries to prove an order.
const (
	TriesPerChat    = 5 // In an hour.
	TriesPerNumber  = 10
	TriesPerAddress = 20 // In an hour.
)

// OrderClaim is a number with a contact that a customer typed together. It
// proves the one order that both belong to.
type OrderClaim struct {
	Number string // As OrderNumber has it.
	Email  string // As NormalEmail has it, or empty.
	Phone  string // As NormalPhone has it, or empty.
}

// Holds reports whether the claim's contact is the order's.
func (c OrderClaim) Holds(o Order) bool {
	return OrderNumber(o.Name) == c.Number && (c.Email != "" && c.Email == o.Email || SamePhone(c.Phone, o.Phone))
}

// localPhone is how many last digits tell a number within its country.
const localPhone = 9

// SamePhone reports whether a number as somebody types it is one that is kept
// with its country: the same, or its end without the country, however the
// country's own prefix is dialled.
func SamePhone(typed, kept string) bool {
	if typed == "" || kept == "" {
		return false
	}
	if typed == kept || strings.TrimPrefix(typed, "+") == strings.TrimPrefix(kept, "+") {
		return true
	}
	digits := strings.TrimLeft(typed, "0")
	if strings.HasPrefix(typed, "+") || len(digits) < localPhone {
		return false
	}
	if strings.HasSuffix(kept, digits) {
		return true
	}
	// Russia dials 8 where the country code is 7.
	rest, russian := strings.CutPrefix(digits, "8")
	return russian && len(digits) == 11 && kept == "+7"+rest
}

// Late reports whether something that is on its way should have come by now.
func (s Shipment) Late(now time.Time) bool {
	return s.DeliveredAt == nil && s.EstimatedAt != nil && now.After(s.EstimatedAt.Add(24*time.Hour))
}
