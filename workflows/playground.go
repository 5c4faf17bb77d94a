package workflows

import (
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"kedai/activities"
	"kedai/workflows/contract"
)

// Playground answers one turn of a Playground's chat. As in live chats, a model
// that fails for good is followed by the built-in engine; where that fails too,
// the turn says so.
func Playground(ctx workflow.Context, in contract.PlaygroundInput) error {
	request := activities.PlaygroundRequest{Account: in.Account, Chat: in.Chat, N: in.N}
	_, err := startRehearse(ctx, request).result(ctx)
	if err != nil && !temporal.IsCanceledError(err) {
		request.Plain = true
		_, err = startRehearse(ctx, request).result(ctx)
	}
	if err != nil && !temporal.IsCanceledError(err) {
		_, err = startGiveUpRehearsal(ctx, request).result(ctx)
	}
	return err
}

func startRehearse(ctx workflow.Context, r activities.PlaygroundRequest) call[struct{}] {
	options := rehearse
	if r.Plain {
		options = rehearsePlain
	}
	return start[struct{}](ctx, options, playground.Rehearse, r)
}

func startGiveUpRehearsal(ctx workflow.Context, r activities.PlaygroundRequest) call[struct{}] {
	return start[struct{}](ctx, rehearsePlain, playground.GiveUpRehearsal, r)
}
