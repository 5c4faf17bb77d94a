package worker_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"
	sdkworker "go.temporal.io/sdk/worker"
	"google.golang.org/protobuf/encoding/protojson"

	"kedai/activities/answer"
	"kedai/activities/llm"
	"kedai/models"
	"kedai/worker"
	"kedai/workflows/contract"
)

const replayFolder = "../workflows/testdata/replay"

// TestReplay runs today's code over recorded histories: a chat's run moves to
// new code in the middle of its life, so each must still fit.
func TestReplay(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(replayFolder + "/*.json")
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(files), len(paths), "histories are missing; make record-histories makes them")
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".json")+" still fits", func(t *testing.T) {
			t.Parallel()
			replayer := conversations(t)
			require.NoError(t, replayer.ReplayWorkflowHistoryFromJSONFile(nil, file))
		})
	}
}

// conversations returns a replayer of chats. It leaves out the SDK's check for
// deadlocks, which takes a machine that is busy for a second for one.
func conversations(t *testing.T) sdkworker.WorkflowReplayer {
	t.Helper()
	replayer, err := sdkworker.NewWorkflowReplayerWithOptions(sdkworker.WorkflowReplayerOptions{DisableDeadlockDetection: true})
	require.NoError(t, err)
	worker.RegisterConversation(replayer)
	return replayer
}

