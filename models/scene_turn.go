package models

import (
	"time"

	"github.com/google/uuid"
)

// Verdict is what became of a reply at the moment of its delivery.
type Verdict string

// The verdicts.
const (
	VerdictDelivered  Verdict = "delivered"
	VerdictSuperseded Verdict = "superseded" // A newer message came, or a newer preparation.
	VerdictSilenced   Verdict = "silenced"   // The agent may no longer speak here.
	VerdictDeferred   Verdict = "deferred"   // A person is typing.
)

// BeginTurn makes or widens the turn that answers the unanswered messages. It
// returns false while a person is typing: then the turn waits, and the time it
// waits doesn't count towards its becoming final.
func (s *Scene) BeginTurn() bool {
	fresh := s.Turn == nil
	if fresh {
		s.Turn = &Turn{
			ID:             TurnID(s.Chat.ID, s.FirstInSeq),
			AccountID:      s.Chat.AccountID,
			ChatID:         s.Chat.ID,
			ConversationID: s.Conversation.ID,
			FirstSeq:       s.FirstInSeq,
			CoversSeq:      s.Chat.LastInSeq,
			StartedAt:      s.Now,
			Cites:          []int{},
			Refusals:       []string{},
		}
	}
	t := s.Turn
	t.State = TurnPreparing
	t.SilencedWhy = nil
	t.Language = s.Settings.Language
	s.Chat.TurnAt = ptr(s.Now)
	if s.typing() {
		if t.DeferredAt == nil {
			t.DeferredAt = ptr(s.Now)
		}
		s.Chat.AgentTyping = false
		return false
	}
	deferred := t.DeferredAt != nil
	if deferred {
		t.DeferredMS += s.Now.Sub(*t.DeferredAt).Milliseconds()
		t.DeferredAt = nil
	}
	if !fresh && !deferred && t.CoversSeq < s.Chat.LastInSeq && !t.Final {
		t.Supersedes++
	}
	if !t.Final {
		t.CoversSeq = s.Chat.LastInSeq
		waited := s.Now.Sub(*s.FirstInAt).Milliseconds() - t.DeferredMS
		t.Final = t.Supersedes >= MaxSupersedes || waited >= s.Settings.FinalAfterMS
	}
	t.Attempt++
	t.Round = 1
	t.Need = ""
	s.Chat.AgentTyping = true
	return true
}

// MaySpeak decides whether the agent's reply for turn t may be committed now,
// and where not, why. The reasons are those of the fault judge: stopped,
// handed_over, closed, agent_off or what ended the agent.
func (s *Scene) MaySpeak(t Turn) (Verdict, string) {
	c := s.Conversation
	switch {
	case c == nil || c.ID != t.ConversationID:
		return VerdictSilenced, string(ReasonClosed)
	case c.StoppedAt != nil:
		return VerdictSilenced, string(ReasonStopped)
	case c.HandedOverAt != nil:
		return VerdictSilenced, "handed_over"
	case !s.Settings.Enabled:
		return VerdictSilenced, string(ReasonAgentOff)
	case c.Owner != OwnerAgent:
		if c.AgentEndReason != nil {
			return VerdictSilenced, *c.AgentEndReason
		}
		return VerdictSilenced, "not_serving"
	case s.typing():
		return VerdictDeferred, ""
	case !t.Final && s.Chat.LastInSeq > t.CoversSeq:
		return VerdictSuperseded, ""
	default:
		return VerdictDelivered, ""
	}
}

// Speak commits the agent's reply for turn t.
func (s *Scene) Speak(t *Turn, text string) Outbound {
	out := s.say(OutboundAgent, AuthorAgent, ptr(t.ID), nil, text)
	s.finish(t)
	s.Chat.Unread = s.Chat.Unanswered()
	return out
}

// HandOver moves the conversation to its manager with the handoff message as
// the turn's outbound. clock is the moment by the account's clock.
func (s *Scene) HandOver(t *Turn, reason HandoffReason, clock time.Time) Outbound {
	out := s.say(OutboundHandoff, AuthorAgent, ptr(t.ID), nil, s.Settings.HandoffText(clock))
	s.finish(t)
	s.leave(reason)
	return out
}

// leave is the part of a handoff that says nothing to the customer.
func (s *Scene) leave(reason HandoffReason) {
	c := s.Conversation
	s.endAgent(reason, OwnerPerson)
	c.HandedOverAt = ptr(s.Now)
	c.HandoffReason = ptr(string(reason))
	if c.ManagerID == nil {
		c.ManagerID = s.manager()
	}
	s.Chat.Unread = true
	s.log(EventHandedOver, string(reason))
	s.oweNote()
	s.notify(string(reason))
}

