package api

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"kedai/api/gen"
	"kedai/models"
)

func TestAgentModel(t *testing.T) {
	t.Parallel()
	const path, secret = "/v1/agent/model", "sk-zebrafinch-1234567890"
	b := setup(t)
	put := func(body string) reply { return b.do("PUT", path, body, token(b.admin.token)) }

	require.Equal(t, http.StatusNotFound, b.do("GET", path, nil, token(b.admin.token)).status)
	r := put(`{"provider": "gemini", "name": "gemini-2.5-flash"}`)
	require.Equal(t, http.StatusBadRequest, r.status, "a first one needs a key")
	for _, body := range []string{
		`{"provider": "magic", "name": "m", "key": "k"}`,
		`{"provider": "openai", "name": "", "key": "k"}`,
		`{"provider": "openai", "name": "../../v1/files?x=", "key": "k"}`,
		`{"provider": "openai", "name": "m", "key": "with space"}`,
		`{"provider": "openai", "name": "m", "key": "k", "url": "http://169.254.169.254/"}`,
	} {
		require.Equal(t, http.StatusBadRequest, put(body).status, body)
	}

	r = put(`{"provider": "gemini", "name": "gemini-2.5-flash", "key": "` + secret + `"}`)
	set := read[gen.AgentModel](t, r, http.StatusOK)
	require.Equal(t, []any{"gemini", "gemini-2.5-flash", true}, []any{set.Provider, set.Name, set.KeySet})
	require.NotContains(t, string(r.body), secret)
	_, key, err := b.store.AccountModelKey(t.Context(), b.account.ID)
	require.NoError(t, err)
	require.Equal(t, secret, key.Reveal())

	changed := read[gen.AgentModel](t, put(`{"provider": "gemini", "name": "gemini-2.5-pro"}`), http.StatusOK)
	require.True(t, changed.UpdatedAt.After(set.UpdatedAt), "workers know by the time that it is another one")
	_, key, err = b.store.AccountModelKey(t.Context(), b.account.ID)
	require.NoError(t, err)
	require.Equal(t, secret, key.Reveal(), "the key stays where none is given")
	require.Equal(t, http.StatusBadRequest, put(`{"provider": "openai", "name": "gpt-4.1-mini"}`).status, "another provider's key isn't sent to this one")

	r = b.do("GET", path, nil, token(b.admin.token))
	require.Equal(t, "gemini-2.5-pro", read[gen.AgentModel](t, r, http.StatusOK).Name)
	require.NotContains(t, string(r.body), secret)
	for _, method := range []string{"GET", "PUT", "DELETE"} {
		require.Equal(t, http.StatusForbidden, b.do(method, path, `{"provider": "openai", "name": "m", "key": "k"}`, token(b.manager.token)).status, method)
	}
	_, stranger, _ := b.newAccount("Other")
	require.Equal(t, http.StatusNotFound, b.do("GET", path, nil, token(stranger.token)).status)
	require.Equal(t, http.StatusNotFound, b.do("DELETE", path, nil, token(stranger.token)).status)

	require.Equal(t, http.StatusNoContent, b.do("DELETE", path, nil, token(b.admin.token)).status)
	_, err = b.store.AccountModel(t.Context(), b.account.ID)
	require.Equal(t, models.CodeNotFound, models.CodeOf(err))
	r = b.do("GET", "/v1/audit", nil, token(b.admin.token))
	require.Contains(t, string(r.body), "agent.model")
	require.Contains(t, string(r.body), "new_key")
	require.NotContains(t, string(r.body), secret)
	require.NotContains(t, b.logs.String(), secret)
}
