package documents

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// largerHeading is how much larger than the text the type of a heading is.
	largerHeading = 1.15
	// looser is how much more than the usual distance parts two paragraphs.
	looser = 1.25
	// sameIndent is how far, in points, lines that begin together differ.
	sameIndent = 3
)

// pageNumber is a line that only numbers its page.
var pageNumber = regexp.MustCompile(`(?i)^[-–— ]*(page|p\.|página|pág\.|стр\.|страница)?\s*\d{1,4}(\s*(/|of|de|из)\s*\d{1,4})?[-–— ]*$`)

// pdfLayout turns lines into what they were set as. PDFs hold places of
// letters and no paragraphs.
type pdfLayout struct {
	out     composer
	body    float64   // The size of most of the text.
	leading float64   // The usual distance of two lines, in sizes.
	sizes   []float64 // Of headings, the largest first.
	indents []float64 // Of the open lists.
	texts   int       // Blocks that aren't headings.
	plain   bool      // There are no headings.
}

// layOut writes the lines of all pages. Where all of them look like headings,
// as on a poster, none is.
func layOut(pages [][]pdfLine) (string, error) {
	lines := withoutFrames(pages)
	l := &pdfLayout{}
	l.measure(lines)
	l.write(lines)
	if l.texts == 0 && l.out.empty() { // The frame is all there is.
		lines = slices.Concat(pages...)
	}
	if l.texts == 0 {
		l = &pdfLayout{leading: l.leading, plain: true}
		l.write(lines)
	}
	return l.out.text()
}

func (l *pdfLayout) write(lines []pdfLine) {
	for len(lines) > 0 && !l.out.full() {
		level := l.headingLevel(lines)
		if level == 0 {
			l.texts++
		}
		lines = lines[l.block(lines, level):]
	}
}

// withoutFrames joins the pages without the lines that most of them repeat at
// their top and bottom, and without their numbers.
func withoutFrames(pages [][]pdfLine) []pdfLine {
	const edge = 2
	digits := regexp.MustCompile(`\d+`)
	isEdge := func(page []pdfLine, i int) bool { return i < edge || i >= len(page)-edge }
	key := func(line pdfLine) string { return digits.ReplaceAllString(line.text, "#") }
	seen := map[string]int{}
	for _, page := range pages {
		once := map[string]bool{}
		for i, line := range page {
			if !isEdge(page, i) {
				continue
			}
			if k := key(line); !once[k] {
				once[k] = true
				seen[k]++
			}
		}
	}
	var lines []pdfLine
	for _, page := range pages {
		for i, line := range page {
			repeated := len(pages) > 2 && isEdge(page, i) && seen[key(line)] > len(pages)/2
			numbered := len(pages) > 1 && (i == 0 || i == len(page)-1) && pageNumber.MatchString(line.text)
			if !repeated && !numbered {
				lines = append(lines, line)
			}
		}
	}
	return lines
}

// measure finds what is usual in the document.
func (l *pdfLayout) measure(lines []pdfLine) {
	weights := map[float64]int{}
	for _, line := range lines {
		weights[line.size] += len(line.text)
	}
	for size, weight := range weights {
		if weight > weights[l.body] || weight == weights[l.body] && size < l.body {
			l.body = size
		}
	}
	distances := map[float64]int{}
	for i := 1; i < len(lines); i++ {
		if d := distance(lines[i-1], lines[i]); lines[i].size == l.body && d > 0.5 && d < 2.5 {
			distances[math.Round(d*20)/20]++
		}
	}
	l.leading = 1.2
	most := 0
	for d, n := range distances {
		if n > most || n == most && d < l.leading {
			l.leading, most = d, n
		}
	}
	for size := range weights {
		if l.body > 0 && size >= l.body*largerHeading {
			l.sizes = append(l.sizes, size)
		}
	}
	slices.SortFunc(l.sizes, func(a, b float64) int { return cmp.Compare(b, a) })
}

// distance returns how far a line is below another, in sizes of its type.
func distance(above, below pdfLine) float64 {
	if below.size <= 0 {
		return 1
	}
	return (above.y - below.y) / below.size
}

