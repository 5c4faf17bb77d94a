package answer

import (
	"strings"

	"github.com/shopspring/decimal"
	"golang.org/x/text/currency"

	"kedai/models"
)

// noBreak keeps a number and its unit on one line.
const noBreak = "\u00a0"

// moneyForm is how one locale writes an amount.
type moneyForm struct {
	group, point string
	after        bool // The symbol stands behind the number.
	space        bool // A space stands between symbol and number.
	dropWhole    bool // Decimals are left out of a whole amount.
}

var moneyForms = map[models.Language]moneyForm{
	models.English:    {group: ",", point: "."},
	models.Spanish:    {group: ",", point: "."},
	models.Portuguese: {group: ".", point: ",", space: true},
	models.Russian:    {group: noBreak, point: ",", after: true, space: true, dropWhole: true},
}

// currencySymbols has the signs that need no explanation in a shop of that
// currency; any other currency is written with its ISO code.
var currencySymbols = map[string]string{
	"USD": "$", "MXN": "$", "ARS": "$", "CLP": "$", "COP": "$", "CAD": "$", "AUD": "$",
	"BRL": "R$", "RUB": "₽", "EUR": "€", "GBP": "£", "PEN": "S/", "KZT": "₸", "UAH": "₴", "JPY": "¥",
}

// minorUnits returns how many decimals a currency's amounts have, by CLDR; two
// where it isn't known.
func minorUnits(code string) int32 {
	unit, err := currency.ParseISO(code)
	if err != nil {
		return 2
	}
	scale, _ := currency.Standard.Rounding(unit)
	return int32(scale)
}

// FormatMoney writes an amount the way people of the language's main market
// write it: $1,299.00 in English and Spanish, R$ 1.299,00 in Portuguese,
// 1 299 ₽ in Russian.
func FormatMoney(amount decimal.Decimal, code string, l models.Language) string {
	form, ok := moneyForms[l]
	if !ok {
		form = moneyForms[models.English]
	}
	places := minorUnits(code)
	if form.dropWhole && amount.Equal(amount.Truncate(0)) {
		places = 0
	}
	digits := amount.Abs().StringFixed(places)
	whole, fraction, _ := strings.Cut(digits, ".")
	number := group(whole, form.group)
	if fraction != "" {
		number += form.point + fraction
	}
	symbol, known := currencySymbols[code]
	if !known {
		symbol = code
	}
	space := ""
	if form.space || !known {
		space = noBreak
	}
	text := symbol + space + number
	if form.after {
		text = number + space + symbol
	}
	if amount.IsNegative() {
		text = "-" + text
	}
	return text
}

// group puts a separator between each three digits.
func group(digits, separator string) string {
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + separator + digits[i:]
	}
	return digits
}
