package worker_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/encoding/protojson"

	"kedai/activities/answer"
	"kedai/activities/llm"
	"kedai/activities/llm/llmtest"
	"kedai/models"
)

// turns returns the turns of a chat's open conversation.
func (b *testBundle) turns(chat uuid.UUID) []models.Turn {
	b.t.Helper()
	detail, err := b.store.Conversation(b.t.Context(), b.shop.Account.ID, b.conversation(chat))
	require.NoError(b.t, err)
	return detail.Turns
}

// generated counts how often a chat's run had a draft written.
func (b *testBundle) generated(chat uuid.UUID) int {
	n := 0
	for _, event := range b.history(chat, "").GetEvents() {
		if event.GetActivityTaskScheduledEventAttributes().GetActivityType().GetName() == "Generate" {
			n++
		}
	}
	return n
}

// TestModelInTheStack has customers' chats answered by model servers, over the
// whole way of a message.
func TestModelInTheStack(t *testing.T) {
	t.Parallel()
	hello := llmtest.Says(llmtest.Draft{Intent: "greeting", Text: "Hello from the model!"})
	for _, provider := range models.Providers() {
		t.Run(string(provider)+" answers, and the turn tells what it took", func(t *testing.T) {
			t.Parallel()
			b := setup(t, models.ChannelWebsite, llmtest.New(t, hello).Model(t, provider), nil)
			chat := b.say("ana", "Hello!").Chat
			require.Equal(t, "Hello from the model!", b.await(chat, 1)[0].Text)
			turn := b.turns(chat)[0]
			require.Equal(t, string(provider)+"/scripted", *turn.Engine)
			require.Equal(t, []any{string(provider) + "/scripted", int64(llmtest.InputTokens), int64(llmtest.OutputTokens)}, []any{*turn.Model, turn.InputTokens, turn.OutputTokens})
			require.Empty(t, turn.Fallback)
			require.Nil(t, turn.Cost, "no price is set")
			playground := b.ask(b.begin(models.PlaygroundChat{}), "Hello!")
			require.Equal(t, []any{"Hello from the model!", int64(llmtest.InputTokens)}, []any{playground.Reply, playground.InputTokens})
		})
		for name, test := range map[string]struct {
			play     llmtest.Play
			fallback models.Fallback
		}{
			"an error":   {llmtest.Fails(http.StatusInternalServerError), models.FallbackDown},
			"a hang":     {llmtest.Hangs(), models.FallbackSlow},
			"a quota":    {llmtest.Throttles(time.Hour), models.FallbackLimited},
			"a refusal":  {llmtest.Blocks(), models.FallbackRejected},
			"a wild one": {llmtest.Says(llmtest.Draft{Text: "Hello! It is 99 EUR today."}), models.FallbackRefused},
		} {
			t.Run(string(provider)+" with "+name+" is replaced in the same step", func(t *testing.T) {
				t.Parallel()
				b := setup(t, models.ChannelWebsite, llmtest.New(t, test.play).Model(t, provider), nil)
				chat := b.say("ana", "Hello!").Chat
				reply := b.await(chat, 1)[0].Text
				require.NotContains(t, reply, "99 EUR")
				turn := b.turns(chat)[0]
				require.Equal(t, []any{answer.EngineBuiltin, test.fallback}, []any{*turn.Engine, turn.Fallback})
				require.Equal(t, 1, b.generated(chat))
				raw, err := protojson.Marshal(b.history(chat, ""))
				require.NoError(t, err)
				words := readable(t, raw)
				require.NotContains(t, words, llmtest.Secret)
				require.NotContains(t, words, reply)
				if test.fallback == models.FallbackRefused {
					require.Len(t, turn.Refusals, 2)
				}
			})
		}
	}
	t.Run("an account's own model goes before the process's, and a new key counts at once", func(t *testing.T) {
		t.Parallel()
		b := setup(t, models.ChannelWebsite, nil, nil)
		name := "own-" + uuid.NewString()
		set := func(key models.Secret, text string) {
			shared.own.Store(name+"/"+key.Reveal(), llmtest.New(t, llmtest.Says(llmtest.Draft{Text: text})).Model(t, models.ProviderGemini))
			_, err := b.store.SetAccountModel(t.Context(), b.shop.Admin, models.AccountModel{AccountID: b.shop.Account.ID, Provider: models.ProviderGemini, Name: name}, key)
			require.NoError(t, err)
		}
		set("first", "By the first key.")
		chat := b.say("ana", "Hello?").Chat
		require.Equal(t, "By the first key.", b.await(chat, 1)[0].Text)
		set("second", "By the second key.")
		b.say("ana", "Hello again?")
		require.Equal(t, "By the second key.", b.await(chat, 2)[1].Text)
		require.NoError(t, b.store.RemoveAccountModel(t.Context(), b.shop.Account.ID, b.shop.Admin))
		b.say("ana", "Hello?")
		require.Equal(t, "Certainly.", b.await(chat, 3)[2].Text, "the process's")
	})
	t.Run("an account's model that can't be opened leaves the built-in engine", func(t *testing.T) {
		t.Parallel()
		b := setup(t, models.ChannelWebsite, nil, nil)
		_, err := b.store.SetAccountModel(t.Context(), b.shop.Admin, models.AccountModel{AccountID: b.shop.Account.ID, Provider: models.ProviderGemini, Name: "no-such"}, "k")
		require.NoError(t, err)
		chat := b.say("ana", "Hello!").Chat
		require.NotEmpty(t, b.await(chat, 1)[0].Text)
		require.Equal(t, models.FallbackRejected, b.turns(chat)[0].Fallback)
	})
}

