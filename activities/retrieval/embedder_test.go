package retrieval_test

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"kedai/activities/retrieval"
	"kedai/deploy/local/localtest"
	"kedai/models"
)

// sense is an embedder for which texts are about cold, about sound, or about
// neither; a func that it has fails it.
type sense struct {
	name string
	fail func(retrieval.Purpose) error
}

func (s sense) Name() string   { return s.name }
func (s sense) Semantic() bool { return true }

func (s sense) Embed(ctx context.Context, _ models.Language, p retrieval.Purpose, texts []string) ([][]float32, error) {
	if s.fail != nil {
		if err := s.fail(p); err != nil {
			return nil, err
		}
	}
	out := make([][]float32, len(texts))
	for i, text := range texts {
		text = strings.ToLower(text)
		switch {
		case strings.Contains(text, "glacier") || strings.Contains(text, "zzfreeze"):
			out[i] = []float32{1, 0, 0}
		case strings.Contains(text, "drum"):
			out[i] = []float32{0, 1, 0}
		default:
			out[i] = []float32{0, 0, 1}
		}
	}
	return out, ctx.Err()
}

// with opens an index with another embedder on the same server.
func (b testBundle) with(t *testing.T, e retrieval.Embedder, log *slog.Logger) testBundle {
	t.Helper()
	engines := localtest.Engines(t)
	index, err := retrieval.Open(retrieval.Options{URL: engines.WeaviateURL, GRPCAddress: engines.WeaviateGRPC, Embedder: e, Log: log})
	require.NoError(t, err)
	require.NoError(t, index.Setup(t.Context()))
	t.Cleanup(func() {
		require.NoError(t, index.DropAccount(context.Background(), b.account))
		require.NoError(t, index.Close())
	})
	return testBundle{index: index, account: b.account}
}

func TestAModelFindsWhatSharesNoWord(t *testing.T) {
	t.Parallel()
	plain := setup(t)
	b := plain.with(t, sense{name: "sense"}, nil)
	cold, loud, other := product("Glacier Qorv", "Blorf."), product("Drum Qorv", "Blorf."), product("Teapot Qorv", "Blorf.")
	all := []models.Product{other, loud, cold}
	require.NoError(t, b.index.PutProducts(t.Context(), b.account, models.English, all))
	require.NoError(t, plain.index.PutProducts(t.Context(), b.account, models.English, all))

	require.Equal(t, []uuid.UUID{cold.ID}, b.products(t, models.English, "zzfreeze"))
	require.NotContains(t, plain.products(t, models.English, "zzfreeze"), cold.ID, "the built-in one has nothing to go by")
	found := b.products(t, models.English, "qorv zzfreeze")
	require.Len(t, found, 3)
	require.Equal(t, cold.ID, found[0], "words and sense count together")
}

func TestAnOutageOfTheEmbedderLeavesTheWords(t *testing.T) {
	t.Parallel()
	var broken error
	hang := false
	logs := &bytes.Buffer{}
	e := sense{name: "sense", fail: func(p retrieval.Purpose) error {
		if hang && p == retrieval.ForQuery {
			time.Sleep(1500 * time.Millisecond)
		}
		return broken
	}}
	b := setup(t).with(t, e, slog.New(slog.NewTextHandler(logs, nil)))
	mug := product("Blue mug", "Holds 300 ml.")
	require.NoError(t, b.index.PutProducts(t.Context(), b.account, models.English, []models.Product{mug, product("Drum", "Loud.")}))
	require.Empty(t, logs.String())

	broken = models.Errorf(models.CodeUnavailable, "The embedder failed: status 500.")
	require.Equal(t, []uuid.UUID{mug.ID}, b.products(t, models.English, "mugs"))
	require.Contains(t, logs.String(), "code=unavailable")
	require.NotContains(t, logs.String(), "mugs")
	err := b.index.PutProducts(t.Context(), b.account, models.English, []models.Product{mug})
	require.Equal(t, models.CodeUnavailable, models.CodeOf(err), "a write is to be tried again")

	broken, hang = nil, true
	require.Equal(t, mug.ID, b.products(t, models.English, "mugs")[0], "a slow one leaves time for the search")
}

func TestAnotherEmbeddersTextsAreSearchedUntilTheRebuild(t *testing.T) {
	t.Parallel()
	before := setup(t)
	after := before.with(t, sense{name: "sense"}, nil)
	mug := product("Blue mug", "Holds 300 ml.")
	require.NoError(t, before.index.PutProducts(t.Context(), before.account, models.English, []models.Product{mug}))
	find := func(indexed string) []retrieval.Hit {
		hits, err := after.index.Search(t.Context(), after.account, retrieval.Query{Language: models.English, Text: "mug", Limit: 5, Indexed: indexed})
		require.NoError(t, err)
		return hits
	}
	require.Empty(t, find(""))
	require.Empty(t, find(after.index.Version()))
	require.Empty(t, find("old"))
	require.Len(t, find(before.index.Version()), 1)

	require.NoError(t, after.index.PutProducts(t.Context(), after.account, models.English, []models.Product{mug}), "in another dimension")
	require.Len(t, find(after.index.Version()), 1)
	require.NotEqual(t, before.index.Version(), after.index.Version())
}

func TestObjectsAreListedInPages(t *testing.T) {
	t.Parallel()
	b := setup(t)
	list := func(kind models.EvidenceKind, after uuid.UUID, limit int) []retrieval.Object {
		objects, err := b.index.Objects(t.Context(), b.account, kind, after, limit)
		require.NoError(t, err)
		return objects
	}
	require.Empty(t, list(models.EvidenceProduct, uuid.Nil, 10), "an account without anything")
	want := map[uuid.UUID]bool{}
	products := make([]models.Product, 25)
	for i := range products {
		products[i] = product("Mug", "")
		want[products[i].ID] = true
	}
	require.NoError(t, b.index.PutProducts(t.Context(), b.account, models.English, products))
	got := map[uuid.UUID]bool{}
	after := uuid.Nil
	for {
		page := list(models.EvidenceProduct, after, 10)
		if len(page) == 0 {
			break
		}
		require.LessOrEqual(t, len(page), 10)
		for _, object := range page {
			require.False(t, got[object.ID], "each once")
			got[object.ID] = true
			require.WithinDuration(t, time.Now(), object.Written, time.Minute)
		}
		after = page[len(page)-1].ID
	}
	require.Equal(t, want, got)
	require.Empty(t, list(models.EvidencePassage, uuid.Nil, 10))
}

func TestSynonymsAreTheAccountsOwn(t *testing.T) {
	t.Parallel()
	b := setup(t)
	shirt := product("Linen shirt", "Light.")
	require.NoError(t, b.index.PutProducts(t.Context(), b.account, models.English, []models.Product{shirt, product("Mug", "")}))
	find := func(synonyms [][]string) []retrieval.Hit {
		hits, err := b.index.Search(t.Context(), b.account, retrieval.Query{Language: models.English, Text: "qorvel", Limit: 5, Synonyms: synonyms})
		require.NoError(t, err)
		return hits
	}
	require.Empty(t, find(nil))
	require.Equal(t, shirt.ID, find([][]string{{"Qorvel", "shirts"}})[0].ID)
}
