package documents

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/atom"
)

// htmlList is an open list.
type htmlList struct {
	next  int  // The number of the next item, or 0.
	item  bool // An item is in progress.
	told  bool // And its beginning was written.
	plain bool // Its items are sections of the page rather than lines.
}

// htmlTable is an open table.
type htmlTable struct {
	rows   [][]string
	row    []string
	heads  int // Cells of the row that name something.
	headed bool
	cell   bool
	layout bool // It only places the parts of the page.
}

// begin begins what an element stands for.
func (r *htmlReader) begin(tag htmlTag) {
	switch tag.name {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		r.section()
		r.heading = int(tag.name.String()[1] - '0')
	case atom.Ul, atom.Ol:
		r.list(tag)
	case atom.Li:
		r.boundary()
		if n := len(r.lists); n > 0 && !r.inCell() {
			r.lists[n-1].item, r.lists[n-1].told = true, false
		}
	case atom.Table:
		r.section()
		r.tables = append(r.tables, &htmlTable{layout: tag.role == "presentation" || tag.role == "none"})
	case atom.Td, atom.Th:
		r.boundary()
		if t := r.table(); t != nil {
			t.cell = true
			if tag.name == atom.Th {
				t.heads++
			}
		}
	default:
		r.boundary()
	}
}

// finish ends what an element stands for.
func (r *htmlReader) finish(name atom.Atom) {
	switch name {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		r.endHeading()
	case atom.Ul, atom.Ol:
		r.boundary()
		if n := len(r.lists); n > 0 && !r.inCell() {
			r.lists = r.lists[:n-1]
		}
	case atom.Li:
		r.endItem()
		if n := len(r.lists); n > 0 && !r.inCell() {
			r.lists[n-1].item = false
		}
	case atom.Dt, atom.Summary:
		// What explains it belongs to the same paragraph.
		if !r.inCell() && !r.inItem() {
			r.text.WriteByte('\n')
			r.term = r.text.Len()
		}
	case atom.Td, atom.Th, atom.Tr, atom.Table:
		r.endOfTable(name)
	case atom.Dl, atom.Details:
		r.term = 0
		r.boundary()
	default:
		r.boundary()
	}
}

func (r *htmlReader) table() *htmlTable {
	if len(r.tables) == 0 {
		return nil
	}
	return r.tables[len(r.tables)-1]
}

// inCell tells that the text in progress is a cell's.
func (r *htmlReader) inCell() bool {
	t := r.table()
	return t != nil && t.cell && !t.layout
}

// inItem tells that the text in progress is an item's.
func (r *htmlReader) inItem() bool {
	n := len(r.lists)
	return n > 0 && r.lists[n-1].item && !r.lists[n-1].plain
}

// take returns the text in progress and begins another.
func (r *htmlReader) take() string {
	text := r.text.String()
	r.text.Reset()
	r.term = 0
	r.link.url = ""
	if strings.TrimSpace(text) == "" {
		return ""
	}
	r.said += utf8.RuneCountInString(text)
	return text
}

// boundary ends a paragraph; within what is one line it is a space.
func (r *htmlReader) boundary() {
	switch {
	case r.inCell(), r.inItem(), r.heading > 0:
		r.text.WriteByte(' ')
	case r.term > 0 && strings.TrimSpace(r.text.String()[r.term:]) == "":
	default:
		r.out.paragraph(r.take())
	}
}

// section begins what can't be within a line: lists and tables that hold such
// are the page's layout.
func (r *htmlReader) section() {
	if r.heading > 0 {
		r.endHeading()
	}
	if r.inCell() {
		t := r.table()
		cell := r.take()
		r.out.table(append(t.rows, t.row), t.headed)
		t.rows, t.row, t.layout = nil, nil, true
		r.out.paragraph(cell)
	}
	if r.inItem() {
		r.endItem()
	}
	for i := range r.lists {
		r.lists[i].plain = true
	}
	r.term = 0
	r.boundary()
}

// list begins a list.
func (r *htmlReader) list(tag htmlTag) {
	if r.inCell() {
		r.boundary()
		return
	}
	if r.inItem() {
		r.endItem()
	} else {
		r.boundary()
	}
	list := htmlList{}
	if tag.name == atom.Ol {
		list.next = 1
		if from, err := strconv.Atoi(tag.from); err == nil && from > 0 && from < 1_000_000 {
			list.next = from
		}
	}
	r.lists = append(r.lists, list)
}

// endHeading writes the heading in progress. The first one often says again
// what the title says.
func (r *htmlReader) endHeading() {
	level := r.heading
	if level == 0 {
		return
	}
	r.heading = 0
	text := clean(r.take())
	if text == "" {
		return
	}
	repeated := !r.headed && len(text) <= len(r.title) && strings.EqualFold(r.title[:len(text)], text)
	r.headed = true
	if !repeated {
		r.out.heading(level, text)
	}
}

// endItem writes the item in progress, as far as it has come.
func (r *htmlReader) endItem() {
	if !r.inItem() {
		r.boundary()
		return
	}
	text := r.take()
	if text == "" {
		return
	}
	depth := -1
	for _, list := range r.lists {
		if !list.plain {
			depth++
		}
	}
	list := &r.lists[len(r.lists)-1]
	if list.told {
		r.out.paragraph(spaced.Replace(text))
		return
	}
	list.told = true
	r.out.item(depth, list.next, text)
	if list.next > 0 {
		list.next++
	}
}

// endOfTable ends a cell, a row or a table.
func (r *htmlReader) endOfTable(name atom.Atom) {
	t := r.table()
	switch {
	case t == nil:
		r.boundary()
	case t.layout:
		r.boundary()
		t.cell = false
	case t.cell:
		t.row = append(t.row, clean(r.take()))
		t.cell = false
	}
	if t == nil {
		return
	}
	if name == atom.Tr || name == atom.Table {
		if filled(t.row) > 0 {
			if len(t.rows) == 0 {
				t.headed = r.count[atom.Thead] > 0 || t.heads == len(t.row)
			}
			t.rows = append(t.rows, t.row)
		}
		t.row, t.heads = nil, 0
	}
	if name == atom.Table {
		r.out.table(t.rows, t.headed)
		r.tables = r.tables[:len(r.tables)-1]
	}
}
