package documents

import (
	"bytes"
	"context"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

// patient is for tests on busy machines, where the first PDF takes its time.
func patient() (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.Background(), 3*time.Minute)
}

// readAny reads a source and checks what holds for all of them.
func readAny(t *testing.T, name string, body []byte) Document {
	t.Helper()
	ctx, cancel := patient()
	defer cancel()
	doc, err := Read(ctx, name, body)
	require.NoError(t, err)
	for _, p := range doc.Passages {
		require.LessOrEqual(t, utf8.RuneCountInString(p.Text), maxPassage)
		require.NotEmpty(t, strings.TrimSpace(p.Text))
		require.Equal(t, doc.Title, p.Headings[0])
	}
	again, err := ReadMarkdown(name, []byte(doc.Text))
	require.NoError(t, err)
	require.Equal(t, outlineOf(doc), outlineOf(again), "the passages are those of the text that is shown")
	return doc
}

// policy is one text that stands in files of every format.
type policy struct {
	title, intro, payment, list, items, more string
	table                                    [][]string
}

var policies = map[string]policy{
	"en": {
		"Delivery", "We deliver all over the country. The courier calls an hour before, and you can pay on arrival.", "Payment", "You can pay:", "by card|in cash, on delivery", "Costs",
		[][]string{{"Region", "Days", "Price"}, {"North & islands", "5", "$4.50"}, {"South", "2", "free"}},
	},
	"es": {
		"Envíos y devoluciones", "Enviamos a toda España. ¿No estás en casa? El mensajero llama una hora antes de llegar.", "Métodos de pago", "Puedes pagar:", "con tarjeta|en efectivo, al recibirlo", "Gastos de envío",
		[][]string{{"Región", "Días", "Precio"}, {"Península", "2", "4,50 €"}, {"Canarias", "7", "12,00 €"}},
	},
	"pt": {
		"Entregas e devoluções", "Entregamos em todo o país. O estafeta liga uma hora antes de chegar à sua morada.", "Formas de pagamento", "Pode pagar:", "com cartão|em dinheiro, à entrega", "Custos da entrega",
		[][]string{{"Região", "Dias", "Preço"}, {"Açores", "7", "R$ 12,00"}, {"Continente", "2", "grátis"}},
	},
	"ru": {
		"Доставка и возврат", "Доставляем по всей России. Курьер звонит за час до приезда, оплатить можно при получении.", "Оплата заказа", "Оплатить можно:", "картой онлайн|наличными, курьеру", "Стоимость доставки",
		[][]string{{"Регион", "Дней", "Цена"}, {"Москва", "2", "300 ₽"}, {"Сибирь и Урал", "7", "650 ₽"}},
	},
}

// outline is what each format but CSV gives for a policy.
func (p policy) outline() outlined {
	var rows []string
	for _, row := range p.table {
		rows = append(rows, strings.Join(row, " | "))
	}
	return outlined{p.title, []Passage{
		{[]string{p.title}, p.intro},
		{[]string{p.title, p.payment}, p.list + "\n- " + strings.ReplaceAll(p.items, "|", "\n- ")},
		{[]string{p.title, p.more}, strings.Join(rows, "\n")},
	}}
}

func (p policy) markdown() string {
	text := "# " + p.title + "\n\n" + p.intro + "\n\n## " + p.payment + "\n\n" + p.list + "\n\n- " + strings.ReplaceAll(p.items, "|", "\n- ") + "\n\n## " + p.more + "\n\n"
	for i, row := range p.table {
		text += "| " + strings.Join(row, " | ") + " |\n"
		if i == 0 {
			text += "|---|---|---|\n"
		}
	}
	return text
}

func (p policy) html() string {
	page := "<!DOCTYPE html><html><head><title>" + p.title + "</title></head><body><nav><a href=/>Shop</a></nav><h1>" + p.title +
		"</h1><p>" + p.intro + "<h2>" + p.payment + "</h2><p>" + p.list + "</p><ul>"
	for item := range strings.SplitSeq(p.items, "|") {
		page += "<li>" + item
	}
	page += "</ul><h2>" + p.more + "</h2><table>"
	for i, row := range p.table {
		page += "<tr>"
		for _, cell := range row {
			tag := "td"
			if i == 0 {
				tag = "th"
			}
			page += "<" + tag + ">" + html.EscapeString(cell) + "</" + tag + ">"
		}
	}
	return page + "</table><footer>©</footer></body></html>"
}

func (p policy) docx(t testing.TB) []byte {
	body := word("a3", p.title) + word("Normal", p.intro) + word("Mine", p.payment) + word("Normal", p.list)
	for item := range strings.SplitSeq(p.items, "|") {
		body += word("Punkt", item)
	}
	body += word("2", p.more) + "<w:tbl><w:tblPr><w:tblLook w:firstRow=\"1\"/></w:tblPr>"
	for _, row := range p.table {
		body += "<w:tr>"
		for _, cell := range row {
			body += "<w:tc>" + word("Normal", html.EscapeString(cell)) + "</w:tc>"
		}
		body += "</w:tr>"
	}
	return wordFile(t, body+"</w:tbl><w:sectPr/>")
}

