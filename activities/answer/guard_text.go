package answer

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// token is a word or a number of a text that is checked or that vouches.
type token struct {
	start, end int
	text       string // Folded.
	root       string // What its forms have in common.
	number     bool
	upper      bool // Begins with a capital.
	caps       bool // Has capitals only.
	glued      bool // Follows the token before it without anything between.
	address    bool // A URL or an e-mail address, whole.
	negative   bool // Something negates it.
	opposed    bool // Says the opposite of what its root stands for: closed, of open.
	accented   bool // Is written with accents that its folded form lacks.
}

// rootLength is how many letters of a stem tell words apart: the forms and the
// derivations of a word in these languages differ behind them.
const rootLength = 5

// scan cuts a text into tokens. URLs and e-mail addresses stay whole.
func (g *guardLexicon) scan(s string) []token {
	tokens := make([]token, 0, len(s)/5+4)
	last := 0
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case unicode.IsLetter(r):
			if end := linkEnd(s, i); end > 0 {
				tokens = append(tokens, token{start: i, end: end, text: s[i:end], address: true})
				i, last = end, end
				continue
			}
			end := letters(s, i)
			tokens = append(tokens, g.word(s, i, end, i == last && i > 0))
			i, last = end, end
		case isDigit(s[i]):
			end := figureEnd(s, i, true)
			tokens = append(tokens, token{start: i, end: end, text: s[i:end], root: s[i:end], number: true, glued: i == last && i > 0})
			i, last = end, end
		default:
			i += size
		}
	}
	return tokens
}

func (g *guardLexicon) word(s string, start, end int, glued bool) token {
	raw := s[start:end]
	first, _ := utf8.DecodeRuneInString(raw)
	t := token{start: start, end: end, glued: glued, upper: unicode.IsUpper(first)}
	t.caps = t.upper && utf8.RuneCountInString(raw) > 1 && strings.IndexFunc(raw, unicode.IsLower) < 0
	t.text = strings.Map(foldLetter, raw)
	t.accented = len(t.text) != len(raw)
	t.root = g.root(t.text)
	if o, ok := g.opposites[t.text]; ok {
		t.root, t.opposed = o.root, o.opposed
	}
	return t
}

// foldLetter drops the apostrophe within a word too.
func foldLetter(r rune) rune {
	if r == '\'' || r == '’' {
		return -1
	}
	return foldRune(r)
}

// root returns what the forms of a folded word have in common.
func (g *guardLexicon) root(text string) string {
	if text == "" {
		return ""
	}
	root := stem(text, g.endings[text[len(text)-1]])
	// An ending doubles the letter before it: wrap, wrapping.
	if n := len(root); n > 3 && root[n-1] == root[n-2] && root[n-1] < utf8.RuneSelf {
		root = root[:n-1]
	}
	n := 0
	for i := range root {
		if n == rootLength {
			return root[:i]
		}
		n++
	}
	return root
}

// linkEnd returns where a URL, a bare address of a page, or an e-mail address
// that begins at i ends, or 0.
func linkEnd(s string, i int) int {
	run := s[i:]
	if space := strings.IndexByte(run, ' '); space >= 0 {
		run = run[:space]
	}
	if !strings.ContainsAny(run, "@/") && !strings.HasPrefix(run, "www.") {
		return 0
	}
	end := i
	dotted, marked := false, strings.HasPrefix(s[i:], "http://") || strings.HasPrefix(s[i:], "https://") || strings.HasPrefix(s[i:], "www.")
	for end < len(s) {
		r, size := utf8.DecodeRuneInString(s[end:])
		if unicode.IsSpace(r) || strings.ContainsRune(",;<>\"«»()", r) {
			break
		}
		if r >= utf8.RuneSelf && !marked {
			break
		}
		switch r {
		case '@':
			marked = marked || end > i
		case '/':
			marked = marked || dotted
		case '.':
			next, _ := utf8.DecodeRuneInString(s[end+size:])
			dotted = dotted || (end > i && unicode.IsLetter(next))
		}
		end += size
	}
	if !marked {
		return 0
	}
	return i + len(strings.TrimRight(s[i:end], ".!?:…"))
}

