package models

import (
	"time"

	"github.com/google/uuid"
)

// Chat is a contact on an inbox; its identity never changes. Its numbers
// order all that is stored for it, see Seq, LastInSeq and WakeSeq.
type Chat struct {
	ID            uuid.UUID `json:"id"`
	AccountID     uuid.UUID `json:"account_id"`
	InboxID       uuid.UUID `json:"inbox_id"`
	Identity      string    `json:"identity"` // The channel's own name of the customer.
	ContactID     uuid.UUID `json:"contact_id"`
	VerifiedEmail *string   `json:"verified_email"`
	VerifiedPhone *string   `json:"verified_phone"`

	Seq         int64      `json:"seq"`         // Of the newest thing stored for the chat.
	LastInSeq   int64      `json:"last_in_seq"` // Of the newest inbound message.
	WakeSeq     int64      `json:"wake_seq"`    // Of the newest inbound or operator action.
	WakeAt      *time.Time `json:"wake_at"`     // The earliest deadline.
	LastInQuick bool       `json:"last_in_quick"`

	SignalledSeq int64      `json:"signalled_seq"`
	WokenAt      time.Time  `json:"woken_at"`
	RungAt       *time.Time `json:"rung_at"`
	Rings        int        `json:"rings"`

	AnsweredSeq     int64      `json:"answered_seq"` // Inbound up to here is answered.
	TurnAt          *time.Time `json:"turn_at"`
	LastActivityAt  time.Time  `json:"last_activity_at"`
	CooldownUntil   *time.Time `json:"cooldown_until"`
	SendAgainAt     *time.Time `json:"send_again_at"`
	TypingBy        *uuid.UUID `json:"typing_by"`
	TypingUntil     *time.Time `json:"typing_until"`
	AgentTyping     bool       `json:"agent_typing"`
	CustomerReadSeq int64      `json:"customer_read_seq"`
	TeamReadSeq     int64      `json:"team_read_seq"`
	Unread          bool       `json:"unread"`
	CreatedAt       time.Time  `json:"created_at"`
}

// TableName names the table.
func (Chat) TableName() string { return "chats" }

// Unanswered reports whether the customer's newest message waits for a reply.
func (c Chat) Unanswered() bool { return c.LastInSeq > c.AnsweredSeq }

// Author is who wrote a message, or what kind of line it is.
type Author string

// The authors.
const (
	AuthorCustomer Author = "customer"
	AuthorAgent    Author = "agent"
	AuthorPerson   Author = "person"
	AuthorOtherBot Author = "other_bot"
	AuthorLog      Author = "log"
	AuthorNote     Author = "note" // For people only: no customer is shown it.
)

// AuthorEcho marks an inbound that repeats what we sent; it is never stored
// as a message of its own.
const AuthorEcho Author = "echo"

// Message is one line of a chat: said by somebody, or a line of the log.
type Message struct {
	ID             uuid.UUID  `json:"id"`
	AccountID      uuid.UUID  `json:"account_id"`
	ChatID         uuid.UUID  `json:"chat_id"`
	InboxID        uuid.UUID  `json:"inbox_id"`
	ConversationID *uuid.UUID `json:"conversation_id"` // Nil: held until a conversation opens.
	Seq            int64      `json:"seq"`
	Author         Author     `json:"author"`
	UserID         *uuid.UUID `json:"user_id"`
	ProviderID     *string    `json:"provider_id"`
	OutboundID     *uuid.UUID `json:"outbound_id"`
	Event          *string    `json:"event"` // Of a log line.
	Reason         *string    `json:"reason"`
	Text           string     `json:"text"`
	Button         bool       `json:"button"`
	Intents        []Intent   `json:"intents" gorm:"serializer:json"` // Of a customer's message, once a turn has understood it.
	CreatedAt      time.Time  `json:"created_at"`
}

// TableName names the table.
func (Message) TableName() string { return "messages" }

// The events of log lines.
const (
	EventOpened       = "conversation_opened"
	EventAgentStarted = "agent_started"
	EventHandedOver   = "handed_over"
	EventAgentEnded   = "agent_ended"
	EventStopped      = "agent_stopped"
	EventClosed       = "conversation_closed"
	EventReopened     = "conversation_reopened"
	EventHandedBack   = "handed_back"
	EventTakenOver    = "taken_over"
	EventSendFailed   = "send_failed"
	EventAssigned     = "assigned"
)

// Inbound is what an adapter parsed out of a channel's request.
type Inbound struct {
	Author     Author
	Identity   string // The customer the chat is with.
	ProviderID string // The provider's ID of the message; unique in the inbox.
	Reference  string // With AuthorEcho: our reference of the send.
	Name       string
	Email      string // Proven by the channel, not merely typed.
	Phone      string // Proven by the channel, as NormalPhone has it.
	Address    string // The network address that it came from, or empty.
	Text       string
	Button     bool // A pressed button rather than typed text.
}

// Quick reports whether the burst is likely over: a question or a button.
func (in Inbound) Quick() bool {
	return in.Button || EndsWithQuestion(in.Text)
}