// block writes the block that lines begin with and returns its length.
func (l *pdfLayout) block(lines []pdfLine, level int) int {
	first := lines[0]
	if level > 0 {
		n := 1
		for n < len(lines) && lines[n].size == first.size && lines[n].bold == first.bold && l.near(lines[n-1], lines[n], 1.6) && level < 6 {
			n++
		}
		l.indents = nil
		l.out.heading(level, joinLines(lines[:n], true))
		return n
	}
	if strings.Contains(first.text, "\t") {
		return l.table(lines)
	}
	if _, number, text, ok := plainItem(bullet(first.text)); ok {
		n := l.paragraphEnd(lines, func(line pdfLine) bool { return line.x > first.x+sameIndent })
		rest := slices.Clone(lines[:n])
		rest[0].text = text
		l.out.item(l.depth(first.x), number, joinLines(rest, true))
		return n
	}
	n := l.paragraphEnd(lines, func(pdfLine) bool { return true })
	l.indents = nil
	l.out.paragraph(joinLines(lines[:n], false))
	return n
}

// headingLevel returns the level of the heading that lines begin with, or 0.
func (l *pdfLayout) headingLevel(lines []pdfLine) int {
	line := lines[0]
	if l.plain || utf8.RuneCountInString(line.text) > maxHeading || !strings.ContainsFunc(line.text, unicode.IsLetter) || strings.Contains(line.text, "\t") {
		return 0
	}
	if i := slices.Index(l.sizes, line.size); i >= 0 {
		return min(i+1, 5)
	}
	_, _, _, item := plainItem(bullet(line.text))
	alone := len(lines) > 1 && !lines[1].bold
	if line.bold && alone && !item && utf8.RuneCountInString(line.text) <= maxBoldHeading && !endOfPhrase.MatchString(line.text) {
		return 6
	}
	return 0
}

// paragraphEnd returns how many lines belong to the paragraph or item that
// they begin with.
func (l *pdfLayout) paragraphEnd(lines []pdfLine, belongs func(pdfLine) bool) int {
	n := 1
	for ; n < len(lines); n++ {
		above, line := lines[n-1], lines[n]
		_, _, _, item := plainItem(bullet(line.text))
		if item || strings.Contains(line.text, "\t") || line.size != above.size || line.bold != above.bold || !belongs(line) {
			break
		}
		if line.y > above.y || line.page != above.page { // The next column or page.
			if endOfPhrase.MatchString(above.text) || !startsLower(line.text) {
				break
			}
		} else if !l.near(above, line, l.leading*looser) {
			break
		}
	}
	return n
}

// near tells that a line follows another at a distance of at most so many sizes.
func (l *pdfLayout) near(above, below pdfLine, sizes float64) bool {
	if above.page != below.page {
		return false
	}
	d := distance(above, below)
	return d >= 0 && d <= sizes
}

func startsLower(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.IsLower(r)
}

// table writes rows as long as lines have cells.
func (l *pdfLayout) table(lines []pdfLine) int {
	n := 0
	var rows [][]string
	for n < len(lines) && strings.Contains(lines[n].text, "\t") && (n == 0 || l.near(lines[n-1], lines[n], 4)) {
		rows = append(rows, strings.Split(lines[n].text, "\t"))
		n++
	}
	l.indents = nil
	if len(rows) == 1 {
		l.out.paragraph(strings.Join(rows[0], " | "))
		return n
	}
	l.out.table(rows, len(rows[0]) > 2 || lines[0].bold && !lines[1].bold)
	return n
}

// depth returns the depth of an item by where it begins.
func (l *pdfLayout) depth(x float64) int {
	for len(l.indents) > 0 && x < l.indents[len(l.indents)-1]-sameIndent {
		l.indents = l.indents[:len(l.indents)-1]
	}
	if n := len(l.indents); n == 0 || x > l.indents[n-1]+sameIndent && n < maxItemDepth {
		l.indents = append(l.indents, x)
	}
	return len(l.indents) - 1
}

var symbols = strings.NewReplacer("\uf0b7", "•", "\uf0a7", "•", "\uf076", "•", "\uf0d8", "•", "\uf0fc", "•")

// bullet gives the bullets of fonts of symbols their usual form.
func bullet(text string) string {
	return symbols.Replace(text)
}

// wrappedPDF is that of columns and of letters of different widths, so that a
// line may have fewer than another and still be full.
var wrappedPDF = wrapping{36, 0.75}

// joinLines joins lines, of a paragraph by whether they were wrapped.
func joinLines(lines []pdfLine, all bool) string {
	texts := make([]string, len(lines))
	for i, line := range lines {
		texts[i] = strings.ReplaceAll(line.text, "\t", " ")
	}
	if all {
		return unhyphen(strings.Join(texts, " "))
	}
	return unhyphen(wrappedPDF.join(texts))
}

var hyphens = regexp.MustCompile(`[\x02\x{fffe}\x{00ad}][ \n]?`)

// unhyphen joins words that were parted at the ends of lines.
func unhyphen(text string) string { return hyphens.ReplaceAllString(text, "") }
