package answer

import (
	"testing"
	"time"

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

// TestHeadingOfAWord knows a heading of a word's own from one that only means
// the same.
func TestHeadingOfAWord(t *testing.T) {
	t.Parallel()
	s := spanishShop()
	s.passage("Preguntas frecuentes", "¿Cuándo regresa un producto agotado?", "Regresa en 4 a 6 semanas.")
	s.passage("Pagos", "Transferencia", "Deposita en 2 días.")
	lex := lexiconOf(models.Spanish)
	r := newReader(lex, s.evidence(), time.Time{}, 0)
	for text, own := range map[string]bool{"devolución": false, "transferencia": true, "tarjeta": false} {
		require.Equal(t, own, r.heads(lex.words(text)[0]), text)
	}
}

// TestReplyTellsWhenSomebodyIsThere asks for hours that stand under headings
// which don't name them, in the words of chats.
func TestReplyTellsWhenSomebodyIsThere(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		shop      func() testShop
		line, has string
		says      []string
	}{
		{russianShop, "Понедельник — пятница: 9:00–18:00\nСуббота: 10:00–15:30\nВоскресенье: отдыхаем", "15:30", []string{
			"сб до скольки вам звонить можно", "в субботу поддержка отвечает?", "до скольки отвечаете по субботам", "можно позвонить в сб? во сколько закрываетесь",
		}},
		{spanishShop, "Lunes a viernes: 9:00 a 18:00\nSábado: 10:00 a 15:30\nDomingo: descansamos", "15:30", []string{
			"los sábados hasta qué hora contestan", "el sabado atienden?", "hasta q hora puedo llamar el sábado",
		}},
	} {
		s := c.shop()
		s.passage("O", "OK", c.line)
		for _, say := range c.says {
			turn := Turn{Language: s.language, Shop: "Hearth", Messages: []string{say}, Now: policyNow}
			draft := Reply(turn, Understand(turn), s.evidence(), 0)
			require.Equal(t, models.ActionAnswer, draft.Action, say)
			require.Contains(t, draft.Text, c.has, say)
		}
	}
}

// TestTermsAskForNoStock tells how much time there is from what is to be had.
func TestTermsAskForNoStock(t *testing.T) {
	t.Parallel()
	for language, says := range map[models.Language][]string{
		models.Russian: {"сколько дней есть чтобы прислать фото", "скока времени есть на возврат", "сколько часов есть на оплату"},
		models.Spanish: {"cuántos días hay pa regresarlo", "cuanto tiempo tengo para pagar la ficha", "qué plazo dan para cambios"},
		models.English: {"how many days are there to send it back", "how much time do i have to return it"},
	} {
		for _, say := range says {
			for _, q := range Understand(Turn{Language: language, Messages: []string{say}}).Questions {
				require.NotContains(t, q.Wants, models.IntentProductStock, say)
			}
		}
	}
}

// TestFreeShippingIsAskedInManyWays asks from which sum on nobody pays.
func TestFreeShippingIsAskedInManyWays(t *testing.T) {
	t.Parallel()
	for language, says := range map[models.Language][]string{
		models.Spanish: {"desde q monto ya no cobran envío", "con cuánto de compra ya no pago el flete", "a partir de cuánto regalan el envío"},
		models.Russian: {"со скольки рублей посылка бесплатно едет", "сколько надо набрать чтоб бесплатно привезли", "от какой суммы бесплатка"},
	} {
		s := testShop{language: language}
		for _, p := range policyShops[language] {
			s.passage(p[0], p[1], p[2])
		}
		for _, say := range says {
			turn := Turn{Language: language, Shop: "Hearth", Messages: []string{say}, Now: policyNow}
			draft := Reply(turn, Understand(turn), s.evidence(), 0)
			require.Contains(t, draft.Text, map[models.Language]string{models.Spanish: "1,900", models.Russian: "4700"}[language], say)
		}
	}
}
