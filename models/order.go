package models

import (
	"strings"
	"time"
	"unicode"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"
)

// Order is what a customer bought. It is disclosed to nobody whom neither the
// channel nor a verified detail ties to it.
type Order struct {
	ID         uuid.UUID `json:"id"`
	AccountID  uuid.UUID `json:"-"`
	ExternalID string    `json:"external_id"` // The shop's own ID; unique in the account.
	Name       string    `json:"name"`        // As the shop shows it, such as #1042.
	Email      string    `json:"email"`       // As NormalEmail has it; empty where the order has none.
	Phone      string    `json:"phone"`       // As NormalPhone has it; empty where the order has none.
	Customer   string    `json:"customer"`    // The name of who ordered, for people's eyes.
	City       string    `json:"city"`        // Where it goes to.
	Country    string    `json:"country"`     // ISO 3166 code.

	// Payment and Fulfillment are Shopify's displayFinancialStatus and
	// displayFulfillmentStatus, whatever values those come to have.
	Payment      string `json:"payment"`
	Fulfillment  string `json:"fulfillment"`
	CancelReason string `json:"cancel_reason"` // Empty unless it was cancelled.

	Currency string           `json:"currency"` // ISO 4217.
	Total    decimal.Decimal  `json:"total"`    // Of now: what was returned or removed is taken off.
	Refunded *decimal.Decimal `json:"refunded"` // Nil where the shop doesn't say.

	Lines     []OrderLine `json:"lines"`
	Shipments []Shipment  `json:"shipments"`

	ProcessedAt time.Time  `json:"processed_at"` // When the customer ordered.
	CancelledAt *time.Time `json:"cancelled_at"`
	RefundedAt  *time.Time `json:"refunded_at"` // Of the newest refund; nil also where the shop doesn't say.
}

// OrderLine is one article of an order.
type OrderLine struct {
	Title    string           `json:"title"`
	Variant  string           `json:"variant"` // Empty for a product without choices.
	SKU      string           `json:"sku"`
	Quantity int              `json:"quantity"`
	Price    *decimal.Decimal `json:"price"` // Of one, in the order's currency.
}

// Shipment is a part of an order on its way.
type Shipment struct {
	Status      string     `json:"status"` // Shopify's displayStatus, such as IN_TRANSIT, or its status.
	ShippedAt   *time.Time `json:"shipped_at"`
	EstimatedAt *time.Time `json:"estimated_at"` // When it is to arrive.
	DeliveredAt *time.Time `json:"delivered_at"`
	Tracking    []Tracking `json:"tracking"`
}

// Tracking is where a shipment can be followed.
type Tracking struct {
	Company string `json:"company"`
	Number  string `json:"number"`
	URL     string `json:"url"`
}

// EstimatedDelivery returns when the last of what hasn't arrived is to arrive;
// nil where the shop doesn't say.
func (o Order) EstimatedDelivery() *time.Time {
	var last *time.Time
	for _, s := range o.Shipments {
		if s.DeliveredAt == nil && s.EstimatedAt != nil && (last == nil || s.EstimatedAt.After(*last)) {
			last = s.EstimatedAt
		}
	}
	return last
}

// OrderNumber returns the one form of an order's name that look-ups compare:
// its letters and digits. #1042, № 1042 and 1042 are the same order.
func OrderNumber(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToUpper(r)
		}
		return -1
	}, name)
}

// NormalEmail returns the one form of an address that look-ups compare, or the
// empty text for what isn't one.
func NormalEmail(email string) string {
	email = strings.ToLower(strings.TrimSpace(email))
	at := strings.LastIndexByte(email, '@')
	if at < 1 || at == len(email)-1 || len(email) > 254 || strings.ContainsFunc(email, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }) {
		return ""
	}
	return email
}

// Lengths of a phone number in digits: the shortest that is anybody's own, and
// the longest there is.
const (
	minPhone = 7
	maxPhone = 15
)

// NormalPhone returns the one form of a phone number that look-ups compare: its
// digits, after a plus where it is written with its country. It returns the
// empty text for what isn't one.
func NormalPhone(phone string) string {
	phone = strings.TrimSpace(phone)
	plus := strings.HasPrefix(phone, "+")
	var digits strings.Builder
	for _, r := range strings.TrimPrefix(phone, "+") {
		switch {
		case r >= '0' && r <= '9':
			digits.WriteRune(r)
		case unicode.IsSpace(r) || strings.ContainsRune("-.()/\u2010\u2011\u2013", r):
		default:
			return ""
		}
	}
	number := digits.String()
	if rest, found := strings.CutPrefix(number, "00"); found && !plus {
		number, plus = rest, true
	}
	switch {
	case len(number) < minPhone || len(number) > maxPhone:
		return ""
	case plus:
		return "+" + number
	}
	return number
}
