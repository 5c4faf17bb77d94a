package models

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"
)

// ProductEdit is what a person changes of a product; nil leaves a field as it
// is.
type ProductEdit struct {
	Title     *string
	Body      *string
	Tags      *[]string
	Published *bool
	Variants  []VariantEdit
}

// VariantEdit changes one variant of the product.
type VariantEdit struct {
	ID        uuid.UUID
	Price     *PriceEdit
	CompareAt *PriceEdit
	Quantity  *int
}

// PriceEdit sets a price, or takes it away where Amount is nil.
type PriceEdit struct{ Amount *decimal.Decimal }

// Bounds of what a person may write.
const (
	maxProductTitle = 500
	maxProductBody  = 100_000
	maxTags         = 250
	maxTag          = 255
	maxStock        = 1_000_000_000
)

var maxPrice = decimal.New(1, 12)

// Apply changes p. CodeInvalid where it can't be so; p is then not to be used.
func (e ProductEdit) Apply(p *Product) error {
	if err := e.applyTexts(p); err != nil {
		return err
	}
	if e.Published != nil {
		p.Published = *e.Published
	}
	p.Variants = slices.Clone(p.Variants)
	seen := map[uuid.UUID]bool{}
	for _, change := range e.Variants {
		at := slices.IndexFunc(p.Variants, func(v Variant) bool { return v.ID == change.ID })
		if at < 0 {
			return Errorf(CodeInvalid, "variants names an id that isn't one of the product's")
		}
		if seen[change.ID] {
			return Errorf(CodeInvalid, "variants names the same id twice")
		}
		seen[change.ID] = true
		if err := change.apply(&p.Variants[at]); err != nil {
			return err
		}
	}
	return nil
}

func (e ProductEdit) applyTexts(p *Product) error {
	if e.Title != nil {
		p.Title = strings.Join(strings.Fields(*e.Title), " ")
		if n := utf8.RuneCountInString(p.Title); n == 0 || n > maxProductTitle {
			return Errorf(CodeInvalid, "title must have from 1 to %d characters", maxProductTitle)
		}
	}
	if e.Body != nil {
		p.Body = strings.TrimSpace(*e.Body)
		if utf8.RuneCountInString(p.Body) > maxProductBody {
			return Errorf(CodeInvalid, "body must have at most %d characters", maxProductBody)
		}
	}
	if e.Tags == nil {
		return nil
	}
	p.Tags = []string{}
	for _, tag := range *e.Tags {
		tag = strings.TrimSpace(tag)
		if n := utf8.RuneCountInString(tag); n == 0 || n > maxTag {
			return Errorf(CodeInvalid, "each of tags must have from 1 to %d characters", maxTag)
		}
		if !slices.Contains(p.Tags, tag) {
			p.Tags = append(p.Tags, tag)
		}
	}
	if len(p.Tags) > maxTags {
		return Errorf(CodeInvalid, "tags may hold %d tags", maxTags)
	}
	return nil
}

func (e VariantEdit) apply(v *Variant) error {
	if e.Price != nil {
		v.Price = e.Price.Amount
	}
	if e.CompareAt != nil {
		v.CompareAt = e.CompareAt.Amount
	}
	if e.Price != nil || e.CompareAt != nil {
		if err := v.checkPrices(); err != nil {
			return err
		}
	}
	if e.Quantity == nil {
		return nil
	}
	if *e.Quantity < 0 || *e.Quantity > maxStock {
		return Errorf(CodeInvalid, "quantity must be from 0 to %d", maxStock)
	}
	v.Quantity = *e.Quantity
	return nil
}

// checkPrices returns CodeInvalid where the prices can't be a variant's.
func (v Variant) checkPrices() error {
	for name, amount := range map[string]*decimal.Decimal{"price": v.Price, "compare_at": v.CompareAt} {
		switch decimals := CurrencyPlaces(v.Currency); {
		case amount == nil:
		case amount.IsNegative() || amount.GreaterThanOrEqual(maxPrice):
			return Errorf(CodeInvalid, "%s must be from 0 to less than %s", name, maxPrice)
		case !amount.Equal(amount.Truncate(decimals)):
			return Errorf(CodeInvalid, "%s has more than the %d decimals that %s has", name, decimals, v.Currency)
		}
	}
	if v.CompareAt != nil && (v.Price == nil || !v.CompareAt.GreaterThan(*v.Price)) {
		return Errorf(CodeInvalid, "compare_at is the price before a discount: it must be above price, or null")
	}
	return nil
}
