package activities_test

import (
	"io"
	"log/slog"
	"net"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/testsuite"

	"kedai/activities"
	"kedai/activities/mail"
	"kedai/activities/retrieval"
	"kedai/models"
	"kedai/models/store"
	"kedai/models/store/storetest"
)

// postbox is an e-mail server on this machine. Its first answers may be errors.
type postbox struct {
	port int

	mu     sync.Mutex
	errs   []error
	texts  []string
	reader []string
}

func openPostbox(t *testing.T) *postbox {
	t.Helper()
	p := &postbox{}
	server := smtp.NewServer(p)
	server.Domain = "localhost"
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	p.port = listener.Addr().(*net.TCPAddr).Port
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(func() { _ = server.Close() })
	return p
}

func (p *postbox) NewSession(*smtp.Conn) (smtp.Session, error) { return &delivery{box: p}, nil }

type delivery struct {
	box *postbox
	to  string
}

func (d *delivery) Reset()                               {}
func (d *delivery) Logout() error                        { return nil }
func (d *delivery) Mail(string, *smtp.MailOptions) error { return nil }
func (d *delivery) Rcpt(to string, _ *smtp.RcptOptions) error {
	d.to = to
	return nil
}

func (d *delivery) Data(r io.Reader) error {
	text, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	d.box.mu.Lock()
	defer d.box.mu.Unlock()
	if len(d.box.errs) > 0 {
		err, d.box.errs = d.box.errs[0], d.box.errs[1:]
		return err
	}
	d.box.texts, d.box.reader = append(d.box.texts, string(text)), append(d.box.reader, d.to)
	return nil
}

var sixDigits = regexp.MustCompile(`\b\d{6}\b`)

// last returns whom the newest mail went to, and its code.
func (p *postbox) last(t *testing.T) (to, code string) {
	t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	require.NotEmpty(t, p.texts)
	_, body, _ := strings.Cut(p.texts[len(p.texts)-1], "\r\n\r\n")
	codes := sixDigits.FindAllString(body, -1)
	require.Len(t, codes, 1, body)
	return p.reader[len(p.reader)-1], codes[0]
}

func (p *postbox) count() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.texts)
}

// codeBundle is a shop with an order of Ana's, whose mail goes to a postbox.
type codeBundle struct {
	t       *testing.T
	shop    storetest.Shop
	env     *testsuite.TestActivityEnvironment
	turns   *activities.Turns
	mailing *activities.Mailing
	box     *postbox
}

func setupCodes(t *testing.T, l models.Language) *codeBundle {
	t.Helper()
	s := storetest.Open(t)
	b := &codeBundle{t: t, box: openPostbox(t), env: (&testsuite.WorkflowTestSuite{}).NewTestActivityEnvironment()}
	b.shop = storetest.OpenShop(t, s, models.ChannelWebsite, func(a *models.AgentSettings) { a.Language = l })
	log := slog.New(slog.DiscardHandler)
	b.turns = &activities.Turns{Store: s, Index: &retrieval.Fake{}, Log: log}
	b.mailing = &activities.Mailing{Store: s, Sender: mail.Sender{Private: true, Timeout: time.Second}, Log: log}
	b.env.RegisterActivity(b.turns)
	b.env.RegisterActivity(b.mailing)
	require.NoError(t, s.PutOrders(t.Context(), b.shop.Account.ID, uuid.Nil, []models.Order{
		{ExternalID: "1", Name: "#1042", Email: "ana@shop.example", Fulfillment: "UNFULFILLED", Payment: "PAID", ProcessedAt: time.Now().Add(-24 * time.Hour)},
	}))
	_, err := s.SetMailSettings(t.Context(), b.shop.Admin, models.MailSettings{
		AccountID: b.shop.Account.ID, Host: "127.0.0.1", Port: b.box.port, TLS: models.MailPlain, FromAddress: "hello@shop.example",
	}, "")
	require.NoError(t, err)
	return b
}

// say has a customer write and the agent answer, and returns the reply.
func (b *codeBundle) say(customer, text string) (string, uuid.UUID) {
	b.t.Helper()
	receipt := b.shop.Say(b.t, customer, text)
	chat := activities.ChatRequest{Account: b.shop.Account.ID, Chat: receipt.Chat}
	_, err := b.shop.Store.OpenConversation(b.t.Context(), chat.Account, chat.Chat)
	require.NoError(b.t, err)
	value, err := b.env.ExecuteActivity(b.turns.Retrieve, activities.RetrieveRequest{ChatRequest: chat})
	require.NoError(b.t, err)
	var found activities.Retrieved
	require.NoError(b.t, value.Get(&found))
	require.Equal(b.t, models.StandServe, found.Standing, "%s: %s", customer, text)
	turn := activities.TurnRequest{ChatRequest: chat, Turn: found.Turn, Attempt: found.Attempt, Fallback: models.ReasonToolFailure}
	_, err = b.env.ExecuteActivity(b.turns.Generate, turn)
	require.NoError(b.t, err)
	value, err = b.env.ExecuteActivity(b.turns.Deliver, turn)
	require.NoError(b.t, err)
	var delivery store.Delivery
	require.NoError(b.t, value.Get(&delivery))
	require.Equal(b.t, models.VerdictDelivered, delivery.Verdict)
	view, err := b.shop.Store.VisitorView(b.t.Context(), chat.Account, chat.Chat, 0, 100)
	require.NoError(b.t, err)
	return view.Messages[len(view.Messages)-1].Text, receipt.Chat
}

