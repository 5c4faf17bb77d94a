package api

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"kedai/models"
	"kedai/models/store"
)

// sseEvent is one event, or a comment where the name is empty.
type sseEvent struct {
	name, id, data string
	comment        string
}

// sse is an open stream of a test.
type sse struct {
	t      *testing.T
	events chan sseEvent
	header http.Header
	close  func()
}

func (v visitorOfTest) follow(base, query string, options ...with) *sse {
	v.b.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, base+v.b.widget("/stream")+query, nil)
	require.NoError(v.b.t, err)
	for _, option := range append([]with{token(v.token)}, options...) {
		option(request)
	}
	response, err := http.DefaultClient.Do(request)
	require.NoError(v.b.t, err)
	require.Equal(v.b.t, http.StatusOK, response.StatusCode)
	s := &sse{t: v.b.t, events: make(chan sseEvent, 1000), header: response.Header, close: cancel}
	v.b.t.Cleanup(cancel)
	go func() {
		defer close(s.events)
		defer response.Body.Close()
		readEvents(response.Body, s.events)
	}()
	return s
}

func readEvents(body io.Reader, out chan<- sseEvent) {
	var e sseEvent
	lines := bufio.NewScanner(body)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		field, value, _ := strings.Cut(lines.Text(), ": ")
		switch field {
		case "":
			if value != "" {
				e.comment = value
			}
			if lines.Text() == "" {
				out <- e
				e = sseEvent{}
			} else {
				e.comment = value
			}
		case "event":
			e.name = value
		case "id":
			e.id = value
		case "data":
			e.data = value
		}
	}
}

// next returns the next event that isn't a comment.
func (s *sse) next() sseEvent {
	s.t.Helper()
	for {
		select {
		case e, ok := <-s.events:
			require.True(s.t, ok, "the stream ended")
			if e.name != "" {
				return e
			}
		case <-time.After(5 * time.Second):
			s.t.Fatal("no event came")
		}
	}
}

// message returns the next message, passing over states.
func (s *sse) message() widgetMessage {
	s.t.Helper()
	for {
		if e := s.next(); e.name == "message" {
			var m widgetMessage
			require.NoError(s.t, json.Unmarshal([]byte(e.data), &m))
			require.Equal(s.t, fmt.Sprint(m.Seq), e.id)
			return m
		}
	}
}

// until passes over events until a state fits.
func (s *sse) until(fits func(widgetState) bool) {
	s.t.Helper()
	for {
		if e := s.next(); e.name == "state" {
			var state widgetState
			require.NoError(s.t, json.Unmarshal([]byte(e.data), &state))
			if fits(state) {
				return
			}
		}
	}
}

func (s *sse) ended() {
	s.t.Helper()
	deadline := time.After(5 * time.Second)
	for {
		select {
		case _, ok := <-s.events:
			if !ok {
				return
			}
		case <-deadline:
			s.t.Fatal("the stream didn't end")
		}
	}
}

// slowPolls leaves only notices to wake streams.
func slowPolls(_ *Options, p *pace) {
	p.poll, p.pollNew, p.heartbeat = time.Hour, time.Hour, time.Hour
}

