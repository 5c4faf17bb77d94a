package api

import (
	"net/http"
	"net/netip"
	"testing"

	"github.com/stretchr/testify/require"

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
	} {
		got, err := normalOrigin(given)
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
	for _, given := range []string{"*", "https://*", "https://*.shop.example", "shop.example", "", "ftp://shop.example", "https://shop.example/path", "https://u:p@shop.example", "https://shop.example?x=1", "null"} {
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
