package answer

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kedai/models"
)

func TestCarryingUpIsAskedOfShipping(t *testing.T) {
	t.Parallel()
	for language, says := range map[models.Language][]string{
		models.English:    {"do the guys carry the wardrobe up", "third floor walkup, can they bring the desk up the stairs", "how much to have the bed brought upstairs"},
		models.Spanish:    {"me suben el ropero al tercer piso?", "no hay elevador, cuánto por subir la cama"},
		models.Portuguese: {"vocês sobem o guarda-roupa pela escada?", "sem elevador, quanto cobram pra subir a cama"},
		models.Russian:    {"шкаф на этаж поднимете?", "сколько за этаж если нет лифта", "занесете стол в квартиру?"},
	} {
		for _, say := range says {
			u := Understand(Turn{Language: language, Messages: []string{say}})
			require.NotEmpty(t, u.Questions, say)
			require.Contains(t, u.Questions[len(u.Questions)-1].Topics, string(topicShipping), say)
		}
	}
}

func TestWhatIsAskedOfRulesIsToldBySentences(t *testing.T) {
	t.Parallel()
	runTalks(t, []talkCase{
		{name: "last day", shop: ruled(models.English, [3]string{"Shipping", "Leaving us", "Orders placed before noon go out the same day."}, [3]string{"Shipping", "Holiday orders", "The last day to order for Christmas is December 14."}), say: "when should i order at the latest so the boots are here for xmas", has: []string{"December 14"}},
		{name: "denied by a heading", shop: ruled(models.English, [3]string{"Returns", "No returns", "- Swimwear that has been worn\n- Opened filters"}, [3]string{"Returns", "Postage", "Return postage is $6, which you pay."}), say: "can i return the swimsuit i wore once?", has: []string{"No returns: Swimwear that has been worn."}},
		{name: "off for a way to pay", shop: ruled(models.Portuguese, [3]string{"Pagamento", "Formas de pagamento", "- Pix: 5% de desconto\n- Cartão em até 6x"}, [3]string{"Promoções", "Cupom", "O cupom OI10 dá 10% na primeira compra."}), say: "pagando no pix tem desconto?", has: []string{"5%"}},
	})
}
