package documents

import (
	"bytes"
	"path"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	goldmark "github.com/yuin/goldmark/text"

	"kedai/models"
)

var markdown = newParser()

// ReadMarkdown reads a Markdown text. Its title is its first heading, or else
// name without its extension. The same text always gives the same document.
//
// A text that is empty or isn't UTF-8 is a models.Error of CodeInvalid, one
// over 2,000,000 characters of CodeTooLarge.
func ReadMarkdown(name string, body []byte) (Document, error) {
	switch {
	case len(body) > MaxBytes:
		return Document{}, tooLong()
	case !utf8.Valid(body):
		return Document{}, models.Errorf(models.CodeInvalid, "The document isn't UTF-8: save it as UTF-8.")
	case bytes.IndexByte(body, 0) >= 0:
		return Document{}, models.Errorf(models.CodeInvalid, "The document contains a zero byte: it isn't a text.")
	}
	text, err := normalize(string(body))
	if err != nil {
		return Document{}, err
	}
	return parse(name, FormatMarkdown, text)
}

// normalize returns a Markdown text with unified line ends, without byte order
// mark and front matter.
func normalize(text string) (string, error) {
	text = strings.TrimPrefix(text, "\ufeff")
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	if rest, found := strings.CutPrefix(text, "---\n"); found {
		if _, after, closed := strings.Cut(rest, "\n---\n"); closed {
			text = after
		}
	}
	if strings.TrimSpace(text) == "" {
		return "", models.Errorf(models.CodeInvalid, "The document is empty.")
	}
	return strings.Trim(text, "\n"), nil
}

// parse cuts a Markdown text, which every format was turned into.
func parse(name string, format Format, text string) (Document, error) {
	if utf8.RuneCountInString(text) > maxText || strings.Count(text, "\n") >= maxTextLines {
		return Document{}, tooLong()
	}
	r := &markdownReader{source: []byte(text)}
	root := markdown.Parse(goldmark.NewReader(r.source))
	title := r.title(root)
	if title == "" {
		title = titleOf(name)
	}
	r.outline = newOutline(title)
	r.blocks(root, 0)
	passages := r.outline.finish()
	switch {
	case len(passages) == 0:
		return Document{}, models.Errorf(models.CodeInvalid, "The document has no text below its title.")
	case len(passages) > maxPassages:
		return Document{}, models.Errorf(models.CodeTooLarge, "The document has more than %d sections: split it.", maxPassages)
	}
	return Document{Title: title, Format: format, Text: text, Passages: passages}, nil
}

// titleOf returns a title where the text has none.
func titleOf(name string) string {
	name = path.Base(name)
	title := oneLine(name[:len(name)-len(extensionOf(name))])
	if title == "" {
		title = oneLine(name)
	}
	return shorten(title, maxTitle)
}

// markdownReader turns the tree of a Markdown text into an outline.
type markdownReader struct {
	source  []byte
	outline *outline
}

// title returns the text of the first heading.
func (r *markdownReader) title(root ast.Node) string {
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		if heading, ok := n.(*ast.Heading); ok {
			if title := r.heading(heading); title != "" {
				return title
			}
		}
	}
	return ""
}

func (r *markdownReader) heading(n *ast.Heading) string {
	w := inlineWriter{source: r.source, bare: true}
	w.children(n)
	return shorten(oneLine(w.String()), maxHeading)
}

// blocks adds the blocks within n.
func (r *markdownReader) blocks(n ast.Node, depth int) {
	if depth > maxDepth {
		return
	}
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		r.block(child, depth)
	}
}

func (r *markdownReader) block(n ast.Node, depth int) {
	switch n := n.(type) {
	case *ast.Heading:
		// A heading within a quotation or an item is part of the text.
		if title := r.heading(n); depth == 0 {
			r.outline.heading(n.Level, title)
		} else {
			r.outline.paragraph(title)
		}
	case *ast.Paragraph, *ast.TextBlock:
		r.outline.paragraph(r.inline(n))
	case *ast.List:
		r.list(n, "", r.outline.introduction(), depth)
	case *extast.Table:
		r.table(n)
	case *ast.FencedCodeBlock, *ast.CodeBlock:
		r.outline.paragraph(strings.TrimRight(r.lines(n), "\n"))
	case *ast.HTMLBlock:
		r.outline.paragraph(textOfHTML(r.lines(n)))
	default:
		r.blocks(n, depth+1)
	}
}

// list adds each item as a line, items within items indented.
func (r *markdownReader) list(list *ast.List, indent, lead string, depth int) {
	if depth > maxDepth {
		return
	}
	number := list.Start
	for item := list.FirstChild(); item != nil; item = item.NextSibling() {
		mark := indent + "- "
		if list.IsOrdered() {
			mark = indent + strconv.Itoa(number) + ". "
			number++
		}
		var own []string
		var lists []*ast.List
		for child := item.FirstChild(); child != nil; child = child.NextSibling() {
			if inner, ok := child.(*ast.List); ok {
				lists = append(lists, inner)
			} else if part := oneLine(r.flat(child, depth+1)); part != "" {
				own = append(own, part)
			}
		}
		line := ""
		if len(own) > 0 {
			line = mark + strings.Join(own, " ")
			r.outline.line(line, lead)
		}
		for _, inner := range lists {
			r.list(inner, indent+"  ", line, depth+1)
		}
	}
}

// flat returns the text of a block within an item.
func (r *markdownReader) flat(n ast.Node, depth int) string {
	switch n := n.(type) {
	case *ast.Paragraph, *ast.TextBlock, *ast.Heading:
		return r.inline(n)
	case *ast.FencedCodeBlock, *ast.CodeBlock:
		return r.lines(n)
	case *ast.HTMLBlock:
		return textOfHTML(r.lines(n))
	}
	if depth > maxDepth {
		return ""
	}
	var parts []string
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		parts = append(parts, r.flat(child, depth+1))
	}
	return strings.Join(parts, " ")
}

// table adds each row as a line; the head goes before the rows of each passage.
func (r *markdownReader) table(table *extast.Table) {
	head := ""
	for row := table.FirstChild(); row != nil; row = row.NextSibling() {
		var cells []string
		for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
			cells = append(cells, oneLine(r.inline(cell)))
		}
		line := strings.Join(cells[:filled(cells)], " | ")
		if line == "" {
			continue
		}
		r.outline.line(line, head)
		if row.Kind() == extast.KindTableHeader {
			head = line
		}
	}
}

func (r *markdownReader) inline(n ast.Node) string {
	w := inlineWriter{source: r.source}
	w.children(n)
	return w.String()
}

// lines returns the raw lines of a block of code or HTML.
func (r *markdownReader) lines(n ast.Node) string {
	var raw strings.Builder
	for i := range n.Lines().Len() {
		segment := n.Lines().At(i)
		raw.Write(segment.Value(r.source))
	}
	if block, ok := n.(*ast.HTMLBlock); ok && block.HasClosure() {
		raw.Write(block.ClosureLine.Value(r.source))
	}
	return raw.String()
}
