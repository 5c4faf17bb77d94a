package models

import "github.com/google/uuid"

// Reply says something as a person. The agent falls silent; where no
// conversation is open, cooldown or not, the reply opens the next one.
func (s *Scene) Reply(user uuid.UUID, text string) Outbound {
	s.takeOver(&user)
	out := s.say(OutboundPerson, AuthorPerson, nil, &user, text)
	s.answered()
	s.wake()
	return out
}

// PersonWrote records what a person said in the platform's own app: a takeover
// without an outbound of ours.
func (s *Scene) PersonWrote(providerID, text string) {
	s.takeOver(nil)
	s.add(Message{Author: AuthorPerson, ProviderID: &providerID, Text: text})
	s.Chat.LastActivityAt = s.Now
	s.answered()
	s.wake()
}

// OtherBotWrote records what another bot said and ends the agent here.
func (s *Scene) OtherBotWrote(providerID, text string) {
	if s.Conversation == nil && s.Held && !s.cooling() {
		// The customer's message came first, so its conversation does too.
		s.open(OwnerNobody)
		s.attachHeld()
	}
	s.add(Message{Author: AuthorOtherBot, ProviderID: &providerID, Text: text})
	if c := s.Conversation; c != nil && c.AgentEndedAt == nil && c.StoppedAt == nil && c.Owner != OwnerPerson {
		s.leaveToBot()
	}
	s.wake()
}

// leaveToBot keeps the agent out of a conversation in which another bot spoke.
func (s *Scene) leaveToBot() {
	s.endAgent(ReasonOtherBot, OwnerNobody)
	s.Chat.Unread = true
	s.log(EventAgentEnded, string(ReasonOtherBot))
	s.notify(string(ReasonOtherBot))
}

func (s *Scene) takeOver(user *uuid.UUID) {
	if s.Conversation == nil {
		s.open(OwnerPerson)
	}
	s.attachHeld()
	c := s.Conversation
	if c.Owner == OwnerAgent {
		s.endAgent(ReasonManagerTookOver, OwnerPerson)
		s.log(EventTakenOver, string(ReasonManagerTookOver))
	}
	c.Owner = OwnerPerson
	if c.ManagerID == nil {
		c.ManagerID = user
	}
	if c.PersonRepliedAt == nil {
		c.PersonRepliedAt = ptr(s.Now)
	}
}

func (s *Scene) answered() {
	s.Chat.AnsweredSeq = s.Chat.LastInSeq
	s.Chat.Unread = false
	s.Chat.TypingBy, s.Chat.TypingUntil = nil, nil
}

// Stop is this chat's part of the red button; the lead keeps the stop.
func (s *Scene) Stop() {
	c := s.Conversation
	if c == nil || c.StoppedAt != nil {
		return
	}
	served := c.Owner == OwnerAgent
	c.StoppedAt = ptr(s.Now)
	if served {
		s.endAgent(ReasonStopped, OwnerPerson)
		if c.ManagerID == nil {
			c.ManagerID = s.manager()
		}
	}
	s.Chat.AgentTyping = false
	s.Chat.Unread = s.Chat.Unread || s.Chat.Unanswered()
	s.log(EventStopped, "")
	s.wake()
}

// SwitchOff is this chat's part of the toggle's emergency brake: the agent
// leaves without a word to the customer.
func (s *Scene) SwitchOff() {
	if s.Conversation == nil || s.Conversation.Owner != OwnerAgent {
		return
	}
	s.endAgent(ReasonAgentOff, OwnerNobody)
	s.Chat.Unread = true
	s.log(EventAgentEnded, string(ReasonAgentOff))
	s.notify(string(ReasonAgentOff))
	s.wake()
}

// Close ends the conversation, whoever does it, and starts the cooldown.
func (s *Scene) Close(by, reason string) {
	c := s.Conversation
	if c == nil {
		return
	}
	if c.Owner == OwnerAgent {
		s.endAgent(ReasonClosed, OwnerNobody)
	}
	s.log(EventClosed, reason)
	c.ClosedAt = ptr(s.Now)
	c.ClosedBy = ptr(by)
	c.CloseReason = ptr(reason)
	until := s.Now.Add(milliseconds(s.Settings.CooldownMS))
	s.Chat.CooldownUntil = &until
	s.Chat.AnsweredSeq = s.Chat.LastInSeq
	s.Chat.AgentTyping = false
	if reason != closedIdle {
		s.Chat.Unread = false // A person closed it; nobody saw one that closed by itself.
	}
	s.Chat.TypingBy, s.Chat.TypingUntil = nil, nil
	s.Changes.Closed = c
	s.Conversation = nil
	s.wake()
}

// Reopen gives a closed conversation to the person who reopens it. It takes
// the held messages and cancels the cooldown. Where the agent was stopped for
// the conversation's own lead since, it is stopped in it too. CodeConflict
// while another conversation of the chat is open.
func (s *Scene) Reopen(c Conversation, user uuid.UUID, leadStopped bool) error {
	if s.Conversation != nil {
		if s.Conversation.ID == c.ID {
			return Errorf(CodeConflict, "the conversation is open already")
		}
		return Errorf(CodeConflict, "another conversation of this chat is open; close it first or answer there")
	}
	c.ClosedAt, c.ClosedBy, c.CloseReason = nil, nil, nil
	c.ReopenedAt = ptr(s.Now)
	c.Owner = OwnerPerson
	c.ManagerID = &user
	if leadStopped && c.StoppedAt == nil {
		c.StoppedAt = ptr(s.Now)
	}
	s.Conversation = &c
	s.attachHeld()
	s.Chat.CooldownUntil = nil
	s.Chat.LastActivityAt = s.Now
	s.log(EventReopened, "")
	s.wake()
	return nil
}

// HandBack gives an open conversation to the agent. CodeConflict where it is
// closed, was stopped, or the agent is off or serves already.
func (s *Scene) HandBack() error {
	c := s.Conversation
	switch {
	case c == nil:
		return Errorf(CodeConflict, "the conversation is closed; reopen it first")
	case c.StoppedAt != nil || (s.Lead != nil && s.Lead.AgentStoppedAt != nil):
		return Errorf(CodeConflict, "the agent was stopped here and stays silent; an admin can let it serve this lead again from the next conversation")
	case !s.Settings.Enabled:
		return Errorf(CodeConflict, "the agent is off; turn it on first")
	case c.Owner == OwnerAgent:
		return Errorf(CodeConflict, "the agent serves this conversation already")
	}
	c.Owner = OwnerAgent
	if c.AgentStartedAt == nil {
		c.AgentStartedAt = ptr(s.Now)
	}
	c.AgentEndedAt, c.AgentEndReason = nil, nil
	c.HandedOverAt, c.HandoffReason = nil, nil
	s.Chat.LastActivityAt = s.Now
	s.Chat.TypingBy, s.Chat.TypingUntil = nil, nil
	s.log(EventHandedBack, "")
	s.wake()
	return nil
}

// Assign makes a user responsible for the open conversation.
func (s *Scene) Assign(user uuid.UUID) error {
	if s.Conversation == nil {
		return Errorf(CodeConflict, "the conversation is closed; reopen it first")
	}
	s.Conversation.ManagerID = &user
	s.log(EventAssigned, "")
	s.wake()
	return nil
}
