package answer

import (
	"strings"
	"unicode"

	"kedai/models"
)

// detect tells which of the languages a burst is in. The language of the
// agent wins unless another one is clearly likelier, because short messages
// ("ok", "S?") belong to any of them.
func detect(messages []string, expected models.Language) models.Language {
	scores := map[models.Language]int{}
	cyrillic, latin := scripts(messages)
	for _, message := range messages {
		for _, w := range split(message, nil) {
			for code, lex := range lexicons() {
				if lex.known[w.text] || lex.known[withoutDouble(w.text)] {
					scores[code]++
				}
			}
		}
	}
	if cyrillic > 0 && cyrillic*2 >= latin {
		return models.Russian
	}
	if expected == models.Russian && latin > 0 && cyrillic > 0 {
		return expected
	}
	best, own := expected, scores[expected]
	top := own
	for _, code := range models.Languages() {
		score := scores[code]
		if score > top && (own == 0 || score >= own+2) {
			best, top = code, score
		}
	}
	if top == 0 {
		if likely := likeliest(strings.Join(messages, "\n"), latin+cyrillic); likely != "" && !near[expected][likely] {
			return likely
		}
	}
	return best
}

// scripts counts the Cyrillic letters of some messages, and all others.
func scripts(messages []string) (cyrillic, latin int) {
	for _, message := range messages {
		for _, r := range message {
			switch {
			case unicode.Is(unicode.Cyrillic, r):
				cyrillic++
			case unicode.IsLetter(r):
				latin++
			}
		}
	}
	return cyrillic, latin
}
