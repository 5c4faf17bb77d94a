package commerce

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"kedai/models"
)

const head = "Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Option2 Name,Option2 Value," +
	"Variant SKU,Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,Variant Price,Variant Compare At Price,Image Src,Status\n"

func read(t *testing.T, file string) ([]models.Product, []models.RowError) {
	t.Helper()
	products, bad, err := ReadProducts(strings.NewReader(file), "USD")
	require.NoError(t, err)
	return products, bad
}

func amount(text string) *decimal.Decimal {
	d := decimal.RequireFromString(text)
	return &d
}

func TestReadProducts(t *testing.T) {
	t.Parallel()

	t.Run("a product has its variants and the first image", func(t *testing.T) {
		t.Parallel()
		products, bad := read(t, head+
			`mug,Blue  Mug,"<p>A mug.</p>`+"\n"+`<ul><li>300 ml</li><li>Caf&eacute; &amp; tea</li></ul>",Ada,Mugs,"kitchen, blue,",TRUE,Size,S,Colour,Blue,M-S,shopify,3,deny,12.50,15.00,https://x.example/1.jpg,active`+"\n"+
			"mug,,,,,,,,L,,Blue,M-L,shopify,-1,continue,14,,https://x.example/2.jpg,\n"+
			"mug,,,,,,,,,,,,,,,,,https://x.example/3.jpg,\n"+
			"mug,,,,,,,,XL,,Blue,'007,,0,deny,,,,\n")
		require.Empty(t, bad)
		require.Equal(t, []models.Product{{
			Handle: "mug", Title: "Blue Mug", Body: "A mug.\n300 ml\nCafé & tea", Vendor: "Ada", Type: "Mugs",
			Tags: []string{"kitchen", "blue"}, ImageURL: "https://x.example/1.jpg", Published: true, Line: 2,
			Variants: []models.Variant{
				{
					SKU: "M-S", Options: []models.Option{{Name: "Size", Value: "S"}, {Name: "Colour", Value: "Blue"}},
					Price: amount("12.50"), CompareAt: amount("15.00"), Currency: "USD", Quantity: 3, Tracked: true,
				},
				{
					SKU: "M-L", Options: []models.Option{{Name: "Size", Value: "L"}, {Name: "Colour", Value: "Blue"}},
					Price: amount("14"), Currency: "USD", Quantity: -1, Tracked: true, Backorder: true,
				},
				{SKU: "007", Options: []models.Option{{Name: "Size", Value: "XL"}, {Name: "Colour", Value: "Blue"}}, Currency: "USD"},
			},
		}}, products)
	})

	t.Run("Default Title is no option", func(t *testing.T) {
		t.Parallel()
		products, bad := read(t, head+"mug,Mug,,,,,,Title,Default Title,,,,,,,5,,,\n")
		require.Empty(t, bad)
		require.Empty(t, products[0].Variants[0].Options)
		require.True(t, products[0].Published, "an empty Published is true")
	})

	t.Run("draft, archived and unpublished products aren't published", func(t *testing.T) {
		t.Parallel()
		products, bad := read(t, head+"a,A,,,,,true,,,,,,,,,1,,,draft\nb,B,,,,,true,,,,,,,,,1,,,Archived\nc,C,,,,,FALSE,,,,,,,,,1,,,active\nd,D,,,,,true,,,,,,,,,1,,,active\n")
		require.Empty(t, bad)
		require.Len(t, products, 4)
		for i, published := range []bool{false, false, false, true} {
			require.Equal(t, published, products[i].Published, products[i].Title)
		}
	})

	t.Run("byte order mark, semicolons, CRLF, any order and other names of columns", func(t *testing.T) {
		t.Parallel()
		products, bad := read(t, "\ufeffprice;Colour, or not;Title;URL handle;Description;Continue selling when out of stock\r\n"+
			"\"1.299,00\";x;Sofa;sofa;\"A; B\r\nC\";TRUE\r\n\r\n;;;;;\r\n")
		require.Empty(t, bad)
		require.Len(t, products, 1)
		require.Equal(t, "A; B\nC", products[0].Body)
		require.Equal(t, "1299", products[0].Variants[0].Price.String())
		require.True(t, products[0].Variants[0].Backorder)
		require.False(t, products[0].Variants[0].Tracked)
	})

	t.Run("a first row without a variant doesn't add one beside those that follow", func(t *testing.T) {
		t.Parallel()
		products, bad := read(t, head+"a,A,,,,,,Size,,,,,,,,,,,\na,,,,,,,,S,,,,,,,1,,,\nb,B,,,,,,,,,,,,,,,,,\n")
		require.Empty(t, bad)
		require.Len(t, products, 2)
		require.Equal(t, []models.Option{{Name: "Size", Value: "S"}}, products[0].Variants[0].Options)
		require.Len(t, products[0].Variants, 1)
		require.Nil(t, products[1].Variants[0].Price)
	})

	t.Run("rows of a product needn't stand together", func(t *testing.T) {
		t.Parallel()
		products, bad := read(t, head+"a,A,,,,,,Size,S,,,,,,,1,,,\nb,B,,,,,,,,,,,,,,2,,,\na,A,,,,,,Size,M,,,,,,,3,,,\n")
		require.Empty(t, bad)
		require.Len(t, products, 2)
		require.Len(t, products[0].Variants, 2)
	})
}

