package models

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	maxIntervals   = 12  // Of one day.
	maxSpecialDays = 400 // More than a year of them.

	// lookAheadDays is how far the next opening is looked for: beyond a year of
	// special days nobody waits for it.
	lookAheadDays = 400

	minutesOfDay = 24 * 60
)

// BusinessHours say when people of a shop are there, by the clock of the
// account's time zone. Without any day in them there are no hours: then the
// shop says nothing about when it answers.
type BusinessHours struct {
	Week        Week                  `json:"week"`
	SpecialDays map[string][]Interval `json:"special_days,omitempty"` // By date, such as 2026-12-25, in the weekday's place; none: closed.
}

// Week has the hours of each weekday; a day with none is closed.
type Week struct {
	Monday    []Interval `json:"monday,omitempty"`
	Tuesday   []Interval `json:"tuesday,omitempty"`
	Wednesday []Interval `json:"wednesday,omitempty"`
	Thursday  []Interval `json:"thursday,omitempty"`
	Friday    []Interval `json:"friday,omitempty"`
	Saturday  []Interval `json:"saturday,omitempty"`
	Sunday    []Interval `json:"sunday,omitempty"`
}

// Interval is a time of a day in which a shop is open.
type Interval struct {
	From  string `json:"from"`  // Such as 09:00.
	Until string `json:"until"` // After From; 24:00 is the end of the day.
}

// On returns the hours of a weekday.
func (w Week) On(day time.Weekday) []Interval {
	return [...][]Interval{w.Sunday, w.Monday, w.Tuesday, w.Wednesday, w.Thursday, w.Friday, w.Saturday}[day]
}

// On returns the hours of a date, in their order.
func (h *BusinessHours) On(date time.Time) []Interval {
	open, special := h.SpecialDays[date.Format(time.DateOnly)]
	if !special {
		open = h.Week.On(date.Weekday())
	}
	return slices.SortedFunc(slices.Values(open), func(a, b Interval) int { return cmp.Compare(minuteOf(a.From), minuteOf(b.From)) })
}

// UnmarshalJSON reads hours in the place of those that were there: given ones
// are all.
func (h *BusinessHours) UnmarshalJSON(raw []byte) error {
	type plain BusinessHours
	*h = BusinessHours{}
	return json.Unmarshal(raw, (*plain)(h))
}

// Empty reports whether no hours are set.
func (h *BusinessHours) Empty() bool {
	if h == nil {
		return true
	}
	for day := range time.Weekday(7) {
		if len(h.Week.On(day)) > 0 {
			return false
		}
	}
	return len(h.SpecialDays) == 0
}

// Clone returns hours that share nothing with h.
func (h *BusinessHours) Clone() *BusinessHours {
	if h == nil {
		return nil
	}
	w := &h.Week
	out := BusinessHours{SpecialDays: maps.Clone(h.SpecialDays), Week: Week{
		Monday: slices.Clone(w.Monday), Tuesday: slices.Clone(w.Tuesday), Wednesday: slices.Clone(w.Wednesday), Thursday: slices.Clone(w.Thursday),
		Friday: slices.Clone(w.Friday), Saturday: slices.Clone(w.Saturday), Sunday: slices.Clone(w.Sunday),
	}}
	for date, open := range out.SpecialDays {
		out.SpecialDays[date] = slices.Clone(open)
	}
	return &out
}

// Validate returns CodeInvalid where hours can't be kept.
func (h *BusinessHours) Validate() error {
	if h == nil {
		return nil
	}
	for day := range time.Weekday(7) {
		if err := checkDay("business_hours.week."+strings.ToLower(day.String()), h.Week.On(day)); err != nil {
			return err
		}
	}
	if len(h.SpecialDays) > maxSpecialDays {
		return Errorf(CodeInvalid, "business_hours.special_days has %d days; %d are the most, so leave out those that are over", len(h.SpecialDays), maxSpecialDays)
	}
	for _, date := range slices.Sorted(maps.Keys(h.SpecialDays)) {
		// Format makes sure that it is written as it is looked up.
		if day, err := time.Parse(time.DateOnly, date); err != nil || day.Format(time.DateOnly) != date {
			return Errorf(CodeInvalid, "business_hours.special_days has %q, which isn't a date; write it such as 2026-12-25", date)
		}
		if err := checkDay("business_hours.special_days."+date, h.SpecialDays[date]); err != nil {
			return err
		}
	}
	return nil
}

func checkDay(name string, open []Interval) error {
	if len(open) > maxIntervals {
		return Errorf(CodeInvalid, "%s has %d intervals; %d are the most", name, len(open), maxIntervals)
	}
	for i, a := range open {
		from, until := minuteOf(a.From), minuteOf(a.Until)
		switch {
		case from < 0 || from == minutesOfDay:
			return Errorf(CodeInvalid, "%s opens at %q; write a time from 00:00 to 23:59", name, a.From)
		case until < 0:
			return Errorf(CodeInvalid, "%s closes at %q; write a time up to 24:00, which is the end of the day", name, a.Until)
		case until == from:
			return Errorf(CodeInvalid, "%s opens and closes at %s; leave a day on which it is closed without intervals, and write 00:00 to 24:00 for a whole day", name, a.From)
		case until < from:
			return Errorf(CodeInvalid, "%s is from %s to %s, past midnight; close it at 24:00 and open the next day at 00:00", name, a.From, a.Until)
		}
		for _, b := range open[:i] {
			if from < minuteOf(b.Until) && minuteOf(b.From) < until {
				return Errorf(CodeInvalid, "%s has the intervals %s to %s and %s to %s, which overlap; make one of them", name, b.From, b.Until, a.From, a.Until)
			}
		}
	}
	return nil
}

// minuteOf reads a time of the form 09:00, or returns -1.
func minuteOf(clock string) int {
	if len(clock) != len("09:00") || clock[2] != ':' {
		return -1
	}
	hour, err := strconv.ParseUint(clock[:2], 10, 8)
	minute, more := strconv.ParseUint(clock[3:], 10, 8)
	if err != nil || more != nil || minute > 59 || hour*60+minute > minutesOfDay {
		return -1
	}
	return int(hour*60 + minute)
}
