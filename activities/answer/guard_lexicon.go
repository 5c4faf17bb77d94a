package answer

import (
	"slices"
	"strings"
	"sync"

	"kedai/models"
)

// guardLanguage is what the guard knows of a language, as written in its file.
// Words are separated by spaces, and words of several parts by bars; case and
// accents don't matter. Phrases are in the form that phrase describes.
type guardLanguage struct {
	numbers   map[int]string
	ordinals  map[int]string
	units     map[string]string // By the kinds of unitKinds.
	money     map[string]string // Words of a currency, by its codes.
	ranges    string            // Words between the two ends of a range.
	notInches string            // Words behind "in" where it is no unit.
	joins     string            // Words that begin a new statement.
	ands      string            // Those of them that may go on with a list.

	months     []string // Of the year.
	weekdays   []string // From Sunday.
	near       []string // Yesterday, today and tomorrow.
	dateWords  string   // Words within a date or a time.
	forenoon   string
	afternoon  string
	monthFirst bool
	dots       bool // 20.11 is a date.
	hourMark   bool // 9h is a time.

	bounds      string   // Words beside the end of a range.
	not         string   // Words that negate what they stand in.
	without     string   // Words that negate the few words behind them.
	lessHint    string   // Stands behind what is absent: sugar-free.
	chains      string   // Words that go on with what is negated.
	determiners string   // Those of them that negate one thing: no sugar.
	relative    string   // Words that begin what only describes.
	blurs       []string // With them a statement neither affirms nor negates.
	conditions  string   // Words that begin a condition.
	yes, no     string   // Words that an answer begins with.
	filler      string   // Words that say nothing of the shop, beside the stop words.
	telling     string   // Stop words that tell something where they are negated.
	free        []string // Says that something costs nothing.

	names    string   // Words with a capital that name nothing of the shop.
	in       []string // Says that something is in stock.
	weak     []string // Says so of what is named beside it.
	out      []string
	orderly  []string // To be had though it isn't in stock.
	left     []string // Says how many there are.
	remain   []string // Says so of nothing else.
	status   map[string][]string
	parts    []string // Says that an order comes in several parcels.
	expected []string
	placed   []string
	mild     string   // What anybody may promise: to help, to tell.
	promises []string // What only a person can do or promise.
	hastes   []string // Says that an order goes or comes within a day, or soon.
	soon     []string // Says of orders how soon they do.
	person   []string // Says that a person writes.
	machine  []string // Says that no machine does.
	matters  []string // States something of the shop or of an order.
	assent   []string // Agrees to what is asked for.
	limits   []string // Says what the agent may do only, which promises nothing.
	oneTime  []string // A code that proves whose an order is.
	canSend  []string // Offers to send one.
	offers   []string // Says that the shop does something.
	pairs    []string // Words of one meaning, and behind a comma those of the opposite.
	feel     string   // Words before "free" where that is no price.
	services []string // What a shop may do or give, or not.
	leaks    []string
	orders   []string // Stands where a text gives orders to an assistant.
	discount []string
	ended    []string // Says that a promotion is over.
	valid    string   // Says of a code that it counts.
}

