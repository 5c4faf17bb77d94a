package answer

import (
	"slices"
	"strings"
)

// choice of sentences: how good one must be beside the best, and how much of
// the question it must add.
const (
	beside    = 0.72
	leastGain = 0.16
	elsewhere = 0.9 // A sentence of another passage than the best.
)

// said is a sentence that may be quoted.
type said struct {
	unit
	n     int // Of its passage.
	at    int // Its place in it.
	first bool
	score float64
}

// quote composes an answer of a shop's own sentences: the one that answers
// best, and those that answer what it leaves open.
func (r *reader) quote(a asking, fits []scored) (string, []int) {
	chosen := r.sentencesFor(a, fits)
	r.earlier = a.terms
	return r.sayAll(a, chosen)
}

// sayAll says the sentences that were chosen, and which passages they are of.
func (r *reader) sayAll(a asking, chosen []said) (string, []int) {
	var texts []string
	var cites []int
	before := ""
	for _, s := range chosen {
		if told := r.tell(s.unit); len(told) > 0 {
			lead := r.leadOf(s)
			if lead != "" && lead != before && ended(lead) != before {
				told[0] = lead + " " + told[0]
			}
			if before = lead; lead == "" {
				before = told[0]
			}
			texts = append(texts, told...)
		}
		cites = include(cites, s.n)
	}
	if len(texts) == 0 && len(chosen) > 0 {
		return r.lastTold, cites // The reply has it already.
	}
	if r.refused(a, chosen) {
		texts = slices.Insert(texts, 0, policyOf(r.lex.code).refused)
	}
	r.lastTold = strings.Join(texts, " ")
	return r.lastTold, cites
}

// leadOf returns what has to be said before an entry of a list for it to be
// understood: the sentence that introduces the list, or its heading where that
// denies something.
func (r *reader) leadOf(s said) string {
	if !s.listed || s.lead != "" {
		return s.lead
	}
	for _, it := range r.passages {
		if it.n == s.n && r.denies(it) {
			return last(it.passage.Headings) + ":"
		}
	}
	return ""
}

// refused reports whether what a question asks leave for stands below a heading
// that denies it.
func (r *reader) refused(a asking, chosen []said) bool {
	first := chosen[0]
	if !a.Asks || a.AsksAmount || a.AsksTime || !first.listed || first.lead != "" || matchAny(a.customer.refusing, a.words, nil) {
		return false
	}
	return slices.ContainsFunc(r.passages, func(it *item) bool { return it.n == first.n && r.denies(it) && it.onTopic(sentBack) })
}

// sentBack are the topics of what a shop takes back.
var sentBack = []string{string(topicReturns), string(topicExchanges), string(topicRefunds)}

// denies reports whether the heading of a passage says what isn't so of all
// that stands below it.
func (r *reader) denies(it *item) bool {
	heading := r.lex.words(last(it.passage.Headings))
	return len(heading) > 0 && heading[len(heading)-1].stop == 0 && matchAt(policyOf(r.lex.code).denying, heading, 0)
}

func last(texts []string) string {
	if len(texts) == 0 {
		return ""
	}
	return texts[len(texts)-1]
}

// tell returns a sentence to be said, nothing if this reply has it already.
func (r *reader) tell(u unit) []string {
	if r.told == nil {
		r.told = map[string]bool{}
	}
	if r.told[u.text] {
		return nil
	}
	r.told[u.text] = true
	return []string{ended(u.text)}
}

// sentencesFor picks at most mostUnits sentences.
func (r *reader) sentencesFor(a asking, fits []scored) []said {
	var all, whole []said
	for i, f := range fits[:min(len(fits), 4)] {
		units := r.fittingRows(f.item, a)
		if i == 0 && a.steps {
			if steps := stepsOf(units); len(steps) > 0 {
				return r.saidOf(f.item, steps)
			}
		}
		if i == 0 && (a.day == noDay || len(units) == 1) && !r.listsDenied(f.item, units) && r.short(units) {
			whole = r.saidOf(f.item, units)
		}
		for j, u := range units {
			s := said{unit: u, n: f.n, at: j, first: i == 0}
			s.score = r.unitFit(f, u, a)
			if i > 0 {
				s.score *= elsewhere
			}
			all = append(all, s)
		}
	}
	if len(all) == 0 {
		return nil
	}
	chosen := leading(all, whole)
	for most := max(mostUnits, len(chosen)+1); len(chosen) < most; {
		next, ok := r.furthest(a, chosen, all)
		if !ok {
			break
		}
		chosen = append(chosen, next)
	}
	slices.SortStableFunc(chosen, func(a, b said) int {
		if a.n == b.n {
			return a.at - b.at
		}
		return 0
	})
	return chosen
}

