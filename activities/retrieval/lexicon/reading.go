package lexicon

import (
	"slices"

	"kedai/models"
)

// Reading is what a text speaks of.
type Reading struct {
	Words    []Word
	Concepts []Found
}

// Found is a concept that a text names.
type Found struct {
	Concept Concept
	At      []int   // The words that name it, by their index.
	Weight  float64 // Of 1: how sure it is that it is meant.
}

// How sure a concept is when it is found in other ways than by its own word.
const (
	whenWeak    = 0.5
	whenForeign = 0.8
	whenSpelled = 0.9 // Times how like the spelling is.
	window      = 4   // Words between those of a phrase.
)

// ReadQuery reads what a customer asked for: without stop words, and with
// words that nothing is called taken for the ones they are like.
func ReadQuery(l models.Language, text string, limit int) Reading {
	r := Reading{Words: QueryWords(l, respell(l, text), limit)}
	s, giveBack := borrow(l)
	defer giveBack()
	r.find(s, true)
	r.narrow()
	return r
}

// whenBroader is what is left of a concept when its words also name a kind of
// it: who asks for a windbreaker doesn't want just any jacket.
const whenBroader = 0.55

// whenAlone is what is left of what a word means by itself where it is part of
// a phrase: to lay the table is not to look for a table.
const whenAlone = 0.7

func (r *Reading) narrow() {
	for i := range r.Concepts {
		f := &r.Concepts[i]
		if len(f.At) == 1 && slices.ContainsFunc(r.Concepts, func(g Found) bool {
			return len(g.At) > 1 && g.Weight > 0.9 && slices.Contains(g.At, f.At[0]) && !related(f.Concept, g.Concept)
		}) {
			f.Weight *= whenAlone
		}
	}
	for i := range r.Concepts {
		f := &r.Concepts[i]
		for _, g := range r.Concepts {
			if slices.Contains(g.Concept.Above(), f.Concept) && g.Weight >= f.Weight && covers(g.At, f.At) {
				f.Weight *= whenBroader
				break
			}
		}
	}
}

// related reports whether one of two concepts is a kind of the other.
func related(a, b Concept) bool {
	return slices.Contains(a.Above(), b) || slices.Contains(b.Above(), a)
}

func covers(all, some []int) bool {
	return !slices.ContainsFunc(some, func(i int) bool { return !slices.Contains(all, i) })
}

// ReadText reads what a shop says, of it at most limit words.
func ReadText(l models.Language, text string, limit int) Reading {
	s, giveBack := borrow(l)
	defer giveBack()
	var r Reading
	for word := range words(l, text) {
		if stem := s.stem(word); stem != "" {
			r.Words = append(r.Words, Word{Folded: fold(word), Stem: stem})
		}
		if len(r.Words) == limit {
			break
		}
	}
	r.find(s, false)
	return r
}

// Stems returns the words' stems.
func (r Reading) Stems() []string {
	out := make([]string, len(r.Words))
	for i, w := range r.Words {
		out[i] = w.Stem
	}
	return out
}

func (r *Reading) find(s *stemmer, query bool) {
	l := s.language
	v := load().vocabularies[l]
	at, bits := r.places()
	for i, w := range r.Words {
		places := at[w.Stem]
		if w.Stem == "" || places[0] != i {
			continue
		}
		senses, weight := v.words[w.Stem], 1.0
		phrases := v.phrases[w.Stem]
		if len(senses) == 0 && len(phrases) == 0 {
			// A word that is said in all four languages, such as hoodie.
			senses, weight = s.senses.of(w.Folded, s.foreign), whenForeign
		}
		for _, s := range senses {
			r.add(s, weight, places[:1:1])
		}
		if len(senses) == 0 && query {
			for _, known := range v.correct(l, w.Stem) {
				for _, s := range v.words[known] {
					r.add(s, whenSpelled*Likeness(l, w.Stem, known), places[:1:1])
				}
			}
		}
		for _, p := range phrases {
			if p.bits&^bits != 0 {
				continue
			}
			if found := together(p.stems, at, places, query); found != nil {
				r.add(sense{p.concept, p.weak}, 1, found)
			}
		}
	}
	slices.SortFunc(r.Concepts, func(a, b Found) int { return int(a.Concept - b.Concept) })
}

// places returns where each stem stands, and the bits of all of them.
func (r *Reading) places() (at map[string][]int, bits uint64) {
	at = make(map[string][]int, len(r.Words))
	all := make([]int, len(r.Words))
	for i, w := range r.Words {
		if w.Stem == "" {
			continue
		}
		if places := at[w.Stem]; places != nil {
			at[w.Stem] = append(places, i)
			continue
		}
		// Most words stand once: their lists are cut from one.
		all[i] = i
		at[w.Stem], bits = all[i:i+1:i+1], bits|bitOf(w.Stem)
	}
	return at, bits
}

// add notes a concept; of several places the surest counts. What is given as
// the place has no room behind it, so that it can be kept.
func (r *Reading) add(s sense, weight float64, at []int) {
	if s.weak {
		weight *= whenWeak
	}
	for i, f := range r.Concepts {
		if f.Concept == s.concept {
			r.Concepts[i].At = union(f.At, at)
			r.Concepts[i].Weight = max(f.Weight, weight)
			return
		}
	}
	r.Concepts = append(r.Concepts, Found{Concept: s.concept, At: at, Weight: weight})
}

// foreign returns what a word means in another language that the agent speaks.
func (s *stemmer) foreign(folded string) []sense {
	if len(folded) < 3 {
		return nil
	}
	for _, l := range models.Languages() {
		if l == s.language {
			continue
		}
		other, giveBack := borrow(l)
		senses := load().vocabularies[l].words[other.stem(folded)]
		giveBack()
		if len(senses) > 0 {
			return senses
		}
	}
	return nil
}

// together returns where the stems of a phrase stand near each other, nil if
// they don't. In a query, which is short, anywhere is near.
func together(stems []string, at map[string][]int, places []int, query bool) []int {
	for _, place := range places {
		found := make([]int, 0, len(stems))
		for _, stem := range stems {
			i := slices.IndexFunc(at[stem], func(p int) bool {
				return query || (p-place <= window && place-p <= window)
			})
			if i < 0 {
				break
			}
			found = append(found, at[stem][i])
		}
		if len(found) == len(stems) {
			return found
		}
	}
	return nil
}
