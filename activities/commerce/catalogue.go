package commerce

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"kedai/models"
)

// catalogue puts products together from the rows of a file.
type catalogue struct {
	header   header
	currency string
	products []*draftProduct
	byHandle map[string]*draftProduct
	current  *draftProduct // Of the row above; nil if that row was refused.
	bad      []models.RowError
}

// draftProduct is a product whose later rows may be still to come.
type draftProduct struct {
	models.Product
	optionNames [optionCount]string
	bare        *bareRow        // The first row, where it says nothing of a variant.
	variants    map[string]bool // The combinations of option values so far.
}

// bareRow is kept until it is known whether other rows bring the variants.
type bareRow struct {
	row
	line int
}

func newCatalogue(h header, currency string) *catalogue {
	c := &catalogue{header: h, currency: currency, byHandle: map[string]*draftProduct{}}
	if !h.has(columnQuantity) && h.has(columnTracker) {
		c.refuse(1, fmt.Sprintf("The column %s lacks: what is counted has a stock of zero.", columnQuantity))
	}
	return c
}

func (c *catalogue) refuse(line int, message string) {
	c.bad = append(c.bad, models.RowError{Line: line, Message: message})
}

// finish returns the products that have a variant.
func (c *catalogue) finish() ([]models.Product, []models.RowError) {
	products := make([]models.Product, 0, len(c.products))
	for _, p := range c.products {
		if p.bare != nil && len(p.Variants) == 0 {
			if why := p.addVariant(p.bare.row, c.currency); why != "" {
				c.refuse(p.bare.line, why)
			}
		}
		// Without a variant only if the rows of all its variants were refused.
		if len(p.Variants) > 0 {
			products = append(products, p.Product)
		}
	}
	slices.SortStableFunc(c.bad, func(a, b models.RowError) int { return cmp.Compare(a.Line, b.Line) })
	return products, c.bad
}

// add takes in one row.
func (c *catalogue) add(line int, cells []string) {
	cells, blank := c.trim(cells)
	if blank {
		return
	}
	above := c.current
	c.current = nil
	if why := unreadable(cells); why != "" {
		c.refuse(line, why)
		return
	}
	if len(cells) != c.header.width {
		c.refuse(line, fmt.Sprintf("This row has %d cells where the first row has %d.", len(cells), c.header.width))
		return
	}
	r := row{header: c.header, cells: cells}
	product, first, why := c.product(r, line, above)
	if why != "" {
		c.refuse(line, why)
		return
	}
	c.current = product
	product.takeNames(r)
	if product.ImageURL == "" {
		product.ImageURL = r.cell(columnImage)
	}
	if !r.hasVariant() {
		if first {
			product.bare = &bareRow{row: r, line: line}
		}
		return
	}
	if why := product.addVariant(r, c.currency); why != "" {
		c.refuse(line, why)
	}
}

// trim cuts empty cells beyond the header off, and reports a row without any text.
func (c *catalogue) trim(cells []string) (trimmed []string, blank bool) {
	last := len(cells)
	for last > 0 && strings.TrimSpace(cells[last-1]) == "" {
		last--
	}
	return cells[:max(last, min(len(cells), c.header.width))], last == 0
}

// product returns the product that a row belongs to, and whether the row is
// its first; or why there is none.
func (c *catalogue) product(r row, line int, above *draftProduct) (p *draftProduct, first bool, why string) {
	handle, title := r.cell(columnHandle), r.cell(columnTitle)
	switch {
	case handle == "" && title != "":
		return nil, false, "This row has no Handle."
	case handle == "" && above == nil:
		return nil, false, "This row has neither Handle nor Title, and the row above wasn't imported."
	case handle == "":
		return above, false, ""
	}
	if p, ok := c.byHandle[handle]; ok {
		return p, false, ""
	}
	if title == "" {
		return nil, false, fmt.Sprintf("This row has no Title, and no product with the Handle %s was imported above.", quote(handle))
	}
	p, why = newProduct(r)
	if why != "" {
		return nil, false, why
	}
	p.Line = line
	c.byHandle[handle] = p
	c.products = append(c.products, p)
	return p, true, ""
}

func newProduct(r row) (p *draftProduct, why string) {
	if why := tooLong(r, columnHandle, columnTitle, columnVendor, columnType, columnImage); why != "" {
		return nil, why
	}
	published, ok := truth(r.cell(columnPublished), true)
	if !ok {
		return nil, fmt.Sprintf("Published is %s, neither true nor false.", quote(r.cell(columnPublished)))
	}
	switch status := strings.ToLower(r.cell(columnStatus)); status {
	case "", "active":
	case "draft", "archived", "unlisted":
		published = false
	default:
		return nil, fmt.Sprintf("Status is %s, none of active, draft, archived.", quote(status))
	}
	return &draftProduct{
		Product: models.Product{
			Handle:    r.cell(columnHandle),
			Title:     strings.Join(strings.Fields(r.cell(columnTitle)), " "),
			Body:      plainText(r.cell(columnBody)),
			Vendor:    r.cell(columnVendor),
			Type:      r.cell(columnType),
			Tags:      tags(r.cell(columnTags)),
			Published: published,
		},
		variants: map[string]bool{},
	}, ""
}

