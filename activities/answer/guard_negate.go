package answer

import (
	"slices"
	"unicode/utf8"
)

// negate marks the tokens and segments of a text that something negates. An
// entry of a list shares the negation of the list.
func (g *guardLexicon) negate(s string, tokens []token, found []segment) {
	marks := make([]negation, len(found))
	for n := range found {
		seg := &found[n]
		marks[n] = g.negation(tokens[seg.from:seg.to], seg)
		conditional := anyToken(tokens[seg.from:min(seg.from+2, seg.to)], g.conditions)
		goesOn := n > 0 && marks[n-1].conditional && !seg.open && found[n-1].sentence == seg.sentence && tokens[seg.from].in(g.joins)
		marks[n].conditional = conditional || goesOn
		seg.blurred = seg.blurred || marks[n].conditional || has(g.blurs, tokens[seg.from:seg.to])
	}
	g.shareNegation(tokens, found, marks)
	for n := range found {
		for i := found[n].from; i < found[n].to; i++ {
			tokens[i].negative = found[n].negative
		}
		g.negateFew(s, tokens, &found[n])
	}
}

// shareNegation carries the negation of one entry of a list to the others.
func (g *guardLexicon) shareNegation(tokens []token, found []segment, marks []negation) {
	for n := 1; n < len(found); n++ {
		if before := &found[n-1]; found[n].open && before.negative && !before.blurred && g.lists(tokens, &found[n], before) {
			found[n].negative = true
		}
	}
	for n := len(found) - 2; n >= 0; n-- {
		next := &found[n+1]
		back := next.open && next.negative && !next.blurred && !marks[n+1].first && marks[n+1].whole
		if back && found[n].to-found[n].from < listing && g.lists(tokens, &found[n], next) {
			found[n].negative, marks[n].whole = true, true
		}
	}
}

// negation is how a segment is negated.
type negation struct {
	first       bool // The word that negates stands first.
	whole       bool // It negates more than the one word behind it.
	conditional bool
}

// negation finds what negates a segment's words.
func (g *guardLexicon) negation(words []token, seg *segment) negation {
	var mark negation
	for i := range words {
		if !g.not[words[i].text] || len(words) == 1 || (g.chains[words[i].text] && anyToken(words[:i], g.without)) {
			continue
		}
		mark.first = mark.first || (i == 0 && !seg.negative)
		seg.negative = true
		seg.blurred = seg.blurred || (i > 1 && anyToken(words[1:i], g.relative))
		mark.whole = mark.whole || !g.determiners[words[i].text]
	}
	for i := range words {
		if words[i].opposed {
			seg.negative, mark.whole = !seg.negative, true // Closed is not open.
		}
	}
	return mark
}

// listing is the most words that an entry of a list has.
const listing = 3

// lists reports whether a segment is an entry of the same list as another.
func (g *guardLexicon) lists(tokens []token, s, other *segment) bool {
	words := tokens[s.from:s.to]
	if s.to-s.from > listing || s.sentence != other.sentence || s.blurred || anyToken(words, g.without) {
		return false
	}
	if g.dates(words) || has(g.in, words) || has(g.out, words) || slices.ContainsFunc(g.status, func(st statusPhrases) bool { return has(st.phrases, words) }) {
		return false
	}
	return s.open || !g.says(words)
}

// dates reports whether words only name a day, which belongs to what stands
// before it.
func (g *guardLexicon) dates(words []token) bool {
	month := false
	for i := range words {
		month = month || g.months[words[i].text] > 0
		if !words[i].number && g.months[words[i].text] == 0 && !g.dateWords[words[i].text] && g.weekdays[words[i].text] == 0 {
			return false
		}
	}
	return month
}

// negateFew marks the few words that "without" takes away.
func (g *guardLexicon) negateFew(s string, tokens []token, seg *segment) {
	for i := seg.from; i < seg.to; i++ {
		t := &tokens[i]
		if g.without[t.text] {
			g.negateNext(tokens, i+1, seg)
		}
		if g.lessHint[t.text] && i > 0 && s[tokens[i-1].end:t.start] == "-" {
			tokens[i-1].negative = !seg.negative
		}
	}
}

// negateNext marks the thing that stands at a place, and others that "and" or
// "or" ties to it.
func (g *guardLexicon) negateNext(tokens []token, at int, seg *segment) {
	for at < seg.to {
		for at+1 < seg.to && g.stop[tokens[at].text] && utf8.RuneCountInString(tokens[at].text) <= longestArticle {
			at++
		}
		tokens[at].negative = !seg.negative
		at++
		if at >= seg.to || !(g.ands[tokens[at].text] || g.not[tokens[at].text] || g.chains[tokens[at].text]) {
			return
		}
		at++
	}
}

// longestArticle is how long the small words are that may stand before a thing.
const longestArticle = 3

// says reports whether words answer rather than name something.
func (g *guardLexicon) says(tokens []token) bool {
	return !slices.ContainsFunc(tokens, func(t token) bool { return !g.yes[t.text] && !g.no[t.text] && !g.stop[t.text] })
}
