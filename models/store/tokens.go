package store

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"time"

	"github.com/google/uuid"

	"kedai/models"
)

// Token describes an API token. The token itself is known to its holder only.
type Token struct {
	ID        uuid.UUID
	UserID    uuid.UUID
	UserName  string
	Role      models.Role
	CreatedAt time.Time
	RevokedAt *time.Time
}

// CreateToken makes an API token for a user. The token itself is returned once;
// only its hash is kept. CodeNotFound for a user whom the account doesn't have.
func (s *Store) CreateToken(ctx context.Context, account uuid.UUID, actor models.Actor, user uuid.UUID) (uuid.UUID, models.Secret, error) {
	raw := make([]byte, 32)
	if _, err := rand.Read(raw); err != nil {
		return uuid.Nil, "", models.Errorf(models.CodeInternal, "make token: %w", err)
	}
	token := "kd_" + base64.RawURLEncoding.EncodeToString(raw)
	hash := sha256.Sum256([]byte(token))
	id := models.NewID()
	err := s.InAccount(ctx, account, func(tx *Tx) error {
		var known models.User
		if err := tx.db.Where("account_id = ? AND id = ?", tx.Account, user).Take(&known).Error; err != nil {
			return noSuch("user", err)
		}
		err := tx.db.Exec("INSERT INTO api_tokens (id, account_id, user_id, hash) VALUES (?, ?, ?, ?)", id, tx.Account, user, hash[:]).Error
		if err != nil {
			return err
		}
		return tx.audit(actor, "token.create", "token", &id, nil, map[string]any{"user_id": user})
	})
	if err != nil {
		return uuid.Nil, "", err
	}
	return id, models.Secret(token), nil
}

// Tokens lists an account's API tokens, revoked ones too, oldest first.
func (s *Store) Tokens(ctx context.Context, account uuid.UUID) ([]Token, error) {
	var tokens []Token
	err := s.InAccount(ctx, account, func(tx *Tx) error {
		tokens = tokens[:0]
		return tx.db.Raw(`
			SELECT t.id, t.user_id, u.name AS user_name, u.role, t.created_at, t.revoked_at
			  FROM api_tokens t JOIN users u ON u.account_id = t.account_id AND u.id = t.user_id
			 WHERE t.account_id = ? ORDER BY t.created_at, t.id`, tx.Account).Scan(&tokens).Error
	})
	return tokens, err
}

// RevokeToken ends a token for good. It changes nothing where that was done
// before. CodeNotFound for a token that the account doesn't have.
func (s *Store) RevokeToken(ctx context.Context, account uuid.UUID, actor models.Actor, id uuid.UUID) error {
	return s.InAccount(ctx, account, func(tx *Tx) error {
		revoked, err := tx.revokeTokens(actor, "id", id)
		if err != nil || len(revoked) > 0 {
			return err
		}
		var n int64
		if err := tx.db.Raw("SELECT count(*) FROM api_tokens WHERE account_id = ? AND id = ?", tx.Account, id).Scan(&n).Error; err != nil {
			return err
		}
		if n == 0 {
			return models.Errorf(models.CodeNotFound, "there is no such token")
		}
		return nil
	})
}

// RevokeTokensOf ends all tokens of a user and returns how many there were.
// CodeNotFound for a user whom the account doesn't have.
func (s *Store) RevokeTokensOf(ctx context.Context, account uuid.UUID, actor models.Actor, user uuid.UUID) (int, error) {
	n := 0
	err := s.InAccount(ctx, account, func(tx *Tx) error {
		var known models.User
		if err := tx.db.Where("account_id = ? AND id = ?", tx.Account, user).Take(&known).Error; err != nil {
			return noSuch("user", err)
		}
		revoked, err := tx.revokeTokens(actor, "user_id", user)
		n = len(revoked)
		return err
	})
	return n, err
}

// revokeTokens ends the tokens whose column has the value, each with an audit
// entry of its own.
func (tx *Tx) revokeTokens(actor models.Actor, column string, value uuid.UUID) ([]uuid.UUID, error) {
	var revoked []Token
	err := tx.db.Raw(`
		UPDATE api_tokens SET revoked_at = clock_timestamp()
		 WHERE account_id = ? AND `+column+` = ? AND revoked_at IS NULL RETURNING id, user_id`, tx.Account, value).Scan(&revoked).Error
	if err != nil {
		return nil, err
	}
	ids := make([]uuid.UUID, len(revoked))
	for i, t := range revoked {
		ids[i] = t.ID
		if err := tx.audit(actor, "token.revoke", "token", &ids[i], map[string]any{"user_id": t.UserID}, nil); err != nil {
			return nil, err
		}
	}
	return ids, nil
}
