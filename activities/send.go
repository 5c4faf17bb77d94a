package activities

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"kedai/activities/channels"
	"kedai/models"
	"kedai/models/failpoint"
	"kedai/models/store"
)

// Sending is the activity that everything outbound leaves by, where a channel
// needs a request of ours.
type Sending struct {
	Store *store.Store
	Log   *slog.Logger
}

// Sent is how a chat stands after sending.
type Sent struct {
	store.Situation
	More bool `json:"more,omitempty"` // There is more to send at once.
}

// sendFor bounds one activity: with the last request's time-out it stays below
// the activity's own.
const sendFor = 1500 * time.Millisecond

// Send sends a chat's outbounds in their order until there is nothing to send
// now. An attempt is committed before each request; what became of it, after.
// A request that surely didn't arrive fails the activity, so that Temporal's
// policy repeats it; one that may have arrived is left to its echo.
func (a *Sending) Send(ctx context.Context, r ChatRequest) (Sent, error) {
	for started := time.Now(); ; {
		if time.Since(started) > sendFor {
			return Sent{More: true}, nil
		}
		job, situation, err := a.Store.NextSend(ctx, r.Account, r.Chat)
		if err != nil || job == nil {
			return Sent{Situation: situation}, edge(ctx, a.Log, "Send", err)
		}
		failpoint.Hit("before-send")
		result, again := a.request(ctx, *job)
		failpoint.Hit("after-send")
		if err := a.finish(ctx, *job, result); err != nil {
			return Sent{}, edge(ctx, a.Log, "Send", err)
		}
		if again != nil {
			return Sent{}, edge(ctx, a.Log, "Send", again)
		}
	}
}

// finish keeps what became of a request, even when the activity is over, and
// tries for a while: what is forgotten here is sent again.
func (a *Sending) finish(ctx context.Context, job store.SendJob, result store.SendResult) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), finishFor)
	defer cancel()
	for {
		err := a.Store.FinishSend(ctx, job, result)
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

// finishFor outlives the activity: a database that is restarted within it costs
// no doubled message.
const (
	finishFor   = 20 * time.Second
	finishPause = 200 * time.Millisecond
)

// request makes the request and says what is known of it. again is set where
// it surely didn't arrive.
func (a *Sending) request(ctx context.Context, job store.SendJob) (result store.SendResult, again error) {
	secret, err := a.Store.InboxSecret(ctx, job.Inbox)
	if err != nil && retryable[models.CodeOf(err)] {
		return store.SendResult{State: models.AttemptNotSent, Failure: string(models.CodeOf(err))}, err
	}
	if err != nil {
		// A secret that doesn't open won't open at the next try either.
		a.Log.ErrorContext(ctx, "inbox secret can't be read", "inbox", job.Inbox.ID, "error", causeOf(err))
		return store.SendResult{State: models.AttemptRejected, Failure: "secret"}, nil
	}
	adapter, err := channels.For(job.Inbox.Channel)
	if err != nil {
		return store.SendResult{State: models.AttemptRejected, Failure: string(models.CodeOf(err))}, nil
	}
	providerID, err := adapter.Send(ctx, channels.SendRequest{
		Endpoint: job.Inbox.Endpoint, Secret: secret, Identity: job.Identity, Text: job.Text, Reference: job.Outbound.ID.String(),
	})
	if err == nil {
		return store.SendResult{State: models.AttemptSent, ProviderID: providerID}, nil
	}
	var failed *channels.SendError
	if !errors.As(err, &failed) {
		// An adapter that doesn't say what happened may have sent.
		return store.SendResult{State: models.AttemptUnknown, Failure: "unclassified"}, nil
	}
	switch failed.Outcome {
	case channels.NotSent:
		again := models.Errorf(models.CodeUnavailable, "the channel didn't take the message: %s", failed.Code)
		return store.SendResult{State: models.AttemptNotSent, Failure: failed.Code}, &retryLater{err: again, after: failed.RetryAfter}
	case channels.Rejected:
		return store.SendResult{State: models.AttemptRejected, Failure: failed.Code}, nil
	default:
		return store.SendResult{State: models.AttemptUnknown, Failure: failed.Code}, nil
	}
}
