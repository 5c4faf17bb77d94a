package channels

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"

	"kedai/models"
)

// RecorderSignature is the header with the signature of a recorder's request,
// in both directions.
const RecorderSignature = "X-Recorder-Signature"

// recorder is an HTTP channel without an idempotency key: a request sent twice
// arrives twice, so it is the hard case that tests and faults run on.
type recorder struct{}

// SignRecorder returns the signature of a body, as the header carries it.
func SignRecorder(body []byte, secret models.Secret) string {
	mac := hmac.New(sha256.New, []byte(secret.Reveal()))
	mac.Write(body)
	return "sha256=" + hex.EncodeToString(mac.Sum(nil))
}

// Verify checks the signature over the raw body.
func (recorder) Verify(body []byte, header http.Header, secret models.Secret) error {
	if secret == "" {
		return models.Errorf(models.CodeUnauthorized, "the inbox has no secret to verify requests with")
	}
	if !hmac.Equal([]byte(header.Get(RecorderSignature)), []byte(SignRecorder(body, secret))) {
		return models.Errorf(models.CodeUnauthorized, "the signature in %s doesn't match the body", RecorderSignature)
	}
	return nil
}

// recorderEvent is one event of a webhook.
type recorderEvent struct {
	ID        string `json:"id"`
	Kind      string `json:"kind"` // customer, person, echo or bot.
	Chat      string `json:"chat"`
	Name      string `json:"name"`
	Phone     string `json:"phone"` // Proven by the platform, or empty.
	Text      string `json:"text"`
	Button    bool   `json:"button"`
	Reference string `json:"reference"`
}

var recorderAuthors = map[string]models.Author{
	"customer": models.AuthorCustomer,
	"person":   models.AuthorPerson,
	"echo":     models.AuthorEcho,
	"bot":      models.AuthorOtherBot,
}

// Parse reads {"events": […]}.
func (recorder) Parse(body []byte) Parsed {
	var hook struct {
		Events []json.RawMessage `json:"events"`
	}
	if err := json.Unmarshal(body, &hook); err != nil || hook.Events == nil {
		return Parsed{Unreadable: []Unreadable{{Raw: body, Err: models.Errorf(models.CodeInvalid, "the body isn't {\"events\": […]}")}}}
	}
	var out Parsed
	for _, raw := range hook.Events {
		inbound, err := readRecorderEvent(raw)
		if err != nil {
			out.Unreadable = append(out.Unreadable, Unreadable{Raw: raw, Err: err})
			continue
		}
		out.Inbounds = append(out.Inbounds, inbound)
	}
	return out
}

func readRecorderEvent(raw []byte) (models.Inbound, *models.Error) {
	var e recorderEvent
	if err := json.Unmarshal(raw, &e); err != nil {
		return models.Inbound{}, models.Errorf(models.CodeInvalid, "the event isn't of the known form")
	}
	// Postgres keeps no NUL in texts; a customer who sends one is answered all
	// the same.
	for _, field := range []*string{&e.ID, &e.Chat, &e.Name, &e.Text} {
		*field = strings.ReplaceAll(*field, "\x00", "\uFFFD")
	}
	author, known := recorderAuthors[e.Kind]
	switch {
	case !known:
		return models.Inbound{}, models.Errorf(models.CodeInvalid, "the event's kind isn't customer, person, echo or bot")
	case e.ID == "" || len(e.ID) > maxID || e.Chat == "" || len(e.Chat) > maxID:
		return models.Inbound{}, models.Errorf(models.CodeInvalid, "the event needs an id and a chat of 1 to %d bytes", maxID)
	case e.Phone != "" && models.NormalPhone(e.Phone) == "":
		return models.Inbound{}, models.Errorf(models.CodeInvalid, "the event's phone isn't a phone number")
	case len(e.Name) > maxID:
		return models.Inbound{}, models.Errorf(models.CodeInvalid, "the event's name exceeds %d bytes", maxID)
	case utf8.RuneCountInString(e.Text) > maxText:
		return models.Inbound{}, models.Errorf(models.CodeInvalid, "the event's text exceeds %d characters", maxText)
	case author == models.AuthorEcho && uuid.Validate(e.Reference) != nil:
		return models.Inbound{}, models.Errorf(models.CodeInvalid, "the echo has no reference of ours")
	case author != models.AuthorEcho && strings.TrimSpace(e.Text) == "":
		return models.Inbound{}, models.Errorf(models.CodeInvalid, "the event has no text")
	}
	inbound := models.Inbound{
		Author: author, Identity: e.Chat, ProviderID: e.ID,
		Name: e.Name, Text: e.Text, Button: e.Button, Phone: models.NormalPhone(e.Phone),
	}
	if author == models.AuthorEcho {
		inbound.Reference = e.Reference
	}
	return inbound, nil
}

// Send posts {"reference", "chat", "text"} to the inbox's endpoint, which
// answers {"id"}.
func (recorder) Send(ctx context.Context, r SendRequest) (string, error) {
	body, err := json.Marshal(map[string]string{"reference": r.Reference, "chat": r.Identity, "text": r.Text})
	if err != nil {
		return "", &SendError{Outcome: Rejected, Code: "unencodable"}
	}
	header := http.Header{RecorderSignature: {SignRecorder(body, r.Secret)}}
	reply, err := post(ctx, r.Endpoint, header, body)
	if err != nil {
		return "", err
	}
	var answer struct {
		ID string `json:"id"`
	}
	if err := json.Unmarshal(reply, &answer); err != nil || answer.ID == "" || len(answer.ID) > maxID || strings.ContainsRune(answer.ID, 0) {
		return "", &SendError{Outcome: Unknown, Code: codeBadReply}
	}
	return answer.ID, nil
}
