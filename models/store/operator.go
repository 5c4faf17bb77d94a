package store

import (
	"context"
	"errors"
	"slices"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"kedai/models"
)

// act runs one operator action on the chat of a conversation: locks, rule,
// audit entry and save in one transaction.
func (s *Store) act(ctx context.Context, account, conversation uuid.UUID, actor models.Actor, action string, rule func(*Tx, *models.Scene, models.Conversation) error) (Bell, error) {
	return s.actLocking(ctx, account, conversation, actor, action, rule, func(*Tx, models.Conversation) error { return nil })
}

// actLocking is act with further locks that come before the chat's.
func (s *Store) actLocking(
	ctx context.Context, account, conversation uuid.UUID, actor models.Actor, action string,
	rule func(*Tx, *models.Scene, models.Conversation) error, lock func(*Tx, models.Conversation) error,
) (Bell, error) {
	var bell Bell
	err := s.InAccount(ctx, account, func(tx *Tx) error {
		c, err := tx.conversation(conversation)
		if err != nil {
			return err
		}
		if err := lock(tx, c); err != nil {
			return err
		}
		scene, err := tx.lockScene(c.ChatID)
		if err != nil {
			return err
		}
		// Read again: it may have been closed or reopened before the locks.
		if c, err = tx.conversation(conversation); err != nil {
			return err
		}
		if err := rule(tx, scene, c); err != nil {
			return err
		}
		if err := tx.audit(actor, action, "conversation", &conversation, nil, nil); err != nil {
			return err
		}
		bell = bellOf(scene.Chat)
		return tx.saveScene(scene)
	})
	return bell, err
}

func (tx *Tx) conversation(id uuid.UUID) (models.Conversation, error) {
	var c models.Conversation
	err := tx.db.Where("account_id = ? AND id = ?", tx.Account, id).Take(&c).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return c, models.Errorf(models.CodeNotFound, "there is no such conversation")
	}
	return c, err
}

// whenOpen keeps a rule off a conversation that isn't the open one.
func whenOpen(scene *models.Scene, c models.Conversation) error {
	if scene.Conversation == nil || scene.Conversation.ID != c.ID {
		return models.Errorf(models.CodeConflict, "the conversation is closed; reopen it first")
	}
	return nil
}

// Reply says something as a person, in the open conversation or, where c is
// closed and none is open, in the next one, which it opens.
func (s *Store) Reply(ctx context.Context, account, conversation uuid.UUID, actor models.Actor, text string) (Bell, models.Outbound, error) {
	var out models.Outbound
	bell, err := s.act(ctx, account, conversation, actor, "conversation.reply", func(_ *Tx, scene *models.Scene, c models.Conversation) error {
		if scene.Conversation != nil && scene.Conversation.ID != c.ID {
			return models.Errorf(models.CodeConflict, "another conversation of this chat is open; answer there")
		}
		out = scene.Reply(actor.UserID, text)
		return nil
	})
	return bell, out, err
}

// ReplyInChat says something as a person in a chat that may have no
// conversation yet; then it opens one.
func (s *Store) ReplyInChat(ctx context.Context, account, chat uuid.UUID, actor models.Actor, text string) (Bell, models.Outbound, error) {
	var bell Bell
	var out models.Outbound
	err := s.InAccount(ctx, account, func(tx *Tx) error {
		scene, err := tx.lockScene(chat)
		if err != nil {
			return err
		}
		out = scene.Reply(actor.UserID, text)
		if err := tx.audit(actor, "chat.reply", "chat", &chat, nil, nil); err != nil {
			return err
		}
		bell = bellOf(scene.Chat)
		return tx.saveScene(scene)
	})
	return bell, out, err
}

// CloseConversation ends a conversation and starts the cooldown.
func (s *Store) CloseConversation(ctx context.Context, account, conversation uuid.UUID, actor models.Actor) (Bell, error) {
	return s.act(ctx, account, conversation, actor, "conversation.close", func(_ *Tx, scene *models.Scene, c models.Conversation) error {
		if err := whenOpen(scene, c); err != nil {
			return models.Errorf(models.CodeConflict, "the conversation is closed already")
		}
		scene.Close(actor.Name, "person")
		return nil
	})
}

