package api

import (
	"encoding/base64"
	"net/http"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/uuid"

	"kedai/models"
)

const (
	visitorIssuer = "kedai"
	visitorFor    = 30 * 24 * time.Hour
	visitorRenew  = 24 * time.Hour
	minVisitorKey = 32
)

// VisitorKey signs visitors' tokens. ID stands in the token, so that keys can
// be rotated.
type VisitorKey struct {
	ID     string
	Secret models.Secret
}

// ParseVisitorKeys reads "id:base64key[,id:base64key…]", the form of
// store.NewKey; the first key signs.
func ParseVisitorKeys(spec models.Secret) ([]VisitorKey, error) {
	var keys []VisitorKey
	for part := range strings.SplitSeq(spec.Reveal(), ",") {
		id, encoded, _ := strings.Cut(strings.TrimSpace(part), ":")
		key, err := base64.StdEncoding.DecodeString(encoded)
		if id == "" || err != nil || len(key) < minVisitorKey {
			return nil, models.Errorf(models.CodeInvalid, "the visitor keys can't be read; their form is id:base64 of %d bytes or more, separated by commas, the current one first", minVisitorKey)
		}
		keys = append(keys, VisitorKey{ID: id, Secret: models.Secret(key)})
	}
	return keys, nil
}

// visitorTokens makes and checks the tokens that name a website's visitor.
type visitorTokens struct {
	current VisitorKey
	keys    map[string]models.Secret
}

func newVisitorTokens(keys []VisitorKey) (*visitorTokens, error) {
	if len(keys) == 0 {
		return nil, models.Errorf(models.CodeInvalid, "the API needs a key to sign visitors' tokens with")
	}
	v := &visitorTokens{current: keys[0], keys: map[string]models.Secret{}}
	for _, k := range keys {
		if len(k.Secret.Reveal()) < minVisitorKey {
			return nil, models.Errorf(models.CodeInvalid, "the visitor key %q is shorter than %d bytes", k.ID, minVisitorKey)
		}
		v.keys[k.ID] = k.Secret
	}
	return v, nil
}

// visitorToken is a checked token.
type visitorToken struct {
	Raw     string
	Visitor uuid.UUID
	Expires time.Time
	Renew   bool // It is older than a day, or signed with an older key.
}

// issue makes a token for a visitor of an inbox.
func (v *visitorTokens) issue(visitor, inbox uuid.UUID, now time.Time) (visitorToken, error) {
	expires := now.Add(visitorFor).Truncate(time.Second)
	token := jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.RegisteredClaims{
		Issuer: visitorIssuer, Subject: visitor.String(), Audience: jwt.ClaimStrings{inbox.String()},
		IssuedAt: jwt.NewNumericDate(now), ExpiresAt: jwt.NewNumericDate(expires),
	})
	token.Header["kid"] = v.current.ID
	raw, err := token.SignedString([]byte(v.current.Secret.Reveal()))
	if err != nil {
		return visitorToken{}, models.Errorf(models.CodeInternal, "sign a visitor's token: %w", err)
	}
	return visitorToken{Raw: raw, Visitor: visitor, Expires: expires}, nil
}

// check returns what a token says of its visitor. CodeUnauthorized for one
// that isn't ours, is for another inbox, or is over.
func (v *visitorTokens) check(raw string, inbox uuid.UUID, now time.Time) (visitorToken, error) {
	refused := models.Errorf(models.CodeUnauthorized, "the visitor's token is missing, over or not of this inbox; ask for a new session")
	if raw == "" {
		return visitorToken{}, refused
	}
	var claims jwt.RegisteredClaims
	token, err := jwt.NewParser(
		jwt.WithValidMethods([]string{jwt.SigningMethodHS256.Alg()}), jwt.WithIssuer(visitorIssuer),
		jwt.WithAudience(inbox.String()), jwt.WithExpirationRequired(), jwt.WithTimeFunc(func() time.Time { return now }),
	).ParseWithClaims(raw, &claims, v.key)
	if err != nil || claims.IssuedAt == nil {
		return visitorToken{}, refused
	}
	visitor, err := uuid.Parse(claims.Subject)
	if err != nil {
		return visitorToken{}, refused
	}
	return visitorToken{
		Raw: raw, Visitor: visitor, Expires: claims.ExpiresAt.Time,
		Renew: now.Sub(claims.IssuedAt.Time) > visitorRenew || token.Header["kid"] != v.current.ID,
	}, nil
}

func (v *visitorTokens) key(token *jwt.Token) (any, error) {
	kid, _ := token.Header["kid"].(string)
	secret, ok := v.keys[kid]
	if !ok {
		return nil, jwt.ErrTokenUnverifiable
	}
	return []byte(secret.Reveal()), nil
}

// bearer returns the request's bearer token, or nothing.
func bearer(r *http.Request) string {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return strings.TrimSpace(token)
}
