package retrieval_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"kedai/activities/retrieval"
	"kedai/deploy/local/localtest"
	"kedai/models"
)

// testBundle is an index on the shared Weaviate and an account of the test's own in it.
type testBundle struct {
	index   *retrieval.Weaviate
	account uuid.UUID
}

func setup(t testing.TB) testBundle {
	t.Helper()
	engines := localtest.Engines(t)
	index, err := retrieval.Open(retrieval.Options{URL: engines.WeaviateURL, GRPCAddress: engines.WeaviateGRPC})
	require.NoError(t, err)
	require.NoError(t, index.Setup(t.Context()))
	b := testBundle{index: index, account: uuid.New()}
	t.Cleanup(func() {
		require.NoError(t, index.DropAccount(context.Background(), b.account))
		require.NoError(t, index.Close())
	})
	return b
}

func product(title, body string, tags ...string) models.Product {
	price := decimal.RequireFromString("12.50")
	return models.Product{
		ID: uuid.New(), Handle: title, Title: title, Body: body, Tags: tags, Published: true,
		Variants: []models.Variant{{SKU: "KD-7" + uuid.NewString()[:4], Price: &price, Currency: "USD"}},
	}
}

// find returns the IDs of the hits of a kind, the best first.
func (b testBundle) find(t testing.TB, l models.Language, kind models.EvidenceKind, text string) []uuid.UUID {
	t.Helper()
	hits, err := b.index.Search(t.Context(), b.account, retrieval.Query{Language: l, Text: text, Limit: 10})
	require.NoError(t, err)
	ids := []uuid.UUID{}
	score := 0.0
	for _, hit := range hits {
		if hit.Kind == kind {
			require.Greater(t, hit.Score, 0.0)
			require.True(t, len(ids) == 0 || hit.Score <= score, "the best first")
			score = hit.Score
			ids = append(ids, hit.ID)
		}
	}
	return ids
}

func (b testBundle) products(t testing.TB, l models.Language, text string) []uuid.UUID {
	t.Helper()
	return b.find(t, l, models.EvidenceProduct, text)
}

func (b testBundle) passages(t testing.TB, l models.Language, text string) []uuid.UUID {
	t.Helper()
	return b.find(t, l, models.EvidencePassage, text)
}

func TestSetupSucceedsManyTimesAtOnce(t *testing.T) {
	t.Parallel()
	b := setup(t)
	var wait sync.WaitGroup
	errs := make(chan error, 8)
	for range cap(errs) {
		wait.Go(func() { errs <- b.index.Setup(t.Context()) })
	}
	wait.Wait()
	close(errs)
	for err := range errs {
		require.NoError(t, err)
	}
}

func TestSearchFindsInflectedWords(t *testing.T) {
	t.Parallel()
	for l, test := range map[models.Language]struct {
		shirt, mug models.Product
		queries    []string
	}{
		models.English: {
			product("Linen shirt", "A light shirt for summer days.", "tops"), product("Stoneware mug", "Holds 300 ml. Goes with shirts of any colour."),
			[]string{"shirts", "do you have LINEN SHIRTS?", "shirt's", "a shirt in linen, please"},
		},
		models.Spanish: {
			product("Camisón de algodón", "Cómodo y ligero.", "dormir"), product("Taza de gres", "Para café. Hecha en los talleres de la ciudad."),
			[]string{"camisones", "¿tienen camisones de algodón?", "camison algodon"},
		},
		models.Portuguese: {
			product("Calção azul", "Leve, para o verão.", "praia"), product("Caneca de grés", "Para café, com um botão na tampa."),
			[]string{"calções", "calcoes azuis", "vocês têm calções?", "calcao"},
		},
		models.Russian: {
			product("Рубашка льняная", "Лёгкая, для лета.", "верх"), product("Кружка керамическая", "300 мл."),
			[]string{"рубашки", "у вас есть рубашку изо льна?", "РУБАШЕК", "легкие рубашки"},
		},
	} {
		t.Run(string(l), func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			require.NoError(t, b.index.PutProducts(t.Context(), b.account, l, []models.Product{test.mug, test.shirt}))
			for _, query := range test.queries {
				found := b.products(t, l, query)
				require.NotEmpty(t, found, query)
				require.Equal(t, test.shirt.ID, found[0], query)
			}
			require.Empty(t, b.passages(t, l, test.queries[0]))
			require.Equal(t, []uuid.UUID{test.mug.ID}, b.products(t, l, strings.ToLower(test.mug.Variants[0].SKU)), "a SKU is kept whole")
		})
	}
}

