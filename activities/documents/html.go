package documents

import (
	"context"
	"errors"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"kedai/models"
)

// minMain is how many characters make the main part of a page all of it.
const minMain = 200

// htmlScope is what of a page is read.
type htmlScope struct {
	within atom.Atom // Only what stands in such elements; 0 is the body.
	forms  bool      // What stands in forms, too.
}

// readHTML reads a page: its main part if it marks one, else all that isn't
// navigation and the like. It goes by tokens and builds no tree, since pages
// of some hundred kilobytes can have trees of gigabytes.
func readHTML(ctx context.Context, text string) (string, error) {
	whole, err := readScope(ctx, text, htmlScope{})
	if err != nil {
		return "", err
	}
	if whole.said == 0 {
		// Some old shops wrap the whole page into one form.
		if whole, err = readScope(ctx, text, htmlScope{forms: true}); err != nil {
			return "", err
		}
	}
	best := whole
	for _, name := range []atom.Atom{atom.Main, atom.Article} {
		if whole.seen[name] == 0 {
			continue
		}
		part, err := readScope(ctx, text, htmlScope{within: name, forms: whole.scope.forms})
		if err != nil {
			return "", err
		}
		if part.said >= minMain || part.said*2 > whole.said {
			best = part
			break
		}
	}
	switch {
	case best.said > 0:
		return best.out.text()
	case whole.seen[atom.Script] > 0 && whole.pictures == 0:
		return "", models.Errorf(models.CodeInvalid, "The page has no text before its scripts run: copy what it says into a text.")
	}
	return "", noText(whole.pictures > 0)
}

// htmlReader turns the tokens of a page into Markdown.
type htmlReader struct {
	scope htmlScope
	out   composer
	open  []htmlElement
	// How many elements of a name are open and pushed, and how many there
	// were of those that matter.
	count, seen map[atom.Atom]int

	text     strings.Builder // Of the block in progress, with its breaks.
	term     int             // Up to where the block is a term to be explained.
	link     htmlLink
	title    string
	heading  int // The level of the open heading, or 0.
	headed   bool
	skipping int // Open elements that aren't read.
	lists    []htmlList
	tables   []*htmlTable

	said, pictures int
}

// htmlElement is an open element.
type htmlElement struct {
	name  atom.Atom
	as    atom.Atom // Main or article, if it is one by its role.
	skip  bool
	block bool // It was opened while reading, and its end ends what it began.
}

// htmlLink is an open link.
type htmlLink struct {
	url string
	at  int // Where its label begins.
}

func readScope(ctx context.Context, text string, scope htmlScope) (*htmlReader, error) {
	r := &htmlReader{scope: scope, count: map[atom.Atom]int{}, seen: map[atom.Atom]int{}}
	tokens := html.NewTokenizer(strings.NewReader(text))
	tokens.SetMaxBuf(maxToken)
	for n := 0; ; n++ {
		if n%1024 == 0 && ctx.Err() != nil {
			return nil, interrupted(ctx)
		}
		if r.out.full() || r.said > maxText || r.text.Len() > maxRun {
			return nil, tooLong()
		}
		switch kind := tokens.Next(); kind {
		case html.ErrorToken:
			if errors.Is(tokens.Err(), html.ErrBufferExceeded) {
				return nil, models.Errorf(models.CodeTooLarge, "The page has a tag or script of more than %d MB: copy what it says into a text.", maxToken>>20)
			}
			for len(r.open) > 0 {
				r.pop()
			}
			r.term = 0
			r.boundary()
			return r, nil
		case html.TextToken:
			r.characters(tokens.Text())
		case html.StartTagToken, html.SelfClosingTagToken:
			r.start(tagOf(tokens), kind == html.SelfClosingTagToken)
			if len(r.open) > maxNesting {
				return nil, models.Errorf(models.CodeTooLarge, "The page nests elements more than %d deep: copy what it says into a text.", maxNesting)
			}
		case html.EndTagToken:
			name, _ := tokens.TagName()
			r.end(atom.Lookup(name))
		case html.CommentToken, html.DoctypeToken:
		}
	}
}

// reading tells that what comes now belongs to the text.
func (r *htmlReader) reading() bool {
	return r.skipping == 0 && (r.scope.within == 0 || r.count[r.scope.within] > 0)
}

var spaced = strings.NewReplacer("\n", " ")

// characters adds text to the block in progress.
func (r *htmlReader) characters(text []byte) {
	switch {
	case r.count[atom.Title] > 0:
		if title := clean(string(text)); r.skipping == 0 && r.title == "" && r.out.empty() && title != "" {
			r.title = shorten(title, maxTitle)
			r.out.heading(1, r.title)
		}
	case !r.reading():
	case r.count[atom.Pre] > 0:
		r.text.Write(text)
	default:
		_, _ = spaced.WriteString(&r.text, string(text))
	}
}

// htmlTag is what matters of a start tag.
type htmlTag struct {
	name             atom.Atom
	role, href, from string
	hidden           bool
}

// tagOf reads the attributes of the tag that a tokenizer stands at.
func tagOf(tokens *html.Tokenizer) htmlTag {
	name, more := tokens.TagName()
	tag := htmlTag{name: atom.Lookup(name)}
	for more {
		var key, value []byte
		key, value, more = tokens.TagAttr()
		switch atom.Lookup(key) {
		case atom.Hidden:
			// What only a search within the page shows is there to be found.
			tag.hidden = !strings.EqualFold(string(value), "until-found")
		case atom.Style:
			tag.hidden = tag.hidden || isHiding(string(value))
		case atom.Href:
			tag.href = strings.TrimSpace(string(value))
		case atom.Start:
			tag.from = string(value)
		default:
			if string(key) == "role" {
				tag.role = strings.ToLower(strings.TrimSpace(string(value)))
			}
		}
	}
	return tag
}

// isHiding tells that a style keeps an element from being seen.
func isHiding(style string) bool {
	style = strings.ToLower(strings.ReplaceAll(style, " ", ""))
	return strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden")
}
