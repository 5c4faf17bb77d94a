package retrieval_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"kedai/activities/retrieval"
	"kedai/models"
)

// smallShop is what is searched in memory and on the server.
type smallShop struct {
	products []models.Product
	passages []models.Passage
	queries  []string
}

func smallShops() map[models.Language]smallShop {
	reduced := func(p models.Product) models.Product {
		was := decimal.RequireFromString("20")
		p.Variants[0].CompareAt = &was
		return p
	}
	passage := func(headings []string, text string) models.Passage {
		return models.Passage{ID: uuid.New(), Headings: headings, Text: text}
	}
	return map[models.Language]smallShop{
		models.English: {
			[]models.Product{
				product("White canvas sneakers", "Light shoes for the summer.", "shoes"), product("Leather sandals", "Open shoes.", "shoes"),
				reduced(product("Waterproof jacket", "For the rain.", "outdoor")), product("Stoneware mug", "Holds 300 ml. Goes with the teapot."), product("Teapot", "For four cups."),
			},
			[]models.Passage{
				passage([]string{"Delivery", "Cost"}, "Delivery costs $5 and takes 3 days."),
				passage([]string{"Returns", "Shoes"}, "Shoes may be returned within 30 days."),
			},
			[]string{"white trainers", "sneekers", "something for the rain", "teapot", "what is on sale", "how much is delivery", "can i return my sandals", "printer cartridge"},
		},
		models.Spanish: {
			[]models.Product{
				product("Tenis blancos de lona", "Ligeros, para el verano.", "calzado"), product("Sandalias de piel", "Calzado abierto.", "calzado"),
				reduced(product("Cortavientos azul", "Para la lluvia.", "abrigos")), product("Taza de gres", "Capacidad de 300 ml."),
			},
			[]models.Passage{
				passage([]string{"Envíos", "Costo"}, "El envío cuesta $90 y tarda 3 días."),
				passage([]string{"Devoluciones", "Calzado"}, "El calzado se puede devolver dentro de 30 días."),
			},
			[]string{"zapatillas blancas", "rompevientos", "cuánto cuesta el envío", "puedo devolver las sandalias", "qué hay en oferta", "tasa de gres"},
		},
		models.Portuguese: {
			[]models.Product{
				product("Tênis branco de lona", "Leve, para o verão.", "calçados"), product("Sandália de couro", "Calçado aberto.", "calçados"),
				reduced(product("Corta-vento azul", "Para a chuva.", "casacos")), product("Caneca de grés", "Capacidade de 300 ml."),
			},
			[]models.Passage{
				passage([]string{"Entrega", "Valor"}, "A entrega custa R$ 20 e leva 3 dias."),
				passage([]string{"Devoluções", "Calçados"}, "Calçados podem ser devolvidos em até 30 dias."),
			},
			[]string{"tenis brancos", "running shoes", "quanto custa o frete", "posso devolver a sandalia", "o que está em promoção", "algo para a chuva"},
		},
		models.Russian: {
			[]models.Product{
				product("Белые кроссовки", "Лёгкие, для лета.", "обувь"), product("Кожаные сандалии", "Открытая обувь.", "обувь"),
				reduced(product("Синяя ветровка", "От дождя.", "куртки")), product("Керамическая кружка", "300 мл."),
			},
			[]models.Passage{
				passage([]string{"Доставка", "Цена"}, "Доставка стоит 300 ₽ и занимает 3 дня."),
				passage([]string{"Возврат", "Обувь"}, "Обувь можно вернуть в течение 30 дней."),
			},
			[]string{"белые кеды", "кросовки", "rhjccjdrb", "сколько стоит доставка", "можно вернуть сандалии", "что есть со скидкой"},
		},
	}
}

// What is measured in memory holds for the server: a small shop is all
// candidates there too.
func TestMemoryRanksAsTheServerDoes(t *testing.T) {
	t.Parallel()
	for l, shop := range smallShops() {
		t.Run(string(l), func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			require.NoError(t, b.index.PutProducts(t.Context(), b.account, l, shop.products))
			for _, p := range shop.passages {
				require.NoError(t, b.index.PutPassages(t.Context(), b.account, l, p.Headings[0], []models.Passage{p}))
			}
			memory := retrieval.NewMemory(l, shop.products, shop.passages)
			found := 0
			for _, query := range shop.queries {
				for _, limit := range []int{1, 10} {
					want, err := b.index.Search(t.Context(), b.account, retrieval.Query{Language: l, Text: query, Limit: limit})
					require.NoError(t, err)
					got := memory.Search(query, limit)
					require.Len(t, got, len(want), query)
					for i := range got {
						require.Equal(t, want[i].ID, got[i].ID, "%s: hit %d", query, i)
						require.Equal(t, want[i].Kind, got[i].Kind, query)
						require.InDelta(t, want[i].Score, got[i].Score, 1e-9, query)
					}
					found += len(got)
				}
			}
			require.Greater(t, found, 2*len(shop.queries), "most questions find several")
		})
	}
}