func TestStream(t *testing.T) {
	t.Parallel()
	b := setup(t, slowPolls)

	t.Run("begins with what is after the cursor and the state", func(t *testing.T) {
		v := b.visitor()
		v.say("one")
		v.say("two")
		s := v.follow(b.url, "?after=1")
		require.Equal(t, "text/event-stream; charset=utf-8", s.header.Get("Content-Type"))
		require.Equal(t, "two", s.message().Text)
		s.until(func(state widgetState) bool { return state.ServedBy == models.OwnerNobody })
	})

	t.Run("a stream that is older than the chat has the first message", func(t *testing.T) {
		v := b.visitor()
		s := v.follow(b.url, "")
		s.until(func(widgetState) bool { return true })
		v.say("first")
		require.Equal(t, "first", s.message().Text)
		v.say("second")
		require.Equal(t, "second", s.message().Text)
	})

	t.Run("a person's reply, their typing and who serves come by notice", func(t *testing.T) {
		v := b.visitor()
		conversation := b.openConversation(v, "hello")
		s := v.follow(b.url, "")
		require.Equal(t, "hello", s.message().Text)
		base := "/v1/conversations/" + conversation.ID.String()
		require.Equal(t, http.StatusNoContent, b.do("POST", base+"/typing", nil, token(b.manager.token)).status)
		s.until(func(state widgetState) bool { return state.Typing })
		require.Equal(t, http.StatusCreated, b.do("POST", base+"/reply", map[string]string{"text": "Hello, Max here"}, token(b.manager.token)).status)
		m := s.message()
		require.Equal(t, "Hello, Max here", m.Text)
		require.Equal(t, models.AuthorPerson, m.From)
		s.until(func(state widgetState) bool { return state.ServedBy == models.OwnerPerson && !state.Typing })
		require.Equal(t, http.StatusNoContent, v.do("POST", "/read", map[string]int64{"seq": m.Seq}).status)
		s.until(func(state widgetState) bool { return state.ReadSeq == m.Seq })
	})

	t.Run("resumes after the last event that was read", func(t *testing.T) {
		v := b.visitor()
		s := v.follow(b.url, "")
		v.say("one")
		last := s.message()
		s.close()
		v.say("two")
		v.say("three")
		s = v.follow(b.url, "?after=0", header("Last-Event-ID", fmt.Sprint(last.Seq)))
		require.Equal(t, "two", s.message().Text)
		require.Equal(t, "three", s.message().Text)
	})

	t.Run("a cursor beyond the chat comes back to its end", func(t *testing.T) {
		v := b.visitor()
		v.say("one")
		s := v.follow(b.url, "?after=1000")
		s.until(func(widgetState) bool { return true })
		v.say("two")
		require.Equal(t, "two", s.message().Text)
	})

	t.Run("two processes serve one chat", func(t *testing.T) {
		v := b.visitor()
		v.say("hello")
		_, other, _ := b.start(b.store, slowPolls)
		s := v.follow(other, "")
		require.Equal(t, "hello", s.message().Text)
		v.say("over there")
		require.Equal(t, "over there", s.message().Text)
	})

	t.Run("another process takes a visitor's first message", func(t *testing.T) {
		v := b.visitor()
		_, other, _ := b.start(b.store, slowPolls)
		s, second := v.follow(other, ""), v.follow(other, "")
		for _, stream := range []*sse{s, second} {
			stream.until(func(widgetState) bool { return true })
		}
		v.say("first")
		require.Equal(t, "first", s.message().Text)
		require.Equal(t, "first", second.message().Text)
	})

	t.Run("a visitor has ten streams at most", func(t *testing.T) {
		v := b.visitor()
		for range maxVisitorStreams {
			v.follow(b.url, "")
		}
		r := v.do("GET", "/stream", nil)
		require.Equal(t, http.StatusTooManyRequests, r.status)
		require.NotEmpty(t, r.header.Get("Retry-After"))
	})
}

// TestStreamOutlivesTheDeadlinesOfRequests holds net/http to what it doesn't
// document: it reads on for a client that goes away without the deadline of
// ReadTimeout.
func TestStreamOutlivesTheDeadlinesOfRequests(t *testing.T) {
	t.Parallel()
	b := setup(t, slowPolls, func(_ *Options, p *pace) { p.read, p.work = 300*time.Millisecond, 200*time.Millisecond })
	v := b.visitor()
	s := v.follow(b.url, "")
	s.until(func(widgetState) bool { return true })
	time.Sleep(900 * time.Millisecond)
	v.say("still there?")
	require.Equal(t, "still there?", s.message().Text)
}

func TestStreamsOfOneAddress(t *testing.T) {
	t.Parallel()
	b := setup(t, slowPolls, func(o *Options, _ *pace) { o.Limits.AddressStreams = 3 })
	first := b.visitor().follow(b.url, "")
	for range 2 {
		b.visitor().follow(b.url, "")
	}
	v := b.visitor()
	r := v.do("GET", "/stream", nil)
	require.Equal(t, http.StatusTooManyRequests, r.status)
	require.NotEmpty(t, r.header.Get("Retry-After"))
	first.close()
	soon(t, "the place of a stream that ended is free", func() bool {
		b.server.hub.mu.Lock()
		defer b.server.hub.mu.Unlock()
		return b.server.hub.count == 2
	})
	v.follow(b.url, "")
}

