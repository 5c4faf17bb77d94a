package store

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"kedai/models"
)

// sealedModel is an account's model with its key as it is kept.
type sealedModel struct {
	models.AccountModel
	Key   []byte
	KeyID string
}

const modelKeyColumn = "account_models.key"

// AccountModel returns the account's own model. CodeNotFound where it has none.
func (s *Store) AccountModel(ctx context.Context, account uuid.UUID) (models.AccountModel, error) {
	var out models.AccountModel
	err := s.InAccount(ctx, account, func(tx *Tx) error {
		out = models.AccountModel{}
		return noSuch("model of the account's own", tx.db.Where("account_id = ?", tx.Account).Take(&out).Error)
	})
	return out, err
}

// AccountModelKey returns the key of the account's own model with what it is
// the key of.
func (s *Store) AccountModelKey(ctx context.Context, account uuid.UUID) (models.AccountModel, models.Secret, error) {
	var row sealedModel
	err := s.InAccount(ctx, account, func(tx *Tx) error {
		row = sealedModel{}
		return noSuch("model of the account's own", tx.db.Where("account_id = ?", tx.Account).Take(&row).Error)
	})
	if err != nil {
		return row.AccountModel, "", err
	}
	key, err := s.keys.open(account, modelKeyColumn, row.KeyID, row.Key)
	return row.AccountModel, key, err
}

// changedModel is what the audit trail keeps of a model: of its key no more
// than that there is a new one.
type changedModel struct {
	Provider models.Provider `json:"provider"`
	Name     string          `json:"name"`
	NewKey   bool            `json:"new_key,omitempty"`
}

// SetAccountModel has the account's replies written by a model of its own. An
// empty key leaves the one that there is, if it is of the same provider;
// CodeInvalid where it isn't.
func (s *Store) SetAccountModel(ctx context.Context, actor models.Actor, m models.AccountModel, key models.Secret) (models.AccountModel, error) {
	if err := m.Validate(); err != nil {
		return m, err
	}
	err := s.InAccount(ctx, m.AccountID, func(tx *Tx) error {
		if err := tx.lockSettings("NO KEY UPDATE"); err != nil {
			return err
		}
		var had sealedModel
		err := tx.db.Where("account_id = ?", tx.Account).Take(&had).Error
		if err != nil && !errors.Is(err, gorm.ErrRecordNotFound) {
			return err
		}
		if key == "" && had.Provider != m.Provider {
			return models.Errorf(models.CodeInvalid, "key must be given: there is no key of %s yet", m.Provider)
		}
		row := sealedModel{AccountModel: m, Key: had.Key, KeyID: had.KeyID}
		if key != "" {
			if row.Key, row.KeyID, err = s.keys.seal(tx.Account, modelKeyColumn, key); err != nil {
				return err
			}
		}
		if err := tx.db.Raw("SELECT clock_timestamp()").Row().Scan(&row.UpdatedAt); err != nil {
			return err
		}
		if err := tx.db.Clauses(clause.OnConflict{UpdateAll: true}).Create(&row).Error; err != nil {
			return err
		}
		m = row.AccountModel
		var before any
		if had.Provider != "" {
			before = changedModel{Provider: had.Provider, Name: had.Name}
		}
		return tx.audit(actor, "agent.model", "agent", nil, before, changedModel{m.Provider, m.Name, key != ""})
	})
	return m, err
}

// RemoveAccountModel forgets the account's own model and its key. CodeNotFound
// where it has none.
func (s *Store) RemoveAccountModel(ctx context.Context, account uuid.UUID, actor models.Actor) error {
	return s.InAccount(ctx, account, func(tx *Tx) error {
		var had models.AccountModel
		if err := tx.db.Clauses(clause.Returning{}).Where("account_id = ?", tx.Account).Delete(&had).Error; err != nil {
			return err
		}
		if had.Provider == "" {
			return models.Errorf(models.CodeNotFound, "there is no such model of the account's own")
		}
		return tx.audit(actor, "agent.model", "agent", nil, changedModel{Provider: had.Provider, Name: had.Name}, nil)
	})
}

// AddModelUse adds what calls of a model took for an attempt of a turn. It
// counts for attempts that are void too: they are paid for.
func (s *Store) AddModelUse(ctx context.Context, account, turn uuid.UUID, attempt int, use models.ModelUse) error {
	return s.InAccount(ctx, account, func(tx *Tx) error {
		return tx.db.Exec(`
			UPDATE turns SET model = coalesce(nullif(?, ''), model), input_tokens = input_tokens + ?, output_tokens = output_tokens + ?,
			       cost = CASE WHEN ?::numeric IS NULL THEN cost ELSE coalesce(cost, 0) + ?::numeric END,
			       model_ms = CASE WHEN model_attempt > ? THEN model_ms WHEN model_attempt = ? THEN model_ms + ? ELSE ? END, model_attempt = greatest(model_attempt, ?)
			 WHERE account_id = ? AND id = ?`,
			use.Model, use.InputTokens, use.OutputTokens, use.Cost, use.Cost,
			attempt, attempt, use.Took.Milliseconds(), use.Took.Milliseconds(), attempt, tx.Account, turn).Error
	})
}

// maxUnsummarised is how many lines are told in short at once.
const maxUnsummarised = 60

// Unsummarised returns the oldest lines of a turn's conversation that its
// running summary doesn't tell, up to where the turn begins.
func (s *Store) Unsummarised(ctx context.Context, turn models.Turn) ([]models.Message, error) {
	var out []models.Message
	err := s.InAccount(ctx, turn.AccountID, func(tx *Tx) error {
		out = nil
		return tx.db.Raw(`
			SELECT * FROM messages WHERE account_id = ? AND chat_id = ? AND conversation_id = ? AND seq < ? AND author IN ('customer', 'agent', 'person')
			   AND seq > coalesce((SELECT seq FROM conversation_summaries WHERE account_id = ? AND conversation_id = ?), 0)
			 ORDER BY seq LIMIT ?`,
			tx.Account, turn.ChatID, turn.ConversationID, turn.FirstSeq, tx.Account, turn.ConversationID, maxUnsummarised).Scan(&out).Error
	})
	return out, err
}

// SaveSummary keeps the running summary of a conversation up to seq, unless
// there is one that reaches further.
func (s *Store) SaveSummary(ctx context.Context, account, conversation uuid.UUID, text string, seq int64) error {
	return s.InAccount(ctx, account, func(tx *Tx) error {
		return tx.db.Exec(`
			INSERT INTO conversation_summaries (account_id, conversation_id, text, seq) VALUES (?, ?, ?, ?)
			ON CONFLICT (account_id, conversation_id) DO UPDATE SET text = excluded.text, seq = excluded.seq, updated_at = now()
			 WHERE conversation_summaries.seq < excluded.seq`, tx.Account, conversation, text, seq).Error
	})
}

// summary returns a conversation's running summary and how far it reaches; the
// empty text where there is none.
func (tx *Tx) summary(conversation uuid.UUID) (text string, seq int64, err error) {
	var row struct {
		Text string
		Seq  int64
	}
	err = tx.db.Raw("SELECT text, seq FROM conversation_summaries WHERE account_id = ? AND conversation_id = ?", tx.Account, conversation).Scan(&row).Error
	return row.Text, row.Seq, err
}
