package store_test

import (
	"context"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"kedai/models"
	"kedai/models/store"
	"kedai/models/store/storetest"
)

// indexRow reads what is kept of an account's index.
func indexRow(t *testing.T, url string, account uuid.UUID) (version, building string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	require.NoError(t, err)
	defer conn.Close(context.WithoutCancel(t.Context()))
	require.NoError(t, conn.QueryRow(t.Context(), "SELECT index_version, index_building FROM accounts WHERE id = $1", account).Scan(&version, &building))
	return version, building
}

func TestIndexVersion(t *testing.T) {
	t.Parallel()
	s, url := storetest.OpenWithURL(t)
	type step func(ctx context.Context, account uuid.UUID) error
	note := func(v string) step {
		return func(ctx context.Context, a uuid.UUID) error { return s.NoteIndexed(ctx, a, v) }
	}
	begin := func(v string) step {
		return func(ctx context.Context, a uuid.UUID) error { return s.BeginRebuild(ctx, a, v) }
	}
	end := func(v string) step {
		return func(ctx context.Context, a uuid.UUID) error { return s.EndRebuild(ctx, a, v) }
	}
	for outcome, test := range map[string]struct {
		steps             []step
		version, building string
		outdated          bool // For the version b.
	}{
		"a new account has none":                          {nil, "", "", false},
		"the first write decides it":                      {[]step{note("b"), note("b")}, "b", "", false},
		"an earlier version is outdated":                  {[]step{note("a"), note("a")}, "a", "", true},
		"a rebuild makes it current":                      {[]step{note("a"), begin("b"), end("b")}, "b", "", false},
		"a rebuild under way is still to be done":         {[]step{note("a"), begin("b")}, "a", "b", true},
		"its own version may write meanwhile":             {[]step{note("a"), begin("b"), note("b"), end("b")}, "b", "", false},
		"another's write meanwhile has it done again":     {[]step{note("a"), begin("b"), note("a"), end("b")}, "a", "mixed", true},
		"another's write afterwards has it done again":    {[]step{note("b"), note("a")}, "b", "mixed", true},
		"a rebuild mends what was mixed":                  {[]step{note("b"), note("a"), begin("b"), end("b")}, "b", "", false},
		"a rebuild of an account that had nothing":        {[]step{begin("b"), note("b"), end("b")}, "b", "", false},
		"a write of the new version leaves the old to do": {[]step{note("a"), note("b")}, "a", "mixed", true},
	} {
		t.Run(outcome, func(t *testing.T) {
			account := storetest.OpenShop(t, s, models.ChannelWebsite, nil).Account.ID
			for _, step := range test.steps {
				require.NoError(t, step(t.Context(), account))
			}
			version, building := indexRow(t, url, account)
			require.Equal(t, []string{test.version, test.building}, []string{version, building})

			n, err := s.System().OutdatedIndexes(t.Context(), "b")
			require.NoError(t, err)
			require.Equal(t, test.outdated, n > 0)
			requested, err := s.System().RequestRebuilds(t.Context(), "b")
			require.NoError(t, err)
			require.Equal(t, n, requested)
			again, err := s.System().RequestRebuilds(t.Context(), "b")
			require.NoError(t, err)
			require.Zero(t, again, "one that waits is enough")

			require.NoError(t, s.BeginRebuild(t.Context(), account, "b"))
			require.NoError(t, s.EndRebuild(t.Context(), account, "b"))
		})
	}
}

func TestRequestReindex(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	shop := storetest.OpenShop(t, s, models.ChannelWebsite, nil)

	t.Run("requests at once are one", func(t *testing.T) {
		var wait sync.WaitGroup
		ids := make([]uuid.UUID, 6)
		for i := range ids {
			wait.Go(func() {
				id, err := s.RequestReindex(t.Context(), shop.Account.ID, shop.Admin)
				require.NoError(t, err)
				ids[i] = id
			})
		}
		wait.Wait()
		for _, id := range ids {
			require.Equal(t, ids[0], id)
		}
		imp, err := s.Import(t.Context(), shop.Account.ID, ids[0])
		require.NoError(t, err)
		require.Equal(t, models.ImportReindex, imp.Kind)
		entries, err := s.Audit(t.Context(), shop.Account.ID, 1)
		require.NoError(t, err)
		require.Equal(t, "index.rebuild", entries[0].Action)

		n, err := s.System().RequestRebuilds(t.Context(), "x")
		require.NoError(t, err)
		require.Zero(t, n)
	})
	t.Run("an account that isn't there has none", func(t *testing.T) {
		_, err := s.RequestReindex(t.Context(), uuid.New(), shop.Admin)
		require.Equal(t, models.CodeNotFound, models.CodeOf(err))
	})
}

