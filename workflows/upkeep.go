package workflows

import (
	"github.com/google/uuid"
	"go.temporal.io/sdk/workflow"

	"kedai/activities"
	"kedai/workflows/contract"
)

// upkeepAccounts is how many accounts one run sweeps: its history stays short.
const upkeepAccounts = 300

// IndexUpkeep removes orphans from every account's index, one account after the
// other, and then has outdated indexes rebuilt.
func IndexUpkeep(ctx workflow.Context, in contract.UpkeepInput) error {
	for range upkeepAccounts {
		swept, err := startSweepNext(ctx, activities.SweepRequest{After: in.After}).result(ctx)
		if err != nil {
			return err
		}
		if swept.Account == uuid.Nil {
			_, err := startRenew(ctx).result(ctx)
			return err
		}
		in.After = swept.Account
	}
	return workflow.NewContinueAsNewError(ctx, contract.UpkeepWorkflow, in)
}
