package documents

import (
	"context"
	"errors"
	"sync"

	pdfiumerrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/responses"

	"kedai/models"
)

// pdfEngine is what is used of pdfium. Its implementation is asked rather than
// the instance around it, which isn't safe to be killed while it is at work.
type pdfEngine interface {
	OpenDocument(*requests.OpenDocument) (*responses.OpenDocument, error)
	FPDF_GetPageCount(*requests.FPDF_GetPageCount) (*responses.FPDF_GetPageCount, error)
	FPDFPage_CountObjects(*requests.FPDFPage_CountObjects) (*responses.FPDFPage_CountObjects, error)
	FPDFPage_GetObject(*requests.FPDFPage_GetObject) (*responses.FPDFPage_GetObject, error)
	FPDFPageObj_GetType(*requests.FPDFPageObj_GetType) (*responses.FPDFPageObj_GetType, error)
	FPDFText_LoadPage(*requests.FPDFText_LoadPage) (*responses.FPDFText_LoadPage, error)
	FPDFText_ClosePage(*requests.FPDFText_ClosePage) (*responses.FPDFText_ClosePage, error)
	FPDFText_CountChars(*requests.FPDFText_CountChars) (*responses.FPDFText_CountChars, error)
	FPDFText_GetText(*requests.FPDFText_GetText) (*responses.FPDFText_GetText, error)
	FPDFText_GetCharIndexFromTextIndex(*requests.FPDFText_GetCharIndexFromTextIndex) (*responses.FPDFText_GetCharIndexFromTextIndex, error)
	FPDFText_GetLooseCharBox(*requests.FPDFText_GetLooseCharBox) (*responses.FPDFText_GetLooseCharBox, error)
	FPDFText_GetFontSize(*requests.FPDFText_GetFontSize) (*responses.FPDFText_GetFontSize, error)
	FPDFText_GetFontInfo(*requests.FPDFText_GetFontInfo) (*responses.FPDFText_GetFontInfo, error)
	FPDFText_GetMatrix(*requests.FPDFText_GetMatrix) (*responses.FPDFText_GetMatrix, error)
}

// readPDF reads the text of all pages.
func readPDF(ctx context.Context, body []byte) (string, error) {
	pool, err := pdfReaders(ctx)
	if err != nil {
		return "", err
	}
	instance, err := pool.GetInstanceWithContext(ctx)
	if err != nil {
		return "", models.Errorf(models.CodeUnavailable, "Other PDFs are being read: try again in a minute.")
	}
	// Killing it is the way to interrupt it, and the quickest to end it.
	kill := sync.OnceFunc(func() { _ = instance.Kill() })
	defer kill()
	defer context.AfterFunc(ctx, kill)()
	engine, ok := instance.GetImplementation().(pdfEngine)
	if !ok {
		return "", models.Errorf(models.CodeInternal, "The reader of PDFs is of another version.")
	}
	r := &pdfReader{engine: engine}
	text, err := r.read(ctx, body)
	if err != nil && ctx.Err() != nil {
		return "", interrupted(ctx)
	}
	return text, err
}

// pdfReader reads one PDF.
type pdfReader struct {
	engine   pdfEngine
	document references.FPDF_DOCUMENT
	chars    int
	gaps     int // How many gaps between words were measured.
	pages    [][]pdfLine
}

func (r *pdfReader) read(ctx context.Context, body []byte) (string, error) {
	opened, err := r.engine.OpenDocument(&requests.OpenDocument{File: &body})
	switch {
	case errors.Is(err, pdfiumerrors.ErrPassword), errors.Is(err, pdfiumerrors.ErrSecurity):
		return "", models.Errorf(models.CodeInvalid, "The PDF is encrypted: save it without a password.")
	case err != nil:
		return "", brokenPDF()
	}
	r.document = opened.Document
	count, err := r.engine.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: r.document})
	switch {
	case err != nil || count.PageCount < 1:
		return "", brokenPDF()
	case count.PageCount > maxPages:
		return "", models.Errorf(models.CodeTooLarge, "The PDF has more than %d pages: split it.", maxPages)
	}
	failed := 0
	for page := range count.PageCount {
		if ctx.Err() != nil {
			return "", interrupted(ctx)
		}
		lines, err := r.page(page)
		var refused *models.Error
		switch {
		case errors.As(err, &refused):
			return "", err
		case err != nil:
			failed++
		}
		r.pages = append(r.pages, lines)
	}
	switch {
	case r.chars == 0 && failed > 0:
		return "", brokenPDF()
	case r.chars == 0:
		return "", noText(r.hasPictures(min(count.PageCount, 10)))
	case failed > 0:
		return "", models.Errorf(models.CodeInvalid, "%d of the PDF's %d pages are broken: save it again, or upload its text.", failed, count.PageCount)
	}
	return layOut(r.pages)
}

func brokenPDF() error {
	return models.Errorf(models.CodeInvalid, "The PDF is broken or needs too much memory: save it again, or upload its text.")
}
