package store

import (
	"context"
	"crypto/sha256"
	"errors"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"kedai/models"
)

// Bell is what a doorbell needs to know of a chat.
type Bell struct {
	Account uuid.UUID
	Chat    uuid.UUID
	Seq     int64 // wake_seq
	InSeq   int64 // last_in_seq
	Quick   bool  // The newest inbound is a question or a button.
}

// Receipt tells what intake stored.
type Receipt struct {
	Bell
	Message    uuid.UUID
	MessageSeq int64
	Duplicate  bool // The provider's ID was stored before; nothing changed.
}

// Intake stores one inbound message of a customer and rouses its chat, in one
// transaction. The chat's row lock makes commit order sequence order. Unknown
// customers get a contact, a lead and a chat. CodeInvalid for an author that
// isn't a customer.
func (s *Store) Intake(ctx context.Context, inbox models.Inbox, in models.Inbound) (Receipt, error) {
	if in.Author != models.AuthorCustomer || in.Identity == "" || in.ProviderID == "" {
		return Receipt{}, models.Errorf(models.CodeInvalid, "an inbound message needs a customer's identity and a message ID")
	}
	var receipt Receipt
	err := s.InAccount(ctx, inbox.AccountID, func(tx *Tx) error {
		var err error
		receipt, err = tx.intake(inbox, in)
		return err
	})
	if errors.Is(err, errDuplicate) {
		return s.receiptOf(ctx, inbox, in.ProviderID)
	}
	return receipt, err
}

// errDuplicate rolls back the bump of a chat whose message was there already.
// It is a domain error, so that it comes out of the transaction as it is.
var errDuplicate error = models.Errorf(models.CodeConflict, "the message is there already")

func (tx *Tx) intake(inbox models.Inbox, in models.Inbound) (Receipt, error) {
	bumped, err := tx.bump(inbox, in)
	if err != nil {
		return Receipt{}, err
	}
	// A statement after the bump sees what was committed before the chat was
	// locked: the open conversation can't close any more.
	var stored struct {
		ID   uuid.UUID
		Lead *uuid.UUID
	}
	found := tx.db.Raw(`
		INSERT INTO messages (id, account_id, chat_id, inbox_id, conversation_id, seq, author, provider_id, text, button)
		VALUES (?, ?, ?, ?, (SELECT id FROM conversations WHERE account_id = ? AND chat_id = ? AND closed_at IS NULL), ?, 'customer', ?, ?, ?)
		ON CONFLICT (inbox_id, provider_id) WHERE provider_id IS NOT NULL DO NOTHING
		RETURNING id, (SELECT id FROM leads WHERE account_id = ? AND contact_id = ? AND closed_at IS NULL) AS lead`,
		models.NewID(), tx.Account, bumped.ID, inbox.ID, tx.Account, bumped.ID, bumped.Seq, in.ProviderID, in.Text, in.Button,
		tx.Account, bumped.ContactID).Scan(&stored)
	if found.Error != nil {
		return Receipt{}, found.Error
	}
	if found.RowsAffected == 0 {
		return Receipt{}, errDuplicate
	}
	if stored.Lead == nil {
		if err := tx.insertLead(bumped.ContactID); err != nil {
			return Receipt{}, err
		}
	}
	tx.touch(bumped.ID, bumped.Seq)
	return Receipt{
		Bell:       Bell{Account: tx.Account, Chat: bumped.ID, Seq: bumped.Seq, InSeq: bumped.Seq, Quick: in.Quick()},
		Message:    stored.ID,
		MessageSeq: bumped.Seq,
	}, nil
}

type bumpedChat struct {
	ID        uuid.UUID
	Seq       int64
	ContactID uuid.UUID
}

// bump locks the customer's chat and gives the message its place in it. The
// deadline is for a run that ends without having looked; each look moves it.
func (tx *Tx) bump(inbox models.Inbox, in models.Inbound) (bumpedChat, error) {
	for range 3 {
		var chat bumpedChat
		result := tx.db.Raw(`
			UPDATE chats SET seq = seq + 1, last_in_seq = seq + 1, wake_seq = seq + 1, last_in_quick = ?, unread = true,
			       woken_at = clock_timestamp(), last_activity_at = clock_timestamp(), rings = 0,
			       wake_at = least(wake_at, clock_timestamp() + interval '10 seconds'),
			       verified_email = coalesce(?, verified_email), verified_phone = coalesce(?, verified_phone), address_hash = coalesce(?, address_hash)
			 WHERE account_id = ? AND inbox_id = ? AND identity = ?
			RETURNING id, seq, contact_id`,
			in.Quick(), optional(in.Email), optional(in.Phone), tx.mark(in.Address), tx.Account, inbox.ID, in.Identity).Scan(&chat)
		if result.Error != nil {
			return chat, result.Error
		}
		if result.RowsAffected == 1 {
			return chat, nil
		}
		if err := tx.insertChat(inbox, in); err != nil {
			return chat, err
		}
	}
	return bumpedChat{}, models.Errorf(models.CodeInternal, "a chat can't be made")
}

