package workflows

import (
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"kedai/activities"
	"kedai/models"
	"kedai/workflows/contract"
)

// SourceIngest turns one upload into rows and index objects.
func SourceIngest(ctx workflow.Context, in contract.IngestInput) error {
	request := activities.ImportRequest{Account: in.Account, Import: in.Import}
	if workflow.GetVersion(ctx, changeIngestSteps, workflow.DefaultVersion, 1) == workflow.DefaultVersion {
		_, err := startIngest(ctx, request).result(ctx)
		return err
	}
	i := ingestion{request: request, progress: contract.IngestProgress{Phase: "reading"}}
	if err := contract.ProgressQuery.Handle(ctx, func() (contract.IngestProgress, error) { return i.progress, nil }); err != nil {
		return err
	}
	err := i.run(ctx)
	if err != nil && !temporal.IsCanceledError(err) {
		i.progress.Phase = "failed"
		if _, failed := startGiveUp(ctx, request).result(ctx); failed != nil {
			return failed
		}
	}
	return err
}

// ingestion is the state of an ingest.
type ingestion struct {
	request  activities.ImportRequest
	progress contract.IngestProgress
}

func (i *ingestion) run(ctx workflow.Context) error {
	extracted, err := startExtract(ctx, i.request).result(ctx)
	if err != nil {
		return err
	}
	if extracted.Kind != models.ImportSource {
		i.progress.Phase = "importing"
		_, err := startIngest(ctx, i.request).result(ctx)
		return i.ended(err, "done")
	}
	if extracted.Ended {
		return i.ended(nil, "failed")
	}
	return i.source(ctx, extracted)
}

// source writes the new revision's objects, has it take its place, and removes
// the old one's: what is searched is whole at every moment.
func (i *ingestion) source(ctx workflow.Context, extracted activities.Extracted) error {
	step := activities.RevisionRequest{ImportRequest: i.request, Revision: extracted.Revision}
	i.progress = contract.IngestProgress{Phase: "indexing", Total: extracted.Passages}
	for !extracted.Current && step.From < extracted.Passages {
		indexed, err := startIndexPassages(ctx, step).result(ctx)
		if err != nil {
			return err
		}
		if indexed.Ended {
			return i.ended(nil, "failed")
		}
		if indexed.Next <= step.From {
			break // There are no more.
		}
		step.From, i.progress.Done = indexed.Next, indexed.Next
	}
	i.progress.Phase = "switching"
	taken, err := startTakeIn(ctx, step).result(ctx)
	if err != nil {
		return err
	}
	i.progress.Phase = "tidying"
	if _, err := startTidy(ctx, i.request).result(ctx); err != nil {
		return err
	}
	if taken.Ended {
		return i.ended(nil, "failed")
	}
	return i.ended(nil, "done")
}

// ended notes how it went, unless there is an error, which its caller notes.
func (i *ingestion) ended(err error, phase string) error {
	if err == nil {
		i.progress.Phase = phase
	}
	return err
}
