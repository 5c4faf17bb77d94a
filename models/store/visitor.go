package store

import (
	"context"

	"github.com/google/uuid"

	"kedai/models"
)

// ProveEmail keeps an e-mail address that the shop proved for a visitor, whose
// chat is made here if they haven't written yet. CodeConflict where the chat
// was proven to be somebody else's: one chat never changes its person.
func (s *Store) ProveEmail(ctx context.Context, inbox models.Inbox, identity, email string) error {
	return s.InAccount(ctx, inbox.AccountID, func(tx *Tx) error {
		chat, err := tx.chatOf(inbox, models.Inbound{Identity: identity, Email: email})
		if err != nil {
			return err
		}
		kept := tx.db.Exec(`UPDATE chats SET verified_email = ? WHERE account_id = ? AND id = ?
			AND (verified_email IS NULL OR lower(verified_email) = lower(?))`, email, tx.Account, chat, email)
		if kept.Error == nil && kept.RowsAffected == 0 {
			return models.Errorf(models.CodeConflict, "the chat is another customer's")
		}
		return kept.Error
	})
}

// ChatIdentity says whose a chat is; neither ever changes.
type ChatIdentity struct {
	ID       uuid.UUID
	InboxID  uuid.UUID
	Identity string
}

// ChatIdentities returns whose the given chats are, without those that aren't
// there.
func (s *System) ChatIdentities(ctx context.Context, chats []uuid.UUID) ([]ChatIdentity, error) {
	var rows []ChatIdentity
	err := s.db.WithContext(ctx).Raw("SELECT id, inbox_id, identity FROM chats WHERE id IN ?", chats).Scan(&rows).Error
	return rows, translate(err)
}

// ChangeAgentSettings has change edit the settings as they are under their
// lock, so that of changes made at once none is lost. The toggle is
// SetEnabled's. It returns change's error, or CodeInvalid where a setting
// can't work.
func (s *Store) ChangeAgentSettings(ctx context.Context, actor models.Actor, account uuid.UUID, change func(*models.AgentSettings) error) (models.AgentSettings, error) {
	var settings models.AgentSettings
	err := s.InAccount(ctx, account, func(tx *Tx) error {
		if err := tx.lockSettings("NO KEY UPDATE"); err != nil {
			return err
		}
		var before models.AgentSettings
		if err := tx.db.Where("account_id = ?", tx.Account).Take(&before).Error; err != nil {
			return noSuch("account", err)
		}
		settings = before.Clone()
		if err := change(&settings); err != nil {
			return err
		}
		if err := tx.writeSettings(before, &settings); err != nil {
			return err
		}
		return tx.audit(actor, "agent.settings", "agent", nil, before, settings)
	})
	return settings, err
}
