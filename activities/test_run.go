package activities

import (
	"context"
	"log/slog"

	"github.com/google/uuid"
	"golang.org/x/sync/errgroup"

	"kedai/activities/answer"
	"kedai/activities/exam"
	"kedai/models"
	"kedai/models/failpoint"
	"kedai/models/store"
)

// Testing are the activities that run an account's test cases. Replies are made
// by the methods of live turns.
type Testing struct {
	Turns *Turns
	Store *store.Store
	Log   *slog.Logger
}

// TestRunRequest names a run of test cases.
type TestRunRequest struct {
	Account uuid.UUID `json:"account"`
	Run     uuid.UUID `json:"run"`
}

// testsAtOnce is how many cases of a run are under way.
const testsAtOnce = 4

// RunTests holds the conversations of a run that have no result yet, and ends
// it. It may be repeated: what has a result isn't held again.
func (a *Testing) RunTests(ctx context.Context, r TestRunRequest) error {
	stop := heartbeat(ctx)
	defer stop()
	err := a.runTests(ctx, r)
	if err == nil {
		_, err = a.Store.EndTestRun(ctx, r.Account, r.Run, models.TestDone, "")
	}
	return edge(ctx, a.Log, "RunTests", err)
}

// GiveUpTests ends a run that can't go on.
func (a *Testing) GiveUpTests(ctx context.Context, r TestRunRequest) error {
	_, err := a.Store.EndTestRun(ctx, r.Account, r.Run, models.TestFailed, "the agent could not be asked; see that the worker, Weaviate and the model run, then run the tests again")
	return edge(ctx, a.Log, "GiveUpTests", err)
}

func (a *Testing) runTests(ctx context.Context, r TestRunRequest) error {
	open, err := a.Store.OpenTests(ctx, r.Account, r.Run)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(testsAtOnce)
	for _, test := range open {
		if ctx.Err() != nil {
			break
		}
		group.Go(func() error {
			turns, err := a.hold(ctx, r, test)
			if err != nil {
				return err
			}
			running, err := a.Store.SaveTestResult(ctx, models.TestResult{
				AccountID: r.Account, RunID: r.Run, Set: test.Set, CaseID: test.Case.ID, Category: test.Case.Category, Language: test.Case.Language,
				Passed: passed(test.Case, turns), Turns: turns,
			})
			if err != nil {
				return err
			}
			failpoint.Hit("after-test-result")
			if !running {
				return errTestsOver // It was cancelled.
			}
			return nil
		})
	}
	err = group.Wait()
	if models.CodeOf(err) == models.CodeConflict {
		return nil
	}
	return err
}

var errTestsOver = models.Errorf(models.CodeConflict, "the run is over")

func passed(c models.TestCase, turns []models.TestedTurn) bool {
	for _, t := range turns {
		if t.Why != "" {
			return false
		}
	}
	return len(turns) == len(c.Turns)
}

// hold holds a case's conversation with the agent as a set has it.
func (a *Testing) hold(ctx context.Context, r TestRunRequest, test store.OpenTest) ([]models.TestedTurn, error) {
	scene, err := a.Store.SceneOf(ctx, r.Account, test.Set)
	if err != nil {
		return nil, err
	}
	k := knowledge{account: r.Account, own: scene.OwnModel, set: test.Set, language: scene.Indexed, synonyms: scene.Synonyms, written: scene.Written, hours: scene.Settings.BusinessHours}
	if who := test.Case.Identity; who != nil {
		k.email, k.phone = models.NormalEmail(who.Email), models.NormalPhone(who.Phone)
	}
	said := answer.Turn{Language: scene.Settings.Language, Shop: scene.Account.Name, Now: scene.Now, Currency: scene.Account.Currency, Proven: test.Case.Identity != nil}
	var turns []models.TestedTurn
	for n, turn := range test.Case.Turns {
		said.Messages = turn.Say
		draft, evidence, err := a.reply(ctx, k, said, PlaygroundRequest{Account: r.Account, Chat: uuid.NewSHA1(r.Run, []byte(test.Case.ID)), N: n + 1})
		if err != nil {
			return nil, err
		}
		text := draft.Text
		if draft.Action == models.ActionHandoff {
			text = scene.Settings.HandoffText(scene.Now)
		}
		turns = append(turns, models.TestedTurn{
			Action: draft.Action, Intent: draft.Intent, Text: text, Evidence: citedTitles(said.Language, draft, evidence), Why: exam.Check(turn.Expect, draft.Action, text),
		})
		if draft.Action == models.ActionHandoff {
			break // The agent is silent from here on.
		}
		for _, message := range turn.Say {
			said.History = append(said.History, answer.Line{From: answer.Customer, Text: message})
		}
		said.History = append(said.History, answer.Line{From: answer.Agent, Text: text})
	}
	for n := len(turns); n < len(test.Case.Turns); n++ {
		turns = append(turns, models.TestedTurn{Evidence: []string{}, Why: "the agent is silent, since it handed over before"})
	}
	return turns, nil
}

// reply asks as a live turn does: the built-in engine where the model fails.
func (a *Testing) reply(ctx context.Context, k knowledge, said answer.Turn, r PlaygroundRequest) (models.Draft, []models.Evidence, error) {
	draft, evidence, err := a.Turns.rounds(ctx, k, said, r)
	if err != nil && ctx.Err() == nil {
		r.Plain = true
		draft, evidence, err = a.Turns.rounds(ctx, k, said, r)
	}
	return draft.Draft, evidence, err
}

func citedTitles(l models.Language, draft models.Draft, evidence []models.Evidence) []string {
	titles := []string{}
	for _, e := range evidence {
		if used := answer.Used(l, draft, e); used.Cited {
			titles = append(titles, used.Title)
		}
	}
	return titles
}
