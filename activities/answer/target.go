package answer

import (
	"cmp"
	"math"
	"slices"
	"strings"

	trade "kedai/activities/retrieval/lexicon"
)

// ranked is a product and how well a question fits it.
type ranked struct {
	*item
	fit   float64
	share float64 // Of the title's words that the question has.
	named []bool  // Which of the words that name a product name this one.
	sure  bool
}

const (
	// nearness is how close in fit two products are equally meant.
	nearness = 0.045
	// leastName is from when on a word names a product: the word itself, another
	// name, or a kind of it, but not what a need leads to.
	leastName = 0.68
	// kindValue is what a word of a product's type, tags, maker and options counts
	// of one of its title.
	kindValue = 0.9
)

// rank orders the products that the words name, the best first. Words that name
// none of them are about something else: what is asked of the product. How well
// the search found a product, and context, decide between those that the words
// name alike.
func (r *reader) rank(words, context []string) []ranked {
	terms, hints := r.asked(words), r.terms(context, 1)
	titles, values := make([][]float64, len(r.products)), make([][]float64, len(r.products))
	for p, it := range r.products {
		titles[p], values[p] = make([]float64, len(terms)), make([]float64, len(terms))
		for i, w := range terms {
			titles[p][i] = sharpened(best(w, it.title))
			values[p][i] = max(titles[p][i], kindValue*sharpened(best(w, it.kind)))
		}
	}
	weights := nameWeights(values, len(terms))
	var fits []ranked
	for p, it := range r.products {
		f := ranked{item: it, named: make([]bool, len(terms))}
		sum, of, direct := 0.0, 0.0, false
		for i, weight := range weights {
			if weight == 0 {
				continue
			}
			sum, of = sum+weight*values[p][i], of+weight
			f.named[i] = values[p][i] >= leastName
			direct = direct || titles[p][i] >= 0.78
		}
		if of == 0 || sum == 0 {
			continue
		}
		f.share = titleShare(it, terms)
		hint := covered(hints, func(w word) float64 { return max(best(w, it.title), 0.8*best(w, it.kind)) })
		coverage := sum / of
		f.fit = 0.6*coverage + 0.2*f.share + 0.25*r.prior(it) + 0.15*hint
		f.sure = ((direct && coverage >= 0.5) || coverage >= 0.75 || f.share >= 0.8) && !r.another(it, terms, weights)
		fits = append(fits, f)
	}
	slices.SortStableFunc(fits, func(a, b ranked) int { return cmp.Compare(b.fit, a.fit) })
	return fits
}

// another reports whether the words name a thing that isn't there and only share
// a common word with the product: linen curtains, where there is a linen towel.
func (r *reader) another(it *item, words []word, weights []float64) bool {
	for _, w := range words {
		if best(w, []word{it.head}) >= leastName {
			return false
		}
	}
	if coined(it, words) {
		return false
	}
	for i, w := range words {
		if weights[i] > 0 || w.number || it.inUnits(w) >= 0.5 || matchAny(r.lex.pieces, words[i:i+1], nil) {
			continue
		}
		if w.wanting(surelySaid, func(c trade.Concept) bool { return isGoods(c) && c.Name() != anything }) {
			return true
		}
	}
	return false
}

// coined reports whether words have one of a title that means nothing: a name,
// such as a maker's, is of this product alone.
func coined(it *item, words []word) bool {
	return slices.ContainsFunc(it.title, func(said word) bool { return said.coinedIn(words) })
}

// coinedIn reports whether a word of a title means nothing and is among words.
func (w word) coinedIn(words []word) bool {
	return len(w.means) == 0 && !w.number && slices.ContainsFunc(words, func(asked word) bool { return asked.stem == w.stem || alike(&asked, &w) >= 0.8 })
}

// byName reports whether a question has the name that a product was given.
func (r *reader) byName(it *item, q Question) bool { return coined(it, r.asked(q.Words)) }

// anything is the concept of words such as product and thing.
const anything = "product"

// byNames returns the products that a question names by names of their own,
// where it names several so.
func (r *reader) byNames(q Question) []ranked {
	asked := r.asked(slices.Concat(q.Words, q.Aside))
	// What one product is called is no slip for what another is.
	slips := slices.DeleteFunc(slices.Clone(asked), func(w word) bool {
		return slices.ContainsFunc(r.products, func(it *item) bool { return hasStem(it.title, w.stem) })
	})
	var named []ranked
	taken := map[string]bool{}
	for _, p := range r.rank(slices.Concat(q.Words, q.Aside), nil) {
		for _, said := range p.title {
			if !taken[said.stem] && (said.coinedIn(slips) || hasStem(asked, said.stem) && said.coinedIn(asked)) {
				taken[said.stem] = true
				named = append(named, p)
				break
			}
		}
	}
	if len(named) < 2 || len(named) > mostListed {
		return nil
	}
	return named
}

func hasStem(words []word, stem string) bool {
	return slices.ContainsFunc(words, func(w word) bool { return w.stem == stem })
}

