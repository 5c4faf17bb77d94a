package api

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"kedai/api/gen"
	"kedai/models"
)

func TestSynonyms(t *testing.T) {
	t.Parallel()
	b := setup(t)
	const path = "/v1/knowledge/synonyms"
	list := func(t *testing.T) [][]string {
		t.Helper()
		return read[gen.Synonyms](t, b.do("GET", path, nil, token(b.admin.token)), http.StatusOK).Groups
	}

	t.Run("an admin replaces them, and only an admin", func(t *testing.T) {
		require.Equal(t, [][]string{}, list(t))
		want := [][]string{{"jumper", "sweater"}}
		set := read[gen.Synonyms](t, b.do("PUT", path, `{"groups":[[" jumper ","sweater"]]}`, token(b.admin.token)), http.StatusOK)
		require.Equal(t, want, set.Groups)
		require.Equal(t, want, list(t))
		for _, method := range []string{"GET", "PUT"} {
			require.Equal(t, http.StatusForbidden, b.do(method, path, `{"groups":[]}`, token(b.manager.token)).status)
		}
		_, stranger, _ := b.newAccount("Other")
		require.Empty(t, read[gen.Synonyms](t, b.do("GET", path, nil, token(stranger.token)), http.StatusOK).Groups)
		entry := read[gen.AuditList](t, b.do("GET", "/v1/audit?limit=1", nil, token(b.admin.token)), http.StatusOK).Entries[0]
		require.Equal(t, "knowledge.synonyms", entry.Action)
		require.Equal(t, "user/"+b.admin.user.ID.String(), entry.Actor)
	})
	t.Run("as many as there may be fit", func(t *testing.T) {
		groups := make([][]string, models.MaxSynonymGroups)
		for i := range groups {
			for n := range models.MaxSynonymTerms {
				groups[i] = append(groups[i], strings.Repeat("я", models.MaxSynonymLength-1)+string(rune('a'+n)))
			}
		}
		body, err := json.Marshal(map[string]any{"groups": groups})
		require.NoError(t, err)
		r := b.do("PUT", path, string(body), token(b.admin.token))
		require.Equal(t, http.StatusOK, r.status, "%.200s", r.body)
		require.Len(t, list(t), models.MaxSynonymGroups)
		b.do("PUT", path, `{"groups":[["jumper","sweater"]]}`, token(b.admin.token))
	})
	for name, body := range map[string]string{
		"no groups": `{}`, "null": `{"groups":null}`, "one term": `{"groups":[["a"]]}`, "a term that is no text": `{"groups":[["a",1]]}`,
		"a long term": `{"groups":[["a","` + strings.Repeat("x", 61) + `"]]}`, "a NUL": `{"groups":[["a","b\u0000"]]}`, "a stray field": `{"groups":[],"x":1}`,
		"too many groups": `{"groups":[` + strings.TrimSuffix(strings.Repeat(`["a","b"],`, 501), ",") + `]}`,
	} {
		t.Run("refuses "+name, func(t *testing.T) {
			r := b.do("PUT", path, body, token(b.admin.token))
			require.Equal(t, http.StatusBadRequest, r.status, "%s", r.body)
			require.Equal(t, "invalid", r.code())
			require.Equal(t, [][]string{{"jumper", "sweater"}}, list(t))
		})
	}
}
