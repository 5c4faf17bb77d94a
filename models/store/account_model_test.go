package store_test

import (
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"kedai/models"
	"kedai/models/store/storetest"
)

func TestModelUse(t *testing.T) {
	t.Parallel()
	s, url := storetest.OpenWithURL(t)
	shop := storetest.OpenShop(t, s, models.ChannelWebsite, nil)
	turnNow := func(t *testing.T, turn models.Turn) models.Turn {
		t.Helper()
		turn, err := s.Turn(t.Context(), shop.Account.ID, turn.ID)
		require.NoError(t, err)
		return turn
	}

	t.Run("what all tries took is added up, and time within an attempt only", func(t *testing.T) {
		turn := prepare(t, shop, shop.Say(t, "uses", "Hello?").Chat)
		cost := decimal.RequireFromString("0.0015")
		use := models.ModelUse{Model: "gemini/m", InputTokens: 100, OutputTokens: 20, Cost: &cost, Took: 2 * time.Second}
		require.NoError(t, s.AddModelUse(t.Context(), shop.Account.ID, turn.ID, 1, use))
		require.NoError(t, s.AddModelUse(t.Context(), shop.Account.ID, turn.ID, 1, use))
		got := turnNow(t, turn)
		require.Equal(t, []any{"gemini/m", int64(200), int64(40), "0.003", 4 * time.Second}, []any{*got.Model, got.InputTokens, got.OutputTokens, got.Cost.String(), got.ModelTime()})
		require.NoError(t, s.AddModelUse(t.Context(), shop.Account.ID, turn.ID, 2, models.ModelUse{Took: time.Second}))
		require.NoError(t, s.AddModelUse(t.Context(), shop.Account.ID, turn.ID, 1, use), "of an attempt that is void by now")
		got = turnNow(t, turn)
		require.EqualValues(t, 300, got.InputTokens, "it is paid for all the same")
		require.EqualValues(t, 1000, got.ModelMS)
		require.Zero(t, got.ModelTime(), "the row's attempt is another one")
		require.Equal(t, "0.0045", got.Cost.String(), "what has no price leaves the sum")
	})
	t.Run("delivery keeps what models took, and the fallback", func(t *testing.T) {
		turn := prepare(t, shop, shop.Say(t, "kept", "Hello?").Chat)
		require.NoError(t, s.AddModelUse(t.Context(), shop.Account.ID, turn.ID, turn.Attempt, models.ModelUse{Model: "openai/m", InputTokens: 7}))
		d := models.Draft{Action: models.ActionAnswer, Text: "Hi.", Engine: "builtin", Fallback: models.FallbackSlow}
		require.NoError(t, s.SaveDraft(t.Context(), shop.Account.ID, turn.ID, turn.Attempt, d, nil))
		require.Equal(t, models.VerdictDelivered, deliver(t, shop, turn).Verdict)
		got := turnNow(t, turn)
		require.Equal(t, []any{models.TurnDelivered, "openai/m", int64(7), models.FallbackSlow}, []any{got.State, *got.Model, got.InputTokens, got.Fallback})
		require.Nil(t, got.Cost)
	})
	t.Run("a turn's clock and currency are those of its first search", func(t *testing.T) {
		turn := prepare(t, shop, shop.Say(t, "clock", "Hello?").Chat)
		first, err := s.Transcript(t.Context(), turn.AccountID, turn.ID)
		require.NoError(t, err)
		require.Equal(t, "USD", first.Currency)
		require.WithinDuration(t, time.Now(), first.Now, time.Minute)
		exec(t, url, "UPDATE accounts SET answers_at = '2020-01-01', currency = 'EUR' WHERE id = $1", shop.Account.ID)
		for _, turn := range []models.Turn{turn, turnNow(t, turn)} {
			again, err := s.Transcript(t.Context(), turn.AccountID, turn.ID)
			require.NoError(t, err)
			require.Equal(t, "USD", again.Currency)
			require.True(t, again.Now.Equal(first.Now))
		}
		next, err := s.Transcript(t.Context(), shop.Account.ID, prepare(t, shop, shop.Say(t, "next", "Hello?").Chat).ID)
		require.NoError(t, err)
		require.Equal(t, []any{"EUR", 2020}, []any{next.Currency, next.Now.UTC().Year()})
	})
	t.Run("a summary ends with its conversation, and never goes back", func(t *testing.T) {
		chat := shop.Say(t, "sums", "one").Chat
		turn := prepare(t, shop, chat)
		require.NoError(t, s.SaveSummary(t.Context(), shop.Account.ID, turn.ConversationID, "Said one.", turn.FirstSeq))
		require.NoError(t, s.SaveSummary(t.Context(), shop.Account.ID, turn.ConversationID, "Older.", turn.FirstSeq-1))
		script, err := s.Transcript(t.Context(), turn.AccountID, turn.ID)
		require.NoError(t, err)
		require.Equal(t, []any{"Said one.", turn.FirstSeq}, []any{script.Summary, script.SummarySeq})
		draft(t, shop, turn)
		deliver(t, shop, turn)
		second := prepare(t, shop, shop.Say(t, "sums", "two").Chat)
		lines, err := s.Unsummarised(t.Context(), second)
		require.NoError(t, err)
		require.Len(t, lines, 1, "the agent's reply: the first line is told, and the turn's own aren't yet")
		require.Equal(t, models.AuthorAgent, lines[0].Author)
		_, err = s.CloseConversation(t.Context(), shop.Account.ID, turn.ConversationID, shop.Manager)
		require.NoError(t, err)
		exec(t, url, "UPDATE chats SET cooldown_until = now() WHERE id = $1", chat)
		third := prepare(t, shop, shop.Say(t, "sums", "three").Chat)
		require.NotEqual(t, turn.ConversationID, third.ConversationID)
		script, err = s.Transcript(t.Context(), third.AccountID, third.ID)
		require.NoError(t, err)
		require.Empty(t, script.Summary)
		require.Len(t, script.Messages, 1)
	})
}

