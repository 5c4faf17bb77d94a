package lexicon

import "kedai/models"

// ReadWords reads words that the caller has told apart, so that the reading's
// words stand one for one beside them. Of a question, stop words mean nothing,
// and a word that nothing is called is taken for the one it is like.
func ReadWords(l models.Language, texts []string, query bool) Reading {
	s, giveBack := borrow(l)
	defer giveBack()
	r := Reading{Words: make([]Word, len(texts))}
	for i, text := range texts {
		folded := fold(text)
		r.Words[i].Folded = folded
		if !query || !stopWords[l][folded] {
			r.Words[i].Stem = s.stem(folded)
		}
	}
	r.find(s, query)
	if query {
		r.narrow()
	}
	return r
}

// Things reports whether a word is surely one that the language calls a thing
// by, as it is written.
func Things(l models.Language, text string) bool {
	s, giveBack := borrow(l)
	defer giveBack()
	for _, sense := range load().vocabularies[l].words[s.stem(fold(text))] {
		if !sense.weak && !sense.concept.Service() {
			return true
		}
	}
	return false
}
