package documents

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"
	"golang.org/x/net/html"
)

// inlineWriter writes the text of a paragraph without its markup.
type inlineWriter struct {
	strings.Builder
	source []byte
	bare   bool // Links lose their URLs, as in headings.
	depth  int
}

func (w *inlineWriter) children(n ast.Node) {
	w.depth++
	defer func() { w.depth-- }()
	if w.depth > maxDepth {
		return
	}
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		w.node(child)
	}
}

func (w *inlineWriter) node(n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		value := n.Segment.Value(w.source)
		if n.IsRaw() {
			w.Write(value)
		} else {
			w.WriteString(unescape(value))
		}
		if n.HardLineBreak() {
			w.WriteString("\n")
		} else if n.SoftLineBreak() {
			w.WriteString(" ")
		}
	case *ast.String:
		w.Write(n.Value)
	case *ast.CodeSpan:
		for child := n.FirstChild(); child != nil; child = child.NextSibling() {
			if part, ok := child.(*ast.Text); ok {
				w.Write(part.Segment.Value(w.source))
			}
		}
	case *ast.AutoLink:
		w.Write(n.Label(w.source))
	case *ast.Link:
		w.link(n)
	case *ast.RawHTML:
		if strings.HasPrefix(strings.ToLower(string(n.Segments.Value(w.source))), "<br") {
			w.WriteString("\n")
		}
	case *extast.Strikethrough:
		// What is crossed out doesn't hold any more.
	default:
		w.children(n)
	}
}

// link writes a link's text and, where it says more than that, its URL.
func (w *inlineWriter) link(n *ast.Link) {
	before := w.Len()
	w.children(n)
	label := strings.TrimSpace(w.String()[before:])
	url := unescape(n.Destination)
	scheme, address, _ := strings.Cut(url, ":")
	switch strings.ToLower(scheme) {
	case "javascript", "data", "vbscript":
		return
	case "mailto", "tel":
		url = address
	}
	if w.bare || url == "" || strings.HasPrefix(url, "#") || url == label {
		return
	}
	if label == "" {
		w.WriteString(url)
		return
	}
	w.WriteString(" (" + url + ")")
}

// unescape resolves backslashes and entities, which the parser leaves as they are.
func unescape(value []byte) string {
	return string(util.UnescapePunctuations(util.ResolveEntityNames(util.ResolveNumericReferences(value))))
}

// textOfHTML returns the text of a block of HTML, a line for each line of it
// and for each break, without scripts, styles and comments.
func textOfHTML(block string) string {
	var text strings.Builder
	hidden := false
	for tokens := html.NewTokenizer(strings.NewReader(block)); ; {
		kind := tokens.Next()
		switch kind {
		case html.ErrorToken:
			return foldLines(text.String())
		case html.TextToken:
			if !hidden {
				text.WriteString(html.UnescapeString(string(tokens.Raw())))
			}
		case html.StartTagToken, html.SelfClosingTagToken, html.EndTagToken:
			name, _ := tokens.TagName()
			switch string(name) {
			case "script", "style":
				hidden = kind == html.StartTagToken
			case "br", "p", "li", "div", "tr", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6":
				text.WriteString("\n")
			case "td", "th":
				text.WriteString(" ")
			}
		case html.CommentToken, html.DoctypeToken:
		}
	}
}

// foldLines folds white space within lines and drops empty lines.
func foldLines(text string) string {
	var kept []string
	for line := range strings.Lines(text) {
		if line = oneLine(line); line != "" {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "\n")
}

// oneLine folds all white space.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
