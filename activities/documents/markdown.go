package documents

import (
	"bytes"
	"path"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"

	"kedai/models"
)

const maxBytes = 1 << 20

var markdown = newParser()

// ReadMarkdown reads a Markdown text. Its title is its first heading, or else
// name without its extension. The same text always gives the same document.
//
// A text that is empty or isn't UTF-8 is a models.Error of CodeInvalid, one
// over 2 MB of CodeTooLarge.
func ReadMarkdown(name string, body []byte) (Document, error) {
	source, err := readable(body)
	if err != nil {
		return Document{}, err
	}
	root := markdown.Parse(text.NewReader(source))
	r := &markdownReader{source: source}
	title := r.title(root)
	if title == "" {
		title = strings.TrimSuffix(path.Base(name), path.Ext(name))
	}
	r.outline = newOutline(title)
	r.blocks(root, 0)
	passages := r.outline.finish()
	if len(passages) == 0 {
		return Document{}, models.Errorf(models.CodeInvalid, "The document has no text below its title.")
	}
	return Document{Title: title, Passages: passages}, nil
}

// readable returns the text with unified line ends, without byte order mark
// and front matter.
func readable(body []byte) ([]byte, error) {
	switch {
	case len(body) > maxBytes:
		return nil, models.Errorf(models.CodeTooLarge, "The document is longer than %d MB: split it.", maxBytes>>20)
	case !utf8.Valid(body):
		return nil, models.Errorf(models.CodeInvalid, "The document isn't UTF-8: save it as UTF-8.")
	case bytes.IndexByte(body, 0) >= 0:
		return nil, models.Errorf(models.CodeInvalid, "The document contains a zero byte: it isn't a text.")
	}
	body = bytes.TrimPrefix(body, []byte("\ufeff"))
	body = bytes.ReplaceAll(body, []byte("\r\n"), []byte("\n"))
	body = bytes.ReplaceAll(body, []byte("\r"), []byte("\n"))
	if rest, found := bytes.CutPrefix(body, []byte("---\n")); found {
		if _, after, closed := bytes.Cut(rest, []byte("\n---\n")); closed {
			body = after
		}
	}
	if len(bytes.TrimSpace(body)) == 0 {
		return nil, models.Errorf(models.CodeInvalid, "The document is empty.")
	}
	return body, nil
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
		line := strings.Join(cells, " | ")
		if strings.Trim(line, " |") == "" {
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
