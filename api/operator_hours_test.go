package api

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"kedai/api/gen"
)

const shopHours = `{"week":{"monday":[{"from":"09:00","until":"13:00"},{"from":"14:00","until":"18:00"}],"saturday":[{"from":"10:00","until":"14:00"}]},
	"special_days":{"2026-12-25":[],"2026-12-24":[{"from":"09:00","until":"13:00"}]}}`

func TestBusinessHours(t *testing.T) {
	t.Parallel()
	b := setup(t)
	admin := token(b.admin.token)
	patch := func(t *testing.T, body string) gen.Agent {
		t.Helper()
		return read[gen.Agent](t, b.do("PATCH", "/v1/agent", body, admin), http.StatusOK)
	}

	t.Run("there are none at first", func(t *testing.T) {
		before := read[gen.Agent](t, b.do("GET", "/v1/agent", nil, token(b.manager.token)), http.StatusOK)
		require.Nil(t, before.BusinessHours)
		require.Empty(t, before.AfterHoursMessages)
	})
	t.Run("what is set is shown, with each weekday", func(t *testing.T) {
		after := patch(t, `{"business_hours":`+shopHours+`,"after_hours_messages":{"en":"We answer from {opens}."}}`)
		require.Equal(t, gen.AfterHoursTexts{"en": "We answer from {opens}."}, after.AfterHoursMessages)
		week := after.BusinessHours.Week
		require.Equal(t, []gen.Interval{{From: "09:00", Until: "13:00"}, {From: "14:00", Until: "18:00"}}, *week.Monday)
		require.Equal(t, []gen.Interval{{From: "10:00", Until: "14:00"}}, *week.Saturday)
		require.Equal(t, []gen.Interval{}, *week.Sunday)
		require.Equal(t, map[string][]gen.Interval{"2026-12-25": {}, "2026-12-24": {{From: "09:00", Until: "13:00"}}}, *after.BusinessHours.SpecialDays)
		require.Equal(t, after.BusinessHours, read[gen.Agent](t, b.do("GET", "/v1/agent", nil, admin), http.StatusOK).BusinessHours)
	})
	t.Run("what is left out stays, hours that are given are all, texts are merged", func(t *testing.T) {
		require.NotNil(t, patch(t, `{"cooldown_ms":1000}`).BusinessHours)
		after := patch(t, `{"business_hours":{"week":{"tuesday":[{"from":"00:00","until":"24:00"}]}},"after_hours_messages":{"es":"Desde {opens}"}}`)
		require.Empty(t, *after.BusinessHours.Week.Monday)
		require.Len(t, *after.BusinessHours.Week.Tuesday, 1)
		require.Empty(t, *after.BusinessHours.SpecialDays)
		require.Equal(t, gen.AfterHoursTexts{"en": "We answer from {opens}.", "es": "Desde {opens}"}, after.AfterHoursMessages)
		require.Equal(t, gen.AfterHoursTexts{"es": "Desde {opens}"}, patch(t, `{"after_hours_messages":{"en":""}}`).AfterHoursMessages)
	})
	t.Run("null and no day at all are no hours", func(t *testing.T) {
		for _, none := range []string{`null`, `{}`, `{"week":{}}`, `{"week":{"monday":[]},"special_days":{}}`} {
			patch(t, `{"business_hours":`+shopHours+`}`)
			require.Nil(t, patch(t, `{"business_hours":`+none+`}`).BusinessHours, none)
		}
	})
	t.Run("the draft has hours of its own until it is saved", func(t *testing.T) {
		draft := read[gen.AgentDraft](t, b.do("PATCH", "/v1/agent/draft", `{"business_hours":`+shopHours+`,"after_hours_messages":{"en":"From {opens}"}}`, admin), http.StatusOK)
		require.Len(t, *draft.Settings.BusinessHours.Week.Monday, 2)
		require.Equal(t, []string{"business_hours", "after_hours_messages"}, []string{draft.Diff.Settings[0].Field, draft.Diff.Settings[1].Field})
		require.Nil(t, read[gen.Agent](t, b.do("GET", "/v1/agent", nil, admin), http.StatusOK).BusinessHours)
		require.Equal(t, http.StatusOK, b.do("POST", "/v1/agent/save", nil, admin).status)
		live := read[gen.Agent](t, b.do("GET", "/v1/agent", nil, admin), http.StatusOK)
		require.Equal(t, draft.Settings.BusinessHours, live.BusinessHours)
		require.Equal(t, "From {opens}", live.AfterHoursMessages["en"])
		require.Empty(t, read[gen.AgentDraft](t, b.do("GET", "/v1/agent/draft", nil, admin), http.StatusOK).Diff.Settings)
	})

	for name, refused := range map[string]struct{ body, says string }{
		"a time of another form":             {`{"business_hours":{"week":{"monday":[{"from":"9am","until":"18:00"}]}}}`, `business_hours.week.monday opens at \"9am\"`},
		"half an interval":                   {`{"business_hours":{"week":{"monday":[{"from":"09:00"}]}}}`, "business_hours.week.monday closes at"},
		"hours past midnight":                {`{"business_hours":{"week":{"monday":[{"from":"22:00","until":"02:00"}]}}}`, "past midnight"},
		"an overlap":                         {`{"business_hours":{"week":{"monday":[{"from":"09:00","until":"12:00"},{"from":"11:00","until":"13:00"}]}}}`, "overlap"},
		"an unknown weekday":                 {`{"business_hours":{"week":{"lunes":[]}}}`, `unknown field \"lunes\"`},
		"an unknown field of hours":          {`{"business_hours":{"zone":"UTC"}}`, `unknown field \"zone\"`},
		"a day that doesn't exist":           {`{"business_hours":{"special_days":{"2026-02-30":[]}}}`, "isn't a date"},
		"a number for a time":                {`{"business_hours":{"week":{"monday":[{"from":9,"until":"18:00"}]}}}`, "can't be a number"},
		"an unknown placeholder":             {`{"after_hours_messages":{"en":"Back at {time}"}}`, "only {opens} is filled in"},
		"a placeholder in the plain message": {`{"handoff_messages":{"en":"Back at {opens}"}}`, "handoff_messages has braces"},
		"an unknown language":                {`{"after_hours_messages":{"xx":"a"}}`, "unknown language"},
		"an endless text":                    {`{"after_hours_messages":{"en":"` + strings.Repeat("x", 2001) + `"}}`, "after_hours_messages: a text has more than 2000 characters"},
	} {
		t.Run("refuses "+name, func(t *testing.T) {
			for _, path := range []string{"/v1/agent", "/v1/agent/draft"} {
				r := b.do("PATCH", path, refused.body, admin)
				require.Equal(t, http.StatusBadRequest, r.status, "%s", r.body)
				require.Equal(t, "invalid", r.code())
				require.Contains(t, string(r.body), refused.says)
			}
		})
	}
}

