package models

import "time"

// HoursEvidence is how a shop is open around a moment, as its business hours
// have it.
type HoursEvidence struct {
	Zone    string     `json:"zone"` // That the hours are of.
	At      time.Time  `json:"at"`
	Open    bool       `json:"open"`
	Changes *time.Time `json:"changes"` // When it closes or opens next; nil: not in sight.
	Week    Week       `json:"week"`    // As it usually is.
	Days    []OpenDay  `json:"days"`    // As they are: the moment's and the six after it.
}

// OpenDay has the hours of one date, in their order.
type OpenDay struct {
	Date    string     `json:"date"`    // Such as 2026-12-25.
	Special bool       `json:"special"` // Its hours stand in the place of the weekday's.
	Open    []Interval `json:"open"`    // None: closed.
}

// Day returns the date as a day in UTC, for its parts.
func (d OpenDay) Day() (time.Time, error) { return time.Parse(time.DateOnly, d.Date) }

// Evidence returns what may be said of the hours at a moment of the account's
// clock. Hours have to be set.
func (h *BusinessHours) Evidence(at time.Time) HoursEvidence {
	out := HoursEvidence{Zone: at.Location().String(), At: at, Open: h.Open(at), Week: h.Clone().Week}
	changes, ok := h.Next(at)
	if out.Open {
		changes, ok = h.Until(at)
	}
	if ok {
		out.Changes = &changes
	}
	for i := range 7 {
		date := dateOf(at).AddDate(0, 0, i)
		key := date.Format(time.DateOnly)
		_, special := h.SpecialDays[key]
		out.Days = append(out.Days, OpenDay{Date: key, Special: special, Open: h.On(date)})
	}
	return out
}
