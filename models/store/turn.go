package store

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"kedai/models"
)

// Situation is how a chat stands, as its run needs to know it: IDs, numbers
// and times only, in short names, since it is part of the run's history.
type Situation struct {
	Standing     models.Standing   `json:"standing"`
	WakeSeq      int64             `json:"seq"`    // The doorbell that this answers.
	InSeq        int64             `json:"in_seq"` // The newest inbound.
	Deadline     *time.Time        `json:"deadline,omitempty"`
	Unsent       bool              `json:"unsent,omitempty"` // There are outbounds to be sent.
	Done         bool              `json:"done,omitempty"`   // The run may end.
	Agent        models.AgentState `json:"agent"`
	Conversation uuid.UUID         `json:"conversation,omitzero"`
	Lead         uuid.UUID         `json:"lead,omitzero"`
	Channel      models.Channel    `json:"channel"`
	Handoff      string            `json:"handoff,omitempty"`
	Burst        Burst             `json:"burst"`
	Note         int64             `json:"note,omitempty"` // The seq of the handoff whose summary note is to be written.
}

// Burst says how long to wait for more messages, in milliseconds: after a
// question or a button, after anything else, and at most.
type Burst struct {
	QuestionMS int64 `json:"q"`
	QuietMS    int64 `json:"n"`
	MaxMS      int64 `json:"max"`
}

func situationOf(s *models.Scene, standing models.Standing) Situation {
	out := Situation{
		Standing: standing,
		WakeSeq:  s.Chat.WakeSeq,
		InSeq:    s.Chat.LastInSeq,
		Deadline: s.Deadline(),
		Unsent:   s.Unsent,
		Done:     s.Done(),
		Agent:    s.AgentState(),
		Channel:  s.Inbox.Channel,
		Burst:    Burst{QuestionMS: s.Settings.BurstQuestionMS, QuietMS: s.Settings.BurstQuietMS, MaxMS: s.Settings.BurstMaxMS},
	}
	if s.Lead != nil {
		out.Lead = s.Lead.ID
	}
	if c := s.Conversation; c != nil {
		out.Conversation = c.ID
		if c.HandoffReason != nil {
			out.Handoff = *c.HandoffReason
		}
		if c.NoteSeq != nil {
			out.Note = *c.NoteSeq
		}
	}
	return out
}

// Attend applies what time has brought to a chat and returns how it stands.
func (s *Store) Attend(ctx context.Context, account, chat uuid.UUID) (Situation, error) {
	return s.decide(ctx, account, chat, (*models.Scene).Attend)
}

// OpenConversation opens the conversation that held messages wait for, or
// attaches them to the open one; in the cooldown it changes nothing. It may be
// repeated.
func (s *Store) OpenConversation(ctx context.Context, account, chat uuid.UUID) (Situation, error) {
	return s.decide(ctx, account, chat, func(scene *models.Scene) models.Standing {
		scene.OpenNext()
		return scene.Attend()
	})
}

func (s *Store) decide(ctx context.Context, account, chat uuid.UUID, rule func(*models.Scene) models.Standing) (Situation, error) {
	var out Situation
	err := s.InAccount(ctx, account, func(tx *Tx) error {
		scene, err := tx.lockScene(chat)
		if err != nil {
			return err
		}
		standing := rule(scene)
		out = situationOf(scene, standing)
		return tx.saveScene(scene)
	})
	return out, err
}

// BeginTurn attends to the chat and, where the agent serves, makes or widens
// the turn. The turn is nil where there is nothing to answer now.
func (s *Store) BeginTurn(ctx context.Context, account, chat uuid.UUID) (situation Situation, turn *models.Turn, err error) {
	err = s.InAccount(ctx, account, func(tx *Tx) (err error) {
		situation, turn, err = tx.beginTurn(chat)
		return err
	})
	return situation, turn, err
}

func (tx *Tx) beginTurn(chat uuid.UUID) (Situation, *models.Turn, error) {
	scene, err := tx.lockScene(chat)
	if err != nil {
		return Situation{}, nil, err
	}
	var turn *models.Turn
	standing := scene.Attend()
	if standing == models.StandServe {
		fresh := scene.Turn == nil
		if scene.BeginTurn() {
			turn = scene.Turn
		} else {
			standing = models.StandRest
		}
		if err := tx.saveTurn(scene.Turn, fresh); err != nil {
			return Situation{}, nil, err
		}
	}
	return situationOf(scene, standing), turn, tx.saveScene(scene)
}

