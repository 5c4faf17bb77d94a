package answer

import (
	"slices"
	"strings"
)

// namesSeveral reports whether a title joins several matters: shipping and gift wrap.
func (lex *lexicon) namesSeveral(title []word) bool {
	return slices.ContainsFunc(title[:max(0, len(title)-1)], func(w word) bool { return w.stop == ',' || lex.joiners[w.text] })
}

// headed tells how well a passage's headings serve for a word: those of a title
// that names several matters serve less.
func (it *item) headed(w word) float64 {
	if it.shared == nil {
		return best(w, it.headings)
	}
	return max(best(w, it.headings[len(it.shared):]), sharedTitle*best(w, it.shared))
}

// sharedTitle is how much of a word a title serves for that names several matters.
const sharedTitle = 0.75

// tellsHours reports whether a sentence says from when until when somebody is
// there on which days, whatever stands above it.
func (r *reader) tellsHours(u unit) bool {
	return !u.money && clocks(u.text) > 1 && policyOf(r.lex.code).namesDays(u.words)
}

func (p *policyLexicon) namesDays(words []word) bool {
	return matchAny(p.everyDay, words, nil) || slices.ContainsFunc(p.weekdays, func(day []pattern) bool { return matchAny(day, words, nil) })
}

// clocks counts the times of day in a text: 9:00, 9.00, 9h, 9 am.
func clocks(text string) int {
	n := 0
	for i := 1; i < len(text); i++ {
		if !isDigit(text[i-1]) || isDigit(text[i]) {
			continue
		}
		rest := strings.TrimLeft(text[i:], " ")
		minutes := len(rest) > 2 && strings.IndexByte(":.", rest[0]) >= 0 && isDigit(rest[1]) && isDigit(rest[2])
		if minutes || rest == "h" || strings.HasPrefix(rest, "h ") || strings.HasPrefix(rest, "am") || strings.HasPrefix(rest, "pm") {
			n++
		}
	}
	return n
}
