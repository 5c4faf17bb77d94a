package store

import (
	"github.com/google/uuid"

	"kedai/models"
)

// noteIntents keeps what a turn's messages want, and what its lead asked for
// last. Small talk doesn't take the place of something that was asked.
func (tx *Tx) noteIntents(turn uuid.UUID, d models.Draft) error {
	intent := lastIntent(d)
	if intent != "" {
		err := tx.db.Exec(`
			UPDATE leads SET intent = ? FROM turns t JOIN conversations v ON v.account_id = t.account_id AND v.id = t.conversation_id
			 WHERE t.account_id = ? AND t.id = ? AND leads.account_id = t.account_id AND leads.id = v.lead_id
			   AND leads.intent IS DISTINCT FROM ? AND (leads.intent IS NULL OR NOT ?)`,
			intent, tx.Account, turn, intent, intent.SmallTalk()).Error
		if err != nil {
			return err
		}
	}
	if len(d.Heard) == 0 {
		return nil
	}
	return tx.db.Exec(`
		UPDATE messages SET intents = h.intents
		  FROM turns t, jsonb_to_recordset(?::jsonb) AS h(seq bigint, intents jsonb)
		 WHERE t.account_id = ? AND t.id = ? AND messages.account_id = t.account_id AND messages.chat_id = t.chat_id AND messages.seq = h.seq
		   AND messages.seq BETWEEN t.first_seq AND t.covers_seq AND messages.author = 'customer'`,
		asJSON(d.Heard), tx.Account, turn).Error
}

// lastIntent is what the engine took the burst for, else what its last messages
// want.
func lastIntent(d models.Draft) models.Intent {
	if d.Intent != "" {
		return d.Intent
	}
	var last models.Intent
	for _, h := range d.Heard {
		for _, one := range h.Intents {
			if last == "" || !one.SmallTalk() {
				last = one
			}
		}
	}
	return last
}
