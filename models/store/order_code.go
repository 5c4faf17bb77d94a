package store

import (
	"crypto/subtle"
	"maps"
	"slices"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"kedai/models"
)

// codesStanding are the columns of a query over turns t and their chats c that
// say how one-time codes stand before a turn. An order that isn't there counts
// as one that is.
const codesStanding = `
	EXISTS (SELECT FROM mail_settings s WHERE s.account_id = c.account_id) AS available,
	EXISTS (SELECT FROM mails m WHERE m.account_id = c.account_id AND m.chat_id = c.id AND m.conversation_id = t.conversation_id AND m.turn_id <> t.id
	           AND m.state <> 'asked' AND m.created_at > clock_timestamp() - interval '1 hour') AS asked,
	coalesce((SELECT number FROM mails m WHERE m.account_id = c.account_id AND m.chat_id = c.id AND m.conversation_id = t.conversation_id AND m.turn_id <> t.id
	           AND m.state <> 'asked' ORDER BY m.created_at DESC LIMIT 1), '') AS number,
	EXISTS (SELECT FROM (SELECT id, attempt FROM turns WHERE chat_id = c.id AND conversation_id = t.conversation_id AND state = 'delivered' AND first_seq < t.first_seq
	                      ORDER BY first_seq DESC LIMIT 1) last
	          JOIN evidence e ON e.turn_id = last.id AND e.attempt = last.attempt AND e.kind = 'order_lookup'
	         WHERE e.content ->> 'offers_code' = 'true') AS offered`

// triedCodes is what became of the codes that a customer typed.
type triedCodes struct {
	right   []models.Order // The orders that they prove.
	wrong   bool           // One was wrong, or no longer held.
	limited bool           // There were too many wrong tries.
}

// tryCodes proves the orders whose codes were typed. A wrong one is counted as
// any wrong try, and each right one is used up.
func (tx *Tx) tryCodes(ask OrderAsk) (triedCodes, error) {
	var out triedCodes
	for _, typed := range ask.Codes[:min(len(ask.Codes), models.TriesPerChat)] {
		numbers, err := tx.askedNumbers(ask)
		if err != nil {
			return out, err
		}
		if len(numbers) == 0 {
			out.wrong = true // None was asked for, so there is nothing to guess.
			continue
		}
		tries, err := tx.openTries(ask, numbers, typed)
		if err != nil {
			return out, err
		}
		if len(tries) == 0 {
			out.limited = true
			return out, nil
		}
		order, err := tx.orderOfCode(ask, tries, typed)
		if err != nil {
			return out, err
		}
		if order != nil {
			out.right = append(out.right, *order)
			number := models.OrderNumber(order.Name)
			tries = map[string]uuid.UUID{number: tries[number]}
		} else {
			out.wrong = true
		}
		for number, id := range tries {
			if err := tx.noteTry(ask, id, number, idOf(order)); err != nil {
				return out, err
			}
		}
	}
	return out, nil
}

// askedNumbers are the orders that the conversation's codes of the last hour
// were asked for, else the one of the newest: what is typed is compared with
// the codes of these, and counts as a try of each.
func (tx *Tx) askedNumbers(ask OrderAsk) ([]string, error) {
	var numbers []string
	err := tx.db.Raw(`
		WITH mine AS (SELECT * FROM mails WHERE account_id = ? AND chat_id = ? AND conversation_id = ? AND state <> 'asked')
		SELECT DISTINCT number FROM mine
		 WHERE (used_at IS NULL AND created_at > clock_timestamp() - interval '1 hour') OR created_at = (SELECT max(created_at) FROM mine)
		 ORDER BY number`, tx.Account, ask.Chat, ask.Conversation).Scan(&numbers).Error
	return numbers, err
}

