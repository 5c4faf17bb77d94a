package documents

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"mime"
	"net/http"
	"path"
	"strings"

	"golang.org/x/net/html/charset"

	"kedai/models"
)

// fetchedTypes are the types of content that can be read.
var fetchedTypes = map[string]Format{
	"text/html": FormatHTML, "application/xhtml+xml": FormatHTML, "text/plain": FormatText, "text/markdown": FormatMarkdown,
	"text/x-markdown": FormatMarkdown, "text/csv": FormatCSV, "application/csv": FormatCSV, "application/pdf": FormatPDF,
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document": FormatDOCX,
}

// vagueTypes say nothing about the content, so that its name counts.
var vagueTypes = map[string]bool{"": true, "text/plain": true, "application/octet-stream": true, "binary/octet-stream": true, "application/zip": true}

// extensionsOf are the usual extensions of the formats.
var extensionsOf = map[Format]string{
	FormatText: ".txt", FormatMarkdown: ".md", FormatHTML: ".html", FormatPDF: ".pdf", FormatDOCX: ".docx", FormatCSV: ".csv",
}

// receive reads the response if it is a page that can be read.
func receive(ctx context.Context, response *http.Response) (Fetched, error) {
	switch status := response.StatusCode; {
	case status == http.StatusOK:
	case status >= 500, status == http.StatusTooManyRequests, status == http.StatusRequestTimeout:
		return Fetched{}, models.Errorf(models.CodeUnavailable, "The site answers with status %d: try again later.", status)
	default:
		return Fetched{}, models.Errorf(models.CodeRejected, "The site answers with status %d instead of a page: check the address.", status)
	}
	if response.ContentLength > MaxBytes {
		return Fetched{}, tooLargePage()
	}
	body, err := expanded(response)
	if err != nil {
		return Fetched{}, err
	}
	content, err := io.ReadAll(io.LimitReader(body, MaxBytes+1))
	switch {
	case len(content) > MaxBytes:
		return Fetched{}, tooLargePage()
	case err != nil && (errors.Is(err, gzip.ErrHeader) || errors.Is(err, gzip.ErrChecksum)):
		return Fetched{}, models.Errorf(models.CodeRejected, "The site's answer is broken: try again later, or upload the page.")
	case err != nil:
		return Fetched{}, fetchError(ctx, err)
	}
	return named(response, content)
}

func tooLargePage() error {
	return models.Errorf(models.CodeTooLarge, "The page is larger than %d MB: upload its text.", MaxBytes>>20)
}

// expanded returns the body, which some servers compress unasked.
func expanded(response *http.Response) (io.Reader, error) {
	switch strings.ToLower(strings.TrimSpace(response.Header.Get("Content-Encoding"))) {
	case "", "identity":
		return response.Body, nil
	case "gzip", "x-gzip":
		body, err := gzip.NewReader(response.Body)
		if err != nil {
			return nil, models.Errorf(models.CodeRejected, "The site's answer is broken: try again later, or upload the page.")
		}
		return body, nil
	}
	return nil, models.Errorf(models.CodeRejected, "The site compresses its answer in a way that wasn't asked for: upload the page.")
}

// named gives the content a name by which it can be read, and refuses what
// can't be, by what the server calls it and by what it is.
func named(response *http.Response, content []byte) (Fetched, error) {
	declared := response.Header.Get("Content-Type")
	kind, parameters, err := mime.ParseMediaType(declared)
	if err != nil {
		kind, _, _ = strings.Cut(declared, ";")
		kind = strings.ToLower(strings.TrimSpace(kind))
	}
	format, known := fetchedTypes[kind]
	if vagueTypes[kind] {
		if byName, listed := formats[extensionOf(response.Request.URL.Path)]; listed {
			format, known = byName, true
		} else if found, err := formatOf("", content); err == nil && !known {
			format, known = found, true
		}
	}
	if !known {
		return Fetched{}, models.Errorf(models.CodeInvalid, "The page is of a type that isn't read: give a page of HTML, text, Markdown, CSV, PDF or DOCX.")
	}
	name := path.Base(response.Request.URL.Path)
	if name == "/" || name == "." {
		name = response.Request.URL.Hostname()
	} else {
		name = name[:len(name)-len(extensionOf(name))]
	}
	name = shorten(clean(name), maxTitle) + extensionsOf[format]
	if _, err := formatOf(name, content); err != nil {
		return Fetched{}, err
	}
	if format != FormatPDF && format != FormatDOCX {
		content = recoded(content, parameters["charset"])
	}
	return Fetched{URL: response.Request.URL.String(), Name: name, ContentType: declared, Body: content}, nil
}

// recoded returns a text in UTF-8 that only the server knew the encoding of,
// with the mark that goes before what the text says of itself.
func recoded(content []byte, name string) []byte {
	encoded, canonical := charset.Lookup(name)
	if encoded == nil || canonical == "utf-8" || bytes.HasPrefix(content, []byte("\xef\xbb\xbf")) {
		return content
	}
	text, err := encoded.NewDecoder().Bytes(content)
	if err != nil {
		return content
	}
	return append([]byte("\xef\xbb\xbf"), bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))...)
}