// TestRunningSummary has a conversation outgrow what an engine sees: later
// turns know its beginning in short, and the next conversation knows nothing.
func TestRunningSummary(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	var seen []llm.Request
	var summaries []llm.SummaryRequest
	model := &llm.Scripted{
		DraftFn: func(_ context.Context, r llm.Request) (llm.Reply, error) {
			mu.Lock()
			defer mu.Unlock()
			seen = append(seen, r)
			return llm.Reply{Draft: models.Draft{Action: models.ActionAnswer, Text: "Certainly.", Engine: "scripted"}, Usage: llm.Usage{Model: "scripted", InputTokens: 1}}, nil
		},
		SummarizeFn: func(_ context.Context, r llm.SummaryRequest) (llm.Summary, error) {
			mu.Lock()
			defer mu.Unlock()
			summaries = append(summaries, r)
			return llm.Summary{Text: fmt.Sprintf("Summary %d.", len(summaries)), Usage: llm.Usage{Model: "scripted", InputTokens: 1000}}, nil
		},
	}
	b := setup(t, models.ChannelWebsite, model, func(a *models.AgentSettings) { a.CooldownMS = 0 })
	var chat uuid.UUID
	for n := range 13 {
		chat = b.say("ana", fmt.Sprintf("Hello number %d", n)).Chat
		b.await(chat, n+1)
	}
	b.rests(chat)
	mu.Lock()
	require.NotEmpty(t, summaries)
	require.Equal(t, answer.SummaryRunning, summaries[0].Purpose)
	require.Equal(t, "Hello number 0", summaries[0].Turn.History[0].Text)
	require.Empty(t, summaries[0].Turn.Messages)
	last := seen[len(seen)-1]
	mu.Unlock()
	require.Equal(t, "Summary 1.", last.Summary)
	tokens := int64(0)
	for _, turn := range b.turns(chat) {
		tokens += turn.InputTokens
	}
	require.GreaterOrEqual(t, tokens, int64(1013), "summaries are paid for too")

	bell, err := b.store.CloseConversation(t.Context(), b.shop.Account.ID, b.conversation(chat), b.shop.Manager)
	require.NoError(t, err)
	b.ring(bell)
	b.say("ana", "Another day")
	b.await(chat, 14)
	mu.Lock()
	defer mu.Unlock()
	fresh := seen[len(seen)-1]
	require.Equal(t, "Another day", strings.Join(fresh.Turn.Messages, ""))
	require.Empty(t, fresh.Summary)
	require.Empty(t, fresh.Turn.History)
}