// openTries are the tries, by number, that a typed code is and that the limits
// leave.
func (tx *Tx) openTries(ask OrderAsk, numbers []string, typed string) (map[string]uuid.UUID, error) {
	open := map[string]uuid.UUID{}
	for _, number := range numbers {
		id := uuid.NewSHA1(ask.Turn, []byte("try/code/"+number+"/"+orEmpty(tx.mark(typed))))
		enough, err := tx.triedEnough(ask, id, number)
		if err != nil {
			return nil, err
		}
		if !enough {
			open[number] = id
		}
	}
	return open, nil
}

func idOf(order *models.Order) *uuid.UUID {
	if order == nil {
		return nil
	}
	return &order.ID
}

// orderOfCode returns the order, among those of the tries, that a code proves,
// which uses the code up; nil where it is none. A repeated try finds what it
// proved before.
func (tx *Tx) orderOfCode(ask OrderAsk, tries map[string]uuid.UUID, typed string) (*models.Order, error) {
	var proven []uuid.UUID
	ids, numbers := slices.Collect(maps.Values(tries)), slices.Collect(maps.Keys(tries))
	if err := tx.db.Raw("SELECT order_id FROM order_tries WHERE account_id = ? AND id IN ? AND order_id IS NOT NULL", tx.Account, ids).Scan(&proven).Error; err != nil {
		return nil, err
	}
	if len(proven) == 0 {
		var sent []struct {
			Attempt, Mail, Order uuid.UUID
			CodeHash             string
		}
		err := tx.db.Raw(`
			SELECT a.id AS attempt, m.id AS mail, m.order_id AS "order", a.code_hash
			  FROM mails m JOIN mail_attempts a ON a.account_id = m.account_id AND a.mail_id = m.id
			 WHERE m.account_id = ? AND m.chat_id = ? AND m.conversation_id = ? AND m.number IN ? AND m.used_at IS NULL AND m.order_id IS NOT NULL
			   AND a.state IN ('open', 'unknown', 'sent') AND a.expires_at > clock_timestamp()`,
			tx.Account, ask.Chat, ask.Conversation, numbers).Scan(&sent).Error
		if err != nil {
			return nil, err
		}
		for _, one := range sent {
			if subtle.ConstantTimeCompare([]byte(one.CodeHash), []byte(tx.codeHash(one.Attempt, typed))) != 1 {
				continue
			}
			used := tx.db.Exec("UPDATE mails SET used_at = clock_timestamp() WHERE account_id = ? AND id = ? AND used_at IS NULL", tx.Account, one.Mail)
			if used.Error != nil {
				return nil, used.Error
			}
			if used.RowsAffected == 1 {
				proven = append(proven, one.Order)
				break
			}
		}
	}
	if len(proven) == 0 {
		return nil, nil
	}
	orders, err := tx.orders(func(db *gorm.DB) *gorm.DB { return db.Where("id IN ?", proven) })
	if err != nil || len(orders) == 0 {
		return nil, err
	}
	return &orders[0], nil
}

// codeHash is a keyed hash of an attempt's code: six digits without a key are
// guessed at once.
func (tx *Tx) codeHash(attempt uuid.UUID, code string) string {
	return orEmpty(tx.mark("order-code/" + attempt.String() + "/" + code))
}

// settleCode settles what one-time codes have to do with a look-up that found
// nothing: what was asked for is sent, else it is offered. Nothing here looks
// at whether there is such an order, so neither answer nor time tells.
func (tx *Tx) settleCode(ask OrderAsk, tried triedCodes, out *OrderFind) error {
	unproven := out.Outcome == models.LookupUnproven || out.Outcome == models.LookupUnmatched || out.Outcome == models.LookupOthers
	switch {
	case out.Outcome == models.LookupFound || out.Outcome == models.LookupLimited || !ask.CanMail || ask.Turn == uuid.Nil:
		return nil
	case ask.SendCode && len(ask.Numbers) > 0:
		limited, err := tx.askForCode(ask, ask.Numbers[0])
		*out = OrderFind{Outcome: models.LookupCodeSent}
		if limited {
			out.Outcome = models.LookupCodeLimited
		}
		return err
	case tried.wrong:
		*out = OrderFind{Outcome: models.LookupCodeWrong}
	case unproven:
		out.OffersCode = true
	}
	return nil
}

