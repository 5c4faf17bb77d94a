package answer

import (
	"slices"
	"strconv"
	"strings"
)

// learn collects the words of all phrases, which tell the language and what a
// slip was meant to be.
func (lex *lexicon) learn() {
	for _, set := range []map[string]bool{lex.stop, lex.askers, lex.joiners, lex.references} {
		for w := range set {
			lex.known[w] = true
		}
	}
	for w := range lex.slang {
		lex.known[w] = true
	}
	take := func(patterns []pattern) {
		for _, p := range patterns {
			for _, e := range p {
				for _, w := range e.words {
					lex.known[w.text] = true
					if !w.prefix && w.length >= 7 {
						lex.vocabulary = append(lex.vocabulary, w.plain)
					}
				}
			}
		}
	}
	for _, i := range lex.intents {
		take(i.patterns)
	}
	for _, t := range lex.topics {
		take(t.patterns)
	}
	for _, c := range lex.colours {
		take(c.patterns)
	}
	slices.Sort(lex.vocabulary)
	lex.vocabulary = slices.Compact(lex.vocabulary)
}

// words splits a text and puts chat spellings right.
func (lex *lexicon) words(text string) []word {
	raw := split(text, lex.endings)
	words := make([]word, 0, len(raw)+4)
	for at, w := range raw {
		standard, ok := lex.slang[w.text]
		if ok && at > 0 && raw[at-1].number && len(raw[at-1].text) >= 3 && len(w.text) <= 2 {
			ok = false // Behind an amount one letter is money: 1500р.
		}
		if _, measured := units[w.text]; ok && measured && at > 0 && raw[at-1].number {
			ok = false // And behind a number it may be a unit: 65w.
		}
		if !ok {
			words = append(words, w)
			continue
		}
		for i, s := range standard {
			next := newWord(s, lex.endings)
			next.upper = w.upper && len(s) == 1
			if i == len(standard)-1 {
				next.stop = w.stop
			}
			words = append(words, next)
		}
	}
	words = fullNumbers(withoutOrdinals(words))
	for i := range words {
		if group, ok := lex.synonyms[words[i].stem]; ok {
			words[i].stem = group
		}
	}
	return words
}

// valuesOf reads the words for numbers: "20/twenty 100/hundred".
func valuesOf(text string) map[string]float64 {
	values := map[string]float64{}
	for _, names := range strings.Fields(fold(text)) {
		digits, name, _ := strings.Cut(names, "/")
		for _, w := range strings.Split(name, "/") {
			values[w], _ = strconv.ParseFloat(digits, 64)
		}
	}
	return values
}

func wordSet(text string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(fold(text)) {
		set[w] = true
	}
	return set
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
