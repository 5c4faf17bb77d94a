package store_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"kedai/models"
	"kedai/models/store/storetest"
)

func TestPlayground(t *testing.T) {
	t.Parallel()
	s, database := storetest.OpenWithURL(t)
	shop := storetest.OpenShop(t, s, models.ChannelWebsite, nil)
	account := shop.Account.ID
	conn, err := pgx.Connect(t.Context(), database)
	require.NoError(t, err)
	defer conn.Close(t.Context())
	begin := func(t *testing.T, chat models.PlaygroundChat) models.PlaygroundChat {
		t.Helper()
		chat.AccountID = account
		if chat.Set == "" {
			chat.Set = models.SetDraft
		}
		chat, err := s.CreatePlayground(t.Context(), shop.Admin, chat)
		require.NoError(t, err)
		return chat
	}
	ask := func(t *testing.T, chat uuid.UUID, text string) models.PlaygroundTurn {
		t.Helper()
		turn, err := s.AddPlaygroundTurn(t.Context(), account, chat, []string{text})
		require.NoError(t, err)
		return turn
	}
	finish := func(t *testing.T, turn models.PlaygroundTurn, draft models.Draft) models.PlaygroundTurn {
		t.Helper()
		scene, err := s.PlaygroundScene(t.Context(), account, turn.ChatID, turn.N)
		require.NoError(t, err)
		require.NoError(t, s.FinishPlaygroundTurn(t.Context(), scene, draft, nil, nil, models.ModelUse{}))
		turn, err = s.PlaygroundTurn(t.Context(), account, turn.ChatID, turn.N)
		require.NoError(t, err)
		return turn
	}

	t.Run("a chat keeps whom it is with, and who began it", func(t *testing.T) {
		identity := &models.PlaygroundIdentity{Email: "ana@example.com"}
		chat := begin(t, models.PlaygroundChat{Identity: identity})
		kept, turns, err := s.Playground(t.Context(), account, chat.ID)
		require.NoError(t, err)
		require.Equal(t, identity, kept.Identity)
		require.Equal(t, shop.Admin.UserID, *kept.CreatedBy)
		require.Empty(t, turns)
	})
	t.Run("one turn after the other", func(t *testing.T) {
		chat := begin(t, models.PlaygroundChat{})
		first := ask(t, chat.ID, "Hello?")
		require.Equal(t, 1, first.N)
		_, err := s.AddPlaygroundTurn(t.Context(), account, chat.ID, []string{"And?"})
		require.Equal(t, models.CodeConflict, models.CodeOf(err))
		done := finish(t, first, models.Draft{Action: models.ActionAnswer, Text: "Hi.", Intent: models.IntentGreeting, Engine: "builtin"})
		require.Equal(t, models.PlaygroundDone, done.State)
		require.Equal(t, "Hi.", done.Reply)
		require.Empty(t, done.Reason)
		require.Equal(t, models.English, done.Language)
		second := ask(t, chat.ID, "And?")
		scene, err := s.PlaygroundScene(t.Context(), account, chat.ID, second.N)
		require.NoError(t, err)
		require.Len(t, scene.Before, 1)
		require.Equal(t, []string{"Hello?"}, scene.Before[0].Messages)
		require.Equal(t, "Hi.", scene.Before[0].Said())
	})
	t.Run("a turn that is over stays as it is", func(t *testing.T) {
		turn := ask(t, begin(t, models.PlaygroundChat{}).ID, "Hello?")
		finish(t, turn, models.Draft{Action: models.ActionAnswer, Text: "First."})
		require.Equal(t, "First.", finish(t, turn, models.Draft{Action: models.ActionAnswer, Text: "Second."}).Reply)
		require.NoError(t, s.FailPlaygroundTurn(t.Context(), account, turn.ChatID, turn.N, models.CodeUnavailable))
		kept, err := s.PlaygroundTurn(t.Context(), account, turn.ChatID, turn.N)
		require.NoError(t, err)
		require.Equal(t, models.PlaygroundDone, kept.State)
	})
	t.Run("a lost turn makes way for the next", func(t *testing.T) {
		chat := begin(t, models.PlaygroundChat{})
		ask(t, chat.ID, "Lost?")
		_, err := conn.Exec(t.Context(), "UPDATE playground_turns SET created_at = created_at - $2::interval WHERE chat_id = $1", chat.ID, models.PlaygroundPatience+time.Second)
		require.NoError(t, err)
		require.Equal(t, 2, ask(t, chat.ID, "Again?").N)
		_, turns, err := s.Playground(t.Context(), account, chat.ID)
		require.NoError(t, err)
		require.Equal(t, models.PlaygroundFailed, turns[0].State)
		require.NotNil(t, turns[0].FinishedAt)
	})
	t.Run("the draft's settings count on the draft, and those of now on live", func(t *testing.T) {
		_, err := s.ChangeDraftSettings(t.Context(), shop.Admin, account, func(a *models.AgentSettings) error {
			a.Language, a.HandoffMessages = models.Spanish, map[models.Language]string{models.Spanish: "Un momento"}
			return nil
		})
		require.NoError(t, err)
		handoff := models.Draft{Action: models.ActionHandoff, Reason: models.ReasonCustomerRequest}
		onDraft := finish(t, ask(t, begin(t, models.PlaygroundChat{}).ID, "Person!"), handoff)
		require.Equal(t, models.ReasonCustomerRequest, onDraft.Reason)
		require.Equal(t, "Un momento", onDraft.HandoffText)
		require.Equal(t, models.Spanish, onDraft.Language)
		onLive := finish(t, ask(t, begin(t, models.PlaygroundChat{Set: models.SetLive}).ID, "Person!"), handoff)
		require.Contains(t, onLive.HandoffText, "colleague")
		russian := models.Russian
		own := finish(t, ask(t, begin(t, models.PlaygroundChat{Language: &russian}).ID, "Person!"), handoff)
		require.Contains(t, own.HandoffText, "коллеге")
		turn := ask(t, begin(t, models.PlaygroundChat{}).ID, "Person!")
		scene, err := s.PlaygroundScene(t.Context(), account, turn.ChatID, turn.N)
		require.NoError(t, err)
		require.Equal(t, models.English, scene.Indexed, "the index is stemmed in the live language")
		require.NoError(t, s.FailPlaygroundTurn(t.Context(), account, turn.ChatID, turn.N, models.CodeUnavailable))
	})
	t.Run("a reached limit is told and nothing counted", func(t *testing.T) {
		limited := storetest.OpenShop(t, s, models.ChannelWebsite, func(a *models.AgentSettings) { one := int64(1); a.RepliesPerDay = &one })
		answered := func() models.PlaygroundTurn {
			chat, err := s.CreatePlayground(t.Context(), limited.Admin, models.PlaygroundChat{AccountID: limited.Account.ID, Set: models.SetLive})
			require.NoError(t, err)
			_, err = s.AddPlaygroundTurn(t.Context(), chat.AccountID, chat.ID, []string{"Hello?"})
			require.NoError(t, err)
			scene, err := s.PlaygroundScene(t.Context(), chat.AccountID, chat.ID, 1)
			require.NoError(t, err)
			require.NoError(t, s.FinishPlaygroundTurn(t.Context(), scene, models.Draft{Action: models.ActionAnswer, Text: "Hi."}, nil, nil, models.ModelUse{}))
			turn, err := s.PlaygroundTurn(t.Context(), chat.AccountID, chat.ID, 1)
			require.NoError(t, err)
			return turn
		}
		for range 3 {
			require.False(t, answered().Limited)
		}
		_, err := conn.Exec(t.Context(), "INSERT INTO usage_counters (account_id, day, replies) VALUES ($1, (now() AT TIME ZONE 'UTC')::date, 1)", limited.Account.ID)
		require.NoError(t, err)
		turn := answered()
		require.True(t, turn.Limited)
		require.Equal(t, models.ReasonUsageLimit, turn.Reason)
		require.Equal(t, "Hi.", turn.Reply)
		require.NotEmpty(t, turn.HandoffText)
	})
	t.Run("a chat has no more turns than can be listed", func(t *testing.T) {
		chat := begin(t, models.PlaygroundChat{})
		_, err := conn.Exec(t.Context(), `INSERT INTO playground_turns (account_id, chat_id, n, messages, state) SELECT $1, $2, n, '["x"]', 'done' FROM generate_series(1, $3::int) n`,
			account, chat.ID, models.PlaygroundTurns)
		require.NoError(t, err)
		_, err = s.AddPlaygroundTurn(t.Context(), account, chat.ID, []string{"More?"})
		require.Equal(t, models.CodeConflict, models.CodeOf(err))
	})
	t.Run("another account sees none of it", func(t *testing.T) {
		chat := begin(t, models.PlaygroundChat{})
		turn := ask(t, chat.ID, "Hello?")
		other := storetest.OpenShop(t, s, models.ChannelWebsite, nil).Account.ID
		_, _, err := s.Playground(t.Context(), other, chat.ID)
		require.Equal(t, models.CodeNotFound, models.CodeOf(err))
		_, err = s.AddPlaygroundTurn(t.Context(), other, chat.ID, []string{"Hello?"})
		require.Equal(t, models.CodeNotFound, models.CodeOf(err))
		_, err = s.PlaygroundScene(t.Context(), other, chat.ID, turn.N)
		require.Equal(t, models.CodeNotFound, models.CodeOf(err))
		require.Equal(t, models.CodeNotFound, models.CodeOf(s.FailPlaygroundTurn(t.Context(), other, chat.ID, turn.N, models.CodeUnavailable)))
	})
	t.Run("chats of more than 30 days go when a new one is made", func(t *testing.T) {
		old, young := begin(t, models.PlaygroundChat{}), begin(t, models.PlaygroundChat{})
		ask(t, old.ID, "Hello?")
		for id, days := range map[uuid.UUID]int{old.ID: 31, young.ID: 29} {
			_, err := conn.Exec(t.Context(), "UPDATE playground_chats SET created_at = now() - make_interval(days => $2) WHERE id = $1", id, days)
			require.NoError(t, err)
		}
		begin(t, models.PlaygroundChat{})
		_, _, err := s.Playground(t.Context(), account, old.ID)
		require.Equal(t, models.CodeNotFound, models.CodeOf(err))
		_, _, err = s.Playground(t.Context(), account, young.ID)
		require.NoError(t, err)
	})
	t.Run("a command line's chat has no user", func(t *testing.T) {
		chat, err := s.CreatePlayground(t.Context(), models.Actor{Name: "cli"}, models.PlaygroundChat{AccountID: account, Set: models.SetLive})
		require.NoError(t, err)
		require.Nil(t, chat.CreatedBy)
		_, err = s.CreatePlayground(t.Context(), models.Actor{Name: "cli"}, models.PlaygroundChat{AccountID: uuid.New(), Set: models.SetLive})
		require.Equal(t, models.CodeNotFound, models.CodeOf(err))
	})
}
