package store

import (
	"context"
	"slices"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"kedai/models"
)

// OrderAsk is what a customer's orders are looked up by.
type OrderAsk struct {
	Chat, Conversation, Turn uuid.UUID // Zero in the Playground, where tries aren't counted.

	Email, Phone string   // That the channel proves; either may be empty.
	Numbers      []string // Of orders, as OrderNumber has them; those that are asked about.
	Foreign      bool     // The customer typed an address or a phone that isn't what the channel proves.
	Claims       []models.OrderClaim

	CanMail  bool     // One-time codes can be sent.
	SendCode bool     // The customer asks for one.
	Codes    []string // That the customer typed.
}

// OrderFind is what a look-up found.
type OrderFind struct {
	Orders  []models.Order // The customer's, the newest first. Of those asked about, where some were.
	Outcome models.LookupOutcome

	OffersCode bool // A one-time code may be asked for.
}

// FindOrders looks up the orders that are proven to be a customer's: those of
// what the channel proves, those that were proven before in the conversation,
// and those that a claim is right about. Wrong claims are counted, and not
// looked at beyond the limits. It may be repeated: a claim is one try of its
// turn.
func (s *Store) FindOrders(ctx context.Context, account uuid.UUID, ask OrderAsk) (OrderFind, error) {
	var out OrderFind
	err := s.InAccount(ctx, account, func(tx *Tx) error {
		mine, err := tx.provenOrders(ask)
		if err != nil {
			return err
		}
		limited, err := tx.tryClaims(ask, &mine)
		if err != nil {
			return err
		}
		tried, err := tx.tryCodes(ask)
		if err != nil {
			return err
		}
		if len(tried.right) > 0 {
			mine, ask.Numbers = tried.right, numbersOf(tried.right)
		}
		out = choose(ask, mine, limited || tried.limited)
		return tx.settleCode(ask, tried, &out)
	})
	return out, err
}

// provenOrders are those that need no claim, the ones that are asked about before
// the newest.
func (tx *Tx) provenOrders(ask OrderAsk) ([]models.Order, error) {
	return tx.orders(func(db *gorm.DB) *gorm.DB {
		return db.Where(`(email = ? OR phone = ? OR id IN (
			SELECT order_id FROM order_tries WHERE account_id = ? AND chat_id = ? AND conversation_id = ? AND order_id IS NOT NULL))`,
			unlessEmpty(models.NormalEmail(ask.Email)), unlessEmpty(models.NormalPhone(ask.Phone)), tx.Account, ask.Chat, ask.Conversation).
			Order(clause.OrderBy{Expression: clause.Expr{SQL: "number IN (?) DESC, " + newestFirst, Vars: []any{append([]string{""}, ask.Numbers...)}}}).Limit(maxFound)
	})
}

// tryClaims adds the orders that claims are right about.
func (tx *Tx) tryClaims(ask OrderAsk, mine *[]models.Order) (limited bool, err error) {
	for _, claim := range ask.Claims[:min(len(ask.Claims), models.TriesPerChat)] {
		if slices.ContainsFunc(*mine, claim.Holds) {
			continue
		}
		id := tryID(ask, claim)
		if limited, err = tx.triedEnough(ask, id, claim.Number); err != nil || limited {
			return limited, err
		}
		found, err := tx.orders(func(db *gorm.DB) *gorm.DB {
			return db.Where("number = ?", claim.Number).Order(newestFirst).Limit(maxFound)
		})
		if err != nil {
			return false, err
		}
		var order *uuid.UUID
		for i := range found {
			if claim.Holds(found[i]) {
				order = &found[i].ID
				*mine = append(*mine, found[i])
			}
		}
		if err := tx.noteTry(ask, id, claim.Number, order); err != nil {
			return false, err
		}
	}
	return false, nil
}

// triedEnough reports whether a try comes after too many wrong ones. Those of
// one chat, of one number and of one network address wait for each other here,
// so that no two of them pass the limit at once.
func (tx *Tx) triedEnough(ask OrderAsk, id uuid.UUID, number string) (bool, error) {
	if ask.Turn == uuid.Nil {
		return false, nil
	}
	if err := tx.waitForTries("tries", ask.Chat, number); err != nil {
		return false, err
	}
	var enough bool
	err := tx.db.Raw(`
		WITH wrong AS (SELECT * FROM order_tries WHERE account_id = ? AND order_id IS NULL AND id <> ?)
		SELECT (SELECT count(*) FROM wrong WHERE chat_id = ? AND created_at > clock_timestamp() - interval '1 hour') >= ?
		    OR (SELECT count(*) FROM wrong WHERE number = ? AND created_at > clock_timestamp() - interval '1 day') >= ?
		    OR (SELECT count(*) FROM wrong w JOIN chats c ON c.account_id = w.account_id AND c.id = ? AND c.address_hash = w.address_hash
		         WHERE w.created_at > clock_timestamp() - interval '1 hour') >= ?`,
		tx.Account, id, ask.Chat, models.TriesPerChat, number, models.TriesPerNumber, ask.Chat, models.TriesPerAddress).Row().Scan(&enough)
	return enough, err
}

func tryID(ask OrderAsk, claim models.OrderClaim) uuid.UUID {
	return uuid.NewSHA1(ask.Turn, []byte("try/"+claim.Number+"/"+claim.Email+"/"+claim.Phone))
}

func (tx *Tx) noteTry(ask OrderAsk, id uuid.UUID, number string, order *uuid.UUID) error {
	if ask.Turn == uuid.Nil {
		return nil
	}
	return tx.db.Exec(`
		INSERT INTO order_tries (account_id, id, chat_id, conversation_id, number, address_hash, order_id)
		SELECT c.account_id, ?, c.id, ?, ?, c.address_hash, ? FROM chats c WHERE c.account_id = ? AND c.id = ?
		ON CONFLICT (account_id, id) DO NOTHING`,
		id, ask.Conversation, number, order, tx.Account, ask.Chat).Error
}

// choose settles the outcome. An order that isn't there and one that is
// somebody else's come to the same.
func choose(ask OrderAsk, mine []models.Order, limited bool) OrderFind {
	asked := mine
	if len(ask.Numbers) > 0 {
		asked = slices.DeleteFunc(slices.Clone(mine), func(o models.Order) bool { return !slices.Contains(ask.Numbers, models.OrderNumber(o.Name)) })
	}
	proven := ask.Email != "" || ask.Phone != ""
	switch {
	case len(asked) > 0 && (len(ask.Numbers) > 0 || !ask.Foreign):
		return OrderFind{Orders: asked, Outcome: models.LookupFound}
	case limited:
		return OrderFind{Outcome: models.LookupLimited}
	case len(ask.Claims) > 0:
		return OrderFind{Outcome: models.LookupUnmatched}
	case len(ask.Numbers) > 0 && proven:
		return OrderFind{Outcome: models.LookupOthers}
	case len(ask.Numbers) > 0:
		return OrderFind{Outcome: models.LookupUnproven}
	case ask.Foreign:
		return OrderFind{Outcome: models.LookupNoNumber}
	case proven:
		return OrderFind{Outcome: models.LookupNoOrders}
	}
	return OrderFind{Outcome: models.LookupNothing}
}
