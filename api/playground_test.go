package api

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"

	"kedai/api/gen"
	"kedai/models"
	"kedai/workflows/contract"
)

// playgroundTemporal stands in for Temporal with its worker.
type playgroundTemporal struct {
	Temporal
	startFn func(o client.StartWorkflowOptions, in contract.PlaygroundInput) error
	waitFn  func(ctx context.Context, in contract.PlaygroundInput) error
}

func (p playgroundTemporal) ExecuteWorkflow(_ context.Context, o client.StartWorkflowOptions, _ any, args ...any) (client.WorkflowRun, error) {
	in := args[0].(contract.PlaygroundInput)
	if p.startFn != nil {
		if err := p.startFn(o, in); err != nil {
			return nil, err
		}
	}
	return playgroundRun{wait: func(ctx context.Context) error { return p.waitFn(ctx, in) }}, nil
}

type playgroundRun struct {
	client.WorkflowRun
	wait func(context.Context) error
}

func (r playgroundRun) Get(ctx context.Context, _ any) error { return r.wait(ctx) }

// answering has turns answered as a worker would.
func (b *testBundle) answering(draft models.Draft, evidence ...models.PlaygroundEvidence) {
	b.server.playground.Temporal = playgroundTemporal{waitFn: func(ctx context.Context, in contract.PlaygroundInput) error {
		scene, err := b.store.PlaygroundScene(ctx, in.Account, in.Chat, in.N)
		if err != nil {
			return err
		}
		return b.store.FinishPlaygroundTurn(ctx, scene, draft, evidence, nil, models.ModelUse{})
	}}
}

func (b *testBundle) beginPlayground(body string) gen.Playground {
	b.t.Helper()
	return read[gen.Playground](b.t, b.do("POST", "/v1/playground", body, token(b.admin.token)), http.StatusCreated)
}

func turnsPath(id uuid.UUID) string { return "/v1/playground/" + id.String() + "/turns" }

const askHello = `{"messages":["Hello?"]}`

