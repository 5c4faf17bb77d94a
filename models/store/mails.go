package store

import (
	"context"
	"crypto/rand"
	"fmt"
	"math/big"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"kedai/models"
)

// MailJob is one request to an e-mail server: the attempt is committed already.
// It is the only place where the code stands.
type MailJob struct {
	Account  uuid.UUID
	Mail     uuid.UUID
	Attempt  uuid.UUID
	Server   models.MailSettings
	Password models.Secret
	To       models.Private // The address of the order.
	Order    string         // Its name.
	Shop     string
	Language models.Language
	Code     models.Secret
}

// NextMail decides about a mail, under its lock: it commits an attempt with a
// fresh code and returns the job, or returns nil where nothing is to be sent.
// CodeUnavailable where it is to be tried later.
func (s *Store) NextMail(ctx context.Context, account, mail uuid.UUID) (*MailJob, error) {
	var job *MailJob
	err := s.InAccount(ctx, account, func(tx *Tx) error {
		job = nil
		m, err := tx.lockMail(mail)
		if err != nil {
			return err
		}
		if m.State == models.MailAsked || m.State.Over() {
			return nil
		}
		job, err = tx.nextMail(&m)
		return err
	})
	return job, err
}

func (tx *Tx) lockMail(id uuid.UUID) (models.Mail, error) {
	var m models.Mail
	err := tx.db.Clauses(clause.Locking{Strength: "NO KEY UPDATE"}).Where("account_id = ? AND id = ?", tx.Account, id).Take(&m).Error
	return m, noSuch("mail", err)
}

// Why a mail has failed; a server's refusal has a code of its own.
const (
	mailNoServer  = "no_server"   // The account's e-mail server was removed.
	mailSecret    = "secret"      // Its password can't be read.
	mailUncertain = "unknown"     // Requests of unknown outcome.
	mailTooLate   = "unavailable" // The server didn't take it for too long.
)

func (tx *Tx) nextMail(m *models.Mail) (*MailJob, error) {
	var past struct {
		N, Uncertain int
		Late         bool
		Now          time.Time
	}
	err := tx.db.Raw(`
		SELECT count(*) AS n, count(*) FILTER (WHERE state IN ('open', 'unknown')) AS uncertain,
		       ?::timestamptz < clock_timestamp() - make_interval(secs => ?) AS late, clock_timestamp() AS now
		  FROM mail_attempts WHERE account_id = ? AND mail_id = ?`,
		m.CreatedAt, models.MaxMailWait.Seconds(), tx.Account, m.ID).Take(&past).Error
	if err != nil {
		return nil, err
	}
	switch {
	case past.Uncertain >= models.MaxUncertainMails:
		return nil, tx.endMail(m, models.MailFailed, mailUncertain)
	case past.Late:
		return nil, tx.endMail(m, models.MailFailed, mailTooLate)
	}
	order, err := tx.addressedOrder(m)
	if err != nil {
		return nil, err
	}
	if order == nil {
		return nil, tx.endMail(m, models.MailVoid, "")
	}
	server, err := tx.mailSettings("")
	if models.CodeOf(err) == models.CodeNotFound {
		return nil, tx.endMail(m, models.MailFailed, mailNoServer)
	}
	if err != nil {
		return nil, err
	}
	job := &MailJob{Account: tx.Account, Mail: m.ID, Attempt: models.NewID(), Server: server.MailSettings, To: models.Private(order.Email), Order: order.Name}
	if server.PasswordKeyID != nil {
		if job.Password, err = tx.store.keys.open(tx.Account, mailPassword, *server.PasswordKeyID, server.Password); err != nil {
			return nil, tx.endMail(m, models.MailFailed, mailSecret) // It won't open at the next try either.
		}
	}
	if err := tx.db.Raw("SELECT a.name AS shop, t.language FROM accounts a JOIN turns t ON t.account_id = a.id WHERE a.id = ? AND t.id = ?", tx.Account, m.TurnID).
		Row().Scan(&job.Shop, &job.Language); err != nil {
		return nil, err
	}
	return job, tx.beginMail(m, order, job, past.N+1, past.Now)
}

// addressedOrder returns the order that a mail's code is for: the newest of the
// number that has an address. Nil where there is none.
func (tx *Tx) addressedOrder(m *models.Mail) (*models.Order, error) {
	orders, err := tx.orders(func(db *gorm.DB) *gorm.DB {
		return db.Where("number = ? AND email IS NOT NULL", m.Number).Order(newestFirst).Limit(1)
	})
	if err != nil || len(orders) == 0 {
		return nil, err
	}
	return &orders[0], nil
}

