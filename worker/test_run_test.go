package worker_test

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"

	"kedai/activities/answer"
	"kedai/activities/llm"
	"kedai/models"
	"kedai/workflows/contract"
)

// greetings are what the scripted model says, by the agent's language.
var greetings = map[models.Language]string{models.English: "Hello there!", models.Russian: "Здравствуйте!"}

func testCase(id, say string, turns ...models.TestTurn) models.TestCase {
	first := models.TestTurn{Say: []string{say}, Expect: models.Expectation{Action: []models.Action{models.ActionAnswer}, Facts: [][]string{{greetings[models.English]}}}}
	return models.TestCase{ID: id, Language: models.English, Category: "greeting", Turns: append([]models.TestTurn{first}, turns...)}
}

// runTests begins a run and waits for its workflow.
func (b *testBundle) runTests(begun func(models.TestRun), sets ...models.SourceSet) models.TestRun {
	b.t.Helper()
	run, err := b.store.BeginTestRun(b.t.Context(), b.shop.Admin, b.shop.Account.ID, sets, nil)
	require.NoError(b.t, err)
	if begun != nil {
		begun(run)
	}
	started, err := b.temporal.ExecuteWorkflow(b.t.Context(), client.StartWorkflowOptions{ID: contract.TestRunWorkflowID(run.ID), TaskQueue: contract.QueueBulk},
		contract.TestRunWorkflow, contract.TestRunInput{Account: run.AccountID, Run: run.ID})
	require.NoError(b.t, err)
	require.NoError(b.t, started.Get(b.t.Context(), nil))
	run, err = b.store.TestRun(b.t.Context(), run.AccountID, run.ID)
	require.NoError(b.t, err)
	return run
}

func (b *testBundle) putCases(cases ...models.TestCase) {
	b.t.Helper()
	_, err := b.store.PutTestCases(b.t.Context(), b.shop.Admin, b.shop.Account.ID, cases)
	require.NoError(b.t, err)
}