func TestReadProductsRefusesRows(t *testing.T) {
	t.Parallel()
	const good = "ok,Ok,,,,,,,,,,,,,,1,,,\n"
	for outcome, test := range map[string]struct {
		rows     string
		lines    []int
		message  string
		products []string
	}{
		"no handle":                      {",Mug,,,,,,,,,,,,,,1,,,\n", []int{2}, "no Handle", nil},
		"too few cells":                  {"mug,Mug,x\n", []int{2}, "3 cells where the first row has 19", nil},
		"too many cells":                 {"mug,Mug,,,,,,,,,,,,,,1,,,,more\n", []int{2}, "20 cells", nil},
		"unknown product":                {"mug,,,,,,,,S,,,,,,,1,,,\n", []int{2}, "no Title", nil},
		"a price that is none":           {"mug,Mug,,,,,,,,,,,,,,cheap,,,\n", []int{2}, `"cheap" isn't a price`, nil},
		"an ambiguous price":             {"mug,Mug,,,,,,,,,,,,,,\"1,299\",,,\n", []int{2}, "two ways", nil},
		"a stock that is none":           {"mug,Mug,,,,,,,,,,,shopify,many,,1,,,\n", []int{2}, "whole number", nil},
		"an unknown policy":              {"mug,Mug,,,,,,,,,,,,,maybe,1,,,\n", []int{2}, "neither deny nor continue", nil},
		"an unknown status":              {"mug,Mug,,,,,,,,,,,,,,1,,,sold\n", []int{2}, "Status", nil},
		"an unknown Published":           {"mug,Mug,,,,,perhaps,,,,,,,,,1,,,\n", []int{2}, "neither true nor false", nil},
		"not UTF-8":                      {"mug,Caf\xe9,,,,,,,,,,,,,,1,,,\n", []int{2}, "UTF-8", nil},
		"a zero byte":                    {"mug,M\x00ug,,,,,,,,,,,,,,1,,,\n", []int{2}, "zero byte", nil},
		"a stray quote":                  {"mug,M\"ug,,,,,,,,,,,,,,1,,,\n", []int{2}, "quote", nil},
		"a cell over 1 MB":               {"mug,Mug,\"" + strings.Repeat("x", 1<<20+1) + "\",,,,,,,,,,,,,1,,,\n", []int{2}, "1 MB", nil},
		"a variant twice":                {"mug,Mug,,,,,,Size,S,,,,,,,1,,,\nmug,,,,,,,,s,,,,,,,1,,,\n", []int{3}, "same options", []string{"mug"}},
		"one variant of two":             {"mug,Mug,\"a\nb\",,,,,Size,S,,,,,,,x,,,\nmug,,,,,,,,M,,,,,,,1,,,\n", []int{2}, "Variant Price", []string{"mug"}},
		"a handle without end":           {strings.Repeat("m", 256) + ",Mug,,,,,,,,,,,,,,1,,,\n", []int{2}, "Handle has 256 characters, more than 255", nil},
		"a title without end":            {"mug," + strings.Repeat("é", 501) + ",,,,,,,,,,,,,,1,,,\n", []int{2}, "Title has 501 characters", nil},
		"a SKU without end":              {"mug,Mug,,,,,,,,,," + strings.Repeat("s", 256) + ",,,,1,,,\n", []int{2}, "Variant SKU", nil},
		"what follows a refused product": {"mug,Mug,,,,,,,,,,,,,,1,,,sold\nmug,,,,,,,,M,,,,,,,1,,,\n,,,,,,,,L,,,,,,,1,,,\n", []int{2, 3, 4}, "Status", nil},
	} {
		t.Run(outcome, func(t *testing.T) {
			t.Parallel()
			products, bad := read(t, head+test.rows+good)
			var lines []int
			for _, b := range bad {
				lines = append(lines, b.Line)
			}
			require.Equal(t, test.lines, lines)
			require.Contains(t, bad[0].Message, test.message)
			require.Len(t, products, len(test.products)+1)
			for i, handle := range append(test.products, "ok") {
				require.Equal(t, handle, products[i].Handle)
			}
		})
	}

	t.Run("lines are counted through quoted newlines", func(t *testing.T) {
		t.Parallel()
		_, bad := read(t, head+"a,A,\"1\n2\n3\",,,,,,,,,,,,,1,,,\nb,B,,,,,,,,,,,,,,x,,,\n")
		require.Equal(t, 5, bad[0].Line)
	})

	t.Run("a quote that is never closed costs its row and those after it", func(t *testing.T) {
		t.Parallel()
		products, bad := read(t, head+good+"a,\"A,,,,,,,,,,,,,,1,,,\nb,B,,,,,,,,,,,,,,1,,,\n")
		require.Len(t, products, 1)
		require.Equal(t, 3, bad[0].Line)
	})

	t.Run("a product has so many variants and no more", func(t *testing.T) {
		t.Parallel()
		var rows strings.Builder
		for i := range maxVariants + 1 {
			fmt.Fprintf(&rows, "a,A,,,,,,Size,S%d,,,,,,,1,,,\n", i)
		}
		products, bad := read(t, head+rows.String())
		require.Len(t, products[0].Variants, maxVariants)
		require.Len(t, bad, 1)
		require.Equal(t, maxVariants+2, bad[0].Line)
	})

	t.Run("a missing column of quantities is said", func(t *testing.T) {
		t.Parallel()
		products, bad := read(t, "Handle,Title,Variant Price,Variant Inventory Tracker\na,A,1,shopify\n")
		require.Len(t, products, 1)
		require.Len(t, bad, 1)
		require.Equal(t, 1, bad[0].Line)
	})
}

