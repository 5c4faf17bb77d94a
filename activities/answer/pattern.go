package answer

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// pattern is a phrase of a language, compiled once. Its written form is words
// separated by spaces; "stem*" matches every word that begins so, "a|b"
// either word, "=word" that word without tolerance for slips, "~" up to three
// words of any kind, "0" a number, "000" one of three digits or more.
type pattern []element

type element struct {
	words  []patternWord // Alternatives; none for a gap.
	firsts initials      // Of the alternatives.
}

// initials are the first letters of words, each as one of 64 bits: words with
// none in common are none of the same.
type initials uint64

func initialOf(text string) initials {
	first, _ := utf8.DecodeRuneInString(text)
	return 1 << (first & 63)
}

func (w word) initial() initials {
	if w.number {
		return initialOf(anyNumber)
	}
	return initialOf(w.text)
}

type patternWord struct {
	plain  string
	text   string
	prefix bool
	exact  bool
	length int // In letters.
}

const (
	gapWords   = 3
	anyNumber  = "0"
	longNumber = "000"
)

// compilePatterns compiles written phrases.
func compilePatterns(phrases []string) []pattern {
	patterns := make([]pattern, 0, len(phrases))
	for _, phrase := range phrases {
		var p pattern
		for _, field := range strings.Fields(phrase) {
			if field == "~" {
				p = append(p, element{})
				continue
			}
			var e element
			for _, alternative := range strings.Split(field, "|") {
				plain, exact := strings.CutPrefix(alternative, "=")
				plain, prefix := strings.CutSuffix(plain, "*")
				text := fold(plain)
				e.firsts |= initialOf(text)
				e.words = append(e.words, patternWord{plain: plain, text: text, prefix: prefix, exact: exact, length: utf8.RuneCountInString(text)})
			}
			p = append(p, e)
		}
		patterns = append(patterns, p)
	}
	return patterns
}

// match finds the pattern's first place in words.
func (p pattern) match(words []word) (from, to int, ok bool) {
	for i := range words {
		if end, ok := p.matchAt(words, i); ok {
			return i, end, true
		}
	}
	return 0, 0, false
}

func (p pattern) matchAt(words []word, i int) (end int, ok bool) {
	if len(p) == 0 {
		return i, true
	}
	if len(p[0].words) == 0 {
		for skip := 0; skip <= gapWords && i+skip <= len(words); skip++ {
			if end, ok := p[1:].matchAt(words, i+skip); ok {
				return end, true
			}
		}
		return 0, false
	}
	if i >= len(words) || !p[0].matches(words[i]) {
		return 0, false
	}
	return p[1:].matchAt(words, i+1)
}

func (e element) matches(w word) bool {
	if e.firsts&w.initial() == 0 {
		return false
	}
	for i := range e.words {
		if e.words[i].matches(w) {
			return true
		}
	}
	return false
}

// matches compares with tolerance: a last letter that is doubled ("heyy") and,
// in longer words, one slip.
func (p patternWord) matches(w word) bool {
	if w.number || p.text == anyNumber || p.text == longNumber {
		return w.number && (p.text == anyNumber || p.text == longNumber && len(w.text) >= len(longNumber))
	}
	if !sameFirst(p.text, w.text) {
		return false
	}
	if p.prefix {
		if strings.HasPrefix(w.text, p.text) {
			return true
		}
		return p.length >= 7 && len(w.text) >= len(p.text) && oneEdit(letterPrefix(w.text, p.length), p.text)
	}
	if w.text == p.text || p.exact {
		return w.text == p.text
	}
	if p.length >= 6 {
		return oneEdit(w.text, p.text)
	}
	return withoutDouble(w.text) == p.text
}

// letterPrefix returns the first n letters.
func letterPrefix(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// withoutDouble drops a last letter that repeats the one before it.
func withoutDouble(s string) string {
	last, size := utf8.DecodeLastRuneInString(s)
	before, _ := utf8.DecodeLastRuneInString(s[:len(s)-size])
	if last == before {
		return s[:len(s)-size]
	}
	return s
}

// matchAny reports whether one of the patterns matches. With used given, it
// marks the words of every pattern that does, but not those in its gaps.
func matchAny(patterns []pattern, words []word, used []bool) bool {
	found := false
	var there initials
	for i := range words {
		there |= words[i].initial()
	}
	for _, p := range patterns {
		if len(p) > 0 && len(p[0].words) > 0 && p[0].firsts&there == 0 {
			continue
		}
		from, to, ok := p.match(words)
		if !ok {
			continue
		}
		found = true
		if used == nil {
			return true
		}
		for i := from; i < to; i++ {
			used[i] = used[i] || p.names(words[i])
		}
	}
	return found
}

// matchesAll reports whether one of the patterns takes up all words.
func matchesAll(patterns []pattern, words []word) bool {
	return slices.ContainsFunc(patterns, func(p pattern) bool {
		end, ok := p.matchAt(words, 0)
		return ok && end == len(words)
	})
}

// names reports whether one of the pattern's own words is w.
func (p pattern) names(w word) bool {
	for _, e := range p {
		if e.matches(w) {
			return true
		}
	}
	return false
}
