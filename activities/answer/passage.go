package answer

import (
	"cmp"
	"slices"
	"strings"
)

const (
	mostUnits  = 3   // Sentences of a policy in one answer.
	mostSteps  = 6   // Where they tell how something is done.
	shortChars = 320 // A passage of a few sentences up to this length is said whole.
)

// scored is a passage and how well a question fits it.
type scored struct {
	*item
	fit      float64
	coverage float64 // The share of the question that it holds.
}

// How much speaks for a passage beside the words it shares with the question:
// the search's own ranking, a heading on the topic, and the kind of thing asked.
const (
	searchShare   = 0.6
	topicShare    = 0.25
	spokenShare   = 0.1
	offTopicShare = 0.2
	kindShare     = 0.12
	aspectShare   = 0.2
	headingShare  = 0.15
	bareShare     = 0.5   // Of words that are taken from what was spoken of before.
	earlierShare  = 0.015 // What a source says first it says of the matter as a whole.
)

// passagesFor ranks the passages that surely fit a question, the best first.
func (r *reader) passagesFor(q Question) []scored { return r.ranked(r.ask(q)) }

func (r *reader) ranked(a asking) []scored {
	highest := r.highest()
	return slices.DeleteFunc(r.weighed(a), func(s scored) bool { return !r.sure(s, a, s.onTopic(a.Topics), highest) })
}

// highest is the best score that the search gave a passage.
func (r *reader) highest() float64 {
	top := 0.0
	for _, it := range r.passages {
		top = max(top, it.score)
	}
	return top
}

// weighed ranks all passages, the best first.
func (r *reader) weighed(a asking) []scored {
	highest := r.highest()
	var fits []scored
	for _, it := range r.passages {
		s := scored{item: it, coverage: r.coverage(it, a)}
		s.fit = s.coverage
		if a.bare {
			s.fit *= bareShare
		}
		if len(a.hints) > 0 {
			s.fit += hintWeight * covered(a.hints, func(w word) float64 { return it.value(w) })
		}
		if highest > 0 {
			s.fit += searchShare * it.score / highest
		}
		onTopic := it.onTopic(a.Topics)
		spoken := !onTopic && r.speaksOf(it, a.Topics)
		switch {
		case onTopic:
			s.fit += topicShare
		case spoken:
			s.fit += spokenShare
		case len(a.Topics) > 0 && len(it.topics) > 0:
			s.fit -= offTopicShare
		}
		s.fit += r.kindBonus(it, a) - earlierShare*float64(min(it.passage.N, 9))
		fits = append(fits, s)
	}
	slices.SortStableFunc(fits, func(a, b scored) int { return cmp.Compare(b.fit, a.fit) })
	for i := range fits {
		fits[i].fit *= ofProducts
	}
	return fits
}

// ofProducts brings a passage's fit to the scale of a product's.
const ofProducts = 0.6

func (it *item) onTopic(topics []string) bool {
	return slices.ContainsFunc(topics, func(t string) bool { return it.topics[t] })
}

// sure reports whether a passage holds enough of a question to answer it.
func (r *reader) sure(s scored, a asking, onTopic bool, highest float64) bool {
	first := highest > 0 && s.score >= 0.9*highest
	switch {
	case (a.AsksAmount || a.AsksTime) && s.coverage >= sentShare && r.sendsTo(s.item, a.places):
		return true
	case !onTopic && r.lacksKeys(s.item, a):
		return false
	case len(a.terms) == 0:
		return onTopic || first || len(a.places) > 0
	case s.coverage >= 0.5:
		return true
	case onTopic && r.aboutElse(s.item, a):
		return (a.AsksTime || a.AsksAmount) && r.kindBonus(s.item, a) >= kindShare
	case onTopic:
		return s.coverage >= 0.25 || r.kindBonus(s.item, a) >= kindShare
	}
	return first && s.coverage >= 0.4
}

// sentShare is the share of a question on a place that a passage on it must hold.
const sentShare = 0.35

// sendsTo reports whether a passage has what is asked of a place that a question names.
func (r *reader) sendsTo(it *item, places []place) bool {
	return slices.ContainsFunc(places, func(p place) bool {
		return p.from >= 0 && slices.ContainsFunc(it.units, func(u unit) bool { return (u.money || u.time) && r.servesPlace(p, u) > placeRest })
	})
}

// aboutElse reports whether next to nothing of what a question has beside its
// topic is in a passage: who sends a fitter home doesn't ask how parcels go.
func (r *reader) aboutElse(it *item, a asking) bool {
	n, held := 0, 0
	for _, t := range a.terms {
		if t.weight < 1 || slices.Contains(a.TopicWords, strings.ToLower(t.word.plain)) || len(t.word.wants) == 0 {
			continue
		}
		n++
		if it.value(t.word) >= 0.5 {
			held++
		}
	}
	return n >= 3 && held == 0
}

