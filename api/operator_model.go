package api

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"kedai/api/gen"
	"kedai/models"
)

// maxModelKey is longer than any provider's keys are.
const maxModelKey = 500

// AgentModel returns the account's own model, without its key.
func (s operator) AgentModel(c *gin.Context) {
	model, err := s.store.AccountModel(c.Request.Context(), accountOf(c))
	answer(s, c, http.StatusOK, model, err, modelView)
}

// SetAgentModel sets the account's own model.
func (s operator) SetAgentModel(c *gin.Context) {
	model, err := s.setAgentModel(c)
	answer(s, c, http.StatusOK, model, err, modelView)
}

func (s operator) setAgentModel(c *gin.Context) (models.AccountModel, error) {
	body, _, err := decode[gen.NewAgentModel](c)
	if err != nil {
		return models.AccountModel{}, err
	}
	key := strings.TrimSpace(value(body.Key))
	if len(key) > maxModelKey || strings.ContainsFunc(key, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return models.AccountModel{}, models.Errorf(models.CodeInvalid, "key isn't one that a provider gives; copy it again, without spaces")
	}
	model := models.AccountModel{AccountID: accountOf(c), Provider: models.Provider(body.Provider), Name: strings.TrimSpace(body.Name)}
	return s.store.SetAccountModel(c.Request.Context(), actorOf(c), model, models.Secret(key))
}

// RemoveAgentModel forgets the account's own model.
func (s operator) RemoveAgentModel(c *gin.Context) {
	s.done(c, s.store.RemoveAccountModel(c.Request.Context(), accountOf(c), actorOf(c)))
}

func modelView(m models.AccountModel) gen.AgentModel {
	return gen.AgentModel{Provider: string(m.Provider), Name: m.Name, KeySet: true, UpdatedAt: m.UpdatedAt}
}
