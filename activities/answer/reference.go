package answer

import (
	"slices"
	"strings"

	"kedai/models"
)

// subject is what a conversation is about at one point.
type subject struct {
	intent models.Intent
	words  []string
	topics []string
	facets []string

	things []string  // Words of the products that were spoken of last.
	titles []string  // Of those that the last reply named, in its order.
	named  []options // What was named of them, the newest first.
}

func (s subject) empty() bool { return len(s.words) == 0 && len(s.topics) == 0 && len(s.things) == 0 }

// policy reports whether the subject is the shop's rules and not a product.
func (s subject) policy() bool {
	return s.intent == models.IntentPolicy || s.intent == models.IntentPromotion
}

func subjectOf(q Question, before subject) subject {
	s := subject{
		intent: q.Intent, words: q.Words, topics: q.Topics, facets: q.Facets,
		titles: before.titles, named: carry(q.options(), before.named),
	}
	if len(s.words) == 0 || q.Refers || s.aboutProduct() || q.Intent == models.IntentOther {
		for _, w := range q.Context[:min(len(q.Context), recallWords)] {
			s.words = include(slices.Clone(s.words), w)
		}
	}
	s.things = s.words
	if !q.ofProducts() || len(q.Words) == 0 && len(q.Context) == 0 {
		s.things = before.things
	}
	return s
}

// recallWords bounds what a subject keeps of those before it.
const recallWords = 24

// recallLines bounds how far back a reference reaches.
const recallLines = 12

// recall finds what was spoken of last: the titles in the agent's last reply
// are surest, because they are quoted; else the customer's own words.
func recall(t Turn) subject {
	var s subject
	var titles, bracket []string
	settled := false
	lines := t.History[max(0, len(t.History)-recallLines):]
	for i := len(lines) - 1; i >= 0; i-- {
		line := lines[i]
		if line.From == Agent && titles == nil && s.intent == "" {
			titles, bracket = quoted(line.Text), bracketed(line.Text)
		}
		if line.From == Agent && settled && !sharesAny(titles, quoted(line.Text)) {
			break // Another product was spoken of.
		}
		if line.From != Customer {
			continue
		}
		if settled {
			s.recallOptions(t, line.Text)
			continue
		}
		s.recallLine(t, line.Text)
		settled = s.intent != "" && s.intent != models.IntentOther && (!s.empty() || titles != nil)
	}
	s.titles = titles
	for _, w := range wordsOf(slices.Concat(titles, bracket)) {
		s.things = include(s.things, w)
	}
	if titles != nil && !s.policy() {
		s.words = wordsOf(titles)
	}
	return s
}

// recallLine takes from an earlier message of the customer's what later ones
// have not told. Of several questions in it the last one counts first.
func (s *subject) recallLine(t Turn, text string) {
	for _, q := range slices.Backward(t.questionsOf(text)) {
		if s.intent == "" || s.intent == models.IntentOther {
			s.intent, s.facets = q.Intent, q.Facets
		}
		if s.empty() {
			s.words, s.topics = q.Words, q.Topics
		}
		if q.ofProducts() && len(s.things) == 0 && len(q.Words) > 0 {
			s.things = slices.Clone(q.Words)
		}
		s.keep(q)
	}
}

// recallOptions takes from an earlier message what it names of options only.
func (s *subject) recallOptions(t Turn, text string) {
	for _, q := range slices.Backward(t.questionsOf(text)) {
		s.keep(q)
	}
}

func (s *subject) keep(q Question) {
	if q.ofProducts() && len(s.named) < mostCarried {
		s.named = append(s.named, q.options())
	}
}

// questionsOf reads an earlier message as if it stood alone.
func (t Turn) questionsOf(text string) []Question {
	lex := lexiconOf(detect([]string{text}, t.Language))
	scene := lex.orderScene(Turn{Proven: t.Proven}, []string{text}, subject{})
	return lex.questions(lex.readOrders(lex.clauses([]string{text}), scene), subject{})
}

func sharesAny(a, b []string) bool {
	return len(b) == 0 || slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) })
}

// wordsOf returns the words of titles and options as questions have them.
func wordsOf(names []string) []string {
	var words []string
	for _, name := range names {
		for _, w := range split(name, nil) {
			words = append(words, strings.ToLower(w.plain))
		}
	}
	return words
}

