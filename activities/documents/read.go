package documents

import (
	"context"
	"errors"
	"fmt"
	"runtime"

	"kedai/models"
)

// slots are taken by documents in reading.
var slots = make(chan struct{}, readers)

// Read reads a source of any format. The format is that of the name's
// extension, which the content must agree with; a name without one leaves it
// to the content. The title is the page's or the first heading, or else the
// name without its extension. The same source always gives the same document.
//
// It returns when ctx ends, or after 20 seconds where ctx sets no end, and
// never panics. body must not change afterwards, since a reader that can't be
// interrupted may outlive its document by some seconds.
//
// A source that can't be read is a models.Error: of CodeInvalid if it is
// broken, encrypted, empty or of another format, of CodeTooLarge if it is
// beyond a limit, of CodeUnavailable if it may be read later. The messages say
// what to do and never hold any of the text.
func Read(ctx context.Context, name string, body []byte) (Document, error) {
	if len(body) > MaxBytes {
		return Document{}, models.Errorf(models.CodeTooLarge, "The document is larger than %d MB: split it, or leave out its pictures.", MaxBytes>>20)
	}
	if _, set := ctx.Deadline(); !set {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, maxTime)
		defer cancel()
	}
	select {
	case slots <- struct{}{}:
	case <-ctx.Done():
		return Document{}, models.Errorf(models.CodeUnavailable, "Other documents are being read: try again in a minute.")
	}
	type outcome struct {
		document Document
		err      error
	}
	done := make(chan outcome, 1)
	go func() {
		defer func() { <-slots }()
		document, err := read(ctx, name, body)
		done <- outcome{document, err}
	}()
	select {
	case o := <-done:
		return o.document, o.err
	case <-ctx.Done():
		return Document{}, interrupted(ctx)
	}
}

// interrupted is the error of a document whose time is over.
func interrupted(ctx context.Context) error {
	if errors.Is(ctx.Err(), context.Canceled) {
		return &models.Error{Code: models.CodeUnavailable, Message: "Reading the document was cancelled.", Cause: ctx.Err()}
	}
	if err := pdfStarting(); err != nil { // Which keeps all others waiting, too.
		return err
	}
	return models.Errorf(models.CodeTooLarge, "The document takes too long to read: split it, or upload its text.")
}

// read turns a source into Markdown and that into a document.
func read(ctx context.Context, name string, body []byte) (document Document, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			document, err = Document{}, broken(cause)
		}
	}()
	format, err := formatOf(name, body)
	if err != nil {
		return Document{}, err
	}
	text, err := markdownOf(ctx, format, body)
	if err == nil && ctx.Err() != nil {
		err = interrupted(ctx)
	}
	if err != nil {
		return Document{}, err
	}
	return parse(name, format, text)
}

func markdownOf(ctx context.Context, format Format, body []byte) (string, error) {
	switch format {
	case FormatPDF:
		return readPDF(ctx, body)
	case FormatDOCX:
		return readDOCX(ctx, body)
	case FormatText, FormatMarkdown, FormatHTML, FormatCSV:
	}
	text, err := decode(format, body)
	if err != nil {
		return "", err
	}
	switch format {
	case FormatHTML:
		return readHTML(ctx, text)
	case FormatCSV:
		return readCSV(ctx, text)
	case FormatText:
		return readText(ctx, text)
	case FormatMarkdown, FormatPDF, FormatDOCX:
	}
	return normalize(text)
}

// broken is the error of a document that a reader stumbled over. A panic's
// value may quote the document, unless the runtime made it.
func broken(cause any) error {
	err := &models.Error{Code: models.CodeInvalid, Message: "The document is broken: save it again, or upload its text."}
	var defect runtime.Error
	if known, ok := cause.(error); ok && errors.As(known, &defect) {
		err.Cause = fmt.Errorf("reading: %w", defect)
	}
	return err
}

// tooLong is the error of a document with too much text.
func tooLong() error {
	return models.Errorf(models.CodeTooLarge, "The document has more than %d characters or %d lines of text: split it.", maxText, maxTextLines)
}

// noText is the error of a document that says nothing.
func noText(pictures bool) error {
	if pictures {
		return models.Errorf(models.CodeInvalid, "The document holds pictures only, and text in pictures isn't read: upload it as text.")
	}
	return models.Errorf(models.CodeInvalid, "The document has no text.")
}
