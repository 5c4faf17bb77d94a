package models

import (
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
)

// MailSettings are the e-mail server that an account sends by. The password
// isn't among them: only sending reads it.
type MailSettings struct {
	AccountID   uuid.UUID `json:"-" gorm:"primaryKey"`
	Host        string    `json:"host"`
	Port        int       `json:"port"`
	TLS         MailTLS   `json:"tls"`
	Username    string    `json:"username"` // Empty: the server is used without signing in.
	FromAddress string    `json:"from_address"`
	UpdatedAt   time.Time `json:"updated_at"`
}

// TableName names the table.
func (MailSettings) TableName() string { return "mail_settings" }

// MailTLS is how the connection to an e-mail server is kept private.
type MailTLS string

// The ways. MailPlain is for a server on the same machine.
const (
	MailStartTLS MailTLS = "starttls"
	MailOverTLS  MailTLS = "tls"
	MailPlain    MailTLS = "none"
)

// mailPorts are those that e-mail servers of the public internet take mail
// at: nothing else there may be reached.
var mailPorts = []int{25, 465, 587, 2525}

// Validate returns CodeInvalid where the settings can't work. private is the
// operator's leave to use servers that aren't on the public internet.
func (m MailSettings) Validate(private bool) error {
	switch {
	case !isMailHost(m.Host):
		return Errorf(CodeInvalid, "host isn't the name of an e-mail server; give one such as smtp.example.com")
	case m.Port < 1 || m.Port > 65535 || !private && !slices.Contains(mailPorts, m.Port):
		return Errorf(CodeInvalid, "port %d isn't one that e-mail servers take mail at; use 587, 465, 2525 or 25", m.Port)
	case m.TLS == MailPlain && !private:
		return Errorf(CodeInvalid, "tls must be starttls or tls: without it, codes and the password would be readable on the way")
	case m.TLS != MailStartTLS && m.TLS != MailOverTLS && m.TLS != MailPlain:
		return Errorf(CodeInvalid, "tls must be starttls (mostly with port 587) or tls (mostly with port 465)")
	case len(m.Username) > maxMailText || hasControls(m.Username):
		return Errorf(CodeInvalid, "username must have at most %d characters, none of them a control character", maxMailText)
	case NormalEmail(m.FromAddress) == "" || strings.ContainsAny(m.FromAddress, "<>,;:\"()[]\\") || strings.Count(m.FromAddress, "@") != 1:
		return Errorf(CodeInvalid, "from_address must be the plain e-mail address that codes come from, such as hello@shop.example")
	}
	return nil
}

const maxMailText = 254

func hasControls(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r == 0x7f })
}

// isMailHost takes names and addresses; what they lead to is checked when they
// are resolved.
func isMailHost(host string) bool {
	if host == "" || len(host) > 253 || host[0] == '-' || host[0] == '.' {
		return false
	}
	if _, err := netip.ParseAddr(host); err == nil {
		return true
	}
	return !strings.ContainsFunc(host, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '.' && r != '-' && r != '_'
	})
}

// MayMail returns CodeInvalid where mail may not be handed to an address: one
// off the public internet without the operator's leave, and without TLS one on
// another machine.
func MayMail(to netip.Addr, tls MailTLS, private bool) error {
	to = to.Unmap()
	switch {
	case tls == MailPlain && !to.IsLoopback():
		return Errorf(CodeInvalid, "without TLS only an e-mail server on the same machine is used; set tls to starttls or tls")
	case !private && !PublicAddress(to):
		return Errorf(CodeInvalid, "host doesn't lead to the public internet; for an e-mail server of your own network the operator sets KEDAI_MAIL_PRIVATE=true")
	}
	return nil
}

// MailHealth is how the newest mails of an account fared.
type MailHealth struct {
	LastSentAt   *time.Time
	LastFailedAt *time.Time
	LastFailure  *string // A code, never a server's text.
}

// Mail is a one-time code on its way to the address of an order.
type Mail struct {
	ID             uuid.UUID  `json:"id"`
	AccountID      uuid.UUID  `json:"account_id"`
	ChatID         uuid.UUID  `json:"chat_id"`
	ConversationID uuid.UUID  `json:"conversation_id"`
	TurnID         uuid.UUID  `json:"turn_id"`
	Number         string     `json:"number"` // As OrderNumber has it.
	OrderID        *uuid.UUID `json:"order_id"`
	State          MailState  `json:"state"`
	Failure        *string    `json:"failure"`
	UsedAt         *time.Time `json:"used_at"`
	CreatedAt      time.Time  `json:"created_at"`
	FinishedAt     *time.Time `json:"finished_at"`
}

// TableName names the table.
func (Mail) TableName() string { return "mails" }

// MailState is how far a mail has come.
type MailState string

// The states of a mail.
const (
	MailAsked   MailState = "asked"  // The reply that announces it isn't delivered.
	MailQueued  MailState = "queued" // To be sent.
	MailSending MailState = "sending"
	MailSent    MailState = "sent"
	MailVoid    MailState = "void" // There is no such order, or it has no address.
	MailFailed  MailState = "failed"
)

// Over reports whether nothing more is to be done for a mail.
func (s MailState) Over() bool { return s == MailSent || s == MailVoid || s == MailFailed }

// MaxUncertainMails is how many requests of unknown outcome a mail may have.
const MaxUncertainMails = 2

// MaxMailWait is how long a server may refuse to take a mail for now; after it
// the customer has long asked for another code.
const MaxMailWait = 10 * time.Minute
