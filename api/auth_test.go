package api

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
)

func TestRights(t *testing.T) {
	t.Parallel()
	b := setup(t)

	routes := map[string]bool{}
	for _, route := range b.server.router.Routes() {
		if strings.HasPrefix(route.Path, "/v1/") && !strings.HasPrefix(route.Path, "/v1/widget/") {
			routes[route.Method+" "+route.Path] = true
		}
	}
	require.Greater(t, len(routes), 30)

	t.Run("managers' rights name routes that there are", func(t *testing.T) {
		for route := range managerMay {
			require.True(t, routes[route], route)
		}
	})

	for route := range routes {
		method, path, _ := strings.Cut(route, " ")
		path = strings.ReplaceAll(path, ":id", uuid.NewString())
		t.Run("nobody without a token may "+route, func(t *testing.T) {
			for _, option := range []with{func(*http.Request) {}, token("kd_unknown"), header("Authorization", "Basic abc"), token("")} {
				r := b.do(method, path, nil, option)
				require.Equal(t, http.StatusUnauthorized, r.status)
				require.Equal(t, "unauthorized", r.code())
				require.Equal(t, "Bearer", r.header.Get("WWW-Authenticate"))
			}
		})
		if !managerMay[route] {
			t.Run("a manager may not "+route, func(t *testing.T) {
				r := b.do(method, path, nil, token(b.manager.token))
				require.Equal(t, http.StatusForbidden, r.status)
				require.Equal(t, "forbidden", r.code())
			})
		}
	}

	t.Run("what sets the shop up needs an admin", func(t *testing.T) {
		for _, route := range []string{
			"PATCH /v1/agent", "PUT /v1/agent/enabled", "POST /v1/limits/reset", "POST /v1/inboxes", "PATCH /v1/inboxes/:id", "POST /v1/users",
			"POST /v1/triggers", "DELETE /v1/triggers/:id", "POST /v1/imports/products", "POST /v1/imports/sources", "GET /v1/imports/:id",
			"POST /v1/leads/:id/serve-again", "GET /v1/audit",
		} {
			require.True(t, routes[route], route)
			require.False(t, managerMay[route], route)
		}
	})

	t.Run("a visitor's token is no operator's, nor the other way round", func(t *testing.T) {
		v := b.visitor()
		require.Equal(t, http.StatusUnauthorized, b.do("GET", "/v1/me", nil, token(v.token)).status)
		require.Equal(t, http.StatusUnauthorized, b.do("GET", b.widget("/messages"), nil, token(b.admin.token)).status)
	})

	t.Run("tokens stay out of the log", func(t *testing.T) {
		require.Contains(t, b.logs.String(), "route=/v1/agent")
		require.NotContains(t, b.logs.String(), b.manager.token)
		require.NotContains(t, b.logs.String(), "kd_unknown")
	})
}
