package documents

import (
	"math"
	"regexp"
	"strings"
	"unicode/utf16"

	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
)

const (
	// maxGaps is how many gaps between words are measured: each costs some ten
	// microseconds. In long documents those of short lines come first, since a
	// row of a table is seldom a long one.
	maxGaps      = 50_000
	maxLongGaps  = 10_000
	maxShortLine = 75
	// minGap is how wide, in sizes of the type, what parts two cells is.
	// Justified lines have gaps of one size.
	minGap = 1.4
)

var boldFont = regexp.MustCompile(`(?i)bold|black|heavy|semibold|demi`)

// pdfLine is a line of a page.
type pdfLine struct {
	text string // Its cells are parted by tabs.
	x, y float64
	page int
	size float64 // Of the type, in points.
	bold bool
}

// page returns the lines of a page.
func (r *pdfReader) page(number int) ([]pdfLine, error) {
	page := requests.Page{ByIndex: &requests.PageByIndex{Document: r.document, Index: number}}
	loaded, err := r.engine.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: page})
	if err != nil {
		return nil, err
	}
	count, err := r.engine.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: loaded.TextPage})
	if err != nil {
		return nil, err
	}
	if count.Count > maxText {
		return nil, tooLong()
	}
	text, err := r.engine.FPDFText_GetText(&requests.FPDFText_GetText{TextPage: loaded.TextPage, Count: count.Count})
	if err != nil {
		return nil, err
	}
	var lines []pdfLine
	at := 0 // In the units that the engine counts.
	for part := range strings.SplitAfterSeq(text.Text, "\n") {
		words := strings.Trim(part, " \r\n\x00")
		from := at + strings.Index(part, words)
		if r.chars += len(words); r.chars > maxRun {
			return nil, tooLong()
		}
		for words != "" {
			line, n := r.line(loaded.TextPage, words, from)
			line.page = number
			lines = append(lines, line)
			from += units(words[:n])
			words = words[n:]
		}
		at += units(part)
	}
	_, err = r.engine.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: loaded.TextPage})
	return lines, err
}

// units returns the length of a text as the engine counts.
func units(text string) int { return len(utf16.Encode([]rune(text))) }

// line measures a line that begins at a place in the page's text, and returns
// how much of the text it is. What can't be measured is zero, and the line a
// line of text like any.
func (r *pdfReader) line(page references.FPDF_TEXTPAGE, text string, at int) (pdfLine, int) {
	line := pdfLine{text: text}
	index, err := r.engine.FPDFText_GetCharIndexFromTextIndex(&requests.FPDFText_GetCharIndexFromTextIndex{TextPage: page, NTextIndex: at})
	if err != nil {
		return line, len(text)
	}
	char := index.CharIndex
	if box, err := r.engine.FPDFText_GetLooseCharBox(&requests.FPDFText_GetLooseCharBox{TextPage: page, Index: char}); err == nil {
		line.x, line.y = float64(box.Rect.Left), float64(box.Rect.Bottom)
	}
	if size, err := r.engine.FPDFText_GetFontSize(&requests.FPDFText_GetFontSize{TextPage: page, Index: char}); err == nil {
		line.size = size.FontSize
	}
	// Many programs set type of size 1 and scale it.
	if m, err := r.engine.FPDFText_GetMatrix(&requests.FPDFText_GetMatrix{TextPage: page, Index: char}); err == nil {
		line.size *= math.Hypot(float64(m.Matrix.C), float64(m.Matrix.D))
	}
	if line.size = math.Round(line.size*2) / 2; !(line.size > 0 && line.size < 1000) { // Not a number, too.
		line.size = 0
	}
	if font, err := r.engine.FPDFText_GetFontInfo(&requests.FPDFText_GetFontInfo{TextPage: page, Index: char}); err == nil {
		line.bold = boldFont.MatchString(font.FontName)
	}
	n := len(text)
	if line.size > 0 {
		line.text, n = r.cells(page, text, char, line.size)
	}
	return line, n
}

// cells puts tabs where the gap between two words is that of a table, and
// returns where the line really ends: the engine takes short rows for one.
func (r *pdfReader) cells(page references.FPDF_TEXTPAGE, text string, char int, size float64) (string, int) {
	var out strings.Builder
	most := maxGaps
	if len(text) > maxShortLine {
		most = maxLongGaps
	}
	i := 0 // As the engine counts.
	for n, c := range text {
		gap := pdfGap{}
		if c == ' ' && n > 0 && text[n-1] != ' ' && r.gaps < most {
			r.gaps++
			spaces := len(text[n:]) - len(strings.TrimLeft(text[n:], " "))
			gap = r.gap(page, char+i-1, char+i+spaces)
			if gap.below {
				return out.String(), n + spaces
			}
		}
		if gap.width > minGap*size {
			out.WriteByte('\t')
		} else {
			out.WriteRune(c)
		}
		i += utf16.RuneLen(c)
	}
	return out.String(), len(text)
}

// pdfGap is how a character lies to another.
type pdfGap struct {
	width float64
	below bool // On another line.
}

// gap measures the distance between two characters.
func (r *pdfReader) gap(page references.FPDF_TEXTPAGE, left, right int) pdfGap {
	a, err := r.engine.FPDFText_GetLooseCharBox(&requests.FPDFText_GetLooseCharBox{TextPage: page, Index: left})
	if err != nil {
		return pdfGap{}
	}
	b, err := r.engine.FPDFText_GetLooseCharBox(&requests.FPDFText_GetLooseCharBox{TextPage: page, Index: right})
	if err != nil {
		return pdfGap{}
	}
	from, to := a.Rect, b.Rect
	below := to.Left < from.Left && (to.Top < from.Bottom || to.Bottom > from.Top)
	return pdfGap{width: float64(to.Left - from.Right), below: below}
}

// hasPictures tells whether the first pages hold any.
func (r *pdfReader) hasPictures(pages int) bool {
	for n := range pages {
		page := requests.Page{ByIndex: &requests.PageByIndex{Document: r.document, Index: n}}
		count, err := r.engine.FPDFPage_CountObjects(&requests.FPDFPage_CountObjects{Page: page})
		if err != nil {
			return false
		}
		for i := range min(count.Count, 100) {
			object, err := r.engine.FPDFPage_GetObject(&requests.FPDFPage_GetObject{Page: page, Index: i})
			if err != nil {
				return false
			}
			kind, err := r.engine.FPDFPageObj_GetType(&requests.FPDFPageObj_GetType{PageObject: object.PageObject})
			if err == nil && (kind.Type == enums.FPDF_PAGEOBJ_IMAGE || kind.Type == enums.FPDF_PAGEOBJ_FORM) {
				return true
			}
		}
	}
	return false
}
