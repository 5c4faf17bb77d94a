package workflows

import (
	"time"

	"github.com/google/uuid"
	"go.temporal.io/sdk/workflow"

	"kedai/models"
	"kedai/models/store"
	"kedai/workflows/contract"
)

// The phases of a run, for the state query.
const (
	phaseResting    = "resting"
	phaseAttending  = "attending"
	phaseOpening    = "opening"
	phaseBurst      = "burst"
	phaseRetrieving = "retrieving"
	phaseGenerating = "generating"
	phaseDelivering = "delivering"
	phaseSending    = "sending"
)

// conversationState is all that a chat's run knows, and all that it carries
// into the next run. Deadlines are absolute. What the chat may do is not here:
// that stands in Postgres.
type conversationState struct {
	Phase string            `json:"phase"`
	Rung  contract.Doorbell `json:"rung"` // The greatest doorbell.
	// RungAt and FirstRungAt time the burst of messages that waits.
	RungAt      time.Time `json:"rung_at"`
	FirstRungAt time.Time `json:"first_rung_at"`

	Situation store.Situation `json:"situation"` // As of the last look.
	Known     bool            `json:"known"`     // There was a look in this run.
	Covered   int64           `json:"covered"`   // Inbound up to here was looked at.

	Turn    uuid.UUID `json:"turn,omitzero"`
	Attempt int       `json:"attempt,omitempty"`
	Turns   int       `json:"turns"`

	Marked models.AgentState `json:"marked,omitempty"` // What operators see of the agent.

	Restarts int `json:"restarts,omitempty"` // How often newer messages started Retrieve anew.

	Noted int64 `json:"noted,omitempty"` // The newest handoff whose note was begun.

	alarmed bool // The deadline has passed and nobody looked yet.
}

// ring notes a doorbell. The greatest of each number counts, so that lost,
// double and disordered doorbells do no harm.
func (s *conversationState) ring(ctx workflow.Context, bell contract.Doorbell) {
	if bell.InSeq > s.Rung.InSeq {
		now := workflow.Now(ctx)
		if s.Rung.InSeq <= s.Covered {
			s.FirstRungAt = now
		}
		s.RungAt = now
		s.Rung.InSeq = bell.InSeq
		s.Rung.Quick = bell.Quick
	}
	s.Rung.Seq = max(s.Rung.Seq, bell.Seq)
}

// see keeps how the chat stands. A look may be ahead of the doorbells.
func (s *conversationState) see(ctx workflow.Context, situation store.Situation) {
	s.Situation = situation
	s.Known = true
	s.alarmed = false
	s.ring(ctx, contract.Doorbell{Seq: situation.WakeSeq, InSeq: situation.InSeq})
}

// inbound reports whether there are messages that no turn has looked at.
func (s *conversationState) inbound() bool { return s.Rung.InSeq > s.Covered }

// stale reports whether Postgres has something that this run hasn't seen.
func (s *conversationState) stale() bool {
	return !s.Known || s.alarmed || s.Rung.Seq > s.Situation.WakeSeq
}

// overruled reports whether an operator did something since the last look.
func (s *conversationState) overruled() bool {
	return s.Rung.Seq > s.Situation.WakeSeq && s.Rung.Seq > s.Rung.InSeq
}

// burstEnds returns when the customer is taken to have finished.
func (s *conversationState) burstEnds() time.Time {
	burst := s.Situation.Burst
	quiet := burst.QuietMS
	if s.Rung.Quick {
		quiet = burst.QuestionMS
	}
	ends := s.RungAt.Add(time.Duration(quiet) * time.Millisecond)
	if limit := s.FirstRungAt.Add(time.Duration(burst.MaxMS) * time.Millisecond); ends.After(limit) {
		return limit
	}
	return ends
}

// view is the answer to the state query.
func (s *conversationState) view(in contract.ConversationInput) contract.ConversationState {
	out := contract.ConversationState{
		Account:  in.Account,
		Chat:     in.Chat,
		Phase:    s.Phase,
		Rung:     s.Rung,
		Handled:  s.Situation.WakeSeq,
		Attempt:  s.Attempt,
		Deadline: s.Situation.Deadline,
		Agent:    s.Situation.Agent,
		Turns:    s.Turns,
	}
	if s.Turn != uuid.Nil {
		out.Turn = &s.Turn
	}
	if s.Situation.Conversation != uuid.Nil {
		out.Conversation = &s.Situation.Conversation
	}
	return out
}
