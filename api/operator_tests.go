package api

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"
	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"

	"kedai/api/gen"
	"kedai/models"
	"kedai/workflows/contract"
)

const (
	testCasesPath = "/v1/tests/cases"
	// maxTestCases holds an exam of the most cases that are as long as people
	// make them.
	maxTestCases = 8 << 20
)

// TestCases lists the account's test cases.
func (s operator) TestCases(c *gin.Context, params gen.TestCasesParams) {
	limit, err := limitOf(params.Limit)
	if err != nil {
		s.fail(c, err)
		return
	}
	cases, more, err := s.store.TestCases(c.Request.Context(), accountOf(c), value(params.After), limit)
	answer(s, c, http.StatusOK, cases, err, func(cases []models.TestCase) gen.TestCaseList {
		return gen.TestCaseList{Cases: each(cases, testCaseView), Next: known(more)}
	})
}

// PutTestCases adds or replaces test cases.
func (s operator) PutTestCases(c *gin.Context) {
	total, stored, err := s.putTestCases(c)
	answer(s, c, http.StatusOK, total, err, func(total int) gen.TestCasesStored { return gen.TestCasesStored{Stored: stored, Total: total} })
}

func (s operator) putTestCases(c *gin.Context) (total, stored int, err error) {
	body, err := s.readSlowly(c, s.pace.readUpload)
	if err != nil {
		return 0, 0, err
	}
	cases, err := readTestCases(body)
	if err != nil {
		return 0, 0, err
	}
	total, err = s.store.PutTestCases(c.Request.Context(), actorOf(c), accountOf(c), cases)
	return total, len(cases), err
}

// readTestCases reads an array of cases, or one in each line.
func readTestCases(body []byte) ([]models.TestCase, error) {
	parts, place, err := partsOf(body)
	if err != nil {
		return nil, err
	}
	var cases []models.TestCase
	seen := map[string]bool{}
	for i, part := range parts {
		at := place(i)
		var one models.TestCase
		reader := json.NewDecoder(bytes.NewReader(part))
		reader.DisallowUnknownFields() // A misspelt field would pass for an expectation that holds.
		if err := reader.Decode(&one); err != nil {
			return nil, models.Errorf(models.CodeInvalid, "%s: %s", at, explain(err))
		}
		if err := one.Check(); err != nil {
			return nil, models.Errorf(models.CodeInvalid, "%s: %s", at, err.Message)
		}
		if seen[one.ID] {
			return nil, models.Errorf(models.CodeInvalid, "%s: the id %s is there twice", at, one.ID)
		}
		seen[one.ID] = true
		cases = append(cases, one)
	}
	if len(cases) == 0 || len(cases) > models.TestCases {
		return nil, models.Errorf(models.CodeInvalid, "the body must have from 1 to %d test cases: a JSON array of them, or one in each line", models.TestCases)
	}
	return cases, nil
}

// partsOf cuts a body into its cases and tells how each one's place is called.
func partsOf(body []byte) (parts []json.RawMessage, place func(int) string, err error) {
	body = bytes.TrimSpace(bytes.TrimPrefix(body, []byte("\ufeff")))
	if bytes.HasPrefix(body, []byte("[")) {
		if err := json.Unmarshal(body, &parts); err != nil {
			return nil, nil, models.Errorf(models.CodeInvalid, "the body isn't a JSON array")
		}
		return parts, func(i int) string { return "entry " + strconv.Itoa(i+1) }, nil
	}
	var at []int
	for n, line := range bytes.Split(body, []byte("\n")) {
		if len(bytes.TrimSpace(line)) > 0 {
			parts, at = append(parts, line), append(at, n+1)
		}
	}
	return parts, func(i int) string { return "line " + strconv.Itoa(at[i]) }, nil
}

// DeleteTestCases deletes one case, or all.
func (s operator) DeleteTestCases(c *gin.Context, params gen.DeleteTestCasesParams) {
	if err := s.store.DeleteTestCases(c.Request.Context(), actorOf(c), accountOf(c), value(params.ID)); err != nil {
		s.fail(c, err)
		return
	}
	noContent(c)
}

