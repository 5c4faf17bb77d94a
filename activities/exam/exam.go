// Package exam judges replies by what a test case expects of them. It is pure.
package exam

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/shopspring/decimal"
	"golang.org/x/text/unicode/norm"

	"kedai/models"
)

// Check returns why what an agent did and said isn't right, empty where it is.
func Check(e models.Expectation, action models.Action, text string) string {
	if !slices.Contains(e.Action, action) {
		return "it does " + string(action)
	}
	for _, group := range e.Facts {
		if !slices.ContainsFunc(group, func(fact string) bool { return holds(text, fact) }) {
			return "it lacks " + strings.Join(group, " or ")
		}
	}
	for _, forbidden := range e.Forbid {
		if holds(text, forbidden) {
			return "it says " + forbidden
		}
	}
	if e.Language != "" && !inLanguage(text, e.Language) {
		return "it isn't in " + string(e.Language)
	}
	return ""
}

// holds reports whether a text states a fact. Case, white space and accents
// don't count, nor how a number is written; a number matches a whole number
// only.
func holds(text, fact string) bool {
	text, fact = flat(text), flat(fact)
	if want, is := number(fact); is {
		return slices.ContainsFunc(figures.FindAllString(text, -1), func(figure string) bool {
			got, is := number(figure)
			return is && got.Equal(want)
		})
	}
	for from := 0; ; {
		at := strings.Index(text[from:], fact)
		if at < 0 {
			return false
		}
		start, end := from+at, from+at+len(fact)
		if !cutsNumber(text, start) && !cutsNumber(text, end) {
			return true
		}
		from = start + 1
	}
}

// cutsNumber reports whether a place is within a number.
func cutsNumber(text string, at int) bool {
	return at > 0 && at < len(text) && isDigit(text[at-1]) && isDigit(text[at])
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

var (
	figures = regexp.MustCompile(`\d{1,3}(?: \d{3})+(?:[.,]\d+)?\b|\d+(?:[.,]\d+)*`)
	grouped = regexp.MustCompile(`^\d{1,3}(?:([ .,])\d{3})+$`)
	whole   = regexp.MustCompile(`^[\d .,]*\d$`)
)

// number reads 1,299.00, 1 299,00 and 1299 as the same.
func number(text string) (decimal.Decimal, bool) {
	if !whole.MatchString(text) {
		return decimal.Decimal{}, false
	}
	if grouped.MatchString(text) {
		text = strings.NewReplacer(" ", "", ".", "", ",", "").Replace(text)
	} else if at := strings.LastIndexAny(text, ".,"); at >= 0 {
		// The last mark sets the decimals apart, others groups of digits.
		text = strings.NewReplacer(" ", "", ".", "", ",", "").Replace(text[:at]) + "." + text[at+1:]
	} else {
		text = strings.ReplaceAll(text, " ", "")
	}
	d, err := decimal.NewFromString(text)
	return d, err == nil
}

// flat folds case, accents and white space.
func flat(text string) string {
	var out strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(text)) {
		if !unicode.Is(unicode.Mn, r) {
			out.WriteRune(r)
		}
	}
	return strings.Join(strings.Fields(out.String()), " ")
}

// telling are words that only one of the languages with Latin letters has,
// common in any reply.
var telling = map[models.Language]map[string]bool{
	models.English: words(`the and you your is are of with for this we hello hi how can from costs cost have has it its in to not no yes
		stock delivery takes days returns within please thank which be on at by out sold`),
	models.Spanish: words(`el los las y no ni pago aceptamos que se un mas te usted tu es del con una hola puedo gracias cuesta cuestan en tienes tiene hay nuestro nuestra
		dias habiles envio envios pero si esta estan al lo la le su sus para por`),
	models.Portuguese: words(`o os as e voce voces uma um do da dos das ola posso obrigado obrigada custa custam em com nao sim temos tem
		ha nosso nossa dias uteis frete entrega esta estao ao no na seu sua para por mas`),
}

func words(list string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(list) {
		set[word] = true
	}
	return set
}

// inLanguage reports whether a text seems to be in a language: Russian has
// Cyrillic letters, and of the others none has more telling words. A text of
// names and figures is in any of those.
func inLanguage(text string, l models.Language) bool {
	cyrillic, letters := 0, 0
	for _, r := range text {
		if unicode.IsLetter(r) {
			letters++
			if unicode.Is(unicode.Cyrillic, r) {
				cyrillic++
			}
		}
	}
	if letters > 0 && (l == models.Russian) != (3*cyrillic >= letters) {
		return false
	}
	count := map[models.Language]int{}
	for _, word := range strings.FieldsFunc(flat(text), func(r rune) bool { return !unicode.IsLetter(r) }) {
		for language, set := range telling {
			if set[word] {
				count[language]++
			}
		}
	}
	for other := range telling {
		if l != models.Russian && count[other] > count[l] {
			return false
		}
	}
	return true
}
