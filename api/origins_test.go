package api

import (
	"context"
	"fmt"
	"net/http"
	"net/netip"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"kedai/api/gen"
	"kedai/api/web"
	"kedai/models"
)

func TestOrigins(t *testing.T) {
	t.Parallel()
	b := setup(t)

	t.Run("a listed origin may, and preflight says what", func(t *testing.T) {
		r := b.do("OPTIONS", b.widget("/messages"), nil, header("Origin", shopOrigin),
			header("Access-Control-Request-Method", "POST"), header("Access-Control-Request-Headers", "authorization,content-type"))
		require.Equal(t, http.StatusNoContent, r.status)
		require.Equal(t, shopOrigin, r.header.Get("Access-Control-Allow-Origin"))
		require.Contains(t, r.header.Get("Access-Control-Allow-Headers"), "Authorization")
		require.Contains(t, r.header.Get("Access-Control-Allow-Methods"), "POST")
		r = b.do("POST", b.widget("/session"), "{}", header("Origin", shopOrigin))
		require.Equal(t, http.StatusOK, r.status)
		require.Equal(t, shopOrigin, r.header.Get("Access-Control-Allow-Origin"))
		require.Equal(t, "Origin", r.header.Get("Vary"))
		require.Empty(t, r.header.Get("Access-Control-Allow-Credentials"))
	})

	t.Run("errors can be read by the page too", func(t *testing.T) {
		r := b.do("GET", b.widget("/messages"), nil, header("Origin", shopOrigin))
		require.Equal(t, http.StatusUnauthorized, r.status)
		require.Equal(t, shopOrigin, r.header.Get("Access-Control-Allow-Origin"))
	})

	t.Run("a name beyond ASCII is one name, however it is written", func(t *testing.T) {
		path := "/v1/inboxes/" + b.website.ID.String()
		before := []string{shopOrigin}
		for _, written := range []string{"https://Bücher.example", "https://xn--bcher-kva.example"} {
			body := map[string]any{"allowed_origins": append(before, written)}
			inbox := read[gen.Inbox](t, b.do("PATCH", path, body, token(b.admin.token)), http.StatusOK)
			require.Equal(t, "https://xn--bcher-kva.example", inbox.AllowedOrigins[1])
			for _, origin := range []string{"https://xn--bcher-kva.example", "https://bücher.example"} {
				require.Equal(t, http.StatusOK, b.do("POST", b.widget("/session"), "{}", header("Origin", origin)).status)
			}
		}
		// As it was stored before names were normalised.
		b.count("WITH changed AS (UPDATE inboxes SET allowed_origins = $2 WHERE id = $1 RETURNING id) SELECT count(*) FROM changed", b.website.ID, `["https://shop.example", "https://bücher.example"]`)
		b.server.inboxes.forget(b.account.ID)
		require.Equal(t, http.StatusOK, b.do("POST", b.widget("/session"), "{}", header("Origin", "https://xn--bcher-kva.example")).status)
		require.Equal(t, http.StatusForbidden, b.do("POST", b.widget("/session"), "{}", header("Origin", "https://bucher.example")).status)
	})

	t.Run("pages of this server may", func(t *testing.T) {
		require.Equal(t, http.StatusOK, b.do("POST", b.widget("/session"), "{}", header("Origin", b.url)).status)
	})

	for _, origin := range []string{"https://evil.example", "http://shop.example", "https://shop.example.evil.example", "https://shop.example:8443", "null", "https://shop.example/"} {
		t.Run("not "+origin, func(t *testing.T) {
			for _, method := range []string{"OPTIONS", "POST"} {
				r := b.do(method, b.widget("/session"), "{}", header("Origin", origin))
				require.Equal(t, http.StatusForbidden, r.status)
				require.Empty(t, r.header.Get("Access-Control-Allow-Origin"))
			}
		})
	}
}

func TestNormalOrigin(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		"https://Shop.Example":      "https://shop.example",
		" https://shop.example/ ":   "https://shop.example",
		"https://shop.example:443":  "https://shop.example",
		"http://shop.example:80":    "http://shop.example",
		"http://localhost:8080":     "http://localhost:8080",
		"https://shop.example:8443": "https://shop.example:8443",
		"https://BÜCHER.example:81": "https://xn--bcher-kva.example:81",
		"https://магазин.рф":        "https://xn--80aairftm.xn--p1ai",
		"http://[::1]:8080":         "http://[::1]:8080",
		"https://my_shop.example":   "https://my_shop.example",
	} {
		got, err := normalOrigin(given)
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
	for _, given := range []string{"*", "https://*", "https://*.shop.example", "shop.example", "", "ftp://shop.example", "https://shop.example/path", "https://u:p@shop.example", "https://shop.example?x=1", "null", "https://-ü.example", "https://ü\u2028.example"} {
		_, err := normalOrigin(given)
		require.Equal(t, models.CodeInvalid, models.CodeOf(err), given)
	}
}

