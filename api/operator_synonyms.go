package api

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"kedai/api/gen"
	"kedai/models"
)

const (
	synonymsPath = "/v1/knowledge/synonyms"
	// maxSynonyms holds as many as there may be, whatever the alphabet.
	maxSynonyms = 4 << 20
)

// Synonyms lists the account's own groups of terms.
func (s operator) Synonyms(c *gin.Context) {
	groups, err := s.store.Synonyms(c.Request.Context(), accountOf(c))
	answer(s, c, http.StatusOK, groups, err, synonymsView)
}

// SetSynonyms replaces them.
func (s operator) SetSynonyms(c *gin.Context) {
	body, _, err := decode[gen.Synonyms](c)
	if err != nil {
		s.fail(c, err)
		return
	}
	groups, err := s.store.SetSynonyms(c.Request.Context(), accountOf(c), actorOf(c), models.Synonyms(body.Groups))
	answer(s, c, http.StatusOK, groups, err, synonymsView)
}

func synonymsView(groups models.Synonyms) gen.Synonyms { return gen.Synonyms{Groups: groups} }
