package models

import (
	"time"

	"github.com/google/uuid"
)

// Scene is a chat with everything that decides about it, as read under the
// chat's locks. Its methods are the rules of the conversation: they change the
// scene and collect what is to be inserted, and the store writes both in the
// transaction that holds the locks. They read no clock but Now.
type Scene struct {
	Now          time.Time     `json:"now"`
	Settings     AgentSettings `json:"settings"`
	Inbox        Inbox         `json:"inbox"`
	Lead         *Lead         `json:"lead"` // Of the open conversation, else of the next one.
	Chat         Chat          `json:"chat"`
	Conversation *Conversation `json:"conversation"` // The open one.
	Triggered    bool          `json:"triggered"`    // The lead's stage has a trigger for the inbox.
	Held         bool          `json:"held"`         // There are messages without a conversation.
	BotHeld      bool          `json:"bot_held"`     // Another bot answered what is held.
	Unsent       bool          `json:"unsent"`       // There are outbounds to be sent.
	FirstInSeq   int64         `json:"first_in_seq"` // The oldest unanswered inbound, or zero.
	FirstInAt    *time.Time    `json:"first_in_at"`
	Turn         *Turn         `json:"turn"` // That begins at FirstInSeq, if it was begun.

	Changes Changes `json:"-"`
}

// closedIdle is the reason of a conversation that closed by itself.
const closedIdle = "idle"

// Changes are what a scene's rules want inserted.
type Changes struct {
	Opened        bool // The conversation is new.
	AttachHeld    bool // Held messages go into the open conversation.
	Closed        *Conversation
	Messages      []Message
	Outbounds     []Outbound
	Notifications []Notification
}

// Standing is what a chat's run has to do next.
type Standing string

// The standings.
const (
	StandRest  Standing = "rest"  // Nothing, until a doorbell or the deadline.
	StandOpen  Standing = "open"  // Open a conversation for held messages.
	StandServe Standing = "serve" // Answer.
)

// Attend applies what time has brought (idle close, end of cooldown, start of
// the agent at a new inbound) and returns what is to be done.
func (s *Scene) Attend() Standing {
	if s.idle() {
		s.Close("system", closedIdle)
	}
	if s.Conversation == nil {
		if s.cooling() {
			return StandRest
		}
		s.Chat.CooldownUntil = nil
		if s.Held {
			return StandOpen
		}
		return StandRest
	}
	if s.Held {
		return StandOpen
	}
	if !s.Settings.Enabled {
		s.SwitchOff()
	}
	if !s.Chat.Unanswered() {
		return StandRest
	}
	s.startAgent()
	if s.Conversation.Owner != OwnerAgent {
		return StandRest
	}
	return StandServe
}

// OpenNext opens the conversation that the held messages wait for, or attaches
// them to the open one. It does nothing in the cooldown.
func (s *Scene) OpenNext() {
	if !s.Held || (s.Conversation == nil && s.cooling()) {
		return
	}
	if s.Conversation == nil {
		s.open(OwnerNobody)
		if s.BotHeld {
			s.leaveToBot()
		}
	}
	s.attachHeld()
	s.startAgent()
}

// Deadline returns the earliest time at which the chat needs attention without
// a doorbell, or nil.
func (s *Scene) Deadline() *time.Time {
	var earliest *time.Time
	add := func(t *time.Time) {
		if t != nil && (earliest == nil || t.Before(*earliest)) {
			earliest = t
		}
	}
	add(s.Chat.SendAgainAt)
	if s.Conversation == nil {
		add(s.Chat.CooldownUntil)
		return earliest
	}
	if s.typing() && s.Waiting() {
		add(s.Chat.TypingUntil)
	}
	if !s.Chat.Unanswered() && !s.Unsent {
		closes := s.Chat.LastActivityAt.Add(milliseconds(s.Settings.AutoCloseMS))
		add(&closes)
	}
	return earliest
}

// Waiting reports whether the agent owes the customer a reply.
func (s *Scene) Waiting() bool {
	return s.Conversation != nil && s.Conversation.Owner == OwnerAgent && s.Chat.Unanswered()
}

// Done reports whether the chat's run may end.
func (s *Scene) Done() bool {
	return s.Conversation == nil && !s.Held && !s.Unsent && s.Deadline() == nil
}

