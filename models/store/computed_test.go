package store_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"kedai/models"
)

func TestWhatIsComputedForADraftIsKeptAsEvidence(t *testing.T) {
	t.Parallel()
	shop, turn := beginOne(t)
	account := shop.Account.ID
	require.NoError(t, shop.Store.SaveEvidence(t.Context(), account, turn.ID, turn.Attempt, false, []models.Evidence{
		{Kind: models.EvidenceProduct, Product: &models.Product{ID: uuid.New(), Title: "Mug"}},
	}))
	save := func(amount int64) {
		d := models.Draft{Action: models.ActionAnswer, Text: "2 mugs.", Cites: []int{1, 2}, Engine: "builtin", Computed: []models.Evidence{{
			N: 2, Kind: models.EvidenceComputed,
			Computed: &models.Computed{What: models.ComputedTotal, Amount: decimal.NewFromInt(amount), Currency: "USD", From: []int{1}},
		}}}
		require.NoError(t, shop.Store.SaveDraft(t.Context(), account, turn.ID, turn.Attempt, d, nil))
	}
	save(47)
	save(48) // A draft that is written again replaces what was worked out for it.

	detail, err := shop.Store.Conversation(t.Context(), account, turn.ConversationID)
	require.NoError(t, err)
	require.Len(t, detail.Evidence, 2)
	shown := detail.Evidence[1]
	require.Equal(t, models.EvidenceComputed, shown.Kind)
	require.Equal(t, 2, shown.N)
	require.Equal(t, models.ComputedTotal, shown.Computed.What)
	require.Equal(t, "48", shown.Computed.Amount.String())
	require.Equal(t, []int{1}, shown.Computed.From)

	retrieved, err := shop.Store.Evidence(t.Context(), account, turn.ID, turn.Attempt)
	require.NoError(t, err)
	require.Len(t, retrieved, 1, "what is worked out was not retrieved")
}
