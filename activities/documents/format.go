package documents

import (
	"archive/zip"
	"bytes"
	"net/http"
	"path"
	"regexp"
	"slices"
	"strings"

	"kedai/models"
)

// formats are the extensions of names that can be read.
var formats = map[string]Format{
	".txt": FormatText, ".md": FormatMarkdown, ".markdown": FormatMarkdown, ".html": FormatHTML,
	".htm": FormatHTML, ".pdf": FormatPDF, ".docx": FormatDOCX, ".csv": FormatCSV,
}

var extensions = regexp.MustCompile(`^\.[a-z0-9]{0,7}[a-z][a-z0-9]{0,7}$`)

// advice says what to do with files of well-known formats that aren't read.
var advice = map[string]string{
	".doc": "save it as .docx", ".odt": "save it as .docx", ".rtf": "save it as .docx", ".pages": "export it as .docx",
	".docm": "save it as .docx", ".dotx": "save it as .docx", ".xls": "save it as .csv", ".xlsx": "save it as .csv",
	".ods": "save it as .csv", ".numbers": "export it as .csv", ".tsv": "rename it to .csv", ".ppt": "save it as .pdf",
	".pptx": "save it as .pdf", ".key": "export it as .pdf", ".epub": "save it as .pdf", ".xhtml": "rename it to .html",
	".zip": "unpack it and upload the files", ".rar": "unpack it and upload the files", ".7z": "unpack it and upload the files",
}

// A kind is what a content proves to be: one of the formats, or none of them.
const (
	kindZip    = "a ZIP archive"
	kindOffice = "an old or password-protected Office file"
	kindBinary = "a program or other binary file"
)

// magic are the first bytes that prove a kind.
var magic = []struct{ prefix, kind string }{
	{"PK\x03\x04", kindZip},
	{"PK\x05\x06", kindZip},
	{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", kindOffice},
	{`{\rtf`, "an RTF file"},
	{"%!PS", "a PostScript file"},
	{"MZ", kindBinary},
	{"\x7fELF", kindBinary},
	{"\xcf\xfa\xed\xfe", kindBinary},
	{"\xca\xfe\xba\xbe", kindBinary},
	{"SQLite format 3\x00", kindBinary},
	{"7z\xbc\xaf\x27\x1c", "a 7z archive"},
	{"BZh", "a bzip2 archive"},
	{"\xfd7zXZ\x00", "an xz archive"},
}

// formatOf returns the format that the name claims and the content confirms.
func formatOf(name string, body []byte) (Format, error) {
	if len(bytes.TrimSpace(body)) == 0 {
		return "", models.Errorf(models.CodeInvalid, "The document is empty.")
	}
	found, kind := sniff(body)
	extension := extensionOf(name)
	claimed, known := formats[extension]
	switch {
	case extension == "":
		switch {
		case found == "":
			return "", models.Errorf(models.CodeInvalid, "The document is %s: upload text, Markdown, HTML, PDF, DOCX or CSV.", kind)
		case found == FormatText && isFragment(body):
			return FormatHTML, nil
		}
		return found, nil
	case !known:
		if what, listed := advice[extension]; listed {
			return "", models.Errorf(models.CodeInvalid, "%s files aren't read: %s.", extension, what)
		}
		return "", models.Errorf(models.CodeInvalid, "Files of this kind aren't read: upload .txt, .md, .html, .pdf, .docx or .csv.")
	case claimed == found, found == FormatText && claimed != FormatPDF && claimed != FormatDOCX:
		return claimed, nil
	case claimed == FormatDOCX && kind == kindOffice:
		return "", models.Errorf(models.CodeInvalid, "The document is protected by a password or of an old format: save it as .docx without a password.")
	case found != "":
		kind = found.title()
	}
	return "", models.Errorf(models.CodeInvalid, "The name ends in %s, but the content is %s: check the file.", extension, kind)
}

// extensionOf returns the extension of a name in small letters, empty if what
// stands behind the last dot can't be one, as in "1. Delivery" or "Terms 2.1".
func extensionOf(name string) string {
	extension := strings.ToLower(path.Ext(name))
	if !extensions.MatchString(extension) {
		return ""
	}
	return extension
}

// title returns what a file of the format is called.
func (f Format) title() string {
	switch f {
	case FormatHTML:
		return "an HTML page"
	case FormatPDF:
		return "a PDF"
	case FormatDOCX:
		return "a Word document"
	case FormatText, FormatMarkdown, FormatCSV:
	}
	return "plain text"
}

// sniff returns the format of a content, or what else it is. Markdown and CSV
// are text.
func sniff(body []byte) (Format, string) {
	head := body[:min(len(body), 1024)]
	// Readers of PDF allow for some bytes before the mark.
	if at := bytes.Index(head, []byte("%PDF-")); at >= 0 && !bytes.HasPrefix(head, []byte("PK")) {
		if at == 0 || len(bytes.TrimSpace(head[:at])) == 0 || !printable(head[:at]) || bytes.Contains(body, []byte("\nstartxref")) {
			return FormatPDF, ""
		}
	}
	for _, m := range magic {
		if !bytes.HasPrefix(head, []byte(m.prefix)) || (m.prefix == "MZ" && printable(head)) || (m.prefix == "BZh" && printable(head)) {
			continue
		}
		if m.kind == kindZip && isDOCX(body) {
			return FormatDOCX, ""
		}
		return "", m.kind
	}
	if isPage(head) {
		return FormatHTML, ""
	}
	detected := http.DetectContentType(head)
	family, _, _ := strings.Cut(detected, "/")
	switch {
	case printable(head): // Texts may begin with the letters of a mark, such as BM.
	case slices.Contains([]string{"image", "audio", "video", "font"}, family):
		return "", "of the type " + detected
	case detected == "application/x-gzip", detected == "application/x-rar-compressed":
		return "", "a compressed archive"
	}
	return FormatText, ""
}

// isPage tells that a text begins as a whole page of HTML does. Markdown may
// begin with a tag, too.
func isPage(head []byte) bool {
	head = bytes.ToLower(bytes.TrimSpace(bytes.TrimPrefix(head, []byte("\ufeff"))))
	if bytes.HasPrefix(head, []byte("<?xml")) {
		return bytes.Contains(head, []byte("<html"))
	}
	return bytes.HasPrefix(head, []byte("<!doctype html")) || bytes.HasPrefix(head, []byte("<html"))
}

// isFragment tells that a text begins with a tag of HTML.
func isFragment(body []byte) bool {
	return strings.HasPrefix(http.DetectContentType(body), "text/html") && !bytes.HasPrefix(bytes.TrimSpace(body), []byte("<!--"))
}

// printable tells that bytes have no control characters, as a text.
func printable(head []byte) bool {
	return !slices.ContainsFunc(head, func(b byte) bool { return b < ' ' && b != '\t' && b != '\n' && b != '\r' && b != '\f' })
}

// isDOCX tells that a ZIP archive is a Word document. One that can't be opened
// may be a broken one, if it says so somewhere.
func isDOCX(body []byte) bool {
	archive, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		return bytes.Contains(body, []byte("word/"))
	}
	return slices.ContainsFunc(archive.File, func(f *zip.File) bool { return strings.HasPrefix(f.Name, "word/") })
}
