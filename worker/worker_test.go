package worker_test

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/workflowservice/v1"
	"google.golang.org/protobuf/encoding/protojson"

	"kedai/activities/answer"
	"kedai/activities/llm"
	"kedai/models"
	"kedai/models/store"
	"kedai/workflows/contract"
)

// dispatch is the shared worker's model: that of the test whose shop asks, else
// the built-in engine.
type dispatch struct{}

var _ llm.Model = dispatch{}

func (dispatch) Draft(ctx context.Context, r llm.Request) (llm.Reply, error) {
	if model, ok := shared.models.Load(r.Turn.Shop); ok {
		return model.(llm.Model).Draft(ctx, r)
	}
	return llm.Reply{Draft: models.Draft{Action: models.ActionAnswer, Text: "Certainly.", Intent: models.IntentOther, Engine: "scripted"}}, nil
}

func (dispatch) Summarize(ctx context.Context, r llm.SummaryRequest) (llm.Summary, error) {
	if model, ok := shared.models.Load(r.Turn.Shop); ok {
		return model.(llm.Model).Summarize(ctx, r)
	}
	return llm.Summary{}, models.Errorf(models.CodeRejected, "nothing is scripted")
}

// draftBy is a model that writes drafts by a function of what was said.
func draftBy(draft func(ctx context.Context, said answer.Turn, evidence []models.Evidence) (models.Draft, error)) *llm.Scripted {
	return &llm.Scripted{DraftFn: func(ctx context.Context, r llm.Request) (llm.Reply, error) {
		d, err := draft(ctx, r.Turn, r.Evidence)
		return llm.Reply{Draft: d}, err
	}}
}

func TestConversation(t *testing.T) {
	t.Parallel()

	t.Run("a message is answered and the run rests", func(t *testing.T) {
		t.Parallel()
		b := setup(t, models.ChannelWebsite, nil, nil)
		chat := b.say("ana", "Hello?").Chat
		require.Equal(t, "Certainly.", b.await(chat, 1)[0].Text)
		b.rests(chat)
		require.Equal(t, models.AgentServing, b.state(chat).Agent)
	})
	t.Run("messages that come while the model thinks supersede twice, then get an answer", func(t *testing.T) {
		t.Parallel()
		var drafts atomic.Int64
		b := setup(t, models.ChannelWebsite, draftBy(func(ctx context.Context, said answer.Turn, _ []models.Evidence) (models.Draft, error) {
			if drafts.Add(1) <= 3 {
				select {
				case <-ctx.Done():
					return models.Draft{}, ctx.Err()
				case <-time.After(1500 * time.Millisecond):
				}
			}
			return models.Draft{Action: models.ActionAnswer, Text: "All of it: " + strings.Join(said.Messages, ", "), Engine: "scripted"}, nil
		}), nil)
		chat := b.say("ana", "one").Chat
		for _, text := range []string{"two", "three", "four"} {
			time.Sleep(600 * time.Millisecond)
			b.say("ana", text)
		}
		replies := b.await(chat, 1)
		require.Contains(t, replies[0].Text, "three")
		require.Eventually(t, func() bool {
			var all []string
			for _, m := range b.replies(chat) {
				all = append(all, m.Text)
			}
			return strings.Contains(strings.Join(all, " "), "four")
		}, 20*time.Second, 50*time.Millisecond)
		require.LessOrEqual(t, len(b.replies(chat)), 2)
	})
	t.Run("a model that fails for good is replaced by the built-in engine", func(t *testing.T) {
		t.Parallel()
		b := setup(t, models.ChannelWebsite, draftBy(func(context.Context, answer.Turn, []models.Evidence) (models.Draft, error) {
			return models.Draft{}, models.Errorf(models.CodeRejected, "refused")
		}), nil)
		chat := b.say("ana", "Hello!").Chat
		require.NotEmpty(t, b.await(chat, 1)[0].Text)
		b.rests(chat)
		require.Equal(t, models.AgentServing, b.state(chat).Agent)
	})
	t.Run("a stop while the model thinks silences the reply", func(t *testing.T) {
		t.Parallel()
		thinking := make(chan struct{})
		b := setup(t, models.ChannelWebsite, draftBy(func(ctx context.Context, _ answer.Turn, _ []models.Evidence) (models.Draft, error) {
			close(thinking)
			time.Sleep(700 * time.Millisecond) // It doesn't even notice that it is cancelled.
			return models.Draft{Action: models.ActionAnswer, Text: "Too late.", Engine: "scripted"}, nil
		}), nil)
		chat := b.say("ana", "Hello?").Chat
		<-thinking
		_, err := b.store.Stop(t.Context(), b.shop.Account.ID, b.conversation(chat), b.shop.Manager)
		require.NoError(t, err)
		time.Sleep(2 * time.Second)
		require.Empty(t, b.replies(chat))
	})
	t.Run("after close and cooldown a held message opens the next conversation", func(t *testing.T) {
		t.Parallel()
		b := setup(t, models.ChannelWebsite, nil, func(a *models.AgentSettings) { a.CooldownMS = 1500 })
		chat := b.say("ana", "Hello?").Chat
		b.await(chat, 1)
		first := b.conversation(chat)
		bell, err := b.store.CloseConversation(t.Context(), b.shop.Account.ID, first, b.shop.Manager)
		require.NoError(t, err)
		b.ring(bell)
		b.say("ana", "Again?")
		b.await(chat, 2)
		// The rows tell the wait: the test itself may be late.
		closed, err := b.store.Conversation(t.Context(), b.shop.Account.ID, first)
		require.NoError(t, err)
		next, err := b.store.Conversation(t.Context(), b.shop.Account.ID, b.conversation(chat))
		require.NoError(t, err)
		require.NotEqual(t, first, next.ID)
		require.GreaterOrEqual(t, next.OpenedAt.Sub(*closed.ClosedAt), 1500*time.Millisecond)
	})
	t.Run("a run ends when the cooldown is over and nothing is held", func(t *testing.T) {
		t.Parallel()
		b := setup(t, models.ChannelWebsite, nil, func(a *models.AgentSettings) { a.CooldownMS = 300 })
		chat := b.say("ana", "Hello?").Chat
		b.await(chat, 1)
		bell, err := b.store.CloseConversation(t.Context(), b.shop.Account.ID, b.conversation(chat), b.shop.Manager)
		require.NoError(t, err)
		b.ring(bell)
		require.Eventually(t, func() bool { return b.status(chat) == enumspb.WORKFLOW_EXECUTION_STATUS_COMPLETED }, 20*time.Second, 50*time.Millisecond)
		b.say("ana", "Back again")
		b.await(chat, 2)
	})
	t.Run("an idle conversation closes by itself", func(t *testing.T) {
		t.Parallel()
		b := setup(t, models.ChannelWebsite, nil, func(a *models.AgentSettings) { a.AutoCloseMS, a.CooldownMS = 800, 300 })
		chat := b.say("ana", "Hello?").Chat
		b.await(chat, 1)
		require.Eventually(t, func() bool { return b.status(chat) == enumspb.WORKFLOW_EXECUTION_STATUS_COMPLETED }, 20*time.Second, 50*time.Millisecond)
		rows, err := b.store.Conversations(t.Context(), b.shop.Account.ID, store.ConversationFilter{Limit: 5})
		require.NoError(t, err)
		require.Equal(t, "idle", *rows[0].CloseReason)
	})
}

