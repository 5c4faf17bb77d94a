package documents

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kedai/models"
)

// secret stands in hostile documents and must not stand in their errors.
const secret = "sesame"

// hostile is an upload that has to be refused.
type hostile struct {
	name    string
	body    []byte
	code    models.Code
	message string
}

// refuse reads the uploads and checks what is said of them, and how soon.
func refuse(t *testing.T, uploads map[string]hostile) {
	t.Helper()
	t.Parallel()
	for outcome, test := range uploads {
		t.Run(outcome, func(t *testing.T) {
			t.Parallel()
			began := time.Now()
			ctx, cancel := patient()
			defer cancel()
			doc, err := Read(ctx, test.name, test.body)
			require.Less(t, time.Since(began), time.Minute, "it takes seconds")
			require.Zero(t, doc)
			var refused *models.Error
			require.ErrorAs(t, err, &refused)
			require.Equal(t, test.code, refused.Code, refused.Message)
			require.Contains(t, refused.Message, test.message)
			require.NotContains(t, err.Error(), secret)
		})
	}
}

func TestHostileNamesAndTypes(t *testing.T) {
	pdf, docx := policies["en"].pdf(), policies["en"].docx(t)
	png := []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + secret)
	gz := new(bytes.Buffer)
	w := gzip.NewWriter(gz)
	_, _ = w.Write([]byte(secret))
	_ = w.Close()
	ole := []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 500))
	refuse(t, map[string]hostile{
		"nothing":                    {"a.txt", nil, models.CodeInvalid, "empty"},
		"white space":                {"a.md", []byte(" \n\t\r\n"), models.CodeInvalid, "empty"},
		"white space in UTF-16":      {"a.txt", []byte("\xff\xfe \x00\n\x00"), models.CodeInvalid, "empty"},
		"200 MB":                     {"a.pdf", make([]byte, 200<<20), models.CodeTooLarge, "larger than 10 MB"},
		"a byte too much":            {"a.txt", bytes.Repeat([]byte("a"), MaxBytes+1), models.CodeTooLarge, "larger than 10 MB"},
		"a PDF called .docx":         {"a.docx", pdf, models.CodeInvalid, "but the content is a PDF"},
		"a Word document called PDF": {"a.pdf", docx, models.CodeInvalid, "but the content is a Word document"},
		"a program called .txt":      {"a.txt", []byte("MZ\x90\x00\x03\x00" + secret), models.CodeInvalid, "a program"},
		"a program without a name":   {"a", []byte("\x7fELF\x02\x01\x01\x00" + secret), models.CodeInvalid, "a program"},
		"a program":                  {"a.exe", []byte("MZ\x90\x00"), models.CodeInvalid, "upload .txt, .md"},
		"a script":                   {"a.php", []byte("<?php " + secret), models.CodeInvalid, "upload .txt, .md"},
		"a picture called .pdf":      {"a.pdf", png, models.CodeInvalid, "image/png"},
		"a picture called .md":       {"a.md", png, models.CodeInvalid, "image/png"},
		"a page called .txt":         {"a.txt", []byte("<!DOCTYPE html><p>" + secret), models.CodeInvalid, "an HTML page"},
		"a page called .csv":         {"a.csv", []byte("\n<HTML><p>" + secret), models.CodeInvalid, "an HTML page"},
		"a text called .pdf":         {"a.pdf", []byte(secret), models.CodeInvalid, "plain text"},
		"a text called .docx":        {"a.docx", []byte(secret), models.CodeInvalid, "plain text"},
		"a spreadsheet":              {"a.xlsx", zipFile(t, zipEntry{"xl/workbook.xml", ""}), models.CodeInvalid, "save it as .csv"},
		"a spreadsheet called .docx": {"a.docx", zipFile(t, zipEntry{"xl/workbook.xml", ""}), models.CodeInvalid, "a ZIP archive"},
		"an archive without a name":  {"a", zipFile(t, zipEntry{"a.txt", secret}), models.CodeInvalid, "a ZIP archive"},
		"an old Word document":       {"a.doc", ole, models.CodeInvalid, "save it as .docx"},
		"a locked Word document":     {"a.docx", ole, models.CodeInvalid, "without a password"},
		"an RTF called .txt":         {"a.txt", []byte(`{\rtf1 ` + secret), models.CodeInvalid, "an RTF"},
		"an archive called .csv":     {"a.csv", gz.Bytes(), models.CodeInvalid, "compressed archive"},
	})
}

