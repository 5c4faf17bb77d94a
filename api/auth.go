package api

import (
	"strings"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"kedai/models"
)

const userKey = "user"

// authenticate resolves the user whom the bearer token belongs to.
func (s *Server) authenticate(c *gin.Context) {
	token := bearer(c.Request)
	if token == "" {
		s.fail(c, models.Errorf(models.CodeUnauthorized, "the request needs the header Authorization: Bearer with an API token"))
		return
	}
	user, err := s.store.System().Authenticate(c.Request.Context(), models.Secret(token))
	if err != nil {
		s.fail(c, err)
		return
	}
	c.Set(userKey, user)
	c.Next()
}

// managerMay lists what isn't for admins only: reading what a conversation
// needs, and acting on conversations and leads. A route that isn't here needs
// an admin.
var managerMay = map[string]bool{
	"GET /v1/me":                           true,
	"GET /v1/account":                      true,
	"GET /v1/agent":                        true,
	"GET /v1/inboxes":                      true,
	"GET /v1/users":                        true,
	"GET /v1/stages":                       true,
	"GET /v1/triggers":                     true,
	"GET /v1/products":                     true,
	"GET /v1/products/:id":                 true,
	"GET /v1/orders":                       true,
	"GET /v1/orders/:id":                   true,
	"GET /v1/sources":                      true,
	"GET /v1/sources/:id":                  true,
	"GET /v1/knowledge/findings":           true,
	"GET /v1/knowledge/suggested":          true,
	"GET /v1/agent/draft":                  true,
	"GET /v1/leads":                        true,
	"PATCH /v1/leads/:id":                  true,
	"GET /v1/chats/held":                   true,
	"POST /v1/chats/:id/reply":             true,
	"GET /v1/conversations":                true,
	"GET /v1/conversations/:id":            true,
	"POST /v1/conversations/:id/reply":     true,
	"POST /v1/conversations/:id/typing":    true,
	"POST /v1/conversations/:id/stop":      true,
	"POST /v1/conversations/:id/close":     true,
	"POST /v1/conversations/:id/reopen":    true,
	"POST /v1/conversations/:id/hand-back": true,
	"POST /v1/conversations/:id/assign":    true,
}

// authorize holds a user to what their role may do.
func (s *Server) authorize(c *gin.Context) {
	if userOf(c).Role != models.RoleAdmin && !managerMay[c.Request.Method+" "+c.FullPath()] {
		s.fail(c, models.Errorf(models.CodeForbidden, "only an admin may do this"))
		return
	}
	c.Next()
}

func userOf(c *gin.Context) models.User { return c.MustGet(userKey).(models.User) }

func accountOf(c *gin.Context) uuid.UUID { return userOf(c).AccountID }

func actorOf(c *gin.Context) models.Actor {
	user := userOf(c)
	return models.Actor{UserID: user.ID, Role: user.Role, Name: "user/" + user.ID.String()}
}

// operatorLimit bounds the bodies of the operator API; uploads are large.
func operatorLimit(c *gin.Context) int64 {
	switch {
	case strings.HasPrefix(c.FullPath(), "/v1/imports/"):
		return maxImport
	case c.FullPath() == synonymsPath:
		return maxSynonyms
	case c.FullPath() == testCasesPath:
		return maxTestCases
	}
	return maxBody
}
