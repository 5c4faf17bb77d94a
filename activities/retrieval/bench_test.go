package retrieval_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"kedai/activities/retrieval"
	"kedai/models"
)

// BenchmarkSearch searches freshly written accounts of several sizes.
func BenchmarkSearch(b *testing.B) {
	random := rand.New(rand.NewPCG(1, 2))
	words := func(n int) string {
		var text strings.Builder
		for range n {
			// Some words are common and most are rare.
			number := int(3000 * random.Float64() * random.Float64())
			fmt.Fprintf(&text, "word%c%c%c ", 'a'+number%26, 'a'+number/26%26, 'a'+number/676)
		}
		return text.String()
	}
	for _, size := range []int{100, 1_000, 10_000} {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			bundle := setup(b)
			products := make([]models.Product, size)
			for i := range products {
				products[i] = product(words(4), words(60), words(3))
			}
			passages := make([]models.Passage, size/10)
			for i := range passages {
				passages[i] = models.Passage{ID: uuid.New(), Headings: []string{words(3)}, Text: words(100)}
			}
			require.NoError(b, bundle.index.PutProducts(b.Context(), bundle.account, models.English, products))
			require.NoError(b, bundle.index.PutPassages(b.Context(), bundle.account, models.English, "Policy", passages))
			for b.Loop() {
				_, err := bundle.index.Search(b.Context(), bundle.account, retrieval.Query{Language: models.English, Text: words(5), Limit: 10})
				require.NoError(b, err)
			}
		})
	}
}
