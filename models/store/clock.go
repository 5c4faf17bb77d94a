package store

import (
	"context"
	"time"

	"github.com/google/uuid"

	"kedai/models"
)

// clock is a moment as the account's answers have it: in its time zone, and by
// its own clock where it has one.
func (tx *Tx) clock(at time.Time) (time.Time, error) {
	var account searchedAccount
	err := tx.db.Where("id = ?", tx.Account).Take(&account.Account).Error
	return account.now(at), err
}

// SetTimeZone changes the time zone that an account's hours and dates are of,
// at once. CodeInvalid for one that doesn't exist.
func (s *Store) SetTimeZone(ctx context.Context, actor models.Actor, account uuid.UUID, name string) (models.Account, error) {
	var after models.Account
	if _, err := models.Zone(name); err != nil {
		return after, err
	}
	err := s.InAccount(ctx, account, func(tx *Tx) error {
		var before models.Account
		if err := tx.db.Raw("SELECT * FROM accounts WHERE id = ? FOR NO KEY UPDATE", tx.Account).Take(&before).Error; err != nil {
			return noSuch("account", err)
		}
		after = before
		if before.TimeZone == name {
			return nil
		}
		after.TimeZone = name
		if err := expectOne(tx.db.Exec("UPDATE accounts SET time_zone = ? WHERE id = ?", name, tx.Account)); err != nil {
			return err
		}
		return tx.audit(actor, "account.time_zone", "account", &account, map[string]any{"time_zone": before.TimeZone}, map[string]any{"time_zone": name})
	})
	return after, err
}
