package api

import (
	"net/http"
	"net/mail"
	"strings"
	"unicode/utf8"

	"github.com/gin-gonic/gin"

	"kedai/api/gen"
	"kedai/models"
)

// operator serves the contract of openapi.yaml. Its handlers read the request,
// ask the store and translate the answer; who may do what is authorize's.
type operator struct{ *Server }

var _ gen.ServerInterface = operator{}

const (
	defaultLimit = 50
	maxLimit     = 500
	maxName      = 200
)

// answer writes a translated result, or the error.
func answer[M, V any](s operator, c *gin.Context, status int, result M, err error, view func(M) V) {
	if err != nil {
		s.fail(c, err)
		return
	}
	respond(c, status, view(result))
}

// done answers 204, or the error.
func (s operator) done(c *gin.Context, err error) {
	if err != nil {
		s.fail(c, err)
		return
	}
	noContent(c)
}

// limitOf returns how many rows are asked for.
func limitOf(limit *int) (int, error) {
	switch {
	case limit == nil:
		return defaultLimit, nil
	case *limit < 1 || *limit > maxLimit:
		return 0, models.Errorf(models.CodeInvalid, "limit must be from 1 to %d", maxLimit)
	}
	return *limit, nil
}

// named returns a name without the spaces around it.
func named(field, name string) (string, error) {
	name = strings.TrimSpace(name)
	if n := utf8.RuneCountInString(name); n == 0 || n > maxName || !utf8.ValidString(name) || strings.ContainsRune(name, 0) {
		return "", models.Errorf(models.CodeInvalid, "%s must have from 1 to %d characters", field, maxName)
	}
	return name, nil
}

// Me returns the user whom the token belongs to.
func (s operator) Me(c *gin.Context) { respond(c, http.StatusOK, userView(userOf(c))) }

// Account returns the token's account.
func (s operator) Account(c *gin.Context) {
	account, err := s.store.Account(c.Request.Context(), accountOf(c))
	answer(s, c, http.StatusOK, account, err, accountView)
}

// Users lists who works in the account.
func (s operator) Users(c *gin.Context) {
	users, err := s.store.Users(c.Request.Context(), accountOf(c))
	answer(s, c, http.StatusOK, users, err, func(users []models.User) gen.UserList {
		return gen.UserList{Users: each(users, userView)}
	})
}

// CreateUser adds a user and answers with their first token, shown this once.
func (s operator) CreateUser(c *gin.Context) {
	created, err := s.createUser(c)
	answer(s, c, http.StatusCreated, created, err, func(u gen.CreatedUser) gen.CreatedUser { return u })
}

func (s operator) createUser(c *gin.Context) (gen.CreatedUser, error) {
	body, _, err := decode[gen.NewUser](c)
	if err != nil {
		return gen.CreatedUser{}, err
	}
	user := models.User{AccountID: accountOf(c), Role: models.Role(body.Role), Email: body.Email}
	if user.Name, err = named("name", body.Name); err != nil {
		return gen.CreatedUser{}, err
	}
	if user.Email != nil {
		address, err := mail.ParseAddress(*user.Email)
		if err != nil || address.Address != *user.Email || len(*user.Email) > maxEmail {
			return gen.CreatedUser{}, models.Errorf(models.CodeInvalid, "email isn't an e-mail address")
		}
	}
	if user, err = s.store.CreateUser(c.Request.Context(), actorOf(c), user); err != nil {
		return gen.CreatedUser{}, err
	}
	_, token, err := s.store.CreateToken(c.Request.Context(), user.AccountID, actorOf(c), user.ID)
	return gen.CreatedUser{User: userView(user), Token: token.Reveal()}, err
}

// Audit lists who changed what.
func (s operator) Audit(c *gin.Context, params gen.AuditParams) {
	limit, err := limitOf(params.Limit)
	if err != nil {
		s.fail(c, err)
		return
	}
	entries, err := s.store.Audit(c.Request.Context(), accountOf(c), limit)
	answer(s, c, http.StatusOK, entries, err, func(entries []models.AuditEntry) gen.AuditList {
		return gen.AuditList{Entries: each(entries, auditView)}
	})
}
