package activities

import (
	"context"
	"time"

	"kedai/activities/answer"
	"kedai/activities/llm"
	"kedai/models"
	"kedai/models/store"
)

const (
	// summaryLines is how many lines that no summary tells begin one: fewer than
	// an engine sees, so that some turns may pass before a line is lost to it.
	summaryLines = 20

	// summaryGrace is how long a turn whose draft is stored waits for its
	// summary. One that takes longer is tried again with the next turn.
	summaryGrace = time.Second
)

// summarise renews a conversation's running summary where it is due, beside
// the turn's draft. The returned function waits for it, for a short while.
func (a *Turns) summarise(ctx context.Context, turn models.Turn, said answer.Turn, script store.Transcript) (wait func()) {
	due := 0
	for _, m := range script.Messages {
		if m.Seq > script.SummarySeq && m.Seq < turn.FirstSeq {
			due++
		}
	}
	if due < summaryLines || a.Models == nil {
		return func() {}
	}
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := a.renewSummary(ctx, turn, said, script); err != nil && ctx.Err() == nil {
			a.Log.WarnContext(ctx, "summary not made", "account_id", turn.AccountID, "conversation_id", turn.ConversationID, "code", models.CodeOf(err), "error", causeOf(err))
		}
	}()
	return func() {
		defer cancel()
		select {
		case <-done:
		case <-time.After(summaryGrace):
		case <-ctx.Done():
		}
	}
}

func (a *Turns) renewSummary(ctx context.Context, turn models.Turn, said answer.Turn, script store.Transcript) error {
	model, err := a.Models.of(ctx, turn.AccountID, script.OwnModel)
	if err != nil || model == nil {
		return err
	}
	lines, err := a.Store.Unsummarised(ctx, turn)
	if err != nil || len(lines) == 0 {
		return err
	}
	said.Messages, said.History = nil, nil
	for _, m := range lines {
		said.History = append(said.History, lineOf(m))
	}
	summary, use, err := a.Models.summarizeBy(ctx, model, turn.AccountID, llm.SummaryRequest{Turn: said, Purpose: answer.SummaryRunning, Before: script.Summary})
	if use.Model != "" {
		if err := a.Store.AddModelUse(context.WithoutCancel(ctx), turn.AccountID, turn.ID, turn.Attempt, use); err != nil {
			return err
		}
	}
	if err != nil {
		return err
	}
	return a.Store.SaveSummary(ctx, turn.AccountID, turn.ConversationID, summary.Text, lines[len(lines)-1].Seq)
}

// lineOf is a message as engines see it.
func lineOf(m models.Message) answer.Line {
	line := answer.Line{From: answer.Customer, Text: m.Text}
	switch m.Author {
	case models.AuthorAgent:
		line.From = answer.Agent
	case models.AuthorPerson:
		line.From = answer.Person
	case models.AuthorCustomer, models.AuthorLog, models.AuthorNote, models.AuthorOtherBot:
	}
	return line
}
