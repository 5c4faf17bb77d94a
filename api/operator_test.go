package api

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"kedai/activities/channels"
	"kedai/api/gen"
	"kedai/models"
)

func TestPeople(t *testing.T) {
	t.Parallel()
	b := setup(t)

	t.Run("me and account", func(t *testing.T) {
		me := read[gen.User](t, b.do("GET", "/v1/me", nil, token(b.manager.token)), http.StatusOK)
		require.Equal(t, b.manager.user.ID, me.ID)
		require.Equal(t, gen.Manager, me.Role)
		account := read[gen.Account](t, b.do("GET", "/v1/account", nil, token(b.manager.token)), http.StatusOK)
		require.Equal(t, b.account.ID, account.ID)
		require.Equal(t, "EUR", account.Currency)
	})

	t.Run("a new user's token works at once and is shown once", func(t *testing.T) {
		created := read[gen.CreatedUser](t, b.do("POST", "/v1/users", `{"name":" Zoe ","role":"manager","email":"zoe@shop.example"}`, token(b.admin.token)), http.StatusCreated)
		require.Equal(t, "Zoe", created.User.Name)
		require.False(t, created.User.CreatedAt.IsZero())
		me := read[gen.User](t, b.do("GET", "/v1/me", nil, token(created.Token)), http.StatusOK)
		require.Equal(t, created.User.ID, me.ID)
		users := read[gen.UserList](t, b.do("GET", "/v1/users", nil, token(b.manager.token)), http.StatusOK)
		require.Len(t, users.Users, 3)
		require.NotContains(t, b.logs.String(), created.Token)
	})

	for name, body := range map[string]string{
		"no name":       `{"name":" ","role":"manager"}`,
		"a long name":   `{"name":"` + strings.Repeat("x", 201) + `","role":"manager"}`,
		"no role":       `{"name":"Zoe"}`,
		"a null role":   `{"name":"Zoe","role":null}`,
		"another role":  `{"name":"Zoe","role":"owner"}`,
		"an ill e-mail": `{"name":"Zoe","role":"admin","email":"zoe"}`,
		"a NUL":         `{"name":"Z\u0000e","role":"admin"}`,
		"a stray field": `{"name":"Zoe","role":"admin","password":"x"}`,
	} {
		t.Run("refuses a user with "+name, func(t *testing.T) {
			r := b.do("POST", "/v1/users", body, token(b.admin.token))
			require.Equal(t, http.StatusBadRequest, r.status, "%s", r.body)
			require.Equal(t, "invalid", r.code())
		})
	}

	t.Run("the audit trail names who did what", func(t *testing.T) {
		list := read[gen.AuditList](t, b.do("GET", "/v1/audit?limit=2", nil, token(b.admin.token)), http.StatusOK)
		require.Len(t, list.Entries, 2)
		require.Equal(t, []string{"token.create", "user.create"}, []string{list.Entries[0].Action, list.Entries[1].Action})
		for _, entry := range list.Entries {
			require.Equal(t, "user/"+b.admin.user.ID.String(), entry.Actor)
		}
		for _, limit := range []string{"0", "501", "x"} {
			require.Equal(t, http.StatusBadRequest, b.do("GET", "/v1/audit?limit="+limit, nil, token(b.admin.token)).status)
		}
	})
}

