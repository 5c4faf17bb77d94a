package api

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"

	"kedai/api/gen"
	"kedai/models"
	"kedai/workflows/contract"
)

// testsTemporal stands in for Temporal, where runs of test cases are started.
type testsTemporal struct {
	Temporal
	startFn func(in contract.TestRunInput) error
}

func (p testsTemporal) ExecuteWorkflow(_ context.Context, _ client.StartWorkflowOptions, _ any, args ...any) (client.WorkflowRun, error) {
	return nil, p.startFn(args[0].(contract.TestRunInput))
}

const oneTest = `{"id": "greets", "lang": "en", "category": "greeting", "identity": null, "turns": [{"say": ["hi"], "expect": {"action": ["answer"], "facts": [["hello", "hi"]], "forbid": ["bye"], "lang": "en"}}]}`

func TestTestCases(t *testing.T) {
	t.Parallel()
	b := setup(t)
	admin := token(b.admin.token)
	put := func(body string) reply { return b.do("PUT", "/v1/tests/cases", body, admin) }

	t.Run("they are added, replaced, listed in pages and deleted", func(t *testing.T) {
		two := oneTest + "\n\n" + strings.Replace(oneTest, "greets", "greets again", 1) + "\n"
		require.Equal(t, gen.TestCasesStored{Stored: 2, Total: 2}, read[gen.TestCasesStored](t, put(two), http.StatusOK))
		require.Equal(t, gen.TestCasesStored{Stored: 1, Total: 2}, read[gen.TestCasesStored](t, put("["+strings.Replace(oneTest, `"hi"]`, `"hey"]`, 1)+"]"), http.StatusOK))
		first := read[gen.TestCaseList](t, b.do("GET", "/v1/tests/cases?limit=1", nil, admin), http.StatusOK)
		require.Equal(t, "greets", first.Cases[0].ID)
		require.Equal(t, []string{"hey"}, first.Cases[0].Turns[0].Say)
		second := read[gen.TestCaseList](t, b.do("GET", "/v1/tests/cases?limit=1&after="+*first.Next, nil, admin), http.StatusOK)
		require.Equal(t, "greets again", second.Cases[0].ID)
		require.Nil(t, second.Next)
		require.Equal(t, http.StatusNoContent, b.do("DELETE", "/v1/tests/cases?id=greets", nil, admin).status)
		require.Equal(t, http.StatusNotFound, b.do("DELETE", "/v1/tests/cases?id=greets", nil, admin).status)
		require.Equal(t, http.StatusNoContent, b.do("DELETE", "/v1/tests/cases", nil, admin).status)
		require.Empty(t, read[gen.TestCaseList](t, b.do("GET", "/v1/tests/cases", nil, admin), http.StatusOK).Cases)
	})
	t.Run("what can't be read is named by its line and changes nothing", func(t *testing.T) {
		require.Equal(t, http.StatusOK, put(oneTest).status)
		for name, wrong := range map[string]string{
			"line 2: unknown field":           strings.Replace(oneTest, `"turns"`, `"turn"`, 1),
			"line 2: case other, turn 1: say": `{"id": "other", "lang": "en", "category": "x", "turns": [{"say": [], "expect": {"action": ["answer"]}}]}`,
			"turn 1: expect.action":           `{"id": "other", "lang": "en", "category": "x", "turns": [{"say": ["x"], "expect": {"action": ["sing"]}}]}`,
			"line 2: case other: turns":       `{"id": "other", "lang": "en", "category": "x", "turns": []}`,
			"lang must be one of":             strings.Replace(strings.Replace(oneTest, "greets", "other", 1), `"lang": "en"`, `"lang": "tlh"`, 1),
			"identity.email":                  strings.Replace(strings.Replace(oneTest, "greets", "other", 1), `"identity": null`, `"identity": {"email": "x"}`, 1),
			"there twice":                     strings.Replace(oneTest, "greets", "fresh", 1),
			"needs an id":                     strings.Replace(oneTest, "greets", "", 1),
			"line 2:":                         "not JSON",
		} {
			r := put(strings.Replace(oneTest, "greets", "fresh", 1) + "\n" + wrong)
			require.Equal(t, http.StatusBadRequest, r.status, name)
			require.Contains(t, string(r.body), name)
		}
		for _, body := range []string{"", "[]", "[1", "\n"} {
			require.Equal(t, http.StatusBadRequest, put(body).status, body)
		}
		many := make([]string, models.TestCases)
		for n := range many {
			many[n] = strings.Replace(oneTest, "greets", "many "+strconv.Itoa(n), 1)
		}
		require.Equal(t, http.StatusBadRequest, put(strings.Join(many, "\n")).status, "with the one that is there they are too many")
		require.Len(t, read[gen.TestCaseList](t, b.do("GET", "/v1/tests/cases", nil, admin), http.StatusOK).Cases, 1)
	})
}