func TestHostileTexts(t *testing.T) {
	columns := strings.Repeat("c;", 9_999) + "c\n"
	refuse(t, map[string]hostile{
		"zero bytes":                {"a.txt", []byte(secret + "\x00\x00" + secret), models.CodeInvalid, "isn't a readable text"},
		"control bytes":             {"a.csv", []byte("a,b\n\x01\x02," + secret), models.CodeInvalid, "isn't a readable text"},
		"random bytes":              {"a.md", []byte("\x93\x81\xfe\x02\x8d\x00\xff" + secret), models.CodeInvalid, "isn't a readable text"},
		"half a UTF-16":             {"a.txt", []byte("\xff\xfe\x00\xd8a\x00"), models.CodeInvalid, "isn't a readable text"},
		"broken UTF-8":              {"a.txt", []byte("Доставка " + secret + " по всей Росс\xd0"), models.CodeInvalid, "isn't valid UTF-8"},
		"broken UTF-8 with a mark":  {"a.csv", []byte("\xef\xbb\xbfa\n\xff" + secret), models.CodeInvalid, "isn't valid UTF-8"},
		"too many characters":       {"a.txt", []byte(strings.Repeat("word ", maxText/5+1)), models.CodeTooLarge, "2000000 characters"},
		"too many of them Cyrillic": {"a.md", []byte(strings.Repeat("слово ", maxText/6+1)), models.CodeTooLarge, "2000000 characters"},
		"too many lines":            {"a.txt", []byte(strings.Repeat("a\n\n", maxTextLines)), models.CodeTooLarge, "lines"},
		"too many sections":         {"a.md", []byte("# T\n" + strings.Repeat("# a\nb\n", maxPassages+1)), models.CodeTooLarge, "sections"},
		"a title alone":             {"a.md", []byte("# " + secret), models.CodeInvalid, "no text below its title"},
		"comments alone":            {"a.md", []byte("<!-- " + secret + " -->"), models.CodeInvalid, "no text below its title"},
		"an open quotation":         {"a.csv", []byte("a,b\n1,2\n\"" + secret + ",3\n4,5\n"), models.CodeInvalid, "begins in line 3"},
		"a quotation within":        {"a.csv", []byte("a,b\n" + secret + " \"x\" y,2\n"), models.CodeInvalid, "line 2"},
		"10,000 columns":            {"a.csv", []byte(columns + columns), models.CodeTooLarge, "100 columns"},
		"commas only":               {"a.csv", bytes.Repeat([]byte(","), MaxBytes), models.CodeTooLarge, "100 columns"},
		"too many rows":             {"a.csv", []byte("a\n" + strings.Repeat("1\n", maxRows+1)), models.CodeTooLarge, "20000 rows"},
		"names that grow the text":  {"a.csv", []byte(strings.Repeat(strings.Repeat("n", 100)+",", 99) + "n\n" + strings.Repeat(strings.Repeat("1,", 99)+"1\n", 500)), models.CodeTooLarge, "2000000 characters"},
		"names alone":               {"a.csv", []byte("a,b\n\n"), models.CodeInvalid, "no rows"},
		"no names":                  {"a.csv", []byte("1,2\n3,4\n"), models.CodeInvalid, "name the columns"},
		"a column without a name":   {"a.csv", []byte("a,,c\n" + secret + ",2,3\n"), models.CodeInvalid, "Column 2 has no name"},
		"a value without a name":    {"a.csv", []byte("a,b\n1,2," + secret + "\n"), models.CodeInvalid, "Line 2 has a value in a column without a name"},
	})
}

