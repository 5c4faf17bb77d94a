package answer

import (
	"cmp"
	"slices"
	"strings"

	trade "kedai/activities/retrieval/lexicon"
	"kedai/models"
)

// ruleKind is a kind of thing that a rule tells.
type ruleKind int

const (
	tellsTime ruleKind = iota // How long, or until when.
	tellsCost                 // What it costs, or that it costs nothing.
	tellsWay                  // How and where to.
	ruleKinds
)

// ruled answers what every shop has a rule for: how long things may be returned
// or exchanged, what that costs, when and how the money comes back. It is told by
// the passage of the source on the topic that is on this kind of thing.
func (r *reader) ruled(q Question) (found, bool) {
	f := found{intent: models.IntentPolicy, action: models.ActionAnswer}
	if q.Intent != models.IntentPolicy && q.Intent != models.IntentOther && q.Intent != models.IntentProductPrice || q.AsksTotal || len(r.services(q)) > 0 {
		return f, false
	}
	a := r.ask(q)
	a.methods = r.methodsOf(a)
	t := a.ruleTopic()
	kinds := a.kindsAsked()
	if t == "" || len(kinds) == 0 || slices.ContainsFunc(a.aspects, ofCases) {
		return f, false
	}
	var chosen []said
	for _, kind := range kinds {
		it := r.ruleOn(t, kind, a)
		if it == nil {
			return f, false
		}
		if !slices.ContainsFunc(chosen, func(s said) bool { return s.n == it.n }) {
			chosen = append(chosen, r.saidOf(it, r.ruleUnits(it, kind, a))...)
		}
	}
	if len(a.methods) > 0 && !slices.ContainsFunc(chosen, func(s said) bool { return r.ofMethod(s.unit, a) }) {
		chosen = append(chosen, r.methodRules(t, kinds[0], a)...)
	}
	r.earlier = a.terms
	f.text, f.cites = r.sayAll(a, chosen)
	return f, f.text != ""
}

// ofCases reports whether an aspect is of a case with rules of its own.
func ofCases(aspect string) bool {
	return !slices.Contains([]string{"payer", "again", "free", "money", "percent", "charged"}, aspect)
}

// ruleTopic returns the one topic that a question is on, of those which shops
// have such rules for.
func (q Question) ruleTopic() topic {
	has := func(t topic) bool { return slices.Contains(q.Topics, string(t)) }
	for _, t := range q.Topics {
		switch topic(t) {
		case topicReturns, topicRefunds, topicExchanges, topicPayment, topicShipping:
		default:
			return ""
		}
	}
	switch {
	case has(topicExchanges) && (has(topicRefunds) || has(topicReturns) && q.speaksOf("returns")):
		return ""
	case has(topicExchanges):
		return topicExchanges // If it doesn't fit, which is no return yet.
	case has(topicRefunds), has(topicReturns) && has(topicPayment) && !q.asksPayer():
		return topicRefunds
	case has(topicReturns):
		return topicReturns
	}
	return ""
}

// speaksOf reports whether a word of a question surely names a concept.
func (q Question) speaksOf(name string) bool {
	c, _ := trade.Named(name)
	return slices.ContainsFunc(q.said.words, func(w word) bool { return w.wants[c] >= surelySaid })
}

// kindsAsked returns which kinds of rules a question asks for.
func (q Question) kindsAsked() []ruleKind {
	var kinds []ruleKind
	if q.AsksTime {
		kinds = append(kinds, tellsTime)
	}
	customer := policyOf(q.said.language)
	costs := slices.ContainsFunc(customer.aspectsOf(q.said.words), func(name string) bool { return name == "payer" || name == "again" || name == aspectFree })
	switch {
	case q.ruleTopic() == topicRefunds:
		if !q.AsksTime && matchAny(customer.ways, q.said.words, nil) {
			kinds = append(kinds, tellsWay)
		}
	case q.AsksAmount || costs:
		kinds = append(kinds, tellsCost)
	}
	return kinds
}

// asksPayer reports whether a question asks who pays.
func (q Question) asksPayer() bool {
	return slices.Contains(policyOf(q.said.language).aspectsOf(q.said.words), "payer")
}

// methodsOf returns the words of a question that name a way to pay.
func (r *reader) methodsOf(a asking) []word {
	return slices.DeleteFunc(slices.Concat(a.words, r.asked(a.Words)), func(w word) bool { return !w.wanting(surely, isMethod) })
}

// isMethod reports whether a concept is a way to pay.
func isMethod(c trade.Concept) bool {
	payment, _ := trade.Named("payment")
	return slices.Contains(c.Above(), payment)
}

