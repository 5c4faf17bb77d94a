package answer

import (
	"cmp"
	"slices"
	"strings"

	"kedai/models"
)

const (
	mostUnits  = 4   // Sentences of a policy in one answer.
	shortChars = 330 // A passage up to this length is said whole.
)

// scored is a passage and how well a question fits it.
type scored struct {
	*item
	fit float64
}

// passagesFor ranks the passages that fit a question, the best first.
func (r *reader) passagesFor(q Question) []scored {
	terms := r.terms(q.Words, 1)
	hints := slices.Concat(r.terms(r.saying(q.Cues), 0.5), r.terms(q.Context, 0.4))
	hintShare := 0.25
	if len(q.Words) == len(q.TopicWords) {
		hintShare = 0.5 // Nothing else tells the passages of a topic apart.
	}
	var fits []scored
	for _, it := range r.passages {
		onTopic := slices.ContainsFunc(q.Topics, func(t string) bool { return it.topics[t] })
		value := func(w word) float64 {
			if onTopic && slices.Contains(q.TopicWords, w.plain) {
				return 1 // The heading says it, in these words or others.
			}
			return 1.2 * max(best(w, it.headings), it.inUnits(w)*0.85)
		}
		coverage := covered(terms, value)
		fit := coverage + hintShare*covered(hints, value)
		spoken := !onTopic && r.speaksOf(it, q.Topics)
		switch {
		case onTopic:
			fit += 0.35
		case spoken:
			fit += 0.12
		}
		if !onTopic && len(q.Topics) > 0 && len(it.topics) > 0 {
			fit -= 0.2 // Its heading is on something else.
		}
		fit += r.kindBonus(it, q) - 0.01*float64(min(it.passage.N, 9))
		sure := coverage >= 0.6 || (onTopic && (coverage >= 0.25 || len(terms) == 0 || r.kindBonus(it, q) >= 0.15)) || (spoken && coverage >= 0.4)
		if sure {
			fits = append(fits, scored{item: it, fit: fit})
		}
	}
	slices.SortStableFunc(fits, func(a, b scored) int { return cmp.Compare(b.fit, a.fit) })
	return fits
}

// kindBonus favours a passage that holds the kind of thing asked for: an
// amount of money, a time.
func (r *reader) kindBonus(it *item, q Question) float64 {
	bonus := 0.0
	if q.Intent == models.IntentPromotion && slices.ContainsFunc(it.units, func(u unit) bool { return strings.Contains(u.text, "%") }) {
		bonus += 0.2
	}
	if q.AsksTime {
		if matchAny(r.lex.howLong, it.headings, nil) {
			bonus += 0.15
		}
		if slices.ContainsFunc(it.units, func(u unit) bool { return u.time }) {
			bonus += 0.15
		}
	}
	if q.AsksAmount {
		if matchAny(r.lex.howMuch, it.headings, nil) {
			bonus += 0.15
		}
		if slices.ContainsFunc(it.units, func(u unit) bool { return u.money }) {
			bonus += 0.15
		}
	}
	return bonus
}

// speaksOf reports whether the text itself is on one of the topics.
func (r *reader) speaksOf(it *item, topics []string) bool {
	for _, t := range r.lex.topics {
		if !slices.Contains(topics, string(t.topic)) {
			continue
		}
		for _, u := range it.units {
			if matchAny(t.patterns, u.words, nil) {
				return true
			}
		}
	}
	return false
}

// quote composes an answer of a shop's own sentences: those of the best
// passage, and one of another passage where that answers what is still open.
func (r *reader) quote(q Question, fits []scored) (string, []int) {
	terms := slices.Concat(r.terms(q.Words, 1), r.terms(r.saying(q.Cues), 0.4), r.terms(q.Context, 0.25))
	chosen := r.excerpt(fits[0].item, q, terms)
	cites := []int{fits[0].n}
	for _, other := range fits[1:min(len(fits), 4)] {
		if len(chosen) >= mostUnits+1 {
			break
		}
		if u, ok := r.missingUnit(other.item, q, chosen); ok {
			chosen = append(chosen, u)
			cites = append(cites, other.n)
		}
	}
	texts := make([]string, 0, len(chosen))
	for _, u := range chosen {
		texts = append(texts, ended(u.text))
	}
	return strings.Join(texts, " "), cites
}

// ended closes a sentence that its source leaves open.
func ended(text string) string {
	if strings.HasSuffix(text, ":") {
		return text
	}
	if strings.ContainsAny(text[len(text)-1:], ".!?") {
		return text
	}
	return text + "."
}

// excerpt picks the units of one passage that answer, in their order.
func (r *reader) excerpt(it *item, q Question, terms []term) []unit {
	length := 0
	for _, u := range it.units {
		length += len([]rune(u.text))
	}
	whole := len(it.units) <= mostUnits && length <= shortChars
	if whole || (q.Intent == models.IntentPromotion && length <= 2*shortChars) {
		return it.units
	}
	scores := make([]float64, len(it.units))
	top := 0.0
	for i, u := range it.units {
		scores[i] = r.unitScore(u, q, terms)
		top = max(top, scores[i])
	}
	if top == 0 {
		return it.units[:min(len(it.units), 3)]
	}
	order := make([]int, len(scores))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(scores[b], scores[a]) })
	var picked []int
	for _, i := range order[:min(len(order), mostUnits)] {
		if scores[i] >= 0.45*top {
			picked = append(picked, i)
		}
	}
	slices.Sort(picked)
	units := make([]unit, 0, len(picked))
	for _, i := range picked {
		units = append(units, it.units[i])
	}
	return units
}

// unitScore tells how much of a question one sentence answers.
func (r *reader) unitScore(u unit, q Question, terms []term) float64 {
	score := 0.0
	for _, t := range terms {
		score += t.weight * best(t.word, u.words)
	}
	if q.AsksTime && u.time {
		score += 1.5
	}
	if q.AsksAmount && u.money {
		score += 1.5
	}
	for _, f := range figures(u.text) {
		if slices.Contains(q.Numbers, f.readings[0]) {
			score++
		}
	}
	return score
}

// missingUnit returns the sentence of a further passage that has a word, an
// amount or a time that was asked for and that the chosen ones lack.
func (r *reader) missingUnit(it *item, q Question, chosen []unit) (unit, bool) {
	var open []string
	for _, w := range q.Words {
		if !slices.ContainsFunc(chosen, func(u unit) bool { return best(r.word(w), u.words) > 0 }) {
			open = append(open, w)
		}
	}
	needsMoney := q.AsksAmount && !slices.ContainsFunc(chosen, func(u unit) bool { return u.money })
	needsTime := q.AsksTime && !slices.ContainsFunc(chosen, func(u unit) bool { return u.time })
	if len(open) == 0 && !needsMoney && !needsTime {
		return unit{}, false
	}
	terms := r.terms(open, 1)
	all := r.terms(q.Words, 1)
	top, index := 0.0, -1
	for i, u := range it.units {
		score := 0.0
		for _, t := range terms {
			score += t.weight * best(t.word, u.words)
		}
		if (needsMoney && u.money) || (needsTime && u.time) {
			score += 0.5
			for _, t := range all {
				score += 0.3 * t.weight * best(t.word, u.words)
			}
		}
		if score > top {
			top, index = score, i
		}
	}
	if index < 0 || top < 1.2 {
		return unit{}, false
	}
	return it.units[index], true
}
