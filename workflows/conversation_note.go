package workflows

import (
	"errors"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"kedai/activities"
)

// note has the summary note written that the last look found to be owed. It
// waits for nothing: a customer or an operator who comes meanwhile is seen to
// at once. Each handoff's note is begun once, since its tries are the
// activity's; what comes of it is looked at here, when the loop comes by.
func (c *conversation) note(ctx workflow.Context) {
	if c.noting != nil && c.noting.IsReady() {
		c.noted(ctx)
	}
	s := c.state
	owed := s.Situation.Note
	if owed <= s.Noted || c.noting != nil {
		return
	}
	if workflow.GetVersion(ctx, changeNotes, workflow.DefaultVersion, 1) == workflow.DefaultVersion {
		return // A run that older code took past this handoff.
	}
	s.Noted = owed
	c.noting = startNote(ctx, activities.NoteRequest{ChatRequest: c.request, Conversation: s.Situation.Conversation, Handoff: owed}).Future
}

// noted ends a note. A handoff whose note failed for good stands without it.
func (c *conversation) noted(ctx workflow.Context) {
	err := c.noting.Get(ctx, nil)
	c.noting = nil
	if err == nil || ctx.Err() != nil {
		return
	}
	code := "timeout"
	var failed *temporal.ApplicationError
	if errors.As(err, &failed) {
		code = failed.Type()
	}
	workflow.GetLogger(ctx).Error("note not written", "code", code, "handoff", c.state.Noted)
}