// ruleOn finds the passage that tells a kind of thing of a topic: the one that its
// heading says so of, or the only one that has it.
func (r *reader) ruleOn(t topic, kind ruleKind, a asking) *item {
	var headed, having []*item
	for _, it := range r.passages {
		if !r.sourceOn(it, t) || r.denies(it) || r.onAnother(it) || !slices.ContainsFunc(it.units, func(u unit) bool { return r.unitTells(u, kind, a) }) {
			continue
		}
		if r.headedFor(it, kind) {
			headed = append(headed, it)
		} else if len(stepsOf(it.units)) == 0 {
			having = append(having, it)
		}
	}
	switch {
	case len(headed) > 0:
		return slices.MinFunc(headed, func(a, b *item) int { return cmp.Compare(a.passage.N, b.passage.N) })
	case len(having) == 1:
		if fits := r.ranked(a); len(fits) > 0 && fits[0].item == having[0] {
			return having[0]
		}
	}
	return nil
}

// sourceOn reports whether the title of a passage's source is on a topic.
func (r *reader) sourceOn(it *item, t topic) bool {
	return slices.Contains(r.lex.headedTopics(r.lex.words(it.passage.Headings[0])), t)
}

// headedTopics returns the topics that a heading names.
func (lex *lexicon) headedTopics(heading []word) []topic {
	var found []topic
	for _, list := range [][]topicPatterns{lex.topics, lex.headings} {
		for _, p := range list {
			if matchAny(p.patterns, heading, nil) {
				found = append(found, p.topic)
			}
		}
	}
	return found
}

// headedFor reports whether a passage's own heading says that it tells a kind of thing.
func (r *reader) headedFor(it *item, kind ruleKind) bool {
	heading := r.lex.words(last(it.passage.Headings))
	return matchAny(policyOf(r.lex.code).ruleHeads[kind], heading, nil)
}

// unitTells reports whether a sentence tells a kind of thing.
func (r *reader) unitTells(u unit, kind ruleKind, a asking) bool {
	switch kind {
	case tellsTime:
		return u.time
	case tellsCost:
		return u.money || r.tellsAspects(u, []string{aspectFree}) > 0
	case tellsWay:
	}
	return len(a.methods) == 0 || r.ofMethod(u, a)
}

// ofMethod reports whether a sentence is on a way to pay that a question names.
func (r *reader) ofMethod(u unit, a asking) bool {
	return slices.ContainsFunc(a.methods, func(w word) bool { return best(w, u.words) >= keyTold })
}

// onAnother reports whether a passage's own heading names a service or a case that
// is told of apart, such as engraving or what arrives broken.
func (r *reader) onAnother(it *item) bool {
	heading := r.lex.words(last(it.passage.Headings))
	names := func(a aspectPatterns) bool { return matchAny(a.tell, heading, nil) }
	cases := func(a aspectPatterns) bool { return ofCases(a.name) && a.name != "deadline" && names(a) }
	p := policyOf(r.lex.code)
	return len(it.passage.Headings) > 1 && (slices.ContainsFunc(p.services, names) || slices.ContainsFunc(p.aspects, cases))
}

// ruleUnits returns what of a passage is said: all of a short one, else what tells
// the kind of thing. Of rows for ways to pay those of the one that is named.
func (r *reader) ruleUnits(it *item, kind ruleKind, a asking) []unit {
	units := r.fittingRows(it, a)
	if slices.ContainsFunc(units, func(u unit) bool { return u.row && r.ofMethod(u, a) }) {
		return slices.DeleteFunc(slices.Clone(units), func(u unit) bool { return u.row && !r.ofMethod(u, a) })
	}
	if r.short(units) || kind == tellsWay {
		return units[:min(len(units), mostSteps)]
	}
	telling := slices.DeleteFunc(slices.Clone(units), func(u unit) bool { return !u.row && !r.unitTells(u, kind, a) && !strings.HasSuffix(u.text, ":") })
	return telling[:min(len(telling), mostSteps)]
}

// methodRules returns what other passages tell of the way to pay that a question names.
func (r *reader) methodRules(t topic, kind ruleKind, a asking) []said {
	for _, it := range r.passages {
		if !r.sourceOn(it, t) || r.denies(it) || r.onAnother(it) {
			continue
		}
		units := slices.DeleteFunc(slices.Clone(it.units), func(u unit) bool { return !r.ofMethod(u, a) || !r.unitTells(u, kind, a) })
		if len(units) > 0 {
			return r.saidOf(it, units)
		}
	}
	return nil
}

// ruleWords returns what the rules are searched with that a question asks for.
func (lex *lexicon) ruleWords(q Question) []string {
	t := q.ruleTopic()
	if t == "" || len(q.TopicWords) == 0 || slices.ContainsFunc(policyOf(q.said.language).aspectsOf(q.said.words), ofCases) {
		return nil
	}
	words := policyOf(lex.code).ruleWords
	found := []string{lex.topicNames[t]}
	switch {
	case q.AsksTime:
		found = append(found, words[tellsTime])
	case t == topicRefunds:
		found = append(found, words[tellsWay])
	}
	if q.AsksAmount {
		found = append(found, words[tellsCost])
	}
	return found
}
