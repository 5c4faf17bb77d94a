package activities_test

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/testsuite"

	"kedai/activities"
	"kedai/activities/retrieval"
	"kedai/deploy/local/localtest"
	"kedai/models"
	"kedai/models/store"
	"kedai/models/store/storetest"
)

const productHead = "Handle,Title,Body (HTML),Tags,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Tracker,Variant Inventory Qty,Variant Price\n"

// ingestBundle is an account whose uploads are taken in by the test, into an
// index that records what it is told.
type ingestBundle struct {
	t     testing.TB
	store *store.Store
	shop  storetest.Shop
	run   *activities.Ingesting

	mu      sync.Mutex
	put     []string // Titles, as they were written.
	deleted []uuid.UUID

	languages []models.Language // That products were stemmed in, of each batch.

	onPut func(n int) error // Called with the number of products that were put before.
}

func setupIngest(t testing.TB) *ingestBundle {
	t.Helper()
	b := &ingestBundle{t: t, store: storetest.Open(t)}
	b.shop = storetest.OpenShop(t, b.store, models.ChannelWebsite, nil)
	b.run = &activities.Ingesting{Store: b.store, Log: slog.New(slog.DiscardHandler), Index: &retrieval.Fake{
		PutProductsFn: func(_ context.Context, _ uuid.UUID, l models.Language, products []models.Product) error {
			b.mu.Lock()
			defer b.mu.Unlock()
			b.languages = append(b.languages, l)
			if b.onPut != nil {
				if err := b.onPut(len(b.put)); err != nil {
					return err
				}
			}
			for _, p := range products {
				b.put = append(b.put, p.Title)
			}
			return nil
		},
		DeleteFn: func(_ context.Context, _ uuid.UUID, _ models.EvidenceKind, ids []uuid.UUID) error {
			b.deleted = append(b.deleted, ids...)
			return nil
		},
	}}
	return b
}

// upload stores a file and returns it before it is ingested.
func (b *ingestBundle) upload(kind models.ImportKind, body string) models.Import {
	b.t.Helper()
	imp, err := b.store.CreateImport(b.t.Context(), b.shop.Admin, models.Import{AccountID: b.shop.Account.ID, Kind: kind, Name: "file", Body: []byte(body)})
	require.NoError(b.t, err)
	return imp
}

// ingest runs the activity once and returns the upload as it stands then.
func (b *ingestBundle) ingest(id uuid.UUID) (models.Import, error) {
	b.t.Helper()
	var suite testsuite.WorkflowTestSuite
	env := suite.NewTestActivityEnvironment()
	env.RegisterActivity(b.run)
	_, err := env.ExecuteActivity(b.run.Ingest, activities.ImportRequest{Account: b.shop.Account.ID, Import: id})
	imp, statusErr := b.store.ImportStatus(b.t.Context(), b.shop.Account.ID, id)
	require.NoError(b.t, statusErr)
	return imp, err
}

// take uploads a file and takes it in.
func (b *ingestBundle) take(kind models.ImportKind, body string) models.Import {
	b.t.Helper()
	imp, err := b.ingest(b.upload(kind, body).ID)
	require.NoError(b.t, err)
	require.Equal(b.t, models.ImportDone, imp.State, imp.Failure)
	return imp
}

// told returns what the index was told since the last call.
func (b *ingestBundle) told() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	out := b.put
	b.put = nil
	return out
}

func manyProducts(n int) string {
	var file strings.Builder
	file.WriteString(productHead)
	for i := range n {
		fmt.Fprintf(&file, "p%d,Product %d,<p>Text</p>,\"a, b\",Size,S,SKU-%d-S,shopify,3,12.50\np%d,,,,,M,SKU-%d-M,shopify,0,13.00\n", i, i, i, i, i)
	}
	return file.String()
}

