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
