// Package worker registers everything that Temporal runs for Kedai: workflows
// and activities on the three task queues.
package worker

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"kedai/activities"
	"kedai/activities/answer"
	"kedai/activities/documents"
	"kedai/activities/llm"
	"kedai/activities/mail"
	"kedai/activities/retrieval"
	"kedai/models"
	"kedai/models/store"
	"kedai/workflows"
	"kedai/workflows/contract"
)

// Options say what a worker works with.
type Options struct {
	Client  client.Client
	Store   *store.Store
	Index   retrieval.Index
	Model   llm.Model // Nil: the built-in engine answers alone, but where an account has a model of its own.
	Limits  ModelLimits
	Log     *slog.Logger
	Mail    mail.Sender
	BuildID string // Names the code; empty runs without worker versioning.
}

// ModelLimits say how models are asked. What is unset is as activities has it.
type ModelLimits struct {
	Budget     time.Duration     // Of all calls of a turn.
	PerAccount int               // Calls at a time.
	Price      models.ModelPrice // Of Options.Model.
	// OpenOwn opens an account's own model; nil: at its provider's address.
	OpenOwn func(ctx context.Context, m models.AccountModel, key models.Secret) (llm.Model, error)
}

// Worker polls the three task queues.
type Worker struct {
	workers []worker.Worker
}

// The slots of each queue: a sync has none of a chat's, and slow models hold
// up no delivery.
const (
	conversationSlots = 100
	modelSlots        = 100
	bulkSlots         = 4
	cachedRuns        = 4000
)

// New registers workflows and activities. Conversations are AutoUpgrade: a
// chat's run outlives any version of the code. So are ingests: pinned to a
// version whose last worker is gone, one would wait for ever, and a workflow of
// one activity has nothing that a newer version could break.
func New(o Options) *Worker {
	worker.SetStickyWorkflowCacheSize(cachedRuns)
	go answer.Prepare() // Beside the start: it takes seconds, and a turn that comes first waits for it.
	turns := &activities.Turns{Store: o.Store, Index: o.Index, Models: o.models(), Log: o.Log}
	sending := &activities.Sending{Store: o.Store, Log: o.Log}
	ingesting := &activities.Ingesting{Store: o.Store, Index: o.Index, Fetch: fetchPage, Log: o.Log}

	conversation := worker.New(o.Client, contract.QueueConversation, o.options(conversationSlots))
	RegisterConversation(conversation)
	conversation.RegisterWorkflowWithOptions(workflows.Playground, workflow.RegisterOptions{
		Name: contract.PlaygroundWorkflow, VersioningBehavior: workflow.VersioningBehaviorAutoUpgrade,
	})
	conversation.RegisterActivity(turns)
	conversation.RegisterActivity(sending)

	model := worker.New(o.Client, contract.QueueModel, o.options(modelSlots))
	model.RegisterActivity(turns)
	model.RegisterActivity(&activities.Mailing{Store: o.Store, Sender: o.Mail, Log: o.Log})
	model.RegisterActivity(&activities.Playground{Turns: turns, Store: o.Store, Log: o.Log})

	bulk := worker.New(o.Client, contract.QueueBulk, o.options(bulkSlots))
	bulk.RegisterWorkflowWithOptions(workflows.SourceIngest, workflow.RegisterOptions{
		Name: contract.IngestWorkflow, VersioningBehavior: workflow.VersioningBehaviorAutoUpgrade,
	})
	bulk.RegisterActivity(ingesting)
	bulk.RegisterWorkflowWithOptions(workflows.TestRun, workflow.RegisterOptions{
		Name: contract.TestRunWorkflow, VersioningBehavior: workflow.VersioningBehaviorAutoUpgrade,
	})
	bulk.RegisterActivity(&activities.Testing{Turns: turns, Store: o.Store, Log: o.Log})
	bulk.RegisterWorkflowWithOptions(workflows.IndexUpkeep, workflow.RegisterOptions{
		Name: contract.UpkeepWorkflow, VersioningBehavior: workflow.VersioningBehaviorAutoUpgrade,
	})
	bulk.RegisterWorkflowWithOptions(workflows.Mail, workflow.RegisterOptions{
		Name: contract.MailWorkflow, VersioningBehavior: workflow.VersioningBehaviorAutoUpgrade,
	})
	bulk.RegisterActivity(&activities.Upkeep{Store: o.Store, Index: o.Index, Log: o.Log})
	return &Worker{workers: []worker.Worker{conversation, model, bulk}}
}

func (o Options) models() *activities.Models {
	open := o.Limits.OpenOwn
	if open == nil {
		open = llm.OpenOwn
	}
	return &activities.Models{
		Store: o.Store, Model: o.Model, Open: open, Budget: o.Limits.Budget, PerAccount: o.Limits.PerAccount, Price: o.Limits.Price, Log: o.Log,
	}
}

// RegisterConversation registers the chat's workflow, for workers and for
// replays.
func RegisterConversation(r interface {
	RegisterWorkflowWithOptions(w any, options workflow.RegisterOptions)
},
) {
	r.RegisterWorkflowWithOptions(workflows.Conversation, workflow.RegisterOptions{
		Name: contract.ConversationWorkflow, VersioningBehavior: workflow.VersioningBehaviorAutoUpgrade,
	})
}

func (o Options) options(slots int) worker.Options {
	out := worker.Options{
		MaxConcurrentActivityExecutionSize: slots,
		// A cancelled Generate hears of it with its next heartbeat.
		MaxHeartbeatThrottleInterval:     time.Second,
		DefaultHeartbeatThrottleInterval: time.Second,
		// A task whose worker died goes to another one soon.
		StickyScheduleToStartTimeout: time.Second,
		WorkerStopTimeout:            4 * time.Second,
	}
	if o.BuildID != "" {
		out.DeploymentOptions = worker.DeploymentOptions{
			UseVersioning: true,
			Version:       worker.WorkerDeploymentVersion{DeploymentName: contract.Deployment, BuildID: o.BuildID},
		}
	}
	return out
}

// Run polls until ctx ends, then lets activities finish for some seconds.
func (w *Worker) Run(ctx context.Context) error {
	for i, one := range w.workers {
		if err := one.Start(); err != nil {
			w.stop(i)
			return fmt.Errorf("start worker: %w", err)
		}
	}
	<-ctx.Done()
	w.stop(len(w.workers))
	return nil
}

func (w *Worker) stop(n int) {
	for _, one := range w.workers[:n] {
		one.Stop()
	}
}

// pages fetches from the public internet only.
var pages = documents.NewFetcher(documents.FetcherOptions{})

func fetchPage(ctx context.Context, url string) (name string, body []byte, err error) {
	page, err := pages.Fetch(ctx, url)
	return page.Name, page.Body, err
}
