package models

import (
	"strings"
	"unicode"
)

// EndsWithQuestion reports whether text ends with a question mark, whatever
// closing marks, emoji or spaces follow it.
func EndsWithQuestion(text string) bool {
	cut := strings.TrimRightFunc(text, func(r rune) bool {
		return r != '?' && r != '？' && !isWordRune(r)
	})
	return strings.HasSuffix(cut, "?") || strings.HasSuffix(cut, "？")
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
