package commerce

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"kedai/models"
)

// column is the name of a column as Shopify's export has it.
type column string

const (
	columnHandle    column = "Handle"
	columnTitle     column = "Title"
	columnBody      column = "Body (HTML)"
	columnVendor    column = "Vendor"
	columnType      column = "Type"
	columnTags      column = "Tags"
	columnPublished column = "Published"
	columnStatus    column = "Status"
	columnSKU       column = "Variant SKU"
	columnTracker   column = "Variant Inventory Tracker"
	columnQuantity  column = "Variant Inventory Qty"
	columnPolicy    column = "Variant Inventory Policy"
	columnPrice     column = "Variant Price"
	columnCompareAt column = "Variant Compare At Price"
	columnImage     column = "Image Src"
)

// optionCount is how many options Shopify's format has.
const optionCount = 3

func columnOptionName(n int) column  { return column(fmt.Sprintf("Option%d Name", n)) }
func columnOptionValue(n int) column { return column(fmt.Sprintf("Option%d Value", n)) }

// renamed maps what newer and older exports call some columns.
var renamed = map[string]column{
	"url handle":                         columnHandle,
	"description":                        columnBody,
	"custom product type":                columnType,
	"published on online store":          columnPublished,
	"sku":                                columnSKU,
	"inventory tracker":                  columnTracker,
	"inventory quantity":                 columnQuantity,
	"continue selling when out of stock": columnPolicy,
	"price":                              columnPrice,
	"compare-at price":                   columnCompareAt,
	"product image url":                  columnImage,
}

// known holds the columns that are read, by their names in lower case.
var known = knownColumns()

func knownColumns() map[string]column {
	columns := []column{
		columnHandle, columnTitle, columnBody, columnVendor, columnType, columnTags, columnPublished, columnStatus,
		columnSKU, columnTracker, columnQuantity, columnPolicy, columnPrice, columnCompareAt, columnImage,
	}
	for n := 1; n <= optionCount; n++ {
		columns = append(columns, columnOptionName(n), columnOptionValue(n))
	}
	byName := make(map[string]column, len(columns))
	for _, c := range columns {
		byName[strings.ToLower(string(c))] = c
	}
	return byName
}

// header says where a file has its columns.
type header struct {
	at    map[column]int
	width int
}

// readHeader finds the columns. A name that occurs twice counts where it
// occurs first; a column's own name goes before another name for it.
func readHeader(names []string) (header, error) {
	h := header{at: map[column]int{}, width: len(names)}
	for _, table := range []map[string]column{known, renamed} {
		for i, name := range names {
			c, ok := table[strings.ToLower(strings.TrimSpace(name))]
			if _, taken := h.at[c]; ok && !taken {
				h.at[c] = i
			}
		}
	}
	var missing []string
	for _, c := range []column{columnHandle, columnTitle, columnPrice} {
		if _, ok := h.at[c]; !ok {
			missing = append(missing, string(c))
		}
	}
	switch len(missing) {
	case 0:
		return h, nil
	case 1:
		return header{}, models.Errorf(models.CodeInvalid,
			"This isn't a product CSV as Shopify exports it: the column %s lacks.", missing[0])
	default:
		return header{}, models.Errorf(models.CodeInvalid,
			"This isn't a product CSV as Shopify exports it: the columns %s lack.", strings.Join(missing, ", "))
	}
}

func (h header) has(c column) bool {
	_, ok := h.at[c]
	return ok
}

// row is one record of the file with its cells by column.
type row struct {
	header header
	cells  []string
}

// cell returns a cell without the white space around it; the empty text if
// there is no such column.
func (r row) cell(c column) string {
	i, ok := r.header.at[c]
	if !ok {
		return ""
	}
	return strings.TrimSpace(r.cells[i])
}

// hasVariant tells a variant's row from one that only brings an image.
func (r row) hasVariant() bool {
	return r.cell(columnPrice) != "" || r.cell(columnSKU) != "" || r.cell(columnOptionValue(1)) != ""
}

// tooLong says which of the cells is longer than its limit, or returns "".
func tooLong(r row, columns ...column) string {
	for _, c := range columns {
		limit, ok := maxRunes[c]
		if !ok {
			limit = maxShort
		}
		if n := utf8.RuneCountInString(r.cell(c)); n > limit {
			return fmt.Sprintf("%s has %d characters, more than %d.", c, n, limit)
		}
	}
	return ""
}
