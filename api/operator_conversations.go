package api

import (
	"context"
	"net/http"
	"strings"
	"unicode/utf8"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"kedai/activities/channels"
	"kedai/api/gen"
	"kedai/models"
	"kedai/models/failpoint"
	"kedai/models/store"
)

// Conversations lists the chats, newest activity first.
func (s operator) Conversations(c *gin.Context, params gen.ConversationsParams) {
	limit, err := limitOf(params.Limit)
	if err == nil && params.Owner != nil && !params.Owner.Valid() {
		err = models.Errorf(models.CodeInvalid, "owner must be nobody, agent or person")
	}
	if err != nil {
		s.fail(c, err)
		return
	}
	filter := store.ConversationFilter{OpenOnly: value(params.Open), Owner: models.Owner(value(params.Owner)), Limit: limit}
	rows, err := s.store.Conversations(c.Request.Context(), accountOf(c), filter)
	answer(s, c, http.StatusOK, rows, err, func(rows []store.ConversationSummary) gen.ConversationList {
		return gen.ConversationList{Conversations: each(rows, rowView)}
	})
}

// Conversation returns one conversation, whole.
func (s operator) Conversation(c *gin.Context, id gen.ID) {
	conversation, err := s.store.Conversation(c.Request.Context(), accountOf(c), id)
	answer(s, c, http.StatusOK, conversation, err, detailView)
}

// HeldChats lists the chats whose messages wait for their next conversation.
func (s operator) HeldChats(c *gin.Context, params gen.HeldChatsParams) {
	limit, err := limitOf(params.Limit)
	if err != nil {
		s.fail(c, err)
		return
	}
	rows, err := s.store.HeldChats(c.Request.Context(), accountOf(c), limit)
	answer(s, c, http.StatusOK, rows, err, func(rows []store.HeldChat) gen.HeldChatList {
		return gen.HeldChatList{Chats: each(rows, heldView)}
	})
}

// Reply says something as a person.
func (s operator) Reply(c *gin.Context, id gen.ID) { s.say(c, id, s.store.Reply) }

// ReplyInChat says something as a person where no conversation may be yet.
func (s operator) ReplyInChat(c *gin.Context, id gen.ID) { s.say(c, id, s.store.ReplyInChat) }

func (s operator) say(c *gin.Context, id gen.ID, reply func(context.Context, uuid.UUID, uuid.UUID, models.Actor, string) (store.Bell, models.Outbound, error)) {
	body, _, err := decode[gen.NewReply](c)
	text := strings.TrimSpace(body.Text)
	if n := utf8.RuneCountInString(text); err == nil && (n == 0 || n > channels.MaxWebsiteText) {
		err = models.Errorf(models.CodeInvalid, "text must have from 1 to %d characters", channels.MaxWebsiteText)
	}
	if err != nil {
		s.fail(c, err)
		return
	}
	bell, out, err := reply(c.Request.Context(), accountOf(c), id, actorOf(c), text)
	answer(s, c, http.StatusCreated, out, err, outboundView)
	s.ringAfter(err, bell)
}

// Typing renews the lease that keeps the agent silent.
func (s operator) Typing(c *gin.Context, id gen.ID) {
	s.done(c, s.store.Typing(c.Request.Context(), accountOf(c), id, actorOf(c)))
}

// Stop is the red button. It has taken effect when it is committed, whatever
// runs or doesn't.
func (s operator) Stop(c *gin.Context, id gen.ID) {
	bells, err := s.store.Stop(c.Request.Context(), accountOf(c), id, actorOf(c))
	if err == nil {
		failpoint.Hit("after-stop-commit")
	}
	s.done(c, err)
	s.ringAfter(err, bells...)
}

// CloseConversation ends a conversation.
func (s operator) CloseConversation(c *gin.Context, id gen.ID) {
	bell, err := s.store.CloseConversation(c.Request.Context(), accountOf(c), id, actorOf(c))
	s.done(c, err)
	s.ringAfter(err, bell)
}

// Reopen takes a closed conversation up again.
func (s operator) Reopen(c *gin.Context, id gen.ID) {
	bell, err := s.store.Reopen(c.Request.Context(), accountOf(c), id, actorOf(c))
	s.done(c, err)
	s.ringAfter(err, bell)
}

// HandBack gives a conversation to the agent.
func (s operator) HandBack(c *gin.Context, id gen.ID) {
	bell, err := s.store.HandBack(c.Request.Context(), accountOf(c), id, actorOf(c))
	s.done(c, err)
	s.ringAfter(err, bell)
}

// Assign makes a user responsible.
func (s operator) Assign(c *gin.Context, id gen.ID) {
	body, _, err := decode[gen.Assignment](c)
	if err != nil {
		s.fail(c, err)
		return
	}
	bell, err := s.store.Assign(c.Request.Context(), accountOf(c), id, actorOf(c), body.UserID)
	s.done(c, err)
	s.ringAfter(err, bell)
}

// ringAfter tells the runs what was committed.
func (s operator) ringAfter(err error, bells ...store.Bell) {
	if err != nil {
		return
	}
	for _, b := range bells {
		s.ringer.Ring(b)
	}
}

// Leads lists the newest leads.
func (s operator) Leads(c *gin.Context, params gen.LeadsParams) {
	limit, err := limitOf(params.Limit)
	if err != nil {
		s.fail(c, err)
		return
	}
	leads, err := s.store.Leads(c.Request.Context(), accountOf(c), limit)
	answer(s, c, http.StatusOK, leads, err, func(leads []models.Lead) gen.LeadList {
		return gen.LeadList{Leads: each(leads, leadView)}
	})
}

// MoveLead puts a lead on a stage.
func (s operator) MoveLead(c *gin.Context, id gen.ID) {
	body, _, err := decode[gen.LeadMove](c)
	if err != nil {
		s.fail(c, err)
		return
	}
	lead, err := s.store.MoveLead(c.Request.Context(), accountOf(c), actorOf(c), id, body.StageID)
	answer(s, c, http.StatusOK, lead, err, leadView)
}

// ServeAgain lifts a lead's stop.
func (s operator) ServeAgain(c *gin.Context, id gen.ID) {
	s.done(c, s.store.ServeAgain(c.Request.Context(), accountOf(c), id, actorOf(c)))
}
