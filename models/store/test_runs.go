package store

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/google/uuid"

	"kedai/models"
)

// keptTestRuns is how many runs an account keeps, the newest.
const keptTestRuns = 20

// BeginTestRun begins a run of the account's cases, of those of the IDs where
// some are given, as they are now. CodeConflict while another one is under way;
// CodeInvalid where there is nothing to run.
func (s *Store) BeginTestRun(ctx context.Context, actor models.Actor, account uuid.UUID, sets []models.SourceSet, only []string) (models.TestRun, error) {
	run := models.TestRun{AccountID: account, ID: models.NewID(), Sets: sets}
	if actor.UserID != uuid.Nil {
		run.CreatedBy = &actor.UserID
	}
	err := s.InAccount(ctx, account, func(tx *Tx) error {
		cases, err := tx.testCases("id > ?", "", models.TestCases)
		if err != nil {
			return err
		}
		if len(only) > 0 {
			cases = slices.DeleteFunc(cases, func(c models.TestCase) bool { return !slices.Contains(only, c.ID) })
		}
		if len(cases) == 0 {
			return models.Errorf(models.CodeInvalid, "there is no such test case; upload some first")
		}
		begun := tx.db.Exec(`INSERT INTO test_runs (account_id, id, sets, cases, total, created_by) VALUES (?, ?, ?::jsonb, ?::jsonb, ?, ?)
			ON CONFLICT DO NOTHING`, tx.Account, run.ID, asJSON(sets), asJSON(cases), len(cases)*len(sets), run.CreatedBy)
		if begun.Error != nil {
			return begun.Error
		}
		if begun.RowsAffected == 0 {
			return models.Errorf(models.CodeConflict, "a run of the test cases is under way; wait for its end or cancel it")
		}
		err = tx.db.Exec(`DELETE FROM test_runs WHERE account_id = ? AND id NOT IN (
			SELECT id FROM test_runs WHERE account_id = ? ORDER BY created_at DESC, id DESC LIMIT ?)`, tx.Account, tx.Account, keptTestRuns).Error
		if err != nil {
			return err
		}
		if err := tx.audit(actor, "tests.run", "test_run", &run.ID, nil, map[string]any{"cases": len(cases), "sets": sets}); err != nil {
			return err
		}
		run, err = tx.testRun(run.ID)
		return err
	})
	return run, err
}

const selectTestRun = "SELECT account_id, id, sets, state, total, done, failure, created_by, created_at, finished_at FROM test_runs WHERE account_id = ? "

func (tx *Tx) testRun(id uuid.UUID) (models.TestRun, error) {
	var run models.TestRun
	err := tx.db.Raw(selectTestRun+"AND id = ?", tx.Account, id).Take(&run).Error
	return run, noSuch("test run", err)
}

// TestRun returns a run.
func (s *Store) TestRun(ctx context.Context, account, id uuid.UUID) (run models.TestRun, err error) {
	err = s.InAccount(ctx, account, func(tx *Tx) error {
		run, err = tx.testRun(id)
		return err
	})
	return run, err
}

// TestRuns lists the runs that are kept, the newest first.
func (s *Store) TestRuns(ctx context.Context, account uuid.UUID) ([]models.TestRun, error) {
	runs := []models.TestRun{}
	err := s.InAccount(ctx, account, func(tx *Tx) error {
		runs = runs[:0]
		return tx.db.Raw(selectTestRun+"ORDER BY created_at DESC, id DESC LIMIT ?", tx.Account, keptTestRuns).Scan(&runs).Error
	})
	return runs, err
}

// OpenTest is a case of a run that has no result on a set yet.
type OpenTest struct {
	Set  models.SourceSet
	Case models.TestCase
}

// OpenTests returns what a run has still to do; nothing where it is over.
func (s *Store) OpenTests(ctx context.Context, account, id uuid.UUID) ([]OpenTest, error) {
	var out []OpenTest
	err := s.InAccount(ctx, account, func(tx *Tx) error {
		out = nil
		run, err := tx.testRun(id)
		if err != nil || run.State != models.TestRunning {
			return err
		}
		var raw []byte
		if err := tx.db.Raw("SELECT cases FROM test_runs WHERE account_id = ? AND id = ?", tx.Account, id).Row().Scan(&raw); err != nil {
			return err
		}
		var cases []models.TestCase
		if err := json.Unmarshal(raw, &cases); err != nil {
			return models.Errorf(models.CodeInternal, "a test run's cases can't be read")
		}
		var had []OpenTest
		var rows []models.TestResult
		if err := tx.db.Raw("SELECT set, case_id FROM test_results WHERE account_id = ? AND run_id = ?", tx.Account, id).Scan(&rows).Error; err != nil {
			return err
		}
		for _, r := range rows {
			had = append(had, OpenTest{Set: r.Set, Case: models.TestCase{ID: r.CaseID}})
		}
		for _, c := range cases {
			for _, set := range run.Sets {
				if !slices.ContainsFunc(had, func(h OpenTest) bool { return h.Set == set && h.Case.ID == c.ID }) {
					out = append(out, OpenTest{Set: set, Case: c})
				}
			}
		}
		return nil
	})
	return out, err
}

