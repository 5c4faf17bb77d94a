package channels

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"

	"kedai/models"
)

// MaxWebsiteText is how many characters a visitor may write in one message.
const MaxWebsiteText = 4000

// website is the chat on the shop's own pages. Its visitors are proven by
// their token, which the API checks, and what we say is delivered by its
// commit: the page reads it from there.
type website struct{}

// Verify refuses everything: nobody posts webhooks for the website.
func (website) Verify([]byte, http.Header, models.Secret) error {
	return models.Errorf(models.CodeUnauthorized, "the website channel has no webhook")
}

// Parse reads {"client_id", "text"}. ProviderID is the client's ID of the
// message; the caller adds the visitor to it and to Identity.
func (website) Parse(body []byte) Parsed {
	var message struct {
		ClientID uuid.UUID `json:"client_id"`
		Text     string    `json:"text"`
	}
	refuse := func(format string, args ...any) Parsed {
		return Parsed{Unreadable: []Unreadable{{Raw: body, Err: models.Errorf(models.CodeInvalid, format, args...)}}}
	}
	if !utf8.Valid(body) {
		return refuse("the message isn't valid UTF-8")
	}
	if err := json.Unmarshal(body, &message); err != nil || message.ClientID == uuid.Nil {
		return refuse("a message is {\"client_id\": a UUID, \"text\": a string}")
	}
	text := strings.TrimSpace(message.Text)
	switch n := utf8.RuneCountInString(text); {
	case n == 0:
		return refuse("the text is empty")
	case n > MaxWebsiteText:
		return refuse("the text has %d characters; the most is %d", n, MaxWebsiteText)
	case strings.ContainsRune(text, 0):
		return refuse("the text holds a NUL character")
	}
	return Parsed{Inbounds: []models.Inbound{{
		Author:     models.AuthorCustomer,
		ProviderID: message.ClientID.String(),
		Text:       text,
	}}}
}

// Send is never called: Channel.NeedsSend is false.
func (website) Send(context.Context, SendRequest) (string, error) {
	return "", &SendError{Outcome: Rejected, Code: "not_needed"}
}