func TestAccountModel(t *testing.T) {
	t.Parallel()
	s, url := storetest.OpenWithURL(t)
	shop, other := storetest.OpenShop(t, s, models.ChannelWebsite, nil), storetest.OpenShop(t, s, models.ChannelWebsite, nil)
	const secret = "sk-zebrafinch"
	set, err := s.SetAccountModel(t.Context(), shop.Admin, models.AccountModel{AccountID: shop.Account.ID, Provider: models.ProviderOpenAI, Name: "m"}, secret)
	require.NoError(t, err)
	got, key, err := s.AccountModelKey(t.Context(), shop.Account.ID)
	require.NoError(t, err)
	require.Equal(t, secret, key.Reveal())
	require.True(t, got.UpdatedAt.Equal(set.UpdatedAt))
	_, err = s.AccountModel(t.Context(), other.Account.ID)
	require.Equal(t, models.CodeNotFound, models.CodeOf(err))

	conn, err := pgx.Connect(t.Context(), url)
	require.NoError(t, err)
	defer conn.Close(t.Context())
	var sealed []byte
	require.NoError(t, conn.QueryRow(t.Context(), "SELECT key FROM account_models").Scan(&sealed))
	require.NotContains(t, string(sealed), secret)
	var leaks int
	require.NoError(t, conn.QueryRow(t.Context(), "SELECT count(*) FROM audit_entries WHERE audit_entries::text LIKE '%zebrafinch%'").Scan(&leaks))
	require.Zero(t, leaks)
	// Another account's row opens nothing: the account is bound into the key.
	_, err = conn.Exec(t.Context(), "INSERT INTO account_models SELECT $1, provider, name, key, key_id, updated_at FROM account_models", other.Account.ID)
	require.NoError(t, err)
	_, _, err = s.AccountModelKey(t.Context(), other.Account.ID)
	require.Equal(t, models.CodeInternal, models.CodeOf(err))
}
