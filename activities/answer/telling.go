package answer

import (
	"slices"
	"strings"

	"kedai/models"
)

// mostTold is how many sentences of a description one answer has.
const mostTold = 3

// telling returns the sentences of a description that tell what is asked: those
// that tell an attribute that was asked for, or hold enough of the open words.
func (r *reader) telling(it *item, q Question, open []string) []unit {
	own := slices.DeleteFunc(slices.Clone(open), func(w string) bool { return !slices.Contains(q.Words, w) })
	timed := q.AsksTime && slices.ContainsFunc(it.units, func(u unit) bool { return u.time })
	if len(own) == 0 && len(q.Attributes) == 0 && !q.wants(models.IntentProductDetail) && !timed {
		return nil
	}
	terms := r.terms(open, 1)
	told := slices.ContainsFunc(it.units, func(u unit) bool { return len(r.toldBy(u, q.Attributes)) > 0 })
	if len(q.Attributes) > 0 && !told && !timed && covered(r.terms(own, 1), it.inUnits) < 0.5 {
		return nil
	}
	if !told && !timed && covered(r.terms(own, 1), it.inUnits) < 0.25 && covered(terms, it.inUnits) < 0.3 {
		return nil
	}
	return r.cover(it, q, terms)
}

// enough is how much of the best sentence's score a further one has to add.
const enough = 0.3

// What a sentence is worth that tells an attribute that was asked for, the first
// one most, and that has a figure of it.
const (
	attributeWeight = 3
	figureWeight    = 0.8
)

// cover picks the sentence that tells most, then those that tell most of what
// is still open, and returns them in their order.
func (r *reader) cover(it *item, q Question, terms []term) []unit {
	open := slices.Clone(terms)
	told := map[string]int{}
	picked := make([]bool, len(it.units))
	first := 0.0
	for range mostTold {
		at, top := -1, 0.0
		for i, u := range it.units {
			if picked[i] {
				continue
			}
			score := r.unitScore(u, q, open)
			for _, a := range r.toldBy(u, q.Attributes) {
				score += attributeWeight / float64(1+told[a])
				if u.number {
					score += figureWeight
				}
			}
			if score > top {
				at, top = i, score
			}
		}
		if at < 0 || top < enough*first || first > 0 && top < 1.5 {
			break
		}
		first = max(first, top)
		picked[at] = true
		u := it.units[at]
		for _, a := range r.toldBy(u, q.Attributes) {
			told[a]++
		}
		open = slices.DeleteFunc(open, func(t term) bool { return best(t.word, u.words) >= 0.6 })
		if len(open) == 0 && len(q.Attributes) == 0 {
			break
		}
	}
	var units []unit
	for i, u := range it.units {
		if picked[i] {
			units = append(units, u)
		}
	}
	return units
}

// toldBy returns which of the attributes a sentence tells.
func (r *reader) toldBy(u unit, attributes []string) []string {
	var told []string
	for _, a := range slices.Concat(r.lex.attributes, r.lex.toldOf()) {
		if slices.Contains(attributes, a.name) && matchAny(a.tell, u.words, nil) {
			told = append(told, a.name)
		}
	}
	return told
}

// said puts the product's title before its sentences.
func (r *reader) said(it *item, units []unit) string {
	texts := make([]string, 0, len(units))
	for _, u := range units {
		texts = append(texts, ended(u.text))
	}
	return fill(r.lex.say.about, "{title}", r.title(it.product)) + " " + strings.Join(texts, " ")
}
