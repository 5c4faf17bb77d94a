package api

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"kedai/activities/channels"
	"kedai/models"
	"kedai/models/store"
	"kedai/models/store/storetest"
)

// testBundle is an API on a database of its own, with one account that has an
// admin, a manager and an inbox of each channel.
type testBundle struct {
	t        *testing.T
	database string
	store    *store.Store
	server   *Server
	url      string
	bells    *bellRecorder
	ingests  *ingestRecorder
	logs     *syncBuffer
	stop     func()

	account  models.Account
	admin    caller
	manager  caller
	website  models.Inbox
	recorder models.Inbox
}

// caller is a user with a token.
type caller struct {
	user  models.User
	token string
}

const (
	websiteSecret  = "website-secret-of-the-test"
	recorderSecret = "recorder-secret-of-the-test"
	shopOrigin     = "https://shop.example"
)

var testVisitorKey = VisitorKey{ID: "v1", Secret: models.Secret(strings.Repeat("k", 32))}

func setup(t *testing.T, change ...func(*Options, *pace)) *testBundle {
	t.Helper()
	s, database := storetest.OpenWithURL(t)
	b := &testBundle{
		t: t, database: database, store: s,
		bells: &bellRecorder{}, ingests: &ingestRecorder{}, logs: &syncBuffer{},
	}
	b.account, b.admin, b.manager = b.newAccount("Shop")
	b.website = b.newInbox(b.account, models.Inbox{Channel: models.ChannelWebsite, Name: "Site", AgentSelected: true, AllowedOrigins: []string{shopOrigin}}, websiteSecret)
	b.recorder = b.newInbox(b.account, models.Inbox{Channel: models.ChannelRecorder, Name: "Recorder", AgentSelected: true, Endpoint: "http://127.0.0.1:9/"}, recorderSecret)
	b.server, b.url, b.stop = b.start(b.store, change...)
	return b
}

// start runs one API process on the bundle's database.
func (b *testBundle) start(s *store.Store, change ...func(*Options, *pace)) (server *Server, url string, stop func()) {
	b.t.Helper()
	options := Options{
		Store: s, Ringer: b.bells, Ingester: b.ingests, VisitorKeys: []VisitorKey{testVisitorKey},
		Limits: Limits{VisitorPerMinute: -1, AddressPerMinute: -1},
		Log:    slog.New(slog.NewTextHandler(b.logs, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}
	p := normalPace
	for _, f := range change {
		f(&options, &p)
	}
	server, err := New(options)
	require.NoError(b.t, err)
	server.pace = p
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(b.t, err)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- server.Serve(ctx, listener) }()
	stop = sync.OnceFunc(func() {
		cancel()
		require.NoError(b.t, <-done)
	})
	b.t.Cleanup(stop)
	return server, "http://" + listener.Addr().String(), stop
}

func (b *testBundle) newAccount(name string) (account models.Account, admin, manager caller) {
	b.t.Helper()
	ctx := b.t.Context()
	account, user, err := b.store.CreateAccount(ctx, store.NewAccount{Name: name, Currency: "EUR", Language: models.English, Admin: "Ada"})
	require.NoError(b.t, err)
	admin = b.caller(user)
	second, err := b.store.CreateUser(ctx, actor(user), models.User{AccountID: account.ID, Name: "Max", Role: models.RoleManager})
	require.NoError(b.t, err)
	return account, admin, b.caller(second)
}

func (b *testBundle) caller(u models.User) caller {
	b.t.Helper()
	_, token, err := b.store.CreateToken(b.t.Context(), u.AccountID, actor(u), u.ID)
	require.NoError(b.t, err)
	return caller{user: u, token: token.Reveal()}
}

func (b *testBundle) newInbox(account models.Account, inbox models.Inbox, secret models.Secret) models.Inbox {
	b.t.Helper()
	inbox.AccountID = account.ID
	inbox, err := b.store.CreateInbox(b.t.Context(), models.Actor{Name: "test", Role: models.RoleAdmin}, inbox, secret)
	require.NoError(b.t, err)
	return inbox
}

func actor(u models.User) models.Actor {
	return models.Actor{UserID: u.ID, Role: u.Role, Name: "user/" + u.ID.String()}
}

// reply is an answer that was read whole.
type reply struct {
	status int
	header http.Header
	body   []byte
}

// code returns the error's code, or nothing.
func (r reply) code() string {
	var p problem
	_ = json.Unmarshal(r.body, &p)
	return p.Error.Code
}

type with func(*http.Request)

func token(value string) with {
	return func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+value) }
}

func header(name, value string) with {
	return func(r *http.Request) { r.Header.Set(name, value) }
}

// do makes a request. A body that isn't bytes or a string is sent as JSON.
func (b *testBundle) do(method, path string, body any, options ...with) reply {
	b.t.Helper()
	return b.doAt(b.url, method, path, body, options...)
}

