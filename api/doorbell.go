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

// Ringer tells a chat's run that Postgres has something new for it. Ring
// returns at once and loses nothing that the relay won't find: the rows decide.
type Ringer interface {
	Ring(store.Bell)
}

// Temporal is what the API needs of a Temporal client; client.Client has it.
// It may be lazy: the API serves and stores while Temporal is down.
type Temporal interface {
	SignalWithStartWorkflow(ctx context.Context, workflowID, signalName string, signalArg any, options client.StartWorkflowOptions, workflow any, workflowArgs ...any) (client.WorkflowRun, error)
	ExecuteWorkflow(ctx context.Context, options client.StartWorkflowOptions, workflow any, args ...any) (client.WorkflowRun, error)
}

const (
	ringWorkers  = 16
	ringTimeout  = 3 * time.Second
	maxWaiting   = 10_000
	noteEvery    = 25 * time.Millisecond
	notesAtOnce  = 500
	workflowTask = 4 * time.Second
)

// doorbell rings off the request's path: bells of one chat are merged while
// they wait, and one chat is rung for by one worker at a time.
type doorbell struct {
	signal func(context.Context, store.Bell) error
	note   func(context.Context, []store.Bell) error // What was rung.
	log    *slog.Logger

	mu      sync.Mutex
	bells   map[uuid.UUID]store.Bell // That wait, by chat.
	busy    map[uuid.UUID]bool       // Chats that are being rung for.
	rung    []store.Bell             // To be noted.
	ringing health
	ready   chan uuid.UUID
}

func newDoorbell(signal func(context.Context, store.Bell) error, note func(context.Context, []store.Bell) error, log *slog.Logger) *doorbell {
	return &doorbell{
		signal: signal, note: note, log: log,
		bells: map[uuid.UUID]store.Bell{}, busy: map[uuid.UUID]bool{},
		ringing: health{log: log, fails: "doorbells don't reach Temporal; the relay will ring again", works: "doorbells reach Temporal again"},
		ready:   make(chan uuid.UUID, maxWaiting+ringWorkers),
	}
}

// Ring queues a bell. Where too many wait, Temporal is down or slow and the
// bell is left to the relay.
func (d *doorbell) Ring(b store.Bell) {
	d.mu.Lock()
	defer d.mu.Unlock()
	waiting, queued := d.bells[b.Chat]
	if !queued && len(d.bells) >= maxWaiting {
		return
	}
	if waiting.InSeq > b.InSeq {
		b.InSeq, b.Quick = waiting.InSeq, waiting.Quick
	}
	b.Seq = max(b.Seq, waiting.Seq)
	d.bells[b.Chat] = b
	if !queued && !d.busy[b.Chat] {
		d.ready <- b.Chat
	}
}

// run rings until ctx ends.
func (d *doorbell) run(ctx context.Context) {
	var workers sync.WaitGroup
	for range ringWorkers {
		workers.Go(func() { d.work(ctx) })
	}
	ticker := time.NewTicker(noteEvery)
	defer ticker.Stop()
	for ctx.Err() == nil {
		select {
		case <-ticker.C:
		case <-ctx.Done():
		}
		d.flush(ctx)
	}
	workers.Wait()
	d.flush(ctx)
}

func (d *doorbell) work(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case chat := <-d.ready:
			d.ringFor(ctx, chat)
		}
	}
}

func (d *doorbell) ringFor(ctx context.Context, chat uuid.UUID) {
	d.mu.Lock()
	b := d.bells[chat]
	delete(d.bells, chat)
	d.busy[chat] = true
	d.mu.Unlock()

	within, cancel := context.WithTimeout(ctx, ringTimeout)
	err := d.signal(within, b)
	cancel()

	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.busy, chat)
	if _, again := d.bells[chat]; again {
		d.ready <- chat
	}
	if err == nil {
		d.rung = append(d.rung, b)
	}
	d.ringing.note(ctx, err)
}

// flush notes what was rung. Where that fails the relay rings once more, which
// does no harm.
func (d *doorbell) flush(ctx context.Context) {
	for {
		d.mu.Lock()
		n := min(len(d.rung), notesAtOnce)
		batch := d.rung[:n:n]
		if d.rung = d.rung[n:]; len(d.rung) == 0 {
			d.rung = nil
		}
		d.mu.Unlock()
		if n == 0 {
			return
		}
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
		err := d.note(ctx, batch)
		cancel()
		if err != nil {
			d.log.Debug("rung doorbells couldn't be noted", "count", n, "error", err.Error())
			return
		}
	}
}

// drained waits until nothing waits to be rung, or ctx ends.
func (d *doorbell) drained(ctx context.Context) {
	for ctx.Err() == nil {
		d.mu.Lock()
		idle := len(d.bells) == 0 && len(d.busy) == 0 && len(d.rung) == 0
		d.mu.Unlock()
		if idle {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// ringTemporal starts or signals the chat's run.
func ringTemporal(t Temporal) func(context.Context, store.Bell) error {
	return func(ctx context.Context, b store.Bell) error {
		_, err := t.SignalWithStartWorkflow(ctx, contract.ConversationWorkflowID(b.Chat),
			contract.DoorbellSignal.Name, contract.Doorbell{Seq: b.Seq, InSeq: b.InSeq, Quick: b.Quick},
			client.StartWorkflowOptions{
				TaskQueue:             contract.QueueConversation,
				WorkflowTaskTimeout:   workflowTask,
				WorkflowIDReusePolicy: enumspb.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE,
				Priority:              temporal.Priority{FairnessKey: b.Account.String()},
			},
			contract.ConversationWorkflow, contract.ConversationInput{Account: b.Account, Chat: b.Chat})
		return err
	}
}
