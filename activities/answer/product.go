package answer

import (
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"kedai/models"
)

// found is an answer to one question.
type found struct {
	text   string
	cites  []int
	intent models.Intent
	action models.Action
	done   bool // Nothing is to be worked out for it any more.
}

// title returns a product's title in the language's quotation marks.
func (r *reader) title(p *models.Product) string {
	say := r.lex.say
	if strings.Contains(p.Title, say.quoteOpen) {
		return "„" + p.Title + "“"
	}
	return say.quoteOpen + p.Title + say.quoteClose
}

// fill puts values in a saying.
func fill(saying string, pairs ...string) string {
	return strings.NewReplacer(pairs...).Replace(saying)
}

func (r *reader) money(v models.Variant, amount decimal.Decimal) string {
	return FormatMoney(amount, v.Currency, r.lex.code)
}

// mostPriced is how many options are priced one by one.
const mostPriced = 4

// price says what a product costs: what the named options cost, each where
// they differ and are few.
func (r *reader) price(it *item, c choice) (string, bool) {
	say, title := r.lex.say, r.title(it.product)
	low, high, was, ok := prices(c.variants)
	if !ok {
		return "", false
	}
	if !low.Price.Equal(*high.Price) {
		if levels := priceLevels(c.variants); (c.named || len(it.product.Variants) == len(levels)) && len(levels) <= mostPriced {
			list := make([]string, len(levels))
			for i, l := range levels {
				list[i] = l.name + " — " + r.money(l.variant, *l.variant.Price)
			}
			return title + ": " + strings.Join(list, "; ") + ".", true
		}
		return fill(say.priceRange, "{title}", title, "{low}", r.money(low, *low.Price), "{high}", r.money(high, *high.Price)), true
	}
	text := fill(say.price, "{title}", title, "{price}", r.money(low, *low.Price))
	if name := commonLabel(c); name != "" {
		text = fill(say.priceOption, "{title}", title, "{option}", name, "{price}", r.money(low, *low.Price))
	}
	if was != nil {
		text += " " + fill(say.was, "{was}", r.money(low, *was))
	}
	return text, true
}

// pricedOption is one price of a product and the options that have it.
type pricedOption struct {
	name    string
	variant models.Variant
}

// priceLevels groups variants by price: by the values of the option that the
// price depends on, where one does, else each variant by itself.
func priceLevels(variants []models.Variant) []pricedOption {
	for _, name := range optionNames(variants) {
		if levels, ok := levelsBy(variants, name); ok {
			return levels
		}
	}
	var levels []pricedOption
	for _, v := range variants {
		if v.Price != nil {
			levels = append(levels, pricedOption{label(v), v})
		}
	}
	return levels
}

func optionNames(variants []models.Variant) []string {
	var names []string
	for _, v := range variants {
		for _, o := range v.Options {
			names = include(names, o.Name)
		}
	}
	return names
}

// levelsBy returns the price of each value of an option, and false where one
// value has several.
func levelsBy(variants []models.Variant, name string) ([]pricedOption, bool) {
	var levels []pricedOption
	for _, v := range variants {
		i := slices.IndexFunc(v.Options, func(o models.Option) bool { return o.Name == name })
		if v.Price == nil || i < 0 {
			return nil, false
		}
		value := v.Options[i].Value
		at := slices.IndexFunc(levels, func(l pricedOption) bool { return l.name == value })
		if at < 0 {
			levels = append(levels, pricedOption{value, v})
		} else if !levels[at].variant.Price.Equal(*v.Price) {
			return nil, false
		}
	}
	return levels, len(levels) > 1
}

// commonLabel names what was chosen: the option values that all chosen variants
// share and others lack.
func commonLabel(c choice) string {
	if !c.named || len(c.variants) == 0 {
		return ""
	}
	var values []string
	for _, o := range c.variants[0].Options {
		if o.Value != "" && o.Value != defaultOption && slices.Contains(c.values, o.Value) {
			values = append(values, o.Value)
		}
	}
	return strings.Join(values, " / ")
}

// prices returns the cheapest and the dearest variant, and the price before a
// discount if all variants share it.
func prices(variants []models.Variant) (low, high models.Variant, was *decimal.Decimal, ok bool) {
	shared := true
	for _, v := range variants {
		if v.Price == nil {
			continue
		}
		if !ok {
			low, high, was, ok = v, v, v.CompareAt, true
		}
		if v.Price.LessThan(*low.Price) {
			low = v
		}
		if v.Price.GreaterThan(*high.Price) {
			high = v
		}
		if was == nil || v.CompareAt == nil || !v.CompareAt.Equal(*was) {
			shared = false
		}
	}
	if !shared || was == nil || !was.GreaterThan(*high.Price) {
		was = nil
	}
	return low, high, was, ok
}