func TestAgentSettings(t *testing.T) {
	t.Parallel()
	b := setup(t)
	patch := func(t *testing.T, body string) gen.Agent {
		t.Helper()
		return read[gen.Agent](t, b.do("PATCH", "/v1/agent", body, token(b.admin.token)), http.StatusOK)
	}

	t.Run("a patch changes what it names", func(t *testing.T) {
		before := read[gen.Agent](t, b.do("GET", "/v1/agent", nil, token(b.manager.token)), http.StatusOK)
		require.False(t, before.Enabled)
		require.Nil(t, before.RepliesPerDay)
		after := patch(t, `{"language":"es","cooldown_ms":1000,"replies_per_day":5,"handoff_messages":{"es":"Un momento","en":"A moment"}}`)
		require.Equal(t, "es", after.Language)
		require.Equal(t, int64(1000), after.CooldownMs)
		require.Equal(t, int64(5), *after.RepliesPerDay)
		require.Equal(t, before.AutoCloseMs, after.AutoCloseMs)
		require.Equal(t, gen.Texts{"es": "Un momento", "en": "A moment"}, after.HandoffMessages)
	})

	t.Run("what is left out stays, null lifts the limit, an empty text goes", func(t *testing.T) {
		require.Equal(t, int64(5), *patch(t, `{"burst_quiet_ms":800}`).RepliesPerDay)
		after := patch(t, `{"replies_per_day":null,"handoff_messages":{"en":""}}`)
		require.Nil(t, after.RepliesPerDay)
		require.Equal(t, gen.Texts{"es": "Un momento"}, after.HandoffMessages)
		require.Equal(t, gen.Texts{}, patch(t, `{"handoff_messages":null}`).HandoffMessages)
		require.Equal(t, "es", patch(t, `{}`).Language)
	})

	t.Run("patches at once lose nothing of each other", func(t *testing.T) {
		before := read[gen.Agent](t, b.do("GET", "/v1/agent", nil, token(b.manager.token)), http.StatusOK)
		for round := range int64(10) {
			fields := []string{"burst_question_ms", "burst_quiet_ms", "burst_max_ms", "final_after_ms", "typing_lease_ms", "unknown_send_ms"}
			want := 1000 + round
			var group sync.WaitGroup
			for _, field := range fields {
				group.Go(func() { patch(t, fmt.Sprintf(`{%q:%d}`, field, want)) })
			}
			group.Wait()
			now := read[gen.Agent](t, b.do("GET", "/v1/agent", nil, token(b.manager.token)), http.StatusOK)
			require.Equal(t, []int64{want, want, want, want, want, want},
				[]int64{now.BurstQuestionMs, now.BurstQuietMs, now.BurstMaxMs, now.FinalAfterMs, now.TypingLeaseMs, now.UnknownSendMs})
			require.Equal(t, before.CooldownMs, now.CooldownMs)
		}
	})

	t.Run("the audit trail has what was and what is", func(t *testing.T) {
		patch(t, `{"handoff_messages":{"es":"Antes"}}`)
		patch(t, `{"handoff_messages":{"es":"Ahora"}}`)
		entry := read[gen.AuditList](t, b.do("GET", "/v1/audit?limit=1", nil, token(b.admin.token)), http.StatusOK).Entries[0]
		require.Equal(t, "Antes", entry.Before.(map[string]any)["handoff_messages"].(map[string]any)["es"])
		require.Equal(t, "Ahora", entry.After.(map[string]any)["handoff_messages"].(map[string]any)["es"])
	})

	for name, body := range map[string]string{
		"an unknown language":        `{"language":"xx"}`,
		"an unknown text's language": `{"handoff_messages":{"xx":"a"}}`,
		"an endless text":            `{"handoff_messages":{"en":"` + strings.Repeat("x", 2001) + `"}}`,
		"a negative wait":            `{"burst_quiet_ms":-1}`,
		"a word for a number":        `{"cooldown_ms":"long"}`,
		"a fraction":                 `{"cooldown_ms":1.5}`,
		"the toggle":                 `{"enabled":true}`,
		"another account":            `{"account_id":"` + uuid.NewString() + `"}`,
		"an unknown field":           `{"mood":"merry"}`,
		"a list":                     `[]`,
		"nothing":                    ``,
		"null":                       `null`,
		"two objects":                `{}{}`,
		"half an object":             `{"language":"en"`,
	} {
		t.Run("refuses "+name, func(t *testing.T) {
			r := b.do("PATCH", "/v1/agent", body, token(b.admin.token))
			require.Equal(t, http.StatusBadRequest, r.status, "%s", r.body)
			require.Equal(t, "invalid", r.code())
		})
	}

	t.Run("an unknown field is named", func(t *testing.T) {
		r := b.do("PATCH", "/v1/agent", `{"mood":"merry"}`, token(b.admin.token))
		require.Contains(t, string(r.body), `unknown field \"mood\"`)
	})

	t.Run("the toggle ends the agent wherever it serves", func(t *testing.T) {
		on := read[gen.Agent](t, b.do("PUT", "/v1/agent/enabled", `{"enabled":true}`, token(b.admin.token)), http.StatusOK)
		require.True(t, on.Enabled)
		conversation := b.openConversation(b.visitor(), "hello")
		require.Equal(t, http.StatusNoContent, b.do("POST", "/v1/conversations/"+conversation.ID.String()+"/hand-back", nil, token(b.manager.token)).status)
		b.bells.forget()
		off := read[gen.Agent](t, b.do("PUT", "/v1/agent/enabled", `{"enabled":false}`, token(b.admin.token)), http.StatusOK)
		require.False(t, off.Enabled)
		require.Equal(t, conversation.ChatID, b.bells.of(conversation.ChatID).Chat)
		detail := read[gen.ConversationDetail](t, b.do("GET", "/v1/conversations/"+conversation.ID.String(), nil, token(b.manager.token)), http.StatusOK)
		require.Equal(t, "agent_off", *detail.Conversation.AgentEndReason)
	})

	t.Run("the toggle needs its value", func(t *testing.T) {
		for _, body := range []string{`{}`, `{"enabled":null}`, `{"enabled":"yes"}`, `{"Enabled":true}`} {
			require.Equal(t, http.StatusBadRequest, b.do("PUT", "/v1/agent/enabled", body, token(b.admin.token)).status, body)
		}
	})

	t.Run("the day's limit is reset", func(t *testing.T) {
		require.Equal(t, http.StatusNoContent, b.do("POST", "/v1/limits/reset", nil, token(b.admin.token)).status)
	})
}

