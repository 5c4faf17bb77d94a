package models

import (
	"time"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"
)

// PlaygroundChat is a chat of the team's own with the agent, on a set of
// sources and settings. What it says has no effect on anything else.
type PlaygroundChat struct {
	AccountID uuid.UUID           `json:"account_id" gorm:"primaryKey"`
	ID        uuid.UUID           `json:"id" gorm:"primaryKey"`
	Set       SourceSet           `json:"set"`
	Language  *Language           `json:"language"` // Nil: that of the settings.
	Identity  *PlaygroundIdentity `json:"identity" gorm:"serializer:json"`
	CreatedBy *uuid.UUID          `json:"created_by"` // Nil: from the command line.
	CreatedAt time.Time           `json:"created_at"`
}

// TableName names the table.
func (PlaygroundChat) TableName() string { return "playground_chats" }

// PlaygroundIdentity is who the chat's customer is taken to be, as if a channel
// had proven it. The forms are those of NormalEmail and NormalPhone.
type PlaygroundIdentity struct {
	Email string `json:"email,omitempty"`
	Phone string `json:"phone,omitempty"`
}

// PlaygroundTurn is what was asked in a Playground's chat and what the agent
// would do.
type PlaygroundTurn struct {
	AccountID   uuid.UUID            `json:"account_id" gorm:"primaryKey"`
	ChatID      uuid.UUID            `json:"chat_id" gorm:"primaryKey"`
	N           int                  `json:"n" gorm:"primaryKey"` // From 1.
	Messages    []string             `json:"messages" gorm:"serializer:json"`
	State       PlaygroundState      `json:"state"`
	Language    Language             `json:"language"`
	Action      Action               `json:"action"`
	Reason      HandoffReason        `json:"reason"` // Of a handoff that would be; else empty.
	Intent      Intent               `json:"intent"`
	Reply       string               `json:"reply"`
	HandoffText string               `json:"handoff_text"` // Set with Reason: said in the reply's place.
	Limited     bool                 `json:"limited"`      // The account's replies of the day are used up.
	Evidence    []PlaygroundEvidence `json:"evidence" gorm:"serializer:json"`
	Cites       []int                `json:"cites" gorm:"serializer:json"`
	Engine      string               `json:"engine"`
	Refusals    []string             `json:"refusals" gorm:"serializer:json"`
	Failure     string               `json:"failure"` // The code of what failed.
	Fallback    Fallback             `json:"fallback"`
	// What models took for it.
	Model        string           `json:"model"`
	InputTokens  int64            `json:"input_tokens"`
	OutputTokens int64            `json:"output_tokens"`
	Cost         *decimal.Decimal `json:"cost"`
	CreatedAt    time.Time        `json:"created_at"`
	FinishedAt   *time.Time       `json:"finished_at"`
}

// TableName names the table.
func (PlaygroundTurn) TableName() string { return "playground_turns" }

// Said returns what the customer would have been told.
func (t PlaygroundTurn) Said() string {
	if t.Reason != "" {
		return t.HandoffText
	}
	return t.Reply
}

// PlaygroundState is how far a turn has come.
type PlaygroundState string

// The states of a Playground's turn.
const (
	PlaygroundPending PlaygroundState = "pending"
	PlaygroundDone    PlaygroundState = "done"
	PlaygroundFailed  PlaygroundState = "failed"
)

// PlaygroundEvidence is a piece of what a reply may be based on, with what of
// it the reply uses.
type PlaygroundEvidence struct {
	N         int          `json:"n"`
	Kind      EvidenceKind `json:"kind"`
	ID        uuid.UUID    `json:"id"` // Of the product, or of the passage's source.
	Title     string       `json:"title"`
	Headings  []string     `json:"headings"`
	Sentences []string     `json:"sentences"` // Those that the reply uses.
	Fields    []Field      `json:"fields"`    // Of a product: those that the reply uses.
	Score     float64      `json:"score"`
	Cited     bool         `json:"cited"`
}

// Field is a property of a product and its value, as text.
type Field struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// The bounds of the Playground.
const (
	PlaygroundDays     = 30  // A chat is kept that long.
	PlaygroundTurns    = 200 // Of one chat.
	PlaygroundMessages = 10  // Of one turn.
	// PlaygroundPatience is how long a turn may be pending. What is older was
	// lost, with its worker or with Temporal.
	PlaygroundPatience = 2 * time.Minute
)

// WouldHandOver returns why a draft would become a handoff when it is
// delivered, or nothing where it would be said.
func (d Draft) WouldHandOver(limited bool) HandoffReason {
	switch {
	case d.Action == ActionHandoff && d.Reason != "":
		return d.Reason
	case d.Action == ActionHandoff:
		return ReasonMissingKnowledge
	case d.Text == "":
		return ReasonToolFailure
	case limited:
		return ReasonUsageLimit
	}
	return ""
}