// TestRuns lists the runs.
func (s operator) TestRuns(c *gin.Context) {
	runs, err := s.store.TestRuns(c.Request.Context(), accountOf(c))
	answer(s, c, http.StatusOK, runs, err, func(runs []models.TestRun) gen.TestRunList {
		return gen.TestRunList{Runs: each(runs, testRunView)}
	})
}

// RunTests begins a run.
func (s operator) RunTests(c *gin.Context) {
	run, err := s.runTests(c)
	answer(s, c, http.StatusAccepted, run, err, testRunView)
}

func (s operator) runTests(c *gin.Context) (models.TestRun, error) {
	body, _, err := decode[gen.NewTestRun](c)
	if err != nil {
		return models.TestRun{}, err
	}
	var sets []models.SourceSet
	for _, set := range body.Sets {
		if !set.Valid() || slices.Contains(sets, models.SourceSet(set)) {
			return models.TestRun{}, models.Errorf(models.CodeInvalid, "sets must have draft, live or both, each once")
		}
		sets = append(sets, models.SourceSet(set))
	}
	if len(sets) == 0 {
		return models.TestRun{}, models.Errorf(models.CodeInvalid, "sets must have draft, live or both")
	}
	ctx, account := c.Request.Context(), accountOf(c)
	run, err := s.store.BeginTestRun(ctx, actorOf(c), account, sets, value(body.Only))
	if err != nil {
		return run, err
	}
	if err := s.startTests(ctx, account, run.ID); err != nil {
		note, cancel := context.WithTimeout(context.WithoutCancel(ctx), playgroundNote)
		defer cancel()
		const why = "the tests can't be run while Temporal can't be reached; try again when it runs"
		_, _ = s.store.EndTestRun(note, account, run.ID, models.TestFailed, why)
		return run, &models.Error{Code: models.CodeUnavailable, Message: why, Cause: err}
	}
	return run, nil
}

func (s operator) startTests(ctx context.Context, account, run uuid.UUID) error {
	if s.playground.Temporal == nil {
		return models.Errorf(models.CodeUnavailable, "there is no Temporal")
	}
	ctx, cancel := context.WithTimeout(ctx, playgroundStart)
	defer cancel()
	_, err := s.playground.Temporal.ExecuteWorkflow(ctx, client.StartWorkflowOptions{
		ID:                    contract.TestRunWorkflowID(run),
		TaskQueue:             contract.QueueBulk,
		WorkflowIDReusePolicy: enumspb.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE,
		Priority:              temporal.Priority{FairnessKey: account.String()},
	}, contract.TestRunWorkflow, contract.TestRunInput{Account: account, Run: run})
	return err
}

// TestRun shows a run.
func (s operator) TestRun(c *gin.Context, id gen.ID) {
	run, err := s.store.TestRun(c.Request.Context(), accountOf(c), id)
	if err != nil {
		s.fail(c, err)
		return
	}
	counts, changes, err := s.store.TestReport(c.Request.Context(), accountOf(c), id)
	answer(s, c, http.StatusOK, run, err, func(run models.TestRun) gen.TestRunDetail {
		out := gen.TestRunDetail{Run: testRunView(run), Counts: each(counts, testCountView), Fixed: []string{}, Broken: []string{}, Failing: []string{}}
		for _, change := range changes {
			switch {
			case change.Draft:
				out.Fixed = append(out.Fixed, change.CaseID)
			case change.Live:
				out.Broken = append(out.Broken, change.CaseID)
			default:
				out.Failing = append(out.Failing, change.CaseID)
			}
		}
		return out
	})
}

// TestResults lists a run's results.
func (s operator) TestResults(c *gin.Context, id gen.ID, params gen.TestResultsParams) {
	limit, err := limitOf(params.Limit)
	if err != nil {
		s.fail(c, err)
		return
	}
	results, more, err := s.store.TestResults(c.Request.Context(), accountOf(c), id, value(params.Failed), value(params.After), limit)
	answer(s, c, http.StatusOK, results, err, func(results []models.TestResult) gen.TestResultList {
		return gen.TestResultList{Results: each(results, testResultView), Next: known(more)}
	})
}

// CancelTests ends a run; what is under way of it ends with its next result.
func (s operator) CancelTests(c *gin.Context, id gen.ID) {
	run, err := s.store.EndTestRun(c.Request.Context(), accountOf(c), id, models.TestCancelled, "")
	answer(s, c, http.StatusOK, run, err, testRunView)
}
