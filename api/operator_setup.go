package api

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"kedai/api/gen"
	"kedai/models"
)

const (
	minSecret  = 16
	maxSecret  = 500
	maxOrigins = 50
)

// Inboxes lists the connected channels.
func (s operator) Inboxes(c *gin.Context) {
	inboxes, err := s.store.Inboxes(c.Request.Context(), accountOf(c))
	answer(s, c, http.StatusOK, inboxes, err, func(inboxes []models.Inbox) gen.InboxList {
		return gen.InboxList{Inboxes: each(inboxes, inboxView)}
	})
}

// CreateInbox connects a channel.
func (s operator) CreateInbox(c *gin.Context) {
	inbox, err := s.createInbox(c)
	answer(s, c, http.StatusCreated, inbox, err, inboxView)
}

func (s operator) createInbox(c *gin.Context) (models.Inbox, error) {
	body, _, err := decode[gen.NewInbox](c)
	if err != nil {
		return models.Inbox{}, err
	}
	inbox := models.Inbox{
		AccountID: accountOf(c), Channel: models.Channel(body.Channel), Name: body.Name, AgentSelected: value(body.AgentSelected),
		ManagerID: body.ManagerID, Endpoint: value(body.Endpoint), AllowedOrigins: value(body.AllowedOrigins),
	}
	secret, err := checkSecret(body.Secret)
	if err != nil {
		return inbox, err
	}
	if err := checkInbox(&inbox); err != nil {
		return inbox, err
	}
	return s.store.CreateInbox(c.Request.Context(), actorOf(c), inbox, secret)
}

// checkSecret returns a given secret, or nothing where none is given.
func checkSecret(given *string) (models.Secret, error) {
	if given == nil {
		return "", nil
	}
	if len(*given) < minSecret || len(*given) > maxSecret {
		return "", models.Errorf(models.CodeInvalid, "secret must have from %d to %d bytes", minSecret, maxSecret)
	}
	return models.Secret(*given), nil
}

// checkInbox normalises what an admin may set of an inbox, or says what is
// wrong with it.
func checkInbox(inbox *models.Inbox) error {
	name, err := named("name", inbox.Name)
	if err != nil {
		return err
	}
	inbox.Name = name
	if len(inbox.AllowedOrigins) > maxOrigins {
		return models.Errorf(models.CodeInvalid, "allowed_origins may hold %d origins", maxOrigins)
	}
	origins := make([]string, len(inbox.AllowedOrigins))
	for i, origin := range inbox.AllowedOrigins {
		if origins[i], err = normalOrigin(origin); err != nil {
			return err
		}
	}
	inbox.AllowedOrigins = origins
	if inbox.Channel.NeedsSend() || inbox.Endpoint != "" {
		u, err := url.Parse(inbox.Endpoint)
		if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || u.User != nil || strings.ContainsRune(inbox.Endpoint, 0) {
			return models.Errorf(models.CodeInvalid, "endpoint must be an address such as https://chat.example/messages")
		}
	}
	return nil
}

// ChangeInbox changes the given fields of an inbox.
func (s operator) ChangeInbox(c *gin.Context, id gen.ID) {
	inbox, err := s.changeInbox(c, id)
	answer(s, c, http.StatusOK, inbox, err, inboxView)
}

func (s operator) changeInbox(c *gin.Context, id uuid.UUID) (models.Inbox, error) {
	patch, body, err := decode[gen.InboxPatch](c)
	if err != nil {
		return models.Inbox{}, err
	}
	secret, err := checkSecret(patch.Secret)
	if err != nil {
		return models.Inbox{}, err
	}
	defer s.inboxes.forget(accountOf(c))
	return s.store.ChangeInbox(c.Request.Context(), actorOf(c), accountOf(c), id, func(inbox *models.Inbox) (models.Secret, error) {
		// The contract's patch holds fields of the inbox and its secret only, and
		// what it leaves out stays: null and absent differ for manager_id.
		if err := json.Unmarshal(body, inbox); err != nil {
			return "", models.Errorf(models.CodeInvalid, "%s", explain(err))
		}
		return secret, checkInbox(inbox)
	})
}

// Stages lists the pipeline's stages.
func (s operator) Stages(c *gin.Context) {
	stages, err := s.store.Stages(c.Request.Context(), accountOf(c))
	answer(s, c, http.StatusOK, stages, err, func(stages []models.Stage) gen.StageList {
		return gen.StageList{Stages: each(stages, stageView)}
	})
}

// Triggers lists where the agent may start.
func (s operator) Triggers(c *gin.Context) {
	triggers, err := s.store.Triggers(c.Request.Context(), accountOf(c))
	answer(s, c, http.StatusOK, triggers, err, func(triggers []models.Trigger) gen.TriggerList {
		return gen.TriggerList{Triggers: each(triggers, triggerView)}
	})
}

// AddTrigger lets the agent start for leads of a stage in an inbox.
func (s operator) AddTrigger(c *gin.Context) {
	body, _, err := decode[gen.NewTrigger](c)
	if err != nil {
		s.fail(c, err)
		return
	}
	trigger, err := s.store.AddTrigger(c.Request.Context(), actorOf(c), models.Trigger{AccountID: accountOf(c), StageID: body.StageID, InboxID: body.InboxID})
	answer(s, c, http.StatusCreated, trigger, err, triggerView)
}

// RemoveTrigger removes a trigger.
func (s operator) RemoveTrigger(c *gin.Context, id gen.ID) {
	s.done(c, s.store.RemoveTrigger(c.Request.Context(), accountOf(c), actorOf(c), id))
}
