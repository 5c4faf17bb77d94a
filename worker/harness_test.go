package worker_test

import (
	"context"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/client"

	"kedai/activities/llm"
	"kedai/activities/retrieval"
	"kedai/deploy/local/localtest"
	"kedai/models"
	"kedai/models/store"
	"kedai/models/store/storetest"
	"kedai/worker"
	"kedai/workflows/contract"
)

// testBundle is a worker on the stack's own Temporal and Postgres, with an
// index that finds nothing unless a test says so.
type testBundle struct {
	t        *testing.T
	store    *store.Store
	temporal client.Client
	shop     storetest.Shop
}

// The tests of this package share one worker: task queues are fixed names, and
// the namespace is the process's own. Each test has its own shop, and what its
// model does is found by its account.
var shared struct {
	once     sync.Once
	err      error
	store    *store.Store
	temporal client.Client
	models   sync.Map // Account to llm.Model.
	own      sync.Map // Name of an account's own model to llm.Model.
}

func setup(t *testing.T, channel models.Channel, model llm.Model, adjust func(*models.AgentSettings)) *testBundle {
	t.Helper()
	engines := localtest.Engines(t)
	namespace := localtest.Namespace(t)
	shared.once.Do(func() {
		shared.store = storetest.OpenForProcess(t)
		log := slog.New(slog.DiscardHandler)
		if shared.temporal, shared.err = client.Dial(worker.ClientOptions(engines.TemporalAddress, namespace, log)); shared.err != nil {
			return
		}
		limits := worker.ModelLimits{Budget: 3 * time.Second, OpenOwn: func(_ context.Context, m models.AccountModel, key models.Secret) (llm.Model, error) {
			if model, ok := shared.own.Load(m.Name + "/" + key.Reveal()); ok {
				return model.(llm.Model), nil
			}
			return nil, models.Errorf(models.CodeInvalid, "there is no such model")
		}}
		w := worker.New(worker.Options{Client: shared.temporal, Store: shared.store, Index: &retrieval.Fake{}, Model: dispatch{}, Limits: limits, Log: log})
		go func() { _ = w.Run(context.Background()) }()
	})
	require.NoError(t, shared.err)
	b := &testBundle{t: t, store: shared.store, temporal: shared.temporal}
	b.shop = storetest.OpenShop(t, b.store, channel, func(a *models.AgentSettings) {
		a.BurstQuestionMS, a.BurstQuietMS, a.BurstMaxMS = 20, 60, 500
		if adjust != nil {
			adjust(a)
		}
	})
	if model != nil {
		shared.models.Store(b.shop.Account.Name, model)
	}
	return b
}

// ring does what the API's doorbell does.
func (b *testBundle) ring(bell store.Bell) {
	b.t.Helper()
	_, err := b.temporal.SignalWithStartWorkflow(b.t.Context(), contract.ConversationWorkflowID(bell.Chat), contract.DoorbellSignal.Name,
		contract.Doorbell{Seq: bell.Seq, InSeq: bell.InSeq, Quick: bell.Quick},
		client.StartWorkflowOptions{TaskQueue: contract.QueueConversation, WorkflowTaskTimeout: 4 * time.Second},
		contract.ConversationWorkflow, contract.ConversationInput{Account: bell.Account, Chat: bell.Chat})
	require.NoError(b.t, err)
}

// say stores a customer's message and rings.
func (b *testBundle) say(customer, text string) store.Receipt {
	b.t.Helper()
	receipt := b.shop.Say(b.t, customer, text)
	b.ring(receipt.Bell)
	return receipt
}

// replies returns what the customer was told.
func (b *testBundle) replies(chat uuid.UUID) []models.Message {
	b.t.Helper()
	view, err := b.store.VisitorView(b.t.Context(), b.shop.Account.ID, chat, 0, 1000)
	require.NoError(b.t, err)
	var out []models.Message
	for _, m := range view.Messages {
		if m.Author != models.AuthorCustomer {
			out = append(out, m)
		}
	}
	return out
}

// await waits until the customer was told n things.
func (b *testBundle) await(chat uuid.UUID, n int) []models.Message {
	b.t.Helper()
	require.Eventually(b.t, func() bool { return len(b.replies(chat)) >= n }, 30*time.Second, 20*time.Millisecond)
	return b.replies(chat)
}

// state asks the run for its state.
func (b *testBundle) state(chat uuid.UUID) contract.ConversationState {
	b.t.Helper()
	value, err := b.temporal.QueryWorkflow(b.t.Context(), contract.ConversationWorkflowID(chat), "", contract.StateQuery.Name)
	require.NoError(b.t, err)
	var state contract.ConversationState
	require.NoError(b.t, value.Get(&state))
	return state
}

// rests waits until the run has nothing to do.
func (b *testBundle) rests(chat uuid.UUID) {
	b.t.Helper()
	require.Eventually(b.t, func() bool {
		s := b.state(chat)
		return s.Phase == "resting" && s.Handled >= s.Rung.Seq
	}, 30*time.Second, 50*time.Millisecond)
}

// history returns the events of a chat's newest run.
func (b *testBundle) history(chat uuid.UUID, run string) *historypb.History {
	b.t.Helper()
	out := &historypb.History{}
	events := b.temporal.GetWorkflowHistory(b.t.Context(), contract.ConversationWorkflowID(chat), run, false, enumspb.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
	for events.HasNext() {
		event, err := events.Next()
		require.NoError(b.t, err)
		out.Events = append(out.Events, event)
	}
	return out
}

func (b *testBundle) namespace() string { return localtest.Namespace(b.t) }

func (b *testBundle) execution(chat uuid.UUID) *commonpb.WorkflowExecution {
	b.t.Helper()
	out, err := b.temporal.DescribeWorkflowExecution(b.t.Context(), contract.ConversationWorkflowID(chat), "")
	require.NoError(b.t, err)
	return out.GetWorkflowExecutionInfo().GetExecution()
}
