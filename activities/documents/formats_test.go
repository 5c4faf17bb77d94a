package documents

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// reading is what a source of some format gives as its Markdown.
type reading struct{ body, want string }

func testReadings(t *testing.T, name string, readings map[string]reading) {
	t.Helper()
	t.Parallel()
	for outcome, test := range readings {
		t.Run(outcome, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, test.want, readAny(t, name, []byte(test.body)).Text)
		})
	}
}

func TestReadText(t *testing.T) {
	testReadings(t, "shop.txt", map[string]reading{
		"wrapped lines are joined, short ones kept": {
			"This line was wrapped by an editor at about seventy characters, so\nthat it goes on here.\n\nMon–Fri: 9–18\nSat: 10–14\r\nSun: closed\n",
			"This line was wrapped by an editor at about seventy characters, so that it goes on here.\n\nMon–Fri: 9–18  \nSat: 10–14  \nSun: closed",
		},
		"headings by capitals, underlines and marks": {
			"SHIPPING\n\nOne.\n\nReturns\n=======\nTwo.\n## Costs ##\nThree.\nNOT A HEADING\n",
			"## SHIPPING\n\nOne.\n\n# Returns\n\nTwo.\n\n## Costs\n\nThree.  \nNOT A HEADING",
		},
		"items, numbered ones with their own numbers": {
			"We have:\n• mugs\n  of two sizes\n• plates\n    - flat\n\n1) First\n2) Second\n7. Seventh",
			"We have:\n\n- mugs of two sizes\n- plates\n  - flat\n\n1. First\n2. Second\n\n7) Seventh",
		},
		"what looks like Markdown stays text": {
			"5 * 3 = 15, a*b*c, snake_case_name, _so_ <b>, &amp; and [x](y) `z` \\* ~~no~~ C:\\dir\n\n> said\n+ plus\n\n| a |\n|---|\n2020. A year.",
			"5 * 3 = 15, a\\*b\\*c, snake_case_name, _so\\_ \\<b>, &amp;amp; and [x]\\(y) \\`z\\` \\\\\\* ~~no\\~\\~ C:\\dir\n\n\\> said\n\n- plus\n\n| a |  \n\\|---|  \n2020\\. A year.",
		},
	})
}

