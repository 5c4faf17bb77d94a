package activities

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"kedai/activities/answer"
	"kedai/activities/mail"
	"kedai/models"
	"kedai/models/failpoint"
	"kedai/models/store"
)

// Mailing is the activity that one-time codes leave by.
type Mailing struct {
	Store  *store.Store
	Sender mail.Sender
	Log    *slog.Logger
}

// MailRequest names a mail.
type MailRequest struct {
	Account uuid.UUID `json:"account"`
	Mail    uuid.UUID `json:"mail"`
}

// SendMail sends a one-time code. An attempt is committed before each request,
// and what became of it, after. It fails, to be repeated by Temporal's policy,
// where the mail didn't arrive or may not have; the rows bound how often.
func (a *Mailing) SendMail(ctx context.Context, r MailRequest) error {
	stop := heartbeat(ctx)
	defer stop()
	return edge(ctx, a.Log, "SendMail", a.sendMail(ctx, r))
}

func (a *Mailing) sendMail(ctx context.Context, r MailRequest) error {
	job, err := a.Store.NextMail(ctx, r.Account, r.Mail)
	if err != nil || job == nil {
		return err
	}
	failpoint.Hit("before-mail")
	state, failure := a.request(ctx, *job)
	failpoint.Hit("after-mail")
	if err := a.finish(ctx, *job, state, failure); err != nil {
		return err
	}
	switch state {
	case models.AttemptNotSent:
		return models.Errorf(models.CodeUnavailable, "the e-mail server didn't take the mail: %s", failure)
	case models.AttemptOpen, models.AttemptUnknown:
		return models.Errorf(models.CodeUnknownState, "the e-mail server didn't say whether it took the mail")
	case models.AttemptRejected:
		a.Log.WarnContext(ctx, "a mail was refused", "account_id", r.Account, "mail_id", r.Mail, "failure", failure)
	case models.AttemptSent:
	}
	return nil
}

func (a *Mailing) request(ctx context.Context, job store.MailJob) (state models.AttemptState, failure string) {
	subject, body := answer.CodeMail(job.Language, job.Shop, job.Order, job.Code.Reveal())
	err := a.Sender.Send(ctx, job.Server, job.Password, mail.Message{
		To: string(job.To), FromName: job.Shop, Subject: subject, Body: body, ID: job.Attempt.String(),
	})
	if err == nil {
		return models.AttemptSent, ""
	}
	var failed *mail.SendError
	if !errors.As(err, &failed) {
		return models.AttemptUnknown, "unclassified"
	}
	switch failed.Outcome {
	case mail.NotSent:
		return models.AttemptNotSent, failed.Code
	case mail.Rejected:
		return models.AttemptRejected, failed.Code
	case mail.Unknown:
	}
	return models.AttemptUnknown, failed.Code
}

// finish keeps what became of a request, even when the activity is over: what is
// forgotten here may be sent again.
func (a *Mailing) finish(ctx context.Context, job store.MailJob, state models.AttemptState, failure string) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), finishFor)
	defer cancel()
	for {
		err := a.Store.FinishMail(ctx, job, state, failure)
		if err == nil || !retryable[models.CodeOf(err)] {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(finishPause):
		}
	}
}