func TestTimeZone(t *testing.T) {
	t.Parallel()
	b := setup(t)
	after := read[gen.Account](t, b.do("PATCH", "/v1/account", `{"time_zone":"America/Sao_Paulo"}`, token(b.admin.token)), http.StatusOK)
	require.Equal(t, "America/Sao_Paulo", after.TimeZone)
	require.Equal(t, after, read[gen.Account](t, b.do("GET", "/v1/account", nil, token(b.manager.token)), http.StatusOK))
	entry := read[gen.AuditList](t, b.do("GET", "/v1/audit?limit=1", nil, token(b.admin.token)), http.StatusOK).Entries[0]
	require.Equal(t, "account.time_zone", entry.Action)
	require.Equal(t, map[string]any{"time_zone": "America/Sao_Paulo"}, entry.After)

	for _, body := range []string{`{}`, `{"time_zone":null}`, `{"time_zone":""}`, `{"time_zone":"Local"}`, `{"time_zone":"Brasília"}`, `{"time_zone":"UTC","name":"Mine"}`} {
		r := b.do("PATCH", "/v1/account", body, token(b.admin.token))
		require.Equal(t, http.StatusBadRequest, r.status, body)
		require.Equal(t, "invalid", r.code())
	}
	require.Equal(t, http.StatusForbidden, b.do("PATCH", "/v1/account", `{"time_zone":"UTC"}`, token(b.manager.token)).status)
}
