package store

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"kedai/models"
)

// Transcript is what an engine needs of a turn's conversation.
type Transcript struct {
	Account  models.Account
	Channel  models.Channel
	Messages []models.Message // Of customer, agent and person, oldest first.
	Synonyms models.Synonyms  // The account's own, for its searches.
	Indexed  string           // What its index was last wholly written with.

	Hours *models.BusinessHours // Nil where none are set.

	Email, Phone string    // Of the customer, as the channel proves them; either may be empty.
	Now          time.Time // What the turn takes for now: its beginning, or the account's own clock.
	Codes        models.CodesStanding
	Currency     string // Of the account when the turn began.

	Summary    string // Of the conversation up to SummarySeq; may be empty.
	SummarySeq int64
	OwnModel   bool // The account has a model of its own.
}

// searchedAccount is an account with what searches need of it.
type searchedAccount struct {
	models.Account
	IndexVersion  string                `json:"index_version"`
	Terms         json.RawMessage       `json:"terms"`
	OwnModel      bool                  `json:"own_model"`
	BusinessHours *models.BusinessHours `json:"business_hours" gorm:"serializer:json"`
}

// now is the account's clock where it has one of its own, in its time zone.
func (a searchedAccount) now(otherwise time.Time) time.Time {
	if a.AnswersAt != nil {
		otherwise = *a.AnswersAt
	}
	return a.local(otherwise)
}

func (a searchedAccount) local(at time.Time) time.Time {
	if zone, err := time.LoadLocation(a.TimeZone); err == nil {
		at = at.In(zone)
	}
	return at
}

func orEmpty(text *string) string {
	if text == nil {
		return ""
	}
	return *text
}

// searchedColumns are those of a searchedAccount in a query over
// searchedTables.
const (
	searchedColumns = `a.*, s.terms, g.business_hours, EXISTS (SELECT FROM account_models m WHERE m.account_id = a.id) AS own_model`
	searchedTables  = `accounts a LEFT JOIN synonyms s ON s.account_id = a.id LEFT JOIN agent_settings g ON g.account_id = a.id`
)

func (tx *Tx) searched() (searchedAccount, error) {
	var account searchedAccount
	err := tx.db.Raw("SELECT "+searchedColumns+" FROM "+searchedTables+" WHERE a.id = ?", tx.Account).Take(&account).Error
	return account, err
}

// transcriptLines is how far back an engine sees.
const transcriptLines = 30

// ConversationSummary is a row of the chat list.
type ConversationSummary struct {
	models.Conversation
	InboxID     uuid.UUID      `json:"inbox_id"`
	ContactName string         `json:"contact_name"`
	Unread      bool           `json:"unread"`
	LastText    string         `json:"last_text"`
	LastAuthor  *models.Author `json:"last_author"`
	Seq         int64          `json:"seq"`
}

// ConversationFilter narrows Conversations.
type ConversationFilter struct {
	OpenOnly bool
	Owner    models.Owner // Empty: any.
	Limit    int
}

// Conversations lists conversations, those of the chat with the newest activity
// first, and of one chat the newest first.
func (s *Store) Conversations(ctx context.Context, account uuid.UUID, f ConversationFilter) ([]ConversationSummary, error) {
	rows := []ConversationSummary{}
	err := s.InAccount(ctx, account, func(tx *Tx) error {
		rows = rows[:0]
		q := tx.db.Table("conversations v").
			Select("v.*, c.inbox_id, k.name AS contact_name, c.unread, c.seq, coalesce(m.text, '') AS last_text, m.author AS last_author").
			Joins("JOIN chats c ON c.account_id = v.account_id AND c.id = v.chat_id").
			Joins("JOIN contacts k ON k.account_id = c.account_id AND k.id = c.contact_id").
			Joins("LEFT JOIN LATERAL (SELECT text, author FROM messages WHERE chat_id = v.chat_id AND (conversation_id = v.id OR (conversation_id IS NULL AND NOT EXISTS (SELECT FROM conversations n WHERE n.account_id = v.account_id AND n.chat_id = v.chat_id AND n.opened_seq > v.opened_seq))) AND author NOT IN ('log', 'note') ORDER BY seq DESC LIMIT 1) m ON true").
			Where("v.account_id = ?", tx.Account).Order("c.last_activity_at DESC, v.chat_id, v.opened_seq DESC").Limit(f.Limit)
		if f.OpenOnly {
			q = q.Where("v.closed_at IS NULL")
		}
		if f.Owner != "" {
			q = q.Where("v.owner = ?", f.Owner)
		}
		return q.Scan(&rows).Error
	})
	return rows, err
}

