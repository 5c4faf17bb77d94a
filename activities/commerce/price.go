package commerce

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/shopspring/decimal"
)

// The ways to write a price that have one meaning only. Shopify writes the
// first; the others come out of spreadsheets.
var (
	plainPrice     = regexp.MustCompile(`^\d{1,15}(\.\d{1,4})?$`)
	commaDecimals  = regexp.MustCompile(`^\d{1,15},(\d{1,2}|\d{4})$`)
	commaThousands = regexp.MustCompile(`^\d{1,3}(,\d{3})+\.\d{1,4}$|^\d{1,3}(,\d{3}){2,}$`)
	dotThousands   = regexp.MustCompile(`^\d{1,3}(\.\d{3})+,\d{1,4}$|^\d{1,3}(\.\d{3}){2,}$`)
	threeDigits    = regexp.MustCompile(`^[1-9]\d{0,2}[.,]\d{3}$`)
)

// millesimal holds the currencies that are counted in thousandths.
var millesimal = map[string]bool{"BHD": true, "IQD": true, "JOD": true, "KWD": true, "LYD": true, "OMR": true, "TND": true}

// parsePrice reads a price; an empty cell is nil. 1,299 and 1.299 are refused,
// for they could be either of two numbers, unless the currency has thousandths,
// where the dot is Shopify's decimal point.
func parsePrice(cell, currency string) (*decimal.Decimal, error) {
	if cell == "" {
		return nil, nil //nolint:nilnil // No price is a valid price.
	}
	text := strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "").Replace(cell)
	switch {
	case len(text) > 24:
		return nil, fmt.Errorf("%s isn't a price", quote(cell))
	case threeDigits.MatchString(text) && (!millesimal[currency] || strings.Contains(text, ",")):
		return nil, fmt.Errorf("%s can be read in two ways; write it without a thousands separator", quote(cell))
	case plainPrice.MatchString(text):
	case commaThousands.MatchString(text):
		text = strings.ReplaceAll(text, ",", "")
	case commaDecimals.MatchString(text), dotThousands.MatchString(text):
		text = strings.Replace(strings.ReplaceAll(text, ".", ""), ",", ".", 1)
	default:
		return nil, fmt.Errorf("%s isn't a price", quote(cell))
	}
	price, err := decimal.NewFromString(text)
	if err != nil {
		return nil, fmt.Errorf("%s isn't a price", quote(cell))
	}
	return &price, nil
}
