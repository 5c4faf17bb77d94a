package api

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"kedai/models"
	"kedai/models/store"
)

// stream sends the visitor what comes after their cursor, as server-sent
// events: "message" with its seq as id, and "state". It is opened by fetch with
// the token in a header, never in the address.
func (s *Server) stream(c *gin.Context) {
	after, err := cursor(c.Query("after"))
	if last := c.GetHeader("Last-Event-ID"); last != "" {
		after, err = cursor(last)
	}
	if err != nil {
		s.fail(c, err)
		return
	}
	sub, err := s.hub.subscribe(visitorOf(c), widgetInbox(c).AccountID, addressKey(c.ClientIP()))
	if err != nil {
		if models.CodeOf(err) == models.CodeRateLimited {
			retryIn(c, s.pace.poll)
		}
		s.fail(c, err)
		return
	}
	defer sub.close()
	h := c.Writer.Header()
	h.Set("Content-Type", "text/event-stream; charset=utf-8")
	h.Set("X-Accel-Buffering", "no")
	c.Status(http.StatusOK)
	f := &follower{server: s, inbox: widgetInbox(c), sub: sub, cursor: after, out: c.Writer, control: http.NewResponseController(c.Writer)}
	if err := f.follow(connection(c)); err != nil && !errors.Is(err, errStreamOver) {
		s.log.Debug("stream ended", "request_id", c.GetString(requestIDKey), "error", err.Error())
	}
}

// errStreamOver ends a stream in good order.
var errStreamOver = errors.New("the stream is over")

// follower is one open stream.
type follower struct {
	server  *Server
	inbox   openInbox
	sub     *subscription
	cursor  int64
	state   *widgetState // As the reader knows it.
	out     http.ResponseWriter
	control *http.ResponseController
}

// follow reads Postgres whenever it is woken, and every now and then, until
// the reader is gone, too slow, or the process stops.
func (f *follower) follow(ctx context.Context) error {
	if err := f.write([]byte(": welcome\n\n")); err != nil {
		return err
	}
	heartbeat := time.NewTicker(f.server.pace.heartbeat)
	defer heartbeat.Stop()
	for {
		if err := f.catchUp(ctx); err != nil {
			return err
		}
		again := time.NewTimer(f.poll())
		err := f.wait(ctx, heartbeat.C, again.C)
		again.Stop()
		if err != nil {
			return err
		}
	}
}

// poll returns how long to wait for a wake. Before the visitor's first message
// there is little to look for, and there are many such streams.
func (f *follower) poll() time.Duration {
	if f.sub.chatless() {
		return f.server.pace.pollNew + rand.N(f.server.pace.pollNew)
	}
	return jitter(f.server.pace.poll)
}

// wait returns nil when it is time to read again.
func (f *follower) wait(ctx context.Context, heartbeat, again <-chan time.Time) error {
	for {
		select {
		case <-ctx.Done():
			return errStreamOver
		case <-f.server.closing:
			return errStreamOver
		case <-heartbeat:
			if err := f.write([]byte(": here\n\n")); err != nil {
				return err
			}
		case <-f.sub.wake:
			return nil
		case <-again:
			return nil
		}
	}
}

// catchUp writes what is new. While Postgres is away there is nothing new.
func (f *follower) catchUp(ctx context.Context) error {
	for {
		view, err := f.look(ctx)
		if err != nil {
			if ctx.Err() != nil {
				return errStreamOver
			}
			return nil
		}
		history := historyOf(view)
		var events bytes.Buffer
		for _, m := range history.Messages {
			if err := event(&events, "message", m.Seq, m); err != nil {
				return err
			}
		}
		if f.state == nil || *f.state != history.State {
			if err := event(&events, "state", 0, history.State); err != nil {
				return err
			}
		}
		if err := f.write(events.Bytes()); err != nil {
			return err
		}
		// A cursor beyond the chat's end, which is none of ours, comes back to it.
		f.cursor, f.state = history.Seq, &history.State
		if !history.More {
			return nil
		}
	}
}

// look reads the chat after the cursor, once there is one.
func (f *follower) look(ctx context.Context) (store.VisitorView, error) {
	ctx, cancel := context.WithTimeout(ctx, f.server.pace.work)
	defer cancel()
	if f.sub.chatless() {
		chat, err := f.server.store.ChatByIdentity(ctx, f.inbox.Inbox, f.sub.of.id.String())
		if models.CodeOf(err) == models.CodeNotFound {
			return store.VisitorView{Owner: models.OwnerNobody}, nil
		}
		if err != nil {
			return store.VisitorView{}, err
		}
		f.sub.bind(chat.ID)
	}
	return f.server.store.VisitorView(ctx, f.inbox.AccountID, f.sub.chat, f.cursor, pageSize)
}

// write sends a piece and fails where the reader doesn't take it in time.
func (f *follower) write(piece []byte) error {
	if len(piece) == 0 {
		return nil
	}
	if err := unlessUnsupported(f.control.SetWriteDeadline(time.Now().Add(f.server.pace.slowReader))); err != nil {
		return err
	}
	if _, err := f.out.Write(piece); err != nil {
		return err
	}
	return f.control.Flush()
}

func event(out *bytes.Buffer, name string, id int64, data any) error {
	body, err := json.Marshal(data)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "event: %s\n", name)
	if id > 0 {
		fmt.Fprintf(out, "id: %d\n", id)
	}
	fmt.Fprintf(out, "data: %s\n\n", body)
	return nil
}
