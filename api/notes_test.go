package api

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"kedai/api/gen"
	"kedai/models"
)

// TestNotes has a conversation handed over and noted, and looks at it from all
// sides: people see the note, the customer has no way to.
func TestNotes(t *testing.T) {
	t.Parallel()
	b := setup(t)
	draft := read[gen.AgentDraft](t, b.do("PATCH", "/v1/agent/draft", `{"summarize":true}`, token(b.admin.token)), http.StatusOK)
	require.True(t, draft.Settings.Summarize)
	require.Equal(t, "summarize", draft.Diff.Settings[0].Field)
	require.False(t, read[gen.Agent](t, b.do("GET", "/v1/agent", nil, token(b.manager.token)), http.StatusOK).Summarize)
	require.Equal(t, http.StatusOK, b.do("POST", "/v1/agent/save", nil, token(b.admin.token)).status)
	require.True(t, read[gen.Agent](t, b.do("GET", "/v1/agent", nil, token(b.manager.token)), http.StatusOK).Summarize)
	require.Equal(t, http.StatusForbidden, b.do("PATCH", "/v1/agent", `{"summarize":false}`, token(b.manager.token)).status)
	require.Equal(t, http.StatusBadRequest, b.do("PATCH", "/v1/agent", `{"summarize":"yes"}`, token(b.admin.token)).status)

	_, err := b.store.SetEnabled(t.Context(), b.account.ID, actor(b.admin.user), true)
	require.NoError(t, err)
	v := b.visitor()
	c := b.openConversation(v, "do you engrave?")
	require.Equal(t, http.StatusNoContent, b.do("POST", "/v1/conversations/"+c.ID.String()+"/hand-back", nil, token(b.manager.token)).status)
	_, turn, err := b.store.BeginTurn(t.Context(), b.account.ID, c.ChatID)
	require.NoError(t, err)
	out, err := b.store.Deliver(t.Context(), b.account.ID, c.ChatID, turn.ID, turn.Attempt, models.ReasonToolFailure)
	require.NoError(t, err)
	require.Positive(t, out.Note)
	stream := v.follow(b.url, "")
	require.Equal(t, models.AuthorCustomer, stream.message().From)
	require.Equal(t, models.AuthorAgent, stream.message().From)

	note := models.Note{AccountID: b.account.ID, ConversationID: c.ID, HandoffSeq: out.Note, Engine: "builtin"}
	require.NoError(t, b.store.AddNote(t.Context(), c.ChatID, note, "What only people may read."))
	detail := read[gen.ConversationDetail](t, b.do("GET", "/v1/conversations/"+c.ID.String(), nil, token(b.manager.token)), http.StatusOK)
	last := detail.Messages[len(detail.Messages)-1]
	require.Equal(t, "note", last.Author)
	require.Equal(t, "What only people may read.", last.Text)
	require.Nil(t, last.UserID)
	require.Equal(t, "handed_over", *detail.Messages[len(detail.Messages)-2].Event)
	require.True(t, detail.Chat.Unread)

	v.say("hello?")
	require.Equal(t, "hello?", stream.message().Text, "the stream passes over the note")
	r := v.do("GET", "/messages?after=0", nil)
	require.NotContains(t, string(r.body), "only people")
	for _, m := range read[widgetHistory](t, r, http.StatusOK).Messages {
		require.NotEqual(t, models.AuthorNote, m.From)
	}
	again := v.follow(b.url, "")
	for _, from := range []models.Author{models.AuthorCustomer, models.AuthorAgent, models.AuthorCustomer} {
		require.Equal(t, from, again.message().From)
	}
	rows := read[gen.ConversationList](t, b.do("GET", "/v1/conversations", nil, token(b.manager.token)), http.StatusOK)
	for _, row := range rows.Conversations {
		require.NotEqual(t, "What only people may read.", row.LastText)
	}
}
