// Package mail hands messages to e-mail servers over SMTP. It says of each
// whether it has arrived, and reaches only servers that an account may use.
package mail

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/netip"
	"net/textproto"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	gomail "github.com/wneessen/go-mail"

	"kedai/models"
)

// Message is a plain text for one reader.
type Message struct {
	To       string
	FromName string
	Subject  string
	Body     string
	ID       string // Our own, so that a server may know a repetition.
}

// Outcome is what is known of a message after a try.
type Outcome string

// The outcomes of a try that went wrong.
const (
	NotSent  Outcome = "not_sent" // It surely didn't arrive; later may do.
	Rejected Outcome = "rejected" // It surely didn't arrive, and won't.
	Unknown  Outcome = "unknown"  // The server had all of it and didn't answer.
)

// SendError says what became of a message. Its code is for people and logs; no
// server's text is in it.
type SendError struct {
	Outcome Outcome
	Code    string
}

// Error returns outcome and code.
func (e *SendError) Error() string { return "mail " + string(e.Outcome) + ": " + e.Code }

// What kept a message from arriving.
const (
	codeSettings   = "bad_settings"
	codePlace      = "forbidden_host" // The host leads to where mail may not be handed.
	codeConnect    = "no_connection"
	codeTLS        = "no_tls"
	codeAuth       = "bad_password"
	codeRefused    = "refused"
	codeAddress    = "bad_address"
	codeBusy       = "busy"
	codeUnanswered = "unanswered"
)

// Sender hands messages over.
type Sender struct {
	Private bool           // Servers off the public internet may be used.
	Roots   *x509.CertPool // That certificates are held against; nil: the machine's.
	Timeout time.Duration  // Of each step with the server; 0: 10 seconds.
}

// longest bounds all steps together.
const (
	stepTimeout = 10 * time.Second
	longest     = 20 * time.Second
)

// Send hands a message to a server. The error is a SendError.
func (s Sender) Send(ctx context.Context, server models.MailSettings, password models.Secret, m Message) error {
	if err := server.Validate(s.Private); err != nil {
		return &SendError{Rejected, codeSettings}
	}
	ctx, cancel := context.WithTimeout(ctx, longest)
	defer cancel()
	message, err := compose(server, m)
	if err != nil {
		return &SendError{Rejected, codeAddress}
	}
	line := &line{}
	client, err := s.client(server, password, line)
	if err != nil {
		return &SendError{Rejected, codeSettings}
	}
	// A server that hangs is given up with the context.
	defer context.AfterFunc(ctx, line.cut)()
	if err := client.DialWithContext(ctx); err != nil {
		line.cut()
		return dialError(err)
	}
	err = client.Send(message)
	_ = client.Close() // What the server says to a goodbye changes nothing.
	if err == nil || message.IsDelivered() {
		return nil
	}
	return sendError(err)
}

func compose(server models.MailSettings, m Message) (*gomail.Msg, error) {
	message := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	if err := message.FromFormat(oneLine(m.FromName), server.FromAddress); err != nil {
		return nil, err
	}
	if err := message.To(m.To); err != nil {
		return nil, err
	}
	_, domain, _ := strings.Cut(server.FromAddress, "@")
	message.SetMessageIDWithValue(m.ID + "@" + domain)
	message.SetDate()
	message.Subject(oneLine(m.Subject))
	message.SetGenHeader("Auto-Submitted", "auto-generated")
	message.SetBodyString(gomail.TypeTextPlain, m.Body)
	return message, nil
}

// oneLine keeps what people named their shop from adding headers.
func oneLine(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return r < ' ' || r == 0x7f }), " ")
}

// line is a connection that can be cut under a client that waits.
type line struct {
	mu   sync.Mutex
	conn net.Conn
	over bool
}

func (l *line) hold(conn net.Conn) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.conn = conn; l.over {
		_ = conn.Close()
	}
}

func (l *line) cut() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.over = true; l.conn != nil {
		_ = l.conn.Close()
	}
}

func (s Sender) client(server models.MailSettings, password models.Secret, l *line) (*gomail.Client, error) {
	timeout := s.Timeout
	if timeout == 0 {
		timeout = stepTimeout
	}
	config := &tls.Config{ServerName: server.Host, RootCAs: s.Roots, MinVersion: tls.VersionTLS12}
	policy := gomail.NoTLS
	if server.TLS == models.MailStartTLS {
		policy = gomail.TLSMandatory
	}
	options := []gomail.Option{
		gomail.WithPort(server.Port), gomail.WithTimeout(timeout), gomail.WithTLSConfig(config), gomail.WithTLSPolicy(policy),
		gomail.WithDialContextFunc(func(ctx context.Context, _, _ string) (net.Conn, error) {
			conn, err := s.dial(ctx, server, config)
			if err == nil {
				l.hold(conn)
			}
			return conn, err
		}),
	}
	if server.Username != "" {
		options = append(options, gomail.WithUsername(server.Username), gomail.WithPassword(password.Reveal()),
			gomail.WithOpportunisticSMTPAuth(gomail.SMTPAuthSCRAMSHA256, gomail.SMTPAuthPlain, gomail.SMTPAuthLogin))
	}
	return gomail.NewClient(server.Host, options...)
}

// errPlace refuses an address at the moment that it is dialled, whatever the
// name led to before.
var errPlace = errors.New("mail may not be handed to this address")

func (s Sender) dial(ctx context.Context, server models.MailSettings, config *tls.Config) (net.Conn, error) {
	address := net.JoinHostPort(server.Host, strconv.Itoa(server.Port))
	dialer := &net.Dialer{Control: func(_, to string, _ syscall.RawConn) error {
		place, err := netip.ParseAddrPort(to)
		if err != nil || models.MayMail(place.Addr(), server.TLS, s.Private) != nil {
			return errPlace
		}
		return nil
	}}
	if server.TLS == models.MailOverTLS {
		return (&tls.Dialer{NetDialer: dialer, Config: config}).DialContext(ctx, "tcp", address)
	}
	return dialer.DialContext(ctx, "tcp", address)
}

// dialError is of what comes before the message: nothing has arrived.
func dialError(err error) error {
	var answer *textproto.Error
	var certificate *tls.CertificateVerificationError
	switch {
	case errors.Is(err, errPlace):
		return &SendError{Rejected, codePlace}
	case errors.As(err, &certificate):
		return &SendError{Rejected, codeTLS}
	case errors.As(err, &answer) && (answer.Code == 534 || answer.Code == 535):
		return &SendError{Rejected, codeAuth}
	case errors.As(err, &answer) && answer.Code >= 500:
		return &SendError{Rejected, codeRefused}
	case errors.As(err, &answer):
		return &SendError{NotSent, codeBusy}
	}
	return &SendError{NotSent, codeConnect}
}

// sendError tells what the server had when it went wrong. Only after the
// message's end, and without an answer to it, is its fate unknown.
func sendError(err error) error {
	var failed *gomail.SendError
	if !errors.As(err, &failed) {
		return &SendError{NotSent, codeConnect} // The connection broke before the message.
	}
	code := failed.ErrorCode()
	switch {
	case code >= 500 && failed.Reason == gomail.ErrSMTPRcptTo:
		return &SendError{Rejected, codeAddress}
	case code >= 500:
		return &SendError{Rejected, codeRefused}
	case code >= 400:
		return &SendError{NotSent, codeBusy}
	case failed.Reason == gomail.ErrSMTPDataClose:
		return &SendError{Unknown, codeUnanswered}
	}
	return &SendError{NotSent, codeConnect}
}
