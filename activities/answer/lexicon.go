package answer

import (
	"slices"
	"strconv"
	"strings"
	"sync"

	"kedai/models"
)

// topic is a subject of a shop's policies. It is how a question in one
// language finds a passage in another.
type topic string

const (
	topicShipping  topic = "shipping"
	topicReturns   topic = "returns"
	topicRefunds   topic = "refunds"
	topicExchanges topic = "exchanges"
	topicPayment   topic = "payment"
	topicHours     topic = "hours"
	topicContact   topic = "contact"
	topicPickup    topic = "pickup"
	topicWarranty  topic = "warranty"
	topicGiftCard  topic = "gift_card"
	topicSizes     topic = "sizes"
	topicCare      topic = "care"
	topicPromotion topic = "promotion"
)

// language is everything the engine knows of one language, as written in its
// file. Phrases are in the form that pattern describes; case and accents
// don't matter anywhere.
type language struct {
	code       models.Language
	endings    string            // Word endings that inflection adds, separated by spaces.
	nounLast   bool              // The noun of a title stands last, else first.
	adjectives string            // Endings of adjectives, where they stand before the noun.
	stop       string            // Words that say nothing about what is meant.
	slang      map[string]string // Chat spelling to standard spelling.
	synonyms   []string          // Groups of words that name the same thing.
	askers     string            // Words that begin a question.
	joiners    string            // Words that join two questions.
	followUps  []string          // Beginnings that go on with what was spoken of.
	reactions  []string          // What one says first to what was answered.
	references string            // Words that stand for what was spoken of.

	intents     map[models.Intent][]string
	personAlone []string         // Asks for a person where nothing else is said.
	topicNames  map[topic]string // What a shop calls it: the word to search with.
	topics      map[topic][]string
	headings    map[topic][]string // What names a topic only where it stands in a heading.
	howMany     []string           // Asks for a count.
	howMuch     []string           // Asks for an amount of money.
	howLong     []string           // Asks for a time.
	timeUnit    []string
	upTo        []string // Stands before the most that may be spent.
	pieces      []string // Stands after a number of pieces.
	money       []string // Names of money: what stands before them is an amount.
	total       []string // Asks what several pieces come to.
	cheapest    []string // Asks for what costs least.
	dearest     []string // Asks for what costs most.
	larger      []string // Asks for the largest option.
	smaller     []string // Asks for the smallest.
	places      []string // Names the first, the second and the third of several, and the last.
	both        []string // Speaks of each of several.
	having      string   // Stands before the money that the customer has.
	tops        string   // Stands behind the most that may be spent.
	ceilings    string   // What that is called.
	ranges      string   // Stands between the ends of a range.
	between     string   // Stands before a range.
	parting     string   // Stands between things of which each is asked about.
	differing   string   // Words that what differs is asked by.
	measuring   []string // Asks how much a thing holds or weighs.
	termLeft    []string // Asks how much time there is for something.
	over        []string // Says of an amount that nothing may cost more.
	beyond      []string // Says so again without naming it.
	without     []string // Stands before what isn't wanted.
	unwanted    []string // Stands behind it.
	purposes    []string // Stands before what a thing is for.
	people      []string // Stands beside how many people a thing is for.
	seating     []string // Stands behind how many a thing seats.
	seaters     string   // Words that say so in one, by their beginnings.
	amounts     string   // The words for numbers that amounts are made of: 20/twenty.
	much        string   // Asks for a price where nothing else is asked.
	payments    []string // What the parts are called that a price is paid in.
	besides     string   // Words behind a number of pieces that isn't said what of: 2 with shipping.
	wishing     string   // Verbs that stand before a number of pieces.
	options     []string // Asks which colours, sizes and so on there are.
	numbers     string   // The words for one to ten, with / between those of one number.

	sizes     map[string][]string // Size in letters to its words.
	sizeMarks string              // Words beside which a number or a letter is a size.
	colours   map[string][]string

	attributes map[string]attribute

	facets   map[string][]string // What is asked of an order, such as its tracking.
	orders   orderSayings
	calendar calendar

	say sayings
}

// attribute is something a description tells: how a question for it is asked
// and how it is told. "0" in a phrase stands for a number.
type attribute struct{ ask, tell []string }

