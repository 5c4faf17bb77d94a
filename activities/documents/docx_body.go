package documents

import (
	"encoding/xml"
	"strings"
	"unicode/utf8"
)

// maxBoldHeading is how long a line in bold type may be to be a heading.
const maxBoldHeading = 80

// docxReader turns the body of a Word document into Markdown.
type docxReader struct {
	out       composer
	styles    docxStyles
	numbering docxNumbering
	links     map[string]string
	counters  map[string]*[docxLevels]int // Of numbered lists.
	pictures  int
	said      int // Bytes of text so far.

	skipping   int // Depth within what isn't text.
	paragraphs []*docxParagraph
	hidden     bool // The run in progress isn't shown or is crossed out.
	bold       bool
	table      docxTable
}

// docxParagraph is an open paragraph; text boxes hold paragraphs within one.
type docxParagraph struct {
	text        strings.Builder
	style       string
	outline     string
	list, level string
	url         string
	label       int // Where the label of the link begins.
	plain       int // Characters that aren't bold.
}

// docxTable is the open table. What is within its cells is the cells' text.
type docxTable struct {
	depth  int
	rows   [][]string
	row    []string
	cell   strings.Builder
	headed bool
}

// docxSkipped are elements that aren't what the document says now: what was
// deleted or moved away, codes of fields, and doubles for older programs.
var docxSkipped = map[string]bool{
	"del": true, "moveFrom": true, "delText": true, "instrText": true, "delInstrText": true, "Fallback": true,
	"sectPr": true, "tblGrid": true, "object": true, "rubyPr": true, "rt": true, "sdtPr": true, "annotation": true,
	"pPrChange": true, "rPrChange": true, "tblPrChange": true, "trPrChange": true, "tcPrChange": true, "numberingChange": true,
}

// token handles a token of the body.
func (r *docxReader) token(t xml.Token, c *xmlCursor) error {
	switch t := t.(type) {
	case xml.StartElement:
		if r.skipping > 0 || docxSkipped[t.Name.Local] {
			r.skipping++
			return nil
		}
		if isWord(t.Name) {
			r.start(t, c)
		}
	case xml.EndElement:
		if r.skipping > 0 {
			r.skipping--
			return nil
		}
		if isWord(t.Name) {
			r.end(t.Name.Local)
		}
	case xml.CharData:
		if r.skipping == 0 && len(c.path) > 0 && c.path[len(c.path)-1] == "t" {
			r.characters(string(t))
		}
	}
	if r.out.full() || r.said > maxRun {
		return tooLong()
	}
	return nil
}

// isWord tells that an element is the text's: charts and drawings have
// paragraphs and tables of their own.
func isWord(name xml.Name) bool { return strings.Contains(name.Space, "wordprocessingml") }

// paragraph returns the innermost open paragraph.
func (r *docxReader) paragraph() *docxParagraph {
	if len(r.paragraphs) == 0 {
		return nil
	}
	return r.paragraphs[len(r.paragraphs)-1]
}

func (r *docxReader) characters(text string) {
	p := r.paragraph()
	if p == nil || r.hidden {
		return
	}
	p.text.WriteString(text)
	r.said += len(text)
	if !r.bold {
		p.plain += len(strings.TrimSpace(text))
	}
}

func (r *docxReader) start(e xml.StartElement, c *xmlCursor) {
	switch e.Name.Local {
	case "p":
		r.paragraphs = append(r.paragraphs, &docxParagraph{})
	case "tbl", "tr", "tblHeader", "tblLook":
		r.startTable(e)
	case "drawing", "pict":
		r.pictures++
	case "r":
		r.hidden, r.bold = false, false
	}
	if p := r.paragraph(); p != nil {
		r.property(p, e, c)
		r.within(p, e, c)
	}
}

