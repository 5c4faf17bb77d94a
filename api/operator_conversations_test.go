package api

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"kedai/api/gen"
	"kedai/models"
)

func TestConversations(t *testing.T) {
	t.Parallel()
	b := setup(t)
	_, err := b.store.SetEnabled(t.Context(), b.account.ID, actor(b.admin.user), true)
	require.NoError(t, err)
	post := func(c models.Conversation, what string, body any) reply {
		return b.do("POST", "/v1/conversations/"+c.ID.String()+"/"+what, body, token(b.manager.token))
	}
	detail := func(t *testing.T, c models.Conversation) gen.ConversationDetail {
		t.Helper()
		return read[gen.ConversationDetail](t, b.do("GET", "/v1/conversations/"+c.ID.String(), nil, token(b.manager.token)), http.StatusOK)
	}
	rung := func(t *testing.T, c models.Conversation, act func()) {
		t.Helper()
		before := b.bells.of(c.ChatID).Seq
		act()
		soon(t, "the run is told", func() bool { return b.bells.of(c.ChatID).Seq > before })
	}

	t.Run("is listed, by who serves and whether it is open", func(t *testing.T) {
		c := b.openConversation(b.visitor(), "hello there")
		list := func(query string) []gen.ConversationRow {
			return read[gen.ConversationList](t, b.do("GET", "/v1/conversations"+query, nil, token(b.manager.token)), http.StatusOK).Conversations
		}
		rows := list("?open=true&owner=nobody&limit=1")
		require.Len(t, rows, 1)
		require.Equal(t, c.ID, rows[0].Conversation.ID)
		require.Equal(t, "hello there", rows[0].LastText)
		require.True(t, rows[0].Unread)
		require.Empty(t, list("?owner=agent"))
		require.Equal(t, http.StatusNoContent, post(c, "close", nil).status)
		require.Empty(t, list("?open=true"))
		require.Len(t, list("?open=false"), 1)
		for _, query := range []string{"?owner=cat", "?limit=0", "?limit=1000", "?open=perhaps"} {
			require.Equal(t, http.StatusBadRequest, b.do("GET", "/v1/conversations"+query, nil, token(b.manager.token)).status, query)
		}
	})

	t.Run("a reply is said, takes over and is audited", func(t *testing.T) {
		v := b.visitor()
		c := b.openConversation(v, "hello")
		rung(t, c, func() {
			out := read[gen.Outbound](t, post(c, "reply", map[string]string{"text": "  Max here  "}), http.StatusCreated)
			require.Equal(t, "person", out.Kind)
			require.Equal(t, "sent", out.State)
		})
		d := detail(t, c)
		require.Equal(t, gen.OwnerPerson, d.Conversation.Owner)
		require.Equal(t, "Max here", d.Messages[len(d.Messages)-1].Text)
		require.Equal(t, b.manager.user.ID, *d.Messages[len(d.Messages)-1].UserID)
		require.Equal(t, d.Outbounds[0].ID, *d.Messages[len(d.Messages)-1].OutboundID)
		history := read[widgetHistory](t, v.do("GET", "/messages", nil), http.StatusOK)
		require.Equal(t, models.AuthorPerson, history.Messages[1].From)
		require.Equal(t, models.OwnerPerson, history.State.ServedBy)
		for _, body := range []string{`{"text":" "}`, `{}`, `{"text":"` + strings.Repeat("x", 4001) + `"}`, `{"text":"a\u0000"}`} {
			require.Equal(t, http.StatusBadRequest, post(c, "reply", body).status)
		}
	})

	t.Run("turns show their draft, evidence and what became of them", func(t *testing.T) {
		c := b.openConversation(b.visitor(), "how much is the mug?")
		require.Equal(t, http.StatusNoContent, post(c, "hand-back", nil).status)
		_, turn, err := b.store.BeginTurn(t.Context(), b.account.ID, c.ChatID)
		require.NoError(t, err)
		require.NotNil(t, turn)
		office, closes := []models.Interval{{From: "09:00", Until: "18:00"}}, time.Date(2026, 6, 12, 23, 0, 0, 0, time.UTC)
		evidence := []models.Evidence{
			{Kind: models.EvidenceProduct, Score: 0.9, Product: &models.Product{Title: "Mug", Variants: []models.Variant{{Currency: "EUR"}}}},
			{Kind: models.EvidencePassage, Score: 0.5, Passage: &models.Passage{Text: "Mugs are returned within 30 days."}},
			{Kind: models.EvidenceHours, Hours: &models.HoursEvidence{
				Zone: "America/Bogota", At: closes.Add(-time.Hour), Open: true, Changes: &closes, Week: models.Week{Friday: office},
				Days: []models.OpenDay{{Date: "2026-06-12", Special: true, Open: office}, {Date: "2026-06-13"}},
			}},
		}
		require.NoError(t, b.store.SaveEvidence(t.Context(), b.account.ID, turn.ID, turn.Attempt, false, evidence))
		require.NoError(t, b.store.SaveDraft(t.Context(), b.account.ID, turn.ID, turn.Attempt, models.Draft{
			Action: models.ActionAnswer, Intent: models.IntentProductPrice, Text: "It is 9.90 EUR.", Cites: []int{1}, Engine: "builtin",
		}, nil))
		_, err = b.store.Deliver(t.Context(), b.account.ID, c.ChatID, turn.ID, turn.Attempt, models.ReasonToolFailure)
		require.NoError(t, err)
		d := detail(t, c)
		require.Len(t, d.Turns, 1)
		require.Equal(t, "delivered", d.Turns[0].State)
		require.Equal(t, "product_price", *d.Turns[0].Intent)
		require.Equal(t, "answer", *d.Turns[0].Action)
		require.Equal(t, []int{1}, d.Turns[0].Cites)
		require.Len(t, d.Evidence, 3)
		require.Equal(t, "Mug", d.Evidence[0].Product.Title)
		require.Contains(t, d.Evidence[1].Passage.Text, "30 days")
		shown, hours := []gen.Interval{{From: "09:00", Until: "18:00"}}, d.Evidence[2].Hours
		require.Equal(t, []any{"America/Bogota", true}, []any{hours.Zone, hours.Open})
		require.True(t, hours.Changes.Equal(closes))
		require.Equal(t, shown, *hours.Week.Friday)
		require.Equal(t, []gen.OpenDay{{Date: "2026-06-12", Special: true, Open: shown}, {Date: "2026-06-13", Open: []gen.Interval{}}}, hours.Days)
		require.Equal(t, turn.ID, *d.Outbounds[0].TurnID)
	})

	t.Run("the red button stays pressed until an admin lifts it", func(t *testing.T) {
		c := b.openConversation(b.visitor(), "hello")
		rung(t, c, func() { require.Equal(t, http.StatusNoContent, post(c, "stop", nil).status) })
		require.Equal(t, http.StatusNoContent, post(c, "stop", nil).status)
		require.NotNil(t, detail(t, c).Lead.AgentStoppedAt)
		r := post(c, "hand-back", nil)
		require.Equal(t, http.StatusConflict, r.status)
		require.Equal(t, "conflict", r.code())
		path := "/v1/leads/" + c.LeadID.String() + "/serve-again"
		require.Equal(t, http.StatusForbidden, b.do("POST", path, nil, token(b.manager.token)).status)
		require.Equal(t, http.StatusNoContent, b.do("POST", path, nil, token(b.admin.token)).status)
		require.Equal(t, http.StatusConflict, b.do("POST", path, nil, token(b.admin.token)).status)
		require.Equal(t, http.StatusConflict, post(c, "hand-back", nil).status)
	})

	t.Run("closes, and is taken up again", func(t *testing.T) {
		c := b.openConversation(b.visitor(), "hello")
		rung(t, c, func() { require.Equal(t, http.StatusNoContent, post(c, "close", nil).status) })
		for _, what := range []string{"close", "hand-back", "typing"} {
			require.Equal(t, http.StatusConflict, post(c, what, nil).status, what)
		}
		require.Equal(t, http.StatusConflict, post(c, "assign", map[string]any{"user_id": b.admin.user.ID}).status)
		rung(t, c, func() { require.Equal(t, http.StatusNoContent, post(c, "reopen", nil).status) })
		require.Equal(t, http.StatusConflict, post(c, "reopen", nil).status)
		require.Equal(t, gen.OwnerPerson, detail(t, c).Conversation.Owner)
	})

	t.Run("a message in the cooldown is seen, unread, with the conversation before it", func(t *testing.T) {
		v := b.visitor()
		c := b.openConversation(v, "hello")
		require.Equal(t, http.StatusCreated, post(c, "reply", map[string]string{"text": "Max here"}).status)
		require.Equal(t, http.StatusNoContent, post(c, "close", nil).status)
		require.False(t, detail(t, c).Chat.Unread)
		v.say("one more thing")
		d := detail(t, c)
		require.True(t, d.Chat.Unread)
		require.NotNil(t, d.Chat.CooldownUntil)
		held := d.Messages[len(d.Messages)-1]
		require.Equal(t, "one more thing", held.Text)
		require.Nil(t, held.ConversationID)
		require.Equal(t, c.ID, *d.Messages[0].ConversationID)
		rows := read[gen.ConversationList](t, b.do("GET", "/v1/conversations?limit=1", nil, token(b.manager.token)), http.StatusOK).Conversations
		require.Equal(t, c.ID, rows[0].Conversation.ID)
		require.Equal(t, "one more thing", rows[0].LastText)
		require.True(t, rows[0].Unread)
	})

	t.Run("a chat that nothing has opened is listed and answered", func(t *testing.T) {
		v := b.visitor()
		v.say("is anybody there?")
		chat := v.chat()
		held := func() []gen.HeldChat {
			var of []gen.HeldChat
			for _, h := range read[gen.HeldChatList](t, b.do("GET", "/v1/chats/held", nil, token(b.manager.token)), http.StatusOK).Chats {
				if h.ID == chat.ID {
					of = append(of, h)
				}
			}
			return of
		}
		require.Len(t, held(), 1)
		require.Equal(t, "is anybody there?", held()[0].LastText)
		require.Nil(t, held()[0].Until)
		require.Equal(t, http.StatusBadRequest, b.do("GET", "/v1/chats/held?limit=0", nil, token(b.manager.token)).status)

		say := func(text string) reply {
			return b.do("POST", "/v1/chats/"+chat.ID.String()+"/reply", map[string]string{"text": text}, token(b.manager.token))
		}
		require.Equal(t, http.StatusBadRequest, say(" ").status)
		out := read[gen.Outbound](t, say("Max here"), http.StatusCreated)
		require.Equal(t, "person", out.Kind)
		require.Empty(t, held())
		rows := read[gen.ConversationList](t, b.do("GET", "/v1/conversations?limit=1&open=true", nil, token(b.manager.token)), http.StatusOK).Conversations
		require.Equal(t, chat.ID, rows[0].Conversation.ChatID)
		require.Equal(t, gen.OwnerPerson, rows[0].Conversation.Owner)
		require.Equal(t, http.StatusCreated, say("Anything else?").status)
	})

	t.Run("is assigned to a user of the account", func(t *testing.T) {
		c := b.openConversation(b.visitor(), "hello")
		rung(t, c, func() {
			require.Equal(t, http.StatusNoContent, post(c, "assign", map[string]any{"user_id": b.admin.user.ID}).status)
		})
		require.Equal(t, b.admin.user.ID, *detail(t, c).Conversation.ManagerID)
		require.Equal(t, http.StatusNotFound, post(c, "assign", map[string]any{"user_id": uuid.New()}).status)
		require.Equal(t, http.StatusBadRequest, post(c, "assign", `{}`).status)
	})

	t.Run("typing keeps a lease", func(t *testing.T) {
		c := b.openConversation(b.visitor(), "hello")
		require.Equal(t, http.StatusNoContent, post(c, "typing", nil).status)
		d := detail(t, c)
		require.Equal(t, b.manager.user.ID, *d.Chat.TypingBy)
		require.NotNil(t, d.Chat.TypingUntil)
	})
}

