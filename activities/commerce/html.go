package commerce

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// plainText returns what a reader sees of an HTML fragment: paragraphs, list
// items and table rows on lines of their own, without scripts and styles. A
// text without any tag keeps its lines.
func plainText(fragment string) string {
	if !strings.Contains(fragment, "<") {
		return lines(strings.ReplaceAll(html.UnescapeString(fragment), "\t", " "))
	}
	var text strings.Builder
	hidden := 0
	// The tokenizer rather than the parser: it doesn't recurse, however deep
	// the tags are nested.
	for tokens := html.NewTokenizer(strings.NewReader(fragment)); ; {
		switch tokens.Next() {
		case html.ErrorToken:
			return lines(text.String())
		case html.TextToken:
			if hidden == 0 {
				// Line ends in the source are mere white space.
				text.WriteString(oneLine.Replace(html.UnescapeString(string(tokens.Raw()))))
			}
		case html.StartTagToken:
			tag := tagOf(tokens)
			if invisible[tag] {
				hidden++
			}
			text.WriteString(breakAt(tag))
		case html.EndTagToken:
			tag := tagOf(tokens)
			if invisible[tag] && hidden > 0 {
				hidden--
			}
			if block[tag] {
				text.WriteString("\n")
			}
		case html.SelfClosingTagToken:
			text.WriteString(breakAt(tagOf(tokens)))
		case html.CommentToken, html.DoctypeToken:
		}
	}
}

var oneLine = strings.NewReplacer("\n", " ", "\r", " ", "\t", " ")

// invisible holds the elements whose text isn't shown.
var invisible = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Template: true, atom.Noscript: true, atom.Iframe: true,
	atom.Svg: true, atom.Object: true, atom.Title: true, atom.Textarea: true, atom.Select: true,
}

// block holds the elements that begin and end on a line of their own.
var block = map[atom.Atom]bool{
	atom.P: true, atom.Div: true, atom.Li: true, atom.Ul: true, atom.Ol: true, atom.Tr: true, atom.Table: true,
	atom.Thead: true, atom.Tbody: true, atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true,
	atom.H6: true, atom.Section: true, atom.Article: true, atom.Header: true, atom.Footer: true, atom.Aside: true,
	atom.Blockquote: true, atom.Pre: true, atom.Dl: true, atom.Dt: true, atom.Dd: true, atom.Hr: true,
	atom.Figure: true, atom.Figcaption: true, atom.Address: true, atom.Details: true, atom.Summary: true, atom.Center: true,
}

func tagOf(tokens *html.Tokenizer) atom.Atom {
	name, _ := tokens.TagName()
	return atom.Lookup(name)
}

func breakAt(tag atom.Atom) string {
	switch {
	case tag == atom.Br || block[tag]:
		return "\n"
	case tag == atom.Td || tag == atom.Th:
		return " \t"
	}
	return ""
}

// lines folds white space within lines and drops empty lines. A tab, which
// stands before a table's cell, becomes a bar between two cells.
func lines(text string) string {
	var kept []string
	for line := range strings.Lines(text) {
		var cells []string
		for cell := range strings.SplitSeq(line, "\t") {
			if cell = strings.Join(strings.Fields(cell), " "); cell != "" {
				cells = append(cells, cell)
			}
		}
		if len(cells) > 0 {
			kept = append(kept, strings.Join(cells, " | "))
		}
	}
	return strings.Join(kept, "\n")
}
