package documents

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// maxItemDepth is how deep lists are kept as such.
const maxItemDepth = 6

// composer writes what the reader of a format finds as Markdown. All formats
// go through it, so that an admin sees and edits one sort of text, and the
// passages are cut from what is seen.
type composer struct {
	out   strings.Builder
	chars int
	lines int
	lists []listLevel // The open list and those around it; empty outside.
}

// listLevel is a list that the next item may belong to.
type listLevel struct {
	indent    int  // Where the text of its items begins.
	next      int  // The number of its next item, 0 in a list without numbers.
	delimiter byte // What follows the numbers: another one begins another list.
}

// full tells that the text is as long as it may be. Readers stop then.
func (c *composer) full() bool { return c.chars > maxText || c.lines > maxTextLines }

// text returns the Markdown.
func (c *composer) text() (string, error) {
	if c.full() {
		return "", tooLong()
	}
	return c.out.String(), nil
}

// empty tells that nothing was written.
func (c *composer) empty() bool { return c.out.Len() == 0 }

// block writes a block that stands by itself.
func (c *composer) block(lines ...string) {
	c.lists = c.lists[:0]
	if c.out.Len() > 0 {
		c.out.WriteString("\n\n")
		c.lines++
	}
	for i, line := range lines {
		if i > 0 {
			c.out.WriteByte('\n')
		}
		c.write(line)
	}
}

func (c *composer) write(line string) {
	c.out.WriteString(line)
	c.chars += utf8.RuneCountInString(line)
	c.lines++
}

// heading writes a heading. One too long to be shown above a passage is text.
func (c *composer) heading(level int, text string) {
	text = clean(text)
	if utf8.RuneCountInString(text) > maxHeading {
		c.paragraph(text)
		return
	}
	if text == "" {
		return
	}
	text = escape(text)
	if end := strings.TrimRight(text, "#"); end != text { // Would close the heading and vanish.
		text = end + `\` + text[len(end):]
	}
	c.block(strings.Repeat("#", min(max(level, 1), 6)) + " " + text)
}

// paragraph writes a paragraph whose lines stay lines.
func (c *composer) paragraph(text string) {
	var lines []string
	for line := range strings.SplitSeq(text, "\n") {
		if line = clean(line); line != "" {
			lines = append(lines, escapeStart(escape(line)))
		}
	}
	for i := range len(lines) - 1 {
		lines[i] += "  " // Markdown's mark of a line that ends here.
	}
	if len(lines) > 0 {
		c.block(lines...)
	}
}

// item writes an item of a list at a depth; number is 0 in a list without.
func (c *composer) item(depth, number int, text string) {
	text = clean(text)
	if text == "" {
		return
	}
	depth = min(max(depth, 0), len(c.lists), maxItemDepth)
	numbered := number > 0
	if depth < len(c.lists) {
		c.lists = c.lists[:depth+1]
		level := &c.lists[depth]
		another := numbered != (level.next > 0) || numbered && level.next != number
		switch {
		case another && level.next > 0 && numbered:
			// Its mark must differ, or the list above would go on counting.
			level.delimiter = other(level.delimiter)
		case another:
			level.delimiter, level.next = '.', 0
		}
		if another && depth == 0 {
			c.out.WriteByte('\n')
			c.lines++
		}
		c.out.WriteByte('\n')
	} else {
		if depth == 0 {
			c.block()
		} else {
			c.out.WriteByte('\n')
		}
		c.lists = append(c.lists, listLevel{delimiter: '.'})
	}
	level := &c.lists[depth]
	mark := "- "
	if numbered {
		mark = strconv.Itoa(number) + string(level.delimiter) + " "
		level.next = number + 1
	}
	outer := 0
	if depth > 0 {
		outer = c.lists[depth-1].indent
	}
	level.indent = outer + len(mark)
	c.write(strings.Repeat(" ", outer) + mark + escapeStart(escape(text)))
}

func other(delimiter byte) byte {
	if delimiter == '.' {
		return ')'
	}
	return '.'
}

// table writes rows. headed tells that the first one names the columns, so
// that each passage repeats it. What has one column, or too many to be one, is
// written as paragraphs.
func (c *composer) table(rows [][]string, headed bool) {
	width := 0
	for _, row := range rows {
		width = max(width, filled(row))
	}
	if width < 2 || width > maxColumns || width*(len(rows)+1) > maxCells {
		for _, row := range rows {
			if c.full() {
				return
			}
			c.paragraph(strings.Join(row[:filled(row)], " | "))
		}
		return
	}
	if !headed {
		rows = append([][]string{nil}, rows...)
	}
	var lines []string
	for i, row := range rows {
		cells := make([]string, width)
		for j := range cells {
			if j < len(row) {
				cells[j] = strings.ReplaceAll(escape(clean(row[j])), "|", `\|`)
			}
		}
		lines = append(lines, "| "+strings.Join(cells, " | ")+" |")
		if i == 0 {
			lines = append(lines, strings.Repeat("|---", width)+"|")
		}
	}
	c.block(lines...)
}

// filled returns how many cells a row has up to the last that isn't empty.
func filled(row []string) int {
	n := len(row)
	for n > 0 && strings.TrimSpace(row[n-1]) == "" {
		n--
	}
	return n
}
