package store_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"kedai/models"
	"kedai/models/store"
	"kedai/models/store/storetest"
)

// begin opens the conversation and begins a turn.
func begin(t *testing.T, shop storetest.Shop, chat uuid.UUID) models.Turn {
	t.Helper()
	_, err := shop.Store.OpenConversation(t.Context(), shop.Account.ID, chat)
	require.NoError(t, err)
	situation, turn, err := shop.Store.BeginTurn(t.Context(), shop.Account.ID, chat)
	require.NoError(t, err)
	require.Equal(t, models.StandServe, situation.Standing)
	require.NotNil(t, turn)
	return *turn
}

// prepare begins a turn and stores a draft for it.
func prepare(t *testing.T, shop storetest.Shop, chat uuid.UUID) models.Turn {
	t.Helper()
	turn := begin(t, shop, chat)
	draft(t, shop, turn)
	return turn
}

func draft(t *testing.T, shop storetest.Shop, turn models.Turn) {
	t.Helper()
	require.NoError(t, shop.Store.SaveDraft(t.Context(), shop.Account.ID, turn.ID, turn.Attempt,
		models.Draft{Action: models.ActionAnswer, Text: "A reply.", Intent: models.IntentOther, Engine: "builtin"}, nil))
}

func deliver(t *testing.T, shop storetest.Shop, turn models.Turn) store.Delivery {
	t.Helper()
	out, err := shop.Store.Deliver(t.Context(), shop.Account.ID, turn.ChatID, turn.ID, turn.Attempt, models.ReasonToolFailure)
	require.NoError(t, err)
	return out
}

func TestTurn(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)

	t.Run("a message is answered once, however often it is delivered", func(t *testing.T) {
		t.Parallel()
		shop := storetest.OpenShop(t, s, models.ChannelWebsite, nil)
		receipt := shop.Say(t, "ana", "Hello?")
		turn := prepare(t, shop, receipt.Chat)
		first := deliver(t, shop, turn)
		require.Equal(t, models.VerdictDelivered, first.Verdict)
		again := deliver(t, shop, turn)
		require.Equal(t, first.Outbound, again.Outbound)
		view, err := s.VisitorView(t.Context(), shop.Account.ID, receipt.Chat, 0, 10)
		require.NoError(t, err)
		require.Len(t, view.Messages, 2)
		require.Equal(t, "A reply.", view.Messages[1].Text)
	})
	t.Run("a newer message supersedes twice, then the turn is final", func(t *testing.T) {
		t.Parallel()
		shop := storetest.OpenShop(t, s, models.ChannelWebsite, nil)
		receipt := shop.Say(t, "ana", "one")
		turn := prepare(t, shop, receipt.Chat)
		for range models.MaxSupersedes {
			shop.Say(t, "ana", "more")
			require.Equal(t, models.VerdictSuperseded, deliver(t, shop, turn).Verdict)
			next := prepare(t, shop, receipt.Chat)
			require.Equal(t, turn.ID, next.ID)
			turn = next
		}
		require.True(t, turn.Final)
		newest := shop.Say(t, "ana", "and more")
		out := deliver(t, shop, turn)
		require.Equal(t, models.VerdictDelivered, out.Verdict)
		require.Equal(t, models.StandServe, out.Standing)
		after := prepare(t, shop, receipt.Chat)
		require.NotEqual(t, turn.ID, after.ID)
		require.Equal(t, newest.MessageSeq, after.FirstSeq)
	})
	t.Run("a turn without a draft of its attempt becomes the handoff", func(t *testing.T) {
		t.Parallel()
		shop := storetest.OpenShop(t, s, models.ChannelWebsite, func(a *models.AgentSettings) {
			a.HandoffMessages = map[models.Language]string{models.English: "A colleague takes over."}
		})
		receipt := shop.Say(t, "ana", "one")
		out := deliver(t, shop, begin(t, shop, receipt.Chat))
		require.True(t, out.Handoff)
		require.Equal(t, models.AgentHanded, out.Agent)
		detail, err := s.Conversation(t.Context(), shop.Account.ID, out.Conversation)
		require.NoError(t, err)
		require.True(t, detail.Chat.Unread)
		require.Equal(t, string(models.ReasonToolFailure), *detail.HandoffReason)
		require.Equal(t, "A colleague takes over.", detail.Messages[len(detail.Messages)-2].Text)
		require.NotNil(t, detail.ManagerID)

		shop.Say(t, "ana", "are you there?")
		situation, none, err := s.BeginTurn(t.Context(), shop.Account.ID, receipt.Chat)
		require.NoError(t, err)
		require.Nil(t, none)
		require.Equal(t, models.StandRest, situation.Standing)
	})
	t.Run("a reached limit hands over, a reset lets the next one through", func(t *testing.T) {
		t.Parallel()
		one := int64(1)
		shop := storetest.OpenShop(t, s, models.ChannelWebsite, func(a *models.AgentSettings) { a.RepliesPerDay = &one })
		first := deliver(t, shop, prepare(t, shop, shop.Say(t, "ana", "one").Chat))
		require.False(t, first.Handoff)
		second := deliver(t, shop, prepare(t, shop, shop.Say(t, "ana", "two").Chat))
		require.True(t, second.Handoff)
		require.NoError(t, s.ResetLimit(t.Context(), shop.Account.ID, shop.Admin))
		third := deliver(t, shop, prepare(t, shop, shop.Say(t, "ben", "three").Chat))
		require.False(t, third.Handoff)
	})
	t.Run("a void attempt can't store its draft", func(t *testing.T) {
		t.Parallel()
		shop := storetest.OpenShop(t, s, models.ChannelWebsite, nil)
		receipt := shop.Say(t, "ana", "one")
		old := prepare(t, shop, receipt.Chat)
		prepare(t, shop, receipt.Chat)
		err := s.SaveDraft(t.Context(), shop.Account.ID, old.ID, old.Attempt, models.Draft{Action: models.ActionAnswer, Text: "late"}, nil)
		require.Equal(t, models.CodeConflict, models.CodeOf(err))
		require.Equal(t, models.VerdictSuperseded, deliver(t, shop, old).Verdict)
	})
}

