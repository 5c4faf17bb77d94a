package store

import (
	"context"
	"crypto/sha256"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"kedai/models"
)

// NewAccount is what CreateAccount makes an account from.
type NewAccount struct {
	ID       uuid.UUID // Nil: a new one.
	Name     string
	Currency string
	TimeZone string
	Language models.Language
	Admin    string // The first user's name.

	AnswersAt *time.Time // See models.Account.
}

// CreateAccount makes an account with its agent settings (off), its first
// admin and its pipeline: Incoming, New, Negotiation, Won, Lost.
func (s *Store) CreateAccount(ctx context.Context, n NewAccount) (models.Account, models.User, error) {
	if n.ID == uuid.Nil {
		n.ID = models.NewID()
	}
	if n.TimeZone == "" {
		n.TimeZone = "UTC"
	}
	account := models.Account{ID: n.ID, Name: strings.TrimSpace(n.Name), Currency: n.Currency, TimeZone: n.TimeZone, AnswersAt: n.AnswersAt}
	admin := models.User{ID: models.NewID(), AccountID: n.ID, Name: n.Admin, Role: models.RoleAdmin}
	if account.Name == "" || !n.Language.Valid() || len(n.Currency) != 3 {
		return account, admin, models.Errorf(models.CodeInvalid, "an account needs a name, a currency as ISO 4217 code and a language of %v", models.Languages())
	}
	if _, err := models.Zone(n.TimeZone); err != nil {
		return account, admin, err
	}
	err := s.InAccount(ctx, n.ID, func(tx *Tx) error {
		if err := tx.db.Omit("created_at").Create(&account).Error; err != nil {
			return err
		}
		if err := tx.db.Exec("INSERT INTO agent_settings (account_id, language) VALUES (?, ?)", n.ID, n.Language).Error; err != nil {
			return err
		}
		if err := tx.db.Omit("created_at").Create(&admin).Error; err != nil {
			return err
		}
		return tx.insertPipeline()
	})
	return account, admin, err
}

func (tx *Tx) insertPipeline() error {
	pipeline := models.Pipeline{ID: models.NewID(), AccountID: tx.Account, Name: "Sales"}
	if err := tx.db.Create(&pipeline).Error; err != nil {
		return err
	}
	stages := []models.Stage{
		{Name: "Incoming", Kind: models.StageOpen, IsDefault: true},
		{Name: "New", Kind: models.StageOpen},
		{Name: "Negotiation", Kind: models.StageOpen},
		{Name: "Won", Kind: models.StageWon},
		{Name: "Lost", Kind: models.StageLost},
	}
	for i := range stages {
		stages[i].ID, stages[i].AccountID, stages[i].PipelineID, stages[i].Position = models.NewID(), tx.Account, pipeline.ID, i
	}
	return tx.db.Create(&stages).Error
}

// Accounts lists all accounts.
func (s *System) Accounts(ctx context.Context) ([]models.Account, error) {
	var accounts []models.Account
	err := s.db.WithContext(ctx).Order("created_at, id").Find(&accounts).Error
	return accounts, translate(err)
}

// Account returns one account.
func (s *Store) Account(ctx context.Context, id uuid.UUID) (models.Account, error) {
	var a models.Account
	err := s.InAccount(ctx, id, func(tx *Tx) error {
		return noSuch("account", tx.db.Where("id = ?", tx.Account).Take(&a).Error)
	})
	return a, err
}

// CreateUser adds a user to an account.
func (s *Store) CreateUser(ctx context.Context, actor models.Actor, u models.User) (models.User, error) {
	u.ID = models.NewID()
	if strings.TrimSpace(u.Name) == "" || (u.Role != models.RoleAdmin && u.Role != models.RoleManager) {
		return u, models.Errorf(models.CodeInvalid, "a user needs a name and the role admin or manager")
	}
	err := s.InAccount(ctx, u.AccountID, func(tx *Tx) error {
		if err := tx.db.Omit("created_at").Create(&u).Error; err != nil {
			return err
		}
		return tx.audit(actor, "user.create", "user", &u.ID, nil, map[string]any{"role": u.Role})
	})
	return u, err
}