// TestAnotherAccountSeesNothing asks for each thing of an account by its ID,
// as an admin of another one.
func TestAnotherAccountSeesNothing(t *testing.T) {
	t.Parallel()
	b := setup(t)
	_, stranger, _ := b.newAccount("Elsewhere")
	ctx := t.Context()
	_, err := b.store.SetEnabled(ctx, b.account.ID, actor(b.admin.user), true)
	require.NoError(t, err)
	stages, err := b.store.Stages(ctx, b.account.ID)
	require.NoError(t, err)
	trigger, err := b.store.AddTrigger(ctx, actor(b.admin.user), models.Trigger{AccountID: b.account.ID, StageID: stages[0].ID, InboxID: b.website.ID})
	require.NoError(t, err)
	imp, err := b.store.CreateImport(ctx, actor(b.admin.user), models.Import{AccountID: b.account.ID, Kind: models.ImportSource, Name: "a.md", Body: []byte("a")})
	require.NoError(t, err)
	c := b.openConversation(b.visitor(), "hello")

	for _, call := range []struct{ method, path, body string }{
		{"GET", "/v1/conversations/" + c.ID.String(), ""},
		{"POST", "/v1/conversations/" + c.ID.String() + "/reply", `{"text":"hi"}`},
		{"POST", "/v1/chats/" + c.ChatID.String() + "/reply", `{"text":"hi"}`},
		{"POST", "/v1/conversations/" + c.ID.String() + "/typing", ""},
		{"POST", "/v1/conversations/" + c.ID.String() + "/stop", ""},
		{"POST", "/v1/conversations/" + c.ID.String() + "/close", ""},
		{"POST", "/v1/conversations/" + c.ID.String() + "/reopen", ""},
		{"POST", "/v1/conversations/" + c.ID.String() + "/hand-back", ""},
		{"POST", "/v1/conversations/" + c.ID.String() + "/assign", fmt.Sprintf(`{"user_id":%q}`, stranger.user.ID)},
		{"PATCH", "/v1/leads/" + c.LeadID.String(), fmt.Sprintf(`{"stage_id":%q}`, stages[1].ID)},
		{"POST", "/v1/leads/" + c.LeadID.String() + "/serve-again", ""},
		{"PATCH", "/v1/inboxes/" + b.website.ID.String(), `{"name":"mine"}`},
		{"DELETE", "/v1/triggers/" + trigger.ID.String(), ""},
		{"POST", "/v1/triggers", fmt.Sprintf(`{"stage_id":%q,"inbox_id":%q}`, stages[0].ID, b.website.ID)},
		{"GET", "/v1/imports/" + imp.ID.String(), ""},
		{"POST", "/v1/inboxes", fmt.Sprintf(`{"channel":"website","name":"W","manager_id":%q}`, b.admin.user.ID)},
	} {
		t.Run(call.method+" "+call.path, func(t *testing.T) {
			if call.path == "/v1/triggers" {
				other := stranger.user.AccountID
				_, err := b.store.SetEnabled(ctx, other, actor(stranger.user), true)
				require.NoError(t, err)
			}
			r := b.do(call.method, call.path, call.body, token(stranger.token))
			require.Equal(t, http.StatusNotFound, r.status, "%s", r.body)
			require.Equal(t, "not_found", r.code())
		})
	}
	for _, path := range []string{"/v1/conversations", "/v1/leads", "/v1/inboxes", "/v1/triggers", "/v1/products", "/v1/sources"} {
		t.Run("GET "+path+" is empty", func(t *testing.T) {
			r := b.do("GET", path, nil, token(stranger.token))
			require.Equal(t, http.StatusOK, r.status)
			require.Contains(t, string(r.body), ":[]")
		})
	}
	d := read[gen.ConversationDetail](t, b.do("GET", "/v1/conversations/"+c.ID.String(), nil, token(b.admin.token)), http.StatusOK)
	require.Nil(t, d.Lead.AgentStoppedAt)
	require.Nil(t, d.Conversation.ClosedAt)
}
