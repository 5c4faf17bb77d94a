package bench_test

import (
	"context"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"kedai/deploy/bench"
	"kedai/models"
	"kedai/models/store"
)

// The demo shop's visitors: what they ask in each language, and what a right
// answer has in it.
var visitors = map[models.Language][]struct{ ask, want string }{
	models.English: {
		{"How much is the Harbor Stoneware Mug?", "$18.00"},
		{"Is the Harbor Stoneware Mug in Slate Blue in stock?", "out of stock"},
		{"How long do I have to return something?", "45 days"},
		{"Can I talk to a person?", "colleague"},
	},
	models.Spanish: {
		{"¿Cuánto cuesta la lámpara de mesa Colmenilla?", "$1,490.00"},
		{"¿Tienen la taza de gres Bahía en azul pizarra?", "no hay existencias"},
		{"¿Cuántos días tengo para una devolución?", "30 días"},
		{"Quiero hablar con una persona", "compañero"},
	},
	models.Portuguese: {
		{"Quanto custa a faca do chef Kiri?", "R$ 299,90"},
		{"Tem a caneca Enseada na cor azul ardósia?", "não temos"},
		{"Qual é o prazo de devolução?", "30 dias"},
		{"Quero falar com uma pessoa", "colega"},
	},
	models.Russian: {
		{"Сколько стоит льняная скатерть?", "5 490 ₽"},
		{"Есть кружка Гавань в цвете серо-синий?", "нет в наличии"},
		{"Как долго идёт доставка?", "рабочих дн"},
		{"Позовите человека", "коллеге"},
	},
}

// TestDemoShop walks through what a newcomer tries after the first start.
func TestDemoShop(t *testing.T) {
	t.Parallel()
	s := startOwn(t, bench.SystemOptions{Demo: true})
	for language, questions := range visitors {
		t.Run(string(language)+" gets right answers, a handoff, silence, a person, and the agent again", func(t *testing.T) {
			t.Parallel()
			visitor, err := bench.NewVisitor(t.Context(), s.API, demoInbox(t, s, language))
			require.NoError(t, err)
			t.Cleanup(visitor.Close)
			for i, q := range questions {
				reply := ask(t, visitor, q.ask, i+1)
				// Groups of digits are set apart by a space that doesn't break.
				require.Contains(t, strings.ReplaceAll(reply, "\u00a0", " "), q.want, q.ask)
			}
			_, err = visitor.Say(t.Context(), questions[0].ask)
			require.NoError(t, err)
			time.Sleep(2500 * time.Millisecond)
			require.Len(t, visitor.Replies(), len(questions), "the agent is silent after the handoff")
			afterHandoff(t, s, visitor, questions[0].ask, questions[0].want)
		})
	}
}

// afterHandoff has a person reply and close, and the agent serve again.
func afterHandoff(t *testing.T, s *bench.System, visitor *bench.Visitor, question, want string) {
	t.Helper()
	account, conversation := conversationOf(t, s, visitor)
	users, err := s.Store.Users(t.Context(), account)
	require.NoError(t, err)
	actor := models.Actor{UserID: users[0].ID, Role: users[0].Role, Name: "user/" + users[0].ID.String()}
	had := len(visitor.Replies())
	_, _, err = s.Store.Reply(t.Context(), account, conversation, actor, "Here I am.")
	require.NoError(t, err)
	waiting, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	require.NoError(t, visitor.AwaitReplies(waiting, had+1))
	require.Equal(t, "person", visitor.Replies()[had].From)

	settings, err := s.Store.AgentSettings(t.Context(), account)
	require.NoError(t, err)
	settings.CooldownMS = 1000
	_, err = s.Store.SaveAgentSettings(t.Context(), actor, settings)
	require.NoError(t, err)
	_, err = s.Store.CloseConversation(t.Context(), account, conversation, actor)
	require.NoError(t, err)
	require.Contains(t, strings.ReplaceAll(ask(t, visitor, question, had+2), "\u00a0", " "), want)
}

// ask says something and returns the nth reply.
func ask(t *testing.T, visitor *bench.Visitor, text string, n int) string {
	t.Helper()
	_, err := visitor.Say(t.Context(), text)
	require.NoError(t, err)
	waiting, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	require.NoError(t, visitor.AwaitReplies(waiting, n), text)
	return visitor.Replies()[n-1].Text
}

var inboxOfPage = regexp.MustCompile(`data-inbox="([0-9a-f-]+)"`)

// demoInbox reads the inbox off the demo page, as a browser would.
func demoInbox(t *testing.T, s *bench.System, language models.Language) string {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.API+"/demo?lang="+string(language), nil)
	require.NoError(t, err)
	response, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	defer response.Body.Close()
	page, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	found := inboxOfPage.FindSubmatch(page)
	require.Len(t, found, 2, "the page has no chat")
	return string(found[1])
}

// conversationOf finds a visitor's account and open conversation.
func conversationOf(t *testing.T, s *bench.System, visitor *bench.Visitor) (account, conversation uuid.UUID) {
	t.Helper()
	accounts, err := s.Store.System().Accounts(t.Context())
	require.NoError(t, err)
	for _, a := range accounts {
		inboxes, err := s.Store.Inboxes(t.Context(), a.ID)
		require.NoError(t, err)
		chat, err := s.Store.ChatByIdentity(t.Context(), inboxes[0], visitor.Identity())
		if err != nil {
			continue
		}
		rows, err := s.Store.Conversations(t.Context(), a.ID, store.ConversationFilter{OpenOnly: true, Limit: 10})
		require.NoError(t, err)
		for _, row := range rows {
			if row.ChatID == chat.ID {
				return a.ID, row.ID
			}
		}
	}
	require.Fail(t, "the visitor has no open conversation")
	return uuid.Nil, uuid.Nil
}