// unitKinds has the units that are one in all of the languages.
var unitKinds = map[string]unitOf{
	"second": {"time", 1.0 / 60}, "minute": {"time", 1}, "hour": {"time", 60}, "day": {"time", 1440}, "week": {"time", 10080}, "month": {"months", 1}, "year": {"months", 12},
	"business": {"business days", 1}, "night": {"nights", 1},
	"mm": {"length", 1}, "cm": {"length", 10}, "m": {"length", 1000}, "km": {"length", 1e6}, "inch": {"inches", 1}, "foot": {"feet", 1}, "mile": {"miles", 1},
	"mg": {"weight", 0.001}, "g": {"weight", 1}, "kg": {"weight", 1000}, "oz": {"ounces", 1}, "lb": {"pounds", 1},
	"ml": {"volume", 1}, "l": {"volume", 1000}, "gallon": {"gallons", 1}, "cubic foot": {"cubic feet", 1},
	"w": {"power", 1}, "kw": {"power", 1000}, "v": {"voltage", 1}, "hz": {"frequency", 1}, "khz": {"frequency", 1000}, "mhz": {"frequency", 1e6}, "ghz": {"frequency", 1e9},
	"mb": {"memory", 1}, "gb": {"memory", 1000}, "tb": {"memory", 1e6}, "mah": {"charge", 1}, "kcal": {"energy", 1}, "percent": {"percent", 1}, "celsius": {"celsius", 1}, "fahrenheit": {"fahrenheit", 1},
	"piece": {"pieces", 1}, "box": {"boxes", 1}, "pack": {"packs", 1}, "bottle": {"bottles", 1}, "jar": {"jars", 1}, "bag": {"bags", 1}, "pair": {"pairs", 1},
	"page": {"pages", 1}, "chapter": {"chapters", 1}, "person": {"persons", 1}, "times": {"times", 1}, "letter": {"letters", 1}, "word": {"words", 1},
	"port": {"ports", 1}, "payment": {"payments", 1}, "lumen": {"lumens", 1}, "ppi": {"ppi", 1},
}

// guardLexicon is a language made ready for the guard.
type guardLexicon struct {
	code                                                                                                  models.Language
	monthFirst, dots, hourMark                                                                            bool
	endings                                                                                               map[byte][]string // By their last byte.
	stop                                                                                                  map[string]bool
	numbers, ordinals                                                                                     map[string]int
	units                                                                                                 map[string]unitOf
	moneyWords                                                                                            map[string][]string
	rangeWords, notInches, joins, ands, dateWords, forenoon, afternoon, names                             map[string]bool
	mild, feel, chains, determiners, relative, bounds, not, without, conditions, yes, no, lessHint, valid map[string]bool
	opposites                                                                                             map[string]opposite
	months                                                                                                map[string]int
	weekdays                                                                                              map[string]int // From 1, Sunday.
	near                                                                                                  map[string]int // Days from today, plus 2.
	in, out, orderly, left, promises, offers, discount, ended                                             []phrase
	blurs, services, remain, weak, expected, placed, leaks, orders, free, parts                           []phrase
	limits, oneTime, canSend, hastes, soon, person, machine, assent, matters                              []phrase
	status                                                                                                []statusPhrases
}

// opposite is what a word means, or is the opposite of.
type opposite struct {
	root    string
	opposed bool
}

type statusPhrases struct {
	name    string
	phrases []phrase
}

// guardLexicons compiles the languages at their first use; the result never
// changes.
var guardLexicons = sync.OnceValue(func() map[models.Language]*guardLexicon {
	compiled := map[models.Language]*guardLexicon{}
	for code, l := range map[models.Language]*guardLanguage{models.English: &englishGuard, models.Spanish: &spanishGuard, models.Portuguese: &portugueseGuard, models.Russian: &russianGuard} {
		compiled[code] = compileGuard(l, lexiconOf(code))
	}
	return compiled
})

func guardLexiconOf(code models.Language) *guardLexicon {
	if g, ok := guardLexicons()[code]; ok {
		return g
	}
	return guardLexicons()[models.English]
}