// Authenticate returns the user whom a token was issued to. CodeUnauthorized
// for a token that is unknown or revoked.
func (s *System) Authenticate(ctx context.Context, token models.Secret) (models.User, error) {
	hash := sha256.Sum256([]byte(token.Reveal()))
	var user models.User
	err := s.db.WithContext(ctx).Raw(`
		SELECT u.* FROM api_tokens t JOIN users u ON u.account_id = t.account_id AND u.id = t.user_id
		 WHERE t.hash = ? AND t.revoked_at IS NULL`, hash[:]).Take(&user).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return user, models.Errorf(models.CodeUnauthorized, "the token is unknown or revoked")
	}
	return user, translate(err)
}

// InboxByPublicID finds an inbox by the ID in its public URLs.
func (s *System) InboxByPublicID(ctx context.Context, public uuid.UUID) (models.Inbox, error) {
	var inbox models.Inbox
	err := s.db.WithContext(ctx).Where("public_id = ?", public).Take(&inbox).Error
	return inbox, translate(noSuch("inbox", err))
}

// InboxSecret returns the secret that a channel's requests are signed with.
func (s *Store) InboxSecret(ctx context.Context, inbox models.Inbox) (models.Secret, error) {
	var row struct {
		Secret      []byte
		SecretKeyID *string
	}
	err := s.InAccount(ctx, inbox.AccountID, func(tx *Tx) error {
		return noSuch("inbox", tx.db.Raw("SELECT secret, secret_key_id FROM inboxes WHERE account_id = ? AND id = ?", tx.Account, inbox.ID).Take(&row).Error)
	})
	if err != nil || row.SecretKeyID == nil {
		return "", err
	}
	return s.keys.open(inbox.AccountID, "inboxes.secret", *row.SecretKeyID, row.Secret)
}

// CreateInbox connects a channel. secret may be empty.
func (s *Store) CreateInbox(ctx context.Context, actor models.Actor, inbox models.Inbox, secret models.Secret) (models.Inbox, error) {
	inbox.ID = models.NewID()
	if inbox.PublicID == uuid.Nil {
		inbox.PublicID = uuid.New()
	}
	if inbox.AllowedOrigins == nil {
		inbox.AllowedOrigins = []string{}
	}
	if !inbox.Channel.Valid() || strings.TrimSpace(inbox.Name) == "" {
		return inbox, models.Errorf(models.CodeInvalid, "an inbox needs a name and a channel: website or recorder")
	}
	if inbox.Channel == models.ChannelRecorder && (inbox.Endpoint == "" || secret == "") {
		return inbox, models.Errorf(models.CodeInvalid, "a recorder inbox needs an endpoint and a secret")
	}
	err := s.InAccount(ctx, inbox.AccountID, func(tx *Tx) error {
		if err := tx.db.Omit("created_at").Create(&inbox).Error; err != nil {
			return err
		}
		if secret != "" {
			sealed, key, err := s.keys.seal(tx.Account, "inboxes.secret", secret)
			if err != nil {
				return err
			}
			if err := tx.db.Exec("UPDATE inboxes SET secret = ?, secret_key_id = ? WHERE account_id = ? AND id = ?", sealed, key, tx.Account, inbox.ID).Error; err != nil {
				return err
			}
		}
		return tx.audit(actor, "inbox.create", "inbox", &inbox.ID, nil, map[string]any{"channel": inbox.Channel, "name": inbox.Name})
	})
	return inbox, err
}

// UpdateInbox changes name, agent_selected, allowed origins, endpoint and
// manager. Deselecting affects new conversations only.
func (s *Store) UpdateInbox(ctx context.Context, actor models.Actor, inbox models.Inbox) (models.Inbox, error) {
	return s.ChangeInbox(ctx, actor, inbox.AccountID, inbox.ID, func(now *models.Inbox) (models.Secret, error) {
		*now = inbox
		return "", nil
	})
}