// Reopen gives a closed conversation to the person who reopens it.
func (s *Store) Reopen(ctx context.Context, account, conversation uuid.UUID, actor models.Actor) (Bell, error) {
	return s.actLocking(ctx, account, conversation, actor, "conversation.reopen", func(tx *Tx, scene *models.Scene, c models.Conversation) error {
		var stopped bool
		if err := tx.db.Raw("SELECT agent_stopped_at IS NOT NULL FROM leads WHERE account_id = ? AND id = ?", tx.Account, c.LeadID).Row().Scan(&stopped); err != nil {
			return err
		}
		return scene.Reopen(c, actor.UserID, stopped)
	}, func(tx *Tx, c models.Conversation) error {
		// Its own lead may be an older one than the chat's next.
		if err := tx.lockSettings("SHARE"); err != nil {
			return err
		}
		return tx.db.Exec("SELECT FROM leads WHERE account_id = ? AND id = ? FOR NO KEY UPDATE", tx.Account, c.LeadID).Error
	})
}

// HandBack gives an open conversation to the agent.
func (s *Store) HandBack(ctx context.Context, account, conversation uuid.UUID, actor models.Actor) (Bell, error) {
	return s.act(ctx, account, conversation, actor, "conversation.hand_back", func(_ *Tx, scene *models.Scene, c models.Conversation) error {
		if err := whenOpen(scene, c); err != nil {
			return err
		}
		return scene.HandBack()
	})
}

// Assign makes a user responsible for an open conversation.
func (s *Store) Assign(ctx context.Context, account, conversation uuid.UUID, actor models.Actor, user uuid.UUID) (Bell, error) {
	return s.act(ctx, account, conversation, actor, "conversation.assign", func(tx *Tx, scene *models.Scene, c models.Conversation) error {
		if err := whenOpen(scene, c); err != nil {
			return err
		}
		var n int64
		if err := tx.db.Model(&models.User{}).Where("account_id = ? AND id = ?", tx.Account, user).Count(&n).Error; err != nil {
			return err
		}
		if n == 0 {
			return models.Errorf(models.CodeNotFound, "there is no such user")
		}
		return scene.Assign(user)
	})
}

// Typing renews the lease that keeps the agent silent while a person writes.
func (s *Store) Typing(ctx context.Context, account, conversation uuid.UUID, actor models.Actor) error {
	return s.InAccount(ctx, account, func(tx *Tx) error {
		c, err := tx.conversation(conversation)
		if err != nil {
			return err
		}
		if c.ClosedAt != nil {
			return models.Errorf(models.CodeConflict, "the conversation is closed; reopen it first")
		}
		tx.touch(c.ChatID, 0)
		return expectOne(tx.db.Exec(`
			UPDATE chats SET typing_by = ?, typing_until = clock_timestamp() + make_interval(secs => s.typing_lease_ms / 1000.0)
			  FROM agent_settings s WHERE s.account_id = chats.account_id AND chats.account_id = ? AND chats.id = ?`,
			actor.UserID, tx.Account, c.ChatID))
	})
}

// Stop is the red button: the lead keeps the stop, and the agent falls silent
// in every conversation of that lead. Stopping twice changes nothing.
func (s *Store) Stop(ctx context.Context, account, conversation uuid.UUID, actor models.Actor) ([]Bell, error) {
	var bells []Bell
	err := s.InAccount(ctx, account, func(tx *Tx) error {
		bells = nil
		c, err := tx.conversation(conversation)
		if err != nil {
			return err
		}
		if err := tx.lockSettings("SHARE"); err != nil {
			return err
		}
		var lead models.Lead
		if err := tx.db.Raw("SELECT * FROM leads WHERE account_id = ? AND id = ? FOR NO KEY UPDATE", tx.Account, c.LeadID).Take(&lead).Error; err != nil {
			return err
		}
		err = tx.db.Exec("UPDATE leads SET agent_stopped_at = clock_timestamp(), agent_stopped_by = ? WHERE account_id = ? AND id = ? AND agent_stopped_at IS NULL", actor.UserID, tx.Account, lead.ID).Error
		if err != nil {
			return err
		}
		if err := tx.audit(actor, "agent.stop", "lead", &lead.ID, nil, nil); err != nil {
			return err
		}
		// A conversation of this lead can neither open nor close without the
		// lead's lock, so the list is complete.
		var chats []uuid.UUID
		if err := tx.db.Raw("SELECT chat_id FROM conversations WHERE account_id = ? AND lead_id = ? AND closed_at IS NULL ORDER BY chat_id", tx.Account, lead.ID).Scan(&chats).Error; err != nil {
			return err
		}
		bells, err = tx.each(chats, (*models.Scene).Stop)
		return err
	})
	return bells, err
}

