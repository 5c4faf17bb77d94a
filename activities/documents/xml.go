package documents

import (
	"context"
	"encoding/xml"
	"errors"
	"io"

	"kedai/models"
)

// xmlCursor is where a reader of XML stands.
type xmlCursor struct {
	path []string // The local names of the open elements.
}

// parent returns the name of the element around the one that was begun, n
// levels further out.
func (c *xmlCursor) parent(n int) string {
	if i := len(c.path) - 2 - n; i >= 0 {
		return c.path[i]
	}
	return ""
}

// streamXML calls a function for each token, within the limits of time, of
// depth and of the length of what has to be held at once. Declarations of
// types, by which entities expand without end, are refused.
func streamXML(ctx context.Context, in io.Reader, each func(xml.Token, *xmlCursor) error) error {
	tokens := xml.NewDecoder(&shortTags{in: in})
	cursor := &xmlCursor{}
	for n := 0; ; n++ {
		if n%1024 == 0 && ctx.Err() != nil {
			return interrupted(ctx)
		}
		token, err := tokens.Token()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			if cursor.path = append(cursor.path, t.Name.Local); len(cursor.path) > maxNesting {
				return models.Errorf(models.CodeTooLarge, "The document nests elements more than %d deep: save it again, or upload its text.", maxNesting)
			}
		case xml.Directive:
			return models.Errorf(models.CodeInvalid, "The document declares types of its own, which isn't allowed: save it again.")
		}
		if err := each(token, cursor); err != nil {
			return err
		}
		if _, ended := token.(xml.EndElement); ended {
			cursor.path = cursor.path[:len(cursor.path)-1]
		}
	}
}

// attribute returns the value of an attribute by its local name.
func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// shortTags reads XML as long as its tags and texts are short enough to be
// held in memory: the decoder would make some hundred bytes of each attribute.
type shortTags struct {
	in      io.Reader
	tag     bool
	comment bool // Or a declaration, in which quotation marks mean nothing.
	quote   byte
	run     int
}

// Read reads on.
func (s *shortTags) Read(buffer []byte) (int, error) {
	n, err := s.in.Read(buffer)
	for _, b := range buffer[:n] {
		s.run++
		switch {
		case !s.tag:
			if b == '<' {
				s.tag, s.comment, s.run = true, false, 0
			}
		case s.run == 1 && b == '!':
			s.comment = true
		case s.quote != 0:
			if b == s.quote {
				s.quote = 0
			}
		case !s.comment && (b == '"' || b == '\''):
			s.quote = b
		case b == '>':
			s.tag, s.run = false, 0
		}
		if s.tag && s.run > maxTag || s.run > maxRun {
			return 0, models.Errorf(models.CodeTooLarge, "The document has a tag or text that is too long to be read: save it again, or upload its text.")
		}
	}
	return n, err
}
