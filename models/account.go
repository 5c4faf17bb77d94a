package models

import (
	"maps"
	"time"

	"github.com/google/uuid"
)

// Account is one shop's workspace.
type Account struct {
	ID        uuid.UUID `json:"id"`
	Name      string    `json:"name"`
	Currency  string    `json:"currency"` // ISO 4217.
	TimeZone  string    `json:"time_zone"`
	CreatedAt time.Time `json:"created_at"`

	// AnswersAt is what answers take for now, for exams and demos; nil: the time
	// that it is.
	AnswersAt *time.Time `json:"answers_at"`
}

// TableName names the table.
func (Account) TableName() string { return "accounts" }

// AgentSettings say how an account's agent works. Durations are milliseconds.
type AgentSettings struct {
	AccountID       uuid.UUID           `json:"account_id" gorm:"primaryKey"`
	Enabled         bool                `json:"enabled"` // The toggle.
	Language        Language            `json:"language"`
	HandoffMessages map[Language]string `json:"handoff_messages" gorm:"serializer:json"`

	// BusinessHours are nil where none are set. AfterHoursMessages are said
	// outside of them, with {opens} for when they begin.
	BusinessHours      *BusinessHours      `json:"business_hours" gorm:"serializer:json"`
	AfterHoursMessages map[Language]string `json:"after_hours_messages" gorm:"serializer:json"`

	BurstQuestionMS int64     `json:"burst_question_ms"`
	BurstQuietMS    int64     `json:"burst_quiet_ms"`
	BurstMaxMS      int64     `json:"burst_max_ms"`
	FinalAfterMS    int64     `json:"final_after_ms"`
	CooldownMS      int64     `json:"cooldown_ms"`
	AutoCloseMS     int64     `json:"auto_close_ms"`
	TypingLeaseMS   int64     `json:"typing_lease_ms"`
	UnknownSendMS   int64     `json:"unknown_send_ms"`
	RepliesPerDay   *int64    `json:"replies_per_day"` // Nil: no limit.
	Summarize       bool      `json:"summarize"`       // A handoff is followed by a note for people.
	UpdatedAt       time.Time `json:"updated_at"`
}

// Clone returns settings that share nothing with s.
func (s AgentSettings) Clone() AgentSettings {
	s.HandoffMessages = maps.Clone(s.HandoffMessages)
	s.BusinessHours, s.AfterHoursMessages = s.BusinessHours.Clone(), maps.Clone(s.AfterHoursMessages)
	if s.RepliesPerDay != nil {
		limit := *s.RepliesPerDay
		s.RepliesPerDay = &limit
	}
	return s
}

// TableName names the table.
func (AgentSettings) TableName() string { return "agent_settings" }

// Validate returns CodeInvalid where a setting can't work.
func (s AgentSettings) Validate() error {
	if !s.Language.Valid() {
		return Errorf(CodeInvalid, "language %q is not one the agent speaks; use one of %v", s.Language, Languages())
	}
	if err := checkMessages("handoff_messages", s.HandoffMessages, ""); err != nil {
		return err
	}
	if err := checkMessages("after_hours_messages", s.AfterHoursMessages, opensPlaceholder); err != nil {
		return err
	}
	if err := s.BusinessHours.Validate(); err != nil {
		return err
	}
	bounds := []struct {
		name            string
		value, min, max int64
	}{
		{"burst_question_ms", s.BurstQuestionMS, 0, 60_000},
		{"burst_quiet_ms", s.BurstQuietMS, 0, 60_000},
		{"burst_max_ms", s.BurstMaxMS, 0, 60_000},
		{"final_after_ms", s.FinalAfterMS, 0, 600_000},
		{"cooldown_ms", s.CooldownMS, 0, 86_400_000},
		{"auto_close_ms", s.AutoCloseMS, 100, 365 * 86_400_000},
		{"typing_lease_ms", s.TypingLeaseMS, 100, 600_000},
		{"unknown_send_ms", s.UnknownSendMS, 100, 600_000},
	}
	for _, b := range bounds {
		if b.value < b.min || b.value > b.max {
			return Errorf(CodeInvalid, "%s is %d; it must be from %d to %d", b.name, b.value, b.min, b.max)
		}
	}
	if s.RepliesPerDay != nil && *s.RepliesPerDay < 0 {
		return Errorf(CodeInvalid, "replies_per_day is %d; it must be 0 or more, or null for no limit", *s.RepliesPerDay)
	}
	return nil
}

// User is a person who works in an account.
type User struct {
	ID        uuid.UUID `json:"id"`
	AccountID uuid.UUID `json:"account_id"`
	Name      string    `json:"name"`
	Email     *string   `json:"email"`
	Role      Role      `json:"role"`
	CreatedAt time.Time `json:"created_at"`
}

// TableName names the table.
func (User) TableName() string { return "users" }

// Role says what a user may do.
type Role string

// The roles: managers read and take over conversations, admins set up too.
const (
	RoleAdmin   Role = "admin"
	RoleManager Role = "manager"
)

// Actor is who asks for a change, for the audit trail and the rights.
type Actor struct {
	UserID uuid.UUID
	Role   Role
	Name   string // As written to the audit trail, such as user/<id> or agent.
}

// Inbox is a connected channel of an account.
type Inbox struct {
	ID             uuid.UUID  `json:"id"`
	AccountID      uuid.UUID  `json:"account_id"`
	PublicID       uuid.UUID  `json:"public_id"` // Names the inbox in public URLs.
	Channel        Channel    `json:"channel"`
	Name           string     `json:"name"`
	AgentSelected  bool       `json:"agent_selected"` // The agent may start in it.
	ManagerID      *uuid.UUID `json:"manager_id"`
	Endpoint       string     `json:"endpoint"` // Where the recorder channel sends to.
	AllowedOrigins []string   `json:"allowed_origins" gorm:"serializer:json"`
	CreatedAt      time.Time  `json:"created_at"`
}

// TableName names the table.
func (Inbox) TableName() string { return "inboxes" }

// Channel names an adapter.
type Channel string

// The channels of this version.
const (
	ChannelWebsite  Channel = "website"
	ChannelRecorder Channel = "recorder"
)

// Valid reports whether there is an adapter for c.
func (c Channel) Valid() bool { return c == ChannelWebsite || c == ChannelRecorder }

// NeedsSend reports whether an outbound leaves by a request of ours. On the
// website its commit is the delivery.
func (c Channel) NeedsSend() bool { return c != ChannelWebsite }
