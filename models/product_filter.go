package models

import "github.com/shopspring/decimal"

// ProductFilter is what a customer demands of a product beside what it is. The
// zero value demands nothing.
type ProductFilter struct {
	Min, Max  *decimal.Decimal // Of the price, both included; in the account's currency.
	Available bool             // It can be bought now.
}

// Empty reports whether f demands nothing.
func (f ProductFilter) Empty() bool { return f.Min == nil && f.Max == nil && !f.Available }
