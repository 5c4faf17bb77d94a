package answer

import (
	"strings"
	"unicode"
	"unicode/utf8"

	trade "kedai/activities/retrieval/lexicon"
)

// word is one token of a text, folded so that case, accents and chat habits
// don't matter.
type word struct {
	plain  string // As written: for searching.
	text   string // Folded.
	stem   string // Without the endings of the language.
	number bool   // A figure, written without group separators.
	upper  bool   // Written in capitals.
	glued  bool   // A number behind a word, or a word behind a number, without a space: SALE20.
	stop   rune   // The punctuation that follows: one of .?!,\n or 0.

	means []meaning                 // Of a word of the shop's.
	wants map[trade.Concept]float64 // Of a word of a question: what would serve for it.

	meant, wanted uint64 // The bits of means and wants.
}

// foldings maps accented letters to plain ones. Й becomes и, because people
// type either, and because the decomposed form loses its breve below.
var foldings = map[rune]rune{
	'á': 'a', 'à': 'a', 'â': 'a', 'ã': 'a', 'ä': 'a', 'å': 'a', 'é': 'e', 'è': 'e', 'ê': 'e', 'ë': 'e',
	'í': 'i', 'ì': 'i', 'î': 'i', 'ï': 'i', 'ó': 'o', 'ò': 'o', 'ô': 'o', 'õ': 'o', 'ö': 'o',
	'ú': 'u', 'ù': 'u', 'û': 'u', 'ü': 'u', 'ç': 'c', 'ñ': 'n', 'ё': 'е', 'й': 'и',
	'º': 'o', 'ª': 'a',
}

// foldRune returns the plain lower-case letter, or -1 for a combining mark.
func foldRune(r rune) rune {
	if r < utf8.RuneSelf {
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}
	switch {
	case r >= 0x300 && r <= 0x36f:
		return -1
	case 'А' <= r && r <= 'Я':
		r += 'я' - 'Я'
	}
	if 'а' <= r && r <= 'я' && r != 'й' {
		return r
	}
	r = unicode.ToLower(r)
	if plain, ok := foldings[r]; ok {
		return plain
	}
	return r
}

// fold makes texts comparable.
func fold(s string) string { return strings.Map(foldRune, s) }

// split cuts a text into folded words. Apostrophes vanish inside a word,
// hyphens and everything else separate. An e-mail address becomes "@", so
// that its parts are never taken for words.
func split(s string, endings []string) []word {
	words := make([]word, 0, len(s)/5+4)
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case unicode.IsLetter(r):
			end := letters(s, i)
			if at := addressEnd(s, i); at > end {
				words = append(words, word{text: "@", stem: "@"})
				i = at
				continue
			}
			words = append(words, newWord(s[i:end], endings))
			words[len(words)-1].glued = behindDigit(s, i)
			i = end
		case isDigit(s[i]):
			text, end := digits(s, i)
			glued := len(words) > 0 && i > 0 && unicode.IsLetter(before(s, i))
			words = append(words, word{plain: text, text: text, stem: text, number: true, glued: glued})
			i = end
		default:
			if strings.HasPrefix(s[i:], "$$") {
				size++
			}
			words = mark(words, s, i, size)
			i += size
		}
	}
	return words
}

// mark adds what the mark at i tells: where a thought ends, or that it is of
// money or a number.
func mark(words []word, s string, i, size int) []word {
	r, _ := utf8.DecodeRuneInString(s[i:])
	switch {
	case strings.ContainsRune(".?!,;:\n", r) && len(words) > 0:
		last := &words[len(words)-1]
		if last.stop == 0 || last.stop == ',' {
			last.stop = punctuation(r)
		}
	case parts(s, i, size) && len(words) > 0:
		if last := &words[len(words)-1]; last.stop == 0 {
			last.stop = ','
		}
	case strings.HasPrefix(s[i:], "$$"):
		return append(words, word{text: "$$"})
	case strings.ContainsRune("#$€£₽", r):
		return append(words, word{text: string(r), stem: string(r)})
	}
	return words
}

// parts reports whether a dash between spaces stands at i: it parts thoughts.
func parts(s string, i, size int) bool {
	switch s[i : i+size] {
	case "-", "–", "—":
		return i > 0 && s[i-1] == ' ' && strings.HasPrefix(s[i+size:], " ")
	}
	return false
}

// behindDigit reports whether a digit stands right before i, or before a hyphen.
func behindDigit(s string, i int) bool {
	s = strings.TrimSuffix(s[:i], "-")
	return s != "" && isDigit(s[len(s)-1])
}

// before returns the letter that stands before i.
func before(s string, i int) rune {
	r, _ := utf8.DecodeLastRuneInString(s[:i])
	return r
}

// punctuation reduces marks to those that matter.
func punctuation(r rune) rune {
	if r == ';' || r == ':' {
		return ','
	}
	return r
}

