package answer

import (
	"time"

	"kedai/models"
)

// proveHours makes business hours vouch for their times of day, and for the
// dates that have hours of their own.
func (g *guardLexicon) proveHours(p *proof, h *models.HoursEvidence, zone *time.Location) {
	clock := func(hhmm string) {
		if at, err := time.Parse("15:04", hhmm); err == nil {
			p.facts = append(p.facts, timeOfDay(at))
		}
		p.add(g, hhmm, true)
	}
	for _, day := range weekdayOrder {
		for _, o := range h.Week.On(day) {
			clock(o.From)
			clock(o.Until)
		}
	}
	for _, d := range h.Days {
		p.facts = append(p.facts, quantity{day: calendarDayOf(dayOf(d), time.UTC)})
		for _, o := range d.Open {
			clock(o.From)
			clock(o.Until)
		}
	}
	if h.Changes != nil {
		p.addMoment(*h.Changes, zone)
		clock(h.Changes.In(zone).Format("15:04"))
	}
}
