package models

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
)

// TestCase is a conversation with what a correct agent does in it.
type TestCase struct {
	ID       string              `json:"id"`
	Language Language            `json:"lang"`
	Category string              `json:"category"`
	Identity *PlaygroundIdentity `json:"identity"` // What the channel proves of the customer; nil: nothing.
	Turns    []TestTurn          `json:"turns"`
}

// TestTurn is a burst and what is expected of the one reply to it.
type TestTurn struct {
	Say    []string    `json:"say"`
	Expect Expectation `json:"expect"`
}

// Expectation is what a correct reply does and says.
type Expectation struct {
	Action   []Action   `json:"action"` // The acceptable ones.
	Facts    [][]string `json:"facts"`  // Of each group at least one is said.
	Forbid   []string   `json:"forbid"` // None of them is said.
	Language Language   `json:"lang"`   // Empty: any.
}

// Limits of test cases.
const (
	TestCases    = 1000 // Of an account.
	TestTurns    = 20   // Of a case.
	testGroups   = 50   // Of facts, and as many that are forbidden, of a turn.
	testText     = 4000 // Letters of a message.
	testFact     = 500
	testName     = 100
	testMessages = 10
)

// Actions lists what a turn can do.
func Actions() []Action { return []Action{ActionAnswer, ActionClarify, ActionDecline, ActionHandoff} }

// Check returns CodeInvalid with what keeps a case from being run, else nil.
func (c TestCase) Check() *Error {
	switch {
	case !named(c.ID):
		return Errorf(CodeInvalid, "a case needs an id of 1 to %d letters", testName)
	case utf8.RuneCountInString(c.Category) > testName || strings.ContainsRune(c.Category, 0):
		return Errorf(CodeInvalid, "case %s: category must have at most %d letters", c.ID, testName)
	case !c.Language.Valid():
		return Errorf(CodeInvalid, "case %s: lang must be one of %v", c.ID, Languages())
	case len(c.Turns) == 0 || len(c.Turns) > TestTurns:
		return Errorf(CodeInvalid, "case %s: turns must have from 1 to %d entries", c.ID, TestTurns)
	case c.Identity != nil && c.Identity.Email != "" && NormalEmail(c.Identity.Email) == "":
		return Errorf(CodeInvalid, "case %s: identity.email isn't an e-mail address", c.ID)
	case c.Identity != nil && c.Identity.Phone != "" && NormalPhone(c.Identity.Phone) == "":
		return Errorf(CodeInvalid, "case %s: identity.phone isn't a phone number", c.ID)
	}
	for i, turn := range c.Turns {
		if why := turn.wrong(); why != "" {
			return Errorf(CodeInvalid, "case %s, turn %d: %s", c.ID, i+1, why)
		}
	}
	return nil
}

func named(id string) bool {
	n := utf8.RuneCountInString(id)
	return n > 0 && n <= testName && strings.TrimSpace(id) == id && !strings.ContainsRune(id, 0)
}

func (t TestTurn) wrong() string {
	within := func(texts []string, most int) bool {
		return !slices.ContainsFunc(texts, func(text string) bool {
			return strings.TrimSpace(text) == "" || utf8.RuneCountInString(text) > most || strings.ContainsRune(text, 0)
		})
	}
	e := t.Expect
	switch {
	case len(t.Say) == 0 || len(t.Say) > testMessages || !within(t.Say, testText):
		return "say must have from 1 to 10 messages of 1 to 4000 letters"
	case len(e.Action) == 0 || slices.ContainsFunc(e.Action, func(a Action) bool { return !slices.Contains(Actions(), a) }):
		return "expect.action must have some of answer, clarify, decline and handoff"
	case len(e.Facts) > testGroups || len(e.Forbid) > testGroups || !within(e.Forbid, testFact):
		return "expect.facts and expect.forbid must have at most 50 entries of 1 to 500 letters"
	case e.Language != "" && !e.Language.Valid():
		return "expect.lang isn't a language the agent speaks"
	}
	for _, group := range e.Facts {
		if len(group) == 0 || len(group) > testGroups || !within(group, testFact) {
			return "each group of expect.facts must have from 1 to 50 entries of 1 to 500 letters"
		}
	}
	return ""
}

// TestRun is one run of test cases on one or both sets.
type TestRun struct {
	AccountID  uuid.UUID    `json:"account_id" gorm:"primaryKey"`
	ID         uuid.UUID    `json:"id" gorm:"primaryKey"`
	Sets       []SourceSet  `json:"sets" gorm:"serializer:json"`
	State      TestRunState `json:"state"`
	Total      int          `json:"total"` // Cases times sets.
	Done       int          `json:"done"`
	Failure    string       `json:"failure"` // Why it ended, where that isn't by its end.
	CreatedBy  *uuid.UUID   `json:"created_by"`
	CreatedAt  time.Time    `json:"created_at"`
	FinishedAt *time.Time   `json:"finished_at"`
}

// TableName names the table.
func (TestRun) TableName() string { return "test_runs" }

// TestRunState is how far a run of test cases has come.
type TestRunState string

// The states of a run.
const (
	TestRunning   TestRunState = "running"
	TestDone      TestRunState = "done"
	TestFailed    TestRunState = "failed"
	TestCancelled TestRunState = "cancelled"
)

// TestResult is how one case went on one set.
type TestResult struct {
	AccountID uuid.UUID    `json:"account_id" gorm:"primaryKey"`
	RunID     uuid.UUID    `json:"run_id" gorm:"primaryKey"`
	Set       SourceSet    `json:"set" gorm:"primaryKey"`
	CaseID    string       `json:"case_id" gorm:"primaryKey"`
	Category  string       `json:"category"`
	Language  Language     `json:"language"`
	Passed    bool         `json:"passed"`
	Turns     []TestedTurn `json:"turns" gorm:"serializer:json"`
}

// TableName names the table.
func (TestResult) TableName() string { return "test_results" }

// TestedTurn is what the agent did in a turn and why that is wrong.
type TestedTurn struct {
	Action   Action   `json:"action"`
	Intent   Intent   `json:"intent"`
	Text     string   `json:"text"`
	Evidence []string `json:"evidence"` // Titles of what was cited.
	Why      string   `json:"why"`      // Empty where it is right.
}