// total says what several pieces come to: one price times their number.
func (r *reader) total(it *item, c choice, pieces string) (string, bool) {
	n, err := decimal.NewFromString(pieces)
	low, high, _, ok := prices(c.variants)
	if err != nil || !ok || n.LessThan(decimal.NewFromInt(2)) || !low.Price.Equal(*high.Price) {
		return "", false
	}
	sum := low.Price.Mul(n)
	r.compute(models.Computed{What: models.ComputedTotal, Amount: sum, Currency: low.Currency, From: []int{it.n}})
	return fill(r.lex.say.total, "{count}", n.String(), "{title}", r.title(it.product), "{option}", optionIn(c), "{price}", r.money(low, *low.Price), "{total}", r.money(low, sum)), true
}

// optionIn is a chosen option in brackets, to stand behind a title.
func optionIn(c choice) string {
	if name := commonLabel(c); name != "" {
		return " (" + name + ")"
	}
	return ""
}

// compute notes a figure that was worked out, as a piece of evidence of its own.
func (r *reader) compute(c models.Computed) {
	r.next++
	r.computed = append(r.computed, models.Evidence{N: r.next, Kind: models.EvidenceComputed, Computed: &c})
}

// stock says whether what was chosen of a product is to be had.
func (r *reader) stock(it *item, c choice, q Question) string {
	say, title := r.lex.say, r.title(it.product)
	if len(c.variants) == 1 {
		return r.stockOfOne(it, c, q)
	}
	var in, out []string
	for _, v := range c.variants {
		switch {
		case !v.Available():
			out = append(out, label(v))
		case q.AsksCount && v.Tracked && !v.Backorder:
			in = append(in, label(v)+" ("+strconv.Itoa(v.Quantity)+")")
		default:
			in = append(in, label(v))
		}
	}
	saying := say.someStock
	switch {
	case len(out) == 0:
		saying = say.allStock
	case len(in) == 0:
		saying = say.noStock
	}
	return fill(saying, "{title}", title, "{in}", strings.Join(in, ", "), "{out}", strings.Join(out, ", "))
}

// stockOfOne says it of a single variant. A quantity is told only to somebody
// who asked for one.
func (r *reader) stockOfOne(it *item, c choice, q Question) string {
	say, v := r.lex.say, c.variants[0]
	values := []string{"{title}", r.title(it.product), "{option}", label(v)}
	if !v.Available() {
		text := fill(say.outOfStock, values...)
		if label(v) != "" {
			text = fill(say.outOption, values...)
		}
		if others := availableLabels(it.product); len(others) > 0 {
			text += " " + fill(say.alternatives, "{in}", strings.Join(others, ", "))
		}
		return text
	}
	if v.Tracked && v.Quantity <= 0 {
		return fill(say.toOrder, "{title}", r.title(it.product)+optionIn(c))
	}
	text := fill(say.inStock, values...)
	if label(v) != "" {
		text = fill(say.inOption, values...)
	}
	if !v.Tracked || v.Backorder {
		return text
	}
	short := false
	if wanted, err := decimal.NewFromString(q.Pieces); err == nil && wanted.GreaterThan(decimal.NewFromInt(1)) {
		saying := say.enough
		if short = wanted.GreaterThan(decimal.NewFromInt(int64(v.Quantity))); short {
			saying = say.notEnough
		}
		text += " " + fill(saying, "{count}", wanted.String())
	}
	if q.AsksCount || short {
		text += " " + fill(say.count, "{count}", strconv.Itoa(v.Quantity))
	}
	return text
}

func availableLabels(p *models.Product) []string {
	var labels []string
	for _, v := range p.Variants {
		if v.Available() {
			labels = append(labels, label(v))
		}
	}
	return labels
}

// within reports whether a price keeps to the least and the most that may be
// spent.
func within(price decimal.Decimal, least, most string) bool {
	if low, err := decimal.NewFromString(least); err == nil && price.LessThan(low) {
		return false
	}
	limit, err := decimal.NewFromString(most)
	return err != nil || limit.LessThan(decimal.NewFromInt(leastAmount)) || !price.GreaterThan(limit)
}
