package api

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"kedai/api/gen"
	"kedai/models"
	"kedai/models/store"
)

// takeIn does what the ingest does with an upload, without an index.
func (b *testBundle) takeIn(id uuid.UUID) {
	b.t.Helper()
	imp, err := b.store.Import(b.t.Context(), b.account.ID, id)
	require.NoError(b.t, err)
	var revision uuid.UUID
	if imp.RevisionID != nil {
		revision = *imp.RevisionID
	} else {
		title := imp.Title
		if title == "" {
			title = imp.Name
		}
		added, err := b.store.AddRevision(b.t.Context(), imp, imp.Body, store.Reading{
			Title: title, Format: "markdown", Text: string(imp.Body),
			Passages: func(revision uuid.UUID) []models.Passage {
				return []models.Passage{{ID: uuid.NewSHA1(revision, []byte("0")), Text: string(imp.Body)}}
			},
		})
		require.NoError(b.t, err)
		revision = added.ID
	}
	require.NoError(b.t, b.store.TakeIn(b.t.Context(), imp, revision))
}

func (b *testBundle) addText(title, text, query string) uuid.UUID {
	b.t.Helper()
	imp := read[gen.Import](b.t, b.do("POST", "/v1/sources"+query, map[string]string{"title": title, "text": text}, token(b.admin.token)), http.StatusAccepted)
	b.takeIn(imp.ID)
	return *imp.SourceID
}