func (b *testBundle) doAt(base, method, path string, body any, options ...with) reply {
	b.t.Helper()
	var reader io.Reader
	switch body := body.(type) {
	case nil:
	case string:
		reader = strings.NewReader(body)
	case []byte:
		reader = bytes.NewReader(body)
	case io.Reader:
		reader = body
	default:
		raw, err := json.Marshal(body)
		require.NoError(b.t, err)
		reader = bytes.NewReader(raw)
	}
	request, err := http.NewRequestWithContext(context.Background(), method, base+path, reader)
	require.NoError(b.t, err)
	for _, option := range options {
		option(request)
	}
	response, err := http.DefaultClient.Do(request)
	require.NoError(b.t, err)
	defer response.Body.Close()
	raw, err := io.ReadAll(response.Body)
	require.NoError(b.t, err)
	return reply{response.StatusCode, response.Header, raw}
}

// read decodes an answer strictly: what isn't in T is a failure.
func read[T any](t *testing.T, r reply, status int) T {
	t.Helper()
	require.Equal(t, status, r.status, "%s", r.body)
	var out T
	reader := json.NewDecoder(bytes.NewReader(r.body))
	reader.DisallowUnknownFields()
	require.NoError(t, reader.Decode(&out), "%s", r.body)
	return out
}

// visitorOfTest is a website visitor with their token.
type visitorOfTest struct {
	b     *testBundle
	token string
}

func (b *testBundle) visitor() visitorOfTest {
	b.t.Helper()
	session := read[widgetSession](b.t, b.do("POST", b.widget("/session"), "{}"), http.StatusOK)
	return visitorOfTest{b, session.Token}
}

func (b *testBundle) widget(path string) string {
	return "/v1/widget/" + b.website.PublicID.String() + path
}

func (v visitorOfTest) do(method, path string, body any, options ...with) reply {
	v.b.t.Helper()
	return v.b.do(method, v.b.widget(path), body, append([]with{token(v.token)}, options...)...)
}

func (v visitorOfTest) say(text string) widgetAccepted {
	v.b.t.Helper()
	return read[widgetAccepted](v.b.t, v.do("POST", "/messages", map[string]string{"client_id": uuid.NewString(), "text": text}), http.StatusAccepted)
}

// identity returns who the visitor is.
func (v visitorOfTest) identity() uuid.UUID {
	v.b.t.Helper()
	checked, err := v.b.server.visitors.check(v.token, v.b.website.PublicID, time.Now())
	require.NoError(v.b.t, err)
	return checked.Visitor
}

// chat returns the visitor's chat.
func (v visitorOfTest) chat() models.Chat {
	v.b.t.Helper()
	chat, err := v.b.store.ChatByIdentity(v.b.t.Context(), v.b.website, v.identity().String())
	require.NoError(v.b.t, err)
	return chat
}

// hook posts events to the recorder's inbox, signed.
func (b *testBundle) hook(events ...map[string]any) reply {
	b.t.Helper()
	body, err := json.Marshal(map[string]any{"events": events})
	require.NoError(b.t, err)
	return b.do("POST", "/webhooks/recorder/"+b.recorder.PublicID.String(), body, header(channels.RecorderSignature, channels.SignRecorder(body, recorderSecret)))
}

// openConversation has a customer write on the website and the store open the
// conversation, as the chat's run would.
func (b *testBundle) openConversation(v visitorOfTest, text string) models.Conversation {
	b.t.Helper()
	v.say(text)
	chat := v.chat()
	_, err := b.store.OpenConversation(b.t.Context(), b.account.ID, chat.ID)
	require.NoError(b.t, err)
	rows, err := b.store.Conversations(b.t.Context(), b.account.ID, store.ConversationFilter{OpenOnly: true, Limit: 500})
	require.NoError(b.t, err)
	for _, row := range rows {
		if row.ChatID == chat.ID {
			return row.Conversation
		}
	}
	b.t.Fatal("no conversation was opened")
	return models.Conversation{}
}

// bellRecorder is a Ringer that keeps what was rung.
type bellRecorder struct {
	mu    sync.Mutex
	bells []store.Bell
}

func (r *bellRecorder) Ring(b store.Bell) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.bells = append(r.bells, b)
}

func (r *bellRecorder) all() []store.Bell {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]store.Bell(nil), r.bells...)
}

func (r *bellRecorder) forget() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.bells = nil
}

// of returns the newest bell of a chat, or none.
func (r *bellRecorder) of(chat uuid.UUID) store.Bell {
	var newest store.Bell
	for _, b := range r.all() {
		if b.Chat == chat {
			newest = b
		}
	}
	return newest
}

// ingestRecorder is an Ingester that keeps what was started.
type ingestRecorder struct {
	mu      sync.Mutex
	started []uuid.UUID
	fail    error
}

func (r *ingestRecorder) StartIngest(_ context.Context, _, upload uuid.UUID) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.started = append(r.started, upload)
	return r.fail
}

func (r *ingestRecorder) all() []uuid.UUID {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]uuid.UUID(nil), r.started...)
}

// syncBuffer is a buffer that several goroutines may write to.
type syncBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (s *syncBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.buf.Write(p)
}

func (s *syncBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.buf.String()
}

// soon waits for what happens in the background.
func soon(t *testing.T, what string, is func() bool) {
	t.Helper()
	require.Eventually(t, is, 5*time.Second, 10*time.Millisecond, what)
}