// paths are the ways through a conversation, each recorded as one history.
var paths = map[string]struct {
	channel models.Channel
	model   func(calls *atomic.Int64) *llm.Scripted
	adjust  func(*models.AgentSettings)
	walk    func(t *testing.T, b *testBundle) uuid.UUID
}{
	"served": {channel: models.ChannelWebsite, walk: func(_ *testing.T, b *testBundle) uuid.UUID {
		chat := b.say("ana", "Hello?").Chat
		b.await(chat, 1)
		b.say("ana", "And more")
		b.await(chat, 2)
		return chat
	}},
	"superseded": {
		channel: models.ChannelWebsite, model: slowFirst,
		walk: func(_ *testing.T, b *testBundle) uuid.UUID {
			chat := b.say("ana", "Hello?").Chat
			time.Sleep(500 * time.Millisecond)
			b.say("ana", "And this?")
			b.await(chat, 1)
			return chat
		},
	},
	"handed_over": {channel: models.ChannelWebsite, model: handsOver, walk: func(_ *testing.T, b *testBundle) uuid.UUID {
		chat := b.say("ana", "Hello?").Chat
		b.await(chat, 1)
		b.rests(chat)
		b.say("ana", "Anybody?")
		b.rests(chat)
		return chat
	}},
	"handed_over_noted": {
		channel: models.ChannelWebsite, model: handsOver, adjust: func(a *models.AgentSettings) { a.Summarize = true },
		walk: func(t *testing.T, b *testBundle) uuid.UUID {
			chat := b.say("ana", "Hello?").Chat
			b.await(chat, 1)
			require.Eventually(t, func() bool {
				detail, err := b.store.Conversation(t.Context(), b.shop.Account.ID, b.conversation(chat))
				return err == nil && slices.ContainsFunc(detail.Messages, func(m models.Message) bool { return m.Author == models.AuthorNote })
			}, 20*time.Second, 50*time.Millisecond)
			b.rests(chat)
			return chat
		},
	},
	"model_failed": {channel: models.ChannelWebsite, model: fails, walk: func(_ *testing.T, b *testBundle) uuid.UUID {
		chat := b.say("ana", "Hello").Chat
		b.await(chat, 1)
		return chat
	}},
	"stopped_while_generating": {channel: models.ChannelWebsite, model: slowFirst, walk: func(t *testing.T, b *testBundle) uuid.UUID {
		chat := b.say("ana", "Hello?").Chat
		time.Sleep(500 * time.Millisecond)
		bells, err := b.store.Stop(t.Context(), b.shop.Account.ID, b.conversation(chat), b.shop.Manager)
		require.NoError(t, err)
		b.ring(bells[0])
		return chat
	}},
	"deferred": {
		channel: models.ChannelWebsite, model: slowFirst, adjust: func(a *models.AgentSettings) { a.TypingLeaseMS = 1500 },
		walk: func(t *testing.T, b *testBundle) uuid.UUID {
			chat := b.say("ana", "Hello?").Chat
			time.Sleep(500 * time.Millisecond)
			require.NoError(t, b.store.Typing(t.Context(), b.shop.Account.ID, b.conversation(chat), b.shop.Manager))
			b.await(chat, 1)
			return chat
		},
	},
	"closed_and_cooled_down": {
		channel: models.ChannelWebsite, adjust: func(a *models.AgentSettings) { a.CooldownMS = 700 },
		walk: func(t *testing.T, b *testBundle) uuid.UUID {
			chat := b.say("ana", "Hello?").Chat
			b.await(chat, 1)
			bell, err := b.store.CloseConversation(t.Context(), b.shop.Account.ID, b.conversation(chat), b.shop.Manager)
			require.NoError(t, err)
			b.ring(bell)
			b.say("ana", "Again?")
			b.await(chat, 2)
			return chat
		},
	},
	"ended": {
		channel: models.ChannelWebsite, adjust: func(a *models.AgentSettings) { a.AutoCloseMS, a.CooldownMS = 500, 200 },
		walk: func(_ *testing.T, b *testBundle) uuid.UUID {
			chat := b.say("ana", "Hello?").Chat
			b.await(chat, 1)
			require.Eventually(b.t, func() bool { return b.status(chat) != 1 }, 20*time.Second, 50*time.Millisecond)
			return chat
		},
	},
	"taken_over_and_handed_back": {channel: models.ChannelWebsite, walk: func(t *testing.T, b *testBundle) uuid.UUID {
		chat := b.say("ana", "Hello?").Chat
		b.await(chat, 1)
		conversation := b.conversation(chat)
		bell, _, err := b.store.Reply(t.Context(), b.shop.Account.ID, conversation, b.shop.Manager, "I take this.")
		require.NoError(t, err)
		b.ring(bell)
		b.say("ana", "Thanks!")
		b.rests(chat)
		bell, err = b.store.HandBack(t.Context(), b.shop.Account.ID, conversation, b.shop.Manager)
		require.NoError(t, err)
		b.ring(bell)
		b.await(chat, 3)
		return chat
	}},
	// A run that continues another has its state and no doorbell: one that fell
	// between the two is made up for by its first look.
	"continued": {channel: models.ChannelWebsite, walk: func(t *testing.T, b *testBundle) uuid.UUID {
		chat := b.shop.Say(t, "ana", "Hello?").Chat
		_, err := b.temporal.ExecuteWorkflow(t.Context(), client.StartWorkflowOptions{ID: contract.ConversationWorkflowID(chat), TaskQueue: contract.QueueConversation},
			contract.ConversationWorkflow, contract.ConversationInput{Account: b.shop.Account.ID, Chat: chat}, map[string]any{"turns": 7, "known": true, "phase": "resting"})
		require.NoError(t, err)
		b.await(chat, 1)
		b.rests(chat)
		require.Equal(t, 8, b.state(chat).Turns)
		return chat
	}},
	"sent": {channel: models.ChannelRecorder, walk: func(t *testing.T, b *testBundle) uuid.UUID {
		b.platform(t, func(w http.ResponseWriter, _ int64) { _, _ = w.Write([]byte(`{"id":"out-1"}`)) })
		chat := b.say("ana", "Hello?").Chat
		b.await(chat, 1)
		b.sent(t, chat)
		return chat
	}},
	"send_unknown_then_repeated": {
		channel: models.ChannelRecorder, adjust: func(a *models.AgentSettings) { a.UnknownSendMS = 800 },
		walk: func(t *testing.T, b *testBundle) uuid.UUID {
			b.platform(t, func(w http.ResponseWriter, n int64) {
				if n == 1 {
					w.WriteHeader(http.StatusInternalServerError)
					return
				}
				_, _ = w.Write([]byte(`{"id":"out-2"}`))
			})
			chat := b.say("ana", "Hello?").Chat
			b.sent(t, chat)
			return chat
		},
	},
	"send_throttled": {channel: models.ChannelRecorder, walk: func(t *testing.T, b *testBundle) uuid.UUID {
		b.platform(t, func(w http.ResponseWriter, n int64) {
			if n == 1 {
				w.Header().Set("Retry-After", "1")
				w.WriteHeader(http.StatusTooManyRequests)
				return
			}
			_, _ = w.Write([]byte(`{"id":"out-2"}`))
		})
		chat := b.say("ana", "Hello?").Chat
		b.sent(t, chat)
		return chat
	}},
}

