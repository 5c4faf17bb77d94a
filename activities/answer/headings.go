package answer

import "slices"

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
