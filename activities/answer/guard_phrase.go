package answer

import (
	"slices"
	"strings"
)

// phrase is what a text of the agent's own language is searched for: unlike a
// pattern, which reads chat, it forgives nothing. Its written form is words
// separated by spaces; "stem*" matches every word that begins so, "*end" every one that ends so, "a|b" either
// word, "~" up to three words of any kind.
type phrase []phraseElement

type phraseElement []phraseWord // None for a gap.

type phraseWord struct {
	text           string
	prefix, suffix bool
}

func phrases(written []string) []phrase {
	out := make([]phrase, 0, len(written))
	for _, one := range written {
		var p phrase
		for _, field := range strings.Fields(fold(one)) {
			var e phraseElement
			if field != "~" {
				for _, w := range strings.Split(field, "|") {
					text, prefix := strings.CutSuffix(w, "*")
					text, suffix := strings.CutPrefix(text, "*")
					e = append(e, phraseWord{text, prefix, suffix})
				}
			}
			p = append(p, e)
		}
		out = append(out, p)
	}
	return out
}

func (e phraseElement) matches(t *token) bool {
	for i := range e {
		if e[i].text == t.text || (e[i].prefix && strings.HasPrefix(t.text, e[i].text)) || (e[i].suffix && strings.HasSuffix(t.text, e[i].text)) {
			return true
		}
	}
	return false
}

// begins reports quickly whether the element may match: most don't.
func (e phraseElement) begins(text string) bool {
	for i := range e {
		if e[i].suffix || sameFirst(e[i].text, text) {
			return true
		}
	}
	return false
}

func (p phrase) at(tokens []token, i int) (end int, ok bool) {
	if len(p) == 0 {
		return i, true
	}
	if len(p[0]) == 0 {
		for skip := 0; skip <= gapWords && i+skip <= len(tokens); skip++ {
			if end, ok := p[1:].at(tokens, i+skip); ok {
				return end, true
			}
		}
		return 0, false
	}
	if i >= len(tokens) || !p[0].matches(&tokens[i]) {
		return 0, false
	}
	return p[1:].at(tokens, i+1)
}

// find returns where the first of the phrases stands that is in the tokens.
func find(list []phrase, tokens []token) (from, to int, ok bool) {
	for i := range tokens {
		if tokens[i].text == "" {
			continue
		}
		for _, p := range list {
			if !p[0].begins(tokens[i].text) {
				continue
			}
			if end, ok := p.at(tokens, i); ok {
				return i, end, true
			}
		}
	}
	return 0, 0, false
}

func has(list []phrase, tokens []token) bool {
	_, _, ok := find(list, tokens)
	return ok
}

func anyToken(tokens []token, set map[string]bool) bool {
	return slices.ContainsFunc(tokens, func(t token) bool { return t.in(set) })
}
