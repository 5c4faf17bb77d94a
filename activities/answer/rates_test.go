package answer

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kedai/models"
)

func TestReplyTellsRatesAndServices(t *testing.T) {
	t.Parallel()
	english := testShop{language: models.English}
	english.passage("Delivery", "Rates", "To | Time | Price\n---|---|---\nLower 48 states | 3–5 business days | $6.50\nAlaska, Hawaii, Puerto Rico | 8–12 business days | $13.25\nBenches and shelves, lower 48 states | 6–9 business days | $29.00")
	english.passage("Delivery", "Free delivery", "Parcels to the lower 48 states are free from $75.")
	english.passage("Delivery", "Area", "We deliver within the United States, Puerto Rico included.")
	english.passage("Exchanges and ring resizing", "Resizing", "Silver rings can be resized for $22. It takes 12 business days.")
	english.passage("Exchanges and ring resizing", "Swaps", "Wrong length? You have 45 days to swap it.")
	english.passage("Paying", "Klarna", "Orders from $60 can be split into 4 payments.")
	english.passage("Paying", "Gift cards", "By email, for amounts of $30 or $75.")
	english.passage("Refunds", "Price drops", "If we lower the price within 9 days, we pay you the difference.")
	portuguese := testShop{language: models.Portuguese}
	portuguese.passage("Entrega", "Encomendas", "Destino | Prazo | Frete\n---|---|---\nSul e Sudeste | 3 a 5 dias úteis | R$ 16,90\nNordeste | 8 a 12 dias úteis | R$ 34,90\nNorte | 11 a 16 dias úteis | R$ 54,90")
	portuguese.passage("Entrega", "Frete grátis", "Encomendas a partir de R$ 279 para Sul, Sudeste e Nordeste. Móveis sempre pagam.")
	portuguese.passage("Entrega", "Móveis", "Sofá e poltrona: R$ 229, de 12 a 20 dias úteis.")
	for _, c := range []struct {
		shop       testShop
		say        string
		has, lacks []string
	}{
		{english, "im in san juan PR. what would shipping a candle be", []string{"$13.25"}, []string{"$6.50"}},
		{english, "and delivery to TX", []string{"$6.50"}, []string{"$29.00"}},
		{english, "how much to ship a bench to texas", []string{"$29.00"}, []string{"$6.50"}},
		{english, "my silver band got tight, do u resize? cost + how long", []string{"$22", "12 business days"}, nil},
		{english, "can you make my ring one size bigger", []string{"$22"}, nil},
		{english, "is klarna a thing here, and from what amount", []string{"$60"}, nil},
		{english, "bought a lamp last week and now its cheaper, do you refund the difference", []string{"9 days"}, nil},
		{english, "how big does my order have to be for klarna", []string{"$60"}, nil},
		{portuguese, "e o frete pra manaus", []string{"R$ 54,90"}, nil},
		{portuguese, "frete p RS", []string{"R$ 16,90"}, []string{"R$ 34,90"}},
		{portuguese, "frete grátis pra recife a partir de quanto", []string{"R$ 279", "R$ 34,90"}, nil},
		{portuguese, "quanto fica o frete do sofá pra curitiba", []string{"R$ 229"}, nil},
	} {
		t.Run(c.say, func(t *testing.T) {
			t.Parallel()
			evidence := c.shop.evidence()
			turn := Turn{Language: c.shop.language, Shop: "Fern", Messages: []string{c.say}, Now: policyNow}
			draft := Reply(turn, Understand(turn), evidence, 0)
			require.Equal(t, models.ActionAnswer, draft.Action)
			for _, part := range c.has {
				require.Contains(t, draft.Text, part)
			}
			for _, part := range c.lacks {
				require.NotContains(t, draft.Text, part)
			}
			require.Empty(t, Guard(turn, draft, evidence), draft.Text)
		})
	}
}