func TestSearchFindsPassages(t *testing.T) {
	t.Parallel()
	for l, test := range map[models.Language]struct {
		title    string
		passages []models.Passage
		queries  map[string]int
	}{
		models.English: {
			"Returns",
			[]models.Passage{
				{Headings: []string{"Returns", "How long you have"}, Text: "You can send items back within 30 days of delivery."},
				{Headings: []string{"Returns", "Refunds"}, Text: "We pay the money back to the card you used within 5 days."},
			},
			map[string]int{"can I return a shirt after two weeks and get my money refunded to my card": 1, "how many days until I must send it back": 0},
		},
		models.Spanish: {
			"Devoluciones",
			[]models.Passage{
				{Headings: []string{"Devoluciones", "Plazo"}, Text: "Puede devolver los artículos dentro de los 30 días de la entrega."},
				{Headings: []string{"Devoluciones", "Reembolso"}, Text: "Reintegramos el dinero a la tarjeta que usó."},
			},
			map[string]int{"¿a qué tarjeta me hacen el reembolso?": 1, "cual es el plazo de entrega para devolver un articulo": 0},
		},
		models.Portuguese: {
			"Devoluções",
			[]models.Passage{
				{Headings: []string{"Devoluções", "Prazo"}, Text: "Você pode devolver os artigos em até 30 dias após a entrega."},
				{Headings: []string{"Devoluções", "Reembolso"}, Text: "Devolvemos o dinheiro no cartão usado."},
			},
			map[string]int{"o reembolso vem no cartao?": 1, "qual o prazo em dias para devolver um artigo": 0},
		},
		models.Russian: {
			"Возврат",
			[]models.Passage{
				{Headings: []string{"Возврат", "Сроки"}, Text: "Вещи можно вернуть в течение 30 дней после получения."},
				{Headings: []string{"Возврат", "Деньги"}, Text: "Деньги возвращаем на карту, с которой платили."},
			},
			map[string]int{"когда вернут деньги за возврат на мою карту": 1, "в какой срок можно сдать вещь, сколько дней после получения": 0},
		},
	} {
		t.Run(string(l), func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			for i := range test.passages {
				test.passages[i].ID = uuid.New()
			}
			require.NoError(t, b.index.PutPassages(t.Context(), b.account, l, test.title, test.passages))
			for query, want := range test.queries {
				found := b.passages(t, l, query)
				require.NotEmpty(t, found, query)
				require.Equal(t, test.passages[want].ID, found[0], query)
			}
			require.Empty(t, b.products(t, l, test.title))
		})
	}
}

func TestTitlesCountMore(t *testing.T) {
	t.Parallel()
	b := setup(t)
	titled, mentioned := product("Teapot", "For four cups."), product("Strainer", "For a teapot.")
	require.NoError(t, b.index.PutProducts(t.Context(), b.account, models.English, []models.Product{mentioned, titled}))
	require.Equal(t, []uuid.UUID{titled.ID, mentioned.ID}, b.products(t, models.English, "teapots"))
}

func TestAccountsAreSeparate(t *testing.T) {
	t.Parallel()
	one, two := setup(t), setup(t)
	mug := product("Blue mug", "Holds 300 ml.")

	hits, err := one.index.Search(t.Context(), one.account, retrieval.Query{Language: models.English, Text: "mug", Limit: 10})
	require.NoError(t, err, "nothing was written for the account yet")
	require.Empty(t, hits)

	require.NoError(t, one.index.PutProducts(t.Context(), one.account, models.English, []models.Product{mug}))
	require.Equal(t, []uuid.UUID{mug.ID}, one.products(t, models.English, "mug"))
	require.Empty(t, two.products(t, models.English, "mug"))

	// The same ID elsewhere is another object.
	lamp := mug
	lamp.Title = "Red lamp"
	require.NoError(t, two.index.PutProducts(t.Context(), two.account, models.English, []models.Product{lamp}))
	require.NoError(t, two.index.Delete(t.Context(), two.account, models.EvidenceProduct, []uuid.UUID{mug.ID}))
	require.Equal(t, []uuid.UUID{mug.ID}, one.products(t, models.English, "mug"))
	require.Empty(t, one.products(t, models.English, "lamp"))

	require.NoError(t, one.index.DropAccount(t.Context(), one.account))
	require.Empty(t, one.products(t, models.English, "mug"))
	require.NoError(t, one.index.DropAccount(t.Context(), one.account), "dropping what is gone is fine")
	require.NoError(t, one.index.PutProducts(t.Context(), one.account, models.English, []models.Product{mug}))
	require.Equal(t, []uuid.UUID{mug.ID}, one.products(t, models.English, "mug"), "a dropped account can be written again")
}

