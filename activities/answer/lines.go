package answer

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// isListed reports whether a line is an entry of a list.
func isListed(line string) bool {
	mark, _, ok := strings.Cut(line, " ")
	return ok && (mark == "-" || mark == "*" || mark == "•")
}

// tidy takes list marks off a line, and leaves nothing of a heading.
func tidy(line string) string {
	if strings.HasPrefix(line, "#") {
		return ""
	}
	return strings.TrimSpace(strings.TrimLeft(line, "-*•"))
}

// sentences splits where a full stop is followed by a space and something
// that begins a sentence. A number before the stop is a list's, one letter
// an abbreviation's.
func sentences(line string) []string {
	var found []string
	start := 0
	for i := 0; i < len(line); i++ {
		if line[i] != '.' && line[i] != '!' && line[i] != '?' {
			continue
		}
		rest := line[i+1:]
		if !strings.HasPrefix(rest, " ") {
			continue
		}
		next, _ := utf8.DecodeRuneInString(strings.TrimLeft(rest, " "))
		before := line[start:i]
		word := before[strings.LastIndexByte(before, ' ')+1:]
		short := utf8.RuneCountInString(word) < 2 || strings.Trim(before, "0123456789") == "" || (len(word) == 2 && line[i] == '.' && unicode.IsUpper(firstRune(word)))
		if short || unicode.IsLower(next) {
			continue
		}
		found = append(found, strings.TrimSpace(line[start:i+1]))
		start = i + 1
	}
	if last := strings.TrimSpace(line[start:]); last != "" {
		found = append(found, last)
	}
	return found
}

// asAnswered joins each question with what answers it.
func asAnswered(sentences []string) []string {
	kept := sentences[:0]
	for i := 0; i < len(sentences); i++ {
		s := sentences[i]
		for ; strings.HasSuffix(s, "?") && i+1 < len(sentences); i++ {
			s += " " + sentences[i+1]
		}
		kept = append(kept, s)
	}
	return kept
}
