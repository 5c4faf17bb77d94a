package activities_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"kedai/activities/retrieval"
	"kedai/deploy/local/localtest"
	"kedai/models"
)

// catalogueRows is how many rows the measured file has: the size of shop that
// an import must take in within 20 s on two cores.
const catalogueRows = 10_000

// catalogue writes a file of products with two variants each and some sixty
// words of HTML.
func catalogue(rows int) string {
	random := rand.New(rand.NewPCG(1, 2))
	words := func(n int) string {
		var text strings.Builder
		for range n {
			number := int(3000 * random.Float64() * random.Float64())
			fmt.Fprintf(&text, "word%c%c%c ", 'a'+number%26, 'a'+number/26%26, 'a'+number/676)
		}
		return text.String()
	}
	var file strings.Builder
	file.WriteString(productHead)
	for i := 0; i < rows; i += 2 {
		fmt.Fprintf(&file, "p%d,%s,\"<p>%s</p>\n<ul><li>%s</li></ul>\",\"cotton, summer\",Size,S,SKU-%d-S,shopify,3,12.50\np%d,,,,,M,SKU-%d-M,shopify,0,13.00\n",
			i, words(4), words(40), words(20), i, i, i)
	}
	return file.String()
}

// BenchmarkProductImport takes a file in on the real engines: the first time,
// when it is there already, and after prices changed.
func BenchmarkProductImport(b *testing.B) {
	engines := localtest.Engines(b)
	index, err := retrieval.Open(retrieval.Options{URL: engines.WeaviateURL, GRPCAddress: engines.WeaviateGRPC})
	require.NoError(b, err)
	b.Cleanup(func() { _ = index.Close() })
	require.NoError(b, index.Setup(b.Context()))
	for name, file := range map[string]string{"5000 products of two variants": catalogue(catalogueRows), "10000 products": singles(catalogueRows)} {
		b.Run(name, func(b *testing.B) {
			bundle := setupIngest(b)
			bundle.run.Index = index
			b.Cleanup(func() { _ = index.DropAccount(b.Context(), bundle.shop.Account.ID) })
			for n := range b.N {
				first := bundle.take(models.ImportProducts, strings.ReplaceAll(file, "word", fmt.Sprintf("w%d", n)))
				require.Equal(b, first.Total, first.Written)
			}
			again := bundle.take(models.ImportProducts, strings.ReplaceAll(file, "word", fmt.Sprintf("w%d", b.N-1)))
			require.Zero(b, again.Written+again.Indexed)
			b.ReportMetric(again.FinishedAt.Sub(again.CreatedAt).Seconds(), "s/again")
			prices := bundle.take(models.ImportProducts, strings.ReplaceAll(strings.ReplaceAll(file, "word", fmt.Sprintf("w%d", b.N-1)), ",12.50", ",12.00"))
			require.Zero(b, prices.Indexed)
			b.ReportMetric(prices.FinishedAt.Sub(prices.CreatedAt).Seconds(), "s/prices")
		})
	}
}

// singles is catalogue with a product on each row.
func singles(rows int) string {
	file := catalogue(2 * rows)
	var out strings.Builder
	record := ""
	for line := range strings.Lines(file) {
		record += line
		if strings.Count(record, `"`)%2 == 1 {
			continue
		}
		if !strings.Contains(record, ",,,,,M,") {
			out.WriteString(record)
		}
		record = ""
	}
	return out.String()
}