// FailSend ends an outbound that can't be sent: the conversation goes to a
// person, who sees what was not said.
func (s *Scene) FailSend(out *Outbound, failure string) {
	out.State = OutboundFailed
	out.Failure = ptr(failure)
	s.Chat.SendAgainAt = nil
	if s.Conversation == nil || s.Conversation.ID != out.ConversationID {
		s.Chat.Unread = true
		return
	}
	s.log(EventSendFailed, failure)
	s.Chat.Unread = true
	if s.Conversation.Owner == OwnerAgent {
		s.leave(ReasonToolFailure)
		return
	}
	s.notify(string(ReasonToolFailure))
}

// MaySend decides whether an outbound may still leave, or returns why it is
// cancelled. A person's message is cancelled by nothing, a handoff text by a
// stop only.
func (s *Scene) MaySend(out Outbound) (ok bool, why string) {
	c := s.Conversation
	here := c != nil && c.ID == out.ConversationID
	switch out.Kind {
	case OutboundPerson:
		return true, ""
	case OutboundHandoff:
		if (here && c.StoppedAt != nil) || (!here && s.Lead != nil && s.Lead.AgentStoppedAt != nil) {
			return false, string(ReasonStopped)
		}
		return true, ""
	}
	switch {
	case !here:
		return false, string(ReasonClosed)
	case c.StoppedAt != nil:
		return false, string(ReasonStopped)
	case c.HandedOverAt != nil:
		return false, "handed_over"
	case !s.Settings.Enabled:
		return false, string(ReasonAgentOff)
	case c.Owner != OwnerAgent && c.AgentEndReason != nil:
		return false, *c.AgentEndReason
	case c.Owner != OwnerAgent:
		return false, string(ReasonManagerTookOver)
	}
	return true, ""
}

func (s *Scene) finish(t *Turn) {
	t.State = TurnDelivered
	t.FinishedAt = ptr(s.Now)
	s.Chat.AnsweredSeq = max(s.Chat.AnsweredSeq, t.CoversSeq)
	s.Chat.AgentTyping = false
	s.Chat.TurnAt = ptr(s.Now)
}

// say adds a message and its outbound. Where the channel needs no request, the
// commit is the delivery.
func (s *Scene) say(kind OutboundKind, author Author, turn, user *uuid.UUID, text string) Outbound {
	out := Outbound{
		ID:             NewID(),
		AccountID:      s.Chat.AccountID,
		ChatID:         s.Chat.ID,
		ConversationID: s.Conversation.ID,
		TurnID:         turn,
		Kind:           kind,
		State:          OutboundSent,
		CreatedAt:      s.Now,
	}
	if s.Inbox.Channel.NeedsSend() {
		out.State = OutboundQueued
		s.Unsent = true
	} else {
		out.SentAt = ptr(s.Now)
	}
	out.Seq = s.add(Message{Author: author, UserID: user, OutboundID: ptr(out.ID), Text: text}).Seq
	s.Chat.LastActivityAt = s.Now
	s.Changes.Outbounds = append(s.Changes.Outbounds, out)
	return out
}

func (s *Scene) manager() *uuid.UUID {
	if s.Lead != nil && s.Lead.ManagerID != nil {
		return s.Lead.ManagerID
	}
	return s.Inbox.ManagerID
}

func (s *Scene) notify(reason string) {
	user := s.Conversation.ManagerID
	if user == nil {
		user = s.manager()
	}
	s.Changes.Notifications = append(s.Changes.Notifications, Notification{
		ID:             NewID(),
		AccountID:      s.Chat.AccountID,
		ConversationID: s.Conversation.ID,
		UserID:         user,
		Reason:         reason,
		CreatedAt:      s.Now,
	})
}

// BeginAttempt notes that a request for out is about to leave and returns its
// attempt, the nth. Its seq orders it against stops and handoffs.
func (s *Scene) BeginAttempt(out *Outbound, n int) SendAttempt {
	out.State = OutboundSending
	s.Chat.SendAgainAt = nil
	return SendAttempt{
		ID:         NewID(),
		AccountID:  out.AccountID,
		OutboundID: out.ID,
		N:          n,
		Seq:        s.next(),
		State:      AttemptOpen,
		CreatedAt:  s.Now,
	}
}

// AwaitEcho sets the time at which an attempt of unknown outcome may be
// repeated.
func (s *Scene) AwaitEcho(a SendAttempt) {
	again := a.CreatedAt.Add(milliseconds(s.Settings.UnknownSendMS))
	s.Chat.SendAgainAt = &again
}

// Sent notes that out arrived. It returns false where that was known.
func (s *Scene) Sent(out *Outbound, providerID string) bool {
	if out.State == OutboundSent {
		return false
	}
	out.State = OutboundSent
	out.SentAt = ptr(s.Now)
	out.Failure = nil
	if providerID != "" {
		out.ProviderID = &providerID
	}
	s.Chat.SendAgainAt = nil
	s.next()
	return true
}

// Echoed notes that the platform's echo shows that out arrived, and rouses the
// run, which may wait for it. It returns false where that was known.
func (s *Scene) Echoed(out *Outbound, providerID string) bool {
	if !s.Sent(out, providerID) {
		return false
	}
	s.wake()
	return true
}
