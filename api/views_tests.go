package api

import (
	"kedai/api/gen"
	"kedai/models"
	"kedai/models/store"
)

func testCaseView(t models.TestCase) gen.TestCase {
	out := gen.TestCase{ID: t.ID, Lang: string(t.Language), Category: t.Category, Turns: each(t.Turns, func(t models.TestTurn) gen.TestTurn {
		e := t.Expect
		return gen.TestTurn{Say: list(t.Say), Expect: gen.TestExpectation{
			Action: each(e.Action, func(a models.Action) string { return string(a) }), Facts: list(e.Facts), Forbid: list(e.Forbid), Lang: known(string(e.Language)),
		}}
	})}
	if who := t.Identity; who != nil {
		out.Identity = &gen.PlaygroundIdentity{Email: known(who.Email), Phone: known(who.Phone)}
	}
	return out
}

func testRunView(r models.TestRun) gen.TestRun {
	return gen.TestRun{
		ID: r.ID, Sets: each(r.Sets, setView), State: string(r.State), Total: r.Total, Done: r.Done, Failure: r.Failure,
		CreatedBy: r.CreatedBy, CreatedAt: r.CreatedAt, FinishedAt: r.FinishedAt,
	}
}

func setView(s models.SourceSet) gen.SourceSet { return gen.SourceSet(s) }

func testCountView(n store.TestCount) gen.TestCount {
	return gen.TestCount{Set: setView(n.Set), Category: n.Category, Language: string(n.Language), Total: n.Total, Passed: n.Passed}
}

func testResultView(r models.TestResult) gen.TestResult {
	return gen.TestResult{
		Case: r.CaseID, Set: setView(r.Set), Category: r.Category, Language: string(r.Language), Passed: r.Passed,
		Turns: each(r.Turns, func(t models.TestedTurn) gen.TestedTurn {
			return gen.TestedTurn{Action: string(t.Action), Intent: string(t.Intent), Text: t.Text, Evidence: list(t.Evidence), Why: t.Why}
		}),
	}
}