func TestReadHTML(t *testing.T) {
	testReadings(t, "page.html", map[string]reading{
		"what isn't said by the page is left out": {
			"<html><head><title>T</title><style>p{}</style></head><body><header>Shop</header><nav>Menu</nav><aside>Ad</aside>" +
				"<p>Text <span style='display: none'>hidden <span>too</span> here</span>goes on.<script>if(a<b){}</script></p><p hidden>No</p>" +
				"<form><label>Name</label><input value=x><button>Go</button></form><s>$20</s> $15<template>No</template><noscript>No</noscript><svg><title>No</title><path/></svg>" +
				"<div role=dialog>Cookies</div><footer>©</footer></body>",
			"# T\n\nText goes on.\n\n$15",
		},
		"the main part is all where there is one": {
			"<html><body><p>Welcome to the shop.</p><main><header><h1>Returns</h1></header><p>Send it back within 30 days, and we pay you back.</p></main><p>More</p></body>",
			"# Returns\n\nSend it back within 30 days, and we pay you back.",
		},
		"a main part that says nothing is not": {
			"<html><body><main><p>x</p></main><p>All of what this page has to say stands outside.</p></body>",
			"x\n\nAll of what this page has to say stands outside.",
		},
		"an article is the main part, too": {
			"<html><body><div>Teaser</div><div role=article><h2>A</h2><p>" + strings.Repeat("word ", 50) + "</p></div></body>",
			"## A\n\n" + strings.TrimSpace(strings.Repeat("word ", 50)),
		},
		"a page within one form is read": {
			"<html><body><form><p>Old shop.</p><select><option>No</option></select></form>",
			"Old shop.",
		},
		"a heading that the title has said isn't repeated": {
			"<title>Returns &amp; refunds | Shop</title><h1>RETURNS &amp; refunds</h1><p>x</p><h2>Returns</h2>y",
			"# Returns & refunds | Shop\n\nx\n\n## Returns\n\ny",
		},
		"lists nest, and count from where they start": {
			"<html><p>We ship:</p><ol start=3><li>A<ul><li>a<li>b<p>bb</p></ul><li>B</ol><ol><li>C</ol>",
			"We ship:\n\n3. A\n   - a\n   - b bb\n4. B\n\n1) C",
		},
		"lists of sections aren't lists": {
			"<html><ul><li><h3><button>Question?</button></h3><div><p>One.</p><p>Two.</p></div><li><h3>Next?</h3>Three.</ul>",
			"### Question?\n\nOne.\n\nTwo.\n\n### Next?\n\nThree.",
		},
		"tables keep rows, and what only places parts is none": {
			"<html><table role=presentation><tr><td>Left<td><table><thead><tr><td>Size<td>cm</thead><tr><td>S<td>90 | 91<td></table><h2>H</h2></table>" +
				"<table><tr><td>Weight<td>5 kg<tr><td>Colour<td>red<ul><li>dark<li>light</ul></table>",
			"Left\n\n| Size | cm |\n|---|---|\n| S | 90 \\| 91 |\n\n## H\n\n|  |  |\n|---|---|\n| Weight | 5 kg |\n| Colour | red dark light |",
		},
		"terms stand with what explains them": {
			"<html><dl><dt>Weight<dd>5 kg<dt>Can I wash it?</dt><dd><p>Yes.</p></dl><details><summary>More</summary>Yes.</details><p>End",
			"Weight  \n5 kg\n\nCan I wash it?  \nYes.\n\nMore  \nYes.\n\nEnd",
		},
		"links tell their address where it is of use": {
			"<html><a href='https://s.example/f'>Form</a>, <a href=/x>page</a>, <a href='mailto:a@s.example?subject=x'>a@s.example</a>, <a href='tel:+123'>call</a>, <a href='javascript:x'>no</a>",
			"Form (https://s.example/f), page, a@s.example, call (+123), no",
		},
		"breaks are kept, other white space isn't": {
			"<html><p>A<br>B\n  C&nbsp; D</p><pre>x\n  y</pre>",
			"A  \nB C D\n\nx  \ny",
		},
	})
}

func TestReadCSV(t *testing.T) {
	testReadings(t, "faq.csv", map[string]reading{
		"rows are sentences": {
			"Question,Answer\nHow long?,\"Five days,\nat most \"\"usually\"\"\"\n,\nWhere?,\n",
			"Question: How long?; Answer: Five days, at most \"usually\"\n\nQuestion: Where?",
		},
		"a hint at the separator is followed": {"sep=;\nA, B;C\n1;2", "A, B: 1; C: 2"},
		"commas in values don't part them":    {"a;b\n1,5;\"2;5\"", "a: 1,5; b: 2;5"},
		"one column is enough":                {"Rule\nNo dogs.\nNo # cats.", "Rule: No dogs.\n\nRule: No # cats."},
	})
}

