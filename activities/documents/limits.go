package documents

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// The Markdown parser's time grows with the square of the depth of blocks and
// of the number of marks in a paragraph, so that a hostile text of some
// hundred kilobytes would take minutes. What is beyond these limits, which no
// document reaches, is plain text.
const (
	maxDepth = 50     // Of blocks within blocks.
	maxMarks = 500    // Of one sort, such as emphasis or links, in a paragraph.
	maxLines = 500    // Of a paragraph that defines links to refer to.
	maxLine  = 50_000 // Bytes left in a line in which a mark is looked at.

	// The memory of its tree: how often a whole document is asked for blocks
	// within others, and for marks.
	maxInner    = 300_000
	maxAllMarks = 200_000
)

// newParser returns goldmark's parser of CommonMark and tables, with limits.
func newParser() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(
			util.Prioritized(parser.NewSetextHeadingParser(), 100),
			util.Prioritized(parser.NewThematicBreakParser(), 200),
			util.Prioritized(shallow{parser.NewListParser()}, 300),
			util.Prioritized(shallow{parser.NewListItemParser()}, 400),
			util.Prioritized(parser.NewCodeBlockParser(), 500),
			util.Prioritized(parser.NewATXHeadingParser(), 600),
			util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
			util.Prioritized(shallow{parser.NewBlockquoteParser()}, 800),
			util.Prioritized(parser.NewHTMLBlockParser(), 900),
			util.Prioritized(parser.NewParagraphParser(), 1000),
		),
		parser.WithInlineParsers(
			util.Prioritized(newSparing(parser.NewCodeSpanParser()), 100),
			util.Prioritized(newSparing(parser.NewLinkParser()), 200),
			util.Prioritized(newSparing(parser.NewAutoLinkParser()), 300),
			util.Prioritized(newSparing(parser.NewRawHTMLParser()), 400),
			util.Prioritized(newSparing(parser.NewEmphasisParser()), 500),
			util.Prioritized(newSparing(extension.NewStrikethroughParser()), 500),
		),
		parser.WithParagraphTransformers(
			util.Prioritized(short{parser.LinkReferenceParagraphTransformer}, 100),
			util.Prioritized(narrow{extension.NewTableParagraphTransformer()}, 200),
		),
		parser.WithASTTransformers(util.Prioritized(extension.NewTableASTTransformer(), 0)),
	)
}

// shallow is a parser of blocks that opens none at too great a depth.
type shallow struct{ parser.BlockParser }

var innerKey, allMarksKey = parser.NewContextKey(), parser.NewContextKey()

// more counts for a document and tells whether it is within a limit.
func more(pc parser.Context, key parser.ContextKey, limit int) bool {
	n, _ := pc.Get(key).(*int)
	if n == nil {
		n = new(int)
		pc.Set(key, n)
	}
	*n++
	return *n <= limit
}

// Open opens a block if its parent isn't too deep already
func (s shallow) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	depth := 0
	for n := parent; n != nil; n = n.Parent() {
		if depth++; depth > maxDepth {
			return nil, parser.NoChildren
		}
	}
	if !more(pc, innerKey, maxInner) {
		return nil, parser.NoChildren
	}
	return s.BlockParser.Open(parent, reader, pc)
}

// sparing is a parser of marks that takes only so many in one paragraph.
type sparing struct {
	parser.InlineParser
	key parser.ContextKey
}

func newSparing(p parser.InlineParser) sparing {
	return sparing{InlineParser: p, key: parser.NewContextKey()}
}

// marks counts the marks that a parser was asked about in a block.
type marks struct {
	block ast.Node
	n     int
}

// Parse parses a mark unless its block has had too many.
func (s sparing) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	seen, _ := pc.Get(s.key).(*marks)
	if seen == nil || seen.block != parent {
		seen = &marks{block: parent}
		pc.Set(s.key, seen)
	}
	if seen.n++; seen.n > maxMarks {
		return nil
	}
	if line, _ := block.PeekLine(); len(line) > maxLine {
		return nil
	}
	if !more(pc, allMarksKey, maxAllMarks) {
		return nil
	}
	return s.InlineParser.Parse(parent, block, pc)
}

// CloseBlock passes the end of a block on.
func (s sparing) CloseBlock(parent ast.Node, block text.Reader, pc parser.Context) {
	if closer, ok := s.InlineParser.(parser.CloseBlocker); ok {
		closer.CloseBlock(parent, block, pc)
	}
}

// short is a transformer that leaves long paragraphs as they are.
type short struct{ parser.ParagraphTransformer }

// Transform transforms a paragraph that isn't too long.
func (s short) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	if node.Lines().Len() <= maxLines {
		s.ParagraphTransformer.Transform(node, reader, pc)
	}
}

// narrow is a transformer that leaves tables of very many cells as they are:
// rows with fewer cells than the head are filled up.
type narrow struct{ parser.ParagraphTransformer }

// Transform transforms a paragraph into a table if that isn't too large.
func (n narrow) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	lines := node.Lines()
	for i := 1; i < lines.Len(); i++ {
		segment := lines.At(i)
		line := segment.Value(reader.Source())
		columns := bytes.Count(line, []byte("|")) - 1 // Or one or two more, without those at the ends.
		if (columns > maxColumns || columns*lines.Len() > maxCells) && len(bytes.Trim(line, "-:| \t\n")) == 0 {
			return
		}
	}
	n.ParagraphTransformer.Transform(node, reader, pc)
}