// ChangeInbox has change edit what UpdateInbox may, as it is under its lock, so
// that of changes made at once none is lost. change may also return a secret,
// which replaces the one that there is. It returns change's error.
func (s *Store) ChangeInbox(ctx context.Context, actor models.Actor, account, id uuid.UUID, change func(*models.Inbox) (models.Secret, error)) (models.Inbox, error) {
	var inbox models.Inbox
	err := s.InAccount(ctx, account, func(tx *Tx) error {
		var before models.Inbox
		err := tx.db.Clauses(clause.Locking{Strength: "NO KEY UPDATE"}).Where("account_id = ? AND id = ?", tx.Account, id).Take(&before).Error
		if err != nil {
			return noSuch("inbox", err)
		}
		inbox = before
		inbox.AllowedOrigins = slices.Clone(before.AllowedOrigins)
		secret, err := change(&inbox)
		if err != nil {
			return err
		}
		inbox.ID = id
		err = expectOne(tx.db.Model(&inbox).Where("account_id = ?", tx.Account).Select("name", "agent_selected", "allowed_origins", "endpoint", "manager_id").Updates(&inbox))
		if err != nil {
			return err
		}
		if secret != "" {
			if err := tx.setInboxSecret(id, secret); err != nil {
				return err
			}
		}
		if err := tx.db.Where("account_id = ? AND id = ?", tx.Account, id).Take(&inbox).Error; err != nil {
			return err
		}
		return tx.audit(actor, "inbox.update", "inbox", &id, before, changedInbox{inbox, secret != ""})
	})
	return inbox, err
}

// changedInbox is what the audit trail keeps of a change: of a secret no more
// than that there is a new one.
type changedInbox struct {
	models.Inbox
	NewSecret bool `json:"new_secret,omitempty"`
}

func (tx *Tx) setInboxSecret(id uuid.UUID, secret models.Secret) error {
	sealed, key, err := tx.store.keys.seal(tx.Account, "inboxes.secret", secret)
	if err != nil {
		return err
	}
	return expectOne(tx.db.Exec("UPDATE inboxes SET secret = ?, secret_key_id = ? WHERE account_id = ? AND id = ?", sealed, key, tx.Account, id))
}

// Inboxes lists an account's inboxes.
func (s *Store) Inboxes(ctx context.Context, account uuid.UUID) ([]models.Inbox, error) {
	return list[models.Inbox](ctx, s, account, "created_at, id")
}

// Users lists an account's users.
func (s *Store) Users(ctx context.Context, account uuid.UUID) ([]models.User, error) {
	return list[models.User](ctx, s, account, "created_at, id")
}

// Stages lists the stages of all pipelines in their order.
func (s *Store) Stages(ctx context.Context, account uuid.UUID) ([]models.Stage, error) {
	return list[models.Stage](ctx, s, account, "pipeline_id, position")
}

// Triggers lists an account's triggers.
func (s *Store) Triggers(ctx context.Context, account uuid.UUID) ([]models.Trigger, error) {
	return list[models.Trigger](ctx, s, account, "created_at, id")
}

func list[T any](ctx context.Context, s *Store, account uuid.UUID, order string) ([]T, error) {
	rows := []T{}
	err := s.InAccount(ctx, account, func(tx *Tx) error {
		rows = rows[:0]
		return tx.db.Where("account_id = ?", tx.Account).Order(order).Find(&rows).Error
	})
	return rows, err
}

// AgentSettings returns an account's settings.
func (s *Store) AgentSettings(ctx context.Context, account uuid.UUID) (models.AgentSettings, error) {
	var settings models.AgentSettings
	err := s.InAccount(ctx, account, func(tx *Tx) error {
		return noSuch("account", tx.db.Where("account_id = ?", tx.Account).Take(&settings).Error)
	})
	return settings, err
}

