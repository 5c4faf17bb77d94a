package documents

import (
	"context"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"kedai/models"
)

// fuzzRead reads a body without the net that Read has below its readers, and
// checks what holds for whatever comes out.
func fuzzRead(t *testing.T, format Format, body []byte) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	began := time.Now()
	text, err := markdownOf(ctx, format, body)
	var doc Document
	if err == nil {
		doc, err = parse("fuzz", format, text)
	}
	require.Less(t, time.Since(began), maxTime)
	if err != nil {
		var refused *models.Error
		require.ErrorAs(t, err, &refused)
		require.Contains(t, []models.Code{models.CodeInvalid, models.CodeTooLarge}, refused.Code)
		return
	}
	require.NotEmpty(t, doc.Passages)
	for _, p := range doc.Passages {
		require.LessOrEqual(t, utf8.RuneCountInString(p.Text), maxPassage)
		require.True(t, utf8.ValidString(p.Text))
	}
	again, err := ReadMarkdown("fuzz", []byte(doc.Text))
	require.NoError(t, err)
	require.Equal(t, outlineOf(doc), outlineOf(again))
}

func FuzzReadText(f *testing.F) {
	f.Add([]byte("TITLE\n\nText\n- item\n1. one\n\nHead\n====\n## H\nAddress:\nStreet 1"))
	f.Add([]byte("\xff\xfeA\x00\xcf\xf0\xe8\xe2\xe5\xf2"))
	f.Fuzz(func(t *testing.T, body []byte) { fuzzRead(t, FormatText, body) })
}

func FuzzReadMarkdown(f *testing.F) {
	f.Add([]byte(policies["es"].markdown()))
	f.Add([]byte("- a\n  1. b\n     > c\n\n|a|b|\n|-|-|\n|`c`|[d](e)|\n\n<div>x</div>\n\nx  \ny\\\nz"))
	f.Fuzz(func(t *testing.T, body []byte) { fuzzRead(t, FormatMarkdown, body) })
}

func FuzzReadHTML(f *testing.F) {
	f.Add([]byte(policies["ru"].html()))
	f.Add([]byte("<title>T</title><main><ul><li>a<ol start=3><li><h3>b</h3>c</ol></ul><table><tr><th>d<td>e<table><td>f</table></table><dl><dt>g<dd>h</dl><pre>i\nj</pre><a href=http://k>l</a></main>"))
	f.Fuzz(func(t *testing.T, body []byte) { fuzzRead(t, FormatHTML, body) })
}

func FuzzReadCSV(f *testing.F) {
	f.Add([]byte("a,b\n1,\"2\n3\"\n"))
	f.Add([]byte("sep=;\na;b\n1;2"))
	f.Fuzz(func(t *testing.T, body []byte) { fuzzRead(t, FormatCSV, body) })
}

func FuzzReadDOCX(f *testing.F) {
	f.Add(policies["en"].docx(f))
	f.Fuzz(func(t *testing.T, body []byte) { fuzzRead(t, FormatDOCX, body) })
}

// FuzzReadWordBody fuzzes what stands within the archive.
func FuzzReadWordBody(f *testing.F) {
	f.Add(word("1", "Head")+word("Punkt", "item")+`<w:tbl><w:tr><w:tc>`+word("Normal", "x")+`</w:tc></w:tr></w:tbl>`, wordStyles, wordNumbering)
	f.Add(`<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>x</w:t><w:br/><w:tab/></w:r><w:hyperlink r:id="rId9"><w:r><w:t>y</w:t></w:r></w:hyperlink></w:p>`, "", "")
	f.Fuzz(func(t *testing.T, body, styles, numbering string) {
		fuzzRead(t, FormatDOCX, zipFile(t, zipEntry{"word/document.xml", `<w:document ` + wordNamespaces + `>` + body + `</w:document>`},
			zipEntry{"word/styles.xml", styles}, zipEntry{"word/numbering.xml", numbering}, zipEntry{"word/_rels/document.xml.rels", wordLinks}))
	})
}

func FuzzReadPDF(f *testing.F) {
	_, err := pdfReaders(context.Background()) // Compiled before the fuzzer's clock runs.
	require.NoError(f, err)
	f.Add(policies["pt"].pdf())
	f.Add(pdfFile(pdfColumn("# A", "* B", "• C", "D\tE", "F\tG"), pdfColumn("H")))
	f.Fuzz(func(t *testing.T, body []byte) { fuzzRead(t, FormatPDF, body) })
}

// FuzzFormatOf fuzzes names and contents.
func FuzzFormatOf(f *testing.F) {
	f.Add("a.pdf", []byte("%PDF-1.7"))
	f.Add("a.b c", []byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, name string, body []byte) {
		format, err := formatOf(name, body)
		require.Equal(t, err == nil, format != "")
		require.LessOrEqual(t, utf8.RuneCountInString(titleOf(name)), maxTitle)
	})
}

// FuzzEscape proves that Markdown gives back a line of text as it was.
func FuzzEscape(f *testing.F) {
	for _, text := range []string{"1. a", "2) b", "# c #", "a*b* _c_ __d__", "~~e~~ ~f~", "<g> &amp; &#39; <h@i.j>", "[k](l) [m]: n", "![o](p)", "\\q \\* \\", "| - |", "---", "===", "`r`", "> s", "- t", "<!-- u -->", "~~~v"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "")
		want := clean(text)
		if want == "" || utf8.RuneCountInString(want) > maxHeading {
			return
		}
		var c composer
		c.heading(1, "T")
		c.paragraph(want)
		c.heading(2, "I")
		c.item(0, 0, text)
		c.heading(2, "R")
		c.table([][]string{{text, "x"}, {"y", text}}, true)
		c.heading(2, text)
		markdown, err := c.text()
		require.NoError(t, err)
		doc, err := parse("x", FormatText, markdown)
		require.NoError(t, err)
		require.Equal(t, []Passage{
			{[]string{"T"}, want},
			{[]string{"T", "I"}, "- " + want},
			{[]string{"T", "R"}, want + " | x\ny | " + want},
			{[]string{"T"}, want},
		}, doc.Passages, markdown)
	})
}
