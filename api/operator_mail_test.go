package api

import (
	"context"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/client"

	"kedai/api/gen"
	"kedai/models"
	"kedai/models/store"
	"kedai/workflows/contract"
)

// resolve has hosts lead to the given addresses.
func (b *testBundle) resolve(hosts map[string]string) {
	b.server.mailHosts.lookUp = func(_ context.Context, _, host string) ([]netip.Addr, error) {
		if address, err := netip.ParseAddr(host); err == nil {
			return []netip.Addr{address}, nil
		}
		var out []netip.Addr
		for _, one := range strings.Fields(hosts[host]) {
			out = append(out, netip.MustParseAddr(one))
		}
		if out == nil {
			return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
		}
		return out, nil
	}
}

const goodMail = `{"host":"smtp.shop.example","port":587,"tls":"starttls","username":"shop","password":"hush-hush","from_address":"hello@shop.example"}`

func TestMail(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.resolve(map[string]string{
		"smtp.shop.example": "93.184.215.14 2606:2800:21f:cb07:6820:80da:af6b:8b2c", "inside.example": "10.0.0.5", "both.example": "93.184.215.14 192.168.1.1",
		"local.example": "127.0.0.1", "local6.example": "::1", "link.example": "169.254.169.254", "mapped.example": "::ffff:10.0.0.1",
	})
	const path = "/v1/mail"
	put := func(body string) reply { return b.do("PUT", path, body, token(b.admin.token)) }

	t.Run("an admin sets it up, and the password comes out nowhere", func(t *testing.T) {
		require.Equal(t, http.StatusNotFound, b.do("GET", path, nil, token(b.admin.token)).status)
		require.Equal(t, http.StatusNotFound, b.do("DELETE", path, nil, token(b.admin.token)).status)
		r := put(goodMail)
		set := read[gen.Mail](t, r, http.StatusOK)
		require.Equal(t, "smtp.shop.example", set.Host)
		require.Nil(t, set.LastSentAt)
		require.NotContains(t, string(r.body), "hush-hush")
		require.Equal(t, set, read[gen.Mail](t, b.do("GET", path, nil, token(b.admin.token)), http.StatusOK))
		kept := read[gen.Mail](t, put(strings.Replace(goodMail, `"password":"hush-hush",`, "", 1)), http.StatusOK)
		require.Equal(t, "shop", kept.Username)
		r = b.do("GET", "/v1/audit?limit=2", nil, token(b.admin.token))
		entries := read[gen.AuditList](t, r, http.StatusOK).Entries
		require.Equal(t, []string{"mail.settings", "mail.settings"}, []string{entries[0].Action, entries[1].Action})
		require.Equal(t, "user/"+b.admin.user.ID.String(), entries[0].Actor)
		require.NotContains(t, string(r.body), "hush-hush")
		require.NotContains(t, b.logs.String(), "hush-hush")
	})
	t.Run("only an admin, and of this account only", func(t *testing.T) {
		for _, method := range []string{"GET", "PUT", "DELETE"} {
			require.Equal(t, http.StatusForbidden, b.do(method, path, goodMail, token(b.manager.token)).status)
		}
		_, stranger, _ := b.newAccount("Other")
		require.Equal(t, http.StatusNotFound, b.do("GET", path, nil, token(stranger.token)).status)
	})
	for name, change := range map[string][2]string{
		"a host inside":               {"smtp.shop.example", "inside.example"},
		"a host that is also inside":  {"smtp.shop.example", "both.example"},
		"this machine":                {"smtp.shop.example", "local.example"},
		"this machine by IPv6":        {"smtp.shop.example", "local6.example"},
		"a cloud's metadata":          {"smtp.shop.example", "link.example"},
		"a mapped address":            {"smtp.shop.example", "mapped.example"},
		"an address inside":           {"smtp.shop.example", "10.0.0.1"},
		"a host that isn't there":     {"smtp.shop.example", "nowhere.example"},
		"a host with a path":          {"smtp.shop.example", "smtp.shop.example/x"},
		"an empty host":               {"smtp.shop.example", ""},
		"a port of something else":    {`587`, `6379`},
		"no TLS":                      {`"starttls"`, `"none"`},
		"an unknown TLS":              {`"starttls"`, `"maybe"`},
		"a sender with a name":        {`"hello@shop.example"`, `"Shop <hello@shop.example>"`},
		"a sender on two lines":       {`"hello@shop.example"`, `"hello@shop.example\nBcc: x@y.example"`},
		"no sender":                   {`,"from_address":"hello@shop.example"`, ``},
		"a password without its user": {`"username":"shop",`, ``},
		"another user's password":     {`"username":"shop","password":"hush-hush"`, `"username":"other"`},
		"a stray field":               {`"port"`, `"x":1,"port"`},
	} {
		t.Run("refuses "+name, func(t *testing.T) {
			require.Contains(t, goodMail, change[0])
			r := put(strings.Replace(goodMail, change[0], change[1], 1))
			require.Equal(t, http.StatusBadRequest, r.status, "%s", r.body)
			require.Equal(t, "invalid", r.code())
			require.NotContains(t, string(r.body), "hush-hush")
			require.Equal(t, "smtp.shop.example", read[gen.Mail](t, b.do("GET", path, nil, token(b.admin.token)), http.StatusOK).Host)
		})
	}
	t.Run("it can be forgotten", func(t *testing.T) {
		require.Equal(t, http.StatusNoContent, b.do("DELETE", path, nil, token(b.admin.token)).status)
		require.Equal(t, http.StatusNotFound, b.do("GET", path, nil, token(b.admin.token)).status)
	})
}

