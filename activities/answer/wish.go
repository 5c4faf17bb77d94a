package answer

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// alternatives join the things that aren't wanted: no clay or plastic.
var alternatives = wordSet("or nor o u ni ou nem или ни")

// excluded marks the words of a clause that name what the customer doesn't want:
// no leather, nothing made of clay, wool is out.
func (lex *lexicon) excluded(words []word) []bool {
	out := make([]bool, len(words))
	for i := range words {
		for _, p := range lex.without {
			if to, ok := p.matchAt(words, i); ok {
				lex.excludeAfter(words, to, out)
			}
		}
		for _, p := range lex.unwanted {
			if _, ok := p.matchAt(words, i); ok && i > 0 && words[i-1].stop == 0 {
				out[i-1] = out[i-1] || lex.substance(words[i-1])
			}
		}
	}
	return out
}

// excludeAfter marks the first word of substance from i on, and those that "or"
// joins to it.
func (lex *lexicon) excludeAfter(words []word, i int, out []bool) {
	found := false
	for ; i < len(words); i++ {
		w := words[i]
		switch {
		case w.number:
			return // No more than so much.
		case alternatives[w.text]:
			found = false
		case found:
			return
		case lex.substance(w):
			out[i], found = true, true
		}
		if w.stop != 0 {
			return
		}
	}
}

// substance reports whether a word names something.
func (lex *lexicon) substance(w word) bool {
	return !w.number && !lex.stop[w.text] && !lex.askers[w.text] && !lex.references[w.text] && !lex.joiners[w.text] && len(w.text) > 2
}

// unwant notes that a word names what isn't wanted.
func (lex *lexicon) unwant(q *Question, w word) {
	q.Without = append(q.Without, strings.ToLower(w.plain))
	if colour := lex.colourOf(w); colour != "" {
		q.Colours = slices.DeleteFunc(q.Colours, func(c string) bool { return c == colour })
	}
}

// unwant takes what isn't wanted out of the words of a wish.
func (q Question) unwant() Question {
	if len(q.Without) == 0 {
		return q
	}
	q.Words = slices.Clone(q.Words)
	for _, text := range q.Without {
		for i := len(q.Words) - 1; i >= 0; i-- {
			if q.Words[i] == text {
				q.Words = slices.Delete(q.Words, i, i+1)
				break
			}
		}
	}
	q.Context = slices.DeleteFunc(slices.Clone(q.Context), func(text string) bool { return slices.Contains(q.Without, text) && !slices.Contains(q.Words, text) })
	return q
}

// wish is what is to be recommended, made ready for matching.
type wish struct {
	kinds   []word // What things are wanted.
	without []word // What isn't.
	persons int    // For how many people it has to do, or 0.
}

// leastKind is from when on a word names what kind of thing a product is.
const leastKind = 0.74

// wishOf reads what a question wishes for: the words that name kinds of things
// best, and what isn't wanted.
func (r *reader) wishOf(q Question) wish {
	w := wish{persons: q.Persons}
	top := leastKind
	for _, text := range q.Words {
		a := r.asked([]string{text})[0] // By itself: beside others it may mean less.
		if a.number || r.isPurpose(q, a) || slices.ContainsFunc(r.lex.adjectives, func(ending string) bool { return strings.HasSuffix(a.text, ending) }) {
			continue
		}
		kind := 0.0
		for _, it := range r.products {
			kind = max(kind, it.kindOf(a))
		}
		if kind > top {
			top, w.kinds = kind, nil
		}
		if kind == top {
			w.kinds = append(w.kinds, a)
		}
	}
	if len(w.kinds) > 1 {
		w.kinds = r.firstKind(w.kinds)
	}
	for _, a := range r.asked(q.Without) {
		if len(a.wants) > 0 || slices.ContainsFunc(r.products, func(it *item) bool { return best(a, it.title) > 0 }) {
			w.without = append(w.without, a)
		}
	}
	return w
}

// firstKind keeps of words that name kinds of things the first, and those that
// some product has beside it: a leather sofa bed.
func (r *reader) firstKind(kinds []word) []word {
	kept := kinds[:1:1]
	for _, k := range kinds[1:] {
		if slices.ContainsFunc(r.products, func(it *item) bool { return it.isKind(kinds[0]) && it.isKind(k) }) {
			kept = append(kept, k)
		}
	}
	return kept
}