func TestHostilePages(t *testing.T) {
	fonts := new(strings.Builder)
	for i := range 400 {
		fmt.Fprintf(fonts, "<div a=%d>", i)
	}
	refuse(t, map[string]hostile{
		"deep elements":      {"a.html", []byte(strings.Repeat("<div>", 1<<20) + secret), models.CodeTooLarge, "512 deep"},
		"deep lists":         {"a.html", []byte(strings.Repeat("<ul><li>", 1<<19) + secret), models.CodeTooLarge, "512 deep"},
		"deep tables":        {"a.html", []byte(strings.Repeat("<table><tr><td>", 1<<18) + secret), models.CodeTooLarge, "512 deep"},
		"deep crossings-out": {"a.html", []byte(strings.Repeat("<s>", 1<<20) + secret), models.CodeTooLarge, "512 deep"},
		"an endless tag":     {"a.html", []byte("<html><p a='" + strings.Repeat("x", 5<<20)), models.CodeTooLarge, "a tag or script of more than 4 MB"},
		"an endless script":  {"a.html", []byte("<html><script>" + strings.Repeat("x", 5<<20)), models.CodeTooLarge, "a tag or script of more than 4 MB"},
		"too much text":      {"a.html", []byte("<html>" + strings.Repeat("<p>word word", 200_000)), models.CodeTooLarge, "2000000 characters"},
		"too many lines":     {"a.html", []byte("<html>" + strings.Repeat("a<br>", 300_000)), models.CodeTooLarge, "characters"},
		"cells without end":  {"a.html", []byte("<html><table>" + strings.Repeat("<tr><td>a<td>b", 500_000)), models.CodeTooLarge, "characters"},
		"scripts alone":      {"a.html", []byte("<html><div id=app></div><script>" + secret + "</script>"), models.CodeInvalid, "before its scripts run"},
		"pictures alone":     {"a.html", []byte("<html><img src=" + secret + ".png>"), models.CodeInvalid, "pictures only"},
		"nothing to be seen": {"a.html", []byte("<html><title>T</title><p hidden>" + secret), models.CodeInvalid, "no text"},
		"tags alone":         {"a.html", bytes.Repeat([]byte("<p>"), 1_000_000), models.CodeInvalid, "no text"},
		"attributes alone":   {"a.html", []byte("<html><p " + strings.Repeat("a ", 2_000_000) + ">"), models.CodeInvalid, "no text"},
		"blocks in blocks":   {"a.html", []byte("<html>" + fonts.String() + strings.Repeat("<p></i>", 400_000)), models.CodeInvalid, "no text"},
		"ends alone":         {"a.html", []byte("<html>" + fonts.String() + strings.Repeat("</td>", 500_000)), models.CodeInvalid, "no text"},
	})
}

