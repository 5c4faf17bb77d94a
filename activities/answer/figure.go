package answer

import (
	"strings"
	"unicode/utf8"
)

// figure is a number as it stands in a text.
type figure struct {
	text     string   // As written.
	readings []string // What it can mean, without group separators.
	price    bool     // A sign of a currency stands beside it.
}

// figures finds every number of a text.
func figures(s string) []figure {
	var found []figure
	for i := 0; i < len(s); {
		if !isDigit(s[i]) {
			i++
			continue
		}
		end := figureEnd(s, i, true)
		found = append(found, figure{
			text:     s[i:end],
			readings: figureReadings(s[i:end]),
			price:    currencyBefore(s[:i]) || currencyAfter(s[end:]),
		})
		i = end
	}
	return found
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// figureEnd returns where the number that begins at i ends. A separator
// belongs to it if digits follow; a space only before exactly three digits.
func figureEnd(s string, i int, spaces bool) int {
	for i < len(s) {
		if isDigit(s[i]) {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		next := i + size
		run := 0
		for next+run < len(s) && isDigit(s[next+run]) {
			run++
		}
		switch {
		case (r == '.' || r == ',') && run > 0:
		case spaces && isSpace(r) && run == 3:
		default:
			return i
		}
		i = next
	}
	return i
}

func isSpace(r rune) bool { return r == ' ' || r == '\u00a0' || r == '\u202f' || r == '\u2009' }

// figureReadings returns what a number can mean, the likeliest first:
// 1.299,00 is 1299; 8.000 is 8000 or 8; 6.5 is 6.5.
func figureReadings(raw string) []string {
	plain := strings.Map(func(r rune) rune {
		if isSpace(r) {
			return -1
		}
		return r
	}, raw)
	last := strings.LastIndexAny(plain, ".,")
	if last < 0 {
		return []string{canonical(plain, "")}
	}
	bare := func(s string) string { return strings.ReplaceAll(strings.ReplaceAll(s, ".", ""), ",", "") }
	whole, fraction := bare(plain[:last]), plain[last+1:]
	asDecimal, asGroup := canonical(whole, fraction), canonical(whole+fraction, "")
	mark := plain[last : last+1]
	switch {
	case len(fraction) != 3:
		return []string{asDecimal}
	case strings.Count(plain, mark) > 1:
		return []string{asGroup}
	case strings.ContainsAny(plain[:last], ".,"):
		return []string{asDecimal}
	}
	return []string{asGroup, asDecimal}
}

// canonical drops leading zeros and a fraction's trailing ones.
func canonical(whole, fraction string) string {
	whole = strings.TrimLeft(whole, "0")
	if whole == "" {
		whole = "0"
	}
	if fraction = strings.TrimRight(fraction, "0"); fraction != "" {
		return whole + "." + fraction
	}
	return whole
}

// currencyMarks are the signs and words that make a number a price.
var (
	currencyPrefixes = []string{"$", "€", "£", "₽", "₸", "₴", "¥", "s/", "usd", "mxn", "brl", "eur", "gbp", "rub", "cad"}
	currencySuffixes = []string{
		"$", "€", "£", "₽", "₸", "₴", "¥", "usd", "mxn", "brl", "eur", "gbp", "rub", "cad",
		"dollar", "buck", "peso", "real", "reais", "euro", "pound", "руб", "р.", "dolar", "dólar",
	}
)

func currencyBefore(s string) bool {
	s = strings.ToLower(strings.TrimRightFunc(tail(s, 12), isSpace))
	for _, mark := range currencyPrefixes {
		if strings.HasSuffix(s, mark) {
			return true
		}
	}
	return false
}

func currencyAfter(s string) bool {
	s = strings.ToLower(strings.TrimLeftFunc(head(s, 24), isSpace))
	for _, mark := range currencySuffixes {
		if strings.HasPrefix(s, mark) {
			return true
		}
	}
	return false
}

// head and tail bound how far a currency is looked for.
func head(s string, n int) string { return s[:min(n, len(s))] }
func tail(s string, n int) string { return s[max(0, len(s)-n):] }
