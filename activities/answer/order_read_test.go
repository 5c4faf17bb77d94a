package answer

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"kedai/models"
)

// TestAboutOrders reads messages that ask about an order of the customer's own
// and messages that use the same words for something else.
func TestAboutOrders(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("testdata/about_orders.txt")
	require.NoError(t, err)
	read := map[string]int{}
	for line := range strings.Lines(string(raw)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		fields := strings.SplitN(strings.TrimSpace(line), "|", 4)
		require.Len(t, fields, 4, line)
		u := Understand(Turn{Language: models.Language(fields[0]), Proven: fields[1] == "1", Messages: []string{fields[3]}})
		require.Equal(t, fields[2] == "+", u.Orders != nil, "%s: %+v", line, u)
		read[fields[0]+fields[2]]++
	}
	for _, l := range models.Languages() {
		require.Greater(t, read[string(l)+"+"], 30, l)
		require.Greater(t, read[string(l)+"-"], 20, l)
	}
}

func TestOrderQuestions(t *testing.T) {
	t.Parallel()
	which := []Line{{Customer, "where are my orders"}, {Agent, "You have several orders: #1042 of May 1 (Mug): shipped; #1043 of May 2 (Vase): shipped. Which one do you mean?"}}
	asked := []Line{{Customer, "dónde está mi pedido"}, {Agent, "Con gusto lo reviso. Escribe el número del pedido y el correo o teléfono con el que se hizo."}}
	tests := []struct {
		name    string
		turn    Turn
		intents []models.Intent
		facets  []string
		numbers []string
	}{
		{"makes one question of several messages", Turn{Language: models.Spanish, Messages: []string{"pedido 4409", "ana@example.com", "ya lo enviaron? me pasan la guía?"}}, []models.Intent{models.IntentOrderStatus}, []string{"tracking"}, []string{"4409"}},
		{"keeps what else is asked", Turn{Language: models.English, Proven: true, Messages: []string{"did my lamp ship and do you deliver on Sundays?"}}, []models.Intent{models.IntentOrderStatus, models.IntentPolicy}, nil, nil},
		{"asks for the rules of keeping a parcel apart", Turn{Language: models.Portuguese, Proven: true, Messages: []string{"já posso ir buscar meu pedido e até quando vocês guardam?"}}, []models.Intent{models.IntentOrderStatus, models.IntentPolicy}, nil, nil},
		{"reads several facets", Turn{Language: models.Russian, Proven: true, Messages: []string{"что я заказывала, на какой адрес едет и какой трек?"}}, []models.Intent{models.IntentOrderStatus}, []string{"address", "items", "tracking"}, nil},
		{"takes the choice among several", Turn{Language: models.English, Proven: true, History: which, Messages: []string{"the vase one"}}, []models.Intent{models.IntentOrderStatus}, nil, nil},
		{"goes on with the number that was asked for", Turn{Language: models.Spanish, History: asked, Messages: []string{"es el 4409, ana@example.com"}}, []models.Intent{models.IntentOrderStatus}, nil, []string{"4409"}},
		{"goes on with the day", Turn{Language: models.English, Proven: true, History: []Line{{Customer, "where is my order"}, {Agent, "Order #1042 is in transit."}}, Messages: []string{"and what day should it show up"}}, []models.Intent{models.IntentOrderStatus}, nil, nil},
		{"goes on with what an order holds", Turn{Language: models.Spanish, Proven: true, Messages: []string{"revisa mi pedido 2315. qué compré y cuánto fue?"}}, []models.Intent{models.IntentOrderStatus}, []string{"items", "total"}, []string{"2315"}},
		{"leaves a request for a person alone", Turn{Language: models.English, Proven: true, Messages: []string{"I want to talk to a person about my order"}}, []models.Intent{models.IntentHuman, models.IntentOrderStatus}, nil, nil},
		{"sees somebody else's order", Turn{Language: models.English, Proven: true, Messages: []string{"my husband ordered something, what did he buy?"}}, []models.Intent{models.IntentOrderStatus}, []string{facetOthers}, nil},
		{"sees somebody else's order in Spanish", Turn{Language: models.Spanish, Proven: true, Messages: []string{"qué compró mi esposo la semana pasada?"}}, []models.Intent{models.IntentOrderStatus}, []string{facetOthers}, nil},
		{"sees somebody else's order in Portuguese", Turn{Language: models.Portuguese, Proven: true, Messages: []string{"minha irmã comprou um presente, o que foi que ela pediu?"}}, []models.Intent{models.IntentOrderStatus}, []string{facetOthers}, nil},
		{"sees somebody else's order in Russian", Turn{Language: models.Russian, Proven: true, Messages: []string{"муж что-то заказывал у вас, скажите что"}}, []models.Intent{models.IntentOrderStatus}, []string{facetOthers}, nil},
		{"knows one's own order for somebody else", Turn{Language: models.English, Proven: true, Messages: []string{"I ordered a lamp for my husband, has it shipped?"}}, []models.Intent{models.IntentOrderStatus}, nil, nil},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			u := Understand(c.turn)
			require.Equal(t, c.intents, u.Intents, "%+v", u)
			if c.intents[0] != models.IntentOrderStatus {
				return
			}
			require.NotNil(t, u.Orders)
			require.Equal(t, c.numbers, u.Orders.Numbers)
			for _, f := range c.facets {
				require.Contains(t, u.Questions[0].Facets, f)
			}
			if c.facets == nil {
				require.NotContains(t, u.Questions[0].Facets, facetOthers)
			}
		})
	}
}