func TestMailOfOnesOwnNetwork(t *testing.T) {
	t.Parallel()
	b := setup(t, func(o *Options, _ *pace) { o.PrivateMail = true })
	b.resolve(map[string]string{"smtp.shop.example": "10.0.0.5", "localhost": "127.0.0.1"})
	put := func(from, to string) int {
		return b.do("PUT", "/v1/mail", strings.Replace(goodMail, from, to, 1), token(b.admin.token)).status
	}
	require.Equal(t, http.StatusOK, put("587", "1025"))
	require.Equal(t, http.StatusBadRequest, put(`"starttls"`, `"none"`), "without TLS nothing leaves the machine")
	require.Equal(t, http.StatusOK, put(`"smtp.shop.example","port":587,"tls":"starttls"`, `"localhost","port":1025,"tls":"none"`))
}

// mailTemporal keeps which mails' runs are started.
type mailTemporal struct {
	Temporal
	startFn func(o client.StartWorkflowOptions, workflow string, in contract.MailInput) error
}

func (m mailTemporal) ExecuteWorkflow(_ context.Context, o client.StartWorkflowOptions, workflow any, args ...any) (client.WorkflowRun, error) {
	return nil, m.startFn(o, workflow.(string), args[0].(contract.MailInput))
}

func TestMailRelay(t *testing.T) {
	t.Parallel()
	one := store.PendingMail{AccountID: uuid.New(), ID: uuid.New()}
	pending := make(chan []store.PendingMail, 3)
	pending <- []store.PendingMail{one}
	pending <- nil
	pending <- []store.PendingMail{one}
	started := make(chan client.StartWorkflowOptions, 3)
	tries := 0
	temporal := mailTemporal{startFn: func(o client.StartWorkflowOptions, workflow string, in contract.MailInput) error {
		require.Equal(t, contract.MailWorkflow, workflow)
		require.Equal(t, contract.MailInput{Account: one.AccountID, Mail: one.ID}, in)
		if tries++; tries == 1 {
			return models.Errorf(models.CodeUnavailable, "no connection")
		}
		started <- o
		return nil
	}}
	b := setup(t)
	relay := &mailRelay{start: startMail(temporal), log: b.server.log, every: time.Millisecond, pending: func(ctx context.Context, perAccount, limit int) ([]store.PendingMail, error) {
		require.Positive(t, perAccount)
		require.Greater(t, limit, perAccount)
		select {
		case mails := <-pending:
			return mails, nil
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		relay.run(ctx)
	}()
	o := <-started
	require.Equal(t, "mail/"+one.ID.String(), o.ID)
	require.Equal(t, contract.QueueBulk, o.TaskQueue)
	require.Equal(t, enumspb.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING, o.WorkflowIDConflictPolicy)
	require.Equal(t, one.AccountID.String(), o.Priority.FairnessKey)
	cancel()
	<-done
}

// TestIntentsAreShown keeps what was understood with its message, for the team
// and not for the visitor.
func TestIntentsAreShown(t *testing.T) {
	t.Parallel()
	b := setup(t)
	_, err := b.store.SetEnabled(t.Context(), b.account.ID, actor(b.admin.user), true)
	require.NoError(t, err)
	stages, err := b.store.Stages(t.Context(), b.account.ID)
	require.NoError(t, err)
	_, err = b.store.AddTrigger(t.Context(), actor(b.admin.user), models.Trigger{AccountID: b.account.ID, StageID: stages[0].ID, InboxID: b.website.ID})
	require.NoError(t, err)
	v := b.visitor()
	talk := b.openConversation(v, "Where is my order?")
	_, turn, err := b.store.BeginTurn(t.Context(), b.account.ID, talk.ChatID)
	require.NoError(t, err)
	draft := models.Draft{
		Action: models.ActionClarify, Intent: models.IntentOrderStatus, Text: "Which one?",
		Heard: []models.Heard{{Seq: turn.CoversSeq, Intents: []models.Intent{models.IntentGreeting, models.IntentOrderStatus}}},
	}
	save := func(attempt int) error {
		return b.store.SaveDraft(t.Context(), b.account.ID, turn.ID, attempt, draft, nil)
	}
	detail := func() gen.ConversationDetail {
		return read[gen.ConversationDetail](t, b.do("GET", "/v1/conversations/"+talk.ID.String(), nil, token(b.manager.token)), http.StatusOK)
	}
	intents := func() []string {
		for _, m := range detail().Messages {
			if m.Seq == turn.CoversSeq {
				return m.Intents
			}
		}
		return nil
	}
	require.Equal(t, models.CodeConflict, models.CodeOf(save(turn.Attempt+1)))
	require.Equal(t, []string{}, intents(), "a void draft leaves nothing behind")
	require.Nil(t, detail().Lead.Intent)
	require.NoError(t, save(turn.Attempt))
	require.Equal(t, []string{"greeting", "order_status"}, intents())
	require.Equal(t, "order_status", *detail().Lead.Intent)
	draft.Intent = models.IntentThanks
	require.NoError(t, save(turn.Attempt))
	require.Equal(t, "order_status", *detail().Lead.Intent, "small talk doesn't take its place")
	draft.Intent = models.IntentRecommend
	require.NoError(t, save(turn.Attempt))
	require.Equal(t, "recommend", *detail().Lead.Intent)
}
