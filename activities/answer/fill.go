package answer

import (
	"strings"
	"unicode/utf8"
)

// fill takes the content words, options and numbers out of a clause.
func (lex *lexicon) fill(c *clause, used, onTopic, polite []bool) {
	q := &c.question
	measured := -1 // The unit of the number before it.
	from, to := lex.bound(q, c.words)
	unwanted := lex.excluded(c.words)
	q.Persons = lex.personsIn(c.words)
	for i, w := range c.words {
		if i == measured || from <= i && i < to || polite[i] && !onTopic[i] {
			continue
		}
		if m, ok := measureAt(c.words, i); ok {
			q.Measures, q.Numbers = append(q.Measures, m), append(q.Numbers, m.number)
			measured = i + 1
			if m.unit == "v" {
				q.Attributes = include(q.Attributes, "power")
			}
			continue
		}
		if size, ok := lex.sizeAt(c.words, i); ok && !(used[i] && len(q.Attributes) > 0) {
			q.Sizes = append(q.Sizes, size)
			if w.number {
				q.Numbers = append(q.Numbers, w.text)
			}
			continue
		}
		if lex.fillWord(q, c.words, i, used[i], onTopic[i]); unwanted[i] {
			lex.unwant(q, w)
		}
	}
	for _, t := range c.topics {
		q.Topics = append(q.Topics, string(t))
	}
}

// fillWord takes one word that is neither of a measure nor a size.
func (lex *lexicon) fillWord(q *Question, words []word, i int, used, onTopic bool) {
	w := words[i]
	plain := strings.ToLower(w.plain)
	if colour := lex.colourOf(w); colour != "" {
		q.Colours = append(q.Colours, colour)
	}
	switch {
	case w.number:
		q.Numbers = append(q.Numbers, w.text)
		if lex.counts(words, i) {
			q.Pieces = w.text
		}
	case lex.references[w.text]:
		q.Refers = true
	case lex.numbers[w.text] != "" && lex.counts(words, i):
		q.Pieces = lex.numbers[w.text]
	case lex.numbers[w.text] != "" && lex.numbers[w.text] != "1":
		q.Numbers = append(q.Numbers, lex.numbers[w.text])
	case utf8.RuneCountInString(w.text) < 2:
	case used && !onTopic:
		q.Cues = append(q.Cues, plain)
	case onTopic:
		q.TopicWords = append(q.TopicWords, plain)
		q.Words = append(q.Words, plain)
	case !lex.stop[w.text]:
		q.Words = append(q.Words, plain)
	}
}

// mostPieces is the largest number that may be of pieces.
const mostPieces = 3 // Digits.

// counts reports whether the number at i says how many of something: it stands
// before a word that is neither a unit nor a time, and after none that makes it
// a size or a name.
func (lex *lexicon) counts(words []word, i int) bool {
	return !lex.countsPayments(words, i) && lex.countsPieces(words, i)
}

func (lex *lexicon) countsPieces(words []word, i int) bool {
	w := words[i]
	small := w.number && len(w.text) <= 2 || !w.number && lex.numbers[w.text] != "1"
	if small && i > 0 && lex.wishing[words[i-1].text] && (i+1 == len(words) || w.stop != 0) {
		return true // I'd take 4.
	}
	if small && lex.beside(words, i) {
		return i == 0 || words[i-1].stop == 0 && lex.leads(words[i-1]) // And for 2 with shipping?
	}
	if i+1 >= len(words) || w.stop != 0 || w.glued || !fewPieces(w) {
		return false
	}
	named := matchAny(lex.pieces, words[i+1:i+2], nil)
	if i > 0 && lex.marksNumber(words[i-1], named) {
		return false
	}
	return named || lex.countable(words, i+1, w.number)
}

// fewPieces reports whether a number may be of pieces by its size.
func fewPieces(w word) bool {
	return !(w.number && len(w.text) > mostPieces) && !strings.Contains(w.text, ".") && w.text != "0"
}

// beside reports whether a word stands behind a number that isn't of it: 2 with.
func (lex *lexicon) beside(words []word, i int) bool {
	w := words[i]
	return !w.glued && w.text != "0" && w.stop == 0 && i+1 < len(words) && lex.besides[words[i+1].text]
}

// leads reports whether a word is one of those that a number of pieces stands
// behind where it isn't said of what.
func (lex *lexicon) leads(before word) bool {
	small := lex.stop[before.text] || lex.joiners[before.text] || lex.askers[before.text]
	return small && !lex.marksNumber(before, false) || lex.wishing[before.text] || matchAny(lex.total, []word{before}, nil)
}

// marksNumber reports whether a word before a number makes it something else
// than a count: a size, a name or money.
func (lex *lexicon) marksNumber(before word, pieces bool) bool {
	if before.text == "#" || before.text == "$" {
		return true
	}
	return lex.sizeMarks[before.text] && !lex.askers[before.text] && !pieces
}

// countable reports whether the word at i may be what a number before it counts.
func (lex *lexicon) countable(words []word, i int, figure bool) bool {
	next := words[i]
	if units[next.text] == "pack" && i+1 < len(words) && matchAny(lex.pieces, words[i+1:i+2], nil) {
		return true // 6 packs of something.
	}
	if _, measured := units[next.text]; measured || next.text == "x" || next.text == "х" {
		return false // 140 x 240.
	}
	if _, measured := measureAt(words, i); measured && !figure {
		return true // One 30 w charger.
	}
	if next.number || lex.stop[next.text] || lex.joiners[next.text] || next.text == "$" || next.text == "₽" {
		return false
	}
	return !matchAny(lex.timeUnit, words[i:i+1], nil) && !matchAny(lex.money, words[i:i+1], nil)
}

// sizeAt reads a size: a word such as "large", a letter in capitals or beside
// a word that marks sizes, or a number beside such a word.
func (lex *lexicon) sizeAt(words []word, i int) (string, bool) {
	w := words[i]
	marked := (i > 0 && lex.sizeMarks[words[i-1].text]) || (i+1 < len(words) && lex.sizeMarks[words[i+1].text] && strings.ContainsRune("рsт", firstRune(words[i+1].text)))
	if w.number {
		next := words[min(i+1, len(words)):min(i+2, len(words))]
		if lex.countsPayments(words, i) {
			return "", false
		}
		if len(next) > 0 && !lex.stop[next[0].text] && matchAny(lex.pieces, next, nil) {
			return "", false
		}
		return w.text, marked && len(w.text) <= 4 && !matchAny(lex.timeUnit, words[min(i+1, len(words)):min(i+2, len(words))], nil)
	}
	size, ok := lex.sizes[w.text]
	if !ok {
		return "", false
	}
	if utf8.RuneCountInString(w.text) > 1 {
		return size, true
	}
	return size, w.upper || marked || len(words) <= 3
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}