func TestHostileWordDocuments(t *testing.T) {
	body := word("Normal", secret)
	whole := wordFile(t, body)
	document := func(content string) []byte { return zipFile(t, zipEntry{"word/document.xml", content}) }
	laughs := `<!DOCTYPE x [<!ENTITY a "ha">`
	for i := range 9 {
		laughs += fmt.Sprintf(`<!ENTITY %c "%s">`, 'b'+i, strings.Repeat(fmt.Sprintf("&%c;", 'a'+i), 10))
	}
	var many []zipEntry
	for i := range maxEntries {
		many = append(many, zipEntry{fmt.Sprintf("word/media/%d.png", i), ""})
	}
	within := zipFile(t, zipEntry{"a.zip", string(zipFile(t, zipEntry{"b.txt", strings.Repeat("0", 5<<20)}))})
	refuse(t, map[string]hostile{
		"a flat bomb":             {"a.docx", document(strings.Repeat(" ", 60<<20)), models.CodeTooLarge, "expands to more than 50 MB"},
		"a bomb beside the text":  {"a.docx", wordFile(t, body, zipEntry{"word/media/a.bmp", strings.Repeat("\x00", 51<<20)}), models.CodeTooLarge, "expands to more than 50 MB"},
		"a smaller bomb":          {"a.docx", wordFile(t, strings.Repeat("<w:p/>", 4<<20)), models.CodeTooLarge, "200 times"},
		"a bomb of styles":        {"a.docx", zipFile(t, zipEntry{"word/document.xml", "<a/>"}, zipEntry{"word/styles.xml", strings.Repeat(" ", 20<<20)}), models.CodeTooLarge, "200 times"},
		"archives within":         {"a.docx", within, models.CodeInvalid, "a ZIP archive"},
		"a lie about sizes":       {"a.docx", resized(document(strings.Repeat(" ", 40<<20)), 100), models.CodeInvalid, "broken"},
		"files that overlap":      {"a.docx", overlapped(t), models.CodeInvalid, "overlap"},
		"a way out":               {"a.docx", wordFile(t, body, zipEntry{"word/../../etc/passwd", ""}), models.CodeInvalid, "outside itself"},
		"a way to the root":       {"a.docx", wordFile(t, body, zipEntry{"/etc/passwd", ""}), models.CodeInvalid, "outside itself"},
		"a way out on Windows":    {"a.docx", wordFile(t, body, zipEntry{`word\..\a`, ""}), models.CodeInvalid, "outside itself"},
		"two texts":               {"a.docx", wordFile(t, body, zipEntry{"word/document.xml", ""}), models.CodeInvalid, "two files of one name"},
		"too many files":          {"a.docx", wordFile(t, body, many...), models.CodeTooLarge, "2000 files"},
		"encrypted files":         {"a.docx", flagged(whole), models.CodeInvalid, "without a password"},
		"half of it":              {"a.docx", whole[:len(whole)/2], models.CodeInvalid, "broken"},
		"no text in it":           {"a.docx", zipFile(t, zipEntry{"word/other.xml", ""}), models.CodeInvalid, "no Word document"},
		"an empty text":           {"a.docx", wordFile(t, word("Normal", " ")), models.CodeInvalid, "no text"},
		"pictures alone":          {"a.docx", wordFile(t, "<w:p><w:r><w:drawing/></w:r></w:p>"), models.CodeInvalid, "pictures only"},
		"no XML":                  {"a.docx", document(secret), models.CodeInvalid, "no text"},
		"broken XML":              {"a.docx", wordFile(t, "<w:p><w:r></w:p>"+secret), models.CodeInvalid, "broken"},
		"XML of another encoding": {"a.docx", document(`<?xml version="1.0" encoding="x-` + secret + `"?><a/>`), models.CodeInvalid, "broken"},
		"invalid UTF-8":           {"a.docx", wordFile(t, word("Normal", secret+"\xff")), models.CodeInvalid, "broken"},
		"deep elements":           {"a.docx", wordFile(t, strings.Repeat("<w:p>", 2_000)), models.CodeTooLarge, "512 deep"},
		"deep tables":             {"a.docx", wordFile(t, strings.Repeat("<w:tbl><w:tr><w:tc>", 1_000)), models.CodeTooLarge, "512 deep"},
		"a billion laughs":        {"a.docx", document(laughs + `]><a>&j;</a>`), models.CodeInvalid, "declares types"},
		"a file of the machine":   {"a.docx", document(`<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>`), models.CodeInvalid, "declares types"},
		"an unknown entity":       {"a.docx", document("<a>&" + secret + ";</a>"), models.CodeInvalid, "broken"},
		"a tag without end":       {"a.docx", wordFile(t, "<w:p "+randomAttributes(100_000)), models.CodeTooLarge, "too long"},
		"too much text":           {"a.docx", wordFile(t, word("Normal", random(maxText/4*5, " "))), models.CodeTooLarge, "characters"},
		"too much in a table":     {"a.docx", wordFile(t, "<w:tbl><w:tr><w:tc>"+word("Normal", random(maxRun/5*6, " "))), models.CodeTooLarge, "too long"},
	})
}

