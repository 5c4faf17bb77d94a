// Package documents reads the text out of knowledge sources and cuts it into
// passages that are searched as one unit.
package documents

import (
	"strconv"

	"github.com/google/uuid"
)

// Format is how a source was written.
type Format string

// The formats that can be read.
const (
	FormatText     Format = "text"
	FormatMarkdown Format = "markdown"
	FormatHTML     Format = "html"
	FormatPDF      Format = "pdf"
	FormatDOCX     Format = "docx"
	FormatCSV      Format = "csv"
)

// Document is what a source says.
type Document struct {
	Title    string
	Format   Format
	Text     string    // All of it as Markdown; Read gives the same passages for it, edited or not.
	Passages []Passage // In the order of the text; at least one.
}

// Passage is a part of a document that makes sense by itself.
type Passage struct {
	Headings []string // From the document's title down to the nearest heading.
	Text     string   // Plain text; list items and table rows on lines of their own.
}

// PassageID returns the ID of a revision's n-th passage. It is the same each
// time, so that ingesting a revision again replaces its passages in the index.
func PassageID(revision uuid.UUID, n int) uuid.UUID {
	return uuid.NewSHA1(revision, []byte("passage/"+strconv.Itoa(n)))
}
