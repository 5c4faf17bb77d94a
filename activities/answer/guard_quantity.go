package answer

import (
	"strconv"
	"strings"
	"unicode"

	"github.com/shopspring/decimal"
)

// quantity is a number of a text with what it counts or measures.
type quantity struct {
	from, to int // Of the tokens, from the number on; the unit is included.
	lead     int // Tokens before it that belong to its currency: EUR 99.
	text     string
	readings []string // As figureReadings has them.
	unit     unitOf
	money    []string // Currencies that the sign or word beside it can mean; nil for what isn't money.
	sign     string   // Of the currency, as written.
	day      calendarDay
	minutes  int  // Of a time of day, from 1; 0 for none.
	words    bool // Written in words.
	former   bool // Of a price: it is no longer asked.
}

// unitOf is what is measured and by how much one of it counts.
type unitOf struct {
	kind   string // Empty for a mere number.
	factor float64
}

// calendarDay is a date as far as a text states it.
type calendarDay struct{ day, month, year int }

func (d calendarDay) none() bool { return d.day == 0 }

// fits reports whether two dates may be the same.
func (d calendarDay) fits(o calendarDay) bool {
	return d.day == o.day && d.month == o.month && (d.year == 0 || o.year == 0 || d.year == o.year)
}

// rangeMarks stand between the two ends of a range, or of a size.
var rangeMarks = map[string]bool{"–": true, "-": true, "—": true, "×": true, "x": true, "х": true, "/": true, "÷": true}

// quantities finds the numbers of a text, dates and times included.
func (g *guardLexicon) quantities(s string, tokens []token) []quantity {
	var found []quantity
	for i := 0; i < len(tokens); i++ {
		q, ok := g.number(s, tokens, i)
		if !ok {
			continue
		}
		if !g.date(s, tokens, &q) && !g.clock(s, tokens, &q) {
			g.measure(s, tokens, &q)
		}
		if q.words && q.readings[0] == "1" && (q.unit.kind == "" || q.unit.kind == "persons") {
			continue // "One" is mostly no number.
		}
		found = append(found, q)
		i = max(i, q.to-1)
	}
	g.shareUnits(s, tokens, found)
	return found
}

func (g *guardLexicon) number(s string, tokens []token, i int) (quantity, bool) {
	t := tokens[i]
	q := quantity{from: i, to: i + 1, text: s[t.start:t.end]}
	if t.number {
		q.readings = figureReadings(t.text)
		// A number within a code or a name of letters and figures is part of it.
		code := t.glued && !tokens[i-1].number && !tokens[i-1].address
		return q, !code
	}
	n, ok := g.numbers[t.text]
	if !ok {
		return q, false
	}
	q.words, q.readings = true, []string{strconv.Itoa(n)}
	return q, true
}

// measure reads the currency or the unit beside a number.
func (g *guardLexicon) measure(s string, tokens []token, q *quantity) {
	before, rest := s[:tokens[q.from].start], s[tokens[q.to-1].end:]
	behind := signAfter(rest)
	if behind != "" && unicode.IsLetter(firstRune(behind)) && !tokens[q.to].address {
		q.to++
	}
	if sign := signBefore(before); sign != "" && !q.words {
		q.sign, q.money = sign, currencySigns[sign]
		if q.from > 0 && tokens[q.from-1].end > len(strings.TrimRightFunc(before, isSpace))-len(sign) {
			q.lead = 1
		}
		// Of $99 MXN the code says which dollars.
		if other := currencySigns[behind]; behind != "" && (len(other) < len(q.money) || !shareCode(q.money, other)) {
			q.sign, q.money = behind, other
		}
		q.unit = g.unitOfPrice(s, tokens, q)
		return
	}
	if behind != "" {
		q.sign, q.money = behind, currencySigns[behind]
		return
	}
	trimmed := strings.TrimLeft(rest, " \u00a0\u202f")
	switch {
	case strings.HasPrefix(trimmed, "%"):
		q.unit = unitKinds["percent"]
	case strings.HasPrefix(trimmed, "°") && q.to < len(tokens) && tokens[q.to].text == "f":
		q.unit = unitKinds["fahrenheit"]
	case strings.HasPrefix(trimmed, "°"):
		q.unit = unitKinds["celsius"]
	case q.to < len(tokens) && strings.Trim(s[tokens[q.to-1].end:tokens[q.to].start], " \u00a0\u202f-") == "":
		g.measureInWords(s, tokens, q)
	}
}

// unitOfPrice reads a unit behind a price: what costs has no length or weight.
func (g *guardLexicon) unitOfPrice(s string, tokens []token, q *quantity) unitOf {
	if q.to >= len(tokens) || s[tokens[q.to-1].end:tokens[q.to].start] != " " {
		return unitOf{}
	}
	next := tokens[q.to]
	unit := g.units[next.text]
	if next.text == "in" || next.upper || len(next.text) == 1 || countable[unit.kind] || containers[unit.kind] {
		return unitOf{}
	}
	return unit
}

// measureInWords reads the words of a unit or a currency behind a number.
func (g *guardLexicon) measureInWords(s string, tokens []token, q *quantity) {
	next := tokens[q.to]
	if q.to+1 < len(tokens) {
		if unit, ok := g.units[next.text+" "+tokens[q.to+1].text]; ok {
			q.unit, q.to = unit, q.to+2
			return
		}
	}
	if money, ok := g.moneyWords[next.text]; ok {
		q.money, q.sign, q.to = money, next.text, q.to+1
		return
	}
	unit, ok := g.units[next.text]
	if !ok || (next.text == "in" && !g.inches(s, tokens, q.to)) {
		return
	}
	q.unit, q.to = unit, q.to+1
}

