package activities

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"kedai/activities/answer"
	"kedai/activities/llm"
	"kedai/models"
	"kedai/models/store"
)

// NoteRequest names a handoff whose summary note is to be written.
type NoteRequest struct {
	ChatRequest
	Conversation uuid.UUID `json:"conversation"`
	Handoff      int64     `json:"handoff"` // The seq of its log line.
}

// noteBudget is how long a note waits for a model. People wait for the note, so
// a composed one in time is better.
const noteBudget = 12 * time.Second

// Note writes the summary note of a handoff. It may be repeated: a handoff has
// one note.
func (a *Turns) Note(ctx context.Context, r NoteRequest) error {
	stop := heartbeat(ctx)
	defer stop()
	return edge(ctx, a.Log, "Note", a.note(ctx, r))
}

func (a *Turns) note(ctx context.Context, r NoteRequest) error {
	handoff, err := a.Store.Handoff(ctx, r.Account, r.Chat, r.Conversation, r.Handoff)
	if err != nil || handoff.Noted {
		return err
	}
	talk := talkOf(handoff)
	note := models.Note{AccountID: r.Account, ConversationID: r.Conversation, HandoffSeq: r.Handoff}
	text, err := a.modelNote(ctx, talk, handoff, &note)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		a.Log.WarnContext(ctx, "note not written by the model", "account_id", r.Account, "conversation_id", r.Conversation, "code", models.CodeOf(err), "error", causeOf(err))
		note.Refusals = append(note.Refusals, "model: "+string(models.CodeOf(err)))
	}
	if text == "" {
		text, note.Engine = answer.Note(talk), answer.EngineBuiltin
	}
	return a.Store.AddNote(ctx, r.Chat, note, text)
}

// modelNote returns a model's note that may be taken, and sets its engine; what
// may not is kept with the reasons. It returns nothing where no model is to be
// asked: an account at its limit has used up what it may cost.
func (a *Turns) modelNote(ctx context.Context, talk answer.Talk, handoff store.Handoff, note *models.Note) (string, error) {
	if a.Models == nil || talk.Reason == models.ReasonUsageLimit {
		return "", nil
	}
	limited, cancel := context.WithTimeout(ctx, noteBudget)
	defer cancel()
	summary, use, err := a.Models.Summarize(limited, note.AccountID, llm.SummaryRequest{
		Turn: talk.Turn(handoff.Now), Purpose: answer.SummaryHandoff, Before: handoff.Summary, Reason: talk.Reason,
	})
	if use.Model != "" {
		// What was used is paid for, whatever becomes of it, by the turn that was handed over.
		if err := a.Store.AddModelUse(context.WithoutCancel(ctx), note.AccountID, handoff.Turn, handoff.Attempt, use); err != nil {
			return "", err
		}
	}
	if models.CodeOf(err) == models.CodeNotFound {
		return "", nil // There is no model.
	}
	if err != nil {
		return "", err
	}
	text := strings.TrimSpace(summary.Text)
	if violations := answer.GuardNote(talk, text); len(violations) > 0 {
		note.Refusals = reasons(use.Model, faultsIn(violations))
		return "", nil
	}
	note.Engine = use.Model
	return text, nil
}

// talkOf is a handoff's conversation as notes see it.
func talkOf(h store.Handoff) answer.Talk {
	out := answer.Talk{Language: h.Language, Shop: h.Account.Name, Reason: h.Reason}
	for _, line := range h.Lines {
		out.Lines = append(out.Lines, answer.TalkLine{Line: lineOf(line.Message), Intent: line.Intent, Action: line.Action, Cited: line.Cited})
	}
	return out
}
