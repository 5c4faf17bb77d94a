package bench_test

import (
	"fmt"
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"kedai/api/gen"
	"kedai/deploy/bench"
	"kedai/models"
)

// TestPlayground asks a whole system what its agent would do on the draft and on
// what is live, and compares the rows of customers' chats before and after.
func TestPlayground(t *testing.T) {
	s := start(t)
	shop := openShop(t, s)
	begin := func(t *testing.T, body map[string]any) uuid.UUID {
		t.Helper()
		var chat gen.Playground
		require.NoError(t, shop.Call(t.Context(), http.MethodPost, "/v1/playground", body, &chat))
		return chat.ID
	}
	ask := func(t *testing.T, chat uuid.UUID, messages ...string) gen.PlaygroundTurn {
		t.Helper()
		var turn gen.PlaygroundTurn
		require.NoError(t, shop.Call(t.Context(), http.MethodPost, "/v1/playground/"+chat.String()+"/turns", map[string]any{"messages": messages}, &turn))
		return turn
	}
	write := func(t *testing.T, method, path, amount string) uuid.UUID {
		t.Helper()
		var imp struct {
			SourceID uuid.UUID `json:"source_id"`
		}
		require.NoError(t, shop.Call(t.Context(), method, path, map[string]any{"title": "Giraffe policy", "text": "## Gift wrapping\n\nGift wrapping of giraffes costs " + amount + ".\n\nRibbons are red.\n"}, &imp))
		require.Eventually(t, func() bool {
			detail, err := s.Store.Source(t.Context(), shop.Account.ID, models.SetDraft, imp.SourceID)
			return err == nil && detail.State == models.SourceSynced && strings.Contains(detail.Text, amount)
		}, patience, 50*time.Millisecond)
		return imp.SourceID
	}
	const question = "What is the gift wrapping policy for giraffes?"
	source := write(t, http.MethodPost, "/v1/sources", "11 USD")
	write(t, http.MethodPut, "/v1/sources/"+source.String()+"?draft=true", "22 USD")
	visitor := openChats(t, shop, 1)[0]
	require.NoError(t, visitor.Say(t.Context(), question))
	require.NoError(t, visitor.Await(t.Context(), 1))
	before := rowsOf(t, s, shop.Account.ID)
	require.Eventually(t, func() bool { // The run and the doorbell note how they went after the reply.
		was := before
		before = rowsOf(t, s, shop.Account.ID)
		return maps.Equal(was, before)
	}, patience, time.Second)

	t.Run("the draft's text is answered from on the draft only", func(t *testing.T) {
		onDraft, onLive := begin(t, map[string]any{}), begin(t, map[string]any{"set": "live"})
		draft, live := ask(t, onDraft, question), ask(t, onLive, question)
		require.Contains(t, draft.Reply, "22 USD")
		require.NotContains(t, draft.Reply, "11 USD")
		require.Contains(t, live.Reply, "11 USD")
		require.NotContains(t, live.Reply, "22 USD")
		require.Equal(t, visitor.Customer().Got[0], live.Reply, "as a customer's chat")
		require.Equal(t, "answer", draft.Action)
		require.Equal(t, "builtin", draft.Engine)
		var used []string
		for _, e := range draft.Evidence {
			if e.Cited {
				used = append(used, e.Sentences...)
			}
		}
		require.Contains(t, used, "Gift wrapping of giraffes costs 22 USD.")
	})
	t.Run("it goes on after what would be a handoff", func(t *testing.T) {
		chat := begin(t, map[string]any{"identity": map[string]any{"email": "ana@example.com"}})
		turn := ask(t, chat, "I want to speak with a human")
		require.Equal(t, "handoff", turn.Action)
		require.Equal(t, "customer_request", turn.Would.Handoff.Reason)
		require.NotEmpty(t, turn.Would.Handoff.Text)
		require.Contains(t, ask(t, chat, question).Reply, "22 USD")
	})
	t.Run("customers' chats, leads, limits and settings are as they were", func(t *testing.T) {
		require.Equal(t, before, rowsOf(t, s, shop.Account.ID))
		for _, table := range []string{"contacts", "leads", "chats", "conversations", "turns", "evidence", "messages", "outbounds"} {
			require.NotZero(t, before[table].n, table)
		}
	})
	t.Run("another account can't use the chat", func(t *testing.T) {
		chat := begin(t, map[string]any{})
		other := openShop(t, s)
		for _, call := range [][2]string{{http.MethodGet, ""}, {http.MethodPost, "/turns"}} {
			var refused *bench.StatusError
			err := other.Call(t.Context(), call[0], "/v1/playground/"+chat.String()+call[1], map[string]any{"messages": []string{"Hello?"}}, nil)
			require.ErrorAs(t, err, &refused)
			require.Equal(t, http.StatusNotFound, refused.Status)
		}
	})
}

// tableRows are an account's rows in one table: how many, and what is in them.
type tableRows struct {
	n   int
	sum string
}

// rowsOf returns what an account has in each table that the Playground must not
// touch.
func rowsOf(t *testing.T, s *bench.System, account uuid.UUID) map[string]tableRows {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), s.Superuser)
	require.NoError(t, err)
	defer conn.Close(t.Context())
	out := map[string]tableRows{}
	for _, table := range []string{
		"contacts", "leads", "chats", "conversations", "turns", "evidence", "messages", "outbounds", "send_attempts", "unparsed_inbounds",
		"notifications", "usage_counters", "audit_entries", "inboxes", "stages", "triggers", "agent_settings", "agent_drafts", "products", "orders",
	} {
		var rows tableRows
		err := conn.QueryRow(t.Context(), fmt.Sprintf("SELECT count(*), md5(coalesce(string_agg(r::text, ' ' ORDER BY r::text), '')) FROM %s r WHERE account_id = $1", table), account).
			Scan(&rows.n, &rows.sum)
		require.NoError(t, err)
		out[table] = rows
	}
	return out
}
