package models

import (
	"slices"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"
)

// Product is one article of an account's catalogue with all of its variants.
type Product struct {
	ID        uuid.UUID `json:"id"`
	AccountID uuid.UUID `json:"account_id"`
	Handle    string    `json:"handle"` // Unique in the account.
	Title     string    `json:"title"`
	Body      string    `json:"body"` // Plain text, made from the import's HTML.
	Vendor    string    `json:"vendor"`
	Type      string    `json:"type"`
	Tags      []string  `json:"tags" gorm:"serializer:json"`
	ImageURL  string    `json:"image_url"`
	Published bool      `json:"published"`
	Locked    bool      `json:"-"`                 // Synced from a store: every way to edit it is refused.
	Line      int       `json:"-" gorm:"-"`        // Of the upload that it begins in; 0 for what is read from rows.
	Variants  []Variant `json:"variants" gorm:"-"` // In the order of the import; at least one.
}

// TableName names the table.
func (Product) TableName() string { return "products" }

// OnSale reports whether a variant is sold below the price that it is compared
// with.
func (p Product) OnSale() bool {
	return slices.ContainsFunc(p.Variants, func(v Variant) bool {
		return v.Price != nil && v.CompareAt != nil && v.Price.LessThan(*v.CompareAt)
	})
}

// Variant is what a customer can buy of a product.
type Variant struct {
	ID        uuid.UUID        `json:"id"`
	SKU       string           `json:"sku"`
	Options   []Option         `json:"options" gorm:"serializer:json"` // Empty for a product without choices.
	Price     *decimal.Decimal `json:"price"`
	CompareAt *decimal.Decimal `json:"compare_at"` // The price before a discount, if the shop states one.
	Currency  string           `json:"currency"`   // ISO 4217.
	Quantity  int              `json:"quantity"`
	Tracked   bool             `json:"tracked"`   // False: stock isn't counted, the variant is always to be had.
	Backorder bool             `json:"backorder"` // True: may be sold at quantity zero.
}

// TableName names the table.
func (Variant) TableName() string { return "variants" }

// Option is one choice that makes a variant, such as Size: M.
type Option struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Available reports whether the variant can be bought now.
func (v Variant) Available() bool { return !v.Tracked || v.Quantity > 0 || v.Backorder }
