package api

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"github.com/gin-gonic/gin"
	"golang.org/x/net/idna"

	"kedai/models"
)

// allowOrigin lets pages of the inbox's origins, and of this server, use the
// widget's endpoints. A request without an origin isn't a browser's cross-site
// one, so there is nothing to allow.
func (s *Server) allowOrigin(c *gin.Context) {
	origin := c.GetHeader("Origin")
	if origin == "" {
		c.Next()
		return
	}
	c.Header("Vary", "Origin")
	if !sameOrigin(origin, c.Request.Host) && !slices.Contains(widgetInbox(c).AllowedOrigins, asSentByBrowsers(origin)) {
		s.fail(c, models.Errorf(models.CodeForbidden, "pages of this origin may not show the chat; an admin can add it to the inbox's allowed origins"))
		return
	}
	h := c.Writer.Header()
	h.Set("Access-Control-Allow-Origin", origin)
	h.Set("Access-Control-Expose-Headers", "Retry-After, X-Request-ID")
	if c.Request.Method == http.MethodOptions {
		h.Set("Access-Control-Allow-Methods", "GET, POST")
		h.Set("Access-Control-Allow-Headers", "Authorization, Content-Type, Last-Event-ID")
		h.Set("Access-Control-Max-Age", "600")
	}
	c.Next()
}

func sameOrigin(origin, host string) bool {
	u, err := url.Parse(origin)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && strings.EqualFold(u.Host, host)
}

// normalOrigin returns an origin as browsers send it. CodeInvalid for anything
// that isn't one, * included: an inbox names the shop's own pages.
func normalOrigin(s string) (string, error) {
	u, err := url.Parse(strings.ToLower(strings.TrimSpace(s)))
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || strings.ContainsAny(u.Host, "*") ||
		u.User != nil || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "" {
		return "", models.Errorf(models.CodeInvalid, "an allowed origin has the form https://shop.example, without a path or *")
	}
	host := u.Host
	if (u.Scheme == "https" && u.Port() == "443") || (u.Scheme == "http" && u.Port() == "80") {
		host = strings.TrimSuffix(host, ":"+u.Port())
	}
	if host, err = asciiHost(host); err != nil {
		return "", models.Errorf(models.CodeInvalid, "an allowed origin's name isn't one that a site can have")
	}
	return u.Scheme + "://" + host, nil
}

// asSentByBrowsers writes an origin's name in ASCII, as browsers do; what isn't
// an origin stays as it is.
func asSentByBrowsers(origin string) string {
	scheme, host, _ := strings.Cut(origin, "://")
	ascii, err := asciiHost(host)
	if err != nil || ascii == host {
		return origin
	}
	return scheme + "://" + ascii
}

// asciiHost writes a host, with or without a port, in ASCII.
func asciiHost(host string) (string, error) {
	name, port, has := strings.Cut(host, ":")
	if isASCII(name) {
		return host, nil
	}
	name, err := idna.Lookup.ToASCII(name)
	if has {
		name += ":" + port
	}
	return name, err
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r > unicode.MaxASCII })
}
