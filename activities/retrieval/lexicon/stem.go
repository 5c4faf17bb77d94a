package lexicon

import (
	"iter"
	"math"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
	"github.com/blevesearch/snowballstem/portuguese"
	"github.com/blevesearch/snowballstem/russian"
	"github.com/blevesearch/snowballstem/spanish"
	"golang.org/x/text/unicode/norm"

	"kedai/models"
)

// maxStem is the length of a stem in characters; no word is longer.
const maxStem = 64

// Stems returns the stems of a text's words in the order of the text, in lower
// case and without accents. What has a digit in it, such as a number, a size
// or a SKU, isn't stemmed and stays whole; if it is hyphenated, its parts
// follow it. A language that the agent doesn't speak isn't stemmed.
func Stems(l models.Language, text string) []string {
	return FirstStems(l, text, math.MaxInt)
}

// FirstStems is Stems for the beginning of a text, with at most limit stems.
func FirstStems(l models.Language, text string, limit int) []string {
	s, giveBack := borrow(l)
	defer giveBack()
	stems := []string{}
	for word := range words(l, text) {
		if stem := s.stem(word); stem != "" {
			stems = append(stems, stem)
		}
		if len(stems) == limit {
			break
		}
	}
	return stems
}

// Word is a word of a text.
type Word struct {
	Folded string // In lower case, without accents.
	Stem   string
}

// QueryWords returns at most limit words of a text with different stems,
// without its stop words. Parts of codes are left out: KD-1042 is not to find
// all that begins with KD.
func QueryWords(l models.Language, text string, limit int) []Word {
	s, giveBack := borrow(l)
	defer giveBack()
	seen := map[string]bool{}
	var out []Word
	for word, ofCode := range words(l, text) {
		folded := fold(word)
		if ofCode || stopWords[l][folded] {
			continue
		}
		stem := s.stem(word)
		if stem == "" || seen[stem] {
			continue
		}
		seen[stem] = true
		if out = append(out, Word{Folded: folded, Stem: stem}); len(out) == limit {
			break
		}
	}
	return out
}

// stemmer stems words of one language. It is not safe for concurrent use.
type stemmer struct {
	language models.Language
	env      *snowballstem.Env
	snowball func(*snowballstem.Env) bool
	before   []suffix // Applied to a word before Snowball's rules: the first that fits.
	after    []suffix // Applied to the stem.
	stems    memory[string]
	senses   memory[[]sense] // What words of other languages mean.
}

// suffix replaces the end of a word that is longer than it by two letters or more.
type suffix struct{ from, to string }

// stemmers keeps those of each language that are at rest: making one costs
// more than stemming some words.
var stemmers = func() map[models.Language]*sync.Pool {
	pools := map[models.Language]*sync.Pool{}
	for _, l := range append(models.Languages(), "") {
		pools[l] = &sync.Pool{New: func() any { return newStemmer(l) }}
	}
	return pools
}()

// borrow returns a stemmer that is the caller's until it is given back.
func borrow(l models.Language) (s *stemmer, giveBack func()) {
	pool := stemmers[l]
	if pool == nil {
		pool = stemmers[""]
	}
	s = pool.Get().(*stemmer)
	return s, func() { pool.Put(s) }
}

func newStemmer(l models.Language) *stemmer {
	s := &stemmer{language: l, env: snowballstem.NewEnv(""), stems: memory[string]{}, senses: memory[[]sense]{}}
	switch l {
	case models.English:
		s.snowball = english.Stem
	case models.Spanish:
		s.snowball, s.before, s.after = spanish.Stem, spanishBefore, spanishAfter
	case models.Portuguese:
		s.snowball, s.before = portuguese.Stem, portugueseBefore
	case models.Russian:
		s.snowball, s.after = russian.Stem, russianAfter
	}
	return s
}

// Customers often leave accents out, and Snowball knows endings with their
// accents only: devolucion would keep what devolución and devoluciones lose.
// It doesn't know the Portuguese plurals in -ões and -is either, nor the vowel
// that comes and goes in Russian stems.
var (
	spanishBefore = []suffix{{"cion", "ción"}, {"ia", "ía"}, {"ias", "ías"}}
	spanishAfter  = []suffix{{"z", "c"}} // Luz, luces.

	russianAfter = []suffix{{"ок", "к"}, {"ек", "к"}, {"ен", "н"}} // Носок, носки; рубашек, рубашка; ремень, ремни.

	portugueseBefore = []suffix{
		{"ões", "ão"},
		{"coes", "ção"},
		{"oes", "ão"},
		{"ães", "ão"},
		{"cao", "ção"},
		{"encia", "ência"},
		{"encias", "ências"},
		{"ancia", "ância"},
		{"ancias", "âncias"},
		{"áveis", "ável"},
		{"aveis", "ável"},
		{"avel", "ável"},
		{"íveis", "ível"},
		{"iveis", "ível"},
		{"ivel", "ível"},
		{"ais", "al"},
		{"éis", "el"},
		{"eis", "el"},
		{"óis", "ol"},
		{"ois", "ol"},
		{"uis", "ul"},
		{"ens", "em"},
		{"uns", "um"},
	}
)

