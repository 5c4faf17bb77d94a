package api

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"kedai/models"
	"kedai/models/store"
)

func TestVisitorWrites(t *testing.T) {
	t.Parallel()
	b := setup(t)

	t.Run("history is empty before the first message", func(t *testing.T) {
		v := b.visitor()
		history := read[widgetHistory](t, v.do("GET", "/messages", nil), http.StatusOK)
		require.Empty(t, history.Messages)
		require.NotNil(t, history.Messages)
		require.Equal(t, models.OwnerNobody, history.State.ServedBy)
		require.Zero(t, history.Seq)
		require.Equal(t, http.StatusNoContent, v.do("POST", "/read", map[string]int{"seq": 1}).status)
	})

	t.Run("a message is stored, listed and rung for", func(t *testing.T) {
		v := b.visitor()
		id := uuid.NewString()
		accepted := read[widgetAccepted](t, v.do("POST", "/messages", map[string]string{"client_id": id, "text": "  How much is the mug?  "}), http.StatusAccepted)
		require.Equal(t, int64(1), accepted.Seq)
		history := read[widgetHistory](t, v.do("GET", "/messages?after=0", nil), http.StatusOK)
		require.Len(t, history.Messages, 1)
		m := history.Messages[0]
		require.Equal(t, accepted.ID, m.ID)
		require.Equal(t, id, m.ClientID)
		require.Equal(t, models.AuthorCustomer, m.From)
		require.Equal(t, "How much is the mug?", m.Text)
		require.Equal(t, int64(1), history.Seq)
		var bell store.Bell
		soon(t, "the doorbell rings", func() bool { bell = b.bells.of(v.chat().ID); return bell.Chat != uuid.Nil })
		require.Equal(t, b.account.ID, bell.Account)
		require.Equal(t, int64(1), bell.InSeq)
		require.True(t, bell.Quick)
		require.Empty(t, read[widgetHistory](t, v.do("GET", "/messages?after=1", nil), http.StatusOK).Messages)
	})

	t.Run("the same client_id is one message, however often and at once", func(t *testing.T) {
		v := b.visitor()
		body := map[string]string{"client_id": uuid.NewString(), "text": "once"}
		var group sync.WaitGroup
		replies := make([]reply, 20)
		for i := range replies {
			group.Go(func() { replies[i] = v.do("POST", "/messages", body) })
		}
		group.Wait()
		first := read[widgetAccepted](t, replies[0], http.StatusAccepted)
		for _, r := range replies {
			require.Equal(t, first, read[widgetAccepted](t, r, http.StatusAccepted))
		}
		history := read[widgetHistory](t, v.do("GET", "/messages", nil), http.StatusOK)
		require.Len(t, history.Messages, 1)
		require.Equal(t, int64(1), history.Seq)
	})

	t.Run("two visitors may use the same client_id", func(t *testing.T) {
		body := map[string]string{"client_id": uuid.NewString(), "text": "mine"}
		first := read[widgetAccepted](t, b.visitor().do("POST", "/messages", body), http.StatusAccepted)
		second := read[widgetAccepted](t, b.visitor().do("POST", "/messages", body), http.StatusAccepted)
		require.NotEqual(t, first.ID, second.ID)
	})

	for name, body := range map[string]string{
		"empty text":         `{"client_id":"` + uuid.NewString() + `","text":"  "}`,
		"too long a text":    `{"client_id":"` + uuid.NewString() + `","text":"` + strings.Repeat("ж", 4001) + `"}`,
		"a NUL":              `{"client_id":"` + uuid.NewString() + `","text":"a\u0000b"}`,
		"no client_id":       `{"text":"hello"}`,
		"an ill client_id":   `{"client_id":"7","text":"hello"}`,
		"no JSON":            `hello`,
		"not UTF-8":          "{\"client_id\":\"" + uuid.NewString() + "\",\"text\":\"\xff\"}",
		"a number as a text": `{"client_id":"` + uuid.NewString() + `","text":7}`,
	} {
		t.Run("refuses "+name, func(t *testing.T) {
			r := b.visitor().do("POST", "/messages", body)
			require.Equal(t, http.StatusBadRequest, r.status, "%s", r.body)
			require.Equal(t, "invalid", r.code())
		})
	}

	t.Run("4000 characters are taken", func(t *testing.T) {
		b.visitor().say(strings.Repeat("ж", 4000))
	})

	t.Run("a body over 64 KB is too large", func(t *testing.T) {
		r := b.visitor().do("POST", "/messages", strings.Repeat("x", 65<<10))
		require.Equal(t, http.StatusRequestEntityTooLarge, r.status)
		require.Equal(t, "too_large", r.code())
	})

	t.Run("reading is noted, never beyond the chat and never back", func(t *testing.T) {
		v := b.visitor()
		v.say("hello")
		for _, seq := range []int{1, 99, 0} {
			require.Equal(t, http.StatusNoContent, v.do("POST", "/read", map[string]int{"seq": seq}).status)
		}
		require.Equal(t, int64(1), read[widgetHistory](t, v.do("GET", "/messages", nil), http.StatusOK).State.ReadSeq)
		require.Equal(t, http.StatusBadRequest, v.do("POST", "/read", `{"seq":-1}`).status)
		require.Equal(t, http.StatusBadRequest, v.do("POST", "/read", `{}`).status)
	})

	t.Run("an ill cursor is refused", func(t *testing.T) {
		require.Equal(t, http.StatusBadRequest, b.visitor().do("GET", "/messages?after=x", nil).status)
		require.Equal(t, http.StatusBadRequest, b.visitor().do("GET", "/stream?after=-1", nil).status)
	})

	t.Run("a long history comes in pages", func(t *testing.T) {
		v := b.visitor()
		first := v.say("0")
		inbox := b.website
		identity := v.identity().String()
		for i := range pageSize {
			_, err := b.store.Intake(t.Context(), inbox, models.Inbound{Author: models.AuthorCustomer, Identity: identity, ProviderID: fmt.Sprintf("%s/%d", identity, i), Text: "more"})
			require.NoError(t, err)
		}
		page := read[widgetHistory](t, v.do("GET", "/messages", nil), http.StatusOK)
		require.True(t, page.More)
		require.Len(t, page.Messages, pageSize)
		require.Equal(t, page.Messages[pageSize-1].Seq, page.Seq)
		rest := read[widgetHistory](t, v.do("GET", fmt.Sprintf("/messages?after=%d", page.Seq), nil), http.StatusOK)
		require.False(t, rest.More)
		require.Len(t, rest.Messages, 1)
		require.Equal(t, first.Seq+pageSize, rest.Seq)
	})
}