// insertChat makes the chat with its contact. Where another transaction made
// the chat meanwhile, the contact is taken back.
func (tx *Tx) insertChat(inbox models.Inbox, in models.Inbound) error {
	contact := models.Contact{ID: models.NewID(), AccountID: tx.Account, Name: in.Name, Email: optional(in.Email), Phone: optional(in.Phone)}
	if err := tx.db.Select("id", "account_id", "name", "email", "phone").Create(&contact).Error; err != nil {
		return err
	}
	result := tx.db.Exec(`
		INSERT INTO chats (id, account_id, inbox_id, identity, contact_id, verified_email, verified_phone, address_hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (account_id, inbox_id, identity) DO NOTHING`,
		models.NewID(), tx.Account, inbox.ID, in.Identity, contact.ID, optional(in.Email), optional(in.Phone), tx.mark(in.Address))
	if result.Error != nil {
		return result.Error
	}
	if result.RowsAffected == 0 {
		return tx.db.Delete(&models.Contact{}, "account_id = ? AND id = ?", tx.Account, contact.ID).Error
	}
	return nil
}

func (s *Store) receiptOf(ctx context.Context, inbox models.Inbox, providerID string) (Receipt, error) {
	receipt := Receipt{Duplicate: true}
	err := s.InAccount(ctx, inbox.AccountID, func(tx *Tx) error {
		var row struct {
			ID, ChatID              uuid.UUID
			Seq, WakeSeq, LastInSeq int64
			LastInQuick             bool
		}
		err := tx.db.Raw(`
			SELECT m.id, m.chat_id, m.seq, c.wake_seq, c.last_in_seq, c.last_in_quick
			  FROM messages m JOIN chats c ON c.account_id = m.account_id AND c.id = m.chat_id
			 WHERE m.account_id = ? AND m.inbox_id = ? AND m.provider_id = ?`, tx.Account, inbox.ID, providerID).Take(&row).Error
		receipt.Message, receipt.MessageSeq = row.ID, row.Seq
		receipt.Bell = Bell{Account: tx.Account, Chat: row.ChatID, Seq: row.WakeSeq, InSeq: row.LastInSeq, Quick: row.LastInQuick}
		return err
	})
	return receipt, err
}

// IntakeOutside stores what somebody else wrote into the chat on the platform
// itself: a person (a takeover) or another bot (which ends the agent there).
func (s *Store) IntakeOutside(ctx context.Context, inbox models.Inbox, in models.Inbound) (Receipt, error) {
	var receipt Receipt
	err := s.InAccount(ctx, inbox.AccountID, func(tx *Tx) error {
		chat, err := tx.chatOf(inbox, in)
		if err != nil {
			return err
		}
		scene, err := tx.lockScene(chat)
		if err != nil {
			return err
		}
		var known int64
		if err := tx.db.Model(&models.Message{}).Where("account_id = ? AND inbox_id = ? AND provider_id = ?", tx.Account, inbox.ID, in.ProviderID).Count(&known).Error; err != nil {
			return err
		}
		receipt = Receipt{Duplicate: known > 0}
		if !receipt.Duplicate {
			switch in.Author {
			case models.AuthorPerson:
				scene.PersonWrote(in.ProviderID, in.Text)
			case models.AuthorOtherBot:
				scene.OtherBotWrote(in.ProviderID, in.Text)
			default:
				return models.Errorf(models.CodeInvalid, "author %q isn't one who writes from outside", in.Author)
			}
			if err := tx.saveScene(scene); err != nil {
				return err
			}
		}
		receipt.Bell = bellOf(scene.Chat)
		return nil
	})
	return receipt, err
}

func (tx *Tx) chatOf(inbox models.Inbox, in models.Inbound) (uuid.UUID, error) {
	for range 2 {
		var chat models.Chat
		err := tx.db.Select("id").Where("account_id = ? AND inbox_id = ? AND identity = ?", tx.Account, inbox.ID, in.Identity).Take(&chat).Error
		if err == nil {
			return chat.ID, nil
		}
		if !errors.Is(err, gorm.ErrRecordNotFound) {
			return uuid.Nil, err
		}
		if err := tx.insertChat(inbox, in); err != nil {
			return uuid.Nil, err
		}
	}
	return uuid.Nil, models.Errorf(models.CodeInternal, "a chat can't be made")
}

// KeepUnparsed stores a body that no adapter could read, once.
func (s *Store) KeepUnparsed(ctx context.Context, inbox models.Inbox, body []byte, failure string) error {
	hash := sha256.Sum256(body)
	return s.InAccount(ctx, inbox.AccountID, func(tx *Tx) error {
		return tx.db.Exec(`
			INSERT INTO unparsed_inbounds (id, account_id, inbox_id, body_hash, body, failure) VALUES (?, ?, ?, ?, ?, ?)
			ON CONFLICT (inbox_id, body_hash) DO NOTHING`,
			models.NewID(), tx.Account, inbox.ID, hash[:], body, failure).Error
	})
}

func bellOf(c models.Chat) Bell {
	return Bell{Account: c.AccountID, Chat: c.ID, Seq: c.WakeSeq, InSeq: c.LastInSeq, Quick: c.LastInQuick}
}

func optional(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