// beginMail commits the attempt with its code.
func (tx *Tx) beginMail(m *models.Mail, order *models.Order, job *MailJob, n int, now time.Time) error {
	code, err := newCode()
	if err != nil {
		return err
	}
	job.Code = models.Secret(code)
	err = tx.db.Exec("INSERT INTO mail_attempts (account_id, id, mail_id, n, state, code_hash, expires_at) VALUES (?, ?, ?, ?, 'open', ?, ?)",
		tx.Account, job.Attempt, m.ID, n, tx.codeHash(job.Attempt, code), now.Add(models.CodeHolds)).Error
	if err != nil {
		return err
	}
	return expectOne(tx.db.Exec("UPDATE mails SET state = 'sending', order_id = ? WHERE account_id = ? AND id = ?", order.ID, tx.Account, m.ID))
}

// newCode returns random digits.
func newCode() (string, error) {
	most := new(big.Int).Exp(big.NewInt(10), big.NewInt(models.CodeDigits), nil)
	n, err := rand.Int(rand.Reader, most)
	if err != nil {
		return "", models.Errorf(models.CodeInternal, "make a code: %w", err)
	}
	return fmt.Sprintf("%0*d", models.CodeDigits, n), nil
}

func (tx *Tx) endMail(m *models.Mail, state models.MailState, failure string) error {
	return expectOne(tx.db.Exec("UPDATE mails SET state = ?, failure = ?, finished_at = clock_timestamp() WHERE account_id = ? AND id = ?",
		state, optional(failure), tx.Account, m.ID))
}

// FinishMail stores what became of an attempt. A mail that surely didn't arrive
// is queued again; after an unknown outcome too, which NextMail bounds.
func (s *Store) FinishMail(ctx context.Context, job MailJob, state models.AttemptState, failure string) error {
	return s.InAccount(ctx, job.Account, func(tx *Tx) error {
		m, err := tx.lockMail(job.Mail)
		if err != nil {
			return err
		}
		err = tx.db.Exec("UPDATE mail_attempts SET state = ?, failure = ?, finished_at = clock_timestamp() WHERE account_id = ? AND id = ? AND state IN ('open', 'unknown')",
			state, optional(failure), tx.Account, job.Attempt).Error
		if err != nil || m.State.Over() {
			return err
		}
		switch state {
		case models.AttemptSent:
			return tx.endMail(&m, models.MailSent, "")
		case models.AttemptRejected:
			return tx.endMail(&m, models.MailFailed, failure)
		case models.AttemptOpen, models.AttemptUnknown, models.AttemptNotSent:
		}
		return nil
	})
}

// PendingMail is a mail to be sent.
type PendingMail struct{ AccountID, ID uuid.UUID }

// mailLease is how long a mail is left to whom it was given; sending it is
// over by then, or its run is gone.
const mailLease = time.Minute

// PendingMails returns mails to be sent, at most perAccount of each account and
// limit in all, the oldest first. Each is leased to the caller.
func (s *System) PendingMails(ctx context.Context, perAccount, limit int) ([]PendingMail, error) {
	var rows []PendingMail
	err := s.db.WithContext(ctx).Raw(`
		WITH due AS (
			SELECT account_id, id, row_number() OVER (PARTITION BY account_id ORDER BY created_at) AS place
			  FROM mails WHERE state IN ('queued', 'sending') AND (rung_at IS NULL OR rung_at < clock_timestamp() - make_interval(secs => ?))
		), taken AS (
			SELECT m.account_id, m.id FROM mails m
			  JOIN (SELECT account_id, id FROM due WHERE place <= ? ORDER BY place LIMIT ?) d USING (account_id, id)
			 WHERE m.rung_at IS NULL OR m.rung_at < clock_timestamp() - make_interval(secs => ?)
			   FOR NO KEY UPDATE OF m SKIP LOCKED
		)
		UPDATE mails SET rung_at = clock_timestamp() FROM taken WHERE mails.account_id = taken.account_id AND mails.id = taken.id
		RETURNING mails.account_id, mails.id`,
		mailLease.Seconds(), perAccount, limit, mailLease.Seconds()).Scan(&rows).Error
	return rows, translate(err)
}
