package store

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"kedai/models"
)

// SendJob is one request to make: the attempt is committed already.
type SendJob struct {
	Attempt  models.SendAttempt
	Outbound models.Outbound
	Inbox    models.Inbox
	Identity string // To whom.
	Text     string
}

// NextSend decides about the chat's oldest unsent outbound, under the chat's
// locks: it commits an attempt and returns the job, or returns nil where there
// is nothing to send now. Outbounds that may no longer leave are cancelled on
// the way.
func (s *Store) NextSend(ctx context.Context, account, chat uuid.UUID) (*SendJob, Situation, error) {
	var job *SendJob
	var out Situation
	err := s.InAccount(ctx, account, func(tx *Tx) error {
		job = nil
		scene, err := tx.lockScene(chat)
		if err != nil {
			return err
		}
		if job, err = tx.nextSend(scene); err != nil {
			return err
		}
		if scene.Unsent, err = tx.unsent(chat); err != nil {
			return err
		}
		out = situationOf(scene, standingAfter(scene))
		return tx.saveScene(scene)
	})
	return job, out, err
}

func (tx *Tx) nextSend(scene *models.Scene) (*SendJob, error) {
	var waiting []models.Outbound
	if err := tx.db.Where("account_id = ? AND chat_id = ? AND state IN ('queued', 'sending')", tx.Account, scene.Chat.ID).Order("seq").Find(&waiting).Error; err != nil {
		return nil, err
	}
	for i := range waiting {
		out := &waiting[i]
		attempt, wait, err := tx.nextAttempt(scene, out)
		if err != nil {
			return nil, err
		}
		if err := tx.saveOutbound(out); err != nil {
			return nil, err
		}
		if wait {
			return nil, nil
		}
		if attempt == nil {
			continue
		}
		if err := tx.db.Create(attempt).Error; err != nil {
			return nil, err
		}
		job := &SendJob{Attempt: *attempt, Outbound: *out, Inbox: scene.Inbox, Identity: scene.Chat.Identity}
		return job, tx.db.Raw("SELECT text FROM messages WHERE account_id = ? AND chat_id = ? AND seq = ?", tx.Account, out.ChatID, out.Seq).Row().Scan(&job.Text)
	}
	return nil, nil
}

// nextAttempt returns the attempt to make for out; wait where an earlier one
// may still be confirmed; neither where out is at its end.
func (tx *Tx) nextAttempt(scene *models.Scene, out *models.Outbound) (attempt *models.SendAttempt, wait bool, err error) {
	var last models.SendAttempt
	err = tx.db.Where("account_id = ? AND outbound_id = ?", tx.Account, out.ID).Order("n DESC").Take(&last).Error
	if err != nil && !errors.Is(err, gorm.ErrRecordNotFound) {
		return nil, false, err
	}
	uncertain := last.State == models.AttemptOpen || last.State == models.AttemptUnknown
	if uncertain {
		scene.AwaitEcho(last)
		if scene.Now.Before(*scene.Chat.SendAgainAt) {
			return nil, true, nil
		}
		scene.Chat.SendAgainAt = nil
	}
	if ok, why := scene.MaySend(*out); !ok {
		out.State = models.OutboundCancelled
		out.Failure = &why
		scene.Chat.Unread = true // The customer has no answer after all.
		return nil, false, nil
	}
	var uncertainSends int64
	if uncertain {
		err := tx.db.Model(&models.SendAttempt{}).Where("account_id = ? AND outbound_id = ? AND state IN ('open', 'unknown')", tx.Account, out.ID).Count(&uncertainSends).Error
		if err != nil {
			return nil, false, err
		}
	}
	if uncertainSends >= models.MaxUncertainSends || (last.N >= models.MinSendAttempts && scene.Now.Sub(out.CreatedAt) > models.MaxSendWait) {
		scene.FailSend(out, "too many attempts")
		return nil, false, nil
	}
	out.PossiblyDouble = out.PossiblyDouble || uncertain
	next := scene.BeginAttempt(out, last.N+1)
	return &next, false, nil
}