// segment is a piece of a sentence that says one thing.
type segment struct {
	from, to int  // Of the tokens.
	sentence int  // Which one it is part of.
	open     bool // Nothing but a comma or an "and" stands before it.
	asks     bool // The sentence is a question.
	negative bool // What it says is negated.
	blurred  bool // Whether it affirms or negates cannot be told.
	text     string
}

// segments cuts a text's tokens where punctuation or a joining word begins
// something new.
func (g *guardLexicon) segments(s string, tokens []token) []segment {
	var found []segment
	sentence, from, open := 0, 0, false
	end := func(to int) {
		if to > from {
			found = append(found, segment{from: from, to: to, sentence: sentence, open: open, text: s[tokens[from].start:tokens[to-1].end]})
		}
		from = to
	}
	for i := 1; i <= len(tokens); i++ {
		gap, next := "", token{}
		if i < len(tokens) {
			gap, next = s[tokens[i-1].end:tokens[i].start], tokens[i]
		} else {
			gap = s[tokens[i-1].end:] + "\n"
			if len(tokens) == 0 {
				break
			}
		}
		switch {
		case i == len(tokens) || endsSentence(gap, next, tokens[i-1]):
			end(i)
			if strings.Contains(gap, "?") {
				for n := range found {
					found[n].asks = found[n].asks || found[n].sentence == sentence
				}
			}
			sentence, open = sentence+1, false
		case strings.ContainsAny(gap, ";:()—") || strings.Contains(gap, " – ") || strings.Contains(gap, " - "):
			end(i)
			open = false
		case strings.Contains(gap, ","):
			end(i)
			open = next.in(g.ands) || !next.in(g.joins) && !next.in(g.conditions)
		case (next.in(g.joins) || next.in(g.conditions)) && !strings.HasPrefix(s[next.end:], "-"):
			end(i)
			open = next.in(g.ands)
		}
	}
	found = g.mergeAsides(s, tokens, found)
	g.negate(s, tokens, found)
	return found
}

// unlike are words that an accent makes another one: and, is; if, yes.
var unlike = map[string]bool{"e": true, "si": true, "mas": true}

// in reports whether a word is one of a set.
func (t *token) in(set map[string]bool) bool {
	return set[t.text] && !(t.accented && unlike[t.text])
}

// opposable reports whether a word stands for one of two opposites.
func (t *token) opposable() bool { return strings.HasPrefix(t.root, "=") }

// mergeAsides joins what commas part on both sides of words like
// "unfortunately".
func (g *guardLexicon) mergeAsides(s string, tokens []token, found []segment) []segment {
	out := found[:0]
	for n := 0; n < len(found); n++ {
		seg := found[n]
		if len(out) > 0 && n+1 < len(found) && seg.open && found[n+1].open && found[n+1].sentence == seg.sentence && out[len(out)-1].sentence == seg.sentence &&
			g.says(tokens[seg.from:seg.to]) && !has(g.in, tokens[seg.from:seg.to]) && !has(g.out, tokens[seg.from:seg.to]) && !g.says(tokens[out[len(out)-1].from:out[len(out)-1].to]) && !slices.ContainsFunc(tokens[seg.from:seg.to], func(t token) bool { return g.not[t.text] }) {
			last := &out[len(out)-1]
			last.to = found[n+1].to
			last.text = s[tokens[last.from].start:tokens[last.to-1].end]
			n++
			continue
		}
		out = append(out, seg)
	}
	return out
}

// abbreviated are words that a full stop shortens.
var abbreviated = map[string]bool{
	"mr": true, "mrs": true, "ms": true, "dr": true, "st": true, "no": true, "av": true, "sr": true, "sra": true, "dra": true, "num": true, "tel": true, "ул": true, "пр": true, "стр": true,
}

// endsSentence tells the end of a sentence from an abbreviation's full stop. A
// title in quotation marks may begin the next, and in a small letter.
func endsSentence(gap string, next, before token) bool {
	if strings.ContainsAny(gap, "!?\n") {
		return true
	}
	begins := next.upper || next.number || !strings.HasPrefix(gap, ".") || strings.ContainsAny(gap, "“«„") && strings.Contains(gap, " ")
	return strings.Contains(gap, ".") && begins && !(abbreviated[before.text] && strings.Trim(gap, " “«„") == ".")
}