// Turn returns a turn. CodeNotFound if there is none.
func (s *Store) Turn(ctx context.Context, account, id uuid.UUID) (turn models.Turn, err error) {
	err = s.InAccount(ctx, account, func(tx *Tx) (err error) {
		turn, err = tx.turn(id)
		return err
	})
	return turn, err
}

func (tx *Tx) turn(id uuid.UUID) (turn models.Turn, err error) {
	err = tx.db.Where("account_id = ? AND id = ?", tx.Account, id).Take(&turn).Error
	return turn, err
}

// SaveDraft stores what the engine proposes for one attempt of a turn, in place
// of what it proposed before. CodeConflict where a newer attempt made it void:
// then nothing is stored.
func (s *Store) SaveDraft(ctx context.Context, account, turn uuid.UUID, attempt int, d models.Draft, refusals []string) error {
	if d.Cites == nil {
		d.Cites = []int{}
	}
	if refusals == nil {
		refusals = []string{}
	}
	for i := range d.Computed {
		d.Computed[i].ID = models.NewID()
	}
	var saved int64
	err := s.inOneTrip(ctx, account, func(t *trip) {
		// The lead's lock comes before the turn's row, as in Deliver.
		t.noteLead(account, turn, attempt, lastIntent(d))
		t.execInto(&saved, `
			UPDATE turns SET intent = $4, action = $5, reason = nullif($6, ''), draft = $7, draft_attempt = $3, cites = $8, need = $9, engine = $10, refusals = $11, fallback = $12
			 WHERE account_id = $1 AND id = $2 AND attempt = $3 AND state = 'preparing'`,
			account, turn, attempt, d.Intent, d.Action, string(d.Reason), d.Text, asJSON(d.Cites), d.Need, d.Engine, asJSON(refusals), d.Fallback)
		t.noteHeard(account, turn, attempt, d.Heard)
		t.exec(`DELETE FROM evidence WHERE account_id = $1 AND turn_id = $2 AND attempt = $3 AND kind = $4 AND `+drafting, account, turn, attempt, models.EvidenceComputed)
		if len(d.Computed) > 0 {
			t.exec(insertEvidence+" WHERE "+drafting, account, turn, attempt, rowsOf(d.Computed))
		}
	})
	if err == nil && saved == 0 {
		err = errVoid()
	}
	return err
}

func errVoid() error {
	return models.Errorf(models.CodeConflict, "the attempt is void: a newer one has begun or the turn is over")
}

// void turns an update that hit no row into CodeConflict.
func void(result *gorm.DB) error {
	if result.Error == nil && result.RowsAffected == 0 {
		return errVoid()
	}
	return result.Error
}

// Delivery is what became of a turn.
type Delivery struct {
	Situation
	Verdict  models.Verdict
	Outbound uuid.UUID // Set with delivered.
	Handoff  bool      // What was delivered is the handoff message.
}

// Deliver commits a turn's reply, or says why it may not leave. fallback is
// the reason for a handoff where the attempt has no draft, because preparing
// it failed for good. It may be repeated: a turn has at most one outbound.
func (s *Store) Deliver(ctx context.Context, account, chat, turnID uuid.UUID, attempt int, fallback models.HandoffReason) (Delivery, error) {
	var out Delivery
	err := s.InAccount(ctx, account, func(tx *Tx) error {
		out = Delivery{}
		scene, err := tx.lockScene(chat)
		if err != nil {
			return err
		}
		var done models.Outbound
		err = tx.db.Where("account_id = ? AND turn_id = ?", tx.Account, turnID).Take(&done).Error
		if err == nil {
			out.Verdict, out.Outbound, out.Handoff = models.VerdictDelivered, done.ID, done.Kind == models.OutboundHandoff
			out.Situation = situationOf(scene, standingAfter(scene))
			return nil
		}
		if !errors.Is(err, gorm.ErrRecordNotFound) {
			return err
		}
		turn := scene.Turn
		if turn == nil || turn.ID != turnID {
			turn = &models.Turn{}
			if err := tx.db.Where("account_id = ? AND id = ?", tx.Account, turnID).Take(turn).Error; err != nil {
				return err
			}
		}
		if err := tx.deliver(scene, turn, attempt, fallback, &out); err != nil {
			return err
		}
		if err := tx.saveScene(scene); err != nil {
			return err
		}
		out.Situation = situationOf(scene, standingAfter(scene))
		return tx.saveTurn(turn, false)
	})
	return out, err
}