func TestSynonyms(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	shop, other := storetest.OpenShop(t, s, models.ChannelWebsite, nil), storetest.OpenShop(t, s, models.ChannelWebsite, nil)
	set := func(groups models.Synonyms) (models.Synonyms, error) {
		return s.SetSynonyms(t.Context(), shop.Account.ID, shop.Admin, groups)
	}
	none, err := s.Synonyms(t.Context(), shop.Account.ID)
	require.NoError(t, err)
	require.Empty(t, none)

	groups, err := set(models.Synonyms{{" Jumper ", "pull   over", "jumper", "sweater"}, {"tee", "t-shirt"}})
	require.NoError(t, err)
	want := models.Synonyms{{"Jumper", "pull over", "sweater"}, {"tee", "t-shirt"}}
	require.Equal(t, want, groups)
	kept, err := s.Synonyms(t.Context(), shop.Account.ID)
	require.NoError(t, err)
	require.Equal(t, want, kept)
	foreign, err := s.Synonyms(t.Context(), other.Account.ID)
	require.NoError(t, err)
	require.Empty(t, foreign)

	many := make(models.Synonyms, models.MaxSynonymGroups+1)
	for i := range many {
		many[i] = []string{"a", "b"}
	}
	wide := make([]string, models.MaxSynonymTerms+1)
	for i := range wide {
		wide[i] = strings.Repeat("x", i+1)
	}
	for name, bad := range map[string]models.Synonyms{
		"too many groups": many, "too many terms": {wide}, "one term": {{"a"}}, "one term twice": {{"a", " A"}}, "no term": {{}},
		"an empty term": {{"a", " "}}, "a long term": {{"a", strings.Repeat("я", 61)}}, "a NUL": {{"a", "b\x00"}}, "no text": {{"a", "\xff"}},
	} {
		_, err := set(bad)
		require.Equal(t, models.CodeInvalid, models.CodeOf(err), name)
	}
	kept, err = s.Synonyms(t.Context(), shop.Account.ID)
	require.NoError(t, err)
	require.Equal(t, want, kept, "bad input changes nothing")

	entries, err := s.Audit(t.Context(), shop.Account.ID, 5)
	require.NoError(t, err)
	require.Equal(t, "knowledge.synonyms", entries[0].Action)
	require.NotEqual(t, "knowledge.synonyms", entries[1].Action, "what was refused has no entry")
	require.Equal(t, map[string]any{"groups": 2.0, "changed": 2.0, "first": []any{[]any{"Jumper", "pull over", "sweater"}, []any{"tee", "t-shirt"}}}, entries[0].After)

	empty, err := set(nil)
	require.NoError(t, err)
	require.Empty(t, empty)
}

func TestFittingProducts(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	account := storetest.OpenShop(t, s, models.ChannelWebsite, nil).Account.ID
	variant := func(price string, quantity int) models.Variant {
		v := models.Variant{Currency: "USD", Quantity: quantity, Tracked: true}
		if price != "" {
			p := decimal.RequireFromString(price)
			v.Price = &p
		}
		return v
	}
	named := func(handle string, variants ...models.Variant) models.Product {
		return models.Product{Handle: handle, Title: handle, Published: true, Variants: variants}
	}
	products := []models.Product{
		named("cheap", variant("9.99", 1)), named("dear", variant("500", 1)), named("gone", variant("20", 0)),
		named("both", variant("500", 3), variant("20", 0)), named("unpriced", variant("", 1)), named("hidden", variant("20", 1)),
		named("always", models.Variant{Price: variant("20", 0).Price, Currency: "USD"}),
	}
	products[5].Published = false
	require.NoError(t, s.PutProducts(t.Context(), account, uuid.Nil, products))
	var ids []uuid.UUID
	for i := len(products) - 1; i >= 0; i-- {
		ids = append(ids, products[i].ID)
	}
	ids = append(ids, uuid.New())
	dec := func(text string) *decimal.Decimal { d := decimal.RequireFromString(text); return &d }
	for outcome, test := range map[string]struct {
		filter models.ProductFilter
		limit  int
		want   []string
	}{
		"nothing asked keeps all that is shown":      {models.ProductFilter{}, 10, []string{"always", "unpriced", "both", "gone", "dear", "cheap"}},
		"at most, the bound included":                {models.ProductFilter{Max: dec("20")}, 10, []string{"always", "both", "gone", "cheap"}},
		"at least":                                   {models.ProductFilter{Min: dec("20.01")}, 10, []string{"both", "dear"}},
		"between":                                    {models.ProductFilter{Min: dec("9.98"), Max: dec("10")}, 10, []string{"cheap"}},
		"one variant must fit in all":                {models.ProductFilter{Max: dec("20"), Available: true}, 10, []string{"always", "cheap"}},
		"the first that fit, in the ranking's order": {models.ProductFilter{Max: dec("20")}, 2, []string{"always", "both"}},
	} {
		t.Run(outcome, func(t *testing.T) {
			found, err := s.FittingProducts(t.Context(), account, ids, test.filter, test.limit)
			require.NoError(t, err)
			var handles []string
			for _, p := range found {
				handles = append(handles, p.Handle)
				require.NotEmpty(t, p.Variants)
			}
			require.Equal(t, test.want, handles)
		})
	}
	none, err := s.FittingProducts(t.Context(), account, nil, models.ProductFilter{Available: true}, 5)
	require.NoError(t, err)
	require.Empty(t, none)
}