func TestProductImport(t *testing.T) {
	t.Parallel()

	t.Run("a second import of the same file writes nothing", func(t *testing.T) {
		t.Parallel()
		b := setupIngest(t)
		file := manyProducts(450)
		first := b.take(models.ImportProducts, file)
		require.Equal(t, []int{450, 450, 450, 450, 0, 0}, []int{first.Done, first.Total, first.Written, first.Indexed, first.Absent, first.Refused})
		require.Len(t, b.told(), 450)
		second := b.take(models.ImportProducts, file)
		require.Equal(t, []int{450, 450, 0, 0, 0}, []int{second.Done, second.Total, second.Written, second.Indexed, second.Absent})
		require.Empty(t, b.told())
	})

	t.Run("a change of price or stock writes the row and leaves the index alone", func(t *testing.T) {
		t.Parallel()
		b := setupIngest(t)
		b.take(models.ImportProducts, productHead+"mug,Mug,,,,,,shopify,3,12.50\nbowl,Bowl,,,,,,shopify,3,8\n")
		b.told()
		after := b.take(models.ImportProducts, productHead+"mug,Mug,,,,,,shopify,2,11\nbowl,Deep Bowl,,,,,,shopify,3,8\n")
		require.Equal(t, 2, after.Written)
		require.Equal(t, 1, after.Indexed)
		require.Equal(t, []string{"Deep Bowl"}, b.told())
		products, err := b.store.Products(t.Context(), b.shop.Account.ID, 10)
		require.NoError(t, err)
		require.Equal(t, "11", products[1].Variants[0].Price.String())
		require.Equal(t, 2, products[1].Variants[0].Quantity)
	})

	t.Run("an import that is cut off goes on where it was", func(t *testing.T) {
		t.Parallel()
		b := setupIngest(t)
		upload := b.upload(models.ImportProducts, manyProducts(1000))
		b.onPut = func(n int) error {
			if n >= 400 {
				return models.Errorf(models.CodeUnavailable, "the index is gone")
			}
			return nil
		}
		cut, err := b.ingest(upload.ID)
		require.Error(t, err)
		require.Equal(t, models.ImportPending, cut.State)
		// What is noted last may be one part behind what was done.
		require.Equal(t, []int{cut.Indexed, 1000}, []int{cut.Done, cut.Total}, "progress is seen while it runs")
		require.Contains(t, []int{200, 400}, cut.Indexed)
		require.Greater(t, cut.Written, 400, "rows went ahead of the index")
		had := b.told()
		require.Len(t, had, 400)

		b.onPut = nil
		after, err := b.ingest(upload.ID)
		require.NoError(t, err)
		require.Equal(t, models.ImportDone, after.State)
		require.Equal(t, []int{1000, 1000, 1000}, []int{after.Done, after.Written, after.Indexed})
		all := append(b.told(), had...)
		slices.Sort(all)
		require.Len(t, slices.Compact(all), 1000)
		require.Len(t, all, 1000, "what was done isn't done again")
	})

	t.Run("a language that changes meanwhile is the language in the end", func(t *testing.T) {
		t.Parallel()
		b := setupIngest(t)
		upload := b.upload(models.ImportProducts, manyProducts(3))
		b.onPut = func(int) error {
			_, err := b.store.ChangeAgentSettings(t.Context(), b.shop.Admin, b.shop.Account.ID, func(s *models.AgentSettings) error {
				s.Language = models.Russian
				return nil
			})
			return err
		}
		_, err := b.ingest(upload.ID)
		require.Error(t, err, "it is tried again")
		require.Equal(t, []models.Language{models.English}, b.languages)
		b.onPut, b.languages = nil, nil
		after, err := b.ingest(upload.ID)
		require.NoError(t, err)
		require.Equal(t, models.ImportDone, after.State)
		require.Equal(t, []models.Language{models.Russian}, b.languages)
	})

	t.Run("products that the file lacks stay and are counted", func(t *testing.T) {
		t.Parallel()
		b := setupIngest(t)
		b.take(models.ImportProducts, manyProducts(3))
		after := b.take(models.ImportProducts, manyProducts(1))
		require.Equal(t, 2, after.Absent)
		products, err := b.store.Products(t.Context(), b.shop.Account.ID, 10)
		require.NoError(t, err)
		require.Len(t, products, 3)
	})

	t.Run("a bad row is told by its line and the rest is imported", func(t *testing.T) {
		t.Parallel()
		b := setupIngest(t)
		after := b.take(models.ImportProducts, "\ufeff"+strings.ReplaceAll(productHead, ",", ";")+
			"mug;Mug;\"<p>Two\nlines; and more</p>\";;;;;shopify;3;\"12,50\"\nbowl;Bowl;;;;;;shopify;3;cheap\nlamp;Lamp;;;;;;shopify;3;9\n")
		require.Equal(t, 2, after.Written)
		require.Equal(t, 1, after.Refused)
		require.Equal(t, 4, after.RowErrors[0].Line)
		products, err := b.store.Products(t.Context(), b.shop.Account.ID, 10)
		require.NoError(t, err)
		require.Equal(t, "Two lines; and more", products[1].Body)
		require.Equal(t, "12.5", products[1].Variants[0].Price.String())
	})

	t.Run("of very many bad rows the first are told and all are counted", func(t *testing.T) {
		t.Parallel()
		b := setupIngest(t)
		after := b.take(models.ImportProducts, productHead+"mug,Mug,,,,,,,,1\n"+strings.Repeat(",x,,,,,,,,\n", models.MaxRowErrors+7))
		require.Equal(t, models.MaxRowErrors+7, after.Refused)
		require.Len(t, after.RowErrors, models.MaxRowErrors)
	})

	t.Run("the same product in two accounts is two", func(t *testing.T) {
		t.Parallel()
		b := setupIngest(t)
		b.take(models.ImportProducts, manyProducts(2))
		b.shop = storetest.OpenShop(t, b.store, models.ChannelWebsite, nil)
		other := b.take(models.ImportProducts, manyProducts(2))
		require.Equal(t, 2, other.Written)
		require.Len(t, b.told(), 4)
	})
}