// askForCode keeps that a code is to be sent, and reports whether there were
// too many. Those of one chat, of one number and of one network address wait
// for each other here.
func (tx *Tx) askForCode(ask OrderAsk, number string) (limited bool, err error) {
	if err := tx.waitForTries("codes", ask.Chat, number); err != nil {
		return false, err
	}
	id := mailID(ask.Turn, number)
	err = tx.db.Raw(`
		WITH asked AS (SELECT * FROM mails WHERE account_id = ? AND id <> ?)
		SELECT (SELECT count(*) FROM asked WHERE chat_id = ? AND created_at > clock_timestamp() - interval '1 hour') >= ?
		    OR (SELECT count(*) FROM asked WHERE number = ? AND created_at > clock_timestamp() - interval '1 day') >= ?
		    OR (SELECT count(*) FROM asked a JOIN chats c ON c.account_id = a.account_id AND c.id = ? AND c.address_hash = a.address_hash
		         WHERE a.created_at > clock_timestamp() - interval '1 hour') >= ?`,
		tx.Account, id, ask.Chat, models.CodesPerChat, number, models.CodesPerNumber, ask.Chat, models.CodesPerAddress).Row().Scan(&limited)
	if err != nil || limited {
		return limited, err
	}
	return false, tx.db.Exec(`
		INSERT INTO mails (account_id, id, chat_id, conversation_id, turn_id, number, address_hash)
		SELECT c.account_id, ?, c.id, ?, ?, ?, c.address_hash FROM chats c WHERE c.account_id = ? AND c.id = ?
		ON CONFLICT (account_id, id) DO NOTHING`,
		id, ask.Conversation, ask.Turn, number, tx.Account, ask.Chat).Error
}

func mailID(turn uuid.UUID, number string) uuid.UUID {
	return uuid.NewSHA1(turn, []byte("mail/"+number))
}

// releaseCodes has the codes sent that a delivered reply announces: those that
// the turn's evidence of this attempt has.
func (tx *Tx) releaseCodes(turn *models.Turn) error {
	return tx.db.Exec(`
		UPDATE mails SET state = 'queued', created_at = clock_timestamp() WHERE account_id = ? AND turn_id = ? AND state = 'asked'
		   AND EXISTS (SELECT FROM evidence e WHERE e.turn_id = mails.turn_id AND e.attempt = ? AND e.kind = 'order_lookup' AND e.content ->> 'outcome' = ?)`,
		tx.Account, turn.ID, turn.Attempt, models.LookupCodeSent).Error
}

// wait has the transactions that settle one thing follow each other.
func (tx *Tx) wait(name string) error {
	return tx.db.Exec("SELECT pg_advisory_xact_lock(hashtextextended(? || ?, 0))", tx.Account.String(), name).Error
}

// waitForTries has the transactions that count one kind of try follow each
// other, where they are of one chat, number or network address.
func (tx *Tx) waitForTries(kind string, chat uuid.UUID, number string) error {
	for _, name := range []string{kind + "/chat/" + chat.String(), kind + "/number/" + number} {
		if err := tx.wait(name); err != nil {
			return err
		}
	}
	return tx.db.Exec("SELECT pg_advisory_xact_lock(hashtextextended(? || ? || address_hash, 0)) FROM chats WHERE account_id = ? AND id = ? AND address_hash IS NOT NULL",
		tx.Account.String(), kind+"/address/", tx.Account, chat).Error
}

// numbersOf are the numbers of orders.
func numbersOf(orders []models.Order) []string {
	numbers := make([]string, len(orders))
	for i, o := range orders {
		numbers[i] = models.OrderNumber(o.Name)
	}
	return numbers
}
