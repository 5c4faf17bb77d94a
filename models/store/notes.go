package store

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/google/uuid"

	"kedai/models"
)

// Handoff is what the note of a handoff is written from.
type Handoff struct {
	Account  models.Account
	Language models.Language // The agent's.
	Reason   models.HandoffReason
	Now      time.Time // In the account's time zone.
	Noted    bool      // It has its note: the rest isn't read.
	Summary  string    // Of what the conversation began with; may be empty.
	Turn     uuid.UUID // That was handed over, and its attempt.
	Attempt  int
	Lines    []HandoffLine // What was said before it, oldest first; each reply right after what it answers.
}

// HandoffLine is something that customer, agent or person said.
type HandoffLine struct {
	models.Message
	Intent models.Intent     // Of an agent's reply, as the two below.
	Action models.Action     // What its turn did.
	Cited  []models.Evidence // What it rests on.
}

// noteLines is how far back a note looks.
const noteLines = 200

// Handoff returns the handoff of a chat's conversation that is logged at seq.
// CodeNotFound if none is.
func (s *Store) Handoff(ctx context.Context, account, chat, conversation uuid.UUID, seq int64) (Handoff, error) {
	var out Handoff
	err := s.InAccount(ctx, account, func(tx *Tx) error {
		var logged models.Message
		err := tx.db.Where("account_id = ? AND chat_id = ? AND seq = ? AND conversation_id = ? AND author = 'log' AND event = ?",
			tx.Account, chat, seq, conversation, models.EventHandedOver).Take(&logged).Error
		if err != nil {
			return noSuch("handoff", err)
		}
		out = Handoff{Reason: models.HandoffReason(orEmpty(logged.Reason))}
		if out.Noted, err = tx.noted(conversation, seq); err != nil || out.Noted {
			return err
		}
		account, err := tx.searched()
		if err != nil {
			return err
		}
		out.Account, out.Now = account.Account, account.now(logged.CreatedAt)
		if err := tx.db.Raw("SELECT language FROM agent_settings WHERE account_id = ?", tx.Account).Row().Scan(&out.Language); err != nil {
			return err
		}
		err = tx.db.Raw("SELECT coalesce(max(text), '') FROM conversation_summaries WHERE account_id = ? AND conversation_id = ?", tx.Account, conversation).Row().Scan(&out.Summary)
		if err != nil {
			return err
		}
		// There may be none: a person's message that couldn't be sent hands over too.
		var turn models.Turn
		err = tx.db.Raw("SELECT id, attempt FROM turns WHERE account_id = ? AND chat_id = ? AND conversation_id = ? AND first_seq < ? ORDER BY first_seq DESC LIMIT 1",
			tx.Account, chat, conversation, seq).Scan(&turn).Error
		if err != nil {
			return err
		}
		out.Turn, out.Attempt = turn.ID, turn.Attempt
		out.Lines, err = tx.handoffLines(logged)
		return err
	})
	return out, err
}

// handoffLines returns what was said before a handoff. What the customer was
// never sent isn't among it, and neither is the handoff message.
func (tx *Tx) handoffLines(logged models.Message) ([]HandoffLine, error) {
	var rows []struct {
		models.Message
		TurnID *uuid.UUID
		Intent *models.Intent
		Action *models.Action
		Cites  []byte
	}
	err := tx.db.Raw(`
		SELECT * FROM (
			SELECT m.*, coalesce(t.covers_seq, m.seq) AS place, t.id AS turn_id, t.intent, t.action, t.cites FROM messages m
			  LEFT JOIN outbounds o ON o.account_id = m.account_id AND o.id = m.outbound_id
			  LEFT JOIN turns t ON t.account_id = o.account_id AND t.id = o.turn_id
			 WHERE m.account_id = ? AND m.chat_id = ? AND m.conversation_id = ? AND m.seq < ? AND m.author IN ('customer', 'agent', 'person')
			   AND (o.id IS NULL OR (o.kind <> 'handoff' AND (o.state = 'sent' OR (o.kind = 'person' AND o.state <> 'failed'))))
			 ORDER BY m.seq DESC LIMIT ?) newest
		 ORDER BY place, seq`, tx.Account, logged.ChatID, logged.ConversationID, logged.Seq, noteLines).Scan(&rows).Error
	if err != nil {
		return nil, err
	}
	evidence, err := tx.evidence("(turn_id, attempt) IN (SELECT id, draft_attempt FROM turns WHERE account_id = ? AND chat_id = ? AND conversation_id = ?)",
		tx.Account, logged.ChatID, logged.ConversationID)
	if err != nil {
		return nil, err
	}
	out := make([]HandoffLine, len(rows))
	for i, r := range rows {
		out[i].Message = r.Message
		if r.TurnID == nil {
			continue
		}
		var cites []int
		if err := json.Unmarshal(r.Cites, &cites); err != nil {
			return nil, models.Errorf(models.CodeInternal, "read cites: %w", err)
		}
		if r.Intent != nil {
			out[i].Intent = *r.Intent
		}
		if r.Action != nil {
			out[i].Action = *r.Action
		}
		for _, e := range evidence {
			if e.TurnID == *r.TurnID && slices.Contains(cites, e.N) {
				out[i].Cited = append(out[i].Cited, e)
			}
		}
	}
	return out, nil
}

func (tx *Tx) noted(conversation uuid.UUID, seq int64) (noted bool, err error) {
	err = tx.db.Raw("SELECT EXISTS (SELECT FROM notes WHERE account_id = ? AND conversation_id = ? AND handoff_seq = ?)", tx.Account, conversation, seq).Row().Scan(&noted)
	return noted, err
}

// AddNote writes the note of a handoff, once: repeated, it changes nothing.
func (s *Store) AddNote(ctx context.Context, chat uuid.UUID, note models.Note, text string) error {
	if note.Refusals == nil {
		note.Refusals = []string{}
	}
	return s.InAccount(ctx, note.AccountID, func(tx *Tx) error {
		scene, err := tx.lockScene(chat)
		if err != nil {
			return err
		}
		// Under the chat's lock nobody else writes it.
		if noted, err := tx.noted(note.ConversationID, note.HandoffSeq); err != nil || noted {
			return err
		}
		note.MessageID = scene.AddNote(note.ConversationID, note.HandoffSeq, text).ID
		if err := tx.saveScene(scene); err != nil {
			return err
		}
		// The conversation isn't the scene's where it was closed since.
		err = tx.db.Exec("UPDATE conversations SET note_seq = NULL WHERE account_id = ? AND id = ? AND note_seq = ?", tx.Account, note.ConversationID, note.HandoffSeq).Error
		if err != nil {
			return err
		}
		return tx.db.Omit("created_at").Create(&note).Error
	})
}