// bracketed returns what stands in brackets behind a title: the option that was
// spoken of.
func bracketed(text string) []string {
	var options []string
	for _, mark := range []string{"” (", "» (", "“ ("} {
		for rest := text; ; {
			_, after, ok := strings.Cut(rest, mark)
			if !ok {
				break
			}
			option, next, _ := strings.Cut(after, ")")
			options, rest = include(options, option), next
		}
	}
	return options
}

// quoted returns what stands in quotation marks of the kind that replies use
// for titles. A title that has marks of its own stands in others.
func quoted(text string) []string {
	for _, marks := range [][][2]string{{{"“", "”"}}, {{"„", "“"}, {"«", "»"}}} {
		var titles []string
		rest := text
		for _, m := range marks {
			titles, rest = unquote(titles, rest, m[0], m[1])
		}
		if titles != nil {
			return titles
		}
	}
	return nil
}

// unquote takes what stands between two marks out of a text.
func unquote(titles []string, text, opens, closes string) (found []string, rest string) {
	var kept strings.Builder
	for {
		plain, after, ok := strings.Cut(text, opens)
		title, next, closed := strings.Cut(after, closes)
		if !ok || !closed {
			kept.WriteString(text)
			return titles, kept.String()
		}
		kept.WriteString(plain)
		titles, text = include(titles, title), next
	}
}

// follow gives a question what it takes from what was spoken of before: all,
// if it names nothing itself; a hint, if it says "it" or goes on ("and …").
func (q Question) follow(before subject, opensNew bool) Question {
	if q.namesCode() || q.Payments != "" || !q.ofProducts() && (opensNew || q.AsksTotal || q.AsksAmount || q.counts()) {
		q.Things = before.things
		q.Carried = before.named
	}
	if before.empty() || q.standsAlone(before, opensNew) {
		return q
	}
	bare := len(q.Words) == 0
	q = q.goesOnAsking(before, opensNew)
	words := before.words
	if q.ofProducts() && before.policy() && len(before.things) > 0 {
		words = before.things
	}
	q.Context = append(slices.Clone(q.Context), words...)
	q.Refers = q.Refers || bare
	q.Carried, q.Before, q.Spoken = before.named, before.intent, before.titles
	return q.pickFrom(before.titles)
}

// goesOnAsking gives a question that asks for nothing itself what was asked before.
func (q Question) goesOnAsking(before subject, opensNew bool) Question {
	switch {
	case q.asksRulesOf(before):
		q.Intent, q.Topics = before.intent, before.topics
	case q.Intent != models.IntentOther || !before.aboutProduct():
	case q.Options && q.Extreme == 0:
		q.Intent = models.IntentProductStock
	case len(q.Words) == 0 || opensNew:
		q.Intent = before.intent
	}
	return q
}

// counts reports whether a question is of so many pieces: "a return" is no
// single one.
func (q Question) counts() bool {
	return q.Pieces != "" && (q.Pieces != "1" || len(q.Topics) == 0)
}

// standsAlone reports whether a question takes nothing from before.
func (q Question) standsAlone(before subject, opensNew bool) bool {
	switch {
	case q.Intent == models.IntentOffTopic || q.Intent == models.IntentOrderStatus:
		return true
	case len(q.Topics) > 0 && !before.policy():
		return true // A question about the rules stands on its own.
	case len(q.Words) == 0 || q.Refers || opensNew:
		return false
	}
	if q.ofProducts() && !before.policy() {
		return len(q.Words) > 3 // Else what was spoken of counts where they name nothing themselves.
	}
	vague := q.Intent == models.IntentOther || q.Intent == models.IntentProductDetail
	return !vague || len(q.Words) > 3
}

// asksRulesOf reports whether a question goes on with the rules spoken of.
func (q Question) asksRulesOf(before subject) bool {
	if !before.policy() || len(q.Topics) > 0 || len(q.Sizes) > 0 {
		return false
	}
	return len(q.Words) == 0 || q.Intent == models.IntentOther || (len(q.Words) <= 2 && q.asksOfRules())
}

// aboutProduct reports whether something definite was asked that isn't the
// shop's rules.
func (s subject) aboutProduct() bool {
	return !s.policy() && s.intent != "" && s.intent != models.IntentOther
}