func TestReadDOCX(t *testing.T) {
	t.Parallel()
	run := func(properties, text string) string {
		return `<w:r><w:rPr>` + properties + `</w:rPr><w:t xml:space="preserve">` + text + `</w:t></w:r>`
	}
	for outcome, test := range map[string]reading{
		"what was deleted or hidden is left out": {
			`<w:p><w:r><w:t>It costs </w:t></w:r><w:del><w:r><w:delText>$30 </w:delText></w:r></w:del>` + run(`<w:strike/>`, "$20 ") + run(`<w:vanish/>`, "x") + run(`<w:strike w:val="0"/>`, "$15.") +
				`<w:r><w:fldChar/><w:instrText>PAGE</w:instrText></w:r></w:p>` + word("Toc1", "Contents ... 3"),
			"It costs $15.",
		},
		"tabs, breaks, hyphens and links": {
			`<w:p><w:r><w:t>A</w:t><w:tab/><w:t>B</w:t><w:br/><w:t>e</w:t><w:noBreakHyphen/><w:t>mail</w:t></w:r><w:hyperlink r:id="rId9"><w:r><w:t> form</w:t></w:r></w:hyperlink></w:p>`,
			"A B  \ne-mail form (https://shop.example/form)",
		},
		"numbered lists count, bulleted ones nest": {
			`<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr></w:pPr><w:r><w:t>One</w:t></w:r></w:p>` +
				`<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr></w:pPr><w:r><w:t>Two</w:t></w:r></w:p>` +
				word("Punkt", "dot") + `<w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>deep</w:t></w:r></w:p>`,
			"1. One\n2. Two\n\n- dot\n  - deep",
		},
		"bold lines are headings": {
			`<w:p>` + run(`<w:b/>`, "Opening hours") + `</w:p>` + word("Normal", "9–18.") + `<w:p>` + run(`<w:b/>`, "Not ") + run(`<w:b w:val="0"/>`, "all") + `</w:p>`,
			"###### Opening hours\n\n9–18.\n\nNot all",
		},
		"outline levels make headings": {
			`<w:p><w:pPr><w:outlineLvl w:val="1"/></w:pPr><w:r><w:t>H</w:t></w:r></w:p>` + word("Normal", "x") + word("1", strings.Repeat("long ", 50)),
			"## H\n\nx\n\n" + strings.TrimSpace(strings.Repeat("long ", 50)),
		},
		"text boxes are read once, pictures aren't": {
			`<w:p><w:r><w:t>Before</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>` + word("Normal", "Boxed") + `</w:txbxContent></w:drawing></mc:Choice>` +
				`<mc:Fallback><w:pict><w:txbxContent>` + word("Normal", "Boxed") + `</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>`,
			"Boxed\n\nBefore",
		},
		"tables within tables are cells": {
			`<w:tbl><w:tr><w:tc>` + word("Normal", "A") + word("Normal", "a") + `</w:tc><w:tc><w:tbl><w:tr><w:tc>` + word("Normal", "B") + `</w:tc></w:tr></w:tbl></w:tc></w:tr></w:tbl>`,
			"|  |  |\n|---|---|\n| A a | B |",
		},
	} {
		t.Run(outcome, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, test.want, readAny(t, "shop.docx", wordFile(t, test.body)).Text)
		})
	}
}

func TestReadPDF(t *testing.T) {
	t.Parallel()
	long := "The quick brown fox jumps over the lazy dog and runs away from"
	for outcome, test := range map[string]struct {
		pages [][]pdfRun
		want  string
	}{
		"paragraphs are parted by distance, and go on over pages": {
			[][]pdfRun{pdfColumn(long, "here.", "~ "+long), pdfColumn("there, too.")},
			long + " here.\n\n" + long + " there, too.",
		},
		"lines in bold type are headings": {
			[][]pdfRun{pdfColumn("* Opening hours", "We are open all day long.", "~ Second.")},
			"###### Opening hours\n\nWe are open all day long.\n\nSecond.",
		},
		"short rows aren't one line": {
			[][]pdfRun{pdfColumn("We have the following sizes:", "Size\tCountry\tDays", "S\tSpain\t5", "M\tItaly\t7")},
			"We have the following sizes:\n\n| Size | Country | Days |\n|---|---|---|\n| S | Spain | 5 |\n| M | Italy | 7 |",
		},
		"what stands on each page is left out": {
			[][]pdfRun{pdfColumn("Shop Ltd", "~ One.", "~ Page 1 of 3"), pdfColumn("Shop Ltd", "~ Two.", "~ Page 2 of 3"), pdfColumn("Shop Ltd", "~ Three.", "~ Page 3 of 3")},
			"One.\n\nTwo.\n\nThree.",
		},
		"a frame alone is text":        {[][]pdfRun{pdfColumn("Page 1"), pdfColumn("Page 2")}, "Page 1\n\nPage 2"},
		"a poster of headings is text": {[][]pdfRun{pdfColumn("* Only today and tomorrow", "# SALE")}, "Only today and tomorrow\n\nSALE"},
	} {
		t.Run(outcome, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, test.want, readAny(t, "shop.pdf", pdfFile(test.pages...)).Text)
		})
	}
}