func TestHostilePDFs(t *testing.T) {
	whole := policies["en"].pdf()
	page := "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> /XObject << /X 5 0 R >> >> >>"
	catalog, pages := "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
	zeros := func(n int) func(*zlib.Writer) {
		return func(w *zlib.Writer) {
			for range n {
				_, _ = w.Write(make([]byte, 1<<20))
			}
		}
	}
	refuse(t, map[string]hostile{
		"a head alone":           {"a.pdf", []byte("%PDF-1.7\n" + secret), models.CodeInvalid, "broken"},
		"half of it":             {"a.pdf", whole[:len(whole)/4], models.CodeInvalid, "broken"},
		"an encrypted one":       {"a.pdf", pdfOf("/ID [<00><00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <"+strings.Repeat("41", 32)+"> /U <"+strings.Repeat("42", 32)+"> >>", catalog, pages, page, pdfStream("")), models.CodeInvalid, "encrypted"},
		"an unknown encryption":  {"a.pdf", pdfOf("/ID [<00><00>] /Encrypt << /Filter /Sesame /V 9 >>", catalog, pages, page, pdfStream("")), models.CodeInvalid, "encrypted"},
		"100,000 pages claimed":  {"a.pdf", pdfOf("", catalog, "<< /Type /Pages /Kids [3 0 R] /Count 100000 >>", page, pdfStream("")), models.CodeTooLarge, "500 pages"},
		"501 pages":              {"a.pdf", pdfFile(make([][]pdfRun, maxPages+1)...), models.CodeTooLarge, "500 pages"},
		"pages in a circle":      {"a.pdf", pdfOf("", catalog, "<< /Type /Pages /Kids [2 0 R 2 0 R 2 0 R] /Count 3 /Parent 2 0 R >>"), models.CodeInvalid, "PDF"},
		"no pages":               {"a.pdf", pdfOf("", catalog, "<< /Type /Pages /Kids [] /Count 0 >>"), models.CodeInvalid, "broken"},
		"pages without text":     {"a.pdf", pdfFile(nil, nil), models.CodeInvalid, "no text"},
		"a scanned page":         {"a.pdf", pdfOf("", catalog, pages, page, pdfStream("q 9 0 0 9 0 0 cm /X Do Q"), "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\nstream\nx\nendstream"), models.CodeInvalid, "pictures only"},
		"a bomb":                 {"a.pdf", pdfOf("", catalog, pages, page, pdfDeflated("", zeros(200))), models.CodeInvalid, ""},
		"a bomb within a bomb":   {"a.pdf", pdfOf("", catalog, pages, page, bombInBomb(zeros(200))), models.CodeInvalid, ""},
		"a bomb of text":         {"a.pdf", pdfOf("", catalog, pages, page, pdfDeflated("", lines(20_000))), models.CodeInvalid, "too much memory"},
		"too much text":          {"a.pdf", book(100, pdfDeflated("", lines(100))), models.CodeTooLarge, "characters"},
		"a picture of gigabytes": {"a.pdf", pdfOf("", catalog, pages, page, pdfStream("/X Do"), pdfDeflated("/Type /XObject /Subtype /Image /Width 30000 /Height 30000 /ColorSpace /DeviceRGB /BitsPerComponent 8", zeros(50))), models.CodeInvalid, "pictures only"},
		"a circle of forms":      {"a.pdf", pdfOf("", catalog, pages, page, pdfStream("/X Do"), "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >> /Length 11 >>\nstream\n/X Do /X Do\nendstream"), models.CodeInvalid, ""},
	})
}

func TestReadRepairsPDFs(t *testing.T) {
	t.Parallel()
	broken := bytes.Replace(policies["ru"].pdf(), []byte("\nxref\n"), []byte("\nfexr\n"), 1)
	broken = append([]byte("\n\n"), broken...)
	require.Equal(t, policies["ru"].outline(), outlineOf(readAny(t, "a.pdf", broken)))
}

func TestReadEndsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := patient()
	defer cancel()
	_, err := pdfReaders(ctx)
	require.NoError(t, err)
	forms := []string{
		"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>", pdfStream("/X Do"),
	}
	for i := range 12 { // 20¹² forms, each in its own right.
		forms = append(forms, fmt.Sprintf("<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X %d 0 R >> >> /Length 120 >>\nstream\n%s\nendstream", i+6, strings.Repeat("/X Do ", 20)))
	}
	for outcome, body := range map[string][]byte{"a PDF": pdfOf("", forms...), "a page": []byte("<html>" + strings.Repeat("<p>a", 2_000_000))} {
		t.Run(outcome, func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
			defer cancel()
			began := time.Now()
			_, err := Read(ctx, "a", body)
			require.Less(t, time.Since(began), 5*time.Second)
			require.Contains(t, []models.Code{models.CodeTooLarge, models.CodeUnavailable}, models.CodeOf(err), err)
		})
	}
	t.Run("and so does its reader", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithTimeout(context.Background(), 200*time.Millisecond)
		defer cancel()
		began := time.Now()
		_, err := readPDF(ctx, pdfOf("", forms...))
		require.Less(t, time.Since(began), 5*time.Second)
		require.Error(t, err)
	})
	t.Run("before it begins", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		_, err := Read(ctx, "a.pdf", policies["en"].pdf())
		require.Equal(t, models.CodeUnavailable, models.CodeOf(err))
	})
}
