package store

import (
	"context"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm/clause"

	"kedai/models"
)

// CreatePlayground makes a chat of the Playground, and removes those whose time
// is over. It leaves no entry in the audit trail, since it changes nothing of
// the account; who made it stands in it.
func (s *Store) CreatePlayground(ctx context.Context, actor models.Actor, chat models.PlaygroundChat) (models.PlaygroundChat, error) {
	chat.ID = models.NewID()
	chat.CreatedBy = nil
	if actor.UserID != uuid.Nil {
		chat.CreatedBy = &actor.UserID
	}
	err := s.InAccount(ctx, chat.AccountID, func(tx *Tx) error {
		err := tx.db.Exec("DELETE FROM playground_chats WHERE account_id = ? AND created_at < now() - make_interval(days => ?)", tx.Account, models.PlaygroundDays).Error
		if err != nil {
			return err
		}
		if err := tx.db.Where("id = ?", tx.Account).Take(&models.Account{}).Error; err != nil {
			return noSuch("account", err)
		}
		if err := tx.db.Omit("created_at").Create(&chat).Error; err != nil {
			return err
		}
		return tx.db.Where("account_id = ? AND id = ?", tx.Account, chat.ID).Take(&chat).Error
	})
	return chat, err
}

// Playground returns a chat with its turns, of which there are at most
// PlaygroundTurns.
func (s *Store) Playground(ctx context.Context, account, id uuid.UUID) (chat models.PlaygroundChat, turns []models.PlaygroundTurn, err error) {
	err = s.InAccount(ctx, account, func(tx *Tx) error {
		chat, turns = models.PlaygroundChat{}, nil
		if err := tx.db.Where("account_id = ? AND id = ?", tx.Account, id).Take(&chat).Error; err != nil {
			return noSuch("Playground chat", err)
		}
		return tx.db.Where("account_id = ? AND chat_id = ?", tx.Account, id).Order("n").Limit(models.PlaygroundTurns).Find(&turns).Error
	})
	return chat, turns, err
}

// PlaygroundTurn returns the nth turn of a chat.
func (s *Store) PlaygroundTurn(ctx context.Context, account, chat uuid.UUID, n int) (models.PlaygroundTurn, error) {
	var turn models.PlaygroundTurn
	err := s.InAccount(ctx, account, func(tx *Tx) error {
		turn = models.PlaygroundTurn{}
		return noSuch("turn", tx.db.Where("account_id = ? AND chat_id = ? AND n = ?", tx.Account, chat, n).Take(&turn).Error)
	})
	return turn, err
}

// AddPlaygroundTurn stores what is asked next. CodeConflict while the turn
// before is pending, or where the chat is full.
func (s *Store) AddPlaygroundTurn(ctx context.Context, account, chat uuid.UUID, messages []string) (models.PlaygroundTurn, error) {
	var turn models.PlaygroundTurn
	err := s.InAccount(ctx, account, func(tx *Tx) error {
		turn = models.PlaygroundTurn{}
		// The chat's lock makes its turns come one after the other.
		err := tx.db.Clauses(clause.Locking{Strength: "NO KEY UPDATE"}).Where("account_id = ? AND id = ?", tx.Account, chat).Take(&models.PlaygroundChat{}).Error
		if err != nil {
			return noSuch("Playground chat", err)
		}
		err = tx.db.Exec(`UPDATE playground_turns SET state = 'failed', failure = ?, finished_at = now()
			WHERE account_id = ? AND chat_id = ? AND state = 'pending' AND created_at < clock_timestamp() - make_interval(secs => ?)`,
			models.CodeUnavailable, tx.Account, chat, models.PlaygroundPatience.Seconds()).Error
		if err != nil {
			return err
		}
		var last struct {
			N       int
			Pending bool
		}
		err = tx.db.Raw("SELECT coalesce(max(n), 0) AS n, coalesce(bool_or(state = 'pending'), false) AS pending FROM playground_turns WHERE account_id = ? AND chat_id = ?",
			tx.Account, chat).Take(&last).Error
		switch {
		case err != nil:
			return err
		case last.Pending:
			return models.Errorf(models.CodeConflict, "the agent is still answering what was asked before; wait for that answer")
		case last.N >= models.PlaygroundTurns:
			return models.Errorf(models.CodeConflict, "the chat has %d turns, which is the most; begin another one", models.PlaygroundTurns)
		}
		turn = models.PlaygroundTurn{
			AccountID: tx.Account, ChatID: chat, N: last.N + 1, Messages: messages, State: models.PlaygroundPending,
			Evidence: []models.PlaygroundEvidence{}, Cites: []int{}, Refusals: []string{},
		}
		return tx.db.Omit("created_at").Create(&turn).Error
	})
	return turn, err
}

// PlaygroundScene is what a turn of the Playground is answered from.
type PlaygroundScene struct {
	Account  models.Account
	Chat     models.PlaygroundChat
	Turn     models.PlaygroundTurn
	Before   []models.PlaygroundTurn // Oldest first; as many as an engine sees of a conversation.
	Settings models.AgentSettings    // Of the chat's set, in the chat's language.
	Indexed  models.Language         // That the index is stemmed in: the live one.
	Synonyms models.Synonyms         // The account's own, for its searches.
	Written  string                  // What its index was last wholly written with.
	Now      time.Time               // What the turn takes for now.
	OwnModel bool                    // The account has a model of its own.
}

