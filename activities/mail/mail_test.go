package mail_test

import (
	"bufio"
	"context"
	"io"
	"net"
	netmail "net/mail"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
	"github.com/stretchr/testify/require"

	"kedai/activities/mail"
	"kedai/models"
)

// server is an SMTP server on this machine that may misbehave.
type server struct {
	*smtp.Server
	port     int
	mailErr  error // Answers MAIL.
	rcptErr  error
	dataErr  error // Answers the end of the message.
	password string

	mu   sync.Mutex
	got  []received
	auth []string
}

type received struct{ from, to, text string }

func newServer(adjust func(*server)) *server {
	s := &server{}
	s.Server = smtp.NewServer(s)
	s.Domain, s.AllowInsecureAuth, s.ErrorLog = "localhost", true, discard{}
	if adjust != nil {
		adjust(s)
	}
	return s
}

func (s *server) start(t *testing.T, listener net.Listener) {
	s.port = listener.Addr().(*net.TCPAddr).Port
	go func() { _ = s.Serve(listener) }()
	t.Cleanup(func() { _ = s.Close() })
}

func serve(t *testing.T, adjust func(*server)) *server {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	s := newServer(adjust)
	s.start(t, listener)
	return s
}

type discard struct{}

func (discard) Printf(string, ...any) {}
func (discard) Println(...any)        {}

func (s *server) NewSession(*smtp.Conn) (smtp.Session, error) { return &session{server: s}, nil }

func (s *server) all() []received {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.got
}

type session struct {
	server *server
	now    received
}

func (s *session) AuthMechanisms() []string { return []string{sasl.Plain} }

func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if password != s.server.password {
			return smtp.ErrAuthFailed
		}
		s.server.mu.Lock()
		defer s.server.mu.Unlock()
		s.server.auth = append(s.server.auth, user)
		return nil
	}), nil
}

func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	s.now.from = from
	return s.server.mailErr
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.now.to = to
	return s.server.rcptErr
}

func (s *session) Data(r io.Reader) error {
	body, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	if s.server.dataErr != nil {
		return s.server.dataErr
	}
	s.now.text = string(body)
	s.server.mu.Lock()
	defer s.server.mu.Unlock()
	s.server.got = append(s.server.got, s.now)
	return nil
}

func (s *session) Reset()        {}
func (s *session) Logout() error { return nil }

func settings(port int) models.MailSettings {
	return models.MailSettings{Host: "127.0.0.1", Port: port, TLS: models.MailPlain, FromAddress: "hello@shop.example"}
}

var message = mail.Message{To: "ana@shop.example", FromName: "La Casa Ñandú", Subject: "Код для заказа #1042", Body: "Код: 482913\n", ID: "id"}

// outcome sends the message and returns what is said of it.
func outcome(t *testing.T, s mail.Sender, to models.MailSettings, password models.Secret) (mail.Outcome, string) {
	t.Helper()
	err := s.Send(t.Context(), to, password, message)
	if err == nil {
		return "", ""
	}
	var failed *mail.SendError
	require.ErrorAs(t, err, &failed)
	return failed.Outcome, failed.Code
}

var private = mail.Sender{Private: true, Timeout: 2 * time.Second}