func (s *stemmer) stem(word string) string { return s.stems.of(word, s.workOut) }

func (s *stemmer) workOut(word string) string {
	// The stemmer's time grows with the square of a word's length.
	if s.snowball == nil || len(word) > 4*maxStem || !s.speaks(word) {
		return strings.Clone(shorten(fold(word)))
	}
	s.env.SetCurrent(replaceSuffix(word, s.before))
	s.snowball(s.env)
	stem := strings.ReplaceAll(fold(s.env.Current()), "'", "")
	return shorten(replaceSuffix(stem, s.after))
}

// speaks reports whether a word can be one of the language: it has no digits,
// and is Cyrillic if and only if the language is.
func (s *stemmer) speaks(word string) bool {
	for _, r := range word {
		if unicode.IsDigit(r) || (unicode.IsLetter(r) && unicode.Is(unicode.Cyrillic, r) != (s.language == models.Russian)) {
			return false
		}
	}
	return true
}

func replaceSuffix(word string, suffixes []suffix) string {
	for _, s := range suffixes {
		if stump, found := strings.CutSuffix(word, s.from); found && len(stump) >= 2 {
			return stump + s.to
		}
	}
	return word
}

func shorten(stem string) string {
	if len(stem) <= maxStem {
		return stem
	}
	if runes := []rune(stem); len(runes) > maxStem {
		return string(runes[:maxStem])
	}
	return stem
}

// words yields the words of a text in lower case, and of each whether it is a
// part of a code. A code is hyphenated, begins with letters and has digits:
// KD-1042, but not 2-pack.
func words(l models.Language, text string) iter.Seq2[string, bool] {
	return func(yield func(string, bool) bool) {
		runes := []rune(normal.Replace(strings.ToLower(norm.NFKC.String(text))))
		for i := 0; i < len(runes); {
			if !inWord(runes[i]) {
				i++
				continue
			}
			end := wordEnd(l, runes, i)
			word := runes[i:end]
			parts := strings.FieldsFunc(string(word), isHyphen)
			i = end
			digits := slices.ContainsFunc(word, unicode.IsDigit)
			if (digits || len(parts) == 1) && !yield(string(word), false) {
				return
			}
			if len(parts) == 1 {
				continue
			}
			code := digits && !strings.ContainsFunc(parts[0], unicode.IsDigit)
			for _, part := range parts {
				if !yield(part, code) {
					return
				}
			}
		}
	}
}

// wordEnd returns where the word that begins at i ends.
func wordEnd(l models.Language, runes []rune, i int) int {
	for i++; i < len(runes); i++ {
		if inWord(runes[i]) {
			continue
		}
		if i+1 == len(runes) || !inWord(runes[i+1]) || !joins(l, runes[i-1], runes[i], runes[i+1]) {
			break
		}
	}
	return i
}

func isHyphen(r rune) bool { return r == '-' || r == '_' || r == '/' }

// normal unifies what is written in several ways. Snowball's Russian has no ё.
var normal = strings.NewReplacer("ё", "е", "’", "'", "ʼ", "'", "‐", "-", "‑", "-", "–", "-")

// inWord reports whether a character is part of a word wherever it stands.
func inWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r)
}

// joins reports whether r between two characters of words makes them one word.
func joins(l models.Language, before, r, after rune) bool {
	switch r {
	case '.', ',':
		return unicode.IsDigit(before) && unicode.IsDigit(after)
	case '\'':
		return l == models.English && unicode.IsLetter(before) && unicode.IsLetter(after)
	}
	return isHyphen(r)
}

// plain holds the Latin letters that don't decompose into a letter and a mark.
var plain = strings.NewReplacer("ß", "ss", "ø", "o", "æ", "ae", "œ", "oe", "đ", "d", "ł", "l", "ı", "i")

// fold removes the accents of Latin letters. Cyrillic й isn't an и with an accent.
func fold(word string) string {
	ascii := true
	for i := range len(word) {
		ascii = ascii && word[i] < 0x80
	}
	if ascii {
		return word
	}
	var folded strings.Builder
	for _, r := range norm.NFC.String(word) {
		if unicode.Is(unicode.Cyrillic, r) {
			folded.WriteRune(r)
			continue
		}
		for _, part := range norm.NFD.String(string(r)) {
			if !unicode.Is(unicode.Mn, part) {
				folded.WriteRune(part)
			}
		}
	}
	return plain.Replace(folded.String())
}
