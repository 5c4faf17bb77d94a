package store_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"kedai/models"
	"kedai/models/store"
	"kedai/models/store/storetest"
)

func summarizing(a *models.AgentSettings) { a.Summarize = true }

// handOver has the next turn of a chat delivered as a handoff.
func handOver(t *testing.T, shop storetest.Shop, customer, text string) (chat uuid.UUID, out store.Delivery) {
	t.Helper()
	chat = shop.Say(t, customer, text).Chat
	turn := prepare(t, shop, chat)
	require.NoError(t, shop.Store.SaveDraft(t.Context(), shop.Account.ID, turn.ID, turn.Attempt,
		models.Draft{Action: models.ActionHandoff, Reason: models.ReasonMissingKnowledge, Intent: models.IntentPolicy, Engine: "builtin"}, nil))
	out = deliver(t, shop, turn)
	require.True(t, out.Handoff)
	return chat, out
}

func noteOf(shop storetest.Shop, conversation uuid.UUID, handoff int64) models.Note {
	return models.Note{AccountID: shop.Account.ID, ConversationID: conversation, HandoffSeq: handoff, Engine: "builtin"}
}

// notes returns the notes among a conversation's messages.
func notes(t *testing.T, shop storetest.Shop, conversation uuid.UUID) []models.Message {
	t.Helper()
	detail, err := shop.Store.Conversation(t.Context(), shop.Account.ID, conversation)
	require.NoError(t, err)
	var out []models.Message
	for _, m := range detail.Messages {
		if m.Author == models.AuthorNote {
			out = append(out, m)
		}
	}
	return out
}