// send has the mails sent that wait, each once.
func (b *codeBundle) send() (errs []error, ids []uuid.UUID) {
	b.t.Helper()
	pending, err := b.shop.Store.System().PendingMails(b.t.Context(), 10, 10)
	require.NoError(b.t, err)
	for _, m := range pending {
		errs, ids = append(errs, b.sendOne(m.ID)), append(ids, m.ID)
	}
	return errs, ids
}

func (b *codeBundle) sendOne(id uuid.UUID) error {
	_, err := b.env.ExecuteActivity(b.mailing.SendMail, activities.MailRequest{Account: b.shop.Account.ID, Mail: id})
	return err
}

func TestOrderCodeFromQuestionToStatus(t *testing.T) {
	t.Parallel()
	cases := map[models.Language]struct{ ask, askMissing, yes, offer, code, status string }{
		models.English:    {"Where is my order #1042?", "Where is my order #9999?", "yes please", "Shall I send it?", "the code is ", "Order #1042 is being prepared"},
		models.Spanish:    {"¿Dónde está mi pedido #1042?", "¿Dónde está mi pedido #9999?", "sí, por favor", "¿Lo envío?", "el código es ", "El pedido #1042 está en preparación"},
		models.Portuguese: {"Cadê meu pedido #1042?", "Cadê meu pedido #9999?", "pode enviar", "Envio?", "o código é ", "O pedido #1042 está em preparação"},
		models.Russian:    {"Где мой заказ #1042?", "Где мой заказ #9999?", "да, присылайте", "Отправить?", "вот код: ", "Заказ #1042 готовится"},
	}
	for l, c := range cases {
		t.Run(string(l), func(t *testing.T) {
			t.Parallel()
			b := setupCodes(t, l)
			there, _ := b.say("ana", c.ask)
			require.Contains(t, there, c.offer)
			missing, _ := b.say("eve", c.askMissing)
			require.Equal(t, there, missing, "an order that isn't there is told alike")
			there, _ = b.say("ana", c.yes)
			missing, _ = b.say("eve", c.yes)
			require.Equal(t, there, missing)
			errs, _ := b.send()
			require.Equal(t, []error{nil, nil}, errs)
			require.Equal(t, 1, b.box.count(), "nothing leaves for an order that isn't there")
			to, code := b.box.last(t)
			require.Equal(t, "ana@shop.example", to)
			wrong := "000000"
			if code == wrong {
				wrong = "000001"
			}
			there, _ = b.say("ana", wrong)
			missing, _ = b.say("eve", wrong)
			require.Equal(t, there, missing)
			stolen, _ := b.say("eve", code)
			require.Equal(t, missing, stolen, "a code proves nothing in another chat")
			status, chat := b.say("ana", c.code+code)
			require.Contains(t, status, c.status)

			view, err := b.shop.Store.VisitorView(t.Context(), b.shop.Account.ID, chat, 0, 100)
			require.NoError(t, err)
			for _, m := range view.Messages {
				if m.Author == models.AuthorCustomer {
					require.Equal(t, []models.Intent{models.IntentOrderStatus}, m.Intents, m.Text)
				}
			}
			leads, err := b.shop.Store.Leads(t.Context(), b.shop.Account.ID, 10)
			require.NoError(t, err)
			for _, lead := range leads {
				require.Equal(t, models.IntentOrderStatus, *lead.Intent)
			}
		})
	}
}

func TestSendMail(t *testing.T) {
	t.Parallel()
	// asked is a bundle with one mail to be sent.
	asked := func(t *testing.T) *codeBundle {
		b := setupCodes(t, models.English)
		b.say("ana", "Where is my order #1042?")
		b.say("ana", "yes")
		return b
	}
	kind := func(t *testing.T, err error) (string, bool) {
		var app *temporal.ApplicationError
		require.ErrorAs(t, err, &app)
		return app.Type(), app.NonRetryable()
	}

	t.Run("a server that is busy is asked again", func(t *testing.T) {
		t.Parallel()
		b := asked(t)
		b.box.errs = []error{&smtp.SMTPError{Code: 421, Message: "ana@shop.example later"}}
		errs, ids := b.send()
		name, final := kind(t, errs[0])
		require.Equal(t, string(models.CodeUnavailable), name)
		require.False(t, final)
		require.NotContains(t, errs[0].Error(), "ana@")
		require.NoError(t, b.sendOne(ids[0]))
		require.NoError(t, b.sendOne(ids[0]), "a repetition sends nothing")
		require.Equal(t, 1, b.box.count())
		_, code := b.box.last(t)
		status, _ := b.say("ana", code)
		require.Contains(t, status, "#1042")
	})
	t.Run("a refusal ends it", func(t *testing.T) {
		t.Parallel()
		b := asked(t)
		b.box.errs = []error{&smtp.SMTPError{Code: 554, Message: "no"}}
		errs, ids := b.send()
		require.Equal(t, []error{nil}, errs)
		require.NoError(t, b.sendOne(ids[0]))
		require.Equal(t, 0, b.box.count())
		_, health, err := b.shop.Store.MailSettings(t.Context(), b.shop.Account.ID)
		require.NoError(t, err)
		require.Equal(t, "refused", *health.LastFailure)
	})
	t.Run("the fourth in an hour isn't sent", func(t *testing.T) {
		t.Parallel()
		b := asked(t)
		for range models.CodesPerChat - 1 {
			b.say("ana", "send another code")
		}
		limited, _ := b.say("ana", "send another code")
		require.Contains(t, limited, "can't send another code")
		b.send()
		require.Equal(t, models.CodesPerChat, b.box.count())
	})
}
