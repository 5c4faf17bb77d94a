package activities

import (
	"context"
	"log/slog"
	"slices"
	"time"

	"github.com/google/uuid"
	"go.temporal.io/sdk/activity"

	"kedai/activities/answer"
	"kedai/activities/retrieval"
	"kedai/models"
	"kedai/models/failpoint"
	"kedai/models/store"
)

// Turns are the activities of a conversation's turn.
type Turns struct {
	Store  *store.Store
	Index  retrieval.Index
	Models *Models // Nil: the built-in engine answers alone.
	Log    *slog.Logger
}

// ChatRequest names a chat.
type ChatRequest struct {
	Account uuid.UUID `json:"account"`
	Chat    uuid.UUID `json:"chat"`
}

// RetrieveRequest names a chat to begin a turn in.
type RetrieveRequest struct {
	ChatRequest
	Blind bool `json:"blind,omitempty"` // Begin it only: the search failed for good.
}

// TurnRequest names one attempt of a turn.
type TurnRequest struct {
	ChatRequest
	Turn     uuid.UUID            `json:"turn"`
	Attempt  int                  `json:"attempt"`
	Plain    bool                 `json:"plain,omitempty"`    // Generate: the built-in engine only.
	Fallback models.HandoffReason `json:"fallback,omitempty"` // Deliver: why, where there is no draft.
}

// Retrieved is what Retrieve found: how the chat stands and, with
// StandServe, the turn.
type Retrieved struct {
	store.Situation
	Turn    uuid.UUID `json:"turn,omitzero"`
	Attempt int       `json:"attempt,omitempty"`
	Covers  int64     `json:"covers,omitempty"`
	Final   bool      `json:"final,omitempty"`
}

// Attend applies what time has brought to a chat and returns how it stands.
func (a *Turns) Attend(ctx context.Context, r ChatRequest) (store.Situation, error) {
	situation, err := a.Store.Attend(ctx, r.Account, r.Chat)
	return situation, edge(ctx, a.Log, "Attend", err)
}

// OpenConversation opens the conversation that held messages wait for.
func (a *Turns) OpenConversation(ctx context.Context, r ChatRequest) (store.Situation, error) {
	situation, err := a.Store.OpenConversation(ctx, r.Account, r.Chat)
	if err == nil {
		failpoint.Hit("after-open-conversation")
	}
	return situation, edge(ctx, a.Log, "OpenConversation", err)
}

// Retrieve decides who serves, begins the turn where it is the agent, and
// stores the evidence that the turn may use.
func (a *Turns) Retrieve(ctx context.Context, r RetrieveRequest) (Retrieved, error) {
	situation, turn, err := a.Store.BeginTurn(ctx, r.Account, r.Chat)
	if err != nil || turn == nil {
		return Retrieved{Situation: situation}, edge(ctx, a.Log, "Retrieve", err)
	}
	if !r.Blind {
		err = a.gather(ctx, *turn)
	}
	return Retrieved{Situation: situation, Turn: turn.ID, Attempt: turn.Attempt, Covers: turn.CoversSeq, Final: turn.Final}, edge(ctx, a.Log, "Retrieve", err)
}

// RetrieveMore gathers evidence for what the engine asked for. It is another
// round of the same attempt.
func (a *Turns) RetrieveMore(ctx context.Context, r TurnRequest) error {
	turn, err := a.Store.Turn(ctx, r.Account, r.Turn)
	if err == nil && turn.Need != "" {
		err = a.gather(ctx, turn)
	}
	return edge(ctx, a.Log, "RetrieveMore", err)
}

func (a *Turns) gather(ctx context.Context, turn models.Turn) error {
	script, err := a.Store.Transcript(ctx, turn.AccountID, turn.ID)
	if err != nil {
		return err
	}
	said := turnOf(turn, script)
	k := knowledge{
		account: turn.AccountID, set: models.SetLive, language: said.Language, synonyms: script.Synonyms, written: script.Indexed, hours: script.Hours,
		chat: turn.ChatID, conversation: turn.ConversationID, turn: turn.ID, email: script.Email, phone: script.Phone, mail: script.Codes.Available,
	}
	evidence, err := a.find(ctx, k, said, turn.Need)
	if err != nil {
		return err
	}
	if turn.Need != "" {
		before, err := a.Store.Evidence(ctx, turn.AccountID, turn.ID, turn.Attempt)
		if err != nil {
			return err
		}
		evidence = inCurrency(evidence, before)
	}
	// Generate mostly runs in the same process, and soon: while Postgres is waited
	// for, the texts are read for it. Storing sets the numbers of what it is given.
	found, saved := slices.Clone(evidence), make(chan error, 1)
	go func() {
		saved <- a.Store.SaveEvidence(ctx, turn.AccountID, turn.ID, turn.Attempt, turn.Need != "", evidence)
	}()
	answer.ReadAhead(turn.Language, found)
	return <-saved
}