// PlaygroundScene reads what a turn is answered from. It locks nothing.
func (s *Store) PlaygroundScene(ctx context.Context, account, chat uuid.UUID, n int) (PlaygroundScene, error) {
	var out PlaygroundScene
	err := s.InAccount(ctx, account, func(tx *Tx) error {
		var err error
		out, err = tx.playgroundScene(chat, n)
		return err
	})
	return out, err
}

func (tx *Tx) playgroundScene(chat uuid.UUID, n int) (out PlaygroundScene, err error) {
	var found models.PlaygroundChat
	if err := tx.db.Where("account_id = ? AND id = ?", tx.Account, chat).Take(&found).Error; err != nil {
		return out, noSuch("Playground chat", err)
	}
	if out, err = tx.sceneOf(found.Set); err != nil {
		return out, err
	}
	out.Chat = found
	if err := tx.db.Where("account_id = ? AND chat_id = ? AND n = ?", tx.Account, chat, n).Take(&out.Turn).Error; err != nil {
		return out, noSuch("turn", err)
	}
	if found.Language != nil {
		out.Settings.Language = *found.Language
	}
	return out, tx.db.Raw(`
		SELECT * FROM (SELECT * FROM playground_turns WHERE account_id = ? AND chat_id = ? AND n < ? ORDER BY n DESC LIMIT ?) newest ORDER BY n`,
		tx.Account, chat, n, transcriptLines/2).Scan(&out.Before).Error
}

// sceneOf reads what does not depend on the chat.
func (tx *Tx) sceneOf(set models.SourceSet) (out PlaygroundScene, err error) {
	account, err := tx.searched()
	if err != nil {
		return out, noSuch("account", err)
	}
	out.Account, out.Written, out.Now, out.OwnModel = account.Account, account.IndexVersion, account.now(time.Now()), account.OwnModel
	if out.Synonyms, err = synonymsOf(account.Terms); err != nil {
		return out, err
	}
	live, draft, _, err := tx.draftSettings()
	out.Settings, out.Indexed = live, live.Language
	if set == models.SetDraft {
		out.Settings = draft
	}
	return out, err
}

// FinishPlaygroundTurn keeps what the agent would do with a draft. A turn that
// is over already stays as it is.
func (s *Store) FinishPlaygroundTurn(ctx context.Context, scene PlaygroundScene, draft models.Draft, evidence []models.PlaygroundEvidence, refusals []string, use models.ModelUse) error {
	turn := scene.Turn
	turn.Evidence, turn.Cites, turn.Refusals = notNil(evidence), notNil(draft.Cites), notNil(refusals)
	turn.State, turn.Language, turn.Engine = models.PlaygroundDone, scene.Settings.Language, draft.Engine
	turn.Action, turn.Intent, turn.Reply = draft.Action, draft.Intent, draft.Text
	turn.Fallback, turn.Model, turn.InputTokens, turn.OutputTokens, turn.Cost = draft.Fallback, use.Model, use.InputTokens, use.OutputTokens, use.Cost
	return s.InAccount(ctx, turn.AccountID, func(tx *Tx) error {
		var err error
		if turn.Limited, err = tx.limitReached(scene.Settings); err != nil {
			return err
		}
		turn.Reason = draft.WouldHandOver(turn.Limited)
		return tx.finishPlayground(turn, scene)
	})
}

// FailPlaygroundTurn ends a turn that can't be answered; a customer would be
// handed over. A turn that is over already stays as it is.
func (s *Store) FailPlaygroundTurn(ctx context.Context, account, chat uuid.UUID, n int, code models.Code) error {
	return s.InAccount(ctx, account, func(tx *Tx) error {
		scene, err := tx.playgroundScene(chat, n)
		if err != nil {
			return err
		}
		turn := scene.Turn
		turn.State, turn.Failure, turn.Language = models.PlaygroundFailed, string(code), scene.Settings.Language
		turn.Action, turn.Reason = models.ActionHandoff, models.ReasonToolFailure
		return tx.finishPlayground(turn, scene)
	})
}

func (tx *Tx) finishPlayground(turn models.PlaygroundTurn, scene PlaygroundScene) error {
	if turn.Reason != "" {
		turn.HandoffText = scene.Settings.HandoffText(scene.Now)
	}
	now := time.Now().UTC()
	turn.FinishedAt = &now
	return tx.db.Model(&models.PlaygroundTurn{}).Where("account_id = ? AND chat_id = ? AND n = ? AND state = 'pending'", tx.Account, turn.ChatID, turn.N).
		Select("*").Omit("account_id", "chat_id", "n", "messages", "created_at").Updates(&turn).Error
}

// limitReached reports whether a reply would go beyond the limit of the day.
// Unlike countReply it counts nothing.
func (tx *Tx) limitReached(settings models.AgentSettings) (bool, error) {
	if settings.RepliesPerDay == nil {
		return false, nil
	}
	var used int64
	err := tx.db.Raw("SELECT coalesce((SELECT replies FROM usage_counters WHERE account_id = ? AND day = (now() AT TIME ZONE 'UTC')::date), 0)", tx.Account).Row().Scan(&used)
	return used >= *settings.RepliesPerDay, err
}

// notNil returns a list that is stored as [], not as null.
func notNil[T any](items []T) []T {
	if items == nil {
		return []T{}
	}
	return items
}