// inches tells the unit from the word: "55 in wide" from "12 in Black".
func (g *guardLexicon) inches(s string, tokens []token, i int) bool {
	if i+1 >= len(tokens) || strings.ContainsAny(s[tokens[i].end:tokens[i+1].start], ",.;)\n") {
		return true
	}
	next := tokens[i+1]
	return !next.upper && !g.notInches[next.text]
}

// shareUnits gives the first of two numbers the unit of the second: in "4 to 6
// weeks" both are weeks.
func (g *guardLexicon) shareUnits(s string, tokens []token, found []quantity) {
	for i := len(found) - 2; i >= 0; i-- {
		a, b := &found[i], &found[i+1]
		if a.unit.kind != "" || a.money != nil || !a.day.none() || a.minutes > 0 || !g.ranged(s, tokens, a.to, b.from) {
			continue
		}
		// A dash with spaces parts what is named from its price: iPhone 15 — 1 190 ₽.
		if b.money != nil && spacedDash(s[tokens[a.to-1].end:tokens[b.from].start]) {
			continue
		}
		a.unit, a.money, a.sign = b.unit, b.money, b.sign
		if !b.day.none() {
			if n, err := strconv.Atoi(a.readings[0]); err == nil && n >= 1 && n <= 31 {
				a.day = calendarDay{n, b.day.month, b.day.year}
			}
		}
	}
}

func spacedDash(gap string) bool {
	mark := strings.TrimSpace(gap)
	return (mark == "—" || mark == "–") && gap != mark
}

// ranged reports whether nothing but a mark or a word of a range stands
// between two numbers.
func (g *guardLexicon) ranged(s string, tokens []token, from, to int) bool {
	if to == from {
		return rangeMarks[strings.TrimSpace(s[tokens[from-1].end:tokens[to].start])]
	}
	for i := from; i <= to; i++ {
		if strings.ContainsAny(s[tokens[i-1].end:tokens[i].start], ",;:.()«»“”„\"") || (i < to && !g.rangeWords[tokens[i].text]) {
			return false
		}
	}
	return to-from <= 2
}

// amounts are what a number can mean, in the least of its kind's units.
func (q *quantity) amounts() []float64 {
	out := make([]float64, 0, 2)
	for _, reading := range q.readings {
		d, err := decimal.NewFromString(reading)
		if err != nil {
			continue
		}
		f := d.InexactFloat64()
		if q.unit.factor != 0 {
			f *= q.unit.factor
		}
		out = append(out, f)
	}
	return out
}

// currencySigns has what a sign or a code beside a number can mean.
var currencySigns = map[string][]string{
	"$": {"USD", "MXN", "ARS", "CLP", "COP", "CAD", "AUD"}, "us$": {"USD"}, "ca$": {"CAD"}, "c$": {"CAD"}, "a$": {"AUD"}, "au$": {"AUD"}, "mx$": {"MXN"},
	"r$": {"BRL"}, "€": {"EUR"}, "£": {"GBP"}, "₽": {"RUB"}, "₸": {"KZT"}, "₴": {"UAH"}, "¥": {"JPY", "CNY"}, "s/": {"PEN"},
	"usd": {"USD"}, "mxn": {"MXN"}, "brl": {"BRL"}, "eur": {"EUR"}, "gbp": {"GBP"}, "rub": {"RUB"}, "cad": {"CAD"}, "aud": {"AUD"}, "chf": {"CHF"},
	"ars": {"ARS"}, "clp": {"CLP"}, "cop": {"COP"}, "pen": {"PEN"}, "kzt": {"KZT"}, "uah": {"UAH"}, "jpy": {"JPY"},
	"руб": {"RUB"}, "р.": {"RUB"},
}

// signs are the keys of currencySigns, the longer first where one ends another.
var (
	signsBefore = []string{"us$", "ca$", "au$", "mx$", "c$", "a$", "r$", "$", "€", "£", "₽", "₸", "₴", "¥", "s/", "usd", "mxn", "brl", "eur", "gbp", "rub", "cad", "aud", "chf", "ars", "clp", "cop", "pen", "kzt", "uah", "jpy"}
	signsAfter  = []string{"$", "€", "£", "₽", "₸", "₴", "¥", "usd", "mxn", "brl", "eur", "gbp", "rub", "cad", "aud", "chf", "ars", "clp", "cop", "pen", "kzt", "uah", "jpy", "руб", "р."}
)

func signBefore(s string) string {
	s = strings.ToLower(strings.TrimRightFunc(tail(s, 12), isSpace))
	for _, sign := range signsBefore {
		// The letters of a currency's code may end a word: open 24 hours.
		if rest, ok := strings.CutSuffix(s, sign); ok && !(unicode.IsLetter(firstRune(sign)) && unicode.IsLetter(before(rest, len(rest)))) {
			return sign
		}
	}
	return ""
}

func signAfter(s string) string {
	s = strings.ToLower(strings.TrimLeftFunc(head(s, 16), isSpace))
	for _, sign := range signsAfter {
		// The letters of a currency may begin a word: 899,90 cada, 5 рубашек.
		if rest, ok := strings.CutPrefix(s, sign); ok && !(unicode.IsLetter(before(sign, len(sign))) && unicode.IsLetter(firstRune(rest))) {
			return sign
		}
	}
	return ""
}