// letters returns where the word that begins at i ends.
func letters(s string, i int) int {
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == '\'' || r == '’' {
			next, _ := utf8.DecodeRuneInString(s[i+size:])
			if !unicode.IsLetter(next) {
				return i
			}
		} else if !unicode.IsLetter(r) && !unicode.IsMark(r) {
			return i
		}
		i += size
	}
	return i
}

// addressEnd returns where an e-mail address that begins at i ends, or 0.
func addressEnd(s string, i int) int {
	end := strings.IndexFunc(s[i:], func(r rune) bool { return unicode.IsSpace(r) || r == ',' })
	if end < 0 {
		end = len(s) - i
	}
	if at := strings.IndexByte(s[i:i+end], '@'); at > 0 && at < end-1 {
		return i + end
	}
	return 0
}

// digits reads a figure from i: 1,299.00 and 1.299,00 become 1299, 6.5 stays.
func digits(s string, i int) (text string, end int) {
	end = figureEnd(s, i, false)
	readings := figureReadings(s[i:end])
	return readings[0], end
}

// newWord folds a run of letters and shortens letters that are drawn out.
func newWord(raw string, endings []string) word {
	b := make([]byte, 0, len(raw))
	upper, run, last := true, 0, rune(0)
	for _, r := range raw {
		if unicode.IsLower(r) {
			upper = false
		}
		f := foldRune(r)
		if f < 0 || f == '\'' || f == '’' {
			continue
		}
		if f == last {
			run++
		} else {
			run, last = 1, f
		}
		if run == 3 {
			// Three or more of a letter are chat: keep one of them.
			_, size := utf8.DecodeLastRune(b)
			b = b[:len(b)-size]
			continue
		}
		if run > 3 {
			continue
		}
		b = utf8.AppendRune(b, f)
	}
	text := string(b)
	return word{plain: raw, text: text, stem: stem(text, endings), upper: upper}
}

// stem takes off the longest ending that leaves three letters or more. It
// works on folded text, so that a missing accent doesn't change the stem.
func stem(text string, endings []string) string {
	for _, ending := range endings {
		if len(ending) >= len(text) || !strings.HasSuffix(text, ending) {
			continue
		}
		rest := text[:len(text)-len(ending)]
		if utf8.RuneCountInString(rest) >= 3 {
			return rest
		}
	}
	return text
}

// similarity tells how sure it is that two words are the same: 1 for equal
// stems, less for a shared long beginning or one slip of the finger, else 0.
func similarity(a, b *word) float64 {
	if a.stem == b.stem {
		return 1
	}
	return max(alike(a, b), serves(a, b))
}

// alike compares two words as they are written.
func alike(a, b *word) float64 {
	if a.number || b.number || !sameFirst(a.stem, b.stem) {
		return 0
	}
	la, lb := utf8.RuneCountInString(a.stem), utf8.RuneCountInString(b.stem)
	if shared := sharedPrefix(a.stem, b.stem); shared >= 4 && shared*4 >= 3*max(la, lb) {
		return 0.85
	}
	if la >= 4 && lb >= 4 && utf8.RuneCountInString(a.text) >= 5 && utf8.RuneCountInString(b.text) >= 5 && oneEdit(a.text, b.text) {
		return 0.8
	}
	return 0
}

// sameFirst compares first letters by their bytes: it is what most
// comparisons end at, so it has to be cheap.
func sameFirst(a, b string) bool {
	if a == "" || b == "" || a[0] != b[0] {
		return false
	}
	return a[0] < utf8.RuneSelf || (len(a) > 1 && len(b) > 1 && a[1] == b[1])
}

// sharedPrefix counts the letters that two words begin with in common.
func sharedPrefix(a, b string) int {
	n := 0
	for a != "" && b != "" {
		ra, sa := utf8.DecodeRuneInString(a)
		rb, sb := utf8.DecodeRuneInString(b)
		if ra != rb {
			break
		}
		a, b, n = a[sa:], b[sb:], n+1
	}
	return n
}

// oneEdit reports whether a letter added, dropped, changed or swapped with
// its neighbour turns a into b.
func oneEdit(a, b string) bool {
	for a != "" && b != "" {
		ra, sa := utf8.DecodeRuneInString(a)
		rb, sb := utf8.DecodeRuneInString(b)
		if ra == rb {
			a, b = a[sa:], b[sb:]
			continue
		}
		if a[sa:] == b[sb:] || a[sa:] == b || a == b[sb:] {
			return true
		}
		na, sna := utf8.DecodeRuneInString(a[sa:])
		nb, snb := utf8.DecodeRuneInString(b[sb:])
		return na == rb && nb == ra && a[sa+sna:] == b[sb+snb:]
	}
	return utf8.RuneCountInString(a)+utf8.RuneCountInString(b) <= 1
}
