package activities_test

import (
	"context"
	"log/slog"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/testsuite"

	"kedai/activities"
	"kedai/activities/retrieval"
	"kedai/deploy/local/localtest"
	"kedai/models"
	"kedai/models/store"
	"kedai/models/store/storetest"
)

var discard = slog.New(slog.DiscardHandler)

// testBundle is a shop with an index on the shared Weaviate.
type testBundle struct {
	t     *testing.T
	store *store.Store
	index retrieval.Index
	shop  storetest.Shop
}

func setup(t *testing.T, embedder retrieval.Embedder) *testBundle {
	t.Helper()
	s := storetest.Open(t)
	b := &testBundle{t: t, store: s, shop: storetest.OpenShop(t, s, models.ChannelWebsite, nil)}
	b.index = b.open(embedder)
	return b
}

func (b *testBundle) open(embedder retrieval.Embedder) *retrieval.Weaviate {
	b.t.Helper()
	engines := localtest.Engines(b.t)
	index, err := retrieval.Open(retrieval.Options{URL: engines.WeaviateURL, GRPCAddress: engines.WeaviateGRPC, Embedder: embedder})
	require.NoError(b.t, err)
	require.NoError(b.t, index.Setup(b.t.Context()))
	b.t.Cleanup(func() {
		require.NoError(b.t, index.DropAccount(context.Background(), b.shop.Account.ID))
		require.NoError(b.t, index.Close())
	})
	return index
}

// do runs an activity as a worker does.
func do[T any](t *testing.T, activity any, requests ...any) T {
	t.Helper()
	env := (&testsuite.WorkflowTestSuite{}).NewTestActivityEnvironment()
	env.RegisterActivity(activity)
	value, err := env.ExecuteActivity(activity, requests...)
	require.NoError(t, err)
	var out T
	if value.HasValue() {
		require.NoError(t, value.Get(&out))
	}
	return out
}

// ingest stores an upload and takes it in.
func (b *testBundle) ingest(kind models.ImportKind, name, body string) {
	b.t.Helper()
	imp, err := b.store.CreateImport(b.t.Context(), b.shop.Admin, models.Import{AccountID: b.shop.Account.ID, Kind: kind, Name: name, Body: []byte(body)})
	require.NoError(b.t, err)
	b.run(imp.ID)
}

// run does an import that waits, and returns how it ended.
func (b *testBundle) run(id uuid.UUID) models.Import {
	b.t.Helper()
	a := &activities.Ingesting{Store: b.store, Index: b.index, Log: discard}
	do[struct{}](b.t, a.Ingest, activities.ImportRequest{Account: b.shop.Account.ID, Import: id})
	imp, err := b.store.ImportStatus(b.t.Context(), b.shop.Account.ID, id)
	require.NoError(b.t, err)
	require.Equal(b.t, models.ImportDone, imp.State, imp.Failure)
	return imp
}

func (b *testBundle) rebuild() models.Import {
	b.t.Helper()
	id, err := b.store.RequestReindex(b.t.Context(), b.shop.Account.ID, b.shop.Admin)
	require.NoError(b.t, err)
	return b.run(id)
}

func (b *testBundle) outdated() int {
	b.t.Helper()
	n, err := b.store.System().OutdatedIndexes(b.t.Context(), b.index.Version())
	require.NoError(b.t, err)
	return n
}

const (
	twoProducts = "Handle,Title,Body (HTML),Published,Variant SKU,Variant Price,Variant Inventory Qty,Variant Inventory Tracker\n" +
		"shirt,Linen shirt,<p>Light.</p>,true,KD-1,30.00,3,shopify\nmug,Stoneware mug,<p>Holds 300 ml.</p>,true,KD-2,12.00,0,shopify\n"
	returns = "# Returns\n\nSend it back within 30 days.\n"
)

// indexed counts what the account has in the index.
func (b *testBundle) indexed(index retrieval.Index) (products, passages int) {
	b.t.Helper()
	for kind, n := range map[models.EvidenceKind]*int{models.EvidenceProduct: &products, models.EvidencePassage: &passages} {
		objects, err := index.Objects(b.t.Context(), b.shop.Account.ID, kind, uuid.Nil, 100)
		require.NoError(b.t, err)
		*n = len(objects)
	}
	return products, passages
}

// found returns the titles and texts of the evidence that a turn gets for what
// a new customer says.
func (b *testBundle) found(text string) []string {
	b.t.Helper()
	receipt := b.shop.Say(b.t, uuid.NewString(), text)
	_, err := b.store.OpenConversation(b.t.Context(), b.shop.Account.ID, receipt.Chat)
	require.NoError(b.t, err)
	a := &activities.Turns{Store: b.store, Index: b.index, Log: discard}
	got, err := a.Retrieve(b.t.Context(), activities.RetrieveRequest{ChatRequest: activities.ChatRequest{Account: b.shop.Account.ID, Chat: receipt.Chat}})
	require.NoError(b.t, err)
	require.NotEqual(b.t, uuid.Nil, got.Turn)
	evidence, err := b.store.Evidence(b.t.Context(), b.shop.Account.ID, got.Turn, got.Attempt)
	require.NoError(b.t, err)
	titles := []string{}
	for _, e := range evidence {
		if e.Product != nil {
			titles = append(titles, e.Product.Title)
		} else {
			titles = append(titles, e.Passage.Text)
		}
	}
	return titles
}

