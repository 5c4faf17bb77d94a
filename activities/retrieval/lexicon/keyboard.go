package lexicon

import (
	"strings"
	"unicode"

	"kedai/models"
)

// The keys of a Russian keyboard in the order of the English letters on them.
var (
	englishKeys = []rune("qwertyuiop[]asdfghjkl;'zxcvbnm,.`")
	russianKeys = []rune("йцукенгшщзхъфывапролджэячсмитьбюё")
)

// letters are how Russian is written in Latin letters in a chat, the longest
// first.
var letters = strings.NewReplacer(
	"shch", "щ", "sch", "щ", "yo", "е", "jo", "е", "zh", "ж", "kh", "х", "ts", "ц", "ch", "ч", "sh", "ш", "yu", "ю", "ju", "ю", "ya", "я", "ja", "я", "iy", "ий", "yy", "ый",
	"a", "а", "b", "б", "v", "в", "g", "г", "d", "д", "e", "е", "z", "з", "i", "и", "j", "й", "k", "к", "l", "л", "m", "м", "n", "н", "o", "о", "p", "п", "r", "р",
	"s", "с", "t", "т", "u", "у", "f", "ф", "h", "х", "c", "ц", "y", "ы", "w", "в", "x", "кс", "q", "к", "'", "ь",
)

// respell returns a Russian question that was typed on the English layout of
// the keyboard, or in Latin letters, as it was meant: if more of its words are
// known then. Others it returns as they are.
func respell(l models.Language, text string) string {
	if l != models.Russian || strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) }) {
		return text
	}
	lower := strings.ToLower(text)
	best, most := text, knownWords(l, text)
	for _, other := range []string{strings.Map(russianKey, lower), letters.Replace(lower)} {
		if known := knownWords(l, other); known > most {
			best, most = other, known
		}
	}
	return best
}

func russianKey(r rune) rune {
	for i, key := range englishKeys {
		if key == r {
			return russianKeys[i]
		}
	}
	return r
}

// knownWords counts the words of a text that have a meaning, in any language.
func knownWords(l models.Language, text string) int {
	s, giveBack := borrow(l)
	defer giveBack()
	known := 0
	for _, w := range QueryWords(l, text, 32) {
		senses := load().vocabularies[l].words[w.Stem]
		if len(senses) == 0 {
			senses = s.senses.of(w.Folded, s.foreign)
		}
		if len(senses) > 0 {
			known++
		}
	}
	return known
}
