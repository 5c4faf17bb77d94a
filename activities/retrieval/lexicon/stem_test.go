package lexicon

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"kedai/models"
)

func TestStemsUnitesInflections(t *testing.T) {
	t.Parallel()
	for l, groups := range map[models.Language][]string{
		models.English: {
			"return returns returned returning", "dress dresses", "shirt shirts shirt's shirt’s SHIRT",
			"delivery deliveries", "café cafe cafes", "leather LEATHER",
		},
		models.Spanish: {
			"devolución devolucion devoluciones", "garantía garantia garantías garantias", "camisa camisas CAMISA", "envío envio envíos envios",
			"rojo roja rojos rojas", "algodón algodon", "luz luces", "pantalón pantalones pantalon", "dimensión dimensiones dimension",
			"niño nino niños niña", "categoría categorias", "batería baterias", "lápiz lápices lapiz",
		},
		models.Portuguese: {
			"devolução devolucao devoluções devolucoes", "botão botões botao botoes", "azul azuis", "camisa camisas", "papel papéis papeis",
			"algodão algodao", "disponível disponivel disponíveis", "garantia garantias", "viagem viagens", "preço preco preços",
			"calça calca calças", "ação acao ações",
		},
		models.Russian: {
			"рубашка рубашки рубашку рубашек РУБАШКАМИ", "возврат возврата возвраты", "чёрный черный чёрная черного чёрные",
			"доставка доставки доставку", "синий синяя синего", "ремень ремня ремни", "носок носки носков", "кружка кружек", "подарок подарки", "кожаный кожаная кожаные",
		},
	} {
		for _, group := range groups {
			t.Run(string(l)+" "+strings.Fields(group)[0], func(t *testing.T) {
				t.Parallel()
				stems := Stems(l, group)
				require.Len(t, stems, len(strings.Fields(group)))
				for i, stem := range stems {
					require.Equal(t, stems[0], stem, strings.Fields(group)[i])
				}
			})
		}
	}
}

func TestStemsKeepsDifferentWordsApart(t *testing.T) {
	t.Parallel()
	for l, pairs := range map[models.Language][]string{
		models.English:    {"shirt skirt", "shoe show"},
		models.Spanish:    {"camisa camiseta", "caja cajón", "rojo rosa"},
		models.Portuguese: {"camisa camiseta", "cor coroa", "calção calcinha"},
		models.Russian:    {"юбка рубашка", "мой май", "куртка кепка"},
	} {
		for _, pair := range pairs {
			stems := Stems(l, pair)
			require.NotEqual(t, stems[0], stems[1], pair)
		}
	}
}

func TestStemsTokens(t *testing.T) {
	t.Parallel()
	for outcome, test := range map[string]struct {
		text string
		want []string
	}{
		"SKUs stay whole and give their parts":  {"SKU KD-1042/M.", []string{"sku", "kd-1042/m", "kd", "1042", "m"}},
		"numbers stay whole":                    {"#1042: 1,299.00 or 12.50, 30x40, 100% (3)", []string{"1042", "1,299.00", "or", "12.50", "30x40", "100", "3"}},
		"compounds are words":                   {"T-shirts, well-made", []string{"t", "shirt", "well", "made"}},
		"punctuation and symbols are gone":      {`"Quoted" {x} $5 a\b <i>`, []string{"quot", "x", "5", "a", "b", "i"}},
		"other scripts are kept":                {"брюки Ёлка 茶", []string{"брюки", "елка", "茶"}},
		"composed and decomposed are the same":  {"caf\u00e9 cafe\u0301", []string{"cafe", "cafe"}},
		"full width is the same":                {"ＡＢＣ１２", []string{"abc12"}},
		"nothing comes of nothing":              {" \t\n.,-!?", []string{}},
		"invalid UTF-8 and controls are no use": {"a\xff\x00b\u2028c", []string{"a", "b", "c"}},
	} {
		t.Run(outcome, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, test.want, Stems(models.English, test.text))
		})
	}

	t.Run("an endless word is cut", func(t *testing.T) {
		t.Parallel()
		for _, l := range models.Languages() {
			stems := Stems(l, strings.Repeat("ж", 1000)+" "+strings.Repeat("x", 1000))
			require.Len(t, stems, 2)
			for _, stem := range stems {
				require.LessOrEqual(t, utf8.RuneCountInString(stem), maxStem)
			}
		}
	})

	t.Run("an unknown language isn't stemmed", func(t *testing.T) {
		t.Parallel()
		require.Equal(t, []string{"chemises", "cafe"}, Stems("fr", "Chemises café"))
	})
}

func TestQueryStemsDropsStopWords(t *testing.T) {
	t.Parallel()
	for l, test := range map[models.Language]struct{ text, without string }{
		models.English:    {"Hi! Don't you have the blue shirt in L, please?", "blue shirt l"},
		models.Spanish:    {"Hola, ¿tienen la camisa azul en talla M, por favor? ¿Cuánto?", "camisa azul talla M"},
		models.Portuguese: {"Olá, você tem a camisa azul no tamanho P? Não", "camisa azul tamanho P"},
		models.Russian:    {"Здравствуйте, а у вас есть ещё синяя рубашка M?", "синяя рубашка M"},
	} {
		require.Equal(t, Stems(l, test.without), queryStems(l, test.text, 64))
	}
	require.Equal(t, []string{"kd-1042/m", "2-pack", "2", "pack", "t", "shirt"}, queryStems(models.English, "KD-1042/M 2-pack T-shirt", 64))
	require.Equal(t, []string{"blue"}, queryStems(models.English, "blue blue BLUE", 64))
	require.Len(t, queryStems(models.English, strings.Repeat("x", 10)+" a1 a2 a3", 2), 2)
	require.Empty(t, queryStems(models.English, "what is it?", 64))
}

func FuzzStems(f *testing.F) {
	f.Add("KD-1042 café", "es")
	f.Fuzz(func(t *testing.T, text, language string) {
		for _, stem := range Stems(models.Language(language), text) {
			require.NotEmpty(t, stem)
			require.Len(t, strings.Fields(stem), 1, "the index splits at white space")
			require.NotContains(t, stem, `"`)
			require.NotContains(t, stem, `\`)
		}
	})
}

func queryStems(l models.Language, text string, limit int) []string {
	var out []string
	for _, w := range QueryWords(l, text, limit) {
		out = append(out, w.Stem)
	}
	return out
}
