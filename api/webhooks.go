package api

import (
	"context"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"kedai/activities/channels"
	"kedai/models"
	"kedai/models/failpoint"
	"kedai/models/store"
)

// webhook takes what a channel posts: verify the raw body, parse it, store
// each event in a transaction of its own, in order, and answer 2xx when all are
// committed. Whatever was stored before a failure is found again by its ID
// when the channel posts the same once more.
func (s *Server) webhook(c *gin.Context) {
	ctx := c.Request.Context()
	inbox, adapter, err := s.hookInbox(c)
	if err != nil {
		s.fail(c, err)
		return
	}
	body, err := readBody(c)
	if err != nil {
		s.fail(c, err)
		return
	}
	if err := adapter.Verify(body, c.Request.Header, inbox.Secret); err != nil {
		s.fail(c, err)
		return
	}
	parsed := adapter.Parse(body)
	for _, u := range parsed.Unreadable {
		if err = s.keep(ctx, inbox, u); err != nil {
			s.fail(c, err)
			return
		}
	}
	bells := make([]store.Bell, 0, len(parsed.Inbounds))
	for _, in := range parsed.Inbounds {
		var receipt store.Receipt
		if receipt, err = s.take(ctx, inbox, in); err != nil {
			break
		}
		if receipt.Chat != [16]byte{} {
			bells = append(bells, receipt.Bell)
		}
	}
	if err != nil {
		s.fail(c, err)
	} else {
		failpoint.Hit("after-inbound-commit")
		respond(c, http.StatusOK, struct{}{})
		c.Writer.Flush()
		failpoint.Hit("after-2xx")
	}
	for _, b := range bells {
		s.ringer.Ring(b)
	}
}

// hookInbox resolves the inbox that the address names, on the channel that it
// names.
func (s *Server) hookInbox(c *gin.Context) (openInbox, channels.Adapter, error) {
	missing := models.Errorf(models.CodeNotFound, "there is no such inbox")
	inbox, err := s.inboxes.find(c.Request.Context(), c.Param("inbox"))
	if err != nil {
		return inbox, nil, err
	}
	if string(inbox.Channel) != c.Param("channel") || !inbox.Channel.NeedsSend() {
		return inbox, nil, missing
	}
	adapter, err := channels.For(inbox.Channel)
	return inbox, adapter, err
}

// take stores one event by who wrote it. One that the store refuses for good
// is kept as unreadable, so that it doesn't come for ever.
func (s *Server) take(ctx context.Context, inbox openInbox, in models.Inbound) (store.Receipt, error) {
	var receipt store.Receipt
	var err error
	switch in.Author {
	case models.AuthorCustomer:
		receipt, err = s.store.Intake(ctx, inbox.Inbox, in)
	case models.AuthorEcho:
		receipt, err = s.store.IntakeEcho(ctx, inbox.Inbox, in)
	default:
		receipt, err = s.store.IntakeOutside(ctx, inbox.Inbox, in)
	}
	if refused := models.CodeOf(err) == models.CodeInvalid; refused {
		raw := strings.Join([]string{string(in.Author), in.Identity, in.ProviderID, in.Reference, in.Text}, "\n")
		return store.Receipt{}, s.keep(ctx, inbox, channels.Unreadable{Raw: []byte(raw), Err: models.Errorf(models.CodeInvalid, "the store refused the event")})
	}
	return receipt, err
}

func (s *Server) keep(ctx context.Context, inbox openInbox, u channels.Unreadable) error {
	s.log.Warn("an inbound event couldn't be read and is kept as it came", "inbox", inbox.ID, "reason", u.Err.Message, "bytes", len(u.Raw))
	return s.store.KeepUnparsed(ctx, inbox.Inbox, u.Raw, u.Err.Message)
}