func TestPlaygroundOverTheAPI(t *testing.T) {
	t.Parallel()
	b := setup(t)
	admin := token(b.admin.token)

	t.Run("a turn tells reply, evidence and what would happen", func(t *testing.T) {
		chat := b.beginPlayground(`{"identity":{"email":" Ana@Example.com ","phone":"+351 912-345-678"}}`)
		require.Equal(t, gen.SourceSet("draft"), chat.Set)
		require.Equal(t, "ana@example.com", *chat.Identity.Email)
		require.Equal(t, "+351912345678", *chat.Identity.Phone)
		require.Equal(t, b.admin.user.ID, *chat.CreatedBy)
		b.answering(models.Draft{Action: models.ActionAnswer, Text: "30 days.", Intent: models.IntentPolicy, Cites: []int{1}, Engine: "builtin"},
			models.PlaygroundEvidence{N: 1, Kind: models.EvidencePassage, ID: uuid.New(), Title: "Returns", Sentences: []string{"You have 30 days."}, Cited: true})
		turn := read[gen.PlaygroundTurn](t, b.do("POST", turnsPath(chat.ID), `{"messages":[" How long? ","For returns"]}`, admin), http.StatusOK)
		require.Equal(t, 1, turn.N)
		require.Equal(t, "done", turn.State)
		require.Equal(t, []string{"How long?", "For returns"}, turn.Messages)
		require.Equal(t, "30 days.", turn.Reply)
		require.Equal(t, "policy", turn.Intent)
		require.Equal(t, "answer", turn.Action)
		require.Equal(t, "en", turn.Language)
		require.Equal(t, []string{"You have 30 days."}, turn.Evidence[0].Sentences)
		require.True(t, turn.Evidence[0].Cited)
		require.Equal(t, gen.PlaygroundWould{}, turn.Would)

		b.answering(models.Draft{Action: models.ActionHandoff, Reason: models.ReasonCustomerRequest})
		turn = read[gen.PlaygroundTurn](t, b.do("POST", turnsPath(chat.ID), askHello, admin), http.StatusOK)
		require.Equal(t, "customer_request", turn.Would.Handoff.Reason)
		require.Contains(t, turn.Would.Handoff.Text, "colleague")
		detail := read[gen.PlaygroundDetail](t, b.do("GET", "/v1/playground/"+chat.ID.String(), nil, admin), http.StatusOK)
		require.Len(t, detail.Turns, 2)
		require.Equal(t, chat.ID, detail.Chat.ID)
	})
	t.Run("the run is named by the turn and ends by itself", func(t *testing.T) {
		chat := b.beginPlayground(`{}`)
		var options client.StartWorkflowOptions
		var input contract.PlaygroundInput
		b.server.playground.Temporal = playgroundTemporal{
			startFn: func(o client.StartWorkflowOptions, in contract.PlaygroundInput) error {
				options, input = o, in
				return errors.New("refused")
			},
		}
		b.do("POST", turnsPath(chat.ID), askHello, admin)
		require.Equal(t, "playground/"+chat.ID.String()+"/1", options.ID)
		require.Equal(t, models.PlaygroundPatience, options.WorkflowExecutionTimeout)
		require.Equal(t, contract.PlaygroundInput{Account: b.account.ID, Chat: chat.ID, N: 1}, input)
	})
	t.Run("without Temporal it says so, and the next turn isn't held up", func(t *testing.T) {
		chat := b.beginPlayground(`{"set":"live"}`)
		for _, temporal := range []Temporal{nil, playgroundTemporal{startFn: func(client.StartWorkflowOptions, contract.PlaygroundInput) error { return errors.New("down") }}} {
			b.server.playground.Temporal = temporal
			r := b.do("POST", turnsPath(chat.ID), askHello, admin)
			require.Equal(t, http.StatusServiceUnavailable, r.status)
			require.Contains(t, string(r.body), "Temporal can't be reached")
		}
		b.answering(models.Draft{Action: models.ActionAnswer, Text: "Hi."})
		require.Equal(t, 3, read[gen.PlaygroundTurn](t, b.do("POST", turnsPath(chat.ID), askHello, admin), http.StatusOK).N)
		detail := read[gen.PlaygroundDetail](t, b.do("GET", "/v1/playground/"+chat.ID.String(), nil, admin), http.StatusOK)
		require.Equal(t, "failed", detail.Turns[0].State)
		require.Equal(t, "unavailable", detail.Turns[0].Failure)
	})
	t.Run("without a worker it says so, and refuses the next turn until that one is over", func(t *testing.T) {
		chat := b.beginPlayground(`{}`)
		b.server.playground.Wait = 50 * time.Millisecond
		defer func() { b.server.playground.Wait = 0 }()
		b.server.playground.Temporal = playgroundTemporal{waitFn: func(ctx context.Context, _ contract.PlaygroundInput) error {
			<-ctx.Done()
			return ctx.Err()
		}}
		r := b.do("POST", turnsPath(chat.ID), askHello, admin)
		require.Equal(t, http.StatusServiceUnavailable, r.status)
		require.Contains(t, string(r.body), "worker")
		r = b.do("POST", turnsPath(chat.ID), askHello, admin)
		require.Equal(t, http.StatusConflict, r.status)
	})
	t.Run("what can't be asked changes nothing", func(t *testing.T) {
		for _, body := range []string{
			`{"set":"old"}`, `{"language":"xx"}`, `{"identity":{"email":"x"}}`, `{"identity":{"phone":"12"}}`, `{"identity":{"name":"x"}}`, `{"more":1}`, `[]`,
		} {
			require.Equal(t, http.StatusBadRequest, b.do("POST", "/v1/playground", body, admin).status, body)
		}
		chat := b.beginPlayground(`{}`)
		many := `{"messages":[` + strings.TrimSuffix(strings.Repeat(`"a",`, 11), ",") + `]}`
		for _, body := range []string{
			`{}`, `{"messages":[]}`, `{"messages":null}`, `{"messages":["a",""]}`, `{"messages":["  "]}`, `{"messages":"a"}`, many,
			`{"messages":["` + strings.Repeat("ж", 4001) + `"]}`, `{"messages":["a\u0000"]}`,
		} {
			r := b.do("POST", turnsPath(chat.ID), body, admin)
			require.Equal(t, http.StatusBadRequest, r.status, "%s: %s", body, r.body)
		}
		require.Empty(t, read[gen.PlaygroundDetail](t, b.do("GET", "/v1/playground/"+chat.ID.String(), nil, admin), http.StatusOK).Turns)
	})
	t.Run("it is for admins, of the chat's own account", func(t *testing.T) {
		chat := b.beginPlayground(`{}`)
		_, other, _ := b.newAccount("Other")
		for _, call := range [][3]string{{"GET", "/v1/playground/" + chat.ID.String(), ""}, {"POST", turnsPath(chat.ID), askHello}} {
			require.Equal(t, http.StatusForbidden, b.do(call[0], call[1], call[2], token(b.manager.token)).status)
			require.Equal(t, http.StatusNotFound, b.do(call[0], call[1], call[2], token(other.token)).status)
			require.Equal(t, http.StatusUnauthorized, b.do(call[0], call[1], call[2]).status)
		}
		require.Equal(t, http.StatusForbidden, b.do("POST", "/v1/playground", `{}`, token(b.manager.token)).status)
		require.Equal(t, http.StatusNotFound, b.do("POST", turnsPath(uuid.New()), askHello, admin).status)
	})
}
