package workflows_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"kedai/activities"
	"kedai/models"
	"kedai/workflows"
)

func TestConversationNote(t *testing.T) {
	t.Parallel()

	t.Run("a handoff that owes none adds no activity", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.inbound(0, true)
		b.conclude(time.Minute)
		require.Equal(t, []string{"OpenConversation", "Retrieve", "Generate", "Deliver", "Attend"}, b.log)
	})
	t.Run("one that owes a note is followed by it, once", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.handoff = 3
		b.inbound(0, true)
		b.conclude(time.Minute)
		require.Equal(t, []string{"OpenConversation", "Retrieve", "Generate", "Deliver", "Note", "Attend"}, b.log)
		require.Equal(t, []activities.NoteRequest{{ChatRequest: activities.ChatRequest{Account: b.in.Account, Chat: b.in.Chat}, Conversation: b.in.Chat, Handoff: 3}}, b.noted)
	})
	t.Run("it follows a handoff because the engine failed too", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.handoff = 3
		b.retrieve = func() error {
			return temporal.NewNonRetryableApplicationError("error", string(models.CodeInternal), nil)
		}
		b.inbound(0, true)
		b.conclude(time.Minute)
		require.Equal(t, []models.HandoffReason{models.ReasonToolFailure}, b.fallback)
		require.Len(t, b.noted, 1)
	})
	t.Run("the handoff message is sent while the note is written", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.handoff, b.unsent = 3, 1
		b.inbound(0, true)
		b.conclude(time.Minute)
		require.Equal(t, 1, b.count("Send"))
		require.Len(t, b.noted, 1)
	})
	t.Run("one that fails for good leaves the handoff as it is and isn't begun again", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.handoff = 3
		b.note = func() error {
			return temporal.NewNonRetryableApplicationError("error", string(models.CodeInternal), nil)
		}
		b.inbound(0, true)
		b.at(30*time.Second, func() { b.wake++; b.ring(false) })
		b.conclude(time.Minute)
		require.Equal(t, []int64{1}, b.replies)
		require.Equal(t, 1, b.count("Note"))
	})
	t.Run("it is tried for a while, and the chat goes on meanwhile", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.handoff = 3
		b.note = func() error { return temporal.NewApplicationError("error", string(models.CodeUnavailable)) }
		b.inbound(0, true)
		var attended time.Duration
		began := b.env.Now()
		b.at(10*time.Second, func() {
			b.wake++
			b.ring(false)
			b.at(time.Second, func() {
				require.Equal(t, "Attend", b.log[len(b.log)-1])
				attended = b.env.Now().Sub(began)
			})
		})
		b.conclude(10 * time.Minute)
		require.NotZero(t, attended)
		require.Less(t, attended, 15*time.Second)
		require.Equal(t, 25, b.count("Note"))
	})
	t.Run("a run neither ends nor continues as new before its note is written", func(t *testing.T) {
		t.Parallel()
		tries := 0
		slow := func() error {
			if tries++; tries < 5 {
				return temporal.NewApplicationError("error", string(models.CodeUnavailable))
			}
			return nil
		}
		b := setup(t)
		b.handoff, b.note = 3, slow
		b.inbound(0, true)
		b.conclude(2 * time.Second)
		require.Len(t, b.noted, 1)

		tries = 0
		b = setup(t)
		b.handoff, b.note = 3, slow
		b.env.SetContinueAsNewSuggested(true)
		b.inbound(0, true)
		b.run()
		var again *workflow.ContinueAsNewError
		require.ErrorAs(t, b.env.GetWorkflowError(), &again)
		require.Len(t, b.noted, 1)
		require.Contains(t, string(again.Input.GetPayloads()[1].GetData()), `"noted":3`)
	})
	t.Run("one that is still owed is written by the next look", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.at(time.Second, func() { b.handoff = 7; b.wake++; b.ring(false) })
		b.conclude(time.Minute)
		require.Len(t, b.noted, 1)
		require.Equal(t, int64(7), b.noted[0].Handoff)
	})
	t.Run("a run that older code took past the handoff stays as it was", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.handoff = 3
		b.env.OnGetVersion(workflows.ChangeNotes, workflow.DefaultVersion, workflow.Version(1)).Return(workflow.DefaultVersion)
		b.inbound(0, true)
		b.conclude(time.Minute)
		require.Zero(t, b.count("Note"))
	})
}
