package api

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strings"

	"github.com/gin-gonic/gin"

	"kedai/api/web"
	"kedai/models"
)

// demoPolicy is the demo page's content security policy: its own script, by
// its hash, and the server it came from.
const demoPolicy = "default-src 'none'; script-src 'self'%s; style-src 'unsafe-inline'; img-src 'self' https: data:; " +
	"connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

var inlineScript = regexp.MustCompile(`(?s)<script>(.*?)</script>`)

// scriptHashes names a page's inline scripts for its policy.
func scriptHashes(html []byte) string {
	var out strings.Builder
	for _, found := range inlineScript.FindAllSubmatch(html, -1) {
		sum := sha256.Sum256(found[1])
		fmt.Fprintf(&out, " 'sha256-%s'", base64.StdEncoding.EncodeToString(sum[:]))
	}
	return out.String()
}

// routePages serves what browsers load: the widget's script and the demo shop.
func (s *Server) routePages(r *gin.Engine) {
	script, err := web.Widget()
	tag := widgetTag(script)
	r.GET("/widget.js", func(c *gin.Context) {
		if err != nil {
			s.fail(c, widgetProblem(err))
			return
		}
		h := c.Writer.Header()
		h.Set("Cache-Control", "public, max-age=300")
		h.Set("Cross-Origin-Resource-Policy", "cross-origin")
		h.Set("Access-Control-Allow-Origin", "*")
		h.Set("ETag", tag)
		if c.GetHeader("If-None-Match") == tag {
			c.Status(http.StatusNotModified)
			return
		}
		c.Data(http.StatusOK, "text/javascript; charset=utf-8", script)
	})
	r.GET("/demo", s.limitAddress, s.demoPage)
}

func widgetTag(script []byte) string {
	sum := sha256.Sum256(script)
	return `"` + hex.EncodeToString(sum[:8]) + `"`
}

func widgetProblem(err error) error {
	if errors.Is(err, web.ErrNotBuilt) {
		return models.Errorf(models.CodeNotFound, "%s", err.Error())
	}
	return err
}

// demoPage shows the demo shop with the chat in it.
func (s *Server) demoPage(c *gin.Context) {
	if s.demo == nil {
		s.fail(c, models.Errorf(models.CodeNotFound, "there is no demo shop here"))
		return
	}
	page, ok := s.demo(c.Query("lang"))
	if !ok {
		s.fail(c, models.Errorf(models.CodeNotFound, "there is no demo shop in this language"))
		return
	}
	var html bytes.Buffer
	if err := web.Demo(&html, page); err != nil {
		s.fail(c, err)
		return
	}
	c.Header("Content-Security-Policy", fmt.Sprintf(demoPolicy, scriptHashes(html.Bytes())))
	c.Data(http.StatusOK, "text/html; charset=utf-8", html.Bytes())
}