func TestInboxes(t *testing.T) {
	t.Parallel()
	b := setup(t)
	create := func(body string) reply { return b.do("POST", "/v1/inboxes", body, token(b.admin.token)) }

	t.Run("is connected, with its origins as browsers send them and its secret unseen", func(t *testing.T) {
		r := create(`{"channel":"website","name":"Shop","agent_selected":true,"allowed_origins":["https://Shop.example:443/"],"secret":"0123456789abcdef"}`)
		inbox := read[gen.Inbox](t, r, http.StatusCreated)
		require.Equal(t, []string{"https://shop.example"}, inbox.AllowedOrigins)
		require.False(t, inbox.CreatedAt.IsZero())
		require.NotEqual(t, inbox.ID, inbox.PublicID)
		list := b.do("GET", "/v1/inboxes", nil, token(b.manager.token))
		require.Len(t, read[gen.InboxList](t, list, http.StatusOK).Inboxes, 3)
		for _, r := range []reply{r, list, b.do("GET", "/v1/audit", nil, token(b.admin.token))} {
			require.NotContains(t, string(r.body), "0123456789abcdef")
		}
		require.NotContains(t, b.logs.String(), "0123456789abcdef")
		require.Equal(t, http.StatusOK, b.do("POST", "/v1/widget/"+inbox.PublicID.String()+"/session", "{}", header("Origin", "https://shop.example")).status)
	})

	t.Run("a recorder needs an endpoint and a secret", func(t *testing.T) {
		inbox := read[gen.Inbox](t, create(`{"channel":"recorder","name":"R","endpoint":"http://127.0.0.1:1/x","secret":"0123456789abcdef"}`), http.StatusCreated)
		require.Equal(t, "http://127.0.0.1:1/x", inbox.Endpoint)
	})

	for name, body := range map[string]string{
		"an unknown channel":    `{"channel":"whatsapp_lite","name":"W"}`,
		"no name":               `{"channel":"website"}`,
		"an empty name":         `{"channel":"website","name":""}`,
		"every origin":          `{"channel":"website","name":"W","allowed_origins":["*"]}`,
		"a path for an origin":  `{"channel":"website","name":"W","allowed_origins":["https://a.example/shop"]}`,
		"a short secret":        `{"channel":"website","name":"W","secret":"short"}`,
		"no endpoint":           `{"channel":"recorder","name":"R","secret":"0123456789abcdef"}`,
		"no secret":             `{"channel":"recorder","name":"R","endpoint":"http://127.0.0.1:1/"}`,
		"an ill endpoint":       `{"channel":"recorder","name":"R","endpoint":"ftp://x/","secret":"0123456789abcdef"}`,
		"a password in it":      `{"channel":"recorder","name":"R","endpoint":"http://u:p@x/","secret":"0123456789abcdef"}`,
		"an ill manager":        `{"channel":"website","name":"W","manager_id":"x"}`,
		"a public ID to choose": `{"channel":"website","name":"W","public_id":"` + uuid.NewString() + `"}`,
	} {
		t.Run("refuses "+name, func(t *testing.T) {
			r := create(body)
			require.Equal(t, http.StatusBadRequest, r.status, "%s", r.body)
		})
	}

	t.Run("a manager who isn't there is 404", func(t *testing.T) {
		require.Equal(t, http.StatusNotFound, create(`{"channel":"website","name":"W","manager_id":"`+uuid.NewString()+`"}`).status)
	})

	t.Run("a patch changes what it names, at once", func(t *testing.T) {
		path := "/v1/inboxes/" + b.website.ID.String()
		b.visitor() // The inbox is known from here on.
		inbox := read[gen.Inbox](t, b.do("PATCH", path, `{"allowed_origins":["https://new.example"],"manager_id":"`+b.manager.user.ID.String()+`"}`, token(b.admin.token)), http.StatusOK)
		require.Equal(t, "Site", inbox.Name)
		require.Equal(t, b.manager.user.ID, *inbox.ManagerID)
		require.Equal(t, http.StatusForbidden, b.do("POST", b.widget("/session"), "{}", header("Origin", shopOrigin)).status)
		require.Equal(t, http.StatusOK, b.do("POST", b.widget("/session"), "{}", header("Origin", "https://new.example")).status)
		inbox = read[gen.Inbox](t, b.do("PATCH", path, `{"manager_id":null,"agent_selected":false,"allowed_origins":[]}`, token(b.admin.token)), http.StatusOK)
		require.Nil(t, inbox.ManagerID)
		require.False(t, inbox.AgentSelected)
		require.Empty(t, inbox.AllowedOrigins)
		for _, body := range []string{`{"allowed_origins":["*"]}`, `{"name":""}`, `{"channel":"recorder"}`, `{"secret":"short"}`, `{"secret":""}`, `{"endpoint":"x"}`} {
			require.Equal(t, http.StatusBadRequest, b.do("PATCH", path, body, token(b.admin.token)).status, body)
		}
		require.Equal(t, http.StatusBadRequest, b.do("PATCH", "/v1/inboxes/x", `{}`, token(b.admin.token)).status)
		require.Equal(t, http.StatusNotFound, b.do("PATCH", "/v1/inboxes/"+uuid.NewString(), `{}`, token(b.admin.token)).status)
	})
}