func TestSources(t *testing.T) {
	t.Parallel()
	b := setup(t)
	admin, manager := token(b.admin.token), token(b.manager.token)
	list := func(t *testing.T, query string) []gen.Source {
		t.Helper()
		return read[gen.SourceList](t, b.do("GET", "/v1/sources"+query, nil, manager), http.StatusOK).Sources
	}

	t.Run("pages follow one another", func(t *testing.T) {
		other := setup(t)
		for _, title := range []string{"A", "B", "C"} {
			other.addText(title, "text", "")
		}
		first := read[gen.SourceList](t, other.do("GET", "/v1/sources?limit=2", nil, token(other.admin.token)), http.StatusOK)
		require.Len(t, first.Sources, 2)
		second := read[gen.SourceList](t, other.do("GET", "/v1/sources?limit=2&after="+*first.Next, nil, token(other.admin.token)), http.StatusOK)
		require.Len(t, second.Sources, 1)
		require.Equal(t, "C", second.Sources[0].Title)
		require.Nil(t, second.Next)
		read[gen.Error](t, other.do("GET", "/v1/sources?after=x", nil, token(other.admin.token)), http.StatusBadRequest)
	})
	t.Run("a text is added, shown, edited, disabled, deleted and restored", func(t *testing.T) {
		imp := read[gen.Import](t, b.do("POST", "/v1/sources", map[string]string{"title": "Returns", "text": "30 days"}, admin), http.StatusAccepted)
		pending := list(t, "")
		require.Len(t, pending, 1)
		require.Equal(t, "pending", pending[0].State)
		require.Nil(t, pending[0].RevisionID)
		require.Empty(t, list(t, "?set=live"))
		soon(t, "its ingest starts", func() bool { return len(b.ingests.all()) > 0 })
		b.takeIn(imp.ID)
		path := "/v1/sources/" + imp.SourceID.String()
		detail := read[gen.SourceDetail](t, b.do("GET", path+"?set=live", nil, manager), http.StatusOK)
		require.Equal(t, "30 days", detail.Text)
		require.Equal(t, "Returns", detail.Source.Title)
		require.Equal(t, "text", detail.Source.Origin)
		require.Len(t, detail.Passages, 1)
		require.Equal(t, 1, detail.PassagesTotal)

		edit := read[gen.Import](t, b.do("PUT", path, map[string]string{"title": "Returns, new", "text": "40 days"}, admin), http.StatusAccepted)
		require.Equal(t, imp.SourceID, edit.SourceID)
		b.takeIn(edit.ID)
		detail = read[gen.SourceDetail](t, b.do("GET", path, nil, manager), http.StatusOK)
		require.Equal(t, "40 days", detail.Text)
		require.Equal(t, "Returns, new", detail.Source.Title)
		require.Len(t, detail.Revisions, 2)

		require.False(t, read[gen.Source](t, b.do("POST", path+"/disable", nil, admin), http.StatusOK).Enabled)
		require.False(t, list(t, "?set=live")[0].Enabled)
		require.True(t, read[gen.Source](t, b.do("POST", path+"/enable", nil, admin), http.StatusOK).Enabled)
		require.Equal(t, http.StatusNoContent, b.do("DELETE", path, nil, admin).status)
		require.Empty(t, list(t, ""))
		require.Empty(t, list(t, "?set=live"))
		require.Len(t, list(t, "?set=deleted"), 1)
		require.Equal(t, http.StatusNotFound, b.do("GET", path, nil, admin).status)
		require.Equal(t, http.StatusConflict, b.do("PUT", path, map[string]string{"title": "A", "text": "b"}, admin).status)
		require.Equal(t, "pending", read[gen.Source](t, b.do("POST", path+"/restore", nil, admin), http.StatusOK).State)
		require.Empty(t, list(t, "?set=deleted"))
	})

	t.Run("each change has its entry in the audit trail", func(t *testing.T) {
		entries := read[gen.AuditList](t, b.do("GET", "/v1/audit?limit=20", nil, admin), http.StatusOK).Entries
		seen := map[string]bool{}
		for _, e := range entries {
			seen[e.Action] = true
			if strings.HasPrefix(e.Action, "source.") {
				require.Equal(t, "user/"+b.admin.user.ID.String(), e.Actor)
			}
		}
		for _, action := range []string{"import.source", "source.disable", "source.enable", "source.delete", "source.restore"} {
			require.True(t, seen[action], action)
		}
	})

	t.Run("refuses what can't be a source", func(t *testing.T) {
		for _, body := range []string{
			`{}`, `{"title":"A"}`, `{"title":"","text":"b"}`, `{"title":"A","text":"  "}`, `{"title":"A","text":"b","url":"https://shop.example/"}`,
			`{"url":"ftp://shop.example/a"}`, `{"url":"https://"}`, `{"url":"https://user:pw@shop.example/"}`, `{"url":"x"}`, `{"title":"A","text":"b","more":1}`,
		} {
			r := b.do("POST", "/v1/sources", body, admin)
			require.Equal(t, http.StatusBadRequest, r.status, "%s: %s", body, r.body)
		}
		for _, path := range []string{"/v1/sources?set=x", "/v1/sources?limit=0", "/v1/sources?limit=501", "/v1/knowledge/findings?set=deleted", "/v1/sources/x"} {
			require.Equal(t, http.StatusBadRequest, b.do("GET", path, nil, admin).status, path)
		}
		r := b.do("POST", "/v1/imports/sources?name=a.xls", "x", admin)
		require.Equal(t, http.StatusBadRequest, r.status)
		require.Contains(t, string(r.body), ".docx")
		require.Equal(t, http.StatusNotFound, b.do("PUT", "/v1/sources/"+uuid.NewString(), map[string]string{"title": "A", "text": "b"}, admin).status)
	})

	t.Run("a file that isn't a text is taken as it is", func(t *testing.T) {
		imp := read[gen.Import](t, b.do("POST", "/v1/imports/sources?name=a.pdf&draft=true", "%PDF\xff", admin), http.StatusAccepted)
		require.True(t, imp.Draft)
		stored, err := b.store.Import(t.Context(), b.account.ID, imp.ID)
		require.NoError(t, err)
		require.Equal(t, "%PDF\xff", string(stored.Body))
	})

	t.Run("a page is known by its address", func(t *testing.T) {
		first := read[gen.Import](t, b.do("POST", "/v1/sources", map[string]string{"url": "https://Shop.example/returns#top"}, admin), http.StatusAccepted)
		again := read[gen.Import](t, b.do("POST", "/v1/sources", map[string]string{"url": "https://shop.example/returns"}, admin), http.StatusAccepted)
		require.Equal(t, first.SourceID, again.SourceID)
	})

	t.Run("managers read and don't change", func(t *testing.T) {
		path := "/v1/sources/" + uuid.NewString()
		for _, call := range [][2]string{
			{"POST", "/v1/sources"},
			{"PUT", path},
			{"DELETE", path},
			{"POST", path + "/enable"},
			{"POST", path + "/disable"},
			{"POST", path + "/restore"},
			{"PATCH", "/v1/agent/draft"},
			{"POST", "/v1/agent/save"},
		} {
			require.Equal(t, http.StatusForbidden, b.do(call[0], call[1], "{}", manager).status, call)
		}
		for _, path := range []string{"/v1/agent/draft", "/v1/knowledge/findings", "/v1/knowledge/suggested"} {
			require.Equal(t, http.StatusOK, b.do("GET", path, nil, manager).status, path)
		}
	})
}

