package api

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"

	"kedai/activities/channels"
	"kedai/models"
	"kedai/models/store"
	"kedai/workflows/contract"
)

// Playground holds the team's own chats with the agent, for the API and the
// command line.
type Playground struct {
	Store    *store.Store
	Temporal Temporal
	Wait     time.Duration // For an answer; 0: 20 s.
}

const (
	playgroundWait  = 20 * time.Second
	playgroundStart = 3 * time.Second
	playgroundNote  = 3 * time.Second
)

// Begin makes a chat. CodeInvalid for a set, a language or an identity that
// can't be one.
func (p Playground) Begin(ctx context.Context, actor models.Actor, chat models.PlaygroundChat) (models.PlaygroundChat, error) {
	if chat.Set == "" {
		chat.Set = models.SetDraft
	}
	if chat.Set != models.SetDraft && chat.Set != models.SetLive {
		return chat, models.Errorf(models.CodeInvalid, "set must be draft or live")
	}
	if chat.Language != nil && !chat.Language.Valid() {
		return chat, models.Errorf(models.CodeInvalid, "language isn't one the agent speaks; use one of %v", models.Languages())
	}
	if given := chat.Identity; given != nil {
		kept := models.PlaygroundIdentity{Email: models.NormalEmail(given.Email), Phone: models.NormalPhone(given.Phone)}
		switch {
		case given.Email != "" && kept.Email == "":
			return chat, models.Errorf(models.CodeInvalid, "identity.email isn't an e-mail address")
		case given.Phone != "" && kept.Phone == "":
			return chat, models.Errorf(models.CodeInvalid, "identity.phone isn't a phone number; its form is +351 912 345 678")
		}
		chat.Identity = &kept
		if kept == (models.PlaygroundIdentity{}) {
			chat.Identity = nil
		}
	}
	return p.Store.CreatePlayground(ctx, actor, chat)
}

// Ask stores what the customer would write and returns the turn with what the
// agent would do. CodeConflict while the turn before is pending. CodeUnavailable
// where Temporal can't be reached, and where no worker answers in time: then
// the chat has the answer once there is one.
func (p Playground) Ask(ctx context.Context, account, chat uuid.UUID, messages []string) (models.PlaygroundTurn, error) {
	messages, err := playgroundMessages(messages)
	if err != nil {
		return models.PlaygroundTurn{}, err
	}
	turn, err := p.Store.AddPlaygroundTurn(ctx, account, chat, messages)
	if err != nil {
		return turn, err
	}
	run, err := p.start(ctx, turn)
	if err != nil {
		note, cancel := context.WithTimeout(context.WithoutCancel(ctx), playgroundNote)
		defer cancel()
		// Where this fails too, the turn counts as lost after PlaygroundPatience.
		_ = p.Store.FailPlaygroundTurn(note, account, chat, turn.N, models.CodeUnavailable)
		return turn, &models.Error{Code: models.CodeUnavailable, Message: "the agent can't be asked while Temporal can't be reached; try again when it runs", Cause: err}
	}
	wait := p.Wait
	if wait == 0 {
		wait = playgroundWait
	}
	waiting, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	failed := run.Get(waiting, nil)
	// What became of the turn stands in its row, whatever the run says.
	turn, err = p.Store.PlaygroundTurn(ctx, account, chat, turn.N)
	if err == nil && turn.State == models.PlaygroundPending {
		return turn, &models.Error{
			Code:    models.CodeUnavailable,
			Message: "the agent hasn't answered in time: see that a worker runs; the chat shows the answer once there is one",
			Cause:   failed,
		}
	}
	return turn, err
}

func (p Playground) start(ctx context.Context, turn models.PlaygroundTurn) (client.WorkflowRun, error) {
	if p.Temporal == nil {
		return nil, models.Errorf(models.CodeUnavailable, "there is no Temporal")
	}
	ctx, cancel := context.WithTimeout(ctx, playgroundStart)
	defer cancel()
	return p.Temporal.ExecuteWorkflow(ctx, client.StartWorkflowOptions{
		ID:                       contract.PlaygroundWorkflowID(turn.ChatID, turn.N),
		TaskQueue:                contract.QueueConversation,
		WorkflowTaskTimeout:      workflowTask,
		WorkflowExecutionTimeout: models.PlaygroundPatience,
		WorkflowIDReusePolicy:    enumspb.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE,
		Priority:                 temporal.Priority{FairnessKey: turn.AccountID.String()},
	}, contract.PlaygroundWorkflow, contract.PlaygroundInput{Account: turn.AccountID, Chat: turn.ChatID, N: turn.N})
}

// playgroundMessages checks what a customer would write: what a website's
// message may have.
func playgroundMessages(messages []string) ([]string, error) {
	if n := len(messages); n == 0 || n > models.PlaygroundMessages {
		return nil, models.Errorf(models.CodeInvalid, "messages must have from 1 to %d texts", models.PlaygroundMessages)
	}
	out := make([]string, len(messages))
	for i, text := range messages {
		out[i] = strings.TrimSpace(text)
		if n := utf8.RuneCountInString(out[i]); n == 0 || n > channels.MaxWebsiteText || !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
			return nil, models.Errorf(models.CodeInvalid, "each of messages must have from 1 to %d characters", channels.MaxWebsiteText)
		}
	}
	return out, nil
}
