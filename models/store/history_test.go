package store_test

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"kedai/models"
	"kedai/models/store/storetest"
)

// history is one random history of a chat, on the store and on the reference.
type history struct {
	*rapid.T
	shop     storetest.Shop
	conn     *pgx.Conn
	customer string
	chat     uuid.UUID
	current  uuid.UUID // The open or the last conversation.
	lead     uuid.UUID
	ref      reference
}

func (h *history) ctx() context.Context { return context.Background() }

// do checks that an action succeeds where the reference allows it and is
// refused as a conflict where it doesn't.
func (h *history) do(t *rapid.T, err error, allowed bool) bool {
	if allowed {
		require.NoError(t, err)
		return true
	}
	require.Equal(t, models.CodeConflict, models.CodeOf(err))
	return false
}

func (h *history) say(t *rapid.T) {
	receipt, err := h.shop.Store.Intake(h.ctx(), h.shop.Inbox, models.Inbound{
		Author: models.AuthorCustomer, Identity: h.customer, ProviderID: uuid.NewString(), Text: "hello",
	})
	require.NoError(t, err)
	h.chat = receipt.Chat
	h.ref.waiting, h.ref.considered = true, false
}

func (h *history) attend(t *rapid.T) {
	situation, err := h.shop.Store.OpenConversation(h.ctx(), h.shop.Account.ID, h.chat)
	require.NoError(t, err)
	h.ref.attend()
	if h.ref.open {
		h.current, h.lead = situation.Conversation, situation.Lead
	}
}

// turn prepares and delivers, with a draft or without.
func (h *history) turn(t *rapid.T, draft bool) {
	_, turn, err := h.shop.Store.BeginTurn(h.ctx(), h.shop.Account.ID, h.chat)
	require.NoError(t, err)
	if h.ref.open {
		h.ref.attend()
	}
	require.Equal(t, h.ref.serves(), turn != nil)
	if turn == nil {
		return
	}
	if draft {
		err := h.shop.Store.SaveDraft(h.ctx(), h.shop.Account.ID, turn.ID, turn.Attempt, models.Draft{Action: models.ActionAnswer, Text: "Yes."}, nil)
		require.NoError(t, err)
	}
	for range 2 { // Once more, as a retry would.
		out, err := h.shop.Store.Deliver(h.ctx(), h.shop.Account.ID, h.chat, turn.ID, turn.Attempt, models.ReasonToolFailure)
		require.NoError(t, err)
		require.Equal(t, models.VerdictDelivered, out.Verdict)
		require.Equal(t, !draft, out.Handoff)
	}
	h.ref.waiting = false
	h.ref.replies++
	if !draft {
		h.ref.owner, h.ref.handed, h.ref.ended = models.OwnerPerson, true, true
	}
}

func (h *history) deliver(t *rapid.T) { h.turn(t, true) }
func (h *history) handoff(t *rapid.T) { h.turn(t, false) }

func (h *history) stop(t *rapid.T) {
	if h.current == uuid.Nil {
		t.Skip("no conversation yet")
	}
	_, err := h.shop.Store.Stop(h.ctx(), h.shop.Account.ID, h.current, h.shop.Manager)
	require.NoError(t, err)
	h.ref.leadStopped = true
	if h.ref.open && !h.ref.stopped {
		h.ref.stopped = true
		if h.ref.owner == models.OwnerAgent {
			h.ref.owner, h.ref.ended = models.OwnerPerson, true
		}
	}
}

func (h *history) lift(t *rapid.T) {
	if h.lead == uuid.Nil {
		t.Skip("no lead yet")
	}
	err := h.shop.Store.ServeAgain(h.ctx(), h.shop.Account.ID, h.lead, h.shop.Admin)
	if h.do(t, err, h.ref.leadStopped) {
		h.ref.leadStopped = false
	}
}

func (h *history) close(t *rapid.T) {
	if h.current == uuid.Nil {
		t.Skip("no conversation yet")
	}
	_, err := h.shop.Store.CloseConversation(h.ctx(), h.shop.Account.ID, h.current, h.shop.Manager)
	if h.do(t, err, h.ref.open) {
		h.ref.open, h.ref.cooling, h.ref.waiting = false, true, false
	}
}

func (h *history) reopen(t *rapid.T) {
	if h.current == uuid.Nil {
		t.Skip("no conversation yet")
	}
	_, err := h.shop.Store.Reopen(h.ctx(), h.shop.Account.ID, h.current, h.shop.Manager)
	if h.do(t, err, !h.ref.open) {
		h.ref.open, h.ref.cooling, h.ref.owner = true, false, models.OwnerPerson
		h.ref.stopped = h.ref.stopped || h.ref.leadStopped
	}
}

func (h *history) reply(t *rapid.T) {
	if h.current == uuid.Nil {
		t.Skip("no conversation yet")
	}
	_, out, err := h.shop.Store.Reply(h.ctx(), h.shop.Account.ID, h.current, h.shop.Manager, "I am here.")
	require.NoError(t, err)
	if !h.ref.open {
		h.ref.opened(models.OwnerPerson)
		h.current = out.ConversationID
	}
	if h.ref.owner == models.OwnerAgent {
		h.ref.ended = true
	}
	h.ref.owner, h.ref.person, h.ref.waiting = models.OwnerPerson, true, false
}

func (h *history) handBack(t *rapid.T) {
	if h.current == uuid.Nil {
		t.Skip("no conversation yet")
	}
	_, err := h.shop.Store.HandBack(h.ctx(), h.shop.Account.ID, h.current, h.shop.Manager)
	if h.do(t, err, h.ref.open && !h.ref.stopped && !h.ref.leadStopped && h.ref.owner != models.OwnerAgent) {
		h.ref.owner, h.ref.handed, h.ref.ended = models.OwnerAgent, false, false
	}
}

// deadline lets the cooldown pass.
func (h *history) deadline(t *rapid.T) {
	_, err := h.conn.Exec(h.ctx(), "UPDATE chats SET cooldown_until = cooldown_until - interval '1 hour' WHERE id = $1", h.chat)
	require.NoError(t, err)
	h.ref.cooling = false
}

// compare reads the rows and holds them against the reference.
func (h *history) compare(t *rapid.T) {
	var open, handed, stopped, waiting bool
	var owner *models.Owner
	var replies int
	err := h.conn.QueryRow(h.ctx(), `
		SELECT v.id IS NOT NULL, v.owner, coalesce(v.handed_over_at IS NOT NULL, false), coalesce(v.stopped_at IS NOT NULL, false),
		       c.last_in_seq > c.answered_seq, (SELECT count(*) FROM outbounds o WHERE o.chat_id = c.id AND o.turn_id IS NOT NULL)
		  FROM chats c LEFT JOIN conversations v ON v.chat_id = c.id AND v.closed_at IS NULL WHERE c.id = $1`, h.chat).
		Scan(&open, &owner, &handed, &stopped, &waiting, &replies)
	require.NoError(t, err)
	require.Equal(t, h.ref.open, open, "open")
	require.Equal(t, h.ref.waiting, waiting, "waiting")
	require.Equal(t, h.ref.replies, replies, "replies")
	if open {
		require.Equal(t, h.ref.owner, *owner, "owner")
		require.Equal(t, h.ref.handed, handed, "handed over")
		require.Equal(t, h.ref.stopped, stopped, "stopped")
	}
}
