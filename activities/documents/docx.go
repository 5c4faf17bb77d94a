package documents

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"slices"
	"strings"

	"kedai/models"
)

// readDOCX reads the body of a Word document.
func readDOCX(ctx context.Context, body []byte) (string, error) {
	parts, err := openDOCX(body)
	if err != nil {
		return "", err
	}
	r := &docxReader{links: map[string]string{}, counters: map[string]*[docxLevels]int{}}
	main, err := parts.main(ctx)
	if err != nil {
		return "", err
	}
	folder := path.Dir(main)
	for _, part := range []struct {
		name  string
		visit func(xml.StartElement, *xmlCursor) error
	}{
		{folder + "/_rels/" + path.Base(main) + ".rels", r.relation},
		{folder + "/styles.xml", r.styles.element},
		{folder + "/numbering.xml", r.numbering.element},
	} {
		if err := parts.visit(ctx, part.name, part.visit); err != nil {
			return "", err
		}
	}
	if err := parts.stream(ctx, main, r.token); err != nil {
		return "", err
	}
	text, err := r.out.text()
	if err == nil && text == "" {
		err = noText(r.pictures > 0)
	}
	return text, err
}

// docxParts are the files of a Word document, and how much they may still
// expand to.
type docxParts struct {
	files map[string]*zip.File
	left  int64
}

// openDOCX opens the archive and refuses those that were made to do harm.
func openDOCX(body []byte) (*docxParts, error) {
	archive, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		return nil, brokenDOCX()
	}
	if len(archive.File) > maxEntries {
		return nil, models.Errorf(models.CodeTooLarge, "The Word document holds more than %d files: leave out its pictures.", maxEntries)
	}
	parts := &docxParts{files: make(map[string]*zip.File, len(archive.File)), left: maxExpanded}
	claimed := uint64(0)
	for _, file := range archive.File {
		switch name := file.Name; {
		case strings.HasPrefix(name, "/"), strings.ContainsAny(name, "\\\x00"), slices.Contains(strings.Split(name, "/"), ".."):
			return nil, models.Errorf(models.CodeInvalid, "The Word document names a file outside itself: save it again.")
		case parts.files[name] != nil:
			return nil, models.Errorf(models.CodeInvalid, "The Word document holds two files of one name: save it again.")
		case file.Flags&1 != 0:
			return nil, models.Errorf(models.CodeInvalid, "The Word document is encrypted: save it without a password.")
		}
		if claimed += file.UncompressedSize64; file.UncompressedSize64 > maxExpanded || claimed > maxExpanded {
			return nil, tooExpanded()
		}
		parts.files[file.Name] = file
	}
	return parts, overlapping(archive.File)
}

// overlapping refuses archives whose files share bytes, by which small ones
// expand without end.
func overlapping(files []*zip.File) error {
	type extent struct{ from, to int64 }
	extents := make([]extent, 0, len(files))
	for _, file := range files {
		from, err := file.DataOffset()
		if err != nil {
			return brokenDOCX()
		}
		extents = append(extents, extent{from, from + int64(file.CompressedSize64)})
	}
	slices.SortFunc(extents, func(a, b extent) int { return int(a.from - b.from) })
	for i := 1; i < len(extents); i++ {
		if extents[i].from < extents[i-1].to {
			return models.Errorf(models.CodeInvalid, "The Word document's files overlap: save it again.")
		}
	}
	return nil
}

func brokenDOCX() error {
	return models.Errorf(models.CodeInvalid, "The Word document is broken: save it as .docx again.")
}

func tooExpanded() error {
	return models.Errorf(models.CodeTooLarge, "The Word document expands to more than %d MB: leave out its pictures, or split it.", maxExpanded>>20)
}

// main returns the name of the part that holds the text.
func (p *docxParts) main(ctx context.Context) (string, error) {
	name := "word/document.xml"
	if p.files[name] == nil {
		name = ""
		err := p.visit(ctx, "_rels/.rels", func(e xml.StartElement, _ *xmlCursor) error {
			if e.Name.Local == "Relationship" && strings.HasSuffix(attribute(e, "Type"), "/officeDocument") {
				name = strings.TrimPrefix(attribute(e, "Target"), "/")
			}
			return nil
		})
		if err != nil {
			return "", err
		}
	}
	if p.files[name] == nil {
		return "", models.Errorf(models.CodeInvalid, "The archive is no Word document: save the text as .docx.")
	}
	return name, nil
}

// visit calls a function for each start tag of a part. There may be none of
// that name.
func (p *docxParts) visit(ctx context.Context, name string, visit func(xml.StartElement, *xmlCursor) error) error {
	if p.files[name] == nil {
		return nil
	}
	return p.stream(ctx, name, func(t xml.Token, c *xmlCursor) error {
		if e, ok := t.(xml.StartElement); ok {
			return visit(e, c)
		}
		return nil
	})
}

// stream calls a function for each token of a part.
func (p *docxParts) stream(ctx context.Context, name string, each func(xml.Token, *xmlCursor) error) error {
	file := p.files[name]
	content, err := file.Open()
	if err != nil {
		return brokenDOCX()
	}
	defer func() { _ = content.Close() }()
	err = streamXML(ctx, &expansion{in: content, parts: p, compressed: int64(file.CompressedSize64)}, each)
	var refused *models.Error
	if err != nil && !errors.As(err, &refused) {
		return brokenDOCX()
	}
	return err
}

// expansion reads a part as long as it doesn't expand to too much.
type expansion struct {
	in               io.Reader
	parts            *docxParts
	compressed, read int64
}

// Read reads on.
func (e *expansion) Read(buffer []byte) (int, error) {
	n, err := e.in.Read(buffer)
	e.read += int64(n)
	if e.parts.left -= int64(n); e.parts.left < 0 {
		return 0, tooExpanded()
	}
	if e.read > minBomb && e.read/maxRatio > e.compressed {
		return 0, models.Errorf(models.CodeTooLarge, "The Word document expands to more than %d times its size: save it again, or upload its text.", maxRatio)
	}
	return n, err
}