func TestOperator(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	open := func(t *testing.T, adjust func(*models.AgentSettings)) (storetest.Shop, uuid.UUID, models.Turn) {
		shop := storetest.OpenShop(t, s, models.ChannelWebsite, adjust)
		receipt := shop.Say(t, "ana", "one")
		return shop, receipt.Chat, prepare(t, shop, receipt.Chat)
	}

	t.Run("a stop silences the turn in preparation, the lead's chats and the next conversation", func(t *testing.T) {
		t.Parallel()
		shop, chat, turn := open(t, func(a *models.AgentSettings) { a.CooldownMS = 0 })
		_, err := s.Stop(t.Context(), shop.Account.ID, turn.ConversationID, shop.Manager)
		require.NoError(t, err)
		require.Equal(t, models.VerdictSilenced, deliver(t, shop, turn).Verdict)
		_, err = s.HandBack(t.Context(), shop.Account.ID, turn.ConversationID, shop.Manager)
		require.Equal(t, models.CodeConflict, models.CodeOf(err))
		_, err = s.CloseConversation(t.Context(), shop.Account.ID, turn.ConversationID, shop.Manager)
		require.NoError(t, err)
		shop.Say(t, "ana", "again")
		situation, err := s.OpenConversation(t.Context(), shop.Account.ID, chat)
		require.NoError(t, err)
		require.Equal(t, models.AgentStopped, situation.Agent)

		detail, err := s.Conversation(t.Context(), shop.Account.ID, situation.Conversation)
		require.NoError(t, err)
		require.Equal(t, models.CodeForbidden, models.CodeOf(s.ServeAgain(t.Context(), shop.Account.ID, detail.LeadID, shop.Manager)))
		require.NoError(t, s.ServeAgain(t.Context(), shop.Account.ID, detail.LeadID, shop.Admin))
		shop.Say(t, "ana", "still the same conversation")
		_, none, err := s.BeginTurn(t.Context(), shop.Account.ID, chat)
		require.NoError(t, err)
		require.Nil(t, none)
		_, err = s.CloseConversation(t.Context(), shop.Account.ID, situation.Conversation, shop.Manager)
		require.NoError(t, err)
		shop.Say(t, "ana", "a new one")
		situation, err = s.OpenConversation(t.Context(), shop.Account.ID, chat)
		require.NoError(t, err)
		require.Equal(t, models.AgentServing, situation.Agent)
	})
	t.Run("a manager's reply silences the agent", func(t *testing.T) {
		t.Parallel()
		shop, _, turn := open(t, nil)
		_, out, err := s.Reply(t.Context(), shop.Account.ID, turn.ConversationID, shop.Manager, "I take this.")
		require.NoError(t, err)
		require.Equal(t, models.OutboundSent, out.State)
		require.Equal(t, models.VerdictSilenced, deliver(t, shop, turn).Verdict)
	})
	t.Run("a person who types defers the reply until the lease is over", func(t *testing.T) {
		t.Parallel()
		shop, chat, turn := open(t, func(a *models.AgentSettings) { a.TypingLeaseMS = 300 })
		require.NoError(t, s.Typing(t.Context(), shop.Account.ID, turn.ConversationID, shop.Manager))
		out := deliver(t, shop, turn)
		require.Equal(t, models.VerdictDeferred, out.Verdict)
		require.NotNil(t, out.Deadline)
		require.Eventually(t, func() bool {
			_, again, err := s.BeginTurn(t.Context(), shop.Account.ID, chat)
			return err == nil && again != nil
		}, timeout, tick)
	})
	t.Run("after a close a message is held until the cooldown is over", func(t *testing.T) {
		t.Parallel()
		shop, chat, turn := open(t, func(a *models.AgentSettings) { a.CooldownMS = 400 })
		_, err := s.CloseConversation(t.Context(), shop.Account.ID, turn.ConversationID, shop.Manager)
		require.NoError(t, err)
		require.Equal(t, models.VerdictSilenced, deliver(t, shop, turn).Verdict)
		shop.Say(t, "ana", "held")
		situation, err := s.OpenConversation(t.Context(), shop.Account.ID, chat)
		require.NoError(t, err)
		require.Equal(t, models.AgentCooldown, situation.Agent)
		require.NotNil(t, situation.Deadline)
		require.Eventually(t, func() bool {
			situation, err := s.OpenConversation(t.Context(), shop.Account.ID, chat)
			return err == nil && situation.Agent == models.AgentServing && situation.Standing == models.StandServe
		}, timeout, tick)
	})
	t.Run("a reply in the cooldown opens the next conversation, owned by the person", func(t *testing.T) {
		t.Parallel()
		shop, chat, turn := open(t, nil)
		_, err := s.CloseConversation(t.Context(), shop.Account.ID, turn.ConversationID, shop.Manager)
		require.NoError(t, err)
		shop.Say(t, "ana", "held")
		_, out, err := s.Reply(t.Context(), shop.Account.ID, turn.ConversationID, shop.Manager, "Hello again.")
		require.NoError(t, err)
		require.NotEqual(t, turn.ConversationID, out.ConversationID)
		situation, err := s.Attend(t.Context(), shop.Account.ID, chat)
		require.NoError(t, err)
		require.Equal(t, models.AgentSilent, situation.Agent)
		require.Equal(t, models.StandRest, situation.Standing)
	})
	t.Run("reopen belongs to the person and is refused while another is open", func(t *testing.T) {
		t.Parallel()
		shop, chat, turn := open(t, func(a *models.AgentSettings) { a.CooldownMS = 0 })
		_, err := s.CloseConversation(t.Context(), shop.Account.ID, turn.ConversationID, shop.Manager)
		require.NoError(t, err)
		_, err = s.Reopen(t.Context(), shop.Account.ID, turn.ConversationID, shop.Manager)
		require.NoError(t, err)
		_, err = s.CloseConversation(t.Context(), shop.Account.ID, turn.ConversationID, shop.Manager)
		require.NoError(t, err)
		shop.Say(t, "ana", "next")
		_, err = s.OpenConversation(t.Context(), shop.Account.ID, chat)
		require.NoError(t, err)
		_, err = s.Reopen(t.Context(), shop.Account.ID, turn.ConversationID, shop.Manager)
		require.Equal(t, models.CodeConflict, models.CodeOf(err))
	})
	t.Run("off ends the agent everywhere at once, and on doesn't bring it back", func(t *testing.T) {
		t.Parallel()
		shop, chat, turn := open(t, nil)
		_, err := s.SetEnabled(t.Context(), shop.Account.ID, shop.Admin, false)
		require.NoError(t, err)
		require.Equal(t, models.VerdictSilenced, deliver(t, shop, turn).Verdict)
		_, err = s.AddTrigger(t.Context(), shop.Admin, models.Trigger{AccountID: shop.Account.ID, StageID: shop.Stages[0].ID, InboxID: shop.Inbox.ID})
		require.Equal(t, models.CodeConflict, models.CodeOf(err))
		_, err = s.SetEnabled(t.Context(), shop.Account.ID, shop.Admin, true)
		require.NoError(t, err)
		shop.Say(t, "ana", "hello?")
		situation, err := s.Attend(t.Context(), shop.Account.ID, chat)
		require.NoError(t, err)
		require.Equal(t, models.AgentSilent, situation.Agent)
		_, err = s.HandBack(t.Context(), shop.Account.ID, turn.ConversationID, shop.Manager)
		require.NoError(t, err)
		situation, err = s.Attend(t.Context(), shop.Account.ID, chat)
		require.NoError(t, err)
		require.Equal(t, models.StandServe, situation.Standing)
	})
	t.Run("a lead moved away keeps its agent until the close, then isn't served (R13)", func(t *testing.T) {
		t.Parallel()
		shop, chat, turn := open(t, func(a *models.AgentSettings) { a.CooldownMS = 0 })
		detail, err := s.Conversation(t.Context(), shop.Account.ID, turn.ConversationID)
		require.NoError(t, err)
		triggers, err := s.Triggers(t.Context(), shop.Account.ID)
		require.NoError(t, err)
		for _, trigger := range triggers {
			if trigger.StageID == shop.Stages[2].ID {
				require.NoError(t, s.RemoveTrigger(t.Context(), shop.Account.ID, shop.Admin, trigger.ID))
			}
		}
		_, err = s.MoveLead(t.Context(), shop.Account.ID, shop.Manager, detail.LeadID, shop.Stages[2].ID)
		require.NoError(t, err)
		require.Equal(t, models.VerdictDelivered, deliver(t, shop, turn).Verdict)
		_, err = s.CloseConversation(t.Context(), shop.Account.ID, turn.ConversationID, shop.Manager)
		require.NoError(t, err)
		shop.Say(t, "ana", "again")
		situation, err := s.OpenConversation(t.Context(), shop.Account.ID, chat)
		require.NoError(t, err)
		require.Equal(t, models.AgentSilent, situation.Agent)
		_, err = s.MoveLead(t.Context(), shop.Account.ID, shop.Manager, detail.LeadID, shop.Stages[1].ID)
		require.NoError(t, err)
		situation, err = s.Attend(t.Context(), shop.Account.ID, chat)
		require.NoError(t, err)
		require.Equal(t, models.AgentSilent, situation.Agent, "only a new message starts the agent")
		shop.Say(t, "ana", "and now?")
		situation, err = s.Attend(t.Context(), shop.Account.ID, chat)
		require.NoError(t, err)
		require.Equal(t, models.AgentServing, situation.Agent)
	})
	t.Run("an idle conversation closes by itself, one that waits for an answer doesn't", func(t *testing.T) {
		t.Parallel()
		shop, chat, turn := open(t, func(a *models.AgentSettings) { a.AutoCloseMS = 300 })
		situation, err := s.Attend(t.Context(), shop.Account.ID, chat)
		require.NoError(t, err)
		require.Nil(t, situation.Deadline)
		require.Equal(t, models.VerdictDelivered, deliver(t, shop, turn).Verdict)
		require.Eventually(t, func() bool {
			situation, err := s.Attend(t.Context(), shop.Account.ID, chat)
			return err == nil && situation.Agent == models.AgentCooldown
		}, timeout, tick)
	})
	t.Run("another bot ends the agent there", func(t *testing.T) {
		t.Parallel()
		shop, _, turn := open(t, nil)
		_, err := s.IntakeOutside(t.Context(), shop.Inbox, models.Inbound{Author: models.AuthorOtherBot, Identity: "ana", ProviderID: uuid.NewString(), Text: "beep"})
		require.NoError(t, err)
		require.Equal(t, models.VerdictSilenced, deliver(t, shop, turn).Verdict)
		detail, err := s.Conversation(t.Context(), shop.Account.ID, turn.ConversationID)
		require.NoError(t, err)
		require.Equal(t, string(models.ReasonOtherBot), *detail.AgentEndReason)
		require.True(t, detail.Chat.Unread)
	})
}

