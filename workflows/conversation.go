// Package workflows holds deterministic code only: it decides nothing about a
// chat, it makes happen what Postgres says, in order, in spite of crashes.
package workflows

import (
	"time"

	"github.com/google/uuid"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"kedai/activities"
	"kedai/models"
	"kedai/workflows/contract"
)

// conversation is one run of a chat's workflow.
type conversation struct {
	in      contract.ConversationInput
	state   *conversationState
	bells   contract.SignalChannel[contract.Doorbell]
	request activities.ChatRequest

	alarm     workflow.Future // The resting timer, or nil.
	alarmAt   time.Time
	dropAlarm workflow.CancelFunc

	noting workflow.Future // The note that is being written, or nil.
}

// Conversation drives one chat: it waits for doorbells and deadlines, has
// conversations opened and turns made, delivered and sent, and rests in
// between. It carries its state from run to run; nothing is inferred from a
// run being new.
func Conversation(ctx workflow.Context, in contract.ConversationInput, carried *conversationState) error {
	c, err := setup(ctx, in, carried)
	if err != nil {
		return err
	}
	return c.run(ctx)
}

func setup(ctx workflow.Context, in contract.ConversationInput, carried *conversationState) (*conversation, error) {
	if in.Account == uuid.Nil || in.Chat == uuid.Nil {
		return nil, temporal.NewNonRetryableApplicationError("a conversation needs an account and a chat", string(models.CodeInvalid), nil)
	}
	if carried == nil {
		carried = &conversationState{}
	}
	// A new run looks at Postgres before it rests, so that a doorbell that
	// fell between two runs is made up for.
	carried.Known = false
	c := &conversation{
		in:      in,
		state:   carried,
		bells:   contract.DoorbellSignal.Channel(ctx),
		request: activities.ChatRequest{Account: in.Account, Chat: in.Chat},
	}
	return c, contract.StateQuery.Handle(ctx, func() (contract.ConversationState, error) {
		return c.state.view(in), nil
	})
}

// run is one loop: act where something is new, rest where nothing is. A run
// ends only where Postgres says that the chat needs nothing and no doorbell
// came since.
func (c *conversation) run(ctx workflow.Context) error {
	for {
		c.drain(ctx)
		if err := ctx.Err(); err != nil {
			return err // An operator cancelled the run; the relay starts it again when it is due.
		}
		c.note(ctx)
		var err error
		switch s := c.state; {
		case s.Known && c.noting == nil && workflow.GetInfo(ctx).GetContinueAsNewSuggested():
			return workflow.NewContinueAsNewError(ctx, contract.ConversationWorkflow, c.in, s)
		case s.inbound():
			err = c.answer(ctx)
		case s.stale():
			err = c.attend(ctx)
		case s.Situation.Done && c.noting == nil:
			return nil
		default:
			c.rest(ctx)
		}
		if err != nil {
			return err
		}
	}
}

// drain takes what has been signalled. Workflow code runs only once all events
// of its task are applied, so nothing signalled before a run's last command is
// left behind.
func (c *conversation) drain(ctx workflow.Context) {
	for {
		bell, ok := c.bells.ReceiveAsync()
		if !ok {
			return
		}
		c.state.ring(ctx, bell)
	}
}

// minRest keeps a run from looking without pause where Temporal's clock is
// ahead of Postgres's.
const minRest = 200 * time.Millisecond

// rest waits for a doorbell or the deadline. The timer outlives a doorbell:
// deadlines mostly move later, so one that fires early is armed anew.
func (c *conversation) rest(ctx workflow.Context) {
	c.state.Phase = phaseResting
	selector := workflow.NewSelector(ctx)
	c.bells.AddToSelector(ctx, selector, func(bell contract.Doorbell) { c.state.ring(ctx, bell) })
	if deadline := c.state.Situation.Deadline; deadline != nil && (c.alarm == nil || deadline.Before(c.alarmAt)) {
		if c.alarm != nil {
			c.dropAlarm()
		}
		var inner workflow.Context
		inner, c.dropAlarm = workflow.WithCancel(ctx)
		c.alarm = workflow.NewTimer(inner, max(deadline.Sub(workflow.Now(ctx)), minRest))
		c.alarmAt = *deadline
	}
	if c.alarm != nil {
		selector.AddFuture(c.alarm, func(workflow.Future) {
			c.alarm = nil
			deadline := c.state.Situation.Deadline
			c.state.alarmed = deadline != nil && !workflow.Now(ctx).Before(*deadline)
		})
	}
	if c.noting != nil {
		selector.AddFuture(c.noting, func(workflow.Future) {})
	}
	selector.Select(ctx)
}

// attend looks at the chat for an operator's action or a deadline and does
// what it needs.
func (c *conversation) attend(ctx workflow.Context) error {
	c.state.Phase = phaseAttending
	situation, err := startAttend(ctx, c.request).result(ctx)
	if err != nil {
		return err
	}
	c.state.see(ctx, situation)
	if situation.Agent != c.state.Marked && situation.Standing != models.StandServe {
		c.markEnd(ctx)
	}
	return c.follow(ctx)
}

// open has the conversation opened that held messages wait for.
func (c *conversation) open(ctx workflow.Context) error {
	c.state.Phase = phaseOpening
	situation, err := startOpenConversation(ctx, c.request).result(ctx)
	if err != nil {
		return err
	}
	c.state.see(ctx, situation)
	return nil
}

// follow does what the last look asks for.
func (c *conversation) follow(ctx workflow.Context) error {
	if c.state.Situation.Standing == models.StandOpen {
		if err := c.open(ctx); err != nil {
			return err
		}
	}
	switch c.state.Situation.Standing {
	case models.StandServe:
		return c.turn(ctx)
	case models.StandRest:
		c.state.Covered = max(c.state.Covered, c.state.Situation.InSeq)
	}
	if c.state.Situation.Unsent {
		return c.send(ctx)
	}
	return nil
}

// answer is a turn for new messages: it opens the conversation where none is
// known, waits until the customer has finished, and answers.
func (c *conversation) answer(ctx workflow.Context) error {
	if !c.state.Known || c.state.Situation.Conversation == uuid.Nil {
		if err := c.open(ctx); err != nil {
			return err
		}
		if c.state.Situation.Standing == models.StandRest {
			return c.follow(ctx)
		}
	}
	c.burst(ctx)
	return c.turn(ctx)
}

// burst waits until the customer is taken to have finished: one timer, armed
// again when it fires and newer messages came.
func (c *conversation) burst(ctx workflow.Context) {
	c.state.Phase = phaseBurst
	for ctx.Err() == nil {
		wait := c.state.burstEnds().Sub(workflow.Now(ctx))
		if wait <= 0 {
			return
		}
		timer := workflow.NewTimer(ctx, wait)
		fired := false
		selector := workflow.NewSelector(ctx).AddFuture(timer, func(workflow.Future) { fired = true })
		c.bells.AddToSelector(ctx, selector, func(bell contract.Doorbell) { c.state.ring(ctx, bell) })
		for !fired {
			selector.Select(ctx)
		}
	}
}

// send sends what waits, in its order. What waits for an echo leaves a
// deadline.
func (c *conversation) send(ctx workflow.Context) error {
	c.state.Phase = phaseSending
	for {
		sent, err := startSend(ctx, c.request).result(ctx)
		if err != nil {
			return err
		}
		if !sent.More {
			c.state.see(ctx, sent.Situation)
			return nil
		}
	}
}