// AgentState returns what operators see of the chat.
func (s *Scene) AgentState() AgentState {
	c := s.Conversation
	switch {
	case c == nil && s.cooling():
		return AgentCooldown
	case c == nil:
		return AgentIdle
	case c.StoppedAt != nil:
		return AgentStopped
	case c.Owner == OwnerAgent:
		return AgentServing
	case c.HandedOverAt != nil:
		return AgentHanded
	default:
		return AgentSilent
	}
}

// open makes the next conversation. One that opens under a stopped lead stays
// stopped even when the stop is lifted while it lasts.
func (s *Scene) open(owner Owner) {
	s.Conversation = &Conversation{
		ID:        NewID(),
		AccountID: s.Chat.AccountID,
		ChatID:    s.Chat.ID,
		LeadID:    s.Lead.ID,
		Owner:     owner,
		OpenedAt:  s.Now,
		OpenedSeq: s.Chat.Seq + 1,
	}
	if s.Lead.AgentStoppedAt != nil {
		s.Conversation.StoppedAt = ptr(s.Now)
	}
	s.Chat.CooldownUntil = nil
	s.Chat.LastActivityAt = s.Now
	s.Changes.Opened = true
	s.log(EventOpened, "")
}

func (s *Scene) attachHeld() {
	if s.Held {
		s.Held = false
		s.Changes.AttachHeld = true
	}
}

// startAgent starts the agent in a conversation that nobody serves, once for
// each inbound, if toggle, channel and stage allow it now.
func (s *Scene) startAgent() {
	c := s.Conversation
	if c.Owner != OwnerNobody || c.AgentStartedAt != nil || c.AgentEndedAt != nil || c.PersonRepliedAt != nil || c.StoppedAt != nil {
		return
	}
	if s.Chat.LastInSeq <= c.ConsideredSeq {
		return
	}
	c.ConsideredSeq = s.Chat.LastInSeq
	if !s.Settings.Enabled || !s.Inbox.AgentSelected || !s.Triggered || s.Lead.AgentStoppedAt != nil {
		return
	}
	c.Owner = OwnerAgent
	c.AgentStartedAt = ptr(s.Now)
	s.log(EventAgentStarted, "")
}

// endAgent takes the conversation from the agent, or keeps the agent from ever
// starting in it.
func (s *Scene) endAgent(reason HandoffReason, next Owner) {
	c := s.Conversation
	if c.AgentEndedAt == nil {
		c.AgentEndedAt = ptr(s.Now)
		c.AgentEndReason = ptr(string(reason))
	}
	c.Owner = next
	s.Chat.AgentTyping = false
}

func (s *Scene) idle() bool {
	if s.Conversation == nil || s.Chat.Unanswered() || s.Unsent {
		return false
	}
	return !s.Now.Before(s.Chat.LastActivityAt.Add(milliseconds(s.Settings.AutoCloseMS)))
}

func (s *Scene) cooling() bool {
	return s.Chat.CooldownUntil != nil && s.Now.Before(*s.Chat.CooldownUntil)
}

func (s *Scene) typing() bool {
	return s.Chat.TypingUntil != nil && s.Now.Before(*s.Chat.TypingUntil)
}

// wake makes the newest seq one that the doorbell rings for.
func (s *Scene) wake() {
	s.Chat.WakeSeq = s.Chat.Seq
	s.Chat.WokenAt = s.Now
}

func (s *Scene) next() int64 {
	s.Chat.Seq++
	return s.Chat.Seq
}

func (s *Scene) add(m Message) Message {
	m.ID = NewID()
	m.AccountID = s.Chat.AccountID
	m.ChatID = s.Chat.ID
	m.InboxID = s.Chat.InboxID
	m.Seq = s.next()
	m.CreatedAt = s.Now
	if s.Conversation != nil {
		m.ConversationID = ptr(s.Conversation.ID)
	}
	s.Changes.Messages = append(s.Changes.Messages, m)
	return m
}

func (s *Scene) log(event, reason string) {
	m := Message{Author: AuthorLog, Event: ptr(event)}
	if reason != "" {
		m.Reason = ptr(reason)
	}
	s.add(m)
}

func milliseconds(n int64) time.Duration { return time.Duration(n) * time.Millisecond }

func ptr[T any](v T) *T { return &v }

// NewID returns an ID that sorts by time.
func NewID() uuid.UUID { return uuid.Must(uuid.NewV7()) }
