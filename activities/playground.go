package activities

import (
	"context"
	"log/slog"
	"slices"

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
	k := knowledge{account: r.Account, own: scene.OwnModel, set: scene.Chat.Set, language: scene.Indexed, synonyms: scene.Synonyms, written: scene.Written, hours: scene.Settings.BusinessHours}
	if who := scene.Chat.Identity; who != nil {
		k.email, k.phone = who.Email, who.Phone
	}
	draft, evidence, err := p.Turns.rounds(ctx, k, said, r)
	if err != nil {
		return err
	}
	return p.Store.FinishPlaygroundTurn(ctx, scene, draft.Draft, usedEvidence(said, draft.Draft, evidence), draft.refusals, draft.use)
}

// rounds finds and drafts as often as the engine asks for more, up to what a
// live turn may take.
func (a *Turns) rounds(ctx context.Context, k knowledge, said answer.Turn, r PlaygroundRequest) (draft drafted, evidence []models.Evidence, err error) {
	q := question{account: r.Account, own: k.own, said: said, plain: r.Plain, seed: seed(models.TurnID(r.Chat, int64(r.N)))}
	var use models.ModelUse
	for round := 1; ; round++ {
		found, err := a.find(ctx, k, said, draft.Need)
		if err != nil {
			return draft, nil, err
		}
		for _, e := range inCurrency(found, q.evidence) {
			e.N = len(q.evidence) + 1
			q.evidence = append(q.evidence, e)
		}
		q.last = round >= models.MaxRounds
		draft, err = a.draft(ctx, q)
		use = use.Add(draft.use)
		draft.use, q.took = use, use.Took
		if err != nil || draft.Need == "" {
			return draft, q.evidence, err
		}
	}
}

// rehearsed returns what engines see of a Playground's chat. It goes on after
// what would have been a handoff.
func rehearsed(scene store.PlaygroundScene) answer.Turn {
	out := answer.Turn{Language: scene.Settings.Language, Shop: scene.Account.Name, Messages: scene.Turn.Messages, Now: scene.Now, Currency: scene.Account.Currency, Proven: scene.Chat.Identity != nil}
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
	evidence = slices.Concat(evidence, draft.Computed)
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
