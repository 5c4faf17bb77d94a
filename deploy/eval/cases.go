package eval

import (
	"errors"
	"fmt"
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
	Language string    `json:"lang"`
	Category string    `json:"category"`
	Identity *Identity `json:"identity"`
	Turns    []Turn    `json:"turns"`
}

// check returns what keeps a case from being held.
func (c Case) check() error {
	if c.ID == "" || len(c.Turns) == 0 {
		return errors.New("a case needs an id and turns")
	}
	for i, turn := range c.Turns {
		if len(turn.Say) == 0 || len(turn.Expect.Action) == 0 {
			return fmt.Errorf("turn %d needs something to say and an action to expect", i+1)
		}
	}
	return nil
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
	models.Spanish: words(`el los las y usted tu es del con una hola puedo gracias cuesta cuestan en tienes tiene hay nuestro nuestra
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