func TestTestRun(t *testing.T) {
	t.Parallel()
	// The agent says its language, and hands over who says a word.
	saysLanguage := func(asked *atomic.Int64) llm.Model {
		return draftBy(func(_ context.Context, said answer.Turn, _ []models.Evidence) (models.Draft, error) {
			asked.Add(1)
			if said.Messages[0] == "Zebra!" {
				return models.Draft{Action: models.ActionHandoff, Reason: models.ReasonUnsupportedRequest, Engine: "scripted"}, nil
			}
			text := greetings[said.Language]
			if len(said.History) > 0 {
				text = "again " + text
			}
			return models.Draft{Action: models.ActionAnswer, Text: text, Engine: "scripted"}, nil
		})
	}

	t.Run("draft and live are compared, case by case", func(t *testing.T) {
		t.Parallel()
		var asked atomic.Int64
		b := setup(t, models.ChannelWebsite, saysLanguage(&asked), nil)
		_, err := b.store.ChangeDraftSettings(t.Context(), b.shop.Admin, b.shop.Account.ID, func(s *models.AgentSettings) error {
			s.Language = models.Russian
			return nil
		})
		require.NoError(t, err)
		russian := testCase("ru", "Hello?")
		russian.Turns[0].Expect.Facts = [][]string{{greetings[models.Russian]}}
		never := testCase("never", "Hello?")
		never.Turns[0].Expect.Facts = [][]string{{"nothing of the kind"}}
		second := models.TestTurn{Say: []string{"And?"}, Expect: models.Expectation{Action: []models.Action{models.ActionAnswer}, Facts: [][]string{{"again"}}}}
		b.putCases(testCase("en", "Hello?"), russian, never, testCase("two", "Hello?", second))
		run := b.runTests(nil, models.SetDraft, models.SetLive)
		require.Equal(t, models.TestDone, run.State)
		require.Equal(t, []int{8, 8}, []int{run.Total, run.Done})
		counts, changes, err := b.store.TestReport(t.Context(), run.AccountID, run.ID)
		require.NoError(t, err)
		require.Equal(t, []int{4, 1}, []int{counts[0].Total, counts[0].Passed}, "draft")
		require.Equal(t, []int{4, 2}, []int{counts[1].Total, counts[1].Passed}, "live")
		got := map[string][2]bool{}
		for _, c := range changes {
			got[c.CaseID] = [2]bool{c.Draft, c.Live}
		}
		require.Equal(t, map[string][2]bool{"en": {false, true}, "ru": {true, false}, "never": {false, false}, "two": {false, true}}, got)
		results, next, err := b.store.TestResults(t.Context(), run.AccountID, run.ID, true, "", 3)
		require.NoError(t, err)
		require.Len(t, results, 3)
		require.Equal(t, "it lacks "+greetings[models.English], results[0].Turns[0].Why)
		rest, next, err := b.store.TestResults(t.Context(), run.AccountID, run.ID, true, next, 3)
		require.NoError(t, err)
		require.Len(t, rest, 2)
		require.Empty(t, next)
	})
	t.Run("after a handoff the agent is silent", func(t *testing.T) {
		t.Parallel()
		var asked atomic.Int64
		b := setup(t, models.ChannelWebsite, saysLanguage(&asked), nil)
		one := testCase("handed", "Zebra!", models.TestTurn{Say: []string{"Hello?"}, Expect: models.Expectation{Action: []models.Action{models.ActionAnswer}}})
		one.Turns[0].Expect = models.Expectation{Action: []models.Action{models.ActionHandoff}}
		b.putCases(one)
		run := b.runTests(nil, models.SetLive)
		results, _, err := b.store.TestResults(t.Context(), run.AccountID, run.ID, false, "", 3)
		require.NoError(t, err)
		require.False(t, results[0].Passed)
		require.Empty(t, results[0].Turns[0].Why)
		require.Contains(t, results[0].Turns[1].Why, "silent")
		require.EqualValues(t, 1, asked.Load())
	})
	t.Run("one that was cut off goes on where it was", func(t *testing.T) {
		t.Parallel()
		var asked atomic.Int64
		b := setup(t, models.ChannelWebsite, saysLanguage(&asked), nil)
		var cases []models.TestCase
		for n := range 12 {
			cases = append(cases, testCase(fmt.Sprintf("case %02d", n), "Hello?"))
		}
		b.putCases(cases...)
		run := b.runTests(func(run models.TestRun) {
			for _, c := range cases[:5] {
				_, err := b.store.SaveTestResult(t.Context(), models.TestResult{AccountID: run.AccountID, RunID: run.ID, Set: models.SetLive, CaseID: c.ID, Passed: true, Turns: []models.TestedTurn{}})
				require.NoError(t, err)
			}
		}, models.SetLive)
		require.Equal(t, []int{12, 12}, []int{run.Total, run.Done})
		require.EqualValues(t, 7, asked.Load(), "what has a result isn't asked again")
	})
	t.Run("a cancelled one ends with what is under way, and makes room for the next", func(t *testing.T) {
		t.Parallel()
		var asked atomic.Int64
		var b *testBundle
		var run atomic.Pointer[uuid.UUID]
		model := draftBy(func(ctx context.Context, _ answer.Turn, _ []models.Evidence) (models.Draft, error) {
			if asked.Add(1) == 3 {
				if _, err := b.store.EndTestRun(ctx, b.shop.Account.ID, *run.Load(), models.TestCancelled, ""); err != nil {
					return models.Draft{}, err
				}
			}
			time.Sleep(10 * time.Millisecond)
			return models.Draft{Action: models.ActionAnswer, Text: greetings[models.English], Engine: "scripted"}, nil
		})
		b = setup(t, models.ChannelWebsite, model, nil)
		var cases []models.TestCase
		for n := range 60 {
			cases = append(cases, testCase(fmt.Sprintf("case %02d", n), "Hello?"))
		}
		b.putCases(cases...)
		ended := b.runTests(func(begun models.TestRun) {
			run.Store(&begun.ID)
			_, err := b.store.BeginTestRun(t.Context(), b.shop.Admin, b.shop.Account.ID, []models.SourceSet{models.SetLive}, nil)
			require.Equal(t, models.CodeConflict, models.CodeOf(err), "one at a time")
		}, models.SetLive)
		require.Equal(t, models.TestCancelled, ended.State)
		require.Less(t, asked.Load(), int64(20))
		_, err := b.store.BeginTestRun(t.Context(), b.shop.Admin, b.shop.Account.ID, []models.SourceSet{models.SetLive}, []string{"case 01"})
		require.NoError(t, err)
	})
}
