package api

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/log"

	"kedai/api/gen"
	"kedai/models"
	"kedai/models/store"
	"kedai/workflows/contract"
)

// fakeTemporal keeps what it is asked for.
type fakeTemporal struct {
	mu      sync.Mutex
	signals []signalled
	started []client.StartWorkflowOptions
	inputs  []contract.IngestInput
	fail    atomic.Pointer[error]
}

type signalled struct {
	id, name, workflow string
	bell               contract.Doorbell
	input              contract.ConversationInput
	options            client.StartWorkflowOptions
}

func (f *fakeTemporal) SignalWithStartWorkflow(_ context.Context, id, name string, arg any, o client.StartWorkflowOptions, workflow any, args ...any) (client.WorkflowRun, error) {
	if err := f.fail.Load(); err != nil {
		return nil, *err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.signals = append(f.signals, signalled{id, name, workflow.(string), arg.(contract.Doorbell), args[0].(contract.ConversationInput), o})
	return nil, nil
}

func (f *fakeTemporal) ExecuteWorkflow(_ context.Context, o client.StartWorkflowOptions, _ any, args ...any) (client.WorkflowRun, error) {
	if err := f.fail.Load(); err != nil {
		return nil, *err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.started = append(f.started, o)
	f.inputs = append(f.inputs, args[0].(contract.IngestInput))
	return nil, nil
}

func (f *fakeTemporal) of(chat uuid.UUID) []signalled {
	f.mu.Lock()
	defer f.mu.Unlock()
	var out []signalled
	for _, s := range f.signals {
		if s.id == contract.ConversationWorkflowID(chat) {
			out = append(out, s)
		}
	}
	return out
}

func (f *fakeTemporal) down(is bool) {
	f.fail.Store(nil)
	if is {
		err := errors.New("no connection")
		f.fail.Store(&err)
	}
}

func withTemporal(f Temporal) func(*Options, *pace) {
	return func(o *Options, _ *pace) { o.Ringer, o.Ingester, o.Temporal = nil, nil, f }
}

func (b *testBundle) exec(query string, args ...any) {
	b.t.Helper()
	conn, err := pgx.Connect(b.t.Context(), b.database)
	require.NoError(b.t, err)
	defer conn.Close(b.t.Context())
	_, err = conn.Exec(b.t.Context(), query, args...)
	require.NoError(b.t, err)
}

func TestDoorbellReachesTheRun(t *testing.T) {
	t.Parallel()
	temporal := &fakeTemporal{}
	b := setup(t, withTemporal(temporal))
	v := b.visitor()
	v.say("how much?")
	chat := v.chat()
	soon(t, "the run is signalled", func() bool { return len(temporal.of(chat.ID)) == 1 })
	got := temporal.of(chat.ID)[0]
	require.Equal(t, contract.DoorbellSignal.Name, got.name)
	require.Equal(t, contract.Doorbell{Seq: 1, InSeq: 1, Quick: true}, got.bell)
	require.Equal(t, contract.ConversationWorkflow, got.workflow)
	require.Equal(t, contract.ConversationInput{Account: b.account.ID, Chat: chat.ID}, got.input)
	require.Equal(t, contract.QueueConversation, got.options.TaskQueue)
	require.Equal(t, 4*time.Second, got.options.WorkflowTaskTimeout)
	require.Equal(t, b.account.ID.String(), got.options.Priority.FairnessKey)
	require.Equal(t, enumspb.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE, got.options.WorkflowIDReusePolicy)
	soon(t, "it is noted", func() bool { return v.chat().SignalledSeq == 1 })
}

func TestRelay(t *testing.T) {
	t.Parallel()
	temporal := &fakeTemporal{}
	b := setup(t, withTemporal(temporal))
	b.start(b.store, withTemporal(temporal))
	lose := func(t *testing.T, identity string) models.Chat {
		t.Helper()
		_, err := b.store.Intake(t.Context(), b.website, models.Inbound{Author: models.AuthorCustomer, Identity: identity, ProviderID: uuid.NewString(), Text: "hello"})
		require.NoError(t, err)
		chat, err := b.store.ChatByIdentity(t.Context(), b.website, identity)
		require.NoError(t, err)
		return chat
	}

	t.Run("two of them ring once for each lost doorbell", func(t *testing.T) {
		chats := make([]models.Chat, 50)
		for i := range chats {
			chats[i] = lose(t, fmt.Sprint("lost ", i))
		}
		b.exec("UPDATE chats SET woken_at = woken_at - interval '1 minute' WHERE identity LIKE 'lost %'")
		soon(t, "all are rung for", func() bool {
			for _, chat := range chats {
				if len(temporal.of(chat.ID)) == 0 {
					return false
				}
			}
			return true
		})
		soon(t, "all are noted", func() bool {
			return b.count("SELECT count(*) FROM chats WHERE identity LIKE 'lost %' AND signalled_seq < wake_seq") == 0
		})
		time.Sleep(3 * relayEvery)
		for _, chat := range chats {
			require.Len(t, temporal.of(chat.ID), 1)
		}
	})

	t.Run("a doorbell that didn't reach Temporal is rung again", func(t *testing.T) {
		temporal.down(true)
		v := b.visitor()
		v.say("hello")
		chat := v.chat()
		b.exec("UPDATE chats SET woken_at = woken_at - interval '1 minute' WHERE id = $1", chat.ID)
		soon(t, "the relay tries", func() bool { return v.chat().Rings > 0 })
		require.Zero(t, v.chat().SignalledSeq)
		temporal.down(false)
		b.exec("UPDATE chats SET rung_at = NULL WHERE id = $1", chat.ID)
		soon(t, "it is rung", func() bool { return v.chat().SignalledSeq == 1 })
		require.Contains(t, b.logs.String(), "doorbells don't reach Temporal")
	})
}

func TestDoorbellMergesAndBounds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		var rung []store.Bell
		inside := map[uuid.UUID]int{}
		noted := 0
		d := newDoorbell(func(_ context.Context, b store.Bell) error {
			mu.Lock()
			inside[b.Chat]++
			require.Equal(t, 1, inside[b.Chat])
			rung = append(rung, b)
			mu.Unlock()
			time.Sleep(time.Second)
			mu.Lock()
			inside[b.Chat]--
			mu.Unlock()
			return nil
		}, func(_ context.Context, bells []store.Bell) error {
			noted += len(bells)
			return nil
		}, slog.New(slog.DiscardHandler))
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() { d.run(ctx); close(done) }()

		chat := uuid.New()
		for seq := range int64(100) {
			d.Ring(store.Bell{Chat: chat, Seq: seq, InSeq: seq, Quick: seq == 99})
		}
		d.Ring(store.Bell{Chat: chat, Seq: 50, InSeq: 50})
		synctest.Wait()
		d.Ring(store.Bell{Chat: chat, Seq: 120, InSeq: 99})
		d.Ring(store.Bell{Chat: chat, Seq: 110, InSeq: 110})
		time.Sleep(5 * time.Second)
		synctest.Wait()
		mu.Lock()
		require.LessOrEqual(t, len(rung), 3)
		last := rung[len(rung)-1]
		require.Equal(t, int64(120), last.Seq)
		require.Equal(t, int64(110), last.InSeq)
		require.Equal(t, len(rung), noted)
		mu.Unlock()

		for range 2 * maxWaiting {
			d.Ring(store.Bell{Chat: uuid.New(), Seq: 1})
		}
		d.mu.Lock()
		require.LessOrEqual(t, len(d.bells), maxWaiting)
		d.mu.Unlock()
		cancel()
		<-done
	})
}

