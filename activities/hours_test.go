package activities_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kedai/activities"
	"kedai/activities/retrieval"
	"kedai/models"
	"kedai/models/store/storetest"
)

// officeHours are of Monday to Friday.
func officeHours() *models.BusinessHours {
	day := []models.Interval{{From: "09:00", Until: "18:00"}}
	return &models.BusinessHours{Week: models.Week{Monday: day, Tuesday: day, Wednesday: day, Thursday: day, Friday: day}}
}

func TestHoursAreEvidence(t *testing.T) {
	t.Parallel()
	s, url := storetest.OpenWithURL(t)
	turns := &activities.Turns{Store: s, Index: &retrieval.Fake{}, Log: discard}
	// answered returns what becomes of a question, at 21:30 of a Friday in Bogotá,
	// which is Saturday in UTC.
	answered := func(t *testing.T, hours *models.BusinessHours, text string) (string, []models.Evidence) {
		t.Helper()
		shop := storetest.OpenShop(t, s, models.ChannelWebsite, func(a *models.AgentSettings) { a.BusinessHours = hours })
		_, err := s.SetTimeZone(t.Context(), shop.Admin, shop.Account.ID, "America/Bogota")
		require.NoError(t, err)
		execute(t, url, "UPDATE accounts SET answers_at = '2026-06-13T02:30:00Z' WHERE id = '"+shop.Account.ID.String()+"'")
		receipt := shop.Say(t, "ana", text)
		chat := activities.ChatRequest{Account: shop.Account.ID, Chat: receipt.Chat}
		_, err = s.OpenConversation(t.Context(), shop.Account.ID, receipt.Chat)
		require.NoError(t, err)
		begun := do[activities.Retrieved](t, turns.Retrieve, activities.RetrieveRequest{ChatRequest: chat})
		request := activities.TurnRequest{ChatRequest: chat, Turn: begun.Turn, Attempt: begun.Attempt}
		do[activities.Generated](t, turns.Generate, request)
		_, err = s.Deliver(t.Context(), shop.Account.ID, receipt.Chat, begun.Turn, begun.Attempt, models.ReasonToolFailure)
		require.NoError(t, err)
		evidence, err := s.Evidence(t.Context(), shop.Account.ID, begun.Turn, begun.Attempt)
		require.NoError(t, err)
		view, err := s.VisitorView(t.Context(), shop.Account.ID, receipt.Chat, 0, 10)
		require.NoError(t, err)
		require.Len(t, view.Messages, 2)
		return view.Messages[1].Text, evidence
	}

	t.Run("a question about them is answered from the settings, and what was said is kept", func(t *testing.T) {
		t.Parallel()
		said, evidence := answered(t, officeHours(), "when are you open?")
		require.Equal(t, "We are closed now; we open on Monday at 9:00. Our hours: Monday to Friday 9:00–18:00.", said)
		require.Len(t, evidence, 1)
		require.Equal(t, models.EvidenceHours, evidence[0].Kind)
		require.Equal(t, "America/Bogota", evidence[0].Hours.Zone)
		require.Equal(t, "2026-06-12", evidence[0].Hours.Days[0].Date)
		require.False(t, evidence[0].Hours.Open)
		require.Equal(t, officeHours().Week, evidence[0].Hours.Week)
	})
	t.Run("a question about anything else has none of them", func(t *testing.T) {
		t.Parallel()
		_, evidence := answered(t, officeHours(), "do you have mugs?")
		require.Empty(t, evidence)
	})
	t.Run("without hours nothing is known of them", func(t *testing.T) {
		t.Parallel()
		said, evidence := answered(t, nil, "when are you open?")
		require.Contains(t, said, "colleague")
		require.Empty(t, evidence)
	})
	t.Run("the Playground answers by the hours of its draft", func(t *testing.T) {
		t.Parallel()
		shop := storetest.OpenShop(t, s, models.ChannelWebsite, nil)
		_, err := s.ChangeDraftSettings(t.Context(), shop.Admin, shop.Account.ID, func(a *models.AgentSettings) error {
			a.BusinessHours = officeHours()
			return nil
		})
		require.NoError(t, err)
		rehearse := &activities.Playground{Turns: turns, Store: s, Log: discard}
		for set, says := range map[models.SourceSet]string{models.SetDraft: "Our hours: Monday to Friday 9:00–18:00.", models.SetLive: ""} {
			chat, err := s.CreatePlayground(t.Context(), shop.Admin, models.PlaygroundChat{AccountID: shop.Account.ID, Set: set})
			require.NoError(t, err)
			_, err = s.AddPlaygroundTurn(t.Context(), shop.Account.ID, chat.ID, []string{"when are you open?"})
			require.NoError(t, err)
			do[struct{}](t, rehearse.Rehearse, activities.PlaygroundRequest{Account: shop.Account.ID, Chat: chat.ID, N: 1})
			turn, err := s.PlaygroundTurn(t.Context(), shop.Account.ID, chat.ID, 1)
			require.NoError(t, err)
			require.Contains(t, turn.Reply, says)
			require.Equal(t, says == "", turn.Reply == "")
			if says != "" {
				require.Contains(t, turn.Evidence[0].Sentences, says)
			}
		}
	})
}
