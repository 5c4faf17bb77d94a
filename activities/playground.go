package activities

import (
	"context"
	"log/slog"

	"github.com/google/uuid"

	"kedai/activities/answer"
	"kedai/models"
	"kedai/models/store"
)

// Playground are the activities of a chat of the team's own with the agent. It
// finds and drafts by the same methods as live turns, and keeps what the agent
// would do with its own turn only.
type Playground struct {
	Turns *Turns
	Store *store.Store
	Log   *slog.Logger
}

// PlaygroundRequest names a turn of the Playground.
type PlaygroundRequest struct {
	Account uuid.UUID `json:"account"`
	Chat    uuid.UUID `json:"chat"`
	N       int       `json:"n"`
	Plain   bool      `json:"plain,omitempty"` // The built-in engine only.
}

// Rehearse answers a turn and keeps the answer. It may be repeated: a turn that
// is over stays as it is.
func (p *Playground) Rehearse(ctx context.Context, r PlaygroundRequest) error {
	stop := heartbeat(ctx)
	defer stop()
	return edge(ctx, p.Log, "Rehearse", p.rehearse(ctx, r))
}

func (p *Playground) rehearse(ctx context.Context, r PlaygroundRequest) error {
	scene, err := p.Store.PlaygroundScene(ctx, r.Account, r.Chat, r.N)
	if err != nil || scene.Turn.State != models.PlaygroundPending {
		return err
	}
	said := rehearsed(scene)
	k := knowledge{account: r.Account, set: scene.Chat.Set, language: scene.Indexed, synonyms: scene.Synonyms, written: scene.Written, hours: scene.Settings.BusinessHours}
	if who := scene.Chat.Identity; who != nil {
		k.email, k.phone = who.Email, who.Phone
	}
	draft, evidence, refusals, err := p.Turns.rounds(ctx, k, said, r)
	if err != nil {
		return err
	}
	return p.Store.FinishPlaygroundTurn(ctx, scene, draft, usedEvidence(said, draft, evidence), refusals)
}

// rounds finds and drafts as often as the engine asks for more, up to what a
// live turn may take.
func (a *Turns) rounds(ctx context.Context, k knowledge, said answer.Turn, r PlaygroundRequest) (draft models.Draft, evidence []models.Evidence, refusals []string, err error) {
	wording := seed(models.TurnID(r.Chat, int64(r.N)))
	for round := 1; ; round++ {
		found, err := a.find(ctx, k, said, draft.Need)
		if err != nil {
			return draft, nil, nil, err
		}
		for _, e := range found {
			e.N = len(evidence) + 1
			evidence = append(evidence, e)
		}
		draft, refusals, err = a.draft(ctx, said, evidence, r.Plain, wording)
		if err != nil || draft.Need == "" || round >= models.MaxRounds {
			draft.Need = ""
			return draft, evidence, refusals, err
		}
	}
}

// rehearsed returns what engines see of a Playground's chat. It goes on after
// what would have been a handoff.
func rehearsed(scene store.PlaygroundScene) answer.Turn {
	out := answer.Turn{Language: scene.Settings.Language, Shop: scene.Account.Name, Messages: scene.Turn.Messages, Now: scene.Now, Proven: scene.Chat.Identity != nil}
	for _, turn := range scene.Before {
		for _, text := range turn.Messages {
			out.History = append(out.History, answer.Line{From: answer.Customer, Text: text})
		}
		if text := turn.Said(); text != "" {
			out.History = append(out.History, answer.Line{From: answer.Agent, Text: text})
		}
	}
	return out
}

// usedEvidence says of each piece what the reply uses of it.
func usedEvidence(said answer.Turn, draft models.Draft, evidence []models.Evidence) []models.PlaygroundEvidence {
	out := make([]models.PlaygroundEvidence, len(evidence))
	for i, e := range evidence {
		out[i] = answer.Used(said.Language, draft, e)
	}
	return out
}

// GiveUpRehearsal ends a turn that could not be answered.
func (p *Playground) GiveUpRehearsal(ctx context.Context, r PlaygroundRequest) error {
	return edge(ctx, p.Log, "GiveUpRehearsal", p.Store.FailPlaygroundTurn(ctx, r.Account, r.Chat, r.N, models.CodeUnavailable))
}
