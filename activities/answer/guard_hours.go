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
			p.facts = append(p.facts, quantity{minutes: at.Hour()*60 + at.Minute() + 1})
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
		local := h.Changes.In(zone)
		p.facts = append(p.facts, quantity{day: calendarDayOf(*h.Changes, zone)}, quantity{minutes: local.Hour()*60 + local.Minute() + 1})
		clock(local.Format("15:04"))
	}
}