func TestRateLimits(t *testing.T) {
	t.Parallel()

	t.Run("a visitor writes so many messages at once, another isn't held up", func(t *testing.T) {
		b := setup(t, func(o *Options, _ *pace) {
			o.Limits = Limits{VisitorPerMinute: 20, VisitorBurst: 3, AddressPerMinute: -1}
		})
		v := b.visitor()
		for range 3 {
			v.say("hello")
		}
		r := v.do("POST", "/messages", "{}", header("Origin", shopOrigin))
		require.Equal(t, http.StatusTooManyRequests, r.status)
		require.Equal(t, "rate_limited", r.code())
		require.Equal(t, "3", r.header.Get("Retry-After"))
		require.Contains(t, r.header.Get("Access-Control-Expose-Headers"), "Retry-After")
		require.Equal(t, http.StatusOK, v.do("GET", "/messages", nil).status)
		b.visitor().say("hello")
	})

	t.Run("an address makes so many requests, whatever it says in headers", func(t *testing.T) {
		b := setup(t, func(o *Options, _ *pace) { o.Limits = Limits{AddressPerMinute: 1, AddressBurst: 2} })
		for range 2 {
			require.Equal(t, http.StatusOK, b.do("POST", b.widget("/session"), "{}").status)
		}
		r := b.do("POST", b.widget("/session"), "{}", header("X-Forwarded-For", "203.0.113.7"), header("X-Real-IP", "203.0.113.7"))
		require.Equal(t, http.StatusTooManyRequests, r.status)
	})

	t.Run("what names no inbox, and the demo, count too", func(t *testing.T) {
		b := setup(t, func(o *Options, _ *pace) {
			o.Limits = Limits{AddressPerMinute: 1, AddressBurst: 3}
			o.Demo = func(string) (web.DemoPage, bool) { return web.DemoPage{}, true }
		})
		require.Equal(t, http.StatusNotFound, b.do("POST", "/v1/widget/"+uuid.NewString()+"/session", "{}").status)
		require.Equal(t, http.StatusNotFound, b.do("OPTIONS", "/v1/widget/"+uuid.NewString()+"/session", nil).status)
		require.Equal(t, http.StatusOK, b.do("GET", "/demo", nil).status)
		for _, path := range []string{"/demo", "/v1/widget/" + uuid.NewString() + "/stream"} {
			r := b.do("GET", path, nil, header("Origin", shopOrigin))
			require.Equal(t, http.StatusTooManyRequests, r.status, path)
			require.NotEmpty(t, r.header.Get("Retry-After"))
			require.Equal(t, "*", r.header.Get("Access-Control-Allow-Origin"))
		}
		require.Equal(t, http.StatusOK, b.do("GET", "/v1/me", nil, token(b.admin.token)).status)
	})

	t.Run("only what is refused counts where callers prove who they are", func(t *testing.T) {
		limit := func(o *Options, _ *pace) { o.Limits = Limits{AddressPerMinute: 1, AddressBurst: 2} }
		b := setup(t, limit)
		me := func(of string) int { return b.do("GET", "/v1/me", nil, token(of)).status }
		for range 5 {
			require.Equal(t, http.StatusOK, me(b.admin.token))
			require.Equal(t, http.StatusNotFound, b.do("GET", "/v1/conversations/"+uuid.NewString(), nil, token(b.admin.token)).status)
		}
		for range 2 {
			require.Equal(t, http.StatusUnauthorized, me("kd_wrong"))
		}
		require.Equal(t, http.StatusTooManyRequests, me("kd_wrong"))

		b = setup(t, limit)
		for i := range 5 {
			require.Equal(t, http.StatusOK, b.hook(customer(fmt.Sprint(i), "ann", "hi")).status)
		}
		require.Equal(t, http.StatusNotFound, b.do("POST", "/webhooks/recorder/"+uuid.NewString(), "{}").status)
		require.Equal(t, http.StatusUnauthorized, b.do("POST", "/webhooks/recorder/"+b.recorder.PublicID.String(), "{}").status)
		require.Equal(t, http.StatusTooManyRequests, b.do("POST", "/webhooks/recorder/"+uuid.NewString(), "{}").status)
	})

	t.Run("a trusted proxy names the address", func(t *testing.T) {
		b := setup(t, func(o *Options, _ *pace) {
			o.Limits = Limits{AddressPerMinute: 1, AddressBurst: 1}
			o.TrustedProxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
		})
		for _, ip := range []string{"203.0.113.7", "203.0.113.8", "2001:db8::1"} {
			require.Equal(t, http.StatusOK, b.do("POST", b.widget("/session"), "{}", header("X-Forwarded-For", ip)).status)
		}
		for _, ip := range []string{"203.0.113.7", "198.51.100.1, 203.0.113.8", "2001:db8::2"} {
			require.Equal(t, http.StatusTooManyRequests, b.do("POST", b.widget("/session"), "{}", header("X-Forwarded-For", ip)).status, ip)
		}
	})
}

func TestInboxesRemember(t *testing.T) {
	t.Parallel()
	const here = "00000000-0000-4000-8000-000000000001"
	account := uuid.New()
	loads := 0
	during := func() {}
	i := newInboxes(nil)
	i.load = func(_ context.Context, id uuid.UUID) (openInbox, error) {
		loads++
		during()
		if id.String() != here {
			return openInbox{}, models.Errorf(models.CodeNotFound, "there is no such inbox")
		}
		return openInbox{Inbox: models.Inbox{AccountID: account}, until: time.Now().Add(time.Minute)}, nil
	}
	find := func(t *testing.T, id string, code models.Code, looks int) {
		t.Helper()
		loads = 0
		for range 3 {
			_, err := i.find(t.Context(), id)
			require.Equal(t, code, models.CodeOf(err))
		}
		require.Equal(t, looks, loads)
	}

	t.Run("what is there, and what isn't", func(t *testing.T) {
		find(t, here, "", 1)
		find(t, uuid.NewString(), models.CodeNotFound, 1)
		find(t, "x", models.CodeNotFound, 0)
	})

	t.Run("so many at most", func(t *testing.T) {
		for range 2 * maxInboxes {
			i.keep(uuid.New(), openInbox{}, models.Errorf(models.CodeNotFound, "none"), i.changes)
		}
		require.LessOrEqual(t, len(i.missing), maxInboxes)
		find(t, here, "", 0)
	})

	t.Run("not what may have been read before a change", func(t *testing.T) {
		i.forget(account)
		during = func() { i.forget(account) }
		find(t, here, "", 3)
	})
}
