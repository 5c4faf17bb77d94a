package lexicon

import (
	"slices"
	"strings"

	"kedai/models"
)

// minSpelling is the length in letters from which a word is looked up by its
// spelling: shorter ones are too near to each other.
const minSpelling = 4

// sounds unify letters that a language's writers confuse, for they sound alike.
var sounds = map[models.Language]*strings.Replacer{
	models.English:    strings.NewReplacer("ph", "f", "ck", "k", "qu", "kw", "c", "k", "z", "s", "ie", "i", "ei", "i", "ea", "e", "ee", "e", "oo", "u", "ou", "u", "y", "i"),
	models.Spanish:    strings.NewReplacer("ll", "y", "qu", "k", "ce", "se", "ci", "si", "c", "k", "z", "s", "v", "b", "h", "", "x", "j", "ge", "je", "gi", "ji", "gu", "g", "w", "gu"),
	models.Portuguese: strings.NewReplacer("ss", "s", "qu", "k", "ce", "se", "ci", "si", "c", "k", "z", "s", "h", "", "x", "s", "lh", "l", "nh", "n", "ge", "je", "gi", "ji", "ou", "o", "y", "i", "w", "v"),
	models.Russian:    strings.NewReplacer("тся", "ца", "ться", "ца", "сч", "щ", "жи", "жы", "о", "а", "ё", "е", "е", "и", "э", "и", "ы", "и", "я", "и", "ъ", "", "ь", "", "й", "и"),
}

// Sound returns what is left of a folded word when letters that sound alike
// are one and doubled ones are single.
func Sound(l models.Language, word string) string {
	if r := sounds[l]; r != nil {
		word = r.Replace(word)
	}
	var out strings.Builder
	var last rune
	for _, r := range word {
		if r != last {
			out.WriteRune(r)
		}
		last = r
	}
	return out.String()
}

// learnSpelling notes each word under its sound and under each string that is
// a letter short of it, so that two words that differ by a letter meet. (The
// symmetric-delete way of spelling correction.)
func (v *vocabulary) learnSpelling(l models.Language) {
	for stem := range v.words {
		if len([]rune(stem)) < minSpelling {
			continue
		}
		for key := range shorter(Sound(l, stem)) {
			v.spelling[key] = append(v.spelling[key], stem)
		}
	}
	for _, stems := range v.spelling {
		slices.Sort(stems)
	}
}

// shorter yields a word and all that is left of it without one letter.
func shorter(word string) func(func(string) bool) {
	return func(yield func(string) bool) {
		runes := []rune(word)
		if !yield(word) || len(runes) <= minSpelling {
			return
		}
		for i := range runes {
			if !yield(string(runes[:i]) + string(runes[i+1:])) {
				return
			}
		}
	}
}

// correct returns the known stems that a stem is probably a misspelling of: the
// nearest ones.
func (v *vocabulary) correct(l models.Language, stem string) []string {
	if len([]rune(stem)) < minSpelling {
		return nil
	}
	var out []string
	best := 0.0
	asked := SpellingOf(l, stem)
	for key := range shorter(string(asked.sound)) {
		for _, known := range v.spelling[key] {
			if s := asked.Likeness(SpellingOf(l, known)); s >= minLikeness && s >= best && !slices.Contains(out, known) {
				if s > best {
					out = out[:0]
				}
				best, out = s, append(out, known)
			}
		}
	}
	slices.Sort(out)
	return out
}

const minLikeness = 0.6

// Likeness returns how probably one of two stems is a misspelling of the
// other, from 0 to 1. Letters that sound alike are no difference; a difference
// in the first letter counts twice.
func Likeness(l models.Language, a, b string) float64 {
	return SpellingOf(l, a).Likeness(SpellingOf(l, b))
}

// Spelling is a stem to be compared with others of its language.
type Spelling struct {
	stem  string
	sound []rune
}

// SpellingOf reads a stem.
func SpellingOf(l models.Language, stem string) Spelling {
	return Spelling{stem: stem, sound: []rune(Sound(l, stem))}
}

// Likeness is that of the two stems.
func (s Spelling) Likeness(other Spelling) float64 {
	if s.stem == other.stem {
		return 1
	}
	if !near(len(s.stem), len(other.stem)) {
		return 0
	}
	x, y := s.sound, other.sound
	length := max(len(x), len(y))
	if min(len(x), len(y)) < minSpelling-1 || length < minSpelling || length-min(len(x), len(y)) > maxDistance {
		return 0
	}
	d := distance(x, y)
	if x[0] != y[0] {
		d++
	}
	switch {
	case d == 0 && length >= 5:
		return 0.95
	case d == 0:
		return 0.7
	case d == 1 && length >= 6:
		return 0.85
	case d == 1 && length == 5:
		return 0.7
	case d == 1:
		return 0.5
	case d == maxDistance && length >= 8:
		return 0.65
	}
	return 0
}

// near reports whether two lengths in bytes can be of words that are alike.
func near(a, b int) bool { return a-b <= 8 && b-a <= 8 }

// maxDistance is how many letters may differ in words that are alike.
const maxDistance = 2

// distance returns the number of letters that were left out, put in, changed,
// or swapped with their neighbour (optimal string alignment).
func distance(a, b []rune) int {
	var rows [3][64 + 1]int
	if len(a) > 64 || len(b) > 64 {
		return 64
	}
	before, last, row := &rows[0], &rows[1], &rows[2]
	for j := range b {
		last[j+1] = j + 1
	}
	for i := range a {
		row[0] = i + 1
		for j := range b {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(last[j+1]+1, row[j]+1, last[j]+cost)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
