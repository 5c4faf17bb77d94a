package models

import (
	"time"

	"github.com/google/uuid"
)

// Conversation lasts from the first message until it is closed.
type Conversation struct {
	ID              uuid.UUID  `json:"id"`
	AccountID       uuid.UUID  `json:"account_id"`
	ChatID          uuid.UUID  `json:"chat_id"`
	LeadID          uuid.UUID  `json:"lead_id"`
	Owner           Owner      `json:"owner"`
	ManagerID       *uuid.UUID `json:"manager_id"`
	OpenedAt        time.Time  `json:"opened_at"`
	OpenedSeq       int64      `json:"opened_seq"`
	ConsideredSeq   int64      `json:"considered_seq"` // Inbound up to here was held against the trigger.
	AgentStartedAt  *time.Time `json:"agent_started_at"`
	AgentEndedAt    *time.Time `json:"agent_ended_at"`
	AgentEndReason  *string    `json:"agent_end_reason"`
	PersonRepliedAt *time.Time `json:"person_replied_at"`
	HandedOverAt    *time.Time `json:"handed_over_at"`
	HandoffReason   *string    `json:"handoff_reason"`
	StoppedAt       *time.Time `json:"stopped_at"`
	ClosedAt        *time.Time `json:"closed_at"`
	ClosedBy        *string    `json:"closed_by"`
	CloseReason     *string    `json:"close_reason"`
	ReopenedAt      *time.Time `json:"reopened_at"`
	NoteSeq         *int64     `json:"note_seq"` // Of the handoff whose summary note is to be written.
}

// TableName names the table.
func (Conversation) TableName() string { return "conversations" }

// Owner is who serves a conversation.
type Owner string

// The owners.
const (
	OwnerNobody Owner = "nobody"
	OwnerAgent  Owner = "agent"
	OwnerPerson Owner = "person"
)

// HandoffReason says why a conversation left the agent. The list is that of
// the outcomes page; stopped and closed end the agent without a handoff.
type HandoffReason string

// The reasons.
const (
	ReasonCustomerRequest    HandoffReason = "customer_request"
	ReasonMissingKnowledge   HandoffReason = "missing_knowledge"
	ReasonUnsupportedRequest HandoffReason = "unsupported_request"
	ReasonPolicyRestriction  HandoffReason = "policy_restriction"
	ReasonToolFailure        HandoffReason = "tool_failure"
	ReasonUsageLimit         HandoffReason = "usage_limit"
	ReasonManagerTookOver    HandoffReason = "manager_took_over"
	ReasonAgentOff           HandoffReason = "agent_off"
	ReasonOtherBot           HandoffReason = "other_bot"
	ReasonStopped            HandoffReason = "stopped"
	ReasonClosed             HandoffReason = "closed"
)

// AgentState is the value of the search attribute that operators look for.
type AgentState string

// The states of the agent in a chat.
const (
	AgentIdle     AgentState = "idle"
	AgentServing  AgentState = "serving"
	AgentHanded   AgentState = "handed_over"
	AgentStopped  AgentState = "stopped"
	AgentSilent   AgentState = "silent"
	AgentCooldown AgentState = "cooldown"
)

// Notification tells a manager that a conversation waits.
type Notification struct {
	ID             uuid.UUID  `json:"id"`
	AccountID      uuid.UUID  `json:"account_id"`
	ConversationID uuid.UUID  `json:"conversation_id"`
	UserID         *uuid.UUID `json:"user_id"`
	Reason         string     `json:"reason"`
	CreatedAt      time.Time  `json:"created_at"`
}

// TableName names the table.
func (Notification) TableName() string { return "notifications" }