// SaveTestResult keeps how a case went. A retry's result takes no second place.
// It returns false where the run is over, as when it was cancelled.
func (s *Store) SaveTestResult(ctx context.Context, r models.TestResult) (running bool, err error) {
	err = s.InAccount(ctx, r.AccountID, func(tx *Tx) error {
		done := tx.db.Exec("UPDATE test_runs SET done = done WHERE account_id = ? AND id = ? AND state = 'running'", tx.Account, r.RunID)
		if running = done.RowsAffected == 1; done.Error != nil || !running {
			return done.Error
		}
		saved := tx.db.Exec(`INSERT INTO test_results (account_id, run_id, set, case_id, category, language, passed, turns) VALUES (?, ?, ?, ?, ?, ?, ?, ?::jsonb)
			ON CONFLICT DO NOTHING`, tx.Account, r.RunID, r.Set, r.CaseID, r.Category, r.Language, r.Passed, asJSON(r.Turns))
		if saved.Error != nil {
			return saved.Error
		}
		return tx.db.Exec("UPDATE test_runs SET done = done + ? WHERE account_id = ? AND id = ?", saved.RowsAffected, tx.Account, r.RunID).Error
	})
	return running, err
}

// EndTestRun ends a run that is under way; one that is over stays as it is.
func (s *Store) EndTestRun(ctx context.Context, account, id uuid.UUID, state models.TestRunState, failure string) (models.TestRun, error) {
	var run models.TestRun
	err := s.InAccount(ctx, account, func(tx *Tx) error {
		err := tx.db.Exec("UPDATE test_runs SET state = ?, failure = ?, finished_at = now() WHERE account_id = ? AND id = ? AND state = 'running'",
			state, failure, tx.Account, id).Error
		if err == nil {
			run, err = tx.testRun(id)
		}
		return err
	})
	return run, err
}

// TestCount is how many cases of a category and language a set has, and how
// many of them passed.
type TestCount struct {
	Set      models.SourceSet `json:"set"`
	Category string           `json:"category"`
	Language models.Language  `json:"language"`
	Total    int              `json:"total"`
	Passed   int              `json:"passed"`
}

// TestChange is how a case that ran on both sets went on them.
type TestChange struct {
	CaseID      string
	Draft, Live bool // Whether it passed.
}

// TestReport returns a run's counts, and of cases that ran on both sets those
// that not both pass.
func (s *Store) TestReport(ctx context.Context, account, id uuid.UUID) (counts []TestCount, changes []TestChange, err error) {
	err = s.InAccount(ctx, account, func(tx *Tx) error {
		counts, changes = []TestCount{}, []TestChange{}
		if _, err := tx.testRun(id); err != nil {
			return err
		}
		err := tx.db.Raw(`SELECT set, category, language, count(*) AS total, count(*) FILTER (WHERE passed) AS passed
			FROM test_results WHERE account_id = ? AND run_id = ? GROUP BY set, category, language ORDER BY set, category, language`, tx.Account, id).Scan(&counts).Error
		if err != nil {
			return err
		}
		return tx.db.Raw(`SELECT d.case_id, d.passed AS draft, l.passed AS live FROM test_results d
			JOIN test_results l ON l.account_id = d.account_id AND l.run_id = d.run_id AND l.case_id = d.case_id AND l.set = 'live'
			WHERE d.account_id = ? AND d.run_id = ? AND d.set = 'draft' AND NOT (d.passed AND l.passed) ORDER BY d.case_id`, tx.Account, id).Scan(&changes).Error
	})
	return counts, changes, err
}

// TestResults lists a run's results by case and set, on from after, those that
// failed only where failed is set.
func (s *Store) TestResults(ctx context.Context, account, id uuid.UUID, failed bool, after string, limit int) (results []models.TestResult, next string, err error) {
	err = s.InAccount(ctx, account, func(tx *Tx) error {
		results = []models.TestResult{}
		if _, err := tx.testRun(id); err != nil {
			return err
		}
		return tx.db.Raw(`SELECT * FROM test_results WHERE account_id = ? AND run_id = ? AND (NOT ? OR NOT passed) AND case_id || '/' || set > ?
			ORDER BY case_id || '/' || set LIMIT ?`, tx.Account, id, failed, after, limit+1).Scan(&results).Error
	})
	if len(results) > limit {
		results = results[:limit]
		next = results[limit-1].CaseID + "/" + string(results[limit-1].Set)
	}
	return results, next, err
}

// SceneOf returns what a chat of the team's own on a set would be answered from
// at this moment.
func (s *Store) SceneOf(ctx context.Context, account uuid.UUID, set models.SourceSet) (PlaygroundScene, error) {
	var out PlaygroundScene
	err := s.InAccount(ctx, account, func(tx *Tx) error {
		var err error
		out, err = tx.sceneOf(set)
		return err
	})
	return out, err
}
