package answer

import (
	"slices"

	"kedai/models"
)

// sidesSaid reads what stands on each side of words such as "or": the oak table
// or the folding one.
func (lex *lexicon) sidesSaid(words []word) []Question {
	var sides []Question
	start, open := 0, false
	for i, w := range words {
		joins := lex.joinsSides(words, i)
		if !joins && w.stop == 0 && i+1 < len(words) {
			continue
		}
		if joins || open {
			end := i
			if !joins {
				end++
			}
			sides = append(sides, lex.sideOf(words[start:end]))
			if open && !joins {
				break
			}
		}
		open, start = joins, i+1
	}
	if len(sides) < 2 || len(sides) > mostListed || slices.ContainsFunc(sides, Question.namesNothing) {
		return nil
	}
	return sides
}

// joinsSides reports whether the word at i stands between things and not between
// the measures of one: 30 x 40.
func (lex *lexicon) joinsSides(words []word, i int) bool {
	if !lex.parting[words[i].text] || i == 0 || i+1 == len(words) {
		return false
	}
	return !words[i-1].number || !words[i+1].number
}

func (lex *lexicon) sideOf(words []word) Question {
	c := clause{words: words}
	none := make([]bool, len(words))
	lex.fill(&c, none, none, none)
	return c.question
}

func (q Question) namesNothing() bool {
	return len(q.Words)+len(q.Colours)+len(q.Sizes)+len(q.Numbers) == 0
}

// sidesNamed returns the products that stand on the sides of a question, where
// each side surely names another one.
func (r *reader) sidesNamed(q Question) []ranked {
	var named []ranked
	for _, side := range q.Sides {
		products, own := r.meant(side)
		if !own || len(products) != 1 || products[0].share < leastNamed || slices.ContainsFunc(named, func(p ranked) bool { return p.item == products[0].item }) {
			return nil
		}
		named = append(named, products[0])
	}
	return named
}

// sideBySide makes one comparison of all that is asked about products that stand
// on the sides of a question.
func (r *reader) sideBySide(questions []Question) []Question {
	at := slices.IndexFunc(questions, r.ofSides)
	if at < 0 || slices.ContainsFunc(questions, func(q Question) bool { return q.AsksLeft }) {
		return questions
	}
	one := questions[at]
	var kept []Question
	for i, q := range questions {
		switch {
		case i == at:
		case q.ofProducts():
			one = one.join(q)
		default:
			kept = append(kept, q)
		}
	}
	one.Intent = models.IntentCompare
	return slices.Insert(kept, min(at, len(kept)), one)
}

// ofSides reports whether a question is about each of several products.
func (r *reader) ofSides(q Question) bool {
	if len(q.Sides) == 0 || !q.ofProducts() || q.AsksTotal || len(q.Lots) > 1 || q.AtMost != "" {
		return false
	}
	return len(r.sidesNamed(q)) > 1
}

// saidOfSide returns what a question says of one product: what stands on its side,
// where that names an option.
func (r *reader) saidOfSide(p ranked, q Question) Question {
	for _, side := range q.Sides {
		if products, own := r.meant(side); !own || products[0].item != p.item {
			continue
		}
		if c := r.choose(p.item, side); c.named && !c.unknown {
			side.Carried = []options{q.options()}
			return side
		}
	}
	return q
}