func TestIntake(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)

	t.Run("one message delivered twenty times at once is stored once", func(t *testing.T) {
		t.Parallel()
		shop := storetest.OpenShop(t, s, models.ChannelWebsite, nil)
		in := models.Inbound{Author: models.AuthorCustomer, Identity: "ana", ProviderID: "m1", Text: "hello"}
		results := make(chan store.Receipt, 20)
		for range 20 {
			go func() {
				receipt, err := s.Intake(t.Context(), shop.Inbox, in)
				if err != nil {
					t.Error(err)
				}
				results <- receipt
			}()
		}
		fresh := 0
		var id uuid.UUID
		for range 20 {
			r := <-results
			if !r.Duplicate {
				fresh++
			}
			if id == uuid.Nil {
				id = r.Message
			}
			require.Equal(t, id, r.Message)
			require.Equal(t, int64(1), r.MessageSeq)
		}
		require.Equal(t, 1, fresh)
	})
	t.Run("sequence numbers of concurrent messages have no gap and no double", func(t *testing.T) {
		t.Parallel()
		shop := storetest.OpenShop(t, s, models.ChannelWebsite, nil)
		seqs := make(chan int64, 40)
		for range 40 {
			go func() { seqs <- shop.Say(t, "ana", "x").MessageSeq }()
		}
		seen := map[int64]bool{}
		for range 40 {
			seen[<-seqs] = true
		}
		for seq := int64(1); seq <= 40; seq++ {
			require.True(t, seen[seq])
		}
	})
}

