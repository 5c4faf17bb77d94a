package workflows_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/testsuite"
	"go.temporal.io/sdk/workflow"

	"kedai/activities"
	"kedai/models"
	"kedai/models/store"
	"kedai/workflows"
	"kedai/workflows/contract"
)

// testBundle plays Postgres: one chat whose activities answer from a few
// numbers that a test changes as time goes on.
type testBundle struct {
	t    *testing.T
	env  *testsuite.TestWorkflowEnvironment
	in   contract.ConversationInput
	log  []string // The activities in the order they began.
	turn int

	open     bool
	cooling  time.Time // Held messages wait until then.
	done     bool
	lastIn   int64
	wake     int64
	answered int64
	unsent   int
	final    bool
	deadline *time.Time
	verdict  func() models.Verdict
	generate func(ctx context.Context, r activities.TurnRequest) (activities.Generated, error)
	retrieve func() error
	replies  []int64 // What each delivered turn covered.
	covers   int64
	fallback []models.HandoffReason
	handoff  int64 // Deliveries hand over, and owe the note of this one.
	note     func() error
	noted    []activities.NoteRequest
}

func setup(t *testing.T) *testBundle {
	t.Helper()
	b := &testBundle{t: t, env: workflowEnv(), in: contract.ConversationInput{Account: uuid.New(), Chat: uuid.New()}, open: true}
	b.env.RegisterWorkflowWithOptions(workflows.Conversation, workflow.RegisterOptions{Name: contract.ConversationWorkflow})
	register := func(name string, fn any) {
		b.env.RegisterActivityWithOptions(fn, activity.RegisterOptions{Name: name})
	}
	register("Attend", func(activities.ChatRequest) (store.Situation, error) {
		b.did("Attend")
		if b.deadline != nil && !b.env.Now().Before(*b.deadline) {
			b.deadline = nil
		}
		return b.situation(), nil
	})
	register("OpenConversation", func(activities.ChatRequest) (store.Situation, error) {
		b.did("OpenConversation")
		if b.env.Now().After(b.cooling) {
			b.open = true
		}
		return b.situation(), nil
	})
	register("Retrieve", func(r activities.RetrieveRequest) (activities.Retrieved, error) {
		b.did("Retrieve")
		if b.retrieve != nil && !r.Blind {
			if err := b.retrieve(); err != nil {
				return activities.Retrieved{}, err
			}
		}
		out := activities.Retrieved{Situation: b.situation()}
		if out.Standing == models.StandServe {
			b.turn++
			b.covers = b.lastIn
			out.Turn, out.Attempt, out.Covers, out.Final = uuid.New(), b.turn, b.lastIn, b.final
		}
		return out, nil
	})
	register("RetrieveMore", func(activities.TurnRequest) error { b.did("RetrieveMore"); return nil })
	register("Generate", func(ctx context.Context, r activities.TurnRequest) (activities.Generated, error) {
		b.did("Generate")
		if b.generate != nil {
			return b.generate(ctx, r)
		}
		return activities.Generated{Action: models.ActionAnswer}, nil
	})
	register("Deliver", func(r activities.TurnRequest) (store.Delivery, error) {
		b.did("Deliver")
		verdict := models.VerdictDelivered
		if b.verdict != nil {
			verdict = b.verdict()
		}
		if verdict == models.VerdictDelivered {
			b.answered = b.covers
			b.replies = append(b.replies, b.covers)
			b.fallback = append(b.fallback, r.Fallback)
		}
		return store.Delivery{Situation: b.situation(), Verdict: verdict}, nil
	})
	register("Note", func(r activities.NoteRequest) error {
		b.did("Note")
		if b.note != nil {
			if err := b.note(); err != nil {
				return err
			}
		}
		b.noted = append(b.noted, r)
		b.handoff = 0
		return nil
	})
	register("Send", func(activities.ChatRequest) (activities.Sent, error) {
		b.did("Send")
		b.unsent--
		return activities.Sent{Situation: b.situation(), More: b.unsent > 0}, nil
	})
	return b
}

func (b *testBundle) did(name string) { b.log = append(b.log, name) }

func (b *testBundle) situation() store.Situation {
	s := store.Situation{
		Standing: models.StandRest, WakeSeq: b.wake, InSeq: b.lastIn, Deadline: b.deadline, Unsent: b.unsent > 0, Done: b.done && !b.open,
		Agent: models.AgentServing, Channel: models.ChannelWebsite, Burst: store.Burst{QuestionMS: 400, QuietMS: 1200, MaxMS: 6000},
	}
	switch {
	case b.open:
		s.Conversation, s.Lead = b.in.Chat, b.in.Chat
		if b.lastIn == b.answered {
			s.Note = b.handoff
		}
		if b.lastIn > b.answered {
			s.Standing = models.StandServe
		}
	case b.lastIn > b.answered && b.env.Now().After(b.cooling):
		s.Standing = models.StandOpen
	case b.lastIn > b.answered:
		s.Deadline = &b.cooling
	}
	return s
}

