package activities_test

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"kedai/activities"
	"kedai/activities/answer"
	"kedai/activities/llm"
	"kedai/models"
	"kedai/models/store"
	"kedai/models/store/storetest"
)

// noteModel is a model of which a test decides every note.
type noteModel struct {
	asked       []llm.SummaryRequest
	summarizeFn func(ctx context.Context) (string, error)
}

// turns are the activities with the model; nil leaves it out.
func (m *noteModel) turns(s *store.Store, log *slog.Logger) *activities.Turns {
	scripted := &llm.Scripted{SummarizeFn: func(ctx context.Context, r llm.SummaryRequest) (llm.Summary, error) {
		m.asked = append(m.asked, r)
		text, err := m.summarizeFn(ctx)
		return llm.Summary{Text: text, Usage: llm.Usage{Model: "scripted", InputTokens: 70, OutputTokens: 7}}, err
	}}
	return &activities.Turns{Store: s, Models: &activities.Models{Store: s, Model: scripted, Budget: 200 * time.Millisecond, Log: log}, Log: log}
}

func says(text string) *noteModel {
	return &noteModel{summarizeFn: func(context.Context) (string, error) { return text, nil }}
}

// handedOver is a shop's conversation after its handoff: a question was
// answered, another wasn't.
type handedOver struct {
	shop    storetest.Shop
	request activities.NoteRequest
}

func handOver(t *testing.T, s *store.Store, adjust func(*models.AgentSettings)) handedOver {
	t.Helper()
	shop := storetest.OpenShop(t, s, models.ChannelWebsite, func(a *models.AgentSettings) {
		a.Summarize = true
		if adjust != nil {
			adjust(a)
		}
	})
	chat := shop.Say(t, "ana", "How much is the mug?").Chat
	_, err := s.OpenConversation(t.Context(), shop.Account.ID, chat)
	require.NoError(t, err)
	mug := []models.Evidence{{Kind: models.EvidenceProduct, Product: &models.Product{ID: uuid.New(), Title: "Harbor Mug"}}}
	deliver := func(evidence []models.Evidence, draft models.Draft) store.Delivery {
		_, turn, err := s.BeginTurn(t.Context(), shop.Account.ID, chat)
		require.NoError(t, err)
		require.NoError(t, s.SaveEvidence(t.Context(), shop.Account.ID, turn.ID, turn.Attempt, false, evidence))
		require.NoError(t, s.SaveDraft(t.Context(), shop.Account.ID, turn.ID, turn.Attempt, draft, nil))
		out, err := s.Deliver(t.Context(), shop.Account.ID, chat, turn.ID, turn.Attempt, models.ReasonToolFailure)
		require.NoError(t, err)
		return out
	}
	deliver(mug, models.Draft{Action: models.ActionAnswer, Text: "It costs $24.00.", Cites: []int{1}, Intent: models.IntentProductPrice})
	shop.Say(t, "ana", "Do you engrave?")
	out := deliver(nil, models.Draft{Action: models.ActionHandoff, Reason: models.ReasonMissingKnowledge})
	require.True(t, out.Handoff)
	return handedOver{shop, activities.NoteRequest{
		ChatRequest: activities.ChatRequest{Account: shop.Account.ID, Chat: chat}, Conversation: out.Conversation, Handoff: out.Note,
	}}
}

// note returns the one note of the conversation.
func (h handedOver) note(t *testing.T) string {
	t.Helper()
	detail, err := h.shop.Store.Conversation(t.Context(), h.shop.Account.ID, h.request.Conversation)
	require.NoError(t, err)
	var texts []string
	for _, m := range detail.Messages {
		if m.Author == models.AuthorNote {
			texts = append(texts, m.Text)
		}
	}
	require.Len(t, texts, 1)
	return texts[0]
}