func TestNote(t *testing.T) {
	t.Parallel()
	s, url := storetest.OpenWithURL(t)

	t.Run("a handoff owes one where the settings ask for it, and none else", func(t *testing.T) {
		t.Parallel()
		plain := storetest.OpenShop(t, s, models.ChannelWebsite, nil)
		_, out := handOver(t, plain, "ana", "Do you engrave?")
		require.Zero(t, out.Note)
		shop := storetest.OpenShop(t, s, models.ChannelWebsite, summarizing)
		chat, out := handOver(t, shop, "ana", "Do you engrave?")
		require.Positive(t, out.Note)
		situation, err := s.Attend(t.Context(), shop.Account.ID, chat)
		require.NoError(t, err)
		require.Equal(t, out.Note, situation.Note, "it is owed until it is written")
	})
	t.Run("handoffs by limit and by a failed attempt owe one too", func(t *testing.T) {
		t.Parallel()
		none := int64(0)
		limited := storetest.OpenShop(t, s, models.ChannelWebsite, func(a *models.AgentSettings) { a.Summarize, a.RepliesPerDay = true, &none })
		out := deliver(t, limited, prepare(t, limited, limited.Say(t, "ana", "Hello?").Chat))
		require.Equal(t, string(models.ReasonUsageLimit), out.Situation.Handoff)
		require.Positive(t, out.Note)
		failed := storetest.OpenShop(t, s, models.ChannelWebsite, summarizing)
		out = deliver(t, failed, begin(t, failed, failed.Say(t, "ana", "Hello?").Chat))
		require.Equal(t, string(models.ReasonToolFailure), out.Situation.Handoff)
		require.Positive(t, out.Note)
	})
	t.Run("it is written once, however often and by however many", func(t *testing.T) {
		t.Parallel()
		shop := storetest.OpenShop(t, s, models.ChannelWebsite, summarizing)
		chat, out := handOver(t, shop, "ana", "Do you engrave?")
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				require.NoError(t, s.AddNote(t.Context(), chat, noteOf(shop, out.Conversation, out.Note), "The note."))
			})
		}
		all.Wait()
		written := notes(t, shop, out.Conversation)
		require.Len(t, written, 1)
		require.Equal(t, "The note.", written[0].Text)
		require.Greater(t, written[0].Seq, out.Note)
		handoff, err := s.Handoff(t.Context(), shop.Account.ID, chat, out.Conversation, out.Note)
		require.NoError(t, err)
		require.True(t, handoff.Noted)
		situation, err := s.Attend(t.Context(), shop.Account.ID, chat)
		require.NoError(t, err)
		require.Zero(t, situation.Note)
	})
	t.Run("it moves the chat's seq and nothing else that anybody waits for", func(t *testing.T) {
		t.Parallel()
		shop := storetest.OpenShop(t, s, models.ChannelWebsite, summarizing)
		chat, out := handOver(t, shop, "ana", "Do you engrave?")
		before, err := s.Conversation(t.Context(), shop.Account.ID, out.Conversation)
		require.NoError(t, err)
		require.NoError(t, s.AddNote(t.Context(), chat, noteOf(shop, out.Conversation, out.Note), "The note."))
		after, err := s.Conversation(t.Context(), shop.Account.ID, out.Conversation)
		require.NoError(t, err)
		require.Equal(t, before.Chat.Seq+1, after.Chat.Seq)
		after.Chat.Seq = before.Chat.Seq
		require.Equal(t, before.Chat, after.Chat)
		require.Equal(t, before.Outbounds, after.Outbounds)
		require.Equal(t, models.OwnerPerson, after.Owner)
		rows, err := s.Conversations(t.Context(), shop.Account.ID, store.ConversationFilter{Limit: 10})
		require.NoError(t, err)
		require.Equal(t, models.AuthorAgent, *rows[0].LastAuthor, "the list shows what was said last")
	})
	t.Run("no customer sees it, and no engine takes it for something said", func(t *testing.T) {
		t.Parallel()
		shop := storetest.OpenShop(t, s, models.ChannelWebsite, summarizing)
		chat, out := handOver(t, shop, "ana", "Do you engrave?")
		require.NoError(t, s.AddNote(t.Context(), chat, noteOf(shop, out.Conversation, out.Note), "The note."))
		view, err := s.VisitorView(t.Context(), shop.Account.ID, chat, 0, 100)
		require.NoError(t, err)
		require.Len(t, view.Messages, 2)
		_, err = s.HandBack(t.Context(), shop.Account.ID, out.Conversation, shop.Manager)
		require.NoError(t, err)
		shop.Say(t, "ana", "And now?")
		script, err := s.Transcript(t.Context(), shop.Account.ID, prepare(t, shop, chat).ID)
		require.NoError(t, err)
		require.Len(t, script.Messages, 3)
		for _, m := range append(view.Messages, script.Messages...) {
			require.NotEqual(t, models.AuthorNote, m.Author)
		}
	})
	t.Run("the database lets no note be what is sent", func(t *testing.T) {
		t.Parallel()
		shop := storetest.OpenShop(t, s, models.ChannelWebsite, summarizing)
		chat, out := handOver(t, shop, "ana", "Do you engrave?")
		require.NoError(t, s.AddNote(t.Context(), chat, noteOf(shop, out.Conversation, out.Note), "The note."))
		conn, err := pgx.Connect(t.Context(), url)
		require.NoError(t, err)
		defer conn.Close(t.Context())
		_, err = conn.Exec(t.Context(), "UPDATE messages SET outbound_id = $1 WHERE chat_id = $2 AND author = 'note'", out.Outbound, chat)
		require.ErrorContains(t, err, "messages_notes_stay")
	})
	t.Run("a conversation that was closed meanwhile gets it, not the one after it", func(t *testing.T) {
		t.Parallel()
		shop := storetest.OpenShop(t, s, models.ChannelWebsite, func(a *models.AgentSettings) { a.Summarize, a.CooldownMS = true, 0 })
		chat, out := handOver(t, shop, "ana", "Do you engrave?")
		_, err := s.CloseConversation(t.Context(), shop.Account.ID, out.Conversation, shop.Manager)
		require.NoError(t, err)
		shop.Say(t, "ana", "Hello again?")
		next := prepare(t, shop, chat)
		require.NoError(t, s.AddNote(t.Context(), chat, noteOf(shop, out.Conversation, out.Note), "The note."))
		require.Len(t, notes(t, shop, out.Conversation), 1)
		require.Empty(t, notes(t, shop, next.ConversationID))
		detail, err := s.Conversation(t.Context(), shop.Account.ID, out.Conversation)
		require.NoError(t, err)
		require.Nil(t, detail.NoteSeq)
	})
	t.Run("each handoff of a conversation has its own", func(t *testing.T) {
		t.Parallel()
		shop := storetest.OpenShop(t, s, models.ChannelWebsite, summarizing)
		chat, first := handOver(t, shop, "ana", "Do you engrave?")
		_, err := s.HandBack(t.Context(), shop.Account.ID, first.Conversation, shop.Manager)
		require.NoError(t, err)
		_, second := handOver(t, shop, "ana", "And do you wrap gifts?")
		require.Equal(t, first.Conversation, second.Conversation)
		require.Greater(t, second.Note, first.Note)
		// The first is late: the second is still owed.
		require.NoError(t, s.AddNote(t.Context(), chat, noteOf(shop, first.Conversation, first.Note), "The first."))
		situation, err := s.Attend(t.Context(), shop.Account.ID, chat)
		require.NoError(t, err)
		require.Equal(t, second.Note, situation.Note)
		require.NoError(t, s.AddNote(t.Context(), chat, noteOf(shop, first.Conversation, second.Note), "The second."))
		require.Len(t, notes(t, shop, first.Conversation), 2)
	})
	t.Run("another account's handoff can't be read or noted", func(t *testing.T) {
		t.Parallel()
		shop := storetest.OpenShop(t, s, models.ChannelWebsite, summarizing)
		other := storetest.OpenShop(t, s, models.ChannelWebsite, summarizing)
		chat, out := handOver(t, shop, "ana", "Do you engrave?")
		_, err := s.Handoff(t.Context(), other.Account.ID, chat, out.Conversation, out.Note)
		require.Equal(t, models.CodeNotFound, models.CodeOf(err))
		err = s.AddNote(t.Context(), chat, noteOf(other, out.Conversation, out.Note), "The note.")
		require.Equal(t, models.CodeNotFound, models.CodeOf(err))
		require.Empty(t, notes(t, shop, out.Conversation))
	})
}