func TestSend(t *testing.T) {
	t.Parallel()

	t.Run("a message arrives as it was meant", func(t *testing.T) {
		t.Parallel()
		s := serve(t, nil)
		require.NoError(t, private.Send(t.Context(), settings(s.port), "", message))
		require.Len(t, s.all(), 1)
		got := s.all()[0]
		require.Equal(t, "hello@shop.example", got.from)
		require.Equal(t, "ana@shop.example", got.to)
		parsed, err := netmail.ReadMessage(strings.NewReader(got.text))
		require.NoError(t, err)
		from, err := parsed.Header.AddressList("From")
		require.NoError(t, err)
		require.Equal(t, []*netmail.Address{{Name: "La Casa Ñandú", Address: "hello@shop.example"}}, from)
		require.Equal(t, "<id@shop.example>", parsed.Header.Get("Message-ID"))
		require.Equal(t, "auto-generated", parsed.Header.Get("Auto-Submitted"))
		require.Empty(t, parsed.Header.Get("User-Agent")+parsed.Header.Get("X-Mailer"))
	})
	t.Run("what a shop is called adds no header", func(t *testing.T) {
		t.Parallel()
		s := serve(t, nil)
		evil := message
		evil.FromName, evil.Subject = "Shop\r\nBcc: eve@evil.example", "Code\r\n\r\nfor"
		require.NoError(t, private.Send(t.Context(), settings(s.port), "", evil))
		parsed, err := netmail.ReadMessage(strings.NewReader(s.all()[0].text))
		require.NoError(t, err)
		require.Empty(t, parsed.Header.Get("Bcc"))
		require.Equal(t, "Code for", parsed.Header.Get("Subject"))
	})
	t.Run("it signs in, and a wrong password is refused for good", func(t *testing.T) {
		t.Parallel()
		s := serve(t, func(s *server) { s.password = "right" })
		to := settings(s.port)
		to.Username = "shop"
		got, code := outcome(t, private, to, "wrong")
		require.Equal(t, mail.Rejected, got)
		require.Equal(t, "bad_password", code)
		require.NoError(t, private.Send(t.Context(), to, "right", message))
		require.Equal(t, []string{"shop"}, s.auth)
	})
	for name, c := range map[string]struct {
		adjust func(*server)
		want   mail.Outcome
		code   string
	}{
		"421 at MAIL":     {func(s *server) { s.mailErr = &smtp.SMTPError{Code: 421, Message: "later"} }, mail.NotSent, "busy"},
		"550 at MAIL":     {func(s *server) { s.mailErr = &smtp.SMTPError{Code: 550, Message: "no"} }, mail.Rejected, "refused"},
		"450 at RCPT":     {func(s *server) { s.rcptErr = &smtp.SMTPError{Code: 450, Message: "later"} }, mail.NotSent, "busy"},
		"550 at RCPT":     {func(s *server) { s.rcptErr = &smtp.SMTPError{Code: 550, Message: "ana@shop.example"} }, mail.Rejected, "bad_address"},
		"451 at the end":  {func(s *server) { s.dataErr = &smtp.SMTPError{Code: 451, Message: "later"} }, mail.NotSent, "busy"},
		"554 at the end":  {func(s *server) { s.dataErr = &smtp.SMTPError{Code: 554, Message: "spam"} }, mail.Rejected, "refused"},
		"no STARTTLS":     {nil, mail.NotSent, "no_connection"},
		"nobody connects": {nil, mail.NotSent, "no_connection"},
	} {
		t.Run(name+" is told apart", func(t *testing.T) {
			t.Parallel()
			s := serve(t, c.adjust)
			to := settings(s.port)
			switch name {
			case "no STARTTLS":
				to.TLS = models.MailStartTLS
			case "nobody connects":
				listener, err := net.Listen("tcp", "127.0.0.1:0")
				require.NoError(t, err)
				to.Port = listener.Addr().(*net.TCPAddr).Port
				require.NoError(t, listener.Close())
			}
			got, code := outcome(t, private, to, "")
			require.Equal(t, c.want, got)
			require.Equal(t, c.code, code)
			require.Empty(t, s.all())
		})
	}
}

// raw is a server that says its lines by itself: after the end of the message it
// does what end says.
func raw(t *testing.T, greet bool, end func(net.Conn)) int {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			c, err := listener.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				if !greet {
					_, _ = io.Copy(io.Discard, c)
					return
				}
				say := func(line string) { _, _ = io.WriteString(c, line+"\r\n") }
				say("220 here")
				inside := false
				for lines := bufio.NewScanner(c); lines.Scan(); {
					line := lines.Text()
					switch {
					case inside && line == ".":
						end(c)
						return
					case inside:
					case strings.HasPrefix(line, "EHLO"):
						say("250 here")
					case line == "DATA":
						inside = true
						say("354 go on")
					default:
						say("250 fine")
					}
				}
			}()
		}
	}()
	return listener.Addr().(*net.TCPAddr).Port
}