// property notes what the style of a paragraph or run is.
func (r *docxReader) property(p *docxParagraph, e xml.StartElement, c *xmlCursor) {
	value := attribute(e, "val")
	switch e.Name.Local {
	case "pStyle":
		p.style = value
	case "outlineLvl":
		p.outline = value
	case "numId":
		p.list = value
	case "ilvl":
		p.level = value
	case "vanish", "strike", "dstrike":
		// The mark of the paragraph has properties like those of a run.
		r.hidden = r.hidden || c.parent(1) == "r" && isOn(value)
	case "b":
		r.bold = r.bold || c.parent(1) == "r" && isOn(value)
	}
}

// within adds what is neither text nor style.
func (r *docxReader) within(p *docxParagraph, e xml.StartElement, c *xmlCursor) {
	switch e.Name.Local {
	case "tab":
		if c.parent(0) == "r" {
			r.characters(" ")
		}
	case "br", "cr":
		r.characters("\n")
	case "noBreakHyphen":
		r.characters("-")
	case "hyperlink":
		p.url, p.label = r.links[attribute(e, "id")], p.text.Len()
	}
}

// isOn reads a property that is on unless it says otherwise.
func isOn(value string) bool { return value != "0" && value != "false" && value != "off" }

func (r *docxReader) end(name string) {
	switch name {
	case "p":
		if p := r.paragraph(); p != nil {
			r.paragraphs = r.paragraphs[:len(r.paragraphs)-1]
			r.write(p)
		}
	case "hyperlink":
		if p := r.paragraph(); p != nil && p.url != "" && p.label <= p.text.Len() {
			if label := clean(p.text.String()[p.label:]); label != "" && label != p.url {
				p.text.WriteString(" (" + p.url + ")")
			}
			p.url = ""
		}
	case "tc", "tr", "tbl":
		r.endTable(name)
	}
}

// write writes a paragraph as what its style makes it.
func (r *docxReader) write(p *docxParagraph) {
	text := p.text.String()
	if strings.TrimSpace(text) == "" {
		return
	}
	style := r.styles.resolve(p.style)
	switch {
	case r.table.depth > 0:
		r.table.cell.WriteString(" " + text)
	case style.contents:
	case p.heading(style) > 0:
		r.out.heading(p.heading(style), text)
	case p.listed(style) != "":
		depth := docxLevel(p.level)
		r.out.item(depth, r.count(p.listed(style), depth), text)
	case p.plain == 0 && utf8.RuneCountInString(text) <= maxBoldHeading && !endOfPhrase.MatchString(strings.TrimSpace(text)):
		// Many people make headings of bold type.
		r.out.heading(6, text)
	default:
		r.out.paragraph(text)
	}
}

func (r *docxReader) startTable(e xml.StartElement) {
	t := &r.table
	switch name := e.Name.Local; {
	case name == "tbl":
		if t.depth++; t.depth == 1 {
			*t = docxTable{depth: 1}
		}
	case t.depth != 1:
	case name == "tblHeader" && len(t.rows) == 0, name == "tblLook" && isFirstRow(e):
		t.headed = true
	}
}

// isFirstRow tells that a table's first row looks different from others.
func isFirstRow(e xml.StartElement) bool {
	if value := attribute(e, "firstRow"); value != "" {
		return isOn(value)
	}
	value := attribute(e, "val")
	return len(value) == 4 && strings.ContainsAny(value[2:3], "2367aAbBeEfF")
}

func (r *docxReader) endTable(name string) {
	t := &r.table
	switch {
	case t.depth > 1 && name == "tbl":
		t.depth--
	case t.depth != 1:
	case name == "tc":
		if len(t.row) < maxTag { // Nobody made more cells by hand.
			t.row = append(t.row, clean(t.cell.String()))
		}
		t.cell.Reset()
	case name == "tr":
		if filled(t.row) > 0 {
			t.rows = append(t.rows, t.row)
		}
		t.row = nil
	case name == "tbl":
		t.depth = 0
		r.out.table(t.rows, t.headed || len(t.rows) > 2 && len(t.rows[0]) > 2)
		t.rows = nil
	}
}