// SendResult is what is known after a request.
type SendResult struct {
	State      models.AttemptState
	ProviderID string
	Failure    string // A code, never a platform's text.
}

// FinishSend stores what became of an attempt.
func (s *Store) FinishSend(ctx context.Context, job SendJob, result SendResult) error {
	return s.InAccount(ctx, job.Outbound.AccountID, func(tx *Tx) error {
		scene, err := tx.lockScene(job.Outbound.ChatID)
		if err != nil {
			return err
		}
		var out models.Outbound
		if err := tx.db.Where("account_id = ? AND id = ?", tx.Account, job.Outbound.ID).Take(&out).Error; err != nil {
			return err
		}
		switch result.State {
		case models.AttemptSent:
			scene.Sent(&out, result.ProviderID)
		case models.AttemptRejected:
			if out.State == models.OutboundSending {
				scene.FailSend(&out, result.Failure)
			}
		case models.AttemptNotSent:
			if out.State == models.OutboundSending {
				out.State = models.OutboundQueued
			}
		case models.AttemptUnknown:
			if out.State == models.OutboundSending {
				scene.AwaitEcho(job.Attempt)
			}
		}
		err = tx.db.Exec("UPDATE send_attempts SET state = ?, failure = ?, finished_at = clock_timestamp() WHERE account_id = ? AND id = ? AND state IN ('open', 'unknown')",
			result.State, optional(result.Failure), tx.Account, job.Attempt.ID).Error
		if err != nil {
			return err
		}
		if err := tx.saveOutbound(&out); err != nil {
			return err
		}
		return tx.saveScene(scene)
	})
}

// IntakeEcho confirms a send by what the platform echoes of it. An echo of
// something unknown is ignored: it isn't ours.
func (s *Store) IntakeEcho(ctx context.Context, inbox models.Inbox, in models.Inbound) (Receipt, error) {
	id, err := uuid.Parse(in.Reference)
	if err != nil {
		return Receipt{}, models.Errorf(models.CodeInvalid, "an echo needs the reference of our send")
	}
	var receipt Receipt
	err = s.InAccount(ctx, inbox.AccountID, func(tx *Tx) error {
		receipt = Receipt{Duplicate: true}
		var out models.Outbound
		err := tx.db.Raw("SELECT o.* FROM outbounds o JOIN chats c ON c.account_id = o.account_id AND c.id = o.chat_id WHERE o.account_id = ? AND o.id = ? AND c.inbox_id = ?",
			tx.Account, id, inbox.ID).Take(&out).Error
		if errors.Is(err, gorm.ErrRecordNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		scene, err := tx.lockScene(out.ChatID)
		if err != nil {
			return err
		}
		if err := tx.db.Where("account_id = ? AND id = ?", tx.Account, id).Take(&out).Error; err != nil {
			return err
		}
		if !scene.Echoed(&out, in.ProviderID) {
			return nil
		}
		receipt = Receipt{Bell: bellOf(scene.Chat)}
		err = tx.db.Exec("UPDATE send_attempts SET state = 'sent', finished_at = clock_timestamp() WHERE account_id = ? AND outbound_id = ? AND state IN ('open', 'unknown')", tx.Account, id).Error
		if err != nil {
			return err
		}
		if err := tx.saveOutbound(&out); err != nil {
			return err
		}
		return tx.saveScene(scene)
	})
	return receipt, err
}

func (tx *Tx) saveOutbound(o *models.Outbound) error {
	return expectOne(tx.db.Model(o).Where("account_id = ?", tx.Account).Select("state", "possibly_double", "provider_id", "failure", "sent_at").Updates(o))
}

func (tx *Tx) unsent(chat uuid.UUID) (bool, error) {
	var n int64
	err := tx.db.Model(&models.Outbound{}).Where("account_id = ? AND chat_id = ? AND state IN ('queued', 'sending')", tx.Account, chat).Count(&n).Error
	return n > 0, err
}