func TestIndexKeepsTheNewestWords(t *testing.T) {
	t.Parallel()

	edit := func(t *testing.T, b *ingestBundle, handle, title string) uuid.UUID {
		t.Helper()
		_, upload, err := b.store.ChangeProduct(t.Context(), b.shop.Admin, b.shop.Account.ID, store.ProductID(b.shop.Account.ID, handle), models.ProductEdit{Title: &title})
		require.NoError(t, err)
		require.NotEqual(t, uuid.Nil, upload)
		return upload
	}

	t.Run("a product that is edited while the index takes it is written again", func(t *testing.T) {
		t.Parallel()
		b := setupIngest(t)
		upload := b.upload(models.ImportProducts, productHead+"mug,Mug,,,,,,,,1\nbowl,Bowl,,,,,,,,1\n")
		edited := uuid.Nil
		b.onPut = func(n int) error {
			if n == 0 && edited == uuid.Nil {
				edited = edit(t, b, "mug", "Tall Mug")
			}
			return nil
		}
		_, err := b.ingest(upload.ID)
		require.NoError(t, err)
		require.Equal(t, []string{"Mug", "Bowl", "Tall Mug"}, b.told())
		_, err = b.ingest(edited)
		require.NoError(t, err)
		require.Equal(t, []string{"Tall Mug"}, b.told())
	})

	t.Run("a product that is deleted leaves the index, also while the index takes it", func(t *testing.T) {
		t.Parallel()
		b := setupIngest(t)
		id := store.ProductID(b.shop.Account.ID, "mug")
		upload, deleted := b.upload(models.ImportProducts, productHead+"mug,Mug,,,,,,,,1\n"), uuid.Nil
		b.onPut = func(int) error {
			var err error
			deleted, err = b.store.DeleteProduct(t.Context(), b.shop.Admin, b.shop.Account.ID, id)
			return err
		}
		_, err := b.ingest(upload.ID)
		require.NoError(t, err)
		require.Equal(t, []uuid.UUID{id}, b.deleted)
		_, err = b.ingest(deleted)
		require.NoError(t, err)
		require.Equal(t, []uuid.UUID{id, id}, b.deleted)
	})

	t.Run("an import takes an edit back only where the file says otherwise", func(t *testing.T) {
		t.Parallel()
		b := setupIngest(t)
		file := productHead + "mug,Mug,,,,,,,,1\nbowl,Bowl,,,,,,,,1\n"
		b.take(models.ImportProducts, file)
		_, err := b.ingest(edit(t, b, "mug", "Tall Mug"))
		require.NoError(t, err)
		b.told()
		after := b.take(models.ImportProducts, file)
		require.Equal(t, 1, after.Written)
		require.Equal(t, []string{"Mug"}, b.told())
	})
}

// TestProductsAreFound is the way from a file to a search, on the real index.
func TestProductsAreFound(t *testing.T) {
	t.Parallel()
	engines := localtest.Engines(t)
	index, err := retrieval.Open(retrieval.Options{URL: engines.WeaviateURL, GRPCAddress: engines.WeaviateGRPC})
	require.NoError(t, err)
	t.Cleanup(func() { _ = index.Close() })
	require.NoError(t, index.Setup(t.Context()))
	b := setupIngest(t)
	b.run.Index = index
	account, id := b.shop.Account.ID, store.ProductID(b.shop.Account.ID, "mug")
	found := func(text string) []uuid.UUID {
		hits, err := index.Search(t.Context(), account, retrieval.Query{Language: models.English, Text: text, Limit: 5})
		require.NoError(t, err)
		var ids []uuid.UUID
		for _, h := range hits {
			ids = append(ids, h.ID)
		}
		return ids
	}
	b.take(models.ImportProducts, productHead+"mug,Zebra mug,,,,,,,,1\nbowl,Walnut bowl,,,,,,,,1\n")
	require.Equal(t, []uuid.UUID{id}, found("zebra"))

	title := "Giraffe mug"
	_, upload, err := b.store.ChangeProduct(t.Context(), b.shop.Admin, account, id, models.ProductEdit{Title: &title})
	require.NoError(t, err)
	imp, err := b.ingest(upload)
	require.NoError(t, err)
	require.Equal(t, []int{1, 1, 1}, []int{imp.Done, imp.Total, imp.Indexed})
	require.Equal(t, []uuid.UUID{id}, found("giraffe"))
	require.NotContains(t, found("zebra"), id)

	upload, err = b.store.DeleteProduct(t.Context(), b.shop.Admin, account, id)
	require.NoError(t, err)
	_, err = b.ingest(upload)
	require.NoError(t, err)
	require.NotContains(t, found("giraffe"), id)
	require.NotEmpty(t, found("walnut"))
}