// other is another embedder, of another dimension.
type other struct{ retrieval.BuiltIn }

func (other) Name() string { return "other" }

func (other) Embed(_ context.Context, _ models.Language, _ retrieval.Purpose, texts []string) ([][]float32, error) {
	out := make([][]float32, len(texts))
	for i := range out {
		out[i] = []float32{1, 0, 0}
	}
	return out, nil
}

func TestAnUpgradeRebuildsTheIndexByItself(t *testing.T) {
	t.Parallel()
	b := setup(t, nil)
	b.ingest(models.ImportProducts, "products.csv", twoProducts)
	b.ingest(models.ImportSource, "returns.md", returns)
	require.Zero(t, b.outdated(), "the first ingest decides the version")
	require.Contains(t, b.found("do you have a linen shirt?"), "Linen shirt")

	b.index = b.open(other{})
	require.Equal(t, 1, b.outdated())
	require.Contains(t, b.found("do you have a linen shirt?"), "Linen shirt", "the shop isn't blind until the rebuild")
	n, err := b.store.System().RequestRebuilds(t.Context(), b.index.Version())
	require.NoError(t, err)
	require.Equal(t, 1, n)
	pending, err := b.store.System().PendingImports(t.Context(), 0, 10)
	require.NoError(t, err)
	require.Len(t, pending, 1, "which the API starts like any upload")
	require.Equal(t, 3, b.run(pending[0].ID).Done)
	require.Zero(t, b.outdated())
	products, passages := b.indexed(b.index)
	require.Equal(t, []int{2, 1}, []int{products, passages})
	require.Contains(t, b.found("do you have a linen shirt?"), "Linen shirt")
	n, err = b.store.System().RequestRebuilds(t.Context(), b.index.Version())
	require.NoError(t, err)
	require.Zero(t, n)
}

func TestSweepRemovesOrphansOnly(t *testing.T) {
	t.Parallel()
	b := setup(t, nil)
	b.ingest(models.ImportProducts, "products.csv", twoProducts)
	b.ingest(models.ImportSource, "returns.md", returns)
	account := b.shop.Account.ID
	orphan := models.Product{ID: uuid.New(), Title: "Gone lamp"}
	stray := models.Passage{ID: uuid.New(), Headings: []string{"Gone"}, Text: "Gone."}
	require.NoError(t, b.index.PutProducts(t.Context(), account, models.English, []models.Product{orphan}))
	require.NoError(t, b.index.PutPassages(t.Context(), account, models.English, "Gone", []models.Passage{stray}))
	sweep := func(now time.Time) activities.Swept {
		a := &activities.Upkeep{Store: b.store, Index: b.index, Log: discard, Now: func() time.Time { return now }}
		return do[activities.Swept](t, a.SweepNext, activities.SweepRequest{})
	}
	counts := func() []int {
		products, passages := b.indexed(b.index)
		return []int{products, passages}
	}
	later := time.Now().Add(2 * time.Hour)

	require.Equal(t, activities.Swept{Account: account}, sweep(time.Now()))
	require.Equal(t, []int{3, 2}, counts(), "what is young may be about to be committed")

	upload, err := b.store.CreateImport(t.Context(), b.shop.Admin, models.Import{AccountID: account, Kind: models.ImportSource, Name: "returns.md", Body: []byte(returns)})
	require.NoError(t, err)
	require.Zero(t, sweep(later).Orphans, "not while an upload is under way")
	b.run(upload.ID)

	require.Equal(t, activities.Swept{Account: account, Orphans: 2}, sweep(later))
	require.Equal(t, []int{2, 1}, counts())
	require.Equal(t, activities.Swept{Account: account}, sweep(later))

	a := &activities.Upkeep{Store: b.store, Index: b.index, Log: discard}
	require.Zero(t, do[activities.Swept](t, a.SweepNext, activities.SweepRequest{After: account}), "after the last account there is none")
}

func TestADefectInOneAccountsIndexLeavesTheOthersSwept(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	shop := storetest.OpenShop(t, s, models.ChannelWebsite, nil)
	index := &retrieval.Fake{ObjectsFn: func(context.Context, uuid.UUID, models.EvidenceKind, uuid.UUID, int) ([]retrieval.Object, error) {
		return nil, models.Errorf(models.CodeInternal, "a defect")
	}}
	a := &activities.Upkeep{Store: s, Index: index, Log: discard}
	require.Equal(t, shop.Account.ID, do[activities.Swept](t, a.SweepNext, activities.SweepRequest{}).Account)
}

