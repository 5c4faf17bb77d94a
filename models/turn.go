package models

import (
	"strconv"
	"time"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"
)

// Turn is one reply in the making: it covers the inbound messages from
// FirstSeq to CoversSeq. A newer message widens it until it is final or
// delivered, so its ID depends on where it begins only.
type Turn struct {
	ID             uuid.UUID  `json:"id"`
	AccountID      uuid.UUID  `json:"account_id"`
	ChatID         uuid.UUID  `json:"chat_id"`
	ConversationID uuid.UUID  `json:"conversation_id"`
	FirstSeq       int64      `json:"first_seq"`
	CoversSeq      int64      `json:"covers_seq"`
	Attempt        int        `json:"attempt"`    // Bumped by each preparation; a draft of an older one is void.
	Round          int        `json:"round"`      // Of retrieval, within the attempt.
	Supersedes     int        `json:"supersedes"` // How often a newer message widened it.
	Final          bool       `json:"final"`      // Newer messages no longer supersede it.
	DeferredAt     *time.Time `json:"deferred_at"`
	DeferredMS     int64      `json:"deferred_ms"`
	State          TurnState  `json:"state"`
	SilencedWhy    *string    `json:"silenced_why"`
	Language       Language   `json:"language"`
	Intent         *Intent    `json:"intent"`
	Action         *Action    `json:"action"`
	Reason         *string    `json:"reason"`
	Draft          *string    `json:"draft"`
	DraftAttempt   *int       `json:"draft_attempt"`
	Cites          []int      `json:"cites" gorm:"serializer:json"`
	Need           string     `json:"need"`
	Engine         *string    `json:"engine"`
	Refusals       []string   `json:"refusals" gorm:"serializer:json"`
	Failure        *string    `json:"failure"`
	StartedAt      time.Time  `json:"started_at"`
	FinishedAt     *time.Time `json:"finished_at"`

	AnswersAt *time.Time `json:"answers_at"` // What it takes for now; nil before its first search.
	Currency  *string    `json:"currency"`   // The account's, as it was then.

	// What models took for it, over all attempts.
	Model        *string          `json:"model"`
	InputTokens  int64            `json:"input_tokens"`
	OutputTokens int64            `json:"output_tokens"`
	Cost         *decimal.Decimal `json:"cost"` // US dollars; nil where no price is known.
	ModelAttempt int              `json:"model_attempt"`
	ModelMS      int64            `json:"model_ms" gorm:"column:model_ms"` // Within ModelAttempt.
	Fallback     Fallback         `json:"fallback"`                        // Why the built-in engine wrote the draft; empty where a model did, or none was asked.
}

// ModelTime returns how long models were waited for in the turn's attempt.
func (t Turn) ModelTime() time.Duration {
	if t.ModelAttempt != t.Attempt {
		return 0
	}
	return time.Duration(t.ModelMS) * time.Millisecond
}

// TableName names the table.
func (Turn) TableName() string { return "turns" }

// TurnState is how far a turn has come.
type TurnState string

// The states of a turn.
const (
	TurnPreparing TurnState = "preparing"
	TurnDelivered TurnState = "delivered"
	TurnSilenced  TurnState = "silenced"
)

// MaxSupersedes is how often newer messages may widen a turn before it is
// final.
const MaxSupersedes = 2

// MaxRounds is how often an engine may have evidence retrieved in one turn.
const MaxRounds = 3

// TurnID returns the ID of the turn that begins at firstSeq, so that a retry
// and a reset run find the same row.
func TurnID(chat uuid.UUID, firstSeq int64) uuid.UUID {
	return uuid.NewSHA1(chat, []byte("turn/"+strconv.FormatInt(firstSeq, 10)))
}

// Outbound is something to be said to the customer. Its text is in its
// message.
type Outbound struct {
	ID             uuid.UUID     `json:"id"`
	AccountID      uuid.UUID     `json:"account_id"`
	ChatID         uuid.UUID     `json:"chat_id"`
	ConversationID uuid.UUID     `json:"conversation_id"`
	TurnID         *uuid.UUID    `json:"turn_id"`
	Kind           OutboundKind  `json:"kind"`
	Seq            int64         `json:"seq"`
	State          OutboundState `json:"state"`
	PossiblyDouble bool          `json:"possibly_double"`
	ProviderID     *string       `json:"provider_id"`
	Failure        *string       `json:"failure"`
	CreatedAt      time.Time     `json:"created_at"`
	SentAt         *time.Time    `json:"sent_at"`
}

// TableName names the table.
func (Outbound) TableName() string { return "outbounds" }

// OutboundKind is who speaks, which decides what may still cancel it.
type OutboundKind string

// The kinds of outbounds.
const (
	OutboundAgent   OutboundKind = "agent"
	OutboundPerson  OutboundKind = "person"
	OutboundHandoff OutboundKind = "handoff"
)

// OutboundState is how far an outbound has come.
type OutboundState string

// The states of an outbound.
const (
	OutboundQueued    OutboundState = "queued"
	OutboundSending   OutboundState = "sending"
	OutboundSent      OutboundState = "sent"
	OutboundFailed    OutboundState = "failed"
	OutboundCancelled OutboundState = "cancelled"
)

// SendAttempt is one request for an outbound, committed before it leaves.
type SendAttempt struct {
	ID         uuid.UUID    `json:"id"`
	AccountID  uuid.UUID    `json:"account_id"`
	OutboundID uuid.UUID    `json:"outbound_id"`
	N          int          `json:"n"`
	Seq        int64        `json:"seq"` // The chat's seq when it was committed.
	State      AttemptState `json:"state"`
	Failure    *string      `json:"failure"`
	CreatedAt  time.Time    `json:"created_at"`
	FinishedAt *time.Time   `json:"finished_at"`
}

// TableName names the table.
func (SendAttempt) TableName() string { return "send_attempts" }

// AttemptState is what is known of a request's outcome.
type AttemptState string

// The states of an attempt. Open is unknown without an answer yet.
const (
	AttemptOpen     AttemptState = "open"
	AttemptUnknown  AttemptState = "unknown"
	AttemptSent     AttemptState = "sent"
	AttemptNotSent  AttemptState = "not_sent"
	AttemptRejected AttemptState = "rejected"
)

// MaxUncertainSends is how many requests of unknown outcome an outbound may
// have before it fails for good. What surely didn't arrive isn't counted: that
// is tried for MaxSendWait.
const MaxUncertainSends = 4

// MaxSendWait is how long a channel may refuse to take an outbound. An outage
// of our own doesn't count: there are at least MinSendAttempts tries.
const (
	MaxSendWait     = 15 * time.Minute
	MinSendAttempts = 20
)
