package contract

import "github.com/google/uuid"

// TestRunInput starts a run of test cases.
type TestRunInput struct {
	Account uuid.UUID `json:"account"`
	Run     uuid.UUID `json:"run"`
}

// TestRunWorkflowID returns the ID of a run of test cases.
func TestRunWorkflowID(run uuid.UUID) string { return "tests/" + run.String() }