func TestNote(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	composed := strings.Join([]string{
		"Asked: How much is the mug?",
		"Answered: It costs $24.00.",
		"Products: Harbor Mug",
		"Handed over because: the shop's information has no answer",
		"Open question: Do you engrave?",
	}, "\n")

	t.Run("without a model it is composed, once", func(t *testing.T) {
		t.Parallel()
		h := handOver(t, s, nil)
		turns := &activities.Turns{Store: s, Log: discard}
		do[struct{}](t, turns.Note, h.request)
		do[struct{}](t, turns.Note, h.request)
		require.Equal(t, composed, h.note(t))
	})
	t.Run("it is in the agent's language", func(t *testing.T) {
		t.Parallel()
		h := handOver(t, s, func(a *models.AgentSettings) { a.Language = models.Spanish })
		do[struct{}](t, (&activities.Turns{Store: s, Log: discard}).Note, h.request)
		require.Contains(t, h.note(t), "Pregunta abierta: Do you engrave?")
	})
	t.Run("a model writes it from what was said", func(t *testing.T) {
		t.Parallel()
		h := handOver(t, s, nil)
		model := says(" The customer asked for the price of the mug, was told $24.00, and wants an engraving. ")
		turns := model.turns(s, discard)
		do[struct{}](t, turns.Note, h.request)
		do[struct{}](t, turns.Note, h.request)
		require.Equal(t, "The customer asked for the price of the mug, was told $24.00, and wants an engraving.", h.note(t))
		require.Equal(t, answer.SummaryHandoff, model.asked[0].Purpose)
		require.Equal(t, models.ReasonMissingKnowledge, model.asked[0].Reason)
		detail, err := s.Conversation(t.Context(), h.shop.Account.ID, h.request.Conversation)
		require.NoError(t, err)
		require.Equal(t, int64(77), detail.Turns[1].InputTokens+detail.Turns[1].OutputTokens, "the turn that was handed over pays")
		require.Len(t, model.asked, 1, "a note that is there costs nothing more")
		require.Equal(t, []answer.Line{{From: answer.Customer, Text: "How much is the mug?"}, {From: answer.Agent, Text: "It costs $24.00."}}, model.asked[0].Turn.History)
		require.Equal(t, []string{"Do you engrave?"}, model.asked[0].Turn.Messages)
	})
	t.Run("a model's note with what nobody said gives way to the composed one", func(t *testing.T) {
		t.Parallel()
		for _, text := range []string{
			"The customer wants 12 mugs at $19.00 each.", "", strings.Repeat("The customer asked. ", 200),
			"El cliente quiere saber cuánto cuesta la taza y también si la tienda hace grabados.", "Write to boss@shop.example about it.",
		} {
			h := handOver(t, s, nil)
			do[struct{}](t, says(text).turns(s, discard).Note, h.request)
			require.Equal(t, composed, h.note(t), text)
		}
	})
	t.Run("a model that fails gives way too, and its code alone is logged", func(t *testing.T) {
		t.Parallel()
		h := handOver(t, s, nil)
		var log bytes.Buffer
		model := &noteModel{summarizeFn: func(context.Context) (string, error) {
			return "", models.Errorf(models.CodeRejected, "the provider refused")
		}}
		do[struct{}](t, model.turns(s, slog.New(slog.NewTextHandler(&log, nil))).Note, h.request)
		require.Equal(t, composed, h.note(t))
		require.Contains(t, log.String(), "code=rejected")
		require.NotContains(t, log.String(), "mug")
	})
	t.Run("a model that is slow isn't waited for", func(t *testing.T) {
		t.Parallel()
		h := handOver(t, s, nil)
		model := &noteModel{summarizeFn: func(ctx context.Context) (string, error) {
			<-ctx.Done()
			return "", ctx.Err()
		}}
		do[struct{}](t, model.turns(s, discard).Note, h.request)
		require.Equal(t, composed, h.note(t))
		require.Len(t, model.asked, 1)
	})
	t.Run("at the account's limit no model is asked", func(t *testing.T) {
		t.Parallel()
		one := int64(1)
		h := handOver(t, s, func(a *models.AgentSettings) { a.RepliesPerDay = &one })
		// The same conversation, back at the agent, reaches the limit.
		_, err := s.HandBack(t.Context(), h.shop.Account.ID, h.request.Conversation, h.shop.Manager)
		require.NoError(t, err)
		h.shop.Say(t, "ana", "And the bowl?")
		_, turn, err := s.BeginTurn(t.Context(), h.shop.Account.ID, h.request.Chat)
		require.NoError(t, err)
		require.NoError(t, s.SaveDraft(t.Context(), h.shop.Account.ID, turn.ID, turn.Attempt, models.Draft{Action: models.ActionAnswer, Text: "It costs $30.00."}, nil))
		out, err := s.Deliver(t.Context(), h.shop.Account.ID, h.request.Chat, turn.ID, turn.Attempt, models.ReasonToolFailure)
		require.NoError(t, err)
		h.request.Handoff = out.Note
		model := says("A note.")
		do[struct{}](t, model.turns(s, discard).Note, h.request)
		require.Contains(t, h.note(t), "Handed over because: the limit of replies is reached")
		require.Empty(t, model.asked)
	})
}
