package documents

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// clean folds white space and drops what isn't text: control characters and
// marks of byte order.
func clean(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), r == '\ufeff', r == '\ufffe', r == '\uffff', r == '\u00ad':
			return -1
		}
		return r
	}, text)
	return oneLine(text)
}

// escape writes a line of text such that Markdown reads it back as it is, with
// as few marks as that takes: people read and edit it.
func escape(text string) string {
	if !strings.ContainsAny(text, "\\*_~`<&(") {
		return text
	}
	var out strings.Builder
	for i := 0; i < len(text); {
		c := text[i]
		run := 1
		if strings.IndexByte("*_~", c) >= 0 {
			for i+run < len(text) && text[i+run] == c {
				run++
			}
		}
		if c == '&' && entity.MatchString(text[i:min(len(text), i+40)]) {
			out.WriteString("&amp;")
		} else {
			if isMark(c, text[:i], text[i+run:]) {
				out.WriteByte('\\')
				out.WriteString(strings.Repeat(string(c)+`\`, run-1))
			} else {
				out.WriteString(text[i : i+run-1])
			}
			out.WriteByte(c)
		}
		i += run
	}
	return out.String()
}

var entity = regexp.MustCompile(`^&#?[0-9A-Za-z]+;`)

// isMark tells that Markdown could take a character, or a run of it, for the
// end of a mark, or for one that needs no end. What only begins one does no
// harm: without an end it is text.
func isMark(c byte, before, after string) bool {
	switch c {
	case '`':
		return true
	case '\\':
		return after == "" || isPunctuation(after[0])
	case '*', '~':
		return before != "" && !strings.HasSuffix(before, " ")
	case '_':
		next, _ := utf8.DecodeRuneInString(after)
		return before != "" && !strings.HasSuffix(before, " ") && (after == "" || !unicode.IsLetter(next) && !unicode.IsDigit(next))
	case '<':
		return after != "" && after[0] != ' '
	case '(':
		return strings.HasSuffix(before, "]")
	}
	return false
}

func isPunctuation(c byte) bool {
	return c > ' ' && c < 0x7f && !('0' <= c && c <= '9') && !('A' <= c && c <= 'Z') && !('a' <= c && c <= 'z')
}

// starts are what makes a line of Markdown something else than a paragraph's:
// a heading, quotation, item, rule, fence, row of a table, or a reference.
var starts = regexp.MustCompile(`^(#{1,6}( |$)|>|[-+*]( |$)|[-*_= ]+$|~~~|[-:| ]+$|\[.*\]:)`)

var numbers = regexp.MustCompile(`^\d{1,9}([.)])( |$)`)

// escapeStart does the same for the beginning of a line.
func escapeStart(line string) string {
	if at := numbers.FindStringSubmatchIndex(line); at != nil {
		return line[:at[2]] + `\` + line[at[2]:]
	}
	if starts.MatchString(line) {
		return `\` + line
	}
	return line
}