func TestReadProductsRefusesFiles(t *testing.T) {
	t.Parallel()
	for outcome, test := range map[string]struct {
		file     io.Reader
		currency string
		code     models.Code
		message  string
	}{
		"empty":                 {strings.NewReader(" \n"), "USD", models.CodeInvalid, "empty"},
		"one column lacks":      {strings.NewReader("Handle,Variant Price\na,1\n"), "USD", models.CodeInvalid, "the column Title lacks"},
		"several columns lack":  {strings.NewReader("name;cost\na;1\n"), "USD", models.CodeInvalid, "the columns Handle, Title, Variant Price lack"},
		"a picture":             {strings.NewReader("\x89PNG\r\n\x1a\n\x00\x00\""), "USD", models.CodeInvalid, "isn't a"},
		"UTF-16":                {strings.NewReader("\xff\xfeH\x00"), "USD", models.CodeInvalid, "UTF-16"},
		"broken first row":      {strings.NewReader("Handle,Ti\"tle\n"), "USD", models.CodeInvalid, "first row"},
		"no currency":           {strings.NewReader(head), "dollars", models.CodeInvalid, "ISO 4217"},
		"too many rows":         {strings.NewReader(head + strings.Repeat("a,A,,,,,,,,,,,,,,1,,,\n", maxRows+1)), "USD", models.CodeTooLarge, "100000 rows"},
		"an endless quoted row": {io.MultiReader(strings.NewReader(head+"a,\""), strings.NewReader(strings.Repeat("x", maxRecordBytes*2))), "USD", models.CodeTooLarge, "longer than"},
		"a reader that breaks":  {io.MultiReader(strings.NewReader(head), brokenReader{}), "USD", models.CodeUnavailable, "could not be read"},
	} {
		t.Run(outcome, func(t *testing.T) {
			t.Parallel()
			products, bad, err := ReadProducts(test.file, test.currency)
			require.Equal(t, test.code, models.CodeOf(err))
			require.ErrorContains(t, err, test.message)
			require.Empty(t, products)
			require.Empty(t, bad)
		})
	}
}

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func TestParsePrice(t *testing.T) {
	t.Parallel()
	for cell, want := range map[string]string{
		"1299.00": "1299", "0": "0", "0.5": "0.5", "1,299.00": "1299", "1.299,00": "1299", "1299,5": "1299.5", "12,00": "12",
		"1 299,00": "1299", "1\u00a0299,00": "1299", "1,234,567": "1234567", "1.234.567": "1234567", "1,234,567.8": "1234567.8",
	} {
		price, err := parsePrice(cell, "USD")
		require.NoError(t, err, cell)
		require.Equal(t, want, price.String(), cell)
	}
	for _, cell := range []string{"1,299", "1.299", "12.345", "-5", "$5", "1e3", "1.2.3", "1,23,456.00", "NaN", "٣", strings.Repeat("9", 30), "."} {
		_, err := parsePrice(cell, "USD")
		require.Error(t, err, cell)
	}
	price, err := parsePrice("1.299", "KWD")
	require.NoError(t, err)
	require.Equal(t, "1.299", price.String())
}