func TestEncodings(t *testing.T) {
	t.Parallel()
	russian, spanish := "Доставка в Москву — «два дня», Ёлка № 5.", "¿Cuánto cuesta el envío? Señal: 4,50 € «así»."
	for outcome, test := range map[string]struct {
		encoded encoding.Encoding
		text    string
	}{
		"Windows-1251":                  {charmap.Windows1251, russian},
		"Windows-1252":                  {charmap.Windows1252, spanish},
		"UTF-16 with a mark":            {unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), russian},
		"UTF-16 big-endian with a mark": {unicode.UTF16(unicode.BigEndian, unicode.UseBOM), spanish},
		"UTF-16 without a mark":         {unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), spanish},
		"UTF-8 with a mark":             {unicode.UTF8BOM, russian},
	} {
		t.Run(outcome, func(t *testing.T) {
			t.Parallel()
			body, err := test.encoded.NewEncoder().String(test.text)
			require.NoError(t, err)
			for _, name := range []string{"x.txt", "x.md", "x.html"} {
				require.Equal(t, test.text, readAny(t, name, []byte(body)).Text, name)
			}
			body, err = test.encoded.NewEncoder().String("A;B\r\n" + strings.ReplaceAll(test.text, ";", "") + ";x")
			require.NoError(t, err)
			require.Equal(t, "A: "+test.text+"; B: x", readAny(t, "x.csv", []byte(body)).Text)
		})
	}
	t.Run("what a page says of itself", func(t *testing.T) {
		t.Parallel()
		body, err := charmap.KOI8R.NewEncoder().String("<html><meta charset=koi8-r><p>Ещё</p>")
		require.NoError(t, err)
		require.Equal(t, "Ещё", readAny(t, "x.html", []byte(body)).Text)
		require.Equal(t, "Ещё", readAny(t, "x.html", []byte("<html><meta charset=utf-8><p>Ещё</p>")).Text)
	})
}

func TestTables(t *testing.T) {
	t.Parallel()
	row := func(columns int, text string) []string {
		cells := make([]string, columns)
		for i := range cells {
			cells[i] = text
		}
		return cells
	}
	for outcome, test := range map[string]struct{ columns, rows, heads int }{
		"the widest is a table":                     {maxColumns, 20, 1},
		"the longest is a table, its head repeated": {2, maxCells/2 - 10_000, 300},
		"a wider one is lines":                      {maxColumns + 1, 20, 1},
		"a longer one is lines":                     {5, maxCells/5 + 10, 1},
	} {
		t.Run(outcome, func(t *testing.T) {
			t.Parallel()
			rows := [][]string{row(test.columns, "Head")}
			for range test.rows {
				rows = append(rows, row(test.columns, "a|b"))
			}
			var c composer
			c.table(rows, true)
			text, err := c.text()
			require.NoError(t, err)
			doc, err := parse("x", FormatText, text)
			require.NoError(t, err)
			heads := 0
			for _, p := range doc.Passages {
				require.NotContains(t, p.Text, "---")
				if strings.HasPrefix(p.Text, strings.TrimSuffix(strings.Repeat("Head | ", test.columns), " | ")) {
					heads++
				}
			}
			require.GreaterOrEqual(t, heads, test.heads)
		})
	}
}
