package workflows

import (
	"go.temporal.io/sdk/workflow"

	"kedai/activities"
	"kedai/models/store"
)

// The receivers are nil here: only the methods' names are used.
var (
	turns      *activities.Turns
	sending    *activities.Sending
	ingesting  *activities.Ingesting
	upkeep     *activities.Upkeep
	playground *activities.Playground
	testing    *activities.Testing
)

// call is an activity under way.
type call[T any] struct{ workflow.Future }

// result waits for the activity's end.
func (c call[T]) result(ctx workflow.Context) (T, error) {
	var out T
	err := c.Get(ctx, &out)
	return out, err
}

func start[T any](ctx workflow.Context, options workflow.ActivityOptions, activity, request any) call[T] {
	return call[T]{workflow.ExecuteActivity(workflow.WithActivityOptions(ctx, options), activity, request)}
}

func startAttend(ctx workflow.Context, r activities.ChatRequest) call[store.Situation] {
	return start[store.Situation](ctx, decide, turns.Attend, r)
}

func startOpenConversation(ctx workflow.Context, r activities.ChatRequest) call[store.Situation] {
	return start[store.Situation](ctx, decide, turns.OpenConversation, r)
}

func startRetrieve(ctx workflow.Context, r activities.RetrieveRequest) call[activities.Retrieved] {
	options := retrieve
	if r.Blind {
		options = decide
	}
	return start[activities.Retrieved](ctx, options, turns.Retrieve, r)
}

func startRetrieveMore(ctx workflow.Context, r activities.TurnRequest) call[struct{}] {
	return start[struct{}](ctx, retrieve, turns.RetrieveMore, r)
}

func startGenerate(ctx workflow.Context, r activities.TurnRequest) call[activities.Generated] {
	options := generate
	if r.Plain {
		options = plain
	}
	return start[activities.Generated](ctx, options, turns.Generate, r)
}

func startDeliver(ctx workflow.Context, r activities.TurnRequest) call[store.Delivery] {
	return start[store.Delivery](ctx, decide, turns.Deliver, r)
}

func startNote(ctx workflow.Context, r activities.NoteRequest) call[struct{}] {
	return start[struct{}](ctx, note, turns.Note, r)
}

func startSend(ctx workflow.Context, r activities.ChatRequest) call[activities.Sent] {
	return start[activities.Sent](ctx, send, sending.Send, r)
}

func startIngest(ctx workflow.Context, r activities.ImportRequest) call[struct{}] {
	return start[struct{}](ctx, ingest, ingesting.Ingest, r)
}

func startSweepNext(ctx workflow.Context, r activities.SweepRequest) call[activities.Swept] {
	return start[activities.Swept](ctx, ingest, upkeep.SweepNext, r)
}

func startRenew(ctx workflow.Context) call[struct{}] {
	return call[struct{}]{workflow.ExecuteActivity(workflow.WithActivityOptions(ctx, ingest), upkeep.Renew)}
}

func startExtract(ctx workflow.Context, r activities.ImportRequest) call[activities.Extracted] {
	return start[activities.Extracted](ctx, ingest, ingesting.Extract, r)
}

func startIndexPassages(ctx workflow.Context, r activities.RevisionRequest) call[activities.Indexed] {
	return start[activities.Indexed](ctx, ingest, ingesting.IndexPassages, r)
}

func startTakeIn(ctx workflow.Context, r activities.RevisionRequest) call[activities.Taken] {
	return start[activities.Taken](ctx, ingest, ingesting.TakeIn, r)
}

func startTidy(ctx workflow.Context, r activities.ImportRequest) call[struct{}] {
	return start[struct{}](ctx, ingest, ingesting.Tidy, r)
}

func startGiveUp(ctx workflow.Context, r activities.ImportRequest) call[struct{}] {
	return start[struct{}](ctx, ingest, ingesting.GiveUp, r)
}