func TestInboxPatches(t *testing.T) {
	t.Parallel()
	b := setup(t)
	patch := func(t *testing.T, inbox models.Inbox, body string) reply {
		t.Helper()
		r := b.do("PATCH", "/v1/inboxes/"+inbox.ID.String(), body, token(b.admin.token))
		require.Equal(t, http.StatusOK, r.status, "%s", r.body)
		return r
	}

	t.Run("a new secret counts at once and is never shown", func(t *testing.T) {
		require.Equal(t, http.StatusOK, b.hook(customer("1", "ann", "hi")).status)
		answered := patch(t, b.recorder, `{"secret":"a-new-secret-of-it"}`)
		require.Equal(t, http.StatusUnauthorized, b.hook(customer("2", "ann", "hi")).status)
		body := `{"events":[{"id":"3","kind":"customer","chat":"ann","text":"hi"}]}`
		sign := header(channels.RecorderSignature, channels.SignRecorder([]byte(body), "a-new-secret-of-it"))
		path := "/webhooks/recorder/" + b.recorder.PublicID.String()
		require.Equal(t, http.StatusOK, b.do("POST", path, body, sign).status)
		patch(t, b.recorder, `{"name":"Renamed","secret":null}`)
		require.Equal(t, http.StatusOK, b.do("POST", path, body, sign).status)

		audit := b.do("GET", "/v1/audit?limit=2", nil, token(b.admin.token))
		entries := read[gen.AuditList](t, audit, http.StatusOK).Entries
		require.Equal(t, "inbox.update", entries[1].Action)
		require.Equal(t, true, entries[1].After.(map[string]any)["new_secret"])
		require.NotContains(t, entries[0].After.(map[string]any), "new_secret")
		for _, seen := range []string{string(answered.body), string(audit.body), b.logs.String()} {
			require.NotContains(t, seen, "a-new-secret-of-it")
		}
		require.Zero(t, b.count("SELECT count(*) FROM inboxes WHERE position('a-new-secret' IN encode(secret, 'escape')) > 0"))
	})

	t.Run("patches at once lose nothing of each other", func(t *testing.T) {
		for round := range 10 {
			var group sync.WaitGroup
			for _, body := range []string{
				fmt.Sprintf(`{"name":"N%d"}`, round), fmt.Sprintf(`{"endpoint":"https://e%d.example/"}`, round),
				fmt.Sprintf(`{"allowed_origins":["https://o%d.example"]}`, round), fmt.Sprintf(`{"agent_selected":%t}`, round%2 == 0),
			} {
				group.Go(func() { patch(t, b.website, body) })
			}
			group.Wait()
			inbox := read[gen.Inbox](t, patch(t, b.website, `{}`), http.StatusOK)
			require.Equal(t, fmt.Sprintf("N%d https://e%d.example/ [https://o%d.example] %t", round, round, round, round%2 == 0),
				fmt.Sprint(inbox.Name, " ", inbox.Endpoint, " ", inbox.AllowedOrigins, " ", inbox.AgentSelected))
		}
	})

	t.Run("the audit trail has what was and what is", func(t *testing.T) {
		patch(t, b.website, `{"allowed_origins":["https://a.example"]}`)
		patch(t, b.website, `{"allowed_origins":["https://b.example"]}`)
		entry := read[gen.AuditList](t, b.do("GET", "/v1/audit?limit=1", nil, token(b.admin.token)), http.StatusOK).Entries[0]
		require.Equal(t, []any{"https://a.example"}, entry.Before.(map[string]any)["allowed_origins"])
		require.Equal(t, []any{"https://b.example"}, entry.After.(map[string]any)["allowed_origins"])
	})
}