func TestHandoff(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)

	t.Run("it has what was said, with what each reply cites", func(t *testing.T) {
		t.Parallel()
		shop := storetest.OpenShop(t, s, models.ChannelWebsite, summarizing)
		chat := shop.Say(t, "ana", "How much is the mug?").Chat
		turn := begin(t, shop, chat)
		require.NoError(t, s.SaveEvidence(t.Context(), shop.Account.ID, turn.ID, turn.Attempt, false, []models.Evidence{
			{Kind: models.EvidenceProduct, Product: &models.Product{ID: uuid.New(), Title: "Mug"}},
			{Kind: models.EvidenceProduct, Product: &models.Product{ID: uuid.New(), Title: "Bowl"}},
		}))
		require.NoError(t, s.SaveDraft(t.Context(), shop.Account.ID, turn.ID, turn.Attempt,
			models.Draft{Action: models.ActionAnswer, Text: "It costs $24.", Cites: []int{1}, Intent: models.IntentProductPrice, Engine: "builtin"}, nil))
		deliver(t, shop, turn)
		_, out := handOver(t, shop, "ana", "Do you engrave?")
		handoff, err := s.Handoff(t.Context(), shop.Account.ID, chat, out.Conversation, out.Note)
		require.NoError(t, err)
		require.Equal(t, models.ReasonMissingKnowledge, handoff.Reason)
		require.Equal(t, models.English, handoff.Language)
		require.False(t, handoff.Noted)
		require.Len(t, handoff.Lines, 3, "the handoff message isn't among what was said")
		require.Equal(t, "It costs $24.", handoff.Lines[1].Text)
		require.Equal(t, models.ActionAnswer, handoff.Lines[1].Action)
		require.Equal(t, models.IntentProductPrice, handoff.Lines[1].Intent)
		require.Len(t, handoff.Lines[1].Cited, 1)
		require.Equal(t, "Mug", handoff.Lines[1].Cited[0].Product.Title)
		require.Equal(t, "Do you engrave?", handoff.Lines[2].Text)
	})
	t.Run("what could not be sent counts as not said, and its handoff has a note too", func(t *testing.T) {
		t.Parallel()
		shop := storetest.OpenShop(t, s, models.ChannelRecorder, summarizing)
		chat := shop.Say(t, "ana", "How much is the mug?").Chat
		out := deliver(t, shop, prepare(t, shop, chat))
		require.False(t, out.Handoff)
		job, _, err := s.NextSend(t.Context(), shop.Account.ID, chat)
		require.NoError(t, err)
		require.NoError(t, s.FinishSend(t.Context(), *job, store.SendResult{State: models.AttemptRejected, Failure: "refused"}))
		situation, err := s.Attend(t.Context(), shop.Account.ID, chat)
		require.NoError(t, err)
		require.Positive(t, situation.Note)
		handoff, err := s.Handoff(t.Context(), shop.Account.ID, chat, situation.Conversation, situation.Note)
		require.NoError(t, err)
		require.Equal(t, models.ReasonToolFailure, handoff.Reason)
		require.Len(t, handoff.Lines, 1)
		require.Equal(t, models.AuthorCustomer, handoff.Lines[0].Author)
	})
	t.Run("a person's message that can't be sent may hand over where the agent made no turn", func(t *testing.T) {
		t.Parallel()
		shop := storetest.OpenShop(t, s, models.ChannelRecorder, summarizing)
		chat := shop.Say(t, "ana", "How much is the mug?").Chat
		situation, err := s.OpenConversation(t.Context(), shop.Account.ID, chat)
		require.NoError(t, err)
		_, _, err = s.Reply(t.Context(), shop.Account.ID, situation.Conversation, shop.Manager, "One moment.")
		require.NoError(t, err)
		_, err = s.HandBack(t.Context(), shop.Account.ID, situation.Conversation, shop.Manager)
		require.NoError(t, err)
		job, _, err := s.NextSend(t.Context(), shop.Account.ID, chat)
		require.NoError(t, err)
		require.NoError(t, s.FinishSend(t.Context(), *job, store.SendResult{State: models.AttemptRejected, Failure: "refused"}))
		situation, err = s.Attend(t.Context(), shop.Account.ID, chat)
		require.NoError(t, err)
		handoff, err := s.Handoff(t.Context(), shop.Account.ID, chat, situation.Conversation, situation.Note)
		require.NoError(t, err)
		require.Len(t, handoff.Lines, 1)
	})
	t.Run("another line of the log is no handoff", func(t *testing.T) {
		t.Parallel()
		shop := storetest.OpenShop(t, s, models.ChannelWebsite, summarizing)
		chat, out := handOver(t, shop, "ana", "Do you engrave?")
		_, err := s.Handoff(t.Context(), shop.Account.ID, chat, out.Conversation, out.Note-1)
		require.Equal(t, models.CodeNotFound, models.CodeOf(err))
	})
}

func TestSummarizeSetting(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	shop := storetest.OpenShop(t, s, models.ChannelWebsite, nil)
	draft, err := s.ChangeDraftSettings(t.Context(), shop.Admin, shop.Account.ID, func(a *models.AgentSettings) error { a.Summarize = true; return nil })
	require.NoError(t, err)
	require.Len(t, draft.Diff.Settings, 1)
	require.Equal(t, "summarize", draft.Diff.Settings[0].Field)
	_, out := handOver(t, shop, "ana", "Do you engrave?")
	require.Zero(t, out.Note, "a draft counts in no chat")
	_, err = s.Save(t.Context(), shop.Admin, shop.Account.ID)
	require.NoError(t, err)
	live, err := s.AgentSettings(t.Context(), shop.Account.ID)
	require.NoError(t, err)
	require.True(t, live.Summarize)
	require.Contains(t, fmt.Sprint(lastAction(t, shop).After), "summarize")
	_, out = handOver(t, shop, "bo", "Do you engrave?")
	require.Positive(t, out.Note)
}
