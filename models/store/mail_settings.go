package store

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"kedai/models"
)

const mailPassword = "mail_settings.password"

// mailSettingsRow is the settings with their sealed password.
type mailSettingsRow struct {
	models.MailSettings
	Password      []byte
	PasswordKeyID *string
}

// errNoMail is what there is to say where no e-mail server is set up.
var errNoMail = models.Errorf(models.CodeNotFound, "no e-mail server is set up; PUT /v1/mail sets one")

// MailSettings returns an account's e-mail server and how its newest mails
// fared. CodeNotFound where there is none.
func (s *Store) MailSettings(ctx context.Context, account uuid.UUID) (settings models.MailSettings, health models.MailHealth, err error) {
	err = s.InAccount(ctx, account, func(tx *Tx) error {
		row, err := tx.mailSettings("")
		if err != nil {
			return err
		}
		settings = row.MailSettings
		return tx.db.Raw(`
			SELECT (SELECT max(finished_at) FROM mails WHERE account_id = ? AND state = 'sent') AS last_sent_at,
			       f.finished_at AS last_failed_at, f.failure AS last_failure
			  FROM (SELECT 1) one LEFT JOIN (SELECT finished_at, failure FROM mails WHERE account_id = ? AND state = 'failed' ORDER BY finished_at DESC LIMIT 1) f ON true`,
			tx.Account, tx.Account).Take(&health).Error
	})
	return settings, health, err
}

func (tx *Tx) mailSettings(lock string) (mailSettingsRow, error) {
	var row mailSettingsRow
	db := tx.db
	if lock != "" {
		db = db.Clauses(clause.Locking{Strength: lock})
	}
	err := db.Where("account_id = ?", tx.Account).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return row, errNoMail
	}
	return row, err
}

// SetMailSettings sets an account's e-mail server up. Without a password the one
// that there is stays, for the same server and user only: a password goes to no
// server that it wasn't given for.
func (s *Store) SetMailSettings(ctx context.Context, actor models.Actor, settings models.MailSettings, password models.Secret) (models.MailSettings, error) {
	account := settings.AccountID
	err := s.InAccount(ctx, account, func(tx *Tx) error {
		before, err := tx.mailSettings("NO KEY UPDATE")
		fresh := err != nil
		if fresh && models.CodeOf(err) != models.CodeNotFound {
			return err
		}
		row := mailSettingsRow{MailSettings: settings}
		switch {
		case settings.Username == "" && password != "":
			return models.Errorf(models.CodeInvalid, "a password needs a username; leave both out for a server that takes mail without signing in")
		case password != "":
			sealed, key, err := tx.store.keys.seal(account, mailPassword, password)
			if err != nil {
				return err
			}
			row.Password, row.PasswordKeyID = sealed, &key
		case settings.Username != "":
			if fresh || before.Password == nil || before.Username != settings.Username || before.Host != settings.Host || before.Port != settings.Port || before.TLS != settings.TLS {
				return models.Errorf(models.CodeInvalid, "give the password of the username, too: it is kept for the same host, port, tls and username only")
			}
			row.Password, row.PasswordKeyID = before.Password, before.PasswordKeyID
		}
		if err := tx.db.Omit("updated_at").Clauses(clause.OnConflict{
			Columns:   []clause.Column{{Name: "account_id"}},
			DoUpdates: append(clause.AssignmentColumns([]string{"host", "port", "tls", "username", "password", "password_key_id", "from_address"}), clause.Assignment{Column: clause.Column{Name: "updated_at"}, Value: gorm.Expr("now()")}),
		}).Create(&row).Error; err != nil {
			return err
		}
		var was any
		if !fresh {
			was = before.MailSettings
		}
		if err := tx.audit(actor, "mail.settings", "mail", nil, was, changedMail{settings, password != ""}); err != nil {
			return err
		}
		row, err = tx.mailSettings("")
		settings = row.MailSettings
		return err
	})
	return settings, err
}

// changedMail is what the audit trail keeps of a change: of a password no more
// than that there is a new one.
type changedMail struct {
	models.MailSettings
	NewPassword bool `json:"new_password,omitempty"`
}

// DeleteMailSettings forgets an account's e-mail server. Codes are offered no
// more; those on their way fail.
func (s *Store) DeleteMailSettings(ctx context.Context, actor models.Actor, account uuid.UUID) error {
	return s.InAccount(ctx, account, func(tx *Tx) error {
		before, err := tx.mailSettings("UPDATE")
		if err != nil {
			return err
		}
		if err := tx.db.Exec("DELETE FROM mail_settings WHERE account_id = ?", tx.Account).Error; err != nil {
			return err
		}
		return tx.audit(actor, "mail.delete", "mail", nil, before.MailSettings, nil)
	})
}