func TestVisitorSession(t *testing.T) {
	t.Parallel()
	second := VisitorKey{ID: "v2", Secret: models.Secret(strings.Repeat("n", 32))}
	b := setup(t, func(o *Options, _ *pace) { o.VisitorKeys = []VisitorKey{second, testVisitorKey} })
	tokens, err := newVisitorTokens([]VisitorKey{testVisitorKey})
	require.NoError(t, err)
	current, err := newVisitorTokens([]VisitorKey{second})
	require.NoError(t, err)
	now := time.Now()

	issue := func(t *testing.T, from *visitorTokens, who, inbox uuid.UUID, at time.Time) string {
		t.Helper()
		token, err := from.issue(who, inbox, at)
		require.NoError(t, err)
		return token.Raw
	}
	open := func(t *testing.T, options ...with) widgetSession {
		t.Helper()
		return read[widgetSession](t, b.do("POST", b.widget("/session"), "{}", options...), http.StatusOK)
	}
	subject := func(t *testing.T, raw string) uuid.UUID {
		t.Helper()
		checked, err := current.check(raw, b.website.PublicID, now)
		require.NoError(t, err)
		return checked.Visitor
	}

	t.Run("a new visitor gets a token for 30 days, the language and the shop", func(t *testing.T) {
		s := open(t)
		require.Equal(t, models.English, s.Language)
		require.Equal(t, "Shop", s.Shop)
		require.Zero(t, s.Seq)
		require.WithinDuration(t, now.Add(30*24*time.Hour), s.ExpiresAt, time.Minute)
	})

	t.Run("a fresh token is kept", func(t *testing.T) {
		s := open(t)
		require.Equal(t, s.Token, open(t, token(s.Token)).Token)
	})

	t.Run("a token older than a day is renewed for the same visitor", func(t *testing.T) {
		who := uuid.New()
		old := issue(t, current, who, b.website.PublicID, now.Add(-25*time.Hour))
		s := open(t, token(old))
		require.NotEqual(t, old, s.Token)
		require.Equal(t, who, subject(t, s.Token))
		require.WithinDuration(t, now.Add(30*24*time.Hour), s.ExpiresAt, time.Minute)
	})

	t.Run("the key before still verifies, and its tokens are replaced", func(t *testing.T) {
		who := uuid.New()
		old := issue(t, tokens, who, b.website.PublicID, now)
		require.Equal(t, http.StatusOK, b.do("GET", b.widget("/messages"), nil, token(old)).status)
		s := open(t, token(old))
		require.Equal(t, who, subject(t, s.Token))
	})

	t.Run("the session tells how far the chat is", func(t *testing.T) {
		v := b.visitor()
		v.say("hello")
		require.Equal(t, int64(1), open(t, token(v.token)).Seq)
	})

	stranger, err := newVisitorTokens([]VisitorKey{{ID: "v2", Secret: models.Secret(strings.Repeat("x", 32))}})
	require.NoError(t, err)
	unsigned, err := jwt.NewWithClaims(jwt.SigningMethodNone, jwt.RegisteredClaims{Issuer: visitorIssuer, Subject: uuid.NewString()}).SignedString(jwt.UnsafeAllowNoneSignatureType)
	require.NoError(t, err)
	for name, raw := range map[string]string{
		"garbage":                 "garbage",
		"unsigned":                unsigned,
		"signed by somebody else": issue(t, stranger, uuid.New(), b.website.PublicID, now),
		"of another inbox":        issue(t, current, uuid.New(), uuid.New(), now),
		"over":                    issue(t, current, uuid.New(), b.website.PublicID, now.Add(-31*24*time.Hour)),
	} {
		t.Run("a token "+name+" is refused, and a new visitor comes of it", func(t *testing.T) {
			r := b.do("GET", b.widget("/messages"), nil, token(raw))
			require.Equal(t, http.StatusUnauthorized, r.status)
			require.Equal(t, "unauthorized", r.code())
			require.NotEqual(t, raw, open(t, token(raw)).Token)
		})
	}

	t.Run("there is no session without a website inbox", func(t *testing.T) {
		for _, id := range []string{uuid.NewString(), "x", b.recorder.PublicID.String(), b.website.ID.String()} {
			r := b.do("POST", "/v1/widget/"+id+"/session", "{}")
			require.Equal(t, http.StatusNotFound, r.status)
			require.Equal(t, "not_found", r.code())
		}
	})

	t.Run("everything but the session needs a token", func(t *testing.T) {
		for _, path := range []string{"GET /messages", "GET /stream", "POST /messages", "POST /read", "POST /identity"} {
			method, path, _ := strings.Cut(path, " ")
			require.Equal(t, http.StatusUnauthorized, b.do(method, b.widget(path), "{}").status)
		}
	})
}

