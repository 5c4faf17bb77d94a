package eval

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/shopspring/decimal"
	"golang.org/x/text/unicode/norm"

	"kedai/models"
)

// Case is one conversation of an exam with what a correct agent does in it.
type Case struct {
	ID       string    `json:"id"`
	Category string    `json:"category"`
	Identity *Identity `json:"identity"`
	Turns    []Turn    `json:"turns"`
}

// Identity is what the channel itself proves about the customer.
type Identity struct {
	Email string `json:"email"`
	Phone string `json:"phone"`
}

// Turn is a burst and what is expected of the one reply to it.
type Turn struct {
	Say    []string `json:"say"`
	Expect Expect   `json:"expect"`
}

// Expect is what a correct reply does and says.
type Expect struct {
	Action   []models.Action `json:"action"` // The acceptable ones.
	Facts    [][]string      `json:"facts"`  // Of each group at least one is said.
	Forbid   []string        `json:"forbid"` // None of them is said.
	Language models.Language `json:"lang"`
}

// Said is what an agent did in a turn.
type Said struct {
	Action   models.Action `json:"action"`
	Intent   string        `json:"intent,omitempty"`
	Text     string        `json:"text"`
	Evidence []string      `json:"evidence,omitempty"` // Titles of what was retrieved.
}

// check returns why a reply isn't right, empty where it is.
func (e Expect) check(s Said) string {
	if !slices.Contains(e.Action, s.Action) {
		return "it does " + string(s.Action)
	}
	for _, group := range e.Facts {
		if !slices.ContainsFunc(group, func(fact string) bool { return holds(s.Text, fact) }) {
			return "it lacks " + strings.Join(group, " or ")
		}
	}
	for _, forbidden := range e.Forbid {
		if holds(s.Text, forbidden) {
			return "it says " + forbidden
		}
	}
	if e.Language != "" && !inLanguage(s.Text, e.Language) {
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
	return strings.Contains(text, fact)
}

var (
	figures = regexp.MustCompile(`\d+(?:[ .,]\d+)*`)
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

// telling are words that only one of the languages has, common in any reply.
var telling = map[models.Language]*regexp.Regexp{
	models.English:    regexp.MustCompile(`(?i)\b(the|and|you|your|is|are|of|with|for|this|we|hello|hi|how|can|from|costs|have)\b`),
	models.Spanish:    regexp.MustCompile(`(?i)(\b(el|los|las|y|usted|tu|es|del|con|una|hola|puedo|gracias|cuesta|le|en que)\b|¿|¡|ñ)`),
	models.Portuguese: regexp.MustCompile(`(?i)(\b(os|as|e|voce|voc|uma|um|do|da|ola|posso|obrigado|custa|em|com|nao)\b|ã|õ|ç|ê)`),
	models.Russian:    regexp.MustCompile(`(?i)[а-яё]{2}`),
}

// inLanguage reports whether a text seems to be in a language: it has words of
// it at least as often as of any other. A text of names and figures is in any.
func inLanguage(text string, l models.Language) bool {
	mine := len(telling[l].FindAllString(text, -1))
	for other, words := range telling {
		if n := len(words.FindAllString(text, -1)); other != l && n > mine && !(other != models.Russian && l != models.Russian && n < mine+2) {
			return false
		}
	}
	return true
}
