package answer

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kedai/models"
)

func TestTableRowsReadAsSentences(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		want       []string
	}{
		{
			"says cells that speak for themselves without names",
			"Destination | Service | Time | Price\n48 contiguous states | Standard | 3–6 business days | $6.90\nAlaska, Hawaii | Express | 2 business days | $16.50\n\nThe days are counted from Monday.",
			[]string{"48 contiguous states — Standard, 3–6 business days, $6.90", "Alaska, Hawaii — Express, 2 business days, $16.50", "The days are counted from Monday."},
		},
		{
			"reads Markdown as it is written",
			"| Destination | Price |\n|:--|--:|\n| **Malta** | $5 |\n| Spain | $6 |",
			[]string{"Malta — $5", "Spain — $6"},
		},
		{
			"names measures",
			"Size | Bust | US size\nS | 33–35 in | 4–6\nM | 36–38 in | 8–10",
			[]string{"Size: S — Bust: 33–35 in, US size: 4–6", "Size: M — Bust: 36–38 in, US size: 8–10"},
		},
		{
			"names what is told by yes or no",
			"Country | Express | Free returns\nMalta | Yes | No\nSpain | Yes | Only on weekdays",
			[]string{"Malta — Express: Yes, Free returns: No", "Spain — Express: Yes, Only on weekdays"},
		},
		{
			"names two columns of prices, with an empty corner",
			"| Standard | Express\nMalta | $5 | $15\nSpain |  | $16",
			[]string{"Malta — Standard: $5, Express: $15", "Spain — Express: $16"},
		},
		{
			"leaves out no row where the first may be a fact",
			"Sunday | closed\nMonday | 9–17",
			[]string{"Sunday — closed", "Monday — 9–17"},
		},
		{
			"names nothing in a row that has a bar of its own",
			"Size | Bust | Waist\nM | L | 90 | 70\nS | 80 | 60",
			[]string{"M — L, 90, 70", "Size: S — Bust: 80, Waist: 60"},
		},
		{
			"goes on after a full stop in a cell",
			"Refund in full. | 5 days",
			[]string{"Refund in full — 5 days"},
		},
		{"keeps text that has a bar without a table", "either/or|both. Yes", []string{"either/or|both.", "Yes"}},
		{"survives bars alone", "|\n||\n |\n| |\n|-|\n---|---", nil},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := newReader(lexiconOf(models.English), nil, time.Time{}, 0)
			var got []string
			for _, u := range r.units(c.text) {
				got = append(got, u.text)
			}
			require.Equal(t, c.want, got)
		})
	}
}

func TestReplyQuotesATable(t *testing.T) {
	t.Parallel()
	for language, c := range map[models.Language]struct{ heading, table, say, want string }{
		models.English: {
			"Shipping", "Destination | Service | Time | Price\n48 contiguous states | Standard | 3–6 business days | $6.90\n48 contiguous states | Express | 2 business days | $16.50",
			"how much is shipping?", "48 contiguous states — Standard, 3–6 business days, $6.90. 48 contiguous states — Express, 2 business days, $16.50.",
		},
		models.Spanish: {
			"Envíos", "Destino | Servicio | Tiempo | Costo\nTodo México | Estándar | 3 a 5 días hábiles | $1,129\nCDMX y Monterrey | Exprés | 1 a 2 días hábiles | $249",
			"cuánto cuesta el envío?", "Todo México — Estándar, 3 a 5 días hábiles, $1,129. CDMX y Monterrey — Exprés, 1 a 2 días hábiles, $249.",
		},
		models.Portuguese: {
			"Envio e entrega", "Destino | Serviço | Prazo | Valor\nSul e Sudeste | Padrão | 3 a 6 dias úteis | R$ 19,90\nNorte | Padrão | 6 a 12 dias úteis | R$ 34,90",
			"quanto custa o frete?", "Sul e Sudeste — Padrão, 3 a 6 dias úteis, R$ 19,90. Norte — Padrão, 6 a 12 dias úteis, R$ 34,90.",
		},
		models.Russian: {
			"Доставка", "Способ | Срок | Стоимость\nПункт выдачи | 2–5 рабочих дней | 290 ₽\nКурьер | 3–6 рабочих дней | 1 450 ₽",
			"сколько стоит доставка?", "Пункт выдачи — 2–5 рабочих дней, 290 ₽. Курьер — 3–6 рабочих дней, 1 450 ₽.",
		},
	} {
		t.Run(string(language)+" with its figures", func(t *testing.T) {
			t.Parallel()
			shop := testShop{language: language}
			shop.passage(c.heading, c.heading, c.table)
			turn := Turn{Language: language, Messages: []string{c.say}}
			draft := Reply(turn, Understand(turn), shop.evidence(), 0)
			require.Equal(t, c.want, draft.Text)
			require.Empty(t, Guard(turn, draft, shop.evidence()))
		})
	}
}

// What a row says has to pass the guard, whatever its table looks like.
func FuzzTable(f *testing.F) {
	f.Add("Price, USD | Days | €\n5 | 300 | 6.50\n| 1 | real")
	f.Add("| a | b |\n|---|---|\n| 1, | 2. | 3 |\n||")
	f.Fuzz(func(t *testing.T, text string) {
		if strings.Contains(text, "**") {
			t.Skip("emphasis comes off within a figure too")
		}
		shop := testShop{}
		shop.passage("", "", text)
		r := newReader(lexiconOf(models.English), nil, time.Time{}, 0)
		for line := range strings.Lines(text) {
			cells, ok := cellsOf(strings.TrimSpace(line))
			if !ok {
				return // Only rows.
			}
			require.NotEmpty(t, cells)
		}
		for _, u := range r.units(text) {
			require.Empty(t, Guard(Turn{}, models.Draft{Text: u.text, Cites: []int{1}}, shop.evidence()), "%q from %q", u.text, text)
		}
	})
}