func TestSendToServersThatFail(t *testing.T) {
	t.Parallel()
	quick := mail.Sender{Private: true, Timeout: time.Second}

	t.Run("a connection that is lost after the message leaves its fate unknown", func(t *testing.T) {
		t.Parallel()
		got, code := outcome(t, quick, settings(raw(t, true, func(net.Conn) {})), "")
		require.Equal(t, mail.Unknown, got)
		require.Equal(t, "unanswered", code)
	})
	t.Run("so does a server that hangs then", func(t *testing.T) {
		t.Parallel()
		got, _ := outcome(t, quick, settings(raw(t, true, func(c net.Conn) { _, _ = io.Copy(io.Discard, c) })), "")
		require.Equal(t, mail.Unknown, got)
	})
	t.Run("one that takes the message and then fails has it", func(t *testing.T) {
		t.Parallel()
		got, _ := outcome(t, quick, settings(raw(t, true, func(c net.Conn) { _, _ = io.WriteString(c, "250 mine\r\n") })), "")
		require.Empty(t, got)
	})
	t.Run("one that never speaks has nothing", func(t *testing.T) {
		t.Parallel()
		started := time.Now()
		got, code := outcome(t, quick, settings(raw(t, false, nil)), "")
		require.Equal(t, mail.NotSent, got)
		require.Equal(t, "no_connection", code)
		require.Less(t, time.Since(started), 5*time.Second)
	})
	t.Run("a cancelled activity doesn't wait for a server that hangs", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		started := time.Now()
		slow := mail.Sender{Private: true}
		err := slow.Send(ctx, settings(raw(t, true, func(c net.Conn) {
			cancel()
			_, _ = io.Copy(io.Discard, c)
		})), "", message)
		var failed *mail.SendError
		require.ErrorAs(t, err, &failed)
		require.Equal(t, mail.Unknown, failed.Outcome)
		require.Less(t, time.Since(started), 5*time.Second)
	})
}

func TestSendReachesOnlyWhatItMay(t *testing.T) {
	t.Parallel()
	s := serve(t, nil)
	for name, to := range map[string]models.MailSettings{
		"loopback":           {Host: "127.0.0.1", Port: 587, TLS: models.MailStartTLS, FromAddress: "a@shop.example"},
		"loopback by name":   {Host: "localhost", Port: 587, TLS: models.MailStartTLS, FromAddress: "a@shop.example"},
		"loopback by TLS":    {Host: "localhost", Port: 465, TLS: models.MailOverTLS, FromAddress: "a@shop.example"},
		"a mapped address":   {Host: "::ffff:127.0.0.1", Port: 587, TLS: models.MailStartTLS, FromAddress: "a@shop.example"},
		"a private network":  {Host: "10.1.2.3", Port: 25, TLS: models.MailStartTLS, FromAddress: "a@shop.example"},
		"a cloud's metadata": {Host: "169.254.169.254", Port: 25, TLS: models.MailStartTLS, FromAddress: "a@shop.example"},
	} {
		got, code := outcome(t, mail.Sender{}, to, "")
		require.Equal(t, mail.Rejected, got, name)
		require.Equal(t, "forbidden_host", code, name)
	}
	got, code := outcome(t, mail.Sender{}, settings(s.port), "")
	require.Equal(t, mail.Rejected, got)
	require.Equal(t, "bad_settings", code, "plain text needs the operator's leave")
	far := settings(25)
	far.Host = "10.1.2.3"
	got, code = outcome(t, private, far, "")
	require.Equal(t, mail.Rejected, got)
	require.Equal(t, "forbidden_host", code, "and stays on the machine")
	require.Empty(t, s.all())
	require.NotContains(t, (&mail.SendError{Outcome: got, Code: code}).Error(), "10.1.2.3")
}
