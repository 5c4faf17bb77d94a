package api

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"kedai/activities/channels"
	"kedai/models"
	"kedai/models/failpoint"
	"kedai/models/store"
)

// pageSize is how many messages one answer or one look of a stream holds.
const pageSize = 200

const (
	widgetInboxKey  = "widget_inbox"
	visitorTokenKey = "visitor_token"
)

func (s *Server) routeWidget(g *gin.RouterGroup) {
	g.Use(s.limitAddress, s.bounded(always(maxWidget)), s.findWidgetInbox, s.allowOrigin)
	g.OPTIONS("/*path", noContent)
	g.POST("/session", s.openSession)
	g.Use(s.checkVisitor)
	g.GET("/messages", s.visitorMessages)
	g.POST("/messages", s.visitorWrites)
	g.POST("/read", s.visitorRead)
	g.POST("/identity", s.visitorIdentity)
	g.GET("/stream", s.stream)
}

// findWidgetInbox resolves the website inbox that the address names.
func (s *Server) findWidgetInbox(c *gin.Context) {
	inbox, err := s.inboxes.find(c.Request.Context(), c.Param("inbox"))
	if err == nil && inbox.Channel != models.ChannelWebsite {
		err = models.Errorf(models.CodeNotFound, "there is no such inbox")
	}
	if err != nil {
		s.fail(c, err)
		return
	}
	c.Set(widgetInboxKey, inbox)
	c.Next()
}

func widgetInbox(c *gin.Context) openInbox { return c.MustGet(widgetInboxKey).(openInbox) }

// checkVisitor resolves the visitor that the token names.
func (s *Server) checkVisitor(c *gin.Context) {
	token, err := s.visitors.check(bearer(c.Request), widgetInbox(c).PublicID, time.Now())
	if err != nil {
		s.fail(c, err)
		return
	}
	c.Set(visitorTokenKey, token)
	c.Next()
}

func visitorOf(c *gin.Context) visitor {
	token := c.MustGet(visitorTokenKey).(visitorToken)
	return visitor{inbox: widgetInbox(c).ID, id: token.Visitor}
}

type widgetSession struct {
	Token     string          `json:"token"`
	ExpiresAt time.Time       `json:"expires_at"`
	Language  models.Language `json:"language"`
	Shop      string          `json:"shop"`
	Seq       int64           `json:"seq"`
}

// openSession gives a visitor their token: the one they have, renewed when it
// is older than a day, or that of a new visitor.
func (s *Server) openSession(c *gin.Context) {
	inbox, now := widgetInbox(c), time.Now()
	token, err := s.visitors.check(bearer(c.Request), inbox.PublicID, now)
	who := token.Visitor
	if err != nil {
		who = uuid.New()
	}
	if err != nil || token.Renew {
		if token, err = s.visitors.issue(who, inbox.PublicID, now); err != nil {
			s.fail(c, err)
			return
		}
	}
	view, err := s.view(c.Request.Context(), inbox, who, 0, 0)
	if err != nil {
		s.fail(c, err)
		return
	}
	respond(c, http.StatusOK, widgetSession{
		Token: token.Raw, ExpiresAt: token.Expires, Language: inbox.Language, Shop: inbox.Shop, Seq: view.Chat.Seq,
	})
}

// view reads what a visitor may see; it is empty before their first message.
func (s *Server) view(ctx context.Context, inbox openInbox, who uuid.UUID, after int64, limit int) (store.VisitorView, error) {
	chat, err := s.store.ChatByIdentity(ctx, inbox.Inbox, who.String())
	if models.CodeOf(err) == models.CodeNotFound {
		return store.VisitorView{Owner: models.OwnerNobody}, nil
	}
	if err != nil || limit == 0 {
		return store.VisitorView{Chat: chat, Owner: models.OwnerNobody}, err
	}
	return s.store.VisitorView(ctx, inbox.AccountID, chat.ID, after, limit)
}

type widgetMessage struct {
	Seq      int64         `json:"seq"`
	ID       uuid.UUID     `json:"id"`
	ClientID string        `json:"client_id,omitempty"`
	From     models.Author `json:"from"`
	Text     string        `json:"text"`
	At       time.Time     `json:"at"`
}

type widgetState struct {
	Typing   bool         `json:"typing"`
	ServedBy models.Owner `json:"served_by"`
	ReadSeq  int64        `json:"read_seq"`
}

type widgetHistory struct {
	Messages []widgetMessage `json:"messages"`
	State    widgetState     `json:"state"`
	Seq      int64           `json:"seq"`  // Where to go on from.
	More     bool            `json:"more"` // The list was cut; ask again after its last message.
}

