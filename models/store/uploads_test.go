package store_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"kedai/models"
	"kedai/models/store/storetest"
)

func TestADraftOfALimitLeavesTheLiveOne(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	shop := storetest.OpenShop(t, s, models.ChannelWebsite, nil)
	set := func(patch string) func(*models.AgentSettings) error {
		return func(settings *models.AgentSettings) error { return json.Unmarshal([]byte(patch), settings) }
	}
	_, err := s.ChangeAgentSettings(t.Context(), shop.Admin, shop.Account.ID, set(`{"replies_per_day": 100}`))
	require.NoError(t, err)
	draft, err := s.ChangeDraftSettings(t.Context(), shop.Admin, shop.Account.ID, set(`{"replies_per_day": 50}`))
	require.NoError(t, err)
	require.EqualValues(t, 50, *draft.Settings.RepliesPerDay)
	live, err := s.AgentSettings(t.Context(), shop.Account.ID)
	require.NoError(t, err)
	require.EqualValues(t, 100, *live.RepliesPerDay)
}

func TestABrokenNewerUploadLeavesTheOlderOne(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	shop := storetest.OpenShop(t, s, models.ChannelWebsite, nil)
	create := func() models.Import {
		imp, err := s.CreateImport(t.Context(), shop.Admin, models.Import{AccountID: shop.Account.ID, Kind: models.ImportProducts, Name: "products.csv", Body: []byte("x")})
		require.NoError(t, err)
		return imp
	}
	older, newer := create(), create()
	put := func() error {
		return s.PutProducts(t.Context(), shop.Account.ID, older.ID, []models.Product{{Handle: "mug", Title: "Mug", Variants: []models.Variant{{Currency: "USD"}}}})
	}
	require.Equal(t, models.CodeConflict, models.CodeOf(put()), "the newer one may still come through")
	newer.State, newer.Failure = models.ImportFailed, "it isn't a CSV file"
	require.NoError(t, s.FinishImport(t.Context(), newer))
	require.NoError(t, put())
}
