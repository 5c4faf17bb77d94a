package answer

import (
	"slices"
	"strings"

	"kedai/models"
)

// cheapestOf returns the one of several products that were spoken of which
// costs least or most, where a question asks for it.
func (r *reader) cheapestOf(q Question) []ranked {
	products := r.spokenOf(q)
	if len(products) < 2 || len(q.Words) > 2 || !q.Cheapest && !q.Dearest {
		return nil
	}
	at := -1
	var price models.Variant
	for i, p := range products {
		low, _, _, ok := prices(p.product.Variants)
		if !ok {
			return nil
		}
		if at < 0 || q.Cheapest && low.Price.LessThan(*price.Price) || q.Dearest && low.Price.GreaterThan(*price.Price) {
			at, price = i, low
		}
	}
	return products[at : at+1]
}

// ofPrices reports whether a word is one of those that ask for what costs least
// or most.
func (lex *lexicon) ofPrices(w word) bool {
	names := func(p pattern) bool { return p.names(w) }
	return slices.ContainsFunc(lex.cheapest, names) || slices.ContainsFunc(lex.dearest, names)
}

// ofOptions reports whether the one that costs least or most is sought among the
// options of the one product that was spoken of.
func (r *reader) ofOptions(q Question) bool {
	if !r.seeksOption(q) {
		return false
	}
	products, own := r.meant(q)
	return !own || strings.EqualFold(products[0].product.Title, q.Spoken[0])
}

func (r *reader) seeksOption(q Question) bool {
	if !q.Cheapest && !q.Dearest || len(q.Words) > vagueWords || len(q.Spoken) != 1 {
		return false
	}
	spoken := r.spokenOf(q)
	return len(spoken) == 1 && len(priceLevels(spoken[0].product.Variants)) > 1
}

// extremeOption answers about the option that costs least or most of the product
// that was spoken of.
func (r *reader) extremeOption(q Question) (found, bool) {
	if !q.ofProducts() || !r.ofOptions(q) {
		return found{}, false
	}
	q.Carried, q.Refers, q.Intent = nil, true, models.IntentProductPrice
	return r.product(q)
}

// byPrice keeps of a product's variants those that cost least or most, where a
// question seeks them.
func (r *reader) byPrice(c choice, q Question) choice {
	low, high, _, ok := prices(c.variants)
	if !ok || c.named && len(c.variants) == 1 || low.Price.Equal(*high.Price) || q.Intent != models.IntentProductPrice || !r.seeksOption(q) {
		return c
	}
	if q.Dearest {
		low = high
	}
	c.named, c.values = true, nil
	c.variants = slices.DeleteFunc(slices.Clone(c.variants), func(v models.Variant) bool { return v.Price == nil || !v.Price.Equal(*low.Price) })
	for _, name := range optionNames(c.variants) {
		if values := valuesIn(c.variants, name); len(values) == 1 {
			c.values = append(c.values, values[0])
		}
	}
	return c
}

// valuesIn returns the values that variants have of an option.
func valuesIn(variants []models.Variant, name string) []string {
	var values []string
	for _, v := range variants {
		for _, o := range v.Options {
			if o.Name == name {
				values = include(values, o.Value)
			}
		}
	}
	return values
}