// visitorMessages lists what the visitor may see after a seq.
func (s *Server) visitorMessages(c *gin.Context) {
	after, err := cursor(c.Query("after"))
	if err != nil {
		s.fail(c, err)
		return
	}
	view, err := s.view(c.Request.Context(), widgetInbox(c), visitorOf(c).id, after, pageSize)
	if err != nil {
		s.fail(c, err)
		return
	}
	respond(c, http.StatusOK, historyOf(view))
}

// cursor reads a seq; none is zero.
func cursor(value string) (int64, error) {
	if value == "" {
		return 0, nil
	}
	seq, err := strconv.ParseInt(value, 10, 64)
	if err != nil || seq < 0 {
		return 0, models.Errorf(models.CodeInvalid, "the seq to go on from must be a number from 0")
	}
	return seq, nil
}

func historyOf(view store.VisitorView) widgetHistory {
	out := widgetHistory{Messages: make([]widgetMessage, len(view.Messages)), State: stateOf(view), Seq: view.Chat.Seq}
	for i, m := range view.Messages {
		out.Messages[i] = widgetMessage{Seq: m.Seq, ID: m.ID, From: m.Author, Text: m.Text, At: m.CreatedAt}
		if m.ProviderID != nil && m.Author == models.AuthorCustomer {
			_, out.Messages[i].ClientID, _ = strings.Cut(*m.ProviderID, "/")
		}
	}
	if n := len(view.Messages); n > 0 {
		// The chat was read before its messages, so there may be newer ones.
		last := view.Messages[n-1].Seq
		out.More = n == pageSize
		if out.More || last > out.Seq {
			out.Seq = last
		}
	}
	return out
}

func stateOf(view store.VisitorView) widgetState {
	return widgetState{Typing: view.Typing, ServedBy: view.Owner, ReadSeq: view.Chat.CustomerReadSeq}
}

type widgetAccepted struct {
	ID  uuid.UUID `json:"id"`
	Seq int64     `json:"seq"`
}

// visitorWrites stores a message. The client's ID of it makes sending again
// harmless.
func (s *Server) visitorWrites(c *gin.Context) {
	who := visitorOf(c)
	if !s.limitVisitor(c, who) {
		return
	}
	body, err := readBody(c)
	if err != nil {
		s.fail(c, err)
		return
	}
	in, err := websiteMessage(body, who.id)
	if err != nil {
		s.fail(c, err)
		return
	}
	in.Address = addressKey(c.ClientIP())
	receipt, err := s.store.Intake(c.Request.Context(), widgetInbox(c).Inbox, in)
	if err != nil {
		s.fail(c, err)
		return
	}
	failpoint.Hit("after-inbound-commit")
	respond(c, http.StatusAccepted, widgetAccepted{ID: receipt.Message, Seq: receipt.MessageSeq})
	c.Writer.Flush()
	failpoint.Hit("after-2xx")
	s.ringer.Ring(receipt.Bell)
	s.hub.arrived(who)
}

func websiteMessage(body []byte, who uuid.UUID) (models.Inbound, error) {
	adapter, err := channels.For(models.ChannelWebsite)
	if err != nil {
		return models.Inbound{}, err
	}
	parsed := adapter.Parse(body)
	if len(parsed.Unreadable) > 0 {
		return models.Inbound{}, parsed.Unreadable[0].Err
	}
	in := parsed.Inbounds[0]
	in.Identity = who.String()
	in.ProviderID = who.String() + "/" + in.ProviderID
	return in, nil
}

// visitorRead notes how far the visitor has read.
func (s *Server) visitorRead(c *gin.Context) {
	body, err := readBody(c)
	if err != nil {
		s.fail(c, err)
		return
	}
	var read struct {
		Seq *int64 `json:"seq"`
	}
	if json.Unmarshal(body, &read) != nil || read.Seq == nil || *read.Seq < 0 {
		s.fail(c, models.Errorf(models.CodeInvalid, "the body is {\"seq\": a number from 0}"))
		return
	}
	inbox := widgetInbox(c)
	chat, err := s.store.ChatByIdentity(c.Request.Context(), inbox.Inbox, visitorOf(c).id.String())
	if err == nil {
		err = s.store.CustomerRead(c.Request.Context(), inbox.AccountID, chat.ID, *read.Seq)
	}
	if err != nil && models.CodeOf(err) != models.CodeNotFound {
		s.fail(c, err)
		return
	}
	noContent(c)
}
