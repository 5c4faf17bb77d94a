package api

import (
	"encoding/json"
	"net/mail"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/golang-jwt/jwt/v5"
	"github.com/google/uuid"

	"kedai/models"
)

const (
	identityFor    = 10 * time.Minute
	identityLeeway = 30 * time.Second
	maxEmail       = 254
)

// identityClaims are what the shop's server signs with the inbox's secret: an
// e-mail address for one visitor of one inbox, for a short time. The subject
// may be left out where the shop doesn't know the visitor.
type identityClaims struct {
	jwt.RegisteredClaims
	Email string `json:"email"`
}

// visitorIdentity takes the shop's proof of the visitor's e-mail address. 409
// where the chat was proven to be somebody else's: the page then opens a new
// session, so that one customer never sees another's chat.
func (s *Server) visitorIdentity(c *gin.Context) {
	body, err := readBody(c)
	if err != nil {
		s.fail(c, err)
		return
	}
	var given struct {
		JWT string `json:"jwt"`
	}
	if json.Unmarshal(body, &given) != nil || given.JWT == "" {
		s.fail(c, models.Errorf(models.CodeInvalid, "the body is {\"jwt\": the shop's signed token}"))
		return
	}
	inbox, who := widgetInbox(c), visitorOf(c)
	email, err := provenEmail(given.JWT, inbox, who.id, time.Now())
	if err == nil {
		err = s.store.ProveEmail(c.Request.Context(), inbox.Inbox, who.id.String(), email)
	}
	if err != nil {
		s.fail(c, err)
		return
	}
	noContent(c)
}

// provenEmail checks the shop's token. CodeForbidden where it proves nothing:
// the visitor's own token is fine, so it isn't CodeUnauthorized.
func provenEmail(raw string, inbox openInbox, who uuid.UUID, now time.Time) (string, error) {
	refuse := func(why string) (string, error) {
		return "", models.Errorf(models.CodeForbidden, "the shop's token isn't taken: %s", why)
	}
	if inbox.Secret == "" {
		return refuse("the inbox has no secret to verify it with")
	}
	var claims identityClaims
	_, err := jwt.NewParser(
		jwt.WithValidMethods([]string{jwt.SigningMethodHS256.Alg()}), jwt.WithAudience(inbox.PublicID.String()),
		jwt.WithExpirationRequired(), jwt.WithIssuedAt(), jwt.WithLeeway(identityLeeway), jwt.WithTimeFunc(func() time.Time { return now }),
	).ParseWithClaims(raw, &claims, func(*jwt.Token) (any, error) { return []byte(inbox.Secret.Reveal()), nil })
	switch {
	case err != nil:
		return refuse("it must be signed by HS256 with the inbox's secret, with the inbox's public ID as aud, not be over, and have an iat that isn't in the future")
	case claims.IssuedAt == nil:
		return refuse("it has no iat")
	case claims.ExpiresAt.Sub(claims.IssuedAt.Time) > identityFor:
		return refuse("its exp is more than 10 minutes after its iat")
	case claims.Subject != "" && claims.Subject != who.String():
		return refuse("its sub is another visitor")
	}
	address, err := mail.ParseAddress(claims.Email)
	if err != nil || address.Address != claims.Email || len(claims.Email) > maxEmail {
		return refuse("its email isn't an e-mail address")
	}
	return claims.Email, nil
}