// HeldChat is a chat in which no conversation is open although a customer has
// written.
type HeldChat struct {
	ID          uuid.UUID  `json:"id"`
	InboxID     uuid.UUID  `json:"inbox_id"`
	ContactName string     `json:"contact_name"`
	LastText    string     `json:"last_text"`
	HeldSince   time.Time  `json:"held_since"`
	Until       *time.Time `json:"until"` // When the cooldown is over; nil where none keeps it.
}

// HeldChats lists the chats whose messages wait for their next conversation,
// the longest waiting first: in the cooldown, or while nothing opens one.
func (s *Store) HeldChats(ctx context.Context, account uuid.UUID, limit int) ([]HeldChat, error) {
	rows := []HeldChat{}
	err := s.InAccount(ctx, account, func(tx *Tx) error {
		rows = rows[:0]
		return tx.db.Raw(`
			SELECT c.id, c.inbox_id, k.name AS contact_name, held.since AS held_since, c.cooldown_until AS until,
			       (SELECT text FROM messages m WHERE m.chat_id = c.id AND m.conversation_id IS NULL AND m.author = 'customer' ORDER BY seq DESC LIMIT 1) AS last_text
			  FROM (SELECT chat_id, min(created_at) AS since FROM messages
			         WHERE account_id = ? AND conversation_id IS NULL AND author = 'customer' GROUP BY chat_id) held
			  JOIN chats c ON c.account_id = ? AND c.id = held.chat_id
			  JOIN contacts k ON k.account_id = c.account_id AND k.id = c.contact_id
			 WHERE NOT EXISTS (SELECT FROM conversations v WHERE v.account_id = c.account_id AND v.chat_id = c.id AND v.closed_at IS NULL)
			 ORDER BY held.since, c.id LIMIT ?`, tx.Account, tx.Account, limit).Scan(&rows).Error
	})
	return rows, err
}

// Conversation is one conversation, whole.
type Conversation struct {
	models.Conversation
	Chat      models.Chat
	Lead      models.Lead
	Messages  []models.Message // At most the newest 500, oldest first.
	Turns     []models.Turn
	Outbounds []models.Outbound
	Evidence  []models.Evidence
}

