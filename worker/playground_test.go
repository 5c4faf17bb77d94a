package worker_test

import (
	"context"
	"encoding/json"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"google.golang.org/protobuf/encoding/protojson"

	"kedai/activities/answer"
	"kedai/activities/llm"
	"kedai/api"
	"kedai/models"
	"kedai/workflows/contract"
)

// begin makes a Playground chat of the bundle's shop.
func (b *testBundle) begin(chat models.PlaygroundChat) uuid.UUID {
	b.t.Helper()
	chat.AccountID = b.shop.Account.ID
	chat, err := b.playground().Begin(b.t.Context(), b.shop.Admin, chat)
	require.NoError(b.t, err)
	return chat.ID
}

func (b *testBundle) playground() api.Playground {
	return api.Playground{Store: b.store, Temporal: b.temporal}
}

func (b *testBundle) ask(chat uuid.UUID, messages ...string) models.PlaygroundTurn {
	b.t.Helper()
	turn, err := b.playground().Ask(b.t.Context(), b.shop.Account.ID, chat, messages)
	require.NoError(b.t, err)
	return turn
}

func TestPlayground(t *testing.T) {
	t.Parallel()
	scripted := func(draft func(said answer.Turn) (models.Draft, error)) llm.Model {
		return draftBy(func(_ context.Context, said answer.Turn, _ []models.Evidence) (models.Draft, error) {
			return draft(said)
		})
	}

	t.Run("the agent answers, with the toggle off", func(t *testing.T) {
		t.Parallel()
		b := setup(t, models.ChannelWebsite, nil, nil)
		_, err := b.store.SetEnabled(t.Context(), b.shop.Account.ID, b.shop.Admin, false)
		require.NoError(t, err)
		turn := b.ask(b.begin(models.PlaygroundChat{}), "Hello?")
		require.Equal(t, models.PlaygroundDone, turn.State)
		require.Equal(t, "Certainly.", turn.Reply)
		require.Equal(t, "scripted", turn.Engine)
		require.Equal(t, models.ActionAnswer, turn.Action)
	})
	t.Run("a chat goes on after what would be a handoff, and the engine sees what was said", func(t *testing.T) {
		t.Parallel()
		var seen atomic.Pointer[answer.Turn]
		b := setup(t, models.ChannelWebsite, scripted(func(said answer.Turn) (models.Draft, error) {
			seen.Store(&said)
			if said.Messages[0] == "Zebra!" {
				return models.Draft{Action: models.ActionHandoff, Reason: models.ReasonUnsupportedRequest, Engine: "scripted"}, nil
			}
			return models.Draft{Action: models.ActionAnswer, Text: "Yes.", Engine: "scripted"}, nil
		}), nil)
		chat := b.begin(models.PlaygroundChat{})
		handed := b.ask(chat, "Zebra!", "Now!")
		require.Equal(t, models.ReasonUnsupportedRequest, handed.Reason)
		require.NotEmpty(t, handed.HandoffText)
		require.Empty(t, handed.Reply)
		require.Equal(t, "Yes.", b.ask(chat, "Thank you").Reply)
		require.Equal(t, []answer.Line{
			{From: answer.Customer, Text: "Zebra!"}, {From: answer.Customer, Text: "Now!"}, {From: answer.Agent, Text: handed.HandoffText},
		}, seen.Load().History)
	})
	t.Run("what the guard refuses is told, and the built-in engine answers", func(t *testing.T) {
		t.Parallel()
		b := setup(t, models.ChannelWebsite, scripted(func(answer.Turn) (models.Draft, error) {
			return models.Draft{Action: models.ActionAnswer, Text: "It is 99 EUR.", Engine: "scripted"}, nil
		}), nil)
		turn := b.ask(b.begin(models.PlaygroundChat{}), "Hello!")
		require.Equal(t, answer.EngineBuiltin, turn.Engine)
		require.Len(t, turn.Refusals, 2, "of the draft, and of the one that was written with its reasons")
		require.Contains(t, turn.Refusals[0], "99")
		require.NotContains(t, turn.Reply, "99")
	})
	t.Run("the engine may ask for three rounds, no more", func(t *testing.T) {
		t.Parallel()
		var rounds atomic.Int64
		b := setup(t, models.ChannelWebsite, scripted(func(answer.Turn) (models.Draft, error) {
			rounds.Add(1)
			return models.Draft{Action: models.ActionAnswer, Text: "Done.", Need: "more of it", Engine: "scripted"}, nil
		}), nil)
		require.Equal(t, "Done.", b.ask(b.begin(models.PlaygroundChat{}), "Hello?").Reply)
		require.EqualValues(t, models.MaxRounds, rounds.Load())
	})
	t.Run("a model that fails for good is replaced by the built-in engine", func(t *testing.T) {
		t.Parallel()
		b := setup(t, models.ChannelWebsite, scripted(func(answer.Turn) (models.Draft, error) {
			return models.Draft{}, models.Errorf(models.CodeRejected, "refused")
		}), nil)
		turn := b.ask(b.begin(models.PlaygroundChat{}), "Hello!")
		require.Equal(t, answer.EngineBuiltin, turn.Engine)
		require.NotEmpty(t, turn.Reply)
	})
	t.Run("no word gets into the history", func(t *testing.T) {
		t.Parallel()
		const secret = "my secret is zebrafinch"
		b := setup(t, models.ChannelWebsite, nil, nil)
		chat := b.begin(models.PlaygroundChat{Identity: &models.PlaygroundIdentity{Email: "quetzalbird@example.com"}})
		b.ask(chat, secret)
		events := b.temporal.GetWorkflowHistory(t.Context(), contract.PlaygroundWorkflowID(chat, 1), "", false, enumspb.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
		history := &historypb.History{}
		for events.HasNext() {
			event, err := events.Next()
			require.NoError(t, err)
			history.Events = append(history.Events, event)
		}
		raw, err := protojson.Marshal(history)
		require.NoError(t, err)
		words := readable(t, raw)
		require.Contains(t, words, chat.String(), "payloads are read too")
		for _, word := range []string{"zebrafinch", "quetzalbird", "Certainly"} {
			require.NotContains(t, words, word)
		}
	})
	t.Run("what is asked while the agent answers is refused", func(t *testing.T) {
		t.Parallel()
		thinking, think := make(chan struct{}), make(chan struct{})
		b := setup(t, models.ChannelWebsite, scripted(func(answer.Turn) (models.Draft, error) {
			close(thinking)
			<-think
			return models.Draft{Action: models.ActionAnswer, Text: "At last.", Engine: "scripted"}, nil
		}), nil)
		chat := b.begin(models.PlaygroundChat{})
		answered := make(chan models.PlaygroundTurn, 1)
		go func() {
			turn, _ := b.playground().Ask(context.WithoutCancel(t.Context()), b.shop.Account.ID, chat, []string{"Hello?"})
			answered <- turn
		}()
		<-thinking
		_, err := b.playground().Ask(t.Context(), b.shop.Account.ID, chat, []string{"And?"})
		require.Equal(t, models.CodeConflict, models.CodeOf(err))
		close(think)
		require.Equal(t, "At last.", (<-answered).Reply)
	})
}

// TestPlaygroundIsAsLive asks the same in a Playground on what is live and in a
// customer's chat: the engine sees the same and its reply is the same.
func TestPlaygroundIsAsLive(t *testing.T) {
	t.Parallel()
	seen := make(chan string, 2)
	b := setup(t, models.ChannelWebsite, draftBy(func(_ context.Context, said answer.Turn, evidence []models.Evidence) (models.Draft, error) {
		require.WithinDuration(t, time.Now(), said.Now, time.Minute)
		said.Now = time.Time{} // Each is answered in its own moment.
		raw, err := json.Marshal([]any{said, evidence})
		seen <- string(raw)
		return models.Draft{Action: models.ActionAnswer, Text: strings.Join(said.Messages, "/"), Engine: "scripted"}, err
	}), nil)
	chat := b.say("ana", "Hello from Mars!").Chat
	live := b.await(chat, 1)[0].Text
	b.rests(chat)
	require.Equal(t, live, b.ask(b.begin(models.PlaygroundChat{Set: models.SetLive}), "Hello from Mars!").Reply)
	customer, rehearsed := <-seen, <-seen
	require.Equal(t, strings.ReplaceAll(customer, "[]", "null"), strings.ReplaceAll(rehearsed, "[]", "null"))
}