func (p policy) pdf() []byte {
	words := strings.Fields(p.intro)
	half := len(words) / 2
	lines := []string{"# " + p.title, strings.Join(words[:half], " "), strings.Join(words[half:], " "), "## " + p.payment, p.list}
	for item := range strings.SplitSeq(p.items, "|") {
		lines = append(lines, "• "+item)
	}
	lines = append(lines, "## "+p.more)
	for _, row := range p.table {
		lines = append(lines, strings.Join(row, "\t"))
	}
	return pdfFile(pdfColumn(lines...))
}

// TestFormats reads one text in four languages from files of all formats.
func TestFormats(t *testing.T) {
	t.Parallel()
	for language, p := range policies {
		for name, test := range map[string]struct {
			body   []byte
			format Format
		}{
			"policy.md":   {[]byte(p.markdown()), FormatMarkdown},
			"policy.html": {[]byte(p.html()), FormatHTML},
			"POLICY.HTM":  {[]byte("\ufeff" + p.html()), FormatHTML},
			"policy.docx": {p.docx(t), FormatDOCX},
			"policy.pdf":  {p.pdf(), FormatPDF},
			"policy":      {p.pdf(), FormatPDF},
			"1. Policy":   {p.docx(t), FormatDOCX},
		} {
			t.Run(language+" "+name, func(t *testing.T) {
				t.Parallel()
				doc := readAny(t, name, test.body)
				require.Equal(t, p.outline(), outlineOf(doc))
				require.Equal(t, test.format, doc.Format)
			})
		}
		t.Run(language+" policy.txt", func(t *testing.T) {
			t.Parallel()
			text := strings.ToUpper(p.title) + "\n\n" + p.intro + "\n\n" + p.payment + "\n-------\n\n" + p.list + "\n* " + strings.ReplaceAll(p.items, "|", "\n* ")
			want := p.outline()
			want.Title, want.Passages = strings.ToUpper(want.Title), want.Passages[:2]
			for i := range want.Passages {
				want.Passages[i].Headings[0] = want.Title
			}
			doc := readAny(t, "policy.txt", []byte(text))
			require.Equal(t, want, outlineOf(doc))
			require.Equal(t, FormatText, doc.Format)
		})
		t.Run(language+" policy.csv", func(t *testing.T) {
			t.Parallel()
			var want []string
			for _, row := range p.table[1:] {
				want = append(want, fmt.Sprintf("%s: %s; %s: %s; %s: %s", p.table[0][0], row[0], p.table[0][1], row[1], p.table[0][2], row[2]))
			}
			for _, comma := range []string{",", ";", "\t"} {
				var text bytes.Buffer
				for _, row := range p.table {
					text.WriteString(`"` + strings.Join(row, `"`+comma+`"`) + "\"\r\n")
				}
				doc := readAny(t, "costs.csv", text.Bytes())
				require.Equal(t, outlined{"costs", []Passage{{[]string{"costs"}, strings.Join(want, "\n\n")}}}, outlineOf(doc))
				require.Equal(t, FormatCSV, doc.Format)
			}
		})
	}
}

func TestPassagesOfLongSourcesEndWhereParagraphsEnd(t *testing.T) {
	t.Parallel()
	sentence := "We deliver to every town of the country within a few working days. "
	paragraph := strings.TrimSpace(strings.Repeat(sentence, 5))
	doc := readAny(t, "long.html", []byte("<html><h1>Long</h1>"+strings.Repeat("<p>"+paragraph+"</p>", 50)))
	require.Len(t, doc.Passages, 25)
	for _, p := range doc.Passages {
		require.Equal(t, paragraph+"\n\n"+paragraph, p.Text)
	}
}

func TestReadIsDeterministic(t *testing.T) {
	t.Parallel()
	p := policies["ru"]
	for name, body := range map[string][]byte{"a.pdf": p.pdf(), "a.docx": p.docx(t), "a.html": []byte(p.html())} {
		first := readAny(t, name, body)
		for range 3 {
			require.Equal(t, first, readAny(t, name, body))
		}
	}
}

func TestCodeOfPDFReaderIsKeptPerVersion(t *testing.T) {
	t.Parallel()
	module, err := os.ReadFile(filepath.FromSlash("../../go.mod"))
	require.NoError(t, err)
	require.Contains(t, string(module), "github.com/tetratelabs/wazero "+strings.TrimPrefix(pdfRuntime, "wazero-")+"\n")
}

func TestClose(t *testing.T) {
	// Not parallel: others may be reading PDFs.
	for range 2 {
		readAny(t, "a.pdf", policies["en"].pdf())
		require.NoError(t, Close())
		require.NoError(t, Close())
	}
}