// sayings are the replies. {title}, {option}, {price}, {low}, {high}, {was},
// {list}, {in}, {out}, {count} and {shop} are filled in.
type sayings struct {
	quoteOpen, quoteClose string

	greeting, thanks, goodbye, decline []string // Variants; the seed picks one.
	hello                              []string // Before an answer.

	price, priceOption, priceRange, was string
	inStock, outOfStock                 string // With or without {option}.
	toOrder                             string // Of what may be sold though there is none.
	inOption, outOption                 string
	someStock                           string // {in} and {out} are lists of options.
	allStock, noStock                   string
	count, enough, notEnough            string
	alternatives                        string // What is in stock instead.
	unknownOption                       string
	unclear                             []string // Asks what is meant.
	recommend, recommendOne             []string
	total, cheaper                      string // {count}, {total}, {difference}.
	reducedTo, instalments              string // {title}, {percent}, {count}, {total}.
	instalmentsFew                      string // Of 2 to 4, where that is another form.
	withShipping                        string // {title}, {price}, {cost}, {total}.
	shippingFree, shippingPaid          string // {title}, {price}, {least}.
	bill, about                         string // {list}, {total}; {title}, before what its description says.
	compare                             []string
	whichProduct                        string
	whichOf                             string
}

// lexicon is a language made ready for matching.
type lexicon struct {
	language
	endings     []string
	adjectives  []string // Endings of adjectives.
	stop        map[string]bool
	slang       map[string][]string
	synonyms    map[string]string // Stem to the stem that stands for its group.
	askers      map[string]bool
	joiners     map[string]bool
	references  map[string]bool
	followUps   []pattern
	reactions   []pattern
	intents     []intentPatterns
	personAlone []pattern
	topics      []topicPatterns
	headings    []topicPatterns
	howMany     []pattern
	howMuch     []pattern
	howLong     []pattern
	timeUnit    []pattern
	upTo        []pattern
	pieces      []pattern
	money       []pattern
	total       []pattern
	cheapest    []pattern
	dearest     []pattern
	larger      []pattern
	smaller     []pattern
	places      []pattern
	both        []pattern
	having      map[string]bool
	tops        map[string]bool
	ceilings    map[string]bool
	ranges      map[string]bool
	between     map[string]bool
	parting     map[string]bool
	differing   map[string]bool
	measuring   []pattern
	termLeft    []pattern
	over        []pattern
	beyond      []pattern
	without     []pattern
	unwanted    []pattern
	purposes    []pattern
	people      []pattern
	seating     []pattern
	seaters     map[string]float64 // Beginnings of words.
	values      map[string]float64 // Of words that amounts are made of.
	much        map[string]bool
	wishing     map[string]bool
	besides     map[string]bool
	payments    []pattern
	options     []pattern
	numbers     map[string]string // Word to digits.
	sizes       map[string]string // Word to size in letters.
	sizeMarks   map[string]bool
	colours     []colourPatterns
	attributes  []attributePatterns
	facets      []facetPatterns
	known       map[string]bool // Words that detect the language.
	vocabulary  []string        // Longer known words, to mend spelling with.
}

type intentPatterns struct {
	intent   models.Intent
	patterns []pattern
}

type facetPatterns struct {
	name string
	ask  []pattern
}

type attributePatterns struct {
	name      string
	ask, tell []pattern
}

type topicPatterns struct {
	topic    topic
	patterns []pattern
}

type colourPatterns struct {
	colour   string
	patterns []pattern
}

// intentOrder is the order in which intents are looked for.
var intentOrder = []models.Intent{
	models.IntentHuman, models.IntentOrderStatus, models.IntentGoodbye, models.IntentThanks,
	models.IntentGreeting, models.IntentCompare, models.IntentRecommend, models.IntentProductPrice,
	models.IntentProductStock, models.IntentProductDetail, models.IntentPolicy,
}

var topicOrder = []topic{
	topicPromotion, topicExchanges, topicRefunds, topicReturns, topicPickup, topicShipping, topicPayment, topicHours,
	topicContact, topicWarranty, topicGiftCard, topicSizes, topicCare,
}

// lexicons compiles the languages at their first use; the result never changes.
var lexicons = sync.OnceValue(func() map[models.Language]*lexicon {
	compiled := map[models.Language]*lexicon{}
	for _, l := range []language{english, spanish, portuguese, russian} {
		compiled[l.code] = compile(l)
	}
	return compiled
})