func TestTestRunsOverTheAPI(t *testing.T) {
	t.Parallel()
	b := setup(t)
	admin := token(b.admin.token)
	run := func(body string) reply { return b.do("POST", "/v1/tests/runs", body, admin) }
	b.server.playground.Temporal = testsTemporal{startFn: func(contract.TestRunInput) error { return errors.New("down") }}
	require.Equal(t, http.StatusBadRequest, run(`{"sets":["draft"]}`).status, "there are no cases")
	require.Equal(t, http.StatusOK, b.do("PUT", "/v1/tests/cases", oneTest, admin).status)
	for _, body := range []string{`{"sets":[]}`, `{"sets":["draft","draft"]}`, `{"sets":["both"]}`, `{}`, `{"sets":["live"],"only":["nothing"]}`} {
		require.Equal(t, http.StatusBadRequest, run(body).status, body)
	}
	require.Equal(t, http.StatusServiceUnavailable, run(`{"sets":["draft"]}`).status)
	failed := read[gen.TestRunList](t, b.do("GET", "/v1/tests/runs", nil, admin), http.StatusOK).Runs[0]
	require.Equal(t, "failed", failed.State)
	require.Contains(t, failed.Failure, "Temporal")

	var started contract.TestRunInput
	b.server.playground.Temporal = testsTemporal{startFn: func(in contract.TestRunInput) error {
		started = in
		return nil
	}}
	begun := read[gen.TestRun](t, run(`{"sets":["draft","live"]}`), http.StatusAccepted)
	require.Equal(t, contract.TestRunInput{Account: b.account.ID, Run: begun.ID}, started)
	require.Equal(t, []any{"running", 2, 0}, []any{begun.State, begun.Total, begun.Done})
	require.Equal(t, http.StatusConflict, run(`{"sets":["live"]}`).status)

	for set, passed := range map[models.SourceSet]bool{models.SetDraft: true, models.SetLive: false} {
		_, err := b.store.SaveTestResult(t.Context(), models.TestResult{
			AccountID: b.account.ID, RunID: begun.ID, Set: set, CaseID: "greets", Category: "greeting", Language: models.English, Passed: passed,
			Turns: []models.TestedTurn{{Action: models.ActionAnswer, Text: "Hello", Evidence: []string{}, Why: map[bool]string{false: "it says bye"}[passed]}},
		})
		require.NoError(t, err)
	}
	path := "/v1/tests/runs/" + begun.ID.String()
	detail := read[gen.TestRunDetail](t, b.do("GET", path, nil, admin), http.StatusOK)
	require.Equal(t, []string{"greets"}, detail.Fixed)
	require.Empty(t, detail.Broken)
	require.Empty(t, detail.Failing)
	require.Equal(t, 2, detail.Run.Done)
	require.Len(t, detail.Counts, 2)
	results := read[gen.TestResultList](t, b.do("GET", path+"/results?failed=true", nil, admin), http.StatusOK).Results
	require.Len(t, results, 1)
	require.Equal(t, "it says bye", results[0].Turns[0].Why)

	require.Equal(t, "cancelled", read[gen.TestRun](t, b.do("POST", path+"/cancel", nil, admin), http.StatusOK).State)
	require.Equal(t, "cancelled", read[gen.TestRun](t, b.do("POST", path+"/cancel", nil, admin), http.StatusOK).State)
	require.Equal(t, http.StatusAccepted, run(`{"sets":["live"]}`).status)
	unknown := "/v1/tests/runs/" + uuid.NewString()
	for _, r := range []reply{b.do("GET", unknown, nil, admin), b.do("GET", unknown+"/results", nil, admin), b.do("POST", unknown+"/cancel", nil, admin)} {
		require.Equal(t, http.StatusNotFound, r.status)
	}
}
