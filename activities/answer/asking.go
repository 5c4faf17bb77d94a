package answer

import (
	"math"
	"slices"
	"strings"

	trade "kedai/activities/retrieval/lexicon"
	"kedai/models"
)

// spoken is a clause as it was said, in the customer's language. What small
// words add, such as "until what time", isn't lost in it.
type spoken struct {
	language models.Language
	words    []word
}

func (lex *lexicon) spoken(words []word) spoken {
	said := spoken{language: lex.code, words: slices.Clone(words)}
	lex.want(said.words)
	return said
}

func (s spoken) join(t spoken) spoken {
	if s.language == "" {
		return t
	}
	return spoken{s.language, append(slices.Clone(s.words), t.words...)}
}

// asking is a question about the shop's rules, made ready for matching.
type asking struct {
	Question
	customer *policyLexicon // Of the language that the question is in.
	words    []word         // As they were said.
	terms    []term         // What it asks for.
	hints    []term         // What was spoken of before.
	places   []place        // Where it asks about.
	methods  []word         // Ways to pay that it names.
	aspects  []string       // What of a rule is asked for; see aspect.
	day      weekday        // That it asks about, or noDay.
	steps    bool           // How something is done, in steps.
	bare     bool           // It names next to nothing itself.
}

// How much the words of a question tell, beside how rare they are: small words
// that nevertheless name something, words that nothing knows, which in a chat
// are mostly noise, those that tell the kind of question, and what was spoken
// of before.
const (
	smallWeight = 0.3
	noiseWeight = 0.25
	cueWeight   = 0.25
	hintWeight  = 0.35
	bareWeight  = 0.8 // Where a question names next to nothing itself.
)

// ask reads a question. What it has no words of its own for is taken from what
// was spoken of before.
func (r *reader) ask(q Question) asking {
	a := asking{Question: q, words: q.said.words, day: noDay}
	customer := r.lex
	if q.said.language != "" {
		customer = lexiconOf(q.said.language)
	}
	a.customer = policyOf(customer.code)
	if len(a.words) == 0 {
		a.words = r.asked(slices.Concat(q.Words, q.Cues))
	}
	a.places = placesIn(customer, a.words)
	for i, w := range a.words {
		if weight := r.tellsOf(customer, w, q); weight > 0 && !w.number && !placed(a.places, i) {
			a.terms = append(a.terms, term{w, weight})
		}
	}
	context := r.asked(q.Context)
	if len(a.places) == 0 {
		a.places = r.placesBeside(q, context)
	}
	r.places = a.places
	for _, w := range context {
		if !r.lex.stop[w.text] && !w.number {
			a.hints = append(a.hints, term{w, r.rarity(w)})
		}
	}
	if len(a.hints) == 0 {
		a.hints = r.earlier
	}
	if a.bare = !slices.ContainsFunc(a.terms, func(t term) bool { return t.weight >= 1 }); a.bare {
		for i := range a.terms {
			if slices.Contains(q.Cues, strings.ToLower(a.terms[i].word.plain)) {
				a.terms[i].weight /= cueWeight // It says what is asked of what was spoken of.
			}
		}
		for _, t := range a.hints {
			a.terms = append(a.terms, term{t.word, bareWeight * t.weight})
		}
	}
	a.aspects = a.customer.aspectsOf(a.words)
	if a.sendsWhere(customer) {
		a.AsksAmount, a.AsksTime = true, true
	}
	a.steps = matchAny(a.customer.steps, a.words, nil)
	a.day = a.customer.dayOf(a.words, r.now)
	return a
}

// placesBeside returns the places that were spoken of before a question, or
// remarked just before it. They are no words of it.
func (r *reader) placesBeside(q Question, context []word) []place {
	found := placesIn(r.lex, context)
	if len(found) == 0 {
		found = placesIn(r.lex, r.asked(q.Aside))
	}
	if len(found) == 0 {
		found = slices.Clone(r.places)
	}
	for i := range found {
		found[i].from, found[i].to = -1, -1
	}
	return found
}

