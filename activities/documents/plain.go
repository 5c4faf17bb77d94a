package documents

import (
	"context"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// wrapping is how lines that were wrapped are told from others.
type wrapping struct {
	narrowest int     // Nobody wraps at fewer characters.
	part      float64 // Of the longest line that a full one has at least.
}

// wrappedText is that of editors, whose letters are of one width.
var wrappedText = wrapping{50, 1}

var (
	atxHeading  = regexp.MustCompile(`^(#{1,6})[ \t]+(.+?)[ \t#]*$`)
	underline   = regexp.MustCompile(`^(={3,}|-{3,}|~{3,})$`)
	bulletItem  = regexp.MustCompile(`^([-*+•◦▪‣·–—●○■])[ \t]+(\S.*)$`)
	numberItem  = regexp.MustCompile(`^(\d{1,3})[.)][ \t]+(\S.*)$`)
	endOfPhrase = regexp.MustCompile(`[.,;:!?…]$`)
)

// readText reads plain text: paragraphs between empty lines, and what people
// write as headings and lists where there are none.
func readText(ctx context.Context, text string) (string, error) {
	var c composer
	var lines []string
	for line := range strings.Lines(strings.ReplaceAll(text, "\f", "\n\n") + "\n\n") {
		if strings.TrimSpace(line) != "" {
			lines = append(lines, strings.TrimRight(line, "\n"))
			continue
		}
		plainBlock(&c, lines)
		lines = lines[:0]
		if c.full() || ctx.Err() != nil {
			break
		}
	}
	return c.text()
}

// plainBlock writes the lines between two empty ones.
func plainBlock(c *composer, lines []string) {
	var paragraph []string
	finish := func() {
		if len(paragraph) == 1 && len(lines) == 1 && isShouted(paragraph[0]) {
			c.heading(2, paragraph[0])
		} else {
			c.paragraph(wrappedText.join(paragraph))
		}
		paragraph = paragraph[:0]
	}
	for i := 0; i < len(lines); i++ {
		line := strings.TrimSpace(lines[i])
		switch {
		case i+1 < len(lines) && underline.MatchString(strings.TrimSpace(lines[i+1])) && utf8.RuneCountInString(line) <= maxHeading:
			finish()
			level := 2
			if strings.Contains(lines[i+1], "=") {
				level = 1
			}
			c.heading(level, line)
			i++
		case underline.MatchString(line):
			finish()
		default:
			if m := atxHeading.FindStringSubmatch(line); m != nil {
				finish()
				c.heading(len(m[1]), m[2])
			} else if depth, number, text, ok := plainItem(lines[i]); ok {
				finish()
				text, i = continued(lines, i, text)
				c.item(depth, number, text)
			} else {
				paragraph = append(paragraph, line)
			}
		}
	}
	finish()
}

// plainItem returns the depth, number and text of a line that is an item.
func plainItem(line string) (depth, number int, text string, ok bool) {
	trimmed := strings.TrimSpace(line)
	indent := len(line) - len(strings.TrimLeft(line, " \t"))
	if m := bulletItem.FindStringSubmatch(trimmed); m != nil {
		return indent / 2, 0, m[2], true
	}
	if m := numberItem.FindStringSubmatch(trimmed); m != nil {
		number, _ = strconv.Atoi(m[1])
		return indent / 2, number, m[2], number > 0
	}
	return 0, 0, "", false
}

// continued returns an item's text with the lines below that go on with it,
// which stand further in than its mark, and the last of them.
func continued(lines []string, i int, text string) (string, int) {
	indent := len(lines[i]) - len(strings.TrimLeft(lines[i], " \t"))
	var all strings.Builder
	all.WriteString(text)
	for ; i+1 < len(lines); i++ {
		next := lines[i+1]
		if len(next)-len(strings.TrimLeft(next, " \t")) <= indent {
			break
		}
		if _, _, _, item := plainItem(next); item {
			break
		}
		all.WriteString(" " + strings.TrimSpace(next))
	}
	return all.String(), i
}

// join joins lines that were wrapped: where the next word wouldn't have fitted.
// Other ends of lines, as in an address, were meant.
func (w wrapping) join(lines []string) string {
	width := 0
	for _, line := range lines {
		width = max(width, utf8.RuneCountInString(line))
	}
	var text strings.Builder
	for i, line := range lines {
		if i > 0 {
			word, _, _ := strings.Cut(line, " ")
			above := utf8.RuneCountInString(lines[i-1])
			if width >= w.narrowest && float64(above+1+utf8.RuneCountInString(word)) > float64(width)*w.part {
				text.WriteByte(' ')
			} else {
				text.WriteByte('\n')
			}
		}
		text.WriteString(line)
	}
	return text.String()
}

// isShouted tells that a line is a heading in capitals.
func isShouted(line string) bool {
	if utf8.RuneCountInString(line) > 80 || endOfPhrase.MatchString(line) {
		return false
	}
	letters := 0
	for _, r := range line {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			letters++
		}
	}
	return letters >= 3
}
