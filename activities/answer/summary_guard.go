package answer

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What a model's note may be refused for, beside the figures.
const (
	noteForm     = "form"
	noteLength   = "length"
	noteContact  = "contact"
	noteLanguage = "language"
)

// listMark begins a line of a list that is numbered: no figure of the talk.
var listMark = regexp.MustCompile(`(?m)^\s*\d{1,2}[.)]\s`)

// GuardNote returns what keeps a model's note from being taken. People act on a
// note, so each figure, address and link in it must stand in the conversation,
// whoever said it, or name a product or an order that was spoken of; a price
// must stand there as one.
func GuardNote(t Talk, text string) []Violation {
	if !utf8.ValidString(text) || strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }) {
		return []Violation{{Kind: noteForm, Text: "characters that no text has"}}
	}
	if n := utf8.RuneCountInString(text); n > MaxNote || strings.TrimSpace(text) == "" {
		return []Violation{{Kind: noteLength, Text: "nothing, or too much"}}
	}
	var violations []Violation
	if detect([]string{text}, t.Language) != t.Language {
		violations = append(violations, Violation{Kind: noteLanguage, Text: "not " + string(t.Language)})
	}
	said := t.said()
	numbers, prices := map[string]bool{}, map[string]bool{}
	note(said, numbers, prices)
	for _, f := range figures(listMark.ReplaceAllString(text, "")) {
		known, kind := numbers, ViolationNumber
		if f.price {
			known, kind = prices, ViolationPrice
		}
		if !slices.ContainsFunc(f.readings, func(reading string) bool { return known[reading] }) {
			violations = append(violations, Violation{Kind: kind, Text: f.text})
		}
	}
	said = fold(said)
	for _, token := range strings.Fields(text) {
		if contactLike(token) && !strings.Contains(said, fold(strings.Trim(token, ".,;:!?()[]<>\"'«»“”"))) {
			violations = append(violations, Violation{Kind: noteContact, Text: token})
		}
	}
	return violations
}

// contactLike reports whether a word is an address or a link.
func contactLike(token string) bool {
	token = strings.ToLower(token)
	return strings.ContainsRune(token, '@') || strings.Contains(token, "://") || strings.Contains(token, "www.")
}

// said is all that a note may take figures from.
func (t Talk) said() string {
	parts := []string{t.Shop}
	for _, line := range t.Lines {
		parts = append(parts, line.Text)
		for _, e := range line.Cited {
			if e.Product != nil {
				parts = append(parts, e.Product.Title)
			}
			if e.Order != nil {
				parts = append(parts, e.Order.Name)
			}
		}
	}
	return strings.Join(parts, "\n")
}
