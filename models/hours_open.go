package models

import "time"

// stretch is a time in which a shop is open without a break.
type stretch struct {
	from, until time.Time
	endless     bool // No end is in sight.
}

// Open reports whether it is open at a moment, by the clock of the moment's
// location. Without hours it is always open.
func (h *BusinessHours) Open(at time.Time) bool {
	if h.Empty() {
		return true
	}
	s, ok := h.stretch(at)
	return ok && !s.from.After(at)
}

// Next returns when it next opens after a moment, or false where that isn't in
// sight: it never does, or it never closes.
func (h *BusinessHours) Next(at time.Time) (time.Time, bool) {
	s, ok := h.stretch(at)
	if ok && !s.from.After(at) {
		if s.endless {
			return time.Time{}, false
		}
		s, ok = h.stretch(s.until)
	}
	return s.from, ok
}

// Until returns when it closes, where it is open at a moment and closes at all.
func (h *BusinessHours) Until(at time.Time) (time.Time, bool) {
	s, ok := h.stretch(at)
	if !ok || s.endless || s.from.After(at) {
		return time.Time{}, false
	}
	return s.until, true
}

// stretch returns the first stretch that ends after a moment. It may have
// begun: then its beginning is that of the moment's day at the earliest. What is
// closed at midnight and opened with it is one stretch.
func (h *BusinessHours) stretch(at time.Time) (found stretch, ok bool) {
	if h.Empty() {
		return found, false
	}
	today := dateOf(at)
	for i := range lookAheadDays {
		day := today.AddDate(0, 0, i)
		for _, open := range h.On(day) {
			from, until := clockTime(day, minuteOf(open.From), at.Location()), clockTime(day, minuteOf(open.Until), at.Location())
			switch {
			case !from.Before(until) || !until.After(at):
				// It is over, or the clocks jump over it.
			case !ok:
				found, ok = stretch{from: from, until: until}, true
			case from.After(found.until):
				return found, true
			default:
				found.until = until
			}
		}
		if ok && found.until.Before(clockTime(day, minutesOfDay, at.Location())) {
			return found, true
		}
	}
	found.endless = ok
	return found, ok
}

// dateOf returns a moment's date as a day that no clock changes in.
func dateOf(at time.Time) time.Time {
	year, month, day := at.Date()
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// clockTime returns the first moment of a date at which the clocks of a zone
// show a minute of the day or a later one. Where they jump over it, that is the
// jump; where they show it twice, the first time.
func clockTime(date time.Time, minute int, zone *time.Location) time.Time {
	shown := date.Add(time.Duration(minute) * time.Minute)
	at := time.Date(shown.Year(), shown.Month(), shown.Day(), shown.Hour(), shown.Minute(), 0, 0, zone)
	begins, ends := at.ZoneBounds()
	_, offset := at.Zone()
	switch there := at.UTC().Add(time.Duration(offset) * time.Second); {
	case there.After(shown):
		return begins.In(zone)
	case there.Before(shown):
		return ends.In(zone)
	}
	if !begins.IsZero() {
		_, before := begins.Add(-time.Second).Zone()
		if first := at.Add(time.Duration(offset-before) * time.Second); first.Before(begins) {
			return first
		}
	}
	return at
}