func TestPlainText(t *testing.T) {
	t.Parallel()
	for outcome, test := range map[string]struct{ html, want string }{
		"paragraphs and items have lines of their own": {"<p>One\n two</p><ul><li>a<li>b</ul>c<br/>d", "One two\na\nb\nc\nd"},
		"inline tags don't break":                      {"<b>S</b>ize&nbsp;<em>M</em>", "Size M"},
		"scripts and styles are dropped":               {"a<script>var x='<p>no</p>'</script><style>p{}</style><p>b", "a\nb"},
		"comments are dropped":                         {"a<!-- no --> b", "a b"},
		"entities are text":                            {"<p>1 &lt; 2 &amp;&amp; caf&#233;</p>", "1 < 2 && café"},
		"table cells are apart":                        {"<table><tr><th>Size</th><th>cm</th></tr><tr><td>S</td><td>90</td></tr></table>", "Size | cm\nS | 90"},
		"a text without tags keeps its lines":          {"One &amp; two\n\n three\tfour", "One & two\nthree four"},
		"deep nesting is no trouble":                   {strings.Repeat("<div>", 100_000) + "x", "x"},
		"an open script hides the rest":                {"a<script>b", "a"},
		"nothing":                                      {"", ""},
	} {
		t.Run(outcome, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, test.want, plainText(test.html))
		})
	}
}

// TestRealFiles reads the shops that come with the project.
func TestRealFiles(t *testing.T) {
	t.Parallel()
	root := filepath.Join("..", "..")
	var files []string
	for _, pattern := range []string{"deploy/demo/homeware/*/products.csv", "../shared/exam/*/*/products.csv"} {
		found, err := filepath.Glob(filepath.Join(root, pattern))
		require.NoError(t, err)
		files = append(files, found...)
	}
	if len(files) == 0 {
		t.Skip("neither the demo shop nor the exam is here")
	}
	for _, name := range files {
		t.Run(strings.ReplaceAll(strings.TrimPrefix(filepath.Dir(name), root), "/", " "), func(t *testing.T) {
			t.Parallel()
			file, err := os.Open(name)
			require.NoError(t, err)
			defer file.Close()
			products, bad, err := ReadProducts(file, "USD")
			require.NoError(t, err)
			require.Empty(t, bad)
			require.Greater(t, len(products), 10)
			for _, p := range products {
				require.NotEmpty(t, p.Title, p.Handle)
				require.NotEmpty(t, p.Variants, p.Handle)
				require.NotContains(t, p.Body, "</", p.Handle)
			}
		})
	}
}

func BenchmarkReadProducts(b *testing.B) {
	var file strings.Builder
	file.WriteString(head)
	for i := range 10_000 {
		fmt.Fprintf(&file, "p%d,Product %d,<p>Text of <b>it</b></p>,V,T,\"a, b\",TRUE,,,,,SKU-%d,shopify,3,deny,12.50,,,active\n", i, i, i)
	}
	for b.Loop() {
		if _, _, err := ReadProducts(strings.NewReader(file.String()), "USD"); err != nil {
			b.Fatal(err)
		}
	}
}
