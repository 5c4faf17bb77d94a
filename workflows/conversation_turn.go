package workflows

import (
	"github.com/google/uuid"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"kedai/activities"
	"kedai/models"
	"kedai/workflows/contract"
)

// turn retrieves, generates, delivers and sends one reply. It returns without
// one where a newer message or an operator's action came first; the loop then
// sees to that.
func (c *conversation) turn(ctx workflow.Context) error {
	s := c.state
	c.markStart(ctx)
	found, interrupted, err := c.retrieve(ctx)
	if interrupted {
		return nil // The turn goes on, so TurnStartedAt stands.
	}
	searched := err == nil
	if err := ctx.Err(); err != nil {
		return err
	}
	if !searched {
		// A person is better than silence: the turn is begun without a search,
		// for the handoff to be its outbound.
		if found, err = startRetrieve(ctx, activities.RetrieveRequest{ChatRequest: c.request, Blind: true}).result(ctx); err != nil {
			return err
		}
	}
	s.see(ctx, found.Situation)
	if found.Turn == uuid.Nil {
		if found.Standing == models.StandServe {
			return temporal.NewNonRetryableApplicationError("a served chat has no turn", string(models.CodeInternal), nil)
		}
		c.markEnd(ctx)
		return c.follow(ctx)
	}
	s.Turn, s.Attempt, s.Covered = found.Turn, found.Attempt, found.Covers
	request := activities.TurnRequest{ChatRequest: c.request, Turn: found.Turn, Attempt: found.Attempt}
	request.Fallback = models.ReasonToolFailure
	if searched && c.generate(ctx, request, found.Final) {
		s.Covered = min(s.Covered, found.Covers-1)
		return nil
	}
	return c.deliver(ctx, request, found.Covers)
}

// retrieve begins the turn. Newer messages start it anew, as often as they
// may supersede a turn: after that it may be final, which only its result
// tells.
func (c *conversation) retrieve(ctx workflow.Context) (found activities.Retrieved, interrupted bool, err error) {
	s := c.state
	s.Phase = phaseRetrieving
	inner, cancel := workflow.WithCancel(ctx)
	defer cancel()
	before := s.Rung.InSeq
	under := startRetrieve(inner, activities.RetrieveRequest{ChatRequest: c.request})
	interrupted = c.await(ctx, under.Future, func() bool {
		return s.Rung.InSeq > before && s.Restarts < models.MaxSupersedes
	})
	if interrupted {
		s.Restarts++
		return found, true, nil
	}
	found, err = under.result(ctx)
	s.Restarts = 0
	return found, false, err
}

// generate has the draft written and returns true where it was interrupted. A
// model that fails for good is followed by the built-in engine; where that
// fails too there is no draft, and Deliver hands over.
func (c *conversation) generate(ctx workflow.Context, request activities.TurnRequest, final bool) (interrupted bool) {
	s := c.state
	s.Phase = phaseGenerating
	inner, cancel := workflow.WithCancel(ctx)
	defer cancel()
	newer := func() bool { return s.overruled() || (!final && s.inbound()) }
	for {
		under := startGenerate(inner, request)
		if c.await(ctx, under.Future, newer) {
			return true
		}
		out, err := under.result(ctx)
		switch {
		case ctx.Err() != nil:
			return true
		case err != nil && request.Plain:
			return false
		case err != nil:
			request.Plain = true
			continue
		case !out.More:
			return false
		}
		more := startRetrieveMore(inner, request)
		if c.await(ctx, more.Future, newer) {
			return true
		}
		if _, err := more.result(ctx); err != nil {
			request.Plain = true
		}
	}
}

// deliver commits the reply. It is always awaited, whatever is cancelled: what
// is said to the customer must be known here.
func (c *conversation) deliver(ctx workflow.Context, request activities.TurnRequest, covers int64) error {
	s := c.state
	s.Phase = phaseDelivering
	disconnected, cancel := workflow.NewDisconnectedContext(ctx)
	defer cancel()
	delivery, err := startDeliver(disconnected, request).result(disconnected)
	if err != nil {
		return err
	}
	s.see(ctx, delivery.Situation)
	c.note(ctx)
	switch delivery.Verdict {
	case models.VerdictDelivered:
		s.Turns++
		s.Turn, s.Attempt = uuid.Nil, 0
	case models.VerdictSuperseded:
		s.Covered = min(s.Covered, covers-1)
	}
	c.markEnd(ctx)
	if delivery.Unsent {
		return c.send(ctx)
	}
	return nil
}

// await waits for a future while doorbells come in, and returns true as soon
// as one of them interrupts.
func (c *conversation) await(ctx workflow.Context, future workflow.Future, interrupts func() bool) bool {
	selector := workflow.NewSelector(ctx).AddFuture(future, func(workflow.Future) {})
	c.bells.AddToSelector(ctx, selector, func(bell contract.Doorbell) { c.state.ring(ctx, bell) })
	for !future.IsReady() {
		selector.Select(ctx)
		if !future.IsReady() && interrupts() {
			return true
		}
	}
	return false
}

// markStart tells operators that a turn has begun, in one upsert.
func (c *conversation) markStart(ctx workflow.Context) {
	now := workflow.Now(ctx)
	c.mark(ctx, contract.TurnStartedAt.ValueSet(now))
}

// markEnd tells operators how the chat stands after a turn.
func (c *conversation) markEnd(ctx workflow.Context) {
	c.mark(ctx, contract.TurnStartedAt.ValueUnset())
}

func (c *conversation) mark(ctx workflow.Context, started temporal.SearchAttributeUpdate) {
	situation := c.state.Situation
	c.state.Marked = situation.Agent
	updates := []temporal.SearchAttributeUpdate{
		started,
		contract.AgentState.ValueSet(string(situation.Agent)),
		contract.AccountID.ValueSet(c.in.Account.String()),
		contract.ConversationID.ValueSet(situation.Conversation.String()),
		contract.LeadID.ValueSet(situation.Lead.String()),
		contract.Channel.ValueSet(string(situation.Channel)),
	}
	if situation.Handoff == "" {
		updates = append(updates, contract.HandoffReason.ValueUnset())
	} else {
		updates = append(updates, contract.HandoffReason.ValueSet(situation.Handoff))
	}
	if err := workflow.UpsertTypedSearchAttributes(ctx, updates...); err != nil {
		// Operators' view only: the chat goes on without it.
		workflow.GetLogger(ctx).Error("search attributes not updated", "error", err)
	}
}
