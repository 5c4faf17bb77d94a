package api

import (
	"context"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"kedai/api/gen"
	"kedai/models"
)

// maxPassword is more than any e-mail server takes.
const maxPassword = 500

// Mail returns the account's e-mail server.
func (s operator) Mail(c *gin.Context) {
	settings, health, err := s.store.MailSettings(c.Request.Context(), accountOf(c))
	answer(s, c, http.StatusOK, settings, err, func(m models.MailSettings) gen.Mail { return mailView(m, health) })
}

// SetMail sets the account's e-mail server up.
func (s operator) SetMail(c *gin.Context) {
	if err := s.setMail(c); err != nil {
		s.fail(c, err)
		return
	}
	s.Mail(c)
}

func (s operator) setMail(c *gin.Context) error {
	body, _, err := decode[gen.NewMail](c)
	if err != nil {
		return err
	}
	settings := models.MailSettings{
		AccountID: accountOf(c), Host: strings.TrimSuffix(strings.TrimSpace(body.Host), "."), Port: body.Port, TLS: models.MailTLS(body.TLS),
		Username: strings.TrimSpace(value(body.Username)), FromAddress: strings.TrimSpace(body.FromAddress),
	}
	password := value(body.Password)
	if len(password) > maxPassword || strings.ContainsRune(password, 0) {
		return models.Errorf(models.CodeInvalid, "password must have at most %d characters", maxPassword)
	}
	if err := s.mailHosts.check(c.Request.Context(), settings); err != nil {
		return err
	}
	_, err = s.store.SetMailSettings(c.Request.Context(), actorOf(c), settings, models.Secret(password))
	return err
}

// DeleteMail forgets the account's e-mail server.
func (s operator) DeleteMail(c *gin.Context) {
	s.done(c, s.store.DeleteMailSettings(c.Request.Context(), actorOf(c), accountOf(c)))
}

func mailView(m models.MailSettings, h models.MailHealth) gen.Mail {
	return gen.Mail{
		Host: m.Host, Port: m.Port, TLS: string(m.TLS), Username: m.Username, FromAddress: m.FromAddress, UpdatedAt: m.UpdatedAt,
		LastSentAt: h.LastSentAt, LastFailedAt: h.LastFailedAt, LastFailure: h.LastFailure,
	}
}

// mailHosts tells which e-mail servers may be set up.
type mailHosts struct {
	private bool // Also off the public internet.
	lookUp  func(ctx context.Context, network, host string) ([]netip.Addr, error)
}

const lookUpTimeout = 3 * time.Second

// check returns CodeInvalid for settings that can't work or whose host leads to
// where mail may not be handed. Each of its addresses counts; sending checks
// the one that it dials again.
func (h mailHosts) check(ctx context.Context, settings models.MailSettings) error {
	if err := settings.Validate(h.private); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, lookUpTimeout)
	defer cancel()
	addresses, err := h.lookUp(ctx, "ip", settings.Host)
	if err != nil || len(addresses) == 0 {
		return models.Errorf(models.CodeInvalid, "host can't be found: no address belongs to it; see that it is spelt right")
	}
	for _, address := range addresses {
		if err := models.MayMail(address, settings.TLS, h.private); err != nil {
			return err
		}
	}
	return nil
}