// turnOf returns what engines see of a turn's conversation.
func turnOf(turn models.Turn, script store.Transcript) answer.Turn {
	out := answer.Turn{
		Language: turn.Language, Shop: script.Account.Name, Now: script.Now, Currency: script.Currency,
		Proven: script.Email != "" || script.Phone != "", Codes: script.Codes,
	}
	for _, m := range script.Messages {
		if m.Author == models.AuthorCustomer && m.Seq >= turn.FirstSeq {
			out.Messages = append(out.Messages, m.Text)
		} else {
			out.History = append(out.History, lineOf(m))
		}
	}
	return out
}

// Generated is what an engine decided.
type Generated struct {
	Action models.Action `json:"action"`
	More   bool          `json:"more,omitempty"` // The engine asks for another round.
}

// Generate has an engine write the draft of an attempt, checks it against its
// evidence and stores it. It heartbeats each second, so that a cancelled or
// lost one is known soon.
func (a *Turns) Generate(ctx context.Context, r TurnRequest) (Generated, error) {
	stop := heartbeat(ctx)
	defer stop()
	out, err := a.generate(ctx, r)
	return out, edge(ctx, a.Log, "Generate", err)
}

func (a *Turns) generate(ctx context.Context, r TurnRequest) (Generated, error) {
	retrieved, err := a.Store.Retrieved(ctx, r.Account, r.Turn, r.Attempt)
	if err != nil {
		return Generated{}, err
	}
	turn, script, evidence := retrieved.Turn, retrieved.Script, retrieved.Evidence
	said := turnOf(turn, script)
	summarised := a.summarise(ctx, turn, said, script)
	defer summarised()
	draft, err := a.draft(ctx, question{
		account: r.Account, own: script.OwnModel, said: said, evidence: evidence, summary: script.Summary, plain: r.Plain, last: turn.Round >= models.MaxRounds,
		seed: seed(r.Turn), took: turn.ModelTime(),
	})
	if draft.use.Model != "" || draft.use.Took > 0 {
		// What was used is paid for, also where the turn was cancelled.
		if err := a.Store.AddModelUse(context.WithoutCancel(ctx), r.Account, r.Turn, r.Attempt, draft.use); err != nil {
			return Generated{}, err
		}
	}
	if err != nil {
		return Generated{}, err
	}
	draft.Heard = heard(said, script, turn, draft.intents)
	if err := a.Store.SaveDraft(ctx, r.Account, r.Turn, r.Attempt, draft.Draft, draft.refusals); err != nil {
		return Generated{}, err
	}
	return Generated{Action: draft.Action, More: draft.Need != ""}, nil
}

// seed varies the wording between turns and keeps it in a retry.
func seed(turn uuid.UUID) uint64 {
	var n uint64
	for _, b := range turn[:8] {
		n = n<<8 | uint64(b)
	}
	return n
}

// Deliver commits the turn's reply or says why it may not leave.
func (a *Turns) Deliver(ctx context.Context, r TurnRequest) (store.Delivery, error) {
	delivery, err := a.Store.Deliver(ctx, r.Account, r.Chat, r.Turn, r.Attempt, r.Fallback)
	if err == nil && delivery.Verdict == models.VerdictDelivered {
		failpoint.Hit("after-deliver-commit")
	}
	return delivery, edge(ctx, a.Log, "Deliver", err)
}

// heartbeat reports each second until stopped. Outside of an activity, where
// the bench calls, nobody listens.
func heartbeat(ctx context.Context) (stop func()) {
	if !activity.IsActivity(ctx) {
		return func() {}
	}
	ctx, cancel := context.WithCancel(ctx)
	go func() {
		tick := time.NewTicker(time.Second)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
				activity.RecordHeartbeat(ctx)
			}
		}
	}()
	return cancel
}