func TestWhatComesBackDuringASweepIsWrittenAgain(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	shop := storetest.OpenShop(t, s, models.ChannelWebsite, nil)
	account := shop.Account.ID
	lamp := store.ProductID(account, "lamp")
	index := &retrieval.Fake{
		ObjectsFn: func(_ context.Context, _ uuid.UUID, kind models.EvidenceKind, after uuid.UUID, _ int) ([]retrieval.Object, error) {
			if kind == models.EvidencePassage || after != uuid.Nil {
				return nil, nil
			}
			return []retrieval.Object{{ID: lamp}}, nil
		},
		DeleteFn: func(ctx context.Context, _ uuid.UUID, _ models.EvidenceKind, _ []uuid.UUID) error {
			return s.PutProducts(ctx, account, uuid.Nil, []models.Product{{Handle: "lamp", Title: "Lamp"}})
		},
	}
	a := &activities.Upkeep{Store: s, Index: index, Log: discard}
	require.Equal(t, 1, do[activities.Swept](t, a.SweepNext, activities.SweepRequest{}).Orphans)
	pending, err := s.System().PendingImports(t.Context(), 0, 10)
	require.NoError(t, err)
	require.Len(t, pending, 1)
}

func TestOldClassesGoOnceNobodyNeedsThem(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	shop := storetest.OpenShop(t, s, models.ChannelWebsite, nil)
	require.NoError(t, s.NoteIndexed(t.Context(), shop.Account.ID, "old"))
	var dropped atomic.Int64
	index := &retrieval.Fake{DropOldFn: func(context.Context) error {
		dropped.Add(1)
		return nil
	}}
	b := &testBundle{t: t, store: s, index: index, shop: shop}
	renew := func() int64 {
		a := &activities.Upkeep{Store: s, Index: index, Log: discard}
		do[struct{}](t, a.Renew)
		return dropped.Load()
	}
	require.Zero(t, renew(), "an account's index is of an old version still")
	pending, err := s.System().PendingImports(t.Context(), 0, 10)
	require.NoError(t, err)
	require.Len(t, pending, 1, "and is asked to be rebuilt")
	b.run(pending[0].ID)
	require.Equal(t, int64(1), renew())
}

func TestAShopsOwnWordFindsItsProduct(t *testing.T) {
	t.Parallel()
	one := setup(t, nil)
	one.ingest(models.ImportProducts, "products.csv", twoProducts)
	two := setup(t, nil)
	two.ingest(models.ImportProducts, "products.csv", twoProducts)
	const question = "do you have a qorvel?"
	require.NotContains(t, one.found(question), "Linen shirt")
	_, err := one.store.SetSynonyms(t.Context(), one.shop.Account.ID, one.shop.Admin, models.Synonyms{{"qorvel", "linen shirt"}})
	require.NoError(t, err)
	require.Contains(t, one.found(question), "Linen shirt")
	require.NotContains(t, two.found(question), "Linen shirt")
}

func TestPricesInARequestNarrowByTheRowsOfNow(t *testing.T) {
	t.Parallel()
	b := setup(t, nil)
	rows := twoProducts
	for _, price := range []string{"90", "91", "92", "93", "94", "95", "96", "97"} {
		rows += "shirt-" + price + ",Linen shirt " + price + ",<p>Linen shirt linen shirt.</p>,true,KD-" + price + "," + price + ".00,3,shopify\n"
	}
	for _, thing := range []string{"Lamp", "Sofa", "Clock", "Rug", "Kettle", "Bicycle", "Tent", "Violin", "Drill", "Novel", "Anvil", "Globe"} {
		rows += thing + "," + thing + ",<p>Nice.</p>,true,KD-" + thing + ",15.00,3,shopify\n"
	}
	b.ingest(models.ImportProducts, "products.csv", rows)
	require.Len(t, b.found("Can you recommend a linen shirt?"), 6)
	require.Equal(t, []string{"Linen shirt"}, b.found("Can you recommend a linen shirt under 50?"))
	found := b.found("Can you recommend a linen shirt under 10?")
	require.NotEmpty(t, found, "where none fits, what there is")
	require.Contains(t, found[0], "Linen shirt")
}

func TestADisabledSourceCountsAtOnce(t *testing.T) {
	t.Parallel()
	s, url := storetest.OpenWithURL(t)
	b := &testBundle{t: t, store: s, shop: storetest.OpenShop(t, s, models.ChannelWebsite, nil)}
	b.index = b.open(nil)
	b.ingest(models.ImportSource, "returns.md", returns)
	const question = "how many days do I have to return it?"
	require.NotEmpty(t, b.found(question))
	execute(t, url, "UPDATE source_sets SET enabled = false")
	require.Empty(t, b.found(question))
	b.rebuild()
	execute(t, url, "UPDATE source_sets SET enabled = true")
	require.NotEmpty(t, b.found(question), "and so does its return, over a rebuild as well")
}

func execute(t *testing.T, url, sql string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	require.NoError(t, err)
	defer conn.Close(context.WithoutCancel(t.Context()))
	_, err = conn.Exec(t.Context(), sql)
	require.NoError(t, err)
}