func TestLockedSourceOverTheAPI(t *testing.T) {
	t.Parallel()
	b := setup(t)
	admin := token(b.admin.token)
	imp := read[gen.Import](t, b.do("POST", "/v1/imports/sources?name=returns.md", "30 days", admin), http.StatusAccepted)
	b.takeIn(imp.ID)
	conn, err := pgx.Connect(t.Context(), b.database)
	require.NoError(t, err)
	defer conn.Close(t.Context())
	_, err = conn.Exec(t.Context(), "UPDATE sources SET locked = true, origin = 'store' WHERE id = $1", *imp.SourceID)
	require.NoError(t, err)
	path := "/v1/sources/" + imp.SourceID.String()
	for _, call := range []struct {
		method, path string
		body         any
	}{
		{"POST", "/v1/imports/sources?name=returns.md", "x"},
		{"PUT", path, map[string]string{"title": "A", "text": "b"}},
		{"POST", path + "/disable", nil},
		{"POST", path + "/enable", nil},
		{"POST", path + "/restore", nil},
		{"DELETE", path, nil},
	} {
		for _, query := range []string{"", "draft=true"} {
			target := call.path
			if query != "" {
				target += map[bool]string{true: "&", false: "?"}[strings.Contains(target, "?")] + query
			}
			r := b.do(call.method, target, call.body, admin)
			require.Equal(t, http.StatusConflict, r.status, "%s %s: %s", call.method, target, r.body)
			require.Contains(t, string(r.body), "comes from the store")
		}
	}
	require.Equal(t, "30 days", read[gen.SourceDetail](t, b.do("GET", path, nil, admin), http.StatusOK).Text)
}

func TestAgentDraft(t *testing.T) {
	t.Parallel()
	b := setup(t)
	admin := token(b.admin.token)
	draft := read[gen.AgentDraft](t, b.do("PATCH", "/v1/agent/draft", `{"cooldown_ms":1000,"replies_per_day":5,"handoff_messages":{"en":"A moment"}}`, admin), http.StatusOK)
	require.Equal(t, int64(1000), draft.Settings.CooldownMs)
	require.Len(t, draft.Diff.Settings, 3)
	require.Empty(t, draft.Diff.Sources)
	live := read[gen.Agent](t, b.do("GET", "/v1/agent", nil, admin), http.StatusOK)
	require.NotEqual(t, int64(1000), live.CooldownMs)
	require.Nil(t, live.RepliesPerDay)

	id := b.addText("Returns", "30 days", "?draft=true")
	waiting := read[gen.Import](t, b.do("POST", "/v1/sources?draft=true", map[string]string{"title": "Slow", "text": "x"}, admin), http.StatusAccepted)
	r := b.do("POST", "/v1/agent/save", nil, admin)
	require.Equal(t, http.StatusConflict, r.status)
	require.Contains(t, string(r.body), "Slow (pending)")
	b.takeIn(waiting.ID)
	saved := read[gen.DraftDiff](t, b.do("POST", "/v1/agent/save", nil, admin), http.StatusOK)
	require.Len(t, saved.Settings, 3)
	require.Len(t, saved.Sources, 2)
	require.Equal(t, id, saved.Sources[0].SourceID)
	require.Equal(t, "added", saved.Sources[0].Change)
	live = read[gen.Agent](t, b.do("GET", "/v1/agent", nil, admin), http.StatusOK)
	require.Equal(t, int64(1000), live.CooldownMs)
	require.Equal(t, gen.Texts{"en": "A moment"}, live.HandoffMessages)
	after := read[gen.AgentDraft](t, b.do("GET", "/v1/agent/draft", nil, admin), http.StatusOK)
	require.Empty(t, after.Diff.Settings)
	require.Empty(t, after.Diff.Sources)

	require.Equal(t, http.StatusBadRequest, b.do("PATCH", "/v1/agent/draft", `{"language":"xx"}`, admin).status)
	require.Equal(t, http.StatusBadRequest, b.do("PATCH", "/v1/agent/draft", `{"enabled":true}`, admin).status)
	other, otherAdmin, _ := b.newAccount("Other")
	require.NotEqual(t, b.account.ID, other.ID)
	require.Empty(t, read[gen.SourceList](t, b.do("GET", "/v1/sources?set=live", nil, token(otherAdmin.token)), http.StatusOK).Sources)
	require.Equal(t, http.StatusNotFound, b.do("GET", "/v1/sources/"+id.String(), nil, token(otherAdmin.token)).status)
	require.Equal(t, http.StatusNotFound, b.do("DELETE", "/v1/sources/"+id.String(), nil, token(otherAdmin.token)).status)
}
