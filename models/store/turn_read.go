package store

import (
	"context"

	"github.com/google/uuid"

	"kedai/models"
)

// BeginTurnToRead is BeginTurn, and reads the turn's conversation in the same
// transaction: a turn's first search waits for both.
func (s *Store) BeginTurnToRead(ctx context.Context, account, chat uuid.UUID) (situation Situation, turn *models.Turn, script Transcript, err error) {
	err = s.InAccount(ctx, account, func(tx *Tx) (err error) {
		if situation, turn, err = tx.beginTurn(chat); err != nil || turn == nil {
			return err
		}
		script, err = tx.transcript(*turn)
		return err
	})
	return situation, turn, script, err
}

// Retrieved is what a draft of one attempt is made of.
type Retrieved struct {
	Turn     models.Turn
	Script   Transcript
	Evidence []models.Evidence
}

// Retrieved returns a turn with its conversation and what an attempt of it has
// retrieved, all as of one transaction. CodeNotFound where there is no such
// turn, CodeConflict where a newer attempt made this one void.
func (s *Store) Retrieved(ctx context.Context, account, turn uuid.UUID, attempt int) (out Retrieved, err error) {
	err = s.InAccount(ctx, account, func(tx *Tx) (err error) {
		if out.Turn, err = tx.turn(turn); err != nil {
			return err
		}
		if out.Turn.Attempt != attempt {
			return models.Errorf(models.CodeConflict, "the attempt is void")
		}
		if out.Script, err = tx.transcript(out.Turn); err != nil {
			return err
		}
		out.Evidence, err = tx.retrieved(turn, attempt)
		return err
	})
	return out, err
}
