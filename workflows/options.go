package workflows

import (
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"kedai/workflows/contract"
)

// The presets of time-outs and retries. A chat goes on within 15 s of the
// restart of whatever was killed: an activity whose worker died is missed
// after at most 5 s, and no pause between tries is longer than 3 s.
var (
	// decide is for short transactions, tried until Postgres answers.
	decide = workflow.ActivityOptions{
		TaskQueue:           contract.QueueConversation,
		StartToCloseTimeout: 5 * time.Second,
		RetryPolicy:         patience(0),
	}

	// retrieve gives up after about a minute of tries: then a person is better
	// than silence. An outage of workers or Temporal is no try.
	retrieve = workflow.ActivityOptions{
		TaskQueue:           contract.QueueConversation,
		StartToCloseTimeout: 5 * time.Second,
		RetryPolicy:         patience(25),
	}

	// generate waits for a model, whose worker's death its heartbeat tells.
	generate = workflow.ActivityOptions{
		TaskQueue:           contract.QueueModel,
		StartToCloseTimeout: 40 * time.Second,
		HeartbeatTimeout:    5 * time.Second,
		RetryPolicy:         patience(4),
	}

	// plain is the built-in engine's try after the model's.
	plain = workflow.ActivityOptions{
		TaskQueue:           contract.QueueConversation,
		StartToCloseTimeout: 5 * time.Second,
		HeartbeatTimeout:    5 * time.Second,
		RetryPolicy:         patience(8),
	}

	// note may wait for a model, and gives up after about a minute of tries: the
	// handoff stands without it.
	note = workflow.ActivityOptions{
		TaskQueue:           contract.QueueModel,
		StartToCloseTimeout: 20 * time.Second,
		HeartbeatTimeout:    5 * time.Second,
		RetryPolicy:         patience(25),
	}

	// send covers several requests of a few seconds each; its end is decided
	// by the rows, which count the attempts.
	send = workflow.ActivityOptions{
		TaskQueue:           contract.QueueConversation,
		StartToCloseTimeout: 5 * time.Second,
		RetryPolicy:         patience(0),
	}

	// ingest runs long, resumes by repeating, and never delays a chat.
	ingest = workflow.ActivityOptions{
		TaskQueue:           contract.QueueBulk,
		StartToCloseTimeout: 30 * time.Minute,
		HeartbeatTimeout:    5 * time.Second,
		RetryPolicy:         patience(0),
	}

	// rehearse is generate with somebody watching: all tries are over within a
	// minute.
	rehearse = workflow.ActivityOptions{
		TaskQueue:              contract.QueueModel,
		ScheduleToCloseTimeout: time.Minute,
		StartToCloseTimeout:    40 * time.Second,
		HeartbeatTimeout:       5 * time.Second,
		RetryPolicy:            patience(4),
	}

	// tests runs for as long as a model takes for all of an account's cases, and
	// resumes by repeating.
	tests = workflow.ActivityOptions{
		TaskQueue:           contract.QueueBulk,
		StartToCloseTimeout: 6 * time.Hour,
		HeartbeatTimeout:    5 * time.Second,
		RetryPolicy:         patience(40),
	}

	// mailing waits for an e-mail server among the slow third parties: a customer
	// waits for the code, so no sync may hold it up. The rows end its tries.
	mailing = workflow.ActivityOptions{
		TaskQueue:              contract.QueueModel,
		ScheduleToCloseTimeout: 15 * time.Minute,
		StartToCloseTimeout:    45 * time.Second,
		HeartbeatTimeout:       5 * time.Second,
		RetryPolicy: &temporal.RetryPolicy{
			InitialInterval:    2 * time.Second,
			BackoffCoefficient: 2,
			MaximumInterval:    time.Minute,
		},
	}

	// rehearsePlain is the built-in engine's try after the model's.
	rehearsePlain = workflow.ActivityOptions{
		TaskQueue:              contract.QueueModel,
		ScheduleToCloseTimeout: 20 * time.Second,
		StartToCloseTimeout:    5 * time.Second,
		HeartbeatTimeout:       5 * time.Second,
		RetryPolicy:            patience(8),
	}
)

// patience tries again at once, then every 3 s; tries is the most, 0 for ever.
func patience(tries int32) *temporal.RetryPolicy {
	return &temporal.RetryPolicy{
		InitialInterval:    300 * time.Millisecond,
		BackoffCoefficient: 1.7,
		MaximumInterval:    3 * time.Second,
		MaximumAttempts:    tries,
	}
}