// inbound stores a message after a while and rings.
func (b *testBundle) inbound(after time.Duration, quick bool) {
	b.at(after, func() {
		b.wake++
		b.lastIn = b.wake
		b.ring(quick)
	})
}

func (b *testBundle) at(after time.Duration, fn func()) { b.env.RegisterDelayedCallback(fn, after) }

func (b *testBundle) ring(quick bool) {
	b.env.SignalWorkflow(contract.DoorbellSignal.Name, contract.Doorbell{Seq: b.wake, InSeq: b.lastIn, Quick: quick})
}

// finish closes the conversation after a while, so that the run ends.
func (b *testBundle) finish(after time.Duration) {
	b.at(after, func() {
		b.open, b.done, b.deadline = false, true, nil
		b.wake++
		b.ring(false)
	})
}

func (b *testBundle) run() {
	b.t.Helper()
	b.env.ExecuteWorkflow(contract.ConversationWorkflow, b.in)
	require.True(b.t, b.env.IsWorkflowCompleted())
}

// conclude runs the workflow until the conversation, closed after a while, has
// ended it as it should.
func (b *testBundle) conclude(after time.Duration) {
	b.t.Helper()
	b.finish(after)
	b.run()
	require.NoError(b.t, b.env.GetWorkflowError())
}

func (b *testBundle) count(name string) int {
	n := 0
	for _, did := range b.log {
		if did == name {
			n++
		}
	}
	return n
}