func TestHubMapsChatsOnce(t *testing.T) {
	t.Parallel()
	h := newHub(-1)
	account, of, chat, other := uuid.New(), visitor{inbox: uuid.New(), id: uuid.New()}, uuid.New(), uuid.New()
	sub, err := h.subscribe(of, account, "a")
	require.NoError(t, err)
	asked := make(chan []uuid.UUID, 10)
	go h.mapChats(t.Context(), func(_ context.Context, chats []uuid.UUID) ([]store.ChatIdentity, error) {
		asked <- chats
		return []store.ChatIdentity{{ID: other, InboxID: of.inbox, Identity: uuid.NewString()}, {ID: chat, InboxID: of.inbox, Identity: of.id.String()}}, nil
	})

	h.changed(uuid.New(), chat) // An account without streams that wait asks nothing.
	h.changed(account, chat)
	<-sub.wake
	require.Equal(t, []uuid.UUID{chat}, <-asked)
	h.changed(account, chat)
	<-sub.wake
	h.changed(account, other)
	require.Empty(t, sub.wake)
	require.Empty(t, asked)

	sub.bind(chat)
	h.changed(account, uuid.New())
	require.Empty(t, h.unmapped)
	sub.close()
	require.Empty(t, h.newcomers)
	require.Empty(t, h.byAddress)
}

func TestStreamWithoutNotices(t *testing.T) {
	t.Parallel()
	b := setup(t, func(_ *Options, p *pace) {
		p.poll, p.pollNew, p.heartbeat = 50*time.Millisecond, 50*time.Millisecond, 100*time.Millisecond
	})
	v := b.visitor()
	s := v.follow(b.url, "")
	s.until(func(widgetState) bool { return true })

	// What is sent before the server listens is gone.
	soon(t, "the server listens", func() bool {
		return b.count("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'") > 0
	})

	// The notice of this chat names somebody else, so none comes for the visitor.
	receipt, err := b.store.Intake(t.Context(), b.website, models.Inbound{Author: models.AuthorCustomer, Identity: "somebody else", ProviderID: uuid.NewString(), Text: "from afar"})
	require.NoError(t, err)
	soon(t, "the hub knows whose chat it is", func() bool {
		b.server.hub.mu.Lock()
		defer b.server.hub.mu.Unlock()
		_, known := b.server.hub.whose[receipt.Chat]
		return known
	})
	b.count("WITH changed AS (UPDATE chats SET identity = $2 WHERE id = $1 RETURNING id) SELECT count(*) FROM changed", receipt.Chat, v.identity().String())
	require.Equal(t, "from afar", s.message().Text)

	t.Run("a comment shows that the stream lives", func(t *testing.T) {
		for deadline := time.After(5 * time.Second); ; {
			select {
			case e := <-s.events:
				if e.comment == "here" {
					return
				}
			case <-deadline:
				t.Fatal("no comment came")
			}
		}
	})

	t.Run("the stop ends streams at once", func(t *testing.T) {
		began := time.Now()
		b.stop()
		s.ended()
		require.Less(t, time.Since(began), 3*time.Second)
	})
}

func TestSlowReaderIsDroppedAndResumes(t *testing.T) {
	t.Parallel()
	b := setup(t, func(_ *Options, p *pace) {
		p.poll, p.pollNew, p.heartbeat, p.slowReader = 50*time.Millisecond, 50*time.Millisecond, time.Hour, 200*time.Millisecond
	})
	v := b.visitor()
	first := v.say("hello")
	who := v.identity()
	key := visitor{inbox: b.website.ID, id: who}

	// A reader that takes nothing off its connection, whose buffer is small.
	conn, err := (&net.Dialer{}).Dial("tcp", strings.TrimPrefix(b.url, "http://"))
	require.NoError(t, err)
	defer conn.Close()
	require.NoError(t, conn.(*net.TCPConn).SetReadBuffer(4096))
	_, err = fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer %s\r\n\r\n", b.widget("/stream"), v.token)
	require.NoError(t, err)
	open := func() int {
		b.server.hub.mu.Lock()
		defer b.server.hub.mu.Unlock()
		return len(b.server.hub.byVisitor[key])
	}
	soon(t, "the stream opens", func() bool { return open() == 1 })

	long := strings.Repeat("x", 16_000)
	const many = 400 // Far more than the kernel's buffers hold.
	for i := range many {
		_, err := b.store.Intake(t.Context(), b.website, models.Inbound{Author: models.AuthorCustomer, Identity: who.String(), ProviderID: fmt.Sprint(i), Text: long})
		require.NoError(t, err)
	}
	soon(t, "the slow stream is dropped", func() bool { return open() == 0 })

	s := v.follow(b.url, fmt.Sprintf("?after=%d", first.Seq))
	for i := range many {
		require.Equal(t, first.Seq+int64(i)+1, s.message().Seq)
	}
}