// sharpened sets the word itself apart from what is only like it.
func sharpened(similarity float64) float64 {
	if similarity == 1 {
		return 1
	}
	return 0.92 * similarity
}

// nameWeights weighs the words that name products: one that names few of them
// tells more. The others weigh nothing.
func nameWeights(values [][]float64, words int) []float64 {
	weights := make([]float64, words)
	for i := range weights {
		named := 0.0
		for p := range values {
			if values[p][i] >= leastName {
				named++
			}
		}
		if named > 0 {
			weights[i] = 0.3 + math.Log(1+float64(len(values))/named)
		}
	}
	return weights
}

// titleShare is how much of a title the words have.
func titleShare(it *item, words []word) float64 {
	hit := 0.0
	for _, asked := range words {
		if best(asked, it.title) >= leastName {
			hit++ // Each counts once, for fit isn't both fitness and tracker.
		}
	}
	return min(1, hit/float64(max(1, len(it.title))))
}

// prior is how well the search found a piece of evidence, of the best's 1.
func (r *reader) prior(it *item) float64 {
	if r.top == 0 {
		return 0
	}
	return it.score / r.top
}

// meant returns the products that a question surely means: one, or several
// that fit equally. own tells that the question names them itself.
func (r *reader) meant(q Question) (products []ranked, own bool) {
	if one := r.cheapestOf(q); one != nil {
		return one, false
	}
	fits := r.rank(q.Words, q.Context)
	named := len(fits) > 0 && fits[0].sure
	if len(q.Context) > 0 && (!named || q.Refers && (fits[0].share < 0.5 || r.loosely(fits[0].item, q))) {
		before := r.distinguish(r.before(q), q)
		if named && !r.ofBefore(before, q) {
			// "The longer one in natural": of what was spoken of, what the words fit.
			before = slices.DeleteFunc(before, func(p ranked) bool {
				return !slices.ContainsFunc(fits, func(f ranked) bool { return f.item == p.item && f.fit >= fits[0].fit-0.2 })
			})
		}
		if len(before) > 0 && before[0].sure {
			return before, false
		}
	}
	if named {
		return r.distinguish(equals(fits), q), true
	}
	return nil, false
}

// loosely reports whether a question names a product neither by a word of its own
// nor by what kind of thing it is.
func (r *reader) loosely(it *item, q Question) bool {
	return !slices.ContainsFunc(r.asked(q.Words), func(w word) bool {
		return best(w, []word{it.head}) >= leastName || written(&w, it.title) && r.own(&w, it)
	})
}

// ofBefore reports whether a question asks what the one product that was spoken
// of has, and not for another one: does that one have a stone?
func (r *reader) ofBefore(before []ranked, q Question) bool {
	phrases := detailLexicons()[q.said.language]
	return len(before) == 1 && before[0].sure && phrases != nil && !r.namesOther(before[0].item, q) && matchAny(phrases.owning, q.said.words, nil)
}

// namesOther reports whether a question has a word that says what kind of thing
// another product is, or that stands in its title alone.
func (r *reader) namesOther(it *item, q Question) bool {
	words := r.asked(q.Words)
	return slices.ContainsFunc(r.products, func(other *item) bool {
		return other != it && slices.ContainsFunc(words, func(w word) bool {
			return best(w, []word{other.head}) >= leastName || written(&w, other.title) && r.own(&w, other)
		})
	})
}

// isNamed reports whether a question names a product itself.
func (r *reader) isNamed(q Question) bool {
	_, own := r.meant(q)
	return own
}

// before returns the products that were spoken of: those that were quoted, where
// nothing was said beside, else those that the context names best.
func (r *reader) before(q Question) []ranked {
	if spoken := r.spokenOf(q); len(spoken) > 0 && slices.Equal(q.Context, wordsOf(q.Spoken)) {
		return spoken
	}
	return equals(r.rank(q.Context, q.Words))
}

// equals returns the first of a ranking and those as good as it.
func equals(fits []ranked) []ranked {
	n := min(1, len(fits))
	for n < len(fits) && fits[n].sure && fits[0].fit-fits[n].fit < nearness {
		n++
	}
	return fits[:n]
}

// distinguish keeps of equally named products those that have an option or a
// measure that the question names, where some have.
func (r *reader) distinguish(products []ranked, q Question) []ranked {
	if q = q.withCarried(); len(products) < 2 || len(q.Numbers)+len(q.Sizes)+len(q.Colours) == 0 {
		return products
	}
	some := slices.DeleteFunc(slices.Clone(products), func(p ranked) bool {
		if c := r.choose(p.item, q); c.named && !c.unknown {
			return false
		}
		return !q.numbers(p.title)
	})
	if len(some) > 0 {
		return some
	}
	return products
}

// numbers reports whether a title has one of a question's numbers; 10 may stand
// for 10,000.
func (q Question) numbers(title []word) bool {
	return slices.ContainsFunc(title, func(w word) bool {
		short, thousands := strings.CutSuffix(w.text, "000")
		return w.number && (slices.Contains(q.Numbers, w.text) || thousands && slices.Contains(q.Numbers, short))
	})
}
