package answer

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kedai/models"
)

// thingShop sells some jewelry and furnishings.
func thingShop(language models.Language, goods ...[3]string) testShop {
	s := testShop{language: language, currency: "USD"}
	for _, g := range goods {
		s.product(g[0], g[1], g[2], "", testVariant{price: "40", was: "55", quantity: 17})
	}
	return s
}

// TestThingsAreToldByTheirOwnText asks how a thing closes, what stones it has,
// what it stands, and what it cost before.
func TestThingsAreToldByTheirOwnText(t *testing.T) {
	t.Parallel()
	shops := map[models.Language]struct {
		shop testShop
		asks [][2]string
	}{
		models.English: {thingShop(models.English,
			[3]string{"Silver Lariat Necklace", "Necklaces", "Sterling silver chain.\nNo clasp: pull it through the ring\n60 cm long"},
			[3]string{"Studded Bangle", "Bracelets", "Gold bangle.\nHand-set cubic zirconia\n18k plated brass, 2 microns"},
			[3]string{"Brass Wall Sconce", "Lamps", "Wall light in brushed brass.\nTakes one E14 bulb, not included"},
			[3]string{"Blue Lounge Chair", "Chairs", "Chair in blue velvet.\nFixed covers: vacuum only"},
		), [][2]string{
			{"how does the silver lariat close? i hate tiny hooks", "No clasp"},
			{"are those real diamonds on the studded bangle", "zirconia"},
			{"how thick is the gold layer of the studded bangle", "2 microns"},
			{"does the brass sconce ship with a bulb", "not included"},
			{"do the covers of the blue lounge chair come off for washing", "Fixed"},
			{"was the blue lounge chair marked down? old price vs now", "$55.00"},
		}},
		models.Spanish: {thingShop(models.Spanish,
			[3]string{"Collar lazo de plata", "Collares", "Cadena de plata 925.\nSin broche: se jala por el aro"},
			[3]string{"Maceta de barro", "Macetas", "Maceta color terracota.\nCon orificio de drenaje, no incluye plato"},
		), [][2]string{
			{"cómo se cierra el collar lazo de plata?", "Sin broche"},
			{"la maceta de barro tiene hoyo abajo?", "drenaje"},
			{"vi que bajaron la maceta de barro, cuánto costaba y en cuánto quedó", "$55.00"},
		}},
		models.Portuguese: {thingShop(models.Portuguese,
			[3]string{"Colar Laço de Prata", "Colares", "Corrente de prata 925.\nSem fecho: puxe pela argola"},
			[3]string{"Anel Oval", "Anéis", "Anel feminino.\nZircônia de 7 mm\nTire para nadar"},
		), [][2]string{
			{"como fecha o colar laço de prata?", "Sem fecho"},
			{"posso entrar na piscina com o anel oval?", "nadar"},
			{"o anel oval baixou? quanto era e quanto ficou", "55,00"},
		}},
		models.Russian: {thingShop(models.Russian,
			[3]string{"Серебряное колье-лассо", "Колье", "Цепочка из серебра.\nБез замка: продевается в кольцо"},
			[3]string{"Шерстяной ковёр", "Ковры", "Плотный ковёр.\nВорс 12 мм\nПодходит для тёплого пола"},
		), [][2]string{
			{"как застёгивается колье-лассо?", "Без замка"},
			{"шерстяной ковер можно на полы с подогревом?", "тёплого пола"},
			{"ковер шерстяной подешевел? сколько был и сколько стал", "55"},
		}},
	}
	for language, s := range shops {
		for _, ask := range s.asks {
			turn := Turn{Language: language, Shop: "Hearth", Messages: []string{ask[0]}, Now: time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC), Currency: "USD"}
			u := Understand(turn)
			d := Reply(turn, u, s.shop.evidence(), 1)
			require.Equal(t, models.ActionAnswer, d.Action, "%s: %s", ask[0], describe(u))
			require.Contains(t, d.Text, ask[1], ask[0])
		}
	}
}