func TestReindex(t *testing.T) {
	t.Parallel()
	b := setupIngest(t)
	file := manyProducts(3)
	b.take(models.ImportProducts, file)
	b.told()
	settings, err := b.store.AgentSettings(t.Context(), b.shop.Account.ID)
	require.NoError(t, err)
	settings.Language = models.Spanish
	_, err = b.store.SaveAgentSettings(t.Context(), b.shop.Admin, settings)
	require.NoError(t, err)
	pending, err := b.store.System().PendingImports(t.Context(), 0, 10)
	require.NoError(t, err)
	require.Len(t, pending, 1, "another language has all indexed anew")
	imp, err := b.ingest(pending[0].ID)
	require.NoError(t, err)
	require.Equal(t, models.ImportDone, imp.State)
	require.Len(t, b.told(), 3)
	require.Zero(t, b.take(models.ImportProducts, file).Indexed, "an import after it finds nothing to do")
}

func TestOrderImport(t *testing.T) {
	t.Parallel()
	order := func(id, name, email string) string {
		return fmt.Sprintf(`{"id":%q,"name":%q,"email":%q,"phone":"+1 (202) 555-0131","processedAt":"2026-11-05T17:31:19Z","currencyCode":"USD",
			"displayFinancialStatus":"PAID","displayFulfillmentStatus":"UNFULFILLED","currentTotalPriceSet":{"shopMoney":{"amount":"12.50","currencyCode":"USD"}},
			"lineItems":{"nodes":[]},"fulfillments":[],"unknown":{"a":[1]}}`, id, name, email)
	}

	t.Run("a bad element is told by its place, the rest is there, and a second import writes nothing", func(t *testing.T) {
		t.Parallel()
		b := setupIngest(t)
		file := "[" + strings.Join([]string{order("1", "#1001", "Ana@Shop.example"), order("2", "#1002", "nobody"), "7", order("3", "#1003", "ben@shop.example"), order("1", "#1009", "")}, ",") + "]"
		after := b.take(models.ImportOrders, file)
		require.Equal(t, []int{2, 2, 2, 3}, []int{after.Done, after.Total, after.Written, after.Refused})
		lines := []int{after.RowErrors[0].Line, after.RowErrors[1].Line, after.RowErrors[2].Line}
		require.Equal(t, []int{2, 3, 5}, lines)
		require.False(t, slices.ContainsFunc(after.RowErrors, func(e models.RowError) bool {
			return strings.Contains(e.Message, "nobody") || strings.Contains(e.Message, "1002")
		}), "no message holds a value of an order")
		kept, err := b.store.Import(t.Context(), b.shop.Account.ID, after.ID)
		require.NoError(t, err)
		require.Empty(t, kept.Body, "the upload's own copy is gone")
		require.Zero(t, b.take(models.ImportOrders, file).Written)
		changed := b.take(models.ImportOrders, strings.Replace(file, "PAID", "REFUNDED", 1))
		require.Equal(t, 1, changed.Written)
	})

	t.Run("a file that isn't a list of orders changes nothing", func(t *testing.T) {
		t.Parallel()
		b := setupIngest(t)
		for _, file := range []string{`{"orders":[]}`, "[" + order("1", "#1", "") + `,{"id":`, "x", "[" + order("1", "#1", "") + "] []"} {
			imp, err := b.ingest(b.upload(models.ImportOrders, file).ID)
			require.NoError(t, err)
			require.Equal(t, models.ImportFailed, imp.State)
			require.NotEmpty(t, imp.Failure)
			require.Zero(t, imp.Written)
		}
		orders, _, err := b.store.Orders(t.Context(), b.shop.Account.ID, "", nil, 10)
		require.NoError(t, err)
		require.Empty(t, orders)
	})

	t.Run("an upload of an unknown kind fails and says so", func(t *testing.T) {
		t.Parallel()
		b := setupIngest(t)
		imp, err := b.ingest(b.upload("pictures", "x").ID)
		require.NoError(t, err)
		require.Equal(t, models.ImportFailed, imp.State)
	})
}
