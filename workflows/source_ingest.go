package workflows

import (
	"go.temporal.io/sdk/workflow"

	"kedai/activities"
	"kedai/workflows/contract"
)

// SourceIngest turns one upload into rows and index objects.
func SourceIngest(ctx workflow.Context, in contract.IngestInput) error {
	_, err := startIngest(ctx, activities.ImportRequest{Account: in.Account, Import: in.Import}).result(ctx)
	return err
}
