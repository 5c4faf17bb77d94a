package documents

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// pdfRun is a text of a PDF at a place, in points from the lower left.
type pdfRun struct {
	x, y, size float64
	text       string
	bold       bool
}

// pdfColumn sets lines below each other; a line's size and type are those that
// its marks say: "#" is a heading, "*" bold, "~" begins a new paragraph.
func pdfColumn(lines ...string) []pdfRun {
	var runs []pdfRun
	y := 760.0
	for _, line := range lines {
		run := pdfRun{x: 72, size: 11}
		switch {
		case strings.HasPrefix(line, "# "):
			run.size, line = 20, line[2:]
			y -= 16
		case strings.HasPrefix(line, "## "):
			run.size, line = 15, line[3:]
			y -= 12
		case strings.HasPrefix(line, "* "):
			run.bold, line = true, line[2:]
		case strings.HasPrefix(line, "~ "):
			line = line[2:]
			y -= 12
		}
		for i, cell := range strings.Split(line, "\t") {
			run.x, run.y, run.text = 72+float64(i)*150, y, cell
			runs = append(runs, run)
		}
		y -= run.size * 1.2
	}
	return runs
}

// pdfFile writes a PDF of the pages' texts. Letters are numbered as they come,
// and a map from their numbers to Unicode makes them readable.
func pdfFile(pages ...[]pdfRun) []byte {
	codes := map[rune]byte{}
	var unicodes strings.Builder
	encode := func(text string) string {
		var out strings.Builder
		for _, r := range text {
			if _, known := codes[r]; !known {
				// Letters keep the glyphs of Latin ones, since what has no glyph isn't there.
				if codes[r] = byte(r); r > 126 {
					codes[r] = byte(161 + len(codes))
				}
				fmt.Fprintf(&unicodes, "<%02x> <%04x>\n", codes[r], r)
			}
			fmt.Fprintf(&out, "%02x", codes[r])
		}
		return out.String()
	}
	objects := []string{"<< /Type /Catalog /Pages 2 0 R >>", "", "", "", "", ""}
	var kids []string
	for _, page := range pages {
		var content strings.Builder
		for _, run := range page {
			font := "F1"
			if run.bold {
				font = "F2"
			}
			fmt.Fprintf(&content, "BT /%s 1 Tf %g 0 0 %g %g %g Tm <%s> Tj ET\n", font, run.size, run.size, run.x, run.y, encode(run.text))
		}
		n := len(objects) + 1
		kids = append(kids, fmt.Sprintf("%d 0 R", n))
		objects = append(objects,
			fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> /Contents %d 0 R >>", n+1),
			pdfStream(content.String()))
	}
	objects[1] = fmt.Sprintf("<< /Type /Pages /Kids [%s] /Count %d >>", strings.Join(kids, " "), len(pages))
	font := "<< /Type /Font /Subtype /Type1 /BaseFont /%s /FirstChar 0 /LastChar 255 /Widths [" + strings.Repeat("500 ", 256) + "] /ToUnicode 5 0 R /FontDescriptor 6 0 R >>"
	objects[2], objects[3] = fmt.Sprintf(font, "Kedai"), fmt.Sprintf(font, "Kedai-Bold")
	objects[4] = pdfStream("/CIDInit /ProcSet findresource begin begincmap /CMapName /K def /CMapType 2 def\n" +
		"1 begincodespacerange <00> <ff> endcodespacerange\n" + fmt.Sprintf("%d beginbfchar\n", len(codes)) + unicodes.String() +
		"endbfchar endcmap end")
	objects[5] = "<< /Type /FontDescriptor /FontName /Kedai /Flags 32 /FontBBox [0 -200 500 800] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>"
	return pdfOf("", objects...)
}

func pdfStream(content string) string {
	return fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(content), content)
}

// pdfDeflated is a stream that expands to what the function writes.
func pdfDeflated(extra string, write func(w *zlib.Writer)) string {
	var out bytes.Buffer
	w := zlib.NewWriter(&out)
	write(w)
	_ = w.Close()
	return fmt.Sprintf("<< /Length %d /Filter /FlateDecode %s >>\nstream\n%s\nendstream", out.Len(), extra, out.String())
}

// pdfOf writes objects, the first of which is the catalogue, into a file.
func pdfOf(trailer string, objects ...string) []byte {
	var out bytes.Buffer
	out.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	var offsets []int
	for i, object := range objects {
		offsets = append(offsets, out.Len())
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", i+1, object)
	}
	at := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, offset := range offsets {
		fmt.Fprintf(&out, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&out, "trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, trailer, at)
	return out.Bytes()
}

const wordNamespaces = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" ` +
	`xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" ` +
	`xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"`

const wordStyles = `<w:styles ` + wordNamespaces + `>` +
	`<w:style w:type="paragraph" w:styleId="Normal"><w:name w:val="Normal"/></w:style>` +
	`<w:style w:type="paragraph" w:styleId="a3"><w:name w:val="Title"/></w:style>` +
	`<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/></w:style>` +
	`<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/></w:style>` +
	`<w:style w:type="paragraph" w:styleId="Mine"><w:name w:val="My heading"/><w:basedOn w:val="2"/></w:style>` +
	`<w:style w:type="paragraph" w:styleId="Toc1"><w:name w:val="toc 1"/></w:style>` +
	`<w:style w:type="paragraph" w:styleId="Punkt"><w:name w:val="List Bullet"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>`

const wordNumbering = `<w:numbering ` + wordNamespaces + `>` +
	`<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>` +
	`<w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>` +
	`<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num></w:numbering>`

const wordLinks = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
	`<Relationship Id="rId9" Type="x/hyperlink" Target="https://shop.example/form" TargetMode="External"/></Relationships>`

// zipEntry is a file of an archive.
type zipEntry struct{ name, content string }

// wordFile writes a Word document with a body, and files beside it.
func wordFile(t testing.TB, body string, more ...zipEntry) []byte {
	t.Helper()
	return zipFile(t, append([]zipEntry{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`},
		{"word/document.xml", `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document ` + wordNamespaces + `><w:body>` + body + `</w:body></w:document>`},
		{"word/styles.xml", wordStyles},
		{"word/numbering.xml", wordNumbering},
		{"word/_rels/document.xml.rels", wordLinks},
	}, more...)...)
}

func zipFile(t testing.TB, entries ...zipEntry) []byte {
	t.Helper()
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	for _, entry := range entries {
		w, err := archive.Create(entry.name)
		require.NoError(t, err)
		_, err = w.Write([]byte(entry.content))
		require.NoError(t, err)
	}
	require.NoError(t, archive.Close())
	return out.Bytes()
}

// word is a paragraph of a style with a text.
func word(style, text string) string {
	return `<w:p><w:pPr><w:pStyle w:val="` + style + `"/></w:pPr><w:r><w:t xml:space="preserve">` + text + `</w:t></w:r></w:p>`
}
