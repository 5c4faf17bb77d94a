package api

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/google/uuid"
	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"

	"kedai/models/store"
	"kedai/workflows/contract"
)

// Ingester starts the ingest of an upload. Starting one that runs is no error.
type Ingester interface {
	StartIngest(ctx context.Context, account, upload uuid.UUID) error
}

// temporalIngester starts the ingest workflow, one at a time for each upload.
type temporalIngester struct{ Temporal }

func (t temporalIngester) StartIngest(ctx context.Context, account, upload uuid.UUID) error {
	_, err := t.ExecuteWorkflow(ctx, client.StartWorkflowOptions{
		ID:                    contract.IngestWorkflowID(upload),
		TaskQueue:             contract.QueueBulk,
		WorkflowIDReusePolicy: enumspb.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE,
		Priority:              temporal.Priority{FairnessKey: account.String()},
	}, contract.IngestWorkflow, contract.IngestInput{Account: account, Import: upload})
	return err
}

const (
	ingestTimeout  = 3 * time.Second
	ingestEvery    = 5 * time.Second
	ingestLongest  = 5 * time.Minute
	ingestAtOnce   = 50
	ingestAwaiting = 100
)

// ingests starts uploads off the request's path, and again those that have
// stayed pending: Temporal may have been down.
type ingests struct {
	ingester Ingester
	pending  func(ctx context.Context, age time.Duration, limit int) ([]store.PendingImport, error)
	log      *slog.Logger
	fresh    chan store.PendingImport
}

func newIngests(ingester Ingester, pending func(context.Context, time.Duration, int) ([]store.PendingImport, error), log *slog.Logger) *ingests {
	return &ingests{ingester: ingester, pending: pending, log: log, fresh: make(chan store.PendingImport, ingestAwaiting)}
}

// start queues an upload that was just stored. Where the queue is full, the
// retry finds it.
func (i *ingests) start(p store.PendingImport) {
	select {
	case i.fresh <- p:
	default:
	}
}

// run starts what is queued at once, and looks for what still waits.
func (i *ingests) run(ctx context.Context, every time.Duration) {
	var both sync.WaitGroup
	both.Go(func() {
		for {
			select {
			case <-ctx.Done():
				return
			case p := <-i.fresh:
				i.ingest(ctx, p)
			}
		}
	})
	both.Go(func() { i.retry(ctx, every) })
	both.Wait()
}

// again is when an upload is started once more; the pause doubles.
type again struct {
	at   time.Time
	next time.Duration
}

func (i *ingests) retry(ctx context.Context, every time.Duration) {
	tries := map[uuid.UUID]again{}
	for pause(ctx, jitter(every)) {
		uploads, err := i.pending(ctx, every, ingestAtOnce)
		if err != nil {
			continue
		}
		waiting := make(map[uuid.UUID]again, len(uploads))
		for _, p := range uploads {
			try := tries[p.ID]
			if now := time.Now(); !now.Before(try.at) {
				i.ingest(ctx, p)
				wait := max(try.next, every)
				try = again{at: now.Add(wait), next: min(2*wait, ingestLongest)}
			}
			waiting[p.ID] = try
		}
		tries = waiting
	}
}

func (i *ingests) ingest(ctx context.Context, p store.PendingImport) {
	ctx, cancel := context.WithTimeout(ctx, ingestTimeout)
	defer cancel()
	if err := i.ingester.StartIngest(ctx, p.AccountID, p.ID); err != nil {
		i.log.Warn("an ingest couldn't be started; it will be tried again", "import_id", p.ID, "error", err.Error())
	}
}