func TestPipeline(t *testing.T) {
	t.Parallel()
	b := setup(t)
	stages := read[gen.StageList](t, b.do("GET", "/v1/stages", nil, token(b.manager.token)), http.StatusOK).Stages
	require.Len(t, stages, 5)
	require.True(t, stages[0].IsDefault)
	trigger := fmt.Sprintf(`{"stage_id":%q,"inbox_id":%q}`, stages[0].ID, b.website.ID)

	t.Run("triggers can't be added while the agent is off", func(t *testing.T) {
		r := b.do("POST", "/v1/triggers", trigger, token(b.admin.token))
		require.Equal(t, http.StatusConflict, r.status)
		require.Contains(t, string(r.body), "off")
	})

	_, err := b.store.SetEnabled(t.Context(), b.account.ID, actor(b.admin.user), true)
	require.NoError(t, err)

	t.Run("a trigger is added once, listed and removed", func(t *testing.T) {
		added := read[gen.Trigger](t, b.do("POST", "/v1/triggers", trigger, token(b.admin.token)), http.StatusCreated)
		require.False(t, added.CreatedAt.IsZero())
		require.Equal(t, http.StatusConflict, b.do("POST", "/v1/triggers", trigger, token(b.admin.token)).status)
		require.Len(t, read[gen.TriggerList](t, b.do("GET", "/v1/triggers", nil, token(b.manager.token)), http.StatusOK).Triggers, 1)
		path := "/v1/triggers/" + added.ID.String()
		require.Equal(t, http.StatusNoContent, b.do("DELETE", path, nil, token(b.admin.token)).status)
		require.Equal(t, http.StatusNotFound, b.do("DELETE", path, nil, token(b.admin.token)).status)
		for _, body := range []string{`{}`, `{"stage_id":"x","inbox_id":"y"}`, fmt.Sprintf(`{"stage_id":%q}`, stages[0].ID)} {
			require.Equal(t, http.StatusBadRequest, b.do("POST", "/v1/triggers", body, token(b.admin.token)).status)
		}
		missing := fmt.Sprintf(`{"stage_id":%q,"inbox_id":%q}`, stages[0].ID, uuid.New())
		require.Equal(t, http.StatusNotFound, b.do("POST", "/v1/triggers", missing, token(b.admin.token)).status)
	})

	t.Run("a lead is listed and moved by a manager", func(t *testing.T) {
		b.visitor().say("hello")
		leads := read[gen.LeadList](t, b.do("GET", "/v1/leads", nil, token(b.manager.token)), http.StatusOK).Leads
		require.Len(t, leads, 1)
		path := "/v1/leads/" + leads[0].ID.String()
		moved := read[gen.Lead](t, b.do("PATCH", path, fmt.Sprintf(`{"stage_id":%q}`, stages[3].ID), token(b.manager.token)), http.StatusOK)
		require.Equal(t, stages[3].ID, moved.StageID)
		require.NotNil(t, moved.ClosedAt)
		require.Equal(t, http.StatusNotFound, b.do("PATCH", path, fmt.Sprintf(`{"stage_id":%q}`, uuid.New()), token(b.manager.token)).status)
		require.Equal(t, http.StatusBadRequest, b.do("PATCH", path, `{}`, token(b.manager.token)).status)
	})
}

