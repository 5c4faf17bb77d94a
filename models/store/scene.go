package store

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"kedai/models"
)

// lockScene takes the locks of a decision about chat and returns what it is
// made of. CodeNotFound for a chat that isn't in the account.
func (tx *Tx) lockScene(chat uuid.UUID) (*models.Scene, error) {
	var raw []byte
	if err := tx.db.Raw("SELECT lock_chat(?, ?)", tx.Account, chat).Row().Scan(&raw); err != nil {
		return nil, err
	}
	if raw == nil {
		return nil, models.Errorf(models.CodeNotFound, "there is no such chat")
	}
	var s models.Scene
	if err := json.Unmarshal(raw, &s); err != nil {
		return nil, models.Errorf(models.CodeInternal, "read scene: %w", err)
	}
	if s.Conversation != nil {
		tx.talk = asJSON(s.Conversation)
	}
	if s.Lead == nil {
		// The contact's last lead was won or lost; the next conversation
		// begins with a new one. The new row is ours alone until the commit.
		lead, err := tx.ensureLead(s.Chat.ContactID)
		if err != nil {
			return nil, err
		}
		s.Lead = &lead
		err = tx.db.Raw("SELECT EXISTS (SELECT FROM triggers WHERE account_id = ? AND stage_id = ? AND inbox_id = ?)", tx.Account, lead.StageID, s.Chat.InboxID).Row().Scan(&s.Triggered)
		if err != nil {
			return nil, err
		}
	}
	return &s, nil
}

// saveScene writes what the rules changed, in the transaction that holds the
// locks.
func (tx *Tx) saveScene(s *models.Scene) error {
	c := s.Changes
	s.Chat.WakeAt = s.Deadline()
	writes := []func() error{
		func() error { return tx.saveConversation(c.Closed, false) },
		func() error { return tx.saveConversation(s.Conversation, c.Opened) },
		func() error { return tx.insertAll(c.Outbounds, len(c.Outbounds)) },
		func() error { return tx.insertAll(c.Messages, len(c.Messages)) },
		func() error { return tx.insertAll(c.Notifications, len(c.Notifications)) },
		func() error { return tx.attachHeld(s) },
		func() error { return tx.saveChat(&s.Chat) },
	}
	for _, write := range writes {
		if err := write(); err != nil {
			return err
		}
	}
	s.Changes = models.Changes{}
	tx.touch(s.Chat.ID, s.Chat.Seq)
	return nil
}

// saveConversation may find the row missing: opened and closed by one scene. One
// that is as the scene found it isn't written.
func (tx *Tx) saveConversation(c *models.Conversation, fresh bool) error {
	if c == nil {
		return nil
	}
	if fresh {
		return tx.db.Create(c).Error
	}
	if asJSON(c) == tx.talk {
		return nil
	}
	tx.talk = ""
	return expectOne(tx.db.Model(c).Where("account_id = ?", tx.Account).Select("*").Omit("id", "account_id", "chat_id", "lead_id").Updates(c))
}

// chatColumns are those that rules change; the others belong to intake, relay
// or never change.
var chatColumns = []string{
	"seq", "wake_seq", "wake_at", "woken_at", "answered_seq", "turn_at", "last_activity_at", "cooldown_until",
	"send_again_at", "typing_by", "typing_until", "agent_typing", "unread",
}

func (tx *Tx) saveChat(c *models.Chat) error {
	return expectOne(tx.db.Model(c).Where("account_id = ?", tx.Account).Select(chatColumns).Updates(c))
}

func (tx *Tx) attachHeld(s *models.Scene) error {
	if !s.Changes.AttachHeld {
		return nil
	}
	return tx.db.Exec("UPDATE messages SET conversation_id = ? WHERE account_id = ? AND chat_id = ? AND conversation_id IS NULL AND author IN ('customer', 'other_bot')",
		s.Conversation.ID, tx.Account, s.Chat.ID).Error
}

// fixedOfTurn are the columns that rules don't change: they are never changed,
// or by the activities of the turn.
var fixedOfTurn = []string{
	"id", "account_id", "chat_id", "conversation_id", "first_seq", "started_at",
	"answers_at", "currency", "model", "input_tokens", "output_tokens", "cost", "model_attempt", "model_ms",
}

func (tx *Tx) saveTurn(t *models.Turn, fresh bool) error {
	if fresh {
		return tx.db.Create(t).Error
	}
	return expectOne(tx.db.Model(t).Where("account_id = ?", tx.Account).Select("*").Omit(fixedOfTurn...).Updates(t))
}

func (tx *Tx) insertAll(rows any, n int) error {
	if n == 0 {
		return nil
	}
	return tx.db.Create(rows).Error
}

// expectOne turns an update that hit no row into an error: under the locks the
// row is there, so anything else is a defect.
func expectOne(result *gorm.DB) error {
	if result.Error == nil && result.RowsAffected != 1 {
		return models.Errorf(models.CodeInternal, "an update of one row hit %d", result.RowsAffected)
	}
	return result.Error
}

// ensureLead returns the contact's open lead, made in the default stage where
// there is none.
func (tx *Tx) ensureLead(contact uuid.UUID) (models.Lead, error) {
	var lead models.Lead
	for range 3 {
		err := tx.db.Where("account_id = ? AND contact_id = ? AND closed_at IS NULL", tx.Account, contact).Take(&lead).Error
		if err == nil {
			return lead, nil
		}
		if !errors.Is(err, gorm.ErrRecordNotFound) {
			return lead, err
		}
		if err := tx.insertLead(contact); err != nil {
			return lead, err
		}
	}
	return lead, models.Errorf(models.CodeInternal, "a contact's open lead can't be made")
}

// insertLead gives the contact a lead in the default stage with the next of
// the managers in turn: the one who was given a lead longest ago, passing over
// one who is being given a lead right now. Another transaction's lead wins
// without harm.
func (tx *Tx) insertLead(contact uuid.UUID) error {
	result := tx.db.Exec(`
		WITH next AS (
			UPDATE users SET last_given_at = clock_timestamp() WHERE account_id = ? AND id = (
				SELECT id FROM users WHERE account_id = ? ORDER BY last_given_at NULLS FIRST, created_at, id LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED)
			RETURNING id
		)
		INSERT INTO leads (id, account_id, contact_id, pipeline_id, stage_id, manager_id)
		SELECT ?, s.account_id, ?, s.pipeline_id, s.id,
		       coalesce((SELECT id FROM next), (SELECT id FROM users WHERE account_id = ? ORDER BY created_at, id LIMIT 1))
		  FROM stages s WHERE s.account_id = ? AND s.is_default
		ON CONFLICT (account_id, contact_id) WHERE closed_at IS NULL DO NOTHING`,
		tx.Account, tx.Account, models.NewID(), contact, tx.Account, tx.Account)
	if result.Error != nil {
		return fmt.Errorf("insert lead: %w", result.Error)
	}
	return nil
}