// sendsWhere reports whether a question names what is sent and where to, and no
// more, by which it asks for how much and how long: and delivery to Texas?
func (a asking) sendsWhere(customer *lexicon) bool {
	if a.AsksAmount || a.AsksTime || len(a.aspects) > 0 || !slices.Contains(a.Topics, string(topicShipping)) || !slices.ContainsFunc(a.places, func(p place) bool { return p.from >= 0 }) {
		return false
	}
	return !customer.asksWhether(a.words, a.TopicWords, a.places)
}

// asksWhether reports whether a question begins as one for yes or no, or for
// more than its topic and the places in it.
func (lex *lexicon) asksWhether(words []word, topical []string, places []place) bool {
	for i, w := range words {
		named := placed(places, i) || slices.Contains(topical, strings.ToLower(w.plain))
		if lex.askers[w.text] && !lex.joiners[w.text] && !named {
			return true
		}
	}
	return false
}

// tellsOf weighs a word of a question.
func (r *reader) tellsOf(customer *lexicon, w word, q Question) float64 {
	small := customer.stop[w.text] || customer.askers[w.text] || customer.references[w.text]
	if slices.Contains(q.TopicWords, strings.ToLower(w.plain)) {
		return r.rarity(w)
	}
	if small && !asksService(w) {
		return 0
	}
	weight := r.rarity(w)
	switch {
	case small:
		return smallWeight
	case weight == unheardWeight && len(w.wants) == 0:
		return noiseWeight * weight
	case slices.Contains(q.Cues, strings.ToLower(w.plain)):
		return cueWeight * weight
	}
	return weight
}

// asksService reports whether a word surely speaks of a shop's service.
func asksService(w word) bool { return w.wanting(surely, trade.Concept.Service) }

// surely is how much a word must want a concept to mean it.
const surely = 0.7

// rarity weighs a word by how few pieces of evidence hold it.
func (r *reader) rarity(w word) float64 {
	held := 0.0
	for _, it := range r.products {
		if best(w, it.title) > 0 || best(w, it.kind) > 0 || it.holds(w) {
			held++
		}
	}
	for _, it := range r.passages {
		if best(w, it.headings) > 0 || it.holds(w) {
			held++
		}
	}
	if held == 0 {
		return unheardWeight
	}
	return 1 + math.Log(1+float64(max(len(r.products)+len(r.passages), usualEvidence))/held)
}

// aspect is something that may be asked of many rules, and how a sentence that
// tells it is known. Of words that sentences and questions have in common
// nothing need be said here.
type aspect struct{ ask, tell []string }

type aspectPatterns struct {
	name      string
	ask, tell []pattern
}

func (p *policyLexicon) aspectsOf(words []word) []string {
	var found []string
	for _, a := range p.aspects {
		if matchAny(a.ask, words, nil) {
			found = append(found, a.name)
		}
	}
	return found
}

// aspectPercent is what is asked of shares, which a figure tells by its sign.
const aspectPercent = "percent"

// aspectPaysLess is what is taken off for a way to pay.
const aspectPaysLess = "pays less"

// tellsAspects tells how well a sentence tells the aspects asked for: by one of
// an aspect's signs, or better by several.
func (r *reader) tellsAspects(u unit, names []string) float64 {
	sum := 0.0
	for _, a := range policyOf(r.lex.code).aspects {
		if !slices.Contains(names, a.name) {
			continue
		}
		signs := 0
		for _, p := range a.tell {
			if _, _, ok := p.match(u.words); ok {
				signs++
			}
		}
		if u.share && a.name == aspectPercent {
			signs++
		}
		if signs > 0 {
			sum += 1 + 0.5*float64(min(signs, 2)-1)
		}
	}
	return sum
}