// takeNames learns the options' names, which only a product's first row has.
func (p *draftProduct) takeNames(r row) {
	for n := range p.optionNames {
		if p.optionNames[n] == "" {
			p.optionNames[n] = r.cell(columnOptionName(n + 1))
		}
	}
}

// addVariant adds the variant of a row, or says why it can't.
func (p *draftProduct) addVariant(r row, currency string) (why string) {
	if len(p.Variants) == maxVariants {
		return fmt.Sprintf("The product %s has more than %d variants.", quote(p.Handle), maxVariants)
	}
	if why := tooLong(r, columnSKU, columnOptionValue(1), columnOptionValue(2), columnOptionValue(3)); why != "" {
		return why
	}
	v := models.Variant{
		SKU:      strings.TrimPrefix(r.cell(columnSKU), "'"), // Shopify marks numbers as text with it.
		Options:  p.options(r),
		Currency: currency,
		Tracked:  r.cell(columnTracker) != "",
	}
	var err error
	if v.Price, err = parsePrice(r.cell(columnPrice), currency); err != nil {
		return fmt.Sprintf("%s: %s.", columnPrice, err)
	}
	if v.CompareAt, err = parsePrice(r.cell(columnCompareAt), currency); err != nil {
		return fmt.Sprintf("%s: %s.", columnCompareAt, err)
	}
	if v.Quantity, err = parseQuantity(r.cell(columnQuantity)); err != nil {
		return fmt.Sprintf("%s: %s.", columnQuantity, err)
	}
	switch policy := strings.ToLower(r.cell(columnPolicy)); policy {
	case "", "deny":
	case "continue":
		v.Backorder = true
	default:
		oversell, ok := truth(policy, false)
		if !ok {
			return fmt.Sprintf("%s is %s, neither deny nor continue.", columnPolicy, quote(policy))
		}
		v.Backorder = oversell
	}
	key := combination(v.Options)
	if p.variants[key] {
		return fmt.Sprintf("The product %s has a variant with the same options above.", quote(p.Handle))
	}
	p.variants[key] = true
	p.Variants = append(p.Variants, v)
	return ""
}

// options returns a row's choices. A product without choices has the single
// value Default Title in Shopify's format.
func (p *draftProduct) options(r row) []models.Option {
	var options []models.Option
	for n := range optionCount {
		value := r.cell(columnOptionValue(n + 1))
		if value == "" || (n == 0 && value == "Default Title") {
			continue
		}
		name := p.optionNames[n]
		if name == "" {
			name = fmt.Sprintf("Option %d", n+1)
		}
		options = append(options, models.Option{Name: name, Value: value})
	}
	return options
}

func combination(options []models.Option) string {
	var key strings.Builder
	for _, o := range options {
		key.WriteString(o.Name + "\x00" + strings.ToLower(o.Value) + "\x00")
	}
	return key.String()
}

func tags(cell string) []string {
	var list []string
	for tag := range strings.SplitSeq(cell, ",") {
		if tag = strings.TrimSpace(tag); tag != "" {
			list = append(list, tag)
		}
	}
	return list
}

// truth reads a cell of true or false, as spreadsheets write them in the
// languages of the agent.
func truth(cell string, empty bool) (value, ok bool) {
	switch strings.ToLower(cell) {
	case "":
		return empty, true
	case "true", "1", "yes", "verdadero", "verdadeiro", "истина":
		return true, true
	case "false", "0", "no", "falso", "ложь":
		return false, true
	}
	return false, false
}

// parseQuantity reads a whole number. It may be below zero: sold beyond the stock.
func parseQuantity(cell string) (int, error) {
	if cell == "" {
		return 0, nil
	}
	whole := cell
	if before, zeros, found := strings.Cut(cell, "."); found && strings.Trim(zeros, "0") == "" {
		whole = before
	}
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || n > math.MaxInt32 || n < math.MinInt32 {
		return 0, fmt.Errorf("%s isn't a whole number", quote(cell))
	}
	return int(n), nil
}

// quote returns a cell for a message, shortened.
func quote(cell string) string {
	if runes := []rune(cell); len(runes) > 40 {
		cell = string(runes[:40]) + "…"
	}
	return strconv.Quote(cell)
}