// Conversation returns a conversation with its messages, turns and evidence.
// CodeNotFound if there is none in the account.
func (s *Store) Conversation(ctx context.Context, account, id uuid.UUID) (Conversation, error) {
	var out Conversation
	err := s.InAccount(ctx, account, func(tx *Tx) error {
		out = Conversation{}
		c, err := tx.conversation(id)
		if err != nil {
			return err
		}
		out.Conversation = c
		if err := tx.db.Where("account_id = ? AND id = ?", tx.Account, c.ChatID).Take(&out.Chat).Error; err != nil {
			return err
		}
		if err := tx.db.Where("account_id = ? AND id = ?", tx.Account, c.LeadID).Take(&out.Lead).Error; err != nil {
			return err
		}
		// What is held until the next conversation is shown with the newest one.
		err = tx.db.Raw(`
			SELECT * FROM (
				SELECT * FROM messages m WHERE account_id = ? AND chat_id = ?
				   AND (conversation_id = ? OR (conversation_id IS NULL AND NOT EXISTS (
				       SELECT FROM conversations n WHERE n.account_id = m.account_id AND n.chat_id = m.chat_id AND n.opened_seq > ?)))
				 ORDER BY seq DESC LIMIT 500) newest
			 ORDER BY seq`, tx.Account, c.ChatID, id, c.OpenedSeq).Scan(&out.Messages).Error
		if err != nil {
			return err
		}
		if err := tx.db.Where("account_id = ? AND chat_id = ? AND conversation_id = ?", tx.Account, c.ChatID, id).Order("first_seq").Find(&out.Turns).Error; err != nil {
			return err
		}
		if err := tx.db.Where("account_id = ? AND chat_id = ? AND conversation_id = ?", tx.Account, c.ChatID, id).Order("seq").Find(&out.Outbounds).Error; err != nil {
			return err
		}
		out.Evidence, err = tx.evidence("(turn_id, attempt) IN (SELECT id, coalesce(draft_attempt, attempt) FROM turns WHERE account_id = ? AND chat_id = ? AND conversation_id = ?)", tx.Account, c.ChatID, id)
		return err
	})
	return out, err
}

// ChatByIdentity returns the chat of a customer on an inbox. CodeNotFound
// before the first message.
func (s *Store) ChatByIdentity(ctx context.Context, inbox models.Inbox, identity string) (models.Chat, error) {
	var c models.Chat
	err := s.InAccount(ctx, inbox.AccountID, func(tx *Tx) error {
		return noSuch("chat", tx.db.Where("account_id = ? AND inbox_id = ? AND identity = ?", tx.Account, inbox.ID, identity).Take(&c).Error)
	})
	return c, err
}

// VisitorView is what a customer may see of a chat.
type VisitorView struct {
	Chat     models.Chat
	Owner    models.Owner
	Typing   bool             // Agent or person.
	Messages []models.Message // Without log lines, oldest first.
}

// VisitorView returns what a customer may see after seq, at most limit
// messages.
func (s *Store) VisitorView(ctx context.Context, account, chat uuid.UUID, after int64, limit int) (VisitorView, error) {
	var out VisitorView
	err := s.InAccount(ctx, account, func(tx *Tx) error {
		out = VisitorView{Owner: models.OwnerNobody}
		if err := tx.db.Where("account_id = ? AND id = ?", tx.Account, chat).Take(&out.Chat).Error; err != nil {
			return noSuch("chat", err)
		}
		var state struct {
			Owner  *models.Owner
			Typing bool
		}
		err := tx.db.Raw(`
			SELECT v.owner, coalesce(c.agent_typing, false) OR coalesce(c.typing_until > clock_timestamp(), false) AS typing
			  FROM chats c LEFT JOIN conversations v ON v.chat_id = c.id AND v.closed_at IS NULL WHERE c.account_id = ? AND c.id = ?`,
			tx.Account, chat).Take(&state).Error
		if err != nil {
			return err
		}
		out.Typing = state.Typing
		if state.Owner != nil {
			out.Owner = *state.Owner
		}
		err = tx.db.Where("account_id = ? AND chat_id = ? AND seq > ? AND author IN ('customer', 'agent', 'person')", tx.Account, chat, after).
			Order("seq").Limit(limit).Find(&out.Messages).Error
		if n := len(out.Messages); n > 0 {
			// One that was committed between the two reads counts as read too.
			out.Chat.Seq = max(out.Chat.Seq, out.Messages[n-1].Seq)
		}
		return err
	})
	return out, err
}

// CustomerRead notes how far the customer has read.
func (s *Store) CustomerRead(ctx context.Context, account, chat uuid.UUID, seq int64) error {
	return s.InAccount(ctx, account, func(tx *Tx) error {
		tx.touch(chat, 0)
		return tx.db.Exec("UPDATE chats SET customer_read_seq = greatest(customer_read_seq, least(?, seq)) WHERE account_id = ? AND id = ?", seq, tx.Account, chat).Error
	})
}
