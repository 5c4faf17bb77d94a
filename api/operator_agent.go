package api

import (
	"encoding/json"
	"net/http"
	"unicode/utf8"

	"github.com/gin-gonic/gin"

	"kedai/api/gen"
	"kedai/models"
)

const maxSettingText = 2000

// Agent returns how the agent works.
func (s operator) Agent(c *gin.Context) {
	settings, err := s.store.AgentSettings(c.Request.Context(), accountOf(c))
	answer(s, c, http.StatusOK, settings, err, agentView)
}

// ChangeAgent changes the given settings and leaves the others.
func (s operator) ChangeAgent(c *gin.Context) {
	settings, err := s.changeAgent(c)
	answer(s, c, http.StatusOK, settings, err, agentView)
}

func (s operator) changeAgent(c *gin.Context) (models.AgentSettings, error) {
	_, body, err := decode[gen.AgentPatch](c)
	if err != nil {
		return models.AgentSettings{}, err
	}
	defer s.inboxes.forget(accountOf(c))
	return s.store.ChangeAgentSettings(c.Request.Context(), actorOf(c), accountOf(c), patchAgent(body))
}

// patchAgent returns the change that a checked body asks for.
func patchAgent(body []byte) func(*models.AgentSettings) error {
	return func(settings *models.AgentSettings) error {
		// The contract's patch holds fields of the settings only, and what it
		// leaves out stays: null and absent differ for replies_per_day.
		if err := json.Unmarshal(body, settings); err != nil {
			return models.Errorf(models.CodeInvalid, "%s", explain(err))
		}
		var err error
		if settings.HandoffMessages, err = checkTexts("handoff_messages", settings.HandoffMessages); err != nil {
			return err
		}
		if settings.BusinessHours.Empty() {
			settings.BusinessHours = nil
		}
		settings.AfterHoursMessages, err = checkTexts("after_hours_messages", settings.AfterHoursMessages)
		return err
	}
}

// checkTexts drops emptied texts and refuses what is too long. Languages are
// the settings' own to check.
func checkTexts(field string, texts map[models.Language]string) (map[models.Language]string, error) {
	kept := map[models.Language]string{}
	for language, text := range texts {
		if utf8.RuneCountInString(text) > maxSettingText {
			return nil, models.Errorf(models.CodeInvalid, "%s: a text has more than %d characters", field, maxSettingText)
		}
		if text != "" || !language.Valid() {
			kept[language] = text
		}
	}
	return kept, nil
}

// SetAgentEnabled turns the toggle; off ends the agent wherever it serves.
func (s operator) SetAgentEnabled(c *gin.Context) {
	settings, err := s.setAgentEnabled(c)
	answer(s, c, http.StatusOK, settings, err, agentView)
}

func (s operator) setAgentEnabled(c *gin.Context) (models.AgentSettings, error) {
	body, _, err := decode[gen.Toggle](c)
	if err != nil {
		return models.AgentSettings{}, err
	}
	bells, err := s.store.SetEnabled(c.Request.Context(), accountOf(c), actorOf(c), body.Enabled)
	if err != nil {
		return models.AgentSettings{}, err
	}
	for _, b := range bells {
		s.ringer.Ring(b)
	}
	return s.store.AgentSettings(c.Request.Context(), accountOf(c))
}

// ResetLimits forgets what was counted against the day's limit.
func (s operator) ResetLimits(c *gin.Context) {
	s.done(c, s.store.ResetLimit(c.Request.Context(), accountOf(c), actorOf(c)))
}
