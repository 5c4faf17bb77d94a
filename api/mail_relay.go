package api

import (
	"context"
	"log/slog"
	"time"

	"github.com/google/uuid"
	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"

	"kedai/models/store"
	"kedai/workflows/contract"
)

const (
	mailEvery      = time.Second
	mailPerAccount = 20
	mailAtOnce     = 100
	mailTimeout    = 3 * time.Second
)

// mailRelay starts the run of each mail that the rows say is to be sent. Any
// number of processes may run one: each takes other mails, and one whose start
// failed or whose run is gone comes up again.
type mailRelay struct {
	pending func(ctx context.Context, perAccount, limit int) ([]store.PendingMail, error)
	start   func(ctx context.Context, account, mail uuid.UUID) error
	log     *slog.Logger
	every   time.Duration
}

func (r *mailRelay) run(ctx context.Context) {
	reading := &health{log: r.log, fails: "the relay can't read which mails are to be sent", works: "the relay reads mails again"}
	for pause(ctx, jitter(r.every)) {
		mails, err := r.pending(ctx, mailPerAccount, mailAtOnce)
		reading.note(ctx, err)
		for _, m := range mails {
			r.begin(ctx, m)
		}
	}
}

func (r *mailRelay) begin(ctx context.Context, m store.PendingMail) {
	ctx, cancel := context.WithTimeout(ctx, mailTimeout)
	defer cancel()
	if err := r.start(ctx, m.AccountID, m.ID); err != nil {
		r.log.Warn("a mail's run couldn't be started; it will be tried again", "mail_id", m.ID, "error", err.Error())
	}
}

// startMail starts a mail's run; one that runs already is left to it.
func startMail(t Temporal) func(ctx context.Context, account, mail uuid.UUID) error {
	return func(ctx context.Context, account, mail uuid.UUID) error {
		_, err := t.ExecuteWorkflow(ctx, client.StartWorkflowOptions{
			ID:                       contract.MailWorkflowID(mail),
			TaskQueue:                contract.QueueBulk,
			WorkflowIDReusePolicy:    enumspb.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE,
			WorkflowIDConflictPolicy: enumspb.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING,
			Priority:                 temporal.Priority{FairnessKey: account.String()},
		}, contract.MailWorkflow, contract.MailInput{Account: account, Mail: mail})
		return err
	}
}