// standingAfter is how a chat stands once a turn was tried: a reply may be owed
// still, for newer messages.
func standingAfter(scene *models.Scene) models.Standing {
	if scene.Waiting() {
		return models.StandServe
	}
	return models.StandRest
}

func (tx *Tx) deliver(scene *models.Scene, turn *models.Turn, attempt int, fallback models.HandoffReason, out *Delivery) error {
	verdict, why := scene.MaySpeak(*turn)
	if verdict == models.VerdictDelivered && turn.Attempt != attempt {
		verdict = models.VerdictSuperseded
	}
	out.Verdict = verdict
	switch verdict {
	case models.VerdictSilenced:
		turn.State = models.TurnSilenced
		turn.SilencedWhy = &why
		turn.FinishedAt = &scene.Now
		scene.Chat.AgentTyping = false
		return nil
	case models.VerdictDeferred:
		if turn.DeferredAt == nil {
			turn.DeferredAt = &scene.Now
		}
		scene.Chat.AgentTyping = false
		return nil
	case models.VerdictSuperseded:
		return nil
	}
	reason, err := tx.handoffReason(scene, turn, attempt, fallback)
	if err != nil {
		return err
	}
	if reason != "" {
		clock, err := tx.clock(scene.Now)
		if err != nil {
			return err
		}
		out.Outbound, out.Handoff = scene.HandOver(turn, reason, clock).ID, true
		return nil
	}
	out.Outbound = scene.Speak(turn, *turn.Draft).ID
	return tx.releaseCodes(turn)
}

// handoffReason returns why the turn's outbound is the handoff message, or
// nothing where it is the draft. Counting the reply comes last of all locks.
func (tx *Tx) handoffReason(scene *models.Scene, turn *models.Turn, attempt int, fallback models.HandoffReason) (models.HandoffReason, error) {
	if turn.DraftAttempt == nil || *turn.DraftAttempt != attempt || turn.Action == nil {
		failure := string(fallback)
		turn.Failure = &failure
		return fallback, nil
	}
	if *turn.Action == models.ActionHandoff {
		if turn.Reason != nil {
			return models.HandoffReason(*turn.Reason), nil
		}
		return models.ReasonMissingKnowledge, nil
	}
	if *turn.Draft == "" {
		return models.ReasonToolFailure, nil
	}
	allowed, err := tx.countReply(scene)
	if err != nil {
		return "", err
	}
	if !allowed {
		return models.ReasonUsageLimit, nil
	}
	return "", nil
}

// countReply counts one reply against the account's limit of the day, and
// returns false where it is reached.
func (tx *Tx) countReply(scene *models.Scene) (bool, error) {
	limit := scene.Settings.RepliesPerDay
	if limit == nil {
		return true, nil
	}
	if *limit == 0 {
		return false, nil
	}
	result := tx.db.Exec(`
		INSERT INTO usage_counters (account_id, day, replies) VALUES (?, (?::timestamptz AT TIME ZONE 'UTC')::date, 1)
		ON CONFLICT (account_id, day) DO UPDATE SET replies = usage_counters.replies + 1 WHERE usage_counters.replies < ?`,
		tx.Account, scene.Now, *limit)
	return result.RowsAffected == 1, result.Error
}

// ResetLimit forgets what was counted against the account's limit today.
func (s *Store) ResetLimit(ctx context.Context, account uuid.UUID, actor models.Actor) error {
	return s.InAccount(ctx, account, func(tx *Tx) error {
		if err := tx.db.Exec("DELETE FROM usage_counters WHERE account_id = ? AND day = (now() AT TIME ZONE 'UTC')::date", tx.Account).Error; err != nil {
			return err
		}
		return tx.audit(actor, "limit.reset", "account", &account, nil, nil)
	})
}