func TestAccountsAreApart(t *testing.T) {
	t.Parallel()
	s, url := storetest.OpenWithURL(t)
	a := storetest.OpenShop(t, s, models.ChannelRecorder, nil)
	b := storetest.OpenShop(t, s, models.ChannelRecorder, nil)
	for _, shop := range []storetest.Shop{a, b} {
		prepare(t, shop, shop.Say(t, "ana", "hello").Chat)
		require.NoError(t, s.PutProducts(t.Context(), shop.Account.ID, uuid.Nil, []models.Product{{Handle: "mug", Title: "Mug", Variants: []models.Variant{{Currency: "USD"}}}}))
		_, err := s.CreateImport(t.Context(), shop.Admin, models.Import{AccountID: shop.Account.ID, Kind: models.ImportSource, Name: "returns.md", Body: []byte("# Returns")})
		require.NoError(t, err)
	}
	conn, err := pgx.Connect(t.Context(), url)
	require.NoError(t, err)
	defer conn.Close(t.Context())
	rows, err := conn.Query(t.Context(), `SELECT table_name, CASE table_name WHEN 'accounts' THEN 'id' ELSE 'account_id' END FROM information_schema.tables
		WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name <> 'goose_db_version'`)
	require.NoError(t, err)
	tables, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) ([2]string, error) {
		var out [2]string
		return out, row.Scan(&out[0], &out[1])
	})
	require.NoError(t, err)
	require.Greater(t, len(tables), 20)

	begin := func(t *testing.T) pgx.Tx {
		tx, err := conn.Begin(t.Context())
		require.NoError(t, err)
		_, err = tx.Exec(t.Context(), "SET LOCAL ROLE kedai_app")
		require.NoError(t, err)
		_, err = tx.Exec(t.Context(), "SELECT set_config('kedai.account_id', $1, true)", a.Account.ID.String())
		require.NoError(t, err)
		return tx
	}
	for _, table := range tables {
		name, key := pgx.Identifier{table[0]}.Sanitize(), table[1]
		t.Run(table[0]+" shows and takes only the account's rows", func(t *testing.T) {
			tx := begin(t)
			defer func() { _ = tx.Rollback(t.Context()) }()
			var others int
			require.NoError(t, tx.QueryRow(t.Context(), "SELECT count(*) FROM "+name+" WHERE "+key+" <> $1", a.Account.ID).Scan(&others))
			require.Zero(t, others)
			if table[0] == "audit_entries" {
				return // It can't be updated at all.
			}
			tag, err := tx.Exec(t.Context(), "UPDATE "+name+" SET "+key+" = "+key+" WHERE "+key+" = $1", b.Account.ID)
			require.NoError(t, err)
			require.Zero(t, tag.RowsAffected())
		})
	}
	t.Run("a row of another account can't be written", func(t *testing.T) {
		tx := begin(t)
		defer func() { _ = tx.Rollback(t.Context()) }()
		_, err := tx.Exec(t.Context(), "INSERT INTO contacts (id, account_id) VALUES (gen_random_uuid(), $1)", b.Account.ID)
		require.ErrorContains(t, err, "row-level security")
	})
	t.Run("a reference into another account is refused by its key", func(t *testing.T) {
		tx := begin(t)
		defer func() { _ = tx.Rollback(t.Context()) }()
		_, err := tx.Exec(t.Context(), "INSERT INTO triggers (id, account_id, stage_id, inbox_id) VALUES (gen_random_uuid(), $1, $2, $3)", a.Account.ID, b.Stages[0].ID, a.Inbox.ID)
		require.ErrorContains(t, err, "foreign key")
	})
	t.Run("without an account nothing is seen", func(t *testing.T) {
		tx, err := conn.Begin(t.Context())
		require.NoError(t, err)
		defer func() { _ = tx.Rollback(t.Context()) }()
		_, err = tx.Exec(t.Context(), "SET LOCAL ROLE kedai_app")
		require.NoError(t, err)
		var n int
		require.NoError(t, tx.QueryRow(t.Context(), "SELECT count(*) FROM accounts").Scan(&n))
		require.Zero(t, n)
	})
	t.Run("another account's conversation isn't found", func(t *testing.T) {
		rows, err := s.Conversations(t.Context(), b.Account.ID, store.ConversationFilter{Limit: 10})
		require.NoError(t, err)
		require.Len(t, rows, 1)
		_, err = s.Conversation(t.Context(), a.Account.ID, rows[0].ID)
		require.Equal(t, models.CodeNotFound, models.CodeOf(err))
		_, err = s.CloseConversation(t.Context(), a.Account.ID, rows[0].ID, a.Admin)
		require.Equal(t, models.CodeNotFound, models.CodeOf(err))
	})
	t.Run("an inbox's secret opens, and isn't stored in the clear", func(t *testing.T) {
		secret, err := s.InboxSecret(t.Context(), a.Inbox)
		require.NoError(t, err)
		require.Equal(t, "recorder secret", secret.Reveal())
		var sealed []byte
		require.NoError(t, conn.QueryRow(t.Context(), "SELECT secret FROM inboxes WHERE id = $1", a.Inbox.ID).Scan(&sealed))
		require.NotContains(t, string(sealed), "recorder")
		_, err = conn.Exec(t.Context(), "UPDATE inboxes SET secret = (SELECT secret FROM inboxes WHERE id = $1) WHERE id = $2", a.Inbox.ID, b.Inbox.ID)
		require.NoError(t, err)
		_, err = s.InboxSecret(t.Context(), b.Inbox)
		require.Error(t, err, "a secret moved to another account doesn't open there")
	})
}
