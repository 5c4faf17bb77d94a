package api

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"kedai/api/gen"
	"kedai/models"
)

// CreatePlayground begins a chat of the team's own with the agent.
func (s operator) CreatePlayground(c *gin.Context) {
	chat, err := s.createPlayground(c)
	answer(s, c, http.StatusCreated, chat, err, playgroundView)
}

func (s operator) createPlayground(c *gin.Context) (models.PlaygroundChat, error) {
	body, _, err := decode[gen.NewPlayground](c)
	if err != nil {
		return models.PlaygroundChat{}, err
	}
	set, err := setOf(body.Set)
	if err != nil {
		return models.PlaygroundChat{}, err
	}
	chat := models.PlaygroundChat{AccountID: accountOf(c), Set: set}
	if body.Language != nil {
		language := models.Language(*body.Language)
		chat.Language = &language
	}
	if i := body.Identity; i != nil {
		chat.Identity = &models.PlaygroundIdentity{Email: value(i.Email), Phone: value(i.Phone)}
	}
	return s.playground.Begin(c.Request.Context(), actorOf(c), chat)
}

// Playground shows a chat with its turns.
func (s operator) Playground(c *gin.Context, id gen.ID) {
	chat, turns, err := s.store.Playground(c.Request.Context(), accountOf(c), id)
	answer(s, c, http.StatusOK, chat, err, func(chat models.PlaygroundChat) gen.PlaygroundDetail {
		return gen.PlaygroundDetail{Chat: playgroundView(chat), Turns: each(turns, playgroundTurnView)}
	})
}

// AskPlayground asks the agent. It waits for longer than other requests may
// work, since a model takes its time.
func (s operator) AskPlayground(c *gin.Context, id gen.ID) {
	body, _, err := decode[gen.NewPlaygroundTurn](c)
	if err != nil {
		s.fail(c, err)
		return
	}
	turn, err := s.playground.Ask(connection(c), accountOf(c), id, body.Messages)
	answer(s, c, http.StatusOK, turn, err, playgroundTurnView)
}

func playgroundView(p models.PlaygroundChat) gen.Playground {
	out := gen.Playground{ID: p.ID, Set: gen.SourceSet(p.Set), Language: text(p.Language), CreatedBy: p.CreatedBy, CreatedAt: p.CreatedAt}
	if i := p.Identity; i != nil {
		out.Identity = &gen.PlaygroundIdentity{Email: known(i.Email), Phone: known(i.Phone)}
	}
	return out
}

func playgroundTurnView(t models.PlaygroundTurn) gen.PlaygroundTurn {
	out := gen.PlaygroundTurn{
		N: t.N, State: string(t.State), Messages: list(t.Messages), Reply: t.Reply, Language: string(t.Language), Intent: string(t.Intent),
		Action: string(t.Action), Reason: string(t.Reason), Would: gen.PlaygroundWould{Limit: t.Limited},
		Evidence: each(t.Evidence, playgroundEvidenceView), Cites: list(t.Cites), Engine: t.Engine, Refusals: list(t.Refusals),
		Failure: t.Failure, CreatedAt: t.CreatedAt, FinishedAt: t.FinishedAt,
		ModelUse: gen.ModelUse{Model: t.Model, InputTokens: t.InputTokens, OutputTokens: t.OutputTokens, Cost: amount(t.Cost), Fallback: string(t.Fallback)},
	}
	if t.Reason != "" {
		out.Would.Handoff = &gen.PlaygroundHandoff{Reason: string(t.Reason), Text: t.HandoffText}
	}
	return out
}

func playgroundEvidenceView(e models.PlaygroundEvidence) gen.PlaygroundEvidence {
	return gen.PlaygroundEvidence{
		N: e.N, Kind: string(e.Kind), ID: e.ID, Title: e.Title, Headings: list(e.Headings), Sentences: list(e.Sentences),
		Fields: each(e.Fields, func(f models.Field) gen.PlaygroundField { return gen.PlaygroundField(f) }), Score: e.Score, Cited: e.Cited,
	}
}
