package workflows

import (
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"kedai/activities"
	"kedai/workflows/contract"
)

// TestRun runs an account's test cases. How far it is stands in the run's row,
// and a cancelled run ends by itself.
func TestRun(ctx workflow.Context, in contract.TestRunInput) error {
	request := activities.TestRunRequest{Account: in.Account, Run: in.Run}
	_, err := start[struct{}](ctx, tests, testing.RunTests, request).result(ctx)
	if err != nil && !temporal.IsCanceledError(err) {
		_, err = start[struct{}](ctx, ingest, testing.GiveUpTests, request).result(ctx)
	}
	return err
}