func TestPutReplaces(t *testing.T) {
	t.Parallel()
	b := setup(t)
	mug := product("Blue mug", "Holds 300 ml.")
	require.NoError(t, b.index.PutProducts(t.Context(), b.account, models.English, []models.Product{mug, product("Bowl", "Deep.")}))
	mug.Title = "Green beaker"
	for range 2 {
		require.NoError(t, b.index.PutProducts(t.Context(), b.account, models.English, []models.Product{mug}))
	}
	require.Empty(t, b.products(t, models.English, "blue"))
	require.Equal(t, mug.ID, b.products(t, models.English, "beakers")[0])
}

func TestDeleteCountsAtOnce(t *testing.T) {
	t.Parallel()
	b := setup(t)
	require.NoError(t, b.index.Delete(t.Context(), b.account, models.EvidenceProduct, []uuid.UUID{uuid.New()}), "an account without anything")

	// More than one batch.
	products := make([]models.Product, 450)
	ids := make([]uuid.UUID, 0, len(products))
	for i := range products {
		products[i] = product(fmt.Sprintf("Mug %d", i), "")
		ids = append(ids, products[i].ID)
	}
	passage := models.Passage{ID: products[0].ID, Headings: []string{"Mugs"}, Text: "Wash them by hand."}
	require.NoError(t, b.index.PutProducts(t.Context(), b.account, models.English, products))
	require.NoError(t, b.index.PutPassages(t.Context(), b.account, models.English, "Mugs", []models.Passage{passage}))
	require.Equal(t, []uuid.UUID{ids[7]}, b.products(t, models.English, "7"))
	require.Len(t, b.products(t, models.English, "mug"), 10)

	require.NoError(t, b.index.Delete(t.Context(), b.account, models.EvidenceProduct, append(ids[1:], uuid.New(), ids[1])))
	require.Equal(t, ids[:1], b.products(t, models.English, "mug"))
	require.Equal(t, ids[:1], b.passages(t, models.English, "mug"), "the other kind keeps what has the same ID")
	require.NoError(t, b.index.Delete(t.Context(), b.account, models.EvidencePassage, ids[:1]))
	require.Empty(t, b.passages(t, models.English, "mug"))
}

func TestFirstWritesAtOnceMakeOneTenant(t *testing.T) {
	t.Parallel()
	b := setup(t)
	var wait sync.WaitGroup
	errs := make(chan error, 8)
	for i := range cap(errs) {
		wait.Go(func() {
			errs <- b.index.PutProducts(t.Context(), b.account, models.English, []models.Product{product(fmt.Sprintf("Mug number %d", i), "")})
		})
	}
	wait.Wait()
	close(errs)
	for err := range errs {
		require.NoError(t, err)
	}
	require.Len(t, b.products(t, models.English, "mug"), 8)
}

func TestHostileQueriesAreMereText(t *testing.T) {
	t.Parallel()
	b := setup(t)
	mug := product("Blue mug", "Holds 300 ml.")
	require.NoError(t, b.index.PutProducts(t.Context(), b.account, models.English, []models.Product{mug}))
	other := setup(t)
	require.NoError(t, other.index.PutProducts(t.Context(), other.account, models.English, []models.Product{product("Secret mug", "")}))

	for _, query := range []string{
		`mug"}) {_additional {id}} Product(tenant: "` + other.account.String() + `", bm25: {query: "mug`,
		`mug\`, `mug\"`, "mug\n\"}}", "mug\x00\x01\x1b", "mug\u2028\u2029\ufeff", "mug\xff\xfe", `"""mug"""`, "mug # comment", "${mug} {{mug}} %s %n",
		"mug " + strings.Repeat("very long question ", 5_000), "mug " + strings.Repeat("x", 100_000), "mug' OR '1'='1", `mug\u0022}`, "🫖 mug 🫖", "mug^1000 -mug +mug *",
	} {
		require.Equal(t, []uuid.UUID{mug.ID}, b.products(t, models.English, query), "%.60q", query)
	}
	for _, query := range []string{`"`, `\`, "{}", "\x00", "🫖", "*", "^2", "\xff"} {
		require.Empty(t, b.products(t, models.English, query), "%q", query)
	}
	for limit, want := range map[int]int{-1: 0, 0: 0, 1: 1, 1 << 40: 1} {
		hits, err := b.index.Search(t.Context(), b.account, retrieval.Query{Language: models.English, Text: "mug", Limit: limit})
		require.NoError(t, err)
		require.Len(t, hits, want)
	}
}

func TestHostileTextsAreIndexed(t *testing.T) {
	t.Parallel()
	b := setup(t)
	mug := product("Mug \x00\xff\" \\ \u2028", strings.Repeat("x", 100_000)+" "+strings.Repeat("word ", 200_000))
	require.NoError(t, b.index.PutProducts(t.Context(), b.account, models.English, []models.Product{mug, {ID: uuid.New()}}))
	require.Equal(t, []uuid.UUID{mug.ID}, b.products(t, models.English, "mug"))
}
