package llm_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"kedai/activities/answer"
	"kedai/activities/llm"
	"kedai/activities/llm/llmtest"
	"kedai/models"
)

const customersWords = "quetzalbird"

func request() llm.Request {
	price := decimal.RequireFromString("24")
	mug := &models.Product{Title: "Harbor Mug", Published: true, Variants: []models.Variant{{Price: &price, Currency: "USD", Tracked: true, Quantity: 3}}}
	return llm.Request{
		Turn: answer.Turn{
			Language: models.English, Shop: "Harbor", Currency: "USD", Now: time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC),
			Messages: []string{"How much is the mug? " + customersWords},
		},
		Evidence: []models.Evidence{{N: 1, Kind: models.EvidenceProduct, Product: mug}},
	}
}

// TestModels holds both providers to the same contract.
func TestModels(t *testing.T) {
	t.Parallel()
	right := llmtest.Draft{Intent: "product_price", Text: "It is $24.00.", Cites: []int{1, 7, 1}}
	for _, provider := range models.Providers() {
		t.Run(string(provider), func(t *testing.T) {
			t.Parallel()
			t.Run("a draft is read, and what it took", func(t *testing.T) {
				t.Parallel()
				server := llmtest.New(t, llmtest.Says(right))
				reply, err := server.Model(t, provider).Draft(t.Context(), request())
				require.NoError(t, err)
				require.Equal(t, models.Draft{
					Action: models.ActionAnswer, Intent: models.IntentProductPrice, Text: "It is $24.00.", Cites: []int{1}, Engine: string(provider) + "/scripted",
				}, reply.Draft, "what isn't evidence isn't cited")
				require.Equal(t, llm.Usage{Model: string(provider) + "/scripted", InputTokens: llmtest.InputTokens, OutputTokens: llmtest.OutputTokens}, reply.Usage)
				asked := server.Asked()
				require.Len(t, asked, 1)
				require.Contains(t, asked[0].System, "Language: write in English only")
				require.Contains(t, asked[0].User, "Harbor Mug")
				require.Contains(t, asked[0].User, customersWords)
			})
			t.Run("a summary is read", func(t *testing.T) {
				t.Parallel()
				server := llmtest.New(t, llmtest.Writes(`{"text": "Wants a mug."}`))
				r := llm.SummaryRequest{Turn: request().Turn, Purpose: answer.SummaryHandoff, Reason: models.ReasonCustomerRequest, Before: "Said hello."}
				summary, err := server.Model(t, provider).Summarize(t.Context(), r)
				require.NoError(t, err)
				require.Equal(t, "Wants a mug.", summary.Text)
				require.Equal(t, llmtest.InputTokens, summary.Usage.InputTokens)
				require.Contains(t, server.Asked()[0].System, "customer_request")
				require.Contains(t, server.Asked()[0].User, "Said hello.")
			})
			t.Run("a handoff keeps only reasons that a model may give", func(t *testing.T) {
				t.Parallel()
				server := llmtest.New(t, llmtest.Says(llmtest.Draft{Action: "handoff", Reason: "policy_restriction", Text: "Bye"}), llmtest.Says(llmtest.Draft{Action: "handoff", Reason: "usage_limit"}))
				model := server.Model(t, provider)
				reply, err := model.Draft(t.Context(), request())
				require.NoError(t, err)
				require.Equal(t, models.ReasonPolicyRestriction, reply.Draft.Reason)
				require.Empty(t, reply.Draft.Text)
				reply, err = model.Draft(t.Context(), request())
				require.NoError(t, err)
				require.Empty(t, reply.Draft.Reason)
			})
			for outcome, test := range map[string]struct {
				play llmtest.Play
				code models.Code
			}{
				"broken JSON is rejected":               {llmtest.Writes(`{"action": "answer", "text": "It`), models.CodeRejected},
				"prose is rejected":                     {llmtest.Writes("It is $24.00."), models.CodeRejected},
				"an empty answer is rejected":           {llmtest.Writes(""), models.CodeRejected},
				"an empty text is rejected":             {llmtest.Says(llmtest.Draft{}), models.CodeRejected},
				"an unknown action is rejected":         {llmtest.Says(llmtest.Draft{Action: "refund", Text: "Done."}), models.CodeRejected},
				"a safety block is rejected":            {llmtest.Blocks(), models.CodeRejected},
				"a wrong key is rejected":               {llmtest.Fails(http.StatusUnauthorized), models.CodeRejected},
				"an unknown model is rejected":          {llmtest.Fails(http.StatusNotFound), models.CodeRejected},
				"a used-up quota is rejected":           {llmtest.Fails(http.StatusPaymentRequired), models.CodeRejected},
				"an error of the server is for later":   {llmtest.Fails(http.StatusInternalServerError), models.CodeUnavailable},
				"an overload is for later, not retried": {llmtest.Fails(http.StatusServiceUnavailable), models.CodeUnavailable},
				"a cut body is for later":               {llmtest.Cuts(), models.CodeUnavailable},
				"too many requests are for later":       {llmtest.Throttles(0), models.CodeRateLimited},
			} {
				t.Run(outcome, func(t *testing.T) {
					t.Parallel()
					server := llmtest.New(t, test.play)
					_, err := server.Model(t, provider).Draft(t.Context(), request())
					require.Equal(t, test.code, models.CodeOf(err), "%v", err)
					require.NotContains(t, err.Error(), llmtest.Secret)
					require.NotContains(t, err.Error(), customersWords)
					require.NotContains(t, err.Error(), "test key")
					require.Len(t, server.Asked(), 1, "retries are the caller's")
				})
			}
			t.Run("a redirect is not followed", func(t *testing.T) {
				t.Parallel()
				var followed atomic.Int64
				elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { followed.Add(1) }))
				t.Cleanup(elsewhere.Close)
				server := httptest.NewServer(http.RedirectHandler(elsewhere.URL, http.StatusTemporaryRedirect))
				t.Cleanup(server.Close)
				model, err := llm.Open(t.Context(), provider, llm.Options{URL: server.URL, Name: "m", Key: "k"})
				require.NoError(t, err)
				_, err = model.Draft(t.Context(), request())
				require.Zero(t, followed.Load(), "neither key nor prompt goes elsewhere")
				require.Equal(t, models.CodeRejected, models.CodeOf(err), "%v", err)
			})
			t.Run("the delay of too many requests is told", func(t *testing.T) {
				t.Parallel()
				_, err := llmtest.New(t, llmtest.Throttles(3*time.Second)).Model(t, provider).Draft(t.Context(), request())
				after, told := llm.Delay(err)
				require.True(t, told)
				require.Equal(t, 3*time.Second, after)
				_, err = llmtest.New(t, llmtest.Throttles(0)).Model(t, provider).Draft(t.Context(), request())
				_, told = llm.Delay(err)
				require.False(t, told)
			})
			t.Run("a hang ends with its time", func(t *testing.T) {
				t.Parallel()
				ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
				defer cancel()
				_, err := llmtest.New(t, llmtest.Hangs()).Model(t, provider).Draft(ctx, request())
				require.Equal(t, models.CodeUnavailable, models.CodeOf(err))
				require.ErrorIs(t, err, context.DeadlineExceeded)
			})
			t.Run("what has no address or name is no model", func(t *testing.T) {
				t.Parallel()
				_, err := llm.Open(t.Context(), provider, llm.Options{URL: "host", Name: "m", Key: "k"})
				require.Equal(t, models.CodeInvalid, models.CodeOf(err))
				_, err = llm.Open(t.Context(), provider, llm.Options{URL: "https://host", Key: "k"})
				require.Equal(t, models.CodeInvalid, models.CodeOf(err))
			})
		})
	}
	t.Run("an endpoint that knows no schemas is asked without, and remembered", func(t *testing.T) {
		t.Parallel()
		server := llmtest.New(t, llmtest.Writes("```json\n"+`{"action":"answer","text":"Hello!","cites":[]}`+"\n```"))
		server.RefuseSchemas()
		model := server.Model(t, models.ProviderOpenAI)
		for range 2 {
			reply, err := model.Draft(t.Context(), request())
			require.NoError(t, err)
			require.Equal(t, "Hello!", reply.Draft.Text)
			require.Equal(t, models.IntentOther, reply.Draft.Intent)
		}
		for _, asked := range server.Asked() {
			require.Equal(t, "json_object", asked.Format)
		}
	})
}