// lexiconOf returns a language's data; English where there is none.
func lexiconOf(code models.Language) *lexicon {
	if lex, ok := lexicons()[code]; ok {
		return lex
	}
	return lexicons()[models.English]
}

func compile(l language) *lexicon {
	lex := &lexicon{
		language: l, slang: map[string][]string{}, synonyms: map[string]string{}, sizes: map[string]string{},
		stop: wordSet(l.stop), askers: wordSet(l.askers), joiners: wordSet(l.joiners),
		references: wordSet(l.references), sizeMarks: wordSet(l.sizeMarks), known: map[string]bool{},
		followUps: compilePatterns(l.followUps), reactions: compilePatterns(l.reactions), howMany: compilePatterns(l.howMany),
		howMuch: compilePatterns(l.howMuch), howLong: compilePatterns(l.howLong),
		timeUnit: compilePatterns(l.timeUnit), upTo: compilePatterns(l.upTo), pieces: compilePatterns(l.pieces),
		personAlone: compilePatterns(l.personAlone), money: compilePatterns(l.money), total: compilePatterns(l.total),
		cheapest: compilePatterns(l.cheapest), both: compilePatterns(l.both), wishing: wordSet(l.wishing), besides: wordSet(l.besides), payments: compilePatterns(l.payments), much: wordSet(l.much), having: wordSet(l.having), tops: wordSet(l.tops), options: compilePatterns(l.options), numbers: map[string]string{},
	}
	for i, names := range strings.Fields(fold(l.numbers)) {
		for _, name := range strings.Split(names, "/") {
			lex.numbers[name] = strconv.Itoa(i + 1)
		}
	}
	lex.over, lex.beyond, lex.values = compilePatterns(l.over), compilePatterns(l.beyond), valuesOf(l.amounts)
	lex.without, lex.unwanted, lex.purposes = compilePatterns(l.without), compilePatterns(l.unwanted), compilePatterns(l.purposes)
	lex.people, lex.seating, lex.seaters = compilePatterns(l.people), compilePatterns(l.seating), valuesOf(l.seaters)
	lex.measuring, lex.termLeft = compilePatterns(l.measuring), compilePatterns(l.termLeft)
	lex.ceilings, lex.ranges, lex.between = wordSet(l.ceilings), wordSet(l.ranges), wordSet(l.between)
	lex.parting = wordSet(l.parting)
	lex.dearest, lex.larger, lex.smaller, lex.places = compilePatterns(l.dearest), compilePatterns(l.larger), compilePatterns(l.smaller), compilePatterns(l.places)
	lex.adjectives = strings.Fields(fold(l.adjectives))
	lex.endings = strings.Fields(fold(l.endings))
	slices.SortStableFunc(lex.endings, func(a, b string) int { return len(b) - len(a) })
	for from, to := range l.slang {
		lex.slang[fold(from)] = strings.Fields(to)
	}
	for _, group := range l.synonyms {
		fields := strings.Fields(fold(group))
		for _, field := range fields {
			lex.synonyms[stem(field, lex.endings)] = stem(fields[0], lex.endings)
		}
	}
	for size, words := range l.sizes {
		for _, w := range words {
			lex.sizes[fold(w)] = size
		}
	}
	for _, colour := range sortedKeys(l.colours) {
		lex.colours = append(lex.colours, colourPatterns{colour, compilePatterns(l.colours[colour])})
	}
	for _, intent := range intentOrder {
		if phrases := l.intents[intent]; len(phrases) > 0 {
			lex.intents = append(lex.intents, intentPatterns{intent, compilePatterns(phrases)})
		}
	}
	for _, topic := range topicOrder {
		if phrases := l.topics[topic]; len(phrases) > 0 {
			lex.topics = append(lex.topics, topicPatterns{topic, compilePatterns(phrases)})
		}
		if phrases := l.headings[topic]; len(phrases) > 0 {
			lex.headings = append(lex.headings, topicPatterns{topic, compilePatterns(phrases)})
		}
	}
	for _, name := range sortedKeys(l.attributes) {
		a := l.attributes[name]
		lex.attributes = append(lex.attributes, attributePatterns{name, compilePatterns(a.ask), compilePatterns(a.tell)})
	}
	for _, name := range sortedKeys(l.facets) {
		lex.facets = append(lex.facets, facetPatterns{name, compilePatterns(l.facets[name])})
	}
	lex.learn()
	return lex
}