// platform stands in for the recorder's platform.
func (b *testBundle) platform(t *testing.T, answer func(w http.ResponseWriter, n int64)) {
	t.Helper()
	var n atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { answer(w, n.Add(1)) }))
	t.Cleanup(server.Close)
	inbox := b.shop.Inbox
	inbox.Endpoint = server.URL
	_, err := b.store.UpdateInbox(t.Context(), b.shop.Admin, inbox)
	require.NoError(t, err)
}

// sent waits until nothing of the chat is to be sent.
func (b *testBundle) sent(t *testing.T, chat uuid.UUID) {
	t.Helper()
	b.await(chat, 1)
	require.Eventually(t, func() bool {
		detail, err := b.store.Conversation(t.Context(), b.shop.Account.ID, b.conversation(chat))
		return err == nil && len(detail.Outbounds) > 0 && detail.Outbounds[0].State == models.OutboundSent
	}, 20*time.Second, 50*time.Millisecond)
}

func slowFirst(calls *atomic.Int64) *llm.Scripted {
	return draftBy(func(ctx context.Context, _ answer.Turn, _ []models.Evidence) (models.Draft, error) {
		if calls.Add(1) == 1 {
			select {
			case <-ctx.Done():
				return models.Draft{}, ctx.Err()
			case <-time.After(1200 * time.Millisecond):
			}
		}
		return models.Draft{Action: models.ActionAnswer, Text: "Certainly."}, nil
	})
}

func handsOver(*atomic.Int64) *llm.Scripted {
	return draftBy(func(context.Context, answer.Turn, []models.Evidence) (models.Draft, error) {
		return models.Draft{Action: models.ActionHandoff, Reason: models.ReasonCustomerRequest}, nil
	})
}

func fails(*atomic.Int64) *llm.Scripted {
	return draftBy(func(context.Context, answer.Turn, []models.Evidence) (models.Draft, error) {
		return models.Draft{}, models.Errorf(models.CodeRejected, "refused")
	})
}

// TestPaths walks every path on the stack's own Temporal and replays what came
// of it. With KEDAI_RECORD=1 it keeps the histories that aren't there yet:
// recorded ones are never replaced to make a test pass.
func TestPaths(t *testing.T) {
	t.Parallel()
	for name, path := range paths {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var model llm.Model
			var calls atomic.Int64
			if path.model != nil {
				model = path.model(&calls)
			}
			b := setup(t, path.channel, model, path.adjust)
			chat := path.walk(t, b)
			if b.status(chat) == 1 {
				b.rests(chat)
			}
			history := b.history(chat, "")
			replayer := conversations(t)
			require.NoError(t, replayer.ReplayWorkflowHistory(nil, history))
			file := filepath.Join(replayFolder, name+".json")
			if _, err := os.Stat(file); os.Getenv("KEDAI_RECORD") == "" || err == nil {
				return
			}
			raw, err := protojson.MarshalOptions{Multiline: true, Indent: " "}.Marshal(history)
			require.NoError(t, err)
			require.NoError(t, os.WriteFile(file, raw, 0o600))
		})
	}
}
