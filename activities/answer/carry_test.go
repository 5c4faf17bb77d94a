package answer

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kedai/models"
)

func TestOptionsGoOnWithWhatWasSpokenOf(t *testing.T) {
	shop := portugueseShop()
	for _, c := range []struct {
		before []Line
		say    string
		want   string
	}{
		{[]Line{{Customer, "tem a toalha de mesa de linho no M?"}, {Agent, "Infelizmente, no momento não temos “Toalha de Mesa de Linho” em M."}}, "e no G?", "disponível em G"},
		{[]Line{
			{Customer, "tem a toalha de mesa de linho no G?"},
			{Agent, "Sim, temos “Toalha de Mesa de Linho” disponível em G."},
			{Customer, "e no P?"},
			{Agent, "Sim, temos “Toalha de Mesa de Linho” disponível em P."},
		}, "esse sai por quanto?", "1.249"},
		{[]Line{{Customer, "quanto custa a toalha de mesa de linho G?"}, {Agent, "“Toalha de Mesa de Linho” (G) custa R$ 1.299,00."}}, "e a menor?", "1.249"},
	} {
		turn := Turn{Language: models.Portuguese, Messages: []string{c.say}, History: c.before}
		draft := Reply(turn, Understand(turn), shop.evidence(), 0)
		require.Contains(t, draft.Text, c.want, c.say)
	}
}

func TestTalksGoOnWithOptionsAndSides(t *testing.T) {
	shop := testShop{language: models.English, currency: "USD"}
	shop.product("Leather Dog Collar", "Collars", "Full-grain leather with a brass buckle.\nWipe clean, do not soak.\nWeighs 90 g.", "Size",
		testVariant{"30 cm", "24", "", 2}, testVariant{"40 cm", "26", "", 2}, testVariant{"50 cm", "28", "", 2})
	shop.product("Clay Water Pot", "Pots", "Clay pot for the garden.\nHolds 3 l.", "Size", testVariant{"Big", "19", "", 4}, testVariant{"Little", "15", "", 2})
	shop.product("Nylon Harness", "Harnesses", "Soft webbing.\nMachine wash at 30 °C.", "", testVariant{"", "14", "", 12})
	for _, c := range []struct {
		says  []string
		wants []string
	}{
		{[]string{"leather dog collar 30 cm price?", "10 cm longer?", "how much for two of them"}, []string{"$24.00", "$26.00", "$52.00"}},
		{[]string{"price of the leather dog collar in 40 cm", "and the big one"}, []string{"$26.00", "$28.00"}},
		{[]string{"price of the leather dog collar in 40 cm", "how much does it weigh"}, []string{"$26.00", "90 g"}},
		{[]string{"leather dog collar vs nylon harness, which can be washed?"}, []string{"Wipe clean"}},
	} {
		var history []Line
		for i, say := range c.says {
			turn := Turn{Language: shop.language, Messages: []string{say}, History: history}
			draft := Reply(turn, Understand(turn), shop.evidence(), 0)
			require.Contains(t, draft.Text, c.wants[i], say)
			history = append(history, Line{Customer, say}, Line{Agent, draft.Text})
		}
	}
}
