package worker_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	enumspb "go.temporal.io/api/enums/v1"

	"kedai/models"
)

// TestNote has conversations handed over on the stack's own Temporal.
func TestNote(t *testing.T) {
	t.Parallel()
	notes := func(b *testBundle, chat uuid.UUID) (out []models.Message) {
		detail, err := b.store.Conversation(t.Context(), b.shop.Account.ID, b.conversation(chat))
		require.NoError(t, err)
		for _, m := range detail.Messages {
			if m.Author == models.AuthorNote {
				out = append(out, m)
			}
		}
		return out
	}

	t.Run("the note follows the handoff, and the history holds none of it", func(t *testing.T) {
		t.Parallel()
		b := setup(t, models.ChannelWebsite, handsOver(nil), func(a *models.AgentSettings) { a.Summarize = true })
		chat := b.say("ana", "Do you engrave?").Chat
		b.await(chat, 1)
		require.Eventually(t, func() bool { return len(notes(b, chat)) == 1 }, 20*time.Second, 50*time.Millisecond)
		b.rests(chat)
		b.say("ana", "Anybody?")
		b.rests(chat)
		written := notes(b, chat)
		require.Len(t, written, 1)
		require.Contains(t, written[0].Text, "Open question: Do you engrave?")
		require.Len(t, b.replies(chat), 1, "the agent is silent after the handoff")

		history := b.history(chat, "")
		scheduled := 0
		for _, event := range history.GetEvents() {
			if event.GetEventType() == enumspb.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED && event.GetActivityTaskScheduledEventAttributes().GetActivityType().GetName() == "Note" {
				scheduled++
			}
			require.NotContains(t, event.String(), "engrave")
		}
		require.Equal(t, 1, scheduled)
		replayer := conversations(t)
		require.NoError(t, replayer.ReplayWorkflowHistory(nil, history))
	})
	t.Run("it follows a handoff of a terminated run too", func(t *testing.T) {
		t.Parallel()
		b := setup(t, models.ChannelWebsite, nil, func(a *models.AgentSettings) { a.Summarize = true })
		// The handoff is committed, and no run knows of it.
		receipt := b.shop.Say(t, "ana", "Do you engrave?")
		_, err := b.store.OpenConversation(t.Context(), b.shop.Account.ID, receipt.Chat)
		require.NoError(t, err)
		_, turn, err := b.store.BeginTurn(t.Context(), b.shop.Account.ID, receipt.Chat)
		require.NoError(t, err)
		_, err = b.store.Deliver(t.Context(), b.shop.Account.ID, receipt.Chat, turn.ID, turn.Attempt, models.ReasonToolFailure)
		require.NoError(t, err)
		b.ring(receipt.Bell)
		require.Eventually(t, func() bool { return len(notes(b, receipt.Chat)) == 1 }, 20*time.Second, 50*time.Millisecond)
	})
}
