// Package contract is what the senders and the receivers of signals and
// queries share: names, types, task queues, workflow IDs and search
// attributes. It is a leaf, so that the API can start workflows without
// knowing them.
package contract

import (
	"strings"
	"time"

	"github.com/google/uuid"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"kedai/models"
)

// Task queues have slots of their own, so that a sync never delays a chat and
// a slow model never delays a delivery.
const (
	QueueConversation = "conversation"
	QueueModel        = "model"
	QueueBulk         = "bulk"
)

// Names of workflow types.
const (
	ConversationWorkflow = "Conversation"
	IngestWorkflow       = "SourceIngest"
	UpkeepWorkflow       = "IndexUpkeep"
	PlaygroundWorkflow   = "Playground"
	TestRunWorkflow      = "TestRun"
)

// Deployment is the name of the worker deployment whose current version new
// runs go to.
const Deployment = "kedai"

// Search attributes of conversation runs.
var (
	AgentState     = temporal.NewSearchAttributeKeyKeyword("AgentState")
	AccountID      = temporal.NewSearchAttributeKeyKeyword("AccountID")
	ConversationID = temporal.NewSearchAttributeKeyKeyword("ConversationID")
	LeadID         = temporal.NewSearchAttributeKeyKeyword("LeadID")
	Channel        = temporal.NewSearchAttributeKeyKeyword("Channel")
	HandoffReason  = temporal.NewSearchAttributeKeyKeyword("HandoffReason")
	TurnStartedAt  = temporal.NewSearchAttributeKeyTime("TurnStartedAt")
)

// TypedSignal binds a signal's name to what it carries.
type TypedSignal[T any] struct{ Name string }

// Channel returns the run's channel of the signal.
func (s TypedSignal[T]) Channel(ctx workflow.Context) SignalChannel[T] {
	return SignalChannel[T]{workflow.GetSignalChannel(ctx, s.Name)}
}

// SignalChannel receives a TypedSignal.
type SignalChannel[T any] struct{ channel workflow.ReceiveChannel }

// ReceiveAsync returns the next signal without blocking; ok is false where
// there is none.
func (c SignalChannel[T]) ReceiveAsync() (value T, ok bool) {
	ok = c.channel.ReceiveAsync(&value)
	return value, ok
}

// AddToSelector has heard called for the next signal.
func (c SignalChannel[T]) AddToSelector(ctx workflow.Context, selector workflow.Selector, heard func(T)) workflow.Selector {
	return selector.AddReceive(c.channel, func(from workflow.ReceiveChannel, _ bool) {
		var value T
		from.Receive(ctx, &value)
		heard(value)
	})
}

// TypedQuery binds a query's name to its answer.
type TypedQuery[T any] struct{ Name string }

// Handle answers the query.
func (q TypedQuery[T]) Handle(ctx workflow.Context, answer func() (T, error)) error {
	return workflow.SetQueryHandler(ctx, q.Name, answer)
}

// Doorbell tells a chat's run that Postgres has something new. It carries the
// chat's numbers and no content; the run keeps the greatest of each and reads
// the rest, so that lost, double and disordered doorbells do no harm.
type Doorbell struct {
	Seq   int64 `json:"seq"`             // The chat's wake_seq.
	InSeq int64 `json:"in_seq"`          // Its last_in_seq: greater than before means a burst to wait out.
	Quick bool  `json:"quick,omitempty"` // The newest inbound is a question or a button.
}

// Signals and queries of a conversation's run.
var (
	DoorbellSignal = TypedSignal[Doorbell]{Name: "doorbell"}
	StateQuery     = TypedQuery[ConversationState]{Name: "state"}
)

// ConversationInput starts a chat's run.
type ConversationInput struct {
	Account uuid.UUID `json:"account"`
	Chat    uuid.UUID `json:"chat"`
}

// ConversationState is the answer to StateQuery: the whole state of a run.
type ConversationState struct {
	Account      uuid.UUID         `json:"account"`
	Chat         uuid.UUID         `json:"chat"`
	Phase        string            `json:"phase"`   // resting, opening, burst, retrieving, generating, delivering, sending.
	Rung         Doorbell          `json:"rung"`    // The greatest doorbell.
	Handled      int64             `json:"handled"` // The doorbell that was last acted on.
	Turn         *uuid.UUID        `json:"turn,omitempty"`
	Attempt      int               `json:"attempt,omitempty"`
	Deadline     *time.Time        `json:"deadline,omitempty"`
	Conversation *uuid.UUID        `json:"conversation,omitempty"`
	Agent        models.AgentState `json:"agent,omitempty"`
	Turns        int               `json:"turns"` // Delivered by this chain of runs.
}

// IngestInput starts the ingest of one upload.
type IngestInput struct {
	Account uuid.UUID `json:"account"`
	Import  uuid.UUID `json:"import"`
}

// UpkeepInput says after which account the sweep of all goes on.
type UpkeepInput struct {
	After uuid.UUID `json:"after,omitzero"`
}

// The daily upkeep of the indexes: its schedule and its workflow's ID.
const (
	UpkeepSchedule   = "index-upkeep"
	UpkeepWorkflowID = "index-upkeep"
)

// IngestProgress is the answer to ProgressQuery: how far an ingest has come.
type IngestProgress struct {
	Phase string `json:"phase"` // reading, importing, indexing, switching, tidying, done or failed.
	Done  int    `json:"done"`  // Of a source: passages written.
	Total int    `json:"total"`
}

// ProgressQuery asks an ingest.
var ProgressQuery = TypedQuery[IngestProgress]{Name: "progress"}

// Prefixes of workflow IDs.
const (
	conversationPrefix = "conversation/"
	ingestPrefix       = "ingest/"
)

// ConversationWorkflowID returns the ID of a chat's run.
func ConversationWorkflowID(chat uuid.UUID) string { return conversationPrefix + chat.String() }

// ChatOf is the inverse of ConversationWorkflowID.
func ChatOf(workflowID string) (uuid.UUID, error) {
	rest, found := strings.CutPrefix(workflowID, conversationPrefix)
	if !found {
		return uuid.Nil, models.Errorf(models.CodeInvalid, "%q is not the ID of a conversation's run", workflowID)
	}
	return uuid.Parse(rest)
}

// IngestWorkflowID returns the ID of an upload's ingest.
func IngestWorkflowID(upload uuid.UUID) string { return ingestPrefix + upload.String() }
