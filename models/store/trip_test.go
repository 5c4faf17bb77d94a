package store_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kedai/models"
	"kedai/models/store/storetest"
)

// beginOne opens a shop in which one turn has begun.
func beginOne(t *testing.T) (storetest.Shop, models.Turn) {
	t.Helper()
	shop := storetest.OpenShop(t, storetest.Open(t), models.ChannelWebsite, nil)
	return shop, begin(t, shop, shop.Say(t, "ana", "How much are 2 mugs?").Chat)
}

func TestVoidDraft(t *testing.T) {
	t.Parallel()
	shop, turn := beginOne(t)
	account := shop.Account.ID
	draft := models.Draft{
		Action: models.ActionAnswer, Text: "Hi.", Engine: "builtin", Intent: models.IntentProductPrice,
		Heard:    []models.Heard{{Seq: turn.FirstSeq, Intents: []models.Intent{models.IntentProductPrice}}},
		Computed: []models.Evidence{{N: 1, Kind: models.EvidenceComputed, Computed: &models.Computed{What: models.ComputedTotal}}},
	}
	kept := func() (lead *models.Intent, heard []models.Intent, evidence int, text *string) {
		detail, err := shop.Store.Conversation(t.Context(), account, turn.ConversationID)
		require.NoError(t, err)
		row, err := shop.Store.Turn(t.Context(), account, turn.ID)
		require.NoError(t, err)
		for _, m := range detail.Messages {
			heard = append(heard, m.Intents...)
		}
		return detail.Lead.Intent, heard, len(detail.Evidence), row.Draft
	}

	err := shop.Store.SaveDraft(t.Context(), account, turn.ID, turn.Attempt+1, draft, nil)
	require.Equal(t, models.CodeConflict, models.CodeOf(err))
	lead, heard, evidence, text := kept()
	require.Nil(t, lead)
	require.Empty(t, heard)
	require.Zero(t, evidence)
	require.Nil(t, text)

	other := storetest.OpenShop(t, shop.Store, models.ChannelWebsite, nil)
	err = shop.Store.SaveDraft(t.Context(), other.Account.ID, turn.ID, turn.Attempt, draft, nil)
	require.Equal(t, models.CodeConflict, models.CodeOf(err), "it is another account's turn")

	require.NoError(t, shop.Store.SaveDraft(t.Context(), account, turn.ID, turn.Attempt, draft, nil))
	lead, heard, evidence, text = kept()
	require.Equal(t, models.IntentProductPrice, *lead)
	require.Equal(t, []models.Intent{models.IntentProductPrice}, heard)
	require.Equal(t, 1, evidence)
	require.Equal(t, "Hi.", *text)
}

// TestOneTrip has the last of a transaction's statements fail: nothing of those
// before it stays.
func TestOneTrip(t *testing.T) {
	t.Parallel()
	shop, turn := beginOne(t)
	account := shop.Account.ID
	broken := models.Draft{
		Action: models.ActionAnswer, Text: "Hi.", Engine: "builtin", Intent: models.IntentProductPrice,
		// The numbers of evidence are unique.
		Computed: []models.Evidence{
			{N: 2, Kind: models.EvidenceComputed, Computed: &models.Computed{What: models.ComputedTotal}},
			{N: 2, Kind: models.EvidenceComputed, Computed: &models.Computed{What: models.ComputedTotal}},
		},
	}
	err := shop.Store.SaveDraft(t.Context(), account, turn.ID, turn.Attempt, broken, nil)
	require.Equal(t, models.CodeConflict, models.CodeOf(err))
	row, err := shop.Store.Turn(t.Context(), account, turn.ID)
	require.NoError(t, err)
	require.Nil(t, row.Draft)
	detail, err := shop.Store.Conversation(t.Context(), account, turn.ConversationID)
	require.NoError(t, err)
	require.Nil(t, detail.Lead.Intent)

	_, err = shop.Store.Retrieved(t.Context(), account, models.NewID(), 1)
	require.Equal(t, models.CodeNotFound, models.CodeOf(err))
	_, err = shop.Store.Retrieved(t.Context(), account, turn.ID, turn.Attempt+1)
	require.Equal(t, models.CodeConflict, models.CodeOf(err))
	other := storetest.OpenShop(t, shop.Store, models.ChannelWebsite, nil)
	_, err = shop.Store.Retrieved(t.Context(), other.Account.ID, turn.ID, turn.Attempt)
	require.Equal(t, models.CodeNotFound, models.CodeOf(err), "it is another account's turn")
}

func TestVoidEvidence(t *testing.T) {
	t.Parallel()
	shop := storetest.OpenShop(t, storetest.Open(t), models.ChannelWebsite, nil)
	account := shop.Account.ID
	chat := shop.Say(t, "ana", "How much are 2 mugs?").Chat
	first := begin(t, shop, chat)
	shop.Say(t, "ana", "and lamps?")
	second := begin(t, shop, chat)
	require.Greater(t, second.Attempt, first.Attempt)
	evidence := func(text string) []models.Evidence {
		return []models.Evidence{{Kind: models.EvidencePassage, Passage: &models.Passage{Text: text}}}
	}
	require.NoError(t, shop.Store.SaveEvidence(t.Context(), account, second.ID, second.Attempt, false, evidence("new")))
	err := shop.Store.SaveEvidence(t.Context(), account, first.ID, first.Attempt, false, evidence("void"))
	require.Equal(t, models.CodeConflict, models.CodeOf(err))
	detail, err := shop.Store.Conversation(t.Context(), account, second.ConversationID)
	require.NoError(t, err)
	require.Len(t, detail.Evidence, 1)
	require.Equal(t, "new", detail.Evidence[0].Passage.Text)
}