// kindOf tells how well a word names what kind of thing a product is.
func (it *item) kindOf(w word) float64 { return max(best(w, []word{it.head}), best(w, it.class)) }

func (it *item) isKind(w word) bool { return it.kindOf(w) >= leastKind }

// isPurpose reports whether a word stands where it only says what a thing is for:
// a lamp for my nightstand.
func (r *reader) isPurpose(q Question, w word) bool {
	words := q.said.words
	customer := lexiconOf(q.said.language)
	for i := range words {
		if words[i].text != w.text {
			continue
		}
		for from := max(0, i-3); from < i; from++ {
			if slices.ContainsFunc(customer.purposes, func(p pattern) bool { to, ok := p.matchAt(words, from); return ok && to == i }) {
				return true
			}
		}
		return false
	}
	return false
}

// allows reports whether a product is of the kind that is wished for, and none
// of those that aren't.
func (r *reader) allows(w wish, it *item) bool {
	if len(w.kinds) > 0 && !slices.ContainsFunc(w.kinds, it.isKind) {
		return false
	}
	return !slices.ContainsFunc(w.without, func(a word) bool { return r.isOf(it, a) })
}

// isOf reports whether a product is what a word says: by its name, or, where the
// word is of no kind of thing, by what its text says without denying it.
func (r *reader) isOf(it *item, a word) bool {
	if it.isKind(a) || best(a, it.title) >= leastKind {
		return true
	}
	if slices.ContainsFunc(r.products, func(other *item) bool { return other.isKind(a) }) {
		return false
	}
	return slices.ContainsFunc(it.units, func(u unit) bool {
		denied := r.lex.excluded(u.words)
		for i := range u.words {
			if !denied[i] && similarity(&a, &u.words[i]) >= leastKind {
				return true
			}
		}
		return false
	})
}

// unwantedVariant reports whether an option of a product is what isn't wanted.
func (r *reader) unwantedVariant(w wish, label string) bool {
	if len(w.without) == 0 || label == "" {
		return false
	}
	values := r.content(label)
	return slices.ContainsFunc(w.without, func(a word) bool {
		colour := r.lex.colourOf(a)
		return best(a, values) >= leastKind || colour != "" && slices.ContainsFunc(values, func(v word) bool { return r.lex.colourOf(v) == colour })
	})
}

// personsIn returns for how many people a clause says that a thing has to do, or 0.
func (lex *lexicon) personsIn(words []word) int {
	for i, w := range words {
		n := lex.count(w)
		if n > 1 && n <= mostPersons && matchAny(lex.people, words[max(0, i-personsReach):min(len(words), i+personsReach)], nil) {
			return n
		}
	}
	return 0
}

// mostPersons is how many people a thing may be for, and personsReach how far
// from their number it may be said.
const (
	mostPersons  = 20
	personsReach = 4
)

// count returns the number that a word is, or 0.
func (lex *lexicon) count(w word) int {
	text := w.text
	if !w.number {
		text = lex.numbers[w.text]
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0
	}
	return n
}

// seats returns how many a text says a thing is for, or 0: three-seater.
func (r *reader) seats(it *item) int {
	for _, u := range it.units {
		for i, w := range u.words {
			for form, n := range r.lex.seaters {
				if strings.HasPrefix(w.text, form) {
					return int(n)
				}
			}
			if i+1 == len(u.words) || !matchAny(r.lex.seating, u.words[i+1:i+2], nil) {
				continue
			}
			if n := r.lex.count(w); n > 0 {
				return n
			}
		}
	}
	return 0
}

// seating leaves out what is for fewer people than a wish names, and puts first
// what is for just as many.
func (r *reader) seating(w wish, fits []wished) []wished {
	if w.persons == 0 {
		return fits
	}
	fits = slices.DeleteFunc(fits, func(p wished) bool { n := r.seats(p.item); return n > 0 && n < w.persons })
	slices.SortStableFunc(fits, func(a, b wished) int {
		return cmp.Compare(seatsOver(r.seats(a.item), w.persons), seatsOver(r.seats(b.item), w.persons))
	})
	return fits
}

// seatsOver tells how far what a thing seats is from what is wanted: where its
// text doesn't say, furthest.
func seatsOver(seats, wanted int) int {
	if seats == 0 {
		return mostPersons
	}
	return min(seats-wanted, mostPersons)
}