// ServeAgain lifts a lead's stop; it counts from the next conversation.
func (s *Store) ServeAgain(ctx context.Context, account, lead uuid.UUID, actor models.Actor) error {
	if actor.Role != models.RoleAdmin {
		return models.Errorf(models.CodeForbidden, "only an admin may let the agent serve a stopped lead again")
	}
	return s.InAccount(ctx, account, func(tx *Tx) error {
		if err := tx.lockSettings("SHARE"); err != nil {
			return err
		}
		var row models.Lead
		err := tx.db.Raw("SELECT * FROM leads WHERE account_id = ? AND id = ? FOR NO KEY UPDATE", tx.Account, lead).Take(&row).Error
		if err != nil {
			return noSuch("lead", err)
		}
		if row.AgentStoppedAt == nil {
			return models.Errorf(models.CodeConflict, "the agent isn't stopped for this lead")
		}
		if err := tx.db.Exec("UPDATE leads SET agent_stopped_at = NULL, agent_stopped_by = NULL WHERE account_id = ? AND id = ?", tx.Account, lead).Error; err != nil {
			return err
		}
		return tx.audit(actor, "agent.serve_again", "lead", &lead, nil, nil)
	})
}

// SetEnabled turns the toggle. Off counts from its commit, which is one row:
// no reply is committed or sent after it. The agent then leaves the
// conversations that it served, some at a time; a run that meets one that was
// left out, because this process ended, makes up for it.
func (s *Store) SetEnabled(ctx context.Context, account uuid.UUID, actor models.Actor, on bool) ([]Bell, error) {
	err := s.InAccount(ctx, account, func(tx *Tx) error {
		if err := tx.lockSettings("NO KEY UPDATE"); err != nil {
			return err
		}
		var was bool
		if err := tx.db.Raw("SELECT enabled FROM agent_settings WHERE account_id = ?", tx.Account).Row().Scan(&was); err != nil {
			return err
		}
		if err := expectOne(tx.db.Exec("UPDATE agent_settings SET enabled = ?, updated_at = now() WHERE account_id = ?", on, tx.Account)); err != nil {
			return err
		}
		return tx.audit(actor, "agent.toggle", "agent", nil, was, on)
	})
	if err != nil || on {
		return nil, err
	}
	return s.switchOff(ctx, account)
}

// switchOffBatch is how many chats are left in one transaction.
const switchOffBatch = 50

func (s *Store) switchOff(ctx context.Context, account uuid.UUID) ([]Bell, error) {
	var all []Bell
	for {
		var bells []Bell
		on := false
		err := s.InAccount(ctx, account, func(tx *Tx) error {
			bells, on = nil, false
			var chats []uuid.UUID
			err := tx.db.Raw("SELECT chat_id FROM conversations WHERE account_id = ? AND owner = 'agent' AND closed_at IS NULL ORDER BY chat_id LIMIT ?", tx.Account, switchOffBatch).Scan(&chats).Error
			if err != nil {
				return err
			}
			bells, err = tx.each(chats, func(scene *models.Scene) {
				if on = scene.Settings.Enabled; !on {
					scene.SwitchOff()
				}
			})
			return err
		})
		all = append(all, bells...)
		if err != nil || on || len(bells) < switchOffBatch {
			return all, err
		}
	}
}

// each applies a rule to several chats by ascending ID.
func (tx *Tx) each(chats []uuid.UUID, rule func(*models.Scene)) ([]Bell, error) {
	slices.SortFunc(chats, func(a, b uuid.UUID) int { return slices.Compare(a[:], b[:]) })
	bells := make([]Bell, 0, len(chats))
	for _, chat := range chats {
		scene, err := tx.lockScene(chat)
		if err != nil {
			return nil, err
		}
		rule(scene)
		if err := tx.saveScene(scene); err != nil {
			return nil, err
		}
		bells = append(bells, bellOf(scene.Chat))
	}
	return bells, nil
}

func (tx *Tx) lockSettings(strength string) error {
	return tx.db.Exec("SELECT FROM agent_settings WHERE account_id = ? FOR "+strength, tx.Account).Error
}

// noSuch names what a look-up didn't find.
func noSuch(what string, err error) error {
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return models.Errorf(models.CodeNotFound, "there is no such %s", what)
	}
	return err
}