// lacksKeys reports whether a passage has next to nothing of what the words of
// a question that surely mean something ask for.
func (r *reader) lacksKeys(it *item, a asking) bool {
	sum, total, keys := 0.0, 0.0, 0
	for _, t := range a.terms {
		if t.weight < 1 || len(t.word.wants) == 0 {
			continue
		}
		if value := it.value(t.word); value > 0.5 {
			sum += t.weight * value
		}
		total += t.weight
		keys++
	}
	if keys == 1 {
		return sum < onlyKey*total
	}
	return total > 0 && sum < leastKeys*total
}

// leastKeys is the share of its telling words that a passage must hold, onlyKey
// where it has but one.
const (
	leastKeys = 0.5
	onlyKey   = 0.7
)

// coverage is the share of a question that a passage holds. A place that it
// serves counts as a word of it.
func (r *reader) coverage(it *item, a asking) float64 {
	onTopic := it.onTopic(a.Topics)
	sum, total := 0.0, 0.0
	for _, t := range a.terms {
		value := it.value(t.word)
		if onTopic && slices.Contains(a.TopicWords, strings.ToLower(t.word.plain)) && !r.heads(t.word) {
			value = 1 // The heading says it, in these words or others.
		}
		sum += t.weight * value
		total += t.weight
	}
	for _, p := range a.places {
		if p.from < 0 {
			continue
		}
		top := 0.0
		for _, u := range it.units {
			top = max(top, r.servesPlace(p, u))
		}
		sum += unheardWeight * top
		total += unheardWeight
	}
	if total == 0 {
		return 0
	}
	return sum / total
}

// heads reports whether a passage has a heading of its own for a word, such as
// one way to pay, which its topic as a whole doesn't tell of then.
func (r *reader) heads(w word) bool {
	return slices.ContainsFunc(r.passages, func(it *item) bool {
		source, own := it.passage.Headings[:len(it.passage.Headings)-1], last(it.passage.Headings)
		// Words that only mean the same are told apart by how they begin.
		named := slices.ContainsFunc(r.content(own), func(o word) bool { return o.stem == w.stem && sameFirst(o.text, w.text) })
		return len(source) > 0 && named && best(w, r.content(source[0])) == 0
	})
}

// value tells how well a passage serves for a word.
func (it *item) value(w word) float64 {
	return sharp(max(it.headed(w), 0.85*it.inUnits(w)))
}

// sharp takes from what is alike by far only.
func sharp(v float64) float64 {
	if v < 0.8 {
		return v * v
	}
	return v
}

// kindBonus favours a passage that holds the kind of thing asked for.
func (r *reader) kindBonus(it *item, a asking) float64 {
	top := 0.0
	for _, u := range it.units {
		top = max(top, r.unitKind(u, a))
	}
	if len(a.aspects) > 0 {
		top += headingShare * min(1, r.tellsAspects(unit{words: it.headings}, a.aspects))
	}
	onHours := it.topics[string(topicHours)] && slices.Contains(a.Topics, string(topicHours))
	if a.AsksTime && (onHours || matchAny(r.lex.howLong, it.headings, nil)) {
		top += kindShare
	}
	if a.AsksAmount && matchAny(r.lex.howMuch, it.headings, nil) {
		top += kindShare
	}
	return top
}

// unitKind favours a sentence that has the kind of thing asked for: an amount
// of money, a time, the day, an aspect.
func (r *reader) unitKind(u unit, a asking) float64 {
	bonus := 0.0
	if a.AsksTime && u.time {
		bonus += kindShare
	}
	if a.AsksAmount && u.money {
		bonus += kindShare
	}
	if a.day != noDay && policyOf(r.lex.code).daysIn(u.words).has(a.day) {
		bonus += 4 * kindShare
	}
	bonus += aspectShare * r.tellsAspects(u, a.aspects)
	if a.bare {
		bonus *= 2 // The kind is all that it says.
	}
	if a.AsksAmount && u.money && !slices.Contains(a.aspects, aspectFree) && r.tellsAspects(u, []string{aspectFree}) > 0 {
		bonus -= kindShare
	}
	return bonus
}

// aspectFree is what is asked with "free", which a mere question for an amount
// isn't answered by first.
const aspectFree = "free"

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

// ended closes a sentence that its source leaves open.
func ended(text string) string {
	if strings.ContainsAny(text[len(text)-1:], ".!?:") {
		return text
	}
	return text + "."
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