// conversation returns the chat's newest conversation.
// conversation returns the chat's newest conversation, once there is one.
func (b *testBundle) conversation(chat uuid.UUID) (id uuid.UUID) {
	b.t.Helper()
	require.Eventually(b.t, func() bool {
		rows, err := b.store.Conversations(b.t.Context(), b.shop.Account.ID, store.ConversationFilter{Limit: 100})
		at := slices.IndexFunc(rows, func(row store.ConversationSummary) bool { return row.ChatID == chat })
		if err != nil || at < 0 {
			return false
		}
		id = rows[at].ID
		return true
	}, 30*time.Second, 20*time.Millisecond, "the chat has no conversation")
	return id
}

func (b *testBundle) status(chat uuid.UUID) enumspb.WorkflowExecutionStatus {
	b.t.Helper()
	out, err := b.temporal.DescribeWorkflowExecution(b.t.Context(), contract.ConversationWorkflowID(chat), "")
	require.NoError(b.t, err)
	return out.GetWorkflowExecutionInfo().GetStatus()
}

// TestTerminatedAndReset ends or resets the run in each state a chat can be in
// and then lets the customer write.
func TestTerminatedAndReset(t *testing.T) {
	t.Parallel()
	harms := map[string]func(*testing.T, *testBundle, uuid.UUID){
		"terminated": func(t *testing.T, b *testBundle, chat uuid.UUID) {
			err := b.temporal.TerminateWorkflow(t.Context(), contract.ConversationWorkflowID(chat), "", "test")
			if b.status(chat) == enumspb.WORKFLOW_EXECUTION_STATUS_RUNNING {
				require.NoError(t, err)
			}
		},
		"reset": func(t *testing.T, b *testBundle, chat uuid.UUID) {
			first := int64(0)
			for _, event := range b.history(chat, "").GetEvents() {
				if event.GetEventType() == enumspb.EVENT_TYPE_WORKFLOW_TASK_COMPLETED && first == 0 {
					first = event.GetEventId()
				}
			}
			_, err := b.temporal.ResetWorkflowExecution(t.Context(), &workflowservice.ResetWorkflowExecutionRequest{
				Namespace: b.namespace(), WorkflowExecution: b.execution(chat), Reason: "test", WorkflowTaskFinishEventId: first, RequestId: uuid.NewString(),
			})
			require.NoError(t, err)
		},
	}
	states := map[string]struct {
		enter  func(*testing.T, *testBundle, uuid.UUID)
		silent bool
	}{
		"serving": {enter: func(*testing.T, *testBundle, uuid.UUID) {}},
		"stopped": {silent: true, enter: func(t *testing.T, b *testBundle, chat uuid.UUID) {
			bells, err := b.store.Stop(t.Context(), b.shop.Account.ID, b.conversation(chat), b.shop.Manager)
			require.NoError(t, err)
			b.ring(bells[0])
		}},
		"handed over": {silent: true, enter: func(t *testing.T, b *testBundle, chat uuid.UUID) {
			b.say("ana", "handoff please")
			b.await(chat, 2)
		}},
		"taken over": {silent: true, enter: func(t *testing.T, b *testBundle, chat uuid.UUID) {
			bell, _, err := b.store.Reply(t.Context(), b.shop.Account.ID, b.conversation(chat), b.shop.Manager, "I take this.")
			require.NoError(t, err)
			b.ring(bell)
		}},
		"cooling down": {enter: func(t *testing.T, b *testBundle, chat uuid.UUID) {
			bell, err := b.store.CloseConversation(t.Context(), b.shop.Account.ID, b.conversation(chat), b.shop.Manager)
			require.NoError(t, err)
			b.ring(bell)
		}},
	}
	for state, s := range states {
		for harm, do := range harms {
			t.Run(state+" and "+harm, func(t *testing.T) {
				t.Parallel()
				b := setup(t, models.ChannelWebsite, draftBy(func(_ context.Context, said answer.Turn, _ []models.Evidence) (models.Draft, error) {
					if strings.Contains(strings.Join(said.Messages, " "), "handoff") {
						return models.Draft{Action: models.ActionHandoff, Reason: models.ReasonCustomerRequest}, nil
					}
					return models.Draft{Action: models.ActionAnswer, Text: "Certainly."}, nil
				}), func(a *models.AgentSettings) { a.CooldownMS = 2500 })
				chat := b.say("ana", "Hello?").Chat
				b.await(chat, 1)
				s.enter(t, b, chat)
				b.rests(chat)
				do(t, b, chat)
				had := len(b.replies(chat))
				b.say("ana", "And now?")
				if s.silent {
					time.Sleep(1500 * time.Millisecond)
					require.Len(t, b.replies(chat), had)
					return
				}
				b.await(chat, had+1)
				time.Sleep(300 * time.Millisecond)
				require.Len(t, b.replies(chat), had+1)
			})
		}
	}
}

