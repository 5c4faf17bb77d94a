package api

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"kedai/api/gen"
	"kedai/models/store"
)

// AgentDraft returns the draft and what differs from live.
func (s operator) AgentDraft(c *gin.Context) {
	draft, err := s.store.Draft(c.Request.Context(), accountOf(c))
	answer(s, c, http.StatusOK, draft, err, draftView)
}

// ChangeAgentDraft changes the given settings of the draft.
func (s operator) ChangeAgentDraft(c *gin.Context) {
	draft, err := s.changeAgentDraft(c)
	answer(s, c, http.StatusOK, draft, err, draftView)
}

func (s operator) changeAgentDraft(c *gin.Context) (store.Draft, error) {
	_, body, err := decode[gen.AgentPatch](c)
	if err != nil {
		return store.Draft{}, err
	}
	return s.store.ChangeDraftSettings(c.Request.Context(), actorOf(c), accountOf(c), patchAgent(body))
}

// SaveAgent makes the draft live.
func (s operator) SaveAgent(c *gin.Context) {
	defer s.inboxes.forget(accountOf(c))
	diff, err := s.store.Save(c.Request.Context(), actorOf(c), accountOf(c))
	answer(s, c, http.StatusOK, diff, err, diffView)
}
