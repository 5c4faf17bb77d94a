package api

import (
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"kedai/activities/channels"
	"kedai/models"
	"kedai/models/store"
)

func (b *testBundle) row(query string, args ...any) pgx.Row {
	b.t.Helper()
	conn, err := pgx.Connect(b.t.Context(), b.database)
	require.NoError(b.t, err)
	b.t.Cleanup(func() { conn.Close(b.t.Context()) })
	return conn.QueryRow(b.t.Context(), query, args...)
}

func (b *testBundle) count(query string, args ...any) int {
	b.t.Helper()
	var n int
	require.NoError(b.t, b.row(query, args...).Scan(&n))
	return n
}

func customer(id, chat, text string) map[string]any {
	return map[string]any{"id": id, "kind": "customer", "chat": chat, "name": "Ann", "text": text}
}

func TestRecorderWebhook(t *testing.T) {
	t.Parallel()
	b := setup(t)
	path := "/webhooks/recorder/" + b.recorder.PublicID.String()

	t.Run("stores each event and rings for its chat", func(t *testing.T) {
		require.Equal(t, http.StatusOK, b.hook(customer("a1", "ann", "hi"), customer("a2", "ann", "price?"), customer("b1", "bob", "hello")).status)
		require.Equal(t, 2, b.count("SELECT count(*) FROM messages m JOIN chats c ON c.id = m.chat_id WHERE c.identity = 'ann'"))
		require.Equal(t, 1, b.count("SELECT count(*) FROM messages m JOIN chats c ON c.id = m.chat_id WHERE c.identity = 'bob'"))
		soon(t, "both chats are rung for", func() bool {
			chats := map[uuid.UUID]bool{}
			for _, bell := range b.bells.all() {
				chats[bell.Chat] = true
			}
			return len(chats) == 2
		})
	})

	t.Run("twenty at once are one message", func(t *testing.T) {
		var group sync.WaitGroup
		for range 20 {
			group.Go(func() { require.Equal(t, http.StatusOK, b.hook(customer("c1", "cid", "once")).status) })
		}
		group.Wait()
		require.Equal(t, 1, b.count("SELECT count(*) FROM messages WHERE provider_id = 'c1'"))
		require.Equal(t, 1, b.count("SELECT last_in_seq FROM chats WHERE identity = 'cid'"))
	})

	t.Run("a person's message takes over, another bot's ends the agent", func(t *testing.T) {
		require.Equal(t, http.StatusOK, b.hook(customer("d1", "dan", "hi"), map[string]any{"id": "d2", "kind": "person", "chat": "dan", "text": "I am here"}).status)
		require.Equal(t, 1, b.count("SELECT count(*) FROM conversations v JOIN chats c ON c.id = v.chat_id WHERE c.identity = 'dan' AND v.owner = 'person'"))
		require.Equal(t, http.StatusOK, b.hook(customer("e1", "eve", "hi"), map[string]any{"id": "e2", "kind": "bot", "chat": "eve", "text": "beep"}).status)
		require.Equal(t, 1, b.count("SELECT count(*) FROM conversations v JOIN chats c ON c.id = v.chat_id WHERE c.identity = 'eve' AND v.agent_end_reason = 'other_bot'"))
	})

	t.Run("an echo confirms our send, one of something else is ignored", func(t *testing.T) {
		require.Equal(t, http.StatusOK, b.hook(customer("f1", "fay", "hi")).status)
		chat, err := b.store.ChatByIdentity(t.Context(), b.recorder, "fay")
		require.NoError(t, err)
		_, err = b.store.OpenConversation(t.Context(), b.account.ID, chat.ID)
		require.NoError(t, err)
		rows, err := b.store.Conversations(t.Context(), b.account.ID, store.ConversationFilter{Limit: 1})
		require.NoError(t, err)
		_, out, err := b.store.Reply(t.Context(), b.account.ID, rows[0].ID, actor(b.manager.user), "hello")
		require.NoError(t, err)
		b.bells.forget()
		echo := map[string]any{"id": "p-77", "kind": "echo", "chat": "fay", "text": "hello", "reference": out.ID.String()}
		require.Equal(t, http.StatusOK, b.hook(echo).status)
		require.Equal(t, 1, b.count("SELECT count(*) FROM outbounds WHERE id = $1 AND state = 'sent' AND provider_id = 'p-77'", out.ID))
		soon(t, "the echo is rung for", func() bool { return b.bells.of(chat.ID).Chat == chat.ID })
		b.bells.forget()
		echo["reference"] = uuid.NewString()
		require.Equal(t, http.StatusOK, b.hook(echo).status)
		require.Empty(t, b.bells.all())
	})

	t.Run("what can't be read is kept, and the rest is stored", func(t *testing.T) {
		bad := map[string]any{"id": "g0", "kind": "telepathy", "chat": "gus"}
		for range 2 {
			require.Equal(t, http.StatusOK, b.hook(bad, customer("g1", "gus", "hi")).status)
		}
		var body []byte
		require.NoError(t, b.row("SELECT body FROM unparsed_inbounds").Scan(&body))
		var kept map[string]any
		require.NoError(t, json.Unmarshal(body, &kept))
		require.Equal(t, "telepathy", kept["kind"])
		require.Equal(t, 1, b.count("SELECT count(*) FROM messages WHERE provider_id = 'g1'"))
		require.NotContains(t, b.logs.String(), "telepathy")

		garbage := "no JSON at all"
		sign := header(channels.RecorderSignature, channels.SignRecorder([]byte(garbage), recorderSecret))
		require.Equal(t, http.StatusOK, b.do("POST", path, garbage, sign).status)
		require.Equal(t, 2, b.count("SELECT count(*) FROM unparsed_inbounds"))
	})

	t.Run("a bad signature is 401 and stores nothing", func(t *testing.T) {
		body := `{"events":[{"id":"h1","kind":"customer","chat":"hal","text":"hi"}]}`
		for _, sign := range []string{"", "sha256=", channels.SignRecorder([]byte(body), "another secret"), channels.SignRecorder([]byte(body+" "), recorderSecret)} {
			r := b.do("POST", path, body, header(channels.RecorderSignature, sign))
			require.Equal(t, http.StatusUnauthorized, r.status)
			require.Equal(t, "unauthorized", r.code())
		}
		require.Zero(t, b.count("SELECT count(*) FROM messages WHERE provider_id = 'h1'"))
	})

	t.Run("an unknown inbox is 404, and so is one of another channel", func(t *testing.T) {
		for _, path := range []string{
			"/webhooks/recorder/" + uuid.NewString(), "/webhooks/recorder/x", "/webhooks/recorder/" + b.website.PublicID.String(),
			"/webhooks/website/" + b.website.PublicID.String(), "/webhooks/telepathy/" + b.recorder.PublicID.String(),
		} {
			require.Equal(t, http.StatusNotFound, b.do("POST", path, "{}").status, path)
		}
	})

	t.Run("a body over 1 MB is too large", func(t *testing.T) {
		require.Equal(t, http.StatusRequestEntityTooLarge, b.do("POST", path, strings.Repeat("x", 1<<20+1)).status)
	})

	t.Run("a recorder inbox without a customer's lead keeps its inbox's account", func(t *testing.T) {
		require.Zero(t, b.count("SELECT count(*) FROM messages WHERE account_id <> $1", b.account.ID))
		require.Equal(t, models.ChannelRecorder, b.recorder.Channel)
	})
}