// TestHistoryHoldsNoWords has models fail with the customer's text in the
// error and in a panic, and searches the history for it.
func TestHistoryHoldsNoWords(t *testing.T) {
	t.Parallel()
	const secret = "my secret is zebrafinch quetzalbird"
	failures := map[string]func(said answer.Turn) error{
		"an error with the text":          func(said answer.Turn) error { return fmt.Errorf("can't answer %q", said.Messages) },
		"a domain error with the text":    func(said answer.Turn) error { return models.Errorf(models.CodeRejected, "no: %s", said.Messages) },
		"a retryable error with the text": func(said answer.Turn) error { return models.Errorf(models.CodeUnavailable, "no: %s", said.Messages) },
		"a panic with the text":           func(said answer.Turn) error { panic(errors.New(said.Messages[0])) },
	}
	for name, fail := range failures {
		t.Run(name+" leaves none of it in the history", func(t *testing.T) {
			t.Parallel()
			b := setup(t, models.ChannelWebsite, draftBy(func(_ context.Context, said answer.Turn, _ []models.Evidence) (models.Draft, error) {
				return models.Draft{}, fail(said)
			}), nil)
			chat := b.say("ana", secret).Chat
			b.await(chat, 1)
			b.rests(chat)
			raw, err := protojson.Marshal(b.history(chat, ""))
			require.NoError(t, err)
			words := readable(t, raw)
			for _, word := range []string{"zebrafinch", "quetzalbird", b.replies(chat)[0].Text} {
				require.NotContains(t, words, word)
			}
			require.Contains(t, words, "Generate")
			require.Contains(t, words, chat.String(), "payloads are read too")
		})
	}
}

var payload = regexp.MustCompile(`"data": ?"([^"]+)"`)

// readable returns a history with its payloads decoded.
func readable(t *testing.T, raw []byte) string {
	t.Helper()
	out := string(raw)
	for _, found := range payload.FindAllSubmatch(raw, -1) {
		decoded, err := base64.StdEncoding.DecodeString(string(found[1]))
		require.NoError(t, err)
		out += string(decoded)
	}
	return out
}