func TestVisitorIdentity(t *testing.T) {
	t.Parallel()
	b := setup(t)
	bare := b.newInbox(b.account, models.Inbox{Channel: models.ChannelWebsite, Name: "No secret"}, "")
	now := time.Now()
	claims := func(change func(jwt.MapClaims)) jwt.MapClaims {
		c := jwt.MapClaims{"aud": b.website.PublicID.String(), "email": "ann@shop.example", "iat": now.Unix(), "exp": now.Add(5 * time.Minute).Unix()}
		if change != nil {
			change(c)
		}
		return c
	}
	sign := func(t *testing.T, c jwt.MapClaims, secret string) map[string]string {
		t.Helper()
		raw, err := jwt.NewWithClaims(jwt.SigningMethodHS256, c).SignedString([]byte(secret))
		require.NoError(t, err)
		return map[string]string{"jwt": raw}
	}

	t.Run("the shop's proof is kept with the chat", func(t *testing.T) {
		v := b.visitor()
		who := v.identity().String()
		for _, change := range []func(jwt.MapClaims){nil, func(c jwt.MapClaims) { c["sub"] = who }} {
			require.Equal(t, http.StatusNoContent, v.do("POST", "/identity", sign(t, claims(change), websiteSecret)).status)
		}
		chat, err := b.store.ChatByIdentity(t.Context(), b.website, who)
		require.NoError(t, err)
		require.Equal(t, "ann@shop.example", *chat.VerifiedEmail)
		v.say("and a message goes on in that chat")
	})

	for name, body := range map[string]map[string]string{
		"signed with another secret": sign(t, claims(nil), "somebody-else"),
		"too long":                   sign(t, claims(func(c jwt.MapClaims) { c["exp"] = now.Add(time.Hour).Unix() }), websiteSecret),
		"too long from its iat on":   sign(t, claims(func(c jwt.MapClaims) { c["iat"] = now.Add(-6 * time.Minute).Unix() }), websiteSecret),
		"from soon on":               sign(t, claims(func(c jwt.MapClaims) { c["iat"] = now.Add(time.Minute).Unix() }), websiteSecret),
		"over":                       sign(t, claims(func(c jwt.MapClaims) { c["exp"] = now.Add(-time.Minute).Unix() }), websiteSecret),
		"without an end":             sign(t, claims(func(c jwt.MapClaims) { delete(c, "exp") }), websiteSecret),
		"without a beginning":        sign(t, claims(func(c jwt.MapClaims) { delete(c, "iat") }), websiteSecret),
		"from the future":            sign(t, claims(func(c jwt.MapClaims) { c["iat"] = now.Add(time.Hour).Unix() }), websiteSecret),
		"for another inbox":          sign(t, claims(func(c jwt.MapClaims) { c["aud"] = uuid.NewString() }), websiteSecret),
		"for another visitor":        sign(t, claims(func(c jwt.MapClaims) { c["sub"] = uuid.NewString() }), websiteSecret),
		"without an address":         sign(t, claims(func(c jwt.MapClaims) { delete(c, "email") }), websiteSecret),
		"with an ill address":        sign(t, claims(func(c jwt.MapClaims) { c["email"] = "Ann <ann@shop.example>" }), websiteSecret),
	} {
		t.Run("a proof "+name+" is refused", func(t *testing.T) {
			r := b.visitor().do("POST", "/identity", body)
			require.Equal(t, http.StatusForbidden, r.status, "%s", r.body)
			require.Equal(t, "forbidden", r.code())
		})
	}

	t.Run("a chat that is one customer's doesn't become another's", func(t *testing.T) {
		v := b.visitor()
		prove := func(email string) reply {
			return v.do("POST", "/identity", sign(t, claims(func(c jwt.MapClaims) { c["email"] = email }), websiteSecret))
		}
		for _, email := range []string{"ann@shop.example", "ann@shop.example", "Ann@Shop.example"} {
			require.Equal(t, http.StatusNoContent, prove(email).status)
		}
		r := prove("bob@shop.example")
		require.Equal(t, http.StatusConflict, r.status)
		require.Equal(t, "conflict", r.code())
		require.NotContains(t, string(r.body), "ann")
		require.Equal(t, "Ann@Shop.example", *v.chat().VerifiedEmail)
		v.say("hello")
		require.Equal(t, http.StatusConflict, prove("bob@shop.example").status)
	})

	t.Run("an inbox without a secret proves nothing", func(t *testing.T) {
		session := read[widgetSession](t, b.do("POST", "/v1/widget/"+bare.PublicID.String()+"/session", "{}"), http.StatusOK)
		proof := sign(t, claims(func(c jwt.MapClaims) { c["aud"] = bare.PublicID.String() }), "")
		require.Equal(t, http.StatusForbidden, b.do("POST", "/v1/widget/"+bare.PublicID.String()+"/identity", proof, token(session.Token)).status)
	})

	t.Run("an ill body is refused", func(t *testing.T) {
		require.Equal(t, http.StatusBadRequest, b.visitor().do("POST", "/identity", `{}`).status)
	})
}