// leading returns the best sentence, or the whole of a short passage that has it.
func leading(all, whole []said) []said {
	lead := 0
	for i := range all {
		if all[i].score > all[lead].score {
			lead = i
		}
	}
	if len(whole) == 0 || !all[lead].first {
		return []said{all[lead]}
	}
	for i := range whole {
		whole[i].score = all[lead].score
	}
	return whole
}

// furthest returns the sentence that adds most to those that are chosen. One that
// stands with the first and is nearly as good needs to add less.
func (r *reader) furthest(a asking, chosen, all []said) (said, bool) {
	next, most := -1, 0.0
	for i, s := range all {
		if slices.ContainsFunc(chosen, func(c said) bool { return c.text == s.text }) {
			continue
		}
		g := r.gain(a, chosen, s)
		if s.n == chosen[0].n && s.score >= beside*chosen[0].score {
			if s.row && chosen[0].row {
				g += leastGain
			}
			g += leastGain / 2
		}
		if g < leastGain {
			continue
		}
		g += 0.2 * s.score // Of those that add as much, the better one.
		if g > most {
			next, most = i, g
		}
	}
	if next < 0 || most < leastGain {
		return said{}, false
	}
	return all[next], true
}

// short reports whether a passage is little enough to be said whole.
func (r *reader) short(units []unit) bool {
	length := 0
	for _, u := range units {
		if u.row {
			return false
		}
		length += len([]rune(u.text))
	}
	return len(units) <= 4 && length <= shortChars
}

func (r *reader) saidOf(it *item, units []unit) []said {
	var list []said
	for i, u := range units {
		list = append(list, said{unit: u, n: it.n, at: i, first: true})
	}
	return list
}

// stepsOf returns the numbered entries of a list.
func stepsOf(units []unit) []unit {
	steps := slices.DeleteFunc(slices.Clone(units), func(u unit) bool {
		n, _, ok := strings.Cut(u.text, ". ")
		return !ok || n == "" || strings.Trim(n, "0123456789") != ""
	})
	if len(steps) < 2 {
		return nil
	}
	return steps[:min(len(steps), mostSteps)]
}

// unitFit tells how well one sentence answers a question.
func (r *reader) unitFit(f scored, u unit, a asking) float64 {
	score := f.fit + r.unitKind(u, a)
	total, sum := 0.0, 0.0
	byHeading := 0.4
	if u.row || u.listed && r.denies(f.item) {
		byHeading = 0.7 // A row is nothing without it.
	}
	for _, t := range a.terms {
		topical := 0.0
		if f.onTopic(a.Topics) && slices.Contains(a.TopicWords, strings.ToLower(t.word.plain)) && !r.heads(t.word) {
			topical = 0.85 // All of the passage is on it.
		}
		sum += t.weight * max(topical, sharp(best(t.word, u.words)), 0.8*sharp(best(t.word, u.names)), byHeading*f.headed(t.word))
		total += t.weight
	}
	for _, p := range a.places {
		sum += unheardWeight * r.servesPlace(p, u)
		total += unheardWeight
	}
	for _, t := range a.hints {
		sum += hintWeight * t.weight * sharp(best(t.word, u.words))
		total += hintWeight * t.weight
	}
	if total > 0 && a.bare {
		score += bareShare * sum / total
	} else if total > 0 {
		score += sum / total
	}
	for _, fig := range figures(u.text) {
		if slices.Contains(a.Numbers, fig.readings[0]) {
			score += kindShare
		}
	}
	if a.day != noDay {
		if set := policyOf(r.lex.code).daysIn(u.words); set != 0 && !set.has(a.day) {
			score -= 0.5
		}
	}
	return score
}

// gain tells how much of a question a sentence answers that the chosen leave open.
func (r *reader) gain(a asking, chosen []said, s said) float64 {
	sum, total := 0.0, 0.0
	for _, t := range a.terms {
		had := 0.0
		for _, c := range chosen {
			had = max(had, best(t.word, c.words), best(t.word, c.names))
		}
		sum += t.weight * sharp(max(0, best(t.word, s.words)-had))
		total += t.weight
	}
	gain := 0.0
	if total > 0 {
		gain = sum / total
	}
	lacks := func(has func(unit) bool) bool {
		return has(s.unit) && !slices.ContainsFunc(chosen, func(c said) bool { return has(c.unit) })
	}
	near := len(chosen) > 0 && s.score >= 0.5*chosen[0].score
	if a.AsksTime && near && lacks(func(u unit) bool { return u.time }) {
		gain += leastGain
	}
	if a.AsksAmount && near && lacks(func(u unit) bool { return u.money }) {
		gain += leastGain
	}
	for _, name := range a.aspects {
		if near && lacks(func(u unit) bool { return r.tellsAspects(u, []string{name}) > 0 }) {
			gain += leastGain
		}
	}
	return gain
}

// listsDenied reports whether units are a list of what isn't so, of which each
// entry stands for itself.
func (r *reader) listsDenied(it *item, units []unit) bool {
	return len(units) > 1 && units[0].listed && r.denies(it)
}
