package models

import (
	"time"

	"github.com/google/uuid"
)

// Contact is a person on a channel.
type Contact struct {
	ID        uuid.UUID `json:"id"`
	AccountID uuid.UUID `json:"account_id"`
	Name      string    `json:"name"`
	Email     *string   `json:"email"`
	Phone     *string   `json:"phone"`
	CreatedAt time.Time `json:"created_at"`
}

// TableName names the table.
func (Contact) TableName() string { return "contacts" }

// Pipeline is an account's row of stages.
type Pipeline struct {
	ID        uuid.UUID `json:"id"`
	AccountID uuid.UUID `json:"account_id"`
	Name      string    `json:"name"`
}

// TableName names the table.
func (Pipeline) TableName() string { return "pipelines" }

// Stage is a step of a pipeline.
type Stage struct {
	ID         uuid.UUID `json:"id"`
	AccountID  uuid.UUID `json:"account_id"`
	PipelineID uuid.UUID `json:"pipeline_id"`
	Name       string    `json:"name"`
	Position   int       `json:"position"`
	Kind       StageKind `json:"kind"`
	IsDefault  bool      `json:"is_default"` // New leads begin here.
}

// TableName names the table.
func (Stage) TableName() string { return "stages" }

// StageKind tells whether a lead in the stage is still open.
type StageKind string

// The kinds of stages.
const (
	StageOpen StageKind = "open"
	StageWon  StageKind = "won"
	StageLost StageKind = "lost"
)

// Trigger lets the agent start for leads in a stage that write in an inbox.
type Trigger struct {
	ID        uuid.UUID `json:"id"`
	AccountID uuid.UUID `json:"account_id"`
	StageID   uuid.UUID `json:"stage_id"`
	InboxID   uuid.UUID `json:"inbox_id"`
	CreatedAt time.Time `json:"created_at"`
}

// TableName names the table.
func (Trigger) TableName() string { return "triggers" }

// Lead is a contact's deal in the pipeline.
type Lead struct {
	ID             uuid.UUID  `json:"id"`
	AccountID      uuid.UUID  `json:"account_id"`
	ContactID      uuid.UUID  `json:"contact_id"`
	PipelineID     uuid.UUID  `json:"pipeline_id"`
	StageID        uuid.UUID  `json:"stage_id"`
	ManagerID      *uuid.UUID `json:"manager_id"`
	AgentStoppedAt *time.Time `json:"agent_stopped_at"` // The red button; kept until an admin lifts it.
	AgentStoppedBy *uuid.UUID `json:"agent_stopped_by"`
	Intent         *Intent    `json:"intent"` // What was asked for last, small talk aside.
	ClosedAt       *time.Time `json:"closed_at"`
	CreatedAt      time.Time  `json:"created_at"`
}

// TableName names the table.
func (Lead) TableName() string { return "leads" }
