package answer

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kedai/models"
)

// TestReplyTellsThePassageOfATitleThatNamesSeveralMatters asks for one of the
// matters that a document is on; the others' passages have its title too.
func TestReplyTellsThePassageOfATitleThatNamesSeveralMatters(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		shop     func() testShop
		passages [][3]string
		says     []string
		has      string
	}{
		{spanishShop, [][3]string{
			{"Envíos y envoltura", "Tarifas", "Centro del país — 2 a 4 días, $95. Península de Yucatán — 6 a 9 días, $180."},
			{"Envíos y envoltura", "Envoltura de regalo", "Cuesta $48: caja con listón y tarjeta."},
		}, []string{"lo pueden envolver?", "manejan envoltura pa regalo? y eso cuánto cuesta", "cuánto cobran por envolver la taza"}, "48"},
		{russianShop, [][3]string{
			{"Доставка и упаковка", "Тарифы", "Москва — 2–4 дня, 290 ₽. Урал — 6–9 дней, 480 ₽."},
			{"Доставка и упаковка", "Подарочная упаковка", "Стоит 170 ₽: коробка с лентой и открытка."},
		}, []string{"упакуете в подарок? и сколько это стоит", "почём подарочная упаковка"}, "170"},
	} {
		s := c.shop()
		for _, p := range c.passages {
			s.passage(p[0], p[1], p[2])
		}
		for _, say := range c.says {
			turn := Turn{Language: s.language, Shop: "Hearth", Messages: []string{say}}
			draft := Reply(turn, Understand(turn), s.evidence(), 0)
			require.Equal(t, models.ActionAnswer, draft.Action, say)
			require.Contains(t, draft.Text, c.has, say)
		}
	}
}