// SaveAgentSettings changes everything but the toggle, which is SetEnabled's.
func (s *Store) SaveAgentSettings(ctx context.Context, actor models.Actor, settings models.AgentSettings) (models.AgentSettings, error) {
	if err := settings.Validate(); err != nil {
		return settings, err
	}
	err := s.InAccount(ctx, settings.AccountID, func(tx *Tx) error {
		if err := tx.lockSettings("NO KEY UPDATE"); err != nil {
			return err
		}
		var before models.AgentSettings
		if err := tx.db.Where("account_id = ?", tx.Account).Take(&before).Error; err != nil {
			return noSuch("account", err)
		}
		if err := tx.writeSettings(before, &settings); err != nil {
			return err
		}
		return tx.audit(actor, "agent.settings", "agent", nil, before, settings)
	})
	return settings, err
}

// AddTrigger lets the agent start for leads in a stage that write in an inbox.
// CodeConflict while the toggle is off or where the trigger is there already.
func (s *Store) AddTrigger(ctx context.Context, actor models.Actor, t models.Trigger) (models.Trigger, error) {
	t.ID = models.NewID()
	err := s.InAccount(ctx, t.AccountID, func(tx *Tx) error {
		var settings models.AgentSettings
		if err := tx.db.Raw("SELECT enabled FROM agent_settings WHERE account_id = ? FOR SHARE", tx.Account).Take(&settings).Error; err != nil {
			return noSuch("account", err)
		}
		if !settings.Enabled {
			return models.Errorf(models.CodeConflict, "the agent is off; turn it on before adding triggers")
		}
		if err := tx.db.Omit("created_at").Create(&t).Error; err != nil {
			return err
		}
		return tx.audit(actor, "trigger.add", "trigger", &t.ID, nil, t)
	})
	return t, err
}

// RemoveTrigger affects new conversations only.
func (s *Store) RemoveTrigger(ctx context.Context, account uuid.UUID, actor models.Actor, id uuid.UUID) error {
	return s.InAccount(ctx, account, func(tx *Tx) error {
		result := tx.db.Exec("DELETE FROM triggers WHERE account_id = ? AND id = ?", tx.Account, id)
		if result.Error == nil && result.RowsAffected == 0 {
			return models.Errorf(models.CodeNotFound, "there is no such trigger")
		}
		if result.Error != nil {
			return result.Error
		}
		return tx.audit(actor, "trigger.remove", "trigger", &id, nil, nil)
	})
}

// Leads lists an account's leads, newest first, at most limit.
func (s *Store) Leads(ctx context.Context, account uuid.UUID, limit int) ([]models.Lead, error) {
	leads := []models.Lead{}
	err := s.InAccount(ctx, account, func(tx *Tx) error {
		return tx.db.Where("account_id = ?", tx.Account).Order("created_at DESC, id DESC").Limit(limit).Find(&leads).Error
	})
	return leads, err
}

// MoveLead puts a lead on a stage. Won and lost close it; the conversations it
// has go on (R13).
func (s *Store) MoveLead(ctx context.Context, account uuid.UUID, actor models.Actor, id, stage uuid.UUID) (models.Lead, error) {
	var lead models.Lead
	err := s.InAccount(ctx, account, func(tx *Tx) error {
		if err := tx.lockSettings("SHARE"); err != nil {
			return err
		}
		if err := tx.db.Raw("SELECT * FROM leads WHERE account_id = ? AND id = ? FOR NO KEY UPDATE", tx.Account, id).Take(&lead).Error; err != nil {
			return noSuch("lead", err)
		}
		var to models.Stage
		if err := tx.db.Where("account_id = ? AND id = ?", tx.Account, stage).Take(&to).Error; err != nil {
			return noSuch("stage", err)
		}
		before := lead.StageID
		err := tx.db.Raw(`UPDATE leads SET stage_id = ?, pipeline_id = ?, closed_at = CASE WHEN ? THEN NULL ELSE coalesce(closed_at, clock_timestamp()) END
			WHERE account_id = ? AND id = ? RETURNING *`, to.ID, to.PipelineID, to.Kind == models.StageOpen, tx.Account, id).Scan(&lead).Error
		if err != nil {
			return err
		}
		return tx.audit(actor, "lead.move", "lead", &id, before, to.ID)
	})
	return lead, err
}