func TestTemporalDown(t *testing.T) {
	t.Parallel()
	nowhere, err := client.NewLazyClient(client.Options{HostPort: "127.0.0.1:1", Logger: log.NewStructuredLogger(slog.New(slog.DiscardHandler))})
	require.NoError(t, err)
	t.Cleanup(nowhere.Close)
	b := setup(t, withTemporal(nowhere))

	began := time.Now()
	v := b.visitor()
	conversation := b.openConversation(v, "is anybody there?")
	require.Equal(t, http.StatusOK, b.hook(customer("t1", "tom", "hi")).status)
	require.Equal(t, http.StatusNoContent, b.do("POST", "/v1/conversations/"+conversation.ID.String()+"/stop", nil, token(b.manager.token)).status)
	require.Equal(t, http.StatusAccepted, b.do("POST", "/v1/imports/sources?name=a.md", "# A", token(b.admin.token)).status)
	require.Less(t, time.Since(began), 2*time.Second)
	require.Equal(t, http.StatusOK, b.do("GET", "/readyz", nil).status)
	require.Zero(t, v.chat().SignalledSeq)

	began = time.Now()
	b.stop()
	require.Less(t, time.Since(began), 5*time.Second+500*time.Millisecond)
}

func TestIngestIsTriedAgain(t *testing.T) {
	t.Parallel()
	temporal := &fakeTemporal{}
	temporal.down(true)
	b := setup(t, withTemporal(temporal), func(_ *Options, p *pace) { p.ingest = 50 * time.Millisecond })
	imp := read[gen.Import](t, b.do("POST", "/v1/imports/sources?name=a.md", "# A", token(b.admin.token)), http.StatusAccepted)
	require.Equal(t, "pending", imp.State)
	soon(t, "the failure is logged", func() bool { return strings.Contains(b.logs.String(), "an ingest couldn't be started") })
	temporal.down(false)
	soon(t, "it is started", func() bool {
		temporal.mu.Lock()
		defer temporal.mu.Unlock()
		return len(temporal.inputs) > 0
	})
	temporal.mu.Lock()
	defer temporal.mu.Unlock()
	require.Equal(t, contract.IngestInput{Account: b.account.ID, Import: imp.ID}, temporal.inputs[0])
	require.Equal(t, contract.IngestWorkflowID(imp.ID), temporal.started[0].ID)
	require.Equal(t, contract.QueueBulk, temporal.started[0].TaskQueue)
}

func TestIngestRetriesBackOff(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		started := &ingestRecorder{}
		upload := store.PendingImport{AccountID: uuid.New(), ID: uuid.New()}
		pending := []store.PendingImport{upload}
		i := newIngests(started, func(context.Context, time.Duration, int) ([]store.PendingImport, error) { return pending, nil }, slog.New(slog.DiscardHandler))
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() { i.run(ctx, ingestEvery); close(done) }()
		time.Sleep(time.Hour)
		n := len(started.all())
		require.Greater(t, n, 10)
		require.Less(t, n, 30)
		cancel()
		<-done
	})
}