func TestKnownObjects(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	shop, other := storetest.OpenShop(t, s, models.ChannelWebsite, nil), storetest.OpenShop(t, s, models.ChannelWebsite, nil)
	account := shop.Account.ID
	products := []models.Product{{Handle: "mug", Title: "Mug"}}
	require.NoError(t, s.PutProducts(t.Context(), account, uuid.Nil, products))
	mug := products[0].ID
	known, err := s.KnownProducts(t.Context(), account, []uuid.UUID{mug, uuid.New()})
	require.NoError(t, err)
	require.Equal(t, []uuid.UUID{mug}, known)
	known, err = s.KnownProducts(t.Context(), other.Account.ID, []uuid.UUID{mug})
	require.NoError(t, err)
	require.Empty(t, known)

	upload := func(text string) (models.Import, models.Revision, uuid.UUID) {
		imp, err := s.CreateImport(t.Context(), shop.Admin, models.Import{AccountID: account, Kind: models.ImportSource, Name: "returns.md", Body: []byte(text)})
		require.NoError(t, err)
		passage := uuid.New()
		revision, err := s.AddRevision(t.Context(), imp, imp.Body, store.Reading{Title: "Returns", Format: "markdown", Text: text, Passages: func(uuid.UUID) []models.Passage {
			return []models.Passage{{ID: passage, Text: text}}
		}})
		require.NoError(t, err)
		return imp, revision, passage
	}
	passages := func(ids ...uuid.UUID) []uuid.UUID {
		known, err := s.KnownPassages(t.Context(), account, append(ids, uuid.New()))
		require.NoError(t, err)
		return known
	}
	take := func(imp models.Import, revision models.Revision) {
		_, err := s.PrepareRevision(t.Context(), imp, revision.ID)
		require.NoError(t, err)
		busy, err := s.Ingesting(t.Context(), account)
		require.NoError(t, err)
		require.True(t, busy)
		require.NoError(t, s.TakeIn(t.Context(), imp, revision.ID))
	}
	firstUpload, first, before := upload("one")
	require.Empty(t, passages(before), "nothing has asked for its objects yet")
	take(firstUpload, first)
	require.Equal(t, []uuid.UUID{before}, passages(before))
	secondUpload, second, now := upload("two")
	take(secondUpload, second)
	tidying := models.NewID()
	claimed, err := s.ClaimLeaving(t.Context(), account, tidying, 10)
	require.NoError(t, err)
	require.Len(t, claimed, 1)
	require.Equal(t, first.ID, claimed[0].ID)
	require.False(t, claimed[0].Wanted)
	left, err := s.LeftIndex(t.Context(), account, first.ID, models.NewID())
	require.NoError(t, err)
	require.False(t, left, "another tidying has claimed it")
	left, err = s.LeftIndex(t.Context(), account, first.ID, tidying)
	require.NoError(t, err)
	require.True(t, left)
	require.Equal(t, []uuid.UUID{now}, passages(before, now))

	_, err = s.RequestReindex(t.Context(), account, shop.Admin)
	require.NoError(t, err)
	busy, err := s.Ingesting(t.Context(), account)
	require.NoError(t, err)
	require.False(t, busy, "a reindex is no upload")
}
