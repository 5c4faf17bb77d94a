package answer

import (
	"slices"
	"strconv"
	"strings"

	trade "kedai/activities/retrieval/lexicon"
	"kedai/models"
)

// options is what one message names of a product's options.
type options struct {
	words    []string
	numbers  []string
	measures []measure
	sizes    []string
	colours  []string
	extreme  int
}

// withCarried gives a question that names no option those that were named last.
func (q Question) withCarried() Question {
	for _, o := range q.Carried {
		if len(q.Numbers)+len(q.Sizes)+len(q.Colours) > 0 {
			break
		}
		q.Numbers, q.Measures, q.Sizes, q.Colours = o.numbers, o.measures, o.sizes, o.colours
	}
	return q
}

// mostCarried is of how many messages the options are kept.
const mostCarried = 4

func (q Question) options() options {
	return options{slices.Concat(q.Words, q.Cues), q.Numbers, q.Measures, q.Sizes, q.Colours, q.Extreme}
}

func (o options) question() Question {
	return Question{Words: o.words, Numbers: o.numbers, Measures: o.measures, Sizes: o.sizes, Colours: o.colours, Extreme: o.extreme}
}

// carry puts a message's options before those of earlier messages.
func carry(newest options, earlier []options) []options {
	carried := append([]options{newest}, earlier...)
	return carried[:min(len(carried), mostCarried)]
}

// carried returns the values of a dimension that were named before, by the
// newest message that names one.
func (r *reader) carried(it *item, d dimension, q Question) []string {
	for i, o := range q.Carried {
		before := o.question()
		before.Carried = q.Carried[i+1:]
		named := r.further(it, d, before)
		if len(named) == 0 {
			named = r.named(it, d, before)
		}
		if len(named) == 0 {
			named = r.measured(it, d, before)
		}
		if len(named) == 0 {
			named = r.extreme(d, before)
		}
		if len(named) > 0 {
			return named
		}
	}
	return nil
}

// sizeOrder is how letter sizes grow.
var sizeOrder = []string{"XXS", "XS", "S", "M", "L", "XL", "XXL", "XXXL"}

// extreme returns the largest or the smallest value of a dimension that has an
// order, where a question asks for it: the big one.
func (r *reader) extreme(d dimension, q Question) []string {
	if q.Extreme == 0 || len(d.values) < 2 {
		return nil
	}
	at, top, unit := 0, 0.0, ""
	for i, value := range d.values {
		rank, of, ok := r.grade(value)
		if !ok || i > 0 && of != unit {
			return nil
		}
		if unit = of; i == 0 || (rank-top)*float64(q.Extreme) > 0 {
			at, top = i, rank
		}
	}
	return d.values[at : at+1]
}

// further returns the value that is by so much more or less than the one named
// before: two inches longer.
func (r *reader) further(it *item, d dimension, q Question) []string {
	if q.Extreme == 0 || len(q.Numbers) != 1 || len(d.values) < 2 {
		return nil
	}
	base := r.carried(it, d, q)
	by, err := strconv.ParseFloat(q.Numbers[0], 64)
	if len(base) != 1 || err != nil {
		return nil
	}
	from, unit, _ := r.grade(base[0])
	i := slices.IndexFunc(d.values, func(value string) bool {
		rank, of, ok := r.grade(value)
		return ok && of == unit && rank == from+by*float64(q.Extreme)
	})
	if i < 0 {
		return nil
	}
	return d.values[i : i+1]
}

// grade tells where a value stands among those of its kind.
func (r *reader) grade(value string) (rank float64, of string, ok bool) {
	if size, letters := r.lex.sizes[fold(value)]; letters {
		return float64(slices.Index(sizeOrder, size)), "size", slices.Contains(sizeOrder, size)
	}
	rank = 1
	words := split(value, nil)
	for i, w := range words {
		if !w.number {
			continue
		}
		number, err := strconv.ParseFloat(w.text, 64)
		m, _ := measureAt(words, i)
		rank, of, ok = rank*number, "in "+m.unit, err == nil // 55 × 94 is more than 55 × 71.
	}
	return rank, of, ok
}