func TestConversation(t *testing.T) {
	t.Parallel()

	t.Run("one message gets one turn of three activities", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.inbound(0, false)
		b.conclude(time.Minute)
		require.Equal(t, []string{"Retrieve", "Generate", "Deliver"}, b.log[1:4])
		require.Equal(t, []int64{1}, b.replies)
	})
	t.Run("a burst gets one reply", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		for _, after := range []time.Duration{0, 700, 1400, 2100} {
			b.inbound(after*time.Millisecond, false)
		}
		b.conclude(time.Minute)
		require.Equal(t, []int64{4}, b.replies)
	})
	t.Run("a burst is waited out for six seconds at most", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		for i := range 9 {
			b.inbound(time.Duration(i)*time.Second, false)
		}
		b.conclude(time.Minute)
		require.Len(t, b.replies, 2)
		require.GreaterOrEqual(t, b.replies[0], int64(6))
	})
	t.Run("a question is answered after 0.4 s, another message after 1.2 s", func(t *testing.T) {
		t.Parallel()
		for _, quick := range []bool{true, false} {
			b := setup(t)
			var began, retrieved time.Time
			b.at(0, func() { began = b.env.Now() })
			b.retrieve = func() error { retrieved = b.env.Now(); return nil }
			b.inbound(0, quick)
			b.conclude(time.Minute)
			want := 1200 * time.Millisecond
			if quick {
				want = 400 * time.Millisecond
			}
			require.InDelta(t, want.Seconds(), retrieved.Sub(began).Seconds(), 0.15)
		}
	})
	t.Run("a newer message cancels the generation", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		cancelled := false
		b.generate = func(ctx context.Context, _ activities.TurnRequest) (activities.Generated, error) {
			if b.turn == 1 {
				b.wake++
				b.lastIn = b.wake
				b.ring(true)
				for ctx.Err() == nil {
					activity.RecordHeartbeat(ctx)
					time.Sleep(5 * time.Millisecond)
				}
				cancelled = true
				return activities.Generated{}, ctx.Err()
			}
			return activities.Generated{Action: models.ActionAnswer}, nil
		}
		b.inbound(0, true)
		b.conclude(time.Minute)
		require.Equal(t, []int64{2}, b.replies)
		require.True(t, cancelled)
	})
	t.Run("a final turn is delivered in spite of a newer message, which gets the next", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.final = true
		b.generate = func(context.Context, activities.TurnRequest) (activities.Generated, error) {
			if b.turn == 1 {
				b.wake++
				b.lastIn = b.wake
				b.ring(true)
			}
			return activities.Generated{Action: models.ActionAnswer}, nil
		}
		b.inbound(0, true)
		b.conclude(time.Minute)
		require.Equal(t, []int64{1, 2}, b.replies)
	})
	t.Run("a superseded delivery is followed by another turn without a doorbell", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.verdict = func() models.Verdict {
			if b.turn == 1 {
				return models.VerdictSuperseded
			}
			return models.VerdictDelivered
		}
		b.inbound(0, true)
		b.conclude(time.Minute)
		require.Equal(t, 2, b.count("Deliver"))
		require.Equal(t, []int64{1}, b.replies)
	})
	t.Run("a deferred delivery is tried again at its deadline", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.verdict = func() models.Verdict {
			if b.turn == 1 {
				until := b.env.Now().Add(20 * time.Second)
				b.deadline = &until
				return models.VerdictDeferred
			}
			return models.VerdictDelivered
		}
		b.inbound(0, true)
		b.conclude(2 * time.Minute)
		require.Equal(t, []int64{1}, b.replies)
		require.Equal(t, 2, b.turn)
	})
	t.Run("a model that fails for good is followed by the plain reply", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.generate = func(_ context.Context, r activities.TurnRequest) (activities.Generated, error) {
			if r.Plain {
				return activities.Generated{Action: models.ActionAnswer}, nil
			}
			return activities.Generated{}, temporal.NewNonRetryableApplicationError("error", string(models.CodeRejected), nil)
		}
		b.inbound(0, true)
		b.conclude(time.Minute)
		require.Equal(t, 2, b.count("Generate"))
		require.Equal(t, []int64{1}, b.replies)
	})
	t.Run("where the plain reply fails too, the turn is delivered as a handoff", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.generate = func(context.Context, activities.TurnRequest) (activities.Generated, error) {
			return activities.Generated{}, temporal.NewNonRetryableApplicationError("error", string(models.CodeInternal), nil)
		}
		b.inbound(0, true)
		b.conclude(time.Minute)
		require.Equal(t, []models.HandoffReason{models.ReasonToolFailure}, b.fallback)
	})
	t.Run("a search that fails for a minute ends in a handoff", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.retrieve = func() error { return temporal.NewApplicationError("error", string(models.CodeUnavailable)) }
		b.inbound(0, true)
		b.conclude(10 * time.Minute)
		require.Zero(t, b.count("Generate"))
		require.Equal(t, []models.HandoffReason{models.ReasonToolFailure}, b.fallback)
	})
	t.Run("a held message is answered when the cooldown is over", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.open = false
		b.cooling = b.env.Now().Add(5 * time.Minute)
		b.inbound(0, true)
		b.at(4*time.Minute, func() { require.Empty(t, b.replies) })
		b.conclude(10 * time.Minute)
		require.Equal(t, []int64{1}, b.replies)
	})
	t.Run("what is unsent is sent until nothing more is", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.at(time.Second, func() { b.unsent = 3; b.wake++; b.ring(false) })
		b.conclude(time.Minute)
		require.Equal(t, 3, b.count("Send"))
	})
	t.Run("lost, double and disordered doorbells do no harm", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.at(0, func() {
			b.wake, b.lastIn = 5, 5
			for _, seq := range []int64{5, 3, 5, 1, 4} {
				b.env.SignalWorkflow(contract.DoorbellSignal.Name, contract.Doorbell{Seq: seq, InSeq: seq})
			}
		})
		b.conclude(time.Minute)
		require.Equal(t, []int64{5}, b.replies)
	})
	t.Run("the state query answers the whole state", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.inbound(0, true)
		b.at(30*time.Second, func() {
			value, err := b.env.QueryWorkflow(contract.StateQuery.Name)
			require.NoError(t, err)
			var state contract.ConversationState
			require.NoError(t, value.Get(&state))
			require.Equal(t, "resting", state.Phase)
			require.Equal(t, 1, state.Turns)
			require.Equal(t, b.in.Chat, state.Chat)
		})
		b.conclude(time.Minute)
	})
	t.Run("a run continues as new between turns and carries its state", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.env.SetContinueAsNewSuggested(true)
		b.inbound(0, true)
		b.run()
		var again *workflow.ContinueAsNewError
		require.ErrorAs(t, b.env.GetWorkflowError(), &again)
		require.Equal(t, []int64{1}, b.replies)
		require.Len(t, again.Input.GetPayloads(), 2)
		require.Contains(t, string(again.Input.GetPayloads()[1].GetData()), `"turns":1`)
	})
	t.Run("an input without a chat is refused for good", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.in.Chat = uuid.Nil
		b.run()
		var app *temporal.ApplicationError
		require.ErrorAs(t, b.env.GetWorkflowError(), &app)
		require.True(t, app.NonRetryable())
		require.Equal(t, string(models.CodeInvalid), app.Type())
	})
}

// TestCancelledRun has an operator cancel a run that rests with a deadline.
func TestCancelledRun(t *testing.T) {
	t.Parallel()
	b := setup(t)
	far := b.env.Now().Add(24 * time.Hour)
	b.deadline = &far
	b.inbound(0, true)
	b.at(time.Minute, b.env.CancelWorkflow)
	b.run()
	require.Error(t, b.env.GetWorkflowError())
	require.Equal(t, []int64{1}, b.replies)
	require.Less(t, len(b.log), 10)
}
