package answer

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kedai/models"
)

func TestUnderstandEnglishTurnsOfPhraseAboutRules(t *testing.T) {
	t.Parallel()
	for say, topic := range map[string]topic{
		"latest i can order so its under the tree": topicShipping, "will the rug get here before xmas": topicShipping, "last day to order for christmas": topicShipping,
		"opened it and hate it, am i stuck with it": topicReturns, "can these go back once worn": topicReturns,
	} {
		u := Understand(Turn{Language: models.English, Messages: []string{say}})
		require.NotEmpty(t, u.Questions, say)
		require.Contains(t, u.Questions[len(u.Questions)-1].Topics, string(topic), say)
	}
	for _, say := range []string{"whats the minimum purchase for klarna"} {
		u := Understand(Turn{Language: models.English, Messages: []string{say}})
		require.Equal(t, models.IntentPolicy, u.Intents[0], say)
	}
}
