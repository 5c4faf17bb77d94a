package retrieval

import (
	"math"
	"slices"
	"strings"

	"kedai/activities/retrieval/lexicon"
	"kedai/models"
)

// indexed is what the index keeps of a product or passage for ranking.
type indexed struct {
	Hit
	fields [fieldCount]field
	vector []float32 // Where the embedder is semantic.
}

// field is a part of an indexed text: its stems and the marks of its concepts.
type field struct {
	stems []string
	marks []string
	has   map[string]bool
}

// The fields, the weightiest first.
const (
	fieldTitle = iota
	fieldFacets
	fieldText
	fieldCount
)

// fieldWeights say how much it counts where a text serves for a word.
var fieldWeights = [fieldCount]float64{1, 0.85, 0.5}

const (
	maxQueryWords = 32
	// A text has to serve for so much of the question, or so well for one of its
	// words: everything leads to everything in the end.
	minScore = 0.12
	minValue = 0.5
)

// rank scores texts by how well they serve for each word of the question, a
// word that few of them serve for counting more.
func (p *plan) rank(texts []indexed) {
	if len(texts) == 0 || len(p.words) == 0 {
		return
	}
	values := make([][]float64, len(texts))
	frequency := make([]float64, len(p.words))
	for i := range texts {
		values[i] = make([]float64, len(p.words))
		texts[i].prepare()
		for n := range p.words {
			v := p.words[n].value(p.language, &texts[i])
			values[i][n] = v
			frequency[n] += min(1, v) // Else a word that all serve for would count against them.
		}
	}
	n := float64(len(texts))
	whole := 0.0
	for i, f := range frequency {
		rarity := math.Log(1 + (n-f+0.5)/(f+0.5))
		if f == 0 && !p.words[i].known {
			rarity *= 0.3 // Nothing is called that.
		}
		if p.words[i].faint {
			rarity *= 0.25
		}
		frequency[i] = rarity
		whole += rarity
	}
	for i := range texts {
		sum := 0.0
		for n, v := range values[i] {
			sum += v * frequency[n]
		}
		texts[i].Score = sum / whole * p.bias(texts[i].Kind)
		if texts[i].Score < minScore && slices.Max(values[i]) < minValue {
			texts[i].Score = 0
		}
	}
}

// maxBias is how much less a text counts that is of the wrong kind.
const maxBias = 0.3

// bias prefers passages for questions about service, products for others.
func (p *plan) bias(kind models.EvidenceKind) float64 {
	// Few questions are about nothing but service, or have nothing of it.
	share := min(1, max(0, (p.service-0.15)/0.35))
	if kind == models.EvidencePassage {
		return 1 - maxBias*(1-share)
	}
	return 1 - maxBias*share
}

func (x *indexed) prepare() {
	for i := range x.fields {
		f := &x.fields[i]
		f.has = make(map[string]bool, len(f.stems)+len(f.marks))
		for _, s := range f.stems {
			f.has[s] = true
		}
		for _, m := range f.marks {
			f.has[m] = true
		}
	}
}

// again is what a further field adds that serves for the same word.
const again = 0.2

// value returns how well a text serves for a word, from 0 to about 1.
func (w *wanted) value(l models.Language, x *indexed) float64 {
	best, sum := 0.0, 0.0
	for i := range x.fields {
		v := fieldWeights[i] * w.valueIn(l, &x.fields[i])
		best, sum = max(best, v), sum+v
	}
	return best + again*(sum-best)
}

// valueIn returns how well a field serves for a word, from 0 to 1.
func (w *wanted) valueIn(l models.Language, f *field) float64 {
	if f.has[w.Stem] {
		return 1
	}
	for _, a := range w.alts {
		if f.has[a.token] {
			if w.known || a.weight >= 0.5 {
				return a.weight
			}
			return max(a.weight, w.likeness(l, f))
		}
	}
	if w.known {
		return 0
	}
	return w.likeness(l, f)
}

// maxGuessed is how many words of a question may be taken for misspellings:
// comparing is dear, and who writes in no known words asks for nothing known.
const maxGuessed = 8

// likeness returns how like the word the likest of a field's words is.
func (w *wanted) likeness(l models.Language, f *field) float64 {
	if w.likes == nil {
		return 0
	}
	best := 0.0
	for _, stem := range f.stems {
		like, known := w.likes[stem]
		if !known {
			like = 0.95 * lexicon.Likeness(l, w.Stem, stem)
			w.likes[stem] = like
		}
		best = max(best, like)
	}
	return best
}

// read fills a field in from a text.
func newField(l models.Language, text string) field {
	reading := lexicon.ReadText(l, text, maxStems)
	f := field{stems: reading.Stems()}
	seen := map[string]bool{}
	add := func(mark string) {
		if !seen[mark] {
			seen[mark] = true
			f.marks = append(f.marks, mark)
		}
	}
	for _, found := range reading.Concepts {
		mark := namedMark
		if found.Weight < 0.7 {
			mark = weakMark
		}
		add(mark + found.Concept.Name())
		for _, up := range found.Concept.Above() {
			if mark == namedMark {
				add(aboveMark + up.Name())
			}
		}
	}
	return f
}

func (f field) tokens() string {
	return strings.Join(append(append([]string{}, f.stems...), f.marks...), " ")
}

// fieldOf is the inverse of tokens.
func fieldOf(tokens string) field {
	all := strings.Fields(tokens)
	first := len(all)
	for i, token := range all {
		if len(token) > 2 && token[1] == ':' {
			first = i
			break
		}
	}
	return field{stems: all[:first], marks: all[first:]}
}
