package bench_test

import (
	"fmt"
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
// what is live, and counts the rows of all its tables.
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
	before := counts(t, s)

	t.Run("the draft's text is answered from on the draft only", func(t *testing.T) {
		onDraft, onLive := begin(t, map[string]any{}), begin(t, map[string]any{"set": "live"})
		draft, live := ask(t, onDraft, question), ask(t, onLive, question)
		require.Contains(t, draft.Reply, "22 USD")
		require.NotContains(t, draft.Reply, "11 USD")
		require.Contains(t, live.Reply, "11 USD")
		require.NotContains(t, live.Reply, "22 USD")
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
	t.Run("nothing but the Playground's own tables has changed", func(t *testing.T) {
		require.Positive(t, counts(t, s)["playground_turns"])
		after := counts(t, s)
		delete(before, "playground_chats")
		delete(before, "playground_turns")
		for table, had := range before {
			require.Equal(t, had, after[table], table)
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

// counts returns how many rows each table has. The API's and worker's own upkeep
// writes none while nobody uses the system.
func counts(t *testing.T, s *bench.System) map[string]int {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), s.Superuser)
	require.NoError(t, err)
	defer conn.Close(t.Context())
	rows, err := conn.Query(t.Context(), "SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'")
	require.NoError(t, err)
	tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
	require.NoError(t, err)
	out := map[string]int{}
	for _, table := range tables {
		var n int
		require.NoError(t, conn.QueryRow(t.Context(), fmt.Sprintf("SELECT count(*) FROM %q", table)).Scan(&n))
		out[table] = n
	}
	for _, table := range []string{"contacts", "leads", "chats", "conversations", "turns", "evidence", "messages", "outbounds", "notifications", "usage_counters", "audit_entries"} {
		require.Contains(t, out, table)
	}
	return out
}
