package answer

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kedai/models"
)

// unservedWishes are for services that none of the test shops speaks of, though
// words of their products and rules stand in most.
var unservedWishes = map[models.Language][]string{
	models.English: {
		"how long is the warranty on the brass desk lamp?", "could you engrave initials on the oak handle of the mug", "can u hem the linen tablecloth to 90 inches",
		"do you repair old lamps? mine isnt from you", "can someone come and install the brass lamp for me", "do you buy used linen tablecloths back",
		"when the new lamp arrives will u haul away the old one?", "i run a cafe, do you do wholesale on the stoneware mugs", "is there a student discount on the tablecloth",
		"are you hiring? i can pack parcels", "do you run pottery classes", "can i rent 20 stoneware mugs for a wedding", "i have 30k followers, want to collab on the mug?",
		"would you price match amazon on the lamp", "can you make me a custom size tablecloth in linen", "do you have a loyalty program", "is there parking at the store",
		"can you send a fabric swatch of the linen first", "could you paint the lamp black for me", "is the parcel insured",
	},
	models.Spanish: {
		"cuánta garantía tiene la lámpara de latón?", "pueden grabar un nombre en la taza de gres", "le hacen dobladillo al mantel de lino?", "reparan lámparas viejas? no es de ustedes",
		"me instalan la lámpara en casa?", "compran manteles usados?", "cuando llegue la lámpara se llevan la vieja?", "manejan mayoreo en las tazas?", "hay descuento para estudiantes",
		"están contratando?", "dan clases de cerámica?", "rentan tazas para una boda?", "soy influencer, les interesa una colaboración", "hacen manteles a la medida?",
		"tienen programa de puntos", "hay estacionamiento en la tienda?", "me mandan una muestra de la tela?", "pueden pintar la lámpara de negro",
	},
	models.Portuguese: {
		"qual a garantia da luminária de latão?", "vcs gravam nome na caneca?", "fazem bainha na toalha de linho?", "consertam luminária antiga? não é de vocês",
		"vcs instalam a luminária em casa?", "vocês compram toalha usada?", "quando entregar a luminária vcs levam a velha?", "vendem no atacado as canecas?", "tem desconto pra estudante",
		"estão contratando?", "dão aula de cerâmica?", "alugam canecas pra casamento?", "sou influencer, rola uma parceria?", "fazem toalha sob medida?",
		"tem programa de fidelidade", "tem estacionamento na loja?", "mandam amostra do tecido?", "vcs pintam a luminária de preto",
	},
	models.Russian: {
		"какая гарантия на латунную лампу?", "можно имя выгравировать на кружке?", "подошьёте льняную скатерть?", "ремонтируете старые лампы? она не ваша",
		"лампу установите у меня дома?", "принимаете старые скатерти?", "привезёте лампу, а старую заберёте?", "есть опт на кружки?", "скидка студентам есть?",
		"у вас есть вакансии?", "проводите мастер-классы по керамике?", "можно взять 20 кружек напрокат?", "я блогер, интересует бартер", "сошьёте скатерть по моим размерам?",
		"есть бонусная программа?", "у магазина есть парковка?", "пришлёте образец ткани?", "покрасите лампу в чёрный?",
	},
}

// servedWishes are for what a rule or a product that is added speaks of.
var servedWishes = map[models.Language][]struct{ told, say, has string }{
	models.English: {
		{"Engraving costs $9 and takes 2 days.", "how much is engraving on the mug?", "$9"},
		{"We repair lamps that you bought from us for $25.", "do u repair lamps, and whats the price", "$25"},
		{"Cafés and shops buy wholesale from 40 pieces.", "do u sell wholesale", "40"},
	},
	models.Spanish:    {{"El grabado cuesta $90 y tarda 2 días.", "cuánto cuesta el grabado en la taza?", "90"}},
	models.Portuguese: {{"A gravação custa R$ 29 e leva 2 dias.", "quanto custa a gravação na caneca?", "29"}},
	models.Russian:    {{"Гравировка стоит 490 ₽ и занимает 2 дня.", "сколько стоит гравировка на кружке?", "490"}},
}

func TestReplyHandsOverServicesThatNothingSpeaksOf(t *testing.T) {
	t.Parallel()
	shops := map[models.Language]func() testShop{models.English: englishShop, models.Spanish: spanishShop, models.Portuguese: portugueseShop, models.Russian: russianShop}
	for language, shop := range shops {
		for _, say := range unservedWishes[language] {
			turn := Turn{Language: language, Shop: "Hearth", Messages: []string{say}}
			draft := Reply(turn, Understand(turn), shop().evidence(), 0)
			require.Equal(t, models.ActionHandoff, draft.Action, "%s: %s", say, draft.Text)
		}
		for _, c := range servedWishes[language] {
			s := shop()
			s.passage("Services", "What we do", c.told)
			turn := Turn{Language: language, Shop: "Hearth", Messages: []string{c.say}}
			draft := Reply(turn, Understand(turn), s.evidence(), 0)
			require.Equal(t, models.ActionAnswer, draft.Action, c.say)
			require.Contains(t, draft.Text, c.has, c.say)
		}
	}
}