// optionAlone makes a question that names nothing but another option of what was
// spoken of one for what was asked before: "and the rust one?".
func (r *reader) optionAlone(q Question) (Question, bool) {
	if !q.goesOn() {
		return q, false
	}
	before := r.before(q)
	if len(before) == 0 {
		return q, false
	}
	it := before[0].item
	named, values := r.namesOption(it, q)
	texts := slices.DeleteFunc(slices.Concat(q.Words, q.Cues), func(text string) bool { return slices.Contains(q.Context, text) })
	for _, w := range r.asked(texts) {
		names := best(w, values) >= 0.8 || best(w, it.title) >= leastName || r.lex.colourOf(w) != "" || r.lex.ofExtremes(w) || r.lex.ofPrices(w) || units[w.text] != ""
		if !names && w.wanting(surelySaid, func(trade.Concept) bool { return true }) && !r.lex.stop[w.text] {
			return q, false
		}
	}
	if !named {
		return q, false
	}
	q.Attributes, q.Topics, q.TopicWords, q.Cues = nil, nil, nil, nil
	q.Words, q.Refers = slices.DeleteFunc(texts, func(text string) bool { return best(r.word(text), values) < 0.8 }), true
	q.Intent = models.IntentProductStock
	switch {
	case q.Before == models.IntentProductPrice || q.Cheapest || q.Dearest:
		q.Intent = models.IntentProductPrice
	case q.Before == models.IntentOther:
		q.Wants = []models.Intent{models.IntentProductStock, models.IntentProductPrice}
	}
	return q, true
}

// goesOn reports whether a question is short and asks for nothing that it says
// itself, or for what was asked before.
func (q Question) goesOn() bool {
	if len(q.Context) == 0 || len(q.Carried) == 0 || len(q.Words)+len(q.Cues) > vagueWords || q.AsksTime || q.AsksTotal {
		return false
	}
	switch q.Intent {
	case models.IntentOther, models.IntentProductDetail, models.IntentPolicy:
		return true
	}
	return q.Intent == q.Before && q.ofProducts()
}

// namesOption reports whether a question itself names an option of a product,
// and returns the words of all its options.
func (r *reader) namesOption(it *item, q Question) (named bool, values []word) {
	for _, d := range dimensions(it.product) {
		named = named || len(r.named(it, d, q)) > 0 || len(r.measured(it, d, q)) > 0 || len(r.extreme(d, q)) > 0
		for _, value := range d.values {
			values = append(values, r.content(value)...)
		}
	}
	return named, values
}

// ofExtremes reports whether a word asks for the largest or the smallest.
func (lex *lexicon) ofExtremes(w word) bool {
	names := func(p pattern) bool { return p.names(w) }
	return slices.ContainsFunc(lex.larger, names) || slices.ContainsFunc(lex.smaller, names)
}

// readExtreme reads whether the largest or the smallest is asked for.
func (lex *lexicon) readExtreme(words []word) int {
	larger, smaller := matchAny(lex.larger, words, nil), matchAny(lex.smaller, words, nil)
	switch {
	case larger && !smaller:
		return 1
	case smaller && !larger:
		return -1
	}
	return 0
}

// pickFrom takes of several products that were spoken of the one that a
// question means by its place: "the second one".
func (q Question) pickFrom(titles []string) Question {
	n := q.Place
	if n < 0 {
		n = len(titles)
	}
	if n == 0 || n > len(titles) || len(titles) < 2 {
		return q
	}
	q.Context, q.Refers = wordsOf(titles[n-1:n]), true
	q.Spoken = titles[n-1 : n]
	return q
}

// spokenOf returns the products that a question goes on with, by their titles.
func (r *reader) spokenOf(q Question) []ranked {
	var products []ranked
	for _, title := range q.Spoken {
		i := slices.IndexFunc(r.products, func(it *item) bool { return strings.EqualFold(it.product.Title, title) })
		if i >= 0 {
			products = append(products, ranked{item: r.products[i], fit: 1, share: 1, sure: true})
		}
	}
	return products
}

// readPlace reads which of several is meant: 1, 2, 3, or -1 for the last.
func (lex *lexicon) readPlace(words []word, used []bool) int {
	for i := range lex.places {
		switch {
		case !matchAny(lex.places[i:i+1], words, used):
		case i == len(lex.places)-1:
			return -1
		default:
			return i + 1
		}
	}
	return 0
}
