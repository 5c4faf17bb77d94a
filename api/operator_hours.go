package api

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"kedai/api/gen"
	"kedai/models"
)

// ChangeAccount changes the account's time zone.
func (s operator) ChangeAccount(c *gin.Context) {
	account, err := s.changeAccount(c)
	answer(s, c, http.StatusOK, account, err, accountView)
}

func (s operator) changeAccount(c *gin.Context) (models.Account, error) {
	body, _, err := decode[gen.AccountPatch](c)
	if err != nil {
		return models.Account{}, err
	}
	return s.store.SetTimeZone(c.Request.Context(), actorOf(c), accountOf(c), body.TimeZone)
}

// hoursView shows hours with every weekday, so that what is closed is seen to be.
func hoursView(h *models.BusinessHours) *gen.BusinessHours {
	if h.Empty() {
		return nil
	}
	special := map[string][]gen.Interval{}
	for date, day := range h.SpecialDays {
		special[date] = intervalsView(day)
	}
	week := weekView(h.Week)
	return &gen.BusinessHours{SpecialDays: &special, Week: &week}
}

func weekView(w models.Week) gen.Week {
	open := func(day []models.Interval) *[]gen.Interval {
		out := intervalsView(day)
		return &out
	}
	return gen.Week{
		Monday: open(w.Monday), Tuesday: open(w.Tuesday), Wednesday: open(w.Wednesday), Thursday: open(w.Thursday),
		Friday: open(w.Friday), Saturday: open(w.Saturday), Sunday: open(w.Sunday),
	}
}

func intervalsView(day []models.Interval) []gen.Interval {
	return each(day, func(i models.Interval) gen.Interval { return gen.Interval{From: i.From, Until: i.Until} })
}

func hoursEvidenceView(h models.HoursEvidence) gen.HoursEvidence {
	return gen.HoursEvidence{
		Zone: h.Zone, At: h.At, Open: h.Open, Changes: h.Changes, Week: weekView(h.Week),
		Days: each(h.Days, func(d models.OpenDay) gen.OpenDay {
			return gen.OpenDay{Date: d.Date, Special: d.Special, Open: intervalsView(d.Open)}
		}),
	}
}
