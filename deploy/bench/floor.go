package bench

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/google/uuid"
	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/log"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"kedai/models"
	"kedai/workflows/contract"
)

const (
	floorQueue    = "floor"
	floorWorkflow = "Floor"
)

// Floor is what the engines alone cost: a chat's skeleton of doorbell, burst
// timer, three empty activities and two upserts, on the same server.
type Floor struct {
	temporal client.Client
	worker   worker.Worker
	burst    time.Duration

	mu    sync.Mutex
	turns map[string]chan struct{}
}

// StartFloor runs the skeleton's worker in this process.
func StartFloor(s *System, burst time.Duration) (*Floor, error) {
	temporal, err := client.Dial(client.Options{
		HostPort: s.Engines.TemporalAddress, Namespace: "kedai", Logger: log.NewStructuredLogger(slog.New(slog.DiscardHandler)),
	})
	if err != nil {
		return nil, err
	}
	f := &Floor{temporal: temporal, burst: burst, turns: map[string]chan struct{}{}}
	f.worker = worker.New(temporal, floorQueue, worker.Options{})
	f.worker.RegisterWorkflowWithOptions(f.skeleton, workflow.RegisterOptions{Name: floorWorkflow})
	for i := range 2 {
		f.worker.RegisterActivityWithOptions(func(context.Context, uuid.UUID) error { return nil }, activity.RegisterOptions{Name: fmt.Sprint("Empty", i)})
	}
	f.worker.RegisterActivityWithOptions(f.done, activity.RegisterOptions{Name: "Empty2"})
	return f, f.worker.Start()
}

// Close ends the worker.
func (f *Floor) Close() {
	f.worker.Stop()
	f.temporal.Close()
}

func (f *Floor) skeleton(ctx workflow.Context, chat uuid.UUID) error {
	bells := contract.DoorbellSignal.Channel(ctx)
	options := workflow.ActivityOptions{StartToCloseTimeout: 5 * time.Second}
	for {
		// A doorbell of the same task as the suggestion is answered first.
		if _, rung := bells.ReceiveAsync(); !rung {
			if workflow.GetInfo(ctx).GetContinueAsNewSuggested() {
				return workflow.NewContinueAsNewError(ctx, floorWorkflow, chat)
			}
			selector := workflow.NewSelector(ctx)
			bells.AddToSelector(ctx, selector, func(contract.Doorbell) {})
			selector.Select(ctx)
		}
		if err := workflow.Sleep(ctx, f.burst); err != nil {
			return err
		}
		if err := workflow.UpsertTypedSearchAttributes(ctx, contract.TurnStartedAt.ValueSet(workflow.Now(ctx)), contract.AgentState.ValueSet(string(models.AgentServing)), contract.AccountID.ValueSet(chat.String())); err != nil {
			return err
		}
		for i := range 3 {
			if err := workflow.ExecuteActivity(workflow.WithActivityOptions(ctx, options), fmt.Sprint("Empty", i), chat).Get(ctx, nil); err != nil {
				return err
			}
		}
		if err := workflow.UpsertTypedSearchAttributes(ctx, contract.TurnStartedAt.ValueUnset(), contract.AgentState.ValueSet(string(models.AgentServing))); err != nil {
			return err
		}
	}
}

func (f *Floor) done(_ context.Context, chat uuid.UUID) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if waiting := f.turns[chat.String()]; waiting != nil {
		close(waiting)
		delete(f.turns, chat.String())
	}
	return nil
}

// Turn rings once for a chat and returns how long its turn took without the
// burst wait.
func (f *Floor) Turn(ctx context.Context, chat uuid.UUID) (time.Duration, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	waiting := make(chan struct{})
	f.mu.Lock()
	f.turns[chat.String()] = waiting
	f.mu.Unlock()
	began := time.Now()
	_, err := f.temporal.SignalWithStartWorkflow(ctx, "floor/"+chat.String(), contract.DoorbellSignal.Name, contract.Doorbell{Seq: 1},
		client.StartWorkflowOptions{TaskQueue: floorQueue}, floorWorkflow, chat)
	if err != nil {
		return 0, err
	}
	select {
	case <-ctx.Done():
		return 0, ctx.Err()
	case <-waiting:
		return time.Since(began) - f.burst, nil
	}
}