func compileGuard(l *guardLanguage, lex *lexicon) *guardLexicon {
	g := &guardLexicon{
		code: lex.code, monthFirst: l.monthFirst, dots: l.dots, hourMark: l.hourMark, endings: map[byte][]string{}, stop: map[string]bool{},
		numbers: numbered(l.numbers), ordinals: numbered(l.ordinals), units: map[string]unitOf{}, moneyWords: map[string][]string{}, opposites: map[string]opposite{},
		rangeWords: foldedSet(l.ranges), notInches: foldedSet(l.notInches), joins: foldedSet(l.joins), ands: foldedSet(l.ands), dateWords: foldedSet(l.dateWords),
		forenoon: foldedSet(l.forenoon), afternoon: foldedSet(l.afternoon), names: foldedSet(l.names),
		bounds: foldedSet(l.bounds), not: foldedSet(l.not), without: foldedSet(l.without), blurs: phrases(l.blurs), relative: foldedSet(l.relative), determiners: foldedSet(l.determiners), chains: foldedSet(l.chains), conditions: foldedSet(l.conditions), yes: foldedSet(l.yes), no: foldedSet(l.no), lessHint: foldedSet(l.lessHint),
		months: map[string]int{}, weekdays: map[string]int{}, near: map[string]int{},
		in: phrases(l.in), weak: phrases(l.weak), expected: phrases(l.expected), placed: phrases(l.placed), out: phrases(l.out), orderly: phrases(l.orderly), left: phrases(l.left), remain: phrases(l.remain), services: phrases(l.services), feel: foldedSet(l.feel), mild: foldedSet(l.mild),
		promises: phrases(l.promises), hastes: phrases(l.hastes), soon: phrases(l.soon), assent: phrases(l.assent), matters: phrases(l.matters), person: phrases(l.person), machine: phrases(l.machine), offers: phrases(l.offers), discount: phrases(l.discount),
		ended: phrases(l.ended), leaks: phrases(l.leaks), parts: phrases(l.parts), limits: phrases(l.limits), oneTime: phrases(l.oneTime), canSend: phrases(l.canSend), valid: foldedSet(l.valid), orders: phrases(l.orders), free: phrases(l.free),
	}
	for _, ending := range lex.endings {
		last := ending[len(ending)-1]
		g.endings[last] = append(g.endings[last], ending)
	}
	for w := range lex.stop {
		g.stop[w] = true
	}
	for w := range foldedSet(l.filler) {
		g.stop[w] = true
	}
	for w := range foldedSet(l.telling) {
		delete(g.stop, w)
	}
	for _, pair := range l.pairs {
		one, other, _ := strings.Cut(pair, ",")
		for w := range foldedSet(one) {
			g.opposites[w] = opposite{root: "=" + pair}
		}
		for w := range foldedSet(other) {
			g.opposites[w] = opposite{root: "=" + pair, opposed: true}
		}
	}
	for kind, words := range l.units {
		for w := range foldedSet(words) {
			g.units[w] = unitKinds[kind]
		}
	}
	for codes, words := range l.money {
		for w := range foldedSet(words) {
			g.moneyWords[w] = strings.Fields(codes)
		}
	}
	for i, words := range l.months {
		for w := range foldedSet(words) {
			g.months[w] = i + 1
		}
	}
	for i, words := range l.weekdays {
		for w := range foldedSet(words) {
			g.weekdays[w] = i + 1
		}
	}
	for i, words := range l.near {
		for w := range foldedSet(words) {
			g.near[w] = i + 1
		}
	}
	g.tellStatus(l, guardFactsOf[lex.code])
	return g
}

// tellStatus adds how the states of orders are told.
func (g *guardLexicon) tellStatus(l *guardLanguage, facts *guardFacts) {
	g.expected = append(g.expected, phrases(facts.expected)...)
	for _, name := range sortedKeys(l.status) {
		g.status = append(g.status, statusPhrases{name, phrases(append(slices.Clone(l.status[name]), facts.status[name]...))})
	}
	for _, name := range sortedKeys(facts.status) {
		if l.status[name] == nil {
			g.status = append(g.status, statusPhrases{name, phrases(facts.status[name])})
		}
	}
}

func numbered(words map[int]string) map[string]int {
	out := map[string]int{}
	for n, list := range words {
		for w := range foldedSet(list) {
			out[w] = n
		}
	}
	return out
}

// foldedSet splits a list of words; a bar stands for the space in those of
// several parts.
func foldedSet(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(fold(words)) {
		out[strings.ReplaceAll(w, "|", " ")] = true
	}
	return out
}