func TestKnowledge(t *testing.T) {
	t.Parallel()
	b := setup(t)

	t.Run("an upload is stored and its ingest started", func(t *testing.T) {
		r := b.do("POST", "/v1/imports/products?name=products.csv", "Handle,Title\nmug,Mug\n", token(b.admin.token), header("Content-Type", "text/csv"))
		products := read[gen.Import](t, r, http.StatusAccepted)
		require.Equal(t, "pending", products.State)
		require.Equal(t, "products", products.Kind)
		require.False(t, products.CreatedAt.IsZero())
		source := read[gen.Import](t, b.do("POST", "/v1/imports/sources?name=returns.md", "# Returns\n", token(b.admin.token), header("Content-Type", "text/markdown")), http.StatusAccepted)
		require.NotNil(t, source.SourceID)
		soon(t, "both ingests start", func() bool { return len(b.ingests.all()) >= 2 })
		require.Subset(t, b.ingests.all(), []uuid.UUID{products.ID, source.ID})

		imp, err := b.store.Import(t.Context(), b.account.ID, products.ID)
		require.NoError(t, err)
		require.Equal(t, "Handle,Title\nmug,Mug\n", string(imp.Body))
		imp.State, imp.Done, imp.RowErrors = models.ImportDone, 1, []models.RowError{{Line: 3, Message: "no title"}}
		require.NoError(t, b.store.FinishImport(t.Context(), imp))
		after := read[gen.Import](t, b.do("GET", "/v1/imports/"+products.ID.String(), nil, token(b.admin.token)), http.StatusOK)
		require.Equal(t, "done", after.State)
		require.Equal(t, 1, after.Done)
		require.Equal(t, []gen.RowError{{Line: 3, Message: "no title"}}, after.RowErrors)
		require.NotNil(t, after.FinishedAt)
		status, err := b.store.ImportStatus(t.Context(), b.account.ID, products.ID)
		require.NoError(t, err)
		require.Equal(t, imp.Name, status.Name)
		require.Empty(t, status.Body)
		require.Len(t, read[gen.SourceList](t, b.do("GET", "/v1/sources", nil, token(b.manager.token)), http.StatusOK).Sources, 1)
	})

	t.Run("takes other encodings where the format's reader finds them out", func(t *testing.T) {
		for _, name := range []string{"old.txt", "old.html", "old.csv"} {
			require.Equal(t, http.StatusAccepted, b.do("POST", "/v1/imports/sources?name="+name, "\xc2\xee\xe7\xe2\xf0\xe0\xf2", token(b.admin.token)).status, name)
		}
	})

	t.Run("refuses what isn't a named text", func(t *testing.T) {
		for path, body := range map[string]string{
			"/v1/imports/products":                                 "x",
			"/v1/imports/products?name=":                           "x",
			"/v1/imports/products?name=a%00b":                      "x",
			"/v1/imports/products?name=a.csv":                      "",
			"/v1/imports/sources?name=a.md":                        "\xff\xfe",
			"/v1/imports/sources?name=a.txt":                       "",
			"/v1/imports/sources?name=" + strings.Repeat("x", 201): "x",
		} {
			require.Equal(t, http.StatusBadRequest, b.do("POST", path, body, token(b.admin.token)).status, path)
		}
		require.Equal(t, http.StatusNotFound, b.do("GET", "/v1/imports/"+uuid.NewString(), nil, token(b.admin.token)).status)
	})

	t.Run("may come slowly: neither requests' deadline nor that of the work counts", func(t *testing.T) {
		_, url, _ := b.start(b.store, func(_ *Options, p *pace) { p.read, p.work = 300*time.Millisecond, 300*time.Millisecond })
		slowly := func(path string) reply {
			reader, writer := io.Pipe()
			go func() {
				for range 10 {
					_, _ = writer.Write([]byte("{"))
					time.Sleep(100 * time.Millisecond)
				}
				writer.Close()
			}()
			return b.doAt(url, "POST", path, reader, token(b.admin.token))
		}
		require.Equal(t, http.StatusAccepted, slowly("/v1/imports/sources?name=slow.md").status)
		r := slowly("/v1/users")
		require.Equal(t, http.StatusBadRequest, r.status)
		require.Contains(t, string(r.body), "too long")
	})

	t.Run("more than 1 MB is taken, more than 20 MB isn't", func(t *testing.T) {
		body := strings.Repeat("x", 2<<20)
		require.Equal(t, http.StatusAccepted, b.do("POST", "/v1/imports/sources?name=long.md", body, token(b.admin.token)).status)
		r := b.do("POST", "/v1/imports/sources?name=longer.md", strings.Repeat("x", 20<<20+1), token(b.admin.token))
		require.Equal(t, http.StatusRequestEntityTooLarge, r.status)
		require.Equal(t, http.StatusRequestEntityTooLarge, b.do("POST", "/v1/users", body, token(b.admin.token)).status)
	})

	t.Run("products show prices as decimals", func(t *testing.T) {
		price := decimal.RequireFromString("12.90")
		err := b.store.PutProducts(t.Context(), b.account.ID, uuid.Nil, []models.Product{{
			Handle: "mug", Title: "Mug", Published: true,
			Variants: []models.Variant{{SKU: "M1", Price: &price, Currency: "EUR", Quantity: 3, Tracked: true, Options: []models.Option{{Name: "Size", Value: "M"}}}},
		}})
		require.NoError(t, err)
		products := read[gen.ProductList](t, b.do("GET", "/v1/products?limit=10", nil, token(b.manager.token)), http.StatusOK).Products
		require.Len(t, products, 1)
		require.Equal(t, "12.9", decimal.RequireFromString(*products[0].Variants[0].Price).String())
		require.Equal(t, []gen.Option{{Name: "Size", Value: "M"}}, products[0].Variants[0].Options)
		require.Nil(t, products[0].Variants[0].CompareAt)
	})
}
